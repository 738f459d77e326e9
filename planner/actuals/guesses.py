"""What columns mean: as it was said or found, and as it is being found out."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.actuals.matching import is_rate
from planner.actuals.numbers import is_missing, looks_numeric
from planner.actuals.questions import Remark, UploadQuestion
from planner.actuals.sheet import Cells, Sheet

__all__ = ["ColumnMapping", "Guess", "filled", "number_columns"]

_SAMPLE = 200  # distinct cells that tell what a column is


@dataclass(frozen=True)
class ColumnMapping:
    """What a file's columns mean, as pairs of header and meaning (`PlanNames.meanings` lists what a column can mean).

    `order` is "day" or "month", whichever comes first in dates such as 8/6/2018; `decimal` is "." or ",". Both are ""
    where nothing was said: each column shows its decimal sign. `channel` is that of every row where no column says, ""
    for none.
    """

    columns: tuple[tuple[str, str], ...] = ()
    order: str = ""
    decimal: str = ""
    channel: str = ""

    @property
    def shape(self) -> str:
        """Whether each row holds a figure ("long") or each column does ("wide")."""
        return "long" if self.header("stage") else "wide"

    def header(self, meaning: str) -> str:
        """The first column of that meaning, "" for none."""
        return next((header for header, means in self.columns if means == meaning), "")


@dataclass
class Guess:
    """Meanings of columns by header as they are found, with what is worth a remark and what has to be asked."""

    meanings: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    questions: list[UploadQuestion] = field(default_factory=list)
    by_hand: frozenset[str] = frozenset()
    signs: dict[str, str] = field(default_factory=dict)  # decimal signs by header

    def given(self, header: str) -> bool:
        """Whether the meaning of a column was given, not guessed."""
        return header in self.by_hand

    def has(self, meaning: str) -> bool:
        """Whether a column has that meaning."""
        return meaning in self.meanings.values()

    def free(self, sheet: Sheet) -> list[Cells]:
        """Columns without a meaning so far."""
        return [cells for cells in sheet.columns if cells.header not in self.meanings]


def filled(cells: Cells) -> list[str]:
    """The cells that say something, of those that tell what a column is."""
    return [text for text in cells.texts[:_SAMPLE] if not is_missing(text)]


def number_columns(sheet: Sheet, meant: Guess) -> list[Cells]:
    """Columns of numbers, or of nothing, that have no meaning yet and are no rates."""
    free = [cells for cells in meant.free(sheet) if not is_rate(cells.header)]
    return [cells for cells in free if looks_numeric(filled(cells))]
