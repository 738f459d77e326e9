"""Arrivals of one plan, all rows of a level of its network at once."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from planner.engine.delay import kernel
from planner.engine.factors import Array, View, counted
from planner.engine.network import Level, Network
from planner.engine.wear import COVERAGES, LIST_FIELDS, lifted, seasonal, wear
from planner.plan import Plan, Stage

__all__ = ["Multipliers", "PlanRows"]


@dataclass(frozen=True)
class Multipliers:
    """What a stage's rate is multiplied by, (months + 1,) each, the tail last, and what is `taken` of its parent.

    `weight` is season, wear and assist together, capped so that the rate stays at most 1, exclusive shares divided by
    their sum; `taken` holds the rate itself and, for an exclusive stage, what the main sibling leaves over.
    """

    season: Array
    wear: Array
    assist: Array
    weight: Array
    taken: Array


class PlanRows:
    """Rows by months at a plan's own numbers. What is `moved` is taken as 1, to be multiplied with afterwards.

    `rows` is the arrivals, (rows, months + 1), the last the tail; `taken(i)` what row i takes of its parent. `rates`,
    `delays` and `seasons` (multipliers by month on rates, where a stage has any) stand by the network's slots.
    """

    def __init__(self, plan: Plan, net: Network, moved: Container[str] = ()) -> None:
        self.plan, self.net, self._moved = plan, net, moved
        self.active = tuple(channel for channel in plan.channels if channel.active)
        stages = [*(stage for channel in self.active for stage in channel.stages), *plan.sales]
        self.rates = [stage.rate for stage in stages]
        self.delays = [stage.delay for stage in stages]
        self.seasons = {slot: seasonal(stage.by_month) for slot, stage in enumerate(stages) if stage.by_month}
        self.free = {slot for path, slot in net.slot_of.items() if f"{path}.rate" in moved} if moved else set[int]()
        self.rows = self._planned_touches()
        self._taken = self._taken_before_weights()
        self._kernels = self._delay_kernels()
        self._counted: dict[View, list[float]] = {}
        for level in net.levels:
            self._settle(level)
        self.rows.setflags(write=False)

    # -- read-out ---------------------------------------------------------------------------------------------------

    def taken(self, i: int) -> Array:
        """What row i takes of its parent, (months + 1,)."""
        return np.broadcast_to(self._taken[i], (self.plan.months + 1,))

    def counted(self, view: View) -> list[float]:
        """Each row's months as a view other than "months" counts them; worked out once."""
        if view not in self._counted:
            self._counted[view] = counted(self.rows.T, view).tolist()
        return self._counted[view]

    def touches(self, channel: int) -> Array:
        """Touches of a channel over all its strands, (months + 1,)."""
        rows = self.net.touches[channel]
        return self.rows[rows[0]] if len(rows) == 1 else np.asarray(self.rows[list(rows)].sum(axis=0))

    def pace(self, channel: int) -> Array:
        """Touches of a channel a whole month, (months + 1,)."""
        return self.touches(channel)

    def share(self, slot: int, siblings: Sequence[int]) -> Any:
        """An exclusive stage's share of what the main sibling leaves over: by month where a rate changes by month.

        Shares by month that add to more than 1 are divided by their sum.
        """
        if self.seasons.keys().isdisjoint(siblings):
            return self.rates[slot]
        shares = {s: np.minimum(1.0, self.rates[s] * self.seasons.get(s, 1.0)) for s in siblings}
        return shares[slot] / np.maximum(1.0, sum(shares.values()))

    def multipliers(self, c: int, stage: Stage) -> Multipliers:
        """What makes a stage's rate what it is by month in channel c, for one plan."""
        i = self.net.find(stage.key, c)[0]
        row, ones = self.net.rows[i], np.ones(self.plan.months + 1)
        lift, left = ones, ones
        for assist in row.lifts:
            lift = lift * self._lift(assist)
        if row.tires:
            left = self._wear([c], self.active[c].coverage)[:, 0]
        season = seasonal(stage.by_month) if stage.by_month else ones
        weight = season * left * lift
        if row.siblings and row.slot is not None and stage.rate > 0:
            weight = self.share(row.slot, row.siblings) / stage.rate * left
        elif stage.rate > 0:
            weight = np.minimum(weight, 1.0 / stage.rate)
        return Multipliers(season, left, lift, weight, self.taken(i))

    # -- before the first level ---------------------------------------------------------------------------------------

    def _or_one(self, path: str, value: float) -> float:
        return 1.0 if path in self._moved else value

    def _planned_touches(self) -> Array:
        """All rows, of which the touches that are planned, not come of anything, have their months."""
        rows = np.zeros((len(self.net.rows), self.plan.months + 1))
        for i, channel in zip(self.net.own, self.active, strict=True):
            volume = self._or_one(f"{channel.key}.volume", channel.volume)
            rows[i, :-1] = np.multiply(volume, channel.profile) if channel.profile else volume
        return rows

    def _taken_before_weights(self) -> list[Any]:
        """What each row takes of its parent by rate and season: a number, or (months + 1,) with a season."""
        by_slot = [1.0 if slot in self.free else rate for slot, rate in enumerate(self.rates)]
        by_slot.append(0.0)  # touches take nothing from a parent
        taken: list[Any] = [by_slot[slot] for slot in self.net.slots.tolist()]
        if self.seasons:
            for i, row in enumerate(self.net.rows):
                if row.siblings and row.slot is not None and row.slot not in self.free:
                    taken[i] = self.share(row.slot, row.siblings)
                elif row.slot in self.seasons and not row.siblings:
                    taken[i] = taken[i] * self.seasons[row.slot]
        return taken

    def _delay_kernels(self) -> Array:
        """The kernels of the delays, in the order of `Network.delayed_slots`."""
        delays = [self.delays[slot] for slot in self.net.delayed_slots]
        pairs = tuple((delay.median_days, delay.p90_ratio) for delay in delays if delay)
        return _stacked(pairs, self.plan.months)

    # -- level by level -----------------------------------------------------------------------------------------------

    def _settle(self, level: Level) -> None:
        """The rows of a level, from those of earlier levels."""
        for i in level.fed:
            for source in self.net.rows[i].sources:
                feed = self.plan.feeds[source.feed]
                self.rows[i] += self.rows[source.row] * self._or_one(f"feeds.{feed.key}.share", feed.share)
        if level.first_stage == level.stop:
            return
        self._weigh(level)
        self.rows[level.first_stage : level.stop] = self.rows[level.bases] * self._taken_of_bases(level)
        if len(level.delayed):
            arriving = np.matmul(self.rows[level.delayed][:, None, :], self._kernels[level.kernels])
            self.rows[level.delayed] = arriving[:, 0, :]
        for i in level.opened:
            self.rows[i, 0] += self._opening_counts(i)

    def _opening_counts(self, i: int) -> float:
        """What is under way at a row's stage when the plan begins."""
        return sum(self.plan.opening[opening].count for opening in self.net.rows[i].opens)

    def _taken_of_bases(self, level: Level) -> Array:
        """What each stage of a level takes of its base: the product of what is taken on the way; (stages, 1 or …)."""
        products: list[Any] = []
        for taken, within in zip(self._taken[level.first_stage : level.stop], level.within, strict=True):
            products.append(taken if within is None else products[within] * taken)
        if all(isinstance(product, float) for product in products):
            return np.array(products)[:, None]
        by_month = np.empty((len(products), self.plan.months + 1))
        for row, product in zip(by_month, products, strict=True):
            row[:] = product
        return by_month

    # -- what a rate is multiplied by ---------------------------------------------------------------------------------

    def _weigh(self, level: Level) -> None:
        """Wear, assists, the one cap at 1, and main siblings in what the rows of a level take."""
        taken = self._taken
        for coverage in COVERAGES if level.worn else ():
            groups = [group for group in level.worn if self.active[group.of].coverage == coverage]
            if not groups:
                continue
            left = self._wear([group.of for group in groups], coverage)  # all channels of a level at once
            for group, left_by_month in zip(groups, left.T, strict=True):
                for i in group.rows:
                    taken[i] = taken[i] * left_by_month
        for group in level.lifted:
            lift = self._lift(group.of)
            for i in group.rows:
                taken[i] = taken[i] * lift
        self._cap(level)
        for rival in level.exclusive:
            if self.net.rows[rival.main].slot not in self.free:
                taken[rival.row] = taken[rival.row] * (1.0 - taken[rival.main])

    def _cap(self, level: Level) -> None:
        """No row takes more than all of its parent."""
        raised = {i for group in level.lifted for i in group.rows}
        if self.seasons:
            raised.update(range(level.first_stage, level.stop))
        for i in raised:
            if self.net.rows[i].slot not in self.free:
                self._taken[i] = np.minimum(self._taken[i], 1.0)

    def _wear(self, channels: Sequence[int], coverage: Any) -> Array:
        """What audiences leave of the rates of channels that cover theirs alike, (months + 1, channels)."""
        touches = np.array([self.touches(c) for c in channels]).T
        sizes = {field: np.array([getattr(self.active[c], field) for c in channels]) for field in LIST_FIELDS}
        return wear(touches, **sizes, coverage=coverage)

    def _lift(self, number: int) -> Array:
        """What an assist multiplies a rate by, (months + 1,)."""
        assist = self.plan.assists[number]
        return lifted(self.pace(self.net.assist_sources[number]), assist.lift, assist.scale)


@lru_cache(maxsize=256)  # some 30 kB each over twelve months, 700 kB over sixty
def _stacked(delays: tuple[tuple[float, float], ...], months: int) -> Array:
    """The kernels of delays, given as median and ratio, (delays, months + 1, months + 1)."""
    kernels = np.array([kernel(median_days, p90_ratio, months) for median_days, p90_ratio in delays])
    kernels.setflags(write=False)
    return kernels
