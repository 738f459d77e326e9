"""What is known of each channel and month: all of it, a part, or nothing, so that nobody takes a gap for a zero.

A channel is held against what it reports itself: a count that it gives in some months is missed in the others, unless
so few were to be expected that there may well have been none. Days count too: an export that ends on the 12th covers
its month in part. Single dated events say nothing of the days between them; they cover the days from first to last.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from planner.actuals.actuals import UNATTRIBUTED, Actuals
from planner.actuals.facts import Fact, stage_keys
from planner.actuals.periods import Interval, interval_of
from planner.calendar import month_keys
from planner.engine import Forecast, forecast
from planner.plan import Channel, Plan

__all__ = ["ChannelKnown", "MonthKnown", "State", "completeness"]

State = Literal["full", "part", "missing", "idle"]
FEW = 3.0  # of so many expected none may come by chance, one time in twenty
QUIET_DAYS = 4  # at the end of a month in which no event need happen: a weekend and its neighbours


@dataclass(frozen=True)
class MonthKnown:
    """One month, counted from 0. `absent` are stages without a count; `until` and `since` bound the days covered.

    "idle": nothing was planned, and nothing is reported.
    """

    month: int
    state: State
    absent: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class ChannelKnown:
    """One channel ("sales": what names none) with the months that have begun, and the stages it ever reports."""

    channel: str
    months: tuple[MonthKnown, ...]
    stages: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return all(month.state in ("full", "idle") for month in self.months)


def completeness(plan: Plan, actuals: Actuals) -> tuple[ChannelKnown, ...]:
    """What is known of each active channel, and of others that report, in the months that have begun."""
    planned, facts = forecast(plan), actuals.plain()
    channels = [_channel(planned, channel, actuals, facts) for channel in plan.channels]
    rows = [row for channel, row in zip(plan.channels, channels, strict=True) if channel.active or row.stages]
    loose = _of(plan, UNATTRIBUTED, actuals, facts, {}, np.zeros(plan.months, dtype=bool))
    return (*rows, loose) if loose.stages else tuple(rows)


def _channel(planned: Forecast, channel: Channel, actuals: Actuals, facts: tuple[Fact, ...]) -> ChannelKnown:
    plan, due = planned.plan, np.zeros(planned.plan.months, dtype=bool)
    expected = {}
    if channel.active:
        due = np.asarray(planned.count("", "months", channel.key)) > 0
        expected = {key: planned.arrivals[f"{channel.key}.{key}"] for key in stage_keys(plan, channel.key)}
    return _of(plan, channel.key, actuals, facts, expected, due)


def _of(
    plan: Plan, channel: str, actuals: Actuals, facts: tuple[Fact, ...], expected: Mapping[str, NDArray[np.float64]],
    due: NDArray[np.bool_],
) -> ChannelKnown:  # fmt: skip
    keys, begun = stage_keys(plan, channel), actuals.months(plan)
    own = [fact for fact in facts if fact.channel == channel and fact.name in keys]
    names = {fact.name for fact in own}
    days = _days(own)
    months = []
    for index, key in enumerate(month_keys(plan.start, begun)):
        whole = interval_of(key)
        whole = Interval(whole.first, min(whole.last, actuals.as_of))
        there = {fact.name for fact in own if interval_of(fact.period).meets(whole)}
        absent = tuple(k for k in keys if k in names - there and k in expected and expected[k][index] >= FEW)
        months.append(_month(index, whole, there, absent, days, bool(due[index])))
    return ChannelKnown(channel, tuple(months), tuple(key for key in keys if key in names))


def _days(own: list[Fact]) -> list[Interval]:
    """The days that facts speak for: each interval, and for single days all from the first to the last."""
    intervals = {interval_of(fact.period) for fact in own}
    single = [interval for interval in intervals if interval.days == 1]
    spans = [interval for interval in intervals if interval.days > 1]
    if single:
        spans.append(Interval(min(day.first for day in single), max(day.last for day in single)))
    return spans


def _month(
    index: int, whole: Interval, there: set[str], absent: tuple[str, ...], days: list[Interval], due: bool
) -> MonthKnown:
    if not there:
        return MonthKnown(index, "missing" if due else "idle")
    inside = [span for span in days if span.meets(whole)]
    since = max(whole.first, min(span.first for span in inside))
    until = min(whole.last, max(span.last for span in inside))
    late = (since - whole.first).days > QUIET_DAYS
    early = (whole.last - until).days > QUIET_DAYS
    if not (absent or late or early):
        return MonthKnown(index, "full")
    return MonthKnown(index, "part", absent, since if late else None, until if early else None)
