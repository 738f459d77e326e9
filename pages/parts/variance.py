"""Plan against actual on a page: verdicts, bridge, months."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from pages.parts import bridge as bridged
from pages.shell import desk, present, session
from pages.widgets.texts import plain
from planner import words
from planner.actuals.actuals import Actuals
from planner.ask.variance.pacing import pacing as paced
from planner.ask.variance.to_date import ToDate
from planner.ask.variance.to_date import to_date as held_against
from planner.engine import Forecast
from planner.errors import PlannerError
from planner.plan import Plan
from planner.plan.metrics import choices_for
from planner.show import pacing, variance, verdicts
from planner.show.errors import said

ALL, OFF = "all channels", ""
RUNS = {"added": "Added up", "months": "By month"}


def way_in() -> None:
    """Shows how to get some actuals, where there are none."""
    st.page_link("reality/actuals.py", label="Upload actuals or load sample data")


def day(date: dt.date) -> str:
    """A day as the plan's language writes it."""
    return words.day(date)


def to_date(plan: Plan, actuals: Actuals) -> ToDate | None:
    """Plan against actuals; where they cannot be held against each other, why."""
    try:
        return session.current().results.of(held_against, plan, actuals)
    except PlannerError as error:
        present.answer(said(error, plan))
        return None


def measured() -> dict[str, float]:
    """What the main rates really are by the actuals on the desk, by lever path; empty where nothing can be told.

    Read against the baseline, which no slider moves: a move with actuals costs what one without costs.
    """
    work = desk.workspace()
    if work.actuals is None or desk.read_only():
        return {}
    try:
        comparison = session.current().results.of(held_against, desk.baseline(), work.actuals)
    except PlannerError:
        return {}
    return {
        f"{row.channel}.{row.stage}.rate": row.effective for row in comparison.stages if row.main and row.effective > 0
    }


def bridge(forecast: Forecast, actuals: Actuals) -> None:
    """From the plan to what happened, by channel and factor."""
    bridged.draw(forecast, actuals, forecast.plan, ("Plan to date", "Actual"), "variance", choices_for("reported"))


def months(forecast: Forecast, actuals: Actuals) -> None:
    """Appointments and deals, added up or month by month."""
    chosen = bridged.choice("variance_months", list(RUNS), RUNS)
    for metric, stage in (("appointments", "appointment"), ("won", "won")):
        if chosen == "added":
            run_up = session.current().results.of(variance.run_up, forecast.plan, actuals, metric, stage)
            present.chart(run_up, f"variance_run_{metric}")
        else:
            present.chart(variance.by_month(forecast, actuals, metric, stage), f"variance_{metric}")


def pace(plan: Plan, actuals: Actuals) -> None:
    """What was sent against the plan, and the pace that the rest needs."""
    rows = session.current().results.of(paced, plan, actuals)
    present.quiet(pacing.sentence(plan, rows))
    present.table(pacing.table(plan, rows, actuals.as_of), "pacing")


def channels(comparison: ToDate) -> None:
    """Deals and money by channel."""
    present.table(variance.channels(comparison, desk.plan()), "plan-against-actual")


def stages(comparison: ToDate) -> None:
    """Verdicts: all channels together, what is off plan, or every stage of one channel."""
    plan = desk.plan()
    labels = {ALL: "All channels", OFF: "Off plan"}
    labels |= {channel.key: channel.label for channel in plan.channels if channel.active}
    chosen = st.segmented_control(
        "Stages", list(labels), format_func=lambda key: plain(labels[key]), key="variance_stages",
        required=True, default=ALL, label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    if chosen in (ALL, None):
        present.table(verdicts.outcomes(plan, comparison), "outcomes-against-actual")
        return
    rows = (
        verdicts.off_plan(comparison.stages) if chosen == OFF else [s for s in comparison.stages if s.channel == chosen]
    )
    if rows:
        present.table(verdicts.stages(plan, rows, comparison.as_of), "stages-against-actual")
    else:
        present.quiet("Every stage on the way to a deal is on plan, or too recent to judge.")
