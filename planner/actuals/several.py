"""Several files as one: the same facts in any order, and what they contradict each other in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.actuals.actuals import Actuals
from planner.actuals.facts import Fact

__all__ = ["Clash", "Together", "together"]


@dataclass(frozen=True, order=True)
class Clash:
    """A figure of which files report different values for the same source and periods, known on the same day."""

    source: str
    channel: str
    name: str
    periods: int


@dataclass(frozen=True)
class Together:
    """The actuals of several files, and where nothing says which of them is right."""

    actuals: Actuals
    clashes: tuple[Clash, ...]


def together(parts: Sequence[Actuals]) -> Together:
    """The facts of several files, whatever their order; of one figure told twice the one known later counts.

    >>> from planner.actuals.actuals import Actuals, Fact
    >>> import datetime as dt
    >>> early = Actuals(dt.date(2027, 1, 10), (Fact("CRM", "2027-01-04", "email", "opened", 9.0),))
    >>> later = Actuals(dt.date(2027, 1, 25), (Fact("CRM", "2027-01-04", "email", "opened", 12.0),))
    >>> together([later, early]).actuals.facts[0].value
    12.0
    """
    latest: dict[tuple[str, str, str, str], tuple[int, float]] = {}
    several: dict[tuple[str, str, str, str], set[tuple[int, float]]] = {}
    for part in parts:
        for fact in part.facts:
            key, value = (fact.source, fact.period, fact.channel, fact.name), (part.as_of.toordinal(), fact.value)
            several.setdefault(key, set()).add(value)
            latest[key] = max(latest.get(key, value), value)
    counts: dict[tuple[str, str, str], int] = {}
    for (source, period, channel, name), values in several.items():
        day = latest[source, period, channel, name][0]
        if sum(known_on == day for known_on, _ in values) > 1:
            counts[source, channel, name] = counts.get((source, channel, name), 0) + 1
    facts = tuple(Fact(*key, value) for key, (_, value) in latest.items())
    choices = tuple(dict.fromkeys(choice for part in parts for choice in part.choices))
    timings = sorted((t for part in parts for t in part.timings), key=lambda timing: (timing.as_of, timing))
    timed = {(timing.source, timing.path): timing for timing in timings}  # what is known later counts
    actuals = Actuals(max(part.as_of for part in parts), facts, choices, tuple(timed.values()))
    return Together(actuals, tuple(sorted(Clash(*key, n) for key, n in counts.items())))
