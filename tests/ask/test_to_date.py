"""Plan against actuals: nothing to report where all went as planned, and young months held against what was due."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binom

from planner.actuals.actuals import Actuals, Fact
from planner.ask.variance import exposure
from planner.ask.variance.to_date import StageToDate, ToDate, to_date
from planner.engine import forecast
from planner.errors import PlanError
from planner.measure.metrics import read
from planner.plan import Assist, Cost, Delay, Feed, Opening, Plan, Stage, Team, replace, the
from planner.plan.starter import starter
from planner.show.variance import sentence
from tests.ask.happening import as_planned, chain, paper, told
from tests.oracle import integral
from tests.strategies import examples, plans


def row(comparison: ToDate, channel: str, stage: str) -> StageToDate:
    return the(comparison.stages, channel=channel, stage=stage)


# -- as planned -------------------------------------------------------------------------------------------------------


@examples(30)
@given(plans(), st.integers(1, 14))
def test_actuals_that_went_as_planned_are_never_off(plan: Plan, months: int) -> None:
    actuals = as_planned(plan, min(months, plan.months))
    assume(any(fact.name == "won" for fact in actuals.facts))  # a channel that sells is switched on, and tells of it
    comparison = to_date(plan, actuals)
    for stage in comparison.stages:
        assert stage.verdict in ("on_plan", "too_recent")
        assert stage.actual == pytest.approx(stage.planned, rel=1e-9, abs=1e-9)
        if stage.exposure > 1e-6:
            assert stage.effective == pytest.approx(stage.assumed, rel=1e-9, abs=1e-9 / stage.exposure)
    for line in (*comparison.channels, comparison.total):
        for pair in (line.deals, line.revenue, line.cost):
            assert pair.actual == pytest.approx(pair.plan, rel=1e-9, abs=1e-6)


def test_revenue_stands_in_the_months_of_its_own_channels_deals() -> None:
    """Phone sells early and cheaply, e-mail late and dearly: a fee from May on is on what is earned from May on."""
    plan = starter("email", "phone")
    email, phone = plan.channels
    dear, cheap = replace(plan.deal, value=50_000.0), replace(phone, deal=replace(plan.deal, value=500.0))
    slow = replace(email, deal=dear, profile=(0.0,) * 3 + (1.0,) * 9)
    plan = replace(plan, channels=(slow, cheap), costs=(*plan.costs, Cost("fee", "Fee", 0.1, "revenue", first=4)))
    cost = to_date(plan, as_planned(plan, 12)).total.cost
    assert cost.actual == pytest.approx(cost.plan, rel=1e-9)
    assert cost.plan == pytest.approx(float(read(forecast(plan), "cost")), rel=1e-9)


def test_with_enough_to_go_by_all_is_on_plan() -> None:
    plan, by = starter(), 4e3
    larger = (replace(c, volume=c.volume * by, audience=c.audience and c.audience * by) for c in plan.channels)
    plan = replace(plan, channels=tuple(larger))
    comparison = to_date(plan, as_planned(plan, 5))
    assert {row_of_stage.verdict for row_of_stage in comparison.stages} == {"on_plan"}
    assert sentence(plan, comparison).endswith("Everything is on plan.")
    for channel in plan.channels:
        for stage in channel.stages:
            if stage.main:
                assert row(comparison, channel.key, stage.key).effective == pytest.approx(stage.rate, rel=1e-9)


@examples(30)
@given(plans())
def test_what_was_due_by_the_plans_end_is_its_forecast(plan: Plan) -> None:
    comparison, whole = to_date(plan, as_planned(plan, plan.months)), forecast(plan)
    for key, pair in (
        ("won", comparison.total.deals),
        ("revenue", comparison.total.revenue),
        ("cost", comparison.total.cost),
    ):
        assert pair.plan == pytest.approx(float(read(whole, key)), rel=1e-9, abs=1e-9)
    for key, pair in (("cac", comparison.total.cac), ("roi", comparison.total.roi)):
        assert pair.plan == pytest.approx(float(read(whole, key)), rel=1e-9, nan_ok=True)
    for line in comparison.channels:
        for key, pair in (("won", line.deals), ("cost", line.cost), ("cac", line.cac), ("roi", line.roi)):
            figure = float(read(whole, key, channel=line.channel))
            assert pair.plan == pytest.approx(figure, rel=1e-9, abs=1e-9, nan_ok=True)


# -- young months -----------------------------------------------------------------------------------------------------


def test_a_young_cohort_is_no_failed_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six cohorts of 100 with events 21, 19, 17, 13, 7 and 1: 13 % as it looks, 19.4 % given the time they have had."""
    ripe = np.array([0.97266439, 0.9372718, 0.86095849, 0.70759421, 0.43770281, 0.10363832])
    monkeypatch.setattr(exposure, "ripe", lambda delay, passed, months: ripe if delay else np.ones(months))
    plan = paper(chain("email", 100.0, (0.2,), Delay(60.0, 2.0)), months=6)
    facts = [Fact("", f"2027-0{m + 1}", "email", "sent", 100.0) for m in range(6)]
    facts += [Fact("", f"2027-0{m + 1}", "email", "appointment", 13.0) for m in range(6)]  # 78 in all
    booked = row(to_date(plan, Actuals(dt.date(2027, 6, 30), tuple(facts))), "email", "appointment")
    assert booked.naive == pytest.approx(0.13)
    assert booked.exposure == pytest.approx(401.983001741333)
    assert booked.effective == pytest.approx(0.19403805549517053)
    assert booked.verdict == "on_plan"


