"""Moves: levers made long, `{path: array}`, checked as the plan they would make."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

import numpy as np

from planner.errors import PlanError
from planner.kinds import RATE
from planner.levers import kind_of_lever
from planner.plan import Plan

__all__ = ["checked"]

Array = np.ndarray[Any, np.dtype[np.float64]]


def checked(plan: Plan, moves: Mapping[str, Any], rates: Container[str]) -> tuple[dict[str, Array], tuple[int, ...]]:
    """Moves as arrays of equally many dimensions, inside their kinds' bounds, and the batch's shape.

    `rates` holds the stage paths whose `rate` needs no looking up. Raises PlanError for an unknown path or a value out
    of bounds.
    """
    arrays = {path: np.asarray(to, dtype=float) for path, to in moves.items()}
    shape = np.broadcast_shapes(*(a.shape for a in arrays.values()))
    for path, to in arrays.items():
        stage, _, field = path.rpartition(".")
        kind = RATE if field == "rate" and stage in rates else kind_of_lever(plan, path)
        low, high = (np.minimum.reduce(to, None), np.maximum.reduce(to, None)) if to.size else (kind.high, kind.high)
        if not ((kind.low < low if kind.above else kind.low <= low) and high <= kind.high):
            raise PlanError(path, f"is moved to {high if low >= kind.low else low:g}; {kind.named} {kind.bounds}")
        arrays[path] = to.reshape((1,) * (len(shape) - to.ndim) + to.shape)
    for prefix, stages in (*((c.key, c.stages) for c in plan.channels), ("sales", plan.sales)):
        rivals = {f"{prefix}.{s.key}.rate": s for s in stages if s.exclusive}
        for parent in {s.of for path, s in rivals.items() if path in arrays}:
            total = sum(arrays.get(path, s.rate) for path, s in rivals.items() if s.of == parent)
            if np.max(total, initial=0.0) > 1 + 1e-9:
                first = next(path for path, s in rivals.items() if s.of == parent)
                raise PlanError(first, f"and its exclusive siblings are moved to {np.max(total):g} together; at most 1")
    return arrays, shape
