from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats import binom

from planner.ask.sensitivity import grid, tornado, variance_shares
from planner.ask.uncertainty import inputs
from planner.ask.uncertainty.inputs import (
    COMMON,
    UncertainInput,
    moves_of,
    normalised_shares,
    sobol_normals,
    uncertain_inputs,
)
from planner.ask.uncertainty.ranges import typical_range, with_typical_ranges
from planner.ask.uncertainty.simulation import Series, Split, chance_alone, simulate
from planner.ask.uncertainty.variants import ambitious, cautious
from planner.engine import forecast
from planner.errors import PlanError
from planner.measure.metrics import METRICS, measure
from planner.plan import Cost, Delay, Opening, Plan, Range, Stage, main_path, merged, replace
from planner.plan.kinds import KINDS
from planner.plan.levers import levers, pull
from planner.plan.paths import get, locate
from planner.plan.scales import Z90
from planner.plan.starter import starter
from tests.ask.chain import RATES, chain
from tests.strategies import examples, plans

MAIN = ("appointments", "unique_appointments", "held", "opportunities", "won")


# -- uncertain inputs -------------------------------------------------------------------------------------------------


@given(st.sampled_from(["rate", "sum of money", "delay", "spread"]), st.tuples(*[st.floats(0.01, 0.98)] * 3))
def test_the_three_typed_quantiles_are_hit(kind: str, numbers: tuple[float, ...]) -> None:
    low, value, high = sorted(x + (1.0 if kind == "spread" else 0.0) for x in numbers)
    uncertain = uncertain_input(kind, low, value, high)
    assert uncertain.at(np.array([-Z90, 0.0, Z90])) == pytest.approx([low, value, high], rel=1e-9)
    rising = uncertain.at(np.linspace(-9, 9, 50))
    assert (np.diff(rising) >= 0).all()


def test_a_product_of_lognormals_has_the_quantiles_of_the_closed_form() -> None:
    """Customer value to CAC is value · purchases · lifetime ÷ (reps · pay) here; the logarithms' variances add up."""
    sigmas = {"deal.value": 0.3, "deal.purchases_per_year": 0.2, "deal.lifetime_years": 0.1, "team.reps": 0.25}
    plan = spread(sigmas)
    middle, sigma = measure(plan, "clv_to_cac"), math.sqrt(sum(s * s for s in sigmas.values()))
    quantiles = simulate(plan, draws=2**14, counts=False).quantiles("clv_to_cac")
    assert quantiles == pytest.approx(middle * np.exp(sigma * np.array([-Z90, 0.0, Z90])), rel=2e-3)


def test_a_single_lever_gives_the_forecasts_at_its_ends() -> None:
    plan = replace(starter(), ranges=(Range("sales.won.rate", 0.1, 0.3),), correlation=0.0)
    ends = measure(plan, "profit", {"sales.won.rate": np.array([0.1, 0.2, 0.3])})
    assert simulate(plan, draws=8192, counts=False).quantiles("profit") == pytest.approx(ends, rel=2e-3)


def test_rates_that_are_wholly_correlated_reach_their_ends_together() -> None:
    plan = chain(ranges=RATES, correlation=1.0)
    ends = measure(plan, "won", {r.path: np.array([r.low, r.high]) for r in RATES})
    quantiles = simulate(plan, draws=8192, counts=False).quantiles("won", (0.1, 0.9))
    assert quantiles == pytest.approx(ends, rel=5e-3)


@pytest.mark.parametrize(("rho", "spearman"), [(0.0, 0.0), (0.5, 0.4825837395), (1.0, 1.0)])
def test_response_rates_are_correlated_as_the_plan_says_and_nothing_else_is(rho: float, spearman: float) -> None:
    plan = chain(ranges=(*RATES, Range("deal.value", 1e4, 2e4)), correlation=rho)
    uncertain = uncertain_inputs(plan)
    moves = moves_of(plan, uncertain, next(sobol_normals([COMMON, *(b.path for b in uncertain)], 2**13, 1, 2**13)))
    ranks = np.argsort(np.argsort(list(moves.values()), axis=1), axis=1)
    correlations = np.corrcoef(ranks)
    assert correlations[np.triu_indices(4, 1)] == pytest.approx(spearman, abs=0.02)
    assert correlations[4, :4] == pytest.approx(0.0, abs=0.02)


