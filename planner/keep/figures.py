"""The headline figures that travel with a shared plan, and where today's engine gives others."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from planner.engine import Forecast, forecast
from planner.keep.contents import HEADLINES
from planner.measure.metrics import read
from planner.plan import Plan

__all__ = ["Figure", "figures", "otherwise"]

DIGITS = 6


@dataclass(frozen=True)
class Figure:
    """A headline metric to six digits, nan where undefined: in the plan, and with the tail."""

    metric: str
    in_plan: float
    with_tail: float


def figures(plan: Plan, computed: Forecast | None = None) -> tuple[Figure, ...]:
    """The headline figures of a plan; `computed` is its forecast, where that is at hand."""
    computed = computed or forecast(plan)
    return tuple(
        Figure(key, _rounded(read(computed, key)), _rounded(read(computed, key, tail=True))) for key in HEADLINES
    )


def otherwise(plan: Plan, before: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The figures that today's engine gives a plan and that differ from `before` by more than one part in 10,000."""
    today = figures(plan) if before else ()
    return tuple(
        now
        for then, now in zip(before, today, strict=True)
        if not (_alike(then.in_plan, now.in_plan) and _alike(then.with_tail, now.with_tail))
    )


def _alike(then: float, now: float) -> bool:
    return math.isclose(then, now, rel_tol=1e-4, abs_tol=1e-9) or (math.isnan(then) and math.isnan(now))


def _rounded(value: Any) -> float:
    return float(f"{float(value):.{DIGITS}g}") if math.isfinite(value) else math.nan
