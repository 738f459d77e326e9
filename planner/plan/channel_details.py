"""Changes of what a channel has besides its stages: rates by month, list, pace, senders and a deal of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from planner.plan.types import Channel, Deal, Plan, Stage, replace, the

__all__ = ["with_coverage", "with_deal", "with_pace", "with_rates_by_month", "with_senders"]


def _with_channel(plan: Plan, key: str, channel: Channel) -> Plan:
    return replace(plan, channels=tuple(channel if c.key == key else c for c in plan.channels))


def with_rates_by_month(plan: Plan, prefix: str, stage: str, multipliers: Sequence[float]) -> Plan:
    """The plan with a multiplier a month on the rate of a stage of a channel, or of the sales stages ("sales").

    All 1, or none, means the same every month.
    """
    by_month = tuple(float(factor) for factor in multipliers)
    by_month = () if all(factor == 1.0 for factor in by_month) else by_month

    def changed(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
        return tuple(replace(s, by_month=by_month) if s.key == stage else s for s in stages)

    if prefix == "sales":
        return replace(plan, sales=changed(plan.sales))
    channel = the(plan.channels, key=prefix)
    return _with_channel(plan, prefix, replace(channel, stages=changed(channel.stages)))


def with_coverage(plan: Plan, key: str, coverage: Literal["random", "in_order"]) -> Plan:
    """The plan with a channel that works through its list in order, or meets its audience at random."""
    return _with_channel(plan, key, replace(the(plan.channels, key=key), coverage=coverage))


def with_pace(plan: Plan, key: str, pace: float | None) -> Plan:
    """The plan with another most of touches a week for a channel's rep or sender; None: no limit."""
    return _with_channel(plan, key, replace(the(plan.channels, key=key), pace=pace))


def with_senders(plan: Plan, key: str, senders: float | None) -> Plan:
    """The plan with so many senders of a channel; None: as many as its usual volume needs."""
    return _with_channel(plan, key, replace(the(plan.channels, key=key), senders=senders))


def with_deal(plan: Plan, key: str, deal: Deal | None) -> Plan:
    """The plan with a deal of the channel's own; None: its deals are worth what the plan's are."""
    return _with_channel(plan, key, replace(the(plan.channels, key=key), deal=deal))