def test_exclusive_shares_are_fitted_under_one_and_keep_their_proportions() -> None:
    plan = starter("phone")
    rivals = [f"phone.{s.key}.rate" for s in plan.channels[0].stages if s.exclusive and s.of == "dials"]
    moves = normalised_shares(plan, {rivals[0]: np.array([0.05, 0.9]), rivals[1]: np.array([0.3, 0.9])})
    whole = sum(moves[path] for path in rivals)
    assert whole == pytest.approx([0.72, 1.0])
    assert moves[rivals[0]][1] == pytest.approx(moves[rivals[1]][1])
    assert forecast(plan, moves).count("phone.no_answer", "plan").shape == (2,)


def test_draws_past_a_bound_stand_at_the_bound() -> None:
    far = np.array([-40.0, 40.0])
    assert uncertain_input("working day", 5.0, 6.0, 12.0).at(far)[1] == 24.0
    assert uncertain_input("spread", 1.0001, 2.0, 900.0).at(far)[0] > 1.0


# -- chance -----------------------------------------------------------------------------------------------------------


def test_chance_alone_is_binomial() -> None:
    """10 000 e-mails, each a deal with probability 0.000686: none 0.1 %, at most 3 8.9 %, 12 or more 4.7 %."""
    n = 2**16
    won = simulate(chain(), draws=n).values("won")
    for simulated, exact in (
        (won.mean(), 6.86), (won.std(), 2.618261644679538), (np.mean(won == 0), 0.0010464476338520826),
        (np.mean(won >= 12), 0.04721732393613298), (np.mean(won <= 3), 0.08928708452837564),
    ):  # fmt: skip
        assert simulated == pytest.approx(exact, abs=4 * max(exact, math.sqrt(exact)) / math.sqrt(n))
    assert list(chance_alone(chain(), "won")) == [4, 7, 10] == list(binom.ppf([0.1, 0.5, 0.9], 10_000, 0.000686))


@examples(30)
@given(plans(opening=False))
def test_counts_are_whole_and_no_stage_exceeds_the_one_above(plan: Plan) -> None:
    """Along each channel's own way to the deal, on which a stage of sales may be missing."""
    drawn = simulate(plan, draws=64)
    active = [channel for channel in plan.channels if channel.active]
    for channel in active:
        there = {stage.key for stage in main_path(merged(channel.stages, plan.sales))}
        on_the_way = [metric for metric in MAIN if METRICS[metric].stage in there]
        within, whole = (
            np.array([drawn.values(metric, channel=channel.key, tail=tail) for metric in on_the_way]).reshape(-1, 64)
            for tail in (False, True)
        )
        assert (whole == np.rint(whole)).all()
        assert (within == np.rint(within)).all()
        assert (within <= whole).all()
        assert (np.diff(within, axis=0) <= 0).all()
        assert (np.diff(whole, axis=0) <= 0).all()
    months, won = drawn.values("won", by_month=True), drawn.values("won")
    assert (months == np.rint(months)).all()
    assert (months.sum(axis=-1) == won).all()
    assert (sum((drawn.values("won", channel=channel.key) for channel in active), 0.0) == won).all()


@pytest.mark.parametrize("tail", [False, True])
def test_whole_numbers_come_out_at_the_forecast_on_average(tail: bool) -> None:
    plan = starter()
    drawn = simulate(plan, draws=8192, levers=())
    for metric in (*MAIN, "revenue", "cost", "profit"):
        values = drawn.values(metric, tail=tail)
        error = values.std() / math.sqrt(len(values))
        assert drawn.mean(metric, tail=tail) == pytest.approx(float(measure(plan, metric, tail=tail)), abs=4.5 * error)


