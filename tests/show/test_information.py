"""Alternatives believe what the plan believes; ready-made ones come closest call first."""

from __future__ import annotations

from hypothesis import given

from planner.ask.information import value_of_information
from planner.engine import forecast
from planner.measure.metrics import read
from planner.plan import Plan, Target, replace, the
from planner.plan.edit import switch
from planner.plan.levers import pull, ranges_in_force
from planner.plan.starter import starter
from planner.show.information import alternatives, ready_made
from tests.strategies import examples, plans

PLAN = starter("email", "phone", start="2027-01")


def test_beliefs_wishes_and_names_are_no_decisions() -> None:
    beliefs = {
        "same": PLAN,
        "certain": replace(PLAN, ranges=(), correlation=0.0),
        "named": replace(
            PLAN, name="Another", note="Why", ask="Ten reps", author="Sales", targets=(Target("won", 3.0),)
        ),
        "dollars": replace(pull(PLAN, "email.volume", 1.0), currency="USD"),
    }
    assert alternatives(PLAN, beliefs) == ()


def test_a_lever_that_stands_alike_in_both_is_known_alike_in_both() -> None:
    certain = replace(pull(PLAN, "email.volume", 9000.0), ranges=(), correlation=0.0)
    (alternative,) = alternatives(PLAN, {"more": certain, "more again": certain})
    assert alternative.name == "more"
    assert {band.path: band for band in alternative.plan.ranges} == {band.path: band for band in PLAN.ranges}
    assert alternative.plan.correlation == PLAN.correlation


def test_a_lever_that_was_moved_keeps_its_own_range() -> None:
    moved = pull(PLAN, "email.replied.rate", 0.04)
    (alternative,) = alternatives(PLAN, {"better copy": moved})
    own, carried = (the(ranges_in_force(plan), path="email.replied.rate") for plan in (moved, alternative.plan))
    assert carried == own


def test_the_beliefs_alone_are_worth_nothing_to_learn() -> None:
    """A dearer deal in both plans changes neither choice, though only one of them carried the range at first."""
    (other,) = alternatives(PLAN, {"dearer": pull(replace(PLAN, ranges=()), "team.cost_per_month", 9000.0)})
    learning = value_of_information(PLAN, (other.plan,), draws=1024)
    assert learning.best == 0
    assert learning.perfect == 0.0  # dearer reps are worse whatever the rates


@given(plan=plans())
@examples(10)
def test_ready_made_alternatives_come_closest_first(plan: Plan) -> None:
    own = float(read(forecast(plan), "profit", tail=True))
    gaps = [abs(float(read(forecast(alternative.plan), "profit", tail=True)) - own) for alternative in ready_made(plan)]
    assert gaps == sorted(gaps)
    assert len(gaps) == 2 + sum(channel.active for channel in plan.channels)


def test_a_ready_made_alternative_is_the_plan_without_a_channel() -> None:
    by_name = {alternative.name: alternative.plan for alternative in ready_made(PLAN)}
    assert by_name["the plan without Phone"] == switch(PLAN, "phone", False)
    volumes = [channel.volume for channel in by_name["all volumes 20% higher"].channels]
    assert volumes == [channel.volume * 1.2 for channel in PLAN.channels]
