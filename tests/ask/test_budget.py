"""Budget: the worked optimum, and the laws of an optimum on random plans against splits and another solver."""

from __future__ import annotations

import math
from unittest.mock import patch

import numpy as np
import pytest

from planner.ask.budget import settle
from planner.ask.budget.allocation import (
    Allocation,
    allocate,
    fixed_cost,
    frontier,
    least_budget,
    spent_now,
    with_hires,
)
from planner.ask.budget.mix import best_mix, starts_of
from planner.ask.budget.prices import more_of
from planner.ask.budget.room import Room
from planner.ask.limits import Limits
from planner.engine import forecast
from planner.errors import Binding, OutOfReach, PlanError
from planner.measure.metrics import measure
from planner.plan import Assist, Cost, Effort, Limit, Plan, Team, replace
from planner.plan.levers import pull
from planner.plan.starter import starter
from tests.ask.mixes import affordable, bounds, curves, feasible, hours_caps, outcomes, question, slsqp

BOUNDED = (Limit("email", 0.0, 9000.0), Limit("linkedin", 2000.0, 6000.0))


def price_of_the_budget(best: Allocation) -> float:
    """What one unit of money more would bring."""
    (price,) = (limit.price for limit in best.binding if limit.what == "budget")
    return price


def test_worked_optimum_of_three_saturating_channels() -> None:
    best = allocate(curves(), 40000.0, metric="appointments")
    assert best.value == pytest.approx(100.28177066974361, rel=1e-12)
    assert best.spend == pytest.approx({"email": 14184.9866, "phone": 18227.0532, "linkedin": 7587.9602}, rel=1e-6)
    assert 1.0 / price_of_the_budget(best) == pytest.approx(688.4856437277432, rel=1e-6)
    assert best.before.value == pytest.approx(97.22347255353318, rel=1e-12)
    assert best.before.cost == pytest.approx(40000.0, rel=1e-12)
    for key, a, c in (("email", 60, 10000), ("phone", 80, 30000), ("linkedin", 30, 8000)):
        spend = best.spend[key]
        assert best.marginal[key] == pytest.approx(a * (math.exp(-spend / c) - math.exp(-(spend + 1000) / c)), rel=1e-6)


def test_worked_optimum_with_limits_and_their_prices() -> None:
    best = allocate(curves(*BOUNDED), 40000.0, metric="appointments")
    assert best.value == pytest.approx(96.66696715276736, rel=1e-12)
    assert best.spend == pytest.approx({"email": 9000.0, "phone": 25000.0, "linkedin": 6000.0}, rel=1e-9)
    price = {(limit.what, limit.channels): limit.price for limit in best.binding}
    assert price["budget", ()] == pytest.approx(0.001158928556018875, rel=1e-7)
    assert price["most", ("email",)] == pytest.approx(0.0012804894024247195, rel=1e-7)


def test_worked_frontier() -> None:
    worked = [
        (10000, 39.7161), (20000, 64.2446), (30000, 84.1334), (40000, 100.2818), (60000, 124.0389), (80000, 139.7006),
        (120000, 156.8319),
    ]  # fmt: skip
    points = frontier(curves(), [budget for budget, _ in worked], metric="appointments")
    assert [(point.budget, round(point.value, 4)) for point in points] == worked


def test_worked_prices_of_the_budget_along_the_frontier() -> None:
    for budget, cost in ((10000, 357.97), (20000, 453.88), (60000, 1044.36), (120000, 3645.18)):
        assert round(1.0 / price_of_the_budget(allocate(curves(), budget, metric="appointments")), 2) == cost


def test_least_budget_is_the_inverse_of_the_frontier() -> None:
    best = least_budget(curves(), 100.28177066974361, metric="appointments")
    assert best.budget == pytest.approx(40000.0, rel=1e-7)
    with pytest.raises(OutOfReach, match="out of reach") as caught:
        least_budget(curves(), 171.0, metric="appointments")
    assert caught.value.binding.what == "audience"
    assert caught.value.value == pytest.approx(170.0, rel=1e-6)
    least = curves(Limit("phone", 5000.0))
    assert least_budget(least, 1.0, metric="appointments").budget == pytest.approx(5000.0)


