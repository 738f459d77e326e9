"""Bars sum to the difference exactly, flip with a swap, and are the numbers worked out on paper."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.ask.compare.bridge import Bar, bridge, bridged, ends, grouped
from planner.engine import forecast
from planner.errors import PlanError
from planner.measure.metrics import read
from planner.plan import Assist, Cost, Delay, Opening, Plan, Stage, replace
from planner.plan.levers import pull
from tests.ask.happening import as_planned, chain, paper, told
from tests.oracle import oracle, shares
from tests.strategies import examples, plans


def amounts(bars: tuple[Bar, ...]) -> dict[str, float]:
    """Amount by key, of the bars that moved."""
    return {bar.key: bar.amount for bar in bars if abs(bar.amount) > 1e-9}


def close(value: float, to: float, size: float = 1.0) -> bool:
    """Equal to 1e-9 of the larger of the figures."""
    return abs(value - to) <= 1e-9 * max(1.0, abs(to), abs(size))


# -- numbers on paper -------------------------------------------------------------------------------------------------


def mailing(sent: float, delivered: float, reply: float, booked: float, show: float, win: float, price: float) -> Plan:
    channel = chain("email", sent, (reply, booked))
    stages = (
        channel.stages[0],
        Stage("delivered", "Delivered", "sent", delivered, main=True),
        replace(channel.stages[1], of="delivered"),
        channel.stages[2],
    )
    plan = paper(replace(channel, stages=stages), won=win, value=price)
    return pull(plan, "sales.held.rate", show)


def test_seven_factors_split_by_the_logarithmic_mean() -> None:
    plan = mailing(10_000, 0.98, 0.03, 1 / 6, 0.70, 0.20, 12_000)
    actual = mailing(11_000, 0.95, 0.024, 1 / 5, 0.65, 0.22, 11_500)
    bars = amounts(bridge(forecast(plan), forecast(actual), "revenue"))
    assert bars == pytest.approx(
        {
            "email.volume": 7853.9431, "email.delivered.rate": -2561.9897, "email.replied.rate": -18387.9282,
            "email.appointment.rate": 15024.0313, "email.held.rate": -6106.7957, "email.won.rate": 7853.9431,
            "email.value": -3507.0838,
        },
        abs=1e-4,
    )  # fmt: skip
    assert math.fsum(bars.values()) == pytest.approx(168.12, abs=1e-9)


def test_what_starts_from_nothing_is_one_bar() -> None:
    before = forecast(paper(chain("email", 0.0, (0.02,)), value=100.0))
    after = forecast(paper(chain("email", 500.0, (0.03,)), value=90.0))
    for first, second, factor, amount in ((before, after, "started", 1350.0), (after, before, "stopped", -1350.0)):
        bars = bridge(first, second, "revenue")
        assert [(bar.factor, bar.amount) for bar in bars if bar.amount] == [(factor, amount)]


def test_a_rate_of_nothing_is_the_bar_of_that_rate() -> None:
    before, after = (forecast(paper(chain("email", v, (r, 0.5)))) for v, r in ((400.0, 0.0), (500.0, 0.1)))
    assert amounts(bridge(before, after)) == pytest.approx({"email.replied.rate": 25.0})


def test_a_channel_that_is_added_or_switched_off_is_one_bar() -> None:
    email, phone = chain("email", 1000.0, (0.01,)), chain("phone", 100.0, (0.2,))
    both = forecast(paper(email, phone))
    assert amounts(bridge(forecast(paper(email)), both)) == pytest.approx({"phone.volume": 20.0})
    assert amounts(bridge(both, forecast(paper(email, replace(phone, active=False))))) == pytest.approx(
        {"phone.volume": -20.0}
    )


def test_cac_splits_into_cost_and_deals() -> None:
    plan, actual = (
        paper(chain("email", deals * 100, (0.01,)), costs=(Cost("all", "All", cost, "once"),))
        for deals, cost in ((10.0, 40_000.0), (9.0, 46_000.0))
    )
    bars = amounts(bridge(forecast(plan), forecast(actual), "cac"))
    assert bars == pytest.approx({"costs.all": 633.524354845582, "email.volume": 477.58675626553224}, rel=1e-12)


def test_a_ratio_whose_top_starts_at_nothing() -> None:
    costs = (Cost("all", "All", 1000.0, "once"),)
    before, after = (forecast(paper(chain("email", v, (0.01,)), costs=costs)) for v in (0.0, 2000.0))
    assert amounts(bridge(before, after, "roi")) == pytest.approx({"email.volume": 2.0})
    with pytest.raises(PlanError, match="won is 0 or less"):
        bridge(before, after, "cac")


def test_two_channels_with_prices_of_their_own() -> None:
    plan = paper(chain("email", 800.0, (0.01,)), chain("phone", 200.0, (0.05,)), value=12_000.0)
    actual = told(
        plan, email_sent=900, email_appointment=7.2, email_won=7.2, email_revenue=86_400,
        phone_sent=150, phone_appointment=9, phone_won=9, phone_revenue=99_000,
    )  # fmt: skip
    bars = {bar.key: bar.amount for bar in grouped(bridge(forecast(plan), actual, "revenue"), "factor", plan)}
    assert bars["volume"] == pytest.approx(9771.6591 - 30444.1704, abs=1e-4)
    assert bars["rate"] == pytest.approx(-429.0174, abs=1e-4)
    assert bars["value"] == pytest.approx(-9498.4714, abs=1e-4)
    assert math.fsum(bars.values()) == pytest.approx(-30_600.0, abs=1e-9)


def test_a_delay_alone_is_timing() -> None:
    before = paper(chain("email", 100.0, (0.5, 0.5)), months=3)
    after = paper(chain("email", 100.0, (0.5, 0.5), Delay(20.0, 3.0)), months=3)
    p = shares(20.0, 3.0, 3)
    arrived = 25.0 * sum(sum(p[: 3 - t]) for t in range(3))
    assert amounts(bridge(forecast(before), forecast(after))) == pytest.approx({"email.replied.timing": arrived - 75.0})
    assert amounts(bridge(forecast(before), forecast(after), tail=True)) == {}


def test_wear_and_help_are_bars_of_their_own() -> None:
    email = chain("email", 1000.0, (0.1, 0.5))
    tired = replace(email, stages=tuple(replace(s, tires=s.key == "replied") for s in email.stages), audience=500.0)
    ads = chain("ads", 300.0, (0.0,))
    helped = Assist("lift", "ads", "email.replied", 0.4, 300.0)
    before, after = paper(ads, email), replace(paper(ads, tired), assists=(helped,))
    worn, lifted = -math.expm1(-2.0) / 2.0, 1 - 0.4 * math.expm1(-1.0)
    mean = 50.0 * (worn * lifted - 1) / math.log(worn * lifted)
    assert amounts(bridge(forecast(before), forecast(after))) == pytest.approx(
        {"email.replied.wear": mean * math.log(worn), "email.replied.assist": mean * math.log(lifted)}
    )


def test_what_is_under_way_is_one_bar_and_no_part_of_cac() -> None:
    costs = (Cost("all", "All", 500.0, "once"),)
    before = paper(chain("email", 1000.0, (0.01,)), chain("phone", 100.0, (0.1,)), costs=costs)
    after = replace(before, opening=(Opening("email.appointment", 4.0), Opening("phone.won", 3.0)))
    assert amounts(bridge(forecast(before), forecast(after))) == pytest.approx({"opening": 7.0})
    assert amounts(bridge(forecast(before), forecast(after), "cac")) == {}


def test_what_was_under_way_at_a_root_is_no_volume_where_all_went_as_planned() -> None:
    """900 of 1 000 touches are sent, beside 50 that were already sent when the plan began."""
    email = chain("email", 1000.0, (0.01,))
    email = replace(email, stages=(replace(email.stages[0], rate=0.9), *email.stages[1:]))
    plan = replace(paper(email, months=2), opening=(Opening("email.sent", 50.0),))
    for metric in ("touches", "appointments", "won"):
        assert amounts(bridge(forecast(plan), as_planned(plan, 2), metric)) == {}
    less = told(plan, email_sent=860.0)  # of which 50 came of no touch: 810 of 900
    assert amounts(bridge(forecast(plan), less, "touches")) == pytest.approx({"email.volume": -100.0})


# -- laws -------------------------------------------------------------------------------------------------------------


@examples(30)
@given(plans(), plans(), st.sampled_from(bridged()), st.booleans())
def test_bars_sum_to_the_difference_and_flip_with_a_swap(plan: Plan, other: Plan, metric: str, tail: bool) -> None:
    before, after = forecast(plan), forecast(other)
    figure = ends(before, after, metric, tail=tail)
    for value, forecasted in ((figure.before, before), (figure.after, after)):
        assert value == pytest.approx(float(read(forecasted, metric, tail=tail)), rel=1e-9, abs=1e-9, nan_ok=True)
    assume(not math.isnan(figure.before) and not math.isnan(figure.after))
    bars = bridge(before, after, metric, tail=tail)
    size = max(abs(figure.before), abs(figure.after))
    assert close(math.fsum(bar.amount for bar in bars), figure.after - figure.before, size)
    back = {bar.key: bar.amount for bar in bridge(after, before, metric, tail=tail)}
    assert len(back) == len(bars)
    assert all(close(back[bar.key], -bar.amount, size) for bar in bars)


@examples(20)
@given(plans(), st.sampled_from(bridged()))
def test_nothing_moved_nothing_to_show(plan: Plan, metric: str) -> None:
    planned = forecast(plan)
    assume(not math.isnan(ends(planned, planned, metric).before))
    assert all(bar.amount == 0 for bar in bridge(planned, planned, metric))


@examples(20)
@given(plans(), st.integers(1, 14), st.sampled_from(["touches", "appointments", "won", "revenue", "cost"]))
def test_actuals_that_went_as_planned_show_nothing(plan: Plan, months: int, metric: str) -> None:
    planned, happened = forecast(plan), as_planned(plan, min(months, plan.months))
    assume(any(fact.name == "won" for fact in happened.facts))
    bars = bridge(planned, happened, metric)
    assert all(close(bar.amount, 0.0, float(read(planned, metric))) for bar in bars)


@examples(20)
@given(plans(), st.data())
def test_bars_to_actuals_sum_to_what_is_reported_less_what_was_due(plan: Plan, data: st.DataObject) -> None:
    months = data.draw(st.integers(1, plan.months))
    scale = st.sampled_from([0.0, 0.5, 1.0, 3.0])
    happened = as_planned(plan, months)
    kept = {f.name for f in happened.facts if f.name == "won" or data.draw(st.booleans())}
    assume("won" in kept)
    by = {name: data.draw(scale) for name in kept}
    facts = tuple(replace(f, value=f.value * by[f.name]) for f in happened.facts if f.name in kept)
    actuals = replace(happened, facts=facts)
    due, reported = sum(oracle(plan).at("sales.won")[:months]), sum(f.value for f in actuals.facts if f.name == "won")
    bars = bridge(forecast(plan), actuals)
    assert close(math.fsum(bar.amount for bar in bars), reported - due, max(reported, due))
    assert ends(forecast(plan), actuals).after == pytest.approx(reported, abs=1e-9)


# -- what actuals leave out -------------------------------------------------------------------------------------------

PLAN = paper(chain("email", 1000.0, (0.1, 0.2)), chain("phone", 100.0, (0.5, 0.2)), won=0.5)  # 10 and 5 deals


def bars_to(**counts: float) -> dict[str, float]:
    return amounts(bridge(forecast(PLAN), told(PLAN, **counts)))


def test_a_stage_that_is_not_reported_moves_as_planned() -> None:
    bars = bars_to(email_sent=2000, email_won=20, phone_sent=100, phone_won=10)
    assert bars == pytest.approx({"email.volume": 10.0, "phone.won.rate": 5.0})


def test_deals_of_no_channel_go_by_the_shares_the_plan_expects() -> None:
    bars = bars_to(email_sent=1000, phone_sent=100, sales_won=30)
    assert bars == pytest.approx({"email.won.rate": 10.0, "phone.won.rate": 5.0})
    bars = bars_to(email_sent=1000, email_won=10, phone_sent=100, sales_won=8)
    assert bars == pytest.approx({"phone.won.rate": 3.0})


def test_a_channel_that_does_not_report_is_one_bar() -> None:
    assert bars_to(email_won=10) == pytest.approx({"phone.unreported": -5.0})


def test_deals_with_nothing_before_them_are_one_bar() -> None:
    bars = bars_to(email_sent=0, email_replied=0, email_won=4, phone_won=5)
    assert bars == pytest.approx({"email.untraced": -6.0})
    quiet = paper(chain("email", 0.0, (0.1,)))
    assert amounts(bridge(forecast(quiet), told(quiet, email_sent=0, sales_won=2))) == pytest.approx({"untraced": 2.0})


def test_more_than_the_delay_allows_is_timing_and_not_the_rate() -> None:
    plan = paper(chain("email", 1000.0, (0.1, 0.5), Delay(60.0, 2.0)), won=1.0)
    bars = amounts(bridge(forecast(plan), told(plan, email_sent=1000, email_replied=100, email_won=50)))
    assert list(bars) == ["email.replied.timing"]


def test_money_that_nobody_reported_is_the_plans() -> None:
    costs = (Cost("mail", "Mail", 2.0, "email.sent"), Cost("tool", "Tool", 300.0, "month"))
    plan = replace(PLAN, costs=costs)
    counts = {"email_sent": 1500, "email_won": 10, "phone_won": 5}
    assert amounts(bridge(forecast(plan), told(plan, **counts), "cost")) == pytest.approx({"costs.mail": 1000.0})
    actual = told(plan, **counts, email_cost=2500, sales_cost=250)
    assert amounts(bridge(forecast(plan), actual, "cost")) == pytest.approx({"cost.email": 500.0, "cost.sales": -50.0})
    sold = told(PLAN, email_won=10, phone_won=5, sales_revenue=3000)
    bars = amounts(bridge(forecast(PLAN), sold, "revenue"))
    assert bars == pytest.approx({"email.value": 1000.0, "phone.value": 500.0})


def test_what_cannot_be_bridged_is_refused() -> None:
    planned, actual = forecast(PLAN), told(PLAN, email_sent=10)
    with pytest.raises(PlanError, match="payback_months cannot be split exactly"):
        bridge(planned, planned, "payback_months")
    with pytest.raises(PlanError, match="won is not in these actuals"):
        bridge(planned, actual)
    with pytest.raises(PlanError, match="held against a forecast"):
        bridge(actual, actual)
    with pytest.raises(PlanError, match="tail of actuals"):
        bridge(planned, actual, tail=True)
    with pytest.raises(PlanError, match="not batches"):
        bridge(planned, forecast(PLAN, {"email.volume": [1.0, 2.0]}))
    with pytest.raises(PlanError, match="these actuals end before the plan begins"):
        bridge(forecast(replace(PLAN, start="2027-02")), actual)


def test_bars_add_up_by_channel() -> None:
    fewer = pull(pull(PLAN, "email.volume", 600.0), "email.replied.rate", 0.05)
    bars = grouped(bridge(forecast(PLAN), forecast(fewer)), "channel", PLAN)
    assert [(bar.channel, bar.label, round(bar.amount, 9)) for bar in bars] == [("email", "Email", -7.0)]
