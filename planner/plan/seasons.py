# ruff: noqa: E501  a row of the table is a line
"""The table of weeks: when in a year fewer are at work, and what that does to sending, connecting, replying and meeting.

A factor is that of one working day against a normal one; public holidays are no working days and stand in the calendar,
so no row counts them again. The evidence is weak: single vendors and leave statistics, often of another country or only
near what is meant; where there is none it is judgement. No row is more than a default to be edited.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

__all__ = ["ANSWERS", "EFFECTS", "MEETINGS", "SEASONS", "Effect", "SeasonRow", "rows_for"]

Effect = Literal["sending", "connecting", "replying", "meeting"]
EFFECTS: tuple[Effect, ...] = get_args(Effect)

ANSWERS: dict[str, Effect] = {"connected": "connecting", "accepted": "replying", "replied": "replying"}  # by stage
MEETINGS = ("appointment",)  # stages where a meeting is agreed


class When(Protocol):
    """Which days of any year are meant."""

    def holds(self, day: dt.date) -> bool:
        """Whether the day is one of them."""
        ...


@dataclass(frozen=True)
class Days:
    """From a day (month, day) to a day, both included; past the turn of the year where the first is the later one."""

    first: tuple[int, int]
    last: tuple[int, int]

    def holds(self, day: dt.date) -> bool:
        """Whether the day lies between them."""
        place = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= place <= self.last
        return place >= self.first or place <= self.last


@dataclass(frozen=True)
class Weeks:
    """ISO weeks from one to another, both included."""

    first: int
    last: int

    def holds(self, day: dt.date) -> bool:
        """Whether the day lies in one of them."""
        return self.first <= day.isocalendar().week <= self.last


@dataclass(frozen=True)
class Around:
    """Days from `first` to `last` counted from a day that moves from year to year."""

    anchor: Callable[[int], dt.date]
    first: int
    last: int

    def holds(self, day: dt.date) -> bool:
        """Whether the day lies so near."""
        return self.first <= (day - self.anchor(day.year)).days <= self.last


def easter(year: int) -> dt.date:
    """Easter Sunday by the anonymous Gregorian algorithm (Meeus 1991, chapter 8)."""
    century, golden = year // 100, year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def thanksgiving(year: int) -> dt.date:
    """The fourth Thursday in November."""
    first = dt.date(year, 11, 1)
    return first + dt.timedelta(days=(3 - first.weekday()) % 7 + 21)


@dataclass(frozen=True)
class SeasonRow:
    """What a time of the year does to one thing: `factor` of a working day there, plausible from `low` to `high`.

    `country` is where it holds ("": wherever no row of its own does). `judged`: there is no source, or none that says
    this number.
    """

    label: str
    country: str
    when: When
    effect: Effect
    factor: float
    low: float
    high: float
    source: str
    judged: bool = False


_ROW = SeasonRow
_FELLESFERIE, _EASTER_WEEK, _TURN = Weeks(28, 30), Around(easter, -6, -4), Days((12, 23), (1, 2))
_ASCENSION, _SUMMER, _THANKSGIVING = Around(easter, 36, 40), Days((7, 1), (8, 31)), Around(thanksgiving, -3, 1)

_SSB = "https://www.ssb.no/a/en/static/aku/tab-2008-10-29-11-en.html"
_VISMA = "https://vdtidningen.se/fortfarande-den-klassiska-industrisemestern-som-galler/"
_DST = "https://www.dst.dk/da/Statistik/nyheder-analyser-publ/bagtal/2018/2018-07-09-flest-holder-ferie-i-slutningen-af-juli"
_INSEE = "https://www.affiches-parisiennes.com/les-salaries-ont-pris-en-moyenne-six-semaines-de-vacances-589.html"
_BRIDGES = "https://terrafemina.com/article/ascension-mai-pentecote-les-francais-sont-ils-les-champions-du-monde-du-pont-_a199252/1"
_REVBOSS = "https://revboss.com/blog/should-i-send-sales-prospecting-emails-in-december-2020-remix"
_PHONEBURNER = "https://www.phoneburner.com/blog/sales-stats-1-best-month-and-season-for-sales-calls/"
_SOPRO = "https://sopro.io/resources/blog/summer-slumps-how-can-b2b-businesses-deal-with-them"
_WIWO = "https://www.wiwo.de/erfolg/management/urlaubszeit-im-sommer-brechen-die-umsaetze-ein/12065116.html"
_HANGOVER = "https://sales.co/research/holiday-email-hangover"
_OUT_OF_OFFICE = "https://prospeo.io/s/scheduling-sales-meetings-during-holidays"

SEASONS: tuple[SeasonRow, ...] = (
    _ROW("fellesferie", "NO", _FELLESFERIE, "sending", 0.3, 0.0, 0.6, "a choice: pause new sequences, keep follow-ups", judged=True),
    _ROW("fellesferie", "NO", _FELLESFERIE, "connecting", 0.52, 0.35, 0.65, f"from leave by quarter, near Sweden and Denmark: {_SSB}", judged=True),
    _ROW("fellesferie", "NO", _FELLESFERIE, "replying", 0.5, 0.35, 0.7, "set near connecting; no Norwegian reply data found", judged=True),
    _ROW("fellesferie", "NO", _FELLESFERIE, "meeting", 0.3, 0.1, 0.5, "no data found", judged=True),
    _ROW("Easter week", "NO", _EASTER_WEEK, "connecting", 0.7, 0.6, 0.8, f"from leave when Easter moves between quarters: {_SSB}", judged=True),
    _ROW("Easter week", "NO", _EASTER_WEEK, "meeting", 0.6, 0.3, 0.8, "of a day worked; 0.35 of a whole week with its holidays", judged=True),
    _ROW("Ascension week", "NO", _ASCENSION, "meeting", 0.88, 0.69, 1.0, f"by analogy with France: {_BRIDGES}", judged=True),
    _ROW("Christmas to New Year", "NO", _TURN, "meeting", 0.15, 0.05, 0.35, "no data found", judged=True),
    _ROW("industrisemester", "SE", Weeks(29, 31), "connecting", 0.53, 0.4, 0.65, f"about half on leave: {_VISMA}"),
    _ROW("industriferie", "DK", Weeks(29, 30), "connecting", 0.63, 0.5, 0.7, f"four in ten on leave: {_DST}"),
    _ROW("weeks 28 and 31", "DK", Weeks(28, 28), "connecting", 0.74, 0.65, 0.8, f"three in ten on leave: {_DST}"),
    _ROW("weeks 28 and 31", "DK", Weeks(31, 31), "connecting", 0.74, 0.65, 0.8, f"three in ten on leave: {_DST}"),
    _ROW("school holidays", "DE", _SUMMER, "connecting", 0.82, 0.7, 0.95, f"only words found: {_WIWO}", judged=True),
    _ROW("Christmas to Epiphany", "DE", Days((12, 24), (1, 6)), "meeting", 0.2, 0.05, 0.4, "no data found", judged=True),
    _ROW("août, week of the 15th", "FR", Days((8, 9), (8, 15)), "connecting", 0.53, 0.4, 0.65, f"about half on leave: {_INSEE}"),
    _ROW("Christmas holidays", "FR", Days((12, 26), (1, 2)), "connecting", 0.53, 0.35, 0.65, f"about half on leave: {_INSEE}"),
    _ROW("Ascension bridge", "FR", _ASCENSION, "meeting", 0.88, 0.69, 1.0, f"3½ of 4 days worked, half of firms close the Friday: {_BRIDGES}"),
    _ROW("summer", "GB", _SUMMER, "meeting", 0.82, 0.6, 1.0, f"survey on sales, a proxy: {_SOPRO}", judged=True),
    _ROW("Thanksgiving week", "US", _THANKSGIVING, "sending", 0.38, 0.25, 0.63, f"1½ of 4 days worked: {_REVBOSS}"),
    _ROW("4 July week", "US", Days((7, 1), (7, 7)), "replying", 0.86, 0.55, 1.0, f"half of what was measured on the day, 0.71: {_HANGOVER}", judged=True),
    _ROW("26 to 31 December", "US", Days((12, 26), (12, 31)), "replying", 0.6, 0.4, 0.8, f"from opens and out-of-office shares: {_OUT_OF_OFFICE}", judged=True),
    _ROW("Christmas to New Year", "", _TURN, "sending", 0.0, 0.0, 0.3, f"one agency stops all e-mail: {_REVBOSS}"),
    _ROW("December", "", Days((12, 1), (12, 31)), "connecting", 0.91, 0.69, 0.95, f"11.8 million dials 2011 to 2015: {_PHONEBURNER}"),
    _ROW("January", "", Days((1, 1), (1, 31)), "connecting", 1.16, 1.0, 1.2, f"11.8 million dials 2011 to 2015: {_PHONEBURNER}"),
    _ROW("January from week 2", "", Days((1, 8), (1, 31)), "replying", 1.1, 1.0, 1.2, f"against December, one agency: {_OUT_OF_OFFICE}"),
    _ROW("July and August", "", _SUMMER, "connecting", 0.96, 0.8, 1.0, f"11.8 million dials 2011 to 2015: {_PHONEBURNER}"),
    _ROW("September to November", "", Days((9, 1), (11, 30)), "connecting", 0.93, 0.9, 0.96, f"11.8 million dials 2011 to 2015: {_PHONEBURNER}"),
)  # fmt: skip


def rows_for(country: str) -> tuple[SeasonRow, ...]:
    """The rows that may hold in a country: its own, and those of no country."""
    return tuple(row for row in SEASONS if row.country in ("", country))
