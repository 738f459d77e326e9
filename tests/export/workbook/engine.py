"""What the engine says of a plan, under the paths that the rows of the workbook have."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from planner.engine import Forecast, forecast
from planner.export.workbook.sheet import COUNTER, FIRST, PATH, PLAN, WHOLE
from planner.measure.metrics import METRICS, read
from planner.plan import Plan, merged
from planner.plan.metrics import keys_for
from tests.export.workbook.office import Book

__all__ = ["close", "differences"]

BY_MONTH = ("revenue", "gross_profit", "cost", "profit", "cash", "lowest_cash", "contacts", "hours", "utilisation")


def close(cell: object, value: float) -> bool:
    """Whether a cell shows the value to 1e-9; an undefined one as a dash."""
    if not math.isfinite(value):
        return cell == "–"
    return isinstance(cell, (int, float)) and abs(cell - value) <= 1e-9 * max(1.0, abs(value))


def rows_of(result: Forecast) -> Iterator[tuple[str, np.ndarray, float]]:
    """Path, months and tail of every count, sum of money and number of hours."""
    plan, months = result.plan, result.plan.months
    for channel in plan.channels:
        key, counted = channel.key, channel.key in result.channels
        for stage in ("", *(s.key for s in merged(channel.stages, plan.sales))):
            path = f"{key}.{stage}"
            yield path, result.count(path, "months"), float(result.count(path, "tail"))
        if counted:
            yield f"cost.{key}", result.costs("months", key), float(result.costs("tail", key))
            yield f"{key}.hours", result.hours("months", key), float(result.hours("tail", key))
            yield f"{key}.revenue", result.revenue("months", key), float(result.revenue("tail", key))
    for stage in ("", "appointment", *(s.key for s in plan.sales)):
        yield f"sales.{stage}", result.count(stage, "months"), float(result.count(stage, "tail"))
    for row, later in zip(result.cost_rows("months"), result.cost_rows("tail"), strict=True):
        path = "team.cost" if row.key == "team" else f"costs.{row.key}"
        yield path, np.broadcast_to(row.amount, months), float(later.amount)
    for key in BY_MONTH:
        yield key, read(result, key, by_month=True), math.nan


def differences(book: Book, plan: Plan) -> list[str]:
    """Every figure of the workbook that is not the engine's: months and tails, key figures, figures by channel."""
    result = forecast(plan)
    wrong, by_path = [], {}
    for rows in book.values():
        if len(rows) > COUNTER and rows[COUNTER][0] == "Month of the plan":
            by_path |= {str(row[PATH]): row for row in rows}
    last = FIRST + plan.months
    for path, months, tail in rows_of(result):
        row = by_path[path]
        cells = row[FIRST:last]
        if not all(close(cell, float(value)) for cell, value in zip(cells, months, strict=True)):
            wrong.append(f"{path}: {cells} is not {months}")
        if not math.isnan(tail) and not close(row[last] or 0.0, tail):
            wrong.append(f"{path}, later: {row[last]} is not {tail}")
    figures = {str(row[PATH]): row for row in book["Key figures"]}
    for key in METRICS:
        for place, later in ((PLAN, False), (WHOLE, True)):
            value = float(read(result, key, tail=later))
            if not close(figures[key][place], value):
                wrong.append(f"{key}: {figures[key][place]} is not {value}")
    by_channel = {str(row[PATH]): row for row in book["By channel"]}
    for channel in result.channels:
        for place, key in enumerate(keys_for("by_channel"), PATH + 1):
            value = float(read(result, key, channel=channel))
            if not close(by_channel[channel][place], value):
                wrong.append(f"{channel}, {key}: {by_channel[channel][place]} is not {value}")
    return wrong