TIES: list[dict[str, bool]] = [{}, {"fed": True}, {"helped": True}, {"fed": True, "helped": True}]
CASES = [(seed, ties) for seed in range(3) for ties in TIES]


@pytest.mark.parametrize(("seed", "ties"), CASES)
def test_no_split_and_no_other_solver_does_better(seed: int, ties: dict[str, bool]) -> None:
    plan, metric, budget, tail = question(seed, **ties)
    best = allocate(plan, budget, metric=metric, tail=tail)
    low, high = bounds(plan)
    volumes = np.array([c.volume for c in best.plan.channels])
    value, spend, *_ = outcomes(plan, metric, volumes[None], tail)[:, 0]
    assert value == pytest.approx(best.value, rel=1e-12)
    assert spend == pytest.approx(best.after.cost, rel=1e-9)
    assert feasible(plan, budget * (1 + 1e-9), volumes[None], tail)
    assert np.all((low * (1 - 1e-12) <= volumes) & (volumes <= high * (1 + 1e-12)))
    assert sum(best.spend.values()) == pytest.approx(spend, rel=1e-9)

    rng = np.random.default_rng(seed)
    splits = affordable(plan, metric, budget, rng, 300, tail)
    slack = 1e-3 if ties else 1e-9
    assert outcomes(plan, metric, splits, tail)[0].max() <= best.value + slack * abs(best.value)
    top = np.maximum(3 * volumes, splits.max(axis=0))
    starts = np.array([np.full(len(low), 0.02), rng.random(len(low)) * 0.3, rng.random(len(low))])
    assert slsqp(plan, metric, budget, top, starts, tail) <= best.value + 1e-6 * abs(best.value)


def test_of_good_mixes_far_apart_the_best_is_found() -> None:
    """Hours of meetings in one month: 31 000 touches of the third channel are a good mix, 87 000 a better one."""
    plan, metric, budget, tail = question(2565, fed=True)
    better = np.array([[0.0, 500.0, 86500.0, 0.0, 7700.0, 24.2, 4190.0]])
    assert feasible(plan, budget, better, tail)
    assert allocate(plan, budget, metric=metric, tail=tail).value > outcomes(plan, metric, better, tail)[0, 0] > 3800


def test_four_thousand_random_splits_never_beat_the_optimum() -> None:
    for ties, slack in (({}, 1e-9), ({"helped": True}, 1e-3)):
        plan, metric, budget, tail = question(77, **ties)
        best = allocate(plan, budget, metric=metric, tail=tail)
        splits = affordable(plan, metric, budget, np.random.default_rng(1), 4000, tail)
        assert outcomes(plan, metric, splits, tail)[0].max() <= best.value + slack * abs(best.value)


@pytest.mark.parametrize("seed", range(20, 32))
def test_it_spends_the_budget_or_something_else_binds_everywhere(seed: int) -> None:
    plan, _, budget, tail = question(seed)
    best = allocate(plan, budget, tail=tail)
    if best.after.cost >= budget * (1 - 1e-6):
        return
    volumes = np.array([c.volume for c in best.plan.channels])
    needed = outcomes(plan, "won", volumes[None], tail)[2:, 0]
    at_hours = np.any(needed >= hours_caps(plan) * (1 - 1e-6))
    at_most = all(c.volume >= high * (1 - 1e-6) for c, high in zip(best.plan.channels, bounds(plan)[1], strict=True))
    assert at_hours or at_most


def difference(room: Room, limit: Binding, change: float) -> float:
    """What a limit moved by a share of its level changes in the best value, a unit: the mix chosen anew."""
    by = change * limit.level
    if limit.what in ("most", "least", "pace") or (limit.what == "audience" and limit.month is not None):
        rows = np.array([key in limit.channels for key in room.channels])
        gives = next(top.gives for top, here in zip(room.ceilings, rows, strict=True) if here)
        moved = replace(room, low=room.low + by * rows) if limit.what == "least" else None
        moved = moved or replace(room, high=room.high + by * gives * rows)
    elif limit.what == "audience":
        contacts = pull(room.plan, f"{limit.channels[0]}.audience", limit.level + by)
        moved = replace(room, plan=contacts)
    else:
        moved = replace(room, caps=room.caps + by * more_of(room, (limit.what, limit.channels)))
    here = best_mix(room)
    return (best_mix(moved, here.volumes).value - here.value) / by


