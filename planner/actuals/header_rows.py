"""Two header rows made one: what stands over several columns goes into their headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from planner.actuals.dates import month_number
from planner.actuals.header_words import ACTUAL, AGAIN, BESIDE, LONGER, PLANNED, UNNAMED, YEAR, is_month, told_apart
from planner.actuals.matching import PlanNames, plain, plain_words
from planner.actuals.sheet import Sheet

__all__ = ["joined_headers"]

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


def joined_headers(sheet: Sheet, names: PlanNames) -> Sheet:
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
        own = AGAIN.sub("", cells.header)
        if UNNAMED.fullmatch(own) and not kinds.get(group, "") and group:
            header: str | None = group
        else:
            header = _joined_header(own, group, kinds.get(group, ""), names)
        unchanged = header is None or (i == 0 and len(kinds) > 1 and not UNNAMED.fullmatch(own))
        if header != "":
            columns.append(cells if unchanged else replace(cells, header=header or own))
    return replace(sheet, columns=tuple(told_apart(columns)))


def _without_pivot_words(cell: str) -> str:
    return "" if plain(cell) in _PIVOT_WORDS else cell


def _titled(above: Sequence[str], sheet: Sheet, names: PlanNames) -> list[str]:
    """A lone title such as “Sum of Sent” or “Meetings booked by channel” as the figure over columns of channels."""
    titles = [cell for cell in above if cell]
    channels = [cells for cells in sheet.columns if (names.channel(AGAIN.sub("", cells.header)) or "sales") != "sales"]
    match = _TITLE.fullmatch(titles[0][:100]) if len(titles) == 1 and len(channels) > 1 else None
    if match and all(names.place(names.channel(cells.header) or "", match[1]) for cells in channels):
        return [match[1]]
    return list(above)


def _joined_header(header: str, group: str, kind: str, names: PlanNames) -> str | None:
    """A header with what stands over it; None where that says nothing of it, "" for a column of totals."""
    if kind == "total" or (kind in ("channel", "figure") and plain(header) in PLANNED):
        return ""
    if kind in ("channel", "figure") and plain(header) in ACTUAL:
        return group
    if kind == "month":
        return f"{group}{BESIDE}{header}"
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
    if YEAR.fullmatch(text):
        return "year"
    if is_month(text, names):
        return "month"
    if (names.channel(text) or "sales") != "sales":
        return "channel"
    if LONGER.fullmatch(text):
        return "total"
    return "figure" if names.owners(text) else ""
