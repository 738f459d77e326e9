"""The first screen: one channel at a time, its funnel as a ladder of sliders."""

import streamlit as st

from pages.parts import beginning, drawers, ladder
from pages.parts import channel as one_channel
from pages.shell import desk, present
from planner.plan import the
from planner.show.forecast import charts, tables
from planner.show.without import sentence

plan, base = desk.plan(), desk.forecast(desk.baseline())
forecast = desk.forecast(plan)
present.page("Channels", "Volumes and rates of each channel, from the first touch to the appointment.")
beginning.hint()
chosen = ladder.chooser()

left, right = st.columns([1.75, 1], gap="large")
with right:  # before the ladder, which has answered in the browser already
    if chosen in (ladder.SALES, ladder.NEW):
        present.chart(charts.deal_months(forecast, base), "deals")
    else:
        present.chart(charts.channel_months(forecast, base, the(plan.channels, key=chosen)), "months")
with left:
    if chosen == ladder.NEW:
        present.title("A new channel")
        one_channel.add()
    elif chosen == ladder.SALES:
        present.title("Sales stages", "all channels")
        ladder.sales(forecast, base)
        drawers.of_sales(plan, forecast)
    else:
        channel = the(plan.channels, key=chosen)
        one_channel.heading(channel)
        ladder.main(channel, forecast, base)
        drawers.sentence(forecast, channel)
        drawers.of_channel(channel, forecast)
with right:
    present.title("Beside the other channels")
    present.table(tables.channel_costs(forecast, chosen, tail=desk.tail()), "beside-other-channels")
    present.quiet(sentence(forecast, tail=desk.tail()))
