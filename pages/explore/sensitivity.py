"""What matters most? Each input alone, two at once, and what is worth measuring before deciding."""

import streamlit as st

from pages.parts import information, sensitivity, uncertainty
from pages.shell import desk, present

present.page("What matters most?", "Which inputs move the result, alone and in pairs, and what to measure first.")
metric, tail = uncertainty.metric("matters_metric"), desk.tail()

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