def test_a_customer_costs_what_all_cost_over_whole_deals() -> None:
    drawn = simulate(starter())
    won = drawn.values("won")
    assert (drawn.values("cac") * won)[won > 0] == pytest.approx(drawn.values("cost")[won > 0])
    assert drawn.values("roi") == pytest.approx(drawn.values("revenue") / drawn.values("cost") - 1)


def test_deals_born_of_openings_are_poisson_and_what_is_known_stays_known() -> None:
    plan = chain(opening=(Opening("email.opportunity", 20.0), Opening("email.appointment", 12.0)))
    drawn = simulate(pull(plan, "email.volume", 0.0), draws=2**14)
    assert (drawn.values("appointments") == 12.0).all()
    won, mean = drawn.values("won"), 20 * 0.2 + 12 * 0.5 * 0.7 * 0.2
    assert won.mean() == pytest.approx(mean, rel=0.02)
    assert won.var() == pytest.approx(mean, rel=0.05)
    assert np.isnan(drawn.values("cac")).all()


def test_what_lands_in_the_plan_and_what_lands_later_are_dealt_out_together() -> None:
    """Touch by touch: about Poisson both, hardly correlated, and together binomial in the touches."""
    plan = chain()
    late = replace(plan, sales=(*plan.sales[:-1], replace(plan.sales[-1], delay=Delay(10.0, 3.0))))
    drawn = simulate(late, draws=2**15)
    within, whole = drawn.values("won"), drawn.values("won", tail=True)
    for simulated, exact in (
        (within.mean(), float(measure(late, "won"))), (within.var(), float(measure(late, "won"))),
        (whole.mean(), 6.86), (whole.var(), 6.86), ((whole - within).var(), 6.86 - float(measure(late, "won"))),
    ):  # fmt: skip
        assert simulated == pytest.approx(exact, rel=0.03)
    assert np.corrcoef(within, whole - within)[0, 1] == pytest.approx(0.0, abs=0.02)


def test_a_half_year_without_a_deal_is_as_likely_as_its_expected_deals_say() -> None:
    """About two deals are expected in six months: whole deals thrown into months leave none in some e⁻² of draws."""
    plan = replace(starter("email", "phone"), ranges=())
    expected = float(measure(plan, "won", by_month=True)[:6].sum())
    drawn = simulate(plan, draws=2**14).values("won", by_month=True)[:, :6].sum(axis=1)
    assert np.mean(drawn == 0) == pytest.approx(math.exp(-expected), abs=0.01)
    assert drawn.var() == pytest.approx(expected, rel=0.05)


def test_cash_by_month_pays_for_whole_deals_in_the_month_they_close() -> None:
    plan = replace(starter("email"), ranges=())
    drawn = simulate(plan, draws=512)
    won, cash = drawn.values("won", by_month=True), drawn.values("cash", by_month=True)
    fixed = cash - np.cumsum(won, axis=1) * plan.deal.value * (plan.deal.gross_margin - 0.05)  # 5 % is commission
    assert np.ptp(fixed, axis=0) == pytest.approx(0.0, abs=1e-6)
    assert drawn.values("lowest_cash") == pytest.approx(cash.min(axis=1))
    assert drawn.values("cash") == pytest.approx(cash[:, -1])


def test_openings_that_stand_at_their_own_stage_stay_in_the_first_month() -> None:
    plan = chain(months=3, opening=(Opening("email.opportunity", 20.0),))
    late = replace(plan, sales=(*plan.sales[:-1], replace(plan.sales[-1], delay=Delay(30.0, 3.0))))
    drawn = simulate(pull(late, "email.volume", 0.0), draws=512)
    assert (drawn.values("opportunities", by_month=True) == [20.0, 0.0, 0.0]).all()
    assert drawn.values("won", by_month=True).sum(axis=1) == pytest.approx(drawn.values("won"))


