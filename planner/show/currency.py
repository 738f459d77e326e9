"""Plans in different currencies, in words: what is not compared, and what a conversion does."""

from __future__ import annotations

from planner import words
from planner.plan import Plan
from planner.plan.currency import counts_money, same_currency
from planner.plan.levers import lever
from planner.plan.metrics import METRICS

__all__ = ["SCOPE", "preview", "uncompared"]

SCOPE = (
    "Converting covers amounts, their ranges and targets in the plan, the baseline and the scenarios, and money in "
    "actuals. It is one step that Undo takes back."
)
_EXAMPLE = "deal.value"


def uncompared(plan: Plan, base: Plan, metric: str) -> str:
    """Why a figure has no difference from the baseline: "baseline in EUR"; "" where it has one."""
    money = METRICS[metric].unit == "money" and counts_money(metric)
    return f"baseline in {base.currency}" if money and not same_currency(plan, base) else ""


def preview(plan: Plan, other: Plan) -> str:
    """What a conversion makes of an amount: "A deal value of €12,000 becomes NOK 140,400."."""
    before, after = (words.write(each, lever(each, _EXAMPLE).value, "money") for each in (plan, other))
    return f"A {lever(plan, _EXAMPLE).name} of {before} becomes {after}."
