"""Another currency: every sum of money is converted, nothing else; plans in two currencies are not subtracted."""

from __future__ import annotations

import pytest
from hypothesis import given

from planner.ask.compare.bridge import bridge
from planner.ask.compare.by_lever import bridge_by_lever
from planner.engine import forecast
from planner.errors import PlanError
from planner.measure.metrics import METRICS, measure
from planner.plan import Plan, Range, Target, replace
from planner.plan.currency import converted, counts_money, same_currency
from planner.plan.edit import with_currency
from planner.plan.levers import levers
from planner.plan.starter import starter
from tests.strategies import plans

RATE = 11.73


@given(plans())
def test_every_lever_in_money_is_converted_and_no_other(plan: Plan) -> None:
    before, after = levers(plan), levers(converted(plan, RATE, "NOK"))
    assert [lever.path for lever in after] == [lever.path for lever in before]
    for old, new in zip(before, after, strict=True):
        money = old.kind.written == "money"
        assert new.value == (pytest.approx(old.value * RATE, rel=1e-12) if money else old.value), old.path


@given(plans())
def test_there_and_back_is_the_plan(plan: Plan) -> None:
    back = converted(converted(plan, RATE, "NOK"), 1 / RATE, plan.currency)
    values = {lever.path: lever.value for lever in levers(back)}
    for lever in levers(plan):
        assert values[lever.path] == pytest.approx(lever.value, rel=1e-12)
    assert converted(back, 1.0, plan.currency) == back


def test_ranges_and_targets_in_money_follow_and_shares_of_revenue_stay() -> None:
    plan = replace(
        starter("email"),
        ranges=(Range("deal.value", 8000.0, 25000.0), Range("email.replied.rate", 0.001, 0.02)),
        targets=(Target("won", 20.0), Target("cac", 5000.0), Target("roi", 2.0)),
    )
    after = converted(plan, 10.0, "NOK")
    assert after.ranges == (Range("deal.value", 80000.0, 250000.0), plan.ranges[1])
    assert after.targets == (Target("won", 20.0), Target("cac", 50000.0), Target("roi", 2.0))
    shares = [(a.amount, b.amount) for a, b in zip(plan.costs, after.costs, strict=True) if a.per == "revenue"]
    assert shares
    assert all(old == new for old, new in shares)


@pytest.mark.parametrize("metric", [key for key, row in METRICS.items() if row.unit in ("count", "percent", "ratio")])
def test_a_conversion_moves_no_figure_that_is_no_money(metric: str) -> None:
    plan = starter()
    assert measure(converted(plan, RATE, "NOK"), metric) == pytest.approx(float(measure(plan, metric)), rel=1e-9)


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan"), float("inf")])
def test_a_rate_of_exchange_lies_above_nothing(rate: float) -> None:
    with pytest.raises(PlanError, match="lies above 0"):
        converted(starter("email"), rate, "NOK")


@pytest.mark.parametrize("metric", ["revenue", "profit", "cac", "roi"])
def test_sums_in_different_currencies_are_not_subtracted(metric: str) -> None:
    plan = starter("email", "phone")
    other = with_currency(plan, "NOK")
    assert not same_currency(plan, other)
    with pytest.raises(PlanError, match="EUR in one plan and NOK in the other"):
        bridge_by_lever(plan, other, metric)
    with pytest.raises(PlanError, match="EUR in one plan and NOK in the other"):
        bridge(forecast(plan), forecast(other), metric)


def test_deals_are_compared_in_any_currency() -> None:
    plan = starter("email", "phone")
    assert not counts_money("won")
    assert bridge_by_lever(plan, with_currency(plan, "NOK"), "won").structure == 0
