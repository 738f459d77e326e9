"""Why a figure moved: bars by channel and factor that sum to the difference exactly, in any order, with no remainder.

A channel's deals are its touches times, stage by stage, what has had time, what the audience's wear leaves, what
assists add, and the rate: `product` splits the difference of two such products. Here they are added up over channels,
with cost by its rows, and ratios made of both.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.actuals.actuals import Actuals
from planner.ask.compare.bars import FACTORS, Bar, Ends, grouped
from planner.ask.compare.product import log_mean, product_of, split
from planner.ask.compare.side import Side, side, stage_of
from planner.ask.variance.reported import Line
from planner.engine import Forecast
from planner.errors import PlanError
from planner.plan.currency import check_same_currency
from planner.plan.metrics import METRICS, Metric

__all__ = ["FACTORS", "Bar", "Ends", "bridge", "bridged", "ends", "grouped"]


def bridge(
    before: Forecast | Actuals, after: Forecast | Actuals, metric: str = "won", *, tail: bool = False
) -> tuple[Bar, ...]:
    """Bars that sum to `after` less `before` in a metric of `bridged()`; also those that did not move, with amount 0.

    Forecasts are of one plan each, without moves. Actuals are read against the plan of the forecast on the other side,
    up to their day; the plan then counts what was due by that day. A stage or a cost that actuals leave out moves as
    planned (see `happened` and `spent`). `tail` (forecasts only) counts what lands after the plan's end too. Raises
    PlanError for another metric, for a figure the actuals do not report, and for a ratio that a side cannot form.

    >>> from planner import forecast, pull, starter
    >>> plan = starter("email")
    >>> bars = bridge(forecast(plan), forecast(pull(plan, "email.volume", 9_000.0)))
    >>> [(bar.label, round(bar.amount, 2)) for bar in bars if bar.amount]
    [('E-mail: volume', 0.64)]
    """
    left, right = _sides(before, after, metric, tail)
    return _ratio(left, right, METRICS[metric]) if METRICS[metric].is_ratio else _sum(left, right, metric, True)


def ends(before: Forecast | Actuals, after: Forecast | Actuals, metric: str = "won", *, tail: bool = False) -> Ends:
    """The figure before and after, as `bridge` counts it."""
    left, right = _sides(before, after, metric, tail)
    row = METRICS[metric]
    if not row.is_ratio:
        return _figures(left, right, metric, opening=True)
    top, bottom = (_figures(left, right, part, opening=row.counts_openings) for part in row.parts)
    return Ends(
        top.before / bottom.before - row.less if bottom.before else math.nan,
        top.after / bottom.after - row.less if bottom.after else math.nan,
    )


def bridged() -> tuple[str, ...]:
    """The metrics that a bridge can split: counts, what they are worth, cost, and differences and ratios of these."""
    whole = {key for key, metric in METRICS.items() if metric.counts is not None}
    return tuple(
        key for key, metric in METRICS.items() if key in whole or (metric.parts and whole.issuperset(metric.parts))
    )


def _sides(before: Forecast | Actuals, after: Forecast | Actuals, metric: str, tail: bool) -> tuple[Side, Side]:
    if metric not in bridged():
        raise PlanError(metric, f"cannot be split exactly; these can: {', '.join(bridged())}")
    if isinstance(before, Forecast) and isinstance(after, Forecast):
        check_same_currency(before.plan, after.plan, metric)
    parts = METRICS[metric].parts or (metric,)
    staged = next((part for part in parts if METRICS[part].stage is not None), None)
    last = stage_of(staged or "won")  # cost follows the funnel to its end
    sides = (side(before, after, last, tail), side(after, before, last, tail))
    for end in sides:
        if staged is not None and not end.known(staged):
            raise PlanError(metric, "is not in these actuals; choose one that they report")
    return sides


def _figures(left: Side, right: Side, metric: str, *, opening: bool) -> Ends:
    return Ends(left.figure(metric, opening), right.figure(metric, opening))


# -- what adds up -----------------------------------------------------------------------------------------------------


def _sum(left: Side, right: Side, metric: str, opening: bool) -> tuple[Bar, ...]:
    """The bars of a figure that is summed over channels, or the difference of two such figures."""
    row = METRICS[metric]
    if row.counts == "cost":
        return tuple(_cost(left, right))
    if row.minuend is not None and row.subtrahend is not None:
        less = _scaled(_sum(left, right, row.subtrahend, opening), -1.0)
        return (*_sum(left, right, row.minuend, opening), *less)
    channels = dict.fromkeys(channel.key for end in (left, right) for channel in end.funnel.channels)
    bars = [bar for channel in channels for bar in _channel(left, right, channel, metric)]
    if opening and (left.funnel.plan.opening or right.funnel.plan.opening):
        born = Ends(left.born(metric), right.born(metric))
        bars.append(_difference("opening", FACTORS["opening"], "opening", None, born))
    loose = Ends(left.loose(metric), right.loose(metric))
    if loose.before or loose.after:
        bars.append(_difference("untraced", "Of no channel", "untraced", None, loose))
    return tuple(bars)


def _difference(key: str, label: str, factor: str, channel: str | None, ends: Ends) -> Bar:
    """A bar that is a plain difference."""
    return Bar(key, label, channel, factor, ends.change, ends.before, ends.after)


def _scaled(bars: tuple[Bar, ...], by: float) -> tuple[Bar, ...]:
    return tuple(replace(bar, amount=bar.amount * by) for bar in bars)


def _channel(left: Side, right: Side, key: str, metric: str) -> list[Bar]:
    """The bars of one channel, of what its own touches bring."""
    place = (key, stage_of(metric))
    counting = [end for end in (left, right) if place in end.funnel.own]
    if not counting:
        return []
    before, after = (next((c for c in end.funnel.channels if c.key == key), None) for end in (left, right))
    label = next(channel.label for channel in (after, before) if channel)
    figures = Ends(left.part(key, metric), right.part(key, metric))
    if not all(end.reports(key, metric) for end in counting):
        return [_difference(f"{key}.unreported", f"{label}: not reported", "unreported", key, figures)]
    products = (
        product_of(left, before, figures.before, metric),
        product_of(right, after, figures.after, metric),
    )
    if not all(product.factors for product in products):
        return [_difference(f"{key}.untraced", f"{label}: with nothing before it", "untraced", key, figures)]
    return split(key, label, *products)


# -- cost -------------------------------------------------------------------------------------------------------------


def _cost(left: Side, right: Side) -> Iterator[Bar]:
    """Cost by row; where a side knows only a channel's sum, by that sum."""
    summed = {line.channel: line for end in (left, right) for line in end.lines if line.reported}
    for channel, line in summed.items():
        sums = Ends(_cost_of(left, channel), _cost_of(right, channel))
        yield _difference(line.key, line.label, "cost", channel, sums)
    before, after = ({line.key: line for line in end.lines if line.channel not in summed} for end in (left, right))
    for key in dict.fromkeys((*before, *after)):
        line = after.get(key) or before[key]
        amounts = Ends(_amount(before.get(key)), _amount(after.get(key)))
        yield _difference(key, line.label, "cost", line.channel, amounts)


