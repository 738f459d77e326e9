"""A sheet with one column per month: rows are added one below the other, each with one formula that runs across.

Columns: label, path, unit, in the plan, with what comes later, an empty one that stands before the first month, the
months, and what comes later (the tail). Row `COUNTER` counts the months from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from planner.export.workbook.terms import BEFORE, HERE, NEXT, SECOND_NEXT, Array, Term

__all__ = [
    "COUNTER", "FIRST", "LABEL", "PATH", "PLAN", "TOP", "UNIT", "WHOLE", "Cell", "Line", "Page", "Sheet", "Style",
    "column",
]  # fmt: skip

Style = Literal["count", "money", "percent", "factor", "whole", "truth"]
LABEL, PATH, UNIT, PLAN, WHOLE, START, FIRST = range(7)  # columns
HEAD, COUNTER = 3, 4  # rows, counted from 0
TOP = 6  # the first row of a page without months
_SAME = Term("same", np.asarray(0.0))  # the tail goes by the formula of the months


@lru_cache(maxsize=4096)
def column(index: int) -> str:
    """The letters of a column counted from 0: "A", "AB"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: a text, a number, or a formula with the value it shows; `look` names its format."""

    row: int
    column: int
    content: str | float
    look: str
    formula: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a sheet: its values by month and in the tail, (months + 1,), and where they stand."""

    sheet: str
    row: int
    value: Array
    plan_value: Array

    def _cell(self, letters: str, value: Any) -> Term:
        return Term(f"'{self.sheet}'!{letters}{self.row + 1}", np.asarray(value))

    @property
    def month(self) -> Term:
        """The month of the column that the formula stands in."""
        return self._cell(HERE, self.value)

    @property
    def before(self) -> Term:
        """The month before; nothing in the first."""
        return self._cell(BEFORE, np.concatenate([[0.0], self.value[:-1]]))

    def ahead(self, months: Literal[1, 2]) -> Term:
        """A month or two later; nothing after the last."""
        padded = np.concatenate([self.value[:-1], [0.0, 0.0, 0.0]])
        return self._cell(NEXT if months == 1 else SECOND_NEXT, padded[months : months + len(self.value)])

    @property
    def plan(self) -> Term:
        """What comes in the plan."""
        return self._cell(f"${column(PLAN)}$", self.plan_value)

    @property
    def whole(self) -> Term:
        """What comes in the plan and later."""
        return self._cell(f"${column(WHOLE)}$", self.plan_value + self.value[-1])

    @property
    def later(self) -> Term:
        """What comes later."""
        return self._cell(f"${column(FIRST + len(self.value) - 1)}$", self.value[-1])

    @property
    def last(self) -> Term:
        """The last month."""
        return self._cell(f"${column(FIRST + len(self.value) - 2)}$", self.value[-2])

    def range(self, first: str = "", last: str = "") -> str:
        """The months as a range, all of them or from and to a column."""
        first, last = first or f"${column(FIRST)}$", last or f"${column(FIRST + len(self.value) - 2)}$"
        return f"'{self.sheet}'!{first}{self.row + 1}:{last}{self.row + 1}"

    def view(self, view: str) -> Term:
        """The cell of a view: "plan", "all", or the "months"."""
        return {"plan": self.plan, "all": self.whole, "months": self.month}[view]


