"""Money and team: what a deal is worth, what everything costs, who does the work."""

import streamlit as st

from pages.parts import money
from pages.shell import desk, present
from planner.show.forecast import tables

made = desk.forecast(desk.plan())

left, right = st.columns([1.3, 1], gap="large")
with left:
    present.title("A won deal")
    money.deal()
    present.title("Team", money.hours_note(made))
    money.team()
    money.hires()
    present.title("Costs")
    money.costs()
    present.title("The plan itself")
    money.heading()
with right:
    money.charts(made)
    present.table(tables.cost_rows(made))
