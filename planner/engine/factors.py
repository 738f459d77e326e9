"""Arrivals of a batch as factors times months: what moves only scales a row, and is multiplied out when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

__all__ = ["Array", "ByMonth", "Flow", "Products", "Taken", "View", "apart", "counted"]

Array = np.ndarray[Any, np.dtype[np.float64]]
View = Literal["months", "plan", "tail", "all"]


class Flow(NamedTuple):
    """Arrivals = the product of factors · months. Months are (months + 1, …), the tail last."""

    factors: tuple[Array, ...]
    months: Array
    varies: bool  # the months themselves carry the batch's shape


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


class Products:
    """Products of factors, each worked out once, from the longest beginning of it that is at hand."""

    def __init__(self) -> None:
        self._at_hand: dict[tuple[int, ...], tuple[Sequence[Array], Array]] = {}  # with its factors, so that names stay

    def of(self, factors: Sequence[Array]) -> Array:
        """The product of one factor or more."""
        names = tuple(map(id, factors))
        if names in self._at_hand:
            return self._at_hand[names][1]
        lengths = (length for length in range(len(names) - 1, 1, -1) if names[:length] in self._at_hand)
        begun = next(lengths, 1)
        product = self._at_hand[names[:begun]][1] if begun > 1 else factors[0]
        for i, factor in enumerate(factors[begun:]):
            is_own = i > 0 and product.shape == factor.shape
            product = np.asarray(np.multiply(product, factor, out=product if is_own else None))
        self._at_hand[names] = factors, product
        return product


def apart(rows: Sequence[tuple[Array, ...]]) -> tuple[list[tuple[Array, ...]], tuple[Array, ...]]:
    """Factors of several rows without the last ones, which all of them share (the sales stages), and those.

    They multiply a sum once instead of every row.
    """
    if len(rows) == 1:
        return [rows[0]], ()
    shared = 0
    for last in zip(*map(reversed, rows), strict=False):
        if any(factor is not last[0] for factor in last):
            break
        shared += 1
    return [factors[: len(factors) - shared] for factors in rows], rows[0][len(rows[0]) - shared :]


def counted(months: Array, view: View) -> Array:
    """Months as a view counts them: (months, …) for "months", else their sum, or the tail."""
    if view == "months":
        return months[:-1]
    if view == "tail":
        return np.asarray(months[-1])
    return np.asarray((months[:-1] if view == "plan" else months).sum(axis=0))
