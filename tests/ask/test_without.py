"""Without a channel: what would be lost is the difference of two forecasts, not what the channel books."""

from __future__ import annotations

import math

import pytest
from hypothesis import given

from planner.ask.without import each_without, without_channel
from planner.engine import forecast
from planner.errors import PlanError
from planner.measure.metrics import METRICS, measure
from planner.plan import Cost, Feed, Plan, replace
from planner.plan.edit import switch
from planner.plan.starter import starter
from tests.ask.happening import chain, paper
from tests.oracle import oracle
from tests.strategies import examples, plans

# 1 000 ads, of which a fifth go on as 200 letters beside 100 of their own; a tenth of the letters become deals
FED = replace(
    paper(
        replace(chain("ads", 1000.0, (0.0,)), stages=chain("ads", 1000.0, (0.0,)).stages[:1]),
        chain("letters", 100.0, (0.1,)),
        costs=(Cost("office", "Office", 900.0, "month"), Cost("ads", "Ads", 0.5, "ads.sent"),
               Cost("stamps", "Stamps", 2.0, "letters.sent")),
    ),
    feeds=(Feed("clicks", "ads.sent", "letters", 0.2),),
)  # fmt: skip


def test_a_channel_that_books_nothing_is_missed_by_what_it_feeds() -> None:
    ads = without_channel(FED, "ads")
    assert ads.booked("won") == 0.0
    assert ads.lost("won") == pytest.approx(20.0)
    assert ads.lost_elsewhere("won") == pytest.approx({"letters": 20.0})
    assert ads.lost("revenue") == pytest.approx(2000.0)
    assert ads.lost("cost") == pytest.approx(500.0 + 400.0)  # its own, and the stamps of the letters it feeds
    assert ads.remaining("cac") == pytest.approx((900.0 + 200.0) / 10.0)


def test_cost_that_is_shared_stays_whoever_it_is_allotted_to() -> None:
    letters = without_channel(FED, "letters")
    assert letters.booked("cost") > letters.lost("cost") == pytest.approx(600.0)
    assert letters.remaining("cost") == pytest.approx(900.0 + 500.0)


def test_a_plan_of_one_channel_loses_all_of_its_deals_and_keeps_its_team() -> None:
    plan = starter("email")
    email = without_channel(plan, "email")
    assert email.lost("won") == pytest.approx(float(measure(plan, "won")))
    assert email.remaining("won") == 0.0
    assert email.remaining("cost") == pytest.approx(plan.team.reps * plan.team.cost_per_month * plan.months, rel=0.2)
    assert math.isnan(email.remaining("cac"))
    assert email.lost_elsewhere("won") == {}


def test_a_channel_that_is_off_or_unknown_is_refused() -> None:
    with pytest.raises(PlanError, match="ads is switched off already"):
        without_channel(switch(FED, "ads", active=False), "ads")
    with pytest.raises(PlanError):
        without_channel(FED, "carrier pigeon")


def test_only_active_channels_are_asked_about() -> None:
    assert [row.channel for row in each_without(forecast(switch(FED, "ads", active=False)))] == ["letters"]


@examples(25)
@given(plans())
def test_what_is_lost_is_the_difference_an_independent_implementation_finds(plan: Plan) -> None:
    whole = oracle(plan)
    for row in each_without(forecast(plan)):
        rest = oracle(switch(plan, row.channel, active=False))
        for metric, path in (("won", "sales.won"), ("appointments", "sales.appointment")):
            now, then = sum(whole.at(path)[:-1]), sum(rest.at(path)[:-1])
            assert row.lost(metric) == pytest.approx(now - then, rel=1e-9, abs=1e-9 * max(1.0, now))
        now, then = sum(whole.cost[:-1]), sum(rest.cost[:-1])
        assert row.lost("cost") == pytest.approx(now - then, rel=1e-9, abs=1e-9 * max(1.0, now))


@examples(25)
@given(plans())
def test_a_channel_that_feeds_and_lifts_nothing_is_missed_by_just_what_it_books(plan: Plan) -> None:
    plan = replace(plan, feeds=(), assists=())
    for row in each_without(forecast(plan)):
        for metric in (key for key in METRICS if METRICS[key].counts in ("arrivals", "revenue")):
            assert row.lost(metric, tail=True) == pytest.approx(row.booked(metric, tail=True), rel=1e-9, abs=1e-6)
