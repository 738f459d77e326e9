"""What a mix of volumes brings, costs and takes: the room a plan leaves, its outcomes, their slopes and prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.engine import Forecast, forecast
from planner.engine.batch import Array
from planner.measure.metrics import read
from planner.plan import Channel, Plan
from planner.plan.kinds import TOUCHES

__all__ = ["VALUE", "Mix", "Room", "around", "prices_at", "slopes_at"]

VALUE = 0  # the row of an outcome that is to be as high as can be; behind it what is limited: spend and hours


@dataclass(frozen=True)
class Mix:
    """Volumes (channels,) with what they bring, cost and take (hours of reps)."""

    volumes: Array
    value: float
    spend: float
    hours: float


@dataclass(frozen=True)
class Room:
    """What may move: volumes of `channels` from `low` to `high`, under a budget and hours (inf: no end of them).

    `idle` is what the plan costs while these channels rest; a budget is for what comes on top.
    """

    plan: Plan
    metric: str
    tail: bool
    channels: tuple[str, ...]
    low: Array
    high: Array
    budget: float
    hours: float
    idle: float

    @classmethod
    def of(cls, plan: Plan, budget: float, metric: str, tail: bool) -> Room:
        """The room a plan leaves: its limits, its team's hours (a plan without reps has no end of them)."""
        limits = {limit.channel: limit for limit in plan.limits}
        free = [c for c in plan.channels if c.active and (_priced(plan, c) or _given_room(plan, c))]
        tops = [limits[c.key].most if c.key in limits else None for c in free]
        keys = tuple(c.key for c in free)
        resting = forecast(plan, {f"{key}.volume": 0.0 for key in keys} or None)
        there = float(resting.hours_available.sum()) if resting.payroll().any() else np.inf
        return cls(
            plan, metric, tail, keys,
            low=np.array([limits[c.key].least if c.key in limits else 0.0 for c in free]),
            high=np.array([TOUCHES.high if top is None else top for top in tops]),
            budget=budget, hours=there, idle=float(read(resting, "cost", tail=tail)),
        )  # fmt: skip

    @property
    def now(self) -> Array:
        """The plan's own volumes of the channels that may move."""
        volumes = {c.key: c.volume for c in self.plan.channels}
        return np.array([volumes[key] for key in self.channels])

    @property
    def caps(self) -> Array:
        """What spend and hours may come to, shape (2,)."""
        return np.array([self.budget, self.hours])

    @property
    def helpers(self) -> tuple[int, ...]:
        """Positions of channels on whose volume it depends what others bring: they assist, or feed a worn audience."""
        active = {c.key for c in self.plan.channels if c.active}
        worn = {c.key for c in self.plan.channels if c.audience is not None and any(s.tires for s in c.stages)}
        pairs = [(a.source, a.stage.split(".")[0]) for a in self.plan.assists if a.lift > 0]
        pairs += [(f.source.split(".")[0], f.channel) for f in self.plan.feeds if f.channel in worn and f.share > 0]
        found = {source for source, served in pairs if {source, served} <= active}
        return tuple(i for i, key in enumerate(self.channels) if key in found and self.low[i] < self.high[i])

    def outcome(self, volumes: Array) -> Array:
        """Value, spend and hours of volumes (…, channels): shape (3, …)."""
        moves = {f"{key}.volume": volumes[..., i] for i, key in enumerate(self.channels)}
        return self.read(forecast(self.plan, moves or None))

    def read(self, made: Forecast) -> Array:
        """Value, spend and hours of a forecast: shape (3, …)."""
        spend = read(made, "cost", tail=self.tail) - self.idle
        return np.stack(np.broadcast_arrays(read(made, self.metric, tail=self.tail), spend, read(made, "hours")))


def around(room: Room, at: Array, grid: Array) -> tuple[Array, Array]:
    """Outcome of `at` (3,), and of each channel along its grid (channels, points) with the others as they are.

    The second has shape (3, channels, points). One batched forecast.
    """
    mixes = np.tile(at, (*grid.shape, 1))
    every = np.arange(len(at))
    mixes[every, :, every] = grid
    found = room.outcome(np.concatenate([at[None], mixes.reshape(grid.size, len(at))])).reshape(3, -1)
    return found[:, 0], found[:, 1:].reshape(3, *grid.shape)


def slopes_at(room: Room, volumes: Array, step: Array) -> tuple[Array, Array]:
    """Outcome (3,) and its slopes for one more touch a month in each channel (3, channels)."""
    ends = np.stack([np.maximum(volumes - step, 0.0), volumes + step], axis=1)
    base, curves = around(room, volumes, ends)
    return base, np.asarray((curves[:, :, 1] - curves[:, :, 0]) / (ends[:, 1] - ends[:, 0]))


def prices_at(room: Room, mix: Mix) -> tuple[Array, Array]:
    """Slopes (3, channels) of value, spend and hours at a best mix; prices (2,) of a unit of budget and of an hour.

    A price is what one unit more would bring. Inside its bounds a channel's next touch is worth what it takes at these
    prices, at its least no more, at its most no less; of the prices that fit, the lowest.
    """
    from scipy.optimize import linprog

    size = np.maximum(mix.volumes, 1e-3 * mix.volumes.max(initial=1e3))
    _, slopes = slopes_at(room, mix.volumes, 1e-4 * size)
    value, *taken = slopes
    used, prices = np.array([mix.spend, mix.hours]), np.zeros(2)
    held = np.flatnonzero(np.isfinite(room.caps) & (used >= room.caps * (1 - 1e-6)))
    growing = [value > 0, *(row > 0 for row in taken)]
    if not len(held) or not all((growing[0] & growing[1 + i]).any() for i in held):
        return slopes, prices
    unit = np.array([np.min(value[growing[0] & growing[1 + i]] / taken[i][growing[0] & growing[1 + i]]) for i in held])
    each = np.stack([taken[i] for i in held]) * unit[:, None]
    norm = np.maximum(np.abs(value), np.abs(each).max(axis=0)).clip(1e-300)
    low, high = mix.volumes <= room.low + 1e-6 * size, mix.volumes >= room.high - 1e-6 * size
    rows, wanted, miss = (each / norm).T, value / norm, -np.eye(len(norm))
    solved = linprog(
        np.concatenate([np.full(len(held), 1e-9), np.ones(len(norm))]),
        A_ub=np.concatenate([np.hstack([-rows, miss])[~high], np.hstack([rows, miss])[~low]]),
        b_ub=np.concatenate([-wanted[~high], wanted[~low]]), method="highs",
    )  # fmt: skip
    prices[held] = np.asarray(solved.x)[: len(held)] * unit
    return slopes, prices


def _priced(plan: Plan, channel: Channel) -> bool:
    """Whether touches cost money or a rep's time. Those that do not are no matter of a budget."""
    root = next(f"{channel.key}.{s.key}" for s in channel.stages if s.of is None)
    paid = any(c.amount > 0 and c.per.startswith(f"{channel.key}.") for c in plan.costs)
    return paid or any(e.stage == root and e.minutes > 0 for e in plan.efforts)


def _given_room(plan: Plan, channel: Channel) -> bool:
    return any(limit.channel == channel.key and limit.most is not None for limit in plan.limits)
