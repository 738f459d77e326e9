"""Moves: levers made long, `{path: array}`, checked as the plan they would make."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from planner.errors import PlanError
from planner.plan import Plan
from planner.plan.kinds import RATE, Kind
from planner.plan.levers import kind_of_lever

__all__ = ["Moves", "checked"]

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Moves:
    """Levers by path, arrays of equally many dimensions that broadcast to `shape`, the batch's; () without any."""

    levers: dict[str, Array] = field(default_factory=dict)
    shape: tuple[int, ...] = ()

    def value(self, path: str, of: Any) -> Any:
        """The number at a path: the plan's, or the moves' in the batch's shape."""
        return self.levers.get(path, of)

    def wide(self, months: Array) -> Array:
        """Months without a batch (months,) made to multiply with one, (months, 1, …); others as they are."""
        return months.reshape(len(months), *(1,) * len(self.shape)) if months.ndim == 1 else months


def checked(plan: Plan, moves: Mapping[str, Any], rates: Container[str]) -> Moves:
    """Moves as arrays inside their kinds' bounds.

    `rates` holds the stage paths whose `rate` needs no looking up. Raises PlanError for an unknown path, for what is no
    number or out of bounds, and for shapes that make no one batch.
    """
    arrays = {path: _array(path, to) for path, to in moves.items()}
    shape = _batch(arrays)
    for path, to in arrays.items():
        stage, _, name = path.rpartition(".")
        kind = RATE if name == "rate" and stage in rates else kind_of_lever(plan, path)
        if not _inside(to, kind):
            low, high = to.min(), to.max()
            raise PlanError(path, f"is moved to {high if low >= kind.low else low:g}; {kind.named} {kind.bounds}")
        if to.ndim < len(shape):
            arrays[path] = to.reshape((1,) * (len(shape) - to.ndim) + to.shape)
    return Moves(arrays, shape)


def _inside(to: Array, kind: Kind) -> bool:
    """Whether all lie within the kind's bounds.

    Mostly one pass tells: read as unsigned integers, floats from 0 up keep their order, and those below 0 and nan are
    larger than any of them.
    """
    if not to.size:
        return True
    bits = to.view(np.uint64)
    if not kind.above and kind.low <= 0.0 and bits.item(bits.argmax()) <= _as_integer(kind.high):
        return True
    low, high = np.minimum.reduce(to, None), np.maximum.reduce(to, None)
    return bool((kind.low < low if kind.above else kind.low <= low) and high <= kind.high)


@cache
def _as_integer(number: float) -> int:
    """A float's bits, read as an unsigned integer."""
    return int(np.float64(number).view(np.uint64))


def _array(path: str, to: Any) -> Array:
    try:
        return np.asarray(to, dtype=float)
    except (TypeError, ValueError):
        raise PlanError(path, "is moved to what is no number; give a number, or an array of numbers") from None


def _batch(arrays: Mapping[str, Array]) -> tuple[int, ...]:
    shape: tuple[int, ...] = ()
    path_of_shape = {to.shape: path for path, to in arrays.items()}  # thousands of moves have few shapes
    for to, path in path_of_shape.items():
        try:
            shape = np.broadcast_shapes(shape, to)
        except ValueError:
            what = f"is moved in the shape {to}, the others in {shape}; give shapes that broadcast to one batch"
            raise PlanError(path, what) from None
    return shape
