"""Is there still time: what a touch brings within the plan by its day, on paper, by sampling and by the engine."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from planner.ask.still_time import SHARES, last_day, share_in_plan, still_time
from planner.calendar import first_day, month_keys
from planner.engine import forecast
from planner.errors import PlanError
from planner.plan import Channel, Deal, Delay, Feed, Plan, Stage, replace
from planner.plan.levers import pull
from planner.plan.scales import Z90
from planner.plan.starter import starter

SALES = (Stage("won", "Won", "appointment", 0.25, main=True),)
WON, MET = Delay(60.0, 3.0), Delay(20.0, 2.0)


def channel(key: str, booked: float, met: Delay | None = None, **fields: object) -> Channel:
    """A channel of two stages."""
    stages = (Stage("sent", "Sent", None, 1.0), Stage("appointment", "Appointment", "sent", booked, met, main=True))
    return replace(Channel(key, "custom", key.title(), 100.0, stages), **fields)


def plan_of(*channels: Channel, months: int = 12, won: Delay | None = None, **fields: object) -> Plan:
    """A plan whose sales are one stage."""
    sales = tuple(replace(stage, delay=won) for stage in SALES)
    plan = Plan("Time", "EUR", "2027-01", months, "NO", "en", channels, sales, Deal(1.0, 1.0))
    return replace(plan, **fields)


def drawn(delays: tuple[Delay, ...], size: int = 400_000) -> np.ndarray:
    """Days from a moment within the day of a touch to a deal, counted from the day's start; seeded."""
    generator = np.random.default_rng(7)
    days = generator.random(size)
    for delay in delays:
        days += delay.median_days * np.exp(generator.standard_normal(size) * np.log(delay.p90_ratio) / Z90)
    return days


def test_without_delays_the_last_day_of_the_plan_is_as_good_as_the_first() -> None:
    plan = plan_of(channel("email", 0.1))
    assert {last_day(plan, "email", share) for share in (0.1, 0.9, 1.0)} == {dt.date(2027, 12, 31)}


def test_with_one_delay_half_of_the_deals_come_until_its_median_before_the_end() -> None:
    """A touch at noon of the 61st day from the end has 60.5 days left, on the 60th 59.5: the median is 60."""
    plan = plan_of(channel("email", 0.1), won=WON)
    assert last_day(plan, "email", 0.5) == dt.date(2028, 1, 1) - dt.timedelta(days=61)
    assert last_day(plan, "email", 0.9) == dt.date(2028, 1, 1) - dt.timedelta(days=181)


@pytest.mark.parametrize("left", [5, 40, 90, 250])
def test_delays_add_up_as_when_they_are_thrown(left: int) -> None:
    """Within three standard errors of 400 000 throws."""
    plan = plan_of(channel("email", 0.1, MET), won=WON)
    thrown = float((drawn((MET, WON)) <= left).mean())
    share = share_in_plan(plan, "email", dt.date(2028, 1, 1) - dt.timedelta(days=left))
    assert share == pytest.approx(thrown, abs=3 * 0.5 / np.sqrt(400_000) + 1e-4)


def test_what_a_channel_feeds_onward_counts_by_the_deals_it_brings() -> None:
    """An ad brings no deal itself; half of its visitors' deals and a third as many of its own make 3 : 2."""
    landing = channel("landing", 0.2)
    ads = Channel("ads", "custom", "Ads", 100.0, (Stage("seen", "Seen", None, 1.0),))
    feed = Feed("visits", "ads.seen", "landing", 0.5)
    plan = plan_of(ads, landing, won=WON, feeds=(feed,))
    day = dt.date(2027, 10, 1)
    assert share_in_plan(plan, "ads", day) == pytest.approx(share_in_plan(plan, "landing", day))
    slow = replace(
        channel("ads", 0.1, MET),
        stages=(
            *ads.stages,
            *channel(
                "ads",
                0.1,
                MET,
            ).stages[1:],
        ),
    )
    slow = replace(slow, stages=tuple(replace(s, of="seen") if s.of else s for s in slow.stages))
    both = replace(plan, channels=(slow, landing))
    alone = share_in_plan(replace(both, feeds=()), "ads", day)
    expected = (0.1 * alone + 0.5 * 0.2 * share_in_plan(plan, "landing", day)) / 0.2
    assert share_in_plan(both, "ads", day) == pytest.approx(expected)


