"""What changes a rate from month to month: an audience that wears out, and touches elsewhere that assist."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["lifted", "wear"]

Array = np.ndarray[Any, np.dtype[np.float64]]


def wear(touches: Array, capacity: Any) -> Array:
    """What a finite audience leaves of the rate, (months + 1, …) like `touches`; the tail goes at the last month's.

    Random coverage of a finite list: the n-th touch reaches a share exp(−n / capacity) of fresh people.
    """
    monthly = touches[:-1]
    x = monthly / capacity
    before = (np.cumsum(monthly, axis=0) - monthly) / capacity
    fresh = np.divide(-np.expm1(-x), x, out=np.ones_like(x), where=x > 0)
    left = np.exp(-before) * fresh
    return np.concatenate([left, left[-1:]])


def lifted(touches: Array, lift: Any, scale: Any) -> Array:
    """What an assist multiplies the rate by, shape (months + 1, …); the tail goes at the last month's."""
    factor = 1.0 - lift * np.expm1(-touches[:-1] / scale)
    return np.concatenate([factor, factor[-1:]])
