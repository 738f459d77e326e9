"""Plan against actual to date: behind plan, or just too early to tell? And the exact bridge between the two."""

import streamlit as st

from pages.parts import completeness, evidence, landing, still_time, variance
from pages.shell import desk, present
from planner.show import variance as tables

work, plan = desk.workspace(), desk.plan()
forecast = desk.forecast(plan)
present.page("Plan against actual", "Behind plan, or too early to say? What came, against what was due by then.")
if work.actuals is None:
    present.answer("No actuals yet: there is nothing to hold against the plan.")
    variance.way_in()
elif comparison := variance.to_date(plan, work.actuals):
    completeness.banner(work.actuals)
    landing.landing(forecast, work.actuals)
    present.title("So far", f"to {variance.day(comparison.as_of)}")
    present.answer(tables.sentence(plan, comparison))
    present.title("Behind, or too early to say?", f"to {variance.day(comparison.as_of)}")
    variance.stages(comparison)
    present.title("Pacing", "what was sent, and what the rest needs")
    variance.pace(plan, work.actuals)
    left, right = st.columns([1.25, 1], gap="large")
    with left:
        present.title("Why the difference")
        variance.bridge(forecast, work.actuals)
    with right:
        present.title("Month by month")
        variance.months(forecast, work.actuals)
    present.title("By channel", f"to {variance.day(comparison.as_of)}")
    variance.channels(comparison)
    evidence.rates(landing.landing_of(plan, work.actuals).calibration)
    still_time.to_plan(forecast, comparison)
