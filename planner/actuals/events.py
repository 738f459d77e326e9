"""Event rows as counts: each row, of a call, a message, a lead or a deal, counts 0 or 1 at each stage, on its day."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from planner.actuals.facts import MONEY_NAMES, UNATTRIBUTED
from planner.actuals.formats import Counted, Recognised, bare, counted_once, names_events, tell_events
from planner.actuals.left_out import deleted_rows
from planner.actuals.matching import PlanNames, plain
from planner.actuals.numbers import decimal_sign_in, read_column
from planner.actuals.once import Integers, Mask, Order, PeriodOf, is_one_of, period_ranks, ranks, status_ranks
from planner.actuals.sheet import Cells, Sheet

__all__ = [
    "COUNTED_PERIOD", "Block", "Column", "CountedSheet", "amount_of", "clock_seconds", "counted_columns",
    "counted_sheet", "counting_rows", "joined", "role_columns",
]  # fmt: skip

_CLOCK = re.compile(r"(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}")
COUNTED_PERIOD = "Day of the event"


@dataclass(frozen=True)
class CountedSheet:
    """Event rows as columns of counts, and what those columns mean."""

    sheet: Sheet
    meanings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    """A stage to be counted, with its place in the plan and the column its days stand in ("" for none)."""

    counted: Counted
    place: str
    dates: str


@dataclass(frozen=True)
class Block:
    """Rows whose day stands in one column: their days, what `role_columns` say, and each stage's counts by its place.

    `lines` (rows,) are where they stand in the file.
    """

    dates: Cells
    roles: tuple[Cells, ...]
    counts: dict[str, Cells]
    lines: NDArray[np.int32]


def counted_sheet(sheet: Sheet, export: Recognised, names: PlanNames, period: PeriodOf) -> CountedSheet:
    """The event rows by day, each stage a column; rows of stages with days of their own stand below one another.

    `period` reads a date. On the days of rows that count at any stage the others are 0; what was deleted is left out.
    An event that comes twice under one id counts once.
    """
    export = counted_once(export, _event_ids(sheet))
    headers = {bare(cells.header): cells for cells in sheet.columns}
    columns = counted_columns(export, headers, names)
    roles = [cells for cells, _ in role_columns(sheet, export)]
    blocks = [_block(sheet, roles, dates, columns, period) for dates in dict.fromkeys(c.dates for c in columns)]
    return joined(sheet, export, columns, blocks)


def _event_ids(sheet: Sheet) -> str | None:
    """The column that holds ids of events."""
    ids = [cells for cells in sheet.columns if names_events(cells.header)]
    return next((cells.header for cells in ids if tell_events(len(cells.texts), len(cells.codes))), None)


def role_columns(sheet: Sheet, export: Recognised) -> list[tuple[Cells, str]]:
    """The columns that name the channel and the source of a row, with which of the two they name."""
    return [(c, m) for c, (_, m) in zip(sheet.columns, export.columns, strict=False) if m in ("channel", "source")]


def joined(sheet: Sheet, export: Recognised, columns: Sequence[Column], blocks: Sequence[Block]) -> CountedSheet:
    """The blocks below one another, as a sheet with a column for the day, the roles and each stage."""
    every = [_stacked(COUNTED_PERIOD, [block.dates for block in blocks])] if any(c.dates for c in columns) else []
    meanings = [(COUNTED_PERIOD, "period")] if every else []
    by_role = role_columns(sheet, export)
    by_row = any(meaning == "channel" for _, meaning in by_role)
    for place, (cells, meaning) in enumerate(by_role):
        every.append(_stacked(cells.header, [block.roles[place] for block in blocks]))
        meanings.append((cells.header, meaning))
    for column in columns:
        header = column.counted.value or f"Rows counted as {column.place}"
        parts = [block.counts.get(column.place) or _empty(len(block.lines)) for block in blocks]
        every.append(_stacked(header, parts))
        named_by_row = by_row and column.counted.owner is None
        meanings.append((header, column.counted.stage if named_by_row else column.place))
    lines = np.concatenate([np.zeros(0, np.int32), *(block.lines for block in blocks)])
    return CountedSheet(replace(sheet, columns=tuple(every), lines=lines), tuple(meanings))


def counted_columns(export: Recognised, headers: Mapping[str, Cells], names: PlanNames) -> list[Column]:
    """The stages that the plan has and whose columns the file has."""
    own = next((bare(header) for header, meaning in export.columns if meaning == "period"), "")
    by_kind = {channel.kind: channel.key for channel in reversed(names.plan.channels)} | {UNATTRIBUTED: UNATTRIBUTED}
    out: list[Column] = []
    for counted in export.export.counts:
        channel = by_kind.get(counted.channel, "") if counted.channel else counted.owner or export.channel
        needed = [*(header for header, _ in counted.where), *filter(None, [counted.value])]
        needed += [counted.at_least[0]] if counted.at_least else []
        stage = counted.stage
        dates = next((bare(header) for header in counted.dates if bare(header) in headers), own)
        has_stage = stage in MONEY_NAMES or (channel != "" and names.figure(channel, stage) == stage)
        missing_day = bool(counted.dates) and dates == own and bare(counted.dates[0]) != own and bool(own)
        if channel and has_stage and not missing_day and all(bare(header) in headers for header in needed):
            out.append(Column(counted, f"{channel}.{stage}", dates))
    return out


def _block(sheet: Sheet, roles: list[Cells], dates: str, columns: Sequence[Column], period: PeriodOf) -> Block:
    headers = {bare(cells.header): cells for cells in sheet.columns}
    days = headers.get(dates)
    dated = np.ones(len(sheet.lines), dtype=bool) if days is None else ~days.blank
    dated &= ~deleted_rows(sheet)
    when = np.zeros(len(dated), np.int64) if days is None else period_ranks(days.texts, period)[days.codes]
    order = Order(when, *(ranks(cells.texts)[cells.codes] for cells in roles))
    counting = {}
    for column in columns:
        if column.dates == dates:
            value = next((c.counted.value for c in columns if c.counted.value and c.dates == dates), None)
            counting[column.place] = (column.counted, counting_rows(headers, column.counted, order, dated, value))
    every = [mask for counted, mask in counting.values() if counted.value is None]
    rows = np.flatnonzero(np.logical_or.reduce(every)) if every else np.flatnonzero(dated)
    counts = {}
    for place, (counted, mask) in counting.items():
        if counted.value is None:
            counts[place] = Cells("", ("0", "1"), mask[rows].astype(np.int32))
        else:
            counts[place] = _amounts(headers[bare(counted.value)], mask, rows)
    return Block(
        Cells("", ("",), np.zeros(len(rows), np.int32)) if days is None else replace(days, codes=days.codes[rows]),
        tuple(replace(cells, codes=cells.codes[rows]) for cells in roles),
        counts,
        sheet.lines[rows],
    )


def _amounts(cells: Cells, mask: Mask, rows: NDArray[np.int64]) -> Cells:
    """The amounts of the rows that count, whatever their sign, durations in seconds; empty elsewhere."""
    texts = (*(clock_seconds(text.lstrip("-−– ") if text[:1] in "-−–" else text) for text in cells.texts), "")
    return Cells("", texts, np.where(mask[rows], cells.codes[rows], len(cells.texts)).astype(np.int32))


def counting_rows(
    headers: dict[str, Cells], counted: Counted, order: Order, dated: Mask, value: str | None = None
) -> Mask:
    """Which rows count at a stage; (rows,). `value` names the column whose larger amount decides on one day."""
    rows = dated & _where(headers, counted.where, len(dated))
    if counted.at_least:
        least = counted.at_least[1]
        rows &= headers[bare(counted.at_least[0])].marks(lambda text: amount_of(text) >= least)
    once = headers.get(bare(counted.once)) if counted.once else None
    if once is not None:
        among = counted.among or counted.where
        status = _statuses(headers, among, len(dated))
        amount = _sizes(headers.get(bare(value or "")), len(dated))
        rows &= order.lasts(once, dated & _where(headers, among, len(dated)), status, amount)
    person = headers.get(bare(counted.person)) if counted.person else None
    if person is None:
        return rows
    return order.firsts(person, rows, _sizes(headers.get(bare(value or "")), len(dated)))


def _statuses(headers: dict[str, Cells], among: tuple[tuple[str, tuple[str, ...]], ...], rows: int) -> Integers:
    if not among:
        return np.zeros(rows, np.int64)
    cells = headers[bare(among[0][0])]
    return status_ranks(cells.texts, among[0][1])[cells.codes]


def _sizes(cells: Cells | None, rows: int) -> NDArray[np.float64]:
    """What the amounts of rows come to, -1 where there is none; (rows,)."""
    if cells is None:
        return np.zeros(rows)
    texts = [clock_seconds(text) for text in cells.texts]
    values = read_column(texts, decimal_sign_in(texts)).values
    sizes: NDArray[np.float64] = np.nan_to_num(np.abs(values), nan=-1.0)[cells.codes]
    return sizes


def _where(headers: dict[str, Cells], where: tuple[tuple[str, tuple[str, ...]], ...], rows: int) -> Mask:
    """The rows in which each column holds one of its values; (rows,)."""
    out = np.ones(rows, dtype=bool)
    for header, values in where:
        wanted = {plain(value) for value in values} | {value.casefold() for value in values}
        out &= headers[bare(header)].marks(partial(is_one_of, wanted))
    return out


def amount_of(text: str) -> float:
    """A number, seconds, hh:mm:ss or mm:ss; 0 for what is none."""
    parts = text.strip().split(":")
    if len(parts) == 1:
        digits = parts[0].replace(",", ".")
        return float(digits) if digits.replace(".", "", 1).isdecimal() and len(digits) < 16 else 0.0
    if len(parts) > 3 or not all(part.strip().isdecimal() and len(part) < 9 for part in parts):
        return 0.0
    return math.fsum(float(part) * 60**power for power, part in enumerate(reversed(parts)))


def clock_seconds(text: str) -> str:
    """A duration such as 0:02:30 or 2:30 in seconds; other texts as they are."""
    return f"{amount_of(text):g}" if _CLOCK.fullmatch(text) else text


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
