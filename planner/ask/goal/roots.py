"""Where a curve meets its target, where it jumps across it, and where limits begin to bind.

Each change of sign between two samples is a bracket. All brackets are sampled closer in one batch, then closed in on
together by Chandrupatla's method (`scipy.optimize.elementwise.find_root`), one small batch of forecasts a step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.ask.goal.curve import Curve, Samples, joined
from planner.engine.batch import Array

__all__ = ["EXACT", "Crossings", "crossings"]

EXACT = 1e-9  # of the target
SETTLED = 1e-13  # of the target, and of a limit: no closer than that
POINTS = 257  # a bracket
STEPS = 100  # of closing in; a jump at 0 would take a thousand


@dataclass(frozen=True)
class Crossings:
    """`roots` meet the target. At `jumps` the metric leaps across it: both sides of each. At `edges` a limit binds."""

    roots: Samples
    jumps: Samples
    edges: Samples


def crossings(curve: Curve, samples: Samples) -> Crossings:
    """Every crossing that the samples bracket, and the places that meet the target exactly as they stand."""
    size = max(abs(curve.target), 1e-3 * float(np.nanmedian(np.abs(samples.gap))), 1e-300)

    def height(to: Array, at_limit: Any) -> Array:
        """The gap as a share of the target, or where a limit is asked for the room."""
        closer = curve.at(np.atleast_1d(to))
        return np.asarray(np.where(at_limit, closer.spare, closer.gap / size)).reshape(np.shape(to))

    on_target = _changes(samples.gap)
    targets, first = on_target.size, np.concatenate([on_target, _changes(samples.spare)])
    resting = _resting(samples, curve.span.now)
    none = samples.only(first[:0])
    if not first.size:
        return Crossings(resting, none, none)
    from scipy.optimize.elementwise import find_root

    low, high, at_limit = _closer(height, samples.to[first], samples.to[first + 1], np.arange(first.size) >= targets)
    solved = find_root(height, (low, high), args=(at_limit,), tolerances={"fatol": SETTLED}, maxiter=STEPS)
    met = np.abs(solved.f_x) <= EXACT
    places, ends = curve.at(np.asarray(solved.x)), [curve.at(np.asarray(end)) for end in solved.bracket]
    leaps = ~met & ~at_limit
    stops = joined(places.only(met & at_limit), *(end.only(~met & at_limit).kept for end in ends))
    roots = joined(places.only(met & ~at_limit), resting)
    return Crossings(roots, joined(*(end.only(leaps) for end in ends)), stops)


def _changes(values: Array) -> Any:
    """Positions behind which values change sign."""
    with np.errstate(invalid="ignore"):
        change = np.sign(values[:-1]) * np.sign(values[1:]) < 0
    return np.flatnonzero(change & np.isfinite(values[:-1]) & np.isfinite(values[1:]))


def _closer(height: Any, low: Array, high: Array, at_limit: Any) -> tuple[Array, Array, Any]:
    """Narrower brackets: every change of sign on an even grid inside each bracket."""
    grid = np.linspace(low, high, POINTS, axis=1)
    heights = height(grid.ravel(), np.repeat(at_limit, POINTS)).reshape(grid.shape)
    as_left = np.sign(heights) == np.sign(heights[:, :1])
    rows, columns = np.nonzero(as_left[:, :-1] != as_left[:, 1:])
    return grid[rows, columns], grid[rows, columns + 1], at_limit[rows]


def _resting(samples: Samples, now: float) -> Samples:
    """Of each run of places that meet the target exactly, the one nearest to where the lever stands."""
    hits = np.flatnonzero(samples.gap == 0)
    runs = np.split(hits, np.flatnonzero(np.diff(hits) > 1) + 1) if hits.size else []
    return samples.only(np.array([run[np.abs(samples.to[run] - now).argmin()] for run in runs], dtype=int))
