"""Uncertainty in tables: the 80 % range of every key figure."""

from __future__ import annotations

from planner import words
from planner.ask.uncertainty.simulation import Series
from planner.engine import Forecast
from planner.keep.workspace import COUNTED
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.plan.metrics import keys_for
from planner.plan.naming import capital
from planner.show.tables import Cell, Table
from planner.show.uncertainty.outlook import Band, Outlook

__all__ = ["key_figures"]

HEADS = ("Figure", "P10", "Median", "P90", "Plan")
CAPTION = "P10: one outcome in ten is lower; P90: one in ten is higher."


def key_figures(outlook: Outlook, forecast: Forecast, *, tail: bool = False) -> Table:
    """P10, P50 and P90 of every key figure as it is counted, beside what the plan shows."""
    plan = forecast.plan
    rows: list[tuple[Cell | str, ...]] = []
    for key in keys_for("outlook"):
        unit = METRICS[key].unit
        own = Cell(words.short(plan, read(forecast, key, tail=tail), unit), "quiet")
        rows.append((METRICS[key].label, *_written(plan, outlook.bands[Series(key, tail=tail)], unit), own))
    return Table(HEADS, tuple(rows), f"{capital(COUNTED[tail])}. {CAPTION}")


def _written(plan: Plan, band: Band, unit: str) -> list[str]:
    return [words.short(plan, value, unit) for value in (band.low, band.median, band.high)]
