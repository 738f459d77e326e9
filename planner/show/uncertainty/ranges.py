"""Uncertain inputs as a table that is edited in place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from planner.ask.uncertainty.ranges import typical_range
from planner.errors import PlanError
from planner.plan import Plan, Range, edit
from planner.plan.levers import Lever, lever, levers, pull, ranges_in_force
from planner.show.grids import optional_number, written

__all__ = ["free_levers", "movable", "ranges_frame", "with_typed_ranges", "with_usual_range"]

_NUMBERS = ("Low", "Value", "High")
Rows = Mapping[int, Mapping[str, Any]]


def ranges_frame(plan: Plan) -> pd.DataFrame:
    """Low, value and high of every lever with a range, as a screen shows them: shares in percent."""
    lever_at = {lever.path: lever for lever in levers(plan)}
    rows = []
    in_force = {band.path: band for band in ranges_in_force(plan)}
    for typed in plan.ranges:
        band = in_force.get(typed.path, typed)
        ranged = lever_at[band.path]
        unit = ranged.kind.unit or (plan.currency if ranged.kind.written == "money" else "")
        numbers = (written(plan, round(x * ranged.kind.scale, 6)) for x in (band.low, ranged.value, band.high))
        rows.append((ranged.title, *numbers, f"{unit} of {ranged.of}" if ranged.of else unit))
    return pd.DataFrame(rows, columns=["Input", *_NUMBERS, "Unit"])


def with_typed_ranges(plan: Plan, rows: Rows) -> Plan:
    """The plan with what was typed or pasted into `ranges_frame`; a low or high that was cleared removes the range."""
    before = plan.ranges
    for row, cells in rows.items():
        plan = _with_typed(plan, before[row].path, cells)
    return plan


def _with_typed(plan: Plan, path: str, cells: Mapping[str, Any]) -> Plan:
    moved = lever(plan, path)
    typed = {name: _stored(plan, moved, cells[name]) for name in _NUMBERS if name in cells}
    if "Value" in typed:
        if (value := typed["Value"]) is None:
            raise PlanError(path, "was cleared; type a number")
        plan = pull(plan, path, value)
    if typed.keys() == {"Value"}:  # the range moves with its value
        return plan
    band = next((band for band in ranges_in_force(plan) if band.path == path), None)
    if band is None:  # the value went where no range can stand
        return plan
    low, high = typed.get("Low", band.low), typed.get("High", band.high)
    return (
        edit.without_range(plan, path) if low is None or high is None else edit.with_range(plan, Range(path, low, high))
    )


def _stored(plan: Plan, moved: Lever, cell: Any) -> float | None:
    number = optional_number(plan, cell, moved.title, -math.inf, percent=moved.kind.scale > 1)
    return None if number is None else float(f"{number:.12g}")  # 0.55 % is 0.0055


def movable(plan: Plan) -> dict[str, str]:
    """Path and label of every lever that can carry a range; those of channels that are switched off stay out."""
    switched_off = {channel.key for channel in plan.channels if not channel.active}
    return {
        lever.path: lever.label
        for lever in levers(plan)
        if lever.path.partition(".")[0] not in switched_off and typical_range(plan, lever.path)
    }


def free_levers(plan: Plan) -> dict[str, str]:
    """Those of them without a range."""
    ranged = {band.path for band in plan.ranges}
    return {path: label for path, label in movable(plan).items() if path not in ranged}


def with_usual_range(plan: Plan, path: str) -> Plan:
    """The plan with the typical range on one lever. PlanError where none can stand."""
    typical = typical_range(plan, path)
    if typical is None:
        raise PlanError(path, "cannot have a low and a high where it stands; move it inside its bounds first")
    return edit.with_range(plan, typical)
