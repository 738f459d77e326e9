"""A plan up to the day that actuals speak of: what was due by then, and what really came, with what it cost and earned.

Both are the engine's forecast with its clock stopped on that day: of a month of which the share *f* has passed, the
plan's touches are *f*, spread evenly, and of what they set off only the part whose delay has run out was due. So a
young month is never held against a whole one. What really came has the reported counts as known rows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.actuals.actuals import UNATTRIBUTED, Actuals
from planner.ask.variance.exposure import Funnel, funnel_of
from planner.engine import Forecast, forecast
from planner.engine.batch import Array, Flows, View
from planner.engine.known import Known, Place
from planner.errors import PlanError
from planner.plan import Plan, deal_of, merged

__all__ = [
    "Earned", "Line", "after_sent", "allotted", "due", "earned_of", "happened", "lines_of", "reported_lines",
    "silent_months",
]  # fmt: skip

Earned = dict[str | None, float]  # revenue by channel; under None what no channel's deals explain


@dataclass(frozen=True)
class Line:
    """One line of cost: `channel` owns it (None: shared); `reported`: a reported sum, else a row of the plan."""

    key: str
    label: str
    channel: str | None
    amount: float
    reported: bool = False


class ReportedForecast(Forecast):
    """What happened: revenue as reported where it is, and for the costs of a sales stage only counts that are known."""

    def __init__(self, flows: Flows, reported: frozenset[Place], loose: Mapping[str, float], earned: Earned) -> None:
        super().__init__(flows)
        self.reported, self.loose, self.earned = reported, loose, earned

    def revenue(self, view: View, channel: str | None = None, opening: bool | None = None) -> Array:
        """Revenue, a channel's spread over the months as its deals, or where there is none as the days that passed."""
        channels = tuple(self.earned) if channel is None else (channel,)
        by_month = sum((self._by_month(key) for key in channels), self.nothing("months"))
        return np.asarray(by_month if view == "months" else by_month.sum(axis=0))

    def _by_month(self, channel: str | None) -> Array:
        """Revenue of a channel (None: of no channel) over the months, (months,)."""
        deals: Any = super().count("won", "months", channel)
        months = deals if deals.sum() > 0 else self.elapsed
        return np.asarray(self.earned.get(channel, 0.0) * months / months.sum())

    def count(self, path: str, view: View, channel: str | None = None, opening: bool | None = None) -> Array:
        """Arrivals as in any forecast; of a sales stage over all channels what is known, and what is of no channel."""
        head, _, stage = path.rpartition(".")
        if head != "sales" or channel is not None:
            return super().count(path, view, channel, opening)
        reporting = (
            super(ReportedForecast, self).count(stage, view, c) for c in self.channels if (c, stage) in self.reported
        )
        loose = self.loose.get(stage, 0.0) * self.elapsed / self.elapsed.sum()
        return np.asarray(sum(reporting, loose if view == "months" else loose.sum(axis=0)))


# -- counts -----------------------------------------------------------------------------------------------------------


def due(plan: Plan, actuals: Actuals) -> Funnel:
    """What the plan expected by the day the actuals speak of."""
    return funnel_of(forecast(plan, known=Known(_passed(plan, actuals))))


def after_sent(plan: Plan, actuals: Actuals) -> Funnel:
    """What the plan's rates and delays make of the touches that were really sent.

    Channels that do not report what they sent are taken to have sent what was planned.
    """
    passed = _passed(plan, actuals)
    roots = {(channel.key, stage.key) for channel in plan.channels for stage in channel.stages if stage.of is None}
    counts = _counts(plan, actuals, math.ceil(passed))
    sent = Known(passed, {place: count for place, count in counts.items() if place in roots})
    reporting = {channel for channel, _ in counts}
    off = (c.key for c in plan.channels if not c.active and c.key in reporting and (c.key, "") not in sent.counts)
    silent = {(key, root): np.zeros(math.ceil(passed)) for key in off for channel, root in roots if channel == key}
    return funnel_of(forecast(plan, known=Known(passed, silent | dict(sent.counts))))


def silent_months(planned: Funnel, actuals: Actuals, path: str) -> dict[int, float]:
    """The months that passed without a count of this stage, counted from 0, and what was planned in each."""
    by_month = np.asarray(planned.forecast.count(path, "months"))[: math.ceil(planned.passed)]
    silent = np.isnan(actuals.count(path, planned.forecast.plan)[: len(by_month)])
    return {int(month): float(by_month[month]) for month in np.flatnonzero(silent)}


def happened(plan: Plan, actuals: Actuals) -> Funnel:
    """What really came by the day the actuals speak of, month by month of the plan.

    A stage that is reported in some months brought nothing in the others, so that sums are those of the reports. One
    that is not reported at all is what the plan expects of what was reported before it. Counts of sales stages that
    name no channel go to the channels that report none of their own (where all do: to all) in the shares the plan
    expects. What openings bring is taken to have come as planned, as far as the counts allow.
    """
    passed = _passed(plan, actuals)
    counts = _counts(plan, actuals, math.ceil(passed))
    guess = funnel_of(forecast(plan, known=Known(passed, counts)))
    counts, loose = _attributed(plan, actuals, guess, counts)
    reported = frozenset(counts)
    flows = Flows(plan, known=Known(passed, counts))
    funnel = funnel_of(Forecast(flows), reported=reported, loose=loose)
    return funnel_of(
        ReportedForecast(flows, reported, loose, earned_of(funnel, actuals)), reported=reported, loose=loose
    )  # fmt: skip


