"""The widgets of “Where should the money go?”, and what was worked out kept at hand."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import streamlit as st

from pages.parts.asking import VIEWS, become, choice, keep, said
from pages.shell import desk, present
from pages.widgets import inputs
from planner import words
from planner.ask.budget import allocation as budgets
from planner.ask.budget.allocation import Allocation
from planner.errors import PlanError
from planner.measure.metrics import METRICS
from planner.plan.metrics import choices_for
from planner.show.budget import charts
from planner.show.budget import words as spending
from planner.show.goal import questions

allocate = lru_cache(maxsize=64)(budgets.allocate)
frontier = lru_cache(maxsize=32)(budgets.frontier)
fixed_cost = lru_cache(maxsize=64)(budgets.fixed_cost)
least_budget = lru_cache(maxsize=32)(budgets.least_budget)
with_hires = lru_cache(maxsize=32)(budgets.with_hires)


class Wish(NamedTuple):
    """How much to spend on volumes, for most of what, and what counts."""

    budget: float
    metric: str
    tail: bool


def wish() -> Wish:
    """The budget and the aim, as a sentence with fields; an empty budget is what the volumes cost now."""
    plan = desk.plan()
    aims = {key: words.in_text(METRICS[key].label) for key in choices_for("offered_aim")}
    with st.container(key="asking", horizontal=True, vertical_alignment="center", gap="small"):
        said("Spend")
        tail = bool(st.session_state.get("spend_tail"))
        now = spending.spent(desk.forecast(plan), fixed_cost(plan, tail=tail), tail)
        typed = st.number_input(
            "Budget", 0.0, value=None, placeholder=f"{words.write(plan, now, 'money')} as now", key="spend_budget",
            step=1000.0, format="%.0f", width=200, label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
        said(f"{plan.currency} on volumes for most")
        metric = choice("Aim", aims, "spend_metric", 170)
        tail = choice("Counted", VIEWS, "spend_tail", 190)
    st.space("xsmall")
    return Wish(now if typed is None else float(typed), metric, tail)


def best(wished: Wish) -> Allocation | None:
    """The best mix; None, with the reason said, where there is none."""
    try:
        with st.spinner("trying mixes …"):
            made = allocate(desk.plan(), wished.budget, metric=wished.metric, tail=wished.tail)
        present.answer(spending.answer(desk.plan(), made))
        return made if made.spend else None
    except PlanError as error:
        present.answer(spending.refusal(desk.plan(), error))
        return None


def moved(made: Allocation) -> None:
    """Take up a mix, or keep it by name."""
    if spending.settled(made):
        return
    with st.container(horizontal=True, gap="small"):
        inputs.button("Apply", become, made.plan, key="spend_apply", type="primary", tip="The volumes of the best mix")
        keep(spending.called(desk.plan(), made), made.plan, "spend_keep")


def by_budget(made: Allocation, wished: Wish) -> None:
    """The curve of budget against result."""
    with st.spinner("drawing the curve …"):
        points = frontier(desk.plan(), charts.steps(made), metric=wished.metric, tail=wished.tail)
    present.chart(charts.curve(desk.plan(), made, points), "frontier")


def limits() -> None:
    """The least and the most of each channel, and locks, to type or paste over."""
    plan = desk.plan()
    number = st.column_config.NumberColumn(format="localized", min_value=0.0, width="small")
    columns = {
        "Channel": st.column_config.TextColumn(disabled=True),
        "Now": st.column_config.NumberColumn(format="localized", disabled=True, width="small"),
        "Least": number, "Most": number,
        "Locked": st.column_config.CheckboxColumn(help="Stays as it is", width="small"),
    }  # fmt: skip
    names = "|".join(channel.key for channel in plan.channels if channel.active)
    frame = spending.limits(plan)
    inputs.grid(f"limits:{names}", frame, spending.with_limits, column_config=columns, placeholder="–")
    present.quiet("Touches a month. Empty: no limit. A channel that costs nothing stays as it is unless it has a most.")


def turned(wished: Wish) -> None:
    """What else a budget is asked; worked out only when chosen."""
    fills = {"Least budget for a result": least, "People or volumes?": people}
    chosen = st.pills(
        "Two more questions", list(fills), key="spend_turned", label_visibility="collapsed", persist_state="session"
    )
    if chosen:
        fills[chosen](wished)


def least(wished: Wish) -> None:
    """The least budget that reaches a result."""
    plan, metric = desk.plan(), wished.metric
    key = f"spend_goal:{metric}"
    if st.session_state.get(key) is None:
        desk.show(key, questions.usual(plan, metric))
    label = f"{METRICS[metric].label} to reach"
    goal = st.number_input(label, 0.0, key=key, format="%.0f", step=1.0, width=200, persist_state="session")
    try:
        with st.spinner("trying budgets …"):
            made = least_budget(plan, float(goal or 0.0), metric=metric, tail=wished.tail)
    except PlanError as error:
        present.quiet(spending.refusal(plan, error))
        return
    present.quiet(spending.cheapest(plan, made))
    inputs.button("Apply this mix", become, made.plan, key="least_apply", disabled=made.plan == plan)


def people(wished: Wish) -> None:
    """Whole people to hire, their pay out of one budget with the volumes."""
    plan = desk.plan()
    months = dict(enumerate(words.month_names(plan)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        month = st.selectbox("From", list(months), format_func=months.__getitem__, key="hire_month", width=150)
        usual = wished.budget + spending.pay(plan, month)
        typed = st.number_input(
            f"Budget, pay included ({plan.currency})", 0.0, value=None, placeholder=words.write(plan, usual, "money"),
            key="hire_budget", step=1000.0, format="%.0f", width=220,
        )  # fmt: skip
    total = usual if typed is None else float(typed)
    try:
        with st.spinner("trying one rep more, two, three …"):
            found = with_hires(plan, total, month=month, metric=wished.metric, tail=wished.tail)
    except PlanError as error:
        present.quiet(spending.refusal(plan, error))
        return
    present.quiet(spending.staffed(plan, found, total))
    if found:
        present.table(charts.staffing(plan, found))
        then = found[0].allocation.plan
        inputs.button("Apply the best", become, then, key="hire_apply", disabled=then == plan)
