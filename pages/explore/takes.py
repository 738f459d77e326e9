"""What would it take? Where a lever must go for a figure to reach a target, or how near it comes and what binds."""

import streamlit as st

from pages.parts import answers, show
from planner.show import answers as shown
from planner.show import questions

answers.ready()
asked = answers.question()
found = answers.reply(asked)

if found:
    show.answer(questions.answer(found))
    answers.taken(found)
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        show.chart(answers.curve(found), "takes")
        show.quiet(shown.legend(found))
    with right:
        show.table(shown.proof(found))
