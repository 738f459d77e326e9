"""The inputs: every number of the plan, its baseline and its scenarios, a column each; one cell chooses among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner import calendar, words
from planner.errors import PlanError
from planner.export.workbook.sheet import Style, column
from planner.export.workbook.terms import HERE, Term
from planner.keep.workspace import Workspace
from planner.plan import Plan
from planner.plan.levers import Lever, levers
from planner.plan.paths import number
from planner.plan.scales import Z90
from planner.plan.stages import shapes
from planner.show.names import BASELINE, PLAN, told_apart

__all__ = [
    "CHOICE", "DAYS_PATH", "FIRST_PLAN", "HEAD", "SHEET", "USED", "VALID", "Z90_PATH", "Bounds", "Group", "Input",
    "Inputs", "Side", "sides",
]  # fmt: skip

SHEET = "Inputs"
USED, VALID, FIRST_PLAN = 3, 4, 5  # columns: the value in use, whether it is within bounds, then one column per plan
CHOICE, HEAD, FIRST_ROW = 3, 6, 7  # rows, counted from 0
_A_MONTH = "month of the plan"
Z90_PATH, DAYS_PATH = "constants.z90", "constants.days_a_month"
_HEADINGS = {
    "sales": "Sales stages", "deal": "Deal", "team": "Team", "costs": "Costs", "efforts": "Minutes of reps",
    "feeds": "Touches from other channels", "assists": "Help from other channels", "opening": "Under way at the start",
    "correlation": "Uncertainty (changes no figure here)", "days": "Working days", "constants": "Constants",
}  # fmt: skip
_STYLES: Mapping[str, Style] = {"percent": "percent", "money": "money", "count": "count", "decimal": "factor"}


@dataclass(frozen=True)
class Side:
    """A plan under the name by which it is chosen."""

    name: str
    plan: Plan


@dataclass(frozen=True)
class Bounds:
    """The lowest (itself excluded when `above`) and the highest that an input can be."""

    low: float
    high: float
    above: bool = False


@dataclass(frozen=True)
class Input:
    """A row of the inputs: one value per plan, None where a plan has none; `bounds` say what it can be."""

    path: str
    label: str
    unit: str
    style: Style
    values: tuple[float | None, ...]
    bounds: Bounds


@dataclass(frozen=True)
class Group:
    """Inputs under a heading."""

    heading: str
    rows: tuple[Input, ...]


def sides(work: Workspace) -> tuple[tuple[Side, ...], tuple[str, ...]]:
    """The plan, with the baseline and scenarios that differ in numbers only; and names of those that differ in more."""
    scenarios = work.scenarios
    names = told_apart([scenario.name for scenario in scenarios])
    others = [Side(BASELINE, work.baseline)]
    others += [Side(name, scenario.plan) for name, scenario in zip(names, scenarios, strict=True)]
    outline = _outline(work.plan)
    kept = tuple(side for side in others if _outline(side.plan) == outline)
    return (Side(PLAN, work.plan), *kept), tuple(side.name for side in others if side not in kept)


def _outline(plan: Plan) -> object:
    """What the formulas rest on besides the numbers: plans of one outline fit into one workbook."""
    return (
        plan.currency, plan.start, plan.months, shapes(plan.sales),
        tuple((c.key, shapes(c.stages), c.audience is None, c.coverage, c.deal is None) for c in plan.channels),
        tuple((c.key, c.per, c.channel, c.step is None) for c in plan.costs),
        tuple(effort.stage for effort in plan.efforts), tuple(opening.stage for opening in plan.opening),
        tuple((feed.key, feed.source, feed.channel) for feed in plan.feeds),
        tuple((assist.key, assist.source, assist.stage) for assist in plan.assists),
    )  # fmt: skip


class Inputs:
    """The rows of the sheet, and the cell of each path."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        self.plans, plan = tuple(plans), plans[0]
        heads = [channel.key for channel in plan.channels]
        self._headings = {**_HEADINGS, **{channel.key: channel.label for channel in plan.channels}}
        by_head: dict[str, list[Input]] = {head: [] for head in (*heads, *_HEADINGS)}
        for row in _rows(self.plans):
            by_head[row.path.partition(".")[0]].append(row)
        self.groups = tuple(Group(self._headings[head], tuple(rows)) for head, rows in by_head.items() if rows)
        self._row: dict[str, int] = {}
        row_number = FIRST_ROW
        self._value: dict[str, float] = {}
        for group in self.groups:
            row_number += 2
            for row in group.rows:
                self._row[row.path], self._value[row.path] = row_number, row.values[0] or 0.0
                row_number += 1

    def row(self, path: str) -> int:
        """The row of a path, counted from 0."""
        return self._row[path]

    def has(self, path: str) -> bool:
        """Whether there is a row for it."""
        return path in self._row

    def __getitem__(self, path: str) -> Term:
        """The value in use of a path."""
        return Term(f"'{SHEET}'!${column(USED)}${self._row[path] + 1}", np.asarray(self._value[path]))

    def by_month(self, path: str) -> Term:
        """The values in use of a path's months, in the columns of the months."""
        rows = [self._row[f"{path}.{month}"] + 1 for month in range(self.plans[0].months)]
        letters, values = f"${column(USED)}$", [self._value[f"{path}.{month}"] for month in range(len(rows))]
        return Term(f"INDEX('{SHEET}'!{letters}{rows[0]}:{letters}{rows[-1]},{HERE}$5)", np.array([*values, np.nan]))


