"""Stages of a channel come and go, are named and given a delay."""

from __future__ import annotations

from collections.abc import Sequence

from planner.errors import PlanError
from planner.plan.edit.parts import channel_of, settled, stage_of, with_channel, with_stage
from planner.plan.starter import free_key
from planner.plan.types import Delay, Plan, Stage, merged, replace

__all__ = ["add_stage", "may_wait", "remove_stage", "rename_stage", "with_delay"]


def add_stage(
    plan: Plan, channel: str, label: str, of: str, rate: float = 0.5, *, main: bool = False, exclusive: bool = False
) -> Plan:
    """The plan with a stage below the stage `of` of the channel; a main one comes between `of` and what followed it."""
    stages = channel_of(plan, channel).stages
    taken = {s.key for s in merged(stages, plan.sales)} | {s.key for s in plan.sales}
    new = Stage(free_key(label, taken), label, of, rate, main=main, exclusive=exclusive)
    linked = tuple(replace(s, of=new.key) if main and s.main and s.of == of else s for s in stages)
    behind = next((i for i, s in enumerate(stages) if s.key == of), len(stages) - 1) + 1
    return with_channel(plan, channel, stages=(*linked[:behind], new, *linked[behind:]))


def remove_stage(plan: Plan, channel: str, key: str) -> Plan:
    """The plan without a channel's stage and all that refers to it.

    What hangs below goes too, except that the main path closes over a main stage that goes.
    """
    old, stage = channel_of(plan, channel), stage_of(plan, channel, key)
    if stage.of is None:
        raise PlanError(f"{channel}.{key}", "is where touches come in; remove the channel instead")
    bridged = stage.key if stage.main else None
    closed = tuple(replace(s, of=stage.of) if s.main and s.of == bridged else s for s in old.stages)
    gone = {stage.key}
    for _ in closed:
        gone |= {s.key for s in closed if s.of in gone}
    shorter = replace(old, stages=tuple(s for s in closed if s.key not in gone))
    return settled(plan, channels=tuple(shorter if c is old else c for c in plan.channels))


def rename_stage(plan: Plan, channel: str, key: str, label: str) -> Plan:
    """The plan with another label on a channel's stage; keys stay."""
    return with_stage(plan, channel, key, label=label)


def may_wait(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """The stages that may have a delay: all below the root but those before the one that tires with the audience."""
    parents = {s.key: s.of for s in stages}
    stage = next((s.of for s in stages if s.tires), None)
    before = set()
    while stage is not None:
        before.add(stage)
        stage = parents[stage]
    return tuple(s for s in stages if s.of is not None and s.key not in before)


def with_delay(plan: Plan, prefix: str, key: str, delay: Delay | None) -> Plan:
    """The plan with another delay, or none, on a stage of a channel or ("sales") of what every appointment passes."""
    return with_stage(plan, prefix, key, delay=delay)
