"""One sheet on its way to facts: its columns by what they mean, cells looked up once, and what was refused of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from planner.actuals.mapping import ColumnMapping
from planner.actuals.matching import PlanNames
from planner.actuals.questions import Answers, UploadQuestion
from planner.actuals.rows import Figures, Integers, Mask, PerRow, Refusal, SeriesKey
from planner.actuals.sheet import Cells, Sheet
from planner.errors import BadActuals

__all__ = ["MOST_NAMES", "MOST_REFUSED", "Reason", "SheetReader"]

MOST_REFUSED, MOST_NAMES = 500, 10_000
Reason = Callable[[int], tuple[str, str]]  # of a row: what is wrong with it, and the mend


class SheetReader:
    """A sheet with its mapping. What was refused, what has to be asked and what is worth a note gathers here."""

    def __init__(
        self, sheet: Sheet, mapping: ColumnMapping, names: PlanNames, answers: Answers,
        signs: Mapping[str, str] | None = None, by_hand: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self.sheet, self.mapping, self.names, self.answers = sheet, mapping, names, answers
        self.signs = signs or {}  # decimal signs by header
        self.by_hand = by_hand  # headers whose meaning was given, not guessed
        self.refused: list[Refusal] = []
        self.more_refused = 0  # beyond those listed
        self.total_rows = 0  # left out
        self.deleted_rows = 0  # left out
        self.inbound_rows = 0  # left out
        self.planned_rows = 0  # left out
        self.unknown_channels: set[str] = set()
        self.bills: list[str] = []  # headers of costs that are written below zero
        self.not_added_up = 0  # figures of persons and accounts, left out
        self.added_up = 0  # figures added to another of the same series and period
        self.currencies: set[str] = set()
        self.questions: list[UploadQuestion] = []
        self.adds_up = False  # whether persons were told apart already, so that their counts add up
        self.elsewhere = ""  # the channel of rows whose word for one names none; "" refuses them
        self.series: dict[SeriesKey, int] = {}
        self.figures: list[Figures] = []
        self.rows_taken: Integers = np.zeros(0, np.int64)

    def _column(self, meaning: str) -> Cells | None:
        header = self.mapping.header(meaning)
        return next((cells for cells in self.sheet.columns if cells.header == header), None) if header else None

    def _refuse(self, rows: Integers, column: str | None, reason: Reason) -> None:
        room = max(0, MOST_REFUSED - len(self.refused))
        self.more_refused += max(0, len(rows) - room)
        for row in rows[:room].tolist():
            self.refused.append(Refusal(int(self.sheet.lines[row]), column, *reason(row)))

    def _refuse_file(self, what: str, mend: str) -> None:
        self.refused.append(Refusal(self.sheet.header_line, None, what, mend))

    def _look_up(self, cells: Cells, rows: Mask, read: Callable[[str], str]) -> PerRow[str]:
        """What `read` makes of a column; where it raises, the rows are refused."""
        number: dict[str, int] = {}
        index = np.zeros(len(cells.texts), np.int64)
        errors: dict[int, BadActuals] = {}
        for code, text in enumerate(cells.texts):
            try:
                index[code] = number.setdefault(read(text), len(number))
            except BadActuals as error:
                errors[code] = error
                if len(errors) > MOST_NAMES:
                    what = f"Column “{cells.header}” does not hold what it was matched to. {error.what}"
                    self._refuse_file(what, error.mend)
                    return PerRow.none(len(rows))
        readable = np.array([code not in errors for code in range(len(cells.texts))], dtype=bool)
        read_rows = readable[cells.codes]

        def reason(row: int) -> tuple[str, str]:
            error = errors[int(cells.codes[row])]
            return error.what, error.mend

        self._refuse(np.flatnonzero(rows & ~read_rows), cells.header, reason)
        return PerRow(list(number), index[cells.codes], read_rows)
