"""What would it take? Where a lever must go for a figure to reach a target, or how near it comes and what limits it."""

import streamlit as st

from pages.parts import goal
from pages.shell import present
from planner.show.goal.proof import proof

present.page("What would it take?", "How far a lever must go to reach a target, and what stands in the way.")
goal.ready()
answer = goal.reply(goal.question())

if answer:
    goal.shown(answer)
    goal.offers(answer)
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        present.chart(goal.curve(answer), "takes")
    with right:
        present.table(proof(answer), "answer")
