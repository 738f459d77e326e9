"""The key figures of the brief, against baseline and target, each with its range and its own formula."""

from __future__ import annotations

import math

from planner import words
from planner.ask.uncertainty.simulation import Series
from planner.engine import Forecast
from planner.measure.explain import Explanation, explain
from planner.measure.metrics import METRICS, read
from planner.plan.metrics import keys_for
from planner.show.brief.value import KeyFigure
from planner.show.uncertainty.outlook import Outlook
from planner.show.uncertainty.sentences import figure, span

__all__ = ["key_figures"]


def key_figures(forecast: Forecast, base: Forecast | None, outlook: Outlook | None) -> tuple[KeyFigure, ...]:
    """The key figures in the plan's months; `base` and `outlook` bring differences and ranges where they are given."""
    return tuple(_figure(forecast, base, outlook, key) for key in keys_for("briefed"))


def _figure(forecast: Forecast, base: Forecast | None, outlook: Outlook | None, key: str) -> KeyFigure:
    plan, metric = forecast.plan, METRICS[key]
    amount, with_tail = (float(read(forecast, key, tail=tail)) for tail in (False, True))
    before = float(read(base, key)) if base and base.plan.currency == plan.currency else math.nan
    change = words.change(plan, amount, before, metric.unit) if math.isfinite(before) else ""
    target = next((target.value for target in plan.targets if target.metric == key), None)
    band = outlook.bands.get(Series(key)) if outlook else None
    low, high = (band.low, band.high) if band else (math.nan, math.nan)
    later = figure(plan, key, with_tail)
    explained = explain(forecast, key)
    return KeyFigure(
        key, metric.label, _value(forecast, key, amount), later if later != figure(plan, key, amount) else "",
        span(plan, key, low, high, "{} to {}") if band else "", change, _tone(change, amount - before, metric.better),
        "" if target is None else f"{'at least' if metric.better > 0 else 'at most'} {_written(forecast, key, target)}",
        target is not None and (amount - target) * metric.better >= 0,
        explained.meaning, _formula(explained), amount, with_tail, low, high, before,
        math.nan if target is None else target,
    )  # fmt: skip


def _formula(explained: Explanation) -> str:
    """A formula in words, with its numbers where it has any, and what they give."""
    parts = (explained.formula, explained.filled, explained.value)
    alike = explained.formula.lower() == explained.filled.lower()
    return " = ".join(parts[::2] if alike else parts)


def _value(forecast: Forecast, key: str, amount: float) -> str:
    unit = METRICS[key].unit
    if unit == "month" and not math.isfinite(amount):
        return "not in the plan"
    return words.short(forecast.plan, amount, unit)


def _written(forecast: Forecast, key: str, target: float) -> str:
    return words.short(forecast.plan, target, METRICS[key].unit)


def _tone(change: str, difference: float, better: int) -> str:
    if not change:
        return ""
    return "good" if difference * better > 0 else "bad"
