"""Linear programmes, solved or plainly not: one door to HiGHS (Huangfu and Hall 2018), which can give up on numbers.

Badly scaled programmes end without an answer under one algorithm and with one under another. So each is tried in turn,
and a caller is told which of three things holds: an optimum, no end to it, or no answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from planner.engine.batch import Array

__all__ = ["Optimum", "minimum"]

OPTIMAL, INFEASIBLE, UNBOUNDED = 0, 2, 3  # as scipy says it; 1 and 4 mean that the solver gave up
WAYS: tuple[tuple[Literal["highs", "highs-ds", "highs-ipm"], bool], ...] = (
    ("highs", True), ("highs-ds", False), ("highs-ipm", False),
)  # fmt: skip


@dataclass(frozen=True)
class Optimum:
    """The least of a linear programme: `x` (variables,), and by upper bound (rows,) the price of one unit more of it.

    `x` is None where no mix keeps all bounds, where there is no end (`unbounded`), or where no algorithm got there.
    """

    x: Array | None
    prices: Array
    unbounded: bool = False


def minimum(cost: Array, **bounds: Any) -> Optimum:
    """The least cost within `bounds`, which are those of `scipy.optimize.linprog`."""
    from scipy.optimize import linprog

    rows = len(bounds.get("b_ub", ()))
    for method, presolve in WAYS:
        solved = linprog(cost, method=method, options={"presolve": presolve}, **bounds)
        if solved.status == OPTIMAL and solved.x is not None:
            prices = -np.asarray(solved.ineqlin.marginals) if rows else np.zeros(0)
            return Optimum(np.asarray(solved.x), np.maximum(prices, 0.0))
        if solved.status in (INFEASIBLE, UNBOUNDED):
            return Optimum(None, np.zeros(rows), solved.status == UNBOUNDED)
    return Optimum(None, np.zeros(rows))
