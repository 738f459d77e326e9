"""Plan against actual to date: behind plan, or just too early to tell? And the exact bridge between the two."""

import streamlit as st

from pages.parts import variance
from pages.shell import desk, present

work, made = desk.workspace(), desk.forecast(desk.plan())
if work.actuals is None:
    present.answer("No actuals yet: there is nothing to hold against the plan.")
    variance.way_in()
elif found := variance.to_date(made.plan, work.actuals):
    present.answer(found.sentence)
    left, right = st.columns([1.25, 1], gap="large")
    with left:
        variance.bridge(made, work.actuals)
    with right:
        variance.months(made, work.actuals)
    present.title("By channel", f"to {variance.day(found.as_of)}")
    variance.channels(found)
    present.title("By stage", "sent against expected, effective rate against assumed")
    variance.stages(found)