def test_a_channel_that_is_off_is_fed_in_vain_and_one_without_deals_has_no_last_day() -> None:
    landing = channel("landing", 0.2, active=False)
    ads = Channel("ads", "custom", "Ads", 100.0, (Stage("seen", "Seen", None, 1.0),))
    plan = plan_of(ads, landing, feeds=(Feed("visits", "ads.seen", "landing", 0.5),))
    assert last_day(plan, "ads", 0.1) is None
    (row,) = still_time(forecast(plan))
    assert (row.last, row.brings) == ((None,) * len(SHARES), False)


def test_more_of_the_deals_means_an_earlier_day() -> None:
    for row in still_time(forecast(starter())):
        assert list(row.last) == sorted(day for day in row.last if day)


def test_a_plan_shorter_than_its_delays_has_no_useful_day() -> None:
    assert last_day(plan_of(channel("email", 0.1), months=1, won=Delay(500.0, 1.5)), "email", 0.1) is None


def test_a_list_that_runs_out_is_named_by_its_month() -> None:
    """100 touches a month on a list of 250: the third month wants 50 more than there are."""
    listed = channel("email", 0.1, audience=250.0, coverage="in_order")
    assert [row.used_up for row in still_time(forecast(plan_of(listed)))] == [2]
    enough = replace(listed, audience=1200.0)
    assert [row.used_up for row in still_time(forecast(plan_of(enough)))] == [None]


@pytest.mark.parametrize("months", [6, 12, 24])
def test_days_and_the_engine_agree_to_four_hundredths(months: int) -> None:
    """The engine spreads arrivals evenly within months of equal length; days are exact."""
    plan = replace(starter(), months=months, assists=())
    plan = replace(plan, channels=tuple(replace(c, audience=None, volume=0.0) for c in plan.channels))
    keys = month_keys(plan.start, months + 1)
    for each in plan.channels:
        for month in range(months):
            profile = tuple(float(t == month) for t in range(months))
            only = replace(each, volume=1.0, profile=profile)
            spent = forecast(replace(plan, channels=tuple(only if c is each else c for c in plan.channels)))
            share = float(spent.count("won", "plan") / spent.count("won", "all"))
            days = (first_day(keys[month + 1]) - first_day(keys[month])).days
            begins = first_day(keys[month])
            by_day = [share_in_plan(plan, each.key, begins + dt.timedelta(days=day)) for day in range(days)]
            assert np.mean(by_day) == pytest.approx(share, abs=0.04)


def test_what_cannot_be_is_said_by_its_name() -> None:
    plan = starter("phone")
    with pytest.raises(PlanError, match="share is 0"):
        last_day(plan, "phone", 0.0)
    with pytest.raises(PlanError, match="there is no key fax"):
        last_day(plan, "fax", 0.5)
    with pytest.raises(PlanError, match="not in the plan"):
        share_in_plan(plan, "phone", dt.date(2028, 1, 1))


def test_a_longer_plan_leaves_more_time() -> None:
    plan = starter("phone")
    later = replace(plan, months=14)
    assert share_in_plan(later, "phone", dt.date(2027, 11, 1)) > share_in_plan(plan, "phone", dt.date(2027, 11, 1))
    slower = pull(plan, "sales.won.delay.median_days", 200.0)
    assert share_in_plan(slower, "phone", dt.date(2027, 6, 1)) < share_in_plan(plan, "phone", dt.date(2027, 6, 1))
