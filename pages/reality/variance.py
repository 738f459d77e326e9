"""Plan against actual to date: behind plan, or just too early to tell? And the exact bridge between the two."""

import streamlit as st

from pages.parts import desk, reality, show

work, made = desk.workspace(), desk.forecast(desk.plan())
if work.actuals is None:
    show.answer("No actuals yet: there is nothing to hold against the plan.")
    reality.way_in()
elif found := reality.to_date(made.plan, work.actuals):
    show.answer(found.sentence)
    left, right = st.columns([1.25, 1], gap="large")
    with left:
        reality.bridge(made, work.actuals)
    with right:
        reality.months(made, work.actuals)
    show.title("By channel", f"to {reality.day(found.as_of)}")
    reality.channels(found)
    show.title("By stage", "sent against expected, effective rate against assumed")
    reality.stages(found)
