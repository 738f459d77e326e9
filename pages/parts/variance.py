"""Plan against actual on a page: verdicts, bridge, months."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from pages.parts import bridge as bridged
from pages.shell import desk, present, session
from pages.widgets.texts import plain
from planner import words
from planner.actuals.actuals import Actuals
from planner.ask.variance.to_date import ToDate
from planner.ask.variance.to_date import to_date as held_against
from planner.engine import Forecast
from planner.errors import PlannerError
from planner.plan import Plan
from planner.plan.metrics import choices_for
from planner.show import variance

OFF = ""


def way_in() -> None:
    """The way to some actuals."""
    st.page_link("reality/actuals.py", label="Upload actuals or load sample data")


def day(at: dt.date) -> str:
    """A day as the plan's language writes it."""
    return words.day(at)


def to_date(plan: Plan, actuals: Actuals) -> ToDate | None:
    """Plan against actuals; where they cannot be held against each other, why."""
    try:
        return session.current().results.of(held_against, plan, actuals)
    except PlannerError as error:
        present.answer(str(error))
        return None


def measured() -> dict[str, float]:
    """What the main rates really are by the actuals on the desk, by lever path; empty where nothing can be told.

    Read against the baseline, which no slider moves: a move with actuals costs what one without costs.
    """
    work = desk.workspace()
    if work.actuals is None or desk.read_only():
        return {}
    try:
        found = session.current().results.of(held_against, desk.baseline(), work.actuals)
    except PlannerError:
        return {}
    return {f"{row.channel}.{row.stage}.rate": row.effective for row in found.stages if row.main and row.effective > 0}


def bridge(made: Forecast, actuals: Actuals) -> None:
    """From the plan to what happened, by channel and factor."""
    bridged.draw(made, actuals, made.plan, ("Plan to date", "Actual"), "variance", choices_for("reported"))


def months(made: Forecast, actuals: Actuals) -> None:
    """Appointments and deals by month."""
    present.chart(variance.by_month(made, actuals, "appointments", "appointment"), "variance_appointments")
    present.chart(variance.by_month(made, actuals, "won", "won"), "variance_won")


def channels(found: ToDate) -> None:
    """Deals and money by channel."""
    present.table(variance.channels(found, desk.plan()), "plan-against-actual")


def stages(found: ToDate) -> None:
    """Verdicts: what is off plan, or every stage of one channel."""
    plan = desk.plan()
    labels = {OFF: "Off plan"} | {channel.key: channel.label for channel in plan.channels if channel.active}
    chosen = st.segmented_control(
        "Stages", list(labels), format_func=lambda key: plain(labels[key]), key="variance_stages",
        required=True, default=OFF, label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    rows = (
        variance.off_plan(found.stages) if chosen in (OFF, None) else [s for s in found.stages if s.channel == chosen]
    )
    if rows:
        present.table(variance.stages(plan, rows), "stages-against-actual")
    else:
        present.quiet("Every stage on the way to a deal is on plan, or too recent to judge.")
