"""What would it take: every value of a lever that brings a metric to a target; or how near it comes and what limits it.

The lever is run along its whole span in one batched forecast, brackets are sampled closer in a second, and roots are
closed in on together: some six to eight forecasts an answer.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from planner.ask.goal.curve import Curve, Reader, Samples, joined
from planner.ask.goal.reach import reach
from planner.ask.goal.roots import crossings
from planner.ask.goal.shortfall import short_of_chance, short_of_target, undefined
from planner.errors import PlanError
from planner.measure.metrics import METRICS
from planner.plan import Plan

__all__ = ["seek", "seek_sure"]

LOOKS = 24  # places at which a chance is drawn to find the best
SETTLED = 1e-3  # of the step between two places of the first look: a ten-thousandth of the lever


def seek(
    plan: Plan, path: str, metric: str, target: float, *,
    channel: str | None = None, tail: bool = False, reader: Reader | None = None,
) -> tuple[Plan, ...]:  # fmt: skip
    """The plans in which the lever at `path` brings `metric` to `target`, to 1e-9 of it, the lever ascending.

    `path` may be "volumes": all volumes by one factor. No answer breaks a limit that the plan keeps, or one further
    than the plan does (`ask.limits`). `reader(plan, moves)` reads another number than a metric. A jump of the metric
    across the target is no answer. Raises OutOfReach with the nearest plan, its value and what limits it.

    >>> from planner import measure, starter
    >>> (plan,) = seek(starter("email", "phone"), "email.volume", "won", 5.2)
    >>> round(float(measure(plan, "won")), 6)
    5.2
    """
    if not np.isfinite(target):
        raise PlanError("target", f"is {target}; a target is a number")
    curve = Curve(reach(plan, path), metric, target, channel=channel, tail=tail, reader=reader)
    samples = curve.sampled()
    if np.isnan(samples.gap).all():
        raise undefined(curve)
    crossed = crossings(curve, samples)
    answers = crossed.roots.kept
    if answers.to.size:
        return tuple(curve.span.pulled(float(to)) for to in answers.to)
    raise short_of_target(curve, joined(samples, crossed.edges, crossed.jumps).kept, crossed)


def seek_sure(
    plan: Plan, path: str, metric: str, target: float, confidence: float, *,
    draws: int = 2000, seed: int = 0, counts: bool = True, tail: bool = False,
) -> Plan:  # fmt: skip
    """The plan in which the lever at `path` just reaches `target` with a chance of `confidence`.

    The same draws at every place, so the chance moves one way with the lever and the answer is the same every time. The
    lever is settled to a ten-thousandth. Raises OutOfReach, with the best chance as its value, where that falls short.

    >>> from planner import simulate, starter
    >>> plan = seek_sure(starter("email", "phone"), "email.volume", "won", 4.0, 0.6)
    >>> round(simulate(plan).chance("won", 4.0), 2)
    0.6
    """
    from planner.ask.uncertainty.simulation import simulate

    if not 0 < confidence < 1:
        raise PlanError("confidence", f"is {confidence:g}; a confidence lies between 0 and 1, both excluded")
    curve = Curve(reach(plan, path), metric, target, tail=tail)

    def chance(to: float) -> float:
        simulation = simulate(curve.span.pulled(to), draws=draws, seed=seed, counts=counts)
        return float(simulation.chance(metric, target, tail=tail))

    samples = curve.sampled()
    kept = joined(samples, crossings(curve, samples).edges).kept
    best_on_average = METRICS[metric].better * kept.gap
    if np.isnan(best_on_average).all():
        raise undefined(curve)
    surest = int(np.nanargmax(best_on_average))
    if chance(float(kept.to[surest])) < confidence:  # where ranges move along, the most on average need not be surest
        looks = _looks(kept, surest, curve.span.now)
        chances = np.array([chance(float(to)) for to in kept.to[looks]])
        if chances.max() < confidence:
            raise short_of_chance(curve, kept, looks, chances)
        likeliest = looks[chances == chances.max()]
        surest = int(likeliest[np.argmax(best_on_average[likeliest])])
    return curve.span.pulled(_just_sure(kept.to, surest, curve.span.now, chance, confidence))


def _looks(kept: Samples, surest: int, now: float) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Positions at which the chance is drawn: some along the span, where the lever stands, where most is expected."""
    defined = np.flatnonzero(~np.isnan(kept.gap))
    spread = defined[np.linspace(0, len(defined) - 1, LOOKS).round().astype(int)]
    return np.unique([*spread, defined[np.abs(kept.to[defined] - now).argmin()], surest])


def _just_sure(to: np.ndarray, surest: int, now: float, chance: Callable[[float], float], confidence: float) -> float:
    """The place where the chance just reaches the confidence, on the way to the surest from where the lever comes from.

    The way is cut into even steps, as the places `to` stand. The chance is a stair (a share of the draws), so of the
    last bracket the side that holds is taken.
    """
    from scipy.optimize.elementwise import find_root

    numbers = np.arange(len(to), dtype=float)

    def place(step: float) -> float:
        return float(np.interp(step, numbers, to))

    def surplus(steps: np.ndarray) -> np.ndarray:
        return np.array([chance(place(step)) - confidence for step in np.ravel(steps)]).reshape(np.shape(steps))

    start = 0 if now <= to[surest] else len(to) - 1
    if start == surest or surplus(np.array([start]))[0] >= 0:
        return float(to[start])
    bracket = (float(min(start, surest)), float(max(start, surest)))
    solved = find_root(surplus, bracket, tolerances={"xatol": SETTLED})
    low, high = solved.bracket
    surplus_low, _ = solved.f_bracket
    if solved.f_x >= 0:
        return place(float(solved.x))
    return place(float(low if surplus_low >= 0 else high))
