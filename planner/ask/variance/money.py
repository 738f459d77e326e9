"""Deals, revenue, cost, CAC and ROI to date, as planned and as it happened, by channel and in total."""

from __future__ import annotations

import math
from dataclasses import dataclass

from planner.ask.compare.side import Side
from planner.ask.variance.reported import allotted
from planner.measure.metrics import ratio

__all__ = ["MoneyToDate", "Pair", "money_to_date", "over"]


@dataclass(frozen=True)
class Pair:
    """A figure to date, as planned and as it happened; nan where it cannot be known."""

    plan: float
    actual: float


@dataclass(frozen=True)
class MoneyToDate:
    """Deals and money to date of a channel (None: of all).

    `reported` is the part of the actual cost that somebody reported; the rest is at the plan's prices on what really
    happened. CAC and ROI leave out what openings bring.
    """

    channel: str | None
    label: str
    deals: Pair
    revenue: Pair
    cost: Pair
    cac: Pair
    roi: Pair
    reported: float


@dataclass(frozen=True)
class _Sums:
    """One side's sums: of everything, and (own) of touches alone."""

    deals: float
    revenue: float
    cost: float
    own_deals: float
    own_revenue: float


def money_to_date(planned: Side, real: Side) -> tuple[tuple[MoneyToDate, ...], MoneyToDate]:
    """By channel, and in total."""
    reported = [line for line in real.lines if line.reported]
    costs = [allotted(end.funnel, end.lines) for end in (planned, real)]
    rows = []
    for channel in real.funnel.channels:
        key = channel.key
        plan, actual = _of_channel(planned, key, costs[0][key]), _of_channel(real, key, costs[1][key])
        rows.append(
            _row(key, channel.label, plan, actual, sum(line.amount for line in reported if line.channel == key))
        )
    return tuple(rows), _row(
        None, "All channels", _of_all(planned), _of_all(real), sum(line.amount for line in reported)
    )


def _of_channel(end: Side, channel: str, cost: float) -> _Sums:
    deals, revenue = (end.part(channel, metric) for metric in ("won", "revenue"))
    if (channel, "won") in end.funnel.own and not end.reports(channel, "won"):
        deals = revenue = math.nan
    born = [end.part(channel, metric, born=True) for metric in ("won", "revenue")]
    return _Sums(deals + born[0], revenue + born[1], cost, deals, revenue)


def _of_all(end: Side) -> _Sums:
    nan = 0.0 if end.known("won") else math.nan
    figures = [end.figure(metric, opening) + nan for opening in (True, False) for metric in ("won", "revenue")]
    return _Sums(figures[0], figures[1], end.figure("cost", True), figures[2], figures[3])


def _row(channel: str | None, label: str, plan: _Sums, actual: _Sums, reported: float) -> MoneyToDate:
    return MoneyToDate(
        channel, label,
        Pair(plan.deals, actual.deals),
        Pair(plan.revenue, actual.revenue),
        Pair(plan.cost, actual.cost),
        Pair(*(over(end.cost, end.own_deals) for end in (plan, actual))),
        Pair(*(over(end.own_revenue - end.cost, end.cost) for end in (plan, actual))),
        reported,
    )  # fmt: skip


def over(top: float, bottom: float) -> float:
    """top ÷ bottom, nan where the bottom is next to nothing."""
    return float(ratio(top, bottom))