def _rows(plans: Sequence[Plan]) -> Iterator[Input]:
    plan, by_path = plans[0], dict[str, Lever]()
    for side in plans:
        by_path |= {lever.path: lever for lever in levers(side) if lever.path not in by_path}
    yield from _switches(plans)
    for path, lever in by_path.items():
        values = tuple(_value(side, path) for side in plans)
        kind, style = lever.kind, _STYLES[lever.kind.written]
        yield Input(path, lever.label, _unit(plan, lever), style, values, Bounds(kind.low, kind.high, kind.above))
    yield from _dates(plans)
    for month, name in enumerate(words.month_names(plan)):
        days = tuple(
            float(calendar.working_days(side.country, side.start, side.months)[month]) for side in plans
        )  # fmt: skip
        yield Input(f"days.{month}", f"Working days in {name}", "days", "whole", days, Bounds(0.0, 31.0))
    constants = (
        (Z90_PATH, "Standard normal: 90th percentile", "", Z90, Bounds(0.0, 10.0, above=True)),
        (DAYS_PATH, "Days a month", "days", calendar.DAYS_A_MONTH, Bounds(28.0, 31.0)),
    )
    for path, label, unit, value, bounds in constants:
        yield Input(path, label, unit, "factor", (value,) * len(plans), bounds)


def _switches(plans: Sequence[Plan]) -> Iterator[Input]:
    """Whether a channel is in use."""
    for place, channel in enumerate(plans[0].channels):
        on = tuple(float(side.channels[place].active) for side in plans)
        yield Input(f"{channel.key}.active", f"{channel.label}: in use", "1 yes, 0 no", "whole", on, Bounds(0.0, 1.0))


def _dates(plans: Sequence[Plan]) -> Iterator[Input]:
    """Months of hires and of costs, counted from 1; a cost without an end is charged for what comes later too."""
    months = plans[0].months
    for place in range(max(len(side.team.hires) for side in plans)):
        hired = tuple(side.team.hires[place].month + 1.0 if place < len(side.team.hires) else None for side in plans)
        label = f"Hire {place + 1}: first month"
        yield Input(f"team.hires.{place}.month", label, _A_MONTH, "whole", hired, Bounds(0.0, 60.0))
    for place, cost in enumerate(plans[0].costs):
        rows = [side.costs[place] for side in plans]
        first = tuple(row.first + 1.0 for row in rows)
        last = tuple(months + 1.0 if row.last is None else min(row.last, months) + 1.0 for row in rows)
        path, until = f"costs.{cost.key}", f"{_A_MONTH}; {months + 1}: later too"
        yield Input(f"{path}.first", f"{cost.label}: first month", _A_MONTH, "whole", first, Bounds(1.0, 60.0))
        yield Input(f"{path}.last", f"{cost.label}: last month", until, "whole", last, Bounds(1.0, months + 1.0))


def _value(plan: Plan, path: str) -> float | None:
    """The number at a path; None where the plan has none, such as a hire of another plan."""
    try:
        return number(plan, path).value
    except PlanError:
        return None


def _unit(plan: Plan, lever: Lever) -> str:
    if lever.kind.written == "money":
        return plan.currency
    return "share" if lever.kind.written == "percent" else lever.kind.unit
