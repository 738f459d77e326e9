"""Who does the work: the team, who joins when, and whether their hours are enough."""

from __future__ import annotations

import math

from planner import words
from planner.engine import Forecast
from planner.measure.metrics import read
from planner.plan import Hire, Plan
from planner.show.brief.value import Section
from planner.show.forecast.charts import hours

__all__ = ["people"]


def people(forecast: Forecast) -> Section:
    """The hiring plan in sentences, and hours needed against hours available by month."""
    plan = forecast.plan
    sentences = tuple(filter(None, (_team(plan), _cost(forecast), _busiest(forecast))))
    return Section("people", "Hiring plan", sentences, chart=hours(forecast))


def _team(plan: Plan) -> str:
    """Who is there at the start and who joins or leaves when."""
    start = f"{words.counted(plan, plan.team.reps, 'rep')} at the start" if plan.team.reps else "Nobody at the start"
    hires = [hire for hire in sorted(plan.team.hires, key=lambda hire: hire.month) if hire.reps]
    if not hires:
        return f"{start}; nobody joins or leaves."
    return f"{start}; {', '.join(_hire(plan, hire) for hire in hires)}."


def _hire(plan: Plan, hire: Hire) -> str:
    many, month = words.counted(plan, abs(hire.reps), "rep"), words.month_name(plan, hire.month)
    if hire.reps > 0:
        return f"{many} more from {month}"
    return f"{many} fewer from {month}"


def _cost(forecast: Forecast) -> str:
    """What the team costs in the plan; "" where it costs nothing."""
    plan = forecast.plan
    cost = float((forecast.payroll() * plan.team.cost_per_month).sum())
    if not cost > 0:
        return ""
    each, total = words.short(plan, plan.team.cost_per_month, "money"), words.short(plan, cost, "money")
    return f"The team costs {total} in the plan, {each} for each rep and month."


def _busiest(forecast: Forecast) -> str:
    """How much of the team's time the plan needs, and the month that needs most of it."""
    plan, share = forecast.plan, read(forecast, "utilisation", by_month=True)
    whole = float(read(forecast, "utilisation"))
    if not math.isfinite(whole):
        return ""
    month = max(range(plan.months), key=lambda t: share[t] if math.isfinite(share[t]) else -1.0)
    most, over_all = (words.short(plan, round(part, 2), "percent") for part in (float(share[month]), whole))
    return f"The work takes {over_all} of their hours, {most} in {words.month_name(plan, month)}."
