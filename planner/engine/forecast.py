"""`forecast(plan, moves)`: arrivals, costs and hours of a plan, or of every move of a batch at once.

A `Forecast` counts in two ways, always both: in the plan (months 0 … months − 1) and with the tail, which is what the
plan's activity will bring later. Its views: "months" (months, …), "plan", "tail" and "all" (…), batch dimensions last;
the public mappings turn that into batch first, months last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from planner import calendar
from planner.engine.batch import Array, Flows, View
from planner.errors import PlanError
from planner.plan import Cost, Plan, merged

__all__ = ["VERSION", "CostRow", "Forecast", "forecast"]

VERSION = "1"


def forecast(plan: Plan, moves: Mapping[str, Any] | None = None) -> Forecast:
    """The forecast of `plan` with `moves` {lever path: number or array} made.

    Arrays broadcast to a batch of plans. Result arrays have batch dimensions first and months last. Raises PlanError
    for an unknown path or a value outside its bounds.
    """
    return Forecast(Flows(plan, moves))


@dataclass(frozen=True)
class CostRow:
    """One row of the costs of a plan: `channel` is its owner, None where it is shared."""

    key: str
    label: str
    channel: str | None
    amount: Array


class Forecast:
    """What a plan brings. `shape` is the batch's shape, () for one plan."""

    def __init__(self, flows: Flows) -> None:
        self._flows = flows
        self.plan, self.shape = flows.plan, flows.shape
        self.channels = flows.net.channels
        self._kept: dict[tuple[str, View, str | None], Any] = {}

    # -- the face -----------------------------------------------------------------------------------------------------

    @property
    def arrivals(self) -> Mapping[str, Array]:
        """Arrivals in the plan by stage path, shape (…, months). "sales.won" and "won" are the sum over channels."""
        return _Arrivals(self, "months")

    @property
    def tail(self) -> Mapping[str, Array]:
        """Arrivals after the plan's end by stage path, shape (…)."""
        return _Arrivals(self, "tail")

    @property
    def cost(self) -> Array:
        """Cost in money, shape (…, months)."""
        return self.public(self.costs("months"), "months")

    def public(self, values: Array, view: View) -> Array:
        """Values of a view in the public shape: batch first, months last, broadcast to the whole batch."""
        if not self.shape:
            return values
        if view != "months":
            return np.asarray(np.broadcast_to(values, self.shape))
        values = values.reshape(len(values), *(1,) * (len(self.shape) + 1 - values.ndim), *values.shape[1:])
        return np.moveaxis(np.broadcast_to(values, (len(values), *self.shape)), 0, -1)

    # -- counts -------------------------------------------------------------------------------------------------------

    def count(self, path: str, view: View, channel: str | None = None, opening: bool | None = None) -> Array:
        """Arrivals at a stage path ("won", "sales.won" and "" for touches too), of one channel or of all.

        `opening` True or False keeps only what openings bring, or only what the plan's own touches bring.
        """
        rows = self._rows(path, channel)
        if opening is not None:
            rows = tuple(i for i in rows if self._flows.net.rows[i].opening is opening)
        return self._flows.total(rows, view)

    def _rows(self, path: str, channel: str | None) -> tuple[int, ...]:
        head, _, stage = path.rpartition(".")
        if head in ("", "sales"):
            at = self.channels.index(channel) if channel in self.channels else -1
            return self._flows.net.find(stage, at) if channel is None or at >= 0 else ()
        return self._flows.net.find(stage, self.channels.index(head)) if head in self.channels else ()

    def value(self, path: str, of: Any) -> Any:
        """The number at a lever path: the plan's, or the moves'."""
        return self._flows.value(path, of)

    def wide(self, values: Any) -> Array:
        """Months without a batch, made to multiply with a batch."""
        made: Array = np.asarray(values, dtype=float).reshape(-1, *(1,) * len(self.shape))
        return made

    def nothing(self, view: View) -> Array:
        """Zero in the shape of the view, to add to."""
        return self._flows.total((), view)

    def revenue(self, view: View, channel: str | None = None, opening: bool | None = None) -> Array:
        """Revenue of won deals."""
        return np.asarray(self.count("won", view, channel, opening) * self.value("deal.value", self.plan.deal.value))

    # -- hours --------------------------------------------------------------------------------------------------------

    def hours(self, view: View, channel: str | None = None) -> Array:
        """Hours of reps needed, of one channel or of all."""
        made: Array = self._once("hours", view, channel, lambda: self._hours(view, channel))
        return made

    def _hours(self, view: View, channel: str | None) -> Array:
        out = self.nothing(view)
        for effort in self.plan.efforts:
            head = effort.stage.partition(".")[0]
            if head == "sales" or channel in (None, head):
                hours = self.value(f"efforts.{effort.stage}.minutes", effort.minutes) / 60.0
                out = out + hours * self._flows.total(self._rows(effort.stage, channel), view)
        return out

    @property
    def hours_available(self) -> Array:
        """Productive hours of the team by month, (months, …): working days, reps and how far hires are ramped."""
        team, plan = self.plan.team, self.plan
        days = np.array(calendar.working_days(plan.country, plan.start, plan.months), dtype=float)
        ramp = self.value("team.ramp_months", team.ramp_months)
        effective: Any = self.value("team.reps", team.reps) + 0.0 * self.wide(days)
        for i, hire in enumerate(team.hires):
            since = self.wide(np.arange(plan.months, dtype=float) - hire.month)
            reps = self.value(f"team.hires.{i}.reps", hire.reps)
            effective = effective + reps * np.where(reps < 0, since >= 0, _ramped(since, ramp))
        a_day = self.value("team.hours_per_day", team.hours_per_day)
        return np.asarray(np.maximum(effective, 0.0) * a_day * self.wide(days))

    def payroll(self) -> Array:
        """Reps on the payroll by month, (months, …)."""
        team, months = self.plan.team, self.wide(np.arange(self.plan.months))
        on: Any = self.value("team.reps", team.reps) + 0.0 * months
        for i, hire in enumerate(team.hires):
            on = on + self.value(f"team.hires.{i}.reps", hire.reps) * (months >= hire.month)
        return np.asarray(np.maximum(on, 0.0))

    # -- costs --------------------------------------------------------------------------------------------------------

    def costs(self, view: View, channel: str | None = None) -> Array:
        """Cost in money, of everything or of one channel with its part of what is shared."""
        if view == "all":
            return np.asarray(self.costs("plan", channel) + self.costs("tail", channel))
        if channel is None:
            return sum((row.amount for row in self.cost_rows(view)), self.nothing(view))
        part = self._weights("tail" if view == "tail" else "plan")[self.channels.index(channel)]
        return np.asarray(self._sum(view, channel) + self._sum(view, None) * part)

    def _sum(self, view: View, owner: str | None) -> Array:
        """Cost of the rows that belong to a channel, or (None) are shared."""
        rows = (row.amount for row in self.cost_rows(view) if row.channel == owner)
        made: Array = self._once("owned", view, owner, lambda: sum(rows, self.nothing(view)))
        return made

    def cost_rows(self, view: View) -> tuple[CostRow, ...]:
        """Every row of cost as the plan lists them, the team last. Inactive channels have none."""
        if view == "all":
            ends = (self.cost_rows("plan"), self.cost_rows("tail"))
            return tuple(CostRow(a.key, a.label, a.channel, a.amount + b.amount) for a, b in zip(*ends, strict=True))
        made: tuple[CostRow, ...] = self._once("rows", view, None, lambda: self._cost_rows(view))
        return made

    def _cost_rows(self, view: View) -> tuple[CostRow, ...]:
        known = {c.key for c in self.plan.channels}
        rows = []
        for cost in self.plan.costs:
            head = cost.per.partition(".")[0]
            owner = cost.channel or (head if head in known else None)
            if owner is None or (owner in self.channels and (head not in known or head in self.channels)):
                rows.append(CostRow(cost.key, cost.label, owner, self._row_amount(cost, view)))
        pay = self.payroll() * self.value("team.cost_per_month", self.plan.team.cost_per_month)
        rows.append(CostRow("team", "Team", None, _timed(pay, view)))
        return tuple(rows)

    def _row_amount(self, cost: Cost, view: View) -> Array:
        amount = self.value(f"costs.{cost.key}.amount", cost.amount)
        months = self.wide(np.arange(self.plan.months))
        if cost.per == "month":
            return _timed(amount * (months >= 0), view)
        if cost.per == "once":
            return _timed(amount * (months == 0), view)
        if cost.per == "revenue":
            return np.asarray(amount * self.revenue(view, cost.channel))
        if cost.per == "hour":
            return np.asarray(amount * self.hours(view, cost.channel))
        return np.asarray(amount * self.count(cost.per, view, cost.channel if cost.per.startswith("sales.") else None))

    def _weights(self, view: View) -> Array:
        """Each channel's part of what is shared, (channels, …): by hours, else appointments, touches, evenly."""
        made: Array = self._once("weights", view, None, lambda: self._allotted(view))
        return made

    def _allotted(self, view: View) -> Array:
        part: Any = None
        for basis in (self.hours, lambda v, c: self.count("appointment", v, c), lambda v, c: self.count("", v, c)):
            by_channel = np.stack(np.broadcast_arrays(*[basis(view, c) for c in self.channels]))
            total = by_channel.sum(axis=0)
            here = np.divide(by_channel, total, out=np.full(by_channel.shape, np.nan), where=total > 0)
            part = here if part is None else np.where(np.isnan(part), here, part)
            if not np.isnan(part).any():
                return np.asarray(part)
        return np.asarray(np.where(np.isnan(part), 1.0 / len(self.channels), part))

    def _once(self, what: str, view: View, channel: str | None, make: Any) -> Any:
        key = (what, view, channel)
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]


