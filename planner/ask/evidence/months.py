"""A month is not a draw: by how much months vary beyond chance (ω), estimated from counts by period and past misses.

ω is the coefficient of variation of a factor that all units of a month share: a campaign, a holiday, a colleague away.
ln ω is normal about ln 0.25 with sd 0.5 before any data; counts are negative binomial with size 1/ω², and count for
(B − 1)/B of what B periods say, because their sum was fitted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, xlogy

from planner.engine.batch import Array

__all__ = ["FACTORS", "Misses", "factor_chances", "shared_factor"]

USUAL, DOUBT = 0.25, 0.5  # ω before any data, and the sd of its logarithm
FEWEST = 3.0  # periods with less expected tell nothing of ω
FACTORS = USUAL * np.exp(DOUBT * np.linspace(-3.0, 3.0, 25))


@dataclass(frozen=True)
class Misses:
    """Past landings of one metric: what they `expected` of the rest, and what `came`; (landings,) each."""

    expected: Array
    came: Array


def factor_chances(counts: Array, fitted: Array, misses: Misses | None = None) -> Array:
    """The posterior chances of `FACTORS`, given counts by period, what a fit expects of them, and past misses."""
    scale = float(counts.sum()) / float(fitted.sum()) if fitted.sum() > 0 else 0.0
    fits = fitted * scale
    telling = fits >= FEWEST
    blocks = int(telling.sum())
    log = -0.5 * (np.log(FACTORS / USUAL) / DOUBT) ** 2
    if blocks > 1:
        log = log + (blocks - 1) / blocks * _log_likelihood(counts[telling], fits[telling])
    if misses is not None:
        log = log + _log_likelihood(misses.came, misses.expected)
    chances = np.exp(log - log.max())
    return np.asarray(chances / chances.sum())


def shared_factor(counts: Array, fitted: Array) -> float:
    """ω, its posterior mean."""
    return float(factor_chances(counts, fitted) @ FACTORS)


def _log_likelihood(counts: Array, fits: Array) -> Array:
    """Negative binomial with these means and size 1/ω², over `FACTORS`."""
    size = 1.0 / FACTORS[:, None] ** 2
    log = gammaln(counts + size) - gammaln(size) - gammaln(counts + 1.0)
    log = log + size * np.log(size / (size + fits)) + xlogy(counts, fits / (size + fits))
    return np.asarray(log.sum(axis=-1))