def test_half_a_month_owes_half_its_touches_and_what_they_bring_by_then() -> None:
    costs = (Cost("tool", "Tool", 80.0, "month"),)
    plan = paper(chain("email", 600.0, (0.5, 1.0), Delay(20.0, 3.0)), months=12, costs=costs)
    plan = replace(plan, team=Team(2.0, 1000.0))
    comparison = to_date(plan, Actuals(dt.date(2027, 4, 15), ()))
    assert row(comparison, "email", "sent").planned == pytest.approx(600.0 * 3.5)
    due = sum(integral(3.5 - m, 20.0, 3.0) - integral(2.5 - m, 20.0, 3.0) for m in range(3)) + integral(0.5, 20.0, 3.0)
    assert row(comparison, "email", "replied").planned == pytest.approx(300.0 * due)
    assert comparison.total.cost.plan == pytest.approx(3.5 * (80.0 + 2000.0))
    assert {row_of_stage.verdict for row_of_stage in comparison.stages} == {"not_reported"}
    assert sentence(plan, comparison).endswith("No stage is reported.")


def test_in_the_first_days_only_a_part_can_have_come() -> None:
    plan = paper(chain("email", 600.0, (0.5, 1.0), Delay(20.0, 3.0)))
    facts = (Fact("", "2027-01", "email", "sent", 1000.0), Fact("", "2027-01", "email", "replied", 60.0))
    replies = row(to_date(plan, Actuals(dt.date(2027, 1, 15), facts)), "email", "replied")
    exposure = 1000.0 * integral(15 / 31, 20.0, 3.0) / (15 / 31)
    assert (replies.exposure, replies.expected) == pytest.approx((exposure, exposure / 2))
    assert (replies.naive, replies.effective) == pytest.approx((0.06, 60.0 / exposure))


@examples(20)
@given(st.floats(1.0, 200.0), st.floats(1.1, 30.0), st.dates(dt.date(2027, 1, 1), dt.date(2028, 3, 1)))
def test_what_is_due_grows_from_day_to_day(median: float, ratio: float, day: dt.date) -> None:
    ads = chain("ads", 400.0, (0.0,))
    email = chain("email", 600.0, (0.5, 0.5), Delay(median, ratio))
    plan = replace(
        paper(ads, email, months=12),
        feeds=(Feed("clicks", "ads.sent", "email", 0.5),),
        opening=(Opening("email.replied", 50.0),),
        assists=(Assist("lift", "ads", "email.appointment", 0.5, 300.0),),
    )
    before, after = (to_date(plan, Actuals(as_of, ())) for as_of in (day, day + dt.timedelta(1)))
    ends = forecast(plan)
    for earlier, later in zip(before.stages, after.stages, strict=True):
        whole = float(ends.arrivals[f"{earlier.channel}.{earlier.stage}"].sum())
        assert earlier.planned <= later.planned + 1e-9 <= whole + 2e-9


def test_before_the_plan_begins_there_is_nothing_to_hold() -> None:
    with pytest.raises(PlanError, match="start is 2027-01"):
        to_date(starter(), Actuals(dt.date(2026, 12, 31), ()))


# -- verdicts ---------------------------------------------------------------------------------------------------------

PLAN = paper(chain("email", 1000.0, (0.1, 0.5)), won=0.5)


