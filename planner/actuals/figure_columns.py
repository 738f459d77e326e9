"""Columns of figures: which stage, sum or money each holds, what it may hold instead, and its decimal sign."""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from planner.actuals.actuals import MONEY_NAMES
from planner.actuals.guesses import ColumnMapping, Guess, filled
from planner.actuals.matching import IGNORED, PlanNames, is_rate, plain
from planner.actuals.numbers import (
    are_durations,
    could_be_either,
    decimal_sign_in,
    is_number,
    looks_numeric,
    read_column,
)  # fmt: skip
from planner.actuals.questions import Remark, UploadQuestion
from planner.actuals.sheet import Sheet
from planner.actuals.suspicion import doubtful_result, names_one, suspicion

_MESSAGES = frozenset(["sent", "delivered", "dials", "invites", "impressions"])
_AGAIN = re.compile(r" \([0-9]+\)$")  # what a header that comes again is called by
_WORDED = re.compile(r"(?:[~≈<>≥≤] ?|ca\. ?)?[€$£]?[0-9][0-9.,'’ ]{0,20}(?:\+|[^\W\d_][\w-]{0,15}\.?)|[~≈<>≥≤] ?[0-9]+")

__all__ = ["check_count", "find_decimal_signs", "give_figures"]


def give_figures(sheet: Sheet, names: PlanNames, meant: Guess, channel: str) -> None:
    """Gives the free columns their figures; of several for one figure the unique count is read."""
    candidates: dict[str, list[str]] = defaultdict(list)
    for cells in meant.free(sheet):
        meaning = names.meaning(cells.header, channel or None, meant.has("channel"))
        if meaning is None or (meant.has("stage") and meaning not in MONEY_NAMES) or meant.has(meaning):
            continue
        exact = _is_exactly(names, cells.header, meaning)
        if is_rate(cells.header) and not exact:
            meant.remarks.append(Remark("rate", (cells.header,)))
        elif _holds_numbers(filled(cells), exact=exact) or _is_talk_time(cells.header, filled(cells), meaning):
            candidates[meaning].append(cells.header)
        else:
            meant.remarks.append(Remark("no_counts", (cells.header,)))
    _leave_out_sums(sheet, meant, candidates)
    figures = frozenset(meaning.rpartition(".")[2] for meaning in candidates)
    for meaning, headers in candidates.items():
        _give_one(sheet, names, meant, meaning, headers, channel, figures)
    if not (channel or meant.has("channel")):
        _ask_for_money(names, meant)


def _leave_out_sums(sheet: Sheet, meant: Guess, candidates: dict[str, list[str]]) -> None:
    """Leaves out a figure of all channels that adds up those of two or more channels beside it, row by row."""
    by_header = {cells.header: cells for cells in sheet.columns}

    def values(header: str) -> NDArray[np.float64]:
        cells = by_header[header]
        return np.nan_to_num(read_column(cells.texts, decimal_sign_in(cells.texts)).values)[cells.codes]

    for meaning in [meaning for meaning in candidates if "." not in meaning or meaning.startswith("sales.")]:
        figure = meaning.rpartition(".")[2]
        parts = [
            headers[0] for other, headers in candidates.items() if other != meaning and other.endswith(f".{figure}")
        ]
        sums = [h for h in candidates[meaning] if len(parts) > 1 and np.allclose(values(h), sum(map(values, parts)))]
        candidates[meaning] = [header for header in candidates[meaning] if header not in sums]
        if not candidates[meaning]:
            del candidates[meaning]
        meant.meanings |= dict.fromkeys(sums, IGNORED)


def _give_one(
    sheet: Sheet, names: PlanNames, meant: Guess, meaning: str, headers: list[str], channel: str, beside: frozenset[str]
) -> None:
    """Gives a figure to the best of the columns that may hold it; asks where none is, or where it looks odd.

    Of people's doings the unique count is the best; messages are counted one by one.
    """
    by_person = meaning.rpartition(".")[2] not in _MESSAGES

    def rank(header: str) -> tuple[bool, bool, bool, bool]:
        header = _AGAIN.sub("", header)
        unique = "unique" in plain(header).split()
        return by_person and not unique, not _is_exactly(names, header, meaning), not unique, "(" in header

    best = min(headers, key=rank)
    equals = tuple(header for header in headers if rank(header) == rank(best))
    if len(equals) > 1 and not _alike(sheet, equals):
        label = names.meanings().get(meaning, meaning)
        meant.questions.append(UploadQuestion("duplicate", label, equals))
        return
    texts = filled(next(cells for cells in sheet.columns if cells.header == best))
    reason = suspicion("" if _is_exactly(names, best, meaning) else best, texts, meaning) or names_one(best, texts)
    kind = next((item.kind for item in names.plan.channels if item.key == channel), "")
    reason = reason or doubtful_result(best, meaning, kind, beside)
    if names.channel(best) and not names.owners(best):
        reason = "it names a channel, but not what was counted"
    if reason:
        meant.questions.append(UploadQuestion("kind", best, (meaning, IGNORED), reason))
        return
    meant.meanings[best] = meaning
    meant.remarks += [Remark("same", (header, best)) for header in headers if header != best]


