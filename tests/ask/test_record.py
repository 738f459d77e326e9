"""Landings in hindsight: scores as worked out on paper, and nothing known then that came later."""

from __future__ import annotations

import numpy as np
import pytest

from planner.actuals.actuals import Actuals, last_day
from planner.actuals.sample import sample_actuals
from planner.ask.evidence.land import land
from planner.ask.evidence.record import Hindsight, hindsights, score
from planner.plan.starter import starter
from planner.show import record
from tests.ask.happening import as_planned

QUANTILES = {0.05: 6.0, 0.25: 9.0, 0.5: 11.0, 0.75: 14.0, 0.95: 18.0}


@pytest.mark.parametrize(("came", "total"), [(20.0, 5.74), (10.0, 0.94)])
def test_the_weighted_interval_score_is_twice_the_mean_pinball_loss(came: float, total: float) -> None:
    pinball = [(came - q) * p if came >= q else (q - came) * (1.0 - p) for p, q in QUANTILES.items()]
    assert score(QUANTILES, came).total == pytest.approx(total)
    assert total == pytest.approx(2.0 * np.mean(pinball))


def test_the_score_says_how_much_is_width_and_how_much_a_miss() -> None:
    high, low = score(QUANTILES, 2.0), score(QUANTILES, 20.0)
    width = (0.25 * 5.0 + 0.05 * 12.0) / 2.5
    assert (high.width, low.width) == pytest.approx((width, width))
    assert high.over == pytest.approx((4.5 + 7.0 + 4.0) / 2.5)
    assert (high.under, low.over) == (0.0, 0.0)
    assert low.under == pytest.approx((4.5 + 6.0 + 2.0) / 2.5)


def test_what_went_as_planned_was_foreseen_every_month() -> None:
    plan = starter("email", "linkedin")
    rows = hindsights(plan, as_planned(plan, 4))
    assert [row.as_of.isoformat() for row in rows] == ["2027-01-31", "2027-02-28", "2027-03-31"]
    for row in rows:
        assert row.expected == pytest.approx(row.came, rel=1e-9)
        assert row.covered
        assert row.score.over + row.score.under < 0.5 * row.came


def test_only_what_was_known_then_counts() -> None:
    plan = starter("email", "phone")
    actuals = sample_actuals(plan, months=4)
    cut = tuple(fact for fact in actuals.facts if fact.period <= "2027-02")
    then = land(plan, Actuals(last_day("2027-02"), cut), draws=600).figure("won")
    row = hindsights(plan, actuals)[1]
    assert (row.expected, row.low, row.high) == (then.so_far[3], then.so_far_low[3], then.so_far_high[3])
    assert row.came == float(np.nansum(actuals.count("sales.won", plan)))


def test_few_months_are_not_over_read() -> None:
    plan = starter()
    good = Hindsight(last_day("2027-02"), 2.0, 5.0, 8.0, 6.0, 9.0, 3.0)
    text = record.sentence(plan, [good, good])
    assert text == (
        "Asked at the end of each earlier month, 2 of 2 ranges would have held the deals that came. "
        "On average the landing was 1 deal too low. "
        "It missed by 1; the last month carried on by 3, a straight line by 3. "
        "That is too few months to judge by: of 2 good ranges some miss by chance."
    )
    assert "too few" not in record.sentence(plan, [good] * 6)
    assert record.sentence(plan, []) == "There is no earlier month to look back from yet."
