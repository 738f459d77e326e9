"""Is there still time, on a page: the last useful day of each channel and what it can still add."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from pages.shell import desk, present, session
from planner.ask.catching_up import additions, short_of_target
from planner.ask.still_time import still_time
from planner.ask.variance.to_date import ToDate
from planner.calendar import first_day
from planner.engine import Forecast
from planner.show import still_time as tables

NAME = "Last useful day by channel"


def to_target(forecast: Forecast) -> None:
    """Shows whether the target for deals can still be reached, from the day after the actuals or the plan's first."""
    actuals = None if desk.read_only() else desk.workspace().actuals
    begins = first_day(forecast.plan.start)
    day = begins if actuals is None else max(begins, _after(actuals.as_of))
    _shown(forecast, day, short_of_target(forecast))


def to_plan(forecast: Forecast, comparison: ToDate) -> None:
    """Shows, under its heading, whether there is time to catch up with what was planned by the day of the actuals."""
    present.title(NAME, "how long touches still pay within the plan")
    _shown(forecast, _after(comparison.as_of), comparison.total.deals.plan - comparison.total.deals.actual)


def _after(as_of: dt.date) -> dt.date:
    return as_of + dt.timedelta(days=1)


def _shown(forecast: Forecast, day: dt.date, gap: float) -> None:
    plan, rows = forecast.plan, still_time(forecast)
    more = session.current().results.of(additions, plan, day)
    present.answer(tables.sentence(plan, rows, more, day, gap))
    if rows:
        left, right = st.columns(2, gap="large")
        with left:
            present.table(tables.days(plan, rows), "last-useful-days")
        with right:
            present.table(tables.added(plan, rows, more, day, gap), "can-still-add")
