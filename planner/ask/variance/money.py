"""Revenue and cost of a funnel up to a date: as reported where it is reported, else at the plan's prices."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from planner.actuals.actuals import UNATTRIBUTED, Actuals
from planner.ask.variance.funnel import Funnel
from planner.engine import forecast
from planner.engine.batch import Array
from planner.engine.forecast import started
from planner.plan import Cost, deal_of

__all__ = ["Line", "allotted", "earned", "hours", "spent"]

Earned = dict[str | None, float]


@dataclass(frozen=True)
class Line:
    """One line of cost: `channel` owns it (None: shared); `told` where it is a reported sum, else a row of the plan."""

    key: str
    label: str
    channel: str | None
    amount: float
    told: bool = False


def earned(funnel: Funnel, actuals: Actuals | None = None) -> Earned:
    """Revenue by channel; under None what no channel's deals explain.

    Reported revenue that names no channel goes to the deals of channels that report none; deals without reported
    revenue are worth the plan's deal value.
    """
    value = {c.key: deal_of(funnel.plan, c.key).value for c in funnel.channels}
    deals = {c.key: funnel.count(c.key, "won") if funnel.knows(c.key, "won") else 0.0 for c in funnel.channels}
    out: Earned = {channel: count * value[channel] for channel, count in deals.items()}
    out[None] = funnel.loose.get("won", 0.0) * funnel.plan.deal.value
    if actuals is None:
        return out
    told = {channel.key: _reported(actuals, funnel, "revenue", channel.key) for channel in funnel.plan.channels}
    takers = {channel: count for channel, count in deals.items() if math.isnan(told[channel])}
    rest, due = _reported(actuals, funnel, "revenue", UNATTRIBUTED), sum(takers.values())
    if not math.isnan(rest):
        out.update({channel: rest * count / due for channel, count in takers.items() if due})
        out[None] = 0.0 if due else rest
    for channel, revenue in told.items():
        if deals.get(channel) and not math.isnan(revenue):
            out[channel] = revenue
        elif not math.isnan(revenue):
            out[None] += revenue
    return out


def spent(funnel: Funnel, revenue: Earned, actuals: Actuals | None = None) -> tuple[Line, ...]:
    """Lines of cost: of each channel, and of what is shared, the reported sum where there is one, else the plan's rows.

    The plan's rows are priced on the funnel's own counts: a cost by the month by the months that have passed, a one-off
    in full once the plan has begun, the team by its payroll.
    """
    rows = (*filter(None, (_row(funnel, cost, revenue) for cost in funnel.plan.costs)), _team(funnel))
    if actuals is None:
        return rows
    lines: list[Line] = []
    for owner, label in (*((c.key, c.label) for c in funnel.plan.channels), (None, "Shared")):
        cost = _reported(actuals, funnel, "cost", owner or UNATTRIBUTED)
        if math.isnan(cost):
            lines += [row for row in rows if row.channel == owner]
        else:
            lines.append(Line(f"cost.{owner or UNATTRIBUTED}", f"{label}: cost", owner, cost, told=True))
    return tuple(lines)


def allotted(funnel: Funnel, lines: tuple[Line, ...]) -> dict[str, float]:
    """Cost by channel: its own lines and its part of the shared ones, by hours, else appointments, touches, evenly."""
    channels = [channel.key for channel in funnel.channels]
    shared = sum(line.amount for line in lines if line.channel is None)
    bases = (
        [hours(funnel, channel) for channel in channels],
        [funnel.count(channel, "appointment") for channel in channels],
        [funnel.count(channel, "") for channel in channels],
        [1.0] * len(channels),
    )
    basis = next((basis for basis in bases if sum(basis) > 0), bases[-1])
    parts = dict(zip(channels, basis, strict=True))
    return {
        channel.key: sum(line.amount for line in lines if line.channel == channel.key)
        + (shared * parts[channel.key] / sum(basis) if channel.key in parts else 0.0)
        for channel in funnel.plan.channels
    }


def hours(funnel: Funnel, channel: str) -> float:
    """Hours of reps that a channel's arrivals took, or should have taken."""
    return float(_hours_by_month(funnel, channel).sum())


def _hours_by_month(funnel: Funnel, channel: str) -> Array:
    minutes = np.zeros(len(funnel.length))
    for effort in funnel.plan.efforts:
        head, _, stage = effort.stage.partition(".")
        if head in (channel, "sales"):
            minutes = minutes + effort.minutes * funnel.series(channel, stage)
    return minutes / 60.0


def _reported(actuals: Actuals, funnel: Funnel, what: str, channel: str) -> float:
    """The sum over the months that have begun, nan where none is reported."""
    months = actuals.money(what, funnel.plan, channel)[: len(funnel.length)]
    return math.nan if np.isnan(months).all() else float(np.nansum(months))


def _row(funnel: Funnel, cost: Cost, revenue: Earned) -> Line | None:
    """A row of the plan's costs; None where its channel is not in play."""
    head = cost.per.partition(".")[0]
    known, here = {c.key for c in funnel.plan.channels}, {c.key for c in funnel.channels}
    owner = cost.channel or (head if head in known else None)
    if owner not in {None, *here} or (head in known and head not in here):
        return None
    month = np.arange(len(funnel.length))
    last = funnel.plan.months if cost.last is None else cost.last
    if cost.per == "once":
        charged = (month == cost.first).astype(float)
    else:
        charged = _basis(funnel, cost, revenue) * ((month >= cost.first) & (month <= last))
    if cost.step is not None:
        charged = started(charged, cost.step)
    return Line(f"costs.{cost.key}", cost.label, owner, cost.amount * float(charged.sum()))


def _basis(funnel: Funnel, cost: Cost, revenue: Earned) -> Array:
    """What a cost is charged on, by month. What no channel can be named for is spread over the days that passed."""
    head, _, stage = cost.per.partition(".")
    here = [channel.key for channel in funnel.channels if cost.channel in (None, channel.key)]
    if cost.per == "month":
        return funnel.length
    if cost.per == "hour":
        return sum((_hours_by_month(funnel, channel) for channel in here), np.zeros(len(funnel.length)))
    if cost.per == "revenue":
        earned_here = sum(revenue.values()) if cost.channel is None else revenue.get(cost.channel, 0.0)
        deals = sum((funnel.series(channel, "won") for channel in here), np.zeros(len(funnel.length)))
        months = deals if deals.sum() > 0 else funnel.length
        return np.asarray(earned_here * months / months.sum())
    if head != "sales":
        return funnel.series(head, stage)
    counted = [channel for channel in here if cost.channel is not None or funnel.knows(channel, stage)]
    loose = 0.0 if cost.channel is not None else funnel.loose.get(stage, 0.0)
    parts = (funnel.series(channel, stage) for channel in counted)
    return np.asarray(sum(parts, loose * funnel.length / funnel.length.sum()))


def _team(funnel: Funnel) -> Line:
    payroll = forecast(funnel.plan).payroll()[: len(funnel.length)]
    return Line("team", "Team", None, float(payroll @ funnel.length) * funnel.plan.team.cost_per_month)
