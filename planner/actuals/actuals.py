"""Actuals: what really happened, kept by source and period, read by month against a plan.

A count that nobody reported is `nan`, which is not 0. What a source reports again replaces what it reported for the
same period of the same figure. Where two sources report the same days, somebody has to choose.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from planner.actuals.counting import Overlap, counting_facts, overlaps_of
from planner.actuals.facts import (
    MONEY_NAMES,
    NAMED_SUM_KEYS,
    NAMED_SUMS,
    UNATTRIBUTED,
    Choice,
    Fact,
    NamedSum,
    Timing,
    stage_keys,
)  # fmt: skip
from planner.actuals.periods import last_day, month_shares
from planner.calendar import month_keys, month_of, months_between
from planner.errors import BadActuals, PlanError
from planner.plan import Plan

__all__ = [
    "MONEY_NAMES",
    "NAMED_SUMS",
    "UNATTRIBUTED",
    "Actuals",
    "Choice",
    "Fact",
    "NamedSum",
    "last_day",
    "stage_keys",
]

ByMonth = NDArray[np.float64]
_WORKING_DAY_KINDS = frozenset(["phone"])  # what is done on working days is shared out by them
_WORKING_DAY_STAGES = frozenset(["appointment", "unique", "held"])


_identity = attrgetter("source", "period", "channel", "name")
_figure = attrgetter("channel", "name")
_timed = attrgetter("source", "path")


@dataclass(frozen=True)
class Actuals:
    """Facts known on the day `as_of` (that day included), in order of source, period, channel and name.

    Where periods overlap, `counting_facts` says which count; `choices` are what was chosen between sources. `timings`
    are dated events, by source and stage.
    """

    as_of: dt.date
    facts: tuple[Fact, ...]
    choices: tuple[Choice, ...] = ()
    timings: tuple[Timing, ...] = ()

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.facts, key=_identity))
        for fact, following in pairwise(ordered):
            if _identity(fact) == _identity(following):
                what = f"{fact.channel}.{fact.name} of {fact.period} appears twice in “{fact.source}”."
                raise BadActuals(what, mend="Keep one of the two figures, or their sum.")
        object.__setattr__(self, "facts", ordered)
        object.__setattr__(self, "choices", tuple(sorted(self.choices, key=_figure)))
        object.__setattr__(self, "timings", tuple(sorted(self.timings)))

    def months(self, plan: Plan) -> int:
        """How many of the plan's months have begun."""
        return min(max(months_between(plan.start, month_of(self.as_of)) + 1, 0), plan.months)

    def ages(self, plan: Plan) -> ByMonth:
        """Months since each month of the plan began, 0 for those that have not; shape (months,).

        Counted on the plan's own grid, so that a whole month is 1 whatever its days and a plan's own forecast agrees;
        the clock stops at the plan's end, because nothing later is read against it.
        """
        month = month_of(self.as_of)
        passed = months_between(plan.start, month) + self.as_of.day / last_day(month).day
        return np.asarray(np.maximum(min(passed, plan.months) - np.arange(plan.months), 0.0))

    def count(self, path: str, plan: Plan) -> ByMonth:
        """Arrivals at a stage path by month, nan where not reported; shape (months,).

        "sales.won" counts every channel's and those no channel was named for. PlanError for no stage of the plan.
        """
        head, _, key = path.partition(".")
        candidates = _channels(plan) if head == UNATTRIBUTED else [head]
        channels = [channel for channel in candidates if key in stage_keys(plan, channel)]
        if head not in channels:
            raise PlanError(path, "is not a stage of the plan: a stage path is channel.stage, such as email.sent")
        return self._read(plan, key, channels)

    def money(self, what: str, plan: Plan, channel: str | None = None) -> ByMonth:
        """ "cost" or "revenue" by month, of one channel ("sales": of none) or of all; nan where not reported."""
        if what not in MONEY_NAMES:
            raise PlanError(what, "is neither cost nor revenue")
        return self._read(plan, what, _channels(plan) if channel is None else [channel])

    def named(self, name: str, plan: Plan, channel: str | None = None) -> ByMonth:
        """A named sum by month, of one channel ("sales": of none) or of all; nan where not reported.

        Where a channel has a stage of that name, its figure is that stage's count and no named sum.
        """
        if name not in NAMED_SUM_KEYS:
            raise PlanError(name, "is not a named sum; NAMED_SUMS lists them")
        channels = _channels(plan) if channel is None else [channel]
        return self._read(plan, name, [key for key in channels if name not in stage_keys(plan, key)])

    def joined(self, other: Actuals) -> Actuals:
        """The facts of both; where both hold the same figure of a source and period, the other's counts."""
        replaced = set(map(_identity, other.facts))
        kept = tuple(fact for fact in self.facts if _identity(fact) not in replaced)
        chosen_again = set(map(_figure, other.choices))
        choices = tuple(choice for choice in self.choices if _figure(choice) not in chosen_again)
        timed_again = set(map(_timed, other.timings))
        timings = tuple(timing for timing in self.timings if _timed(timing) not in timed_again)
        as_of = max(self.as_of, other.as_of)
        return Actuals(as_of, kept + other.facts, choices + other.choices, timings + other.timings)

    def converted(self, rate: float) -> Actuals:
        """The actuals with every sum of money multiplied by `rate`; counts stay as they are."""
        facts = (
            replace(fact, value=float(f"{fact.value * rate:.14g}")) if fact.name in MONEY_NAMES else fact
            for fact in self.facts
        )
        return replace(self, facts=tuple(facts))

    def choosing(self, choice: Choice) -> Actuals:
        """The actuals with this choice between sources that report the same days."""
        others = tuple(earlier for earlier in self.choices if _figure(earlier) != _figure(choice))
        return replace(self, choices=(*others, choice))

    def overlaps(self) -> tuple[Overlap, ...]:
        """Figures that several sources report for the same days, which nobody has chosen between."""
        return overlaps_of(self.facts, self.choices)

    def sources(self) -> tuple[str, ...]:
        """The sources, in order of their names."""
        return tuple(sorted({fact.source for fact in self.facts}))

    def without(self, source: str) -> Actuals:
        """These facts less those of one source."""
        facts = tuple(fact for fact in self.facts if fact.source != source)
        return replace(self, facts=facts, timings=tuple(t for t in self.timings if t.source != source))

    def plain(self) -> tuple[Fact, ...]:
        """The facts that count, summed over sources (source ""): by period, or by month where any period is longer."""
        longer = {(fact.channel, fact.name, fact.period) for fact in self._counting if len(fact.period) == 7}
        sums: dict[tuple[str, str, str], float] = {}
        for fact in self._counting:
            month = (fact.channel, fact.name, fact.period[:7])
            key = month if month in longer and "/" not in fact.period else (fact.channel, fact.name, fact.period)
            sums[key] = sums.get(key, 0.0) + fact.value
        return tuple(Fact("", period, channel, name, value) for (channel, name, period), value in sums.items())

    @cached_property
    def _counting(self) -> tuple[Fact, ...]:
        return counting_facts(self.facts, self.choices)

    def left_aside(self) -> tuple[Fact, ...]:
        """The facts that do not count, because another fact speaks for the same days."""
        counting = set(self._counting)
        return tuple(fact for fact in self.facts if fact not in counting)

    @cached_property
    def _by_series(self) -> dict[tuple[str, str], list[Fact]]:
        series: dict[tuple[str, str], list[Fact]] = {}
        for fact in self._counting:
            series.setdefault((fact.channel, fact.name), []).append(fact)
        return series

    @cached_property
    def _by_month(self) -> dict[tuple[str, str, str], dict[str, float]]:
        return {}

    def _months_of(self, channel: str, name: str, country: str) -> dict[str, float]:
        """A figure by month; what spans months is shared out by days, with a country by its working days."""
        key = (channel, name, country)
        if key not in self._by_month:
            months: dict[str, float] = {}
            for fact in self._by_series.get((channel, name), ()):
                shares = month_shares(fact.period, country) if "/" in fact.period else ((fact.period[:7], 1.0),)
                for month, share in shares:
                    months[month] = months.get(month, 0.0) + fact.value * share
            self._by_month[key] = months
        return self._by_month[key]

    def _read(self, plan: Plan, name: str, channels: Iterable[str]) -> ByMonth:
        kinds = {channel.key: channel.kind for channel in plan.channels}
        rows = []
        for key in channels:
            by_working_day = kinds.get(key) in _WORKING_DAY_KINDS or name in _WORKING_DAY_STAGES
            rows.append(self._months_of(key, name, plan.country if by_working_day else ""))
        months = month_keys(plan.start, plan.months)
        reported = [[row[month] for row in rows if month in row] for month in months]
        return np.array([math.fsum(values) if values else math.nan for values in reported])


def _channels(plan: Plan) -> list[str]:
    return [*(channel.key for channel in plan.channels), UNATTRIBUTED]
