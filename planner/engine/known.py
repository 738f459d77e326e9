"""What is known of a plan under way: how far its clock has run, and which arrivals have been reported.

A forecast of a plan with known rows is what happened as far as it is known, and what the plan expects of that for the
rest. With nothing known and the clock at the plan's end it is the plan's own forecast. The clock may stop on the day of
the reports, or run on to the plan's end: with the touches that are planned from then on, or with none, so that only
what is under way arrives.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Literal

import numpy as np

from planner.engine.delay import arriving_between, kernel, matured
from planner.plan import Delay, Plan, replace

__all__ = ["Clock", "Known", "Place", "Rest", "arriving", "matured_share"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Place = tuple[str, str]  # channel and stage; stage "" is touches
Rest = Literal["none", "under_way", "planned"]  # what the rest of the plan brings: see `Known`


@dataclass(frozen=True)
class Clock:
    """How far a plan of so many `months` has run: `passed` months, the last perhaps in part; does it run on from there?

    Time falls into periods: the plan's months, of which that under way is two where the clock runs on.
    """

    months: int
    passed: float
    runs_on: bool = False

    @property
    def begun(self) -> int:
        """How many months have begun."""
        return min(math.ceil(self.passed), self.months)

    @property
    def elapsed(self) -> Array:
        """How much of each month counts, from 0 to 1; shape (months,)."""
        passed = float(self.months) if self.runs_on else self.passed
        return np.clip(passed - np.arange(float(self.months)), 0.0, 1.0)

    @cached_property
    def edges(self) -> Array:
        """Where periods begin and end, in months; shape (periods + 1,)."""
        edges = np.arange(self.months + 1.0)
        return np.unique(np.append(edges, self.passed)) if self.splits else edges

    @property
    def splits(self) -> bool:
        """Whether the month under way is two periods."""
        return self.runs_on and self.passed != self.begun

    @cached_property
    def month_of(self) -> Any:
        """The month of each period, the tail last; shape (periods + 1,)."""
        return np.append(np.floor(self.edges[:-1]).astype(int), self.months)

    def by_month(self, values: Array) -> Array:
        """Sums over periods (…, periods + 1) made sums over months (…, months + 1)."""
        if not self.splits:
            return values
        return np.asarray(np.add.reduceat(values, np.searchsorted(self.month_of, np.arange(self.months + 1)), axis=-1))

    def kernel(self, delay: Delay) -> Array:
        """As `delay.kernel`, by period, (periods + 1)²: what has not arrived when the clock stops is in the tail."""
        if self.runs_on and not self.splits:
            return kernel(delay.median_days, delay.p90_ratio, self.months)
        within = arriving(delay, self.passed, self.begun)
        if self.splits:
            within = arriving_between(self.edges, delay.median_days, delay.p90_ratio)
        periods, begun = len(self.edges) - 1, len(within)
        whole = np.eye(periods + 1)
        whole[:begun, :begun] = within
        whole[:begun, periods] = np.maximum(1.0 - within.sum(axis=1), 0.0)
        return whole


@dataclass(frozen=True)
class Known:
    """`passed` months of a plan with what was reported of them: arrivals by channel and stage, (months begun,) each.

    `rest` is what comes after them: nothing, for the clock stops ("none"); what is under way then, as if no more was
    touched ("under_way"); that and what is "planned". What is under way at a stage that is reported comes of those who
    have not arrived yet: fewer, where more arrived than was expected.
    """

    passed: float
    counts: Mapping[Place, Array] = field(default_factory=dict)
    rest: Rest = "none"

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
