"""Arrivals of a whole batch of moves, row by row, worked out when asked for.

What does not vary stays out of the big arrays: a moved rate, volume or share only scales a row, so a row is a `Flow`,
factors of the batch's shape times months without one. Months take the batch's shape only below what truly changes them
(a delay, the touches of a channel with an audience, a clipped assist).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce
from typing import Any, NamedTuple

import numpy as np

from planner.engine.delay import kernel, shares, spread
from planner.engine.factors import Array, Flow, Product, View, apart, seen
from planner.engine.known import Clock, Known
from planner.engine.moves import checked
from planner.engine.network import Row, network
from planner.engine.single import Multipliers, Packed
from planner.engine.wear import LIST_FIELDS, lifted, seasonal, wear
from planner.plan import Plan, Stage

__all__ = ["Array", "Flow", "Flows", "View"]

BATCHES = 16  # plans whose still part stays at hand: slices of draws, and questions asked one after the other


class Taken(NamedTuple):
    """What a row takes of its parent: factors of the batch's shape, and `months` where not the still plan's."""

    factors: tuple[Array, ...] = ()
    months: Array | None = None


class ByMonth(NamedTuple):
    """Multipliers by month, the tail last: (months + 1,), or where they vary (months + 1, …) in the batch's shape."""

    months: Array
    varies: bool


