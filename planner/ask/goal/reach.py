"""How far a lever goes inside its kind's bounds; or all volumes together, by a factor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.engine.batch import Array
from planner.errors import PlanError
from planner.plan import Plan, kinds, merged
from planner.plan.kinds import Kind
from planner.plan.levers import lever, pull

__all__ = ["VOLUMES", "Reach", "reach", "scale_volumes"]

VOLUMES = "volumes"  # all volumes together, as a factor
PER_DECADE = 12  # points of a first look


@dataclass(frozen=True)
class Reach:
    """How far a lever goes: from `low` to `high`, the bounds of its kind. It stands at `now`.

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

    def where(self, plan: Plan) -> float:
        """Where the lever stands in a plan that came of moving it."""
        if self.path != VOLUMES:
            return lever(plan, self.path).value
        key, before = next(iter(self.volumes.items()))
        return lever(plan, f"{key}.volume").value / before

    def points(self) -> Array:
        """Places along the whole span: evenly on a log scale from its ends, and where the lever stands."""
        least = 1e-6 if self.high - self.low <= 1 else 1e-3
        widest = max(self.high - self.low, least)
        steps = np.geomspace(least, widest, int(PER_DECADE * np.log10(widest / least)) + 2)
        open_low = self.kind.above and self.low == self.kind.low
        places = [np.array([self.now, self.high] if open_low else [self.now, self.high, self.low])]
        places.append(steps if self.low < 0 else self.low + steps)
        if self.kind.link == "logit":
            places += [self.high - steps, np.linspace(self.low, self.high, 34)[1:-1]]
        if self.low < 0:
            places += [-steps, np.zeros(1)]
        spread = np.unique(np.clip(np.concatenate(places), self.low, self.high))
        return np.asarray(spread[spread > self.low] if open_low else spread)


def scale_volumes(plan: Plan, factor: float) -> Plan:
    """The plan with the volumes of all active channels that are not locked times `factor`, or at their bound."""
    for key, volume in _loose(plan).items():
        plan = pull(plan, f"{key}.volume", min(volume * factor, kinds.TOUCHES.high))
    return plan


def reach(plan: Plan, path: str) -> Reach:
    """How far the lever at `path`, or "volumes", can be moved; PlanError for an unknown path."""
    if path == VOLUMES:
        loose = {key: volume for key, volume in _loose(plan).items() if volume > 0}
        if not loose:
            what = "cannot be moved: no active channel has a volume that is not locked; give one a volume, or unlock it"
            raise PlanError(VOLUMES, what)
        top = min([kinds.FACTOR.high, *(kinds.TOUCHES.high / volume for volume in loose.values())])
        return Reach(plan, path, kinds.FACTOR, 1.0, 0.0, max(top, 1.0), loose)
    moved = lever(plan, path)
    high = moved.kind.high
    head, _, field = path.partition(".")
    if field.endswith(".rate"):
        high -= _taken(plan, head, field.removesuffix(".rate"))
    return Reach(plan, path, moved.kind, moved.value, moved.kind.low, max(high, moved.value), {})


def _loose(plan: Plan) -> dict[str, float]:
    locked = {limit.channel for limit in plan.limits if limit.most == limit.least}
    return {c.key: c.volume for c in plan.channels if c.active and c.key not in locked}


def _taken(plan: Plan, head: str, key: str) -> float:
    """What exclusive siblings of a stage already share out of what its main sibling leaves, in the tree where most."""
    trees = [merged(c.stages, plan.sales) for c in plan.channels if c.key == head]
    if head == "sales":
        unchanged = [c for c in plan.channels if all(stage.key != key for stage in c.stages)]
        trees = [plan.sales, *(merged(c.stages, plan.sales) for c in unchanged)]
    taken = [0.0]
    for tree in trees:
        for stage in tree:
            if stage.key == key and stage.exclusive:
                taken.append(sum(s.rate for s in tree if s.exclusive and s.of == stage.of and s.key != key))
    return max(taken)
