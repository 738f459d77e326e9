"""One step of the history of a workspace, and what its parts are made of. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Generic, Literal, TypeVar

from planner.actuals.actuals import Actuals
from planner.keep.landings import KeptLanding
from planner.plan import Plan

__all__ = ["DEPTH", "EARLIER", "LATER", "PARTS", "Changed", "Origin", "Scenario", "Step"]

DEPTH = 100  # steps that can be undone
LATER = ("origin", "landings", "tail", "favourites")  # parts that files and drafts had not from the start
EARLIER = "Earlier change"  # a step of a time when steps had no names

T = TypeVar("T")


@dataclass(frozen=True)
class Scenario:
    """A plan kept under a name."""

    name: str
    plan: Plan


@dataclass(frozen=True)
class Origin:
    """The version in the library that a workspace was opened from or last saved as.

    `plan` is the id there; `digest` tells whether the plan on the desk is still the one that was saved.
    """

    plan: str
    name: str
    number: int
    digest: str


@dataclass(frozen=True)
class Changed(Generic[T]):
    """What a step did to one part of the workspace."""

    before: T
    after: T


@dataclass(frozen=True)
class Step:
    """One entry of the history: its name in plain English, and only the parts of the workspace that it changed.

    `by` names what was moved, such as a lever path; consecutive moves of the same can be one step.
    """

    name: str
    plan: Changed[Plan] | None = None
    baseline: Changed[Plan] | None = None
    scenarios: Changed[tuple[Scenario, ...]] | None = None
    actuals: Changed[Actuals | None] | None = None
    mappings: Changed[tuple[tuple[str, str], ...]] | None = None
    by: str = ""
    origin: Changed[Origin | None] | None = None
    landings: Changed[tuple[KeptLanding, ...]] | None = None
    tail: Changed[bool] | None = None
    favourites: Changed[tuple[str, ...]] | None = None

    def parts(self, side: Literal["before", "after"]) -> dict[str, Any]:
        """The parts that changed, as they were before or after."""
        changes = {part: getattr(self, part) for part in PARTS}
        return {part: getattr(change, side) for part, change in changes.items() if change is not None}


PARTS = tuple(field.name for field in fields(Step) if field.name not in ("name", "by"))
