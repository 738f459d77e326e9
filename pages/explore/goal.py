"""What would it take? Where a lever must go for a figure to reach a target, or how near it comes and what binds."""

import streamlit as st

from pages.parts import goal
from pages.shell import present
from planner.show.goal import answer as shown
from planner.show.goal import questions

goal.ready()
asked = goal.question()
found = goal.reply(asked)

if found:
    present.answer(questions.answer(found))
    goal.taken(found)
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        present.chart(goal.curve(found), "takes")
        present.quiet(shown.legend(found))
    with right:
        present.table(shown.proof(found))
