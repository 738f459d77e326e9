"""What a cell of an engine's table says, as an Ibis expression on its column.

Cells stay as they stand; only what would part rows without end is shortened, in a way that says the same to whoever
reads it: a time of day is dropped, a duration becomes the limit it reaches, and amounts are added up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["as_amount", "as_day", "as_limit", "as_size", "as_text", "readable"]

_CLOCK = (
    "(?i)(?:T|,? +)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    "(?: ?[ap][.]?m[.]?)?(?: ?(?:Z|[A-Z]{3,4}|(?:UTC|GMT)?[+-][0-9]{1,2}:?[0-9]{0,2}))?"
)
_SECONDS, _CLOCKED, _MINUTES = "^[0-9]{1,9}([.,][0-9]+)?$", "^[0-9]{2}:[0-9]{2}:[0-9]{2}$", "^[0-9]{2}:[0-9]{2}$"
AMOUNTS = "decimal(18, 4)"  # what is added up exactly; longer ones are left as they are


def as_text(column: Any) -> Any:
    """A column as text, empty where it says nothing."""
    import ibis

    kind = column.type()
    if kind.is_string():
        return column.fill_null("")
    if kind.is_boolean():
        return ibis.cases((column.isnull(), ""), (column, "true"), else_="false")
    return column.cast("string").fill_null("")


def as_day(column: Any) -> Any:
    """A column's days as text, without the time of day."""
    import ibis

    kind = column.type()
    if kind.is_timestamp():
        column = column.date()
    if kind.is_timestamp() or kind.is_date():
        return column.strftime("%Y-%m-%d").fill_null("")
    text = as_text(column)
    iso = text.like("____-__-__ __:%") | text.like("____-__-__T__:%")
    return ibis.cases((text.length() <= 10, text), (iso, text.substr(0, 10)), else_=text.re_replace(_CLOCK, ""))


def as_limit(column: Any, limits: Sequence[float]) -> Any:
    """The largest limit that a duration reaches, as text; what is no duration stays as it is."""
    import ibis

    def reached(value: Any, write: Callable[[float], Any]) -> Any:
        steps = [(value >= write(limit), f"{limit:g}") for limit in sorted(limits, reverse=True)]
        return ibis.cases(*steps, else_="0")

    if column.type().is_numeric():
        return reached(column.fill_null(0), float)
    text = as_text(column)
    seconds = ibis.ifelse(text.re_search(_SECONDS), text.replace(",", "."), "0").cast("float64")
    return ibis.cases(
        (text.re_search(_SECONDS), reached(seconds, float)),
        (text.re_search(_CLOCKED), reached(text, lambda limit: str(dt.timedelta(seconds=limit)).zfill(8))),
        (text.re_search(_MINUTES), reached(text, lambda limit: str(dt.timedelta(seconds=limit)).zfill(8)[3:])),
        else_=text,
    )


def as_amount(column: Any, sign: str) -> tuple[Any, Any]:
    """A column's amounts without their signs, and the text of what cannot be added up here."""
    import ibis

    if column.type().is_numeric():
        return column.cast(AMOUNTS).abs(), ibis.literal("")
    text, group = as_text(column).strip(), "," if sign == "." else "."
    text = _seconds(text)
    simple = text.re_search(f"^-?([0-9]{{1,13}}|[0-9]{{1,3}}([{group}][0-9]{{3}}){{1,4}})([{sign}][0-9]{{1,4}})?$")
    number = ibis.ifelse(simple, text.replace(group, "").replace(sign, "."), ibis.null("string"))
    return number.cast(AMOUNTS).abs(), ibis.ifelse(simple, "", text)


def _seconds(text: Any) -> Any:
    """Texts with durations such as 00:02:30 or 02:30 in seconds."""
    import ibis

    short = text.re_search(_MINUTES)
    clocked = text.re_search(_CLOCKED) | short
    clock = ibis.cases((short, "00:" + text), (clocked, text), else_="00:00:00")
    hours, minutes, seconds = (clock.substr(start, 2).cast("int64") for start in (0, 3, 6))
    return ibis.ifelse(clocked, (hours * 3600 + minutes * 60 + seconds).cast("string"), text)


def as_size(column: Any, sign: str) -> Any:
    """What an amount comes to, whatever stands beside its digits; -1 where there are none."""
    import ibis

    if column.type().is_numeric():
        return column.cast("float64").abs().fill_null(-1)
    digits = _seconds(as_text(column).strip()).re_replace(f"[^0-9{sign}]", "").replace(sign, ".")
    return ibis.ifelse(digits.re_search("^[0-9]{1,15}([.][0-9]+)?$"), digits, "-1").cast("float64")


def readable(column: Any) -> bool:
    """Whether a column holds what a cell can: text, numbers, yes or no, days."""
    kind = column.type()
    return any((kind.is_string(), kind.is_numeric(), kind.is_boolean(), kind.is_date(), kind.is_timestamp()))
