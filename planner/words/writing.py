"""Numbers, dates and plurals as people write them.

The plan's locale decides thousands, decimals, the percent sign and where the currency stands; a minus is "−"
everywhere; "–" stands for undefined. In a sentence or the strip counts below 100 have one decimal and larger figures
three significant digits; tables hold one digit more.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Any

import numpy as np
from babel.numbers import format_compact_decimal, get_currency_precision, get_currency_symbol, parse_pattern

from planner.calendar import locale_of, month_keys, month_text
from planner.plan import Plan

__all__ = [
    "DASH", "Signs", "begins_formula", "change", "counted", "day", "decimal_sign", "in_field", "listed",
    "month_name", "month_names", "plural", "short", "signs", "write", "write_exact",
]  # fmt: skip

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠ ")  # a text that begins so is one to a spreadsheet

DASH = "–"
_DIGITS = 330  # of a float written in full
_UNITS = {"hours": "\u00a0h", "days": "\u00a0days", "months": "\u00a0months", "seconds": "\u00a0s"}
_NOUNS = re.compile(
    r"(account|answer|appointment|bounce|call|chat|click|complaint|conversation|customer|deal|dial|e-mail|impression|input|"
    r"invitation|lead|letter|meeting|message|month|number|outcome|referral|rep|request|scenario|source|touch|visitor|opportunity|reply)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def _pattern(name: str, places: int) -> Any:
    """The locale's pattern of a number with so many decimals, parsed once."""
    whole = locale_of(name).decimal_formats[None].pattern.split(".")[0]
    return parse_pattern(whole + ("." + "0" * places if places else ""))


@lru_cache(maxsize=256)
def _around(name: str, currency: str) -> tuple[str, str]:
    """What stands before and after a sum of money ("%" for currency: after a share)."""
    locale = locale_of(name)
    kept = locale.percent_formats[None] if currency == "%" else locale.currency_formats["standard"]
    before, after = re.split(r"[#0.,]+", kept.pattern.split(";")[0])
    if currency == "%":
        return before, after
    symbol = get_currency_symbol(currency, locale=locale)
    before, after = before.replace("¤", symbol), after.replace("¤", symbol)
    return before + ("\u00a0" if before[-1:].isalpha() else ""), ("\u00a0" if after[:1].isalpha() else "") + after


def _decimal(value: float, plan: Plan, places: int, currency: str = "") -> str:
    """`value` with so many decimals, as money where a currency is named, as a share where that is "%"."""
    places = min(places, 8)
    with localcontext(prec=_DIGITS):
        digits = _pattern(plan.locale, places).apply(abs(value), locale_of(plan.locale))
    before, after = _around(plan.locale, currency) if currency else ("", "")
    minus = "−" if round(value, places) < 0 else ""
    return f"{minus}{before}{digits}{after}"


def _decimals(value: float, figures: int = 3) -> int:
    """Decimals that leave `figures` significant digits, never cutting whole ones."""
    exponent = int(f"{value:.{figures - 1}e}".partition("e")[2]) if value else figures
    return max(0, figures - 1 - exponent)


def _cents(plan: Plan, value: float) -> int:
    """Decimals of a sum of money: none from 100 on, below that the currency's own."""
    return 0 if abs(value) >= 100 or value == 0 else int(get_currency_precision(plan.currency))


def write(plan: Plan, value: Any, unit: str = "count") -> str:
    """`value` in full: counts to four figures and two decimals; money to the unit from 100, shares to three figures.

    Units: count, money, percent, ratio, months, month (its name, counted from 1), hours, days, seconds, points,
    decimal.
    """
    number = float(value)
    if not math.isfinite(number * 100 if unit == "percent" else number):
        return DASH
    if unit == "money":
        return _decimal(number, plan, _cents(plan, number), plan.currency)
    if unit == "percent":
        return _decimal(number * 100, plan, min(_decimals(number * 100), 4), "%")
    if unit == "month":
        return month_name(plan, round(number) - 1)
    if unit == "decimal":
        return _decimal(number, plan, _decimals(number))
    places = (
        0 if abs(number) >= 1000 or number == int(number) else min(_decimals(number, 4 if unit == "count" else 3), 2)
    )
    text = _decimal(number, plan, max(places, 1) if unit in ("ratio", "months") else places)
    tail = _UNITS.get(unit, "")
    return text + (tail.removesuffix("s") if text == "1" and unit == "days" else tail)


