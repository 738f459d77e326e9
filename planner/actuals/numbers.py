"""Cells as numbers: counts and money as people and tools write them, each distinct cell read once."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["Figures", "currency_in", "decimal_sign", "figures", "is_missing", "looks_numeric"]

_SIGNS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₺": "TRY", "₽": "RUB", "₪": "ILS", "zł": "PLN",
    "kč": "CZK", "fr": "CHF", "sfr": "CHF", "us$": "USD", "ca$": "CAD", "c$": "CAD", "a$": "AUD", "au$": "AUD",
    "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL", "mx$": "MXN", "$": "", "kr": "",
}  # fmt: skip
_MARK = r"[^\W\d_]{0,4}\.?[$€£¥₹₩₺₽₪]|[^\W\d_]{2,3}\.?"
_NUMBER = re.compile(
    rf"(?P<minus>[-−–(]?) ?(?P<left>{_MARK})? ?(?P<minus2>[-−–]?) ?"
    rf"(?P<digits>[0-9][0-9.,'’ ]*|[.,][0-9]+)(?:[.,][-–]{{1,2}})?(?P<minus3>(?<=[0-9])-)?"
    rf" ?(?P<right>{_MARK})? ?\)?(?P<share> ?\( ?[-0-9.,]+ ?%\))?"
)
_MISSING = re.compile(r"(?:[-–—]*|n/?a\.?|n\.a\.?|#n/a|nan|null|none|nil|k\.? ?a\.?|…|\?)", re.IGNORECASE)
_SIMPLE = re.compile(r"[0-9]{1,15}(?:([.,])([0-9]+))?")
_SPACED = re.compile(r"[ '’](?=[0-9]{3}(?![0-9]))")
_VOTES = 1000  # figures that are enough to tell the decimal sign
_POWER = re.compile(r"[0-9](?:[.,][0-9]+)?[eE][+-]?[0-9]{1,2}")
_GROUPS = {sign: re.compile(rf"(?:[0-9]{{1,3}}(?:[{sign}][0-9]{{2,3}})*[{sign}][0-9]{{3}}|[0-9]*)") for sign in ".,"}
_MOST = 1e15


@dataclass(frozen=True)
class Figures:
    """Numbers of distinct cells: `values` (cells,), nan where a cell says nothing or is refused; `bad` says why."""

    values: NDArray[np.float64]
    bad: dict[int, tuple[str, str]]
    currencies: frozenset[str]


@cache
def _codes() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(code.lower() for code in list_currencies())


def _currency(mark: str) -> str | None:
    """ISO code of a sign or code, "" where it fits several countries, None where it is no currency."""
    mark = mark.lower().rstrip(".")
    if mark in _SIGNS:
        return _SIGNS[mark]
    bare = mark.rstrip("$€£¥₹₩₺₽₪")
    code = bare if bare in _codes() else ""
    return code.upper() if code else ("" if bare != mark and len(bare) <= 2 else None)


def currency_in(header: str) -> str:
    """The currency a header names in brackets or at its end, "" for none."""
    for part in re.findall(r"\(([^()]*)\)", header) + header.split()[-1:]:
        found = _currency(part.strip()) if part.strip().isupper() or not part.strip().isalpha() else None
        if found:
            return found
    return ""


def is_missing(text: str) -> bool:
    """Whether a cell says that nothing was reported."""
    return _MISSING.fullmatch(text) is not None


def looks_numeric(texts: Iterable[str]) -> bool:
    """Whether at least half of the cells that say something are numbers (true where none says anything)."""
    told = [text for text in texts if not is_missing(text)]
    return 2 * sum(_split(text) is not None for text in told) >= len(told)


def _split(text: str) -> tuple[str, bool, str] | None:
    """Digits with their signs, whether below zero, and the currency mark; None for what is no number."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    mark = found["left"] or found["right"] or ""
    if mark and _currency(mark) is None:
        return None
    below = bool(found["minus"] or found["minus2"] or found["minus3"])
    return _SPACED.sub("", found["digits"].strip()), below, mark


def decimal_sign(texts: Iterable[str]) -> str:
    """The decimal sign that most figures need, "" where none tells; a lone group of three digits tells nothing."""
    votes: Counter[str] = Counter()
    for text in texts:
        simple = _SIMPLE.fullmatch(text)
        if simple and not simple[1]:
            continue
        found = (text,) if simple else _split(text)
        signs = re.findall(r"[.,]", found[0]) if found else ()
        if not found or not signs:
            continue
        whole, _, part = found[0].rpartition(signs[-1])
        if len(set(signs)) == 2:
            votes[signs[-1]] += 1
        elif len(signs) > 1:
            votes["," if signs[0] == "." else "."] += 1
        elif len(part) != 3 or whole in ("", "0") or len(whole) > 3:
            votes[signs[0]] += 1
        if votes.total() >= _VOTES:
            break
    return max(votes, key=lambda sign: (votes[sign], sign == ".")) if votes else ""


def figures(texts: Sequence[str], decimal: str) -> Figures:
    """The numbers in cells. `decimal` "": a sign before three digits sets thousands apart."""
    values = np.full(len(texts), math.nan)
    bad: dict[int, tuple[str, str]] = {}
    marks: set[str] = set()
    for i, text in enumerate(texts):
        simple = _SIMPLE.fullmatch(text)
        if simple and simple[1] in (None, decimal):
            values[i] = float(text.replace(",", "."))
        elif not is_missing(text):
            number = _number(text, decimal, marks)
            if isinstance(number, float):
                values[i] = number
            else:
                bad[i] = number
    return Figures(values, bad, frozenset(code for mark in marks if (code := _currency(mark))))


def _number(text: str, decimal: str, marks: set[str]) -> float | tuple[str, str]:
    shown = text if len(text) <= 40 else text[:39] + "…"
    found = _split(text)
    if found is None:
        if _POWER.fullmatch(text):
            return float(text.replace(",", "."))
        return _why(text, shown)
    digits, below, mark = found
    point = decimal or ("," if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+", digits) else ".")
    whole, sign, part = digits.rpartition(point) if digits.count(point) == 1 else (digits, "", "")
    other = "," if point == "." else "."
    if not _GROUPS[other].fullmatch(whole) or not (part.isdecimal() or not part) or not whole + part:
        name = "point" if point == "." else "comma"
        return f"“{shown}” is no number with a decimal {name}.", "Write all figures of the file with one decimal sign."
    value = float((whole.replace(other, "") or "0") + ("." + part if sign and part else ""))
    if value > _MOST:
        return f"“{shown}” is too large.", "No count or amount goes beyond 10^15."
    marks.add(mark)
    return -value if below else value


def _why(text: str, shown: str) -> tuple[str, str]:
    if text.endswith("%"):
        return f"“{shown}” is a rate.", "Put the count there; printed rates are never read."
    if text[0] in "=@+":
        return f"“{shown}” is a formula.", "Save the values, not the formulas."
    return f"“{shown}” is no number.", "Write a number, or leave the cell empty where nothing was reported."
