"""How well landings would have held: each earlier month's landing against what has come since, and two naive ones.

Scores are weighted interval scores (Bracher, Ray, Gneiting and Reich, "Evaluating epidemic forecasts in an interval
format", PLOS Computational Biology 2021), split into the width of the ranges and what lies above or below them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from planner.actuals.actuals import Actuals, last_day
from planner.actuals.periods import interval_of
from planner.ask.evidence.land import land
from planner.calendar import month_keys
from planner.plan import Plan

__all__ = ["Hindsight", "Score", "hindsights", "score"]

DRAWS = 600


@dataclass(frozen=True)
class Score:
    """A weighted interval score in its parts; `over`: more was expected than came, `under`: less. Lower is better."""

    width: float
    over: float
    under: float

    @property
    def total(self) -> float:
        """The whole score, in the unit of the figure."""
        return self.width + self.over + self.under


def score(quantiles: Mapping[float, float], came: float) -> Score:
    """The score of a forecast given as quantiles: the median, and pairs that add up to 1."""
    width, median = 0.0, quantiles[0.5]
    over, under = 0.5 * max(median - came, 0.0), 0.5 * max(came - median, 0.0)
    pairs = [(p, low, quantiles[round(1.0 - p, 9)]) for p, low in quantiles.items() if p < 0.5]
    for p, low, high in pairs:
        width += p * (high - low)
        over += max(low - came, 0.0)
        under += max(came - high, 0.0)
    parts = len(pairs) + 0.5
    return Score(width / parts, over / parts, under / parts)


@dataclass(frozen=True)
class Hindsight:
    """What a landing on the day `as_of` would have said of deals by today, and what `came`.

    `last_rate` and `straight_line` are naive: the last month's deals go on, or the mean of all months so far.
    """

    as_of: dt.date
    low: float
    expected: float
    high: float
    came: float
    last_rate: float
    straight_line: float

    @property
    def covered(self) -> bool:
        """Whether what came lies in the 80 % range."""
        return self.low - 1e-9 <= self.came <= self.high + 1e-9

    @property
    def score(self) -> Score:
        """The score of the median and its range."""
        return score({0.1: self.low, 0.5: self.expected, 0.9: self.high}, self.came)


def hindsights(plan: Plan, actuals: Actuals, *, seed: int = 0) -> tuple[Hindsight, ...]:
    """The landings of all earlier month ends, from what was known then, against the deals that have come by now."""
    now = min(math.floor(float(actuals.ages(plan)[0]) + 1e-9), plan.months)
    so_far = land(plan, actuals, draws=2, seed=seed).figure("won").so_far
    rows = []
    for months, key in enumerate(month_keys(plan.start, max(now - 1, 0)), 1):
        known = _known_by(actuals, last_day(key))
        won = land(plan, known, draws=DRAWS, seed=seed).figure("won")
        last = so_far[months - 1] - (so_far[months - 2] if months > 1 else 0.0)
        rows.append(
            Hindsight(
                known.as_of,
                won.so_far_low[now - 1],
                won.so_far[now - 1],
                won.so_far_high[now - 1],
                so_far[now - 1],
                so_far[months - 1] + last * (now - months),
                so_far[months - 1] * now / months,
            )
        )
    return tuple(rows)


def _known_by(actuals: Actuals, day: dt.date) -> Actuals:
    """What was known on a day: facts whose whole period was over."""
    facts = tuple(fact for fact in actuals.facts if interval_of(fact.period).last <= day)
    return replace(actuals, as_of=day, facts=facts)
