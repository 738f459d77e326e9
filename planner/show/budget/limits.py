"""The limits that a best mix respects: their names, what more of each would bring, and the grid to set them in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from planner import words
from planner.ask.budget.allocation import Allocation
from planner.errors import Binding
from planner.measure.metrics import METRICS
from planner.plan import Channel, Limit, Plan
from planner.plan.edit import with_limit
from planner.show.grids import optional_number, written
from planner.show.limiting import ROOM, limit_name
from planner.show.tables import Cell, Table

__all__ = ["chips", "constraints", "limits", "with_limits"]

Rows = Mapping[int, Mapping[str, Any]]


def constraints(plan: Plan, allocation: Allocation) -> Table:
    """The limits that bind, where each stands, and what relaxing it would bring."""
    rows = []
    for limit in allocation.binding:
        step = ROOM[limit.what]
        level = step.written(plan, limit.level) + (
            f", tightest in {words.month_name(plan, limit.month)}" if limit.month is not None else ""
        )
        worth = words.short(plan, limit.price * step.units, METRICS[allocation.metric].unit)
        relaxed = f"{step.written(plan, step.units)} {step.more}"
        rows.append((Cell(limit_name(plan, limit), note=level), relaxed, worth))
    label = words.in_text(METRICS[allocation.metric].label)
    return Table(("Constraint", "If relaxed by", f"Extra {label}"), tuple(rows), numbers=2)


def chips(plan: Plan, allocation: Allocation) -> Markup:
    """Every limit there is as a chip; those that bind are marked and carry their price."""
    binding = {(limit.what, limit.channels): limit for limit in allocation.binding}
    there = [*_standing(plan, allocation), *(limit for key, limit in binding.items())]
    pieces = []
    for key in dict.fromkeys((limit.what, limit.channels) for limit in there):
        limit = binding.get(key)
        name = limit_name(plan, limit or Binding(*key))
        if limit is None:
            pieces.append(Markup('<li class="chip">{}</li>').format(name))
            continue
        step = ROOM[limit.what]
        worth = words.short(plan, limit.price * step.units, METRICS[allocation.metric].unit)
        price = f"{step.written(plan, step.units)} {step.more}: +{worth}"
        pieces.append(Markup('<li class="chip binds">{} <small>{}</small></li>').format(name, price))
    return Markup('<ul class="chips" aria-label="{}">{}</ul>').format(
        escape("Constraints; those that bind carry what relaxing them would add"), Markup("").join(pieces)
    )


def _standing(plan: Plan, allocation: Allocation) -> list[Binding]:
    """The limits of the plan, whether they bind or not."""
    standing = [Binding("budget")]
    if plan.team.reps or plan.team.hires:
        standing.append(Binding("hours"))
    bounds = {limit.channel: limit for limit in plan.limits}
    for channel in plan.channels:
        if channel.key not in allocation.spend:
            continue
        bound, alone = bounds.get(channel.key, Limit(channel.key)), (channel.key,)
        standing += [Binding("pace", alone)] if channel.pace is not None else []
        standing += [Binding("audience", alone)] if channel.audience is not None else []
        standing += [Binding("most", alone)] if bound.most is not None else []
        standing += [Binding("least", alone)] if bound.least else []
    return standing


# -- the grid ---------------------------------------------------------------------------------------------------------


def _on(plan: Plan) -> list[Channel]:
    return [channel for channel in plan.channels if channel.active]


def limits(plan: Plan) -> pd.DataFrame:
    """Touches a month of each active channel: now, its minimum and maximum, and whether it is locked."""
    bounds = {limit.channel: limit for limit in plan.limits}
    rows = []
    for channel in _on(plan):
        limit = bounds.get(channel.key, Limit(channel.key))
        ends = (written(plan, end) if end is not None else "" for end in (limit.least or None, limit.most))
        now = written(plan, round(channel.volume))
        rows.append((channel.label, now, *ends, limit.least == limit.most))
    frame = pd.DataFrame(rows, columns=["Channel", "Now", "Minimum", "Maximum", "Locked"])
    return frame.astype({"Locked": bool})


def with_limits(plan: Plan, rows: Rows) -> Plan:
    """The plan with these cells of its limits: a lock holds a channel where it stands, an empty cell is no limit."""
    bounds = {limit.channel: limit for limit in plan.limits}
    for row, cells in rows.items():
        channel = _on(plan)[row]
        plan = with_limit(plan, _limit(plan, channel, bounds.get(channel.key, Limit(channel.key)), cells))
    return plan


def _limit(plan: Plan, channel: Channel, old: Limit, cells: Mapping[str, Any]) -> Limit:
    if "Locked" in cells:
        return Limit(channel.key, channel.volume, channel.volume) if cells["Locked"] else Limit(channel.key)
    ends: dict[str, float | None] = {"Minimum": old.least, "Maximum": old.most}
    for name in ends.keys() & cells.keys():
        ends[name] = optional_number(plan, cells[name], f"{name} of {channel.label}")
    return Limit(channel.key, ends["Minimum"] or 0.0, ends["Maximum"])
