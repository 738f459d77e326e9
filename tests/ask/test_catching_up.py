"""Catching up: what a channel can still add, on paper and against other ways to add it."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest

from planner.ask.catching_up import additions, short_of_target
from planner.ask.limits import Limits
from planner.engine import forecast
from planner.plan import Channel, Deal, Effort, Limit, Plan, Stage, Target, Team, replace
from planner.plan.starter import starter

JANUARY = dt.date(2027, 1, 1)


def plan_of(**fields: object) -> Plan:
    """100 e-mails a month, one deal in a hundred; one rep, who has 120 hours in each of January and February."""
    stages = (Stage("sent", "Sent", None, 1.0), Stage("appointment", "Appointment", "sent", 0.1, None, True))
    email = Channel("email", "custom", "E-mail", 100.0, stages)
    sales = (Stage("won", "Won", "appointment", 0.1, None, True),)
    plan = Plan("Room", "EUR", "2027-01", 2, "NO", "en", (email,), sales, Deal(1.0, 1.0), Team(1.0, 0.0, 6.0))
    return replace(plan, **fields)


def of_email(plan: Plan, day: dt.date = JANUARY) -> tuple[float, float]:
    (addition,) = additions(plan, day)
    return addition.deals, addition.touches


def with_email(plan: Plan, **fields: object) -> Plan:
    return replace(plan, channels=(replace(plan.channels[0], **fields),))


def test_where_no_limit_holds_a_channel_there_is_no_most() -> None:
    assert of_email(plan_of()) == (math.inf, math.inf)


def test_a_pace_leaves_what_it_allows_above_the_plan() -> None:
    """50 a week for one sender are 200 in each month of 20 working days: 100 more in each, 2 deals."""
    plan = with_email(plan_of(), pace=50.0, pace_per="sender", senders=1.0)
    assert of_email(plan) == pytest.approx((2.0, 200.0), rel=1e-5)
    (addition,) = additions(plan, JANUARY)
    assert addition.binding is not None
    assert addition.binding.what == "pace"


def test_of_a_month_that_has_begun_only_the_rest_is_left() -> None:
    """On 15 February 14 of 28 days are left: half of its 100."""
    plan = with_email(plan_of(), pace=50.0, pace_per="sender", senders=1.0)
    assert of_email(plan, dt.date(2027, 2, 15)) == pytest.approx((0.5, 50.0), rel=1e-5)
    assert of_email(plan, dt.date(2027, 3, 1)) == (0.0, 0.0)


def test_hours_that_are_free_in_one_month_are_used_there() -> None:
    """A minute an e-mail; January is full with 7 200, February has room for 7 200 - 3 600."""
    plan = with_email(plan_of(efforts=(Effort("email.sent", 1.0),)), volume=7200.0, profile=(1.0, 0.5))
    assert of_email(plan) == pytest.approx((36.0, 3600.0), rel=1e-5)


def test_a_list_and_a_maximum_hold_too() -> None:
    listed = with_email(plan_of(), audience=260.0, coverage="in_order")
    assert of_email(listed) == pytest.approx((0.6, 60.0), rel=1e-5)
    most = plan_of(limits=(Limit("email", most=150.0),))
    assert of_email(most) == pytest.approx((1.0, 100.0), rel=1e-5)


def test_an_addition_keeps_the_limits_and_no_other_that_does_brings_more() -> None:
    """Against 300 random ways to add to a month or several; none may be 0.1 % better."""
    plan = starter("email", "phone", "linkedin", "post")
    limits, generator = Limits.of(plan), np.random.default_rng(3)
    now = float(forecast(plan).count("won", "plan"))
    for addition in additions(plan, dt.date(2027, 4, 1)):
        channel = next(c for c in plan.channels if c.key == addition.channel)
        shape = generator.dirichlet(np.full(9, 0.4), 300) * addition.touches * generator.uniform(0.2, 2.0, (300, 1))
        moves = {f"{channel.key}.profile.{3 + i}": 1.0 + shape[:, i] / channel.volume for i in range(9)}
        batch = forecast(plan, moves)
        kept = np.where(limits.keeps(batch), batch.count("won", "plan") - now, 0.0)
        assert addition.deals >= kept.max() * 0.999
        assert addition.deals > 0


def test_how_far_deals_fall_short_of_their_target() -> None:
    planned = forecast(plan_of(targets=(Target("won", 5.0),)))
    assert short_of_target(planned) == pytest.approx(3.0)
    assert short_of_target(forecast(plan_of())) == 0.0
