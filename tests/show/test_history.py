"""A step of the history is called by the move it was."""

from __future__ import annotations

from planner.plan import replace
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show.history import move_name

PLAN = replace(starter("email", "phone"), ranges=())


def test_a_move_is_named_by_its_lever_and_both_its_values() -> None:
    before = pull(PLAN, "email.replied.rate", 0.005)
    after = pull(before, "email.replied.rate", 0.008)
    assert move_name(before, after, ("email.replied.rate",)) == "E-mail reply rate 0.5% → 0.8%"
    assert move_name(before, after, ("email.replied",)) == "E-mail reply rate 0.5% → 0.8%"


def test_several_moves_are_named_together() -> None:
    after = pull(pull(PLAN, "email.volume", 1.0), "phone.volume", 2.0)
    assert move_name(PLAN, after, ("email.volume", "phone.volume")) == "Changed several inputs"


def test_a_change_that_is_no_number_is_a_change_of_the_plan() -> None:
    assert move_name(PLAN, replace(PLAN, name="Other"), ("name",)) == "Changed the plan"
    assert move_name(PLAN, replace(PLAN, channels=PLAN.channels[:1], costs=(), efforts=()), ()) in (
        "Changed the plan", "Changed several inputs",
    )  # fmt: skip
