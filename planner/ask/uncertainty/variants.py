"""A cautious and an ambitious variant of a plan: all uncertain inputs together at a bad or a good tenth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.ask.uncertainty.inputs import normalised_shares, one_at_a_time, uncertain_inputs
from planner.ask.uncertainty.simulation import simulate
from planner.engine.batch import Array
from planner.measure.metrics import METRICS, measure
from planner.plan import Plan
from planner.plan.levers import pull
from planner.plan.paths import get, locate
from planner.plan.scales import Z90

__all__ = ["ambitious", "cautious"]

GRID = 64  # steps from the plan to the ends of all ranges, refined twice


def cautious(plan: Plan, *, metric: str = "profit", tail: bool = False) -> Plan:
    """The plan if things go badly: every lever with a range a step to its worse side, all by the same step.

    The step is such that the metric comes to its 10th percentile (lower is worse), as simulated without chance: a bad
    year as a whole, not the sum of all bad ends. A plan without ranges is returned as it is.

    >>> from planner import cautious, measure, starter
    >>> bool(measure(cautious(starter("email")), "won") < measure(starter("email"), "won"))
    True
    """
    return _variant(plan, metric, tail, -1, "cautious")


def ambitious(plan: Plan, *, metric: str = "profit", tail: bool = False) -> Plan:
    """The plan if things go well: as `cautious`, but to the better side and the 90th percentile.

    >>> from planner import ambitious, measure, starter
    >>> bool(measure(ambitious(starter("email")), "won") > measure(starter("email"), "won"))
    True
    """
    return _variant(plan, metric, tail, 1, "ambitious")


def _variant(plan: Plan, metric: str, tail: bool, side: int, name: str) -> Plan:
    """The plan moved to where the metric is at its 10th (`side` −1: worse) or 90th percentile (+1: better)."""
    inputs = uncertain_inputs(plan)
    if not inputs:
        return plan
    upwards = side * METRICS[metric].better
    goal = simulate(plan, draws=8192, counts=False).quantiles(metric, (0.5 + 0.4 * upwards,), tail=tail)[0]
    at_low, at_high = upwards * measure(plan, metric, one_at_a_time(plan, inputs), tail=tail).T
    directions = np.sign(np.nan_to_num(at_high - at_low))

    def moves(steps: Array) -> dict[str, Array]:
        pairs = zip(inputs, directions, strict=True)
        return normalised_shares(plan, {each.path: each.at(direction * steps) for each, direction in pairs})

    step = 0.0
    for width in (Z90, Z90 / GRID, Z90 / GRID**2):  # the last step that falls short, then finer from there
        steps = np.minimum(step + width * np.linspace(0.0, 1.0, GRID + 1), Z90)
        short = np.flatnonzero(upwards * (measure(plan, metric, moves(steps), tail=tail) - goal) < 0)
        step = float(steps[short[-1]]) if short.size else step
    to = {path: float(values[0]) for path, values in moves(np.array([step])).items()}
    for path in sorted(to, key=lambda path: to[path] - get(plan, locate(plan, path))):  # shares that fall go first
        plan = pull(plan, path, to[path])
    return replace(plan, name=f"{plan.name[:60]}, {name}")
