"""The forecast: by month, by channel, as a funnel; hours, cash and break-even; every key figure."""

from collections.abc import Callable

import streamlit as st

from pages.parts import still_time
from pages.shell import desk, present
from planner.measure.alerts import alerts
from planner.measure.explain import sum_up
from planner.show.forecast import charts, money, tables
from planner.show.tables import Table
from planner.show.without import sentence, without

plan = desk.plan()
forecast, base, tail = desk.forecast(plan), desk.forecast(desk.baseline()), desk.tail()

present.page("Forecast", "What the plan brings by month and channel, and which limits it breaks.")
present.note(plan.note)
present.answer(sum_up(forecast, tail=tail))
present.alerts(alerts(forecast, tail=tail))
left, right = st.columns(2, gap="large")
with left:
    present.chart(charts.deal_months(forecast, base), "deals")
    present.chart(charts.hours(forecast), "hours")
with right:
    present.chart(charts.cash(forecast, base), "cash")
    present.chart(charts.deals_by_channel(forecast, tail=tail), "by_channel")
present.chart(money.bridge(forecast, tail=tail), "money_bridge")
present.title("By channel")
present.table(tables.by_channel(forecast, tail=tail), "channels")
present.quiet(sentence(forecast, tail=tail))
names = [
    "Every key figure",
    "By month",
    "Channel by month",
    "Funnel of each channel",
    "Without a channel",
    "Costs",
    still_time.NAME,
]
*tabs, last = present.tabs(names, "forecast_tabs")
fills: tuple[Callable[..., Table], ...] = (
    tables.key_figures, tables.by_month, tables.matrix, tables.stages, without, tables.cost_rows,
)  # fmt: skip
for tab, fill in zip(tabs, fills, strict=True):
    if tab.open:
        with tab:
            present.tables(fill, forecast, base, tail=tail)
if last.open:
    with last:
        still_time.to_target(forecast)