def off_price(seed: int, **ties: bool) -> float:
    """How far the prices of a random plan's limits lie outside of what a little less and a little more bring."""
    plan, metric, budget, tail = question(seed, **ties)
    worst = 0.0
    room = Room.of(plan, budget, metric, tail=tail)
    best = allocate(plan, budget, metric=metric, tail=tail)
    for limit in best.binding:
        sign = -1.0 if limit.what == "least" else 1.0
        ends = [sign * difference(room, limit, sign * change) for change in (1e-3, -1e-3)]
        size = max(abs(limit.price), 1e-9 * abs(best.value) / max(limit.level, 1e-9))
        worst = max(worst, (min(ends) - limit.price) / size, (limit.price - max(ends)) / size)
    return worst


@pytest.mark.parametrize(("seed", "ties"), [(seed, ties) for seed in (40,) for ties in TIES])
def test_the_price_of_a_limit_is_what_a_little_more_of_it_brings(seed: int, ties: dict[str, bool]) -> None:
    assert off_price(seed, **ties) <= 0.01


def test_a_price_is_what_a_little_more_brings_also_where_a_thousandth_more_brings_clearly_less() -> None:
    """A thousandth more hours brings 7.07 each, a ten thousandth 7.21, a thousandth less takes 7.38."""
    plan, metric, budget, tail = question(1480)
    best, room = allocate(plan, budget, metric=metric, tail=tail), Room.of(plan, budget, metric, tail=tail)
    hours = next(limit for limit in best.binding if limit.what == "hours")
    assert hours.price == pytest.approx(difference(room, hours, 1e-5), rel=1e-3)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 1000 + 500))
def test_prices_are_finite_differences_on_plans_of_every_structure(seed: int) -> None:
    assert off_price(seed, **TIES[seed % len(TIES)]) <= 0.01


def test_a_higher_limit_never_lowers_the_optimum() -> None:
    plan = curves(*BOUNDED)
    tops = (0.0, 5000.0, 9000.0, 20000.0)
    values = [allocate(curves(Limit("email", 0.0, top)), 40000.0, metric="appointments").value for top in tops]
    assert values == sorted(values)
    points = frontier(plan, np.linspace(2000, 60000, 12), metric="appointments")
    optima = [point.value for point in points]
    assert np.all(np.diff(optima) >= 0)
    assert np.all(np.diff(np.diff(optima)) <= 1e-9)


def check_limits(seed: int) -> None:
    """No limit broken that the plan keeps, none further than the plan does, month by month; the budget kept."""
    plan, metric, budget, tail = question(seed, limited=True, **TIES[seed % len(TIES)])
    best = allocate(plan, budget, metric=metric, tail=tail)
    assert Limits.of(plan).keeps(forecast(best.plan))
    assert best.after.cost <= budget * (1 + 1e-9)
    assert all(limit.price > 0 for limit in best.binding)
    now = np.array([[channel.volume for channel in plan.channels]])
    low, high = bounds(plan)
    if feasible(plan, budget, now, tail)[0] and np.all((low <= now) & (now <= high)):
        assert best.value >= outcomes(plan, metric, now, tail)[0, 0] - 1e-9 * abs(best.value)


@pytest.mark.parametrize("seed", range(3000, 3008))
def test_an_answer_breaks_no_limit_that_the_plan_keeps(seed: int) -> None:
    check_limits(seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3008, 4008))
def test_no_answer_breaks_a_limit_on_a_thousand_plans(seed: int) -> None:
    check_limits(seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2000, 3000))
def test_no_split_does_better_where_channels_feed_and_help_each_other(seed: int) -> None:
    plan, metric, budget, tail = question(seed, **TIES[1 + seed % 3])
    best = allocate(plan, budget, metric=metric, tail=tail)
    rng, (low, _) = np.random.default_rng(seed), bounds(plan)
    splits = affordable(plan, metric, budget, rng, 500, tail)
    volumes = np.array([c.volume for c in best.plan.channels])
    top = np.maximum(3 * volumes, splits.max(axis=0))
    starts = np.vstack([np.zeros(len(low)), np.full(len(low), 0.02), rng.random((3, len(low)))])
    other = max(slsqp(plan, metric, budget, top, starts, tail), outcomes(plan, metric, splits, tail)[0].max())
    assert other <= best.value + 1e-3 * abs(best.value)


