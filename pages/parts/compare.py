"""What differs between two plans, on a page: the two to choose, the answer, the bars, the numbers that differ."""

from __future__ import annotations

import streamlit as st

from pages.parts import bridge
from pages.shell import desk, present, session, shelf
from planner.ask.compare.bridge import Ends
from planner.ask.compare.by_lever import LeverBridge, bridge_by_lever
from planner.errors import PlannerError, StoreError
from planner.keep.saved import Entry, Version
from planner.keep.steps import Scenario
from planner.plan import Plan
from planner.plan.metrics import choices_for
from planner.show import bridge as shown
from planner.show import compare
from planner.show.library import choices
from planner.show.names import BASELINE, PLAN, told_apart

LEVER = "lever"
VIEWS = {LEVER: "By lever moved"} | bridge.CAUSES


def plans() -> dict[str, Plan]:
    """What can be compared, by name: the plan, the baseline and the scenarios, each under a name of its own."""
    scenarios = desk.scenarios()
    names = told_apart([scenario.name for scenario in scenarios])
    saved = {name: scenario.plan for name, scenario in zip(names, scenarios, strict=True)}
    return {PLAN: desk.plan(), BASELINE: desk.baseline()} | saved


def sides() -> tuple[Scenario, Scenario] | None:
    """The two plans to compare, chosen by name among plans and versions; None, with the reason said, where one fails.

    Where nothing is said they are the baseline and the plan.
    """
    here, saved = plans(), _versions()
    names = list(dict.fromkeys((*here, *saved)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = [
            st.selectbox(label, names, index=names.index(usual), key=key, persist_state="session", width=300)
            for label, usual, key in (("From", BASELINE, "compare_from"), ("To", PLAN, "compare_to"))
        ]
    try:
        first, second = (here[name] if name in here else version_plan(*saved[name]) for name in chosen)
    except PlannerError as error:
        present.quiet(str(error))
        return None
    return Scenario(chosen[0], first), Scenario(chosen[1], second)


def _versions() -> dict[str, tuple[Entry, Version]]:
    """The versions of the library by name; none where it cannot be read, which the library says."""
    try:
        return choices(shelf.entries())
    except StoreError:
        return {}


def version_plan(entry: Entry, version: Version) -> Plan:
    """The plan of a version. Raises LibraryError and StoreError."""
    return shelf.version(entry.id, version.number).plan


def difference(before: Scenario, after: Scenario) -> None:
    """How a figure differs and why: the answer, the figure and the view to choose, the bars, the table."""
    names = (before.name, after.name)
    reason = compare.apart(before.plan, after.plan, names)
    if reason:
        present.answer(reason)
        return
    answer = st.container()
    with st.container(horizontal=True, vertical_alignment="center"):
        metric = bridge.figure("compare", choices_for("bridged"))
        view = bridge.choice("compare_view", list(VIEWS), VIEWS)
    split: LeverBridge = session.current().results.of(bridge_by_lever, before.plan, after.plan, metric)
    earlier, later = desk.forecast(before.plan), desk.forecast(after.plan)
    with answer:
        present.answer(compare.summary(split, earlier, later, names))
    if not split.split:
        return
    if view != LEVER:
        bridge.by_cause(earlier, later, after.plan, names, "compare", metric, view)
        return
    effects = shown.of_levers(split, before.plan, after.plan)
    both = Ends(split.before, split.after)
    bridge.bars_and_table(after.plan, effects, both, metric, names, "in the plan", "Lever", "compare")


def numbers(*sides: Scenario) -> None:
    """Only the numbers in which plans differ."""
    table = compare.differences([(side.name, side.plan) for side in sides])
    if table:
        present.table(table, "what-differs")
    else:
        present.quiet("Nothing differs.")


def back() -> None:
    """A button that puts the baseline on the desk again."""
    same = desk.plan() == desk.baseline()
    st.button("Restore baseline", key="to_baseline", on_click=_restore, disabled=same)


def _restore() -> None:
    desk.commit(desk.baseline(), name="Restored the baseline")
