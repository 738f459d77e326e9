"""Why a figure moved: bars by channel and factor that sum to the difference exactly, in any order, with no remainder.

A channel's deals are its touches times, stage by stage, what has had time, what the audience's wear leaves, what
assists add, and the rate. The difference of two such products is split by the logarithmic mean (LMDI-I; Ang 2005): a
factor's bar is L(x₁, x₀) · ln(factor₁ ÷ factor₀), L(a, b) = (a − b) ÷ (ln a − ln b). Where one side is 0, the whole
difference belongs to the first factor along the path that is 0 there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from planner.actuals.actuals import Actuals
from planner.ask.compare.side import Part, Side, side, stage_of
from planner.ask.variance.exposure import StageExposure, lineage
from planner.ask.variance.reported import Line
from planner.engine import Forecast
from planner.errors import PlanError
from planner.plan import Channel, Plan, merged
from planner.plan.currency import check_same_currency
from planner.plan.metrics import METRICS, Metric

__all__ = ["FACTORS", "Bar", "Ends", "bridge", "bridged", "ends", "grouped"]

FACTORS = {
    "volume": "Volume", "rate": "Rates", "wear": "Worn audiences", "assist": "Help between channels",
    "timing": "Timing", "season": "Season",
    "started": "Started", "stopped": "Stopped", "value": "Deal value", "margin": "Gross margin",
    "cost": "Cost", "opening": "Already under way at the start", "unreported": "Not reported",
    "untraced": "With nothing before it",
}  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """One bar: by how much `factor` of `channel` (None: of all) moved the figure.

    `factor` is one of `FACTORS`; of those, "unreported" (a channel that does not report the figure) and "untraced"
    (what came with nothing before it) are of actuals only. `key` is unique, and the same after a swap. `before` and
    `after` are the factor's own values, nan where it has none.
    """

    key: str
    label: str
    channel: str | None
    factor: str
    amount: float
    before: float = math.nan
    after: float = math.nan


@dataclass(frozen=True)
class Ends:
    """A figure on both sides of a bridge; nan where a ratio cannot be formed."""

    before: float
    after: float


def bridge(
    before: Forecast | Actuals, after: Forecast | Actuals, metric: str = "won", *, tail: bool = False
) -> tuple[Bar, ...]:
    """Bars that sum to `after` less `before` in a metric of `bridged()`; also those that did not move, with amount 0.

    Forecasts are of one plan each, without moves. Actuals are read against the plan of the forecast on the other side,
    up to their day; the plan then counts what was due by that day. A stage or a cost that actuals leave out moves as
    planned (see `happened` and `spent`). `tail` (forecasts only) counts what lands after the plan's end too. Raises
    PlanError for another metric, for a figure the actuals do not report, and for a ratio that a side cannot form.
    """
    left, right = _sides(before, after, metric, tail)
    return _ratio(left, right, METRICS[metric]) if METRICS[metric].is_ratio else _sum(left, right, metric, True)


def ends(before: Forecast | Actuals, after: Forecast | Actuals, metric: str = "won", *, tail: bool = False) -> Ends:
    """The figure before and after, as `bridge` counts it."""
    sides = _sides(before, after, metric, tail)
    row = METRICS[metric]
    if not row.is_ratio:
        return Ends(*(end.figure(metric, True) for end in sides))
    tops, bottoms = ([end.figure(part, row.counts_openings) for end in sides] for part in row.parts)
    return Ends(*(a / b - row.less if b else math.nan for a, b in zip(tops, bottoms, strict=True)))


def grouped(bars: Iterable[Bar], by: Literal["factor", "channel"], plan: Plan) -> tuple[Bar, ...]:
    """Bars added up by factor, or by channel of the plan, in order of first appearance, zeros left out."""
    names = {channel.key: channel.label for channel in plan.channels}
    sums: dict[tuple[str, str | None], float] = {}
    for bar in bars:
        key = (bar.factor, None) if by == "factor" else ("channel", bar.channel)
        sums[key] = sums.get(key, 0.0) + bar.amount
    return tuple(
        Bar(channel or factor, FACTORS.get(factor) or names.get(channel or "", "Shared"), channel, factor, amount)
        for (factor, channel), amount in sums.items()
        if amount
    )


def bridged() -> tuple[str, ...]:
    """The metrics that a bridge can split: counts, what they are worth, cost, and differences and ratios of these."""
    whole = [key for key, metric in METRICS.items() if metric.counts is not None]
    return tuple(
        key for key, metric in METRICS.items() if key in whole or ({*metric.parts} and {*metric.parts} <= {*whole})
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


# -- what adds up -----------------------------------------------------------------------------------------------------


def _sum(left: Side, right: Side, metric: str, opening: bool) -> tuple[Bar, ...]:
    row = METRICS[metric]
    if row.counts == "cost":
        return _cost(left, right)
    if row.minuend is not None and row.subtrahend is not None:
        less = (replace(bar, amount=-bar.amount) for bar in _sum(left, right, row.subtrahend, opening))
        return (*_sum(left, right, row.minuend, opening), *less)
    keys = dict.fromkeys(channel.key for end in (left, right) for channel in end.funnel.channels)
    bars = [bar for key in keys for bar in _channel(left, right, key, metric)]
    if opening and (left.funnel.plan.opening or right.funnel.plan.opening):
        bars.append(_bar("opening", FACTORS["opening"], None, left.born(metric), right.born(metric)))
    if left.loose(metric) or right.loose(metric):
        bars.append(_bar("untraced", "Of no channel", None, left.loose(metric), right.loose(metric)))
    return tuple(bars)


def _bar(factor: str, label: str, channel: str | None, before: float, after: float, key: str = "") -> Bar:
    """A bar that is a plain difference."""
    key = key or (f"{channel}.{factor}" if channel else factor)
    return Bar(key, label, channel, factor, after - before, before, after)


def _cost(left: Side, right: Side) -> tuple[Bar, ...]:
    """Cost by row; where a side knows only a channel's sum, by that sum."""
    bars = []
    summed = {line.channel: line for end in (left, right) for line in end.lines if line.reported}
    for line in summed.values():
        before, after = (sum(row.amount for row in end.lines if row.channel == line.channel) for end in (left, right))
        bars.append(_bar("cost", line.label, line.channel, before, after, line.key))
    rows: dict[str, list[Line | None]] = {}
    for i, end in enumerate((left, right)):
        for line in end.lines:
            if line.channel not in summed:
                rows.setdefault(line.key, [None, None])[i] = line
    for key, (one, other) in rows.items():
        row = other or one
        assert row is not None
        before, after = one.amount if one else 0.0, other.amount if other else 0.0
        bars.append(_bar("cost", row.label, row.channel, before, after, key))
    return tuple(bars)


