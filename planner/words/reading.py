"""Reads numbers as people write them: with which signs, with what around them, and why a text is no number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from planner.words.writing import decimal_sign

__all__ = ["NoNumber", "Number", "NumberText", "currency_of", "number_text", "read_number"]

_CURRENCY_SIGNS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₺": "TRY", "₽": "RUB", "₪": "ILS", "zł": "PLN",
    "kč": "CZK", "fr": "CHF", "sfr": "CHF", "us$": "USD", "ca$": "CAD", "c$": "CAD", "a$": "AUD", "au$": "AUD",
    "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL", "mx$": "MXN", "$": "", "kr": "",
}  # fmt: skip
_MARK = r"[^\W\d_]{0,4}\.?[$€£¥₹₩₺₽₪]|[^\W\d_]{2,3}\.?"
_NUMBER = re.compile(
    rf"(?P<sign>[-−–+]?) ?(?:%(?P<percent_before>) ?)?(?P<before>{_MARK})? ?(?P<sign_inside>[-−–]?) ?"
    rf"(?P<digits>[0-9][0-9.,'’ ]*|[.,][0-9]+)(?P<power>[eE][+-]?[0-9]{{1,2}})?(?:[.,][-–]{{1,2}})?"
    rf"(?P<sign_after>(?<=[0-9])-)? ?(?P<after>{_MARK})?(?P<percent> ?%)?(?: ?\( ?[-0-9.,]+ ?%\))?"
)
_SPACES_BETWEEN_THOUSANDS = re.compile(r"[ '’](?=[0-9]{3}(?![0-9]))")
_THOUSANDS = {
    sign: re.compile(rf"[0-9]*|[1-9][0-9]{{0,2}}(?:[{sign}][0-9]{{2,3}})*[{sign}][0-9]{{3}}") for sign in ".,"
}
_LARGEST = 1e15


@dataclass(frozen=True)
class NumberText:
    """What the text of a number holds before its decimal sign is known: digits with their signs, and marks around.

    `currency` is an ISO code, "" where none is named or its sign fits several countries.
    """

    digits: str
    negative: bool = False
    percent: bool = False
    currency: str = ""
    power: str = ""

    def value(self, decimal: str) -> float | None:
        """The number with "." or "," as decimal sign, a share for percent; None where that sign cannot be."""
        thousands = "," if decimal == "." else "."
        whole, _, fraction = self.digits.partition(decimal)
        if not _THOUSANDS[thousands].fullmatch(whole) or (not fraction.isdecimal() and fraction):
            return None
        power = int(self.power[1:] or 0) if self.power else 0
        number = float(f"{whole.replace(thousands, '') or 0}.{fraction or 0}e{power - 2 * self.percent}")
        return -number if self.negative else number


@dataclass(frozen=True)
class Number:
    """A number as a person wrote it. `other` is what it would be if its one sign meant the other thing, else None.

    "1.234" in English is 1.234 and perhaps 1234; a field that takes both has to ask.
    """

    value: float
    other: float | None = None
    percent: bool = False
    currency: str = ""


@dataclass(frozen=True)
class NoNumber:
    """Why a text is no number, and how to mend it, in sentences."""

    what: str
    mend: str


@lru_cache(maxsize=1)
def _currency_codes() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(code.lower() for code in list_currencies())


@lru_cache(maxsize=1024)
def currency_of(mark: str) -> str | None:
    """The ISO code of a currency's sign or code, "" where it fits several countries, None where it is no currency."""
    mark = mark.lower().rstrip(".")
    if mark in _CURRENCY_SIGNS:
        return _CURRENCY_SIGNS[mark]
    letters = mark.rstrip("$€£¥₹₩₺₽₪")
    if letters in _currency_codes():
        return letters.upper()
    return "" if letters != mark and len(letters) <= 2 else None


def number_text(text: str) -> NumberText | None:
    """The parts of a text that may be a number; None for any other. Brackets and a minus after it are a minus too."""
    text = " ".join(text.split())
    in_brackets = text[:1] == "(" and text[-1:] == ")"
    match = _NUMBER.fullmatch(text[1:-1].strip() if in_brackets else text)
    if match is None:
        return None
    mark = match["before"] or match["after"] or ""
    currency = currency_of(mark) if mark else ""
    if currency is None:
        return None
    negative = in_brackets or bool(match["sign"].strip("+") or match["sign_inside"] or match["sign_after"])
    percent = match["percent"] is not None or match["percent_before"] is not None
    digits = _SPACES_BETWEEN_THOUSANDS.sub("", match["digits"].strip())
    return NumberText(digits, negative, percent, currency, match["power"] or "")


def read_number(text: str, locale: str = "en") -> Number | NoNumber:
    """A number as people of this locale write it: its own signs first, the other decimal sign where only that fits.

    Groups may be set apart by the locale's sign, spaces of any width or apostrophes; a currency, a percent sign and an
    accountant's minus are understood. What `write` writes reads back as the number written.
    """
    own = decimal_sign(locale)
    foreign = "." if own == "," else ","
    quoted = f"“{text if len(text) <= 40 else text[:39] + '…'}”"
    parts = number_text(text)
    if parts is None:
        return NoNumber(f"{quoted} is not a number.", f"Write digits only, such as 1234{own}5.")
    as_own, as_foreign = parts.value(own), parts.value(foreign)
    value = as_foreign if as_own is None else as_own
    if value is None:
        return NoNumber(f"{quoted} is not a number.", f"Write digits only, such as 1234{own}5.")
    if abs(value) > _LARGEST:
        return NoNumber(f"{quoted} is too large.", "The largest number that can be used is 10^15.")
    two_ways = as_own is not None and own in parts.digits and as_foreign not in (None, as_own)
    return Number(value, as_foreign if two_ways else None, parts.percent, parts.currency)
