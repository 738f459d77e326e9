"""The widgets of “What would it take?” and “Where should the money go?”, and what was answered kept at hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

import streamlit as st

from pages.shell import desk, present
from pages.widgets import inputs
from planner import words
from planner.ask.budget import allocation as budgets
from planner.ask.budget.allocation import Allocation
from planner.errors import PlanError
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.show.budget import charts
from planner.show.budget import words as spending
from planner.show.goal import answer, questions
from planner.show.goal.questions import Answer, Question
from planner.show.uncertainty import ranges

answered = lru_cache(maxsize=64)(questions.answered)
curve = lru_cache(maxsize=64)(answer.curve)
ready_made = lru_cache(maxsize=32)(questions.ready_made)
offered = lru_cache(maxsize=32)(questions.offered)
allocate = lru_cache(maxsize=64)(budgets.allocate)
frontier = lru_cache(maxsize=32)(budgets.frontier)
fixed_cost = lru_cache(maxsize=64)(budgets.fixed_cost)
least_budget = lru_cache(maxsize=32)(budgets.least_budget)
with_hires = lru_cache(maxsize=32)(budgets.with_hires)

CHANCES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)
VIEWS = {False: "in the plan", True: "with what lands later"}
CHANCE_HELP = (
    "As planned: the figure itself. 80% sure: in 8 of 10 of the ways things may turn out, the numbers with a low and a "
    "high falling where they may, and luck besides."
)
PATTERNS: Mapping[str, str] = {"percent": "%.1f", "ratio": "%.2f", "months": "%.1f"}


def _said(text: str) -> None:
    """A word of the sentence between its fields."""
    st.html(f"<span>{escape(text)}</span>", width="content")


def _plain(text: str) -> str:
    """A text that Markdown leaves as it is: dollars, and what people put into names."""
    return re.sub(r"([\\`*_\[\]$:~#<>])", r"\\\1", text)


def _choice(label: str, names: Mapping[Any, str], key: str, width: int, **more: Any) -> Any:
    """A field of the sentence; what can no longer be chosen gives way to the first."""
    if st.session_state.get(key) not in names:
        desk.show(key, next(iter(names)))
    return st.selectbox(
        label, list(names), format_func=lambda one: names.get(one, str(one)), key=key, width=width,
        label_visibility="collapsed", persist_state="session", **more,
    )  # fmt: skip


# -- what would it take -----------------------------------------------------------------------------------------------


def question() -> Question:
    """The question, as a sentence with fields."""
    plan = desk.plan()
    metrics = {key: words.in_text(METRICS[key].label) for key in questions.SOUGHT}
    channels = {"": "all channels"} | {channel.key: channel.label for channel in plan.channels if channel.active}
    sure = {one: f"and be {words.short(plan, one, 'percent')} sure" if one else "as planned" for one in CHANCES}
    with st.container(key="asking", horizontal=True, vertical_alignment="center", gap="small"):
        _said("What")
        path = _choice("Lever", offered(plan), "takes_lever", 290)
        _said("would it take for")
        metric = _choice("Figure", metrics, "takes_metric", 190)
        _said("of")
        chance = st.session_state.get("takes_chance") or 0.0
        channel = _choice("Channel", channels, "takes_channel", 170, disabled=bool(chance))
        _said("to reach")
        target = _target(metric)
        tail = _choice("Counted", VIEWS, "takes_tail", 190)
        chance = _choice("How sure", sure, "takes_chance", 170, help=CHANCE_HELP)
    st.space("xsmall")
    return Question(path, metric, target, channel if channel and not chance else None, tail, chance or None)


def _target(metric: str) -> float:
    """The value to reach, typed in the unit of the metric."""
    plan, key, scale = desk.plan(), f"takes_value:{metric}", ranges.scale_of(metric)
    if st.session_state.get(key) is None:
        desk.show(key, round(questions.usual(plan, metric) * scale, 6))
    value = st.number_input(
        "Target", key=key, format=PATTERNS.get(METRICS[metric].unit, "%.0f"), step=1.0, width=150,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    if unit := ranges.unit_of(plan, metric):
        _said(unit)
    return float(value or 0.0) / scale


def _ask(asked: Question) -> None:
    desk.show("takes_lever", asked.path)
    desk.show("takes_metric", asked.metric)
    desk.show("takes_channel", asked.channel or "")
    desk.show("takes_tail", asked.tail)
    desk.show("takes_chance", asked.chance or 0.0)
    desk.show(f"takes_value:{asked.metric}", asked.target * ranges.scale_of(asked.metric))


def ready() -> None:
    """Questions that people ask, one click each."""
    with st.container(key="ready", horizontal=True, vertical_alignment="center", gap="small"):
        _said("For instance")
        for i, (label, asked) in enumerate(ready_made(desk.plan())):
            st.button(_plain(label), key=f"ready:{i}", on_click=_ask, args=(asked,), type="tertiary")


def reply(asked: Question) -> Answer | None:
    """The answer; None, with the reason said, where the question cannot be asked."""
    try:
        with st.spinner("trying …"):
            return answered(desk.plan(), asked)
    except PlanError as error:
        present.answer(str(error))
        return None


def taken(found: Answer) -> None:
    """Take up a plan that answers, or keep it by name."""
    plan = desk.plan()
    with st.container(horizontal=True, gap="small"):
        for i, place in enumerate(found.places):
            if place.plan == plan:
                continue
            at = questions.stands(plan, found.question.path, place.at)
            label = f"Apply the nearest, {at}" if found.held else f"Apply {at}"
            inputs.button(_plain(label), _become, place.plan, key=f"apply:{i}", type="primary")
            _keep(questions.called(found, place), place.plan, f"keep:{i}")


def _become(_plan: Plan, other: Plan) -> Plan:
    return other


def _keep(name: str, plan: Plan, key: str) -> None:
    there = any(scenario.plan == plan for scenario in desk.workspace().scenarios)
    label = "Kept as a scenario" if there else "Keep as a scenario"
    off = there or desk.read_only()
    st.button(label, key=key, on_click=_kept, args=(name, plan), disabled=off, help=_plain(f"Under the name “{name}”"))


def _kept(name: str, plan: Plan) -> None:
    work = desk.workspace()
    desk.put(work.with_scenario(work.free_name(name), plan))


# -- where should the money go ----------------------------------------------------------------------------------------


class Wish(NamedTuple):
    """How much to spend on volumes, for most of what, and what counts."""

    budget: float
    metric: str
    tail: bool


def wish() -> Wish:
    """The budget and the aim, as a sentence with fields; an empty budget is what the volumes cost now."""
    plan = desk.plan()
    aims = {key: words.in_text(METRICS[key].label) for key in spending.AIMS}
    with st.container(key="asking", horizontal=True, vertical_alignment="center", gap="small"):
        _said("Spend")
        tail = bool(st.session_state.get("spend_tail"))
        now = spending.spent(desk.forecast(plan), fixed_cost(plan, tail=tail), tail)
        typed = st.number_input(
            "Budget", 0.0, value=None, placeholder=f"{words.write(plan, now, 'money')} as now", key="spend_budget",
            step=1000.0, format="%.0f", width=200, label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
        _said(f"{plan.currency} on volumes for most")
        metric = _choice("Aim", aims, "spend_metric", 170)
        tail = _choice("Counted", VIEWS, "spend_tail", 190)
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
        inputs.button("Apply", _become, made.plan, key="spend_apply", type="primary", tip="The volumes of the best mix")
        _keep(spending.called(desk.plan(), made), made.plan, "spend_keep")


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
    inputs.button("Apply this mix", _become, made.plan, key="least_apply", disabled=made.plan == plan)


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
        inputs.button("Apply the best", _become, then, key="hire_apply", disabled=then == plan)