def _holds_numbers(texts: list[str], *, exact: bool) -> bool:
    """Whether cells are numbers, or numbers with words or signs ("900 e-mails", "24k"), to be refused one by one."""
    worded = 2 * sum(_WORDED.fullmatch(text) is not None for text in texts) > len(texts)
    return worded or looks_numeric(texts) or (exact and any(map(is_number, texts)))


def _is_talk_time(header: str, texts: list[str], meaning: str) -> bool:
    return meaning.rpartition(".")[2] == "talk_seconds" and are_durations(texts, header)


def _alike(sheet: Sheet, headers: tuple[str, ...]) -> bool:
    """Whether columns under one and the same header hold the same cells."""
    if len({_AGAIN.sub("", header) for header in headers}) > 1:
        return False
    first, *others = [cells for cells in sheet.columns if cells.header in headers]
    return all(cells.texts == first.texts and (cells.codes == first.codes).all() for cells in others)


def check_count(sheet: Sheet, meant: Guess, given: ColumnMapping) -> None:
    """Asks about the guessed count column of a long file where it looks like something else."""
    header = next((header for header, meaning in meant.meanings.items() if meaning == "count"), None)
    if header is None or header in dict(given.columns):
        return
    texts = filled(next(cells for cells in sheet.columns if cells.header == header))
    reason = suspicion(header, texts, "count") if plain(header) != "count" else ""
    if not reason and plain(header).split()[-1:] == ["value"] and _only_deals(sheet, meant):
        reason = "it may be what deals are worth"
    if reason:
        meant.questions.append(UploadQuestion("kind", header, ("count", IGNORED), reason))


def _only_deals(sheet: Sheet, meant: Guess) -> bool:
    """Whether all rows of a long file are about deals, which have a value."""
    stages = next((cells for cells in sheet.columns if meant.meanings.get(cells.header) == "stage"), None)
    return stages is not None and all(
        plain(text).split()[-1:] in (["won"], ["lost"], ["deal"]) for text in filled(stages)
    )


def _ask_for_money(names: PlanNames, meant: Guess) -> None:
    """Asks whose money it is where neither the column nor the row names a channel."""
    for header, meaning in meant.meanings.items():
        if meaning in MONEY_NAMES and not meant.given(header):
            options = tuple(f"{channel.key}.{meaning}" for channel in names.plan.channels)
            meant.questions.append(UploadQuestion("money", header, (*options, meaning)))


def _is_exactly(names: PlanNames, header: str, meaning: str) -> bool:
    """Whether a header is the key or the label of its figure, whatever word it holds."""
    labels = names.meanings()
    return "%" not in header and plain(header) in (plain(meaning), plain(labels.get(meaning, meaning)))


def find_decimal_signs(sheet: Sheet, meant: Guess) -> None:
    """Finds the decimal sign of each column of figures.

    Money that reads both ways takes the sign of the other columns, and is asked about where those say nothing.
    """
    no_figures = ("period", "period_end", "channel", "stage", "source", "as_of", IGNORED)
    columns = [cells for cells in sheet.columns if meant.meanings.get(cells.header, IGNORED) not in no_figures]
    for cells in columns:
        if sign := decimal_sign_in(cells.texts):
            meant.signs[cells.header] = sign
    common = set(meant.signs.values())
    for cells in columns:
        money = meant.meanings[cells.header].rpartition(".")[2] in MONEY_NAMES
        either = could_be_either(cells.texts) if money and cells.header not in meant.signs else ""
        if either and len(common) == 1:
            meant.signs[cells.header] = next(iter(common))
        elif either:
            meant.questions.append(UploadQuestion("decimal", cells.header, (".", ","), either))
