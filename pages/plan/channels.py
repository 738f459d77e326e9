"""The first screen: one channel at a time, its funnel as a ladder of sliders."""

import streamlit as st

from pages.parts import drawers, ladder
from pages.shell import desk, present
from planner.plan import the
from planner.show.forecast import charts, tables

plan, base = desk.plan(), desk.forecast(desk.baseline())
made = desk.forecast(plan)
chosen = ladder.chooser()

left, right = st.columns([1.75, 1], gap="large")
with left:
    if chosen == ladder.SALES:
        present.title("What every appointment passes", "all channels")
        ladder.sales(made, base)
        drawers.of_sales(plan, made)
    else:
        channel = the(plan.channels, key=chosen)
        present.title(channel.label, "bars on a log scale, a month on average")
        ladder.main(channel, made, base)
        drawers.sentence(made, channel)
        drawers.of_channel(channel, made)
with right:
    if chosen == ladder.SALES:
        present.chart(charts.deal_months(made, base), "deals")
    else:
        present.chart(charts.channel_months(made, base, channel), "months")
    present.table(tables.channel_costs(made, chosen))
