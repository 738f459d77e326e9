"""Cells as periods: days and months as people and tools write them, in the order that fits the whole column."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from planner.actuals.periods import Interval, interval_of, period_text
from planner.errors import BadActuals

__all__ = [
    "DateOrder", "is_period", "is_week_alone", "looks_dated", "month_number", "order_of", "period_of", "read_as_days",
]  # fmt: skip

_LANGUAGES = ("en", "de", "fr", "es", "nb")
_MORE_LANGUAGES = (
    "de_AT",
    "sv",
    "da",
    "nl",
    "pl",
    "pt",
    "it",
    "fi",
    "cs",
)  # after those, where a word has several readings
_CLOCK = re.compile(
    r"(?:T|,? +)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?: ?[ap]\.?m\.?)?(?: ?(?:Z|[A-Z]{3,4}|(?:UTC|GMT)?[+-][0-9]{1,2}:?[0-9]{0,2}))?",
    re.IGNORECASE,
)
_YMD = re.compile(r"(?=.*[^0-9]|.{8}$)([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})")
_YM = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})|([0-9]{2}))")
_MY = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")
_DOTTED = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4}|[0-9]{2})\.?")
_SLASHED = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4}|[0-9]{2})")
_WEEK_WORD = r"(?:kw|cw|wk|week|woche|kalenderwoche|semaine|semana|uke|vecka|settimana|v|w|s(?=[0-9]{2}))"
_YEAR_WEEK = re.compile(rf"([0-9]{{4}})[-/ ,]{{0,2}}{_WEEK_WORD}[ .-]?([0-9]{{1,2}})", re.IGNORECASE)
_WEEK_YEAR = re.compile(rf"{_WEEK_WORD}[ .-]?([0-9]{{1,2}})[-/ ,]{{1,2}}([0-9]{{4}})", re.IGNORECASE)
_WEEK = re.compile(rf"{_WEEK_WORD}[ .-]?[0-9]{{1,2}}", re.IGNORECASE)
_BETWEEN = re.compile(r" (?:-|–|—|to|until|through|bis|til|au|al|a) | ?… ?|/(?=[0-9]{4}-)", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"([^\W\d]+)\.?[ ./'’-]{0,2}([0-9]{2})")
_DASHED = re.compile(  # ranges without spaces, or of which only the last day is written out
    r"([0-9]{1,2}[./][0-9]{1,2}[./](?:[0-9]{4}|[0-9]{2})|(?:[0-9]{1,2}\.)?[0-9]{1,2}\.) ?[-–—] ?"
    r"([0-9]{1,2}[./] ?[0-9]{1,2}[./] ?(?:[0-9]{4}|[0-9]{2}))"
)
_WITHIN_MONTH = re.compile(r"([^\W\d]+\.?) ([0-9]{1,2}) ?[-–—] ?([0-9]{1,2}),? ([0-9]{4})")
_DAY_MONTH_YEAR = re.compile(r"[0-9]{1,2}(\.? [^\W\d]+\.?,? [0-9]{4})")
_WEEK_OF = re.compile(
    r"(?:week (?:of|commencing|beginning|starting)|w/c|wc|woche (?:vom|ab)|semaine du|semana del|uke fra) +(.+)",
    re.IGNORECASE,
)
_LINKS = frozenset(["de", "of", "d", "del", "den", "the", "le", "et", "di"])  # words that a date may hold
_SERIAL = re.compile(r"([3-6][0-9]{4})(?:[.,][0-9]{1,12})?")  # Excel's number of a day, 1982 to 2091
_SERIAL_ZERO = dt.date(1899, 12, 30)
_NUMBER = re.compile(r"[0-9]+(?:,[0-9]*)?|[0-9]{5}\.[0-9]+")
_ORDINAL = re.compile(r"([0-9]{1,4})(?:st|nd|rd|th|er|o|º)?")
_LONGER = re.compile(r".*\bQ[1-4]\b.*|[0-9]{4}", re.IGNORECASE)


@dataclass(frozen=True)
class DateOrder:
    """What comes first in dates such as 8/6/2018: "day" or "month" ("": no date needs it), and whether that is sure."""

    first: str
    sure: bool = True


@lru_cache(maxsize=16)
def _months(locale: str) -> dict[str, int]:
    from babel import Locale, UnknownLocaleError

    numbers: dict[str, int] = {"sept": 9, "mrz": 3}
    for name in (*_MORE_LANGUAGES[::-1], *_LANGUAGES[::-1], locale.replace("-", "_")):
        try:
            months = Locale.parse(name).months
        except (UnknownLocaleError, ValueError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                numbers |= {_bare(word): number for number, word in months[context][width].items()}
    return numbers


@lru_cache(maxsize=1)
def _weekdays() -> frozenset[str]:
    """The days of the week as words, long and short, in the languages people export in."""
    from babel import Locale

    words: set[str] = set()
    for name in (*_LANGUAGES, *_MORE_LANGUAGES):
        days = Locale.parse(name).days
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated", "short"):
                words |= {_bare(part) for word in days[context].get(width, {}).values() for part in word.split("-")}
    return frozenset(words)


def _bare(word: str) -> str:
    text = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in text if not unicodedata.combining(c)).rstrip(".")


def order_of(texts: Iterable[str], default: str = "day") -> DateOrder:
    """The order of day and month that fits most of a column's dates; `default`, and not sure, where both fit all."""
    matches = [match for text in texts for end in _ends(text) if (match := _SLASHED.fullmatch(_day_part(end)))]
    if not matches:
        return DateOrder("")
    day_first = sum(int(match[1]) > 12 for match in matches)
    month_first = sum(int(match[2]) > 12 for match in matches)
    if day_first == month_first:
        same_both_ways = all(int(match[1]) == int(match[2]) for match in matches)
        return DateOrder(default, day_first > 0 or same_both_ways)
    return DateOrder("day" if day_first > month_first else "month")


