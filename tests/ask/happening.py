"""Small plans with numbers for a sheet of paper, and actuals that happened exactly as a plan's forecast says."""

from __future__ import annotations

from planner.actuals.actuals import Actuals, Fact, last_day
from planner.calendar import month_keys
from planner.engine import forecast
from planner.plan import Channel, Cost, Deal, Delay, Plan, Stage, Team, merged


def chain(key: str, volume: float, rates: tuple[float, ...], delay: Delay | None = None, **more: object) -> Channel:
    """sent → replied → appointment with the last two rates, or sent → appointment where there is one."""
    names = ("replied", "appointment")[-len(rates) :]
    stages, parent = [Stage("sent", "Sent", None, 1.0)], "sent"
    for name, rate in zip(names, rates, strict=True):
        stages.append(Stage(name, name.title(), parent, rate, delay, main=True))
        parent, delay = name, None
    return Channel(key, "custom", key.title(), volume, tuple(stages), **more)  # type: ignore[arg-type]


def paper(
    *channels: Channel, months: int = 1, won: float = 1.0, value: float = 100.0, costs: tuple[Cost, ...] = ()
) -> Plan:
    """A plan whose every appointment is held and an opportunity; a share `won` of them is won."""
    sales, parent = [], "appointment"
    for key, rate in (("unique", 1.0), ("held", 1.0), ("opportunity", 1.0), ("won", won)):
        sales.append(Stage(key, key.title(), parent, rate, main=True))
        parent = key
    return Plan("Paper", "EUR", "2027-01", months, "NO", "en", channels, tuple(sales), Deal(value, 0.5), Team(), costs)


def as_planned(plan: Plan, months: int) -> Actuals:
    """Every stage of the plan's first months as its own forecast has it, known on the last day of the last of them."""
    planned, keys = forecast(plan), month_keys(plan.start, months)
    return Actuals(
        last_day(keys[-1]),
        tuple(
            Fact("made", month, channel.key, stage.key, float(count))
            for channel in plan.channels
            if channel.active
            for stage in merged(channel.stages, plan.sales)
            for month, count in zip(keys, planned.arrivals[f"{channel.key}.{stage.key}"], strict=False)
        ),
    )


def told(plan: Plan, **counts: float) -> Actuals:
    """One month's actuals: `email_sent=900` is 900 at email.sent, `sales_won=3` three deals of no channel."""
    month = month_keys(plan.start, 1)[0]
    places = (name.split("_", 1) for name in counts)
    facts = (Fact("told", month, *place, count) for place, count in zip(places, counts.values(), strict=True))
    return Actuals(last_day(month), tuple(facts))