def test_fewer_touches_than_one_are_one_touch_that_seldom_brings_anything() -> None:
    won = simulate(pull(chain(), "email.volume", 0.4), draws=2**14).values("appointments")
    assert won.max() == 1.0
    assert np.mean(won > 0) == pytest.approx(0.4 * 0.98 * 0.01, abs=0.002)


def test_undefined_draws_are_the_worst_outcome() -> None:
    """With one deal expected, e⁻¹ of the draws have none: their CAC is worse than any."""
    plan = pull(chain(), "email.volume", 10_000 / 6.86)
    drawn = simulate(plan, draws=2**14)
    some = 1 - math.exp(-1)
    assert drawn.chance("cac", 1e12) == pytest.approx(some, abs=0.01)
    assert drawn.quantiles("cac", (0.1, 0.5))[1] == 6_500.0
    assert np.isnan(drawn.quantiles("cac", (0.7,))[0])


def test_chance_and_uncertain_inputs_add_up_to_the_variance() -> None:
    plan = chain(ranges=RATES)
    drawn = simulate(plan, draws=2**14)
    split = drawn.split("won")
    assert split.inputs + split.chance == pytest.approx(1.0)
    expected = simulate(plan, draws=2**14, counts=False)
    assert split.inputs == pytest.approx(expected.values("won").var() / drawn.values("won").var(), abs=0.01)
    assert split.chance == pytest.approx(expected.mean("won") / drawn.values("won").var(), abs=0.02)  # nearly Poisson
    assert expected.split("won") == Split(1.0, 0.0)
    assert simulate(chain(), draws=256).split("won") == Split(0.0, 1.0)


def test_for_a_ratio_too_chance_and_uncertain_inputs_are_the_two_parts_of_its_variance() -> None:
    """CAC = pay ÷ deals, pay log-normal: Var = Var(pay) · E[1/n]² + E[pay²] · Var(1/n), n binomial and above 0."""
    sigma, n = 0.4, np.arange(1, 60)
    weights = binom.pmf(n, 10_000, 0.000686)
    weights /= weights.sum()
    once, squared = float(weights @ (1 / n)), float(weights @ (1 / n**2))
    second, spread_of_pay = math.exp(2 * sigma**2), math.exp(2 * sigma**2) - math.exp(sigma**2)
    inputs, by_chance = spread_of_pay * once**2, second * (squared - once**2)
    drawn = simulate(spread({"team.cost_per_month": sigma}), draws=2**16)
    assert drawn.split("cac").chance == pytest.approx(by_chance / (inputs + by_chance), abs=0.02)
    variance = float(np.nanvar(drawn.values("cac")))
    assert variance == pytest.approx(6_500.0**2 * (inputs + by_chance), rel=0.05)


def test_exclusive_siblings_in_a_channel_and_in_sales_never_add_up_to_more_than_one() -> None:
    """Lost stands in sales, postponed in the e-mail channel, both below opportunity: 0.5 + 0.4 in the plan."""
    plan = chain(correlation=0.0)
    postponed = Stage("postponed", "Postponed", "opportunity", 0.4, exclusive=True)
    lost = Stage("lost", "Lost", "opportunity", 0.5, exclusive=True)
    email = replace(plan.channels[0], stages=(*plan.channels[0].stages, postponed))
    ranges = (Range("email.postponed.rate", 0.2, 0.8), Range("sales.lost.rate", 0.3, 0.9))
    plan = replace(plan, channels=(email,), sales=(*plan.sales, lost), ranges=ranges)
    drawn = moves_of(
        plan, uncertain_inputs(plan), next(sobol_normals([COMMON, *(r.path for r in ranges)], 512, 0, 512))
    )
    assert max(drawn["email.postponed.rate"] + drawn["sales.lost.rate"]) == pytest.approx(1.0)
    assert simulate(plan, draws=64).values("won").shape == (64,)
    assert len(tornado(plan, "won")) == 2
    assert len(variance_shares(plan, "won", draws=64)) == 2
    assert grid(plan, "won", *(r.path for r in ranges)).values.shape == (11, 11)
    assert cautious(plan).ranges == plan.ranges


