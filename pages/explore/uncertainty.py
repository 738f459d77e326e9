"""How sure are we? The range of every key figure, the chance of reaching a target, and chance versus uncertainty."""

import streamlit as st

from pages.parts import uncertainty
from pages.shell import desk, present

present.page("How sure are we?", "The range of every key figure and the chance of reaching each target.")
left, right = st.columns([5, 1], vertical_alignment="center")
with left:
    metric = uncertainty.metric("sure_metric")
with right:
    many = uncertainty.draws()

uncertainty.long_run(desk.plan(), many)
uncertainty.answer(metric, many)
present.title("Every key figure")
uncertainty.key_figures(many)
left, right = st.columns([1.9, 1], gap="large")
with left:
    present.title("Uncertain inputs")
    uncertainty.ranges_grid()
with right:
    present.title("Targets")
    uncertainty.targets_grid(many)
    uncertainty.experience()
    uncertainty.correlation()
    uncertainty.more_ranges()
