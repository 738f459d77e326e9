"""One table of kinds of number: bounds, link, slider step and how it is written.

A `Kind` stands in a type annotation (`rate: Annotated[float, RATE]`), where it is the bound that is checked, and is
read back from there by `levers`, so no page and no question ever types a bound of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from annotated_types import BaseMetadata, Ge, GroupedMetadata, Gt, Le

from planner.errors import PlanError

__all__ = ["KINDS", "Kind", "Span"]


@dataclass(frozen=True)
class Span:
    """Where a slider runs, on the screen's scale (percent for rates): low, high and step, and decimals to show."""

    low: float
    high: float
    step: float
    decimals: int


@dataclass(frozen=True)
class Kind(GroupedMetadata):
    """A kind of number.

    `low` and `high` bound it (`low` itself excluded when `above`). `link` is the scale on which ranges are drawn:
    "logit", "log", "log-1" (log of the value less one) or "" (cannot carry a range). `written` names the format:
    percent, count, money, decimal. `unit` follows the number on screen. `scale` turns the value into what a screen
    shows (100 for percent).
    """

    key: str
    low: float
    high: float
    link: str
    written: str
    unit: str = ""
    above: bool = False
    decimals: int = 0

    def __iter__(self) -> Iterator[BaseMetadata]:
        yield Gt(self.low) if self.above else Ge(self.low)
        yield Le(self.high)

    @property
    def scale(self) -> float:
        """Screen value ÷ stored value."""
        return 100.0 if self.written == "percent" else 1.0

    @property
    def named(self) -> str:
        """The kind with its article: "a rate", "an audience"."""
        return f"{'an' if self.key[0] in 'aeiou' else 'a'} {self.key}"

    @property
    def bounds(self) -> str:
        """The bounds in words, for an error text: "lies between 0 and 1"."""
        if self.above:
            return f"lies above {self.low:g} and is at most {self.high:g}"
        return f"lies between {self.low:g} and {self.high:g}"

    def refusal(self, path: str, value: float) -> PlanError:
        """The error for a number at `path` that lies outside the bounds: "is 1.2; a rate lies between 0 and 1"."""
        bounds = "lies above {1} and is at most {2}" if self.above else "lies between {1} and {2}"
        return PlanError(path, f"is {{0}}; {self.named} {bounds}", about=(float(value), self.low, self.high))

    def span(self, reach: float, value: float) -> Span:
        """The slider for a lever whose usual values go up to `reach` and which now stands at `value` (stored scale).

        The end is a round number past both, at most the bound; steps are a fine, round part of it.
        """
        top = max(reach * 1.5, value, 1e-6) * self.scale
        size = 10.0 ** math.floor(math.log10(top))
        high = next(step * size for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * size >= top * (1 - 1e-9))
        high = min(high, self.high * self.scale)
        step = 10.0 ** (math.floor(math.log10(high * (1 - 1e-9))) - 2)
        least = 0.0 if self.written == "percent" else 10.0**-self.decimals
        step = max(step, least)
        decimals = max(0, -math.floor(math.log10(step) + 1e-9))
        low = self.low * self.scale + (step if self.above else 0.0)
        return Span(round(low, 9), round(max(high, low + step), 9), step, decimals)


RATE = Kind("rate", 0.0, 1.0, "logit", "percent", "%")
SHARE = Kind("share", 0.0, 1.0, "logit", "percent", "%")
TOUCHES = Kind("volume", 0.0, 1e9, "log", "count", "a month")
PER_CONTACT = Kind("number of touches a contact", 1.0, 1e4, "log", "decimal", "touches a contact", decimals=1)
PEOPLE = Kind("audience", 0.0, 1e9, "log", "count", "contacts", above=True)
MONEY = Kind("sum of money", 0.0, 1e12, "log", "money", decimals=2)
DAYS = Kind("delay", 0.0, 36_500.0, "log", "decimal", "days", above=True, decimals=1)
SPREAD = Kind("spread", 1.0, 1000.0, "log-1", "decimal", "× the median", above=True, decimals=2)
MINUTES = Kind("number of minutes", 0.0, 1e5, "log", "decimal", "min", decimals=1)
REPS = Kind("number of reps", 0.0, 1e5, "log", "decimal", "reps", decimals=1)
HIRED = Kind("number of hires", -1e5, 1e5, "", "decimal", "reps", decimals=1)
HOURS = Kind("working day", 0.0, 24.0, "log", "decimal", "hours a day", decimals=1)
RAMP = Kind("ramp", 0.0, 60.0, "log", "decimal", "months", decimals=1)
PER_YEAR = Kind("number a year", 0.0, 1e4, "log", "decimal", "a year", decimals=1)
YEARS = Kind("lifetime", 0.0, 200.0, "log", "decimal", "years", decimals=1)
LIFT = Kind("lift", 0.0, 100.0, "log", "percent", "%")
FACTOR = Kind("factor", 0.0, 1000.0, "", "decimal", "× the volume", decimals=2)
RATE_FACTOR = Kind("rate factor", 0.0, 1000.0, "", "decimal", "× the rate", decimals=2)
FRESH = Kind("number of new contacts", 0.0, 1e9, "log", "count", "contacts a month")
PACE = Kind("pace", 0.0, 1e7, "log", "decimal", "touches a week", decimals=1)
SENDERS = Kind("number of senders", 0.0, 1e5, "log", "decimal", "senders", decimals=1)
STEP = Kind("step", 0.0, 1e9, "log", "count", "arrivals a month", above=True)
COUNT = Kind("count", 0.0, 1e9, "log", "count")
CORRELATION = Kind("correlation", 0.0, 1.0, "", "decimal", decimals=2)
WHOLE = Kind("sample size", 0.0, 1e9, "", "count")

KINDS: dict[str, Kind] = {kind.key: kind for kind in list(globals().values()) if isinstance(kind, Kind)}
