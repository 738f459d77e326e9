"""Limits on plans small enough to be worked out on paper, and the laws that hold for any plan."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from planner.engine import forecast
from planner.errors import PlanError
from planner.measure.alerts import AUDIENCE, ODDS, RATES, SEVERITIES, Alert, Threshold, alerts
from planner.plan import Channel, Cost, Deal, Effort, Hire, Limit, Plan, Stage, Target, Team, replace
from planner.plan.levers import pull
from planner.plan.paths import locate
from planner.plan.starter import starter
from tests.strategies import examples, plans

STAGES = (Stage("sent", "Sent", None, 1.0), Stage("appointment", "Appointment", "sent", 1.0, main=True, tires=True))
ON = ("appointment", "unique", "held", "opportunity", "won")
SALES = tuple(Stage(key, key.title(), of, 1.0, main=True) for of, key in pairwise(ON))


def on_paper(
    volume: float = 100.0, *, kind: str = "custom", months: int = 1, audience: float | None = None,
    minutes: float = 0.0, team: Team | None = None, targets: tuple[Target, ...] = (), limits: tuple[Limit, ...] = (),
) -> Plan:  # fmt: skip
    """One channel, every rate 1, no delay: as many deals as touches, each worth 1 000. January has 20 working days."""
    channel = Channel("one", kind, "One", volume, STAGES, audience=audience)
    return Plan(
        "On paper", "EUR", "2027-01", months, "NO", "en", (channel,), SALES, Deal(1000.0, 0.5), team or Team(),
        efforts=(Effort("one.sent", minutes),) if minutes else (), targets=targets, limits=limits,
    )  # fmt: skip


def found(plan: Plan) -> dict[str, Alert]:
    """What is alerts by key, the sales rates left out: on paper they are all 1."""
    return {breach.key: breach for breach in alerts(forecast(plan)) if not breach.path.startswith("sales.")}


def test_a_plan_within_its_limits_breaks_none() -> None:
    assert found(on_paper(minutes=60.0, team=Team(1.0, 5000.0), limits=(Limit("one", 50.0, 100.0),))) == {}


def test_a_month_over_the_teams_hours_says_how_many_are_missing() -> None:
    # an hour a touch; one rep has 6 h on 20 days in January and in February: 120 h
    assert "hours" not in found(on_paper(120.0, minutes=60.0, months=2, team=Team(1.0, 5000.0)))
    over = found(on_paper(150.0, minutes=60.0, months=2, team=Team(1.0, 5000.0, hires=(Hire(1, -0.5),))))["hours"]
    assert (over.severity, over.path, over.month) == ("limit", "one.volume", 1)
    assert over.sentence.replace("\u00a0", " ") == (
        "The team is 90 h short in Feb 2027: 150 h needed, 60 h there, and short in 1 more month. "
        "100% of the need comes from one."
    )


@given(plans())
@examples(30)
def test_hours_are_broken_exactly_where_a_staffed_plan_needs_more_than_there_are(plan: Plan) -> None:
    planned = forecast(plan)
    short = planned.hours("months") - planned.hours_available
    over = found(plan).get("hours")
    if planned.payroll().any() and (short > 1e-6).any():
        assert over is not None
        assert over.month is not None
        assert short[over.month] == pytest.approx(short.max())
    elif not (short > 0).any() or not planned.payroll().any():
        assert over is None


def test_work_that_nobody_is_paid_for_is_named_with_the_roi_it_flatters() -> None:
    # 10 deals bring 10 000 for a rent of 42.22
    plan = replace(on_paper(10.0, minutes=60.0), costs=(Cost("rent", "Rent", 42.22, "month"),))
    labour = found(plan)["labour"]
    assert (labour.severity, labour.path, labour.month) == ("warning", "team.reps", None)
    assert "23,600%" in labour.sentence  # (10 000 − 42.22) ÷ 42.22 is 23 585 %
    assert found(replace(plan, team=Team(1.0, 0.0)))["labour"].path == "team.cost_per_month"
    assert "labour" not in found(replace(plan, team=Team(1.0, 1.0)))
    assert "labour" not in found(replace(plan, efforts=()))


def test_an_audience_is_worn_when_half_of_it_is_stale() -> None:
    # 100 touches a month on 1 000 people: exp(−0.6) = 55 % fresh after 6 months, exp(−0.7) = 49.7 % after 7
    assert found(on_paper(months=6, audience=1000.0)) == {}
    worn = found(on_paper(months=9, audience=1000.0))["audience.one"]
    assert (worn.severity, worn.path, worn.month) == ("note", "one.volume", 6)
    assert "900 touches on an audience that takes 1,000" in worn.sentence
    worn = found(on_paper(months=10, audience=1000.0))["audience.one"]
    assert worn.severity == "warning"
    assert f"{100 * math.exp(-1):.1f}% by the end" in worn.sentence


def test_a_list_worked_in_order_is_said_in_the_month_in_which_it_is_used_up() -> None:
    """100 touches a month on 450 contacts: May asks for 50 more than are left, June to September for 400."""
    listed = on_paper(months=9, audience=450.0)
    listed = replace(listed, channels=(replace(listed.channels[0], coverage="in_order"),))
    breach = found(listed)["list.one"]
    assert (breach.severity, breach.path, breach.month, breach.amount) == ("warning", "one.volume", 4, 450.0)
    assert breach.sentence == (
        "One: the list of 450 contacts is used up in May 2027; 450 touches planned beyond it reach nobody new."
    )
    assert found(replace(listed, months=4)) == {}
    assert "audience.one" not in found(listed)  # a list in order does not wear


def test_holidays_outside_the_years_that_are_known_are_said() -> None:
    plan = replace(on_paper(months=14), start="2099-12")
    breach = found(plan)["calendar"]
    assert (breach.severity, breach.month, breach.amount) == ("warning", 13, 1.0)
    assert "known from 1901 to 2100: in 1 month of the plan, the first Jan 2101" in breach.sentence
    assert "calendar" not in found(replace(plan, months=13))


def test_a_month_that_takes_a_rate_past_the_whole_is_a_note() -> None:
    plan = pull(on_paper(months=3), "one.appointment.rate", 0.5)
    first, second = plan.channels[0].stages
    for factors, expected in (((1.0, 2.0, 1.0), None), ((1.0, 2.5, 1.0), 1)):
        stages = (first, replace(second, by_month=factors))
        breach = found(replace(plan, channels=(replace(plan.channels[0], stages=stages),))).get(
            "one.appointment.by_month"
        )
        assert (breach.month if breach else None) == expected
    assert breach is not None
    assert (breach.severity, breach.amount) == ("note", 0.25)
    assert "125% of the stage before in Feb 2027" in breach.sentence
    assert breach.sentence.endswith("it counts as 100%.")


def test_spam_complaints_are_a_warning_from_one_in_a_thousand_and_a_limit_from_three() -> None:
    path = "email.spam_complaint.rate"
    for rate, severity in ((0.00099, None), (0.001, "warning"), (0.00299, "warning"), (0.003, "limit")):
        breach = found(pull(starter("email"), path, rate)).get("email.spam_complaint")
        assert (breach.severity if breach else None) == severity
        assert breach is None or breach.path == path


def test_a_pace_holds_for_each_rep_or_each_sender() -> None:
    plan = on_paper(3200.0, kind="phone", team=Team(2.0, 5000.0))  # 2 reps on 20 days at 400 a week: 3 200 dials

    def paced(volume: float, **pace: Any) -> Plan:
        return replace(plan, channels=(replace(plan.channels[0], volume=volume, **pace),))

    assert "pace.one" not in found(paced(9000.0))
    assert "pace.one" not in found(paced(3200.0, pace=400.0))
    pace = found(paced(3600.0, pace=400.0))["pace.one"]
    assert (pace.severity, pace.path, pace.month) == ("warning", "one.volume", 0)
    assert "450 dials a week for each rep in Jan 2027; the most is 400" in pace.sentence
    # 200 a week and mailbox on 20 days: 5 mailboxes send 4 000
    assert "pace.one" not in found(paced(4000.0, pace=200.0, pace_per="sender", senders=5.0))
    pace = found(paced(4400.0, pace=200.0, pace_per="sender", senders=5.0))["pace.one"]
    assert "220 dials a week for each sender" in pace.sentence


def test_volumes_keep_to_the_plans_own_limits() -> None:
    for volume, says in ((49.0, "at least 50"), (50.0, ""), (80.0, ""), (81.0, "at most 80")):
        breach = found(on_paper(volume, limits=(Limit("one", 50.0, 80.0),))).get("volume.one")
        assert (breach is not None) == bool(says)
        assert breach is None or (breach.severity, breach.path) == ("limit", "one.volume")
        assert breach is None or says in breach.sentence


def test_a_missed_target_says_by_how_much() -> None:
    targets = (Target("won", 120.0), Target("revenue", 100_000.0), Target("cac", 40.0), Target("payback_months", 3.0))
    plan = on_paper(team=Team(1.0, 5000.0), targets=targets)  # 100 deals for 5 000: CAC 50, paid back in 1.2 months
    missed = found(plan)
    assert missed.keys() == {"target.won", "target.cac"}
    assert missed["target.won"].sentence == "Deals: 100 against a target of 120 (−20)."
    assert missed["target.cac"].sentence == "CAC: €50.00 against a target of €40.00 (+€10.00)."
    none = found(on_paper(0.0, team=Team(1.0, 5000.0), targets=targets[2:]))
    assert none["target.cac"].sentence == "CAC: no figure against a target of €40.00."


def test_rates_far_above_the_usual_are_worth_a_look() -> None:
    # replied: usual up to 3 %, odds 0.0309; twice that is a rate of 5.83 %, four times 11.01 %
    path = "email.replied.rate"
    for rate, severity in ((0.058, None), (0.0583, "note"), (0.11, "note"), (0.1102, "warning"), (1.0, "warning")):
        breach = found(pull(starter("email"), path, rate)).get(path)
        assert (breach.severity if breach else None) == severity
        assert breach is None or "usual is 0.25% to 3%" in breach.sentence


@given(plans())
@examples(30)
def test_whatever_is_broken_names_a_lever_and_a_month_of_the_plan_gravest_first(plan: Plan) -> None:
    plan = replace(plan, targets=(Target("won", 10.0), Target("break_even_month", 3.0)))
    breaches = alerts(forecast(plan))
    assert [b.severity for b in breaches] == sorted((b.severity for b in breaches), key=SEVERITIES.index)
    assert len({b.key for b in breaches}) == len(breaches)
    for breach in breaches:
        assert breach.month is None or 0 <= breach.month < plan.months
        assert breach.path == "" or locate(plan, breach.path)
        assert breach.sentence.endswith(".")
        assert "{" not in breach.sentence


def test_a_move_counts_like_a_plan_pulled() -> None:
    plan = replace(starter("email", "phone"), limits=(Limit("phone", 0.0, 2000.0),))
    moves = {"phone.volume": 9000.0, "email.replied.rate": 0.3, "phone.audience": 900.0, "deal.value": 1.0}
    for path, to in moves.items():
        moved, pulled = alerts(forecast(plan, {path: np.array(to)})), alerts(forecast(pull(plan, path, to)))
        assert [alert.sentence for alert in moved] == [alert.sentence for alert in pulled]
        assert [alert.amount for alert in moved] == pytest.approx([alert.amount for alert in pulled], rel=1e-9)


def test_thresholds_rise_and_name_their_source() -> None:
    for threshold in (*RATES.values(), AUDIENCE, ODDS):
        assert threshold.source
        rising = [bound for bound in (threshold.note, threshold.warning, threshold.limit) if bound < math.inf]
        assert rising == sorted(rising)
    assert Threshold("", note=1.0, warning=2.0).severity(math.nan) is None


def test_a_batch_is_refused() -> None:
    with pytest.raises(PlanError, match="batch"):
        alerts(forecast(starter("email"), {"email.volume": [1.0, 2.0]}))
