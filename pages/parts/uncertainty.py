"""The widgets of “How sure are we?” and “What matters most?”, and what was drawn kept at hand."""

from __future__ import annotations

from functools import lru_cache
from math import isnan
from zlib import crc32

import streamlit as st

from pages.shell import desk, present
from pages.widgets import inputs
from planner import words
from planner.ask import sensitivity
from planner.ask.information import worth_learning
from planner.ask.uncertainty.simulation import with_typical_ranges
from planner.errors import PlannerError
from planner.keep.workspace import Scenario
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.plan.levers import pull
from planner.plan.metrics import choices_for
from planner.show import information
from planner.show import sensitivity as matters
from planner.show.uncertainty import outlook as doubts
from planner.show.uncertainty import ranges

DRAWS = (2_000, 10_000, 100_000, 1_000_000)
LONG = 8_192  # draws that take long enough to show how far they are
RUN_HELP = (
    "A draw is one way things may turn out: every number with a low and a high falls somewhere, and chance decides on "
    "whole appointments and deals. 2,000 are enough for a meeting; a million may take a minute."
)
TOGETHER = (
    "0: each rate goes its own way. 1: one good offer lifts all, one bad one sinks all. "
    "The more they move together, the wider the range."
)
STEPS = 3  # of the two-lever table to either side of the plan
SPREAD = "drawing what may happen …"

closer = lru_cache(maxsize=64)(doubts.closer)
tornado = lru_cache(maxsize=64)(sensitivity.tornado)
shares = lru_cache(maxsize=64)(sensitivity.variance_shares)
grid = lru_cache(maxsize=64)(sensitivity.grid)
worth = lru_cache(maxsize=32)(worth_learning)
ready_made = lru_cache(maxsize=16)(information.ready_made)
movable = lru_cache(maxsize=16)(ranges.movable)
open_levers = lru_cache(maxsize=16)(ranges.open_levers)


@lru_cache(maxsize=32)
def _place(plan: Plan, draws: int) -> list[doubts.Outlook]:
    """Where the outlook of a plan is kept once it is known."""
    return []


