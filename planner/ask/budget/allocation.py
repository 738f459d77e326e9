"""Where to spend: the mix of volumes that makes most of a budget, its curve, the least budget for a target, and hires.

A budget is for what volumes cost on the way to an appointment: touches and the stages behind them. Months, set-up and
the team come off a total budget first (`fixed_cost`). Commission, success fees and whatever else is paid per revenue,
hour or sales stage comes *downstream* and is left out unless asked for: nobody holds an e-mail back because a deal
would earn commission. Result and cost count in the plan, or with `tail` both with what lands later.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from planner.ask.budget.binding import bindings
from planner.ask.budget.mix import best_mix
from planner.ask.budget.prices import prices_of, shadow_prices
from planner.ask.budget.room import SPEND, Mix, Room, fixed_cost
from planner.engine import forecast
from planner.engine.batch import Array
from planner.errors import Binding, OutOfReach, PlanError
from planner.measure.metrics import read
from planner.plan import Hire, Plan
from planner.plan.metrics import keys_for
from planner.words import write

__all__ = [
    "Allocation", "Point", "Spending", "Staffing", "allocate", "channel_hours", "fixed_cost", "frontier",
    "least_budget", "spent_now", "with_hires",
]  # fmt: skip

NEXT = 1000.0
EXACT = 1e-9  # of a target


@dataclass(frozen=True)
class Spending:
    """What a mix brings (`value`), costs (`cost`, by channel in `spend`) and takes (`hours` of reps in the plan).

    `downstream` is what it costs besides: commission, success fees, whatever is paid per revenue, hour or sales stage.
    """

    value: float
    cost: float
    hours: float
    spend: Mapping[str, float]
    downstream: float = 0.0


@dataclass(frozen=True)
class Allocation:
    """The best mix as a `plan`, beside the mix as it was (`before`, at its own cost).

    `marginal` is what the next 1,000 of money would bring in each channel (nan where money buys nothing). `binding` are
    the limits that bind, each with its shadow price; the budget's is what one unit of money more would bring.
    """

    plan: Plan
    metric: str
    budget: float
    after: Spending
    before: Spending
    marginal: Mapping[str, float]
    binding: tuple[Binding, ...]

    @property
    def value(self) -> float:
        """What the best mix brings."""
        return self.after.value

    @property
    def spend(self) -> Mapping[str, float]:
        """What the best mix spends, by channel."""
        return self.after.spend


@dataclass(frozen=True)
class Point:
    """A point of the curve of budget against best result."""

    budget: float
    value: float


@dataclass(frozen=True)
class Staffing:
    """The best mix with so many more reps, their pay taken off the budget."""

    reps: int
    allocation: Allocation


def allocate(
    plan: Plan, budget: float, *, metric: str = "won", tail: bool = False, downstream: bool = False
) -> Allocation:
    """The volumes that bring most of `metric` for at most `budget`, within every limit of the plan.

    Limits are the team's hours of each month, each channel's pace, lists worked in order, minimum and maximum. None is
    broken that the plan keeps, and none further than the plan does. Channels whose touches cost neither money nor a
    rep's time stay as they are unless a limit gives them a maximum. `downstream` counts commission and the like too.
    Raises OutOfReach where the minimum volumes already break a limit, PlanError for a ratio or where nothing limits a
    channel.

    >>> from planner import starter
    >>> best = allocate(starter("email", "phone", start="2027-01"), 10_000.0)
    >>> best.value >= best.before.value and best.after.cost <= 10_000.0001
    True
    """
    room = _room(plan, budget, metric, tail, downstream)
    return _allocation(room, best_mix(room))


def spent_now(plan: Plan, *, tail: bool = False, downstream: bool = False) -> float:
    """What the volumes of a plan cost as they stand, counted as a budget counts."""
    room = Room.of(plan, math.inf, tail=tail, downstream=downstream)
    return float(room.cost(forecast(plan)))


def frontier(
    plan: Plan, budgets: Iterable[float], *, metric: str = "won", tail: bool = False, downstream: bool = False
) -> tuple[Point, ...]:
    """The best result at each budget. Budgets that do not carry the minimum volumes are left out."""
    points: list[Point] = []
    whole = _room(plan, math.inf, metric, tail, downstream)
    minimum = whole.mix(whole.low).spend
    near = None
    for budget in sorted(budgets):
        room = whole.with_budget(budget)
        if not budget >= 0 or minimum > budget + room.slack[0]:
            continue
        mix = best_mix(room, near)
        near = mix.volumes
        points.append(Point(float(budget), mix.value))
    return tuple(points)


def least_budget(
    plan: Plan, target: float, *, metric: str = "won", tail: bool = False, downstream: bool = False
) -> Allocation:
    """The least budget whose best mix brings `target`, to 1e-9 of it, and that mix.

    Raises OutOfReach with the best that can be reached, and what binds there, where limits stop short of the target.
    """
    whole = _room(plan, math.inf, metric, tail, downstream)
    minimum = whole.mix(whole.low)
    low, high = minimum.spend, math.inf
    budget = low if minimum.value >= target else max(whole.mix(whole.now).spend, low + NEXT)
    near = None
    for _ in range(60):
        room = whole.with_budget(budget)
        mix = best_mix(room, near)
        short, near = target - mix.value, mix.volumes
        if abs(short) <= EXACT * abs(target) or budget <= low:
            return _allocation(room, mix)
        price = shadow_prices(room, mix).budget
        if short > 0 and price * max(budget, NEXT) <= EXACT * short:
            break
        low, high = (budget, high) if short > 0 else (low, budget)
        tangent = budget + short / price if price > 0 else math.nan  # concave: it never steps past the target
        budget = tangent if low < tangent < high else (low + high) / 2 if high < math.inf else 4 * budget
        if high < math.inf and high - low <= EXACT * high:
            break
    best = _allocation(room, mix)
    if high < math.inf:  # a step or a jump across the target: the dearer side of it
        return best if best.value >= target else _allocation(whole.with_budget(high), best_mix(whole.with_budget(high)))
    limits = tuple(binding for binding in best.binding if binding.what != "budget")
    raise OutOfReach(
        "", f"{write(plan, target)} is out of reach: the most is {write(plan, best.value)}",
        nearest=best.plan, value=best.value, binding=limits[0] if limits else Binding("flat"),
    )  # fmt: skip


def with_hires(
    plan: Plan, budget: float, *, month: int = 0, at_most: int = 5, metric: str = "won", tail: bool = False,
    downstream: bool = False,
) -> tuple[Staffing, ...]:  # fmt: skip
    """The best mix with 0, 1, 2 … more reps from `month` (counted from 0) on, best first.

    The reps' pay comes off the budget. Stops where more people would lift no limit or the pay eats the budget.
    """
    options = []
    without = _payroll(plan)
    for reps in range(at_most + 1):
        hires = (*plan.team.hires, Hire(month, float(reps))) if reps else plan.team.hires
        staffed = replace(plan, team=replace(plan.team, hires=hires))
        left = budget - (_payroll(staffed) - without)
        if left < 0:
            break
        try:
            allocation = allocate(staffed, left, metric=metric, tail=tail, downstream=downstream)
        except OutOfReach:
            continue
        options.append(Staffing(reps, allocation))
        if not any(binding.what in ("hours", "pace") for binding in allocation.binding):
            break
    return tuple(sorted(options, key=lambda option: -option.allocation.value))


def _room(plan: Plan, budget: float, metric: str, tail: bool, downstream: bool) -> Room:
    """The room of a question that can be answered; OutOfReach where the minimum volumes already break a limit."""
    if metric not in keys_for("aim"):
        raise PlanError(metric, f"cannot be made most of by a budget; these can: {', '.join(keys_for('aim'))}")
    if not budget >= 0:
        raise PlanError("budget", f"is {budget:g}; a budget is a sum of money of at least 0")
    room = Room.of(plan, budget, metric, tail=tail, downstream=downstream)
    minimum = room.mix(room.low)
    used = minimum.outcome[1:]
    broken = np.flatnonzero(used > room.caps * (1 + EXACT) + room.slack)
    for row, use, cap in ((room.rows[i], float(used[i]), float(room.caps[i])) for i in broken):
        unit = {"budget": "money", "hours": "hours"}.get(row.what, "count")
        raise OutOfReach(
            row.what if not row.channels else f"{row.channels[0]}.{row.what}",
            f"is {write(plan, cap, unit)} and the minimum volumes alone take {write(plan, use, unit)}: "
            f"raise it or lower a minimum",
            nearest=room.plan_at(room.low), value=use,
            binding=Binding(row.what, row.channels, level=cap, month=row.month if row.what != "budget" else None),
        )  # fmt: skip
    return room


def _payroll(plan: Plan) -> float:
    return float((forecast(plan).payroll() * plan.team.cost_per_month).sum())


def _allocation(room: Room, mix: Mix) -> Allocation:
    smooth = room.relaxed if room.stepped else room
    at_mix = mix if smooth is room else smooth.mix(mix.volumes)
    prices = prices_of(smooth, at_mix, best_mix)
    marginal = dict(zip(room.channels, _next(room, mix.volumes, prices.slopes).tolist(), strict=True))
    return Allocation(
        room.plan_at(mix.volumes), room.metric, room.budget, _spending(room, mix.volumes), _spending(room, room.now),
        marginal, bindings(smooth, mix, prices),
    )  # fmt: skip


def _spending(room: Room, volumes: Array) -> Spending:
    """What each channel costs is what its rest would save, scaled to the whole where channels share a saving."""
    without = np.where(np.eye(len(volumes), dtype=bool), 0.0, volumes)
    mixes = np.vstack([volumes, without])
    batch = forecast(room.plan, {f"{key}.volume": mixes[:, i] for i, key in enumerate(room.channels)} or None)
    cost = np.atleast_1d(room.cost(batch))
    saved = np.maximum(cost[0] - cost[1:], 0.0) if len(volumes) else np.zeros(0)
    parts = saved * (cost[0] / saved.sum() if saved.sum() > 0 else 0.0)
    value = np.atleast_1d(read(batch, room.metric, tail=room.tail))[0]
    hours, later = np.atleast_1d(read(batch, "hours"))[0], np.atleast_1d(room.cost(batch, ("downstream",)))[0]
    by_channel = dict(zip(room.channels, parts.tolist(), strict=True))
    return Spending(float(value), float(cost[0]), float(hours), by_channel, float(later))


def _next(room: Room, volumes: Array, slopes: Array) -> Array:
    """What the next 1 000 of money would bring in each channel, (channels,)."""
    cost = slopes[SPEND]
    bought = np.divide(NEXT, cost, out=np.zeros(len(volumes)), where=cost > 1e-12)
    more = room.outcome(np.vstack([volumes, volumes + np.diag(np.minimum(bought, 1e8))])).reshape(len(slopes), -1)
    gain = more[:, 1:] - more[:, :1]
    marginal = np.divide(NEXT * gain[0], gain[1], out=np.full(len(volumes), np.nan), where=gain[1] > 1e-12)
    return np.asarray(marginal)


def channel_hours(allocation: Allocation, *, tail: bool = False) -> dict[str, float]:
    """Hours of reps that the next 1 000 of money take in each channel, at the rate of the next touch."""
    room = Room.of(allocation.plan, math.inf, allocation.metric, tail=tail)
    volumes = np.array([c.volume for c in allocation.plan.channels if c.key in room.channels])
    more = np.vstack([np.zeros(len(volumes)), np.eye(len(volumes))])
    moves = {f"{key}.volume": volumes[i] + more[:, i] for i, key in enumerate(room.channels)}
    batch = forecast(allocation.plan, moves or None)
    hours, cost = read(batch, "hours"), room.cost(batch)
    rise = cost[1:] - cost[0]
    each = np.divide(hours[1:] - hours[0], rise, out=np.zeros(len(volumes)), where=rise > 0)
    return dict(zip(room.channels, (NEXT * each).tolist(), strict=True))
