"""Where a plan lands: months that have happened as they happened, the rest as the calibrated plan expects it.

The engine's forecast with the reported rows known and its clock running on. What happened, what is under way on the day
of the reports and what is still planned are three such forecasts and their differences (see `courses`); the range comes
from draws of rates, delays, months and chance (see `outcomes`), centred on that forecast.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from planner.actuals.actuals import Actuals
from planner.ask.evidence.calibrate import Calibration, calibrate
from planner.ask.evidence.courses import Course, Courses
from planner.ask.evidence.months import Misses
from planner.ask.evidence.outcomes import Outcomes
from planner.ask.evidence.posterior import Events
from planner.ask.variance.reported import happened
from planner.engine import forecast
from planner.engine.batch import Array
from planner.engine.known import Known
from planner.measure.metrics import METRICS, read
from planner.plan import Plan

__all__ = ["LANDED", "Landing", "LandingFigure", "land"]

LANDED = ("won", "appointments", "revenue", "cost")  # the metrics that are landed, in this order
ENDS = (0.1, 0.9)


@dataclass(frozen=True)
class LandingFigure:
    """Where one metric lands: what `happened`, what is `under_way` since, what comes of what is still `planned`.

    `low` and `high` are its 80 % range, of counts rounded outward; `tail` comes after the plan's end; `plan` is what
    the plan says. `so_far`, `so_far_low` and `so_far_high` run up to each month's end, (months,), past months as they
    happened. `draws` are the totals of all draws.
    """

    metric: str
    happened: float
    under_way: float
    planned: float
    tail: float
    plan: float
    so_far: tuple[float, ...]
    so_far_low: tuple[float, ...]
    so_far_high: tuple[float, ...]
    draws: Array = field(compare=False, repr=False)

    @property
    def total(self) -> float:
        """Where it lands within the plan."""
        return self.happened + self.under_way + self.planned

    @property
    def low(self) -> float:
        """The 10th percentile of the total."""
        return self.so_far_low[-1]

    @property
    def high(self) -> float:
        """The 90th percentile of the total."""
        return self.so_far_high[-1]

    def chance(self, target: float) -> float:
        """The share of draws that reach a target: at least so many deals, at most such a cost."""
        slack = 1e-9 * max(1.0, abs(target))
        return float(np.mean(METRICS[self.metric].better * (self.draws - target) >= -slack))


@dataclass(frozen=True)
class Landing:
    """Where a plan lands, seen from `as_of`, with the calibration it rests on; `passed` months had passed by then.

    `known` is what the engine takes as reported.
    """

    plan: Plan
    as_of: dt.date
    passed: float
    calibration: Calibration
    figures: tuple[LandingFigure, ...]
    known: Known = field(compare=False, repr=False)

    def figure(self, metric: str) -> LandingFigure:
        """One of the metrics of `LANDED`."""
        return next(figure for figure in self.figures if figure.metric == metric)


def land(
    plan: Plan, actuals: Actuals, *, seed: int = 0, draws: int = 2000,
    events: Mapping[str, Events] | None = None, misses: Mapping[str, Misses] | None = None,
) -> Landing:  # fmt: skip
    """Where the plan lands: deals, appointments, revenue and cost within the plan, each with its 80 % range.

    With everything known it is the actuals, with nothing known the plan. `events` tell delays (see `calibrate`),
    `misses` are past landings by metric, which widen the range where they missed. The same seed gives the same range.

    >>> from planner import land, sample_actuals, starter
    >>> plan = starter("email")
    >>> won = land(plan, sample_actuals(plan)).figure("won")
    >>> bool(won.low <= won.total <= won.high)
    True
    """
    passed = float(actuals.ages(plan)[0])
    if passed > 0:
        calibration = calibrate(plan, actuals, events=events)
        real = happened(calibration.expected, actuals)
        reported = Known(passed, {place: real.own[place] + real.born[place] for place in real.reported or ()})
    else:
        calibration, real, reported = Calibration(plan, actuals.as_of, ()), None, Known(0.0)
    courses = Courses(calibration.expected, reported, real, actuals)
    outcomes = Outcomes(calibration, reported, draws, seed)
    missed_by = dict(misses or {})
    won, deals = courses.counts(METRICS["won"].stage or "", outcomes, missed_by.get("won"))
    appointments, _ = courses.counts(METRICS["appointments"].stage or "", outcomes, missed_by.get("appointments"))
    all_four = (won, appointments, courses.revenue(deals), courses.cost(won, appointments))
    own = forecast(plan)
    figures = (
        _figure(metric, course, float(read(own, metric)), whole=METRICS[metric].unit == "count")
        for metric, course in zip(LANDED, all_four, strict=True)
    )
    return Landing(plan, actuals.as_of, passed, calibration, tuple(figures), replace(reported, rest="planned"))


def _figure(metric: str, course: Course, plan: float, *, whole: bool) -> LandingFigure:
    """A course as a figure; the range of whole counts is rounded outward as soon as anything is uncertain."""
    past = np.cumsum(course.past)
    low, high = past + np.quantile(np.cumsum(course.draws, axis=1), ENDS, axis=0)
    if whole:
        uncertain = np.cumsum(course.future) > 1e-9 * np.maximum(1.0, past[-1])  # a difference of rounding is none
        low = np.where(uncertain, np.floor(low + 1e-9), low)
        high = np.where(uncertain, np.ceil(high - 1e-9), high)
    so_far = np.cumsum(course.past + course.future)
    return LandingFigure(
        metric, float(past[-1]), course.under_way, float(course.future.sum()) - course.under_way, course.tail, plan,
        tuple(so_far.tolist()), tuple(np.minimum(low, so_far).tolist()), tuple(np.maximum(high, so_far).tolist()),
        past[-1] + course.draws.sum(axis=1),
    )  # fmt: skip