def _ratio(left: Side, right: Side, metric: Metric) -> tuple[Bar, ...]:
    """Top ÷ bottom: each bar of the top, less each of the bottom, as a share of its own logarithmic mean."""
    (top, bottom), opening = metric.parts, metric.counts_openings
    a, b = ([end.figure(part, opening) for end in (left, right)] for part in (top, bottom))
    if min(b) <= 0 or min(a) < 0:
        raise PlanError(
            metric.key, f"cannot be formed on both sides: {bottom if min(b) <= 0 else top} is 0 or less on one"
        )
    before, after = a[0] / b[0], a[1] / b[1]
    tops, bottoms = _sum(left, right, top, opening), _sum(left, right, bottom, opening)
    if min(a) == 0:  # the whole difference is the top's
        by = [(after - before) / (a[1] - a[0]) if max(a) else 0.0, 0.0]
    else:
        mean = _log_mean(after, before)
        by = [mean / _log_mean(a[1], a[0]), -mean / _log_mean(b[1], b[0])]
    return tuple(replace(bar, amount=bar.amount * k) for bars, k in ((tops, by[0]), (bottoms, by[1])) for bar in bars)


# -- what multiplies --------------------------------------------------------------------------------------------------

Parts = dict[str, Part]
_ORDER = ("timing", "season", "wear", "assist", "rate")


def _channel(left: Side, right: Side, key: str, metric: str) -> list[Bar]:
    """The bars of one channel, of what its own touches bring."""
    sides, at = (left, right), (key, stage_of(metric))
    if not any(at in end.funnel.own for end in sides):
        return []
    here = [next((c for c in end.funnel.channels if c.key == key), None) for end in sides]
    name = next(channel.label for channel in reversed(here) if channel)
    before, after = (end.part(key, metric) for end in sides)
    if any(at in end.funnel.own and not end.reports(key, metric) for end in sides):
        return [_bar("unreported", f"{name}: not reported", key, before, after)]
    one, other = (_parts(end, channel, metric) for end, channel in zip(sides, here, strict=True))
    if not one or not other:
        return [_bar("untraced", f"{name}: with nothing before it", key, before, after)]
    return _split(key, name, Ends(before, after), one, other)


