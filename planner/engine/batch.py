"""Arrivals of a whole batch of moves, row by row, worked out when asked for.

What does not vary stays out of the big arrays: a moved rate, volume or share only scales a row, so a row is a `Flow`,
factors of the batch's shape times months without one. Months take the batch's shape only below what truly changes them
(a delay, the touches of a channel with an audience, a clipped assist).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from planner.engine.delay import kernel, shares, spread
from planner.engine.factors import Array, ByMonth, Flow, Product, View, counted
from planner.engine.known import Clock, Known
from planner.engine.layout import network
from planner.engine.moved_rates import MovedRates
from planner.engine.moves import Moves, checked
from planner.engine.network import Row
from planner.engine.single import Multipliers, PlanRows
from planner.engine.totals import by_month, summed
from planner.engine.under_way import RowsUnderWay
from planner.plan import Channel, Plan, Stage

__all__ = ["Array", "Flow", "Flows", "View"]

BATCHES = 16  # plans whose still part stays at hand: slices of draws, and questions asked one after the other


class Flows:
    """Arrivals of a plan and of its moves. `shape` is the batch's shape, () without moves."""

    def __init__(self, plan: Plan, moves: Mapping[str, Any] | None = None, known: Known | None = None) -> None:
        self.plan = known.in_play(plan) if known else plan
        self.net = network(self.plan, by_channel=known is not None)
        self.moves = checked(plan, moves, self.net.slot_of) if moves else Moves()
        self.shape = self.moves.shape
        self.under_way = RowsUnderWay(self.plan, self.net, known) if known else None
        self.still = self.under_way or self._still_rows()
        self._flows: dict[int, Flow] = {}
        self._touches: dict[int, ByMonth] = {}
        self._totals: dict[tuple[tuple[int, ...], View], Array] = {}
        if self.moves.levers:
            self._rates = MovedRates(self.moves, self.still, self.touches)
            self._late = {self.net.slot_of.get(stage) for stage in self.moves.stages_of("delay")}

    def _still_rows(self) -> PlanRows:
        """The part of the batch that its moves do not change."""
        moved = frozenset(self.moves.levers)
        return _still(self.plan, moved) if moved else PlanRows(self.plan, self.net)

    def value(self, path: str, of: Any) -> Any:
        """The number at a path: the plan's, or the moves' in the batch's shape."""
        return self.moves.levers.get(path, of)

    # -- read-out ---------------------------------------------------------------------------------------------------

    def total(self, rows: Sequence[int], view: View) -> Array:
        """Arrivals summed over rows: shape (months, …) for the view "months", else (…)."""
        if not len(rows):
            return np.zeros((self.plan.months, *self._thin) if view == "months" else self._thin)
        if not self.moves.levers:
            return counted(self.still.rows[list(rows)].sum(axis=0), view)
        key = (tuple(rows), view)
        if key in self._totals:
            return self._totals[key]
        flows = [self.flow(i) for i in rows]
        if view == "months":
            total = by_month(self.moves, flows)
            self._forget_months()  # large, and mostly read once: the last is enough
        else:
            amounts = [self._counted(i, flow, view) for i, flow in zip(rows, flows, strict=True)]
            total = summed(self.moves, [flow.factors for flow in flows], amounts)
        total.setflags(write=False)
        self._totals[key] = total
        return total

    def _forget_months(self) -> None:
        for key in [key for key in self._totals if key[1] == "months"]:
            del self._totals[key]

    @property
    def clock(self) -> Clock | None:
        """Where the clock stands, None where it runs to the plan's end."""
        return self.under_way.clock if self.under_way else None

    def by_period(self, rows: Sequence[int]) -> Array:
        """Arrivals of a plan under way summed over rows, (periods + 1,), the tail last."""
        periods = self.under_way.by_period if self.under_way else self.still.rows
        return np.asarray(periods[list(rows)].sum(axis=0))

    def taken(self, row: int) -> Array:
        """What a row takes of its parent at the plan's own numbers, (months + 1,)."""
        return self.still.taken(row)

    def multipliers(self, c: int, stage: Stage) -> Multipliers:
        """What makes a stage's rate what it is by month in channel c, for one plan."""
        return self.still.multipliers(c, stage)

    @property
    def _thin(self) -> tuple[int, ...]:
        """The shape of one number for the whole batch."""
        return (1,) * len(self.shape)

    def next_to_nothing(self, rows: Sequence[int], view: View, part: float) -> bool:
        """Whether a view holds less than `part` of the whole of some row, somewhere in the batch."""
        if not self.moves.levers:
            in_view, in_all = (np.array(self.still.counted(each))[list(rows)] for each in (view, "all"))
            return bool(np.any(in_view < part * in_all))
        flows = ((i, self.flow(i)) for i in rows)
        return any(np.any(self._counted(i, flow, view) < part * self._counted(i, flow, "all")) for i, flow in flows)

    def _counted(self, i: int, flow: Flow, view: View) -> Any:
        """The months of row i as a view counts them."""
        return counted(flow.months, view) if flow.varies else self.still.counted(view)[i]

    # -- touches ----------------------------------------------------------------------------------------------------

    def flow(self, i: int) -> Flow:
        """Row i for the whole batch."""
        if i not in self._flows:
            row = self.net.rows[i]
            if row.parent is not None:
                self._flows[i] = self._stage(i, row, row.parent)
            else:
                self._flows[i] = self._fed(i, row) if row.sources else self._planned(i, row)
        return self._flows[i]

    def touches(self, c: int) -> ByMonth:
        """Touches of channel c over all strands, (months + 1, …)."""
        if c not in self._touches:
            flows = [self.flow(i) for i in self.net.touches[c]]
            varies = any(flow.factors is not None or flow.varies for flow in flows)
            months = np.asarray(sum(map(self._whole, flows))) if varies else self.still.touches(c)
            self._touches[c] = ByMonth(months, varies)
        return self._touches[c]

    def _planned(self, i: int, row: Row) -> Flow:
        """Touches by volume and profile; none in the strand of openings."""
        channel = self.still.active[row.channel]
        still = Flow(None, self.still.rows[i], False)
        if row.opening:
            return still
        volume = self.moves.levers.get(f"{channel.key}.volume")
        factors = None if volume is None else Product(None, volume)
        profile = self._moved_profile(channel)
        if profile is None:
            return still._replace(factors=factors)
        return Flow(factors, profile if factors else profile * channel.volume, True)

    def _moved_profile(self, channel: Channel) -> Array | None:
        """A channel's profile in the batch's shape, the tail's 0 last; None where no move changes it."""
        months = range(self.plan.months)
        paths = [f"{channel.key}.profile.{month}" for month in months]
        if self.moves.levers.keys().isdisjoint(paths):
            return None
        planned = channel.profile or (1.0,) * len(paths)
        by_month = [self.value(path, multiplier) for path, multiplier in zip(paths, planned, strict=True)]
        return np.stack(np.broadcast_arrays(*by_month, np.zeros(self._thin)))

    def _fed(self, i: int, row: Row) -> Flow:
        """Touches that arrivals elsewhere bring."""
        if len(row.sources) == 1:
            return self._fed_by_one(i, row)
        flows = [self.flow(source.row) for source in row.sources]
        feeds = [self.plan.feeds[source.feed] for source in row.sources]
        shares = [self.value(f"feeds.{feed.key}.share", feed.share) for feed in feeds]
        moved = [f"feeds.{feed.key}.share" in self.moves.levers for feed in feeds]
        if not any(moved) and not any(flow.varies or flow.factors for flow in flows):
            return Flow(None, self.still.rows[i], False)
        months = sum(self._whole(flow) * share for flow, share in zip(flows, shares, strict=True))
        return Flow(None, np.asarray(months), True)

    def _fed_by_one(self, i: int, row: Row) -> Flow:
        """Touches that one stream brings: it, scaled by a moved share."""
        flow, feed = self.flow(row.sources[0].row), self.plan.feeds[row.sources[0].feed]
        share = self.moves.levers.get(f"feeds.{feed.key}.share")
        factors = flow.times(() if share is None else (share,))
        if not flow.varies:
            return Flow(factors, self.still.rows[i], False)
        return Flow(factors, flow.months * feed.share if share is None else flow.months, True)

    def _whole(self, flow: Flow) -> Array:
        """A flow multiplied out, (months + 1, …) with the batch's dimensions behind."""
        months = self.moves.wide(flow.months)
        return months if flow.factors is None else np.asarray(flow.factors.value * months)

    # -- stages -----------------------------------------------------------------------------------------------------

    def _stage(self, i: int, row: Row, parent_row: int) -> Flow:
        """Arrivals at a stage: what it takes of its parent, after its delay, and what openings bring."""
        parent, taken = self.flow(parent_row), self._rates.taken(i)
        factors = parent.times(taken.factors)
        is_steady = not parent.varies and taken.months is None and row.slot not in self._late
        if is_steady and not row.opens:
            return Flow(factors, self.still.rows[i], False)
        opened = [self._opening(opening) for opening in row.opens]
        if is_steady and factors is None and not any(isinstance(count, np.ndarray) for count in opened):
            return Flow(None, self.still.rows[i], False)
        part = self.still.taken(i) if taken.months is None else taken.months
        months = self._delayed(row, self.moves.wide(parent.months) * self.moves.wide(part))
        if not opened:
            return Flow(factors, months, True)
        whole = self._whole(Flow(factors, months, True))
        months = np.array(np.broadcast_to(whole, (len(whole), *self.shape)))
        months[0] += sum(opened)
        return Flow(None, months, True)

    def _opening(self, number: int) -> Any:
        opening = self.plan.opening[number]
        return self.value(f"opening.{opening.stage}.count", opening.count)

    def _delayed(self, row: Row, months: Array) -> Array:
        """Accepted parents by month made arrivals by month."""
        assert row.slot is not None
        delay, path = self.still.delays[row.slot], self.net.paths[row.slot]
        if delay is None:
            return months
        if row.slot not in self._late:
            return np.tensordot(kernel(delay.median_days, delay.p90_ratio, self.plan.months), months, axes=(0, 0))
        median = self.value(f"{path}.delay.median_days", delay.median_days)
        ratio = self.value(f"{path}.delay.p90_ratio", delay.p90_ratio)
        return spread(months, shares(median, ratio, self.plan.months))


@lru_cache(maxsize=BATCHES)
def _still(plan: Plan, moved: frozenset[str]) -> PlanRows:
    """The part of a batch that no move of these levers changes."""
    return PlanRows(plan, network(plan), moved)
