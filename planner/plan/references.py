"""Which parts of a plan refer to which channels, stages and levers: one table that checks and every edit walk.

A row of the plan (a cost, a feed …) refers by a field that holds a channel's key, a stage path such as "email.sent", or
a lever path. Whatever adds, copies, removes or checks rows asks this table, so a new part of a plan is one line here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from planner.errors import PlanError
from planner.plan.paths import locate
from planner.plan.stages import merged

__all__ = [
    "IDENTITY",
    "REFERENCES",
    "TIMES",
    "Names",
    "Reference",
    "names_lever",
    "names_of",
    "references_of",
]

TIMES = ("month", "once", "revenue", "hour")  # what a cost may be per, besides a stage


@dataclass(frozen=True)
class Reference:
    """`field` of the rows of `part` names a channel, a stage or a lever.

    `sales`: stages of all channels together may be named too. `free` are values that name nothing. `copied`: a copy of
    the channel that is named gets a copy of the row.
    """

    part: str
    field: str
    to: Literal["channel", "stage", "lever"]
    copied: bool = True
    sales: bool = False
    free: tuple[str | None, ...] = ()


REFERENCES: tuple[Reference, ...] = (
    Reference("costs", "per", "stage", sales=True, free=TIMES),
    Reference("costs", "channel", "channel", free=(None,)),
    Reference("efforts", "stage", "stage", sales=True),
    Reference("feeds", "source", "stage"),
    Reference("feeds", "channel", "channel", copied=False),  # arrivals are carried once
    Reference("assists", "stage", "stage"),
    Reference("assists", "source", "channel", copied=False),  # a lift counts once
    Reference("opening", "stage", "stage", copied=False),  # nothing of a copy is under way
    Reference("limits", "channel", "channel"),
    Reference("ranges", "path", "lever"),
    Reference("evidence", "path", "lever"),
)
IDENTITY: Mapping[str, str] = {  # the field that tells the rows of a part apart
    "costs": "key", "efforts": "stage", "feeds": "key", "assists": "key", "opening": "stage", "limits": "channel",
    "ranges": "path",
}  # fmt: skip


@dataclass(frozen=True)
class Names:
    """The names a plan has: its channels in their order, and its stage paths."""

    channels: tuple[str, ...]
    stages: Collection[str]  # of single channels, the sales stages they pass included
    sales: Collection[str]  # of all channels together

    def has(self, reference: Reference, name: str | None) -> bool:
        """Whether what a row refers to is there (levers are looked up in the plan itself)."""
        if name in reference.free or reference.to == "lever":
            return True
        if reference.to == "channel":
            return name in self.channels
        return name in self.stages or (reference.sales and name in self.sales)


def names_of(channels: Any, sales: Any) -> Names:
    """The names of channels given as pairs of key and stages, and of the sales stages."""
    stages = {f"{key}.{stage.key}" for key, rows in channels for stage in merged(rows, sales)}
    return Names(tuple(key for key, _ in channels), stages, {f"sales.{stage.key}" for stage in sales})


def references_of(part: str) -> tuple[Reference, ...]:
    """How the rows of a part of the plan refer to others."""
    return tuple(reference for reference in REFERENCES if reference.part == part)


def names_lever(plan: Any, path: str) -> bool:
    """Whether a path names a number of the plan."""
    try:
        locate(plan, path)
    except PlanError:
        return False
    return True
