"""The forecast: by month, by channel, as a funnel; hours, cash and break-even; every key figure."""

import streamlit as st

from pages.parts import desk, show
from planner import words
from planner.limits import broken
from planner.show import charts, readouts

plan = desk.plan()
made, base = desk.forecast(plan), desk.forecast(desk.baseline())

show.answer(words.sum_up(made))
show.breaches(broken(made))
left, right = st.columns(2, gap="large")
with left:
    show.chart(charts.deal_months(made, base), "deals")
    show.chart(charts.hours(made), "hours")
with right:
    show.chart(charts.cash(made, base), "cash")
    show.chart(charts.deals_by_channel(made), "by_channel")
show.title("By channel", "in the plan")
show.table(readouts.by_channel(made))
tabs = st.tabs(
    ["Every key figure", "By month", "Funnel of each channel", "Costs"], key="forecast_tabs", on_change="rerun"
)
for tab, fill in zip(tabs, (readouts.key_figures, readouts.by_month, readouts.stages, readouts.cost_rows), strict=True):
    if tab.open:
        with tab:
            show.tables(fill, made, base)
