"""What chance alone does to counts: bands of a binomial count, and the band that a whole family of counts stays in.

With some twenty counts, each in its own 80 % band, some count is always out; so a count is called off plan only outside
the band of the whole family (Šidák 1967). A band of a count never holds exactly what it should, since counts are whole;
the family's level allows for what its bands really hold (as Westfall and Wolfinger 1997 do), else it would call nearly
everything on plan while counts are small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import bdtrik, betainc

from planner.engine.batch import Array

__all__ = ["BAND", "Trial", "band", "family_level"]

BAND = 0.8  # of the times chance alone leaves a count, or the whole family of counts, inside its band
_STEPS = 24  # halvings of the level's distance: to a ten-millionth


@dataclass(frozen=True)
class Trial:
    """A count that chance decides: `expected` out of `parents`, which need not be whole."""

    parents: float
    expected: float

    @property
    def by_chance(self) -> bool:
        """Whether there is any chance in it: not all, and not none, are expected."""
        return 1e-6 < self.expected < self.parents * (1 - 1e-9)


def band(trial: Trial, part: float) -> tuple[float, float]:
    """The middle `part` of what chance makes of the trial (binomial), both ends inside it."""
    if not trial.by_chance:
        return trial.expected, trial.expected
    low, high = _bands(np.array([trial.parents]), np.array([trial.expected]), part)
    return float(low[0]), float(high[0])


def family_level(trials: Sequence[Trial]) -> float:
    """The part of each count's chance that its band must hold, so that all counts stay inside theirs 8 of 10 times.

    At least `BAND`, which it is for a single count.
    """
    by_chance = [trial for trial in trials if trial.by_chance]
    if len(by_chance) < 2:
        return BAND
    parents, expected = (np.array([getattr(t, name) for t in by_chance]) for name in ("parents", "expected"))
    narrow, wide = BAND, BAND ** (1 / len(by_chance))
    if _all_inside(parents, expected, narrow) >= BAND:
        return narrow
    for _ in range(_STEPS):
        middle = 1 - np.sqrt((1 - narrow) * (1 - wide))
        if _all_inside(parents, expected, middle) >= BAND:
            wide = middle
        else:
            narrow = middle
    return float(wide)


def _bands(parents: Array, expected: Array, part: float) -> tuple[Array, Array]:
    share = expected / parents
    low, high = (np.ceil(bdtrik(q, parents, share)) for q in ((1 - part) / 2, (1 + part) / 2))
    return np.minimum(np.maximum(low, 0.0), parents), np.minimum(high, parents)


def _all_inside(parents: Array, expected: Array, part: float) -> float:
    """How likely it is that every count lies inside its band."""
    low, high = _bands(parents, expected, part)
    share = expected / parents
    below = np.where(low >= 1, _up_to(low - 1, parents, share), 0.0)
    return float(np.prod(_up_to(high, parents, share) - below))


def _up_to(count: Array, parents: Array, share: Array) -> Array:
    """The chance of at most so many."""
    some = np.minimum(count, np.nextafter(parents, 0.0))
    return np.where(count >= parents, 1.0, betainc(np.maximum(parents - some, 1e-300), some + 1.0, 1.0 - share))
