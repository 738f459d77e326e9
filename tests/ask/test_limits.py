"""Limits: what an answer may use, month by month, and what the plan itself already takes."""

from __future__ import annotations

import numpy as np
import pytest

from planner.ask.limits import Limits, uses
from planner.engine import forecast
from planner.plan import Channel, Deal, Effort, Hire, Limit, Plan, Stage, Team, replace
from planner.plan.levers import pull


def plan_of(**fields: object) -> Plan:
    """A minute for each of 6 000 e-mails a month; one rep has 120 hours in January 2027 and 120 in February."""
    stages = (
        Stage("sent", "Sent", None, 1.0),
        Stage("delivered", "Delivered", "sent", 1.0, None, True),
        Stage("spam_complaint", "Complaints", "delivered", 0.001),
        Stage("appointment", "Appointment", "delivered", 0.01, None, True),
    )
    email = Channel("email", "custom", "E-mail", 6000.0, stages)
    sales = (Stage("unique", "Unique", "appointment", 1.0, None, True),)
    sales += (Stage("won", "Won", "unique", 0.1, None, True),)
    effort = (Effort("email.sent", 1.0),)
    plan = Plan("Limits", "EUR", "2027-01", 2, "NO", "en", (email,), sales, Deal(1.0, 1.0), Team(1.0, 0.0, 6.0))
    return replace(plan, efforts=effort, **fields)


def spare(plan: Plan, path: str, to: list[float]) -> list[float]:
    return Limits.of(plan).spare(forecast(plan, {path: np.array(to)})).tolist()


def test_room_is_a_share_of_the_hours_of_the_tightest_month() -> None:
    """7 200 e-mails take all 120 hours, 3 600 half of them, 9 000 a quarter more than there are."""
    plan = plan_of()
    assert forecast(plan).hours_available.tolist() == [120.0, 120.0]
    assert spare(plan, "email.volume", [7200.0, 3600.0, 9000.0]) == pytest.approx([0.0, 0.5, -0.25])


def test_every_month_counts_not_the_sum_over_the_plan() -> None:
    """Twice the volume in January and none in February fits the 240 hours of both, but not January's 120."""
    plan = plan_of()
    email = replace(plan.channels[0], profile=(1.0, 0.0))
    plan = replace(plan, channels=(email,))
    limits = Limits.of(plan)
    batch = forecast(plan, {"email.profile.0": np.array([1.0, 2.0])})
    assert limits.keeps(batch).tolist() == [True, False]
    binding = limits.tightest(forecast(pull(plan, "email.profile.0", 2.0)))
    assert binding is not None
    assert (binding.what, binding.month, binding.level) == ("hours", 0, 120.0)


def test_what_the_plan_already_breaks_may_be_broken_as_far_but_no_further() -> None:
    """At 9 000 e-mails the plan is 30 hours over in each month."""
    plan = pull(plan_of(), "email.volume", 9000.0)
    assert spare(plan, "email.volume", [9000.0, 8000.0, 9600.0]) == pytest.approx([0.0, 50 / 3 / 150, -10 / 150])
    assert spare(plan, "team.reps", [1.0, 0.5])[1] < 0


def test_a_plan_without_reps_has_no_limit_of_hours() -> None:
    plan = pull(plan_of(), "team.reps", 0.0)
    assert spare(plan, "email.volume", [1e6]) == [pytest.approx(0.6667, abs=1e-4)]  # complaints: 0.1 % of 0.3 %
    assert spare(plan_of(), "team.reps", [0.0])[0] < 0


def test_a_hire_opens_room_from_its_month_on() -> None:
    plan = plan_of(team=Team(1.0, 0.0, 6.0, 0.0, (Hire(1, 1.0),)))
    used, cap = (getattr(uses(forecast(plan))[0], name).tolist() for name in ("used", "cap"))
    assert (used, cap) == ([100.0, 100.0], [120.0, 240.0])


def test_minimum_and_maximum_of_a_channel_hold() -> None:
    plan = plan_of(limits=(Limit("email", 5000.0, 7000.0),))
    keeps = Limits.of(plan).keeps(forecast(plan, {"email.volume": np.array([4999.0, 5000.0, 7000.0, 7001.0])}))
    assert keeps.tolist() == [False, True, True, False]
    binding = Limits.of(plan).tightest(forecast(pull(plan, "email.volume", 5000.0)))
    assert binding is not None
    assert (binding.what, binding.channels, binding.level, binding.month) == ("least", ("email",), 5000.0, None)


def test_complaints_stay_below_where_providers_block() -> None:
    path = "email.spam_complaint.rate"
    keeps = Limits.of(plan_of()).keeps(forecast(plan_of(), {path: np.array([0.002, 0.003, 0.0031])}))
    assert keeps.tolist() == [True, True, False]
