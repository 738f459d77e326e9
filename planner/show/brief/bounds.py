"""Where the plan ends: limits that it breaks, and what its figures leave out."""

from __future__ import annotations

from collections.abc import Iterator

from planner import words
from planner.engine import Forecast
from planner.measure.alerts import alerts
from planner.measure.metrics import read
from planner.plan import Deal, Plan
from planner.plan.levers import levers
from planner.show.brief.value import Section

__all__ = ["excluded", "limits"]

GRAVE = ("limit", "warning")
BESIDE = "target"  # a kind of alert that stands beside its key figure


def limits(forecast: Forecast) -> Section:
    """Limits and warnings, the gravest first; that there are none is said too."""
    grave = tuple(alert for alert in alerts(forecast) if alert.severity in GRAVE and alert.what != BESIDE)
    broken = sum(alert.severity == "limit" for alert in grave)
    sentence = f"{words.counted(forecast.plan, broken, 'limit')} broken" if broken else "No limit is broken"
    if more := len(grave) - broken:
        sentence += f"; {words.counted(forecast.plan, more, 'warning')}"
    return Section("limits", "Limits", (f"{sentence}.",), alerts=grave)


def excluded(forecast: Forecast, *, tail: bool = False) -> Section:
    """What is not in the figures, as far as the plan itself can tell."""
    points = tuple(filter(None, ("" if tail else _later(forecast), *_scope(forecast.plan), _exact(forecast.plan))))
    return Section("excluded", "What is not included", points=points)


def _later(forecast: Forecast) -> str:
    """What closes after the plan; "" where nothing does."""
    plan = forecast.plan
    deals, revenue = (float(read(forecast, key, tail=True) - read(forecast, key)) for key in ("won", "revenue"))
    if not deals > 0.05:
        return ""
    many, worth = words.counted(plan, deals, "deal"), words.short(plan, revenue, "money")
    last = words.month_name(plan, plan.months - 1)
    return f"{many} worth {worth} that the plan’s own activity brings after {last}."


def _scope(plan: Plan) -> Iterator[str]:
    """What the rules of counting leave out."""
    if any(deal.purchases_per_year * deal.lifetime_years > 1 for deal in _deals(plan)):
        yield "Later purchases of the same customers: revenue is that of the first one."
    if plan.opening:
        yield "What was under way at the start, in CAC and ROI only; its deals and revenue are counted."
    off = [channel.label for channel in plan.channels if not channel.active]
    if off:
        yield f"Channels that are switched off: {', '.join(off)}."
    if plan.team.cost_per_month == 0:
        yield "The cost of the people who do the work: the plan has none."
    yield "Money spent before the start, taxes, interest, and any cost that the plan does not list."


def _deals(plan: Plan) -> list[Deal]:
    return [plan.deal, *(channel.deal for channel in plan.channels if channel.active and channel.deal is not None)]


def _exact(plan: Plan) -> str:
    """How many inputs the ranges leave aside."""
    ranged, every = len(plan.ranges), sum(bool(item.kind.link) for item in levers(plan))
    if not ranged:
        return "Doubt about any input: none has a range, so the 80% ranges show chance alone."
    return f"{words.counted(plan, every - ranged, 'input')} without a range: they are taken as exact."