def _cost_of(side: Side, channel: str | None) -> float:
    return sum(line.amount for line in side.lines if line.channel == channel)


def _amount(line: Line | None) -> float:
    return 0.0 if line is None else line.amount


# -- ratios -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Weights:
    """What the bars of a ratio's top and of its bottom are multiplied by, so that they add up to its difference."""

    top: float
    bottom: float


def _ratio(left: Side, right: Side, metric: Metric) -> tuple[Bar, ...]:
    """Top ÷ bottom: each bar of the top, less each of the bottom, as a share of its own logarithmic mean."""
    opening = metric.counts_openings
    top, bottom = (_figures(left, right, part, opening=opening) for part in metric.parts)
    if min(bottom.before, bottom.after) <= 0:
        raise PlanError(metric.key, f"cannot be formed on both sides: {metric.parts[1]} is 0 or less on one")
    if min(top.before, top.after) < 0:
        raise PlanError(metric.key, f"cannot be formed on both sides: {metric.parts[0]} is 0 or less on one")
    weights = _weights_of_ratio(top, bottom)
    tops, bottoms = (_sum(left, right, part, opening) for part in metric.parts)
    return (*_scaled(tops, weights.top), *_scaled(bottoms, weights.bottom))


def _weights_of_ratio(top: Ends, bottom: Ends) -> _Weights:
    ratio = Ends(top.before / bottom.before, top.after / bottom.after)
    if top.before == top.after == 0:
        return _Weights(0.0, 0.0)
    if min(top.before, top.after) == 0:  # the whole difference is the top's
        return _Weights(ratio.change / top.change, 0.0)
    mean = log_mean(ratio.after, ratio.before)
    return _Weights(mean / log_mean(top.after, top.before), -mean / log_mean(bottom.after, bottom.before))
