"""Flows of a batch summed over rows: factors that rows share multiply the sum once instead of every row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

import numpy as np

from planner.engine.factors import Array, Flow, Products, apart
from planner.engine.moves import Moves

__all__ = ["Totals", "added"]


class Totals:
    """Sums over rows of a batch."""

    def __init__(self, moves: Moves, products: Products) -> None:
        self._moves, self._products = moves, products

    def laid_out(self, rows: Sequence[tuple[Array, ...]]) -> Array:
        """The products of several rows' factors, (rows, …)."""
        products = [self._products.of(row) if row else self._one for row in rows]
        are_alike = len({product.shape for product in products}) == 1
        return np.array(products if are_alike else np.broadcast_arrays(*products))

    def scaled(self, scales: Array, amounts: Sequence[float], shared: Sequence[Array]) -> Array:
        """Rows laid out summed, each times an amount, and all of it times the `shared` factors, (…)."""
        total: Array = np.dot(amounts, scales.reshape(len(amounts), -1)).reshape(scales.shape[1:])
        for factor in shared:
            total = total * factor
        return np.asarray(total)

    def summed(self, factors: Sequence[tuple[Array, ...]], amounts: Sequence[float | Array]) -> Array:
        """Rows summed, each its factors times an amount, which may be of the batch's shape, (…)."""
        rows, shared = apart(factors)
        pairs = zip(rows, amounts, strict=True)
        total: Any = reduce(np.add, [self._products.of(row) * amount if row else amount for row, amount in pairs])
        for factor in shared:
            total = total * factor
        return np.asarray(total) if np.ndim(total) else np.full(self._one.shape, total)

    @property
    def _one(self) -> Array:
        """1 for the whole batch."""
        return np.ones((1,) * len(self._moves.shape))

    def by_month(self, flows: Sequence[Flow]) -> Array:
        """Flows summed over rows, by month: (months, …)."""
        rows, shared = apart([flow.factors for flow in flows])
        steady = [i for i, flow in enumerate(flows) if not flow.varies]
        varying = [i for i, flow in enumerate(flows) if flow.varies]
        total: Any = None
        for i in varying if len(steady) > 1 else range(len(flows)):
            months = self._moves.wide(flows[i].months[:-1])
            row = self._products.of(rows[i]) * months if rows[i] else months
            total = row if total is None else total + row
        if len(steady) > 1:
            own_factors = () if varying else shared
            scaled = self._steady([flows[i] for i in steady], [rows[i] for i in steady], own_factors)
            if total is None:
                return scaled
            total = total + scaled
        return np.asarray(total * reduce(np.multiply, shared) if shared else total)

    def _steady(self, flows: Sequence[Flow], rows: Sequence[tuple[Array, ...]], shared: Sequence[Array]) -> Array:
        """Rows whose months are alike for the whole batch: all rows by all months in one product, (months, …)."""
        factors = [self._products.of(row) if row else self._one for row in rows]
        scales = np.stack(np.broadcast_arrays(*factors, *shared)[: len(factors)])
        for factor in shared:
            scales *= factor
        return np.tensordot(np.stack([flow.months[:-1] for flow in flows]), scales, axes=(0, 0))


def added(to: Array, parts: Iterable[Array]) -> Array:
    """Parts added up on top of `to`, which it may write to: first those without a batch, which are small."""
    total = to
    for part in sorted(parts, key=lambda part: part.size):
        if part.shape == total.shape:
            total += part
        else:
            total = total + part
    return total
