"""The widgets of “How sure are we?”: figure, precision, targets, and the grid of uncertain inputs."""

from __future__ import annotations

from functools import lru_cache
from weakref import WeakValueDictionary
from zlib import crc32

import streamlit as st

from pages.shell import desk, long_work, present, session
from pages.shell.waiting import Waiting, watched
from pages.widgets import inputs
from pages.widgets.columns import figures, locked, optional
from planner import words
from planner.ask import sensitivity
from planner.ask.uncertainty.ranges import with_typical_ranges
from planner.ask.uncertainty.simulation import Series
from planner.measure.metrics import METRICS, read
from planner.plan import Plan, edit
from planner.plan.experience import month_of_experience, no_experience, year_of_experience
from planner.plan.levers import pull
from planner.plan.metrics import choices_for
from planner.show.uncertainty import charts, outlook, ranges, sentences, tables, targets

DRAWS = (2_000, 10_000, 100_000, 1_000_000)
AT_ONCE = 10_000  # draws that are made while the page waits; more are made in a process of their own
PRECISION_HELP = (
    "A draw is one possible outcome: every input with a range takes a value, and chance decides on whole appointments "
    "and deals. 2,000 draws are enough for a meeting; a million may take a minute."
)
CORRELATION_HELP = (
    "At 0 each rate varies on its own. At 1 all rates are good or bad together, as with one strong or weak offer. "
    "The higher the correlation, the wider the range."
)
DRAWING = "Simulating …"
EXPERIENCES = (
    ("No experience yet", no_experience, "Sets typical ranges as wide as firms differ."),
    (
        "One month of experience",
        month_of_experience,
        "Sets typical ranges to what a month of these volumes would show.",
    ),
    ("A year of experience", year_of_experience, "Sets typical ranges to what a year of these volumes would show."),
)

detail_of = lru_cache(maxsize=64)(outlook.detail)
tornado_of = lru_cache(maxsize=64)(sensitivity.tornado)
movable_of = lru_cache(maxsize=16)(ranges.movable)
free_levers_of = lru_cache(maxsize=16)(ranges.free_levers)


@lru_cache(maxsize=32)
def _kept(plan: Plan, draws: int) -> list[outlook.Outlook]:
    """Where the outlook of a plan is kept once it is known."""
    return []


SIMULATION = "simulation"  # what a visit waits for, one at a time
# those under way, by plan and draws: visits share one, and it ends when the last that waits for it lets go
_under_way: WeakValueDictionary[tuple[Plan, int], long_work.Work[outlook.Outlook]] = WeakValueDictionary()


