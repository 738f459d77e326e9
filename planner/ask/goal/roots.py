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


@dataclass(frozen=True)
class _Brackets:
    """Pairs of places, (brackets,) each, between which the gap changes sign, or where `at_limit` the room does."""

    low: Array
    high: Array
    at_limit: Any


@dataclass(frozen=True)
class _Height:
    """What is 0 at a crossing: the gap, as a share of `size`, or where a limit is asked for the room to it."""

    curve: Curve
    size: float

    def __call__(self, to: Array, at_limit: Any) -> Array:
        """The heights at these places."""
        samples = self.curve.at(np.atleast_1d(to))
        return np.asarray(np.where(at_limit, samples.spare, samples.gap / self.size)).reshape(np.shape(to))


def crossings(curve: Curve, samples: Samples) -> Crossings:
    """Every crossing that the samples bracket, and the places that meet the target exactly as they stand."""
    resting = _resting(samples, curve.span.now)
    brackets = _brackets(samples)
    if not brackets.low.size:
        none = samples.only(np.array([], dtype=int))
        return Crossings(resting, none, none)
    from scipy.optimize.elementwise import find_root

    height = _Height(curve, max(abs(curve.target), 1e-3 * float(np.nanmedian(np.abs(samples.gap))), 1e-300))
    narrow = _narrowed(brackets, height)
    solved = find_root(
        height, (narrow.low, narrow.high), args=(narrow.at_limit,), tolerances={"fatol": SETTLED}, maxiter=STEPS
    )
    places = curve.at(np.asarray(solved.x))
    below, above = (curve.at(np.asarray(end)) for end in solved.bracket)
    met = np.abs(solved.f_x) <= EXACT
    root, jump = met & ~narrow.at_limit, ~met & ~narrow.at_limit
    edge, leap_at_limit = met & narrow.at_limit, ~met & narrow.at_limit
    return Crossings(
        roots=joined(places.only(root), resting),
        jumps=joined(below.only(jump), above.only(jump)),
        edges=joined(places.only(edge), below.only(leap_at_limit).kept, above.only(leap_at_limit).kept),
    )


def _brackets(samples: Samples) -> _Brackets:
    """The neighbouring samples between which the gap changes sign, then those between which the room does."""
    at_target, at_limit = _changes(samples.gap), _changes(samples.spare)
    first = np.concatenate([at_target, at_limit])
    return _Brackets(samples.to[first], samples.to[first + 1], np.arange(first.size) >= at_target.size)


def _changes(values: Array) -> Any:
    """Positions behind which values change sign."""
    with np.errstate(invalid="ignore"):
        change = np.sign(values[:-1]) * np.sign(values[1:]) < 0
    return np.flatnonzero(change & np.isfinite(values[:-1]) & np.isfinite(values[1:]))


def _narrowed(brackets: _Brackets, height: _Height) -> _Brackets:
    """Narrower brackets: every change of sign on an even grid inside each bracket."""
    grid = np.linspace(brackets.low, brackets.high, POINTS, axis=1)
    heights = height(grid.ravel(), np.repeat(brackets.at_limit, POINTS)).reshape(grid.shape)
    as_left = np.sign(heights) == np.sign(heights[:, :1])
    rows, columns = np.nonzero(as_left[:, :-1] != as_left[:, 1:])
    return _Brackets(grid[rows, columns], grid[rows, columns + 1], brackets.at_limit[rows])


def _resting(samples: Samples, now: float) -> Samples:
    """Of each run of places that meet the target exactly, the one nearest to where the lever stands."""
    hits = np.flatnonzero(samples.gap == 0)
    runs = np.split(hits, np.flatnonzero(np.diff(hits) > 1) + 1) if hits.size else []
    return samples.only(np.array([run[np.abs(samples.to[run] - now).argmin()] for run in runs], dtype=int))
