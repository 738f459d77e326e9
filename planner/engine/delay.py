"""How arrivals spread over months: parent events fall evenly over their month, the delay is lognormal.

Mean-preserving: Σ d·p[d] is the mean delay exactly (the usual F(d+1) − F(d) is half a month early).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import ndtr

from planner.calendar import DAYS_A_MONTH
from planner.plan.scales import Z90

__all__ = ["arriving_between", "kernel", "matured", "shares", "spread"]

Array = np.ndarray[Any, np.dtype[np.float64]]
_ROUNDING = 1e-13  # of a second difference of G over sixty months


def _integral(x: Any, median_days: Any, p90_ratio: Any) -> Any:
    """G(x) = ∫₀ˣ F, x in months, elementwise; 0 for x ≤ 0. F is the lognormal's distribution function."""
    sigma = np.log(p90_ratio) / Z90
    mu = np.log(np.divide(median_days, DAYS_A_MONTH))
    inside = np.maximum(x, 1e-300)
    z = (np.log(inside) - mu) / sigma
    with np.errstate(over="ignore", invalid="ignore"):
        # far right of a very wide delay the second term is inf · 0, whose limit is 0
        mass = np.exp(mu + sigma**2 / 2) * ndtr(z - sigma)
    return np.where(np.asarray(x) > 0, inside * ndtr(z) - np.nan_to_num(mass, nan=0.0, posinf=0.0), 0.0)


def shares(median_days: Any, p90_ratio: Any, months: int) -> Array:
    """p[d], the share that arrives d months after its parent's month. Shape (months, …) for delays of shape (…).

    What is within rounding of nothing is 0: a delay that ends long after the plan brings no deal, not 10⁻³⁰ of one.
    """
    median_days, p90_ratio = np.broadcast_arrays(median_days, p90_ratio)
    edges = np.arange(months + 1.0).reshape(-1, *(1,) * median_days.ndim)
    grown = _integral(edges, median_days, p90_ratio)
    steps = np.diff(grown, axis=0)
    p = np.diff(steps, axis=0, prepend=np.zeros_like(steps[:1]))
    return np.where(p > _ROUNDING, p, 0.0)


@lru_cache(maxsize=1024)  # 30 kB each over 60 months
def kernel(median_days: float, p90_ratio: float, months: int) -> Array:
    """A (months + 1)² matrix: a row vector of months and tail, times it, is the arrivals' months and tail."""
    p = shares(median_days, p90_ratio, months)
    arriving = np.zeros((months + 1, months + 1))
    for month in range(months):
        arriving[month, month:months] = p[: months - month]
    arriving[:months, months] = np.maximum(1.0 - arriving[:months, :months].sum(axis=1), 0.0)
    arriving[months, months] = 1.0
    arriving.setflags(write=False)
    return arriving


def spread(parents: Array, p: Array) -> Array:
    """Arrivals of `parents` (months + 1, …; the last is the tail) whose delays differ: p has shape (months, …)."""
    months = len(p)
    out = np.zeros((months + 1, *np.broadcast_shapes(parents.shape[1:], p.shape[1:])))
    left = np.concatenate([np.ones_like(p[:1]), np.maximum(1.0 - np.cumsum(p, axis=0), 0.0)])
    for month in range(months):
        out[month:months] += parents[month] * p[: months - month]
        out[months] += parents[month] * left[months - month]
    out[months] += parents[months]
    return out


def matured(median_days: float, p90_ratio: float, age: Any) -> Array:
    """The share of a month's parents that has arrived by an as-of date `age` months after that month began."""
    age = np.asarray(age, dtype=float)
    length = np.minimum(1.0, np.maximum(age, 1e-12))
    grown = _integral(age, median_days, p90_ratio) - _integral(age - length, median_days, p90_ratio)
    return np.asarray(np.where(age > 0, grown / length, 0.0))


def arriving_between(edges: Array, median_days: Any, p90_ratio: Any) -> Array:
    """The share of the parents of each period that arrive in each period; `edges` (periods + 1,) in months.

    Shape (periods, periods, …) for delays of shape (…): parents first, arrivals second.
    """
    median_days, p90_ratio = np.broadcast_arrays(median_days, p90_ratio)
    wide = (..., *(None,) * median_days.ndim)
    since = edges[None, :] - edges[:, None]  # from the edge in the first axis to the one in the second
    grown = _integral(since[wide], median_days, p90_ratio)
    by_then = (grown[:-1] - grown[1:]) / np.diff(edges)[:, None][wide]  # of a period's parents, up to each edge
    return np.asarray(np.maximum(np.diff(by_then, axis=1), 0.0))
