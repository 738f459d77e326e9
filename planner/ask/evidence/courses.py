"""The course of a metric through a plan under way, month by month: what happened, and draws of what is to come."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from planner.actuals.actuals import Actuals
from planner.ask.evidence.months import Misses
from planner.ask.evidence.outcomes import Centre, Outcomes
from planner.ask.variance.exposure import Funnel
from planner.ask.variance.reported import earned_of, reported_lines
from planner.engine import Forecast, forecast
from planner.engine.batch import Array
from planner.engine.known import Known
from planner.plan import Plan, deal_of, main_path, merged

__all__ = ["Course", "Courses"]


@dataclass(frozen=True)
class Course:
    """One metric: its `past` and what is expected yet by month, (months,), with `draws` of that, (draws, months).

    Of the future the part `under_way` comes of what has happened already; `tail` comes after the plan's end.
    """

    past: Array
    future: Array
    under_way: float
    tail: float
    draws: Array


class Courses:
    """A calibrated plan up to the day of the reports, with what is under way then, and with all that is planned."""

    def __init__(self, plan: Plan, known: Known, real: Funnel | None, actuals: Actuals) -> None:
        self._real, self._actuals = real, actuals
        self._begun = math.ceil(known.passed)
        self._past: Forecast | None = forecast(plan, known=known) if real else None
        self._under_way = forecast(plan, known=replace(known, rest="under_way"))
        self._whole = forecast(plan, known=replace(known, rest="planned"))

    def counts(self, stage: str, outcomes: Outcomes, misses: Misses | None) -> tuple[Course, dict[str, Array]]:
        """Arrivals at a stage, and by channel the draws of those to come, (draws, months)."""
        centres, came = dict[str, Centre](), self._nothing()
        for channel in self._channels(stage):
            past = self._until(stage, channel)
            under_way, whole = (float(f.count(stage, "plan", channel)) for f in (self._under_way, self._whole))
            centres[channel] = Centre(under_way - float(past.sum()), whole - under_way)
            came = came + past
        drawn = outcomes.counts(stage, centres, came[: self._begun], misses)
        by_month = {channel: self._monthly(counts, outcomes) for channel, counts in drawn.items()}
        loose = self._real.loose.get(stage, 0.0) if self._real else 0.0
        course = Course(
            came + _spread(loose, self._days()), self._whole.count(stage, "months") - came,
            sum(centre.under_way for centre in centres.values()), float(self._whole.count(stage, "tail")),
            np.asarray(sum(by_month.values(), self._nothing()[None, :])),
        )  # fmt: skip
        return course, by_month

    def revenue(self, deals: Mapping[str, Array]) -> Course:
        """Revenue: as reported where it is, later deals at the value of their channel."""
        earned = earned_of(self._real, self._actuals) if self._real else {}
        past = _spread(earned.get(None, 0.0), self._days())
        future, draws, under_way = self._nothing(), self._nothing()[None, :], 0.0
        for channel, counts in deals.items():
            value, came = deal_of(self._whole.plan, channel).value, self._until("won", channel)
            reported = self._real is not None and self._real.knows(channel, "won")
            past = past + (_spread(earned.get(channel, 0.0), came) if reported else came * value)
            future = future + (self._whole.count("won", "months", channel) - came) * value
            under_way += (float(self._under_way.count("won", "plan", channel)) - float(came.sum())) * value
            draws = draws + counts * value
        return Course(past, future, under_way, float(self._whole.revenue("tail")), draws)

    def cost(self, won: Course, appointments: Course) -> Course:
        """Cost: as reported or at the plan's prices; what is paid for appointments and deals varies with them.

        Nothing of it counts as under way: what is paid later is still to be decided.
        """
        rows = {row.key: row.amount for row in self._whole.cost_rows("months")}
        if self._past:
            rows = {row.key: rows[row.key] - row.amount for row in self._past.cost_rows("months")}
        future = np.asarray(sum(rows.values(), self._nothing()))
        past = self._nothing()
        if self._real and self._past:
            past = _spread(self._spent(self._real, self._past), self._past.cost)
        draws = np.broadcast_to(future, won.draws.shape).copy()
        for cost in self._whole.plan.costs:
            course = self._driver(cost.per, won, appointments)
            if course is not None and cost.key in rows:
                ratio = np.divide(course.draws, course.future, out=np.ones_like(draws), where=course.future > 1e-9)
                draws += rows[cost.key] * (ratio - 1.0)
        return Course(past, future, 0.0, float(self._whole.costs("tail")), draws)

    def _spent(self, real: Funnel, past: Forecast) -> float:
        """Cost to date: reported sums, and for the rest the plan's prices on what came or, unreported, was expected."""
        expected = {f"costs.{row.key}": float(np.sum(row.amount)) for row in past.cost_rows("months")}
        by_revenue = {f"costs.{cost.key}" for cost in past.plan.costs if cost.per == "revenue"}
        earning = by_revenue if real.total("won") else set()
        lines = reported_lines(real, self._actuals)
        return sum(
            line.amount if line.reported or line.key in earning else expected.get(line.key, line.amount)
            for line in lines
        )

    def _driver(self, per: str, won: Course, appointments: Course) -> Course | None:
        """What a cost follows: deals, appointments (and all stages between), or None: touches and time."""
        stage = per.rpartition(".")[2]
        if per == "revenue" or stage == "won":
            return won
        passed = {key for item in self._whole.plan.sales if item.main for key in (item.of, item.key)}
        return appointments if stage in passed else None

    def _channels(self, stage: str) -> list[str]:
        """The channels whose main path has the stage."""
        plan = self._whole.plan
        paths = {c.key: main_path(merged(c.stages, plan.sales)) for c in plan.channels}
        return [key for key in self._whole.channels if any(item.key == stage for item in paths[key])]

    def _until(self, stage: str, channel: str) -> Array:
        """What has come by the day of the reports, (months,)."""
        return self._past.count(stage, "months", channel) if self._past else self._nothing()

    def _days(self) -> Array:
        """How much of each month has passed."""
        return self._past.elapsed if self._past else self._nothing()

    def _nothing(self) -> Array:
        return np.zeros(self._whole.plan.months)

    def _monthly(self, counts: Array, outcomes: Outcomes) -> Array:
        """Draws by period to come, (draws, periods), made draws by month, (draws, months)."""
        months = np.zeros((len(counts), self._whole.plan.months))
        for period, month in enumerate(outcomes.clock.month_of[self._begun : -1]):
            months[:, month] += counts[:, period]
        return months


def _spread(total: float, over: Array) -> Array:
    """A total spread over months in proportion."""
    whole = float(over.sum())
    return over * (total / whole) if whole > 0 else np.append(total, np.zeros(len(over) - 1))
