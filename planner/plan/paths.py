"""Lever paths: the one name of each number of a plan, and where that number stands.

`locate` turns a path into steps (field names and positions), `get` and `put` follow them. Any field whose annotation
carries a `Kind` has a path, so a new field of a plan's type is a lever without a line here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from planner.errors import PlanError
from planner.plan.kinds import Kind

__all__ = ["Number", "Steps", "get", "kind_at", "kind_of", "locate", "number", "put"]

Steps = tuple[str | int, ...]
_BY_STAGE = {"efforts": "minutes", "opening": "count"}
_BY_KEY = ("costs", "feeds", "assists")
_BY_MONTH = ("profile", "by_month")  # empty: 1 in each month
_DEAL = ("value", "gross_margin", "purchases_per_year", "lifetime_years")


@cache
def _kinds(cls: type) -> dict[str, Kind]:
    kinds: dict[str, Kind] = {}
    for name, hint in get_type_hints(cls, include_extras=True).items():
        queue = [hint]
        while queue:
            part = queue.pop()
            kinds.update((name, extra) for extra in getattr(part, "__metadata__", ()) if isinstance(extra, Kind))
            queue += [arg for arg in get_args(part) if get_origin(arg) is not None or hasattr(arg, "__metadata__")]
    return kinds


def kind_of(cls: type, field: str) -> Kind | None:
    """The kind of a field, or of the numbers in a tuple field; None where it holds no lever."""
    return _kinds(cls).get(field)


def _steps(plan: Any, parts: list[str]) -> Steps | None:
    """Where a path of several words would stand; None where it names a row, a channel or a stage that is not there."""
    head, *rest = parts
    if not rest:
        return (head,)
    if head in ("deal", "team"):
        return (head, *_places(rest))
    if head in _BY_KEY:
        return _of_row((head,), getattr(plan, head), "key", rest[0], rest[1:])
    if head in _BY_STAGE:
        return _of_row((head,), getattr(plan, head), "stage", ".".join(rest[:2]), rest[2:])
    if head == "sales":
        return _of_row((head,), plan.sales, "key", rest[0], rest[1:])
    channel = next((channel for channel in plan.channels if channel.key == head), None)
    if channel is None:
        return None
    start: Steps = ("channels", plan.channels.index(channel))
    if len(rest) == 1 or _in_channel(rest):
        return (*start, *_places(rest))
    return _of_row((*start, "stages"), channel.stages, "key", rest[0], rest[1:])


def _of_row(start: Steps, rows: Sequence[Any], name: str, wanted: str, rest: list[str]) -> Steps | None:
    """The steps into the row whose field `name` is `wanted`, and on along `rest`."""
    for place, row in enumerate(rows):
        if getattr(row, name) == wanted:
            return (*start, place, *_places(rest))
    return None


def _in_channel(rest: list[str]) -> bool:
    """Whether this is a number of the channel's own, in its profile or its deal, and not one of a stage of that key."""
    return (rest[0] == "profile" and rest[1].isdecimal()) or (rest[0] == "deal" and rest[1] in _DEAL)


def _places(parts: list[str]) -> Steps:
    return tuple(int(part) if part.isdecimal() else part for part in parts)


class Number(NamedTuple):
    """A number of a plan: where it stands, what kind it is, and what it is."""

    steps: Steps
    kind: Kind
    value: float


def number(plan: Any, path: str) -> Number:
    """The number named `path`; PlanError for a path that names no number of this plan."""
    steps = _steps(plan, path.split(".")) if re.fullmatch(r"[a-z0-9_.]+", path) else None
    if steps is not None:
        try:
            kind, value = kind_at(plan, steps), get(plan, steps)
        except (AttributeError, IndexError, TypeError):
            kind, value = None, None
        if kind is not None and isinstance(value, (int, float)):
            return Number(steps, kind, float(value))
    raise PlanError(path, "names no number of this plan; levers(plan) lists them all")


def locate(plan: Any, path: str) -> Steps:
    """Where the number named `path` stands; PlanError for a path that names no number of this plan."""
    return number(plan, path).steps


def get(plan: Any, steps: Steps) -> Any:
    """What stands at the steps. Empty multipliers by month read 1 in each month of the plan."""
    part = plan
    for step in steps:
        if isinstance(step, str):
            part = getattr(part, step)
        elif not part and steps[-2] in _BY_MONTH and step < plan.months:
            return 1.0
        else:
            part = part[step]
    return part


def kind_at(plan: Any, steps: Steps) -> Kind | None:
    """The kind of number at the steps."""
    field = -1 if isinstance(steps[-1], str) else -2
    return kind_of(type(get(plan, steps[:field])), str(steps[field]))


def put(plan: Any, steps: Steps, to: Any, **others: Any) -> Any:
    """The same plan with `to` at the steps, and `others` of its own fields changed, checked on the way up."""

    def rebuilt(part: Any, rest: Steps) -> Any:
        if not rest:
            return to
        step = rest[0]
        if isinstance(step, int):
            return (*part[:step], rebuilt(part[step], rest[1:]), *part[step + 1 :])
        child = getattr(part, step)
        if step in _BY_MONTH and not child:
            child = (1.0,) * plan.months
        return replace(part, **{step: rebuilt(child, rest[1:])}, **(others if part is plan else {}))

    return rebuilt(plan, steps)
