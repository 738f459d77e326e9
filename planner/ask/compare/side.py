"""One end of a bridge: what a forecast, a plan up to a day, or actuals count, earn and cost, read in one way."""

from __future__ import annotations

import math
from dataclasses import dataclass

from planner.actuals.actuals import Actuals
from planner.ask.variance.exposure import Funnel, funnel_of
from planner.ask.variance.reported import Earned, Line, due, earned_of, happened, lines_of, reported_lines
from planner.engine import Forecast
from planner.errors import PlanError
from planner.plan import Plan, deal_of
from planner.plan.metrics import METRICS

__all__ = ["Part", "Side", "actual_side", "planned_side", "side", "stage_of"]
WORTH = {"revenue": 1, "gross_profit": 2}  # how many of a deal's factors count


def stage_of(metric: str) -> str:
    """The stage whose arrivals a metric counts, in numbers or in what they are worth; "" for touches."""
    stage = METRICS[metric].stage
    if stage is None:
        raise PlanError(metric, "counts no stage")
    return stage


@dataclass(frozen=True)
class Part:
    """One factor of a product: its kind, its name within the channel, its value."""

    factor: str
    label: str
    value: float


@dataclass(frozen=True)
class Side:
    """One end of a bridge: counts, revenue by channel and lines of cost, whichever way they are known."""

    funnel: Funnel
    revenue: Earned
    lines: tuple[Line, ...]

    def reports(self, channel: str, metric: str) -> bool:
        """Whether the channel's part of a metric is known; touches are known by the root's count."""
        stage = stage_of(metric)
        if not stage and self.funnel.reported is not None:
            stage = next(s.key for c in self.funnel.channels if c.key == channel for s in c.stages if s.of is None)
        return self.funnel.knows(channel, stage)

    def known(self, metric: str) -> bool:
        """Whether any part of a metric is known."""
        some = any(self.reports(channel.key, metric) for channel in self.funnel.channels)
        return some or bool(self.loose(metric)) or self.funnel.reported is None

    def worth(self, channel: str, metric: str) -> tuple[Part, ...]:
        """What a deal of the channel counts for in a metric: nothing more, its revenue, or its gross profit."""
        plan, deals = self.funnel.plan, self.funnel.count(channel, "won")
        deal = deal_of(plan, channel)
        value = self.revenue.get(channel, 0.0) / deals if deals else deal.value
        parts = (Part("value", "deal value", value), Part("margin", "gross margin", deal.gross_margin))
        return parts[: WORTH.get(METRICS[metric].counts or "", 0)]

    def part(self, channel: str, metric: str, born: bool = False) -> float:
        """A channel's part of a metric: of touches, or what is `born` of openings."""
        counts, place = self.funnel.born if born else self.funnel.own, (channel, stage_of(metric))
        if place not in counts or not self.reports(channel, metric):
            return 0.0
        return float(counts[place].sum()) * math.prod(part.value for part in self.worth(channel, metric))

    def born(self, metric: str) -> float:
        """What openings bring."""
        return sum(self.part(channel.key, metric, born=True) for channel in self.funnel.channels)

    def loose(self, metric: str) -> float:
        """What no channel can be named for."""
        worth = {"revenue": 1.0, "gross_profit": self.funnel.plan.deal.gross_margin}.get(METRICS[metric].counts or "")
        return self.funnel.loose.get(stage_of(metric), 0.0) if worth is None else self.revenue[None] * worth

    def figure(self, metric: str, opening: bool) -> float:
        """The metric itself, of every channel and of none."""
        row = METRICS[metric]
        if row.counts == "cost":
            return sum(line.amount for line in self.lines)
        if row.minuend is not None and row.subtrahend is not None:
            return self.figure(row.minuend, opening) - self.figure(row.subtrahend, opening)
        own = sum(self.part(channel.key, metric) for channel in self.funnel.channels)
        return own + self.loose(metric) + (self.born(metric) if opening else 0.0)


def side(this: Forecast | Actuals, other: Forecast | Actuals, stage: str, tail: bool) -> Side:
    """`this` side, read against the `other`, with the stages on the way to `stage`; PlanError where that cannot be."""
    forecast = next((end for end in (this, other) if isinstance(end, Forecast)), None)
    actuals = next((end for end in (this, other) if isinstance(end, Actuals)), None)
    if forecast is None:
        raise PlanError("", "Actuals are held against a forecast, not against other actuals")
    if forecast.shape:
        raise PlanError("", "A bridge runs between two plans, not batches of them: forecast each by itself")
    if actuals is not None:
        if tail:
            raise PlanError("tail", "of actuals is not known yet; leave it out")
        return actual_side(forecast.plan, actuals) if this is actuals else planned_side(forecast.plan, actuals)
    funnel = funnel_of(forecast, stage, tail=tail)
    return Side(funnel, earned_of(funnel), lines_of(forecast, tail=tail))


def planned_side(plan: Plan, actuals: Actuals) -> Side:
    """What the plan expected by the day the actuals speak of."""
    funnel = due(plan, actuals)
    return Side(funnel, earned_of(funnel), lines_of(funnel.forecast))


def actual_side(plan: Plan, actuals: Actuals) -> Side:
    """What really came by that day."""
    funnel = happened(plan, actuals)
    return Side(funnel, earned_of(funnel, actuals), reported_lines(funnel, actuals))
