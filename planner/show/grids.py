"""Tables that are edited in place: a plan as a frame, and what was typed or pasted back as a plan.

Numbers stand in a frame as text with the plan's own decimal sign, and are read back with it: a sheet that says
"1.234,5" means what it says there, which no browser's number field would keep.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from planner import words
from planner.errors import PlanError
from planner.plan import Channel, Cost, Effort, Hire, Plan, Stage, edit, replace, the
from planner.plan.edit import set_profile, with_rates_by_month
from planner.plan.levers import lever
from planner.plan.naming import arrivals_name, capital, minutes_name

__all__ = [
    "DELETE", "SHARED", "Edits", "costs", "efforts", "hires", "month_choices", "optional_number", "per_names", "rates",
    "typed_number", "volumes", "with_costs", "with_efforts", "with_hires", "with_rates", "with_volumes", "written",
]  # fmt: skip

Rows = Mapping[int, Mapping[str, Any]]
SHARED = "–"  # the channel of a cost that all share; no key of a channel can be this
DELETE = "Delete"  # the column that takes its row out
WHOLE_PLAN = -1  # the last month of a cost that runs to the end, as the chooser of a cell holds it
TIMES = {"month": "month", "once": "once", "revenue": "share of revenue", "hour": "hour"}


@dataclass(frozen=True)
class Edits:
    """What was typed into a table: cells by row and column, rows that were added, rows that were deleted."""

    cells: Mapping[int, Mapping[str, Any]]
    added: Sequence[Mapping[str, Any]] = ()
    deleted: Sequence[int] = field(default=())


def written(plan: Plan, value: float) -> str:
    """A number as a cell holds it: all its digits, with the plan’s signs."""
    number = float(f"{value:.12g}")
    return words.in_field(plan, number, 0) if number.is_integer() else words.write_exact(number, plan.locale)


def typed_number(plan: Plan, cell: Any, what: str, least: float = 0.0, *, percent: bool = False) -> float:
    """A typed or pasted cell as a number of at least `least`; PlanError says what is wrong with it.

    With `percent` the cell holds a share in percent, with or without its sign.
    """
    text = "" if cell is None else cell.strip() if isinstance(cell, str) else written(plan, float(cell))
    if not text:
        raise PlanError(what, "was emptied: type a number, 0 for none")
    number = words.read_number(text, plan.locale)
    if isinstance(number, words.NoNumber) or (number.percent and not percent):
        raise PlanError(what, f"is “{text}”; type a number")
    if number.other is not None:
        ways = f"{written(plan, number.value)} or {written(plan, number.other)}"
        raise PlanError(what, f"is “{text}”, which can be read in two ways; type {ways}")
    value = number.value / 100 if percent and not number.percent else number.value
    if value < least:
        raise PlanError(what, f"is {text}; type {written(plan, least)} or more")
    return value


def optional_number(plan: Plan, cell: Any, what: str, least: float = 0.0, *, percent: bool = False) -> float | None:
    """The same for a cell that may be empty: then None."""
    empty = cell is None or (isinstance(cell, str) and not cell.strip())
    return None if empty else typed_number(plan, cell, what, least, percent=percent)


# -- months -----------------------------------------------------------------------------------------------------------


def volumes(plan: Plan, channel: Channel) -> pd.DataFrame:
    """Touches of a channel by month."""
    profile = channel.profile or (1.0,) * plan.months
    touches = [written(plan, round(channel.volume * factor, 6)) for factor in profile]
    return pd.DataFrame({"Month": words.month_names(plan), "Touches": touches})


def with_volumes(plan: Plan, key: str, rows: Rows) -> Plan:
    """The plan with these months' touches of a channel; the target volume stays, its multipliers move."""
    channel = the(plan.channels, key=key)
    profile = list(channel.profile or (1.0,) * plan.months)
    if not channel.volume:
        raise PlanError(f"{key}.volume", "is 0: set the target volume first, then its months")
    for row, cells in rows.items():
        where = f"{channel.label}, {words.month_name(plan, row)}"
        profile[row] = typed_number(plan, cells["Touches"], where) / channel.volume
    return set_profile(plan, key, tuple(profile))


