"""Shadow prices: what one unit more of the budget, of hours or of another limit would bring.

At a best mix the Karush–Kuhn–Tucker conditions hold: the next touch of a channel inside its bounds brings what it uses
at these prices, at its lowest volume no more, at its highest no less. Of the prices that fit, the lowest are what
*more* of a limit brings. Each is checked by the best mix with a little more of the limit, and replaced by that
difference where the two disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.ask.budget.response import slopes_at
from planner.ask.budget.room import VALUE, Mix, Room
from planner.ask.linear import minimum
from planner.engine.batch import Array

__all__ = ["Prices", "prices_of", "shadow_prices"]

AGREE = 0.01
MORE = 1e-3  # of a limit: how much more of it is tried
LITTLE = 1e-4  # the same where the two disagree: what more brings may bend so much that only a little more shows it
TIGHT = 1e-6
AT_A_BOUND = 1e-6

Solve = Callable[[Room, Array], Mix]


@dataclass(frozen=True)
class Prices:
    """By row of the room the price of one unit (rows,), and the slopes (1 + rows, channels) at the mix."""

    each: Array
    slopes: Array

    @property
    def budget(self) -> float:
        """What one unit of money more would bring."""
        return float(self.each[0])

    @property
    def net(self) -> Array:
        """What one more touch a month brings in each channel, less what it uses at these prices (channels,)."""
        return np.asarray(self.slopes[VALUE] - self.each @ self.slopes[1:])


def shadow_prices(room: Room, mix: Mix) -> Prices:
    """The prices that fit the slopes at a best mix (the multipliers of Karush, Kuhn and Tucker)."""
    if not room.channels:  # nothing to spend on: no limit is worth anything
        return Prices(np.zeros(len(room.rows)), np.zeros((1 + len(room.rows), 0)))
    size = np.maximum(mix.volumes, 1e-3 * mix.volumes.max(initial=1e3))
    _, slopes = slopes_at(room, mix.volumes, 1e-4 * size)
    gain, uses = slopes[VALUE], slopes[1:]
    wanted = np.any((gain > 0) & (uses > 0), axis=1)  # rows that a channel which brings something takes from
    priced = _used_up(room, mix) & wanted
    prices = np.zeros(len(room.rows))
    if priced.any():
        may_grow = mix.volumes < room.high - AT_A_BOUND * size
        may_shrink = mix.volumes > room.low + AT_A_BOUND * size
        prices[priced] = _multipliers(gain, uses[priced], may_grow, may_shrink)
    return Prices(prices, slopes)


def _used_up(room: Room, mix: Mix) -> NDArray[np.bool_]:
    """The rows whose cap a mix uses up, but for rounding; (rows,)."""
    return np.isfinite(room.caps) & (mix.outcome[1:] >= room.caps * (1 - TIGHT) - room.slack)


def _multipliers(gain: Array, uses: Array, may_grow: Array, may_shrink: Array) -> Array:
    """The lowest prices (rows,) ≥ 0 that miss the conditions by least; `gain` is (channels,), `uses` (rows, channels).

    Conditions: what a channel uses costs at least what it brings where it may grow, at most that where it may shrink.
    They are linear in the prices, so this is a linear programme over prices and misses, one a channel. Each price is
    counted in the best return of the channels that may still grow, so that it is about 1.
    """
    returns = np.divide(gain, uses, out=np.zeros(uses.shape), where=(uses > 0) & (gain > 0))
    growing = returns[:, may_grow].max(axis=1, initial=0.0)
    unit = np.where(growing > 0, growing, returns.max(axis=1))
    cost = uses * unit[:, None]
    size = np.maximum(np.abs(gain), np.abs(cost).max(axis=0)).clip(1e-300)  # of a channel's condition
    cost, gain, miss = (cost / size).T, gain / size, -np.eye(len(size))
    at_least, at_most = np.hstack([-cost, miss])[may_grow], np.hstack([cost, miss])[may_shrink]
    optimum = minimum(
        np.concatenate([np.full(len(uses), 1e-6), np.ones(len(size))]),  # misses first, then the prices
        A_ub=np.concatenate([at_least, at_most]), b_ub=np.concatenate([-gain[may_grow], gain[may_shrink]]),
    )  # fmt: skip
    return np.zeros(len(uses)) if optimum.x is None else optimum.x[: len(uses)] * unit


def prices_of(room: Room, mix: Mix, solve: Solve) -> Prices:
    """Shadow prices at a best mix, each held against what a little more of its limit brings by `solve`."""
    prices = shadow_prices(room, mix)
    if not room.channels:
        return prices
    each, used_up = prices.each.copy(), _used_up(room, mix)
    for limit in dict.fromkeys(row.limit for row in room.rows):
        more, level = more_of(room, limit), _level(room, limit)
        rows = more > 0
        if not level > 0 or not used_up[rows].any():
            continue
        price, measured = float(each @ more), _brings(room, mix, MORE * level * more, solve) / (MORE * level)
        if not _differ(measured, price) or max(measured, price) * MORE * level <= 1e-9 * abs(mix.value):
            continue
        if _differ(_brings(room, mix, LITTLE * level * more, solve) / (LITTLE * level), price):
            each[rows] = each[rows] * (measured / price) if price > 0 else measured * more[rows] / (more @ more)
    return Prices(each, prices.slopes)


def _brings(room: Room, mix: Mix, rise: Array, solve: Solve) -> float:
    """What the best mix brings more where the caps rise by so much."""
    return max(solve(replace(room, caps=room.caps + rise), mix.volumes).value - mix.value, 0.0)


def _differ(measured: float, price: float) -> bool:
    return abs(measured - price) > AGREE * max(measured, price)


def more_of(room: Room, limit: tuple[str, tuple[str, ...]]) -> Array:
    """By how much each row grows where a limit grows by one unit; (rows,).

    Hours are spread over the months as the team's are; any other limit grows by one unit in each of its months.
    """
    rows = np.array(
        [row.limit == limit and bool(np.isfinite(cap)) for row, cap in zip(room.rows, room.caps, strict=True)]
    )
    if limit[0] != "hours":
        return rows.astype(float)
    caps = np.where(rows, room.caps, 0.0)
    return np.asarray(caps / caps.sum()) if caps.sum() > 0 else rows / max(rows.sum(), 1)


def _level(room: Room, limit: tuple[str, tuple[str, ...]]) -> float:
    caps = [
        float(cap) for row, cap in zip(room.rows, room.caps, strict=True) if row.limit == limit and np.isfinite(cap)
    ]
    return sum(caps) if limit[0] == "hours" else min(caps, default=0.0)
