"""Plan against actuals to date: is a stage behind, or merely too recent to judge?

Everything is held against what was due by the day the actuals speak of (see `reported`). A stage is judged by its own
parents: what the plan's rate and delay would have made of the parents that really came. With some twenty stages, each
in its own 80 % band, some stage is always out; so only what lies outside the band of the whole family is called off
plan (Šidák 1967: a band of 0.8^(1/m) each for m stages judged).
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from typing import Literal

from scipy.special import bdtrik

from planner.actuals.actuals import Actuals
from planner.ask.compare.side import Side, actual_side, planned_side
from planner.ask.variance.exposure import Funnel
from planner.ask.variance.reported import allotted
from planner.measure.metrics import ratio
from planner.plan import Channel, Plan, Stage, merged

__all__ = ["BAND", "MoneyToDate", "Pair", "StageToDate", "ToDate", "Verdict", "to_date"]

Verdict = Literal["on_plan", "ahead", "behind", "too_recent", "not_reported"]
BAND = 0.8  # of the times chance alone leaves a stage, or the whole family of stages, inside its band
NEAR = 0.05  # touches are a choice, not a matter of chance: this near the target they are on plan
TELLING = 0.25  # a band wider than this share of the expected either way cannot tell


@dataclass(frozen=True)
class StageToDate:
    """One stage of one channel to date; nan where it is not reported or cannot be formed.

    `planned` was due by the day. `expected` is what the plan makes of the `parents` that came, `low` to `high` its 80 %
    band; all three and `actual` include what was `under_way` at the start. `naive` is actual ÷ parents; `effective` is
    actual ÷ `exposure`, the parents that have had time (less what wear, with what assists explain), to be held against
    the `assumed` rate; both leave out what openings bring. Of an exclusive stage all rates are shares of the parent. A
    root has no rate: its expected is the planned. `off` says whether it lies outside the band of the whole family.
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
    parents: float
    under_way: float
    exposure: float
    assumed: float
    naive: float
    effective: float
    verdict: Verdict
    off: bool = False

    @property
    def distance(self) -> float:
        """How far off it is, in standard deviations of a Poisson count."""
        return abs(self.actual - self.expected) / math.sqrt(max(self.expected, 1.0))


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

    def furthest(self, verdict: Literal["ahead", "behind"]) -> StageToDate | None:
        """The main stage furthest ahead, or behind, outside the band of the whole family; None where none is."""
        off = [row for row in self.stages if row.off and (row.actual > row.expected) == (verdict == "ahead")]
        return max(off, key=lambda row: row.distance, default=None)


def to_date(plan: Plan, actuals: Actuals) -> ToDate:
    """The plan held against actuals up to their day, by channel and stage, and in money.

    Verdicts: on plan, ahead, behind, too recent (the 80 % band of chance is too wide to see a deviation of a quarter),
    not reported. Ahead means more, also of an outcome nobody wants. Touches are on plan within 5 %. Raises PlanError
    where the plan begins after the actuals end.
    """
    planned, real = planned_side(plan, actuals), actual_side(plan, actuals)
    stages = [
        _stage(planned.funnel, real.funnel, channel, stage)
        for channel in real.funnel.channels
        for stage in merged(channel.stages, plan.sales)
    ]
    judged = [row for row in stages if row.main and _has_chance(row)]
    each = BAND ** (1 / max(len(judged), 1))
    stages = [replace(row, off=_off(row, each)) for row in stages]
    channels, total = _money(planned, real)
    return ToDate(actuals.as_of, real.funnel.passed, tuple(stages), channels, total)


# -- stages -----------------------------------------------------------------------------------------------------------


def _stage(planned: Funnel, real: Funnel, channel: Channel, stage: Stage) -> StageToDate:
    step, born = real.exposure(channel, stage), float(real.born[channel.key, stage.key].sum())
    own = step.arrivals if real.knows(channel.key, stage.key) else math.nan
    target = planned.count(channel.key, stage.key)
    head = (channel.key, stage.key, f"{channel.label}: {stage.label.lower()}", stage.main, target, own + born)
    if stage.of is None:
        verdict = _verdict(own + born, target, target * (1 - NEAR), target * (1 + NEAR))
        return StageToDate(*head, target, target, target, math.nan, born, *(math.nan,) * 4, verdict)
    exposure = step.exposure if stage.exclusive else step.weighted
    fair = real.expectation(channel, stage)
    low, high = _band(step.parents, fair, BAND)
    assumed = fair / exposure if exposure > 0 else stage.rate
    return StageToDate(
        *head, fair + born, low + born, high + born, step.parents, born, exposure,
        assumed, _over(own, step.parents), _over(own, exposure), _verdict(own, fair, low, high),
    )  # fmt: skip


def _band(parents: float, expected: float, part: float) -> tuple[float, float]:
    """The middle `part` of what chance makes of `expected` out of so many parents (binomial)."""
    if not 1e-6 < expected < parents * (1 - 1e-9):  # no chance to speak of
        return expected, expected
    ends = ((1 - part) / 2, (1 + part) / 2)
    low, high = (min(math.ceil(bdtrik(q, parents, expected / parents)), parents) for q in ends)
    return low, high


def _verdict(actual: float, expected: float, low: float, high: float) -> Verdict:
    """The verdict. Counts that are not whole lie in the band when a whole number beside them does."""
    if math.isnan(actual):
        return "not_reported"
    slack = 1e-9 * max(1.0, expected)
    if math.floor(actual + slack) > high + slack:
        return "ahead"
    if math.ceil(actual - slack) < low - slack:
        return "behind"
    return "on_plan" if (high - low) / 2 < TELLING * expected else "too_recent"


def _has_chance(row: StageToDate) -> bool:
    """Whether a reported count is a matter of chance: it has parents, and not all or none of them are expected."""
    expected = row.expected - row.under_way
    return math.isfinite(row.actual) and math.isfinite(row.parents) and 1e-6 < expected < row.parents * (1 - 1e-9)


def _off(row: StageToDate, part: float) -> bool:
    """Whether a main stage, or touches, lie outside the band that is the family's."""
    if not (row.main or math.isnan(row.parents)):
        return False
    if not _has_chance(row):
        return row.verdict in ("ahead", "behind")
    expected = row.expected - row.under_way
    low, high = _band(row.parents, expected, part)
    return _verdict(row.actual - row.under_way, expected, low, high) in ("ahead", "behind")


# -- money ------------------------------------------------------------------------------------------------------------


def _money(planned: Side, real: Side) -> tuple[tuple[MoneyToDate, ...], MoneyToDate]:
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
