"""Sheets that people make for reading, turned into columns: header rows joined, months across, the year apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.actuals.dates import is_period, month_number
from planner.actuals.matching import PlanNames, is_rate, plain, plain_words
from planner.actuals.numbers import looks_numeric
from planner.actuals.sheet import Cells, Sheet

__all__ = ["COUNT_HEADER", "PERIOD_HEADER", "months_without_year", "reshaped"]

PERIOD_HEADER, COUNT_HEADER = "Period of the column", "Figures of the months"
_AGAIN = re.compile(r" \([0-9]{1,3}\)$")  # what tells equal headers apart
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_LONGER = re.compile(
    r"(?:(?:fy|ytd|total|sum|summe|gesamt|h[12]|q[1-4]|year)\b.{0,20}|.{0,20}\b(?:ytd|total|q[1-4]))", re.IGNORECASE
)
_TITLE = re.compile(
    r"(?:(?:sum|count|number|total|average|summe|anzahl|somme|nombre|suma|sum(?:me)? ?) (?:of|von|de) )?"
    r"(.*?)(?: (?:by|per|nach|pro|par|por|etter) .*)?",
    re.IGNORECASE,
)
_PIVOT_WORDS = frozenset(
    plain_words(
        "column labels; row labels; spaltenbeschriftungen; zeilenbeschriftungen; étiquettes de colonnes; "
        "étiquettes de lignes; etiquetas de columna; etiquetas de fila; kolonneetiketter; radetiketter"
    )
)
_YEARS = frozenset(plain_words("year; jahr; année; an; año; ano; år; jaar; rok; anno"))
_MONTHS = frozenset(plain_words("month; monat; mois; mes; mês; måned; månad; maand; miesiąc; mese; month number"))
_WEEKS = frozenset(
    plain_words("week; woche; kw; kalenderwoche; semaine; semana; uke; vecka; iso week; week number; wk")
)
_DAYS = frozenset(plain_words("day; tag; jour; día; dag; day of month"))
_MOST_CELLS = 5_000_000


def reshaped(sheet: Sheet, names: PlanNames, year: str = "") -> Sheet:
    """The sheet with one header row and a column for its periods; as it is where it has both.

    `year` is that of months across without one, "" where it was not said.
    """
    sheet = _joined_headers(sheet, names)
    if year and months_without_year(sheet, names):
        columns = [
            replace(cells, header=f"{cells.header} {year}") if month_number(cells.header, names.plan.locale) else cells
            for cells in sheet.columns
        ]
        sheet = replace(sheet, columns=tuple(columns))
    return _dates_joined(_months_down(sheet, names), names)


def months_without_year(sheet: Sheet, names: PlanNames) -> bool:
    """Whether several columns of figures are called after months and no year."""
    locale = names.plan.locale
    months = [cells for cells in sheet.columns if month_number(cells.header, locale)]
    return len(months) > 1 and all(looks_numeric(cells.texts[:50]) for cells in months)


# -- two header rows --------------------------------------------------------------------------------------------------


def _joined_headers(sheet: Sheet, names: PlanNames) -> Sheet:
    """Headers with what the row above them says of several: a channel or a figure in brackets, a month or a year."""
    above = [_without_pivot_words(cell) for cell in next((row for row in reversed(sheet.rows_above) if any(row)), ())]
    above = _titled(above, sheet, names)
    kinds = {cell: _kind(cell, names) for cell in above if cell}
    months = [cell for cell, kind in kinds.items() if kind == "month"]
    if len(months) == 1:
        kinds[months[0]] = "title"
    if not set(kinds.values()) & {"channel", "month", "year", "figure"}:
        return sheet
    columns = []
    for i, (cells, group) in enumerate(zip(sheet.columns, _filled_right(above, len(sheet.columns)), strict=True)):
        header = _joined_header(_AGAIN.sub("", cells.header), group, kinds.get(group, ""), names)
        if header != "":
            columns.append(cells if header is None or (i == 0 and len(kinds) > 1) else replace(cells, header=header))
    return replace(sheet, columns=tuple(_told_apart(columns)))


def _without_pivot_words(cell: str) -> str:
    return "" if plain(cell) in _PIVOT_WORDS else cell


def _titled(above: Sequence[str], sheet: Sheet, names: PlanNames) -> list[str]:
    """A lone title such as “Sum of Sent” or “Meetings booked by channel” as the figure over columns of channels."""
    titles = [cell for cell in above if cell]
    channels = [cells for cells in sheet.columns if (names.channel(_AGAIN.sub("", cells.header)) or "sales") != "sales"]
    match = _TITLE.fullmatch(titles[0][:100]) if len(titles) == 1 and len(channels) > 1 else None
    if match and all(names.place(names.channel(cells.header) or "", match[1]) for cells in channels):
        return [match[1]]
    return list(above)


_BESIDE = " | "  # between a month over several columns and what each of them counts


def _joined_header(header: str, group: str, kind: str, names: PlanNames) -> str | None:
    """A header with what stands over it; None where that says nothing of it, "" for a column of totals."""
    if kind == "total":
        return ""
    if kind == "month":
        return f"{group}{_BESIDE}{header}"
    if kind == "year" and month_number(header, names.plan.locale):
        return f"{header} {group}"
    if kind == "channel" and "period" not in names.roles(header) and "channel" not in names.roles(header):
        return f"{header} ({group})"
    if kind == "figure" and (names.channel(header) or "sales") != "sales":
        return f"{group} ({header})"
    return None


def _filled_right(row: Sequence[str], width: int) -> list[str]:
    """Each cell of a row of merged cells with what stands to its left where it is empty; (width,)."""
    cells = [*row[:width], *[""] * (width - len(row))]
    for i in range(1, width):
        cells[i] = cells[i] or cells[i - 1]
    return cells


def _kind(text: str, names: PlanNames) -> str:
    """What a cell over several columns names: a year, a month, a channel, a figure, totals, or "" for none of them."""
    if _YEAR.fullmatch(text):
        return "year"
    if _is_month(text, names):
        return "month"
    if (names.channel(text) or "sales") != "sales":
        return "channel"
    if _LONGER.fullmatch(text):
        return "total"
    return "figure" if names.owners(text) else ""


def _is_month(text: str, names: PlanNames) -> bool:
    return not text.isdigit() and is_period(text, names.plan.locale)


def _told_apart(columns: list[Cells]) -> list[Cells]:
    """The columns under headers of their own."""
    taken: set[str] = set()
    out = []
    for cells in columns:
        header, n = cells.header, 1
        while header in taken:
            n += 1
            header = f"{cells.header} ({n})"
        taken.add(header)
        out.append(replace(cells, header=header))
    return out


# -- months across ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Across:
    """A column of figures of one period: the period, and what it counts where a second header row says."""

    cells: Cells
    period: str
    figure: str


def _months_down(sheet: Sheet, names: PlanNames) -> Sheet:
    """Months across turned down: a row for each row and month, their columns beside what is common to all months."""
    across = [part for cells in sheet.columns if (part := _across(cells, names))]
    several = len({part.period for part in across}) > 1
    if not several or len({(p.period, p.figure) for p in across}) < len(across) or not _hold_figures(across):
        return sheet
    turned = {id(part.cells) for part in across}
    common = [cells for cells in sheet.columns if id(cells) not in turned and not _sums_up(cells, across)]
    common = _named_by_cells(common, names)
    periods, figures = list(dict.fromkeys(p.period for p in across)), list(dict.fromkeys(p.figure for p in across))
    rows = _rows_of_counts(common, len(sheet.lines), names)
    if len(rows) * len(periods) * (len(common) + len(figures) + 1) > _MOST_CELLS:
        return sheet
    columns = [Cells(c.header, c.texts, np.tile(c.codes[rows], len(periods))) for c in common]
    columns.append(Cells(PERIOD_HEADER, tuple(periods), np.repeat(np.arange(len(periods)), len(rows)).astype(np.int32)))
    for figure in figures:
        blocks = [
            next((p.cells for p in across if (p.period, p.figure) == (period, figure)), None) for period in periods
        ]
        columns.append(_stacked(figure or COUNT_HEADER, blocks, rows))
    return replace(sheet, columns=tuple(_told_apart(columns)), lines=np.tile(sheet.lines[rows], len(periods)))


def _across(cells: Cells, names: PlanNames) -> _Across | None:
    first, beside, figure = cells.header.partition(_BESIDE)
    period = _AGAIN.sub("", first)
    return _Across(cells, period, figure if beside else "") if _is_month(period, names) else None


def _hold_figures(across: Sequence[_Across]) -> bool:
    texts = [text for part in across for text in part.cells.texts[:50] if text]
    return looks_numeric([text for text in texts if not text.endswith("%")])


def _sums_up(cells: Cells, across: Sequence[_Across]) -> bool:
    """Whether a column to the right of the months adds them up."""
    header = cells.header.partition(_BESIDE)[0]
    return bool(_LONGER.fullmatch(header) or _YEAR.fullmatch(header)) and looks_numeric(cells.texts)


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


def _rows_of_counts(common: Sequence[Cells], rows: int, names: PlanNames) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The rows that do not say they hold a rate."""
    keep = np.ones(rows, dtype=bool)
    for cells in common:
        if "stage" in names.roles(cells.header):
            keep &= ~np.array([is_rate(text) and not _is_figure(text, names) for text in cells.texts], dtype=bool)[
                cells.codes
            ]
    return np.flatnonzero(keep)


