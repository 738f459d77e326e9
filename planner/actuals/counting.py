"""Which facts count where several speak for the same days: in one source the longest period, across sources as chosen.

Nothing here depends on the order in which facts arrived.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.actuals.facts import Choice, Fact
from planner.actuals.periods import interval_of

__all__ = ["Overlap", "counting_facts", "overlaps_of"]


@dataclass(frozen=True)
class Overlap:
    """Days of one figure that several sources report, none of which was chosen; `first` and `last` span them."""

    channel: str
    name: str
    sources: tuple[str, ...]
    first: str
    last: str


def counting_facts(facts: Sequence[Fact], choices: Iterable[Choice] = ()) -> tuple[Fact, ...]:
    """The facts that are added up, in their order.

    Of one source's overlapping periods the longest counts, of equal ones the latest. Of two sources that report the
    same days the chosen one does; until one is chosen, the one with the shorter periods, and equals are added up.
    """
    chosen = {(choice.channel, choice.name): choice for choice in choices}
    dropped: set[Fact] = set()
    for (channel, name), by_source in _by_series(facts).items():
        kept = {source: _without_overlaps(of_source) for source, of_source in by_source.items()}
        for source, of_source in by_source.items():
            dropped.update(set(of_source) - set(kept[source]))
        if len(kept) > 1:
            dropped.update(_outvoted(kept, chosen.get((channel, name))))
    return tuple(fact for fact in facts if fact not in dropped)


def overlaps_of(facts: Sequence[Fact], choices: Iterable[Choice] = ()) -> tuple[Overlap, ...]:
    """Figures that two or more sources report for the same days and nobody has chosen between."""
    chosen = {(choice.channel, choice.name) for choice in choices}
    overlaps = []
    for (channel, name), by_source in _by_series(facts).items():
        if len(by_source) < 2 or (channel, name) in chosen:
            continue
        sources: dict[int, set[str]] = defaultdict(set)
        for source, of_source in by_source.items():
            for fact in of_source:
                for day in interval_of(fact.period).ordinals():
                    sources[day].add(source)
        shared = {day: names for day, names in sources.items() if len(names) > 1}
        if shared:
            names = tuple(sorted(set().union(*shared.values())))
            overlaps.append(Overlap(channel, name, names, _day(min(shared)), _day(max(shared))))
    return tuple(overlaps)


def _day(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).isoformat()


def _by_series(facts: Sequence[Fact]) -> dict[tuple[str, str], dict[str, list[Fact]]]:
    series: dict[tuple[str, str], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        series[fact.channel, fact.name][fact.source].append(fact)
    return series


def _without_overlaps(facts: list[Fact]) -> list[Fact]:
    """Of one source's facts of one figure those that overlap no longer, and no later equally long, one."""
    if len({len(fact.period) for fact in facts}) == 1 and "/" not in facts[0].period:
        return facts  # all days, or all months
    taken: set[int] = set()
    kept = []
    for fact in sorted(facts, key=lambda fact: (interval_of(fact.period).days, fact.period), reverse=True):
        days = interval_of(fact.period).ordinals()
        if taken.isdisjoint(days):
            taken.update(days)
            kept.append(fact)
    return kept


def _outvoted(by_source: dict[str, list[Fact]], choice: Choice | None) -> list[Fact]:
    """Facts that give way to another source's for the same days."""
    if choice and choice.source is None:
        return []
    if choice:
        covered = {
            day for fact in by_source.get(choice.source or "", ()) for day in interval_of(fact.period).ordinals()
        }
        others = [fact for source, facts in by_source.items() if source != choice.source for fact in facts]
        return [fact for fact in others if not covered.isdisjoint(interval_of(fact.period).ordinals())]
    shortest: dict[int, int] = {}
    every = [fact for facts in by_source.values() for fact in facts]
    for fact in every:
        interval = interval_of(fact.period)
        for day in interval.ordinals():
            shortest[day] = min(interval.days, shortest.get(day, interval.days))
    return [
        fact
        for fact in every
        if any(shortest[day] < interval_of(fact.period).days for day in interval_of(fact.period).ordinals())
    ]
