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
    return replace(plan, **{"efforts": effort, **fields})


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


def test_pace_allows_so_many_touches_a_week_for_each_rep_on_the_payroll() -> None:
    """Four weeks in each month: 4 · 500 for one rep, and for two from February on, however far the second is ramped."""
    team = Team(1.0, 0.0, 6.0, 3.0, (Hire(1, 1.0),))
    plan = plan_of(team=team, efforts=())
    plan = replace(plan, channels=(replace(plan.channels[0], pace=500.0, volume=1000.0),))
    (pace,) = (use for use in uses(forecast(plan)) if use.what == "pace")
    assert (pace.used.tolist(), pace.cap.tolist()) == ([1000.0, 1000.0], [2000.0, 4000.0])
    assert spare(plan, "email.volume", [2000.0, 3000.0]) == pytest.approx([0.0, -0.5])


def test_a_plan_without_reps_has_no_pace_per_rep_and_no_heads_in_a_month_is_a_cap_of_none() -> None:
    plan = plan_of(team=Team(0.0, 0.0, 6.0), efforts=())
    plan = replace(plan, channels=(replace(plan.channels[0], pace=500.0),))
    assert not np.isfinite(next(use.cap for use in uses(forecast(plan)) if use.what == "pace")).any()
    later = replace(plan, team=Team(0.0, 0.0, 6.0, 0.0, (Hire(1, 1.0),)))
    assert next(use.cap for use in uses(forecast(later)) if use.what == "pace").tolist() == [0.0, 2000.0]


def test_pace_per_sender_counts_the_senders_of_the_channel() -> None:
    """E-mail usually has 11 mailboxes; three at 200 a week make 2 400 in four weeks."""
    plan = plan_of(efforts=())
    own = replace(plan.channels[0], kind="email", pace=200.0, pace_per="sender")
    caps = []
    for senders in (None, 3.0):
        changed = replace(plan, channels=(replace(own, senders=senders),))
        caps.append(next(use.cap[0] for use in uses(forecast(changed)) if use.what == "pace"))
    assert caps == [8800.0, 2400.0]


def test_touches_beyond_a_list_worked_in_order_break_it() -> None:
    """1 000 contacts at two touches each, 100 more a month: 2 000 touches, then 200 more."""
    plan = plan_of(efforts=())
    listed = replace(
        plan.channels[0], coverage="in_order", audience=1000.0, fresh=100.0, touches_per_contact=2.0, volume=1000.0
    )
    plan = replace(plan, channels=(listed,))
    (use,) = (use for use in uses(forecast(plan)) if use.what == "audience")
    assert (use.used.tolist(), use.cap.tolist()) == ([1000.0, 2000.0], [2000.0, 2200.0])
    assert Limits.of(plan).keeps(forecast(plan, {"email.volume": np.array([1100.0, 1101.0])})).tolist() == [True, False]
