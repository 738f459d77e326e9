"""Running totals: when figures look like them, and what came between one and the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from planner.actuals.facts import MONEY_NAMES, Fact
from planner.actuals.periods import Interval, interval_of, period_text

__all__ = ["from_running_totals", "only_growing"]

_LEAST, _DAILY_GROWTH, _LONGER_GROWTH = 3, 0.25, 0.06
_EVEN = 0.6, 1.6  # each step, of the first figure: a steady pace that is counted from 0


def only_growing(facts: Iterable[Fact]) -> tuple[str, ...]:
    """The counts of a file in which every count only grows, and little each time; () for any other file.

    A day brings less than a quarter of what there was, a week or a month next to nothing; or each period brings about
    as much as the first holds, as where counting began with it.
    """
    series = {key: of for key, of in _by_series(facts).items() if key[2] not in MONEY_NAMES}
    daily = all(len(fact.period) == 10 for of in series.values() for fact in of)
    growth = _DAILY_GROWTH if daily else _LONGER_GROWTH
    steps = {key: [after.value - before.value for before, after in pairwise(of)] for key, of in series.items()}
    if any(step < 0 for of in steps.values() for step in of):
        return ()
    slow = [
        key[2]
        for key, of in steps.items()
        if len(of) + 1 >= _LEAST
        and sum(map(bool, of)) > 1
        and (max(of) <= growth * series[key][0].value or _is_steady(series[key][0].value, of))
    ]
    return tuple(dict.fromkeys(slow))


def _is_steady(first: float, steps: list[float]) -> bool:
    """Whether each step is about the first figure."""
    low, high = _EVEN
    return all(low * first <= step <= high * first for step in steps)


def from_running_totals(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Turns running totals into what came between one and the next; the first of a series only begins the count.

    A first that is about what each period brings is where counting began: it counts whole, as does a total that fell.
    """
    out = []
    for totals in _by_series(facts).values():
        steps = [after.value - before.value for before, after in pairwise(totals)]
        if len(totals) >= _LEAST and _is_steady(totals[0].value, steps):
            out.append(totals[0])
        for before, after in pairwise(totals):
            begin, end = interval_of(before.period).last, interval_of(after.period).last
            period = period_text(Interval(min(begin + dt.timedelta(1), end), end))
            grown = after.value - before.value
            out.append(replace(after, period=period, value=grown if grown >= 0 else after.value))
    return tuple(out)


def _by_series(facts: Iterable[Fact]) -> dict[tuple[str, str, str], list[Fact]]:
    """The facts of each source, channel and name by their last days."""
    series: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in facts:
        series.setdefault((fact.source, fact.channel, fact.name), []).append(fact)
    for of_series in series.values():
        of_series.sort(key=lambda fact: interval_of(fact.period).last)
    return series
