"""What matters most? Each lever alone, two at once, and what is worth measuring before deciding."""

import streamlit as st

from pages.parts import desk, doubts, show
from planner.show import matters

plan = desk.plan()

left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    metric = doubts.metric("matters_metric")
with right:
    tail = doubts.with_tail()

show.answer(matters.answer(plan, metric, doubts.tornado(plan, metric, tail=tail)))
left, right = st.columns([1.4, 1], gap="large")
with left:
    doubts.alone(metric, tail)
    show.title("Two levers at once")
    doubts.two_levers(metric, tail)
with right:
    doubts.variance(metric, tail)
show.title("What to measure first", "before deciding")
doubts.what_first(metric, tail)
