"""The forecast: by month, by channel, as a funnel; hours, cash and break-even; every key figure."""

import streamlit as st

from pages.shell import desk, present
from planner.measure.alerts import broken
from planner.measure.explain import sum_up
from planner.show.forecast import charts, tables

plan = desk.plan()
made, base = desk.forecast(plan), desk.forecast(desk.baseline())

present.answer(sum_up(made))
present.breaches(broken(made))
left, right = st.columns(2, gap="large")
with left:
    present.chart(charts.deal_months(made, base), "deals")
    present.chart(charts.hours(made), "hours")
with right:
    present.chart(charts.cash(made, base), "cash")
    present.chart(charts.deals_by_channel(made), "by_channel")
present.title("By channel", "in the plan")
present.table(tables.by_channel(made))
tabs = st.tabs(
    ["Every key figure", "By month", "Funnel of each channel", "Costs"], key="forecast_tabs", on_change="rerun"
)
for tab, fill in zip(tabs, (tables.key_figures, tables.by_month, tables.stages, tables.cost_rows), strict=True):
    if tab.open:
        with tab:
            present.tables(fill, made, base)
