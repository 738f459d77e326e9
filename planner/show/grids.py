"""Tables that are edited in place: a plan as a frame, and what was typed or pasted back as a plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from planner import words
from planner.edit import set_profile
from planner.errors import PlanError
from planner.plan import Channel, Cost, Effort, Hire, Plan, merged, replace, the

__all__ = ["costs", "efforts", "hires", "pers", "volumes", "with_costs", "with_efforts", "with_hires", "with_volumes"]

Rows = Mapping[int, Mapping[str, Any]]


def _number(value: Any, what: str) -> float:
    if value is None:
        raise PlanError(what, "was emptied: type a number, 0 for none")
    return float(value)


def volumes(plan: Plan, channel: Channel) -> pd.DataFrame:
    """Touches of a channel by month."""
    profile = channel.profile or (1.0,) * plan.months
    return pd.DataFrame({"Month": words.month_names(plan), "Touches": [round(channel.volume * f, 6) for f in profile]})


def with_volumes(plan: Plan, key: str, rows: Rows) -> Plan:
    """The plan with these months' touches of a channel; the target volume stays, its multipliers move."""
    channel = the(plan.channels, key=key)
    profile = list(channel.profile or (1.0,) * plan.months)
    if not channel.volume:
        raise PlanError(f"{key}.volume", "is 0: set the target volume first, then its months")
    for row, cells in rows.items():
        profile[row] = _number(cells.get("Touches"), f"{key}.profile.{row}") / channel.volume
    return set_profile(plan, key, tuple(profile))


def pers(plan: Plan) -> list[str]:
    """What a cost can be paid for: a time, revenue, an hour, or an arrival at a stage."""
    stages = [f"{c.key}.{s.key}" for c in plan.channels for s in c.stages]
    return ["month", "once", "revenue", "hour", *(f"sales.{s.key}" for s in plan.sales), *stages]


def costs(plan: Plan) -> pd.DataFrame:
    """The costs of a plan, a row each."""
    rows = [(c.label, c.amount, c.per, c.channel or "") for c in plan.costs]
    return pd.DataFrame(rows, columns=["Cost", "Amount", "Per", "Channel"])


def with_costs(plan: Plan, rows: Rows) -> Plan:
    """The plan with these cells of its costs."""
    made = list(plan.costs)
    for row, cells in rows.items():
        old = made[row]
        made[row] = Cost(
            old.key,
            str(cells.get("Cost") or old.label),
            _number(cells.get("Amount", old.amount), f"costs.{old.key}.amount"),
            cells.get("Per") or old.per,
            (cells["Channel"] or None) if "Channel" in cells else old.channel,
        )
    return replace(plan, costs=tuple(made))


def efforts(plan: Plan) -> pd.DataFrame:
    """Minutes a rep spends on each arrival at a stage."""
    names = {
        f"{c.key}.{s.key}": f"{c.label}: {s.label.lower()}" for c in plan.channels for s in merged(c.stages, plan.sales)
    }
    names |= {f"sales.{s.key}": f"Sales: {s.label.lower()}" for s in plan.sales}
    return pd.DataFrame([(names[e.stage], e.minutes) for e in plan.efforts], columns=["For each", "Minutes"])


def with_efforts(plan: Plan, rows: Rows) -> Plan:
    """The plan with these minutes."""
    made = list(plan.efforts)
    for row, cells in rows.items():
        made[row] = Effort(made[row].stage, _number(cells.get("Minutes"), f"efforts.{made[row].stage}.minutes"))
    return replace(plan, efforts=tuple(made))


def hires(plan: Plan) -> pd.DataFrame:
    """Reps who join, or (negative) leave, by month."""
    joined = [sum(h.reps for h in plan.team.hires if h.month == t) for t in range(plan.months)]
    return pd.DataFrame({"Month": words.month_names(plan), "Reps who join": [float(n) for n in joined]})


def with_hires(plan: Plan, rows: Rows) -> Plan:
    """The plan with these months' hires."""
    joined = dict(enumerate(hires(plan)["Reps who join"]))
    for row, cells in rows.items():
        joined[row] = _number(cells.get("Reps who join"), f"team.hires.{row}.reps")
    made = tuple(Hire(month, float(n)) for month, n in joined.items() if n)
    return replace(plan, team=replace(plan.team, hires=made))
