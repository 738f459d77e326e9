"""Where should the money go? The mix of volumes that makes most of a budget, within every limit."""

import streamlit as st

from pages.parts import budget
from pages.shell import desk, present
from planner.show.budget import charts, limits, sentences, tables

present.page(
    "Where should the money go?", "The mix of volumes that makes most of a budget, within every limit of the plan."
)
plan = desk.plan()
wish = budget.wish()
allocation = budget.best(wish)

if allocation:
    budget.offers(allocation)
    budget.constraints(allocation)
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        present.chart(charts.spends(plan, allocation), "spends")
        present.table(tables.mix(plan, allocation, wish.tail), "best-mix")
    with right:
        budget.by_budget(allocation, wish)
        present.table(limits.constraints(plan, allocation), "constraints")
    budget.without(allocation, wish)
left, right = st.columns([1.2, 1], gap="large")
with left:
    present.title("Channel limits")
    budget.channel_limits()
with right:
    present.title("More questions")
    budget.turned(wish)
    fixed = budget.fixed_cost(plan)
    present.quiet(sentences.coverage(plan, allocation, fixed, tail=wish.tail, downstream=wish.downstream))