def test_where_nothing_can_be_bought_every_budget_brings_what_comes_anyway() -> None:
    """Touches that cost neither money nor time, and channels that are all switched off."""
    free = replace(starter("email", "phone"), costs=(), efforts=())
    off = replace(free, channels=tuple(replace(channel, active=False) for channel in free.channels))
    for plan in (free, off):
        comes = float(measure(plan, "won"))
        points = frontier(plan, [0.0, 1000.0, 1e6])
        assert [point.value for point in points] == pytest.approx([comes] * 3)
        assert allocate(plan, 1000.0).binding == ()
        assert allocate(plan, 1000.0).value == pytest.approx(comes)
        with pytest.raises(OutOfReach) as caught:
            least_budget(plan, comes + 1.0)
        assert (caught.value.value, caught.value.binding.what) == (pytest.approx(comes), "flat")


def staffed(plan: Plan, reps: float) -> Plan:
    return replace(plan, team=replace(plan.team, reps=reps))


@pytest.mark.parametrize(
    ("plan", "budget"),
    [
        (starter(start="2027-01"), 6.03),
        (starter(start="2027-01"), 679.66),
        (staffed(starter("email", "phone", "linkedin", start="2027-01"), 40.0), 17212.89),
    ],
    ids=("a few euros", "a few hundred", "40 reps"),
)
def test_small_sums_do_not_drown_in_what_a_plan_costs_anyway(plan: Plan, budget: float) -> None:
    best = allocate(plan, budget)
    assert 0 < best.after.cost <= budget * (1 + 1e-9)
    assert best.value > 0


def check_every_budget(seed: int) -> None:
    """No budget from 0 to ten times the plan's fails, whatever the team, and no more money ever brings less."""
    rng = np.random.default_rng(seed)
    kinds = [("email", "phone", "linkedin"), ("email", "sms", "post"), ("email", "phone", "linkedin", "ads")]
    plan = staffed(starter(*kinds[seed % 3], start="2027-01"), float(rng.integers(1, 101)))
    top = 10 * spent_now(plan)
    budgets = [0.0, *np.sort(top * 10 ** rng.uniform(-5, 0, 4)), top]
    values = [point.value for point in frontier(plan, budgets)]
    assert len(values) == len(budgets)
    assert np.all(np.diff(values) >= -1e-3 * np.abs(values[1:]))
    assert allocate(plan, budgets[1]).value == pytest.approx(values[1], rel=1e-3)


@pytest.mark.parametrize("seed", range(3))
def test_every_budget_has_an_answer_and_the_frontier_no_gap(seed: int) -> None:
    check_every_budget(seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3, 200))
def test_every_budget_has_an_answer_whatever_the_team(seed: int) -> None:
    check_every_budget(seed)


def test_many_channels_that_help_are_searched_from_a_bounded_number_of_places() -> None:
    """Sixteen helping channels have 65 536 mixes of ends; two ends each and no more are tried."""
    base = curves().channels[0]
    keys = [f"c{i}" for i in range(17)]
    channels = tuple(replace(base, key=key, label=key, volume=50.0) for key in keys)
    costs = tuple(Cost(f"{key}_fee", key, 1.0, f"{key}.sent") for key in keys)
    lifts = tuple(Assist(f"a{i}", key, "c16.appointment", 0.05, 500.0) for i, key in enumerate(keys[:-1]))
    plan = replace(curves(), channels=channels, costs=costs, assists=lifts)
    room = Room.of(plan, 1000.0, "appointments")
    assert len(room.helpers) == 16
    assert len(starts_of(room, room.now, np.full(17, 1000.0))) <= 32


def test_commission_holds_nothing_back_unless_it_is_counted() -> None:
    """A touch costs 1, a deal 900 more: 0.1 deals an appointment at 0.006 a touch make 0.54 of commission a touch."""
    fee = Cost("success", "Success fee", 900.0, "sales.won")
    plan = unlimited(Limit("phone", 0.0, 0.0), Limit("linkedin", 0.0, 0.0))
    plan = replace(plan, costs=(*plan.costs, fee))
    best = allocate(plan, 1540.0, metric="appointments")
    assert best.value == pytest.approx(1540 * 0.006)
    assert best.after.downstream == pytest.approx(1540 * 0.0006 * 900)
    counted = allocate(plan, 1540.0, metric="appointments", downstream=True)
    assert counted.value == pytest.approx(1000 * 0.006)


