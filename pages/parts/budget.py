"""The widgets of “Where should the money go?”, and what was worked out kept at hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import streamlit as st

from pages.parts.asking import become, choice, keep, said
from pages.shell import desk, present
from pages.shell.waiting import answered
from pages.widgets import fields, inputs
from pages.widgets.columns import locked, optional
from planner import words
from planner.ask.budget import allocation as budgets
from planner.ask.budget.allocation import Allocation
from planner.ask.budget.room import share_of_cost
from planner.errors import PlanError
from planner.keep.workspace import COUNTED
from planner.measure.metrics import METRICS
from planner.plan.metrics import choices_for
from planner.show import without as losses
from planner.show.budget import charts, limits, sentences, tables
from planner.show.goal import questions
from planner.show.uncertainty.targets import unit_of

fixed_cost = lru_cache(maxsize=64)(budgets.fixed_cost)
spent_now = lru_cache(maxsize=64)(budgets.spent_now)


@dataclass(frozen=True)
class Wish:
    """How much to spend on volumes, for most of what, and what counts."""

    budget: float
    metric: str
    tail: bool
    downstream: bool

    @property
    def counted(self) -> dict[str, Any]:
        """The aim as the questions of a budget take it."""
        return {"metric": self.metric, "tail": self.tail, "downstream": self.downstream}


def wish() -> Wish:
    """The budget and the aim, as a sentence with fields; an empty budget is what the volumes cost now."""
    plan = desk.plan()
    aims = {key: words.in_text(METRICS[key].label) for key in choices_for("offered_aim")}
    with st.container(key="asking", horizontal=True, vertical_alignment="center", gap="small"):
        said("Spend")
        tail = desk.tail()
        downstream = bool(st.session_state.get("spend_downstream"))
        now = spent_now(plan, tail=tail, downstream=downstream)
        as_now = f"{words.in_field(plan, round(now), 0)} as now"
        budget = fields.number("spend_budget", fields.Field("Budget", plan.currency), hint=as_now, bare=True, width=220)
        said("on volumes for most")
        metric = choice("Aim", aims, "spend_metric", 170)
        said(COUNTED[tail])
    if any(share_of_cost(plan, cost) == "downstream" for cost in plan.costs):
        downstream = st.toggle(
            "Include commission and other costs of deals", key="spend_downstream", persist_state="session",
            help="Costs per revenue, hour or sales stage. If they are left out, they do not limit volumes.",
        )  # fmt: skip
    st.space("xsmall")
    return Wish(now if budget is None else budget, metric, tail, downstream)


def best(wish: Wish) -> Allocation | None:
    """The best mix; None, with the reason said, where there is none or not yet."""
    plan = desk.plan()
    try:
        allocation = answered("Comparing mixes", budgets.allocate, plan, wish.budget, **wish.counted)
        if allocation is None:
            return None
        present.answer(sentences.answer(plan, allocation))
        return allocation if allocation.spend else None
    except PlanError as error:
        present.answer(sentences.refusal(plan, error, wish.metric))
        return None


def offers(allocation: Allocation) -> None:
    """What can be done with the best mix: apply it, or keep it as a scenario."""
    if sentences.nothing_to_gain(allocation):
        return
    with st.container(horizontal=True, gap="small"):
        tip = "Sets the volumes of the best mix"
        inputs.button("Apply best mix", become, allocation.plan, key="spend_apply", type="primary", tip=tip)
        keep(sentences.scenario_name(desk.plan(), allocation), allocation.plan, "spend_keep")


def constraints(allocation: Allocation) -> None:
    """Every constraint as a chip, those that bind marked and priced."""
    st.html(str(limits.chips(desk.plan(), allocation)))


def by_budget(allocation: Allocation, wish: Wish) -> None:
    """Shows the best result at each budget as a curve."""
    points = answered("Drawing the curve", budgets.frontier, desk.plan(), charts.budgets(allocation), **wish.counted)
    if points is not None:
        present.chart(charts.curve(desk.plan(), allocation, points), "frontier")


def without(allocation: Allocation, wish: Wish) -> None:
    """What the best mix would lose without each channel; a channel that only feeds others has no spend to show it."""
    best_mix = desk.forecast(allocation.plan)
    present.title("If a channel were switched off", "at the best mix")
    present.quiet(losses.sentence(best_mix, tail=wish.tail))
    present.table(losses.without(best_mix, tail=wish.tail), "without-a-channel")


def channel_limits() -> None:
    """Minimum and maximum of each channel, and locks, to type or paste over."""
    plan = desk.plan()
    columns = {
        "Channel": locked(), "Now": locked(alignment="right", width="small"),
        "Minimum": optional(width=90), "Maximum": optional(width=90),
        "Locked": st.column_config.CheckboxColumn(help="The volume stays as it is", width="small"),
    }  # fmt: skip
    names = "|".join(channel.key for channel in plan.channels if channel.active)
    frame = limits.limits(plan)
    inputs.grid(f"limits:{names}", frame, limits.with_limits, column_config=columns)
    present.quiet(
        "Touches a month; empty means no limit. A channel without costs or rep time stays as it is unless it has a "
        "maximum."
    )


def turned(wish: Wish) -> None:
    """Shows the other questions about a budget; each is worked out only when it is chosen."""
    fills = {"Least budget for a result": least, "People or volumes?": people}
    chosen = st.pills(
        "More questions", list(fills), key="spend_turned", label_visibility="collapsed", persist_state="session"
    )
    if chosen:
        fills[chosen](wish)


def least(wish: Wish) -> None:
    """Shows the least budget that reaches a result."""
    plan, metric = desk.plan(), wish.metric
    key = f"spend_goal:{metric}"
    if st.session_state.get(key) is None:
        desk.show(key, questions.usual(plan, metric, tail=wish.tail))
    label = f"{METRICS[metric].label} to reach"
    goal = fields.number(key, fields.Field(label, unit_of(plan, metric)), width=380)
    try:
        allocation = answered("Testing budgets", budgets.least_budget, plan, goal or 0.0, **wish.counted)
    except PlanError as error:
        present.quiet(sentences.refusal(plan, error, wish.metric))
        return
    if allocation is None:
        return
    present.quiet(sentences.least(plan, allocation))
    inputs.button("Apply this mix", become, allocation.plan, key="least_apply", disabled=allocation.plan == plan)


def people(wish: Wish) -> None:
    """Shows how many people to hire when their pay and the volumes come out of one budget."""
    plan = desk.plan()
    months = dict(enumerate(words.month_names(plan)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        month = st.selectbox("From", list(months), format_func=months.__getitem__, key="hire_month", width=150)
        usual = wish.budget + sentences.rep_cost(plan, month)
        field = fields.Field("Budget, pay included", plan.currency)
        budget = fields.number("hire_budget", field, hint=words.in_field(plan, round(usual), 0), width=380)
    total = usual if budget is None else budget
    try:
        options = answered("Testing hires", budgets.with_hires, plan, total, month=month, **wish.counted)
    except PlanError as error:
        present.quiet(sentences.refusal(plan, error, wish.metric))
        return
    if options is None:
        return
    present.quiet(sentences.staffed(plan, options, total))
    if options:
        present.table(tables.staffing(plan, options), "hires")
        hired = options[0].allocation.plan
        inputs.button("Apply best option", become, hired, key="hire_apply", disabled=hired == plan)
