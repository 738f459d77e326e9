"""How far a lever goes inside its kind's bounds and the plan's limits; or all volumes together, by a factor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.engine.batch import Array
from planner.errors import PlanError
from planner.plan import Plan, kinds, merged
from planner.plan.kinds import Kind
from planner.plan.levers import lever, pull

__all__ = ["VOLUMES", "Reach", "reach", "scale_volumes"]

VOLUMES = "volumes"  # all volumes together, as a factor
A_DECADE = 12  # points of a first look


@dataclass(frozen=True)
class Reach:
    """How far a lever goes: from `low` to `high`, inside its kind's bounds and the plan's limits. It stands at `now`.

    `path` is a lever or "volumes", the factor on the volumes of all active channels that are not locked.
    """

    plan: Plan
    path: str
    kind: Kind
    now: float
    low: float
    high: float
    volumes: Mapping[str, float]

    def moves(self, to: Array) -> dict[str, Array]:
        """The moves that bring the lever to each of `to`."""
        if self.path != VOLUMES:
            return {self.path: to}
        return {f"{key}.volume": volume * to for key, volume in self.volumes.items()}

    def pulled(self, to: float) -> Plan:
        """The plan with the lever at `to`."""
        return pull(self.plan, self.path, to) if self.path != VOLUMES else scale_volumes(self.plan, to)

    def points(self) -> Array:
        """A first look at the whole span: evenly on a log scale from its ends, and where the lever stands."""
        least = 1e-6 if self.high - self.low <= 1 else 1e-3
        widest = max(self.high - self.low, least)
        steps = np.geomspace(least, widest, int(A_DECADE * np.log10(widest / least)) + 2)
        ends = [self.now, self.high, *([] if self.kind.above and self.low == self.kind.low else [self.low])]
        found: list[Any] = [ends, steps if self.low < 0 else self.low + steps]
        if self.kind.link == "logit":
            found += [self.high - steps, np.linspace(self.low, self.high, 34)[1:-1]]
        if self.low < 0:
            found += [-steps, [0.0]]
        spread = np.unique(np.clip(np.concatenate(found), self.low, self.high))
        return np.asarray(spread[spread > self.low] if self.kind.above and self.low == self.kind.low else spread)


def scale_volumes(plan: Plan, factor: float) -> Plan:
    """The plan with the volumes of all active channels that are not locked multiplied by `factor`."""
    for key, volume in _loose(plan).items():
        plan = pull(plan, f"{key}.volume", volume * factor)
    return plan


def reach(plan: Plan, path: str) -> Reach:
    """How far the lever at `path`, or "volumes", can be moved; PlanError for an unknown path."""
    limits = {limit.channel: limit for limit in plan.limits}
    if path == VOLUMES:
        loose = {key: volume for key, volume in _loose(plan).items() if volume > 0}
        if not loose:
            raise PlanError(VOLUMES, "has no active channel with a volume to move: give one a volume, or unlock it")
        held = [(limits[key], volume) for key, volume in loose.items() if key in limits]
        low = max([0.0, *(limit.least / volume for limit, volume in held)])
        tops = [limit.most / volume for limit, volume in held if limit.most is not None]
        high = min([kinds.FACTOR.high, *tops, *(kinds.TOUCHES.high / volume for volume in loose.values())])
        return Reach(plan, path, kinds.FACTOR, 1.0, min(low, 1.0), max(high, 1.0), loose)
    found = lever(plan, path)
    low, high = found.kind.low, found.kind.high
    head, _, field = path.partition(".")
    if field == "volume" and head in limits:
        limit = limits[head]
        low, high = max(low, limit.least), high if limit.most is None else limit.most
    if field.endswith(".rate"):
        high -= _taken(plan, head, field.removesuffix(".rate"))
    return Reach(plan, path, found.kind, found.value, min(low, found.value), max(high, found.value), {})


def _loose(plan: Plan) -> dict[str, float]:
    locked = {limit.channel for limit in plan.limits if limit.most == limit.least}
    return {c.key: c.volume for c in plan.channels if c.active and c.key not in locked}


def _taken(plan: Plan, head: str, stage: str) -> float:
    """What exclusive siblings of a stage already share out of what its main sibling leaves."""
    own = {c.key: merged(c.stages, plan.sales) for c in plan.channels}
    stages = own.get(head, plan.sales)
    here = next(s for s in stages if s.key == stage)
    return sum(s.rate for s in stages if here.exclusive and s.exclusive and s.of == here.of and s is not here)
