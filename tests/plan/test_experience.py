"""Ranges say how unsure one team is: as firms differ, or less after a month or a year of its own touches."""

from __future__ import annotations

import pytest
from scipy.special import betaincinv

from planner.plan import the
from planner.plan.experience import (
    concentration,
    month_of_experience,
    no_experience,
    year_of_experience,
)
from planner.plan.kinds import RATE
from planner.plan.levers import lever, pull
from planner.plan.scales import link
from planner.plan.starter import TYPICAL, starter

PLAN = starter("email", "phone")


def test_the_prior_is_as_wide_as_firms_differ() -> None:
    kappa = concentration(0.2, 0.1, 0.29)
    low, high = (betaincinv(kappa * 0.2, kappa * 0.8, p) for p in (0.1, 0.9))
    assert link(RATE, high) - link(RATE, low) == pytest.approx(link(RATE, 0.29) - link(RATE, 0.1), rel=1e-6)


def test_a_month_of_replies_narrows_the_reply_rate() -> None:
    """8 000 e-mails at 96.5 %: 7 720 delivered join the prior's observations."""
    kappa, n = concentration(0.005, 0.0025, 0.03), 8000 * 0.965
    low, high = (betaincinv((kappa + n) * 0.005, (kappa + n) * 0.995, p) for p in (0.1, 0.9))
    band = the(PLAN.ranges, path="email.replied.rate")
    assert (band.low, band.high) == pytest.approx((low, high), rel=5e-3)


def test_more_experience_never_widens_a_range_and_every_range_holds_its_value() -> None:
    none, month, year = (ask(PLAN).ranges for ask in (no_experience, month_of_experience, year_of_experience))
    assert month == PLAN.ranges
    for wide, middle, narrow in zip(none, month, year, strict=True):
        assert wide.low <= middle.low <= narrow.low <= lever(PLAN, wide.path).value
        assert lever(PLAN, wide.path).value <= narrow.high <= middle.high <= wide.high


def test_without_experience_ranges_are_those_of_the_table() -> None:
    band, typical = the(no_experience(PLAN).ranges, path="deal.value"), TYPICAL["deal.value"]
    assert (band.low, band.high) == (typical.low, typical.high)


def test_an_amount_keeps_a_third_of_the_firms_width() -> None:
    band = the(PLAN.ranges, path="deal.value")
    assert (band.low, band.high) == pytest.approx(
        (18000 * (14 / 18) ** (1 / 3), 18000 * (24 / 18) ** (1 / 3)), rel=5e-3
    )


def test_experience_is_that_of_the_present_volumes() -> None:
    fewer = month_of_experience(pull(PLAN, "email.volume", 800.0))
    path = "email.replied.rate"
    assert the(fewer.ranges, path=path).high > the(PLAN.ranges, path=path).high
