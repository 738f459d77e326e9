"""How a count has run up month by month: as planned, as it happened, and as what was sent should have brought it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.actuals.actuals import Actuals
from planner.ask.variance.exposure import Funnel
from planner.ask.variance.reported import after_sent, happened
from planner.engine import forecast
from planner.engine.batch import Array
from planner.plan import Plan

__all__ = ["Course", "course"]


@dataclass(frozen=True)
class Course:
    """A stage's arrivals from the plan's start to the end of each month, over the channels that report it.

    `planned` is of every month (months,), `expected` and `actual` of those that have begun, to the actuals' day.
    """

    planned: Array
    expected: Array
    actual: Array


def course(plan: Plan, actuals: Actuals, stage: str) -> Course | None:
    """The course of a stage that every appointment passes; None where nobody reports it."""
    real, sent = happened(plan, actuals), after_sent(plan, actuals)
    counting = [c.key for c in real.channels if real.knows(c.key, stage)]
    loose = bool(real.loose.get(stage))
    if not counting and not loose:
        return None
    if loose:
        counting = [c.key for c in real.channels if (c.key, stage) in real.own]
    begun = len(real.length)
    ends, begin = forecast(plan), np.zeros(plan.months)
    planned = sum((ends.count(stage, "months", key) for key in counting if key in ends.channels), begin)
    actual = np.asarray(real.forecast.count(f"sales.{stage}", "months"))[:begun]
    return Course(np.cumsum(planned), np.cumsum(_months(sent, counting, stage)), np.cumsum(actual))


def _months(funnel: Funnel, channels: list[str], stage: str) -> Array:
    begin = np.zeros(len(funnel.length))
    return np.asarray(sum((funnel.own[key, stage] + funnel.born[key, stage] for key in channels), begin))
