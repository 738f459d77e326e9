"""The key figures of the brief, against baseline and target, each with its range and its own formula."""

from __future__ import annotations

import math
import re

from planner import words
from planner.ask.uncertainty.simulation import Series
from planner.engine import Forecast
from planner.keep.workspace import COUNTED
from planner.measure.explain import Explanation, explain
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.plan.metrics import Metric, keys_for
from planner.show.brief.value import KeyFigure
from planner.show.uncertainty.outlook import Outlook
from planner.show.uncertainty.sentences import figure, span

__all__ = ["key_figures"]

_DIGIT = re.compile("[1-9]")  # a gap without one reads as none


def key_figures(
    forecast: Forecast, base: Forecast | None, outlook: Outlook | None, *, tail: bool = False
) -> tuple[KeyFigure, ...]:
    """The key figures as they are counted; `base` and `outlook` bring differences and ranges where they are given."""
    return tuple(_figure(forecast, base, outlook, key, tail) for key in keys_for("briefed"))


def _figure(forecast: Forecast, base: Forecast | None, outlook: Outlook | None, key: str, tail: bool) -> KeyFigure:
    plan, metric = forecast.plan, METRICS[key]
    amount, other = (float(read(forecast, key, tail=count)) for count in (tail, not tail))
    before = float(read(base, key, tail=tail)) if base and base.plan.currency == plan.currency else math.nan
    change = words.change(plan, amount, before, metric.unit) if math.isfinite(before) else ""
    target = next((target.value for target in plan.targets if target.metric == key), None)
    band = outlook.bands.get(Series(key, tail=tail)) if outlook else None
    low, high = (band.low, band.high) if band else (math.nan, math.nan)
    otherwise = figure(plan, key, other)
    explained = explain(forecast, key, tail=tail)
    return KeyFigure(
        key, metric.label, _value(forecast, key, amount),
        f"{otherwise} {COUNTED[not tail]}" if otherwise != figure(plan, key, amount) else "",
        span(plan, key, low, high, "{} to {}") if band else "", change, _tone(change, amount - before, metric.better),
        "" if target is None else f"{'at least' if metric.better > 0 else 'at most'} {_written(forecast, key, target)}",
        target is not None and metric.reaches(amount, target),
        "" if target is None else _verdict(plan, metric, amount, target),
        explained.meaning, _formula(explained), amount, amount if tail else other, low, high, before,
        math.nan if target is None else target,
    )  # fmt: skip


def _verdict(plan: Plan, metric: Metric, amount: float, target: float) -> str:
    """Whether a target is met; else by how much it is missed, as both may read alike once they are rounded."""
    if metric.reaches(amount, target):
        return "met"
    gap = words.change(plan, amount, target, metric.unit).lstrip("+−")
    if not gap or metric.unit == "month":
        return "missed"
    return f"missed by {gap}" if _DIGIT.search(gap) else "just missed"


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
