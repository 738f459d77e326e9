"""Pages written as a file: formats, widths, panes, choices and charts."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from planner.export.workbook.inputs import CHOICE, FIRST_PLAN, HEAD, SHEET, USED
from planner.export.workbook.sheet import COUNTER, FIRST, LABEL, PATH, TOP, UNIT, Cell, Line, Page, Sheet, column

__all__ = ["Drawing", "Kind", "Series", "Tab", "written"]

Kind = Literal["results", "inputs", "calculation", "checks"]
_TABS: Mapping[Kind, str] = {
    "results": "#2F8A57", "inputs": "#E0B13C", "calculation": "#8B949E", "checks": "#3F7FB0",
}  # fmt: skip
_NUMBERS = {  # by style: the format, with the decimals a style has where nothing else is asked for
    "count": ("#,##0{}", 2), "money": ("#,##0{}", 0), "percent": ("0{}%", 2), "factor": ("0{}", 4), "whole": ("0{}", 0),
    "truth": ("General", 0),
}  # fmt: skip
_TEXTS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16}, "quiet": {"font_color": "#6B7783"}, "text": {}, "strong": {"bold": True},
    "heading": {"bold": True, "font_color": "#3F7FB0", "font_size": 12},
    "head": {"bold": True, "bottom": 1}, "month": {"bold": True, "bottom": 1, "align": "right", "text_wrap": True},
    "broken": {"bg_color": "#F6D5D2", "font_color": "#8F2A22"}, "note": {"font_color": "#6B7783", "indent": 1},
    "counter": {"font_color": "#6B7783", "num_format": "0"}, "state": {"bold": True, "align": "right"},
    "choice": {"bold": True, "bg_color": "#FFF4CC", "font_color": "#1F4E9E", "border": 1, "border_color": "#E0B13C"},
}  # fmt: skip
_ROLES: dict[str, dict[str, Any]] = {
    "total": {"bold": True}, "input": {"bg_color": "#FFF4CC", "font_color": "#1F4E9E"},
}  # fmt: skip


@dataclass(frozen=True)
class Series:
    """A row of months in a chart, named by a cell, with its colour."""

    line: Line
    name: tuple[str, int, int]
    hue: str


@dataclass(frozen=True)
class Drawing:
    """A chart on the first page; its title is ours, never a user's text."""

    title: str
    series: tuple[Series, ...]
    shape: Literal["column", "line"]
    row: int
    column: int


@dataclass(frozen=True)
class Tab:
    """A page and what kind of sheet it is."""

    page: Page
    kind: Kind
    drawings: tuple[Drawing, ...] = ()


def written(tabs: Sequence[Tab], title: str, day: dt.date, plans: int, report: Callable[[float], None]) -> bytes:
    """The file. `day` stands in its properties, so that the same plan gives the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title, "created": dt.datetime(day.year, day.month, day.day)})
        book.set_calc_mode("auto")
        looks = _Looks(book)
        for number, tab in enumerate(tabs):
            report(0.2 + 0.6 * number / len(tabs))
            sheet = book.add_worksheet(tab.page.name)
            sheet.set_tab_color(_TABS[tab.kind])
            _lay_out(sheet, tab, looks["broken"])
            for cell in tab.page.cells:
                _write(sheet, cell, looks[cell.look])
            if tab.page.name == SHEET:
                _choices(sheet, plans)
            for drawing in tab.drawings:
                _draw(book, sheet, drawing)
    return out.getvalue()


class _Looks:
    """The formats of a book by the name of a look: a text's, or a number's such as "percent:3_input"."""

    def __init__(self, book: Any) -> None:
        self._book, self._formats = book, dict[str, Any]()

    def __getitem__(self, look: str) -> Any:
        if look not in self._formats:
            self._formats[look] = self._book.add_format(_TEXTS[look] if look in _TEXTS else self._number(look))
        return self._formats[look]

    def _number(self, look: str) -> dict[str, Any]:
        name, _, role = look.partition("_")
        style, _, places = name.partition(":")
        pattern, usual = _NUMBERS[style]
        decimals = int(places) if places else usual
        plain = {"num_format": pattern.format("." + "0" * decimals if decimals else ""), "align": "right"}
        return plain | _ROLES.get(role, {})


def _write(sheet: Any, cell: Cell, look: Any) -> None:
    if cell.formula:
        sheet.write_formula(cell.row, cell.column, f"={cell.formula}", look, _cached(cell.content))
    elif isinstance(cell.content, str):
        sheet.write_string(cell.row, cell.column, cell.content, look)
    else:
        sheet.write_number(cell.row, cell.column, cell.content, look)


def _cached(value: Any) -> Any:
    """What a formula's cell shows until it is worked out anew."""
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, str):
        return value
    return float(value) if math.isfinite(value) else "–"


def _lay_out(sheet: Any, tab: Tab, broken: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_column(LABEL, LABEL, 60 if tab.kind in ("inputs", "checks") else 46)
    sheet.set_column(PATH, PATH, 30, None, {"level": 1})
    if isinstance(tab.page, Sheet):
        sheet.set_column(UNIT, UNIT, 14)
        sheet.set_column(UNIT + 1, FIRST - 2, 14)
        sheet.set_column(FIRST - 1, FIRST - 1, 2)
        sheet.set_column(FIRST, FIRST + tab.page.months, 11)
        sheet.freeze_panes(COUNTER + 1, FIRST - 1)
        sheet.repeat_rows(COUNTER - 1, COUNTER)
    elif tab.kind == "inputs":
        sheet.set_column(UNIT, UNIT, 24)
        sheet.set_column(USED, FIRST_PLAN + 30, 15)
        sheet.freeze_panes(HEAD + 1, USED + 1)
    else:
        sheet.set_column(UNIT, UNIT + 12, 18)
        sheet.freeze_panes(TOP, 0)
    false = f"=AND(ISLOGICAL({column(UNIT)}1),{column(UNIT)}1=FALSE)"
    sheet.conditional_format(0, UNIT, 2000, FIRST_PLAN, {"type": "formula", "criteria": false, "format": broken})


def _choices(sheet: Any, plans: int) -> None:
    """The scenarios as a list to choose from."""
    first, last = column(FIRST_PLAN), column(FIRST_PLAN + plans - 1)
    sheet.data_validation(
        CHOICE, USED, CHOICE, USED,
        {"validate": "list", "source": f"=${first}${HEAD + 1}:${last}${HEAD + 1}", "input_title": "Scenario",
         "input_message": "Choose whose numbers are in use.", "error_title": "No such scenario",
         "error_message": "Choose one of the list."},
    )  # fmt: skip


def _draw(book: Any, sheet: Any, drawing: Drawing) -> None:
    shape = {"type": drawing.shape, "subtype": "stacked"} if drawing.shape == "column" else {"type": drawing.shape}
    chart = book.add_chart(shape)
    for series in drawing.series:
        line, last = series.line, FIRST + len(series.line.value) - 2
        chart.add_series({
            "name": list(series.name), "values": [line.sheet, line.row, FIRST, line.row, last],
            "categories": [line.sheet, COUNTER - 1, FIRST, COUNTER - 1, last],
            "fill": {"color": series.hue}, "line": {"color": series.hue}, "gap": 40,
        })  # fmt: skip
    chart.set_title({"name": drawing.title, "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"position": "bottom"} if len(drawing.series) > 1 else {"none": True})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#DDE1E5"}}})
    chart.set_x_axis({"label_position": "low"})
    chart.set_size({"width": 620, "height": 320})
    sheet.insert_chart(drawing.row, drawing.column, chart)
