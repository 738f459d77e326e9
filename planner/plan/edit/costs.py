"""Costs come and go."""

from __future__ import annotations

from planner.errors import PlanError
from planner.plan.edit.parts import settled
from planner.plan.starter import free_key
from planner.plan.types import Cost, Plan, replace

__all__ = ["add_cost", "remove_cost"]


def add_cost(plan: Plan, label: str, amount: float, per: str = "month", channel: str | None = None) -> Plan:
    """The plan with one cost more; `per` and `channel` as in `Cost`."""
    key = free_key(label, {"team", *(cost.key for cost in plan.costs)})
    return replace(plan, costs=(*plan.costs, Cost(key, label, amount, per, channel)))


def remove_cost(plan: Plan, key: str) -> Plan:
    """The plan without the cost."""
    staying = tuple(cost for cost in plan.costs if cost.key != key)
    if staying == plan.costs:
        raise PlanError(f"costs.{key}", "is no cost of this plan")
    return settled(plan, costs=staying)
