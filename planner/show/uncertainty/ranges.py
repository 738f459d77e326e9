"""What is not known for sure, as a table that is edited in place; and the targets a plan should reach."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from planner.ask.uncertainty.simulation import typical_range
from planner.errors import PlanError
from planner.measure.metrics import METRICS
from planner.plan import Plan, Range, Target, replace
from planner.plan.levers import lever, levers, pull

__all__ = [
    "held", "movable", "open_levers", "scale_of", "unit_of", "with_held", "with_range", "with_target",
    "without_ranges", "without_target",
]  # fmt: skip

_NUMBERS = ("Low", "Value", "High")
Rows = Mapping[int, Mapping[str, Any]]
_UNITS = {"percent": "%", "hours": "hours", "months": "months", "month": "month, 1 is the first", "ratio": "times"}


def held(plan: Plan) -> pd.DataFrame:
    """Low, value and high of every lever with a range, as a screen shows them: shares in percent."""
    known = {item.path: item for item in levers(plan)}
    rows = []
    for one in plan.ranges:
        item = known[one.path]
        unit = item.kind.unit or (plan.currency if item.kind.written == "money" else "")
        numbers = (round(x * item.kind.scale, 6) for x in (one.low, item.value, one.high))
        rows.append((item.title, *numbers, f"{unit} of {item.of}" if item.of else unit))
    return pd.DataFrame(rows, columns=["Lever", "Low", "Value", "High", "Unit"])


def with_held(plan: Plan, rows: Rows) -> Plan:
    """The plan with what was typed or pasted into `held`; a low or high that was emptied removes the range."""
    before = plan.ranges
    for row, cells in rows.items():
        plan = _typed(plan, before[row].path, cells)
    return plan


def _typed(plan: Plan, path: str, cells: Mapping[str, Any]) -> Plan:
    scale = lever(plan, path).kind.scale
    typed = {name: _stored(cells[name], scale) for name in _NUMBERS if name in cells}
    if "Value" in typed:
        if (value := typed["Value"]) is None:
            raise PlanError(path, "was emptied: type a number")
        plan = pull(plan, path, value)
    now = next((one for one in plan.ranges if one.path == path), None)
    if now is None:  # the value went where no range can stand
        return plan
    low, high = typed.get("Low", now.low), typed.get("High", now.high)
    new = () if low is None or high is None else (Range(path, low, high),)
    at = plan.ranges.index(now)
    return replace(plan, ranges=(*plan.ranges[:at], *new, *plan.ranges[at + 1 :]))


def _stored(shown: float | None, scale: float) -> float | None:
    return None if shown is None else float(f"{shown / scale:.12g}")  # 0.55 % is 0.0055


def movable(plan: Plan) -> dict[str, str]:
    """Path and label of every lever that can carry a range; those of channels that are switched off stay out."""
    off = {channel.key for channel in plan.channels if not channel.active}
    return {
        item.path: item.label
        for item in levers(plan)
        if item.path.partition(".")[0] not in off and typical_range(plan, item.path)
    }


def open_levers(plan: Plan) -> dict[str, str]:
    """Those of them that carry none yet."""
    taken = {one.path for one in plan.ranges}
    return {path: label for path, label in movable(plan).items() if path not in taken}


def with_range(plan: Plan, path: str) -> Plan:
    """The plan with the usual range on one lever. PlanError where none can stand."""
    usual = typical_range(plan, path)
    if usual is None:
        raise PlanError(path, "cannot have a low and a high where it stands; move it inside its bounds first")
    return replace(plan, ranges=(*(one for one in plan.ranges if one.path != path), usual))


def without_ranges(plan: Plan) -> Plan:
    """The plan with every number taken as certain."""
    return replace(plan, ranges=())


def scale_of(metric: str) -> float:
    """Screen value ÷ stored value of a metric."""
    return 100.0 if METRICS[metric].unit == "percent" else 1.0


def unit_of(plan: Plan, metric: str) -> str:
    """The unit a metric is typed in, "" for a count."""
    return plan.currency if METRICS[metric].unit == "money" else _UNITS.get(METRICS[metric].unit, "")


def with_target(plan: Plan, metric: str, value: float) -> Plan:
    """The plan with a target for a metric, in the place of the one it had."""
    made = Target(metric, value)
    if any(target.metric == metric for target in plan.targets):
        return replace(plan, targets=tuple(made if target.metric == metric else target for target in plan.targets))
    return replace(plan, targets=(*plan.targets, made))


def without_target(plan: Plan, metric: str) -> Plan:
    """The plan without a target for a metric."""
    return replace(plan, targets=tuple(target for target in plan.targets if target.metric != metric))
