"""Moves: levers made long, `{path: array}`, checked as the plan they would make."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

import numpy as np

from planner.errors import PlanError
from planner.plan import Plan
from planner.plan.kinds import RATE
from planner.plan.levers import kind_of_lever

__all__ = ["checked"]

Array = np.ndarray[Any, np.dtype[np.float64]]


def checked(plan: Plan, moves: Mapping[str, Any], rates: Container[str]) -> tuple[dict[str, Array], tuple[int, ...]]:
    """Moves as arrays of equally many dimensions, inside their kinds' bounds, and the batch's shape.

    `rates` holds the stage paths whose `rate` needs no looking up. Raises PlanError for an unknown path, for what is no
    number or out of bounds, and for shapes that make no one batch.
    """
    arrays = {path: _array(path, to) for path, to in moves.items()}
    shape = _batch(arrays)
    for path, to in arrays.items():
        stage, _, field = path.rpartition(".")
        kind = RATE if field == "rate" and stage in rates else kind_of_lever(plan, path)
        low, high = (np.minimum.reduce(to, None), np.maximum.reduce(to, None)) if to.size else (kind.high, kind.high)
        if not ((kind.low < low if kind.above else kind.low <= low) and high <= kind.high):
            raise PlanError(path, f"is moved to {high if low >= kind.low else low:g}; {kind.named} {kind.bounds}")
        if to.ndim < len(shape):
            arrays[path] = to.reshape((1,) * (len(shape) - to.ndim) + to.shape)
    return arrays, shape


def _array(path: str, to: Any) -> Array:
    try:
        return np.asarray(to, dtype=float)
    except (TypeError, ValueError):
        raise PlanError(path, "is moved to what is no number; give a number, or an array of numbers") from None


def _batch(arrays: Mapping[str, Array]) -> tuple[int, ...]:
    shape: tuple[int, ...] = ()
    unlike = {to.shape: path for path, to in arrays.items()}  # thousands of moves have few shapes
    for path, to in ((path, arrays[path]) for path in unlike.values()):
        try:
            shape = np.broadcast_shapes(shape, to.shape)
        except ValueError:
            what = f"is moved in the shape {to.shape}, the others in {shape}; give shapes that broadcast to one batch"
            raise PlanError(path, what) from None
    return shape
