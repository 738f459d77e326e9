"""Arrivals of a whole batch of moves, row by row, worked out when asked for.

What does not vary stays out of the big arrays: a moved rate, volume or share only scales a row, so a row is a `Flow`,
factors of the batch's shape times months without one. Months take the batch's shape only below what truly changes them
(a delay, the touches of a channel with an audience, a clipped assist).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from weakref import proxy

import numpy as np

from planner.engine.delay import kernel, shares, spread
from planner.engine.factors import Array, ByMonth, Flow, Products, View, counted
from planner.engine.known import Clock, Known
from planner.engine.layout import network
from planner.engine.moved_rates import MovedRates
from planner.engine.moves import Moves, checked
from planner.engine.network import Row
from planner.engine.single import Multipliers, PlanRows
from planner.engine.still import Way, still_rows
from planner.engine.totals import Totals
from planner.engine.under_way import RowsUnderWay
from planner.plan import Channel, Plan, Stage

__all__ = ["Array", "Flow", "Flows", "View"]


class Flows:
    """Arrivals of a plan and of its moves. `shape` is the batch's shape, () without moves."""

    def __init__(self, plan: Plan, moves: Mapping[str, Any] | None = None, known: Known | None = None) -> None:
        self.plan = known.in_play(plan) if known else plan
        self.moves, self.under_way, self._flows = Moves(), None, dict[int, Flow]()
        if moves:
            self._lay_out(moves)
        else:
            net = network(self.plan, by_channel=known is not None)
            self.under_way = RowsUnderWay(self.plan, net, known) if known else None
            self.still = self.under_way or PlanRows(self.plan, net)
        self.net, self.shape = self.still.net, self.moves.shape

    def _lay_out(self, moves: Mapping[str, Any]) -> None:
        self.still = still = still_rows(self.plan, frozenset(moves))
        self.moves = checked(self.plan, moves, still.net.slot_of)
        self._way, self._ways = still.way, still.ways
        self._late, self._shaped = still.late, still.shaped
        flows = proxy(self)  # without a cycle its arrays are freed as soon as nobody holds it
        self._rates = MovedRates(self.moves, still, lambda c: flows.touches(c))
        self._products = Products()
        self._sums = Totals(self.moves, self._products)
        self._touches: dict[int, ByMonth] = {}
        self._totals: dict[tuple[tuple[int, ...], View], Array] = {}
        self._scales: dict[tuple[Way, ...], Array] = {}

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
        if key not in self._totals:
            if view == "months":
                self._forget_months()  # large, and mostly read once: the last is enough
                total = self._sums.by_month([self.flow(i) for i in rows])
            else:
                total = self._summed(rows, view)
            total.setflags(write=False)
            self._totals[key] = total
        return self._totals[key]

    def times(self, each: Any, rows: Sequence[int], view: View) -> Array:
        """The total of these rows times `each`, a number of the plan or of the moves."""
        at_once = self.moves.levers and len(rows) and view != "months" and isinstance(each, float)
        if at_once and (tuple(rows), view) not in self._totals:
            return self._summed(rows, view, each)
        return np.asarray(each * self.total(rows, view))

    def _summed(self, rows: Sequence[int], view: View, each: float = 1.0) -> Array:
        still, ways = self.still.counted(view), self._ways(tuple(rows))
        if len(rows) > 1 and not any(self.flow(way.start).varies for way in ways.own):
            totals = [each * still[i] for i in rows]
            return self._sums.scaled(self._laid_out(ways.own), totals, self._rates.of(ways.shared))
        flows = [self.flow(i) for i in rows]
        pairs = zip(rows, flows, strict=True)
        amounts = [each * (counted(flow.months, view) if flow.varies else still[i]) for i, flow in pairs]
        return self._sums.summed([flow.factors for flow in flows], amounts)

    def _laid_out(self, ways: tuple[Way, ...]) -> Array:
        """What rows that come by these ways are scaled by, (rows, …); deals and meetings share it."""
        if ways not in self._scales:
            factors = [self.flow(way.start).factors + self._rates.of(way.slots) for way in ways]
            self._scales[ways] = self._sums.laid_out(factors)
        return self._scales[ways]

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
        flow = self._flows.get(i)
        if flow is None:
            start, slots = self._way(i)
            if start != i and not (before := self.flow(start)).varies:
                flow = Flow(before.factors + self._rates.of(slots), self.still.rows[i], False)
            else:
                flow = self._step_by_step(i, self.net.rows[i])
            self._flows[i] = flow
        return flow

    def _step_by_step(self, i: int, row: Row) -> Flow:
        if row.parent is not None:
            return self._stage(i, row, row.parent)
        return self._fed(i, row) if row.sources else self._planned(i, row)

    def touches(self, c: int) -> ByMonth:
        """Touches of channel c over all strands, (months + 1, …)."""
        if c not in self._touches:
            flows = [self.flow(i) for i in self.net.touches[c]]
            varies = any(flow.factors or flow.varies for flow in flows)
            months = np.asarray(sum(map(self._whole, flows))) if varies else self.still.touches(c)
            self._touches[c] = ByMonth(months, varies)
        return self._touches[c]

    def _planned(self, i: int, row: Row) -> Flow:
        """Touches by volume and profile; none in the strand of openings."""
        channel = self.still.active[row.channel]
        still = Flow((), self.still.rows[i], False)
        if row.opening:
            return still
        volume = self.moves.levers.get(f"{channel.key}.volume")
        factors = () if volume is None else (volume,)
        if channel.key not in self._shaped:
            return still._replace(factors=factors)
        profile = self._moved_profile(channel)
        return Flow(factors, profile if factors else profile * channel.volume, True)

    def _moved_profile(self, channel: Channel) -> Array:
        """A channel's profile in the batch's shape, the tail's 0 last."""
        planned = channel.profile or (1.0,) * self.plan.months
        path = f"{channel.key}.profile"
        by_month = [self.value(f"{path}.{month}", multiplier) for month, multiplier in enumerate(planned)]
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
            return Flow((), self.still.rows[i], False)
        months = sum(self._whole(flow) * share for flow, share in zip(flows, shares, strict=True))
        return Flow((), np.asarray(months), True)

    def _fed_by_one(self, i: int, row: Row) -> Flow:
        """Touches that one stream brings: it, scaled by a moved share."""
        flow, feed = self.flow(row.sources[0].row), self.plan.feeds[row.sources[0].feed]
        share = self.moves.levers.get(f"feeds.{feed.key}.share")
        factors = flow.factors if share is None else (*flow.factors, share)
        if not flow.varies:
            return Flow(factors, self.still.rows[i], False)
        return Flow(factors, flow.months * feed.share if share is None else flow.months, True)

    def _whole(self, flow: Flow) -> Array:
        """A flow multiplied out, (months + 1, …) with the batch's dimensions behind."""
        months = self.moves.wide(flow.months)
        return np.asarray(self._products.of(flow.factors) * months) if flow.factors else months

    # -- stages -----------------------------------------------------------------------------------------------------

    def _stage(self, i: int, row: Row, parent_row: int) -> Flow:
        """Arrivals at a stage: what it takes of its parent, after its delay, and what openings bring."""
        parent, taken = self.flow(parent_row), self._rates.taken(i)
        factors = parent.factors + taken.factors
        is_steady = not parent.varies and taken.months is None and row.slot not in self._late
        if is_steady and not row.opens:
            return Flow(factors, self.still.rows[i], False)
        opened = [self._opening(opening) for opening in row.opens]
        if is_steady and not factors and not any(isinstance(count, np.ndarray) for count in opened):
            return Flow((), self.still.rows[i], False)
        part = self.still.taken(i) if taken.months is None else taken.months
        months = self._delayed(row, self.moves.wide(parent.months) * self.moves.wide(part))
        if not opened:
            return Flow(factors, months, True)
        whole = self._whole(Flow(factors, months, True))
        months = np.array(np.broadcast_to(whole, (len(whole), *self.shape)))
        months[0] += sum(opened)
        return Flow((), months, True)

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
