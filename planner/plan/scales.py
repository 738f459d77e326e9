"""Link scales, on which a kind of number runs over all numbers. Rates: logit; amounts: log; ratios: log(x − 1)."""

from __future__ import annotations

from typing import Any

import numpy as np

from planner.plan.kinds import Kind

__all__ = ["Z90", "link", "unlink"]

Z90 = 1.2815515655446004


def link(kind: Kind, value: Any) -> Any:
    """`value` on the kind's link scale, elementwise; −inf and +inf at the bounds."""
    with np.errstate(divide="ignore"):
        if kind.link == "logit":
            return np.log(value) - np.log1p(-np.asarray(value))
        return np.log(np.subtract(value, 1.0) if kind.link == "log-1" else value)


def unlink(kind: Kind, linked: Any) -> Any:
    """The inverse of `link`, elementwise."""
    if kind.link == "logit":
        with np.errstate(over="ignore"):
            return 1.0 / (1.0 + np.exp(-np.asarray(linked)))
    return np.exp(linked) + (1.0 if kind.link == "log-1" else 0.0)
