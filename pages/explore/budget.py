"""Where should the money go? The mix of volumes that makes most of a budget, within hours, audiences and limits."""

import streamlit as st

from pages.parts import budget
from pages.shell import desk, present
from planner.show.budget import charts, words

plan = desk.plan()
wished = budget.wish()
made = budget.best(wished)

if made:
    budget.moved(made)
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        present.chart(charts.spends(plan, made), "spends")
        present.table(charts.mix(plan, made, wished.tail))
    with right:
        budget.by_budget(made, wished)
        present.table(charts.held(plan, made))
left, right = st.columns([1.2, 1], gap="large")
with left:
    present.title("What each channel may get")
    budget.limits()
with right:
    present.title("Two more questions")
    budget.turned(wished)
    present.quiet(words.underway(plan, budget.fixed_cost(plan, tail=wished.tail), wished.tail))
