"""Money and team: what a deal is worth, who does the work, what everything costs."""

import streamlit as st

from pages.parts import money
from pages.shell import desk, present
from planner.show.forecast import tables

forecast = desk.forecast(desk.plan())
present.page("Money and team", "What a deal is worth, who does the work, and what everything costs.")
deal, team, costs = present.tabs(["Deal", "Team", "Costs"], "money_tabs")
if deal.open:
    with deal:
        left, right = st.columns([1.4, 1], gap="large")
        with left:
            money.deal()
        with right:
            present.table(tables.deal_figures(forecast, tail=desk.tail()), "deal-figures")
if team.open:
    with team:
        present.quiet(f"Team: {money.team_need(forecast)}.")
        money.team()
if costs.open:
    with costs:
        money.costs(forecast)
money.charts(forecast)
