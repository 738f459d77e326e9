"""Days that stand for more: weeks, months and quarters that a column of dates speaks of, by its header or its cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from contextlib import suppress

from planner.actuals.matching import plain, plain_words
from planner.actuals.periods import Interval, interval_of, period_text
from planner.actuals.vocabulary import (
    FORTNIGHT_HEADERS,
    MONTH_HEADERS,
    QUARTER_HEADERS,
    WEEK_END_HEADERS,
    WEEK_HEADERS,
)
from planner.errors import BadActuals

__all__ = ["SPAN", "open_span", "span_of"]

SPAN = "(days that dates stand for)"  # the word under which it is kept what they are
_WEEKS, _WEEK_ENDS = frozenset(plain_words(WEEK_HEADERS)), frozenset(plain_words(WEEK_END_HEADERS))
_MONTHS, _QUARTERS = frozenset(plain_words(MONTH_HEADERS)), frozenset(plain_words(QUARTER_HEADERS))
_FORTNIGHTS = frozenset(plain_words(FORTNIGHT_HEADERS))
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_OWN = "period"  # of our own files, which write every span out
_FEW = 3  # days that may fall on one day of the week by chance


def span_of(header: str, texts: Iterable[str], read: Callable[[str], str], answer: str = "") -> Callable[[str], str]:
    """What makes of the days of a column the spans that its header speaks of, or that were answered ("week", "month").

    Days are weeks where all of them are the same day of the week, months where each is the first or last of one, and
    quarters where each is the first day of one.
    """
    word, days = _word(header), _days(texts, read)
    weekly = len({day.weekday() for day in days}) == 1
    if weekly and word in _WEEK_ENDS:
        return lambda period: _widened(period, 6, 0)
    if weekly and (word in _WEEKS or answer == "week"):
        return lambda period: _widened(period, 0, 6)
    if weekly and word in _FORTNIGHTS:
        return lambda period: _widened(period, 0, 13)
    if (word in _MONTHS or answer == "month") and _are_months(days):
        return lambda period: period[:7]
    if word in _QUARTERS and days and all(day.day == 1 and day.month % 3 == 1 for day in days):
        return _quarter
    return lambda period: period


def open_span(header: str, texts: Iterable[str], read: Callable[[str], str]) -> str:
    """What days may stand for although no header says so: "month", "week" or, where they are days, ""."""
    word, days = _word(header), _days(texts, read)
    if header == _OWN or word in _WEEKS | _WEEK_ENDS | _MONTHS | _QUARTERS | _FORTNIGHTS or len(days) < 2:
        return ""
    if _are_months(days):
        return "month"
    return "week" if len(days) >= _FEW and len({day.weekday() for day in days}) == 1 else ""


def _word(header: str) -> str:
    return plain(_IN_BRACKETS.sub("", header))


def _days(texts: Iterable[str], read: Callable[[str], str]) -> set[dt.date]:
    """The days of a column; none where any cell is a span itself."""
    spans = []
    for text in texts:
        with suppress(BadActuals):
            spans.append(interval_of(read(text)))
    return {span.first for span in spans} if all(span.days == 1 for span in spans) else set()


def _are_months(days: set[dt.date]) -> bool:
    """Whether all days are the first of a month, or all the last of one."""
    first, last = (all((day + dt.timedelta(n)).day == 1 for day in days) for n in (0, 1))
    return bool(days) and (first or last)


def _widened(period: str, back: int, ahead: int) -> str:
    day = interval_of(period)
    return period_text(Interval(day.first - dt.timedelta(back), day.last + dt.timedelta(ahead)))


def _quarter(period: str) -> str:
    first = interval_of(period).first
    following = dt.date(first.year + (first.month > 9), (first.month + 2) % 12 + 1, 1)
    return period_text(Interval(first, following - dt.timedelta(1)))
