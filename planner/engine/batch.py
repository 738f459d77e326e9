"""Arrivals of a whole batch of moves, row by row, worked out when asked for.

What does not vary stays out of the big arrays: a moved rate, volume or share only scales a row, so a row is a `Flow`,
factors of the batch's shape times months without one. Months take the batch's shape only below what truly changes them
(a delay, the touches of a channel with an audience, a clipped assist).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from planner.engine.delay import kernel, shares, spread
from planner.engine.moves import checked
from planner.engine.network import Row, network
from planner.engine.single import Packed
from planner.engine.wear import lifted, wear
from planner.plan import Plan

__all__ = ["Array", "Flow", "Flows", "View"]

Array = np.ndarray[Any, np.dtype[np.float64]]
View = Literal["months", "plan", "tail", "all"]


class Flow(NamedTuple):
    """Arrivals = product of factors · months. Factors have the batch's shape, months (months + 1, …), last the tail."""

    factors: tuple[Array, ...]
    months: Array
    varies: bool  # the months themselves carry the batch's shape


class Flows:
    """Arrivals of a plan and of its moves. `shape` is the batch's shape, () without moves."""

    def __init__(self, plan: Plan, moves: Mapping[str, Any] | None = None) -> None:
        self.plan, self.net = plan, network(plan)
        self.moves, self.shape = checked(plan, moves, self.net.slot_of) if moves else ({}, ())
        self.deep = len(self.shape)
        self._still = Packed(plan, self.net, self.moves)
        self._late = {path.rsplit(".", 2)[0] for path in self.moves if ".delay." in path}
        self._flows: dict[int, Flow] = {}
        self._touches: dict[int, tuple[Array, bool]] = {}
        self._worn: dict[int, tuple[Array, bool]] = {}
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
        parent = self.flow(row.parent)
        taken, part = self._taken(i, row)
        factors, path = parent.factors + taken, self.net.paths[row.slot]
        late = path in self._late
        openings = [self.plan.opening[o] for o in row.opens]
        counts = [self.value(f"opening.{o.stage}.count", o.count) for o in openings]
        unlike = bool(counts) and (bool(factors) or any(f"opening.{o.stage}.count" in self.moves for o in openings))
        if not (parent.varies or part is not None or late or unlike):
            return Flow(factors, self._still.rows[i], False)
        months = self._wide(parent.months) * self._wide(self._still.part[i] if part is None else part)
        delay = self._still.delays[row.slot]
        if delay and late:
            median = self.value(f"{path}.delay.median_days", delay.median_days)
            ratio = self.value(f"{path}.delay.p90_ratio", delay.p90_ratio)
            months = spread(months, shares(median, ratio, self.plan.months))
        elif delay:
            months = np.tensordot(kernel(delay.median_days, delay.p90_ratio, self.plan.months), months, axes=(0, 0))
        if not counts:
            return Flow(factors, months, True)
        months = np.array(np.broadcast_to(self._whole(Flow(factors, months, True)), (len(months), *self.shape)))
        months[0] += sum(counts)
        return Flow((), months, True)

    def _taken(self, i: int, row: Row) -> tuple[tuple[Array, ...], Array | None]:
        """What row i takes of its parent: factors, and by month where that is not what it is in the still plan."""
        rate = self.moves.get(f"{self.net.paths[row.slot]}.rate")
        factors = () if rate is None else (rate,)
        if row.rival >= 0:
            return self._left_over(row, factors)
        if not (row.tires or row.lifts):
            return factors, None
        factor, varies = self._multiplier(row)
        if not varies and (rate is None or not row.lifts or np.max(rate, initial=0.0) * np.max(factor) <= 1.0):
            return factors, None
        whole = (self._still.rates[row.slot] if rate is None else rate) * self._wide(factor)
        return (), np.minimum(whole, 1.0) if row.lifts else whole

    def _left_over(self, row: Row, factors: tuple[Array, ...]) -> tuple[tuple[Array, ...], Array | None]:
        """What a side outcome takes: its share of what the main sibling leaves over."""
        rival = self.net.rows[row.rival]
        taken, part = self._taken(row.rival, rival)
        if part is None and not taken:
            return factors, None
        if part is None and not (rival.tires or rival.lifts):
            left = self._left.setdefault(rival.slot, 1.0 - taken[0])
            return (*factors, left), None
        months = self._wide(self._still.part[row.rival] if part is None else part)
        left = 1.0 - (taken[0] * months if taken else months)
        return factors, left * (1.0 if factors else self._still.rates[row.slot])

    def _multiplier(self, row: Row) -> tuple[Array, bool]:
        """Wear and assists of a row by month, and whether they vary over the batch."""
        parts = [self._wear(row.channel)] if row.tires else []
        for a in row.lifts:
            assist = self.plan.assists[a]
            touches, varies = self.touches(self.net.channels.index(assist.source))
            lift = self.value(f"assists.{assist.key}.lift", assist.lift)
            scale = self.value(f"assists.{assist.key}.scale", assist.scale)
            varies = varies or isinstance(lift, np.ndarray) or isinstance(scale, np.ndarray)
            parts.append((lifted(self._wide(touches) if varies else touches, lift, scale), varies))
        varies = any(part[1] for part in parts)
        factor: Any = 1.0
        for months, _ in parts:
            factor = factor * (self._wide(months) if varies else months)
        return np.asarray(factor), varies

    def _wear(self, c: int) -> tuple[Array, bool]:
        if c not in self._worn:
            channel = self._still.active[c]
            capacity = self.value(f"{channel.key}.audience", channel.audience) * self.value(
                f"{channel.key}.touches_per_contact", channel.touches_per_contact
            )
            touches, varies = self.touches(c)
            varies = varies or isinstance(capacity, (np.ndarray, np.generic))  # a product of 0-d arrays is a scalar
            self._worn[c] = wear(self._wide(touches) if varies else touches, capacity), varies
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
