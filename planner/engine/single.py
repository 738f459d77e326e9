"""Arrivals of one plan, all rows of a level of its network at once."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

import numpy as np

from planner.engine.delay import kernel
from planner.engine.network import Level, Network
from planner.engine.wear import lifted, seasonal, wear
from planner.plan import Plan

__all__ = ["Packed"]

Array = np.ndarray[Any, np.dtype[np.float64]]


class Packed:
    """Rows by months at a plan's own numbers. What is `moved` is taken as 1, to be multiplied with afterwards.

    `rows` is the arrivals, `part` what a row takes of its parent; both of shape (rows, months + 1), the last the tail.
    `rates`, `delays` and `by_month` (multipliers on rates, where a stage has any) stand by the network's slots.
    """

    def __init__(self, plan: Plan, net: Network, moved: Container[str]) -> None:
        self._plan, self._net, self._moved = plan, net, moved
        self.active = tuple(c for c in plan.channels if c.active)
        stages = [*(s for c in self.active for s in c.stages), *plan.sales]
        self.delays = [s.delay for s in stages]
        self.rates = np.array([*(s.rate for s in stages), 0.0])  # touches take nothing from a parent
        self.by_month = {slot: seasonal(s.by_month) for slot, s in enumerate(stages) if s.by_month}
        self.free = np.zeros(len(self.rates), dtype=bool)  # whose rate is moved
        if moved:
            self.free[[slot for path, slot in net.slot_of.items() if f"{path}.rate" in moved]] = True
        self._taken_rates = np.where(self.free, 1.0, self.rates)
        self.part = np.repeat(self._taken_rates[net.slots][:, None], plan.months + 1, axis=1)
        self.rows = np.zeros(self.part.shape)
        for c, channel in enumerate(self.active):
            volume = self._or_one(f"{channel.key}.volume", channel.volume)
            self.rows[net.own[c], :-1] = np.multiply(volume, channel.profile) if channel.profile else volume
        if self.by_month:
            self._weigh_months()
        delays = [self.delays[slot] for slot in net.delayed_slots]
        kernels = np.array([kernel(d.median_days, d.p90_ratio, plan.months) for d in delays if d])
        for level in net.levels:
            self._settle(level, kernels)

    def _or_one(self, path: str, value: float) -> float:
        return 1.0 if path in self._moved else value

    def touches(self, c: int) -> Array:
        """Touches of channel c over all its strands, (months + 1,)."""
        return np.asarray(self.rows[list(self._net.touches[c])].sum(axis=0))

    def share(self, slot: int, siblings: tuple[int, ...]) -> Any:
        """An exclusive stage's share of what the main sibling leaves over: by month where a rate changes by month.

        Shares by month that add to more than 1 are divided by their sum.
        """
        if self.by_month.keys().isdisjoint(siblings):
            return self.rates[slot]
        by_month = {s: np.minimum(1.0, self.rates[s] * self.by_month.get(s, 1.0)) for s in siblings}
        return by_month[slot] / np.maximum(1.0, sum(by_month.values()))

    def _weigh_months(self) -> None:
        """The rates by month in what each row takes."""
        for i, row in enumerate(self._net.rows):
            if row.siblings:
                self.part[i] = 1.0 if self.free[row.slot] else self.share(row.slot, row.siblings)
            elif row.slot in self.by_month:
                self.part[i] *= self.by_month[row.slot]

    def _settle(self, level: Level, kernels: Array) -> None:
        rows, part = self.rows, self.part
        self._weigh(level)
        if level.start:
            rows[level.start : level.stop] = rows[level.parents] * part[level.start : level.stop]
        if len(level.delayed):
            arrived = np.matmul(rows[level.delayed][:, None, :], kernels[level.kernels])
            rows[level.delayed] = arrived[:, 0, :]
        for i in level.special:
            for f, source in self._net.rows[i].sources:
                feed = self._plan.feeds[f]
                rows[i] += rows[source] * self._or_one(f"feeds.{feed.key}.share", feed.share)
            for o in self._net.rows[i].opens:
                rows[i, 0] += self._plan.opening[o].count

    def _weigh(self, level: Level) -> None:
        """Wear, assists, the one cap at 1, and main siblings in what the rows of a level take."""
        part, slots = self.part, self._net.slots
        for c, worn in level.worn:
            channel = self.active[c]
            if channel.audience is not None:
                each, fresh = channel.touches_per_contact, channel.fresh
                part[worn] *= wear(self.touches(c), channel.audience, each, fresh, channel.coverage)
        for a, helped in level.lifted:
            assist = self._plan.assists[a]
            touches = self.touches(self._net.channels.index(assist.source))
            part[helped] *= lifted(touches, assist.lift, assist.scale)
        capped = [helped for _, helped in level.lifted]
        if self.by_month:
            capped.append(np.arange(level.start, level.stop))
        for rows in capped:
            fixed = rows[~self.free[slots[rows]]]
            part[fixed] = np.minimum(part[fixed], 1.0)
        if len(level.exclusive):
            left = 1.0 - part[level.rivals]
            left[self.free[slots[level.rivals]]] = 1.0
            part[level.exclusive] *= left
