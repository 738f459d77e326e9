"""The widgets of “What to measure first”: what is to be decided, and what measuring an input is worth before that."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from pages.parts import uncertainty
from pages.shell import desk, present
from planner.ask.information import value_of_information
from planner.errors import PlannerError
from planner.keep.steps import Scenario
from planner.show import information
from planner.show.errors import said

value_of = lru_cache(maxsize=32)(value_of_information)
ready_made_of = lru_cache(maxsize=16)(information.ready_made)


def _alternatives(tail: bool) -> tuple[Scenario, ...]:
    """What is to be decided between: the baseline and the scenarios that differ from the plan, or a ready-made one."""
    plan = desk.plan()
    named = {"the baseline": desk.baseline(), **{f"“{kept.name}”": kept.plan for kept in desk.workspace().scenarios}}
    if saved := () if desk.read_only() else information.alternatives(plan, named):
        return saved
    offered = {option.name: option for option in ready_made_of(plan, tail=tail)}
    name = st.selectbox("Compare the plan with", list(offered), key="instead", persist_state="session", width=360)
    present.quiet("No baseline or scenario differs from the plan yet, so it is compared with a ready-made alternative.")
    return (offered.get(name) or next(iter(offered.values())),)


def what_first(metric: str, tail: bool) -> None:
    """What to measure before deciding between the alternatives, as one card."""
    plan = desk.plan()
    with st.container(border=True):
        options = (Scenario("the plan", plan), *_alternatives(tail))
        try:
            with st.spinner("Estimating the value of information …"):
                value = value_of(plan, tuple(option.plan for option in options[1:]), tail=tail)
        except PlannerError as error:
            present.quiet(said(error, plan))
            return
        present.answer(information.answer(options, value, uncertainty.tornado_of(plan, metric, tail=tail)))
        present.quiet(information.choice(options))
        left, right = st.columns([1.4, 1], gap="large")
        if value.inputs:
            with left:
                present.table(information.inputs_table(options, value, tail=tail), "worth-measuring")
        with right if value.inputs else left:
            present.table(information.options_table(options, value), "options")
