"""Actuals: what really happened, kept by source and by month or day, read by month against a plan.

A count that nobody reported is `nan`, which is not 0. Sources add up (two mail tools, a dialer and a CRM); what one
source says twice about one period is said once: the later upload replaces the earlier.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from planner.calendar import month_keys, month_of, months_between
from planner.errors import BadActuals, PlanError
from planner.plan import Plan, merged

__all__ = ["MONEY_NAMES", "NAMED_SUMS", "UNATTRIBUTED", "Actuals", "Fact", "NamedSum", "last_day", "stage_keys"]

UNATTRIBUTED = "sales"  # the channel of what no channel can be named for
MONEY_NAMES = ("cost", "revenue")

Series = NDArray[np.float64]


@dataclass(frozen=True)
class NamedSum:
    """A sum that no rate plans but a KPI needs. `kind` is the kind of channel it belongs to; None: any, or none."""

    key: str
    label: str
    kind: str | None = None


NAMED_SUMS: tuple[NamedSum, ...] = (
    NamedSum("planned", "Planned touches"),
    NamedSum("contacts_touched", "Contacts touched (people)"),
    NamedSum("talk_seconds", "Talk time in seconds", "phone"),
    NamedSum("key_answers", "Key answers", "phone"),
    NamedSum("accounts_reached", "Accounts reached", "ads"),
    NamedSum("visits", "Visits (a visitor may come twice)", "landing"),
    NamedSum("responders", "People who responded"),
    NamedSum("first_response_days", "Days from first attempt to first response, summed"),
    NamedSum("days_to_close", "Days to close won deals, summed"),
    NamedSum("follow_ups", "Follow-ups"),
    NamedSum("presentations", "Presentations"),
    NamedSum("leads", "Leads"),
    NamedSum("leads_responded", "Leads responded to"),
    NamedSum("surveys", "Survey answers"),
    NamedSum("satisfied", "Satisfied customers"),
    NamedSum("promoters", "Promoters (9 or 10)"),
    NamedSum("detractors", "Detractors (0 to 6)"),
)
_NAMED_SUM_KEYS = frozenset(item.key for item in NAMED_SUMS)


@lru_cache(maxsize=8192)  # a file has few periods and many facts
def last_day(period: str) -> dt.date:
    """The last day of a month "YYYY-MM" or the day "YYYY-MM-DD" itself; BadActuals for anything else."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", period):
        year, month = int(period[:4]), int(period[5:7])
        try:
            if len(period) == 10:
                return dt.date(year, month, int(period[8:]))
            return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)
        except ValueError:
            pass
    raise BadActuals(f"“{period}” is not a month or a day.", mend="Write 2027-01 or 2027-01-31.")


@dataclass(frozen=True)
class Fact:
    """One figure: `value` of `name` (a stage, a named sum, "cost" or "revenue") of a channel in a month or on a day."""

    source: str
    period: str
    channel: str
    name: str
    value: float

    def __post_init__(self) -> None:
        last_day(self.period)
        if not math.isfinite(self.value) or (self.value < 0 and self.name not in MONEY_NAMES):
            what = f"{self.channel}.{self.name} of {self.period} is {self.value:g}; a count is 0 or more."
            raise BadActuals(what, mend="Correct the figure.")


_identity = attrgetter("source", "period", "channel", "name")


