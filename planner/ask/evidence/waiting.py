"""How long things take, by dated events: those still open are censored, not left out and not counted as never.

Kaplan and Meier's estimate of the share that has arrived by each age needs no shape; it stands beside the lognormal
that is fitted, so that one sees whether the shape holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.actuals.actuals import Actuals
from planner.ask.evidence.posterior import Events
from planner.engine.batch import Array

__all__ = ["ENOUGH", "Arrived", "arrived", "events_of"]

ENOUGH = 10  # complete events of a stage: with fewer the plan's delay stands


@dataclass(frozen=True)
class Arrived:
    """The share of all units that has arrived `days` after it began, a step at each of them; (days,) both."""

    days: Array
    shares: Array

    def until(self, share: float) -> float:
        """Days until so large a share of all has arrived; inf where it never was seen to."""
        reached = np.flatnonzero(self.shares >= share - 1e-12)
        return float(self.days[reached[0]]) if len(reached) else float("inf")


def arrived(events: Events) -> Arrived:
    """Kaplan and Meier's share arrived by age, open units censored at their age."""
    from scipy.stats import CensoredData, ecdf

    lags = events.lags[~np.isnan(events.lags)]
    if not len(lags):
        return Arrived(np.zeros(0), np.zeros(0))
    open_ages = events.ages[np.isnan(events.lags)]
    survival = ecdf(CensoredData(uncensored=lags, right=open_ages)).sf
    steps = np.isin(survival.quantiles, lags)
    return Arrived(np.asarray(survival.quantiles[steps]), np.asarray(1.0 - survival.probabilities[steps]))


def events_of(actuals: Actuals) -> Mapping[str, Events]:
    """By stage path the dated events of the source that has most of them, where enough are complete."""
    out: dict[str, Events] = {}
    for timing in sorted(actuals.timings, key=lambda timing: len(timing.began)):
        lags = np.array(timing.lags, dtype=float)
        if np.count_nonzero(lags >= 0) >= ENOUGH:
            ages = timing.as_of.toordinal() - np.array(timing.began, dtype=float)
            out[timing.path] = Events(ages, np.where(lags >= 0, lags, np.nan))
    return out
