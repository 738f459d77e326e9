"""What a plan may hold: its heading, its sizes, and numbers that go with each other. Refusals name field and mend."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from planner import calendar
from planner.errors import PlanError, TooLarge
from planner.plan.paths import number
from planner.plan.references import TIMES
from planner.plan.stages import Channel, Stage, merged
from planner.plan.structure import Structure, check_structure

__all__ = ["check"]

MOST_ROWS = {  # by part of a plan
    "channels": 60, "sales": 60, "costs": 400, "efforts": 400, "feeds": 400, "assists": 400, "opening": 400,
    "limits": 400, "ranges": 1600, "targets": 60, "evidence": 1600,
}  # fmt: skip
MOST_FIGURES = 24_000  # stages of all channels × months: 50 channels of 8 stages over five years
ROUNDING = 1e-9  # of a sum of shares


def check(plan: Any) -> None:
    """Raises PlanError for a plan that cannot be. Plans of one structure share the check of that structure."""
    _check_heading(plan)
    _check_sizes(plan)
    check_structure(Structure.of(plan))
    for channel in plan.channels:
        _check_channel(channel, plan)
    _check_exclusive_shares("sales", plan.sales)
    _check_rates_by_month("sales", plan.sales, plan)
    for limit in plan.limits:
        _check_limit(limit)
    for cost in plan.costs:
        _check_cost(cost)
    for doubt in plan.ranges:
        _check_range(doubt, plan)


def _check_heading(plan: Any) -> None:
    if not re.fullmatch(r"[A-Z]{3}", plan.currency):
        raise PlanError("currency", f"is {plan.currency!r}; it is three capital letters (ISO 4217), such as EUR")
    if not re.fullmatch(r"[12][0-9]{3}-(0[1-9]|1[0-2])", plan.start):
        raise PlanError("start", f"is {plan.start!r}; it is a year and a month, such as 2027-01")
    if not re.fullmatch(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8}){0,2}", plan.locale):
        raise PlanError("locale", f"is {plan.locale!r}; it is a language, with or without a country, such as nb_NO")
    calendar.check_country(plan.country)


def _check_sizes(plan: Any) -> None:
    for part, most in MOST_ROWS.items():
        rows = len(getattr(plan, part))
        if rows > most:
            raise TooLarge(part, f"have {rows} rows; at most {most} can stand in a plan: remove some")
    figures = plan.months * sum(len(channel.stages) + len(plan.sales) for channel in plan.channels)
    if figures > MOST_FIGURES:
        what = (
            f"have {figures:,} stages × months over all channels; at most {MOST_FIGURES:,} can stand in a plan: remove "
            "channels, stages or months"
        )
        raise TooLarge("channels", what)


def _check_channel(channel: Channel, plan: Any) -> None:
    _check_exclusive_shares(channel.key, merged(channel.stages, plan.sales))
    _check_months(f"{channel.key}.profile", channel.profile, plan)
    _check_rates_by_month(channel.key, channel.stages, plan)


def _check_rates_by_month(name: str, stages: tuple[Stage, ...], plan: Any) -> None:
    for stage in stages:
        _check_months(f"{name}.{stage.key}.by_month", stage.by_month, plan)


def _check_months(path: str, multipliers: Sequence[float], plan: Any) -> None:
    if len(multipliers) not in (0, plan.months):
        what = f"has {len(multipliers)} months; the plan has {plan.months}: give one multiplier per month or none"
        raise PlanError(path, what)


def _check_exclusive_shares(name: str, stages: tuple[Stage, ...]) -> None:
    """Side outcomes that rule a main stage out take no more than it leaves over."""
    sums: dict[str | None, float] = {}
    for stage in stages:
        if not stage.exclusive:
            continue
        sums[stage.of] = sums.get(stage.of, 0.0) + stage.rate
        if sums[stage.of] > 1 + ROUNDING:
            raise PlanError(
                f"{name}.{stage.key}.rate",
                f"brings the exclusive outcomes of {stage.of} to {sums[stage.of]:g} of what is left over; together "
                f"they are at most 1: lower one of them",
            )


def _check_limit(limit: Any) -> None:
    if limit.most is not None and limit.most < limit.least:
        what = "is {0}; it is at least the minimum, {1}: raise it, or lower the minimum"
        raise PlanError(f"limits.{limit.channel}.most", what, about=(limit.most, limit.least))


def _check_cost(cost: Any) -> None:
    """When and in what steps a cost is charged."""
    path = f"costs.{cost.key}"
    if cost.per == "revenue" and cost.amount > 1:
        raise PlanError(f"{path}.amount", f"is {cost.amount:g}; a share of revenue lies between 0 and 1")
    if cost.per == "once" and cost.last is not None:
        raise PlanError(f"{path}.last", "is set on a cost charged once, in its first month: leave it out")
    if cost.last is not None and cost.last < cost.first:
        raise PlanError(f"{path}.last", f"is month {cost.last + 1}, before its first, {cost.first + 1}: set it later")
    if cost.step is not None and cost.per in TIMES:
        what = f"is set on a cost per {cost.per}; only costs per stage come in steps: clear it"
        raise PlanError(f"{path}.step", what)


def _check_range(doubt: Any, plan: Any) -> None:
    """Low and high stand strictly inside the bounds of the lever, around the value they were typed at."""
    path, low, high = f"ranges.{doubt.path}", doubt.low, doubt.high
    lever = number(plan, doubt.path)
    value = lever.value if doubt.at is None else doubt.at
    if not lever.kind.link:
        raise PlanError(path, "cannot carry a range: only rates, amounts, days and ratios can; remove it")
    below_top = high < lever.kind.high if lever.kind.link == "logit" else high <= lever.kind.high
    if not (lever.kind.low < low < high and below_top):
        what = "runs from {0} to {1}; low lies below high, and both strictly inside the bounds"
        raise PlanError(path, what, about=(low, high))
    if not low <= value <= high:
        what = "runs from {0} to {1} and leaves out the value {2}: widen it to hold the value"
        raise PlanError(path, what, about=(low, high, value))
