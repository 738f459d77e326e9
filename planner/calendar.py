"""Months and working days."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from planner.errors import PlanError

__all__ = [
    "DAYS_A_MONTH", "check_country", "countries", "first_day", "holiday_years", "locale_of", "month_keys", "month_of",
    "month_text", "months_between", "read_month", "working_dates", "working_days", "working_days_between",
]  # fmt: skip

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMED = {name.casefold(): number for number, name in enumerate(_MONTHS, 1)} | {
    "mär": 3, "maj": 5, "mai": 5, "okt": 10, "des": 12, "dez": 12, "fév": 2, "avr": 4, "aoû": 8, "déc": 12,
}  # fmt: skip
DAYS_A_MONTH = 30.4375


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """ISO 3166 codes of the countries whose public holidays are known."""
    import holidays  # 0.1 s at import, and only its list is needed here

    return tuple(sorted(code for code in holidays.list_supported_countries(include_aliases=False) if len(code) == 2))


@lru_cache(maxsize=64)
def holiday_years(country: str) -> range:
    """The years whose public holidays are known of a country."""
    import holidays

    check_country(country)
    calendar = holidays.country_holidays(country)
    return range(calendar.start_year, calendar.end_year + 1)


def check_country(country: str) -> None:
    """Raises PlanError for a country whose holidays are not known."""
    if country not in countries():
        what = f"is {country!r}; it is a two-letter code (ISO 3166) whose holidays are known, such as NO"
        raise PlanError("country", what)


def month_keys(start: str, months: int) -> tuple[str, ...]:
    """ "YYYY-MM" of each month from `start` on."""
    first = int(start[:4]) * 12 + int(start[5:7]) - 1
    return tuple(f"{(first + i) // 12:04d}-{(first + i) % 12 + 1:02d}" for i in range(months))


def first_day(month: str) -> dt.date:
    """The first day of "YYYY-MM"."""
    return dt.date(int(month[:4]), int(month[5:7]), 1)


@lru_cache(maxsize=64)
def locale_of(name: str) -> Any:
    """Babel's locale of that name, or the nearest that is known: its language, else English."""
    from babel import Locale, UnknownLocaleError

    for candidate in (name.replace("-", "_"), re.split("[-_]", name)[0]):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")


@lru_cache(maxsize=1024)
def month_text(month: str, *, year: bool = True) -> str:
    """ "YYYY-MM" as it stands in a sentence: "Mar 2027". Sentences are English whatever way numbers are written."""
    name = _MONTHS[int(month[5:7]) - 1]
    return f"{name} {month[:4]}" if year else name


def read_month(text: str) -> str:
    """A month as people write it, as "YYYY-MM"; the text itself where it is none.

    >>> [read_month(text) for text in ("2027-03", "3/2027", "March 2027", "mars 2027", "soon")]
    ['2027-03', '2027-03', '2027-03', '2027-03', 'soon']
    """
    parts = re.findall(r"[^\W\d_]+|\d+", text.casefold())
    years = [part for part in parts if re.fullmatch(r"[12]\d{3}", part)]
    others = [part for part in parts if part not in years]
    if len(years) != 1 or len(others) != 1:
        return text
    number = int(others[0]) if others[0].isdigit() else _NAMED.get(others[0][:3], 0)
    return f"{years[0]}-{number:02d}" if 1 <= number <= 12 else text


def month_of(day: dt.date) -> str:
    """The month a day lies in, as "YYYY-MM"."""
    return f"{day.year:04d}-{day.month:02d}"


def months_between(start: str, month: str) -> int:
    """How many months `month` lies after `start` (negative: before)."""
    return (int(month[:4]) - int(start[:4])) * 12 + int(month[5:7]) - int(start[5:7])


@lru_cache(maxsize=512)
def working_days(country: str, start: str, months: int) -> tuple[int, ...]:
    """Weekdays less public holidays in each month, with the country's own weekend."""
    return working_days_between(country, tuple(first_day(key) for key in month_keys(start, months + 1)))


def working_days_between(country: str, edges: tuple[dt.date, ...]) -> tuple[int, ...]:
    """Weekdays less public holidays from each day of `edges` until before the next."""
    week, closed = _closed(country, edges[0].year, edges[-1].year)
    bounds = np.array(edges, dtype="datetime64[D]")
    return tuple(int(n) for n in np.busday_count(bounds[:-1], bounds[1:], weekmask=week, holidays=closed))


@lru_cache(maxsize=64)
def working_dates(country: str, start: str, months: int) -> tuple[tuple[dt.date, ...], ...]:
    """The working days of each month, as dates."""
    edges = [first_day(key) for key in month_keys(start, months + 1)]
    week, closed = _closed(country, edges[0].year, edges[-1].year)
    dates = []
    for first, following in pairwise(edges):
        days = np.datetime64(first) + np.arange((following - first).days)
        dates.append(tuple(days[np.is_busday(days, weekmask=week, holidays=closed)].tolist()))
    return tuple(dates)


def _closed(country: str, first: int, last: int) -> tuple[list[bool], Any]:
    """The weekdays that are worked, from Monday, and the public holidays of the years from `first` to `last`."""
    import holidays

    check_country(country)
    closed = holidays.country_holidays(country, years=range(first, last + 1))
    return [day not in closed.weekend for day in range(7)], np.array(sorted(closed), dtype="datetime64[D]")
