"""A plan in another currency: every sum of money converted, and nothing else."""

from __future__ import annotations

import math

from planner.errors import PlanError
from planner.plan.levers import levers
from planner.plan.metrics import METRICS
from planner.plan.paths import locate, put
from planner.plan.types import Plan, Range, Target, replace

__all__ = ["check_same_currency", "converted", "counts_money", "same_currency"]


def converted(plan: Plan, rate: float, to: str) -> Plan:
    """The plan in currency `to`, with every amount, its range and every target in money multiplied by `rate`.

    `rate` is what one unit of the plan's currency costs in `to`. A cost per revenue is a share and stays. Raises
    PlanError for a rate that is not above 0, for no currency, and for an amount that becomes too large.

    >>> from planner import starter
    >>> converted(starter("email"), 11.7, "NOK").currency
    'NOK'
    """
    if not (math.isfinite(rate) and rate > 0):
        raise PlanError("currency", f"is converted at {rate:g}; a rate of exchange lies above 0")
    money = {lever.path: lever.value for lever in levers(plan) if lever.kind.written == "money"}
    amounts = replace(plan, ranges=())
    for path, value in money.items():
        amounts = put(amounts, locate(plan, path), _times(value, rate))
    ranges = tuple(_range(band, rate) if band.path in money else band for band in plan.ranges)
    targets = tuple(_target(target, rate) for target in plan.targets)
    return replace(amounts, currency=to, ranges=ranges, targets=targets)


def same_currency(*plans: Plan) -> bool:
    """Whether sums of money of these plans may be subtracted and ranked."""
    return len({plan.currency for plan in plans}) < 2


def check_same_currency(before: Plan, after: Plan, metric: str) -> None:
    """Raises PlanError where a metric counts money and the plans count it in different currencies."""
    if counts_money(metric) and not same_currency(before, after):
        both = f"{before.currency} in one plan and {after.currency} in the other"
        raise PlanError(metric, f"is in {both}; sums in different currencies are not subtracted: convert one plan")


def counts_money(metric: str) -> bool:
    """Whether a metric is a sum of money, or is formed of one."""
    row = METRICS[metric]
    return row.unit == "money" or any(counts_money(part) for part in row.parts)


def _times(value: float, rate: float) -> float:
    """An amount converted, without the noise of its last binary digits."""
    return float(f"{value * rate:.14g}")


def _range(band: Range, rate: float) -> Range:
    stood = None if band.at is None else _times(band.at, rate)
    return Range(band.path, _times(band.low, rate), _times(band.high, rate), stood)


def _target(target: Target, rate: float) -> Target:
    money = METRICS[target.metric].unit == "money"
    return Target(target.metric, _times(target.value, rate)) if money else target
