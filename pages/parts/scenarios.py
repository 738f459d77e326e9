"""Scenarios on a page: saving the plan under a name, the saved ones with what can be done to each, side by side."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from pages.parts import bridge
from pages.parts.compare import numbers, plans
from pages.shell import desk, present
from pages.widgets.texts import plain
from planner.ask.uncertainty.variants import ambitious, cautious
from planner.keep.steps import Scenario
from planner.keep.workspace import Workspace
from planner.plan import Plan
from planner.plan.metrics import choices_for
from planner.show import compare
from planner.show.names import BASELINE, PLAN, free, in_sentence

MOST = 5  # plans side by side
SHOWN = "scenario_choice"


def standing() -> None:
    """How many scenarios there are and how the plan stands among them."""
    saved = [(scenario.name, desk.forecast(scenario.plan)) for scenario in desk.scenarios()]
    present.answer(compare.standing(desk.forecast(desk.plan()), saved, tail=desk.tail()))


# -- saving -------------------------------------------------------------------------------------------------------


def saving() -> None:
    """Save the plan by name; cautious and ambitious from its ranges."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Save the plan as", key="scenario_name", placeholder="Two more reps", width=240)
        st.button("Save scenario", key="keep_scenario", on_click=_save, args=(name,), disabled=not name.strip())
        tip = "Moves every lever that has a range to its worse (or better) side, together about one chance in ten."
        st.button("Cautious variant", key="cautious", on_click=_variant, args=("Cautious", cautious), help=tip)
        st.button("Ambitious variant", key="ambitious", on_click=_variant, args=("Ambitious", ambitious), help=tip)


def _save(name: str) -> None:
    def change(work: Workspace) -> Workspace:
        return work.with_scenario(free(name, _names(work)), work.plan)

    if desk.rework(change):
        _show(name.strip())


def _variant(name: str, make: Callable[[Plan], Plan]) -> None:
    if desk.rework(lambda work: work.with_scenario(work.free_name(name), make(work.plan))):
        _show(desk.workspace().scenarios[-1].name)


def _names(work: Workspace, but: str = "") -> list[str]:
    return [scenario.name for scenario in work.scenarios if scenario.name != but]


def _show(name: str) -> None:
    """Puts a new scenario beside those that are shown, where there is room."""
    names = st.session_state.get(SHOWN, [PLAN])
    if len(names) < MOST:
        desk.show(SHOWN, [*names, name])


# -- the saved ones -----------------------------------------------------------------------------------------------


def saved() -> None:
    """Each scenario with what can be done to it."""
    for scenario in desk.scenarios():
        with st.container(horizontal=True, vertical_alignment="center", key=f"saved:{scenario.name}"):
            st.markdown(plain(scenario.name), width=240)
            _tool("Open", f"take:{scenario.name}", _open, scenario, tip="Puts it on the desk. Undo restores the plan.")
            with st.popover("More", type="tertiary", disabled=desk.read_only()):
                _more(scenario)
    if not desk.scenarios():
        present.quiet("Your saved scenarios appear here. They stay in your workspace; a link holds those you tick.")


def _more(scenario: Scenario) -> None:
    name, key = scenario.name, f"scenario:{scenario.name}"
    st.text_input("Name", name, key=key, on_change=_rename, args=(name, key))
    _tool("Duplicate", f"twice:{name}", _duplicate, scenario)
    _tool("Remove", f"drop:{name}", desk.rework, partial(Workspace.without_scenario, name=name))


def _tool(label: str, key: str, act: Callable[..., Any], *args: Any, tip: str = "") -> None:
    """A quiet button in the row of a scenario."""
    off = desk.read_only()
    st.button(label, key=key, on_click=act, args=args, help=tip or None, disabled=off, type="tertiary")


def _open(scenario: Scenario) -> None:
    desk.commit(scenario.plan, name=f"Opened scenario “{scenario.name}”")


def _duplicate(scenario: Scenario) -> None:
    if desk.rework(lambda work: work.with_scenario(work.free_name(scenario.name), scenario.plan)):
        _show(desk.workspace().scenarios[-1].name)


def _rename(old: str, key: str) -> None:
    name = st.session_state[key]
    if desk.rework(lambda work: work.renamed_scenario(old, free(name, _names(work, old)))):
        names = st.session_state.get(SHOWN, [])
        desk.show(SHOWN, [name.strip() if other == old else other for other in names])
    else:
        desk.show(key, old)


# -- side by side -------------------------------------------------------------------------------------------------


def side_by_side() -> None:
    """Up to five plans: key figures, a chart by month, and the numbers in which they differ."""
    choices = plans()
    usual = [PLAN, *(name for name in choices if name not in (PLAN, BASELINE))]
    desk.show(SHOWN, [name for name in st.session_state.get(SHOWN, usual) if name in choices][:MOST])
    chosen: list[str] = st.multiselect(
        "Plans", list(choices), max_selections=MOST, key=SHOWN, label_visibility="collapsed", persist_state="session"
    )
    if len(choices) > MOST:
        present.quiet(f"Up to {MOST} of {len(choices)} plans are shown: remove one above to see another.")
    if not chosen:
        present.quiet("Choose at least one plan.")
        return
    named = [(name, desk.forecast(choices[name])) for name in chosen]
    present.table(compare.key_figures(named, tail=desk.tail()), "side-by-side")
    present.chart(compare.lines(named, bridge.figure("scenario", choices_for("bridged"))), "scenario_lines")
    present.legend([(name, colour) for (name, _), colour in zip(named, compare.LINES, strict=False)])
    present.title("Only what differs", f"from {in_sentence(chosen[0])}")
    numbers(*(Scenario(name, choices[name]) for name in chosen))
