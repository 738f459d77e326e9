"""Landing: everything known is the actuals, nothing known the plan; and its ranges hold as often as they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.actuals.actuals import Actuals
from planner.actuals.sample import sample_actuals
from planner.ask.evidence.courses import Course
from planner.ask.evidence.land import LANDED, _figure, land
from planner.ask.evidence.months import Misses
from planner.ask.variance.to_date import to_date
from planner.engine import forecast
from planner.engine.known import Known
from planner.plan import Cost, Delay, Opening, Plan, replace
from planner.plan.starter import starter
from tests.ask.happening import as_planned, chain, paper
from tests.ask.histories import (
    DELAY,
    MONTHS,
    RATE,
    SEEN_AT,
    Check,
    Truth,
    checks,
    drawn_truth,
    history,
    interval_score,
    knowing,
    plan,
)  # fmt: skip
from tests.strategies import examples, plans

# -- the engine running on --------------------------------------------------------------------------------------------


@examples(25)
@given(plans(), st.floats(0.1, 14.0))
def test_a_clock_that_runs_on_with_nothing_known_is_the_plans_forecast(some: Plan, passed: float) -> None:
    """At the turn of a month exactly; within one as far as parents in a month are not spread evenly over it."""
    whole, own = float(min(round(passed), some.months)), forecast(some)
    run_on = forecast(some, known=Known(whole, {}, "planned"))
    for path in own.arrivals:
        assert run_on.arrivals[path] == pytest.approx(own.arrivals[path], rel=1e-9, abs=1e-9)
        assert run_on.tail[path] == pytest.approx(own.tail[path], rel=1e-9, abs=1e-9)
    assert run_on.costs("plan") == pytest.approx(own.costs("plan"), rel=1e-9)
    within = forecast(some, known=Known(min(passed, some.months - 0.5), {}, "planned"))
    for channel in some.channels:
        if channel.active:
            touches = own.count("", "plan", channel.key)
            assert within.count("", "plan", channel.key) == pytest.approx(touches, rel=0.02, abs=1e-6)


def test_what_is_under_way_is_what_the_touches_so_far_bring_later() -> None:
    """Of 150 touches in 1½ months half arrive in the end, of 300 planned in all also half."""
    some = paper(chain("email", 100.0, (0.5,), Delay(30.4375, 2.0)), months=3)
    stopped, under_way, planned = (
        forecast(some, known=Known(1.5, {}, rest)) for rest in ("none", "under_way", "planned")
    )
    came, due, all_in = (float(f.count("appointment", "plan")) for f in (stopped, under_way, planned))
    touched = float(stopped.count("", "plan"))
    assert touched == pytest.approx(150.0)
    assert came < due < all_in
    assert due + float(under_way.count("appointment", "tail")) == pytest.approx(75.0)
    assert all_in + float(planned.count("appointment", "tail")) == pytest.approx(150.0)


def test_where_more_came_than_expected_fewer_are_left_to_come() -> None:
    """At a rate of 0.9 the open ones are few: k of 100 leaves (100 − k)·r·ΔF / (1 − r·F)."""
    some = paper(chain("email", 100.0, (0.9,), Delay(20.0, 2.0)), months=2)
    some = replace(some, channels=(replace(some.channels[0], profile=(1.0, 0.0)),))
    own = forecast(some).arrivals["email.appointment"]
    due = float(own[0]) / 100.0
    for came in (own[0], 60.0, 20.0):
        reported = Known(
            1.0, {("email", "sent"): np.array([100.0]), ("email", "appointment"): np.array([came])}, "planned"
        )
        left = float(forecast(some, known=reported).arrivals["email.appointment"][1])
        assert left == pytest.approx((100.0 - came) * float(own[1]) / 100.0 / (1.0 - due))


# -- laws -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("as_of", ["2026-11-30", "2027-03-31", "2027-05-15"])
def test_with_nothing_known_it_is_the_plan(as_of: str) -> None:
    some = starter()
    landing = land(some, Actuals(dt.date.fromisoformat(as_of), ()), draws=200)
    for metric in LANDED:
        figure = landing.figure(metric)
        exact = 1e-9 if not as_of.endswith("15") else 1e-5
        assert figure.total == pytest.approx(figure.plan, rel=exact)
        assert figure.low <= figure.total <= figure.high


@examples(15)
@given(plans())
def test_with_everything_known_it_is_the_actuals(some: Plan) -> None:
    actuals = as_planned(some, some.months)
    assume(any(fact.name == "won" for fact in actuals.facts))
    landing, comparison = land(some, actuals, draws=50), to_date(some, actuals)
    pairs = {"won": comparison.total.deals, "revenue": comparison.total.revenue, "cost": comparison.total.cost}
    for metric, pair in pairs.items():
        figure = landing.figure(metric)
        assert figure.total == pytest.approx(pair.actual, rel=1e-9, abs=1e-6)
        assert (figure.low, figure.high) == pytest.approx((figure.total, figure.total), abs=1e-6)


@pytest.mark.parametrize(("future", "ends"), [(1e-14, (68.905, 68.905)), (0.01, (68.0, 69.0))])
def test_a_difference_of_rounding_leaves_no_range(future: float, ends: tuple[float, float]) -> None:
    """Forecasts of more than one channel differ by their last bits; such a rest is none, a hundredth of a deal is."""
    course = Course(np.array([68.905]), np.array([future]), 0.0, 0.0, np.zeros((5, 1)))
    figure = _figure("won", course, 70.0, whole=True)
    assert (figure.low, figure.high) == pytest.approx(ends, abs=1e-9)


def test_everything_known_is_what_was_reported_not_what_was_planned() -> None:
    some = starter()
    actuals = sample_actuals(some, months=12, seed=3)
    won = land(some, actuals, draws=50).figure("won")
    reported = float(np.nansum(actuals.count("sales.won", some)))
    assert (won.happened, won.total, won.low, won.high) == pytest.approx((reported,) * 4)
    assert won.under_way == won.planned == 0.0
    assert won.tail > 1.0  # what closes after the plan is named, not dropped


def test_what_went_as_planned_lands_on_the_plan() -> None:
    some = starter()
    for months in (1, 4, 8, 11):
        landing = land(some, as_planned(some, months), draws=400)
        for metric in LANDED:
            figure = landing.figure(metric)
            assert figure.total == pytest.approx(figure.plan, rel=1e-9)
            assert figure.draws.mean() == pytest.approx(figure.total, rel=0.05)
        won = landing.figure("won")
        assert won.tail == pytest.approx(float(forecast(some).count("won", "tail")))
        assert min(won.happened, won.under_way, won.planned) > 0.0


def test_the_parts_and_the_months_add_up_and_past_months_are_certain() -> None:
    some = starter()
    landing = land(some, sample_actuals(some), draws=300)
    for metric in LANDED:
        figure = landing.figure(metric)
        assert figure.so_far[-1] == pytest.approx(figure.total)
        assert figure.so_far[4] == pytest.approx(figure.happened)
        assert figure.so_far_low[4] == figure.so_far_high[4] == figure.so_far[4]
        widths = np.subtract(figure.so_far_high, figure.so_far_low)[4:]
        assert widths[-1] == widths.max() > 0.0
    won = landing.figure("won")
    assert (won.low, won.high) == (round(won.low), round(won.high))
    assert 0.0 < won.chance(won.high) < won.chance(won.low) <= 1.0
    assert landing.figure("cost").chance(landing.figure("cost").high) > 0.85  # at most so much


def test_the_same_seed_gives_the_same_range() -> None:
    some = starter("email", "phone")
    first, second, other = (land(some, sample_actuals(some), draws=300, seed=seed).figure("won") for seed in (1, 1, 2))
    assert np.array_equal(first.draws, second.draws)
    assert not np.array_equal(first.draws, other.draws)


def test_what_was_under_way_before_the_plan_lands_too() -> None:
    some = replace(starter("email"), opening=(Opening("email.opportunity", 20.0),))
    before, after = land(some, Actuals(dt.date(2026, 12, 1), ()), draws=300), land(some, as_planned(some, 2), draws=300)
    bare = land(replace(some, opening=()), Actuals(dt.date(2026, 12, 1), ()), draws=300)
    assert before.figure("won").under_way > 3.0
    assert before.figure("won").total > bare.figure("won").total + 3.0
    assert after.figure("won").total == pytest.approx(before.figure("won").total, rel=1e-9)


def test_what_deals_cost_varies_with_them() -> None:
    fee = Cost("fee", "Fee", 0.1, "revenue")
    some = replace(plan(), costs=(fee,))
    real = history(Truth(RATE, DELAY), np.random.default_rng(1)).actuals(6)
    landing = land(some, real, draws=400)
    revenue, cost = landing.figure("revenue"), landing.figure("cost")
    assert cost.draws == pytest.approx(0.1 * revenue.draws, rel=1e-6)


def test_past_misses_widen_the_range() -> None:
    real = history(Truth(RATE, DELAY), np.random.default_rng(1)).actuals(6)
    usual = land(plan(), real, draws=1000).figure("won")
    missed = {"won": Misses(np.array([60.0, 60.0, 60.0]), np.array([25.0, 110.0, 120.0]))}
    wider = land(plan(), real, draws=1000, misses=missed).figure("won")
    assert wider.high - wider.low > 1.2 * (usual.high - usual.low)
    assert wider.total == usual.total


# -- ranges that hold -------------------------------------------------------------------------------------------------

LATE, MISTAKEN = Truth(RATE, Delay(1.3 * DELAY.median_days, DELAY.p90_ratio)), Truth(0.16, Delay(80.0, 2.4))


def run(count: int, truth: Callable[[np.random.Generator], Truth], *, dated: bool = False) -> list[Check]:
    rows = []
    for number in range(count):
        rng = np.random.default_rng([number, 7])
        rows += checks(plan(), truth(rng), rng, dated=dated)
    return rows


def coverage(rows: list[Check], month: int = 0) -> float:
    return float(np.mean([row.covered for row in rows if row.month >= month]))


def bias(rows: list[Check], month: int) -> float:
    """Of the landing, made at a month: what was expected over what came, less 1."""
    landings = [row for row in rows if row.month == month and row.ahead is None]
    return sum(row.expected for row in landings) / sum(row.came for row in landings) - 1.0


def fixed(truth: Truth) -> Callable[[np.random.Generator], Truth]:
    return lambda rng: truth


def of_knowing(count: int) -> float:
    """The mean interval score of landings by somebody who knows the delay."""
    scores = []
    for number in range(count):
        real = history(Truth(RATE, DELAY), np.random.default_rng([number, 7]))
        for month in SEEN_AT:
            ends = knowing(plan(), real, month, np.random.default_rng([number, month]))
            scores.append(interval_score(*ends, real.wins(month, MONTHS)))
    return float(np.mean(scores))


@pytest.mark.parametrize(
    ("truth", "dated", "least"),
    [
        (drawn_truth, False, 0.74),
        (fixed(Truth(RATE, DELAY, 0.3)), False, 0.74),
        (fixed(Truth(RATE, DELAY)), False, 0.8),
        (fixed(LATE), True, 0.8),
        (fixed(MISTAKEN), False, 0.8),
    ],
    ids=["priors", "uneven months", "plan right", "late", "mistaken"],
)
def test_ranges_hold_on_a_few_histories(
    truth: Callable[[np.random.Generator], Truth], dated: bool, least: float
) -> None:
    """Twenty-five histories of nine statements each: the smallest share the table allows, less two standard errors."""
    assert coverage(run(25, truth, dated=dated)) >= least


@pytest.mark.long
def test_ranges_hold_where_the_truth_is_drawn_from_the_priors_or_months_are_uneven() -> None:
    assert 0.78 <= coverage(run(300, drawn_truth)) <= 0.9
    assert 0.78 <= coverage(run(300, fixed(Truth(RATE, DELAY, 0.3)))) <= 0.9


@pytest.mark.long
def test_where_the_plan_is_right_the_range_is_hardly_wider_than_that_of_one_who_knows_the_delay() -> None:
    rows = run(300, fixed(Truth(RATE, DELAY)))
    assert coverage(rows) >= 0.8
    own = float(np.mean([row.score for row in rows if row.ahead is None]))
    assert own <= 1.25 * of_knowing(300)


@pytest.mark.long
def test_a_delay_longer_than_planned_is_found_from_dates() -> None:
    rows = run(300, fixed(LATE), dated=True)
    assert coverage(rows) >= 0.8
    assert all(abs(bias(rows, month)) <= most for month, most in zip(SEEN_AT, (0.06, 0.03, 0.03), strict=True))


@pytest.mark.long
def test_a_plan_mistaken_in_rate_and_delay_is_put_right_from_month_six() -> None:
    rows = run(300, fixed(MISTAKEN))
    assert coverage(rows, month=6) >= 0.8


def of_two_days(count: int) -> tuple[float, float]:
    """The mean landing of the same histories seen on the 15th and on the 31st of May."""
    means = []
    for months, day in ((4, 15), (5, None)):
        histories = (
            history(Truth(RATE, DELAY), np.random.default_rng([n, 3])).actuals(months, day) for n in range(count)
        )
        means.append(np.mean([land(plan(), actuals, draws=2).figure("won").total for actuals in histories]))
    return float(means[0]), float(means[1])


def test_the_15th_and_the_31st_say_the_same() -> None:
    early, late = of_two_days(40)
    assert early == pytest.approx(late, rel=0.03)


@pytest.mark.long
def test_the_15th_and_the_31st_say_the_same_on_two_hundred_histories() -> None:
    early, late = of_two_days(200)
    assert early == pytest.approx(late, rel=0.02)
