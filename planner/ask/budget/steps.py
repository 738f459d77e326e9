"""A mix made better where costs come in steps: money moved between channels, at exact costs."""

from __future__ import annotations

import numpy as np

from planner.ask.budget.room import VALUE, Mix, Room
from planner.engine.batch import Array

__all__ = ["filled"]

GIVEN_UP = (0.0, 0.003, 0.03, 0.1, 0.3, 1.0)  # shares of a channel's volume given up for another
ROUNDS, HALVINGS = 6, 24


def filled(room: Room, mix: Mix) -> Mix:
    """The mix after moving money between channels pair by pair, wherever that brings more at exact costs."""
    for _ in range(ROUNDS):
        volumes = _trades(room, mix.volumes)
        outcomes = room.outcome(volumes)
        values = np.where(room.fits(outcomes), outcomes[VALUE], -np.inf)
        best = int(np.argmax(values))
        if not values[best] > mix.value + 1e-9 * abs(mix.value):
            break
        mix = room.mix(volumes[best])
    return mix


def _trades(room: Room, volumes: Array) -> Array:
    """Mixes (n, channels) in which one channel has less and another as much as fits, by bisection."""
    less, more = [], []
    for i in range(len(volumes)):
        for share in GIVEN_UP:
            for j in range(len(volumes)):
                if i != j or share == 0.0:
                    mix = volumes.copy()
                    mix[i] = max(room.low[i], mix[i] * (1 - share))
                    less.append(mix)
                    more.append(j)
    mixes, grown = np.array(less), np.array(more)
    every = np.arange(len(mixes))
    top = 2 * volumes.sum() + 1.0
    inside, outside = mixes[every, grown], np.minimum(room.high[grown], np.maximum(4 * volumes, top)[grown])
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        mixes[every, grown] = middle
        fits = room.fits(room.outcome(mixes))
        inside, outside = np.where(fits, middle, inside), np.where(fits, outside, middle)
    mixes[every, grown] = inside
    return mixes
