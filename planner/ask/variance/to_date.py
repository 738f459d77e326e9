"""Plan against actuals to date: is a stage behind, or merely too recent to judge?

Everything is held against what was due by the day the actuals speak of (see `reported`). A stage is judged by its own
parents: what the plan's rate and delay would have made of the parents that really came, so that one weak step does not
make every later one look weak. The totals of all channels are judged by the touches: what the plan's rates and delays
would have made of what was really sent. What is called off plan lies outside the band of its whole family (`chance`).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from planner.actuals.actuals import UNATTRIBUTED, Actuals
from planner.ask.compare.side import actual_side, planned_side
from planner.ask.variance.chance import BAND, Trial, band, family_level
from planner.ask.variance.exposure import Funnel
from planner.ask.variance.money import MoneyToDate, Pair, money_to_date, over
from planner.ask.variance.reported import after_sent, silent_months
from planner.plan import Channel, Plan, Stage, merged

__all__ = ["BAND", "MoneyToDate", "Pair", "StageToDate", "ToDate", "Verdict", "to_date"]

Verdict = Literal["on_plan", "ahead", "behind", "too_recent", "not_reported"]
NEAR = 0.05  # touches are a choice, not a matter of chance: this near the target they are on plan
TELLING = 0.25  # a band wider than this share of the expected either way cannot tell


@dataclass(frozen=True)
class StageToDate:
    """One stage of one channel to date ("sales": of all); nan where it is not reported or cannot be formed.

    `planned` was due by the day. `expected` is what the plan makes of the `parents` that came, `low` to `high` its 80 %
    band; all three and `actual` include what was `under_way` at the start. `from_sent` is what the plan makes of the
    touches that were really sent, `sent_low` to `sent_high` what chance makes of it at the level of the whole family.
    `to_come` is how many more will arrive of what has come so far. `naive` is actual ÷ parents; `effective` is
    actual ÷ `exposure`, the parents that have had time (less what wear, with what assists explain), to be held against
    the `assumed` rate; both leave out what openings bring. Of an exclusive stage all rates are shares of the parent. A
    root has no rate: its expected is what was planned in the months that report it. `off`
    says whether it lies outside the band of the whole family.
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
    from_sent: float = math.nan
    sent_low: float = math.nan
    sent_high: float = math.nan
    to_come: float = math.nan

    @property
    def distance(self) -> float:
        """How far off it is, in standard deviations of a Poisson count."""
        return abs(self.actual - self.expected) / math.sqrt(max(self.expected, 1.0))

    @property
    def is_root(self) -> bool:
        """Whether it counts what is sent, which nothing comes before."""
        return math.isnan(self.parents)


@dataclass(frozen=True)
class ToDate:
    """Plan against actuals up to `as_of`: `passed` months of the plan, the last perhaps in part.

    `outcomes` are the stages that every appointment passes, over all channels that report them.
    """

    as_of: dt.date
    passed: float
    stages: tuple[StageToDate, ...]
    outcomes: tuple[StageToDate, ...]
    channels: tuple[MoneyToDate, ...]
    total: MoneyToDate

    def furthest(self, verdict: Literal["ahead", "behind"]) -> StageToDate | None:
        """The main stage furthest ahead, or behind, outside the band of the whole family; None where none is."""
        off = [row for row in self.stages if row.off and not row.is_root]
        return max((row for row in off if row.verdict == verdict), key=lambda row: row.distance, default=None)

    def sent_off(self) -> tuple[StageToDate, ...]:
        """The channels whose touches are not on plan."""
        return tuple(row for row in self.stages if row.off and row.is_root)


def to_date(plan: Plan, actuals: Actuals) -> ToDate:
    """The plan held against actuals up to their day, by channel and stage, and in money.

    Verdicts: on plan, ahead, behind, too recent (the 80 % band of chance is too wide to see a deviation of a quarter),
    not reported. Ahead means more, also of an outcome nobody wants. Touches are on plan within 5 %. Raises PlanError
    where the plan begins after the actuals end.

    >>> from planner import sample_actuals, starter
    >>> plan = starter("email", start="2027-01")
    >>> comparison = to_date(plan, sample_actuals(plan))
    >>> comparison.passed, [(row.label, row.verdict) for row in comparison.stages][:2]
    (5.0, [('E-mail: sent', 'on_plan'), ('E-mail: delivered', 'on_plan')])
    """
    planned, real, sent = planned_side(plan, actuals), actual_side(plan, actuals), after_sent(plan, actuals)
    ends = _Ends(planned.funnel, real.funnel, sent, actuals)
    stages = [
        _stage(ends, channel, stage) for channel in real.funnel.channels for stage in merged(channel.stages, plan.sales)
    ]
    level = family_level([_trial(row) for row in stages if row.main and math.isfinite(row.actual + row.parents)])
    channels, total = money_to_date(planned, real)
    rows = tuple(_judged(ends, row, level) for row in stages)
    return ToDate(actuals.as_of, real.funnel.passed, rows, _outcomes(ends, rows), channels, total)


@dataclass(frozen=True)
class _Ends:
    """The same months as planned, as they happened, as the plan makes them of what was sent, and as reported."""

    planned: Funnel
    real: Funnel
    sent: Funnel
    reports: Actuals


# -- stages -----------------------------------------------------------------------------------------------------------


