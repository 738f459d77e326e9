"""`forecast(plan, moves)`: arrivals, costs and hours of a plan, or of every move of a batch at once.

A `Forecast` counts in two ways, always both: in the plan (months 0 … months − 1) and with the tail, which is what the
plan's activity will bring later. Its views: "months" (months, …), "plan", "tail" and "all" (…), batch dimensions last;
the public mappings turn that into batch first, months last.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from planner import calendar
from planner.engine.batch import Array, Flows, View
from planner.engine.known import Known
from planner.engine.single import Multipliers
from planner.errors import PlanError
from planner.plan import Channel, Cost, Plan, Stage, deal_of, merged
from planner.plan.templates import TEMPLATES

__all__ = ["VERSION", "CostRow", "Forecast", "forecast", "started"]

VERSION = "1"
LEAST = 1e-9  # less of a deal, or of an arrival, is rounding
FEWEST = 1e-9  # a weight that is less than this part of its like over plan and tail counts as none
WORKDAYS_A_WEEK = 5.0
MEAN_WEEKS_A_MONTH = 365.25 / 12 / 7


def forecast(plan: Plan, moves: Mapping[str, Any] | None = None, *, known: Known | None = None) -> Forecast:
    """The forecast of `plan` with `moves` {lever path: number or array} made.

    With `known` (without moves) it is the forecast of one plan under way, up to the day on which its clock stands: what
    was reported, and what the plan expects of that for the rest; the tail is what is under way on that day.

    Arrays broadcast to a batch of plans. Result arrays have batch dimensions first and months last. Raises PlanError
    for an unknown path or a value outside its bounds.
    """
    return Forecast(Flows(plan, moves, known))


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
            if channel is not None and channel not in self.channels:
                return ()
            return self._flows.net.find(stage, -1 if channel is None else self.channels.index(channel))
        return self._flows.net.find(stage, self.channels.index(head)) if head in self.channels else ()

    def value(self, path: str, of: Any) -> Any:
        """The number at a lever path: the plan's, or the moves'."""
        return self._flows.value(path, of)

    def wide(self, values: Any) -> Array:
        """Months without a batch, made to multiply with a batch."""
        column: Array = np.asarray(values, dtype=float).reshape(-1, *(1,) * len(self.shape))
        return column

    @property
    def elapsed(self) -> Array:
        """How much of each month has passed, (months, …): all of it, unless the clock stands within the plan."""
        clock = self._flows.clock
        return self.wide(clock.elapsed if clock else np.ones(self.plan.months))

    def multipliers(self, channel: str, stage: Stage) -> Multipliers:
        """What makes a stage's rate what it is by month, for a forecast of one plan."""
        return self._flows.multipliers(self.channels.index(channel), stage)

    def nothing(self, view: View) -> Array:
        """Zero in the shape of the view, to add to."""
        return self._flows.total((), view)

    # -- deals --------------------------------------------------------------------------------------------------------

    def revenue(self, view: View, channel: str | None = None, opening: bool | None = None) -> Array:
        """Revenue of won deals, each at the value of the channel where it is won."""
        return self.worth(("value",), view, channel, opening)

    def gross_profit(self, view: View, channel: str | None = None, opening: bool | None = None) -> Array:
        """Revenue times gross margin, channel by channel."""
        return self.worth(("value", "gross_margin"), view, channel, opening)

    def worth(
        self, fields: Sequence[str], view: View, channel: str | None = None, opening: bool | None = None
    ) -> Array:
        """Won deals, each times these fields of its channel's `Deal`."""
        priced = [c.key for c in self.plan.channels if c.deal is not None and c.key in self.channels]
        if not priced or channel is not None:
            return np.asarray(self.count("won", view, channel, opening) * self.per_deal(fields, channel))
        won = (self.worth(fields, view, key, opening) for key in self.channels)
        return np.asarray(sum(won, self.nothing(view)))

    def per_deal(self, fields: Sequence[str], channel: str | None = None) -> Any:
        """The product of these fields of a channel's `Deal` (None: of the plan's)."""
        deal = deal_of(self.plan, channel)
        prefix = "deal" if deal is self.plan.deal else f"{channel}.deal"
        product: Any = 1.0
        for field in fields:
            product = product * self.value(f"{prefix}.{field}", getattr(deal, field))
        return product

    def mean_per_deal(self, fields: Sequence[str], view: View, channel: str | None = None) -> Any:
        """The same as a mean over the deals that the plan's own touches win.

        Where none is won: what all channels have in common, else nan.
        """
        keys = [c for c in self.channels if channel in (None, c)]
        own = {c.key for c in self.plan.channels if c.deal is not None}
        if own.isdisjoint(keys) or len(keys) == 1:
            common = self.per_deal(fields, keys[0] if keys else None)
            return self.wide(np.ones(self.plan.months)) * common if view == "months" else common
        per_deal = np.stack(np.broadcast_arrays(*(np.asarray(self.per_deal(fields, key)) for key in keys)))
        common = np.where((per_deal == per_deal[0]).all(axis=0), per_deal[0], np.nan)
        won, worth = self.count("won", view, channel, False), self.worth(fields, view, channel, False)
        won, worth, common = np.broadcast_arrays(won, worth, common)
        return np.divide(worth, won, out=common.copy(), where=won >= LEAST)

    # -- hours --------------------------------------------------------------------------------------------------------

    def hours(self, view: View, channel: str | None = None) -> Array:
        """Hours of reps needed, of one channel or of all."""
        needed: Array = self._once("hours", view, channel, lambda: self._hours(view, channel))
        return needed

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

    # -- pace ---------------------------------------------------------------------------------------------------------

    def pace_cap(self, channel: str) -> Array | None:
        """The most touches a month that a channel's pace allows, (months, …); None where it has no pace.

        The pace of a week holds for each rep on the payroll, ramped or not (no reps in any month: inf), or for each of
        the channel's senders. A month without working days counts one.
        """
        plan = self.plan
        of = next(c for c in plan.channels if c.key == channel)
        if of.pace is None:
            return None
        days = np.maximum(np.array(calendar.working_days(plan.country, plan.start, plan.months), dtype=float), 1.0)
        each = self.value(f"{channel}.pace", of.pace) * self.wide(days / WORKDAYS_A_WEEK)
        if of.pace_per == "rep":
            reps = self.payroll()
            return np.asarray(np.where(reps.any(axis=0), each * reps, np.inf))
        senders = _usual_senders(of, of.pace) if of.senders is None else of.senders
        return np.asarray(each * self.value(f"{channel}.senders", senders))

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
        amounts = (row.amount for row in self.cost_rows(view) if row.channel == owner)
        owned: Array = self._once("owned", view, owner, lambda: sum(amounts, self.nothing(view)))
        return owned

    def cost_rows(self, view: View) -> tuple[CostRow, ...]:
        """Every row of cost as the plan lists them, the team last. Inactive channels have none."""
        if view == "all":
            ends = (self.cost_rows("plan"), self.cost_rows("tail"))
            return tuple(CostRow(a.key, a.label, a.channel, a.amount + b.amount) for a, b in zip(*ends, strict=True))
        rows: tuple[CostRow, ...] = self._once("rows", view, None, lambda: self._cost_rows(view))
        return rows

    def _cost_rows(self, view: View) -> tuple[CostRow, ...]:
        all_channels = {c.key for c in self.plan.channels}
        rows = []
        for cost in self.plan.costs:
            head = cost.per.partition(".")[0]
            owner = cost.channel or (head if head in all_channels else None)
            if owner is None or (owner in self.channels and (head not in all_channels or head in self.channels)):
                rows.append(CostRow(cost.key, cost.label, owner, self._row_amount(cost, view)))
        pay = self.payroll() * self.value("team.cost_per_month", self.plan.team.cost_per_month)
        rows.append(CostRow("team", "Team", None, _timed(pay * self.elapsed, view)))
        return tuple(rows)

    def _row_amount(self, cost: Cost, view: View) -> Array:
        amount = self.value(f"costs.{cost.key}.amount", cost.amount)
        last = self.plan.months if cost.last is None else cost.last
        if cost.per in ("month", "once"):
            months = self.wide(np.arange(self.plan.months))
            if cost.per == "once":
                return _timed(amount * ((months == cost.first) & (self.elapsed > 0)), view)
            return _timed(amount * ((months >= cost.first) & (months <= last)) * self.elapsed, view)
        if cost.first == 0 and last >= self.plan.months and cost.step is None:
            return np.asarray(amount * self._basis(cost, view))
        if view == "tail":
            later = cost.first < self.plan.months <= last
            basis = self._basis(cost, view) if later else self.nothing(view)
            return np.asarray(amount * basis / self._step(cost))
        basis = self._basis(cost, "months")
        if cost.step is not None:
            basis = started(basis, self._step(cost))
        months = self.wide(np.arange(self.plan.months))
        return _timed(amount * basis * ((months >= cost.first) & (months <= last)), view)

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
        part: Any = None
        for weight in (self._hours_weight, self._stage_weight("appointment"), self._stage_weight("")):
            by_channel = np.stack(np.broadcast_arrays(*[weight(view, c) for c in self.channels]))
            total = by_channel.sum(axis=0)
            here = np.divide(by_channel, total, out=np.full(by_channel.shape, np.nan), where=total > 0)
            part = here if part is None else np.where(np.isnan(part), here, part)
            if not np.isnan(part).any():
                return np.asarray(part)
        return np.asarray(np.where(np.isnan(part), 1.0 / len(self.channels), part))

    def _hours_weight(self, view: View, channel: str) -> Array:
        paths = [e.stage for e in self.plan.efforts if e.stage.partition(".")[0] in ("sales", channel)]
        rows = [i for path in paths for i in self._rows(path, channel)]
        return self._weight(rows, view, lambda view: self.hours(view, channel))

    def _stage_weight(self, stage: str) -> Callable[[View, str], Array]:
        def weight(view: View, channel: str) -> Array:
            return self._weight(self._rows(stage, channel), view, lambda view: self.count(stage, view, channel))

        return weight

    def _weight(self, rows: Sequence[int], view: View, read: Callable[[View], Array]) -> Array:
        """What is read off these rows, 0 where it is next to nothing of what plan and tail hold together."""
        weight = read(view)
        if not self._flows.next_to_nothing(rows, view, FEWEST):
            return weight
        return np.asarray(np.where(weight < FEWEST * (read("plan") + read("tail")), 0.0, weight))

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


def started(arrivals: Array, step: Any) -> Array:
    """How many steps of a month's arrivals are started: one as soon as anything arrives."""
    return np.where(arrivals > LEAST, np.maximum(np.ceil(arrivals / step - LEAST), 1.0), 0.0)


def _usual_senders(channel: Channel, pace: float) -> float:
    """As many senders as the usual volume of such a channel needs, at least one."""
    usual = next((t.volume.value for t in TEMPLATES if t.kind == channel.kind), channel.volume)
    return max(1.0, math.ceil(usual / (pace * MEAN_WEEKS_A_MONTH) - LEAST)) if pace > 0 else 1.0


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
