"""The ask in one sentence, from the plan's own numbers: budget, period, customers, revenue, chance, break-even."""

from __future__ import annotations

import math

from planner import words
from planner.ask.uncertainty.simulation import Series
from planner.engine import Forecast
from planner.measure.metrics import read
from planner.plan import Plan
from planner.plan.metrics import choices_for
from planner.show.uncertainty.outlook import Outlook
from planner.show.uncertainty.sentences import chance_of, goal, percent

__all__ = ["headline_metric", "period", "proposed"]

FIRST = "won"  # what a plan without a target is about


def headline_metric(plan: Plan) -> str:
    """The figure that the brief is about: deals where they have a target or nothing has, else the first target's."""
    targets = [target.metric for target in plan.targets if target.metric in choices_for("explored")]
    return FIRST if FIRST in targets or not targets else targets[0]


def period(plan: Plan) -> str:
    """The months of a plan in words: "Jan 2027 to Dec 2027"."""
    first, last = words.month_name(plan, 0), words.month_name(plan, plan.months - 1)
    return first if plan.months == 1 else f"{first} to {last}"


def proposed(forecast: Forecast, outlook: Outlook | None, *, tail: bool = False) -> str:
    """The ask as the plan's own numbers propose it; without an outlook ranges and the chance are left out.

    It never has a blank: what is undefined is said in words.
    """
    plan = forecast.plan
    cost, won, revenue = (float(read(forecast, key, tail=tail)) for key in ("cost", "won", "revenue"))
    customers = words.counted(plan, won, "customer") + _span(
        plan, outlook, Series("won", tail=tail), "count", "80% range: "
    )
    worth = words.short(plan, revenue, "money") + _span(plan, outlook, Series("revenue", tail=tail), "money")
    when = f"in {period(plan)}" if plan.months == 1 else f"from {period(plan)}"
    budget = words.short(plan, cost, "money") if cost > 0 else "no budget"
    text = f"We ask for {budget} {when}, to win {customers} and {worth} in revenue"
    text += " with what closes later" if tail else ""
    return f"{text}; {_chance(plan, outlook, tail)}{_breaks_even(forecast)}."


def _span(plan: Plan, outlook: Outlook | None, series: Series, unit: str, name: str = "") -> str:
    """The 80 % range in brackets; "" before any draw, and where both ends read alike."""
    band = outlook.bands.get(series) if outlook else None
    if band is None or not math.isfinite(band.low + band.high):
        return ""
    low, high = (words.short(plan, end, unit) for end in (band.low, band.high))
    return "" if low == high else f" ({name}{low} to {high})"


def _chance(plan: Plan, outlook: Outlook | None, tail: bool) -> str:
    if outlook is None:
        return ""
    chance = chance_of(outlook, headline_metric(plan))
    return f"the chance of {goal(plan, chance.target)} is {percent(plan, chance.counted(tail))}, and "


def _breaks_even(forecast: Forecast) -> str:
    month = float(read(forecast, "break_even_month"))
    if not math.isfinite(month):
        return f"the plan does not break even by {words.month_name(forecast.plan, forecast.plan.months - 1)}"
    return f"the plan breaks even in {words.write(forecast.plan, month, 'month')}"
