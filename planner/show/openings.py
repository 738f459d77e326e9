"""What was under way when the plan starts, as a table: channels down, stages from the appointment on across."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from planner.errors import PlanError
from planner.plan import Channel, Opening, Plan, main_path, merged, replace

__all__ = ["openings_frame", "with_typed_openings"]


def _stages(plan: Plan) -> dict[str, str]:
    """Label and key of the stages that can be under way: those on the way to a deal that others follow."""
    mains = [stage for stage in plan.sales if stage.main]
    keys = [stage.of for stage in mains if stage.of is not None]
    named = {stage.key: stage.label for channel in plan.channels for stage in channel.stages}
    named |= {stage.key: stage.label for stage in plan.sales}
    return {named.get(key, key): key for key in keys}


def _channels(plan: Plan) -> list[Channel]:
    """The channels that lead to an appointment."""
    keys = set(_stages(plan).values())
    return [c for c in plan.channels if keys & {stage.key for stage in main_path(merged(c.stages, plan.sales))}]


def openings_frame(plan: Plan) -> pd.DataFrame:
    """What is under way, by channel and stage."""
    counts = {opening.stage: opening.count for opening in plan.opening}
    rows = [
        (channel.label, *(counts.get(f"{channel.key}.{key}", 0.0) for key in _stages(plan).values()))
        for channel in _channels(plan)
    ]
    return pd.DataFrame(rows, columns=["Channel", *_stages(plan)])


def with_typed_openings(plan: Plan, rows: Mapping[int, Mapping[str, Any]]) -> Plan:
    """The plan with the counts typed into `openings_frame`; a cell that is cleared or 0 takes its opening away."""
    counts = {opening.stage: opening.count for opening in plan.opening}
    channels, stages = _channels(plan), _stages(plan)
    for row, cells in rows.items():
        for label, value in cells.items():
            if label in stages:
                counts[f"{channels[row].key}.{stages[label]}"] = _count(value)
    return replace(plan, opening=tuple(Opening(stage, count) for stage, count in counts.items() if count))


def _count(value: Any) -> float:
    if value is None:
        return 0.0
    if value < 0:
        raise PlanError("opening", f"is {value:g}; a count is 0 or more")
    return float(value)
