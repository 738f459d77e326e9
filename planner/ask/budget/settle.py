"""The best mix near a sketched one, by sequential quadratic programmes (SLSQP)."""

from __future__ import annotations

import warnings
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from planner.ask.budget.response import drawn_back, slopes_at
from planner.ask.budget.room import VALUE, Mix, Room
from planner.engine.batch import Array

__all__ = ["settled"]

NEARLY = 0.7  # of a cap: from there on it is minded from the start
EXACT = 1e-13  # of what a mix adds: a step that gains less ends a programme
STANDING = 1e-4  # of a volume: a step no longer than this moves next to nothing
STUCK = 5  # such steps in a row end a programme: it stands where a slope jumps, such as where a list is worked through
NOISE = 64 * float(np.finfo(float).eps)  # of a whole figure: what rounding may move it by


def settled(room: Room, sketched: Mix, high: Array) -> Mix:
    """The best mix near a sketched one. Caps far off are left out until an answer breaks them."""
    rows = np.isfinite(room.caps) & (sketched.outcome[1:] >= NEARLY * room.caps)
    best = sketched
    for _ in range(4):
        volumes = _Programme.of(room, sketched, high, rows).solve()
        outcome = room.outcome(volumes)
        best = max(best, drawn_back(room, volumes, room.low), key=lambda mix: mix.value)
        missed = ~rows & (outcome[1:] > room.caps + room.slack)
        if not missed.any():
            break
        rows = rows | missed
    return best


@dataclass(frozen=True)
class Linear:
    """Outcome (rows,) and its slopes (rows, channels), in the units of a programme."""

    outcome: Array
    slopes: Array


class _Stuck(Exception):
    """A programme hardly moves any more, though it has not ended."""


@dataclass
class _Path:
    """Where a programme stands, (channels,), and how many of its last steps moved next to nothing."""

    volumes: Array
    standing: int = 0

    def step(self, volumes: Array) -> None:
        """The programme has taken a step to these volumes."""
        moved = np.max(np.abs(volumes - self.volumes), initial=0.0) > STANDING
        self.volumes, self.standing = volumes.copy(), 0 if moved else self.standing + 1
        if self.standing == STUCK:
            raise _Stuck


@dataclass(frozen=True)
class _Programme:
    """A programme in units that make every number about 1.

    `size` is a unit of each channel's volume (channels,); `rows` are the rows of an outcome that count (value first),
    `norm` a unit of each.
    """

    room: Room
    start: Array
    low: Array
    high: Array
    size: Array
    rows: np.ndarray[Any, np.dtype[np.intp]]
    norm: Array
    _seen: dict[bytes, Linear] = field(default_factory=dict)

    @classmethod
    def of(cls, room: Room, sketched: Mix, high: Array, minded: Any) -> _Programme:
        """The programme around a sketched mix in which the rows `minded`, (rows,) of booleans, are constraints."""
        size = np.maximum(sketched.volumes, 0.01 * (high - room.low))
        size[size == 0] = 1.0
        rows = np.append(VALUE, 1 + np.flatnonzero(minded))
        grown = np.abs(sketched.outcome - room.outcome(room.low))[rows]
        norm = np.maximum(grown, 1e-6 * np.abs(sketched.outcome[rows]))
        norm[norm == 0] = 1.0
        return cls(room, sketched.volumes, room.low, high, size, rows, norm)

    def solve(self) -> Array:
        """The volumes (channels,) at which the programme ends."""
        from scipy.optimize import minimize

        caps = self.room.caps[self.rows[1:] - 1] / self.norm[1:]

        def loss(scaled: Array) -> float:
            return -float(self._at(scaled).outcome[0])

        def loss_slopes(scaled: Array) -> Array:
            return np.asarray(-self._at(scaled).slopes[0])

        def room_left(scaled: Array) -> Array:
            return np.asarray(caps - self._at(scaled).outcome[1:])

        def room_slopes(scaled: Array) -> Array:
            return np.asarray(-self._at(scaled).slopes[1:])

        constraint = {"type": "ineq", "fun": room_left, "jac": room_slopes}
        programme: Any = minimize
        path = _Path(self.start / self.size)
        with warnings.catch_warnings(), suppress(_Stuck):
            warnings.filterwarnings("ignore", "Values in x were outside bounds")  # by rounding; `_at` clips them, too
            path.volumes = programme(
                loss, path.volumes, jac=loss_slopes, method="SLSQP", callback=path.step,
                bounds=list(zip(self.low / self.size, self.high / self.size, strict=True)),
                constraints=constraint if len(caps) else (), options={"maxiter": 60, "ftol": self._least_gain},
            ).x  # fmt: skip
        return np.asarray(np.clip(np.nan_to_num(path.volumes) * self.size, self.low, self.high))

    @property
    def _least_gain(self) -> float:
        """The gain that is worth another step: more than rounding moves a figure much larger than what a mix adds."""
        figure = abs(float(self.room.outcome(self.start)[VALUE]))
        return max(EXACT, NOISE * figure / float(self.norm[0]))

    def _at(self, scaled: Array) -> Linear:
        """What happens around scaled volumes; the solver asks several times for the same."""
        key = scaled.tobytes()
        if key not in self._seen:
            self._seen.clear()
            volumes = np.clip(scaled * self.size, self.low, self.high)
            outcome, slopes = slopes_at(self.room, volumes, 1e-5 * self.size)
            unit = self.norm[:, None]
            self._seen[key] = Linear(outcome[self.rows] / self.norm, slopes[self.rows] * self.size / unit)
        return self._seen[key]