class Page:
    """A sheet's cells as they are added, before anything is written."""

    def __init__(self, name: str, title: str, about: str = "") -> None:
        self.name, self.cells = name, list[Cell]()
        self.text(0, LABEL, title, "title")
        self.text(1, LABEL, about, "quiet")

    def text(self, row: int, place: int, text: str, look: str = "text") -> None:
        """A text, never a formula."""
        self.cells.append(Cell(row, place, text, look))

    def number(self, row: int, place: int, number: float, look: str) -> None:
        """A number."""
        self.cells.append(Cell(row, place, number, look))

    def formula(self, row: int, place: int, term: Term, look: str, month: int = 0) -> None:
        """A formula with the value it shows; of a row of months that of `month`."""
        text = term.text.replace(f"'{self.name}'!", "")
        for mark, step in ((BEFORE, -1), (HERE, 0), (NEXT, 1), (SECOND_NEXT, 2)):
            if mark in text:
                text = text.replace(mark, column(place + step))
        value: Any = term.value[month] if term.value.ndim else term.value[()]
        self.cells.append(Cell(row, place, value, look, text))

    def cell(self, row: int, place: int, value: Any) -> Term:
        """A reference to a cell that shows this value."""
        return Term(f"'{self.name}'!${column(place)}${row + 1}", np.asarray(value))


class Sheet(Page):
    """A page with one column per month."""

    def __init__(self, name: str, months: tuple[str, ...], title: str, about: str = "") -> None:
        super().__init__(name, title, about)
        self.months, self.next = len(months), COUNTER + 2
        heads = {LABEL: "", PATH: "Path", UNIT: "Unit", PLAN: "In the plan", WHOLE: "With later"}
        for place, head in (*heads.items(), *enumerate((*months, "Later"), FIRST)):
            self.text(HEAD, place, head, "head" if place < FIRST else "month")
        self.text(COUNTER, LABEL, "Month of the plan", "quiet")
        for month in range(self.months):
            self.formula(COUNTER, FIRST + month, Term(f"{BEFORE}{COUNTER + 1}+1", np.asarray(month + 1.0)), "counter")

    @property
    def month_number(self) -> Term:
        """The number of the month of the column, from 1."""
        return Term(f"{HERE}${COUNTER + 1}", np.arange(1.0, self.months + 2))

    def heading(self, text: str) -> None:
        """A heading above what follows."""
        self.next += 1
        self.text(self.next, LABEL, text, "heading")
        self.next += 1

    def line(
        self, path: str, label: str, unit: str, style: Style, months: Term | None = None, *, later: Term | None = _SAME,
        plan: Term | None = None, whole: Term | None = None, sums: bool = False, main: bool = False,
    ) -> Line:  # fmt: skip
        """A row: `months` across, `later` in the tail (None: nothing), and what stands for the whole plan.

        With `sums` that is the sum of the months, and with what comes later.
        """
        row, self.next = self.next, self.next + 1
        tail = months if later is _SAME else later
        values = np.zeros(self.months + 1)
        if months is not None:
            values[:-1] = np.broadcast_to(months.value, values.shape)[:-1]
            for month in range(self.months):
                self.formula(row, FIRST + month, months, style, month)
        if tail is not None:
            values[-1] = tail.value[-1] if tail.value.ndim else tail.value
            self.formula(row, FIRST + self.months, tail, style, self.months)
        line = Line(self.name, row, values, np.asarray(values[:-1].sum() if plan is None else plan.value))
        if sums:
            plan = Term(f"SUM({line.range()})", line.plan_value)
            whole = line.plan + line.later
        self._label(row, path, label, unit, main)
        for place, term in ((PLAN, plan), (WHOLE, whole)):
            if term is not None:
                self.formula(row, place, term, f"{style}_total" if sums or main else style)
        return line

    def coming(self, value: Array) -> Line:
        """The row that the next `line` will stand in, for a formula that refers to its own row."""
        return Line(self.name, self.next, np.asarray(value, dtype=float), np.asarray(0.0))

    def constant(self, path: str, label: str, unit: str, style: Style, term: Term) -> Term:
        """A row with one cell that holds for all months."""
        return self.line(path, label, unit, style, plan=term, later=None).plan

    def _label(self, row: int, path: str, label: str, unit: str, main: bool) -> None:
        self.text(row, LABEL, label, "strong" if main else "text")
        self.text(row, PATH, path, "quiet")
        self.text(row, UNIT, unit, "quiet")
