"""What is believed of a plan and asked of it: ranges, targets and limits. Each is known by what it speaks of."""

from __future__ import annotations

from planner.plan.paths import number
from planner.plan.types import Limit, Plan, Range, Target, replace

__all__ = [
    "with_limit", "with_range", "with_target", "without_limit", "without_range", "without_ranges", "without_target",
]  # fmt: skip


def with_range(plan: Plan, band: Range) -> Plan:
    """The plan with a range on a lever, typed at its present value, in the place of the one it had."""
    if band.at is None:
        band = replace(band, at=number(plan, band.path).value)
    if any(other.path == band.path for other in plan.ranges):
        return replace(plan, ranges=tuple(band if other.path == band.path else other for other in plan.ranges))
    return replace(plan, ranges=(*plan.ranges, band))


def without_range(plan: Plan, path: str) -> Plan:
    """The plan with one input taken as exact."""
    return replace(plan, ranges=tuple(band for band in plan.ranges if band.path != path))


def without_ranges(plan: Plan) -> Plan:
    """The plan with every input taken as exact."""
    return replace(plan, ranges=())


def with_target(plan: Plan, metric: str, value: float) -> Plan:
    """The plan with a target for a metric, in the place of the one it had."""
    target = Target(metric, value)
    if any(other.metric == metric for other in plan.targets):
        return replace(plan, targets=tuple(target if other.metric == metric else other for other in plan.targets))
    return replace(plan, targets=(*plan.targets, target))


def without_target(plan: Plan, metric: str) -> Plan:
    """The plan without a target for a metric."""
    return replace(plan, targets=tuple(target for target in plan.targets if target.metric != metric))


def with_limit(plan: Plan, limit: Limit) -> Plan:
    """The plan with a minimum and a maximum of a channel, in the place of those it had; neither: no limit."""
    if not limit.least and limit.most is None:
        return without_limit(plan, limit.channel)
    if any(other.channel == limit.channel for other in plan.limits):
        return replace(plan, limits=tuple(limit if other.channel == limit.channel else other for other in plan.limits))
    return replace(plan, limits=(*plan.limits, limit))


def without_limit(plan: Plan, channel: str) -> Plan:
    """The plan without a minimum or maximum of a channel."""
    return replace(plan, limits=tuple(limit for limit in plan.limits if limit.channel != channel))
