"""What a column of numbers may hold in place of a count: an id, money, a share, a target, a running total, a unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planner.actuals.facts import MONEY_NAMES
from planner.actuals.matching import plain
from planner.actuals.numbers import currency_in
from planner.actuals.sheet import Cells
from planner.words import number_text

__all__ = ["is_identifier", "speaks_of_target", "suspicion"]

_TARGETS = frozenset(
    "target goal budget budgeted plan planned quota forecast soll ziel objectif objetivo mal".split()  # noqa: SIM905
)
_RUNNING = frozenset(
    ["cumulative", "cumulated", "cumul", "running", "ytd", "mtd", "qtd", "wtd", "kumuliert",
     "accumulated", "akkumulert",      "cumulé", "cumule", "acumulado", "lifetime"]
)  # fmt: skip
_MONEY_WORDS = frozenset(["amount", "betrag", "montant", "importe", "belop"])
_IDENTIFIERS = frozenset(["id", "uuid", "phone", "telephone", "zip", "postcode", "sku"])
_UNIT = re.compile(
    r"[(\[](?:in )?(min|mins|minutes|minuten|h|hours|stunden"
    r"|(?:[€$£] ?)?(?:k|t|tsd|thousands?|'?000s?|mio|mn|m)\.? ?(?:[€$£]|eur|usd|gbp|chf|nok|sek|dkk|pln)?"
    r"|cents?|ct|øre|pence|pennies)\.?[)\]]",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_LONG_DIGITS = re.compile(r"\+?[0-9]{9,}")
_CENTS = re.compile(r"[0-9][0-9.,' ]*[.,][0-9]{2}")


def suspicion(header: str, texts: Sequence[str], meaning: str) -> str:
    """What speaks against a column holding this figure, in words; "" for nothing. `texts` are its filled cells."""
    words = plain(header).split()
    money = meaning.rpartition(".")[2] in MONEY_NAMES
    unit = _UNIT.search(header)
    if _TARGETS.intersection(words) and not meaning.endswith("planned"):
        return "its name speaks of a target"
    if _RUNNING.intersection(words) or "to date" in " ".join(words):
        return "its name speaks of a running total"
    if unit:
        return f"it is in another unit, {unit[1]}"
    if {"micro", "million", "thousand", "cent", "teur", "keur", "kusd", "tsd"}.intersection(words):
        return "it is in another unit"
    if money:
        return ""
    if _is_identifier(plain(_IN_BRACKETS.sub("", header)).split()) or _mostly(texts, _LONG_DIGITS):
        return "it looks like an id or a phone number"
    if _MONEY_WORDS.intersection(words) or currency_in(header) or _mostly(texts, _CENTS) or _has_currency(texts):
        return "it looks like money"
    if _are_shares(texts):
        return "all of it lies between 0 and 1"
    return ""


def speaks_of_target(header: str) -> bool:
    """Whether a header names what was planned and not what happened."""
    return not _TARGETS.isdisjoint(plain(header).split())


def is_identifier(cells: Cells) -> bool:
    """Whether a column of numbers holds ids or phone numbers."""
    filled = [text for text in cells.texts[:200] if text]
    return _is_identifier(plain(_IN_BRACKETS.sub("", cells.header)).split()) or _mostly(filled, _LONG_DIGITS)


def _is_identifier(words: list[str]) -> bool:
    named_number = len(words) > 1 and words[-1] in ("number", "no", "nr")
    return bool(words) and (words[-1] in _IDENTIFIERS or named_number)


def _mostly(texts: Sequence[str], pattern: re.Pattern[str]) -> bool:
    return 2 * sum(pattern.fullmatch(text) is not None for text in texts) > len(texts)


def _has_currency(texts: Sequence[str]) -> bool:
    parts = [number_text(text) for text in texts]
    return any(part is not None and part.currency for part in parts)


def _are_shares(texts: Sequence[str]) -> bool:
    parts = [part for text in texts if (part := number_text(text)) is not None]
    values = [part.value(".") if "." in part.digits else part.value(",") for part in parts]
    filled = [value for value in values if value]
    return bool(filled) and all(0 < value < 1 for value in filled)
