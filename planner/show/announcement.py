"""What a move changed, in one sentence for whoever hears the page instead of seeing it."""

from __future__ import annotations

import math

from planner import words
from planner.engine import Forecast
from planner.measure.metrics import METRICS, read
from planner.plan.metrics import Metric, keys_for
from planner.show.currency import uncompared

__all__ = ["announcement"]

FIRST = "won"  # what people plan for; where it stays, the first key figure that does not


def announcement(forecast: Forecast, before: Forecast, base: Forecast, *, tail: bool = False) -> str:
    """The key figure that a move changed: "Deals 16.8, 0.4 more than the baseline"; "" where all read as before."""
    keys = sorted(keys_for("strip"), key=lambda key: key != FIRST)
    key = next((key for key in keys if _written(forecast, key, tail) != _written(before, key, tail)), None)
    if key is None:
        return ""
    beside = _beside(forecast, base, METRICS[key], tail)
    return f"{METRICS[key].label} {_written(forecast, key, tail)}{beside}"


def _written(forecast: Forecast, key: str, tail: bool) -> str:
    return words.short(forecast.plan, read(forecast, key, tail=tail), METRICS[key].unit)


def _beside(forecast: Forecast, base: Forecast, metric: Metric, tail: bool) -> str:
    """How a figure stands to the baseline; "" where the two cannot be compared."""
    value, before = (float(read(source, metric.key, tail=tail)) for source in (forecast, base))
    if uncompared(forecast.plan, base.plan, metric.key) or not math.isfinite(value - before):
        return ""
    difference = words.change(forecast.plan, value, before, metric.unit)
    if not difference:
        return ", as in the baseline"
    more, less = ("more", "fewer") if metric.unit == "count" else ("higher", "lower")
    return f", {difference[1:]} {more if value > before else less} than the baseline"
