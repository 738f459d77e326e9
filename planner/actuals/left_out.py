"""Rows that are no facts: totals in any column, sums of the rows beside them, what was deleted, planned, or came in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.actuals.mapping import ColumnMapping
from planner.actuals.matching import IGNORED, PlanNames, plain
from planner.actuals.numbers import looks_numeric, read_column
from planner.actuals.sheet import Cells, Sheet
from planner.actuals.vocabulary import COLUMN_WORDS

__all__ = ["LeftOut", "deleted_rows", "is_total_name", "left_out"]

Mask = NDArray[np.bool_]
_TOTAL_WORD = r"(?:totals?|sums?|summe|gesamt(?:summe|ergebnis)?|ergebnis|insgesamt|totaux|totale|suma|somme|all)"
_TOTAL = re.compile(
    rf"(?:grand |sub-?)?{_TOTAL_WORD}(?: channels| reps| team| campaigns)?(?:\s*[:–-].*)?"
    r"|(?:team|all|account|campaign) (?:total|sum|reps)",
    re.IGNORECASE,
)
_TOTAL_OF = re.compile(rf"(.*\S) {_TOTAL_WORD}|(?:sub-?)?{_TOTAL_WORD}(?: for| of| für| de)? (\S.*)", re.IGNORECASE)
_LONGEST_TOTAL = 80
_DELETED = frozenset(["is deleted", "deleted", "fivetran deleted", "is archived", "archived"])
_ALIVE = frozenset(["active", "is active", "fivetran active"])
_YES, _NO = frozenset(["true", "1", "yes", "t", "y"]), frozenset(["false", "0", "no", "f", "n"])
_DIRECTIONS = (["direction"], ["richtung"], ["sens"], ["dirección"], ["direccion"], ["retning"])
_INBOUND = frozenset(["inbound", "incoming", "in", "eingehend", "entrant", "entrante", "innkommende"])
_PLANNED = frozenset(["plan", "planned", "budget", "target", "goal", "forecast", "soll", "ziel", "objectif", "mal"])
_HAPPENED = frozenset(["actual", "ist", "real", "reel", "faktisk", "result", "achieved"])
_MOST_SCENARIOS = 8
_ROWS_COMPARED = 20_000


@dataclass(frozen=True)
class LeftOut:
    """Which rows are no facts, (rows,) each: totals, rows marked as deleted, what others began, what was planned."""

    totals: Mask
    deleted: Mask
    inbound: Mask
    planned: Mask

    @property
    def every(self) -> Mask:
        """All of them."""
        return self.totals | self.deleted | self.inbound | self.planned


def is_total_name(text: str) -> bool:
    """Whether a text is what people call a row of totals."""
    return len(text) <= _LONGEST_TOTAL and _TOTAL.fullmatch(text) is not None


def left_out(sheet: Sheet, mapping: ColumnMapping, names: PlanNames) -> LeftOut:
    """The rows that no figure is read from; a row that is called after a channel or stage of the plan is none."""
    rows = len(sheet.lines)
    totals, deleted, inbound, planned = (np.zeros(rows, dtype=bool) for _ in range(4))
    meanings = dict(mapping.columns)
    for cells in sheet.columns:
        role = meanings[cells.header]
        if role in ("period", "channel", "stage", IGNORED):
            texts = frozenset(cells.texts)
            totals |= _per_text(cells, [_is_total(text, role, texts, names) for text in cells.texts])
        if role == IGNORED:
            deleted |= _per_text(cells, _deleted(cells))
        if role == IGNORED and plain(cells.header).split()[-1:] in _DIRECTIONS:
            inbound |= _per_text(cells, [text.casefold() in _INBOUND for text in cells.texts])
        if role == IGNORED and len(cells.texts) <= _MOST_SCENARIOS:
            words = [plain(text) for text in cells.texts]
            if not _HAPPENED.isdisjoint(words):
                planned |= _per_text(cells, [word in _PLANNED for word in words])
    totals |= _sums(sheet, mapping, ~(totals | deleted))
    totals &= ~deleted
    return LeftOut(totals, deleted, inbound & ~deleted & ~totals, planned & ~deleted & ~totals & ~inbound)


def _per_text(cells: Cells, marks: Sequence[bool]) -> Mask:
    out: Mask = np.array(marks, dtype=bool)[cells.codes]
    return out


def _is_total(text: str, role: str, texts: frozenset[str], names: PlanNames) -> bool:
    """Whether a cell marks a row of totals; a channel's or a stage's own name does not."""
    if len(text) > _LONGEST_TOTAL:
        return False
    own = (role == "channel" and names.is_own_channel(text)) or (role == "stage" and names.is_own_stage(text))
    if own:
        return False
    if _TOTAL.fullmatch(text):
        return True
    match = _TOTAL_OF.fullmatch(text) if role != "stage" else None
    return match is not None and (match[1] or match[2]).strip() in texts  # “email Total” below “email”


def deleted_rows(sheet: Sheet) -> Mask:
    """The rows that a column marks as deleted; (rows,)."""
    deleted = np.zeros(len(sheet.lines), dtype=bool)
    for cells in sheet.columns:
        deleted |= _per_text(cells, _deleted(cells))
    return deleted


def _deleted(cells: Cells) -> list[bool]:
    """Which cells of a column say that their row was deleted."""
    word = plain(cells.header)
    marks = _YES if word in _DELETED else _NO if word in _ALIVE else frozenset()
    return [text.casefold() in marks for text in cells.texts]


# -- rows that add up the rows beside them ----------------------------------------------------------------------------


def _sums(sheet: Sheet, mapping: ColumnMapping, rows: Mask) -> Mask:
    """Rows that name nothing where the others name a campaign or a rep, and hold the sum of those others."""
    sums = np.zeros(len(rows), dtype=bool)
    meanings = dict(mapping.columns)
    figures = [cells for cells in sheet.columns if meanings[cells.header] not in (IGNORED, *COLUMN_WORDS)]
    figures += [cells for cells in sheet.columns if meanings[cells.header] == "count"]
    if not figures or len(rows) > _ROWS_COMPARED:
        return sums
    values = np.nan_to_num(np.stack([read_column(c.texts, mapping.decimal).values[c.codes] for c in figures], axis=1))
    keys = [cells.codes for cells in sheet.columns if meanings[cells.header] in ("period", "channel", "stage")]
    group = (
        np.unique(np.stack(keys, axis=1), axis=0, return_inverse=True)[1].reshape(-1)
        if keys
        else np.zeros(len(rows), np.int64)
    )
    for cells in sheet.columns:
        blank = _per_text(cells, [text == "" for text in cells.texts]) & rows
        labels = meanings[cells.header] == IGNORED and not looks_numeric(cells.texts[:200])
        if labels and blank.any():
            others = np.zeros((int(group.max()) + 1, values.shape[1]))
            np.add.at(others, group[rows & ~blank], values[rows & ~blank])
            several = np.bincount(group[rows & ~blank], minlength=len(others))[group] > 1
            sums |= blank & several & np.isclose(values, others[group]).all(axis=1) & (values != 0).any(axis=1)
    return sums
