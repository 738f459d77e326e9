"""A metric along the span of a lever: its gap to the target and the room under the limits, wherever one looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.ask.goal.reach import Reach
from planner.ask.limits import SLACK, Limits
from planner.engine import Forecast, forecast
from planner.engine.batch import Array
from planner.measure.metrics import read
from planner.plan import Plan

__all__ = ["Curve", "Reader", "Samples", "joined"]

ROUNDING = 1e-15  # of the target: batches of other sizes may sum in another order

Reader = Callable[[Plan, Mapping[str, Any]], Array]
CLOSER = 129  # points of a closer look


@dataclass(frozen=True)
class Samples:
    """Places `to` of a lever, ascending: `gap` is the metric less the target, `spare` the share of room left.

    `spare` is below 0 where an answer would break a limit; see `Limits.spare`.
    """

    to: Array
    gap: Array
    spare: Array

    def only(self, which: Any) -> Samples:
        """Some of the samples."""
        return Samples(self.to[which], self.gap[which], self.spare[which])

    @property
    def kept(self) -> Samples:
        """Those within all limits."""
        return self.only(self.spare >= -SLACK)


def joined(*parts: Samples) -> Samples:
    """Samples together, each place once."""
    to, first = np.unique(np.concatenate([part.to for part in parts]), return_index=True)
    gap, spare = (np.concatenate([getattr(part, name) for part in parts])[first] for name in ("gap", "spare"))
    return Samples(to, gap, spare)


class Curve:
    """A metric along the span of a lever. A place is forecast once, however often it is looked at."""

    def __init__(
        self, span: Reach, metric: str, target: float, *,
        channel: str | None = None, tail: bool = False, reader: Reader | None = None,
    ) -> None:  # fmt: skip
        self.span, self.metric, self.target = span, metric, target
        self.channel, self.tail, self.reader = channel, tail, reader
        self.limits = Limits.of(span.plan)
        self._seen: dict[float, tuple[float, float]] = {}

    def value(self, batch: Forecast, to: Array) -> Array:
        """The metric at places `to`, whose forecast is `batch`."""
        if self.reader:
            return self.reader(self.span.plan, self.span.moves(to))
        return read(batch, self.metric, channel=self.channel, tail=self.tail)

    def at(self, to: Array) -> Samples:
        """Samples at places `to`, in their order."""
        unseen = np.array([place for place in dict.fromkeys(to.tolist()) if place not in self._seen])
        if unseen.size:
            batch = forecast(self.span.plan, self.span.moves(unseen))
            gap = np.broadcast_to(self.value(batch, unseen) - self.target, unseen.shape)
            gap = np.where(np.abs(gap) <= ROUNDING * abs(self.target), 0.0, gap)
            spare = np.broadcast_to(self.limits.spare(batch), unseen.shape)
            self._seen |= dict(zip(unseen.tolist(), zip(gap.tolist(), spare.tolist(), strict=True), strict=True))
        pairs = np.array([self._seen[place] for place in to.tolist()]).reshape(-1, 2)
        return Samples(to, pairs[:, 0], pairs[:, 1])

    def sampled(self) -> Samples:
        """A first look at the whole span, and closer ones where the metric turns back just before the target."""
        first = self.at(self.span.points())
        turns = _turns(first)
        closer = [first]
        left, right = first.to[turns - 1], first.to[turns + 1]
        for _ in range(2 if turns.size else 0):
            grid = np.linspace(left, right, CLOSER, axis=1)
            nearer = self.at(grid.ravel())
            closer.append(nearer)
            nearest = np.abs(nearer.gap.reshape(grid.shape))
            best = np.clip(np.nanargmin(nearest, axis=1), 1, CLOSER - 2)
            rows = np.arange(len(grid))
            left, right = grid[rows, best - 1], grid[rows, best + 1]
        return joined(*closer)


def _turns(samples: Samples) -> Any:
    """Where the gap is least between two neighbours of the same sign: two roots, or the nearest place, may hide."""
    gap, size = np.sign(samples.gap), np.abs(samples.gap)
    one_side = (gap[:-2] == gap[1:-1]) & (gap[1:-1] == gap[2:]) & (gap[1:-1] != 0)
    return 1 + np.flatnonzero(one_side & (size[1:-1] < size[:-2]) & (size[1:-1] < size[2:]))
