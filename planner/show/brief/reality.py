"""What has happened so far, held against the plan."""

from __future__ import annotations

from planner.actuals.actuals import Actuals
from planner.ask.variance.to_date import to_date
from planner.errors import PlanError
from planner.plan import Plan
from planner.show import variance
from planner.show.brief.value import Section

__all__ = ["reality"]


def reality(plan: Plan, actuals: Actuals) -> Section:
    """Plan against actuals to date, in a sentence and by channel; where they cannot be compared, why."""
    try:
        comparison = to_date(plan, actuals)
    except PlanError as error:
        return Section("reality", "What has happened so far", (str(error),))
    table = variance.channels(comparison, plan)
    return Section("reality", "What has happened so far", (variance.sentence(plan, comparison),), table=table)
