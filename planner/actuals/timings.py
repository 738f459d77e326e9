"""How long events took: dated rows that say when something began, and when it arrived if it did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from planner.actuals.events import counted_columns, counting_rows
from planner.actuals.facts import OPEN, Timing
from planner.actuals.formats import Counted, Recognised, bare
from planner.actuals.left_out import deleted_rows
from planner.actuals.matching import PlanNames
from planner.actuals.once import Order
from planner.actuals.sheet import Cells, Sheet

__all__ = ["timings"]

MOST_TIMED = 20_000  # units of one stage of one source: the latest


def timings(
    sheet: Sheet, recognised: Recognised, names: PlanNames, day: Callable[[str], int], as_of: dt.date
) -> tuple[Timing, ...]:  # fmt: skip
    """What event rows say of the time between stages, where a row holds both days; the source is left open.

    `day` reads a date, as a number that is 0 for none.
    """
    headers = {bare(cells.header): cells for cells in sheet.columns}
    out = []
    for column in counted_columns(recognised, headers, names):
        since = next((headers[bare(name)] for name in column.counted.since if bare(name) in headers), None)
        until = headers.get(column.dates)
        if since is None or until is None or since is until:
            continue
        begun, ended = (_days(cells, day) for cells in (since, until))
        alive = (begun > 0) & (begun <= as_of.toordinal()) & ~deleted_rows(sheet)
        arrived = counting_rows(headers, column.counted, Order(ended), alive) & (ended >= begun)
        arrived &= ended <= as_of.toordinal()
        rows = _one_each(headers, column.counted, alive, arrived)
        rows = rows[np.argsort(begun[rows], kind="stable")][-MOST_TIMED:]
        lags = np.where(arrived[rows], ended[rows] - begun[rows], OPEN)
        if len(rows):
            out.append(Timing("", column.place, as_of, tuple(begun[rows].tolist()), tuple(lags.tolist())))
    return tuple(out)


def _days(cells: Cells, day: Callable[[str], int]) -> NDArray[np.int64]:
    return np.array([day(text) for text in cells.texts], dtype=np.int64)[cells.codes]


def _one_each(
    headers: dict[str, Cells], counted: Counted, alive: NDArray[np.bool_], arrived: NDArray[np.bool_]
) -> NDArray[np.int64]:  # fmt: skip
    """One row for each unit: the one that arrived before others; rows without an id are units of their own."""
    rows = np.flatnonzero(alive)
    ids = headers.get(bare(counted.once)) if counted.once else None
    if ids is None:
        return rows
    named = ~ids.blank
    order = rows[np.argsort(~arrived[rows], kind="stable")]
    with_id = order[named[order]]
    first = with_id[np.unique(ids.codes[with_id], return_index=True)[1]]
    return np.sort(np.concatenate([first, rows[~named[rows]]]))