def _parts(end: Side, channel: Channel | None, metric: str) -> Parts:
    """The factors of a channel's part of a metric, in order along the path; none where something came of nothing."""
    funnel, stage = end.funnel, stage_of(metric)
    if channel is None or (channel.key, stage) not in funnel.own:
        return {"volume": Part("volume", "volume", 0.0)}
    parts = {"volume": Part("volume", "volume", float(funnel.own[channel.key, ""].sum()))}
    names = {s.key: s.label.lower() for s in merged(channel.stages, funnel.plan.sales)}
    for step in (funnel.exposure(channel, s) for s in lineage(channel, funnel.plan, stage)):
        if step.arrivals > 0 and step.parents <= 0:
            return {}
        name, of = names[step.stage.key], names.get(step.stage.of or "", "planned touches")
        shares = _shares(step)
        there = {"rate": Part("rate", f"{name}, share of {of}", shares.rate)}
        if step.stage.delay:
            there["timing"] = Part("timing", f"timing of {name}", shares.timing)
        if step.stage.by_month:
            there["season"] = Part("season", f"{name}, season", shares.season)
        if step.stage.tires and channel.audience:
            there["wear"] = Part("wear", f"{name}, worn audience", shares.wear)
        if any(a.stage == f"{channel.key}.{step.stage.key}" for a in funnel.plan.assists):
            there["assist"] = Part("assist", f"{name}, help from other channels", shares.assist)
        elif "season" in there:  # the cap at 1 belongs to the season where nothing assists
            there["season"] = replace(there["season"], value=shares.season * shares.assist)
        parts |= {f"{step.stage.key}.{factor}": there[factor] for factor in _ORDER if factor in there}
    return parts | {part.factor: part for part in end.worth(channel.key, metric)}


@dataclass(frozen=True)
class _Shares:
    """The factors of a stage, whose product is arrivals ÷ parents; nan behind one that is 0."""

    timing: float
    season: float
    wear: float
    assist: float
    rate: float


def _shares(step: StageExposure) -> _Shares:
    """The factors of a stage. Where more came than the delay allows, the rate is the plan's, the rest timing."""
    shares = _Shares(
        _over(step.exposure, step.parents), _over(step.seasoned, step.exposure), _over(step.worn, step.seasoned),
        _over(step.weighted, step.worn), _over(step.arrivals, step.weighted),
    )  # fmt: skip
    if step.arrivals <= step.weighted * (1 + 1e-9) or (step.weighted > 0 and not step.stage.delay):
        return shares
    season, wear, assist = (x if x > 0 else 1.0 for x in (shares.season, shares.wear, shares.assist))
    left = step.arrivals / step.parents / (season * wear * assist)
    rate = step.stage.rate or 1.0
    timing, rate = (left / rate, rate) if step.stage.delay else (1.0, left)
    return _Shares(timing, season, wear, assist, rate)


def _split(key: str, name: str, figure: Ends, before: Parts, after: Parts) -> list[Bar]:
    """The difference of two products by factor; a factor on one side only is 1 on the other."""
    change = figure.after - figure.before
    zero = before if figure.before <= 0 else after if figure.after <= 0 else None
    first = next((at for at, part in zero.items() if part.value <= 0), next(reversed(zero))) if zero and change else ""
    mean = 0.0 if zero else _log_mean(figure.after, figure.before)
    bars = []
    for at in {**before, **after}:
        one, other = (parts[at].value if at in parts else math.nan for parts in (before, after))
        part = after.get(at) or before[at]
        factor = part.factor
        if at == "volume" == first:
            factor = "started" if zero is before else "stopped"
        amount = (change if at == first else 0.0) if zero else mean * _log_ratio(other, one)
        label = f"{name}: {factor if factor in ('started', 'stopped') else part.label}"
        bars.append(Bar(f"{key}.{at}", label, key, factor, amount, one, other))
    return bars


def _log_mean(a: float, b: float) -> float:
    """L(a, b) = (a − b) ÷ ln(a ÷ b) of two positive numbers; L(a, a) = a."""
    return a if a == b else (a - b) / _ln(a, b)


def _ln(a: float, b: float) -> float:
    """ln(a ÷ b), exact where both are near and finite where they are far apart."""
    return math.log1p((a - b) / b) if abs(a - b) < 0.5 * b else math.log(a) - math.log(b)


def _log_ratio(a: float, b: float) -> float:
    """ln(a ÷ b), a factor that is not there being 1; what is mere rounding is 0."""
    a, b = (1.0 if math.isnan(x) else x for x in (a, b))
    return _ln(a, b) if abs(a - b) > 1e-13 * b else 0.0


def _over(top: float, bottom: float) -> float:
    return top / bottom if bottom > 0 else math.nan
