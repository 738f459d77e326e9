"""Numbers of the trade worked out on paper, each through a plan of its own."""

from __future__ import annotations

import numpy as np
import pytest

from planner.engine import forecast
from planner.measure.metrics import measure
from planner.plan import Assist, Channel, Cost, Deal, Effort, Hire, Plan, Stage, Team, replace
from planner.plan.levers import pull


def funnel(key: str, volume: float, *rates: tuple[str, float]) -> Channel:
    """A channel whose main stages follow one another without delay."""
    stages = [Stage("sent", "Sent", None, 1.0)]
    for name, rate in rates:
        stages.append(Stage(name, name, stages[-1].key, rate, main=True))
    return Channel(key, "custom", key, volume, tuple(stages))


def sales(unique: float = 1.0, show_rate: float = 1.0, opportunity: float = 1.0, won: float = 1.0) -> tuple[Stage, ...]:
    return (
        Stage("unique", "Unique", "appointment", unique, main=True),
        Stage("held", "Held", "unique", show_rate, main=True),
        Stage("opportunity", "Opportunity", "held", opportunity, main=True),
        Stage("won", "Won", "opportunity", won, main=True),
    )


def plan(*channels: Channel, tail: tuple[Stage, ...] = (), deal: Deal | None = None, **rest: object) -> Plan:
    """One month in Norway."""
    deal = deal or Deal(1.0, 1.0)
    return Plan("Paper", "EUR", "2027-01", 1, "NO", "en", channels, tail or sales(), deal, **rest)  # type: ignore[arg-type]


def spent(amount: float) -> tuple[Cost, ...]:
    return (Cost("all", "All", amount, "once"),)


ONE = funnel("email", 1.0, ("appointment", 1.0))
TEN = funnel("email", 100.0, ("appointment", 1.0))


@pytest.mark.parametrize(("margin", "romi"), [(0.6, 1.4), (0.25, 0.0)])
def test_20_000_on_5_000(margin: float, romi: float) -> None:
    """Three ways to say it: 300 %, 4 : 1, and on the margin."""
    changed = plan(ONE, deal=Deal(20000.0, margin), costs=spent(5000.0))
    assert measure(changed, "roi") == pytest.approx(3.0)
    assert measure(changed, "revenue_to_cost") == pytest.approx(4.0)
    assert measure(changed, "romi") == pytest.approx(romi)
    assert measure(pull(changed, "deal.gross_margin", 0.25), "romi") == pytest.approx(0.0)


def test_the_value_of_a_customer() -> None:
    """12 000 a year for five years at 70 %, won at 4 000."""
    changed = plan(ONE, deal=Deal(6000.0, 0.7, 2.0, 5.0), costs=spent(4000.0))
    assert measure(changed, "cac") == pytest.approx(4000.0)
    assert measure(changed, "clv") == pytest.approx(42000.0)
    assert measure(changed, "clv_to_cac") == pytest.approx(10.5)
    assert measure(changed, "payback_months") == pytest.approx(5.714285714285714)


def test_deals_of_ten_thousand_messages() -> None:
    """0.98 × 0.03 × ⅓ × ½ × 0.7 × 0.2; volume and win rate for 12 deals by the rule of three."""
    email = funnel(
        "email", 10000.0, ("delivered", 0.98), ("replied", 0.03), ("positive", 1 / 3), ("appointment", 1 / 2)
    )  # fmt: skip
    changed = plan(email, tail=sales(show_rate=0.7, won=0.2))
    assert measure(changed, "won") == pytest.approx(6.86)
    assert measure(pull(changed, "email.volume", 17492.71137026239), "won") == pytest.approx(12.0)
    assert measure(pull(changed, "sales.won.rate", 0.3498542274052478), "won") == pytest.approx(12.0)
    assert measure(changed, "conversion") == pytest.approx(0.000686)


