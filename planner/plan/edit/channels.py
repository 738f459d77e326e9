"""Channels come and go, move, are named, switched and told how they work through their list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from planner.plan.edit.parts import channel_of, settled, with_channel
from planner.plan.references import IDENTITY, REFERENCES, Reference, references_of
from planner.plan.starter import free_key, free_label
from planner.plan.types import Channel, Cost, Deal, Plan, replace

__all__ = [
    "duplicate_channel", "move_channel", "remove_channel", "rename_channel", "switch", "with_audience", "with_coverage",
    "with_deal", "with_pace", "with_senders",
]  # fmt: skip


def duplicate_channel(plan: Plan, key: str) -> Plan:
    """The plan with the channel once more, right behind itself, with its costs, minutes, ranges and limits.

    `REFERENCES` says which rows a copy takes along. It feeds and is helped as the original is. It is not fed (arrivals
    are carried once), helps nobody (a lift counts once) and has nothing under way.
    """
    original = channel_of(plan, key)
    copy = replace(original, key=free_key(key, {c.key for c in plan.channels}), label=free_label(plan, original.label))
    behind = plan.channels.index(original) + 1
    renamed = {f"{key}.": f"{copy.key}."}
    parts: dict[str, Any] = {}
    for part in dict.fromkeys(reference.part for reference in REFERENCES):  # those of levers stand last
        rows = getattr(plan, part)
        twins = _twins(part, rows, original, copy, renamed)
        parts[part] = (*rows, *twins.values())
        if identity := IDENTITY.get(part):
            pairs = ((getattr(rows[place], identity), getattr(twin, identity)) for place, twin in twins.items())
            renamed |= {f"{part}.{before}.": f"{part}.{after}." for before, after in pairs}
    return replace(plan, channels=(*plan.channels[:behind], copy, *plan.channels[behind:]), **parts)


def _twins(
    part: str, rows: tuple[Any, ...], original: Channel, copy: Channel, renamed: Mapping[str, str]
) -> dict[int, Any]:
    """Copies of the rows of a part that refer to the original, by the place of the row."""
    twins: dict[int, Any] = {}
    taken = {row.key for row in rows} if IDENTITY.get(part) == "key" else set()
    for place, row in enumerate(rows):
        changes: dict[str, Any] = {}
        for reference in references_of(part):
            name = getattr(row, reference.field)
            if (new_name := _renamed(reference, name, renamed)) != name:
                changes[reference.field] = new_name
        if not changes:
            continue
        if IDENTITY.get(part) == "key":
            changes["key"] = free_key(row.key.replace(original.key, copy.key, 1), taken)
            taken.add(changes["key"])
        if isinstance(row, Cost):
            changes["label"] = _relabelled(row, original, copy.label)
        twins[place] = replace(row, **changes)
    return twins


def _renamed(reference: Reference, name: str | None, renamed: Mapping[str, str]) -> str | None:
    """What a reference to the original becomes in a row that is copied; any other stays."""
    if name is None or name in reference.free or not reference.copied:
        return name
    for before, after in renamed.items():
        if f"{name}.".startswith(before):  # the channel itself, or a stage or lever of it
            return f"{after}{f'{name}.'.removeprefix(before)}".removesuffix(".")
    return name


def remove_channel(plan: Plan, key: str) -> Plan:
    """The plan without the channel and all that refers to it."""
    gone = channel_of(plan, key)
    return settled(plan, channels=tuple(c for c in plan.channels if c is not gone))


def rename_channel(plan: Plan, key: str, label: str) -> Plan:
    """The plan with another label on the channel and on costs that begin with the old one; keys stay."""
    before = channel_of(plan, key)
    label = label.strip() or before.label
    plan = with_channel(plan, key, label=label)
    return replace(plan, costs=tuple(replace(c, label=_relabelled(c, before, label)) for c in plan.costs))


def _relabelled(cost: Cost, channel: Channel, label: str) -> str:
    """The cost's label, where it begins with the channel's, with that channel's new label."""
    rest = cost.label.removeprefix(f"{channel.label}: ")
    return cost.label if rest == cost.label else f"{label}: {rest}"[:80]


def move_channel(plan: Plan, key: str, by: int) -> Plan:
    """The plan with the channel `by` places further down (negative: up), as far as there are places.

    PlanError where it would then stand before what feeds or helps it.
    """
    moved = channel_of(plan, key)
    rest = [c for c in plan.channels if c is not moved]
    rest.insert(max(0, plan.channels.index(moved) + by), moved)
    return replace(plan, channels=tuple(rest))


def switch(plan: Plan, key: str, active: bool) -> Plan:
    """The plan with the channel on or off (kept, not counted)."""
    return with_channel(plan, key, active=active)


def with_audience(plan: Plan, key: str, audience: float | None) -> Plan:
    """The plan with another audience of a channel; None: unlimited."""
    return with_channel(plan, key, audience=audience)


def with_coverage(plan: Plan, key: str, coverage: Literal["random", "in_order"]) -> Plan:
    """The plan with a channel that works through its list in order, or meets its audience at random."""
    return with_channel(plan, key, coverage=coverage)


def with_pace(plan: Plan, key: str, pace: float | None) -> Plan:
    """The plan with another most of touches a week for a channel's rep or sender; None: no limit."""
    return with_channel(plan, key, pace=pace)


def with_senders(plan: Plan, key: str, senders: float | None) -> Plan:
    """The plan with so many senders of a channel; None: as many as its usual volume needs."""
    return with_channel(plan, key, senders=senders)


def with_deal(plan: Plan, key: str, deal: Deal | None) -> Plan:
    """The plan with a deal of the channel's own; None: its deals are worth what the plan's are."""
    return with_channel(plan, key, deal=deal)
