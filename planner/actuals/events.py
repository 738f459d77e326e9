"""Event rows as counts: one row a call, a message, a lead or a deal becomes 0 or 1 at each stage, on its day."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from planner.actuals.facts import MONEY_NAMES, UNATTRIBUTED
from planner.actuals.formats import Counted, Recognised, bare
from planner.actuals.left_out import deleted_rows
from planner.actuals.matching import PlanNames, plain
from planner.actuals.sheet import Cells, Sheet

__all__ = ["COUNTED_PERIOD", "CountedSheet", "counted_columns", "counted_sheet", "counting_rows"]

COUNTED_PERIOD = "Day of the event"
Mask = NDArray[np.bool_]
Day = Callable[[str], int]  # of a cell: its day as a number, 0 for none


@dataclass(frozen=True)
class CountedSheet:
    """Event rows as columns of counts, and what those columns mean."""

    sheet: Sheet
    meanings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Column:
    """A stage to be counted, with its place in the plan and the column its days stand in ("" for none)."""

    counted: Counted
    place: str
    dates: str


def counted_sheet(sheet: Sheet, known: Recognised, names: PlanNames, day: Day) -> CountedSheet:
    """The event rows by day, each stage a column; rows of stages with days of their own stand below one another.

    `day` reads a date. On the days of rows that count at any stage the others are 0; what was deleted is left out.
    """
    headers = {bare(cells.header): cells for cells in sheet.columns}
    columns = counted_columns(known, headers, names)
    blocks = [_block(sheet, headers, dates, columns, day) for dates in dict.fromkeys(c.dates for c in columns)]
    by_role = [(c, m) for c, (_, m) in zip(sheet.columns, known.columns, strict=False) if m in ("channel", "source")]
    joined = [_stacked(COUNTED_PERIOD, [block.dates for block in blocks])] if any(c.dates for c in columns) else []
    meanings = [(COUNTED_PERIOD, "period")] if joined else []
    by_row = any(meaning == "channel" for _, meaning in by_role)
    for cells, meaning in by_role:
        joined.append(_stacked(cells.header, [replace(cells, codes=cells.codes[block.rows]) for block in blocks]))
        meanings.append((cells.header, meaning))
    for column in columns:
        header = f"Rows counted as {column.place}"
        parts = [block.counts.get(column.place) or _empty(len(block.rows)) for block in blocks]
        joined.append(_stacked(header, parts))
        meanings.append((header, column.counted.stage if by_row else column.place))
    rows = np.concatenate([block.rows for block in blocks]) if blocks else np.zeros(0, np.int64)
    return CountedSheet(replace(sheet, columns=tuple(joined), lines=sheet.lines[rows]), tuple(meanings))


def counted_columns(known: Recognised, headers: dict[str, Cells], names: PlanNames) -> list[_Column]:
    """The stages that the plan has and whose columns the file has."""
    own = next((bare(header) for header, meaning in known.columns if meaning == "period"), "")
    by_kind = {channel.kind: channel.key for channel in reversed(names.plan.channels)} | {UNATTRIBUTED: UNATTRIBUTED}
    out: list[_Column] = []
    for counted in known.export.counts:
        channel = by_kind.get(counted.channel, "") if counted.channel else known.channel
        needed = [*(header for header, _ in counted.where), *filter(None, [counted.value])]
        needed += [counted.at_least[0]] if counted.at_least else []
        stage = counted.stage
        dates = next((bare(header) for header in counted.dates if bare(header) in headers), own)
        has_stage = stage in MONEY_NAMES or (channel != "" and names.figure(channel, stage) == stage)
        missing_day = bool(counted.dates) and dates == own and bare(counted.dates[0]) != own and bool(own)
        if channel and has_stage and not missing_day and all(bare(header) in headers for header in needed):
            out.append(_Column(counted, f"{channel}.{stage}", dates))
    return out


@dataclass(frozen=True)
class _Block:
    """Rows whose day stands in one column: the rows, their days, and the counts of each stage by its place."""

    rows: NDArray[np.int64]
    dates: Cells
    counts: dict[str, Cells]


def _block(sheet: Sheet, headers: dict[str, Cells], dates: str, columns: Sequence[_Column], day: Day) -> _Block:
    days = headers.get(dates)
    dated = np.ones(len(sheet.lines), dtype=bool) if days is None else _marks(days, lambda text: text != "")
    dated &= ~deleted_rows(sheet)
    counting = {}
    for column in columns:
        if column.dates == dates:
            counting[column.place] = (column.counted, counting_rows(headers, column.counted, days, dated, day))
    every = [mask for counted, mask in counting.values() if counted.value is None]
    rows = np.flatnonzero(np.logical_or.reduce(every)) if every else np.flatnonzero(dated)
    counts = {}
    for place, (counted, mask) in counting.items():
        if counted.value is None:
            counts[place] = Cells("", ("0", "1"), mask[rows].astype(np.int32))
        else:
            counts[place] = _amounts(headers[bare(counted.value)], mask, rows)
    return _Block(
        rows,
        Cells("", ("",), np.zeros(len(rows), np.int32)) if days is None else replace(days, codes=days.codes[rows]),
        counts,
    )


def _amounts(cells: Cells, mask: Mask, rows: NDArray[np.int64]) -> Cells:
    """The amounts of the rows that count, whatever their sign; empty elsewhere."""
    texts = (*(text.lstrip("-−– ") if text[:1] in "-−–" else text for text in cells.texts), "")
    return Cells("", texts, np.where(mask[rows], cells.codes[rows], len(cells.texts)).astype(np.int32))


def counting_rows(headers: dict[str, Cells], counted: Counted, days: Cells | None, dated: Mask, day: Day) -> Mask:
    """Which rows count at a stage; (rows,)."""
    rows = dated & _where(headers, counted.where, len(dated))
    if counted.at_least:
        least = counted.at_least[1]
        rows &= _marks(headers[bare(counted.at_least[0])], lambda text: _amount(text) >= least)
    once = headers.get(bare(counted.once)) if counted.once else None
    if once is not None:
        rows &= _once(once, dated & _where(headers, counted.among or counted.where, len(dated)), days, day, last=True)
    person = headers.get(bare(counted.person)) if counted.person else None
    return rows if person is None else _once(person, rows, days, day, last=False)


def _where(headers: dict[str, Cells], where: tuple[tuple[str, tuple[str, ...]], ...], rows: int) -> Mask:
    """The rows in which each column holds one of its values; (rows,)."""
    out = np.ones(rows, dtype=bool)
    for header, values in where:
        wanted = {plain(value) for value in values} | {value.casefold() for value in values}
        out &= _marks(headers[bare(header)], partial(_is_one_of, wanted))
    return out


def _once(cells: Cells, rows: Mask, days: Cells | None, day: Day, *, last: bool) -> Mask:
    """Of rows with the same cell the first by day, or the last; rows with an empty cell all count."""
    taken = np.flatnonzero(rows)
    when = np.zeros(len(rows), np.int64)
    if days is not None:
        when = np.array([day(text) for text in days.texts], dtype=np.int64)[days.codes]
    order = taken[np.argsort(-when[taken] if last else when[taken], kind="stable")]
    first = order[np.unique(cells.codes[order], return_index=True)[1]]
    out = rows & _marks(cells, lambda text: text == "")
    out[first] = True
    return out & rows


def _is_one_of(wanted: set[str], text: str) -> bool:
    return text.casefold() in wanted or _status(text) in wanted


def _marks(cells: Cells, test: Callable[[str], bool]) -> Mask:
    marks: Mask = np.array([test(text) for text in cells.texts], dtype=bool)[cells.codes]
    return marks


def _status(text: str) -> str:
    """A status without what a pipeline adds to it: “Closed Won (Sales pipeline)”."""
    return plain(text.partition("(")[0]) if any(c.isalpha() for c in text) else ""


def _amount(text: str) -> float:
    """A number, seconds, hh:mm:ss or mm:ss; 0 for what is none."""
    parts = text.strip().split(":")
    if len(parts) == 1:
        digits = parts[0].replace(",", ".")
        return float(digits) if digits.replace(".", "", 1).isdecimal() and len(digits) < 16 else 0.0
    if len(parts) > 3 or not all(part.strip().isdecimal() and len(part) < 9 for part in parts):
        return 0.0
    return math.fsum(float(part) * 60**power for power, part in enumerate(reversed(parts)))


def _empty(rows: int) -> Cells:
    return Cells("", ("",), np.zeros(rows, np.int32))


def _stacked(header: str, parts: Sequence[Cells]) -> Cells:
    """Columns one below the other."""
    texts: list[str] = []
    codes = [np.zeros(0, np.int32)]
    for cells in parts:
        codes.append((cells.codes + len(texts)).astype(np.int32))
        texts += cells.texts
    return Cells(header, tuple(texts) or ("",), np.concatenate(codes))
