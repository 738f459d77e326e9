"""What a column of numbers may hold in place of a count: an id, money, a share, a target, a running total, a unit."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from planner.actuals.facts import MONEY_NAMES
from planner.actuals.matching import plain
from planner.actuals.numbers import currency_in
from planner.actuals.sheet import Cells
from planner.words import number_text

__all__ = ["doubtful_result", "is_identifier", "is_numbering", "names_one", "speaks_of_target", "suspicion"]

_TARGETS = frozenset(
    "target goal budget budgeted plan planned quota forecast soll ziel objectif objetivo mal".split()  # noqa: SIM905
)
_RUNNING = frozenset(
    ["cumulative", "cumulated", "cumul", "running", "ytd", "mtd", "qtd", "wtd", "kumuliert",
     "accumulated", "akkumulert",      "cumulé", "cumule", "acumulado", "lifetime"]
)  # fmt: skip
_WINDOW = re.compile(
    r"rolling|trailing|moving|gleitend\w*|glissant\w*|r[uo]llierend\w*"
    r"|(?:last|past|previous|prior|letzten?|derniers?|siste|últimos|ultimi|laatste) [0-9]+"
    r"|[(\[][0-9]+ ?-?(?:d|days?|tage|jours|dager|días|giorni|dagen|w|weeks?|wochen)[)\]]|l[0-9]+d",
    re.IGNORECASE,
)
_ONE_OF_THEM = frozenset(["lead", "contact", "account", "opportunity", "prospect", "company", "customer", "person"])
_ATTEMPTS = frozenset(["attempt", "touch", "call", "dial", "step"])
_MOST_ATTEMPTS, _LEAST_ID = 20, 100_000
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
_ANY_RESULT = frozenset(["result", "ergebnisse", "ergebni", "resultat", "resultado", "risultati", "conversion"])
_MEETINGS = frozenset(["appointment", "unique", "held"])
_NO_LEADS = frozenset(["email", "phone", "linkedin", "sms", "post"])  # kinds of channels no lead comes in by
_DECIMAL, _UP_TO_100 = (
    re.compile(r"[0-9]{1,2}[.,][0-9]{1,2}"),
    re.compile(r"[0-9]{1,2}(?:[.,][0-9]{1,2})?|100(?:[.,]00?)?"),
)
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
    if _WINDOW.search(header):
        return "its name speaks of a window of days that moves on from row to row"
    if unit:
        return f"it is in another unit, {unit[1]}"
    if {"micro", "million", "thousand", "cent", "teur", "keur", "kusd", "tsd"}.intersection(words):
        return "it is in another unit"
    if money:
        return ""
    if _is_identifier(plain(_IN_BRACKETS.sub("", header)).split()) or _mostly(texts, _LONG_DIGITS) or _are_dense(texts):
        return "it looks like an id or a phone number"
    if _MONEY_WORDS.intersection(words) or currency_in(header) or _mostly(texts, _CENTS) or _has_currency(texts):
        return "it looks like money"
    if _are_shares(texts):
        return "all of it lies between 0 and 1"
    if _are_percentages(texts):
        return "most of it has decimals and nothing is above 100, as percentages are"
    return ""


def doubtful_result(header: str, meaning: str, kind: str, beside: Collection[str]) -> str:
    """What speaks against a column holding leads or opportunities, in words; "" for nothing.

    `kind` is that of the file's channel, `beside` names the figures of the file: where none of them is a meeting, a
    tool that sends e-mails calls replies opportunities.
    """
    figure = meaning.rpartition(".")[2]
    if figure == "opportunity" and kind in _NO_LEADS and _MEETINGS.isdisjoint(beside):
        return "it may be replies that show interest, not opportunities of the sales team"
    if figure != "leads":
        return ""
    if plain(header) in _ANY_RESULT and kind != "landing":
        return "it may count purchases, clicks or another result"
    return "it may be the people of a campaign, not leads that came in" if kind in _NO_LEADS else ""


def names_one(header: str, texts: Sequence[str]) -> str:
    """What speaks against a header in the singular: ids below it ("Lead": 1, 2, …), or first and second attempts."""
    word, whole = header.strip().casefold(), [text for text in texts if text.isdigit()]
    ordinal = word in _ATTEMPTS and "1" in whole and all(int(text) <= _MOST_ATTEMPTS for text in whole)
    doubtful = (word in _ONE_OF_THEM or ordinal) and len(whole) == len(texts) > 1
    return "it may tell which one a row is about, not how many" if doubtful else ""


def _are_dense(texts: Sequence[str]) -> bool:
    """Whether large whole numbers follow each other as ids do that are given one after the other."""
    if len(texts) < 3 or not all(text.isdigit() and len(text) < 16 for text in texts):
        return False
    values = sorted(map(int, texts))
    return values[0] >= _LEAST_ID and values[-1] - values[0] <= 20 * len(values)


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


def is_numbering(cells: Cells) -> bool:
    """Whether a column numbers the rows from 0 or 1 on, under a header that says no more than "number"."""
    if plain(cells.header) not in ("", "number", "no", "nr", "n") or len(cells.codes) < 3:
        return False
    rows = [cells.texts[code] for code in cells.codes[:200].tolist()]
    return any(rows == [str(n) for n in range(first, first + len(rows))] for first in (0, 1))


def _mostly(texts: Sequence[str], pattern: re.Pattern[str]) -> bool:
    return 2 * sum(pattern.fullmatch(text) is not None for text in texts) > len(texts)


def _has_currency(texts: Sequence[str]) -> bool:
    parts = [number_text(text) for text in texts]
    return any(part is not None and part.currency for part in parts)


def _are_percentages(texts: Sequence[str]) -> bool:
    """Whether numbers look like percentages without their sign: at least two, most with decimals, none above 100."""
    broken = sum(_DECIMAL.fullmatch(text) is not None for text in texts)
    return broken > 1 and 2 * broken > len(texts) and all(_UP_TO_100.fullmatch(text) for text in texts)


def _are_shares(texts: Sequence[str]) -> bool:
    parts = [part for text in texts if (part := number_text(text)) is not None]
    values = [part.value(".") if "." in part.digits else part.value(",") for part in parts]
    filled = [value for value in values if value]
    return bool(filled) and all(0 < value < 1 for value in filled)
