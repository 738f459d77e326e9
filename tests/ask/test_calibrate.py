"""Calibration: what went as planned changes nothing; maturity, prior and chance are weighed as on paper."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.special import betainc, betaln, logit
from scipy.stats import norm

from planner.actuals.actuals import Actuals, Fact
from planner.actuals.sample import sample_actuals
from planner.ask.evidence.calibrate import OWN_DATA, Calibration, RateEvidence, calibrate
from planner.ask.evidence.months import FACTORS, Misses, factor_chances, shared_factor
from planner.ask.evidence.posterior import Cohorts, Events, Prior, log_likelihood, posterior
from planner.engine import forecast
from planner.engine.delay import arriving_between
from planner.errors import PlanError
from planner.plan import Delay, Plan, Range, replace, the
from planner.plan.diff import differing
from planner.plan.levers import lever, pull
from planner.plan.starter import starter
from tests.ask.happening import as_planned, chain, paper, told
from tests.strategies import examples, plans


def rate_of(calibration: Calibration, path: str) -> RateEvidence:
    return the(calibration.rates, path=path)


# -- as planned -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("months", [1, 3, 7, 12])
def test_actuals_made_from_the_plan_give_every_rate_back(months: int) -> None:
    plan = starter()
    calibration = calibrate(plan, as_planned(plan, months))
    assert len(calibration.rates) > 40
    for row in calibration.rates:
        assert row.mean == pytest.approx(row.planned, rel=1e-9)
    assert not differing(plan, calibration.plan)
    assert calibration.expected.channels == plan.channels


@examples(25)
@given(plans(), st.integers(1, 14))
def test_any_plans_own_forecast_gives_its_rates_back(plan: Plan, months: int) -> None:
    for row in calibrate(plan, as_planned(plan, min(months, plan.months))).rates:
        assert row.mean == pytest.approx(row.planned, rel=1e-6, abs=1e-9)
        assert row.low <= row.mean <= row.high


def test_with_much_data_the_rate_is_the_datas_and_the_plan_says_so() -> None:
    plan = starter()
    plan = replace(plan, channels=tuple(replace(c, volume=50 * c.volume, audience=None) for c in plan.channels))
    truth = pull(pull(plan, "email.positive.rate", 0.3), "phone.connected.rate", 0.07)
    calibration = calibrate(plan, as_planned(truth, 12))
    for path, rate in (("email.positive.rate", 0.3), ("phone.connected.rate", 0.07)):
        row = rate_of(calibration, path)
        assert row.mean == pytest.approx(rate, rel=0.03)
        assert row.data > 0.9
        adopted = calibration.adopting([path])
        assert [d.path for d in differing(plan, adopted)] == [path]
        assert lever(adopted, path).value == row.mean
        evidence = the(adopted.evidence, path=path)
        assert (evidence.source, evidence.as_of) == (OWN_DATA, "2027-12-31")
        assert the(adopted.ranges, path=path) == Range(path, row.low, row.high)


def test_weak_data_move_a_rate_little() -> None:
    plan = paper(chain("email", 1000.0, (0.1, 0.5)))
    ranged = replace(plan, ranges=(Range("email.appointment.rate", 0.4, 0.6),))
    few = rate_of(calibrate(ranged, told(ranged, email_replied=4, email_appointment=4)), "email.appointment.rate")
    many = rate_of(calibrate(ranged, told(ranged, email_replied=90, email_appointment=90)), "email.appointment.rate")
    assert few.naive == many.naive == 1.0
    assert 0.5 < few.mean < 0.56 < 0.7 < many.mean < 1.0
    assert few.data < 0.2 < 0.6 < many.data


def test_without_a_delay_the_posterior_is_beta() -> None:
    """κ = 20 at 0.25, 8 of 20 in one month, ω at 0.25 for one month tells nothing: φ = 1 + ω²·8·0.6."""
    learnt = posterior(Prior(0.25, 20.0), Cohorts(np.array([20.0]), np.array([8.0]), np.array([0.0, 1.0])))
    phi = 1.0 + learnt.factor**2 * 8.0 * 0.6
    a, b = 5.0 + 8.0 / phi, 15.0 + 12.0 / phi
    assert learnt.mean == pytest.approx(a / (a + b))
    assert betainc(a, b, (learnt.low, learnt.high)) == pytest.approx([0.1, 0.9])
    assert learnt.data == pytest.approx(20.0 / phi / (20.0 + 20.0 / phi))


def test_what_cannot_be_told_keeps_the_plans_number() -> None:
    plan = paper(chain("email", 1000.0, (0.1, 0.5)), won=1.0)
    silent = calibrate(plan, told(plan, email_sent=0, email_replied=0))
    assert rate_of(silent, "email.replied.rate").kept == "nothing_due"
    calibration = calibrate(plan, told(plan, email_sent=900, sales_won=3, sales_opportunity=4))
    assert rate_of(calibration, "sales.won.rate").kept == "none_or_all"
    assert lever(calibration.plan, "sales.won.rate").value == 1.0
    assert "sales.won.rate" not in {row.path for row in calibration.plan.evidence}


def test_more_than_the_plans_delay_lets_through_is_flagged() -> None:
    slow = paper(chain("email", 100.0, (0.5,), Delay(300.0, 2.0)), months=12)
    calibration = calibrate(slow, told(slow, email_sent=100, email_appointment=30))
    row = rate_of(calibration, "email.appointment.rate")
    assert row.faster
    assert row.found
    assert row.found.delay
    assert row.found.delay.median_days < 100.0


def test_before_the_plan_begins_nothing_can_be_calibrated() -> None:
    with pytest.raises(PlanError, match="start is 2027-01"):
        calibrate(starter(), Actuals(dt.date(2026, 12, 31), ()))


def test_shares_of_one_parent_still_add_to_at_most_one() -> None:
    plan = starter("phone")
    truth = pull(pull(plan, "phone.negative.rate", 0.2), "phone.recontact.rate", 0.45)
    actuals = as_planned(truth, 6)
    inflated = tuple(replace(f, value=f.value * 1.4) if f.name in ("negative", "other") else f for f in actuals.facts)
    adopted = calibrate(plan, Actuals(actuals.as_of, inflated)).plan
    phone = adopted.channels[0]
    assert sum(s.rate for s in phone.stages if s.exclusive and s.of == "connected") <= 1.0


# -- numbers worked out elsewhere -------------------------------------------------------------------------------------

RIPE = np.array([0.97266439, 0.9372718, 0.86095849, 0.70759421, 0.43770281, 0.10363832])
CAME = np.array([21, 19, 17, 13, 7, 1])


def test_six_cohorts_naively_and_with_the_time_they_have_had(monkeypatch: pytest.MonkeyPatch) -> None:
    """100 each with 21, 19, 17, 13, 7 and 1 events: 13 % naively, 19.4 % of the 402 that have had time."""
    monkeypatch.setattr("planner.ask.evidence.calibrate.ripe", lambda delay, passed, months: RIPE)
    plan = paper(chain("email", 100.0, (0.2,), Delay(60.0, 2.0)), months=6)
    facts = [Fact("", f"2027-0{m + 1}", "email", "sent", 100.0) for m in range(6)]
    facts += [Fact("", f"2027-0{m + 1}", "email", "appointment", 13.0) for m in range(6)]
    row = rate_of(calibrate(plan, Actuals(dt.date(2027, 6, 30), tuple(facts))), "email.appointment.rate")
    assert (row.naive, row.exposed) == pytest.approx((0.13, 401.983001741333))
    assert row.matured == pytest.approx(0.19403805549517053)


def of_cohorts(rates: np.ndarray) -> np.ndarray:
    """The log likelihood of dated events of the six cohorts, their delay known."""
    median, sigma = 60.0, 0.6
    ages = median * np.exp(sigma * norm.ppf(RIPE)) - 1.0
    open_ages = np.repeat(ages, 100 - CAME)
    events = Events(np.append(open_ages, np.full(78, 500.0)), np.append(np.full(522, np.nan), np.full(78, 30.0)))
    axes = [logit(rates), np.log([median]), np.log([sigma])]
    return log_likelihood(axes, events)[:, 0, 0]


def test_dated_events_have_their_exact_likelihood() -> None:
    """The likeliest rate of the six cohorts is 19.5003 %; with a Beta(4, 16) prior the mean is 19.5346 %."""
    step = 1e-5

    def slope(rate: float) -> float:
        low, high = of_cohorts(np.array([rate - step, rate + step]))
        return float(high - low)

    assert brentq(slope, 0.1, 0.3) == pytest.approx(0.19500311697764156, abs=1e-7)
    rates = np.linspace(0.05, 0.5, 9001)
    log = of_cohorts(rates) + 3 * np.log(rates) + 15 * np.log1p(-rates) - betaln(4, 16)
    chances = np.exp(log - log.max())
    chances /= chances.sum()
    assert rates @ chances == pytest.approx(0.195345659572934, abs=1e-6)
    ends = np.interp([0.05, 0.95], np.cumsum(chances), rates)
    assert ends == pytest.approx([0.163825, 0.228675], abs=1e-4)


# -- delays and months ------------------------------------------------------------------------------------------------


def test_dates_tell_a_delay_that_counts_hardly_tell() -> None:
    rng = np.random.default_rng(4)
    began = rng.random(600) * 270.0
    lag = np.floor(84.0 * np.exp(0.5 * rng.standard_normal(600)))
    wins = rng.random(600) < 0.3
    ages = np.floor(270.0 - began)
    lags = np.where(wins & (lag <= ages), lag, np.nan)
    prior = Prior(0.2, 25.0, Delay(60.0, 2.2))
    dated = posterior(prior, Events(ages, lags))
    assert dated.delay
    assert dated.delay.median_days == pytest.approx(84.0, rel=0.12)
    assert dated.low < 0.3 < dated.high


def test_the_posterior_keeps_to_the_prior_where_nothing_came_yet() -> None:
    """In the first month half a deal could have come: none did, and the rate hardly moves."""
    edges, parents = np.array([0.0, 1.0]), np.array([40.0])
    due = float((parents @ arriving_between(edges, 84.0, 2.1))[0]) * 0.2
    learnt = posterior(Prior(0.2, 25.0, Delay(84.0, 2.1)), Cohorts(parents, np.array([0.0]), edges))
    assert due < 0.5
    assert learnt.mean == pytest.approx(0.2, rel=0.06)
    assert learnt.low < 0.2 < learnt.high


def test_months_alike_leave_a_small_factor_and_uneven_ones_a_large() -> None:
    fits = np.full(12, 100.0)
    even, uneven = fits.copy(), fits * np.tile([0.4, 1.6], 6)
    assert shared_factor(even, fits) < 0.12 < 0.45 < shared_factor(uneven, fits)
    assert shared_factor(np.array([2.0]), np.array([2.0])) == pytest.approx(0.25 * np.exp(0.125), rel=0.01)


def test_past_misses_widen_and_past_hits_narrow_the_factor() -> None:
    counts = fits = np.full(4, 10.0)
    usual = factor_chances(counts, fits) @ FACTORS
    missed = factor_chances(counts, fits, Misses(np.array([40.0, 40.0]), np.array([90.0, 10.0]))) @ FACTORS
    met = factor_chances(counts, fits, Misses(np.array([40.0] * 4), np.array([39.0, 41.0, 40.0, 42.0]))) @ FACTORS
    assert met < usual < missed


def test_calibration_of_a_sample_is_nearer_its_truth_than_the_plan_is() -> None:
    """The sample's reply rate is a planted deviation; the forecast on measured rates moves the way the sample did."""
    plan = starter()
    calibration = calibrate(plan, sample_actuals(plan, months=9))
    planted = rate_of(calibration, "email.replied.rate")
    assert planted.mean < 0.8 * planted.planned
    assert float(forecast(calibration.plan).count("email.replied", "plan")) < 0.8 * float(
        forecast(plan).count("email.replied", "plan")
    )
