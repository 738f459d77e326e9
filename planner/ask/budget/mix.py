"""The best mix of volumes a budget and the limits of a plan allow.

It is sketched by linear programmes on sampled curves: each channel is run along a grid with the others as they are (one
batched forecast), the programme picks the best points of all curves together, and the grids close in on what it picked.
Sequential quadratic programmes, on slopes from batched forecasts too, then settle it. Where no channel changes what
another brings this is the optimum; where one helps another (an assist, or feeding an audience that tires), mixes can be
good that are bad half-way, so the search starts from many places: helping channels held at several volumes, and each
channel at its lowest and at its highest. Steps in costs are relaxed to their slope for the search; the answer is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from planner.ask.budget.response import Curves, all_drawn_back, around, drawn_back
from planner.ask.budget.room import VALUE, Mix, Room
from planner.ask.budget.settle import settled
from planner.ask.budget.steps import filled
from planner.ask.linear import minimum
from planner.engine.batch import Array
from planner.errors import PlanError
from planner.plan.kinds import TOUCHES

__all__ = ["best_mix", "starts_of"]

POINTS, TURNS = 25, 3
MIXES_OF_HELPERS = 9  # about how many mixes of fixed volumes of helping channels are tried
MOST_STARTS = 32
SETTLED = 3  # how many of the best sketches are settled: the best two often climb to one mix, and another is better
CLOSE = 0.05  # how near the best sketch the others must be for that


@dataclass(frozen=True)
class Start:
    """Where a search begins: volumes, and between which bounds it looks at first; each (channels,)."""

    volumes: Array
    low: Array
    high: Array


def best_mix(room: Room, near: Array | None = None) -> Mix:
    """The mix of highest value in the room, whose lowest volumes must fit. PlanError where nothing limits a channel.

    `near`: the best volumes of a room much like this one, from where the search then starts.
    """
    if not room.channels:
        return room.mix(room.low)
    if room.stepped:
        mix = best_mix(room.relaxed, near)
        return filled(room, drawn_back(room, mix.volumes, room.low))
    high = _reach(room)
    here = np.clip(room.now if near is None else near, room.low, high)
    if near is not None or not (room.helpers or room.uneven):
        sketch = _sketch(room, Start(here, room.low, high), TURNS)
        return settled(room, drawn_back(room, sketch, room.low), high)
    today = drawn_back(room, here, room.low)
    starts = starts_of(room, today.volumes, high)
    sketches = np.array([_sketch(room, start, 1) for start in starts])
    mixes = [today, *all_drawn_back(room, sketches, np.array([start.low for start in starts]))]
    return max((settled(room, mix, high) for mix in _best_apart(mixes, high)), key=lambda mix: mix.value)


def _best_apart(mixes: list[Mix], high: Array) -> list[Mix]:
    """The best few of the mixes that are not much the same."""
    ranked = sorted(mixes, key=lambda mix: -mix.value)
    apart: list[Mix] = []
    size = np.maximum(high, 1e-300)
    for mix in ranked:
        near = mix.value >= ranked[0].value - CLOSE * abs(ranked[0].value)
        same = any(np.max(np.abs(mix.volumes - other.volumes) / size) < 1e-3 for other in apart)
        if near and not same and len(apart) < SETTLED:
            apart.append(mix)
    return apart


def _reach(room: Room) -> Array:
    """The highest volume of each channel worth looking at: past it, it alone breaks a cap or brings nothing more."""
    steps = np.append(0.0, np.geomspace(1.0, TOUCHES.high, 46))
    grid = np.minimum(room.low[:, None] + steps, room.high[:, None])
    along = around(room, room.low, grid).along
    value, uses = along[VALUE], along[1:]
    flat = np.abs(value - value[:, -1:]) <= 1e-9 * np.abs(value[:, -1:])
    flat[list(room.helpers)] = False  # what they bring shows elsewhere
    over = np.any(uses > (room.caps + room.slack)[:, None, None], axis=0)
    enough = flat | over
    enough[:, -1] = True
    first = enough.argmax(axis=1)
    reach = np.take_along_axis(grid, first[:, None], axis=1)[:, 0]
    for key, top, endless in zip(room.channels, reach, first == len(steps) - 1, strict=True):
        if endless and top >= TOUCHES.high:
            raise PlanError(
                f"{key}.volume", "could grow without end: nothing that it costs or takes is limited; set a maximum"
            )
    return np.asarray(reach)


def starts_of(room: Room, here: Array, high: Array) -> list[Start]:
    """Where searches begin: helping channels held at a mix of volumes, and each channel held at one of its ends."""
    fixed = [*_mixes_of_helpers(room, high), *_ends(room, high)][:MOST_STARTS]
    starts = [Start(np.where(np.isnan(mix), here, mix), np.where(np.isnan(mix), room.low, mix),
                    np.where(np.isnan(mix), high, mix)) for mix in fixed]  # fmt: skip
    if not starts:
        return []
    lows = room.outcome(np.stack([start.low for start in starts]))
    return [start for start, fits in zip(starts, room.fits(lows), strict=True) if fits]


def _mixes_of_helpers(room: Room, high: Array) -> list[Array]:
    """Mixes (channels,) in which only helping channels are held, the others nan: all ways of a few volumes, if few."""
    helpers = list(room.helpers)
    if not helpers or 2 ** len(helpers) > MOST_STARTS:
        return []
    each = max(2, min(6, int(MIXES_OF_HELPERS ** (1 / len(helpers)))))
    shares = np.linspace(0, 1, each) ** 2
    mixes = []
    for combination in product(shares, repeat=len(helpers)):
        mix = np.full(len(room.channels), np.nan)
        mix[helpers] = room.low[helpers] + (high - room.low)[helpers] * np.array(combination)
        mixes.append(mix)
    return mixes


def _ends(room: Room, high: Array) -> list[Array]:
    """Mixes (channels,) in which one channel is held at its lowest or as high as it alone may go, the others nan."""
    alone = np.where(np.eye(len(high), dtype=bool), high, room.low)
    tops = all_drawn_back(room, alone, np.tile(room.low, (len(high), 1)))
    mixes = []
    for i in [*room.helpers, *(i for i in range(len(high)) if i not in room.helpers)]:
        for volume in (room.low[i], tops[i].volumes[i]):
            mix = np.full(len(high), np.nan)
            mix[i] = volume
            mixes.append(mix)
    return mixes


def _sketch(room: Room, start: Start, turns: int) -> Array:
    """Volumes near the best between low and high: linear programmes on curves sampled ever closer around them."""
    volumes, left, right = start.volumes, start.low, start.high
    for turn in range(turns):
        steps = np.linspace(0, 1, POINTS) if turn else np.append(0.0, np.geomspace(1e-4, 1, POINTS - 1))
        grid = np.sort(np.column_stack([left[:, None] + (right - left)[:, None] * steps, volumes]), axis=1)
        curves = around(room, volumes, grid)
        picked = _pick(room, curves)
        before, volumes = volumes, _volumes(curves, picked)
        reach = _reach_of_neighbours(grid, volumes)
        if room.helpers:
            reach = np.maximum(reach, 0.3 * np.abs(volumes - before))
        left, right = np.maximum(start.low, volumes - reach), np.minimum(start.high, volumes + reach)
    return volumes


@dataclass(frozen=True)
class Picked:
    """Weights (channels, points), summing to 1 a channel, of the best points of curves, and prices (rows,)."""

    weights: Array
    prices: Array


def _pick(room: Room, curves: Curves) -> Picked:
    """The best points of all curves together, by a linear programme whose duals price the caps.

    Caps that even the lowest points break are widened to them; caps that no points can reach stay out.
    """
    gains, uses = curves.gains, curves.uses
    left = room.caps - curves.base[1:]
    channels, points = gains.shape
    rows = np.flatnonzero(uses.max(axis=2).sum(axis=1) > left)
    taken = uses[rows].reshape(len(rows), channels * points)
    allowed = np.maximum(left[rows], uses[rows][:, :, 0].sum(axis=1))
    sizes = np.abs(taken).max(axis=1, initial=0.0)
    sizes[sizes == 0] = 1.0
    gain = np.abs(gains).max(initial=0.0) or 1.0
    optimum = minimum(
        -gains.ravel() / gain, A_ub=taken / sizes[:, None], b_ub=allowed / sizes,
        A_eq=np.kron(np.eye(channels), np.ones(points)), b_eq=np.ones(channels),
    )  # fmt: skip
    prices = np.zeros(len(room.rows))
    if optimum.x is None:  # the lowest points of two caps are not the same mix: keep to them
        return Picked(np.eye(1, points).repeat(channels, axis=0), prices)
    prices[rows] = optimum.prices * gain / sizes
    return Picked(optimum.x.reshape(channels, points), prices)


def _volumes(curves: Curves, picked: Picked) -> Array:
    """The volume of each channel at which it uses what its picked points use on average; (channels,).

    Use is counted at the prices of the caps. The mean of the picked volumes would be wrong: where use does not grow in
    proportion to volume, half-way between a small and a large volume is not half of what they use.
    """
    use = np.tensordot(picked.prices, curves.uses, axes=1)  # (channels, points)
    never_falling = np.maximum.accumulate(use, axis=1)
    tie = 1e-9 * np.abs(curves.gains).max()
    rising = never_falling + tie * curves.grid / np.maximum(curves.grid[:, -1:], 1e-300)  # by volume where use is flat
    average = (picked.weights * rising).sum(axis=1)
    by_channel = zip(average, rising, curves.grid, strict=True)
    return np.array([np.interp(wanted, along, volumes) for wanted, along, volumes in by_channel])


def _reach_of_neighbours(grid: Array, volumes: Array) -> Array:
    """How far the second neighbours of volumes (channels,) in the grid (channels, points) are."""
    place = np.array([np.searchsorted(points, volume) for points, volume in zip(grid, volumes, strict=True)])
    every, last = np.arange(len(grid)), grid.shape[1] - 1
    below = volumes - grid[every, np.clip(place - 2, 0, last)]
    above = grid[every, np.clip(place + 1, 0, last)] - volumes
    return np.asarray(np.maximum(below, above))