def _stacked(header: str, blocks: Sequence[Cells | None], rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Cells:
    """Columns one below the other; None for empty ones."""
    texts, codes = [""], []
    for cells in blocks:
        codes.append(np.zeros(len(rows), np.int32) if cells is None else cells.codes[rows] + len(texts))
        texts += cells.texts if cells else ()
    return Cells(header, tuple(texts), np.concatenate(codes).astype(np.int32))


# -- year, month, week and day apart ----------------------------------------------------------------------------------


def _dates_joined(sheet: Sheet, names: PlanNames) -> Sheet:
    """A year and a month or week in columns of their own as one column of periods."""
    by_word = {plain(cells.header): cells for cells in reversed(sheet.columns)}

    def column(words: frozenset[str]) -> Cells | None:
        return next((cells for word, cells in by_word.items() if word in words), None)

    year, month, week, day = column(_YEARS), column(_MONTHS), column(_WEEKS), column(_DAYS)
    if year is None or not all(_YEAR.fullmatch(text) for text in year.texts if text):
        return sheet
    if month and all(_month_text(text, names) for text in month.texts if text):
        by_day = day is not None and all(re.fullmatch("[0-3]?[0-9]", text) for text in day.texts if text)
        parts = [year, month, day] if day and by_day else [year, month]
    elif week and all(re.fullmatch("(?:W|KW)? ?[0-5]?[0-9]", text) for text in week.texts if text):
        parts = [year, week]
    else:
        return sheet
    periods = _joined(parts, "-W" if parts[-1] is week else "-", names)
    drop = {id(part) for part in parts}
    columns = [periods, *(cells for cells in sheet.columns if id(cells) not in drop)]
    return replace(sheet, columns=tuple(_told_apart(columns)))


def _month_text(text: str, names: PlanNames) -> str:
    """A month as two digits, "" for what is none."""
    if re.fullmatch("0?[1-9]|1[0-2]", text):
        return text.zfill(2)
    number = month_number(text, names.plan.locale)
    return f"{number:02d}" if number else ""


def _joined(parts: Sequence[Cells], sign: str, names: PlanNames) -> Cells:
    """The rows' years with their months, weeks or days; an empty year is the one above."""
    rows = np.stack([_filled_down(parts[0]).codes, *(cells.codes for cells in parts[1:])], axis=1)
    distinct, index = np.unique(rows, axis=0, return_inverse=True)
    texts = []
    for codes in distinct.tolist():
        year, *rest = (cells.texts[code] for cells, code in zip(parts, codes, strict=True))
        digits = [re.sub("[^0-9]", "", _month_text(text, names) or text).zfill(2) if text else "" for text in rest]
        texts.append(year + sign + "-".join(digits) if year and all(digits) else "")
    return Cells("period", tuple(texts), index.reshape(-1).astype(np.int32))


def _filled_down(cells: Cells) -> Cells:
    """A column in which an empty cell says what the cell above it says."""
    blank = np.array([text == "" for text in cells.texts], dtype=bool)[cells.codes]
    if not len(blank) or not blank.any():
        return cells
    last = np.maximum.accumulate(np.where(blank, 0, np.arange(len(blank))))
    return replace(cells, codes=cells.codes[last])
