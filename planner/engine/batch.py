"""Arrivals of a whole batch of moves, row by row, worked out when asked for.

What does not vary stays out of the big arrays: a moved rate, volume or share only scales a row, so a row is a `Flow`,
factors of the batch's shape times months without one. Months take the batch's shape only below what truly changes them
(a delay, the touches of a channel with an audience, a clipped assist).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from planner.engine.delay import kernel, shares, spread
from planner.engine.known import Clock, Known
from planner.engine.moves import checked
from planner.engine.network import Row, network
from planner.engine.single import Packed
from planner.engine.wear import lifted, seasonal, wear
from planner.plan import Plan, Stage

__all__ = ["Array", "Flow", "Flows", "View"]

Array = np.ndarray[Any, np.dtype[np.float64]]
View = Literal["months", "plan", "tail", "all"]


class Flow(NamedTuple):
    """Arrivals = product of factors · months. Factors have the batch's shape, months (months + 1, …), last the tail."""

    factors: tuple[Array, ...]
    months: Array
    varies: bool  # the months themselves carry the batch's shape


@dataclass(frozen=True)
class Taken:
    """What a row takes of its parent: factors of the batch's shape, and `months` where not the still plan's."""

    factors: tuple[Array, ...] = ()
    months: Array | None = None


@dataclass(frozen=True)
class ByMonth:
    """Multipliers by month, the tail last: (months + 1,), or where they vary (months + 1, …) in the batch's shape."""

    months: Array
    varies: bool


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