class _Arrivals(Mapping[str, Array]):
    """Arrivals by stage path, multiplied out when asked for."""

    def __init__(self, of: Forecast, view: View) -> None:
        self._of, self._view = of, view

    @cached_property
    def _paths(self) -> dict[str, None]:
        plan = self._of.plan
        paths = [f"{c.key}.{s.key}" for c in plan.channels for s in merged(c.stages, plan.sales)]
        paths += [path for s in plan.sales for path in (f"sales.{s.key}", s.key)]
        return dict.fromkeys([*paths, "appointment"])

    def __getitem__(self, path: str) -> Array:
        if path not in self._paths:
            raise PlanError(path, "names no stage of this plan; a stage path is channel.stage, such as email.sent")
        return self._of.public(self._of.count(path, self._view), self._view)

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _timed(months: Array, view: View) -> Array:
    """What arrives with the calendar and has no tail."""
    if view == "months":
        return np.asarray(months)
    return np.asarray(months.sum(axis=0) if view == "plan" else 0.0 * months[0])


def _ramped(since: Array, ramp: Any) -> Array:
    """Mean productivity in the month that begins `since` months after a hire: rises evenly from 0 to 1 over `ramp`."""

    def grown(x: Array) -> Array:
        x = np.maximum(x, 0.0)
        rising = np.minimum(x, ramp)
        reached = np.divide(rising, ramp, out=np.zeros(rising.shape), where=np.greater(ramp, 0))
        return np.asarray(rising * reached / 2 + x - rising)

    return np.asarray(grown(since + 1) - grown(since))
