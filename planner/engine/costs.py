"""What a plan costs: every row of cost by what it is per, the team, and each channel's part of what is shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.engine.batch import Array, View
from planner.engine.counts import LEAST
from planner.engine.hours import Hours
from planner.engine.totals import added
from planner.plan import Cost

__all__ = ["CostRow", "Costs", "started"]

FEWEST = 1e-9  # a weight that is less than this part of its like over plan and tail counts as none


@dataclass(frozen=True)
class CostRow:
    """One row of the costs of a plan: `channel` is its owner, None where it is shared."""

    key: str
    label: str
    channel: str | None
    amount: Array


class Costs(Hours):
    """Counts and hours, with what they cost."""

    def costs(self, view: View, channel: str | None = None) -> Array:
        """Cost in money, of everything or of one channel with its part of what is shared."""
        if view == "all":
            return np.asarray(self.costs("plan", channel) + self.costs("tail", channel))
        if channel is None:
            return added(self.nothing(view), (row.amount for row in self.cost_rows(view)))
        part = self._weights("tail" if view == "tail" else "plan")[self.channels.index(channel)]
        return np.asarray(self._sum(view, channel) + self._sum(view, None) * part)

    def _sum(self, view: View, owner: str | None) -> Array:
        """Cost of the rows that belong to a channel, or (None) are shared."""
        amounts = (row.amount for row in self.cost_rows(view) if row.channel == owner)
        owned: Array = self._once("owned", view, owner, lambda: added(self.nothing(view), amounts))
        return owned

    def cost_rows(self, view: View) -> tuple[CostRow, ...]:
        """Every row of cost as the plan lists them, the team last. Inactive channels have none."""
        if view == "all":
            ends = zip(self.cost_rows("plan"), self.cost_rows("tail"), strict=True)
            return tuple(CostRow(a.key, a.label, a.channel, a.amount + b.amount) for a, b in ends)
        rows: tuple[CostRow, ...] = self._once("rows", view, None, lambda: self._cost_rows(view))
        return rows

    def _cost_rows(self, view: View) -> tuple[CostRow, ...]:
        inactive = {channel.key for channel in self.plan.channels}.difference(self.channels)
        rows = []
        for cost in self.plan.costs:
            of_stage = cost.per.partition(".")[0]
            if inactive.isdisjoint((of_stage, cost.channel)):
                owner = cost.channel or (of_stage if of_stage in self.channels else None)
                rows.append(CostRow(cost.key, cost.label, owner, self._amount(cost, view)))
        pay = self.payroll() * self.value("team.cost_per_month", self.plan.team.cost_per_month)
        rows.append(CostRow("team", "Team", None, _timed(pay * self.elapsed, view)))
        return tuple(rows)

    def _amount(self, cost: Cost, view: View) -> Array:
        """What a row of cost comes to."""
        if cost.per in ("month", "once"):
            return self._by_calendar(cost, view)
        if cost.first == 0 and self._last(cost) >= self.plan.months and cost.step is None:
            return np.asarray(self._price(cost) * self._basis(cost, view))
        if view == "tail":
            later = cost.first < self.plan.months <= self._last(cost)
            basis = self._basis(cost, view) if later else self.nothing(view)
            return np.asarray(self._price(cost) * basis / self._step(cost))
        basis = self._basis(cost, "months")
        if cost.step is not None:
            basis = started(basis, self._step(cost))
        return _timed(self._price(cost) * basis * self._is_charged(cost), view)

    def _by_calendar(self, cost: Cost, view: View) -> Array:
        """A cost that is charged every month, or once."""
        what = f"{cost.per} {cost.first} {cost.last}"
        return np.asarray(self._price(cost) * self._once(what, view, None, lambda: self._times_charged(cost, view)))

    def _times_charged(self, cost: Cost, view: View) -> Array:
        """How often a cost is charged that comes with the calendar."""
        last = cost.first if cost.per == "once" else self._last(cost)
        charged = self.elapsed[cost.first : last + 1]
        if cost.per == "once":
            charged = np.ceil(charged)  # once the month has begun
        if view != "months":
            return np.asarray(charged.sum(axis=0) if view == "plan" else 0.0 * self.elapsed[0])
        months = np.zeros_like(self.elapsed)
        months[cost.first : last + 1] = charged
        return months

    def _price(self, cost: Cost) -> Any:
        return self.value(f"costs.{cost.key}.amount", cost.amount)

    def _last(self, cost: Cost) -> int:
        """The last month in which a cost is charged, after the plan's end where it has none."""
        return self.plan.months if cost.last is None else cost.last

    def _is_charged(self, cost: Cost) -> Any:
        """Whether a cost is charged, by month."""
        return (self.month_numbers >= cost.first) & (self.month_numbers <= self._last(cost))

    def _basis(self, cost: Cost, view: View) -> Array:
        """What the amount is charged on."""
        if cost.per == "revenue":
            return self.revenue(view, cost.channel)
        if cost.per == "hour":
            return self.hours(view, cost.channel)
        return self.count(cost.per, view, cost.channel if cost.per.startswith("sales.") else None)

    def _step(self, cost: Cost) -> Any:
        return 1.0 if cost.step is None else self.value(f"costs.{cost.key}.step", cost.step)

    def allotment(self, view: View) -> dict[str, float]:
        """Each channel's part of what is shared, for a forecast of one plan; none without active channels."""
        if not self.channels:
            return {}
        return dict(zip(self.channels, self._weights(view).reshape(len(self.channels)).tolist(), strict=True))

    def _weights(self, view: View) -> Array:
        """Each channel's part of what is shared, (channels, …): by hours, else appointments, touches, evenly."""
        weights: Array = self._once("weights", view, None, lambda: self._allotted(view))
        return weights

    def _allotted(self, view: View) -> Array:
        parts: Any = np.nan
        for weight in (self._hours_weight, self._stage_weight("appointment"), self._stage_weight("")):
            by_channel = np.stack(np.broadcast_arrays(*[weight(view, channel) for channel in self.channels]))
            total = by_channel.sum(axis=0)
            by_weight = np.divide(by_channel, total, out=np.full(by_channel.shape, np.nan), where=total > 0)
            parts = np.where(np.isnan(parts), by_weight, parts)
            if not np.isnan(parts).any():
                return np.asarray(parts)
        return np.asarray(np.where(np.isnan(parts), 1.0 / len(self.channels), parts))

    def _hours_weight(self, view: View, channel: str) -> Array:
        owners = ("sales", channel)
        paths = [effort.stage for effort in self.plan.efforts if effort.stage.partition(".")[0] in owners]
        rows = [i for path in paths for i in self.rows(path, channel)]
        return self._weight(rows, view, lambda view: self.hours(view, channel))

    def _stage_weight(self, stage: str) -> Callable[[View, str], Array]:
        def weight(view: View, channel: str) -> Array:
            return self._weight(self.rows(stage, channel), view, lambda view: self.count(stage, view, channel))

        return weight

    def _weight(self, rows: Sequence[int], view: View, read: Callable[[View], Array]) -> Array:
        """What is read off these rows, 0 where it is next to nothing of what plan and tail hold together."""
        weight = read(view)
        if not self._flows.next_to_nothing(rows, view, FEWEST):
            return weight
        return np.asarray(np.where(weight < FEWEST * (read("plan") + read("tail")), 0.0, weight))


def started(arrivals: Array, step: Any) -> Array:
    """How many steps of a month's arrivals are started: one as soon as anything arrives."""
    return np.where(arrivals > LEAST, np.maximum(np.ceil(arrivals / step - LEAST), 1.0), 0.0)


def _timed(months: Array, view: View) -> Array:
    """What arrives with the calendar and has no tail."""
    if view == "months":
        return np.asarray(months)
    return np.asarray(months.sum(axis=0) if view == "plan" else 0.0 * months[0])
