"""What matters most? Each input alone, two at once, and what is worth measuring before deciding."""

import streamlit as st

from pages.parts import information, sensitivity, uncertainty
from pages.shell import present

present.page("What matters most?", "Which inputs move the result, alone and in pairs, and what to measure first.")
left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    metric = uncertainty.metric("matters_metric")
with right:
    tail = sensitivity.with_tail()

sensitivity.answer(metric, tail)
left, right = st.columns(2, gap="large")
with left:
    sensitivity.tornado(metric, tail)
with right:
    present.title("Two inputs at once")
    sensitivity.two_levers(metric, tail)
sensitivity.variance(metric, tail)
present.title("What to measure first", "before deciding")
information.what_first(metric, tail)