class Flows:
    """Arrivals of a plan and of its moves. `shape` is the batch's shape, () without moves."""

    def __init__(self, plan: Plan, moves: Mapping[str, Any] | None = None, known: Known | None = None) -> None:
        self.plan = known.in_play(plan) if known else plan
        self.net = network(self.plan, by_channel=known is not None)
        self.moves, self.shape = checked(plan, moves, self.net.slot_of) if moves else ({}, ())
        self.deep = len(self.shape)
        self._still = _still(self.plan, frozenset(self.moves)) if self.moves else Packed(self.plan, self.net, (), known)
        self._rates = [self.moves.get(f"{path}.rate") for path in self.net.paths] if self.moves else []
        self._late, self._paced = self._slots_of(".delay."), self._slots_of(".by_month.")
        self._flows: dict[int, Flow] = {}
        self._totals: dict[tuple[tuple[int, ...], View], Array] = {}
        self._touches: dict[int, tuple[Array, bool]] = {}
        self._worn: dict[int, ByMonth] = {}
        self._seasons: dict[int, ByMonth | None] = {}
        self._left: dict[int, Taken] = {}
        self._rests: dict[int, Array] = {}

    def _slots_of(self, field: str) -> set[int]:
        """The stages whose delay, or multipliers by month, are moved."""
        stages = {path.rsplit(".", 2)[0] for path in self.moves if field in path}
        return {self.net.slot_of[stage] for stage in stages if stage in self.net.slot_of}

    def value(self, path: str, of: Any) -> Any:
        """The number at a path: the plan's, or the moves' in the batch's shape."""
        return self.moves.get(path, of) if self.moves else of

    # -- read-out ---------------------------------------------------------------------------------------------------

    def total(self, rows: Sequence[int], view: View) -> Array:
        """Arrivals summed over rows: shape (months, …) for the view "months", else (…)."""
        if not len(rows):
            return np.zeros((self.plan.months, *(1,) * self.deep) if view == "months" else (1,) * self.deep)
        if not self.moves:
            return seen(self._still.rows[list(rows)].sum(axis=0), view)
        if view == "months":
            return self._by_month([self.flow(i) for i in rows])
        key = (tuple(rows), view)
        if key not in self._totals:
            self._totals[key] = self._summed([self.flow(i) for i in rows], view)
            self._totals[key].setflags(write=False)
        return self._totals[key]

    def _summed(self, flows: Sequence[Flow], view: View) -> Array:
        """Flows summed over rows and the months of a view, (…)."""
        products, shared = apart([flow.factors for flow in flows]) if len(flows) > 1 else ([flows[0].factors], [])
        out: Any = None
        for product, flow in zip(products, flows, strict=True):
            months = seen(flow.months, view)
            row = months if product is None else product.value * months
            out = row if out is None else out + row
        for factor in shared:
            out = out * factor
        return np.array(out) if np.ndim(out) else np.full((1,) * self.deep, out)

    def _by_month(self, flows: Sequence[Flow]) -> Array:
        """Flows summed over rows, by month: (months, …)."""
        if len(flows) == 1:
            return self._whole(flows[0], slice(-1))
        products, shared = apart([flow.factors for flow in flows])
        out = sum(
            (self._wide(flow.months[:-1]) if product is None else product.value * self._wide(flow.months[:-1]))
            for product, flow in zip(products, flows, strict=True)
            if flow.varies
        )
        steady = [(product, flow) for product, flow in zip(products, flows, strict=True) if not flow.varies]
        if steady:  # all rows by all months in one product
            unit = np.ones((1,) * self.deep)
            scales = np.stack(np.broadcast_arrays(*(unit if p is None else p.value for p, _ in steady)))
            if shared and len(steady) == len(flows):
                scales = np.asarray(_multiplied(shared) * scales)
                shared = []
            out = out + np.tensordot(np.stack([flow.months[:-1] for _, flow in steady]), scales, axes=(0, 0))
        return np.asarray(out * _multiplied(shared) if shared else out)

    @property
    def clock(self) -> Clock | None:
        """Where the clock stands, None where it runs to the plan's end."""
        return self._still.clock

    def by_period(self, rows: Sequence[int]) -> Array:
        """Arrivals of a plan under way summed over rows, (periods + 1,), the tail last."""
        return np.asarray(self._still.by_period[list(rows)].sum(axis=0))

    def taken(self, row: int) -> Array:
        """What a row takes of its parent at the plan's own numbers, (months + 1,)."""
        return np.asarray(self._still.part[row])

    def multipliers(self, c: int, stage: Stage) -> Multipliers:
        """What makes a stage's rate what it is by month in channel c, for one plan."""
        return self._still.multipliers(c, stage)

    def next_to_nothing(self, rows: Sequence[int], view: View, part: float) -> bool:
        """Whether a view holds less than `part` of the whole of some row, somewhere in the batch."""
        for i in rows:
            months = self.flow(i).months if self.moves else self._still.rows[i]
            if np.any(seen(months, view) < part * months.sum(axis=0)):
                return True
        return False

    def _whole(self, flow: Flow, part: slice = slice(None)) -> Array:
        """A flow multiplied out, or a part of its months: (months + 1, …) with the batch's dimensions behind."""
        months = self._wide(flow.months[part])
        return months if flow.factors is None else np.asarray(flow.factors.value * months)

    def _wide(self, months: Array) -> Array:
        return months.reshape(len(months), *(1,) * self.deep) if months.ndim == 1 else months

    # -- touches ----------------------------------------------------------------------------------------------------

    def flow(self, i: int) -> Flow:
        """Row i for the whole batch."""
        if i not in self._flows:
            row = self.net.rows[i]
            make = self._stage if row.parent >= 0 else self._fed if row.sources else self._planned
            self._flows[i] = make(i, row)
        return self._flows[i]

    def _planned(self, i: int, row: Row) -> Flow:
        """Touches by volume and profile; none in the strand of openings."""
        channel = self._still.active[row.channel]
        volume = self.moves.get(f"{channel.key}.volume")
        profile = [f"{channel.key}.profile.{t}" for t in range(self.plan.months)]
        if row.opening or (volume is None and self.moves.keys().isdisjoint(profile)):
            return Flow(None, self._still.rows[i], False)
        factors = None if volume is None else Product(None, volume)
        if self.moves.keys().isdisjoint(profile):
            return Flow(factors, self._still.rows[i], False)
        by_month = [self.value(p, f) for p, f in zip(profile, channel.profile or (1.0,) * len(profile), strict=True)]
        months = np.stack(np.broadcast_arrays(*by_month, np.zeros((1,) * self.deep)))
        return Flow(factors, months if factors else months * channel.volume, True)

    def _fed(self, i: int, row: Row) -> Flow:
        """Touches that arrivals elsewhere bring."""
        feeds = [self.plan.feeds[f] for f, _ in row.sources]
        flows = [self.flow(source) for _, source in row.sources]
        moved = [self.moves.get(f"feeds.{feed.key}.share") for feed in feeds]
        steady = not any(flow.varies for flow in flows)
        if len(flows) == 1:
            (flow, feed, share) = (flows[0], feeds[0], moved[0])
            months = self._still.rows[i] if steady else flow.months * (feed.share if share is None else 1.0)
            return Flow(flow.times(() if share is None else (share,)), months, not steady)
        if steady and not any(flow.factors for flow in flows) and all(share is None for share in moved):
            return Flow(None, self._still.rows[i], False)
        shares = [feed.share if share is None else share for feed, share in zip(feeds, moved, strict=True)]
        return Flow(None, np.asarray(sum(self._whole(flow) * s for flow, s in zip(flows, shares, strict=True))), True)

    def touches(self, c: int) -> tuple[Array, bool]:
        """Touches of channel c over all strands, (months + 1, …), and whether they vary over the batch."""
        if c not in self._touches:
            flows = [self.flow(i) for i in self.net.touches[c]]
            varies = any(flow.factors or flow.varies for flow in flows)
            self._touches[c] = (
                np.asarray(sum(map(self._whole, flows))) if varies else self._still.touches(c), varies
            )  # fmt: skip
        return self._touches[c]

    # -- stages -----------------------------------------------------------------------------------------------------

    def _stage(self, i: int, row: Row) -> Flow:
        parent, taken = self.flow(row.parent), self._taken(i, row)
        factors = parent.times(taken.factors)
        counts = [self._opening(o) for o in row.opens]
        opens_unlike = bool(counts) and (factors is not None or any(isinstance(count, np.ndarray) for count in counts))
        if not (parent.varies or taken.months is not None or row.slot in self._late or opens_unlike):
            return Flow(factors, self._still.rows[i], False)
        part = self._still.part[i] if taken.months is None else taken.months
        months = self._delayed(row.slot, self._wide(parent.months) * self._wide(part))
        if not counts:
            return Flow(factors, months, True)
        months = np.array(np.broadcast_to(self._whole(Flow(factors, months, True)), (len(months), *self.shape)))
        months[0] += sum(counts)
        return Flow(None, months, True)

    def _opening(self, o: int) -> Any:
        opening = self.plan.opening[o]
        return self.value(f"opening.{opening.stage}.count", opening.count)

    def _delayed(self, slot: int, months: Array) -> Array:
        """Accepted parents by month made arrivals by month."""
        delay, path = self._still.delays[slot], self.net.paths[slot]
        if delay is None:
            return months
        if slot not in self._late:
            return np.tensordot(kernel(delay.median_days, delay.p90_ratio, self.plan.months), months, axes=(0, 0))
        median = self.value(f"{path}.delay.median_days", delay.median_days)
        ratio = self.value(f"{path}.delay.p90_ratio", delay.p90_ratio)
        return spread(months, shares(median, ratio, self.plan.months))

    def _taken(self, i: int, row: Row) -> Taken:
        """What row i takes of its parent."""
        if row.siblings:
            return self._taken_of_rest(row)
        rate = self._rates[row.slot]
        factors = () if rate is None else (rate,)
        capped = bool(row.lifts) or row.slot in self._still.by_month or row.slot in self._paced
        if not (capped or row.tires):
            return Taken(factors)
        if self._multiplier_varies(row):
            by_month = (self._still.rates[row.slot] if rate is None else rate) * self._multiplier(row)
        elif rate is None or not capped or np.max(rate, initial=0.0) * self._still.part[i].max() <= 1.0:
            return Taken(factors)
        else:
            by_month = rate * self._wide(self._still.part[i])
        return Taken((), np.minimum(by_month, 1.0) if capped else by_month)

    # -- side outcomes that rule the main one out ----------------------------------------------------------------------

    def _taken_of_rest(self, row: Row) -> Taken:
        """What an exclusive stage takes: its share, worn where it tires, of what the main sibling leaves over."""
        share, rest = self._share(row), self._left_over(row)
        worn = self._wear(row.channel) if row.tires else None
        if share.months is None and rest.months is None and not (worn and worn.varies):
            return Taken(share.factors + rest.factors)
        if share.months is not None:
            months = share.months
        else:
            months = np.asarray(1.0 if self._still.free[row.slot] else self._still.share(row.slot, row.siblings))
        for by_month in (worn.months if worn else None, self._rest_by_month(row, rest)):
            if by_month is not None:
                months = (self._wide(months) if months.ndim else months) * self._wide(by_month)
        return Taken(share.factors + rest.factors, months)

    def _share(self, row: Row) -> Taken:
        """The share by itself; shares that add to more than 1 are divided by their sum."""
        rates = [self._rates[slot] for slot in row.siblings]
        seasons = [self._season(slot) for slot in row.siblings]
        if all(rate is None for rate in rates) and not any(season and season.varies for season in seasons):
            return Taken()
        own = row.siblings.index(row.slot)
        shares = [self._still.rates[s] if r is None else r for s, r in zip(row.siblings, rates, strict=True)]
        if any(seasons):
            pairs = zip(shares, seasons, strict=True)
            by_month = [np.minimum(1.0, s * self._wide(season.months) if season else s) for s, season in pairs]
            months = by_month[own] / np.maximum(1.0, sum(by_month))
            return Taken((), np.broadcast_to(months, (self.plan.months + 1, *months.shape[1:])))
        rate, total = rates[own], sum(shares)
        factors = () if rate is None else (rate,)
        return Taken((*factors, 1.0 / np.maximum(total, 1.0)) if np.max(total, initial=0.0) > 1.0 else factors)

    def _left_over(self, row: Row) -> Taken:
        """What the main sibling leaves over, as far as the moves change it."""
        if row.rival < 0:
            return Taken()
        if row.rival not in self._left:
            self._left[row.rival] = self._left_by(row.rival)
        return self._left[row.rival]

    def _left_by(self, i: int) -> Taken:
        """What row i leaves over of its parent, as far as the moves change it."""
        row = self.net.rows[i]
        taken = self._taken(i, row)
        if taken.months is None and not taken.factors:
            return Taken()
        if taken.months is None and not (row.tires or row.lifts or self._season(row.slot)):
            if row.slot not in self._rests:
                self._rests[row.slot] = 1.0 - taken.factors[0]
            return Taken((self._rests[row.slot],))  # one array for every strand: sums share it
        months = self._wide(self._still.part[i] if taken.months is None else taken.months)
        return Taken((), 1.0 - (taken.factors[0] * months if taken.factors else months))

    def _rest_by_month(self, row: Row, rest: Taken) -> Array | None:
        """What the main sibling leaves over by month, where that is no factor; None: all of it, or a factor."""
        if rest.factors or row.rival < 0:
            return None
        return 1.0 - self._still.part[row.rival] if rest.months is None else rest.months

    # -- what changes a rate from month to month ----------------------------------------------------------------------

    def _multiplier_varies(self, row: Row) -> bool:
        """Whether season, wear or an assist of a row is another for each move."""
        return (
            row.slot in self._paced
            or (row.tires and self._wear_varies(row.channel))
            or any(self._assist_varies(a) for a in row.lifts)
        )

    def _multiplier(self, row: Row) -> Array:
        """Season, wear and assists of a row together, (months + 1, …)."""
        season = self._season(row.slot)
        parts = [season.months] if season else []
        parts += [self._wear(row.channel).months] if row.tires else []
        parts += [self._assisted(a) for a in row.lifts]
        return _multiplied([self._wide(months) for months in parts])

    def _season(self, slot: int) -> ByMonth | None:
        """The multipliers by month on a rate."""
        if slot not in self._seasons:
            path, still = self.net.paths[slot], self._still.by_month.get(slot)
            if slot in self._paced:
                stands = np.ones(self.plan.months) if still is None else still[:-1]
                months = [self.value(f"{path}.by_month.{t}", of) for t, of in enumerate(stands.tolist())]
                stacked = np.stack(np.broadcast_arrays(*months, np.zeros((1,) * self.deep))[:-1])
                self._seasons[slot] = ByMonth(seasonal(stacked), True)
            else:
                self._seasons[slot] = None if still is None else ByMonth(still, False)
        return self._seasons[slot]

    def _assist_varies(self, a: int) -> bool:
        key, source = self.plan.assists[a].key, self.net.channels.index(self.plan.assists[a].source)
        return f"assists.{key}.lift" in self.moves or f"assists.{key}.scale" in self.moves or self.touches(source)[1]

    def _assisted(self, a: int) -> Array:
        assist = self.plan.assists[a]
        touches, _ = self.touches(self.net.channels.index(assist.source))
        lift = self.value(f"assists.{assist.key}.lift", assist.lift)
        scale = self.value(f"assists.{assist.key}.scale", assist.scale)
        return lifted(self._wide(touches), lift, scale)

    def _wear_varies(self, c: int) -> bool:
        key = self._still.active[c].key
        return any(f"{key}.{field}" in self.moves for field in LIST_FIELDS) or self.touches(c)[1]

    def _wear(self, c: int) -> ByMonth:
        if c not in self._worn:
            channel, varies = self._still.active[c], self._wear_varies(c)
            sizes = {field: self.value(f"{channel.key}.{field}", getattr(channel, field)) for field in LIST_FIELDS}
            touches, _ = self.touches(c)
            months = wear(self._wide(touches) if varies else touches, **sizes, coverage=channel.coverage)
            self._worn[c] = ByMonth(months, varies)
        return self._worn[c]


@lru_cache(maxsize=BATCHES)
def _still(plan: Plan, moved: frozenset[str]) -> Packed:
    """The part of a batch that no move of these levers changes."""
    return Packed(plan, network(plan), moved)


def _multiplied(factors: Sequence[Array]) -> Array:
    return reduce(np.multiply, factors)
