"""What matters most? Each lever alone, two at once, and what is worth measuring before deciding."""

import streamlit as st

from pages.parts import uncertainty
from pages.shell import desk, present
from planner.show import sensitivity

plan = desk.plan()

left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    metric = uncertainty.metric("matters_metric")
with right:
    tail = uncertainty.with_tail()

present.answer(sensitivity.answer(plan, metric, uncertainty.tornado(plan, metric, tail=tail)))
left, right = st.columns([1.4, 1], gap="large")
with left:
    uncertainty.alone(metric, tail)
    present.title("Two levers at once")
    uncertainty.two_levers(metric, tail)
with right:
    uncertainty.variance(metric, tail)
present.title("What to measure first", "before deciding")
uncertainty.what_first(metric, tail)
