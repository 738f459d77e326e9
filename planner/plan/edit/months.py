"""What changes from month to month: profiles of touches, rates by month, and how many months there are."""

from __future__ import annotations

from collections.abc import Sequence

from planner.errors import PlanError
from planner.plan.edit.parts import channel_of, multipliers, settled, with_channel, with_stage
from planner.plan.types import Plan, Stage, replace

__all__ = ["ramped", "set_profile", "with_months", "with_rates_by_month"]


def set_profile(plan: Plan, key: str, profile: Sequence[float]) -> Plan:
    """The plan with the channel's volume shaped by one multiplier per month; none: every month alike."""
    return with_channel(plan, key, profile=multipliers(profile))


def with_rates_by_month(plan: Plan, prefix: str, stage: str, by_month: Sequence[float]) -> Plan:
    """The plan with one multiplier per month on the rate of a stage of a channel, or of the sales stages ("sales").

    All 1, or none, means the same every month.
    """
    return with_stage(plan, prefix, stage, by_month=multipliers(by_month))


def ramped(plan: Plan, key: str, months: int) -> Plan:
    """The plan with the channel's profile rising evenly over its first `months` to what it was: 1/n, 2/n … 1."""
    if not 1 <= months <= plan.months:
        raise PlanError(f"{key}.profile", f"is to rise over {months} months; between 1 and {plan.months} can be chosen")
    return set_profile(plan, key, [f * min(1.0, (t + 1) / months) for t, f in enumerate(_profile(plan, key))])


def _profile(plan: Plan, key: str) -> tuple[float, ...]:
    return channel_of(plan, key).profile or (1.0,) * plan.months


def with_months(plan: Plan, months: int) -> Plan:
    """The plan over so many months; profiles and rates by month are cut, or go on at 1."""
    if not 1 <= months <= 60:
        raise PlanError("months", f"is {months}; a plan runs over 1 to 60 months")
    more = (1.0,) * max(months - plan.months, 0)

    def resized(by_month: tuple[float, ...]) -> tuple[float, ...]:
        return (by_month + more)[:months] if by_month else ()

    def paced(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
        return tuple(replace(stage, by_month=resized(stage.by_month)) if stage.by_month else stage for stage in stages)

    channels = tuple(replace(c, profile=resized(c.profile), stages=paced(c.stages)) for c in plan.channels)
    return settled(plan, months=months, channels=channels, sales=paced(plan.sales))
