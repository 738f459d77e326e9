"""Where should the money go? The mix of volumes that makes most of a budget, within hours, audiences and limits."""

import streamlit as st

from pages.parts import answers, desk, show
from planner.show import mixes, spending

plan = desk.plan()
wished = answers.wish()
made = answers.best(wished)

if made:
    answers.moved(made)
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        show.chart(mixes.spends(plan, made), "spends")
        show.table(mixes.mix(plan, made, wished.tail))
    with right:
        answers.by_budget(made, wished)
        show.table(mixes.held(plan, made))
left, right = st.columns([1.2, 1], gap="large")
with left:
    show.title("What each channel may get")
    answers.limits()
with right:
    show.title("Two more questions")
    answers.turned(wished)
    show.quiet(spending.underway(plan, answers.fixed_cost(plan, tail=wished.tail), wished.tail))