def _stage(plan: Plan, prefix: str, key: str) -> Stage:
    return the(plan.sales if prefix == "sales" else the(plan.channels, key=prefix).stages, key=key)


def rates(plan: Plan, prefix: str, key: str) -> pd.DataFrame:
    """A stage's rate by month in percent, before its list and what assists it."""
    stage = _stage(plan, prefix, key)
    by_month = stage.by_month or (1.0,) * plan.months
    shares = [written(plan, round(100 * min(1.0, stage.rate * factor), 6)) for factor in by_month]
    return pd.DataFrame({"Month": words.month_names(plan), "Rate (%)": shares})


def with_rates(plan: Plan, prefix: str, key: str, rows: Rows) -> Plan:
    """The plan with these months' rates of a stage; the rate itself stays, its multipliers move."""
    stage, name = _stage(plan, prefix, key), lever(plan, f"{prefix}.{key}.rate").title
    if not stage.rate:
        raise PlanError(f"{prefix}.{key}.rate", "is 0: set the rate first, then its months")
    by_month = list(stage.by_month or (1.0,) * plan.months)
    for row, cells in rows.items():
        where = f"{name}, {words.month_name(plan, row)}"
        share = typed_number(plan, cells["Rate (%)"], where, percent=True)
        if share > 1:
            raise PlanError(where, f"is {cells['Rate (%)']}%; a rate lies between 0 and 100%")
        by_month[row] = share / stage.rate
    return with_rates_by_month(plan, prefix, key, by_month)


# -- costs ------------------------------------------------------------------------------------------------------------


def per_names(plan: Plan) -> dict[str, str]:
    """What a cost can be paid for, with its name: a time, revenue, an hour, or an arrival at a stage."""
    stages = [f"{channel.key}.{stage.key}" for channel in plan.channels for stage in channel.stages]
    stages += [f"sales.{stage.key}" for stage in plan.sales]
    return TIMES | {path: capital(arrivals_name(plan, path)) for path in stages}


def month_choices(plan: Plan, *, last: bool = False) -> dict[int, str]:
    """The months a cost can begin in, or (`last`) end in, by their number."""
    names = dict(enumerate(words.month_names(plan)))
    beyond = {cost.last for cost in plan.costs if cost.last is not None} | {cost.first for cost in plan.costs}
    names |= {month: f"month {month + 1}" for month in sorted(beyond) if month >= plan.months}
    return {WHOLE_PLAN: "plan end"} | names if last else names


def costs(plan: Plan) -> pd.DataFrame:
    """The costs of a plan, one row each; shares of revenue in percent."""
    columns = ["Cost", "Amount", "Per", "Step", "From", "To", "Channel"]
    return pd.DataFrame([_cost_row(plan, cost) for cost in plan.costs], columns=columns)


def _cost_row(plan: Plan, cost: Cost) -> tuple[Any, ...]:
    amount = f"{written(plan, 100 * cost.amount)} %" if cost.per == "revenue" else written(plan, cost.amount)
    step = "" if cost.step is None else written(plan, cost.step)
    last = WHOLE_PLAN if cost.last is None else cost.last
    return cost.label, amount, cost.per, step, cost.first, last, _owner(plan, cost)


def _owner(plan: Plan, cost: Cost) -> str:
    """The channel that a cost counts for: its own, or that of the arrivals it is paid for."""
    paid_for = cost.per.partition(".")[0]
    return cost.channel or (paid_for if any(channel.key == paid_for for channel in plan.channels) else SHARED)


def with_costs(plan: Plan, edits: Edits) -> Plan:
    """The plan with these cells of its costs, with rows added and without those deleted."""
    changed = replace(plan, costs=tuple(_edited(plan, row, edits) for row in range(len(plan.costs))))
    for row in sorted({*edits.deleted, *(row for row, cells in edits.cells.items() if cells.get(DELETE))}):
        changed = edit.remove_cost(changed, plan.costs[row].key)
    for cells in edits.added:
        changed = edit.add_cost(changed, str(cells.get("Cost") or "New cost"), 0.0)
        *others, new = changed.costs
        changed = replace(changed, costs=(*others, _cost(plan, new, cells)))
    return changed


