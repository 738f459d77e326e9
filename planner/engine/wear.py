"""What changes a rate from month to month: an audience that wears out, touches elsewhere that assist, the season."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

import numpy as np

__all__ = ["COVERAGES", "LIST_FIELDS", "Coverage", "lifted", "seasonal", "wear"]

Coverage = Literal["random", "in_order"]
COVERAGES: tuple[Coverage, ...] = get_args(Coverage)
LIST_FIELDS = ("audience", "touches_per_contact", "fresh")  # what a list's size follows from
Array = np.ndarray[Any, np.dtype[np.float64]]
YEAR = 12


def wear(
    touches: Array, audience: Any, touches_per_contact: Any = 1.0, fresh: Any = 0.0,
    coverage: Coverage = "random",
) -> Array:  # fmt: skip
    """What a finite audience leaves of the rate, (months + 1, …) like `touches`; the tail goes at the last month's.

    `fresh` contacts join a month. Months count all of their touches alike, at the mean of the month.
    """
    monthly = touches[:-1]
    if coverage == "random" and not np.any(fresh):
        left = _at_random(monthly, np.multiply(audience, touches_per_contact))
    else:
        months = np.arange(float(len(monthly))).reshape(-1, *(1,) * (monthly.ndim - 1))
        capacity = (audience + fresh * months) * touches_per_contact
        left = _in_order(monthly, capacity) if coverage == "in_order" else _at_random_growing(monthly, capacity)
    return np.concatenate([left, left[-1:]])


def _at_random(monthly: Array, capacity: Any) -> Array:
    """Random coverage of a finite list: the n-th touch reaches a share exp(−n / capacity) of people not yet reached."""
    x = monthly / capacity
    before = (np.cumsum(monthly, axis=0) - monthly) / capacity
    return np.asarray(np.exp(-before) * _within_month(x))


def _at_random_growing(monthly: Array, capacity: Array) -> Array:
    """Random coverage of a list that people join: `untouched` is what is left of it, (months, …)."""
    monthly, capacity = np.broadcast_arrays(monthly, capacity)
    untouched = np.empty(monthly.shape)
    untouched[0] = capacity[0]
    for month in range(1, len(monthly)):
        kept = untouched[month - 1] * np.exp(-monthly[month - 1] / capacity[month - 1])
        untouched[month] = kept + capacity[month] - capacity[month - 1]
    return np.asarray(untouched / capacity * _within_month(monthly / capacity))


def _within_month(x: Array) -> Array:
    """The mean of exp(−u) over u from 0 to x; 1 at x = 0."""
    return np.divide(-np.expm1(-x), x, out=np.ones_like(x), where=x > 0)


def _in_order(monthly: Array, capacity: Array) -> Array:
    """A list worked through in order wears nothing until it is used up; touches beyond it reach nobody."""
    if np.all(np.cumsum(monthly, axis=0) < capacity):
        return np.ones_like(monthly)
    monthly, capacity = np.broadcast_arrays(monthly, capacity)
    left, used = np.empty(monthly.shape), np.zeros(monthly.shape[1:])
    for month, (sent, room) in enumerate(zip(monthly, capacity, strict=True)):
        reached = np.minimum(room - used, sent)
        left[month] = np.divide(reached, sent, out=np.where(used < room, 1.0, 0.0), where=sent > 0)
        used = np.minimum(used + sent, room)
    return left


def lifted(touches: Array, lift: Any, scale: Any) -> Array:
    """What an assist multiplies the rate by, shape (months + 1, …); the tail goes at the last month's."""
    factor = 1.0 - lift * np.expm1(-touches[:-1] / scale)
    return np.concatenate([factor, factor[-1:]])


def seasonal(by_month: Sequence[Any] | Array) -> Array:
    """Multipliers on a rate, (months + 1, …); the tail goes at the mean of the last twelve months."""
    months = np.asarray(by_month, dtype=float)
    return np.concatenate([months, months[-YEAR:].mean(axis=0, keepdims=True)])