# -- draws ------------------------------------------------------------------------------------------------------------


def test_the_same_plan_and_seed_give_the_same_bytes_whatever_is_asked_first() -> None:
    drawn, drawn_again = simulate(starter(), seed=3), simulate(starter(), seed=3)
    asked = [("roi", False), ("won", True), ("cash", False), ("won", False)]
    first = {key: drawn.values(key[0], tail=key[1]).tobytes() for key in asked}
    assert {key: drawn_again.values(key[0], tail=key[1]).tobytes() for key in reversed(asked)} == first
    assert simulate(starter(), seed=4).values("won").tobytes() != drawn.values("won").tobytes()


def test_slices_change_nothing_but_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    plan, reports = starter("email", "phone"), []
    whole = simulate(plan, draws=3000, counts=False).values("profit")
    monkeypatch.setattr(inputs, "SLICE_NUMBERS", 2**16)
    sliced = simulate(plan, draws=3000, counts=False, progress=lambda done, of: reports.append((done, of)))
    assert sliced.values("profit") == pytest.approx(whole, rel=1e-9)
    assert reports[-1] == (3000, 3000)
    assert len(reports) > 5
    assert reports == sorted(reports)


def test_more_draws_go_on_where_fewer_end() -> None:
    few, many = (simulate(starter("email"), draws=n).values("won") for n in (3000, 50_000))
    assert (many[:3000] == few).all()


def test_months_are_kept_for_the_first_draws_and_what_was_dropped_is_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("planner.ask.uncertainty.simulation.FAN_DRAWS", 1024)
    monkeypatch.setattr("planner.ask.uncertainty.simulation.KEPT_NUMBERS", 20_000)
    drawn = simulate(starter("email"), draws=9000)
    before = drawn.values("won").copy()
    assert drawn.values("won", by_month=True).shape == (1024, 12)
    assert drawn.values("won", by_month=True).sum(axis=1) == pytest.approx(before[:1024])
    drawn.keep(Series("revenue"), Series("cost"))
    assert (drawn.values("won") == before).all()


def test_without_ranges_only_chance_is_left() -> None:
    plan = replace(starter(), ranges=())
    expected = simulate(plan, draws=100, counts=False)
    assert expected.values("profit") == pytest.approx(float(measure(plan, "profit")))
    assert np.ptp(simulate(plan, draws=100).values("won")) > 0


@pytest.mark.parametrize("draws", [0, 1_000_001])
def test_a_number_of_draws_that_cannot_be_is_refused(draws: int) -> None:
    with pytest.raises(PlanError, match="draws"):
        simulate(starter(), draws=draws)


def test_an_empty_plan_and_a_single_draw_behave() -> None:
    empty = replace(chain(), channels=())
    assert simulate(empty).quantiles("profit") == pytest.approx(-6_500.0)
    assert simulate(starter(), draws=1).values("won").shape == (1,)


def test_only_a_lever_with_a_range_can_vary() -> None:
    with pytest.raises(PlanError, match=r"email\.sent\.rate carries no range"):
        simulate(starter(), levers=("email.sent.rate",))


def test_sobol_points_are_normal_and_seeded() -> None:
    z = next(sobol_normals(["a", "b"], 4096, 7, 4096))
    for each in z.values():
        assert np.sort(each) == pytest.approx(ndtri((np.arange(4096) + 0.5) / 4096), abs=0.5)
        assert (each.mean(), each.std()) == pytest.approx((0.0, 1.0), abs=2e-3)


# -- ranges and variants ----------------------------------------------------------------------------------------------