def metric(key: str) -> str:
    """The figure to look at."""
    choices = choices_for("explored")
    chosen = st.segmented_control(
        "Figure", choices, format_func=lambda name: METRICS[name].label, key=key, required=True,
        default=choices[0], label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    return str(chosen or choices[0])


def draws() -> int:
    """How many draws."""
    plan = desk.plan()
    chosen = st.selectbox(
        "Draws", DRAWS, format_func=lambda n: f"{words.write(plan, n)} draws", key="draws", help=RUN_HELP,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    return int(chosen)


def outlook(plan: Plan, many: int) -> doubts.Outlook:
    """What all draws say; long runs show how far they are, and leaving the page ends them."""
    kept = _place(plan, many)
    if not kept:
        bar = st.progress(0.0, f"0 of {words.write(plan, many)} draws") if many > LONG else None

        def told(done: int, of: int) -> None:
            if bar:
                bar.progress(done / of, f"{words.write(plan, done)} of {words.write(plan, of)} draws")

        with st.spinner(SPREAD):
            kept.append(doubts.outlook(plan, many, told))
        if bar:
            bar.empty()
    return kept[-1]


def looked_at(plan: Plan, many: int, name: str) -> doubts.Closer:
    """One metric by month, and its luck."""
    with st.spinner(SPREAD):
        return closer(plan, min(many, doubts.FEW), name)


# -- what is not known ------------------------------------------------------------------------------------------------


def ranges_grid() -> None:
    """Every lever with a low and a high, to type or paste over."""
    plan = desk.plan()
    if not plan.ranges:
        present.quiet("Every number is taken as certain. Give those you are not sure of a low and a high.")
        return
    names = "|".join(one.path for one in plan.ranges)
    number = st.column_config.NumberColumn(format="localized", width=66)
    columns = {
        "Lever": st.column_config.TextColumn(disabled=True, width=180), "Low": number, "Value": number, "High": number,
        "Unit": st.column_config.TextColumn(disabled=True, width=170),
    }  # fmt: skip
    key = f"ranges:{crc32(names.encode())}"  # other rows, another grid: what was typed into it belonged to its rows
    inputs.grid(key, ranges.held(plan), ranges.with_held, column_config=columns, height="content")
    present.quiet(
        "One time in ten the truth lies below the low, one time in ten above the high. "
        "Empty a low or a high to take its range away."
    )


def more_ranges() -> None:
    """One range more, a typical one everywhere, or none at all."""
    plan = desk.plan()
    free = open_levers(plan)
    usual = "With the low and high that are usual for it."
    typical = "Every rate on the way to a deal, how long a deal takes, its value and margin. Ranges that stand stay."
    path = st.selectbox("Also not sure of", list(free), format_func=lambda at: free.get(at, at), key="free_lever")
    with st.container(horizontal=True):
        inputs.button("Add its range", ranges.with_range, path, key="add_range", tip=usual, disabled=not free)
        inputs.button("Typical ranges for everything", with_typical_ranges, key="typical_ranges", tip=typical)
        gone = not plan.ranges
        inputs.button("Remove all", ranges.without_ranges, key="no_ranges", tip="Undo brings them back.", disabled=gone)


def _together() -> None:
    desk.act(pull, "correlation", float(st.session_state["together"]), by="correlation")


def together() -> None:
    """How far the response rates are good or bad together."""
    desk.show("together", desk.plan().correlation)
    st.slider(
        "Response rates move together", 0.0, 1.0, step=0.05, key="together", on_change=_together, help=TOGETHER,
        disabled=desk.read_only(),
    )  # fmt: skip


# -- targets ----------------------------------------------------------------------------------------------------------


def targets() -> None:
    """Set, change and remove what the plan should reach."""
    plan = desk.plan()
    known = {target.metric: target.value for target in plan.targets}
    names = {key: METRICS[key].label for key in dict.fromkeys((*choices_for("explored"), *METRICS))}
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        chosen = st.selectbox("Target for", list(names), format_func=names.__getitem__, key="target_for")
    with right:
        scale = ranges.scale_of(chosen)
        start = known.get(chosen, float(f"{float(read(desk.forecast(plan), chosen)):.2g}")) * scale
        label = ranges.unit_of(plan, chosen) or "should reach"
        wish = st.number_input(label, value=0.0 if isnan(start) else start, format="%.10g", key=f"target:{chosen}")
    with st.container(horizontal=True):
        inputs.button("Set", ranges.with_target, chosen, (wish or 0.0) / scale, key="set_target")
        inputs.button("Remove", ranges.without_target, chosen, key="unset_target", disabled=chosen not in known)


# -- what matters -----------------------------------------------------------------------------------------------------


def with_tail() -> bool:
    """Whether what lands after the plan's end counts."""
    return st.toggle("Count what lands later", False, key="matters_tail", persist_state="session")


def alone(figure: str, tail: bool) -> None:
    """Each lever swung alone; nothing is drawn where nothing moves."""
    plan = desk.plan()
    swings = tornado(plan, figure, tail=tail)
    if any(swing.width > 0 for swing in swings):
        present.chart(matters.tornado(plan, figure, swings), "tornado")
        present.quiet("Each bar: one number from its low (pale) to its high (full), all others as planned.")


def variance(figure: str, tail: bool) -> None:
    """The share of the figure's variance that each lever makes; without ranges, a way to get some."""
    plan = desk.plan()
    if not plan.ranges:
        present.title("What is not known for sure")
        more_ranges()
        return
    with st.spinner("sharing out the variance …"):
        found = shares(plan, figure, tail=tail)
    present.table(matters.shares(plan, figure, tornado(plan, figure, tail=tail), found))


def _lever(label: str, names: dict[str, str], key: str) -> str:
    if st.session_state.get(key, "") not in names:
        desk.show(key, next(iter(names)))
    named = names.__getitem__
    return str(st.selectbox(label, list(names), format_func=named, key=key, persist_state="session"))


def two_levers(figure: str, tail: bool) -> None:
    """Two levers at once, as a table in colours; those that matter most to begin with."""
    plan = desk.plan()
    found = movable(plan)
    leading = [swing.path for swing in tornado(with_typical_ranges(plan), figure, tail=tail) if swing.path in found]
    names = {path: found[path] for path in (*leading, *found)}
    if len(names) < 2:
        present.quiet("This plan has no two levers that can be moved both ways.")
        return
    left, right = st.columns(2)
    with left:
        across = _lever("Across", names, "grid_across")
    with right:
        down = _lever("Upwards", {path: label for path, label in names.items() if path != across}, "grid_down")
    present.chart(matters.heat(plan, grid(plan, figure, across, down, tail=tail, steps=STEPS)), "heat")
    present.quiet("Darker is better. The outlined cell is the current plan; the edges are each lever’s low and high.")


def _on_the_table() -> tuple[Scenario, ...]:
    """What is to be decided between: the baseline and the scenarios that differ from the plan, or a ready-made one."""
    plan = desk.plan()
    kept = {"the baseline": desk.baseline(), **{f"“{one.name}”": one.plan for one in desk.workspace().scenarios}}
    if real := () if desk.read_only() else information.alternatives(plan, kept):
        return real
    offered = {one.name: one for one in ready_made(plan)}
    name = st.selectbox("Instead of the plan", list(offered), key="instead", persist_state="session", width=360)
    present.quiet(
        "No baseline or scenario decides otherwise yet, so the plan is compared with a ready-made alternative."
    )
    return (offered.get(name) or next(iter(offered.values())),)


def what_first(figure: str, tail: bool) -> None:
    """What to measure before deciding between the alternatives on the table."""
    plan = desk.plan()
    others = _on_the_table()
    names = ("the plan", *(one.name for one in others))
    try:
        with st.spinner("weighing what could be learnt …"):
            found = worth(plan, tuple(one.plan for one in others))
    except PlannerError as error:
        present.quiet(str(error))
        return
    present.answer(information.answer(plan, names, found, tornado(plan, figure, tail=tail)))
    left, right = st.columns([1.4, 1], gap="large")
    if found.lessons:
        with left:
            present.table(information.lessons(plan, found))
    with right if found.lessons else left:
        present.table(information.means(plan, names, found))