@pytest.mark.parametrize(("each", "metric", "reached"), [
    (746.6666666666666, "clv_to_cac", 3.0), (2240.0, "clv_to_cac", 1.0), (840.0, "payback_months", 12.0),
])  # fmt: skip
def test_what_an_appointment_may_cost(each: float, metric: str, reached: float) -> None:
    """At a win rate of 10 %, a CLV of 22 400 and 8 400 of margin in the first year."""
    changed = plan(TEN, tail=sales(won=0.1), deal=Deal(12000.0, 0.7, 1.0, 22400 / 8400), costs=spent(100 * each))
    assert measure(changed, "cost_per_appointment") == pytest.approx(each)
    assert measure(changed, metric) == pytest.approx(reached)


def test_hours_of_a_month() -> None:
    """January 2027 has 20 working days in Norway: 126 hours a rep at 6.3 a day."""
    changed = plan(
        funnel("email", 10000.0, ("appointment", 111 / 10000)),
        funnel("phone", 4500.0, ("connected", 300 / 4500)),
        funnel("linkedin", 800.0, ("accepted", 0.3)),
        team=Team(5.0, 0.0, 6.3),
        efforts=(
            Effort("email.sent", 2.0), Effort("phone.sent", 2.5), Effort("phone.connected", 5.0),
            Effort("linkedin.sent", 1.5), Effort("sales.unique", 15.0),
        ),
    )  # fmt: skip
    assert measure(changed, "hours") == pytest.approx(593.5833333333334)
    np.testing.assert_allclose(forecast(changed).hours_available, [630.0])
    assert measure(changed, "utilisation") == pytest.approx(0.9421957671957673)


def test_a_hire_grows_into_the_job() -> None:
    """Ramp 2 from month 1: a quarter, three quarters, whole; on the payroll at once. A leaver is gone at once."""
    team = Team(1.0, 1000.0, 1.0, 2.0, (Hire(1, 4.0), Hire(4, -2.0)))
    changed = replace(plan(ONE, team=team), months=6)
    productive = [1.0, 2.0, 4.0, 5.0, 3.0, 3.0]
    np.testing.assert_allclose(forecast(changed).hours_available, np.multiply(productive, [20, 20, 20, 22, 19, 22]))
    np.testing.assert_allclose(forecast(changed).cost, np.multiply([1, 5, 5, 5, 3, 3], 1000.0))


def test_ads_lift_replies() -> None:
    """60 % of the lift of 25 % makes 0.5 % into 0.575 %: 7.35 replies more on 9 800 messages."""
    email = funnel("email", 9800.0, ("replied", 0.005), ("appointment", 1.0))
    ads = Channel("ads", "ads", "Ads", 1000.0, (Stage("sent", "Sent", None, 1.0),))
    changed = plan(ads, email, assists=(Assist("lift", "ads", "email.replied", 0.25, 1000.0 / -np.log(0.4)),))
    assert measure(changed, "appointments") == pytest.approx(9800 * 0.005 + 7.35)


def test_costs_are_what_they_are_per() -> None:
    """100 touches, 50 appointments, 5 deals of 1 000; one hour an appointment."""
    changed = plan(
        funnel("email", 100.0, ("appointment", 0.5)), tail=sales(won=0.1), deal=Deal(1000.0, 1.0),
        efforts=(Effort("email.appointment", 60.0),), team=Team(2.0, 300.0),
        costs=(
            Cost("rent", "Rent", 7.0, "month"), Cost("kick", "Kick", 11.0, "once"), Cost("fee", "Fee", 0.1, "revenue"),
            Cost("desk", "Desk", 2.0, "hour"), Cost("post", "Post", 0.5, "email.sent"),
            Cost("gift", "Gift", 9.0, "sales.won"),
        ),
    )  # fmt: skip
    rows = {row.key: float(row.amount) for row in forecast(changed).cost_rows("plan")}
    assert rows == pytest.approx({"rent": 7, "kick": 11, "fee": 500, "desk": 100, "post": 50, "gift": 45, "team": 600})
    assert measure(changed, "cost") == pytest.approx(1313)