def looks_dated(texts: Iterable[str], locale: str) -> bool:
    """Whether most cells are days or months, figures such as 202701 left aside."""
    filled = [text for text in texts if text]
    periods = sum(not _NUMBER.fullmatch(text) and is_period(text, locale) for text in filled)
    return 2 * periods > len(filled)


def is_period(text: str, locale: str) -> bool:
    """Whether a cell can be read as a period, whichever of day and month comes first."""
    try:
        return bool(period_of(text, "day", locale))
    except BadActuals:
        try:
            return bool(period_of(text, "month", locale))
        except BadActuals:
            return False


def _day_part(text: str) -> str:
    """A cell without a time of day, and without a day of the week before a day in digits."""
    day = _CLOCK.sub("", text).strip()
    word, _, rest = day.replace(",", " ").partition(" ")
    written = rest.strip()
    in_digits = _DOTTED.fullmatch(written) or _SLASHED.fullmatch(written) or _YMD.fullmatch(written)
    return written if in_digits and _bare(word) in _weekdays() else day


def period_of(text: str, first: str = "day", locale: str = "en") -> str:
    """The period a cell names: a day, a month, a week or a range of days; BadActuals says why it names none."""
    if week := _WEEK_OF.fullmatch(text[:100]):
        day = interval_of(_simple_period(week[1], first, locale))
        return period_text(Interval(day.first, day.first + dt.timedelta(6)) if day.days == 1 else day)
    ends = _ends(text)
    if len(ends) == 1:
        return _simple_period(text, first, locale)
    numbered = [_MONTH_YEAR.fullmatch(end) for end in ends]
    if numbered[0] and numbered[1] and numbered[0][2] != numbered[1][2]:
        raise BadActuals(f"“{text[:40]}” has no year.", mend="Write days with their year, such as 2027-01-31.")
    begin, end = (interval_of(_simple_period(part, first, locale)) for part in _with_year(*ends))
    if end.last < begin.first:
        raise BadActuals(f"“{text[:40]}” ends before it begins.", mend="Correct the dates.")
    return period_text(Interval(begin.first, end.last))


def _ends(text: str) -> tuple[str, ...]:
    """The first and the last day of a range as they are written; the cell itself where it is none."""
    cell = text[:100].strip()
    if match := _WITHIN_MONTH.fullmatch(cell):
        return f"{match[1]} {match[2]} {match[4]}", f"{match[1]} {match[3]} {match[4]}"
    if match := _DASHED.fullmatch(cell):
        begin, end = match[1], match[2]
        missing = end.split(".")[begin.count(".") :] if begin.endswith(".") else []
        return begin + ".".join(missing), end
    ends = tuple(end.strip() for end in _BETWEEN.split(cell))
    if len(ends) != 2 or not all(ends):
        return (cell,)
    if ends[0].isdigit() and len(ends[0]) < 3 and (rest := _DAY_MONTH_YEAR.fullmatch(ends[1])):
        return ends[0] + rest[1], ends[1]
    return ends


def _with_year(begin: str, end: str) -> tuple[str, str]:
    """Both ends of a range, the first with the year of the second where it has none: “25 Jan – 31 Jan 2027”."""
    year = re.search(r"(?:19|20|21)[0-9]{2}", end)
    bare = not re.search(r"[0-9]{3}|[0-9][-/.][0-9]+[-/.][0-9]", begin)
    return (f"{begin} {year[0]}" if year and bare and re.search(r"[^\W\d]", begin) else begin), end


