"""Months across turned down: a column of periods in the place of a column for each month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.actuals.dates import is_week_alone, month_number
from planner.actuals.header_words import ACTUAL, AGAIN, BESIDE, LONGER, PLANNED, YEAR, is_month, told_apart
from planner.actuals.matching import PlanNames, is_rate, plain
from planner.actuals.numbers import looks_numeric
from planner.actuals.rows import Integers
from planner.actuals.sheet import Cells, Sheet

__all__ = ["COUNT_HEADER", "PERIOD_HEADER", "months_down", "months_without_year", "with_year"]

PERIOD_HEADER, COUNT_HEADER = "Period of the column", "Figures of the months"
_MOST_CELLS = 5_000_000


def months_without_year(sheet: Sheet, names: PlanNames) -> bool:
    """Whether several columns of figures are called after months or weeks and no year."""
    months = [cells for cells in sheet.columns if _is_yearless(cells.header, names)]
    return len(months) > 1 and all(looks_numeric(cells.texts[:50]) for cells in months)


def with_year(sheet: Sheet, names: PlanNames, year: str) -> Sheet:
    """The sheet with this year behind headers that are months or weeks without one; as it is where there are none."""
    if not months_without_year(sheet, names):
        return sheet
    columns = [
        replace(cells, header=f"{cells.header} {year}") if _is_yearless(cells.header, names) else cells
        for cells in sheet.columns
    ]
    return replace(sheet, columns=tuple(columns))


def _is_yearless(header: str, names: PlanNames) -> bool:
    return month_number(header, names.plan.locale) is not None or is_week_alone(header)


@dataclass(frozen=True)
class _Across:
    """A column of figures of one period, what it counts and whether it is called actual, where a second row says."""

    cells: Cells
    period: str
    figure: str
    actual: bool = False


def months_down(sheet: Sheet, names: PlanNames) -> Sheet:
    """Months across turned down: a row for each row and month, their columns beside what is common to all months."""
    across = [part for cells in sheet.columns if (part := _across(cells, names))]
    if any(part.actual for part in across):  # what stands beside the actual figures is no figure: a difference, a share
        across = [part for part in across if part.actual or _is_figure(part.figure, names)]
    counted = {id(part.cells) for part in across}
    planned = {id(c) for c in sheet.columns if _of_month(c, names) and id(c) not in counted}
    several = len({part.period for part in across}) > 1
    if not several or len({(p.period, p.figure) for p in across}) < len(across) or not _hold_figures(across):
        return sheet
    turned = {id(part.cells) for part in across}
    common = [c for c in sheet.columns if id(c) not in turned | planned and not _sums_up(c)]
    common = _named_by_cells(common, names)
    periods, figures = list(dict.fromkeys(p.period for p in across)), list(dict.fromkeys(p.figure for p in across))
    rows = _rows_of_counts(common, [part.cells for part in across], names)
    if len(rows) * len(periods) * (len(common) + len(figures) + 1) > _MOST_CELLS:
        return sheet
    columns = [Cells(c.header, c.texts, np.tile(c.codes[rows], len(periods))) for c in common]
    columns.append(Cells(PERIOD_HEADER, tuple(periods), np.repeat(np.arange(len(periods)), len(rows)).astype(np.int32)))
    for figure in figures:
        blocks = [
            next((p.cells for p in across if (p.period, p.figure) == (period, figure)), None) for period in periods
        ]
        columns.append(_stacked(figure or COUNT_HEADER, blocks, rows))
    return replace(sheet, columns=tuple(told_apart(columns)), lines=np.tile(sheet.lines[rows], len(periods)))


def _across(cells: Cells, names: PlanNames) -> _Across | None:
    first, _, figure = cells.header.partition(BESIDE)
    period = _Qualified.of(AGAIN.sub("", first), names)
    if period is None or period.planned or plain(figure) in PLANNED:
        return None
    actual = plain(figure) in ACTUAL
    return _Across(cells, period.month, "" if actual else figure, actual)


@dataclass(frozen=True)
class _Qualified:
    """A month in a header, and whether a word beside it says that its figures were planned: “Mar 2027 forecast”."""

    month: str
    planned: bool = False

    @classmethod
    def of(cls, header: str, names: PlanNames) -> _Qualified | None:
        if is_month(header, names):
            return cls(header)
        words = header.replace("(", " ").replace(")", " ").split()
        for word, month in ((words[-1:], words[:-1]), (words[:1], words[1:])):
            kind = plain(" ".join(word))
            if month and is_month(" ".join(month), names) and kind in ACTUAL | PLANNED:
                return cls(" ".join(month), kind in PLANNED)
        return None


def _of_month(cells: Cells, names: PlanNames) -> bool:
    first, beside, _ = cells.header.partition(BESIDE)
    month = _Qualified.of(AGAIN.sub("", first), names)
    return month is not None and (beside != "" or month.planned)


def _hold_figures(across: Sequence[_Across]) -> bool:
    texts = [text for part in across for text in part.cells.texts[:50] if text]
    return looks_numeric([text for text in texts if not text.endswith("%")])


def _sums_up(cells: Cells) -> bool:
    """Whether a column to the right of the months adds them up."""
    header = cells.header.partition(BESIDE)[0]
    return bool(LONGER.fullmatch(header) or YEAR.fullmatch(header)) and looks_numeric(cells.texts)


def _named_by_cells(columns: Sequence[Cells], names: PlanNames) -> list[Cells]:
    """Columns beside the months, called channel and stage where their cells are and their headers are not."""
    out, free = [], {"channel", "stage"} - {role for cells in columns for role in names.roles(cells.header)[:1]}
    for cells in columns:
        texts = [text for text in cells.texts if text]
        fits = {
            "channel": all(names.channel(text) for text in texts),
            "stage": 2 * sum(_is_figure(text, names) for text in texts) >= len(texts),
        }
        role = next((role for role in ("channel", "stage") if role in free and texts and fits[role]), "")
        if role and not names.roles(cells.header):
            free.discard(role)
            cells = replace(cells, header=role)
        out.append(cells)
    return out


def _is_figure(text: str, names: PlanNames) -> bool:
    return bool(names.owners(text) or names.path(text))


def _rows_of_counts(common: Sequence[Cells], across: Sequence[Cells], names: PlanNames) -> Integers:
    """The rows that do not say they hold a rate, and hold more than percentages."""
    filled = np.logical_or.reduce([~cells.blank for cells in across])
    keep = ~filled | np.logical_or.reduce([cells.marks(_is_no_percentage) for cells in across])
    for cells in common:
        if "stage" in names.roles(cells.header):
            keep &= ~cells.marks(lambda text: is_rate(text) and not _is_figure(text, names))
    return np.flatnonzero(keep)


def _is_no_percentage(text: str) -> bool:
    return text != "" and not text.endswith("%")


def _stacked(header: str, blocks: Sequence[Cells | None], rows: Integers) -> Cells:
    """Columns one below the other; None for empty ones."""
    texts, codes = [""], []
    for cells in blocks:
        codes.append(np.zeros(len(rows), np.int32) if cells is None else cells.codes[rows] + len(texts))
        texts += cells.texts if cells else ()
    return Cells(header, tuple(texts), np.concatenate(codes).astype(np.int32))
