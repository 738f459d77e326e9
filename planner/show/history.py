"""What a step of the history is called: the move it was, in the words of its lever."""

from __future__ import annotations

from planner.errors import PlanError
from planner.plan import Plan
from planner.plan.diff import differing
from planner.plan.levers import Lever, lever
from planner.words import short

__all__ = ["move_name"]


def move_name(before: Plan, after: Plan, paths: tuple[str, ...]) -> str:
    """The name of the step from one plan to another that moved these levers: "E-mail reply rate 0.5 % → 0.8 %".

    Where they are several, or none, it is said how many; where no lever says it, that the plan was changed.
    """
    moved = [path for path in paths if _lever(before, path) and _lever(after, path)]
    if not moved:
        moved = [change.path for change in differing(before, after)][:2]
    if len(moved) != 1:
        return "Changed several inputs" if moved else "Changed the plan"
    was, now = _lever(before, moved[0]), _lever(after, moved[0])
    if was is None or now is None:
        return "Changed the plan"
    ends = short(before, was.value, was.kind.written), short(after, now.value, now.kind.written)
    return f"{now.title} {ends[0]} → {ends[1]}"


def _lever(plan: Plan, path: str) -> Lever | None:
    try:
        return lever(plan, path)
    except PlanError:
        return None
