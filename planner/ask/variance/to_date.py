"""Plan against actuals to date: is a stage behind, or merely young?

Everything is held against what was due by the day the actuals speak of. Of a month of which the share *f* has passed
the plan's touches are *f*, spread evenly, and of what they set off only the part whose delay has run out was due. A
stage is judged by its own parents: what the plan's rate and delay would have made of the parents that really came.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from scipy.special import bdtrik

from planner.actuals.actuals import Actuals
from planner.ask.compare.side import Side, came, due
from planner.ask.variance.funnel import Funnel
from planner.ask.variance.money import allotted
from planner.measure.metrics import ratio
from planner.plan import Channel, Plan, Stage, merged
from planner.words import counted, day, short

__all__ = ["MoneyToDate", "StageToDate", "ToDate", "to_date"]

ON_PLAN, AHEAD, BEHIND = "on plan", "ahead", "behind"
TOO_EARLY, NOT_REPORTED = "too early to tell", "not reported"
NEAR = 0.05  # touches are a choice, not a matter of luck: this near the target they are on plan
TELLING = 0.25  # a band wider than this share of the expected either way cannot tell


@dataclass(frozen=True)
class StageToDate:
    """One stage of one channel to date; nan where it is not reported or cannot be formed.

    `planned` was due by the day. `expected` is what the plan makes of the parents that came, `low` to `high` its 80 %
    band. `naive` is actual ÷ parents; `effective` is actual ÷ `exposure`, the parents that have had time (less what
    wear, with what assists explain), to be held against the `assumed` rate; both leave out what openings bring. Of an
    exclusive stage all rates are shares of the parent. A root has no rate: its expected is the planned.
    """

    channel: str
    stage: str
    label: str
    main: bool
    planned: float
    actual: float
    expected: float
    low: float
    high: float
    exposure: float
    assumed: float
    naive: float
    effective: float
    verdict: str


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
class ToDate:
    """Plan against actuals up to `as_of`: `passed` months of the plan, the last perhaps in part."""

    as_of: dt.date
    passed: float
    stages: tuple[StageToDate, ...]
    channels: tuple[MoneyToDate, ...]
    total: MoneyToDate
    sentence: str


def to_date(plan: Plan, actuals: Actuals) -> ToDate:
    """The plan held against actuals up to their day, by channel and stage, and in money.

    Verdicts: "on plan", "ahead", "behind", "too early to tell" (the 80 % band of luck is too wide to see a deviation of
    a quarter), "not reported". Ahead means more, also of an outcome nobody wants. Touches are on plan within 5 %.
    Raises PlanError where the plan begins after the actuals end.
    """
    planned, real = due(plan, actuals), came(plan, actuals)
    stages = tuple(
        _stage(planned.funnel, real.funnel, channel, stage)
        for channel in real.funnel.channels
        for stage in merged(channel.stages, plan.sales)
    )
    channels, total = _money(planned, real)
    sentence = _sentence(plan, actuals.as_of, stages, total)
    return ToDate(actuals.as_of, real.funnel.passed, stages, channels, total, sentence)


# -- stages -----------------------------------------------------------------------------------------------------------


def _stage(planned: Funnel, real: Funnel, channel: Channel, stage: Stage) -> StageToDate:
    step, born = real.step(channel, stage), float(real.born[channel.key, stage.key].sum())
    own = step.arrivals if real.knows(channel.key, stage.key) else math.nan
    target = planned.count(channel.key, stage.key)
    head = (channel.key, stage.key, f"{channel.label}: {stage.label.lower()}", stage.main, target, own + born)
    if stage.of is None:
        verdict = _judged(own + born, target, target * (1 - NEAR), target * (1 + NEAR))
        return StageToDate(*head, target, target, target, *(math.nan,) * 4, verdict)
    exposure = step.exposure if stage.exclusive else step.weighted
    fair = real.expectation(channel, stage)
    low, high = _band(step.parents, fair)
    assumed = fair / exposure if exposure > 0 else stage.rate
    return StageToDate(
        *head, fair + born, low + born, high + born, exposure,
        assumed, _over(own, step.parents), _over(own, exposure), _judged(own, fair, low, high),
    )  # fmt: skip


def _band(parents: float, expected: float) -> tuple[float, float]:
    """The 10th and 90th percentile of what luck makes of `expected` out of so many parents (binomial)."""
    if not 1e-6 < expected < parents * (1 - 1e-9):  # no luck to speak of
        return expected, expected
    low, high = (min(math.ceil(bdtrik(q, parents, expected / parents)), parents) for q in (0.1, 0.9))
    return low, high


def _judged(actual: float, expected: float, low: float, high: float) -> str:
    """The verdict. Counts that are not whole lie in the band when a whole number beside them does."""
    if math.isnan(actual):
        return NOT_REPORTED
    slack = 1e-9 * max(1.0, expected)
    if math.floor(actual + slack) > high + slack:
        return AHEAD
    if math.ceil(actual - slack) < low - slack:
        return BEHIND
    return ON_PLAN if (high - low) / 2 < TELLING * expected else TOO_EARLY


# -- money ------------------------------------------------------------------------------------------------------------


def _money(planned: Side, real: Side) -> tuple[tuple[MoneyToDate, ...], MoneyToDate]:
    """By channel, and in total."""
    told = [line for line in real.lines if line.told]
    costs = [allotted(end.funnel, end.lines) for end in (planned, real)]
    rows = []
    for channel in real.funnel.channels:
        key = channel.key
        plan, actual = _of_channel(planned, key, costs[0][key]), _of_channel(real, key, costs[1][key])
        rows.append(_row(key, channel.label, plan, actual, sum(line.amount for line in told if line.channel == key)))
    return tuple(rows), _row(None, "All channels", _of_all(planned), _of_all(real), sum(line.amount for line in told))


@dataclass(frozen=True)
class _Sums:
    """One side's sums: of everything, and (own) of touches alone."""

    deals: float
    revenue: float
    cost: float
    own_deals: float
    own_revenue: float


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
        Pair(*(_over(end.cost, end.own_deals) for end in (plan, actual))),
        Pair(*(_over(end.own_revenue - end.cost, end.cost) for end in (plan, actual))),
        reported,
    )  # fmt: skip


def _over(top: float, bottom: float) -> float:
    return float(ratio(top, bottom))


def _sentence(plan: Plan, as_of: dt.date, stages: tuple[StageToDate, ...], total: MoneyToDate) -> str:
    """Deals against what was due, and the main stages furthest behind and ahead of what was to be expected of them."""
    came = "Deals are not reported" if math.isnan(total.deals.actual) else counted(plan, total.deals.actual, "deal")
    text = f"{came} by {day(as_of)}, against {short(plan, total.deals.plan)} due. "
    main = [row for row in stages if row.main]
    said = []
    for verdict in (BEHIND, AHEAD):
        if off := [row for row in main if row.verdict == verdict]:
            most = max(off, key=lambda row: abs(row.actual - row.expected) / math.sqrt(max(row.expected, 1.0)))
            figures = f"{short(plan, most.actual)} came, {short(plan, most.expected)} were to be expected"
            said.append(f"Furthest {verdict}: {most.label} ({figures}).")
    if said:
        return text + " ".join(said)
    verdicts = {row.verdict for row in main}
    if ON_PLAN not in verdicts:
        return text + ("It is too early to tell." if TOO_EARLY in verdicts else "No stage is reported.")
    return text + ("What can be told is on plan, the rest is young." if TOO_EARLY in verdicts else "All is on plan.")
