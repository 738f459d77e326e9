"""Money and team: what a deal is worth, what everything costs, who does the work."""

import streamlit as st

from pages.parts import desk, purse, show
from planner.show import readouts

made = desk.forecast(desk.plan())

left, right = st.columns([1.3, 1], gap="large")
with left:
    show.title("A won deal")
    purse.deal()
    show.title("Team", purse.hours_note(made))
    purse.team()
    purse.hires()
    show.title("Costs")
    purse.costs()
    show.title("The plan itself")
    purse.heading()
with right:
    purse.charts(made)
    show.table(readouts.cost_rows(made))
