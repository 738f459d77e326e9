"""Money and team: what a deal is worth, what everything costs, who does the work."""

import streamlit as st

from pages.parts import desk, inputs, purse, show
from planner.show import readouts

made = desk.forecast(desk.plan())

left, right = st.columns([1.3, 1], gap="large")
with left:
    show.title("A won deal")
    inputs.rung("deal.value", "Deal value", f"{desk.plan().currency}, revenue of one won deal")
    inputs.rung("deal.gross_margin", "Gross margin", "share of revenue")
    inputs.rung("deal.purchases_per_year", "Purchases", "a year and customer")
    inputs.rung("deal.lifetime_years", "Customer lifetime", "years")
    show.title("Team", purse.hours_note(made))
    inputs.rung("team.reps", "Reps", "there from the start")
    inputs.rung("team.cost_per_month", "Cost of a rep", f"{desk.plan().currency} a month, fully loaded")
    inputs.rung("team.hours_per_day", "Productive hours", "a rep and working day")
    purse.hires()
    show.title("Costs")
    purse.costs()
    show.title("The plan itself")
    purse.heading()
with right:
    purse.charts(made)
    show.table(readouts.cost_rows(made))
