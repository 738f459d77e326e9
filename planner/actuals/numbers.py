"""Cells as numbers: counts and money as people and tools write them, each distinct cell read once."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.words import NoNumber, NumberText, currency_of, number_text

__all__ = [
    "NumberColumn",
    "are_durations",
    "could_be_either",
    "currency_in",
    "decimal_sign_in",
    "in_seconds",
    "is_missing",
    "is_number",
    "looks_numeric",
    "read_column",
]  # fmt: skip

_MISSING = re.compile(r"(?:[-–—]*|n/?a\.?|n\.a\.?|#n/a|nan|null|none|nil|k\.? ?a\.?|…|\?)", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]{1,15}(?:([.,])([0-9]+))?")
_DURATION = re.compile(r"([0-9]{1,5}):([0-5][0-9])(?::([0-5][0-9])(?:[.,]0+)?)?")
_IN_THOUSANDS = re.compile(r"(?<=[0-9]) ?(?:k|tsd\.?|tys\.?)(?= ?(?:[€$£]|[A-Za-z]{3})?$)", re.IGNORECASE)
_THREE_DIGITS = re.compile(r".*[.,][0-9]{3}(?![0-9]).*")
_ENOUGH_VOTES = 1000
_LARGEST = 1e15


@dataclass(frozen=True)
class NumberColumn:
    """The numbers of distinct cells: `values` (cells,), nan where a cell says nothing or is refused, by its index."""

    values: NDArray[np.float64]
    refused: dict[int, NoNumber]
    currency: tuple[str, ...]  # of each cell, "" where it names none, "$" for some dollar

    @property
    def currencies(self) -> frozenset[str]:
        """The currencies that cells name, dollars of no country left aside."""
        return frozenset(self.currency) - {"", "$"}


def in_seconds(text: str, header: str = "") -> str:
    """A duration such as 1:02:30 in seconds; other texts as they are, also 2:30 unless the header says of what."""
    match = _DURATION.fullmatch(text)
    if match is None or not (match[3] or "mm:ss" in header.casefold()):
        return text
    first, second, third = (int(part or 0) for part in match.groups())
    return str(first * 3600 + second * 60 + third if match[3] else first * 60 + second)


def are_durations(texts: Sequence[str], header: str = "") -> bool:
    """Whether most cells are durations that can be read in seconds."""
    return 2 * sum(in_seconds(text, header) != text for text in texts) > len(texts)


def currency_in(header: str) -> str:
    """The currency a header names in brackets or at its end, "" for none."""
    candidates = [part.strip() for part in re.findall(r"\(([^()]*)\)", header) + header.split()[-1:]]
    written_so = [part for part in candidates if part.isupper() or not part.isalpha()]
    return next((currency for part in written_so if (currency := currency_of(part))), "")


def is_missing(text: str) -> bool:
    """Whether a cell says that nothing was reported."""
    return _MISSING.fullmatch(text) is not None


def looks_numeric(texts: Iterable[str]) -> bool:
    """Whether at least half of the cells that say something are numbers (true where none says anything)."""
    filled = [text for text in texts if not is_missing(text)]
    return 2 * sum(map(is_number, filled)) >= len(filled)


def _parts(text: str) -> NumberText | None:
    """The parts of a number; of “1.2k” or “1,2 Tsd.” as 1.2 and 1,2 with a power. None where that reads both ways."""
    whole = text if text.isdecimal() else _IN_THOUSANDS.sub("", text)
    if whole == text:
        return number_text(text)
    parts = number_text(whole)
    unclear = parts is None or parts.percent or parts.power or _THREE_DIGITS.fullmatch(whole)
    return None if parts is None or unclear else replace(parts, power="e3")


def is_number(text: str) -> bool:
    """Whether a cell is a number and no rate."""
    parts = _parts(text)
    return parts is not None and not parts.percent


def decimal_sign_in(texts: Iterable[str]) -> str:
    """The decimal sign that most numbers need, "" where none tells; a lone group of three digits tells nothing."""
    votes: Counter[str] = Counter()
    for text in texts:
        plain = _PLAIN.fullmatch(text)
        if plain and not plain[1]:
            continue
        sign = _sign_needed(text if plain else getattr(_parts(text), "digits", ""))
        if sign:
            votes[sign] += 1
        if votes.total() >= _ENOUGH_VOTES:
            break
    return max(votes, key=lambda sign: (votes[sign], sign == ".")) if votes else ""


def _sign_needed(digits: str) -> str:
    """The decimal sign without which these digits cannot be read, "" where both can be."""
    signs = re.findall(r"[.,]", digits)
    if not signs:
        return ""
    last: str = signs[-1]
    if len(set(signs)) == 2:
        return last
    if len(signs) > 1:  # several equal ones set thousands apart
        return "," if last == "." else "."
    whole, _, fraction = digits.partition(last)
    could_be_thousands = len(fraction) == 3 and whole not in ("", "0") and len(whole) <= 3
    return "" if could_be_thousands else last


def could_be_either(texts: Iterable[str]) -> str:
    """A cell that shows that all numbers of a column can be read in two ways; "" where one cannot."""
    either = ""
    for text in texts:
        match = _PLAIN.fullmatch(text)
        if match is None and not is_missing(text):
            return ""
        if match and match[1]:
            if _sign_needed(text):
                return ""
            either = either or text
    return either


def read_column(texts: Sequence[str], decimal: str) -> NumberColumn:
    """The numbers in the cells of a column. `decimal` "": a sign before three digits sets thousands apart."""
    values = np.full(len(texts), math.nan)
    refused: dict[int, NoNumber] = {}
    currency = [""] * len(texts)
    for i, text in enumerate(texts):
        plain = _PLAIN.fullmatch(text)
        if plain and plain[1] in (None, decimal):
            values[i] = float(text.replace(",", "."))
        elif not is_missing(text):
            parts = _parts(text)
            number = _count(text, parts, decimal)
            if isinstance(number, NoNumber):
                refused[i] = number
            else:
                values[i] = number
                currency[i] = parts.currency if parts and parts.currency else "$" if "$" in text else ""
    return NumberColumn(values, refused, tuple(currency))


def _count(text: str, parts: NumberText | None, decimal: str) -> float | NoNumber:
    """The number in a cell, read with the column's decimal sign."""
    quoted = f"“{text if len(text) <= 40 else text[:39] + '…'}”"
    if text[0] in "=@":
        return NoNumber(f"{quoted} is a formula.", "Save the sheet with values in place of formulas.")
    if parts is None:
        return NoNumber(
            f"{quoted} is not a number.", "Enter a number, or leave the cell empty if nothing was reported."
        )
    if parts.percent:
        return NoNumber(f"{quoted} is a rate.", "Enter the count; the planner works out rates itself.")
    value = parts.value(decimal or _usual_sign(parts))
    if value is None:
        name = "comma" if decimal == "," else "point"
        what = f"{quoted} does not fit the other numbers, which have a decimal {name}."
        return NoNumber(what, "Write all numbers of the column with one decimal sign.")
    if abs(value) > _LARGEST:
        return NoNumber(f"{quoted} is too large.", "The largest number that can be used is 10^15.")
    return value


def _usual_sign(parts: NumberText) -> str:
    """The decimal sign under which a single sign before three digits sets thousands apart."""
    return "," if "." in parts.digits and parts.value(",") is not None else "."
