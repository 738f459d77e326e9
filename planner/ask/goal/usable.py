"""Round places for an answer: steps that people type, which still do what the exact answer does."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.ask.goal.curve import Curve
from planner.ask.goal.reach import VOLUMES, Reach
from planner.ask.limits import SLACK
from planner.engine import forecast
from planner.engine.batch import Array
from planner.plan import Plan
from planner.plan.levers import pull

__all__ = ["Place", "usable"]

DIGITS = (3, 4, 5)  # significant figures, the coarsest first


@dataclass(frozen=True)
class Place:
    """A plan that answers, and where the lever stands in it (for all volumes together: about where, as a factor)."""

    at: float
    plan: Plan


@dataclass(frozen=True)
class _Step:
    """One way of rounding: to so many figures, up or down."""

    digits: int
    up: bool

    def round(self, value: float, whole: bool) -> float:
        """The value rounded; `whole` keeps fractions of a touch out."""
        if value == 0:
            return 0.0
        size = 10.0 ** (math.floor(math.log10(abs(value))) - self.digits + 1)
        size = max(size, 1.0) if whole else size
        steps = value / size
        near = round(steps)
        if abs(steps - near) > 1e-9 * max(1.0, abs(steps)):
            near = math.ceil(steps) if self.up else math.floor(steps)
        return float(f"{near * size:.12g}")


def usable(curve: Curve, exact: float, serves: Callable[[Plan, float], bool]) -> Place:
    """The coarsest rounding of `exact` that keeps the limits and `serves`, given its plan and its gap to the target.

    The exact place where none does. All volumes together are rounded channel by channel.
    """
    span = curve.span
    steps = [_Step(digits, up) for digits in DIGITS for up in (exact >= span.now, exact < span.now)]
    tried = {path: _rounded(span, steps, to, whole) for path, to, whole in _levers(span, exact)}
    batch = forecast(span.plan, tried)
    gaps = np.broadcast_to(curve.value(batch, np.full(len(steps), exact)) - curve.target, len(steps))
    spare = np.broadcast_to(curve.limits.spare(batch), len(steps))
    for i in range(len(steps)):
        if spare[i] >= -SLACK and np.isfinite(gaps[i]):
            plan = _pulled(span.plan, tried, i)
            if serves(plan, float(gaps[i])):
                return Place(exact if span.path == VOLUMES else float(tried[span.path][i]), plan)
    return Place(exact, span.pulled(exact))


def _rounded(span: Reach, steps: list[_Step], exact: float, whole: bool) -> Array:
    """A lever's value rounded in each way, inside the bounds of its kind."""
    to = np.array([step.round(exact, whole) for step in steps])
    if span.path == VOLUMES:
        return to
    inside = (to > span.low if span.kind.above else to >= span.low) & (to <= span.high)
    return np.asarray(np.where(inside, to, exact))


def _levers(span: Reach, exact: float) -> list[tuple[str, float, bool]]:
    """The levers that move, where to, and whether they count whole things."""
    if span.path != VOLUMES:
        return [(span.path, exact, span.kind.written == "count")]
    return [(f"{key}.volume", volume * exact, True) for key, volume in span.volumes.items()]


def _pulled(plan: Plan, tried: dict[str, Array], i: int) -> Plan:
    for path, to in tried.items():
        plan = pull(plan, path, float(to[i]))
    return plan
