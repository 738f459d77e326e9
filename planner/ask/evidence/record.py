"""How well landings held: those kept, and those of earlier months, against what has come since and two naive ones.

Scores are weighted interval scores (Bracher, Ray, Gneiting and Reich, "Evaluating epidemic forecasts in an interval
format", PLOS Computational Biology 2021), split into the width of the ranges and what lies above or below them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np

from planner.actuals.actuals import MONEY_NAMES, Actuals, last_day
from planner.actuals.periods import interval_of
from planner.ask.evidence.land import LANDED, Landing, LandingFigure, land
from planner.ask.evidence.months import Misses
from planner.calendar import month_keys, months_between
from planner.engine.batch import Array
from planner.keep.landings import KeptFigure, KeptLanding
from planner.measure.metrics import METRICS
from planner.plan import Plan

__all__ = ["Hindsight", "Score", "hindsights", "keeping", "landed", "misses", "record", "score"]

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
    """What a landing on the day `as_of` said of a metric by the last whole month, and what `came`.

    `last_rate` and `straight_line` are naive: the last month goes on, or the mean of all months so far.
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
    now = _whole_months(plan, actuals)
    so_far = land(plan, actuals, draws=2, seed=seed).figure("won").so_far
    rows = []
    for months, key in enumerate(month_keys(plan.start, max(now - 1, 0)), 1):
        earlier = _known_by(actuals, last_day(key))
        won = land(plan, earlier, draws=DRAWS, seed=seed).figure("won")
        last = so_far[months - 1] - (so_far[months - 2] if months > 1 else 0.0)
        rows.append(
            Hindsight(
                earlier.as_of,
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


# -- landings kept ----------------------------------------------------------------------------------------------------


def keeping(landing: Landing) -> KeptLanding | None:
    """A landing as it is kept, to six digits; None before the plan has begun and after it has ended."""
    if not 0.0 < landing.passed < landing.plan.months:
        return None
    figures = (
        KeptFigure(f.metric, _short(f.happened), *(tuple(map(_short, row)) for row in _rows(f)))
        for f in landing.figures
    )
    return KeptLanding(landing.as_of, landing.plan.start, landing.passed, tuple(figures))


def record(plan: Plan, actuals: Actuals, kept: Sequence[KeptLanding], metric: str = "won") -> tuple[Hindsight, ...]:
    """Kept landings of a metric against what came by the last whole month, those since which a month has passed.

    Months are counted from the start that the plan had when the landing was kept.
    """
    rows = []
    for landing in kept:
        figure, then = landing.figure(metric), replace(plan, start=landing.start)
        came, month = _came(then, actuals, metric), _whole_months(then, actuals)
        if figure is None or came is None or not landing.passed < month <= len(figure.so_far):
            continue
        last, mean = _naive(landing, figure)
        ahead, month_before = month - landing.passed, month - 1
        naive = (figure.happened + last * ahead, figure.happened + mean * ahead)
        rows.append(
            Hindsight(
                landing.as_of,
                figure.low[month_before],
                figure.so_far[month_before],
                figure.high[month_before],
                float(came[month_before]),
                *naive,
            )
        )
    return tuple(rows)


def misses(plan: Plan, actuals: Actuals, kept: Sequence[KeptLanding]) -> dict[str, Misses]:
    """By metric what kept landings expected of the time up to the next one, and what came then; each month once.

    Counts only: their luck can be told apart from what a landing missed.
    """
    out = {}
    for metric in (key for key in LANDED if METRICS[key].unit == "count"):
        pairs = _stretches(plan, actuals, kept, metric)
        if pairs:
            out[metric] = Misses(np.array([expected for expected, _ in pairs]), np.array([came for _, came in pairs]))
    return out


def landed(plan: Plan, actuals: Actuals, kept: Sequence[KeptLanding] = (), *, draws: int = 2000) -> Landing:
    """Where the plan lands, its range widened by what kept landings missed beyond luck."""
    return land(plan, actuals, draws=draws, misses=misses(plan, actuals, kept))


def _stretches(plan: Plan, actuals: Actuals, kept: Sequence[KeptLanding], metric: str) -> list[tuple[float, float]]:
    """What was expected, and what came, from the first landing kept in a month to the last whole month before the next
    such landing, or to now: of landings kept every week the others would tell of days, where a month's luck is asked.
    """
    pairs = []
    first = _first_of_months(kept)
    for landing, following in zip_longest(first, first[1:]):
        figure, then = landing.figure(metric), replace(plan, start=landing.start)
        came, until = _came(then, actuals, metric), _whole_months(then, actuals)
        if figure is None or came is None:
            continue
        if following:
            until = min(until, months_between(landing.start, following.start) + math.floor(following.passed))
        until = min(until, len(figure.so_far))
        if landing.passed < until:
            expected = figure.so_far[until - 1] - figure.happened
            if expected > 0.0:
                pairs.append((expected, max(float(came[until - 1]) - figure.happened, 0.0)))
    return pairs


def _first_of_months(kept: Sequence[KeptLanding]) -> list[KeptLanding]:
    """The landings of which none was kept earlier in the same month."""
    months = [
        months_between(kept[0].start, landing.start) + math.floor(landing.passed + 1e-9) for landing in kept
    ]  # counted from the first one's start
    return [landing for landing, month, before in zip(kept, months, [None, *months], strict=False) if month != before]


def _whole_months(plan: Plan, actuals: Actuals) -> int:
    """How many whole months of the plan are over."""
    return min(math.floor(float(actuals.ages(plan)[0]) + 1e-9), plan.months)


def _came(plan: Plan, actuals: Actuals, metric: str) -> Array | None:
    """What is reported of a metric up to the end of each month, (months,); None where nothing is."""
    money = metric in MONEY_NAMES
    by_month = actuals.money(metric, plan) if money else actuals.count(f"sales.{METRICS[metric].stage}", plan)
    return None if np.isnan(by_month).all() else np.nancumsum(by_month)


def _naive(landing: KeptLanding, figure: KeptFigure) -> tuple[float, float]:
    """What came in the last whole month before the landing, and on average a month (for want of one, both this)."""
    mean, whole = figure.happened / landing.passed, math.floor(landing.passed + 1e-9)
    before = figure.so_far[whole - 2] if whole > 1 else 0.0
    return (figure.so_far[whole - 1] - before if whole else mean), mean


def _rows(figure: LandingFigure) -> tuple[tuple[float, ...], ...]:
    return figure.so_far, figure.so_far_low, figure.so_far_high


def _short(number: float) -> float:
    return float(f"{number:.6g}")