def _passed(plan: Plan, actuals: Actuals) -> float:
    passed = float(actuals.ages(plan)[0])
    if passed <= 0:
        raise PlanError("start", f"is {plan.start}, after {actuals.as_of}: these actuals end before the plan begins")
    return passed


def _counts(plan: Plan, actuals: Actuals, months: int) -> dict[Place, Array]:
    """What channels report, by month."""
    counts = {}
    for channel in plan.channels:
        for stage in merged(channel.stages, plan.sales):
            by_month = actuals.count(f"{channel.key}.{stage.key}", plan)[:months]
            if not np.isnan(by_month).all():
                counts[channel.key, stage.key] = np.nan_to_num(by_month)
    return counts


def _attributed(
    plan: Plan, actuals: Actuals, guess: Funnel, counts: Mapping[Place, Array]
) -> tuple[dict[Place, Array], dict[str, float]]:
    """The counts with those that name no channel given to channels, and what can be given to none."""
    attributed, loose = dict(counts), dict[str, float]()
    for key in dict.fromkeys(key for stage in plan.sales for key in (stage.of, stage.key) if key):
        of_channels = sum((by_month for place, by_month in counts.items() if place[1] == key), np.zeros(()))
        of_all = np.nan_to_num(actuals.count(f"{UNATTRIBUTED}.{key}", plan)[: len(guess.length)])
        rest = of_all - of_channels
        if abs(rest).sum() < 1e-9:
            continue
        having = [channel.key for channel in guess.channels if (channel.key, key) in guess.own]
        takers = [channel for channel in having if (channel, key) not in counts] or having
        expected = [guess.count(channel, key) for channel in takers]
        if sum(expected) > 0:
            for channel, part in zip(takers, expected, strict=True):
                attributed[channel, key] = counts.get((channel, key), 0.0) + rest * part / sum(expected)
        else:
            loose[key] = float(rest.sum())
    return attributed, loose


# -- money ------------------------------------------------------------------------------------------------------------


def earned_of(funnel: Funnel, actuals: Actuals | None = None) -> Earned:
    """Revenue by channel; under None what no channel's deals explain.

    Reported revenue that names no channel goes to the deals of channels that report none; deals without reported
    revenue are worth the plan's deal value.
    """
    value = {c.key: deal_of(funnel.plan, c.key).value for c in funnel.channels}
    deals = {c.key: funnel.count(c.key, "won") if funnel.knows(c.key, "won") else 0.0 for c in funnel.channels}
    earned: Earned = {channel: count * value[channel] for channel, count in deals.items()}
    earned[None] = funnel.loose.get("won", 0.0) * funnel.plan.deal.value
    if actuals is None:
        return earned
    reported = {channel.key: _reported(actuals, funnel, "revenue", channel.key) for channel in funnel.plan.channels}
    takers = {channel: count for channel, count in deals.items() if math.isnan(reported[channel])}
    rest, shared = _reported(actuals, funnel, "revenue", UNATTRIBUTED), sum(takers.values())
    if not math.isnan(rest):
        earned.update({channel: rest * count / shared for channel, count in takers.items() if shared})
        earned[None] = 0.0 if shared else rest
    for channel, revenue in reported.items():
        if deals.get(channel) and not math.isnan(revenue):
            earned[channel] = revenue
        elif not math.isnan(revenue):
            earned[None] += revenue
    return earned


def lines_of(forecast: Forecast, *, tail: bool = False) -> tuple[Line, ...]:
    """The rows of a forecast's cost as lines, the team last."""
    rows = forecast.cost_rows("all" if tail else "plan")
    keys = (*(f"costs.{row.key}" for row in rows[:-1]), "team")
    return tuple(Line(key, row.label, row.channel, float(row.amount)) for key, row in zip(keys, rows, strict=True))


def reported_lines(funnel: Funnel, actuals: Actuals) -> tuple[Line, ...]:
    """Lines of cost: of each channel, and of what is shared, the reported sum where there is one, else the plan's rows.

    The plan's rows are priced on what really happened: a cost by the month by the months that have passed, a one-off
    in full once its month has begun, the team by its payroll.
    """
    rows, lines = lines_of(funnel.forecast), list[Line]()
    for owner, label in (*((c.key, c.label) for c in funnel.plan.channels), (None, "Shared")):
        cost = _reported(actuals, funnel, "cost", owner or UNATTRIBUTED)
        if math.isnan(cost):
            lines += [row for row in rows if row.channel == owner]
        else:
            lines.append(Line(f"cost.{owner or UNATTRIBUTED}", f"{label}: cost", owner, cost, reported=True))
    return tuple(lines)


def allotted(funnel: Funnel, lines: tuple[Line, ...]) -> dict[str, float]:
    """Cost by channel: its own lines and its part of the shared ones."""
    shared = sum(line.amount for line in lines if line.channel is None)
    parts = funnel.forecast.allotment("plan")
    own = {c.key: sum(line.amount for line in lines if line.channel == c.key) for c in funnel.plan.channels}
    return {channel: amount + shared * parts.get(channel, 0.0) for channel, amount in own.items()}


def _reported(actuals: Actuals, funnel: Funnel, what: str, channel: str) -> float:
    """The sum over the months that have begun, nan where none is reported."""
    months = actuals.money(what, funnel.plan, channel)[: len(funnel.length)]
    return math.nan if np.isnan(months).all() else float(np.nansum(months))
