"""How outcomes answer to volumes: along each channel, and by slopes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.ask.budget.room import VALUE, Mix, Room
from planner.engine.batch import Array

__all__ = ["Curves", "all_drawn_back", "around", "drawn_back", "slopes_at"]


@dataclass(frozen=True)
class Curves:
    """The outcome of a mix, `base` (1 + rows,), and what it becomes as each channel runs along its `grid` alone.

    `grid` is (channels, points) of volumes, `along` (1 + rows, channels, points) of outcomes.
    """

    grid: Array
    base: Array
    along: Array

    @property
    def gains(self) -> Array:
        """What each point brings more than the mix does; (channels, points)."""
        return np.asarray(self.along[VALUE] - self.base[VALUE])

    @property
    def uses(self) -> Array:
        """What each point uses of every row more than the mix does; (rows, channels, points)."""
        return np.asarray(self.along[1:] - self.base[1:, None, None])


def around(room: Room, volumes: Array, grid: Array) -> Curves:
    """The outcomes of a mix, and of each channel along its grid. One batched forecast."""
    mixes = np.tile(volumes, (*grid.shape, 1))
    every = np.arange(len(volumes))
    mixes[every, :, every] = grid
    outcomes = room.outcome(np.concatenate([volumes[None], mixes.reshape(grid.size, len(volumes))]))
    return Curves(grid, outcomes[:, 0], outcomes[:, 1:].reshape(-1, *grid.shape))


def slopes_at(room: Room, volumes: Array, step: Array) -> tuple[Array, Array]:
    """Outcome (1 + rows,) and its slopes for one more touch a month in each channel (1 + rows, channels)."""
    ends = np.stack([np.maximum(volumes - step, 0.0), volumes + step], axis=1)
    curves = around(room, volumes, ends)
    rise = curves.along[:, :, 1] - curves.along[:, :, 0]
    return curves.base, np.asarray(rise / (ends[:, 1] - ends[:, 0]))


def drawn_back(room: Room, volumes: Array, low: Array) -> Mix:
    """The mix at volumes (channels,), drawn back towards `low`, which must fit, by as little as the caps ask."""
    return all_drawn_back(room, volumes[None], low[None])[0]


def all_drawn_back(room: Room, volumes: Array, low: Array) -> list[Mix]:
    """Mixes at volumes (n, channels), each drawn back towards its `low` by as little as the caps ask; what comes fits.

    Regula falsi on how far the worst row is over its cap, halved every third time; all mixes in one batch.
    """
    best, way = room.outcome(volumes), volumes - low
    share = np.where(room.fits(best), 1.0, 0.0)
    open_ones = np.flatnonzero(share == 0.0)
    if len(open_ones):
        at_low = room.outcome(low[open_ones])
        over_in, over_out = _over(room, at_low), _over(room, best[:, open_ones])
        best[:, open_ones] = at_low
        inside, outside = np.zeros(len(open_ones)), np.ones(len(open_ones))
        for turn in range(60):
            cut = np.full(len(inside), 0.5) if turn % 3 == 2 else over_in / np.minimum(over_in - over_out, -1e-300)
            tried = inside + (outside - inside) * np.clip(cut, 1e-3, 1 - 1e-3)
            outcome = room.outcome(low[open_ones] + way[open_ones] * tried[:, None])
            over, fits = _over(room, outcome), room.fits(outcome)
            best[:, open_ones] = np.where(fits, outcome, best[:, open_ones])
            inside, outside = np.where(fits, tried, inside), np.where(fits, outside, tried)
            over_in, over_out = np.where(fits, np.minimum(over, 0.0), over_in), np.where(fits, over_out, over)
            if np.all((outside - inside <= 1e-13) | (over_in >= -1e-13)):
                break
        share[open_ones] = inside
    drawn = low + way * share[:, None]
    drawn[share == 1.0] = volumes[share == 1.0]
    return [Mix(mix, outcome) for mix, outcome in zip(drawn, best.T, strict=True)]


def _over(room: Room, outcomes: Array) -> Array:
    """How far the worst row of outcomes (1 + rows, n) is over its cap (negative: under), a share of the cap: (n,)."""
    finite = np.isfinite(room.caps)
    caps, used = room.caps[finite][:, None], outcomes[1:][finite]
    return np.asarray(((used - caps) / np.where(caps > 0, caps, 1.0)).max(axis=0, initial=-1.0))
