"""Delays and wear against numbers worked out elsewhere, closed forms and sums."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.engine.delay import kernel, matured, shares, spread
from planner.engine.wear import lifted, wear
from planner.plan.scales import Z90
from tests import oracle

LONG, SHORT = (84.0, 180.0 / 84.0), (14.0, 60.0 / 14.0)
delays = st.tuples(st.floats(0.05, 2000), st.floats(1.01, 200))


def mean_months(median_days: float, p90_ratio: float) -> float:
    """The mean of a lognormal, by its textbook formula."""
    return median_days / 30.4375 * math.exp((math.log(p90_ratio) / Z90) ** 2 / 2)


def test_shares_of_a_long_and_a_short_delay() -> None:
    long, short = shares(*LONG, 5), shares(*SHORT, 5)
    assert [f"{p:.10f}" for p in long[:4]] == ["0.0087486714", "0.1492970918", "0.2728680378", "0.2208393978"]
    assert [f"{p:.8f}" for p in short[:4]] == ["0.46746943", "0.37599833", "0.08670304", "0.03223791"]
    assert f"{long[4]:.12f}".startswith("0.1404028")
    assert f"{short[4]:.7f}" == "0.0150232"
    assert mean_months(*LONG) == pytest.approx(3.2935831088, abs=5e-11)
    assert mean_months(*SHORT) == pytest.approx(0.8764617193, abs=5e-11)


@pytest.mark.parametrize("delay", [LONG, SHORT, (30.0, 1.5)])
def test_the_mean_of_the_shares_is_the_mean_delay(delay: tuple[float, float]) -> None:
    p = shares(*delay, 2000)
    assert np.arange(2000) @ p == pytest.approx(mean_months(*delay), rel=1e-6)
    assert p.sum() == pytest.approx(1.0, abs=1e-9)


@given(delays, st.integers(1, 40))
def test_shares_are_the_oracles_and_never_negative(delay: tuple[float, float], months: int) -> None:
    p = shares(*delay, months)
    np.testing.assert_allclose(p, oracle.shares(*delay, months), atol=1e-9)
    assert (p >= 0).all()
    assert p.sum() <= 1 + 1e-9


@given(delays, st.lists(st.floats(0, 1000), min_size=2, max_size=20))
def test_a_kernel_and_a_spread_lose_nothing_and_agree(delay: tuple[float, float], counts: list[float]) -> None:
    parents, months = np.array(counts), len(counts) - 1
    arrived = parents @ kernel(*delay, months)
    np.testing.assert_allclose(arrived.sum(), parents.sum(), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(spread(parents, shares(*delay, months)), arrived, rtol=1e-9, atol=1e-9)
    loop = [sum(parents[t - d] * shares(*delay, months)[d] for d in range(t + 1)) for t in range(months)]
    np.testing.assert_allclose(arrived[:-1], loop, rtol=1e-9, atol=1e-9)


def test_a_very_wide_and_a_very_narrow_delay_stay_finite() -> None:
    for delay in [(36500.0, 1000.0), (1e-6, 1000.0), (1e-300, 1000.0), (36500.0, 1.000001), (30.4375, 1.000001)]:
        p = shares(*delay, 60)
        assert np.isfinite(p).all()
        assert -1e-12 < p.sum() < 1 + 1e-6


def test_a_delay_that_ends_long_after_the_months_brings_nothing() -> None:
    """ln(182.6 ÷ 300) is 13 σ below the median: 10⁻³⁹ of it, which rounding would drown."""
    assert not shares(300.0, 1.05, 6).any()
    assert kernel(300.0, 1.05, 6)[:-1, -1].tolist() == [1.0] * 6


def test_matured_shares_of_a_young_month() -> None:
    ages = np.array([3.4, 2.4, 1.4, 0.4])
    np.testing.assert_allclose(matured(*LONG, ages), [0.5295, 0.2656, 0.0416, 0.0001], atol=5e-5)
    assert matured(*LONG, 0.0) == 0
    assert matured(*LONG, -3.0) == 0


@given(delays, st.integers(1, 24))
def test_a_whole_month_has_matured_by_the_sum_of_its_shares(delay: tuple[float, float], months: int) -> None:
    """At the end of month m, the parents of month 0 have arrived by p[0] + … + p[m]."""
    np.testing.assert_allclose(matured(*delay, float(months)), shares(*delay, months).sum(), atol=1e-9)


@given(delays, st.floats(0.01, 40), st.floats(0.001, 10))
def test_what_has_matured_only_grows(delay: tuple[float, float], age: float, more: float) -> None:
    assert 0 <= matured(*delay, age) <= matured(*delay, age + more) + 1e-9
    assert matured(*delay, age) <= 1 + 1e-9


@given(st.lists(st.floats(0, 5000), min_size=2, max_size=24), st.floats(10, 50000))
def test_wear_reaches_what_random_coverage_of_a_list_reaches(monthly: list[float], capacity: float) -> None:
    """V touches on a list of A reach A · (1 − exp(−V / A)) of it, however they are spread over the months."""
    touches = np.array([*monthly, 0.0])
    reached = (touches * wear(touches, capacity))[:-1].sum()
    assert reached == pytest.approx(-capacity * math.expm1(-sum(monthly) / capacity), rel=1e-9, abs=1e-9)


def test_wear_without_touches_is_what_was_left_before() -> None:
    left = wear(np.array([1000.0, 0.0, 0.0, 0.0]), 1000.0)
    np.testing.assert_allclose(left, [1 - math.exp(-1), math.exp(-1), math.exp(-1), math.exp(-1)])


def test_an_assist_lifts_by_63_percent_of_its_lift_at_its_scale() -> None:
    raised = lifted(np.array([0.0, 100.0, 1e9, 0.0]), 0.25, 100.0)
    np.testing.assert_allclose(raised, [1.0, 1 + 0.25 * 0.632120559, 1.25, 1.25], atol=1e-9)
