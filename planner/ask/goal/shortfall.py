"""A target out of reach: how near the lever comes, what limits it there, and the price of that limit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.ask.goal.curve import Curve, Samples
from planner.ask.goal.reach import VOLUMES
from planner.ask.goal.roots import Crossings
from planner.engine import forecast
from planner.errors import Binding, Constraint, OutOfReach

__all__ = ["short_of_chance", "short_of_target", "undefined"]

AT_EDGE = 1e-6  # room left, as a share of the limit
ALMOST_ALL = 1e-3  # of the gain along the span: what may lack where more adds almost nothing
FLAT_CHANCE = 0.01  # of what a lever does to a chance
STEP = 1e-4  # of the lever, for a price


def undefined(curve: Curve) -> OutOfReach:
    """The refusal where the metric divides by nothing wherever the lever goes."""
    return _out_of_reach(curve, curve.span.now, np.nan, Binding("undefined"))


def short_of_target(curve: Curve, kept: Samples, crossed: Crossings) -> OutOfReach:
    """The refusal with the nearest of the samples `kept` within the limits; `crossed` is where the target is met."""
    span, size, past = curve.span, np.abs(kept.gap), crossed.roots.to
    if np.isnan(size).all():
        return undefined(curve)
    beyond = float(past[np.abs(past - span.now).argmin()]) if past.size else None
    here = _closest(kept, np.arange(kept.to.size), span.now)
    if np.nanmax(kept.gap) == np.nanmin(kept.gap):
        binding = Binding("unmoved") if beyond is None else _limit(curve, beyond)
        return _out_of_reach(curve, span.now, float(kept.gap[here] + curve.target), binding, beyond)
    best = _closest(kept, np.flatnonzero(size <= np.nanmin(size) * (1 + 1e-12)), span.now)
    endless = _open_end(curve, kept, best)
    if endless:  # it only comes nearer and nearer: the first place that is about as good as the end of the span
        gained = abs(kept.gap[best] - kept.gap[here])
        best = _closest(kept, np.flatnonzero(size <= size[best] + ALMOST_ALL * gained), span.now)
    to = float(kept.to[best])
    if kept.spare[best] <= AT_EDGE:
        binding = _limit(curve, to)
    elif beyond is not None and not endless:
        binding = _limit(curve, beyond)
    else:
        binding = Binding("jump") if to in crossed.jumps.to else _own_end(curve, to, endless)
    return _out_of_reach(curve, to, float(kept.gap[best] + curve.target), binding, beyond)


def _closest(kept: Samples, positions: np.ndarray, now: float) -> int:
    """The position of the sample closest to where the lever stands."""
    return int(positions[np.abs(kept.to[positions] - now).argmin()])


def short_of_chance(curve: Curve, kept: Samples, looks: np.ndarray, chances: np.ndarray) -> OutOfReach:
    """The refusal where even the best chance, found at `looks`, falls short, with the nearest place close to it."""
    span, most, least = curve.span, float(chances.max()), float(chances.min())
    if most == least or np.nanmax(kept.gap) == np.nanmin(kept.gap):
        here = _closest(kept, looks, span.now)
        return _out_of_reach(curve, span.now, float(chances[looks == here][0]), Binding("unmoved"))
    better = looks[chances == most]
    best = int(better[np.abs(kept.gap[better]).argmin()])
    flat = looks[chances >= most - FLAT_CHANCE * (most - least)]
    near = _closest(kept, flat, span.now)
    limited = bool(kept.spare[best] <= AT_EDGE)
    place = best if limited or span.kind.link == "logit" else near
    to = float(kept.to[place])
    endless = near != best or best == len(kept.to) - 1
    binding = _limit(curve, to) if kept.spare[place] <= AT_EDGE else _own_end(curve, to, endless)
    return _out_of_reach(curve, to, float(chances[looks == place][0]), replace(binding, price=np.nan))


def _open_end(curve: Curve, kept: Samples, place: int) -> bool:
    """Whether a place lies at an end of the span that is a bound of numbers, not of the lever: 1e9 touches, 0 days."""
    span = curve.span
    high = kept.to[place] >= span.kind.high and span.kind.link != "logit"
    return bool(high or (place == 0 and span.kind.above and kept.spare[place] > AT_EDGE))


def _out_of_reach(curve: Curve, to: float, value: float, binding: Binding, beyond: float | None = None) -> OutOfReach:
    span = curve.span
    stays = bool(np.isclose(to, span.now, rtol=1e-6, atol=0.0))
    return OutOfReach(
        span.path, f"cannot bring {curve.metric or 'it'} to {curve.target:g} within the limits",
        nearest=span.plan if stays else span.pulled(to), value=value, binding=binding,
        beyond=None if beyond is None else span.pulled(beyond),
    )  # fmt: skip


def _limit(curve: Curve, to: float) -> Binding:
    """The limit that binds at `to`, and its shadow price: what the metric gains by a unit more of room."""
    span = curve.span
    step = STEP * max(abs(to), STEP * (span.high - span.low))
    back = to - step if to - step > span.low else to + step
    pair = np.array([back, to])
    batch = forecast(span.plan, span.moves(pair))
    binding = curve.limits.tightest(batch, 1)
    if binding is None:
        return Binding("turn")
    use = next(use for use in curve.limits.within(batch) if use.key == (binding.what, binding.channels))
    over = (use.used - use.cap)[:, binding.month or 0]
    value = np.broadcast_to(curve.value(batch, pair), pair.shape)
    taken = float(over[1] - over[0])
    return replace(binding, price=float(value[1] - value[0]) / taken) if taken else binding


def _own_end(curve: Curve, to: float, endless: bool) -> Binding:
    """What ends the way of a lever that no limit holds."""
    span = curve.span
    channels = [c for c in span.plan.channels if span.path in (VOLUMES, f"{c.key}.volume")]
    worn = tuple(c.key for c in channels if c.active and c.audience is not None)
    if to >= span.high and span.kind.link == "logit":
        return Binding("ceiling", level=to)
    if to <= span.low:
        return Binding("least", level=to)
    if worn:
        return Binding("audience", worn)
    what: Constraint = "flat" if endless else "turn"
    return Binding(what, level=to)
