"""What a plan should reach, as a table that is edited in place beside the chance of each target."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from planner.engine import Forecast
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.plan.edit import with_target, without_target
from planner.plan.metrics import choices_for
from planner.show.grids import optional_number, written
from planner.show.uncertainty.outlook import Outlook
from planner.show.uncertainty.sentences import percent

__all__ = [
    "free_metrics", "scale_of", "targets_frame", "unit_of", "with_target_at_plan", "with_typed_targets",
]  # fmt: skip

_UNITS = {"percent": "%", "hours": "hours", "months": "months", "month": "month, 1 is the first", "ratio": "times"}


def scale_of(metric: str) -> float:
    """Screen value ÷ stored value of a metric."""
    return 100.0 if METRICS[metric].unit == "percent" else 1.0


def unit_of(plan: Plan, metric: str) -> str:
    """The unit a metric is typed in, "" for a count."""
    return plan.currency if METRICS[metric].unit == "money" else _UNITS.get(METRICS[metric].unit, "")


def targets_frame(outlook: Outlook, *, tail: bool = False) -> pd.DataFrame:
    """A row for each target: its figure and bound, its value as a screen shows it, its unit, and its chance."""
    plan, rows = outlook.plan, []
    for chance in outlook.chances:
        metric = METRICS[chance.target.metric]
        name = f"{metric.label}, {'at least' if metric.better > 0 else 'at most'}"
        value = written(plan, round(chance.target.value * scale_of(metric.key), 6))
        rows.append((name, value, unit_of(plan, metric.key), percent(plan, chance.counted(tail))))
    return pd.DataFrame(rows, columns=["Target", "Value", "Unit", "Chance"])


def with_typed_targets(plan: Plan, rows: Mapping[int, Mapping[str, Any]]) -> Plan:
    """The plan with the values typed into `targets_frame`; a cleared value removes its target."""
    targets = list(plan.targets)
    for row, cells in rows.items():
        metric = METRICS[targets[row].metric]
        share = metric.unit == "percent"
        value = optional_number(plan, cells.get("Value"), f"Target for {metric.label}", -math.inf, percent=share)
        plan = without_target(plan, metric.key) if value is None else with_target(plan, metric.key, value)
    return plan


def free_metrics(plan: Plan) -> dict[str, str]:
    """Key and label of every metric without a target, the most usual first."""
    taken = {target.metric for target in plan.targets}
    keys = dict.fromkeys((*choices_for("explored"), *METRICS))
    return {key: METRICS[key].label for key in keys if key not in taken}


def with_target_at_plan(plan: Plan, metric: str, forecast: Forecast) -> Plan:
    """The plan with a target where the forecast stands now, to two figures; 0 where it is undefined."""
    value = float(read(forecast, metric))
    return with_target(plan, metric, float(f"{value:.2g}") if value == value else 0.0)
