"""What matters? Each lever swung alone, each lever's share of the variance, and two levers against each other.

The rankings answer different questions: a tornado shows what one lever does while all others stand still, a share of
variance also what it does together with them. In one chain every rate has the same elasticity, so the order of a
tornado is that of the ranges' widths; across channels it is width times the channel's part of the result. Neither says
what is worth measuring first: `learning` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan

import numpy as np

from planner.ask.uncertainty.draws import COMMON, beliefs, fitted, moves_of, normals, one_at_a_time, slice_of
from planner.ask.uncertainty.simulation import typical_range
from planner.engine.batch import Array
from planner.errors import PlanError
from planner.measure.metrics import measure
from planner.plan import Plan
from planner.plan.levers import Lever, lever
from planner.plan.paths import get, locate

__all__ = ["Grid", "Share", "Swing", "grid", "tornado", "variance_shares"]


@dataclass(frozen=True)
class Swing:
    """A metric with one lever at its `low` and at its `high`, all others at the plan's values, where it is `base`."""

    path: str
    label: str
    low: float
    high: float
    at_low: float
    at_high: float
    base: float

    @property
    def width(self) -> float:
        """How far the metric moves between the two ends and the plan; nan where it is undefined at an end."""
        met = (self.at_low, self.at_high, self.base)
        return nan if isnan(sum(met)) else max(met) - min(met)


@dataclass(frozen=True)
class Share:
    """A driver's part of a metric's variance: `first` on its own, `total` with all it does together with others."""

    path: str
    label: str
    first: float
    total: float


@dataclass(frozen=True)
class Grid:
    """A metric over two levers: `values` has shape (len(down_at), len(across_at))."""

    metric: str
    across: Lever
    down: Lever
    across_at: tuple[float, ...]
    down_at: tuple[float, ...]
    values: Array


def tornado(
    plan: Plan, metric: str, *, channel: str | None = None, tail: bool = False, levers: Sequence[str] | None = None
) -> tuple[Swing, ...]:
    """A swing for each lever with a range, from its 10th to its 90th percentile, the widest first; undefined ones last.

    Empty for a plan without ranges. One batched forecast.
    """
    believed = beliefs(plan, levers)
    base = float(measure(plan, metric, channel=channel, tail=tail))
    if not believed:
        return ()
    ends = measure(plan, metric, one_at_a_time(plan, believed), channel=channel, tail=tail)
    swings = [
        Swing(b.path, b.label, b.low, b.high, float(low), float(high), base)
        for b, (low, high) in zip(believed, ends, strict=True)
    ]
    return tuple(sorted(swings, key=lambda swing: (isnan(width := swing.width), -width)))


def variance_shares(
    plan: Plan, metric: str, *, channel: str | None = None, tail: bool = False, levers: Sequence[str] | None = None,
    draws: int = 2048, seed: int = 0,
) -> tuple[Share, ...]:  # fmt: skip
    """First-order and total Sobol indices of the levers with a range, the largest total first; luck is left out.

    Where the plan correlates response rates, the variance is shared out to the independent drivers: what all rates have
    in common (path "correlation") and what each has of its own. Estimators of Saltelli (first) and Jansen (total) on
    Sobol points, `draws` forecasts for each driver. Empty without ranges; nan where the metric is undefined in a draw,
    and 0 where it does not vary.
    """
    believed = beliefs(plan, levers)
    names = [b.path for b in believed]
    if plan.correlation and any(b.shared for b in believed):
        names.insert(0, COMMON)
    if not believed:
        return ()
    sums = np.zeros((2, len(names)))
    spread: list[Array] = []

    def found(z: dict[str, Array]) -> Array:
        return measure(plan, metric, moves_of(plan, believed, z), channel=channel, tail=tail)

    for z in normals([*names, *(f"{name} again" for name in names)], draws, seed, slice_of(plan)):
        one, other = ({name: z[name + again] for name in names} for again in ("", " again"))
        a, b = found(one), found(other)
        for i, name in enumerate(names):
            mixed = found({**one, name: other[name]})
            sums[:, i] += np.sum((b - np.mean(a)) * (mixed - a)), np.sum((a - mixed) ** 2) / 2.0
        spread += [a, b]
    variance = draws * float(np.var(np.concatenate(spread)))
    first, total = np.clip(sums / variance, 0.0, None) if variance else sums
    labels = {COMMON: "what all response rates have in common", **{b.path: b.label for b in believed}}
    shares = [Share(n, labels[n], float(f), float(t)) for n, f, t in zip(names, first, total, strict=True)]
    return tuple(sorted(shares, key=lambda share: -share.total))


def grid(
    plan: Plan, metric: str, across: str, down: str, *, channel: str | None = None, tail: bool = False, steps: int = 5
) -> Grid:
    """A metric over two levers from low to high, `steps` below the plan's own values and as many above.

    The ends are the lever's range, or what is typical for it. Raises PlanError for a lever that cannot have a range and
    for the same lever twice.
    """
    if across == down:
        raise PlanError(across, "stands on both axes; choose two levers")
    across_at, down_at = _axis(plan, across, steps), _axis(plan, down, steps)
    moves = fitted(plan, {across: across_at[None, :], down: down_at[:, None]})
    values = measure(plan, metric, moves, channel=channel, tail=tail)
    return Grid(
        metric, lever(plan, across), lever(plan, down), tuple(across_at.tolist()), tuple(down_at.tolist()), values
    )


def _axis(plan: Plan, path: str, steps: int) -> Array:
    held = next((held for held in plan.ranges if held.path == path), None) or typical_range(plan, path)
    if held is None:
        raise PlanError(path, "has no low and high; choose a rate, an amount, a delay or a ratio inside its bounds")
    value = float(get(plan, locate(plan, path)))
    lower, upper = np.linspace(held.low, value, steps + 1), np.linspace(value, held.high, steps + 1)
    return np.unique(np.concatenate([lower, upper]))
