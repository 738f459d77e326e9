"""Plans against each other: the baseline, the plan and named scenarios."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from pages.parts import bridge as bridged
from pages.shell import desk, present
from planner import words
from planner.ask.compare import bridge as bridging
from planner.ask.uncertainty.variants import ambitious, cautious
from planner.errors import PlannerError
from planner.keep.workspace import Scenario, Workspace
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.plan.metrics import choices_for, keys_for
from planner.show import compare
from planner.show.headline import headline

NOW, BASE = "The plan", "Baseline"
MOST = 5  # plans side by side


def plans() -> dict[str, Plan]:
    """What can be compared, by name."""
    here = {NOW: desk.plan(), BASE: desk.baseline()}
    named = {scenario.name: scenario.plan for scenario in desk.scenarios()}
    return here | {f"{name} (scenario)" if name in here else name: plan for name, plan in named.items()}


def sides() -> tuple[Scenario, Scenario]:
    """The two plans to compare, chosen by name: the baseline and the plan where nothing is said."""
    known = plans()
    names = list(known)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = st.selectbox(
            "From",
            names,
            index=names.index(BASE) if BASE in names else 0,
            key="compare_from",
            persist_state="session",
            width=240,
        )
        second = st.selectbox("to", names, index=0, key="compare_to", persist_state="session", width=240)
    return Scenario(first, known[first]), Scenario(second, known[second])


def _metric(key: str) -> str:
    choices = choices_for("bridged")
    chosen = st.segmented_control(
        "Figure", choices, format_func=lambda name: METRICS[name].label, key=key, required=True,
        default=choices[0], label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    return str(chosen or choices[0])


def sentence(before: Scenario, after: Scenario) -> str:
    """How far apart the two are: the first figure that moves, why, and what else that means."""
    if before.plan == after.plan:
        name = after.name.lower() if after.name in (NOW, BASE) else after.name
        return f"{before.name} and {name} are the same. Move a slider, or choose two others."
    one, other = desk.forecast(before.plan), desk.forecast(after.plan)
    moved = compare.moved(one, other, choices_for("bridged"))
    if not moved:
        return "They differ, but no key figure of the plan moves."
    first, *more = moved
    told = [key for key in more if key in keys_for("aside")]
    try:
        text = headline(bridging.bridge(one, other, first), bridging.ends(one, other, first), after.plan, first)
    except PlannerError as error:
        return str(error)
    return f"{text} {compare.besides(one, other, told)}".strip()


def bridge(before: Scenario, after: Scenario) -> None:
    """Why a figure moved, exactly."""
    one, other = desk.forecast(before.plan), desk.forecast(after.plan)
    bridged.draw(one, other, after.plan, (before.name, after.name), "compare", choices_for("bridged"))


def differences(*sides: Scenario) -> None:
    """Only the levers that differ."""
    found = compare.differences([(side.name, side.plan) for side in sides])
    if found:
        present.table(found)
    else:
        present.quiet("Nothing differs.")


def helpers() -> None:
    """Baseline from here, or back to it."""
    same = desk.plan() == desk.baseline()
    with st.container(horizontal=True):
        st.button(
            "Back to the baseline", key="to_baseline", on_click=desk.act, args=(_other, desk.baseline()), disabled=same
        )


def _other(_plan: Plan, other: Plan) -> Plan:
    return other


# -- scenarios --------------------------------------------------------------------------------------------------------


def standing() -> str:
    """How many scenarios there are and how the plan stands among them."""
    kept = desk.scenarios()
    if not kept:
        return "No scenario yet: keep the plan under a name, or start from the cautious and the ambitious variant."
    here = desk.plan()
    made = {scenario.name: float(desk.forecast(scenario.plan).count("won", "plan")) for scenario in kept}
    best = max(made, key=lambda name: made[name])
    mine = float(desk.forecast(here).count("won", "plan"))
    many = words.counted(here, len(kept), "scenario")
    own, most = words.short(here, mine), words.short(here, made[best])
    if not words.change(here, made[best], mine):
        return f"{many} kept; the plan brings {own} deals, as does {best}."
    if made[best] < mine:
        return f"{many} kept; none brings more deals than the plan’s {own}, {best} comes nearest with {most}."
    return f"{many} kept; {best} brings the most deals, {most}, against {own} in the plan."


def _put(change: Callable[[Workspace], Workspace]) -> None:
    try:
        desk.put(change(desk.workspace()))
    except PlannerError as error:
        desk.say(str(error))


def _keep(name: str, plan: Plan) -> None:
    free = desk.workspace().free_name(name, NOW, BASE)
    _put(lambda work: work.with_scenario(free, plan))
    desk.show("scenario_choice", [*st.session_state.get("scenario_choice", [NOW]), free][-MOST:])


def _variant(name: str, make: Callable[[Plan], Plan]) -> None:
    try:
        _keep(name, make(desk.plan()))
    except PlannerError as error:
        desk.say(str(error))


def keeping() -> None:
    """Keep the plan by name; cautious and ambitious from its ranges."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Keep the plan as", key="scenario_name", placeholder="Two more reps", width=240)
        st.button(
            "Keep", key="keep_scenario", on_click=_keep, args=(name.strip(), desk.plan()), disabled=not name.strip()
        )
        tip = "Every lever with a range a step to its worse (or better) side, all together one time in ten."
        st.button("Cautious variant", key="cautious", on_click=_variant, args=("Cautious", cautious), help=tip)
        st.button("Ambitious variant", key="ambitious", on_click=_variant, args=("Ambitious", ambitious), help=tip)


