"""The best mix of volumes a budget and the team's hours allow.

It is sketched by linear programmes on sampled curves: each channel is run along a grid with the others as they are (one
batched forecast), the programme picks the best points of all curves together, and the grids close in on what it picked.
Sequential quadratic programmes, on slopes from batched forecasts too, then settle it. Where no channel changes what
another brings this is the optimum; where one helps another (an assist, or feeding an audience that tires), mixes can be
good that are bad half-way, so helping channels are first tried at several fixed volumes.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from planner.ask.budget.response import VALUE, Mix, Room, around, slopes_at
from planner.engine.batch import Array
from planner.errors import PlanError
from planner.plan.kinds import TOUCHES

__all__ = ["best_mix"]

POINTS, TURNS = 25, 3
TRIALS = 9  # about how many mixes of fixed volumes of helping channels
CLOSE = 0.02  # how near the best the second of them must be to be settled too


def best_mix(room: Room, near: Array | None = None) -> Mix:
    """The mix of highest value in the room, whose least volumes must fit. PlanError where nothing limits a channel.

    `near`: the best volumes of a room much like this one, from where the search then starts.
    """
    if not room.channels:
        return _fitted(room, room.low, room.low)
    high = _reach(room)
    start = np.clip(room.now if near is None else near, room.low, high)
    if near is not None or not room.helpers:
        return _settled(room, _fitted(room, _sketch(room, start, room.low, high, TURNS), room.low), high)
    start = _fitted(room, start, room.low).volumes
    trials = [_fitted(room, _sketch(room, *held, 1), held[1]) for held in _held(room, start, high)]
    trials.sort(key=lambda mix: -mix.value)
    close = [mix for mix in trials[:2] if mix.value >= trials[0].value - CLOSE * abs(trials[0].value)]
    return max((_settled(room, mix, high) for mix in close), key=lambda mix: mix.value)


def _reach(room: Room) -> Array:
    """The highest volume of each channel worth looking at: past it, it alone breaks a cap or brings nothing more."""
    steps = np.append(0.0, np.geomspace(1.0, TOUCHES.high, 46))
    grid = np.minimum(room.low[:, None] + steps, room.high[:, None])
    value, *taken = around(room, room.low, grid)[1]
    flat = np.abs(value - value[:, -1:]) <= 1e-9 * np.abs(value[:, -1:])
    flat[list(room.helpers)] = False  # what they bring shows elsewhere
    done = np.any([flat, *(row > cap for row, cap in zip(taken, room.caps, strict=True))], axis=0)
    done[:, -1] = True
    reach = np.take_along_axis(grid, done.argmax(axis=1)[:, None], axis=1)[:, 0]
    for key, top, at_end in zip(room.channels, reach, done.argmax(axis=1) == len(steps) - 1, strict=True):
        if at_end and top >= TOUCHES.high:
            raise PlanError(f"{key}.volume", "could grow without end: nothing it costs or takes is limited; limit it")
    return np.asarray(reach)


def _held(room: Room, start: Array, high: Array) -> list[tuple[Array, Array, Array]]:
    """Start, low and high with the helping channels held at each mix of a few volumes."""
    each = max(2, min(6, int(TRIALS ** (1 / len(room.helpers)))))
    marks = [room.low[i] + (high[i] - room.low[i]) * np.linspace(0, 1, each) ** 2 for i in room.helpers]
    tried = np.array(list(product(*marks)))
    mixes = np.tile(np.stack([start, room.low, high]), (len(tried), 1, 1))
    mixes[:, :, list(room.helpers)] = tried[:, None]
    fits = np.all(room.outcome(mixes[:, 1])[1:] <= room.caps[:, None] * (1 + 1e-12), axis=0)
    return [(at, low, top) for at, low, top in mixes[fits]]


def _sketch(room: Room, start: Array, low: Array, high: Array, turns: int) -> Array:
    """Volumes near the best between low and high: linear programmes on curves sampled ever closer around them."""
    at, left, right = start, low, high
    for turn in range(turns):
        steps = np.linspace(0, 1, POINTS) if turn else np.append(0.0, np.geomspace(1e-4, 1, POINTS - 1))
        grid = np.sort(np.column_stack([left[:, None] + (right - left)[:, None] * steps, at]), axis=1)
        base, curves = around(room, at, grid)
        picked, prices = _pick(curves - base[:, None, None], room.caps - base[1:])
        held, (at, reach) = at, _volumes(grid, curves, picked, prices)
        if room.helpers:
            reach = np.maximum(reach, 0.3 * np.abs(at - held))
        left, right = np.maximum(low, at - reach), np.minimum(high, at + reach)
    return at


def _pick(curves: Array, room: Array) -> tuple[Array, Array]:
    """Weights (channels, points), summing to 1 a channel, of the best points of curves (3, channels, points).

    With the prices of spend and hours, (2,). Room that even the lowest points break is widened to them.
    """
    from scipy.optimize import linprog

    _, channels, points = curves.shape
    rows = np.flatnonzero(np.isfinite(room))
    taken = curves[1 + rows].reshape(len(rows), -1)
    allowed = np.maximum(room[rows], curves[1 + rows][:, :, 0].sum(axis=1))
    sizes = np.abs(taken).max(axis=1, initial=0.0)
    sizes[sizes == 0] = 1.0
    gain = np.abs(curves[VALUE]).max(initial=0.0) or 1.0
    solved = linprog(
        -curves[VALUE].ravel() / gain, A_ub=taken / sizes[:, None], b_ub=allowed / sizes,
        A_eq=np.kron(np.eye(channels), np.ones(points)), b_eq=np.ones(channels), method="highs",
    )  # fmt: skip
    prices = np.zeros(2)
    if solved.x is None:  # the lowest points of the two caps are not the same mix: keep to them
        return np.eye(1, points).repeat(channels, axis=0), prices
    prices[rows] = np.maximum(-solved.ineqlin.marginals, 0.0) * gain / sizes
    return np.asarray(solved.x).reshape(channels, points), prices


def _volumes(grid: Array, curves: Array, picked: Array, prices: Array) -> tuple[Array, Array]:
    """The volumes that take what the picked points take together, and how far the second neighbours in the grid are.

    Not the mean volume: where all that is spent is a share of what comes in, a little and a lot is not the middle.
    """
    taken = np.maximum.accumulate(np.tensordot(prices, curves[1:], axes=1), axis=1)
    taken = taken + 1e-9 * np.abs(curves[VALUE]).max() * grid / np.maximum(grid[:, -1:], 1e-300)
    wanted = (picked * taken).sum(axis=1)
    at = np.array([np.interp(*row) for row in zip(wanted, taken, grid, strict=True)])
    place = np.array([np.searchsorted(*row) for row in zip(grid, at, strict=True)])
    every, last = np.arange(len(grid)), grid.shape[1] - 1
    below = at - grid[every, np.clip(place - 2, 0, last)]
    above = grid[every, np.clip(place + 1, 0, last)] - at
    return at, np.maximum(below, above)


def _settled(room: Room, sketched: Mix, high: Array) -> Mix:
    """The best mix near a sketched one, by sequential quadratic programmes on volumes and outcomes of size 1."""
    from scipy.optimize import minimize

    at, low, least = sketched.volumes, room.low, room.outcome(room.low)
    here = np.array([sketched.value, sketched.spend, sketched.hours])
    size = np.maximum(at, 0.01 * (high - low))
    size[size == 0] = 1.0
    rows = np.array([VALUE, *(1 + np.flatnonzero(np.isfinite(room.caps)))])
    norm = np.maximum(np.abs(here - least), 1e-6 * np.abs(here))[rows]
    norm[norm == 0] = 1.0
    caps = np.array([np.nan, *room.caps])[rows] / norm
    kept: dict[bytes, tuple[Array, Array]] = {}

    def seen(scaled: Array) -> tuple[Array, Array]:
        """Outcome (rows,) and slopes (rows, channels) at scaled volumes."""
        if scaled.tobytes() not in kept:
            kept.clear()
            outcome, slopes = slopes_at(room, np.clip(scaled * size, low, high), 1e-5 * size)
            kept[scaled.tobytes()] = outcome[rows] / norm, slopes[rows] * size / norm[:, None]
        return kept[scaled.tobytes()]

    def loss(scaled: Array) -> float:
        return -float(seen(scaled)[0][0])

    programme: Any = {
        "jac": lambda x: -seen(x)[1][0],
        "bounds": list(zip(low / size, high / size, strict=True)),
        "method": "SLSQP", "options": {"maxiter": 100, "ftol": 1e-13},
    }  # fmt: skip
    if len(rows) > 1:
        room_left = {"fun": lambda x: caps[1:] - seen(x)[0][1:], "jac": lambda x: -seen(x)[1][1:]}
        programme["constraints"] = {"type": "ineq", **room_left}
    solved = minimize(loss, at / size, **programme)
    return max(sketched, _fitted(room, np.clip(solved.x * size, low, high), low), key=lambda mix: mix.value)


def _fitted(room: Room, volumes: Array, low: Array) -> Mix:
    """The mix at volumes, drawn back towards `low` by as little as the caps ask (a secant on the way back)."""
    outcome = room.outcome(volumes)
    if np.any(outcome[1:] > room.caps):
        way, share = volumes - low, 1.0
        before, behind = room.outcome(low), 0.0
        for _ in range(12):
            over = outcome[1:] > room.caps
            if not over.any() or share == behind:
                break
            slope = (outcome - before)[1:][over] / (share - behind)
            back = np.max((outcome[1:] - room.caps)[over] / slope) + 1e-13
            before, behind, share = outcome, share, max(share - back, 0.0)
            volumes = low + way * share
            outcome = room.outcome(volumes)
    return Mix(volumes, *outcome.tolist())