def _simple_period(text: str, first: str, locale: str) -> str:
    quoted = f"“{text[:40]}”"
    bare = _day_part(text)
    if not bare:
        raise BadActuals("The date is empty.", mend="Enter a day or a month, such as 2027-01-31 or 2027-01.")
    try:
        period = _by_numbers(bare, first) or _by_words(bare, locale)
    except ValueError:
        mend = "Check which comes first, the day or the month." if _SLASHED.fullmatch(bare) else "Correct the date."
        raise BadActuals(f"{quoted} is not a day of the calendar.", mend=mend) from None
    if period:
        return period
    if _WEEK.fullmatch(bare):
        raise BadActuals(f"{quoted} is a week without a year.", mend="Write weeks as 2027-W03.")
    if _LONGER.fullmatch(bare):
        raise BadActuals(f"{quoted} is longer than a month.", mend="Export by day or by month.")
    raise BadActuals(f"{quoted} is not a date.", mend="Enter a day or a month, such as 2027-01-31 or 2027-01.")


def _by_numbers(text: str, first: str) -> str | None:
    if match := _YMD.fullmatch(text):
        return _day(match[1], match[3], match[4])
    if match := _YM.fullmatch(text):
        return _month(match[1], match[2] or match[3])
    if match := _MY.fullmatch(text):
        return _month(match[2], match[1])
    if match := _DOTTED.fullmatch(text):
        return _day(match[3], match[2], match[1])
    if match := _SLASHED.fullmatch(text):
        day, month = (match[2], match[1]) if first == "month" else (match[1], match[2])
        return _day(match[3], month, day)
    if match := _YEAR_WEEK.fullmatch(text):
        return _week(match[1], match[2])
    if match := _WEEK_YEAR.fullmatch(text):
        return _week(match[2], match[1])
    if match := _SERIAL.fullmatch(text):
        return (_SERIAL_ZERO + dt.timedelta(int(match[1]))).isoformat()
    return None


def _by_words(text: str, locale: str) -> str | None:
    """Dates with the month as a word: "Jun 09, 2018", "5. enero de 2027", "08-Feb-26", "Jan-27", "janvier 2027"."""
    months = _months(locale)
    tokens = [token for token in re.split(r"[\s,./'’-]+", text) if token]
    named = [months[_bare(token)] for token in tokens if _bare(token) in months]
    if len(named) != 1:
        return None
    matches = [(token, _ORDINAL.fullmatch(token)) for token in tokens]
    numbers = [match[1] for _, match in matches if match]
    others = {_bare(token) for token, match in matches if match is None} - months.keys()
    if not others <= _weekdays() | _LINKS:  # “Mar 2027 forecast” is more than a month
        return None
    month = str(named[0])
    if len(numbers) == 2:
        year, day = numbers if len(numbers[0]) == 4 else reversed(numbers)
        return _day(year, month, day)
    if len(numbers) == 1 and (len(numbers[0]) == 4 or _MONTH_YEAR.fullmatch(text)):
        return _month(numbers[0], month)
    return None


def month_number(text: str, locale: str = "en") -> int | None:
    """The month that a word names in a language people export in, 1 to 12; None for other words."""
    return _months(locale).get(_bare(text.strip()[:40]))


def is_week_alone(text: str) -> bool:
    """Whether a text names a week of no year, such as "KW 3"."""
    return _WEEK.fullmatch(text.strip()[:40]) is not None


def read_as_days(texts: Iterable[str]) -> bool:
    """Whether "Jan 27", "Jan 28" are days without a year, and not months with one: more numbers than months."""
    pairs = [match.groups() for text in texts if (match := _MONTH_YEAR.fullmatch(text[:40]))]
    return len({number for _, number in pairs}) > len({_bare(month) for month, _ in pairs})


def _year(text: str) -> int:
    year = int(text) + (2000 if len(text) == 2 else 0)
    if not 1900 <= year <= 2199:
        raise ValueError
    return year


def _week(year: str, week: str) -> str:
    """A week as ISO 8601 counts it, from Monday on."""
    monday = dt.date.fromisocalendar(_year(year), int(week), 1)
    return period_text(Interval(monday, monday + dt.timedelta(6)))


def _day(year: str, month: str, day: str) -> str:
    return dt.date(_year(year), int(month), int(day)).isoformat()


def _month(year: str, month: str) -> str:
    return _day(year, month, "1")[:7]
