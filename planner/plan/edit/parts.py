"""What every change shares: finding a channel or a stage, changing it, and dropping what has lost its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from planner.errors import PlanError
from planner.plan.references import REFERENCES, names_lever, names_of, references_of
from planner.plan.types import Channel, Plan, Stage, replace

__all__ = ["channel_of", "multipliers", "settled", "stage_of", "with_channel", "with_stage"]

_PARTS = tuple(dict.fromkeys(reference.part for reference in REFERENCES))
_OF_LEVERS = tuple(dict.fromkeys(reference.part for reference in REFERENCES if reference.to == "lever"))


def channel_of(plan: Plan, key: str) -> Channel:
    """The channel of this key; PlanError where there is none."""
    for channel in plan.channels:
        if channel.key == key:
            return channel
    raise PlanError(key, f"is no channel of the plan; its channels are {', '.join(c.key for c in plan.channels)}")


def stage_of(plan: Plan, prefix: str, key: str) -> Stage:
    """The stage of a channel, or of the sales stages ("sales"); PlanError where there is none."""
    stages = _stages(plan, prefix)
    for stage in stages:
        if stage.key == key:
            return stage
    raise PlanError(f"{prefix}.{key}", f"is no stage of it; its stages are {', '.join(s.key for s in stages)}")


def _stages(plan: Plan, prefix: str) -> tuple[Stage, ...]:
    return plan.sales if prefix == "sales" else channel_of(plan, prefix).stages


def with_channel(plan: Plan, key: str, **changes: Any) -> Plan:
    """The plan with these fields of a channel changed."""
    before = channel_of(plan, key)
    return replace(plan, channels=tuple(replace(c, **changes) if c is before else c for c in plan.channels))


def with_stage(plan: Plan, prefix: str, key: str, **changes: Any) -> Plan:
    """The plan with these fields of a stage of a channel, or of the sales stages ("sales"), changed."""
    before = stage_of(plan, prefix, key)
    stages = tuple(replace(s, **changes) if s is before else s for s in _stages(plan, prefix))
    return replace(plan, sales=stages) if prefix == "sales" else with_channel(plan, prefix, stages=stages)


def multipliers(values: Sequence[float]) -> tuple[float, ...]:
    """Multipliers a month as a plan holds them: none where every month is alike."""
    numbers = tuple(float(value) for value in values)
    return () if all(number == 1.0 for number in numbers) else numbers


def settled(plan: Plan, **changes: Any) -> Plan:
    """The plan with these changes, without rows that refer to something it no longer has."""
    channels = changes.get("channels", plan.channels)
    names = names_of([(channel.key, channel.stages) for channel in channels], plan.sales)

    def keeps(part: str, row: Any) -> bool:
        return all(names.has(reference, getattr(row, reference.field)) for reference in references_of(part))

    rows = {part: changes.get(part, getattr(plan, part)) for part in _PARTS}
    staying: dict[str, Any] = {part: tuple(row for row in rows[part] if keeps(part, row)) for part in _PARTS}
    bare = replace(plan, **changes | staying | dict.fromkeys(_OF_LEVERS, ()))
    named: dict[str, Any] = {part: _still_named(plan, bare, rows, part) for part in _OF_LEVERS}
    return replace(bare, **named)


def _still_named(plan: Plan, bare: Plan, rows: Mapping[str, Any], part: str) -> tuple[Any, ...]:
    """The rows that still apply: a row about a lever is dropped with the lever, a row about anything else is kept."""
    return tuple(row for row in rows[part] if names_lever(bare, row.path) or not names_lever(plan, row.path))