class Flows:
    """Arrivals of a plan and of its moves. `shape` is the batch's shape, () without moves."""

    def __init__(self, plan: Plan, moves: Mapping[str, Any] | None = None, known: Known | None = None) -> None:
        self.plan = known.in_play(plan) if known else plan
        self.net = network(self.plan, by_channel=known is not None)
        self.moves, self.shape = checked(plan, moves, self.net.slot_of) if moves else ({}, ())
        self.deep = len(self.shape)
        self._still = Packed(self.plan, self.net, self.moves, known)
        self._late = {path.rsplit(".", 2)[0] for path in self.moves if ".delay." in path}
        self._paced = {path.rsplit(".", 2)[0] for path in self.moves if ".by_month." in path}
        self._flows: dict[int, Flow] = {}
        self._touches: dict[int, tuple[Array, bool]] = {}
        self._worn: dict[int, ByMonth] = {}
        self._seasons: dict[int, ByMonth | None] = {}
        self._left: dict[int, Array] = {}

    def value(self, path: str, of: Any) -> Any:
        """The number at a path: the plan's, or the moves' in the batch's shape."""
        return self.moves.get(path, of) if self.moves else of

    # -- read-out ---------------------------------------------------------------------------------------------------

    def total(self, rows: Sequence[int], view: View) -> Array:
        """Arrivals summed over rows: shape (months, …) for the view "months", else (…)."""
        if not len(rows):
            return np.zeros((self.plan.months, *(1,) * self.deep) if view == "months" else (1,) * self.deep)
        if not self.moves:
            return _seen(self._still.rows[list(rows)].sum(axis=0), view)
        flows = [self.flow(i) for i in rows]
        ends = _shared([flow.factors for flow in flows])
        out: Any = 0.0
        steady = []
        for flow in flows:
            scale, seen = self._product(flow.factors[: len(flow.factors) - ends]), _seen(flow.months, view)
            if view == "months" and not flow.varies:
                steady.append((scale, seen))
            else:
                out = out + scale * seen
        if steady:  # all rows by all months in one product
            scales = np.stack(np.broadcast_arrays(*(scale for scale, _ in steady)))
            out = out + np.tensordot(np.stack([seen for _, seen in steady]), scales, axes=(0, 0))
        return np.asarray(out * self._product(flows[0].factors[-ends:]) if ends else out)

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
        still, channel = self._still, self._still.active[c]
        nothing = np.ones(self.plan.months + 1)
        lift = nothing
        for assist in self.plan.assists:
            if assist.stage == f"{channel.key}.{stage.key}" and assist.source in self.net.channels:
                lift = lift * lifted(still.pace(self.net.channels.index(assist.source)), assist.lift, assist.scale)
        left = nothing
        if stage.tires and channel.audience is not None:
            each, fresh = channel.touches_per_contact, channel.fresh
            left = wear(still.touches(c), channel.audience, each, fresh, channel.coverage)
        season = seasonal(stage.by_month) if stage.by_month else nothing
        row = self.net.rows[self.net.find(stage.key, c)[0]]
        weight = season * left * lift
        if row.siblings and stage.rate > 0:
            weight = still.share(row.slot, row.siblings) / stage.rate * left
        elif stage.rate > 0:
            weight = np.minimum(weight, 1.0 / stage.rate)
        return Multipliers(season, left, lift, weight, still.part[self.net.find(stage.key, c)[0]])

    def next_to_nothing(self, rows: Sequence[int], view: View, part: float) -> bool:
        """Whether a view holds less than `part` of the whole of some row, somewhere in the batch."""
        for i in rows:
            months = self.flow(i).months if self.moves else self._still.rows[i]
            if np.any(_seen(months, view) < part * months.sum(axis=0)):
                return True
        return False

    def _product(self, factors: tuple[Array, ...]) -> Array:
        out = factors[0] if factors else np.ones((1,) * self.deep)
        for factor in factors[1:]:
            out = out * factor
        return out

    def _whole(self, flow: Flow) -> Array:
        """A flow multiplied out: (months + 1, …) with the batch's dimensions behind."""
        months = self._wide(flow.months)
        return self._product(flow.factors) * months if flow.factors else months

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
            return Flow((), self._still.rows[i], False)
        factors = () if volume is None else (volume,)
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
            return Flow(flow.factors + (() if share is None else (share,)), months, not steady)
        if steady and not any(flow.factors for flow in flows) and all(share is None for share in moved):
            return Flow((), self._still.rows[i], False)
        shares = [feed.share if share is None else share for feed, share in zip(feeds, moved, strict=True)]
        return Flow((), np.asarray(sum(self._whole(flow) * s for flow, s in zip(flows, shares, strict=True))), True)

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
        factors = parent.factors + taken.factors
        counts = [self._opening(o) for o in row.opens]
        opens_unlike = bool(counts) and (bool(factors) or any(isinstance(count, np.ndarray) for count in counts))
        late = self.net.paths[row.slot] in self._late
        if not (parent.varies or taken.months is not None or late or opens_unlike):
            return Flow(factors, self._still.rows[i], False)
        part = self._still.part[i] if taken.months is None else taken.months
        months = self._delayed(row.slot, self._wide(parent.months) * self._wide(part))
        if not counts:
            return Flow(factors, months, True)
        months = np.array(np.broadcast_to(self._whole(Flow(factors, months, True)), (len(months), *self.shape)))
        months[0] += sum(counts)
        return Flow((), months, True)

    def _opening(self, o: int) -> Any:
        opening = self.plan.opening[o]
        return self.value(f"opening.{opening.stage}.count", opening.count)

    def _delayed(self, slot: int, months: Array) -> Array:
        """Accepted parents by month made arrivals by month."""
        delay, path = self._still.delays[slot], self.net.paths[slot]
        if delay is None:
            return months
        if path not in self._late:
            return np.tensordot(kernel(delay.median_days, delay.p90_ratio, self.plan.months), months, axes=(0, 0))
        median = self.value(f"{path}.delay.median_days", delay.median_days)
        ratio = self.value(f"{path}.delay.p90_ratio", delay.p90_ratio)
        return spread(months, shares(median, ratio, self.plan.months))

    def _taken(self, i: int, row: Row) -> Taken:
        """What row i takes of its parent."""
        if row.siblings:
            return self._taken_of_rest(row)
        rate = self._rate(row.slot)
        factors = () if rate is None else (rate,)
        multiplier = self._multiplier(row)
        if multiplier is None:
            return Taken(factors)
        capped = bool(row.lifts) or self._season(row.slot) is not None
        fits = rate is None or not capped or np.max(rate, initial=0.0) * np.max(multiplier.months) <= 1.0
        if not multiplier.varies and fits:
            return Taken(factors)
        by_month = (self._still.rates[row.slot] if rate is None else rate) * self._wide(multiplier.months)
        return Taken((), np.minimum(by_month, 1.0) if capped else by_month)

    def _rate(self, slot: int) -> Array | None:
        """The moves of a rate."""
        return self.moves.get(f"{self.net.paths[slot]}.rate")

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
        rates = [self._rate(slot) for slot in row.siblings]
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
        rival = self.net.rows[row.rival]
        taken = self._taken(row.rival, rival)
        if taken.months is None and not taken.factors:
            return Taken()
        if taken.months is None and not (rival.tires or rival.lifts or self._season(rival.slot)):
            return Taken((self._left.setdefault(rival.slot, 1.0 - taken.factors[0]),))
        months = self._wide(self._still.part[row.rival] if taken.months is None else taken.months)
        return Taken((), 1.0 - (taken.factors[0] * months if taken.factors else months))

    def _rest_by_month(self, row: Row, rest: Taken) -> Array | None:
        """What the main sibling leaves over by month, where that is no factor; None: all of it, or a factor."""
        if rest.factors or row.rival < 0:
            return None
        return 1.0 - self._still.part[row.rival] if rest.months is None else rest.months

    # -- what changes a rate from month to month ----------------------------------------------------------------------

    def _multiplier(self, row: Row) -> ByMonth | None:
        """Season, wear and assists of a row together; None where it has none of them."""
        season = self._season(row.slot)
        parts = [season] if season else []
        parts += [self._wear(row.channel)] if row.tires else []
        parts += [self._assisted(a) for a in row.lifts]
        if not parts:
            return None
        varies = any(part.varies for part in parts)
        factor: Any = 1.0
        for part in parts:
            factor = factor * (self._wide(part.months) if varies else part.months)
        return ByMonth(np.asarray(factor), varies)

    def _season(self, slot: int) -> ByMonth | None:
        """The multipliers by month on a rate."""
        if slot not in self._seasons:
            path, still = self.net.paths[slot], self._still.by_month.get(slot)
            if path in self._paced:
                stands = np.ones(self.plan.months) if still is None else still[:-1]
                months = [self.value(f"{path}.by_month.{t}", of) for t, of in enumerate(stands.tolist())]
                stacked = np.stack(np.broadcast_arrays(*months, np.zeros((1,) * self.deep))[:-1])
                self._seasons[slot] = ByMonth(seasonal(stacked), True)
            else:
                self._seasons[slot] = None if still is None else ByMonth(still, False)
        return self._seasons[slot]

    def _assisted(self, a: int) -> ByMonth:
        assist = self.plan.assists[a]
        touches, varies = self.touches(self.net.channels.index(assist.source))
        lift = self.value(f"assists.{assist.key}.lift", assist.lift)
        scale = self.value(f"assists.{assist.key}.scale", assist.scale)
        varies = varies or isinstance(lift, np.ndarray) or isinstance(scale, np.ndarray)
        return ByMonth(lifted(self._wide(touches) if varies else touches, lift, scale), varies)

    def _wear(self, c: int) -> ByMonth:
        if c not in self._worn:
            channel = self._still.active[c]
            sizes = {
                field: self.value(f"{channel.key}.{field}", getattr(channel, field))
                for field in ("audience", "touches_per_contact", "fresh")
            }
            touches, varies = self.touches(c)
            varies = varies or any(isinstance(size, np.ndarray) for size in sizes.values())
            months = wear(self._wide(touches) if varies else touches, **sizes, coverage=channel.coverage)
            self._worn[c] = ByMonth(months, varies)
        return self._worn[c]


def _seen(months: Array, view: View) -> Array:
    if view == "months":
        return months[:-1]
    if view == "tail":
        return np.asarray(months[-1])
    return np.asarray((months[:-1] if view == "plan" else months).sum(axis=0))


def _shared(factors: Sequence[tuple[Array, ...]]) -> int:
    """How many last factors are the same in all (the sales stages): they multiply a sum once."""
    ends = 0
    for last in zip(*(reversed(row) for row in factors), strict=False):
        if any(factor is not last[0] for factor in last):
            break
        ends += 1
    return ends
