"""How sure are we? The range of every key figure, the chance of reaching a target, and luck apart from ignorance."""

import streamlit as st

from pages.parts import uncertainty
from pages.shell import desk, present
from planner.show.uncertainty import outlook as shown

plan = desk.plan()
made = desk.forecast(plan)

left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    metric = uncertainty.metric("sure_metric")
with right:
    many = uncertainty.draws()
seen = uncertainty.outlook(plan, many)
near = uncertainty.looked_at(plan, many, metric)

present.answer(shown.answer(seen, made, metric))
left, right = st.columns([1.75, 1], gap="large")
with left:
    present.chart(shown.fan(near, made), "fan")
    present.quiet("Band: 8 of 10 times between. Line: the middle. Grey dashes: the plan as it stands.")
with right:
    present.title("Chances")
    present.table(shown.chances(seen))
    with st.expander("Set a target"):
        uncertainty.targets()
    present.title("Luck apart from ignorance")
    present.quiet(shown.apart(plan, near, made))
present.title("Every key figure")
present.table(shown.key_figures(seen, made))
present.quiet(shown.note(seen))
present.title("What is not known for sure")
left, right = st.columns([1.75, 1], gap="large")
with left:
    uncertainty.ranges_grid()
with right:
    uncertainty.together()
    uncertainty.more_ranges()