def _edited(plan: Plan, row: int, edits: Edits) -> Cost:
    """One cost with its cells; what was typed into a row that is deleted says nothing."""
    cells = edits.cells.get(row, {})
    cells = {} if row in edits.deleted or cells.get(DELETE) else cells
    return _cost(plan, plan.costs[row], cells)


def _cost(plan: Plan, before: Cost, cells: Mapping[str, Any]) -> Cost:
    """One cost with what was typed into its row."""
    per = cells.get("Per") or before.per
    amount, step, last = before.amount, before.step, before.last
    if "Amount" in cells:
        amount = typed_number(plan, cells["Amount"], f"Amount of {before.label}", percent=per == "revenue")
    elif per == "revenue" != before.per:
        amount = min(amount / 100, 1.0)  # a typed 5 becomes 5 % of revenue
    if "Step" in cells:
        step = (
            typed_number(plan, cells["Step"], f"Step of {before.label}") if str(cells["Step"] or "").strip() else None
        )
    if "To" in cells:
        last = None if cells["To"] in (None, WHOLE_PLAN) else int(cells["To"])
    channel = before.channel
    if "Channel" in cells and cells["Channel"] != _owner(plan, before):
        channel = None if cells["Channel"] in (None, "", SHARED) else str(cells["Channel"])
    if per in TIMES:  # what is paid by time or share has no steps
        step = None
    label, first = str(cells.get("Cost") or before.label), before.first
    if "From" in cells:
        first = int(cells["From"] or 0)
    return Cost(before.key, label, amount, per, channel, first, None if per == "once" else last, step or None)


# -- people -----------------------------------------------------------------------------------------------------------


def efforts(plan: Plan) -> pd.DataFrame:
    """Minutes a rep spends on each arrival at a stage, one row per stage; 0: none."""
    minutes = {effort.stage: effort.minutes for effort in plan.efforts}
    rows = [(capital(minutes_name(plan, path)), written(plan, minutes.get(path, 0.0))) for path in _effort_paths(plan)]
    return pd.DataFrame(rows, columns=["Work", "Minutes"])


def with_efforts(plan: Plan, rows: Rows) -> Plan:
    """The plan with these minutes; a stage with none costs no time."""
    paths = _effort_paths(plan)
    minutes = {effort.stage: effort.minutes for effort in plan.efforts}
    for row, cells in rows.items():
        minutes[paths[row]] = typed_number(plan, cells["Minutes"], capital(minutes_name(plan, paths[row])))
    return replace(plan, efforts=tuple(Effort(path, number) for path, number in minutes.items() if number))


def _effort_paths(plan: Plan) -> list[str]:
    """Every stage, and those of channels' own sales rows that minutes are given for already."""
    paths = [f"{channel.key}.{stage.key}" for channel in plan.channels for stage in channel.stages]
    paths += [f"sales.{stage.key}" for stage in plan.sales]
    return [*paths, *(effort.stage for effort in plan.efforts if effort.stage not in paths)]


def _joining(plan: Plan) -> list[float]:
    return [float(sum(hire.reps for hire in plan.team.hires if hire.month == month)) for month in range(plan.months)]


def hires(plan: Plan) -> pd.DataFrame:
    """Reps who join, or (negative) leave, by month."""
    joining = [written(plan, reps) for reps in _joining(plan)]
    return pd.DataFrame({"Month": words.month_names(plan), "Reps who join": joining})


def with_hires(plan: Plan, rows: Rows) -> Plan:
    """The plan with these months' hires."""
    joining = _joining(plan)
    for row, cells in rows.items():
        where = f"Reps who join in {words.month_name(plan, row)}"
        joining[row] = typed_number(plan, cells["Reps who join"], where, least=-math.inf)
    hired = tuple(Hire(month, reps) for month, reps in enumerate(joining) if reps)
    return replace(plan, team=replace(plan.team, hires=hired))
