"""Arrivals of a batch as factors times months: what moves only scales a row, and is multiplied out when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

__all__ = ["Array", "ByMonth", "Flow", "Product", "Taken", "View", "apart", "counted"]

Array = np.ndarray[Any, np.dtype[np.float64]]
View = Literal["months", "plan", "tail", "all"]


class Product:
    """A product of arrays of the batch's shape that grew factor by factor; what its beginning comes to is shared."""

    __slots__ = ("_value", "before", "last")

    def __init__(self, before: Product | None, last: Array) -> None:
        self.before, self.last = before, last
        self._value: Array | None = last if before is None else None

    @property
    def value(self) -> Array:
        """The product, worked out once."""
        if self._value is None:
            assert self.before is not None
            self._value = self.before.value * self.last
        return self._value


class Flow(NamedTuple):
    """Arrivals = factors · months; no factors: 1. Months are (months + 1, …), the tail last."""

    factors: Product | None
    months: Array
    varies: bool  # the months themselves carry the batch's shape

    def times(self, factors: Sequence[Array]) -> Product | None:
        """The flow's factors with these behind them."""
        product = self.factors
        for factor in factors:
            product = Product(product, factor)
        return product


class Taken(NamedTuple):
    """What a row takes of its parent: factors of the batch's shape, and `months` where not the still plan's."""

    factors: tuple[Array, ...] = ()
    months: Array | None = None

    @property
    def is_still(self) -> bool:
        """Whether no move changes it."""
        return not self.factors and self.months is None


class ByMonth(NamedTuple):
    """Touches or multipliers by month, the tail last: (months + 1,), or where they vary (months + 1, …)."""

    months: Array
    varies: bool


def apart(products: Sequence[Product | None]) -> tuple[list[Product | None], list[Array]]:
    """Products of several rows without the last factors that all of them share (the sales stages), and those factors.

    They multiply a sum once instead of every row.
    """
    rows, shared = list(products), list[Array]()
    while (first := rows[0]) is not None and all(row is not None and row.last is first.last for row in rows):
        shared.append(first.last)
        rows = [row.before if row else None for row in rows]
    return rows, shared


def counted(months: Array, view: View) -> Array:
    """Months as a view counts them: (months, …) for "months", else their sum, or the tail."""
    if view == "months":
        return months[:-1]
    if view == "tail":
        return np.asarray(months[-1])
    return np.asarray((months[:-1] if view == "plan" else months).sum(axis=0))
