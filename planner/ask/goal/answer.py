"""A goal as a question, and its answer as values: places to go to, or the nearest one with what limits it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.ask.goal.curve import Curve
from planner.ask.goal.reach import reach
from planner.ask.goal.seeking import seek, seek_sure
from planner.ask.goal.usable import Place, usable
from planner.engine import Forecast, forecast
from planner.engine.batch import Array
from planner.errors import Binding, OutOfReach
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.plan.levers import pull

__all__ = ["Answer", "Place", "Question", "answered", "measured"]

REPS = "team.reps"
AS_GOOD = 0.01  # of what the nearest place gains, or of a chance: what rounding may cost where the target is not met


@dataclass(frozen=True)
class Question:
    """Where must the lever at `path` (or "volumes") be for `metric` to reach `target`?

    `chance`: how sure it has to be, None for the figure as planned.
    """

    path: str
    metric: str
    target: float
    channel: str | None = None
    tail: bool = False
    chance: float | None = None


@dataclass(frozen=True)
class Answer:
    """Every place that meets the target; or, with what limits it as `binding`, the one nearest to it.

    Places are rounded to usable steps that still meet the target. `value` is what is reached: the metric, or where a
    chance was asked for, the chance. `beyond` is where the target would be met without that limit, `with_rep` the
    answer with one more rep where reps are what is short.
    """

    question: Question
    plan: Plan
    places: tuple[Place, ...]
    value: float
    binding: Binding | None = None
    beyond: float | None = None
    with_rep: Answer | None = None

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        return self.binding is None


def measured(batch: Forecast, question: Question) -> Array:
    """The metric that is asked about."""
    return read(batch, question.metric, channel=question.channel, tail=question.tail)


def answered(plan: Plan, question: Question) -> Answer:
    """The answer to a question about a plan. PlanError for a question that cannot be asked."""
    answer = _answered(plan, question)
    short_of_reps = answer.binding is not None and answer.binding.what in ("hours", "pace")
    if not short_of_reps or question.chance is not None or question.path == REPS or not forecast(plan).payroll().any():
        return answer
    return replace(answer, with_rep=_answered(pull(plan, REPS, plan.team.reps + 1.0), question))


def _answered(plan: Plan, question: Question) -> Answer:
    path, metric, target = question.path, question.metric, question.target
    span = reach(plan, path)
    curve = Curve(span, metric, target, channel=question.channel, tail=question.tail)
    try:
        if question.chance is None:
            plans = seek(plan, path, metric, target, channel=question.channel, tail=question.tail)
        else:
            plans = (seek_sure(plan, path, metric, target, question.chance, tail=question.tail),)
    except OutOfReach as short:
        beyond = None if short.beyond is None else span.where(short.beyond)
        place, value = _nearest(curve, question, short)
        return Answer(question, plan, (place,), value, short.binding, beyond)
    if len(plans) == 1 and _met_already(plan, question):
        return Answer(question, plan, (Place(span.now, plan),), question.target)
    places = tuple(_meeting(curve, question, span.where(reached)) for reached in plans)
    return Answer(question, plan, places, question.chance or target)


def _met_already(plan: Plan, question: Question) -> bool:
    """Whether the plan meets the target as it stands, to the three figures people read.

    A rounded answer that was applied overshoots its target a little; the exact one would ask for a step back.
    """
    if question.chance is not None:
        return False
    today, target = float(measured(forecast(plan), question)), question.target
    return f"{today:.3g}" == f"{target:.3g}" and METRICS[question.metric].better * (today - target) >= 0


def _meeting(curve: Curve, question: Question, exact: float) -> Place:
    """A usable place beside an exact answer that still meets the target."""
    better = METRICS[question.metric].better
    if question.chance is not None:
        sure = question.chance
        return usable(curve, exact, lambda plan, gap: _chance(plan, question) >= sure)
    return usable(curve, exact, lambda plan, gap: better * gap >= -1e-9 * abs(question.target))


def _nearest(curve: Curve, question: Question, short: OutOfReach) -> tuple[Place, float]:
    """A usable place about as near as the nearest, and what it reaches."""
    plan, exact = curve.span.plan, curve.span.where(short.nearest)
    if short.nearest == plan or not np.isfinite(short.value):
        return Place(curve.span.now, plan), short.value
    if question.chance is not None:
        place = usable(curve, exact, lambda tried, gap: _chance(tried, question) >= short.value - AS_GOOD)
        return place, _chance(place.plan, question)
    gained = abs(float(measured(forecast(plan), question)) - short.value)
    lost = abs(short.value - question.target) + (AS_GOOD * gained if np.isfinite(gained) else 0.0)
    place = usable(curve, exact, lambda tried, gap: abs(gap) <= lost)
    return place, float(measured(forecast(place.plan), question))


def _chance(plan: Plan, question: Question) -> float:
    from planner.ask.uncertainty.simulation import simulate

    return float(simulate(plan).chance(question.metric, question.target, tail=question.tail))
