"""How sure are we? The range of every key figure, the chance of reaching a target, and luck apart from ignorance."""

import streamlit as st

from pages.parts import desk, doubts, show
from planner.show import doubts as shown

plan = desk.plan()
made = desk.forecast(plan)

left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    metric = doubts.metric("sure_metric")
with right:
    many = doubts.draws()
seen = doubts.outlook(plan, many)
near = doubts.looked_at(plan, many, metric)

show.answer(shown.answer(seen, made, metric))
left, right = st.columns([1.75, 1], gap="large")
with left:
    show.chart(shown.fan(near, made), "fan")
    show.quiet("Band: 8 of 10 times between. Line: the middle. Grey dashes: the plan as it stands.")
with right:
    show.title("Chances")
    show.table(shown.chances(seen))
    with st.expander("Set a target"):
        doubts.targets()
    show.title("Luck apart from ignorance")
    show.quiet(shown.apart(plan, near, made))
show.title("Every key figure")
show.table(shown.key_figures(seen, made))
show.quiet(shown.note(seen))
show.title("What is not known for sure")
left, right = st.columns([1.75, 1], gap="large")
with left:
    doubts.ranges_grid()
with right:
    doubts.together()
    doubts.more_ranges()
