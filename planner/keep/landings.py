"""Landings kept: what was expected of a plan on a day, to be held against what came later. Frozen values."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace

from planner.errors import PlanError
from planner.plan.metrics import METRICS

__all__ = ["KeptFigure", "KeptLanding"]


@dataclass(frozen=True)
class KeptFigure:
    """A metric up to the end of each month of the plan, with its 80 % range, past months as they happened; (months,).

    `happened` is what had come by the day of the landing.
    """

    metric: str
    happened: float
    so_far: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]

    def __post_init__(self) -> None:
        if self.metric not in METRICS:
            raise PlanError("landings", f"has a metric “{self.metric[:40]}” that is not known: remove that landing")
        if not len(self.so_far) == len(self.low) == len(self.high):
            raise PlanError("landings", "has ranges of other lengths than its figures: remove that landing")
        if not all(map(math.isfinite, (self.happened, *self.so_far, *self.low, *self.high))):
            raise PlanError("landings", "has a figure that is no number: remove that landing")

    def times(self, rate: float) -> KeptFigure:
        """The figure with every amount multiplied by `rate`."""
        rows = (tuple(amount * rate for amount in row) for row in (self.so_far, self.low, self.high))
        return KeptFigure(self.metric, self.happened * rate, *rows)


@dataclass(frozen=True)
class KeptLanding:
    """A landing as it was said on the day `as_of`, of a plan from the month `start` on; `passed` months had passed."""

    as_of: dt.date
    start: str
    passed: float
    figures: tuple[KeptFigure, ...]

    def figure(self, metric: str) -> KeptFigure | None:
        """One metric; None where it was not kept."""
        return next((figure for figure in self.figures if figure.metric == metric), None)

    def converted(self, rate: float) -> KeptLanding:
        """The landing with every sum of money multiplied by `rate`; counts stay as they are."""
        money = (METRICS[figure.metric].unit == "money" for figure in self.figures)
        figures = (f.times(rate) if is_money else f for f, is_money in zip(self.figures, money, strict=True))
        return replace(self, figures=tuple(figures))