@dataclass(frozen=True)
class Actuals:
    """Facts known on the day `as_of` (that day included), in order of source, period, channel and name.

    A month figure speaks for its month: days of the same source, channel and name in that month are not added to it.
    """

    as_of: dt.date
    facts: tuple[Fact, ...]

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.facts, key=_identity))
        for fact, following in pairwise(ordered):
            if _identity(fact) == _identity(following):
                what = f"{fact.channel}.{fact.name} of {fact.period} appears twice in “{fact.source}”."
                raise BadActuals(what, mend="Keep one of the two figures, or their sum.")
        object.__setattr__(self, "facts", ordered)

    def months(self, plan: Plan) -> int:
        """How many of the plan's months have begun."""
        return min(max(months_between(plan.start, month_of(self.as_of)) + 1, 0), plan.months)

    def ages(self, plan: Plan) -> Series:
        """Months since each month of the plan began, 0 for those that have not; shape (months,).

        Counted on the plan's own grid, so that a whole month is 1 whatever its days and a plan's own forecast agrees;
        the clock stops at the plan's end, because nothing later is read against it.
        """
        month = month_of(self.as_of)
        passed = months_between(plan.start, month) + self.as_of.day / last_day(month).day
        return np.asarray(np.maximum(min(passed, plan.months) - np.arange(plan.months), 0.0))

    def count(self, path: str, plan: Plan) -> Series:
        """Arrivals at a stage path by month, nan where not reported; shape (months,).

        "sales.won" counts every channel's and those no channel was named for. PlanError for no stage of the plan.
        """
        head, _, key = path.partition(".")
        candidates = _channels(plan) if head == UNATTRIBUTED else [head]
        channels = [channel for channel in candidates if key in stage_keys(plan, channel)]
        if head not in channels:
            raise PlanError(path, "is not a stage of the plan: a stage path is channel.stage, such as email.sent")
        return self._read(plan, key, channels)

    def money(self, what: str, plan: Plan, channel: str | None = None) -> Series:
        """ "cost" or "revenue" by month, of one channel ("sales": of none) or of all; nan where not reported."""
        if what not in MONEY_NAMES:
            raise PlanError(what, "is neither cost nor revenue")
        return self._read(plan, what, _channels(plan) if channel is None else [channel])

    def named(self, name: str, plan: Plan, channel: str | None = None) -> Series:
        """A named sum by month, of one channel ("sales": of none) or of all; nan where not reported.

        Where a channel has a stage of that name, its figure is that stage's count and no named sum.
        """
        if name not in _NAMED_SUM_KEYS:
            raise PlanError(name, "is not a named sum; NAMED_SUMS lists them")
        channels = _channels(plan) if channel is None else [channel]
        return self._read(plan, name, [key for key in channels if name not in stage_keys(plan, key)])

    def joined(self, other: Actuals) -> Actuals:
        """These facts and the other's; what the other says of a source's period replaces what stood there."""
        replaced = {(fact.source, fact.period) for fact in other.facts}
        kept = tuple(fact for fact in self.facts if (fact.source, fact.period) not in replaced)
        return Actuals(max(self.as_of, other.as_of), kept + other.facts)

    def sources(self) -> tuple[str, ...]:
        """The sources, in order of their names."""
        return tuple(sorted({fact.source for fact in self.facts}))

    def without(self, source: str) -> Actuals:
        """These facts less those of one source."""
        return replace(self, facts=tuple(fact for fact in self.facts if fact.source != source))

    def plain(self) -> tuple[Fact, ...]:
        """The facts that count, summed over sources (source ""): by day, or by month where any source does so."""
        whole_months = {(fact.channel, fact.name, fact.period) for fact in self._counting if len(fact.period) == 7}
        sums: dict[tuple[str, str, str], float] = {}
        for fact in self._counting:
            month = (fact.channel, fact.name, fact.period[:7])
            key = month if month in whole_months else (fact.channel, fact.name, fact.period)
            sums[key] = sums.get(key, 0.0) + fact.value
        return tuple(Fact("", period, channel, name, value) for (channel, name, period), value in sums.items())

    @cached_property
    def _counting(self) -> tuple[Fact, ...]:
        """Facts without those of days whose month has a figure of its own."""
        months = {_identity(fact) for fact in self.facts if len(fact.period) == 7}
        return tuple(
            fact
            for fact in self.facts
            if len(fact.period) == 7 or (fact.source, fact.period[:7], fact.channel, fact.name) not in months
        )

    def left_aside(self) -> tuple[Fact, ...]:
        """The facts that do not count, because a longer period of the same source has a figure of its own."""
        counting = set(self._counting)
        return tuple(fact for fact in self.facts if fact not in counting)

    @cached_property
    def _by_month(self) -> dict[tuple[str, str], dict[str, float]]:
        table: dict[tuple[str, str], dict[str, float]] = {}
        for fact in self._counting:
            row = table.setdefault((fact.channel, fact.name), {})
            row[fact.period[:7]] = row.get(fact.period[:7], 0.0) + fact.value
        return table

    def _read(self, plan: Plan, name: str, channels: Iterable[str]) -> Series:
        rows = [row for key in channels if (row := self._by_month.get((key, name)))]
        months = month_keys(plan.start, plan.months)
        reported = [[row[month] for row in rows if month in row] for month in months]
        return np.array([math.fsum(values) if values else math.nan for values in reported])


def _channels(plan: Plan) -> list[str]:
    return [*(channel.key for channel in plan.channels), UNATTRIBUTED]


def stage_keys(plan: Plan, channel: str) -> frozenset[str]:
    """Keys of the stages a count of this channel can be of; for "sales" the sales stages and the appointment."""
    if channel == UNATTRIBUTED:
        return frozenset(key for stage in plan.sales for key in (stage.of, stage.key) if key)
    return frozenset(
        stage.key for item in plan.channels if item.key == channel for stage in merged(item.stages, plan.sales)
    )
