"""What each moved lever does on its own: the plan as it stands against the plan with that lever as it was."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from planner.ask.compare.by_lever import value_of
from planner.engine import forecast
from planner.engine.batch import Array
from planner.errors import PlanError
from planner.measure.metrics import read
from planner.plan import Plan
from planner.plan.metrics import choices_for

__all__ = ["LeverEffect", "alone"]

NEGLIGIBLE = 1e-9  # of the figure


@dataclass(frozen=True)
class LeverEffect:
    """A figure with a lever as it stands (`now`) and as it was (`then`); `before` is the lever's own earlier value.

    `metric` is the first figure that the lever moves: deals, else what comes next; None where it moves none.
    """

    before: float
    metric: str | None
    then: float
    now: float


def alone(plan: Plan, base: Plan, paths: Iterable[str], *, tail: bool = False) -> dict[str, LeverEffect]:
    """By path the effect of those of these levers that both plans have, at different values, in one batch.

    >>> from planner import pull, starter
    >>> base = starter("email")
    >>> effect = alone(pull(base, "email.volume", 9000.0), base, ["email.volume", "email.replied.rate"])
    >>> list(effect), effect["email.volume"].metric
    (['email.volume'], 'won')
    """
    ends = {path: (_there(base, path), _there(plan, path)) for path in paths}
    moved = {
        path: (before, now)
        for path, (before, now) in ends.items()
        if before is not None and now is not None and before != now
    }
    if not moved or plan.currency != base.currency:
        return {}
    moves: dict[str, Array] = {}
    for row, (path, (before, now)) in enumerate(moved.items()):
        values = np.full(len(moved) + 1, now)  # the last row moves nothing
        values[row] = before
        moves[path] = values
    batch = forecast(plan, moves)
    figures = {}
    for metric in choices_for("compared"):
        values = np.broadcast_to(read(batch, metric, tail=tail), (len(moved) + 1,))
        if np.isfinite(values).all():
            figures[metric] = values
    return {path: _effect(figures, row, before) for row, (path, (before, _)) in enumerate(moved.items())}


def _there(plan: Plan, path: str) -> float | None:
    try:
        return value_of(plan, path)
    except PlanError:
        return None


def _effect(figures: dict[str, Array], row: int, before: float) -> LeverEffect:
    for metric, values in figures.items():
        then, now = float(values[row]), float(values[-1])
        if abs(now - then) > NEGLIGIBLE * max(abs(now), abs(then)):
            return LeverEffect(before, metric, then, now)
    return LeverEffect(before, None, math.nan, math.nan)