def _stage(ends: _Ends, channel: Channel, stage: Stage) -> StageToDate:
    real, place = ends.real, (channel.key, stage.key)
    step, born = real.exposure(channel, stage), float(real.born[place].sum())
    own = step.arrivals if real.knows(*place) else math.nan
    target = ends.planned.count(*place)
    head = (*place, f"{channel.label}: {stage.label.lower()}", stage.main, target, own + born)
    if stage.of is None:
        due = target + _sent_on(ends, channel)
        if real.knows(*place):  # a month that nobody reports is no month without touches
            due -= sum(silent_months(ends.planned, ends.reports, ".".join(place)).values())
        verdict = _verdict(own + born, due, due * (1 - NEAR), due * (1 + NEAR))
        return StageToDate(
            *head, due, due, due, math.nan, born, *(math.nan,) * 4, verdict, to_come=real.to_come(channel, stage)
        )
    exposure = step.exposure if stage.exclusive else step.weighted
    fair = real.expectation(channel, stage)
    low, high = band(Trial(step.parents, fair), BAND)
    assumed = fair / exposure if exposure > 0 else stage.rate
    return StageToDate(
        *head, fair + born, low + born, high + born, step.parents, born, exposure,
        assumed, over(own, step.parents), over(own, exposure), _verdict(own, fair, low, high),
        to_come=real.to_come(channel, stage),
    )  # fmt: skip


def _sent_on(ends: _Ends, channel: Channel) -> float:
    """How many more touches than planned other channels have really sent on to this one."""
    more = 0.0
    for feed in (feed for feed in ends.real.plan.feeds if feed.channel == channel.key):
        head, _, stage = feed.source.partition(".")
        if (head, stage) in ends.planned.own and ends.real.knows(head, stage):
            more += feed.share * (ends.real.count(head, stage) - ends.planned.count(head, stage))
    return more


def _verdict(actual: float, expected: float, low: float, high: float) -> Verdict:
    """The verdict. Counts that are not whole lie in the band when a whole number beside them does."""
    if math.isnan(actual):
        return "not_reported"
    slack = 1e-9 * max(1.0, expected)
    if math.floor(actual + slack) > high + slack:
        return "ahead"
    if math.ceil(actual - slack) < low - slack:
        return "behind"
    if expected < 1 and not low == expected == high:  # there is chance in it, and nothing to see yet
        return "too_recent"
    return "on_plan" if (high - low) / 2 < TELLING * expected else "too_recent"


def _trial(row: StageToDate) -> Trial:
    return Trial(row.parents, row.expected - row.under_way)


def _judged(ends: _Ends, row: StageToDate, level: float) -> StageToDate:
    """The row with what the touches should have brought, and whether it lies outside the family's band."""
    sent, place = ends.sent, (row.channel, row.stage)
    own, born = float(sent.own[place].sum()), float(sent.born[place].sum())
    low, high = band(Trial(float(sent.own[row.channel, ""].sum()), own), level)
    row = replace(row, from_sent=own + born, sent_low=low + born, sent_high=high + born)
    if not (row.main or row.is_root) or row.verdict not in ("ahead", "behind"):
        return row
    trial = _trial(row)
    if row.is_root or not trial.by_chance:
        return replace(row, off=True)
    verdict = _verdict(row.actual - row.under_way, trial.expected, *band(trial, level))
    return replace(row, off=verdict == row.verdict)


# -- all channels -----------------------------------------------------------------------------------------------------


def _outcomes(ends: _Ends, rows: Iterable[StageToDate]) -> tuple[StageToDate, ...]:
    """The stages that every appointment passes, each over the channels that report it, judged by what was sent."""
    plan, by_stage = ends.real.plan, dict[str, list[StageToDate]]()
    for row in rows:
        by_stage.setdefault(row.stage, []).append(row)
    path = [stage for stage in plan.sales if stage.main]
    stages = [(path[0].of or "", "Appointment"), *((stage.key, stage.label) for stage in path)] if path else []
    outcomes = [_outcome(ends, key, label, by_stage[key]) for key, label in stages if key in by_stage]
    level = family_level([Trial(row.parents, row.expected) for row in outcomes if math.isfinite(row.actual)])
    return tuple(_outcome_judged(row, level) for row in outcomes)


def _outcome(ends: _Ends, key: str, label: str, rows: list[StageToDate]) -> StageToDate:
    reporting = [row for row in rows if math.isfinite(row.actual)]
    loose = ends.real.loose.get(key, 0.0)
    actual = sum((row.actual for row in reporting), loose) if reporting or loose else math.nan
    counted = reporting if reporting and not loose else rows
    planned, sent, to_come, born = (
        sum(getattr(row, name) for row in counted) for name in ("planned", "from_sent", "to_come", "under_way")
    )
    touches = sum(float(ends.sent.own[row.channel, ""].sum()) for row in counted)
    low, high = band(Trial(touches, sent - born), BAND)
    return StageToDate(
        UNATTRIBUTED, key, label, True, planned, actual, sent, low + born, high + born, touches, born, math.nan,
        math.nan, math.nan, math.nan, _verdict(actual - born, sent - born, low, high), from_sent=sent, to_come=to_come,
    )  # fmt: skip


def _outcome_judged(row: StageToDate, level: float) -> StageToDate:
    trial = _trial(row)
    low, high = band(trial, level)
    verdict = _verdict(row.actual - row.under_way, trial.expected, low, high)
    off = row.verdict in ("ahead", "behind") and verdict == row.verdict
    return replace(row, off=off, sent_low=low + row.under_way, sent_high=high + row.under_way)
