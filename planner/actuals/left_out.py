"""Rows that are no facts: totals in any column, sums of the rows beside them, what was deleted, planned, or came in."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from planner.actuals.mapping import ColumnMapping
from planner.actuals.matching import IGNORED, PlanNames, plain
from planner.actuals.numbers import is_missing, looks_numeric, read_column
from planner.actuals.questions import Answers
from planner.actuals.sheet import Cells, Sheet
from planner.actuals.vocabulary import COLUMN_WORDS
from planner.errors import BadActuals

__all__ = ["ONE_MORE", "LeftOut", "deleted_rows", "is_total_name", "left_out", "marks_deleted"]

Mask = NDArray[np.bool_]
ONE_MORE = "one more"  # the answer that a row which looks like a total is none
_TOTAL_WORD = (
    r"(?:totals?|sums?|summe|gesamt(?:summe|ergebnis)?|ergebnis|insgesamt|totaux|totale|suma|somme|totaal|all|averages?|avg"
    r"|mean|durchschnitt|mittelwert|moyenne|promedio|gjennomsnitt|snitt)"
)
_TOTAL = re.compile(
    rf"(?:grand |sub-?)?{_TOTAL_WORD}(?: channels| reps| team| campaigns)?(?:\s*[:–-].*)?"
    r"|(?:team|all|account|campaign) (?:total|sum|reps)",
    re.IGNORECASE,
)
_TOTAL_OF = re.compile(rf"(.*\S) {_TOTAL_WORD}|(?:sub-?)?{_TOTAL_WORD}(?: for| of| für| de)? (\S.*)", re.IGNORECASE)
_LONGEST_TOTAL = 80
_DELETED = frozenset(["is deleted", "deleted", "fivetran deleted", "is archived", "archived"])
_DELETED_ON = frozenset(["deleted at", "deleted on", "deleted date", "date deleted", "deletion date", "removed at"])
_NEVER = re.compile(r"0*|false|no|\\n|0000-00-00.*|1970-01-01.*", re.IGNORECASE)  # in the place of such a date
_ALIVE = frozenset(["active", "is active", "fivetran active"])
_OPERATION = frozenset(["op", "operation", "change type", "cdc op", "cdc operation", "dml type"])
_CHANGES = frozenset(["u", "d", "update", "delete", "updated", "deleted", "update preimage", "update postimage"])
_WRITES = _CHANGES | {"i", "c", "r", "insert", "create", "read", "inserted", "created"}
_YES, _NO = frozenset(["true", "1", "yes", "t", "y"]), frozenset(["false", "0", "no", "f", "n"])
_DIRECTIONS = (["direction"], ["richtung"], ["sens"], ["dirección"], ["direccion"], ["retning"])
_INBOUND = frozenset(["inbound", "incoming", "in", "eingehend", "entrant", "entrante", "innkommende"])
_PLANNED = frozenset(["plan", "planned", "budget", "target", "goal", "forecast", "soll", "ziel", "objectif", "mal"])
_TARGETS = frozenset(["target", "goal", "budget", "quota", "soll", "ziel", "objectif", "objetivo"])
_HAPPENED = frozenset(["actual", "ist", "real", "reel", "faktisk", "result", "achieved"])
_AUDIENCES = frozenset(["list", "audience", "segment", "recipient list", "tag", "liste"])  # one may be called “All”
_MOST_SCENARIOS = 8
_ROWS_COMPARED = 20_000


@dataclass(frozen=True)
class LeftOut:
    """Which rows are no facts, (rows,) each: totals, rows marked as deleted, what others began, what was planned.

    `unsure` are labels of rows that may be totals: they hold the sum of the rows beside them, in one figure only;
    `doubtful` are labels of rows that may be targets.
    """

    totals: Mask
    deleted: Mask
    inbound: Mask
    planned: Mask
    unsure: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()

    @property
    def every(self) -> Mask:
        """All of them."""
        return self.totals | self.deleted | self.inbound | self.planned


def is_total_name(text: str) -> bool:
    """Whether a text is what people call a row of totals."""
    return len(text) <= _LONGEST_TOTAL and _TOTAL.fullmatch(text) is not None


def left_out(sheet: Sheet, mapping: ColumnMapping, names: PlanNames, answers: Answers) -> LeftOut:
    """The rows that no figure is read from; a row that is called after a channel or stage of the plan is none."""
    rows = len(sheet.lines)
    totals, deleted, inbound, planned = (np.zeros(rows, dtype=bool) for _ in range(4))
    meanings = dict(mapping.columns)
    labels = ("period", "channel", "stage", IGNORED)
    doubtful: list[str] = []
    texts = frozenset(text for cells in sheet.columns if meanings[cells.header] in labels for text in cells.texts)
    for cells in sheet.columns:
        role = meanings[cells.header]
        if role in labels and plain(cells.header) not in _AUDIENCES:
            totals |= cells.marks(partial(_is_total, role=role, texts=texts, names=names))
        if role == IGNORED:
            deleted |= _deleted(cells)
        if role == IGNORED and plain(cells.header).split()[-1:] in _DIRECTIONS:
            inbound |= cells.marks(lambda text: text.casefold() in _INBOUND)
        scenarios = cells.texts if role == IGNORED and len(cells.texts) <= _MOST_SCENARIOS else ()
        if not _HAPPENED.isdisjoint(map(plain, scenarios)):
            planned |= cells.marks(lambda text: plain(text) in _PLANNED)
        if role == IGNORED:
            targets = [text for text in cells.texts if plain(text) in _TARGETS]
            doubtful += [text for text in targets if answers.value(text) is None and not planned.any()]
            ignored = frozenset(text for text in targets if answers.value(text) == IGNORED)
            planned |= cells.marks(ignored.__contains__)
    sums = _sums(sheet, mapping, ~(totals | deleted | planned), answers)
    totals = (totals | sums.rows) & ~deleted
    begun = inbound & ~deleted & ~totals
    wanted = planned & ~deleted & ~totals & ~inbound
    return LeftOut(totals, deleted, begun, wanted, sums.unsure, tuple(dict.fromkeys(doubtful)))


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
        deleted |= _deleted(cells)
    return deleted


def marks_deleted(header: str) -> bool:
    """Whether a column of this name says which rows were deleted."""
    return plain(header) in _DELETED | _DELETED_ON | _ALIVE | _OPERATION


def _deleted(cells: Cells) -> Mask:
    """The rows of which a column says that they were deleted; (rows,).

    BadActuals for a log of changes, in which a record stands once more each time it was written.
    """
    word = plain(cells.header)
    writes = {plain(text) for text in cells.texts if text} if word in _OPERATION else set()
    if writes <= _WRITES and writes & _CHANGES:
        what = "The file is a log of changes, in which later rows replace or delete earlier ones."
        raise BadActuals(what, column=cells.header, mend="Export the table as it stands now, one row per record.")
    if word in _DELETED_ON:
        return cells.marks(lambda text: not (is_missing(text) or _NEVER.fullmatch(text)))
    marks = _YES if word in _DELETED else _NO if word in _ALIVE else frozenset()
    return cells.marks(lambda text: text.casefold() in marks)


# -- rows that add up the rows beside them ----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Sums:
    """Rows that add up others, (rows,), and labels of those of which that is not sure."""

    rows: Mask
    unsure: tuple[str, ...] = ()


def _sums(sheet: Sheet, mapping: ColumnMapping, rows: Mask, answers: Answers) -> _Sums:
    """Rows that hold the sum of the others of their period, channel and stage: one of them names nothing, or a total.

    A name is that of a total where more than one figure agrees; with one figure it is asked.
    """
    sums, unsure = np.zeros(len(rows), dtype=bool), []
    meanings = dict(mapping.columns)
    figures = [cells for cells in sheet.columns if meanings[cells.header] not in (IGNORED, *COLUMN_WORDS)]
    figures += [cells for cells in sheet.columns if meanings[cells.header] == "count"]
    if not figures or len(rows) > _ROWS_COMPARED:
        return _Sums(sums)
    values = np.nan_to_num(np.stack([read_column(c.texts, mapping.decimal).values[c.codes] for c in figures], axis=1))
    keys = [cells.codes for cells in sheet.columns if meanings[cells.header] in ("period", "channel", "stage")]
    group = np.zeros(len(rows), np.int64)
    if keys and len(rows):
        group = np.unique(np.stack(keys, axis=1), axis=0, return_inverse=True)[1].reshape(-1)
    for cells in sheet.columns:
        if meanings[cells.header] != IGNORED or looks_numeric(cells.texts[:200]):
            continue
        blank = cells.blank & rows
        sums |= blank & _adding_up(values, group, rows, blank)
        for text in _labels_of_sums(cells, values, group, rows & ~blank):
            of_text = cells.marks(partial(operator.eq, text)) & rows
            answer = answers.value(text)
            if answer == ONE_MORE:
                continue
            if answer is None and np.count_nonzero(values[of_text]) < 2:
                unsure.append(text)
            sums |= of_text
    return _Sums(sums, tuple(dict.fromkeys(unsure)))


def _adding_up(values: NDArray[np.float64], group: NDArray[np.int64], rows: Mask, apart: Mask) -> Mask:
    """Rows that hold the sum of two or more rows of their group that are not `apart`."""
    if not (apart & rows).any():
        return np.zeros(len(rows), dtype=bool)
    others = np.zeros((int(group.max()) + 1, values.shape[1]))
    np.add.at(others, group[rows & ~apart], values[rows & ~apart])
    several = np.bincount(group[rows & ~apart], minlength=len(others))[group] > 1
    out: Mask = several & np.isclose(values, others[group]).all(axis=1) & (values != 0).any(axis=1)
    return out


def _labels_of_sums(cells: Cells, values: NDArray[np.float64], group: NDArray[np.int64], rows: Mask) -> list[str]:
    """The one label under which every row is the sum of the others of its group."""
    places = np.flatnonzero(rows)
    if len(places) < 3:
        return []
    whole = np.zeros((int(group.max()) + 1, values.shape[1]))
    np.add.at(whole, group[places], values[places])
    half = np.isclose(2.0 * values[places], whole[group[places]]).all(axis=1) & (values[places] != 0).any(axis=1)
    half &= np.bincount(group[places], minlength=len(whole))[group[places]] > 2
    labels = np.unique(cells.codes[places[half]])
    good = [code for code in labels.tolist() if half[cells.codes[places] == code].all()]
    return [cells.texts[code] for code in good] if len(good) == 1 else []
