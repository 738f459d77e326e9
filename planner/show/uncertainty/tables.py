"""Uncertainty in tables: the 80 % range of every key figure."""

from __future__ import annotations

from planner import words
from planner.ask.uncertainty.simulation import Series
from planner.engine import Forecast
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.plan.metrics import keys_for
from planner.show.tables import Cell, Table
from planner.show.uncertainty.outlook import Band, Outlook

__all__ = ["key_figures"]

HEADS = ("Figure", "P10", "Median", "P90", "Plan", "P10 with later deals", "Median", "P90")
CAPTION = (
    "P10: one outcome in ten is lower; P90: one in ten is higher. The last three columns include deals that close "
    "after the plan period."
)


def key_figures(outlook: Outlook, forecast: Forecast) -> Table:
    """P10, P50 and P90 of every key figure, in the plan and with what closes later, beside what the plan shows."""
    plan = forecast.plan
    rows: list[tuple[Cell | str, ...]] = []
    for key in keys_for("outlook"):
        unit = METRICS[key].unit
        in_plan, with_tail = outlook.bands[Series(key)], outlook.bands[Series(key, tail=True)]
        own = Cell(words.short(plan, read(forecast, key), unit), "quiet")
        tail = [Cell(text, "quiet") for text in _written(plan, with_tail, unit)]
        rows.append((METRICS[key].label, *_written(plan, in_plan, unit), own, *tail))
    return Table(HEADS, tuple(rows), CAPTION)


def _written(plan: Plan, band: Band, unit: str) -> list[str]:
    return [words.short(plan, value, unit) for value in (band.low, band.median, band.high)]
