"""Rows that may say a thing twice: a file that was pasted twice, and later versions of the same rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.actuals.mapping import ColumnMapping
from planner.actuals.matching import IGNORED, plain
from planner.actuals.numbers import read_column
from planner.actuals.sheet import Cells, Sheet
from planner.actuals.vocabulary import COLUMN_WORDS

__all__ = ["ADDED", "LAST", "REPEATED", "Repeats", "repeats"]

REPEATED = "(repeated rows)"  # the word under which it is kept what they are
LAST, ADDED = "last", "added"
_VERSIONS = frozenset(
    ["version", "revision", "rev", "snapshot", "snapshot date", "export date", "exported", "stand", "iteration"]
)
_ROWS_COMPARED = 200_000


@dataclass(frozen=True)
class Repeats:
    """What tells the versions of a row apart ("": nothing, rows are alike), and the rows that come last, (rows,)."""

    header: str
    last: NDArray[np.bool_]


def repeats(sheet: Sheet, mapping: ColumnMapping, rows: NDArray[np.bool_]) -> Repeats | None:
    """How the rows repeat themselves; None where each stands for itself.

    Rows that are alike repeat each other only where every row of the file does, equally often; counts of 0 and 1 may be
    events that happened to be alike. `rows` (rows,) are those that are read.
    """
    meanings = dict(mapping.columns)
    roles = {IGNORED, *COLUMN_WORDS} - {"count"}
    figures = [cells for cells in sheet.columns if meanings[cells.header] not in roles]
    places = np.flatnonzero(rows)
    if not figures or not 2 <= len(places) <= _ROWS_COMPARED:
        return None
    for cells in sheet.columns:
        if meanings[cells.header] == IGNORED and plain(cells.header) in _VERSIONS and _are_numbered(cells):
            others = [c for c in sheet.columns if c is not cells and c not in figures]
            return _repeats(cells.header, others, places, len(rows), [cells, *figures])
    values = [read_column(cells.texts, mapping.decimal).values[cells.codes[places]] for cells in figures]
    if len(places) < 4 or not np.nanmax(np.abs(np.stack(values)), initial=0.0) > 1.0:
        return None
    return _repeats("", list(sheet.columns), places, len(rows), [])


def _are_numbered(cells: Cells) -> bool:
    """Whether versions are numbers or days, not the letters of a test."""
    filled = [text for text in cells.texts if text]
    return bool(filled) and all(any(c.isdigit() for c in text) for text in filled)


def _repeats(
    header: str, keys: list[Cells], places: NDArray[np.int64], rows: int, differ: list[Cells]
) -> Repeats | None:
    """The last of the rows that agree in `keys`, where all rows are of such groups (or differ in what tells them)."""
    index = np.unique(np.stack([cells.codes[places] for cells in keys], axis=1), axis=0, return_inverse=True)[
        1
    ].reshape(-1)
    times = np.bincount(index)
    if not differ and (len(times) < 2 or times.min() < 2 or times.min() != times.max()):
        return None
    if times.max() < 2:
        return None
    last = np.zeros(rows, dtype=bool)
    last[places[len(places) - 1 - np.unique(index[::-1], return_index=True)[1]]] = True
    return Repeats(header, last)
