"""Pacing: what was sent against the plan, what the rest needs, and the limit that stands in the way."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from planner.actuals.actuals import Actuals, Fact
from planner.ask.variance.pacing import Pacing, catching_up, pacing
from planner.ask.variance.to_date import to_date
from planner.engine import forecast
from planner.plan import Effort, Feed, Plan, Team, replace
from planner.show.pacing import sentence, table
from planner.show.tables import Cell
from tests.ask.happening import chain, paper

PLAN = paper(chain("email", 1000.0, (0.1, 0.5)), months=4)  # 2027-01 to 2027-04
FEBRUARY = Fact("CRM", "2027-02", "email", "sent", 1000.0)


def sent(*months: float, day: dt.date = dt.date(2027, 2, 28)) -> Actuals:
    """So many e-mails sent in January, February …"""
    facts = (Fact("CRM", f"2027-{month:02d}", "email", "sent", count) for month, count in enumerate(months, 1))
    return Actuals(day, tuple(facts))


def only(plan: Plan, actuals: Actuals) -> Pacing:
    return pacing(plan, actuals)[0]


def test_the_rest_has_to_send_what_is_missing_as_well() -> None:
    """1 600 of 2 000 in two months: 2 400 are left for March and April, 61 days."""
    row = only(PLAN, sent(800.0, 800.0))
    assert (row.planned, row.sent, row.whole) == pytest.approx((2000.0, 1600.0, 4000.0))
    assert (row.planned_a_month, row.needed_a_month) == pytest.approx((1000.0, 1200.0))
    assert row.needed_a_week == pytest.approx(2400.0 / 61 * 7)
    assert row.breaks == ()


def test_within_a_month_only_what_is_left_of_it_counts() -> None:
    row = only(PLAN, sent(1000.0, 250.0, day=dt.date(2027, 2, 14)))
    assert row.planned == pytest.approx(1500.0)
    assert (row.months_left, row.weeks_left) == pytest.approx((2.5, 75 / 7))
    assert row.needed_a_month == pytest.approx(2750.0 / 2.5)


def test_a_pace_that_the_channel_may_not_keep_is_named_with_its_month() -> None:
    """250 a week are 1 000 in the 20 working days of March 2027, and 1 200 are needed."""
    slow = replace(PLAN, channels=(replace(PLAN.channels[0], pace=250.0, pace_per="sender", senders=1.0),))
    (limit,) = only(slow, sent(800.0, 800.0)).breaks
    assert (limit.what, limit.month, limit.level) == ("pace", 2, pytest.approx(1000.0))
    faster = replace(slow, channels=(replace(slow.channels[0], pace=400.0),))
    assert only(faster, sent(800.0, 800.0)).breaks == ()


def test_hours_and_lists_stand_in_the_way_too() -> None:
    """A touch of six minutes: 1 200 take 120 hours, and a rep of five and a half a day has 110 in March."""
    busy = replace(PLAN, efforts=(Effort("email.sent", 6.0),), team=Team(1.0, 0.0, 5.5))
    assert [(limit.what, limit.month) for limit in only(busy, sent(800.0, 800.0)).breaks] == [("hours", 2)]
    short = replace(PLAN, channels=(replace(PLAN.channels[0], audience=3000.0, coverage="in_order"),))
    assert only(short, sent(800.0, 800.0)).breaks == ()  # the plan uses the list up itself, and no further than it does
    enough = replace(PLAN, channels=(replace(PLAN.channels[0], audience=4000.0, coverage="in_order"),))
    assert only(enough, sent(800.0, 800.0)).breaks == ()


def test_who_catches_up_ends_at_the_planned_volume() -> None:
    shaped = replace(PLAN, channels=(replace(PLAN.channels[0], profile=(1.0, 1.0, 0.5, 1.5)),))
    actuals = sent(800.0, 700.0)
    faster = catching_up(shaped, actuals, {row.channel: row for row in pacing(shaped, actuals)})
    months = forecast(faster).arrivals["email.sent"]
    assert months.tolist() == pytest.approx([800.0, 700.0, 625.0, 1875.0])


def test_a_month_of_which_nothing_is_reported_stands_on_neither_side() -> None:
    """800 in January, nothing said of February, 800 in March: 1 600 of 2 000, and February as if it had been sent."""
    actuals = Actuals(dt.date(2027, 3, 31), tuple(Fact("CRM", f"2027-{m:02d}", "email", "sent", 800.0) for m in (1, 3)))
    row = only(PLAN, actuals)
    assert (row.planned, row.sent, row.unreported, row.silent) == (
        pytest.approx(2000.0), pytest.approx(1600.0), pytest.approx(1000.0), (1,),
    )  # fmt: skip
    assert row.needed_a_month == pytest.approx(4000.0 - 1000.0 - 1600.0)
    assert row.planned_a_month == pytest.approx(1000.0)
    months = forecast(catching_up(PLAN, actuals, {"email": row})).arrivals["email.sent"]
    assert months.tolist() == pytest.approx([800.0, 1000.0, 800.0, 1400.0])
    planned = table(PLAN, [row], actuals.as_of).rows[0][3]
    assert isinstance(planned, Cell)
    assert planned.note == "without Feb 2027"


def test_ahead_of_plan_the_rest_may_go_slower() -> None:
    row = only(PLAN, sent(1500.0, 1500.0))
    assert row.needed_a_month == pytest.approx(500.0)
    assert (
        sentence(PLAN, [row]) == "Every channel that reports has sent what was planned so far, or more; ahead: Email."
    )


def test_after_the_plan_there_is_no_pace_left() -> None:
    row = only(PLAN, sent(800.0, 800.0, 800.0, 800.0, day=dt.date(2027, 5, 15)))
    assert math.isnan(row.needed_a_month)
    assert sentence(PLAN, [row]) == "Email is 20% behind its volume (3,200 of 4,000 touches); the plan has ended."


def test_what_is_not_reported_and_what_others_send_on_is_said() -> None:
    plan = replace(
        paper(chain("ads", 1000.0, (0.0,)), chain("landing", 0.0, (0.1,)), months=2),
        feeds=(Feed("clicks", "ads.sent", "landing", 0.1),),
    )
    actuals = Actuals(dt.date(2027, 1, 31), (Fact("CRM", "2027-01", "landing", "sent", 50.0),))
    ads, landing = pacing(plan, actuals)
    assert math.isnan(ads.sent)
    assert not landing.steerable
    assert sentence(plan, [ads]) == "No channel reports what it has sent."
    assert sentence(plan, [ads, landing]).endswith("other channels send it on.")
    rows = [
        [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
        for row in table(plan, [ads, landing], actuals.as_of).rows
    ]
    assert [row[1].text for row in rows] == ["not reported", "behind"]


def test_the_sentence_says_the_needed_pace_and_what_it_breaks() -> None:
    slow = replace(PLAN, channels=(replace(PLAN.channels[0], pace=250.0, pace_per="sender", senders=1.0),))
    assert sentence(slow, pacing(slow, sent(800.0, 800.0))) == (
        "Email is 20% behind its volume (1,600 of 2,000 touches). To send all that is planned, the rest needs 1,200 a "
        "month (275 a week) instead of 1,000 a month, which passes the pace limit of 1,000 in Mar 2027."
    )


def test_a_month_that_nobody_reports_is_no_month_without_touches() -> None:
    """1 000 of the 1 000 planned in February; of January nothing is known."""
    row = next(row for row in to_date(PLAN, Actuals(dt.date(2027, 2, 28), (FEBRUARY,))).stages if row.is_root)
    assert (row.planned, row.expected, row.verdict, row.off) == (
        pytest.approx(2000.0),
        pytest.approx(1000.0),
        "on_plan",
        False,
    )
