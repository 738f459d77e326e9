"""Flows of a batch summed over rows: factors that rows share multiply the sum once instead of every row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np

from planner.engine.factors import Array, Flow, Product, apart
from planner.engine.moves import Moves

__all__ = ["by_month", "summed"]


def summed(moves: Moves, factors: Sequence[Product | None], amounts: Sequence[float | Array]) -> Array:
    """Rows summed, each its factors times an amount, (…)."""
    products, shared = apart(factors) if len(factors) > 1 else (factors, ())
    total: Any = None
    for product, amount in zip(products, amounts, strict=True):
        row = amount if product is None else product.value * amount
        total = row if total is None else total + row
    for factor in shared:
        total = total * factor
    return np.array(total) if np.ndim(total) else np.full((1,) * len(moves.shape), total)


def by_month(moves: Moves, flows: Sequence[Flow]) -> Array:
    """Flows summed over rows, by month: (months, …)."""
    products, shared = apart([flow.factors for flow in flows]) if len(flows) > 1 else ([flows[0].factors], [])
    steady = [i for i, flow in enumerate(flows) if not flow.varies]
    varying = [i for i, flow in enumerate(flows) if flow.varies]
    total: Any = None
    for i in varying if len(steady) > 1 else range(len(flows)):
        product, months = products[i], moves.wide(flows[i].months[:-1])
        row = months if product is None else product.value * months
        total = row if total is None else total + row
    if len(steady) > 1:
        own_factors = [] if varying else shared
        rows = _steady_rows(moves, [flows[i] for i in steady], [products[i] for i in steady], own_factors)
        if total is None:
            return rows
        total = total + rows
    return np.asarray(total * reduce(np.multiply, shared) if shared else total)


def _steady_rows(
    moves: Moves, flows: Sequence[Flow], products: Sequence[Product | None], shared: Sequence[Array]
) -> Array:
    """Rows whose months are alike for the whole batch: all rows by all months in one product, (months, …)."""
    ones = np.ones((1,) * len(moves.shape))
    factors = [ones if product is None else product.value for product in products]
    scales = np.stack(np.broadcast_arrays(*factors, *shared)[: len(factors)])
    for factor in shared:
        scales *= factor
    return np.tensordot(np.stack([flow.months[:-1] for flow in flows]), scales, axes=(0, 0))
