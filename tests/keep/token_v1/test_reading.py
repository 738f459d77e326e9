"""Tokens of version 1 open with the plan they held, in today's terms, and the figures of their time."""

from __future__ import annotations

from hypothesis import given

from planner.keep.codec import from_token
from planner.keep.figures import figures
from planner.keep.token_v1.meaning import meant
from planner.plan import Plan, Range, replace
from planner.plan.levers import levers
from planner.plan.starter import starter
from tests.keep.token_v1.writing import old_token
from tests.keep.wholes import edited, whole_plans
from tests.strategies import examples


@examples(25)
@given(whole_plans(extended=False))
def test_a_token_of_version_1_gives_its_plan_and_figures_back(plan: Plan) -> None:
    shared = from_token(old_token(plan))
    assert shared.plan == meant(plan)
    assert repr(shared.figures) == repr(figures(plan))
    assert (shared.baseline, shared.scenarios) == (None, ())


def test_a_range_of_version_1_was_typed_at_the_value_it_came_with() -> None:
    plan = edited(replace(starter("email"), ranges=(Range("email.replied.rate", 0.001, 0.5),)), 0.5)
    opened = from_token(old_token(plan)).plan
    value = next(lever.value for lever in levers(plan) if lever.path == "email.replied.rate")
    assert [row.at for row in opened.ranges] == [value]


def test_version_1_took_paces_for_granted_that_are_now_said() -> None:
    opened = from_token(old_token(starter("email", "phone", "linkedin"))).plan
    paces = {channel.key: (channel.pace, channel.pace_per) for channel in opened.channels}
    assert paces == {"email": (None, "rep"), "phone": (400.0, "rep"), "linkedin": (200.0, "rep")}


def test_audiences_of_version_1_are_met_at_random() -> None:
    plan = starter("email", "phone", "ads")
    assert {channel.coverage for channel in from_token(old_token(plan)).plan.channels} == {"random"}