def short(plan: Plan, value: Any, unit: str = "count") -> str:
    """`value` for sentences and the strip: counts below 100 to one decimal, else three figures, compact ("€1.24M")."""
    number = float(value)
    if not math.isfinite(number * 100) or unit == "month":
        return write(plan, number, unit)
    rounded = float(f"{number:.2e}")
    if unit == "percent":
        figures = len(f"{rounded:.2e}".partition("e")[0].replace("-", "").replace(".", "").rstrip("0"))
        share = float(f"{rounded * 100:.2e}")  # without what the product adds far behind
        return _decimal(share, plan, min(_decimals(share, figures), 4), "%")
    if unit == "count" and abs(rounded) < 100:
        return _few(plan, rounded)
    if abs(rounded) < 1e6:
        return write(plan, rounded, unit)
    places = 2 - math.floor(math.log10(abs(rounded))) % 3
    with localcontext(prec=_DIGITS):
        text = str(format_compact_decimal(abs(rounded), locale=locale_of(plan.locale), fraction_digits=places))
    before, after = _around(plan.locale, plan.currency) if unit == "money" else ("", _UNITS.get(unit, ""))
    return f"{'−' if rounded < 0 else ''}{before}{text}{after}"


def _few(plan: Plan, value: float) -> str:
    """A count below 100: one decimal, none where it is whole; below 1 two, as "0.0" deals would say nothing."""
    fraction = f"{Decimal(str(value)):.{1 if abs(value) >= 1 else 2}f}".partition(".")[2]
    return _decimal(value, plan, len(fraction.rstrip("0")))


def change(plan: Plan, value: Any, before: Any, unit: str = "count") -> str:
    """The signed difference from `before`, "" where there is none to see; percent in points ("pp")."""
    difference = float(value) - float(before)
    if not math.isfinite(difference) or abs(difference) <= 1e-9 * max(1.0, abs(float(before))):
        return ""
    if unit == "month":
        months = abs(round(difference))
        return f"{counted(plan, months, 'month')} {'later' if difference > 0 else 'earlier'}" if months else ""
    sign = "+" if difference > 0 else "−"
    if unit == "percent":
        points = abs(difference) * 100
        return f"{sign}{_decimal(points, plan, min(_decimals(points, 2), 3))}\u00a0pp"
    return sign + short(plan, abs(difference), unit)


# -- signs and fields --------------------------------------------------------------------------------------------------


def decimal_sign(locale: str) -> str:
    """The decimal sign of a locale: "," or "."."""
    return "," if locale_of(locale).number_symbols.get("latn", {}).get("decimal") == "," else "."


@dataclass(frozen=True)
class Signs:
    """The signs a locale writes numbers with: between whole and fraction, and between thousands."""

    decimal: str
    group: str


@lru_cache(maxsize=64)
def signs(locale: str) -> Signs:
    """The signs of a locale, as `in_field` writes them."""
    text = str(_pattern(locale, 1).apply(1234.5, locale_of(locale)))
    return Signs(text[-2], text.partition("1")[2].partition("234")[0])


def in_field(plan: Plan, value: float, places: int) -> str:
    """A number as a field shows it: thousands set apart and `places` decimals, or all digits where it has more."""
    if round(value, places) != round(value, 9):
        return write_exact(round(value, 9), plan.locale)
    return _decimal(value, plan, places)


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet takes a text for a formula.

    >>> begins_formula("=1+1"), begins_formula("1+1")
    (True, False)
    """
    return text[:1] in _FORMULA


def write_exact(value: float, locale: str = "en") -> str:
    """All digits of a number with the locale's decimal sign and no groups, in a form that reads one way only."""
    text = str(np.format_float_positional(value, trim="-"))
    whole, _, fraction = text.partition(".")
    thousands = len(fraction) == 3 and whole.lstrip("-") != "0"  # 1.234 could be read as 1234, 0.402 as nothing else
    return whole + (decimal_sign(locale) + fraction + "0" * thousands if fraction else "")


# -- words -------------------------------------------------------------------------------------------------------------


def plural(noun: str) -> str:
    """The plural of a label that ends in a noun of the trade ("positive reply" → "positive replies"); others stay."""
    return _many(noun) if _NOUNS.search(noun) else noun


def _many(noun: str) -> str:
    return re.sub("y$", "ie", noun) + ("es" if noun.endswith("touch") else "s")


def listed(parts: Sequence[str], joined: str = "and") -> str:
    """Parts as a sentence lists them: "a", "a and b", "a, b and c"; "" for none."""
    return f" {joined} ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def counted(plan: Plan, value: Any, noun: str) -> str:
    """A number with its noun, whatever noun: "1 deal", "12.5 deals"."""
    number = short(plan, value)
    return f"{number} {noun if number == '1' else _many(noun)}"


def month_name(plan: Plan, index: int) -> str:
    """ "Mar 2027"; month 0 is the first."""
    return month_text(month_keys(plan.start, index + 1)[-1])


def month_names(plan: Plan) -> tuple[str, ...]:
    """The names of all months of the plan."""
    return tuple(month_text(month) for month in month_keys(plan.start, plan.months))


def day(date: dt.date, *, year: bool = True) -> str:
    """A day as it stands in a sentence: "5 Mar 2027", without its `year` "5 Mar"."""
    return f"{date.day} {month_text(date.isoformat(), year=year)}"
