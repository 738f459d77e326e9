"""What is known of a plan under way: how far its clock has run, and which arrivals have been reported.

A forecast of a plan with known rows is what happened as far as it is known, and what the plan expects of that for the
rest. With nothing known and the clock at the plan's end it is the plan's own forecast.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from planner.engine.delay import kernel, matured
from planner.plan import Delay, Plan, replace

__all__ = ["Clock", "Known", "Place", "arriving", "matured_share"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Place = tuple[str, str]  # channel and stage; stage "" is touches


@dataclass(frozen=True)
class Clock:
    """How far a plan of so many `months` has run: `passed` months, the last perhaps in part."""

    months: int
    passed: float

    @property
    def begun(self) -> int:
        """How many months have begun."""
        return min(math.ceil(self.passed), self.months)

    @property
    def elapsed(self) -> Array:
        """How much of each month has passed, from 0 to 1; shape (months,)."""
        return np.clip(self.passed - np.arange(float(self.months)), 0.0, 1.0)

    def kernel(self, delay: Delay) -> Array:
        """As `delay.kernel`, (months + 1)²: what has not arrived when the clock stops is in the last column."""
        whole = np.eye(self.months + 1)
        begun = self.begun
        whole[:begun, :begun] = arriving(delay, self.passed, begun)
        whole[:begun, self.months] = np.maximum(1.0 - whole[:begun, :begun].sum(axis=1), 0.0)
        return whole


@dataclass(frozen=True)
class Known:
    """`passed` months of a plan with what was reported of them: arrivals by channel and stage, (months begun,) each."""

    passed: float
    counts: Mapping[Place, Array] = field(default_factory=dict)

    def in_play(self, plan: Plan) -> Plan:
        """The plan with reporting channels switched on, without touches of their own where they were off."""
        reporting = {channel for channel, _ in self.counts}
        return replace(
            plan,
            channels=tuple(
                replace(c, active=True, volume=0.0) if c.key in reporting and not c.active else c for c in plan.channels
            ),
        )


@lru_cache(maxsize=1024)
def arriving(delay: Delay | None, passed: float, months: int) -> Array:
    """A (months)² matrix: parents by month, times it, are the arrivals by month when `passed` months have passed."""
    if delay is None or math.isinf(passed):
        return np.eye(months)
    if passed == months:
        return kernel(delay.median_days, delay.p90_ratio, months)[:-1, :-1]
    begun = np.arange(float(months))
    come = matured(delay.median_days, delay.p90_ratio, np.append(begun, passed) - begun[:, None])
    return np.asarray(np.maximum(np.diff(come, axis=1), 0.0))


@lru_cache(maxsize=1024)
def matured_share(delay: Delay | None, passed: float, months: int) -> Array:
    """The share of each month's parents whose delay has run out, shape (months,)."""
    return np.asarray(arriving(delay, passed, months).sum(axis=1))