def side_by_side() -> None:
    """Up to five plans: key figures and a chart by month."""
    known = plans()
    wanted = st.session_state.get("scenario_choice", [NOW, *(name for name in known if name not in (NOW, BASE))])
    desk.show("scenario_choice", [name for name in wanted if name in known][:MOST])
    chosen: list[Any] = st.multiselect(
        "Plans", list(known), max_selections=MOST, key="scenario_choice", label_visibility="collapsed",
        persist_state="session",
    )  # fmt: skip
    if not chosen:
        present.quiet("Choose at least one plan.")
        return
    named = [(name, desk.forecast(known[name])) for name in chosen]
    present.chart(compare.lines(named, _metric("scenario_metric")), "scenario_lines")
    present.legend([(name, colour) for (name, _), colour in zip(named, compare.LINES, strict=False)])
    present.table(compare.key_figures(named))
    present.title("Only what differs", f"from {chosen[0]}")
    differences(*(Scenario(name, known[name]) for name in chosen))


def _rename(old: str, key: str) -> None:
    _put(lambda work: work.renamed_scenario(old, st.session_state[key]))


def _tool(label: str, key: str, act: Callable[..., None], *args: Any, tip: str = "") -> None:
    """A quiet button in the row of a scenario."""
    off = desk.read_only()
    st.button(label, key=key, on_click=act, args=args, help=tip or None, disabled=off, type="tertiary")


def shelf() -> None:
    """Each scenario: take it up, rename, duplicate, remove."""
    for scenario in desk.scenarios():
        name, off = scenario.name, desk.read_only()
        key = f"scenario:{name}"
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(
                "Name", name, key=key, on_change=_rename, args=(name, key), disabled=off, label_visibility="collapsed",
                width=170,
            )  # fmt: skip
            _tool(
                "Take up",
                f"take:{name}",
                partial(desk.act, name=f"Opened scenario “{name}”"),
                _other,
                scenario.plan,
                tip="Undo brings the plan back as it is.",
            )
            _tool("Duplicate", f"twice:{name}", _keep, name, scenario.plan)
            _tool("Remove", f"drop:{name}", _put, _without(name))
    if not desk.scenarios():
        present.quiet("Kept scenarios stand here. They stay in your workspace, not in links.")


def _without(name: str) -> Callable[[Workspace], Workspace]:
    return lambda work: work.without_scenario(name)
