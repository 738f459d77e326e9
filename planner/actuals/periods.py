"""Periods: the days a figure speaks for, written as a month, a day or a range of days, and shared out by month."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from planner.calendar import working_days_between
from planner.errors import BadActuals

__all__ = ["Interval", "interval_of", "last_day", "month_shares", "period_text", "shortest_form"]

_PERIOD = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_MEND = "Write 2027-01, 2027-01-31 or 2027-01-04/2027-01-10."


@dataclass(frozen=True)
class Interval:
    """Days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def ordinals(self) -> range:
        """Its days, as numbers."""
        return range(self.first.toordinal(), self.last.toordinal() + 1)

    def contains(self, other: Interval) -> bool:
        """Whether all days of the other are days of this one."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Interval) -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


def _month(year: int, month: int) -> Interval:
    first = dt.date(year, month, 1)
    return Interval(first, dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1))


@lru_cache(maxsize=8192)  # a file has few periods and many facts
def interval_of(period: str) -> Interval:
    """The days of a month "2027-01", a day "2027-01-31" or a range "2027-01-04/2027-01-10"; BadActuals for others."""
    first, slash, last = period.partition("/")
    try:
        begin = _simple(first)
        interval = Interval(begin.first, _simple(last).last) if slash else begin
    except ValueError:
        raise BadActuals(f"“{period}” is not a month, a day or a range of days.", mend=_MEND) from None
    if interval.last < interval.first:
        raise BadActuals(f"“{period}” ends before it begins.", mend=_MEND)
    return interval


def _simple(period: str) -> Interval:
    match = _PERIOD.fullmatch(period)
    if not match:
        raise ValueError
    if match[3]:
        day = dt.date(int(match[1]), int(match[2]), int(match[3]))
        return Interval(day, day)
    return _month(int(match[1]), int(match[2]))


def last_day(period: str) -> dt.date:
    """The last day of a period; BadActuals for what is none."""
    return interval_of(period).last


def period_text(interval: Interval) -> str:
    """An interval in its shortest form: a day, a whole month, else a range."""
    first, last = interval.first, interval.last
    if first == last:
        return first.isoformat()
    if interval == _month(first.year, first.month):
        return first.isoformat()[:7]
    return f"{first.isoformat()}/{last.isoformat()}"


@lru_cache(maxsize=8192)
def shortest_form(period: str) -> str:
    """A period in its shortest form; BadActuals for what is none."""
    return period_text(interval_of(period))


@lru_cache(maxsize=8192)
def month_shares(period: str, country: str = "") -> tuple[tuple[str, float], ...]:
    """The months a period touches, each with its share of the days, which sum to 1.

    With a country its working days count, where the period has any; else calendar days.
    """
    interval = interval_of(period)
    edges = [interval.first]
    while (following := _month(edges[-1].year, edges[-1].month).last + dt.timedelta(1)) <= interval.last:
        edges.append(following)
    months = [edge.isoformat()[:7] for edge in edges]
    if len(months) == 1:
        return ((months[0], 1.0),)
    bounds = (*edges, interval.last + dt.timedelta(1))
    days = [(after - before).days for before, after in pairwise(bounds)]
    if country:
        working = working_days_between(country, bounds)
        days = list(working) if any(working) else days
    return tuple((month, n / sum(days)) for month, n in zip(months, days, strict=True))