def test_nothing_to_spend_brings_nothing() -> None:
    best = allocate(curves(), 0.0, metric="appointments")
    assert (best.value, best.after.cost) == (0.0, 0.0)
    assert price_of_the_budget(best) == pytest.approx(60 / 10000, rel=1e-4)


def test_one_channel_takes_all() -> None:
    plan = replace(curves(), channels=curves().channels[:1], costs=curves().costs[:1])
    best = allocate(plan, 5000.0, metric="appointments")
    assert best.value == pytest.approx(60 * (1 - math.exp(-0.5)), rel=1e-9)


def test_locked_channels_stay_and_cost_what_they_cost() -> None:
    locked = curves(*(Limit(key, 1000.0, 1000.0) for key in ("email", "phone", "linkedin")))
    best = allocate(locked, 40000.0, metric="appointments")
    assert best.spend == pytest.approx({"email": 1000.0, "phone": 1000.0, "linkedin": 1000.0})
    with pytest.raises(OutOfReach, match="budget") as caught:
        allocate(locked, 2999.0, metric="appointments")
    assert caught.value.value == pytest.approx(3000.0)
    assert caught.value.binding.what == "budget"


def unlimited(*limits: Limit, reps: float = 0.0, pay: float = 0.0) -> Plan:
    """Audiences without end: 0.006, 0.00267 and 0.00375 appointments a touch at 1; a mail takes two minutes."""
    plan = curves(*limits)
    channels = tuple(replace(c, audience=None, volume=100.0) for c in plan.channels)
    return replace(plan, channels=channels, team=Team(reps, pay), efforts=(Effort("email.sent", 2.0),))


def test_without_end_of_audience_the_best_channel_takes_all_up_to_its_most() -> None:
    best = allocate(unlimited(), 10000.0, metric="appointments")
    assert best.spend == pytest.approx({"email": 10000.0, "phone": 0.0, "linkedin": 0.0}, abs=1e-6)
    best = allocate(unlimited(Limit("email", 0.0, 4000.0)), 10000.0, metric="appointments")
    assert best.spend == pytest.approx({"email": 4000.0, "phone": 0.0, "linkedin": 6000.0}, rel=1e-6, abs=1e-4)


def test_hours_and_budget_bind_together_in_a_corner() -> None:
    """A rep has 120 hours in January 2027: 3 600 mails; the other 6 400 of the budget go to LinkedIn."""
    best = allocate(unlimited(reps=1.0), 10000.0, metric="appointments")
    assert best.value == pytest.approx(3600 * 0.006 + 6400 * 0.00375, rel=1e-9)
    price = {limit.what: limit.price for limit in best.binding}
    assert price["budget"] == pytest.approx(0.00375, rel=1e-6)
    assert price["hours"] == pytest.approx(30 * (0.006 - 0.00375), rel=1e-6)


def test_whole_hires_are_worth_their_pay_or_not() -> None:
    """Only mails, two minutes each: 3 600 a rep. A rep for 1 000 brings 3 600 more mails while money lasts."""
    off = (Limit("phone", 0.0, 0.0), Limit("linkedin", 0.0, 0.0))
    plan = unlimited(*off, reps=1.0, pay=1000.0)
    options = {option.reps: option.allocation.value for option in with_hires(plan, 10000.0, metric="appointments")}
    assert options == pytest.approx({0: 3600 * 0.006, 1: 7200 * 0.006, 2: 8000 * 0.006}, rel=1e-9)
    assert with_hires(plan, 10000.0, metric="appointments")[0].reps == 2


def test_fixed_cost_is_what_comes_off_first() -> None:
    fixed = (Cost("rent", "Rent", 700.0, "month"), Cost("setup", "Set-up", 300.0, "once"))
    plan = replace(curves(), costs=(*curves().costs, *fixed))
    assert fixed_cost(plan) == pytest.approx(1000.0)
    assert allocate(plan, 40000.0, metric="appointments").after.cost == pytest.approx(40000.0)


