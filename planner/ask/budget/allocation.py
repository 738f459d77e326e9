"""Where to spend: the mix of volumes that makes most of a budget, its curve, the least budget for a target, and hires.

A budget is for what volumes cost: touches, and what their replies, appointments and deals cost in turn. Months, set-up
and the team come off a total budget first (`fixed_cost`). Result and cost count in the plan, or with `tail` both with
what lands later.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from planner.ask.budget.mix import best_mix
from planner.ask.budget.response import Mix, Room, prices_at
from planner.engine import forecast
from planner.engine.batch import Array
from planner.errors import OutOfReach, PlanError
from planner.plan import Hire, Plan
from planner.plan.levers import pull
from planner.plan.metrics import keys_for
from planner.words import write

__all__ = [
    "Allocation", "Binding", "Point", "Spending", "Staffing", "allocate", "fixed_cost", "frontier", "least_budget",
    "with_hires",
]  # fmt: skip

NEXT = 1000.0
WORN = 0.01  # an audience counts as binding when a tenth more of it would bring a thousandth more


@dataclass(frozen=True)
class Spending:
    """What a mix brings (`value`), costs (`cost`, by channel in `spend`) and takes (`hours` of reps in the plan)."""

    value: float
    cost: float
    hours: float
    spend: Mapping[str, float]


@dataclass(frozen=True)
class Binding:
    """A limit that holds the result down: `what` is "budget", "hours", "least", "most" or "audience".

    `at` is where it stands, `price` what one unit of room would bring: a unit of money, an hour, a touch a month or a
    contact.
    """

    what: str
    channel: str | None
    at: float
    price: float


@dataclass(frozen=True)
class Allocation:
    """The best mix as a `plan`, beside the mix as it was (`before`, at its own cost).

    `marginal` is the worth of the next 1 000 of money in each channel (nan where money buys nothing), `marginal_cost`
    the cost of one more of the metric at the margin (nan where the budget does not bind).
    """

    plan: Plan
    metric: str
    budget: float
    after: Spending
    before: Spending
    marginal: Mapping[str, float]
    marginal_cost: float
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
    """A point of the curve of budget against best result; `marginal_cost` as in `Allocation`."""

    budget: float
    value: float
    marginal_cost: float


@dataclass(frozen=True)
class Staffing:
    """The best mix with so many more reps, their pay taken off the budget."""

    reps: int
    allocation: Allocation


def allocate(plan: Plan, budget: float, *, metric: str = "won", tail: bool = False) -> Allocation:
    """The volumes that bring most of `metric` for at most `budget`, within limits, team hours and audiences.

    Channels whose touches cost neither money nor a rep's time stay as they are unless a limit gives them a most. The
    team's hours count over the whole plan; a plan without reps has no such limit. Raises OutOfReach where the least
    volumes already break the budget or the hours, PlanError for a ratio or where nothing limits a channel.
    """
    room = _room(plan, budget, metric, tail)
    return _allocation(room, best_mix(room))


def fixed_cost(plan: Plan, *, tail: bool = False) -> float:
    """What comes off a total budget first: what the plan costs while every channel a budget can buy rests."""
    return Room.of(plan, 0.0, "won", tail).idle


def frontier(plan: Plan, budgets: Iterable[float], *, metric: str = "won", tail: bool = False) -> tuple[Point, ...]:
    """The best result at each budget. Budgets that do not carry the least volumes are left out."""
    points, near = [], None
    for budget in sorted(budgets):
        try:
            room = _room(plan, budget, metric, tail)
        except OutOfReach:
            continue
        mix = best_mix(room, near)
        near = mix.volumes
        points.append(Point(float(budget), mix.value, _each(prices_at(room, mix)[1][0])))
    return tuple(points)


def least_budget(plan: Plan, target: float, *, metric: str = "won", tail: bool = False) -> Allocation:
    """The least budget whose best mix brings `target`, to 1e-9 of it, and that mix.

    Raises OutOfReach with the best that can be reached where hours, audiences or limits stop short of the target.
    """
    room = _room(plan, math.inf, metric, tail)
    at_least = room.outcome(room.low)
    low, high = float(at_least[1]), math.inf
    budget = low if at_least[0] >= target else max(float(room.outcome(room.now)[1]), low + NEXT)
    near = None
    for _ in range(60):
        tried = replace(room, budget=budget)
        mix = best_mix(tried, near)
        short, near = target - mix.value, mix.volumes
        if abs(short) <= 1e-9 * abs(target) or budget <= low:
            return _allocation(tried, mix)
        price = float(prices_at(tried, mix)[1][0])
        if short > 0 and price * max(budget, NEXT) <= 1e-9 * short:
            break
        low, high = (budget, high) if short > 0 else (low, budget)
        step = budget + short / price if price > 0 else math.nan  # concave: the tangent never steps past the target
        budget = step if low < step < high else (low + high) / 2 if high < math.inf else 4 * budget
    best = _allocation(tried, mix)
    binding = " and ".join(_named(plan, limit) for limit in best.binding if limit.what != "budget") or "the audiences"
    raise OutOfReach(
        "", f"{write(plan, target)} is out of reach: the most is {write(plan, best.value)}, held by {binding}",
        nearest=best.plan, value=best.value, binding=binding,
    )  # fmt: skip


def with_hires(
    plan: Plan, budget: float, *, month: int = 0, at_most: int = 5, metric: str = "won", tail: bool = False
) -> tuple[Staffing, ...]:
    """The best mix with 0, 1, 2 … more reps from `month` (counted from 0) on, best first.

    The reps' pay comes off the budget. Stops where more hours would bring nothing more or the pay eats the budget.
    """
    found = []
    without = _payroll(plan)
    for reps in range(at_most + 1):
        hires = (*plan.team.hires, Hire(month, float(reps))) if reps else plan.team.hires
        staffed = replace(plan, team=replace(plan.team, hires=hires))
        left = budget - (_payroll(staffed) - without)
        if left < 0:
            break
        try:
            made = allocate(staffed, left, metric=metric, tail=tail)
        except OutOfReach:
            continue
        found.append(Staffing(reps, made))
        if not any(limit.what == "hours" for limit in made.binding):
            break
    return tuple(sorted(found, key=lambda option: -option.allocation.value))


def _room(plan: Plan, budget: float, metric: str, tail: bool) -> Room:
    """The room of a question that can be answered; OutOfReach where the least volumes already break it."""
    if metric not in keys_for("aim"):
        raise PlanError(metric, f"cannot be made most of by a budget; these can: {', '.join(keys_for('aim'))}")
    if not budget >= 0:
        raise PlanError("budget", f"is {budget:g}; a budget is a sum of money of at least 0")
    room = Room.of(plan, budget, metric, tail)
    _, spend, hours = room.outcome(room.low)
    for what, least, cap, unit in (("budget", spend, budget, "money"), ("hours", hours, room.hours, "hours")):
        if least > cap + 1e-9 * abs(cap):
            raise OutOfReach(
                what, f"is {write(plan, cap, unit)} and the least volumes alone take {write(plan, least, unit)}: "
                f"raise it or lower a least",
                nearest=_at(room, room.low), value=float(least), binding=what,
            )  # fmt: skip
    return room


def _at(room: Room, volumes: Array) -> Plan:
    plan = room.plan
    for key, volume in zip(room.channels, volumes, strict=True):
        plan = pull(plan, f"{key}.volume", float(volume))
    return plan


def _payroll(plan: Plan) -> float:
    return float((forecast(plan).payroll() * plan.team.cost_per_month).sum())


def _each(price: float) -> float:
    return float(1.0 / price) if price > 0 else math.nan


def _named(plan: Plan, limit: Binding) -> str:
    """What binds, in words: "the audience of E-mail"."""
    label = next((channel.label for channel in plan.channels if channel.key == limit.channel), "")
    return f"the {limit.what} of {label}" if label else "the team's hours"


def _allocation(room: Room, mix: Mix) -> Allocation:
    slopes, prices = prices_at(room, mix)
    net = slopes[0] - prices @ slopes[1:]
    marginal = dict(zip(room.channels, _next(room, mix.volumes, slopes).tolist(), strict=True))
    return Allocation(
        _at(room, mix.volumes), room.metric, room.budget, _spending(room, mix.volumes), _spending(room, room.now),
        marginal, _each(prices[0]), (*_caps(room, prices), *_bounds(room, mix, net), *_audiences(room, mix, prices)),
    )  # fmt: skip


def _spending(room: Room, volumes: Array) -> Spending:
    """What each channel costs is what its rest would save, scaled to the whole where channels share a saving."""
    without = np.where(np.eye(len(volumes), dtype=bool), 0.0, volumes)
    value, cost, hours = room.outcome(np.vstack([volumes, without])).reshape(3, -1)
    saved = np.maximum(cost[0] - cost[1:], 0.0)
    parts = saved * (cost[0] / saved.sum() if saved.sum() > 0 else 0.0)
    by_channel = dict(zip(room.channels, parts.tolist(), strict=True))
    return Spending(float(value[0]), float(cost[0]), float(hours[0]), by_channel)


def _next(room: Room, volumes: Array, slopes: Array) -> Array:
    """What the next 1 000 of money would bring in each channel, (channels,)."""
    bought = np.divide(NEXT, slopes[1], out=np.zeros(len(volumes)), where=slopes[1] > 1e-12)
    more = room.outcome(np.vstack([volumes, volumes + np.diag(np.minimum(bought, 1e8))])).reshape(3, -1)
    gain = more[:, 1:] - more[:, :1]
    return np.asarray(np.divide(NEXT * gain[0], gain[1], out=np.full(len(volumes), np.nan), where=gain[1] > 1e-12))


def _caps(room: Room, prices: Array) -> list[Binding]:
    rows = zip(("budget", "hours"), room.caps.tolist(), prices.tolist(), strict=True)
    return [Binding(what, None, cap, price) for what, cap, price in rows if price > 0]


def _bounds(room: Room, mix: Mix, net: Array) -> list[Binding]:
    """Limits of single channels that bind, given what one more touch a month brings net of what it takes."""
    limited = {limit.channel for limit in room.plan.limits}
    found = []
    for key, at, low, high, gain in zip(room.channels, mix.volumes, room.low, room.high, net.tolist(), strict=True):
        if key in limited and at >= high * (1 - 1e-9) and gain > 0:
            found.append(Binding("most", key, float(high), gain))
        elif key in limited and low > 0 and at <= low * (1 + 1e-9) and gain < 0:
            found.append(Binding("least", key, float(low), -gain))
    return found


def _audiences(room: Room, mix: Mix, prices: Array) -> list[Binding]:
    """Audiences that hold the result down, with what one more contact would bring."""
    plan = _at(room, mix.volumes)
    worn = {
        c.key: c.audience for c in plan.channels
        if c.key in room.channels and c.audience is not None and c.volume and any(s.tires for s in c.stages)
    }  # fmt: skip
    if not worn:
        return []
    size, grown = np.array(list(worn.values())), 1 + 1e-4 * np.eye(len(worn))
    moves = {f"{key}.audience": audience * grown[i] for i, (key, audience) in enumerate(worn.items())}
    gain = room.read(forecast(plan, moves)) - np.array([[mix.value], [mix.spend], [mix.hours]])
    worth = (gain[0] - prices @ gain[1:]) / (1e-4 * size)
    return [
        Binding("audience", key, audience, price)
        for (key, audience), price in zip(worn.items(), worth.tolist(), strict=True)
        if price * audience > WORN * abs(mix.value)
    ]