def test_a_typical_range_can_be_set_on_every_lever_that_has_one() -> None:
    plan = starter()
    by_path = {item.path: typical_range(plan, item.path) for item in levers(plan)}
    kept = [band for band in by_path.values() if band]
    assert all(band.low <= get(plan, locate(plan, band.path)) <= band.high for band in kept)
    assert len(replace(plan, ranges=tuple(kept)).ranges) > 100
    assert by_path["correlation"] is None
    assert by_path["sales.won.rate"] == Range("sales.won.rate", 0.1, 0.29)


def test_where_nothing_is_known_a_range_is_thirty_percent_either_way() -> None:
    plan = chain(costs=(Cost("desk", "Desk", 600.0, "month"),))
    amount = typical_range(plan, "costs.desk.amount")
    assert amount is not None
    assert (amount.low, amount.high) == pytest.approx((600 / 1.3, 780.0))


def test_a_typical_range_is_carried_to_a_value_outside_it() -> None:
    """From 10–20–29 % to a rate of 50 %: the odds keep their distances, 0.25 ÷ 0.1111 and 0.4085 ÷ 0.25."""
    band = typical_range(pull(starter(), "sales.won.rate", 0.5), "sales.won.rate")
    assert band is not None
    assert (band.low / (1 - band.low), band.high / (1 - band.high)) == pytest.approx((1 / 2.25, 0.29 / 0.71 / 0.25))


def test_typical_ranges_fill_gaps_only() -> None:
    bare = chain(ranges=(Range("email.replied.rate", 0.029, 0.031),))
    filled = with_typical_ranges(bare)
    assert filled.ranges[0] == bare.ranges[0]
    assert {band.path for band in filled.ranges} >= {"email.appointment.rate", "sales.won.rate", "deal.value"}
    assert with_typical_ranges(filled) == filled


@pytest.mark.parametrize("metric", ["profit", "won", "cac"])
def test_variants_stand_at_the_tenth_and_ninetieth_percentile(metric: str) -> None:
    plan = starter()
    low, high = simulate(plan, draws=8192, counts=False).quantiles(metric, (0.1, 0.9))
    bad, good = cautious(plan, metric=metric), ambitious(plan, metric=metric)
    ends = (high, low) if metric == "cac" else (low, high)
    assert (measure(bad, metric), measure(good, metric)) == pytest.approx(ends, rel=1e-3)
    for variant in (bad, good):
        assert [(band.path, band.low, band.high) for band in variant.ranges] == [
            (band.path, band.low, band.high) for band in plan.ranges
        ]
        assert variant.sales != plan.sales


def test_the_starter_can_be_argued_about() -> None:
    """After a month of own experience deals run from well below to about twice the plan, the middle near the plan."""
    plan = starter()
    drawn = simulate(plan, draws=8192)
    for metric in ("won", "revenue", "cost"):
        assert drawn.quantiles(metric)[1] == pytest.approx(float(measure(plan, metric)), rel=0.07)
    low, _, high = drawn.quantiles("won")
    assert 3.5 < high / low < 6.0


def test_with_one_lever_the_variants_are_its_ends() -> None:
    plan = chain(ranges=(Range("sales.won.rate", 0.1, 0.3),))
    assert cautious(plan).sales[-1].rate == pytest.approx(0.1, rel=5e-3)
    assert ambitious(plan).sales[-1].rate == pytest.approx(0.3, rel=5e-3)
    assert cautious(chain()) == chain()


def uncertain_input(kind: str, low: float, value: float, high: float) -> UncertainInput:
    """An input of a kind of number."""
    return UncertainInput("x", KINDS[kind], low, value, high, False)


def spread(sigmas: dict[str, float]) -> Plan:
    """The chain with log-normal levers of these σ."""
    plan = chain()
    values = {path: get(plan, locate(plan, path)) for path in sigmas}
    band = (Range(p, values[p] * math.exp(-Z90 * s), values[p] * math.exp(Z90 * s)) for p, s in sigmas.items())
    return replace(plan, ranges=tuple(band))
