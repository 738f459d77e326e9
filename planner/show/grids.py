"""Tables that are edited in place: a plan as a frame, and what was typed or pasted back as a plan.

Numbers stand in a frame as text with the plan's own decimal sign, and are read back with it: a sheet that says
"1.234,5" means what it says there, which no browser's number field would keep.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from planner import words
from planner.errors import PlanError
from planner.plan import Channel, Cost, Effort, Hire, Plan, replace, the
from planner.plan.edit import set_profile

__all__ = [
    "SHARED",
    "costs",
    "efforts",
    "hires",
    "per_names",
    "volumes",
    "with_costs",
    "with_efforts",
    "with_hires",
    "with_volumes",
]

Rows = Mapping[int, Mapping[str, Any]]
SHARED = "–"  # the channel of a cost that all share; no key of a channel can be this


def _shown(plan: Plan, value: float) -> str:
    return words.write_exact(float(f"{value:.12g}"), plan.locale)


def _number(plan: Plan, cell: Any, what: str, least: float = 0.0) -> float:
    """A typed or pasted cell as a number of at least `least`; PlanError says what is wrong with it."""
    text = "" if cell is None else cell.strip() if isinstance(cell, str) else _shown(plan, float(cell))
    if not text:
        raise PlanError(what, "was emptied: type a number, 0 for none")
    number = words.read_number(text, plan.locale)
    if isinstance(number, words.NoNumber) or number.percent:
        raise PlanError(what, f"is “{text}”; type a number")
    if number.other is not None:
        ways = f"{_shown(plan, number.value)} or {_shown(plan, number.other)}"
        raise PlanError(what, f"is “{text}”, which can be read in two ways; type {ways}")
    value = number.value
    if value < least:
        raise PlanError(what, f"is {text}; type {_shown(plan, least)} or more")
    return value


def volumes(plan: Plan, channel: Channel) -> pd.DataFrame:
    """Touches of a channel by month."""
    profile = channel.profile or (1.0,) * plan.months
    touches = [_shown(plan, round(channel.volume * f, 6)) for f in profile]
    return pd.DataFrame({"Month": words.month_names(plan), "Touches": touches})


def with_volumes(plan: Plan, key: str, rows: Rows) -> Plan:
    """The plan with these months' touches of a channel; the target volume stays, its multipliers move."""
    channel = the(plan.channels, key=key)
    profile = list(channel.profile or (1.0,) * plan.months)
    if not channel.volume:
        raise PlanError(f"{key}.volume", "is 0: set the target volume first, then its months")
    for row, cells in rows.items():
        where = f"{channel.label}, {words.month_name(plan, row)}"
        profile[row] = _number(plan, cells["Touches"], where) / channel.volume
    return set_profile(plan, key, tuple(profile))


def per_names(plan: Plan) -> dict[str, str]:
    """What a cost can be paid for, with its name: a time, revenue, an hour, or an arrival at a stage."""
    made = {"month": "month", "once": "once", "revenue": "share of revenue", "hour": "hour"}
    made |= {f"sales.{s.key}": s.label for s in plan.sales}
    return made | {f"{c.key}.{s.key}": f"{c.label}: {s.label.lower()}" for c in plan.channels for s in c.stages}


def costs(plan: Plan) -> pd.DataFrame:
    """The costs of a plan, a row each."""
    rows = [(c.label, _shown(plan, c.amount), c.per, c.channel or SHARED) for c in plan.costs]
    return pd.DataFrame(rows, columns=["Cost", "Amount", "Per", "Channel"])


def with_costs(plan: Plan, rows: Rows) -> Plan:
    """The plan with these cells of its costs."""
    made = list(plan.costs)
    for row, cells in rows.items():
        old = made[row]
        made[row] = Cost(
            old.key,
            str(cells.get("Cost") or old.label),
            _number(plan, cells["Amount"], f"Amount of {old.label}") if "Amount" in cells else old.amount,
            cells.get("Per") or old.per,
            {SHARED: None, "": None}.get(cells["Channel"], cells["Channel"]) if "Channel" in cells else old.channel,
        )
    return replace(plan, costs=tuple(made))


def stage_names(plan: Plan) -> dict[str, str]:
    """Every stage path with its channel's and its own label: "E-mail: sent"."""
    own = {f"{c.key}.{s.key}": f"{c.label}: {words.in_text(s.label)}" for c in plan.channels for s in c.stages}
    return own | {f"sales.{s.key}": f"Sales: {words.in_text(s.label)}" for s in plan.sales}


def efforts(plan: Plan) -> pd.DataFrame:
    """Minutes a rep spends on each arrival at a stage, a row a stage; 0: none."""
    minutes = {effort.stage: effort.minutes for effort in plan.efforts}
    rows = [(name, _shown(plan, minutes.get(path, 0.0))) for path, name in _effort_names(plan).items()]
    return pd.DataFrame(rows, columns=["For each", "Minutes"])


def with_efforts(plan: Plan, rows: Rows) -> Plan:
    """The plan with these minutes; a stage with none costs no time."""
    names = _effort_names(plan)
    made = {effort.stage: effort.minutes for effort in plan.efforts}
    for row, cells in rows.items():
        path = list(names)[row]
        made[path] = _number(plan, cells["Minutes"], f"Minutes of {names[path]}")
    return replace(plan, efforts=tuple(Effort(path, minutes) for path, minutes in made.items() if minutes))


def _effort_names(plan: Plan) -> dict[str, str]:
    """Every stage, and those of channels' own sales rows that minutes are given for already."""
    names = stage_names(plan)
    return names | {effort.stage: effort.stage for effort in plan.efforts if effort.stage not in names}


def _joined(plan: Plan) -> list[float]:
    return [float(sum(h.reps for h in plan.team.hires if h.month == t)) for t in range(plan.months)]


def hires(plan: Plan) -> pd.DataFrame:
    """Reps who join, or (negative) leave, by month."""
    joined = [_shown(plan, n) for n in _joined(plan)]
    return pd.DataFrame({"Month": words.month_names(plan), "Reps who join": joined})


def with_hires(plan: Plan, rows: Rows) -> Plan:
    """The plan with these months' hires."""
    joined = _joined(plan)
    for row, cells in rows.items():
        where = f"Reps who join in {words.month_name(plan, row)}"
        joined[row] = _number(plan, cells["Reps who join"], where, least=-math.inf)
    made = tuple(Hire(month, n) for month, n in enumerate(joined) if n)
    return replace(plan, team=replace(plan.team, hires=made))
