from __future__ import annotations

import math

import numpy as np
import pytest

from planner.ask.sensitivity import grid, tornado, variance_shares
from planner.errors import PlanError
from planner.measure.metrics import measure
from planner.plan import Range, replace
from planner.plan.experience import no_experience
from planner.plan.levers import pull
from planner.plan.paths import get, locate
from planner.plan.scales import Z90
from planner.plan.starter import starter
from tests.ask.chain import RATES, chain

SHARES = {  # coefficient of variation, first-order and total index of the factors of a product, in closed form
    "deal.value": (0.33, 0.3652083297568445, 0.4275483179338484),
    "deal.purchases_per_year": (0.20, 0.1341444737398878, 0.1674466093652767),
    "deal.lifetime_years": (0.10, 0.03353611843497195, 0.04310506775739797),
    "team.reps": (0.30, 0.3018250659147475, 0.3594725375364656),
    "team.cost_per_month": (0.15, 0.07545626647868688, 0.0958007496124077),
}


def test_variance_shares_of_a_product_agree_with_the_closed_form() -> None:
    """Customer value to CAC = value · purchases · lifetime · … ÷ (reps · pay): five log-normal factors."""
    plan = chain()
    widths = {path: math.exp(Z90 * math.sqrt(math.log1p(cv * cv))) for path, (cv, _, _) in SHARES.items()}
    values = {path: get(plan, locate(plan, path)) for path in SHARES}
    plan = replace(plan, ranges=tuple(Range(p, values[p] / w, values[p] * w) for p, w in widths.items()))
    shares = {share.path: (share.first, share.total) for share in variance_shares(plan, "clv_to_cac", draws=2**14)}
    for path, (_, first, total) in SHARES.items():
        assert shares[path] == pytest.approx((first, total), abs=0.006)
    assert list(shares)[:2] == ["deal.value", "team.reps"]


def test_wholly_correlated_rates_leave_one_driver() -> None:
    shares = variance_shares(chain(ranges=RATES, correlation=1.0), "won", draws=512)
    assert shares[0].path == "correlation"
    assert [share.total for share in shares] == pytest.approx([1.0, 0, 0, 0, 0], abs=0.02)


def test_a_metric_that_does_not_vary_has_no_shares_to_give() -> None:
    assert {share.total for share in variance_shares(chain(ranges=RATES), "touches", draws=64)} == {0.0}
    assert variance_shares(chain(), "won") == ()


def test_in_one_chain_a_swing_is_as_wide_as_its_range() -> None:
    swings = {swing.path: swing for swing in tornado(chain(ranges=RATES), "won")}
    for band in RATES:
        value = get(chain(), locate(chain(), band.path))
        ends = (swings[band.path].at_low / 6.86, swings[band.path].at_high / 6.86)
        assert ends == pytest.approx((band.low / value, band.high / value))
    # ⅔ to 5⁄3, ½ to 1½, ⅗ to 1½, 0.97 to 1.01
    assert [s.width / 6.86 for s in swings.values()] == pytest.approx([1.0, 1.0, 0.9, 0.04 / 0.98])


@pytest.mark.parametrize("metric", ["won", "cac", "lowest_cash"])
def test_a_swing_is_the_forecast_with_that_lever_pulled(metric: str) -> None:
    plan = starter()
    swings = tornado(plan, metric, tail=True)
    assert len(swings) == len(plan.ranges)
    assert [s.width for s in swings] == sorted((s.width for s in swings), reverse=True)
    for swing in swings[:5]:
        ends = [float(measure(pull(plan, swing.path, to), metric, tail=True)) for to in (swing.low, swing.high)]
        assert (swing.at_low, swing.at_high) == pytest.approx(ends, rel=1e-9)
        assert swing.base == pytest.approx(float(measure(plan, metric, tail=True)))


def test_the_tornado_of_a_channel_reads_that_channel_alone() -> None:
    plan = starter("email", "phone")
    swings = {swing.path: swing for swing in tornado(plan, "won", channel="phone")}
    assert swings["email.replied.rate"].width == pytest.approx(0.0, abs=1e-9)
    assert swings["phone.connected.rate"].base == pytest.approx(float(measure(plan, "won", channel="phone")))


def test_undefined_swings_come_last_and_no_ranges_give_none() -> None:
    silent = pull(chain(ranges=RATES), "email.volume", 0.0)
    assert np.isnan([swing.width for swing in tornado(silent, "cac")]).all()
    assert tornado(chain(), "won") == ()


def test_a_channel_switched_off_does_not_swing() -> None:
    plan = starter("email", "phone")
    off = replace(plan, channels=(plan.channels[0], replace(plan.channels[1], active=False)))
    assert not [swing for swing in tornado(off, "won") if swing.path.startswith("phone.")]


def test_a_grid_holds_the_plan_and_pulled_plans_around_it_in_even_steps() -> None:
    plan = no_experience(starter())
    cells = grid(plan, "profit", "sales.won.rate", "email.volume", steps=6)
    assert cells.values.shape == (7, 7) == (len(cells.down_values), len(cells.across_values))
    here = cells.down_values.index(8000.0), cells.across_values.index(0.2)
    assert cells.values[here] == pytest.approx(float(measure(plan, "profit")))
    for i, j in ((0, 0), (6, 2), (1, 6)):
        moved = pull(pull(plan, "sales.won.rate", cells.across_values[j]), "email.volume", cells.down_values[i])
        assert cells.values[i, j] == pytest.approx(float(measure(moved, "profit")))
    assert np.diff(cells.across_values) == pytest.approx(0.19 / 6)
    assert (cells.across_values[0], cells.across_values[-1]) == pytest.approx((0.1, 0.29), abs=0.19 / 12)


def test_a_grid_needs_two_levers_that_can_move() -> None:
    with pytest.raises(PlanError, match="both axes"):
        grid(starter(), "won", "sales.won.rate", "sales.won.rate")
    with pytest.raises(PlanError, match="low and high"):
        grid(starter(), "won", "sales.won.rate", "correlation")