def metric(key: str) -> str:
    """The figure to look at."""
    choices = choices_for("explored")
    chosen = st.segmented_control(
        "Figure", choices, format_func=lambda name: METRICS[name].label, key=key, required=True,
        default=choices[0], label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    return str(chosen or choices[0])


def draws() -> int:
    """A field for the number of draws."""
    plan = desk.plan()
    with st.popover("Precision"):
        chosen = st.selectbox(
            "Number of draws", DRAWS, format_func=lambda n: words.write(plan, n), key="draws", help=PRECISION_HELP,
            persist_state="session",
        )  # fmt: skip
    return int(chosen)


def outlook_of(plan: Plan, many: int) -> outlook.Outlook:
    """What all draws say; while many of them are under way, what the fewest say."""
    kept = _kept(plan, many)
    if not kept and many <= AT_ONCE:
        with st.spinner(DRAWING):
            kept.append(outlook.outlook(plan, many))
    return kept[-1] if kept else outlook_of(plan, DRAWS[0])


def long_run(plan: Plan, many: int) -> None:
    """Shows how far a long simulation is, with a way to stop it, and keeps what it found; nothing for a short one."""
    if many <= AT_ONCE or _kept(plan, many):
        _let_go()
        return
    work, few = _joined(plan, many), words.write(plan, DRAWS[0])

    def says() -> str:
        drawn = f"{words.write(plan, round(work.progress * many))} of {words.write(plan, many)} draws"
        return f"{drawn}; until then the figures are from {few}."

    if not work.done:
        watched(work, says, _stop, key="stop_draws", label="Stop simulation")
        return
    _let_go()
    try:
        _kept(plan, many).append(work.result)
    except (long_work.Cancelled, RuntimeError):
        present.quiet(f"The simulation stopped. The figures are from {few} draws.")


def _joined(plan: Plan, many: int) -> long_work.Work[outlook.Outlook]:
    """The simulation that this visit waits for: the one that another visit began, where there is one."""
    waiting, call = session.current().waiting, (plan, many)
    if SIMULATION not in waiting or waiting[SIMULATION].call != call:
        work = _under_way.get(call) or _under_way.setdefault(call, long_work.start(outlook.outlook, plan, many))
        waiting[SIMULATION] = Waiting(call, work)
    return waiting[SIMULATION].work


def _let_go() -> None:
    """This visit waits no longer."""
    session.current().waiting.pop(SIMULATION, None)


def _stop() -> None:
    _let_go()
    desk.show("draws", DRAWS[0])


def answer(metric: str, many: int) -> None:
    """The answer in a sentence, the chance that matters as one number, the figure by month and its distribution."""
    plan, tail = desk.plan(), desk.tail()
    forecast, drawn = desk.forecast(plan), outlook_of(plan, many)
    with st.spinner(DRAWING):
        detail = detail_of(plan, min(many, outlook.FEW_DRAWS), metric, tail=tail)
    present.answer(sentences.answer(drawn, forecast, metric, tail=tail))
    chance = sentences.chance_of(drawn, metric)
    left, right = st.columns([1.75, 1], gap="large")
    own_target = chance.target.value if chance.target.metric == metric else None
    with left:
        present.chart(charts.fan(detail, forecast, own_target), "fan")
        present.quiet("Up to the end of each month. Band: 80% range. Line: median. Grey dashes: the plan.")
    with right:
        label = f"Chance of {sentences.goal(plan, chance.target)}"
        st.metric(
            label,
            sentences.percent(plan, chance.counted(tail)),
            sentences.by_count(plan, chance, not tail),
            "off",
            border=True,
            delta_arrow="off",
            help=inputs.about(label),
        )
        present.chart(charts.distribution(detail, plan, own_target), "distribution")
        present.title("Chance versus uncertainty")
        present.quiet(sentences.chance_share(detail, forecast))
        band = drawn.bands[Series(metric, tail=tail)]
        own, swings = float(read(forecast, metric, tail=tail)), tornado_of(plan, metric, tail=tail)
        if text := sentences.median_gap(plan, metric, band, swings, own, detail.by_rates):
            present.quiet(text)


def key_figures(many: int) -> None:
    """The range of every key figure."""
    plan = desk.plan()
    drawn = outlook_of(plan, many)
    present.table(tables.key_figures(drawn, desk.forecast(plan), tail=desk.tail()), "ranges")
    present.quiet(sentences.note(drawn))


# -- uncertain inputs -------------------------------------------------------------------------------------------------


def ranges_grid() -> None:
    """Every lever with a low and a high, to type or paste over."""
    plan = desk.plan()
    if not plan.ranges:
        present.quiet("All inputs are treated as exact. Add a low and a high to those you are unsure about.")
        return
    names = "|".join(band.path for band in plan.ranges)
    columns = {
        "Input": locked(width=200), "Low": optional(width=64), "Value": figures(width=64), "High": optional(width=64),
        "Unit": locked(width=168),
    }  # fmt: skip
    key = f"ranges:{crc32(names.encode())}"  # other rows, another grid: what was typed into it belonged to its rows
    inputs.grid(key, ranges.ranges_frame(plan), ranges.with_typed_ranges, column_config=columns, height="content")
    present.quiet("Low and High are the 10th and 90th percentile. Clear either cell to remove the range.")


def more_ranges() -> None:
    """Shows how to add one range, typical ranges everywhere, or to remove all of them."""
    plan = desk.plan()
    free = free_levers_of(plan)
    hint = "Adds the typical low and high of this input."
    typical = "Every rate on the way to a deal, the time to close, deal value and margin. Existing ranges stay."
    path = st.selectbox(
        "Add an uncertain input",
        list(free),
        format_func=lambda path: free.get(path, path),
        key="free_lever",
        help=inputs.about("uncertain input"),
    )
    with st.container(horizontal=True):
        inputs.button("Add range", ranges.with_usual_range, path, key="add_range", tip=hint, disabled=not free)
        inputs.button("Add all typical ranges", with_typical_ranges, key="typical_ranges", tip=typical)
        none = not plan.ranges
        tip = "All inputs are then exact. Undo restores the ranges."
        inputs.button("Remove all ranges", edit.without_ranges, key="no_ranges", tip=tip, disabled=none)


def experience() -> None:
    """Shows the fields for whose uncertainty the ranges describe, and how much experience they assume."""
    present.quiet(
        "Typical ranges show how unsure one team is. A new plan assumes one month of your own results at its volumes; "
        "without any, the ranges are as wide as firms differ."
    )
    none = not desk.plan().ranges
    with st.container(horizontal=True):
        for label, change, tip in EXPERIENCES:
            inputs.button(label, change, key=f"experience:{label}", tip=tip, disabled=none)


def _correlated() -> None:
    desk.act(pull, "correlation", float(st.session_state["correlation"]), by="correlation")


def correlation() -> None:
    """How far the rates are good or bad together."""
    desk.show("correlation", desk.plan().correlation)
    st.slider(
        "Correlation between rates (0–1)", 0.0, 1.0, step=0.05, key="correlation", on_change=_correlated,
        help=CORRELATION_HELP, disabled=desk.read_only(),
    )  # fmt: skip


# -- targets ----------------------------------------------------------------------------------------------------------


def targets_grid(many: int) -> None:
    """Every target with its chance, edited in place; and one more."""
    plan = desk.plan()
    drawn = outlook_of(plan, many)
    if plan.targets:
        names = "|".join(target.metric for target in plan.targets)
        columns = {
            "Target": locked(),
            "Value": optional(),
            **dict.fromkeys(("Unit", "Chance"), locked()),
        }
        frame = targets.targets_frame(drawn, tail=desk.tail())
        key = f"targets:{crc32(names.encode())}"
        inputs.grid(key, frame, targets.with_typed_targets, column_config=columns, height="content")
        present.quiet("Type a value to change a target; clear it to remove the target.")
    even = drawn.break_even
    counted, other = (sentences.by_count(plan, even, tail) for tail in (desk.tail(), not desk.tail()))
    present.quiet(f"Chance of breaking even: {counted}, {other}.")
    free = targets.free_metrics(plan)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Add a target for",
            list(free),
            format_func=lambda key: free.get(key, key),
            key="target_for",
            help=inputs.about("target"),
        )
        tip = "Starts at what the plan shows now; then type the value you need."
        inputs.button("Add target", targets.with_target_at_plan, chosen, desk.forecast(plan), key="add_target", tip=tip)
