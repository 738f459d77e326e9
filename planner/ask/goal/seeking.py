"""What would it take: where a lever brings a metric to a target. Every place, or how near it can come and what binds.

The lever is run along its whole span in one batched forecast; each change of sign is then closed in on by secants with
probes at ten scales around them, all brackets in one batch, so an answer takes some six forecasts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.ask.goal.reach import VOLUMES, Reach, reach
from planner.engine import Forecast, forecast
from planner.engine.batch import Array
from planner.errors import OutOfReach, PlanError
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.words import in_text, write

__all__ = ["seek", "seek_sure"]

EXACT = 1e-9  # of the target
LOOKS = 24  # places at which a chance is drawn to find the best
FLAT = 0.01  # of what a lever does to a chance: what may still lack where more of it counts as next to nothing
STILL = "the lever itself, which does not move it"
_PROBES = np.array([0.0, *(sign * 10.0**-k for k in range(1, 13) for sign in (-1.0, 1.0))])

Reader = Callable[[Plan, Mapping[str, Any]], Array]


@dataclass(frozen=True)
class Look:
    """The metric less the target at places `to`, and the hours to spare there (never below 0 where the plan stands)."""

    to: Array
    off: Array
    spare: Array


def seek(
    plan: Plan, path: str, metric: str, target: float, *,
    channel: str | None = None, tail: bool = False, reader: Reader | None = None,
) -> tuple[Plan, ...]:  # fmt: skip
    """The plans in which the lever at `path` brings `metric` to `target`, to 1e-9 of it, the lever ascending.

    `path` may be "volumes": all volumes by one factor. Limits on volumes hold, and no answer needs more hours over the
    plan than the team has (or than the plan needs already). `reader(plan, moves)` reads another number than a metric.
    Where more of a volume brings more, the answer rounded up to whole touches still meets the target. Raises OutOfReach
    with the nearest plan, its value and what binds.
    """
    if not np.isfinite(target):
        raise PlanError("target", f"is {target}; a target is a number")
    span = reach(plan, path)

    def value(made: Forecast, to: Array) -> Array:
        return reader(plan, span.moves(to)) if reader else read(made, metric, channel=channel, tail=tail)

    look = _looker(span, value, target)
    seen = look(span.points())
    seen = _joined(seen, _turns(look, seen))
    if np.isnan(seen.off).all():
        raise _undefined(plan, path, metric)
    scale = max(abs(target), 1e-3 * float(np.nanmedian(np.abs(seen.off))), 1e-300)
    roots = _joined(_crossings(look, seen, scale), _resting(seen, span.now))
    within = roots.to[roots.spare >= 0]
    if len(within):
        return tuple(span.pulled(float(to)) for to in within)
    raise _out_of_reach(span, _within_hours(look, seen), roots, metric, target)


def seek_sure(
    plan: Plan, path: str, metric: str, target: float, confidence: float, *,
    draws: int = 2000, seed: int = 0, counts: bool = True, tail: bool = False,
) -> Plan:  # fmt: skip
    """The plan in which the lever at `path` just reaches `target` with a chance of `confidence`.

    The same draws at every try, so the chance moves one way with the lever and the answer is the same every time. The
    lever is settled to a ten-thousandth. Raises OutOfReach, with the best chance as its value, where that falls short.
    """
    from planner.ask.uncertainty.simulation import simulate

    if not 0 < confidence < 1:
        raise PlanError("confidence", f"is {confidence:g}; a confidence lies between 0 and 1, both excluded")
    span = reach(plan, path)

    def chance(to: float) -> float:
        return simulate(span.pulled(float(to)), draws=draws, seed=seed, counts=counts).chance(metric, target, tail=tail)

    look = _looker(span, lambda made, to: read(made, metric, tail=tail), target)
    seen = _within_hours(look, look(span.points()))
    known, to = METRICS[metric], seen.to
    what = f"{write(plan, target, known.unit)} {in_text(known.label)} {write(plan, confidence, 'percent')}"
    worth = np.where(seen.spare >= 0, known.better * seen.off, np.nan)
    if np.isnan(worth).all():
        raise _undefined(plan, path, metric)
    best = int(np.nanargmax(worth))
    if chance(to[best]) < confidence:  # where ranges move along, the most on average need not be the surest
        best = _surest(span, seen, worth, chance, confidence, f"{what} sure")
    short, enough = (-1 if span.now <= to[best] else len(to)), best
    while abs(enough - short) > 1:
        middle = (short + enough) // 2
        short, enough = (short, middle) if chance(to[middle]) >= confidence else (middle, enough)
    fails, holds = to[short if 0 <= short < len(to) else enough], to[enough]
    while abs(holds - fails) > 1e-4 * max(abs(holds), abs(fails)):
        half = (fails + holds) / 2
        fails, holds = (fails, half) if chance(half) >= confidence else (half, holds)
    return span.pulled(float(holds))


def _surest(
    span: Reach, seen: Look, worth: Array, chance: Callable[[float], float], confidence: float, what: str
) -> int:
    """The place with the best chance, if that is as sure as asked for; else OutOfReach with what binds there.

    Where more brings hardly more of a chance, the nearest is the place closest to where the lever stands.
    """
    places = np.flatnonzero(~np.isnan(worth))
    some = np.linspace(0, len(places) - 1, LOOKS).round().astype(int)
    here, likely = places[np.abs(seen.to[places] - span.now).argmin()], np.nanargmax(worth)
    tried = np.unique([*places[some], here, likely])
    found = np.array([chance(seen.to[i]) for i in tried])
    most = float(found.max())
    best = int(max(tried[found == most], key=lambda i: worth[i]))
    if most >= confidence:
        return best
    flat = tried[found >= most - FLAT * (most - found.min())]
    near = int(flat[np.abs(seen.to[flat] - span.now).argmin()])
    stopped = seen.spare[best] == 0 or span.kind.link == "logit" or span.kind.high > span.high <= seen.to[best]
    at = best if stopped else near
    held = _binding(span, float(seen.to[at]), bool(seen.spare[at] == 0), near != best or best == len(seen.to) - 1)
    raise OutOfReach(
        span.path, f"cannot make {what}: at best the chance is {write(span.plan, most, 'percent')}",
        nearest=span.pulled(float(seen.to[at])), value=float(found[tried == at][0]),
        binding=held if most > found.min() and np.nanmax(worth) > np.nanmin(worth) else STILL,
    )  # fmt: skip


def _looker(span: Reach, value: Callable[[Forecast, Array], Array], target: float) -> Callable[[Array], Look]:
    """What looks at places of the lever. Without reps hours have no end; a plan already over its hours may stay so."""
    today = forecast(span.plan)
    needed = float(read(today, "hours")) if today.payroll().any() else np.inf

    def look(to: Array) -> Look:
        made = forecast(span.plan, span.moves(to))
        there = np.maximum(made.hours_available.sum(axis=0), needed) * (1 + 1e-9)
        off, spare = value(made, to) - target, there - read(made, "hours")
        return Look(to, np.broadcast_to(off, to.shape), np.broadcast_to(spare, to.shape))

    return look


def _undefined(plan: Plan, path: str, metric: str) -> OutOfReach:
    what = f"leaves {metric} undefined wherever it goes: there is nothing to divide by"
    return OutOfReach(path, what, nearest=plan, value=np.nan, binding="nothing to divide by")


def _joined(one: Look, other: Look) -> Look:
    to, first = np.unique(np.concatenate([one.to, other.to]), return_index=True)
    return Look(to, np.concatenate([one.off, other.off])[first], np.concatenate([one.spare, other.spare])[first])


def _turns(look: Callable[[Array], Look], seen: Look) -> Look:
    """Closer looks at where the metric turns back before the target: two answers may hide between two points."""
    off = np.abs(seen.off)
    same = (np.sign(seen.off[:-2]) == np.sign(seen.off[1:-1])) & (np.sign(seen.off[1:-1]) == np.sign(seen.off[2:]))
    at = 1 + np.flatnonzero(same & (off[1:-1] < off[:-2]) & (off[1:-1] < off[2:]))
    found = Look(*(np.zeros(0),) * 3)
    left, right = seen.to[at - 1], seen.to[at + 1]
    for _ in range(3 if len(at) else 0):
        grid = np.linspace(left, right, 33, axis=1)
        closer = look(grid.ravel())
        found = _joined(found, closer)
        best = np.clip(np.nanargmin(np.abs(closer.off.reshape(grid.shape)), axis=1), 1, 31)
        left, right = np.take_along_axis(grid, best[:, None] + [[-1, 1]], axis=1).T
    return found


def _crossings(look: Callable[[Array], Look], seen: Look, scale: float, spare: bool = False) -> Look:
    """Where the metric crosses the target (or, with `spare`, the hours run out). Jumps across it are no answers."""
    off = seen.spare if spare else seen.off
    at = np.flatnonzero(np.sign(off[:-1]) * np.sign(off[1:]) < 0)
    to = np.stack([seen.to[at], seen.to[at + 1]], axis=1)
    gap = np.stack([off[at], off[at + 1]], axis=1)
    best = Look(*(np.zeros(0),) * 3)
    for _ in range(12 if len(at) else 0):
        width = to[:, 1] - to[:, 0]
        secant = to[:, 0] - gap[:, 0] * width / (gap[:, 1] - gap[:, 0])
        probes = np.clip(secant[:, None] + width[:, None] * _PROBES, to[:, :1], to[:, 1:])
        found = look(probes.ravel())
        every = np.concatenate([to, probes], axis=1)
        gaps = np.concatenate([gap, (found.spare if spare else found.off).reshape(probes.shape)], axis=1)
        nearest = np.abs(gaps[:, 2:]).argmin(axis=1) + np.arange(len(at)) * probes.shape[1]
        best = Look(found.to[nearest], found.off[nearest], found.spare[nearest])
        if np.all(np.abs(best.spare if spare else best.off) <= 1e-13 * scale):
            break
        order = np.argsort(every, axis=1, kind="stable")
        every, gaps = np.take_along_axis(every, order, axis=1), np.take_along_axis(gaps, order, axis=1)
        cross = np.argmax(np.sign(gaps[:, :-1]) * np.sign(gaps[:, 1:]) <= 0, axis=1)[:, None] + [[0, 1]]
        to, gap = np.take_along_axis(every, cross, axis=1), np.take_along_axis(gaps, cross, axis=1)
        if np.all((gap == 0).any(axis=1) | (to[:, 1] - to[:, 0] <= 4e-16 * np.abs(to[:, 1]))):
            break
    held = np.abs(best.spare if spare else best.off) <= EXACT * scale
    return Look(best.to[held], best.off[held], best.spare[held])


def _resting(seen: Look, now: float) -> Look:
    """Of each run of places that meet the target exactly, the one nearest to where the lever stands."""
    hits = np.flatnonzero(seen.off == 0)
    runs = np.split(hits, np.flatnonzero(np.diff(hits) > 1) + 1) if len(hits) else []
    at = [int(run[np.abs(seen.to[run] - now).argmin()]) for run in runs]
    return Look(seen.to[at], seen.off[at], seen.spare[at]) if at else Look(*(np.zeros(0),) * 3)


def _within_hours(look: Callable[[Array], Look], seen: Look) -> Look:
    """What was seen, with the places where the hours run out: there `spare` is 0."""
    scale = float(np.max(np.abs(seen.spare), initial=1.0, where=np.isfinite(seen.spare)))
    edges = _crossings(look, seen, scale, spare=True)
    return _joined(Look(edges.to, edges.off, 0.0 * edges.spare), seen)


def _out_of_reach(span: Reach, near: Look, roots: Look, metric: str, target: float) -> OutOfReach:
    """How near the target the lever comes within hours and limits, and what binds there."""
    off = np.where(near.spare >= 0, np.abs(near.off), np.nan)
    if np.isnan(off).all():
        return _undefined(span.plan, span.path, metric)
    best = int(np.nanargmin(off))
    endless = bool(near.to[best] >= span.kind.high) and span.kind.link != "logit"
    if endless:  # it only comes nearer and nearer: the first place that is as good as the end of the span
        gained = abs(near.off[best] - near.off[np.abs(near.to - span.now).argmin()])
        best = int(np.flatnonzero(off <= off[best] + 1e-3 * gained)[0])
    moved = np.nanmax(near.off) > np.nanmin(near.off)
    if not moved:
        best = int(np.abs(near.to - span.now).argmin())
    to, value = float(near.to[best]), float(near.off[best] + target)
    hours = bool(near.spare[best] == 0) or (not endless and len(roots.to) > 0)
    binding = _binding(span, to, hours, endless) if moved else STILL

    def shown(place: float) -> str:
        return write(span.plan, place, span.kind.written)

    known = METRICS.get(metric)
    label, unit = (known.label, known.unit) if known else (metric, "decimal")
    said = (
        f"cannot bring {in_text(label)} to {write(span.plan, target, unit)}: the nearest is "
        f"{write(span.plan, value, unit)} at {shown(to)}, held by {binding}"
        + (f"; it would take {shown(float(roots.to[0]))}, past those hours" if len(roots.to) else "")
    )
    return OutOfReach(span.path, said, nearest=span.pulled(to), value=value, binding=binding)


def _binding(span: Reach, to: float, hours: bool, endless: bool) -> str:
    """What holds the lever at `to`, in words."""
    shown = write(span.plan, to, span.kind.written)
    worn = [c.label for c in span.plan.channels if c.audience is not None and span.path in (VOLUMES, f"{c.key}.volume")]
    if hours:
        return "the team's hours"
    if to >= span.high and (span.high < span.kind.high or span.kind.link == "logit"):
        return f"the {'ceiling' if span.kind.link == 'logit' else 'limit'} of {shown}"
    if to <= span.low:
        return f"the least it can be, {shown}"
    if worn:
        return f"the audience of {' and '.join(worn)}"
    return "its own reach, past which more brings next to nothing" if endless else "its turn, past which it gets worse"