@pytest.mark.parametrize("sent", [40, 400, 4000])
def test_a_verdict_is_the_band_of_luck(sent: int) -> None:
    low, high = binom.ppf([0.1, 0.9], sent, 0.1)
    for replied, verdict in ((low - 1, "behind"), (low, ""), (high, ""), (high + 1, "ahead")):
        replies = row(to_date(PLAN, told(PLAN, email_sent=sent, email_replied=replied)), "email", "replied")
        assert (replies.low, replies.high) == (low, high)
        assert replies.verdict == (verdict or ("too_recent" if high - low >= 0.5 * 0.1 * sent else "on_plan"))


def test_touches_are_judged_by_the_target() -> None:
    for sent, verdict in ((949, "behind"), (951, "on_plan"), (1049, "on_plan"), (1051, "ahead")):
        assert row(to_date(PLAN, told(PLAN, email_sent=sent)), "email", "sent").verdict == verdict


def test_a_stage_is_judged_by_its_own_parents() -> None:
    comparison = to_date(PLAN, told(PLAN, email_sent=2000, email_replied=200, email_appointment=60, sales_won=30))
    booked = row(comparison, "email", "appointment")
    assert (booked.planned, booked.expected, booked.actual) == pytest.approx((50.0, 100.0, 60.0))
    assert (booked.assumed, booked.naive, booked.effective) == pytest.approx((0.5, 0.3, 0.3))
    assert booked.verdict == "behind"
    assert row(comparison, "email", "held").verdict == "not_reported"
    assert sentence(PLAN, comparison) == (
        "30 deals by 31 Jan 2027; 25 were planned by then. "
        "That is 20 fewer than what was sent should have brought, beyond chance. "
        "Furthest behind: Email appointment (60 against 100 expected). "
        "Not sent as planned: Email sent (2,000 against 1,000 planned)."
    )


def test_shares_of_what_is_left_over_are_shown_of_the_parent() -> None:
    email = PLAN.channels[0]
    refused = Stage("negative", "Negative", "replied", 0.4, exclusive=True)
    plan = replace(PLAN, channels=(replace(email, stages=(*email.stages, refused)),))
    negatives = row(to_date(plan, told(plan, email_replied=100, email_negative=30)), "email", "negative")
    assert (negatives.assumed, negatives.expected, negatives.effective) == pytest.approx((0.2, 20.0, 0.3))


def test_what_was_under_way_is_no_merit_of_the_rate() -> None:
    plan = replace(PLAN, opening=(Opening("email.appointment", 40.0),))
    comparison = to_date(plan, told(plan, email_sent=1000, email_replied=100, email_appointment=90))
    booked = row(comparison, "email", "appointment")
    assert (booked.planned, booked.expected, booked.effective) == pytest.approx((90.0, 90.0, 0.5))


# -- money ------------------------------------------------------------------------------------------------------------


def test_money_to_date_is_reported_or_at_the_plans_prices() -> None:
    costs = (Cost("mail", "Mail", 1.0, "email.sent"), Cost("office", "Office", 600.0, "month"))
    plan = replace(PLAN, costs=costs)
    comparison = to_date(plan, told(plan, email_sent=1200, email_won=20, email_revenue=3000))
    total = comparison.total
    assert (total.deals.plan, total.deals.actual) == pytest.approx((25.0, 20.0))
    assert (total.cost.plan, total.cost.actual, total.reported) == pytest.approx((1600.0, 1800.0, 0.0))
    assert (total.cac.plan, total.cac.actual) == pytest.approx((64.0, 90.0))
    assert (total.roi.plan, total.roi.actual) == pytest.approx((900 / 1600, 1200 / 1800))
    assert comparison.channels[0].cost == total.cost
    counted = to_date(plan, told(plan, email_sent=1200, email_won=20, email_cost=1500)).total
    assert (counted.cost.actual, counted.reported, counted.revenue.actual) == pytest.approx((2100.0, 1500.0, 2000.0))


def test_a_channel_without_deals_reported_has_no_cac() -> None:
    comparison = to_date(PLAN, told(PLAN, email_sent=1200))
    assert all(
        math.isnan(x)
        for x in (comparison.total.deals.actual, comparison.total.cac.actual, comparison.channels[0].roi.actual)
    )
    assert sentence(PLAN, comparison).startswith("Deals are not reported by 31 Jan 2027; 25 were planned by then.")
