"""Sensitivity: each lever swung alone, each lever's share of the variance, and two levers against each other.

The rankings answer different questions: a tornado shows what one lever does while all others stand still, a share of
variance (Sobol index) also what it does together with them. In one chain every rate has the same elasticity, so the
order of a tornado is that of the ranges' widths; across channels it is width times the channel's part of the result.
Neither says what is worth measuring first: `planner.ask.information` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan

import numpy as np

from planner.ask.uncertainty.inputs import (
    COMMON,
    moves_of,
    normalised_shares,
    one_at_a_time,
    slice_size,
    sobol_normals,
    uncertain_inputs,
)
from planner.ask.uncertainty.ranges import typical_range
from planner.engine.batch import Array
from planner.errors import PlanError
from planner.measure.metrics import measure
from planner.plan import Plan
from planner.plan.levers import Lever, lever, ranges_in_force

__all__ = ["Grid", "Share", "Swing", "grid", "tornado", "variance_shares"]


@dataclass(frozen=True)
class Swing:
    """A metric with one lever at its `low` and at its `high`, all others at the plan's values, where it is `base`."""

    path: str
    low: float
    high: float
    at_low: float
    at_high: float
    base: float

    @property
    def width(self) -> float:
        """How far the metric moves between the two ends and the plan; nan where it is undefined at an end."""
        ends = (self.at_low, self.at_high, self.base)
        return nan if isnan(sum(ends)) else max(ends) - min(ends)


@dataclass(frozen=True)
class Share:
    """A driver's part of a metric's variance: its first-order and its total Sobol index.

    The driver is a lever with a range; the lever "correlation" stands for the factor that all rates share.
    """

    path: str
    first: float
    total: float


@dataclass(frozen=True)
class Grid:
    """A metric over two levers: `values` has shape (len(down_values), len(across_values))."""

    metric: str
    across: Lever
    down: Lever
    across_values: tuple[float, ...]
    down_values: tuple[float, ...]
    values: Array


def tornado(
    plan: Plan, metric: str, *, channel: str | None = None, tail: bool = False, levers: Sequence[str] | None = None
) -> tuple[Swing, ...]:
    """A swing for each lever with a range, from its 10th to its 90th percentile, the widest first; undefined ones last.

    Empty for a plan without ranges. One batched forecast.

    >>> from planner import starter, tornado
    >>> len(tornado(starter("email"), "won")) == len(starter("email").ranges)
    True
    """
    inputs = uncertain_inputs(plan, levers)
    base = float(measure(plan, metric, channel=channel, tail=tail))
    if not inputs:
        return ()
    ends = measure(plan, metric, one_at_a_time(plan, inputs), channel=channel, tail=tail)
    swings = [
        Swing(each.path, each.low, each.high, float(low), float(high), base)
        for each, (low, high) in zip(inputs, ends, strict=True)
    ]
    return tuple(sorted(swings, key=lambda swing: (isnan(width := swing.width), -width)))


def variance_shares(
    plan: Plan, metric: str, *, channel: str | None = None, tail: bool = False, levers: Sequence[str] | None = None,
    draws: int = 2048, seed: int = 0,
) -> tuple[Share, ...]:  # fmt: skip
    """First-order and total Sobol indices of the levers with a range, the largest total first; chance is left out.

    Where the plan correlates its rates, the variance goes to the independent drivers: the factor that all rates share
    (the lever "correlation") and what each has of its own. Estimators of Saltelli et al. (2010) for the first
    order and of Jansen (1999) for the total, on Sobol points, `draws` forecasts for each driver. Empty without ranges;
    nan where the metric is undefined in a draw, and 0 where it does not vary.

    >>> from planner import starter, variance_shares
    >>> shares = variance_shares(starter("email"), "won", draws=256)
    >>> shares[0].total == max(share.total for share in shares)
    True
    """
    inputs = uncertain_inputs(plan, levers)
    if not inputs:
        return ()
    drivers = [each.path for each in inputs]
    if plan.correlation and any(each.correlated for each in inputs):
        drivers = [COMMON, *drivers]
    sums = np.zeros((2, len(drivers)))
    results: list[Array] = []

    def evaluated(z: dict[str, Array]) -> Array:
        return measure(plan, metric, moves_of(plan, inputs, z), channel=channel, tail=tail)

    names = [*drivers, *(f"{path} again" for path in drivers)]
    for z in sobol_normals(names, draws, seed, slice_size(plan)):
        sample, other = ({path: z[path + suffix] for path in drivers} for suffix in ("", " again"))
        a, b = evaluated(sample), evaluated(other)
        for i, path in enumerate(drivers):
            mixed = evaluated({**sample, path: other[path]})
            sums[:, i] += np.sum((b - np.mean(a)) * (mixed - a)), np.sum((a - mixed) ** 2) / 2.0
        results += [a, b]
    variance = draws * float(np.var(np.concatenate(results)))
    first, total = np.clip(sums / variance, 0.0, None) if variance else sums
    shares = [Share(path, float(f), float(t)) for path, f, t in zip(drivers, first, total, strict=True)]
    return tuple(sorted(shares, key=lambda share: -share.total))


def grid(
    plan: Plan, metric: str, across: str, down: str, *, channel: str | None = None, tail: bool = False, steps: int = 10
) -> Grid:
    """A metric over two levers, each in so many even steps from about its low to about its high.

    The plan's own value is one of them, so the ends are within half a step of the lever's range, or of what is typical
    for it. Raises PlanError for a lever that cannot have a range and
    for the same lever twice.

    >>> from planner import grid, starter
    >>> grid(starter("email"), "won", "email.volume", "sales.won.rate", steps=4).values.shape
    (5, 5)
    """
    if across == down:
        raise PlanError(across, "stands on both axes; choose two levers")
    across_values, down_values = _axis(plan, across, steps), _axis(plan, down, steps)
    moves = normalised_shares(plan, {across: across_values[None, :], down: down_values[:, None]})
    values = measure(plan, metric, moves, channel=channel, tail=tail)
    ends = (tuple(across_values.tolist()), tuple(down_values.tolist()))
    return Grid(metric, lever(plan, across), lever(plan, down), *ends, values)


def _axis(plan: Plan, path: str, steps: int) -> Array:
    """Values of a lever in even steps, the plan's own among them, from about its low to about its high."""
    band = next((band for band in ranges_in_force(plan) if band.path == path), None) or typical_range(plan, path)
    if band is None:
        raise PlanError(path, "has no low and high; choose a rate, an amount, a delay or a ratio inside its bounds")
    ranged = lever(plan, path)
    step = (band.high - band.low) / steps
    below = round((ranged.value - band.low) / step)
    values = ranged.value + step * np.arange(-below, steps - below + 1)
    kind = ranged.kind
    return np.asarray(values[(values > kind.low) & (values <= kind.high)])