def test_a_free_channel_is_no_matter_of_a_budget_unless_a_limit_gives_it_room() -> None:
    free = replace(curves(), costs=curves().costs[1:])
    best = allocate(free, 10000.0, metric="appointments")
    assert set(best.spend) == {"phone", "linkedin"}
    assert best.plan.channels[0] == free.channels[0]
    given = replace(free, limits=(Limit("email", 0.0, 20000.0),))
    assert allocate(given, 10000.0, metric="appointments").plan.channels[0].volume == pytest.approx(20000.0)


def test_with_nothing_to_buy_the_plan_stays() -> None:
    plan = replace(curves(), costs=())
    best = allocate(plan, 1000.0, metric="appointments")
    assert (best.plan, best.after.cost, best.spend, best.binding) == (plan, 0.0, {}, ())


def test_without_reps_there_is_nothing_to_hire_for() -> None:
    assert [option.reps for option in with_hires(unlimited(), 5000.0, metric="appointments")] == [0]


def test_what_could_grow_without_end_is_refused_with_the_mend() -> None:
    timed = replace(unlimited(), costs=())
    with pytest.raises(PlanError, match=r"email\.volume could grow without end"):
        allocate(timed, 1000.0)


@pytest.mark.parametrize(
    ("metric", "budget", "reason"),
    [("cac", 1000.0, "cannot be made most of"), ("won", -1.0, "at least 0"), ("won", math.nan, "at least 0")],
)
def test_a_ratio_and_a_negative_budget_are_refused(metric: str, budget: float, reason: str) -> None:
    with pytest.raises(PlanError, match=reason):
        allocate(curves(), budget, metric=metric)


def test_help_that_pays_only_in_strength_is_found() -> None:
    """Phone brings nothing itself but lifts e-mail up to fourfold; without e-mail it looks worthless."""
    plan = curves()
    email, phone, linkedin = plan.channels
    dumb = replace(phone, stages=(*phone.stages[:1], replace(phone.stages[1], rate=0.0)), audience=None)
    lift = Assist("lift", "phone", "email.appointment", 3.0, 1500.0)
    helped = replace(plan, channels=(dumb, email, linkedin), assists=(lift,))
    best = allocate(helped, 12000.0, metric="appointments")
    grid = np.stack(np.meshgrid(np.linspace(0, 12000, 121), np.linspace(0, 12000, 121)), axis=-1).reshape(-1, 2)
    grid = grid[grid.sum(axis=1) <= 12000]
    volumes = np.column_stack([grid, 12000 - grid.sum(axis=1)])
    highest = outcomes(helped, "appointments", volumes)[0].max()
    assert highest <= best.value <= highest * 1.001
    assert best.value > 1.5 * allocate(replace(helped, assists=()), 12000.0, metric="appointments").value


def test_the_best_mix_is_a_plan_like_any_other() -> None:
    plan, metric, budget, tail = question(3)
    best = allocate(plan, budget, metric=metric, tail=tail)
    assert float(measure(best.plan, metric, tail=tail)) == pytest.approx(best.value, rel=1e-12)
    assert allocate(best.plan, budget, metric=metric, tail=tail).value == pytest.approx(best.value, rel=1e-9)


@pytest.mark.parametrize(
    ("contacts", "rent", "metric"), [(3_000.0, 0.0, "won"), (600.0, 1e12, "profit")], ids=["worked through", "far cost"]
)
def test_a_search_ends_where_it_no_longer_moves(contacts: float, rent: float, metric: str) -> None:
    """A slope that jumps where a list is worked through, and a gain that drowns in rounding, keep no search going."""
    listed = [replace(channel, coverage="in_order", audience=contacts) for channel in starter().channels]
    costs = (*starter().costs, Cost("rent", "Rent", rent, "month"))
    plan = replace(starter(), channels=tuple(listed), costs=costs)
    spent = spent_now(plan, tail=False, downstream=False)
    with patch.object(settle, "slopes_at", wraps=settle.slopes_at) as looks:
        allocate(plan, spent, metric=metric)
        frontier(plan, [share * spent for share in (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)], metric=metric)
    assert looks.call_count < 400
