"""The room a plan leaves a budget: which volumes may move, how far, and what a mix of them brings, costs and uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from planner.ask.budget.ceilings import Ceiling, ceilings
from planner.ask.limits import Limits, Use
from planner.engine import CostRow, Forecast, forecast
from planner.engine.batch import Array
from planner.errors import Constraint
from planner.measure.metrics import read
from planner.plan import Channel, Cost, Limit, Plan
from planner.plan.levers import pull

__all__ = ["SPEND", "VALUE", "Mix", "Room", "Row", "fixed_cost", "share_of_cost"]

VALUE, SPEND = 0, 1  # rows of an outcome: what is to be most, then the budget; behind them stand the plan's limits
ROUNDING = 1e-12

Share = Literal["volumes", "fixed", "downstream"]


@dataclass(frozen=True)
class Mix:
    """Volumes (channels,) and their outcome (1 + rows,): value, spend, and what they use of each limit."""

    volumes: Array
    outcome: Array

    @property
    def value(self) -> float:
        """What the mix brings."""
        return float(self.outcome[VALUE])

    @property
    def spend(self) -> float:
        """What the mix costs."""
        return float(self.outcome[SPEND])


@dataclass(frozen=True)
class Row:
    """One row of what is limited: the budget, or a month of a limit of the plan."""

    what: Constraint
    channels: tuple[str, ...] = ()
    month: int = 0

    @property
    def limit(self) -> tuple[str, tuple[str, ...]]:
        """The limit that the row is a month of."""
        return self.what, self.channels


@dataclass(frozen=True)
class Room:
    """Volumes of `channels` may move from `low` to `high`; each of `rows` may come to its cap, shape (rows,).

    `ceilings` says by channel what sets its highest volume. `resting` are the plan's rows of cost while these channels
    rest: the budget is for what comes on top.
    """

    plan: Plan
    metric: str
    tail: bool
    downstream: bool
    channels: tuple[str, ...]
    low: Array
    high: Array
    ceilings: tuple[Ceiling, ...]
    rows: tuple[Row, ...]
    caps: Array
    limits: Limits
    resting: tuple[CostRow, ...]

    @classmethod
    def of(
        cls, plan: Plan, budget: float, metric: str = "won", *, tail: bool = False, downstream: bool = False
    ) -> Room:
        """The room a plan leaves: within its limits, and where it breaks one itself, no further than it does."""
        bounds = {limit.channel: limit for limit in plan.limits}
        free = tuple(c for c in plan.channels if c.active and (_priced(plan, c) or _has_most(bounds.get(c.key))))
        keys = tuple(channel.key for channel in free)
        rest = forecast(plan, {f"{key}.volume": 0.0 for key in keys} or None)
        limits = Limits.of(plan)
        fed = {feed.channel for feed in plan.feeds if feed.share > 0}
        tops = ceilings(plan, [channel for channel in free if channel.key not in fed], rest)
        for key in fed & set(keys):
            most = bounds[key].most if key in bounds else None
            tops[key] = Ceiling.of_limit(most)
        months = [(use, month) for use in limits.within(rest) if _by_row(use, fed) for month in _finite(use)]
        low = np.array([bounds[key].least if key in bounds else 0.0 for key in keys])
        return cls(
            plan, metric, tail, downstream, keys, low=low,
            high=np.maximum(low, np.array([tops[key].volume for key in keys])),
            ceilings=tuple(tops[key] for key in keys),
            rows=(Row("budget"), *(Row(use.what, use.channels, month) for use, month in months)),
            caps=np.array([budget, *(use.cap[month] for use, month in months)]),
            limits=limits, resting=rest.cost_rows("all" if tail else "plan"),
        )  # fmt: skip

    @property
    def budget(self) -> float:
        """What the volumes may cost."""
        return float(self.caps[0])

    def with_budget(self, budget: float) -> Room:
        """The same room at another budget."""
        return replace(self, caps=np.append(budget, self.caps[1:]))

    @property
    def now(self) -> Array:
        """The plan's own volumes of the channels that may move."""
        volumes = {c.key: c.volume for c in self.plan.channels}
        return np.array([volumes[key] for key in self.channels])

    @cached_property
    def stepped(self) -> bool:
        """Whether a cost that the budget is for comes in steps."""
        return any(cost.step is not None for cost in self.plan.costs)

    @cached_property
    def relaxed(self) -> Room:
        """The room with each step in a cost relaxed to its slope, which a search can climb."""
        return self._of_plan(replace(self.plan, costs=tuple(_relaxed(cost) for cost in self.plan.costs)))

    def _of_plan(self, plan: Plan) -> Room:
        rest = forecast(plan, {f"{key}.volume": 0.0 for key in self.channels} or None)
        return replace(self, plan=plan, resting=rest.cost_rows("all" if self.tail else "plan"))

    @cached_property
    def helpers(self) -> tuple[int, ...]:
        """Positions of channels on whose volume it depends what others bring: they assist, or feed a worn audience."""
        active = {c.key for c in self.plan.channels if c.active}
        worn = {c.key for c in self.plan.channels if c.audience is not None and any(s.tires for s in c.stages)}
        pairs = [(a.source, a.stage.split(".")[0]) for a in self.plan.assists if a.lift > 0]
        pairs += [(f.source.split(".")[0], f.channel) for f in self.plan.feeds if f.channel in worn and f.share > 0]
        sources = {source for source, served in pairs if {source, served} <= active}
        return tuple(i for i, key in enumerate(self.channels) if key in sources and self.low[i] < self.high[i])

    @cached_property
    def uneven(self) -> bool:
        """Whether more of a channel may bring less and then more again: rates by month on an audience."""
        return any(
            channel.key in self.channels and channel.audience is not None and any(s.by_month for s in channel.stages)
            for channel in self.plan.channels
        )

    def plan_at(self, volumes: Array) -> Plan:
        """The plan with these volumes."""
        plan = self.plan
        for key, volume in zip(self.channels, volumes, strict=True):
            plan = pull(plan, f"{key}.volume", float(volume))
        return plan

    def mix(self, volumes: Array) -> Mix:
        """The mix of these volumes (channels,)."""
        return Mix(volumes, self.outcome(volumes))

    def outcome(self, volumes: Array) -> Array:
        """Value, spend and what is used of each limit by volumes (…, channels): shape (1 + rows, …)."""
        moves = {f"{key}.volume": volumes[..., i] for i, key in enumerate(self.channels)}
        return self.read(forecast(self.plan, moves or None))

    def read(self, batch: Forecast) -> Array:
        """Value, spend and what is used of each limit: shape (1 + rows, …)."""
        value = read(batch, self.metric, tail=self.tail)
        used = self._used(batch) if len(self.rows) > 1 else []
        return np.stack(np.broadcast_arrays(value, self.cost(batch), *used))

    def _used(self, batch: Forecast) -> list[Array]:
        if all(row.what == "hours" for row in self.rows[1:]):  # most plans: no need to look at every limit
            hours = batch.public(batch.hours("months"), "months")
            return [hours[..., row.month] for row in self.rows[1:]]
        uses = {use.key: use.used for use in self.limits.within(batch)}
        return [uses[row.limit][..., row.month] for row in self.rows[1:]]

    def cost(self, batch: Forecast, shares: Iterable[Share] = (), channel: str | None = None) -> Array:
        """What volumes cost, (…,): row by row on top of what it costs at rest, so that small sums keep their digits."""
        wanted = tuple(shares) or (("volumes", "downstream") if self.downstream else ("volumes",))
        counted = {c.key for c in self.plan.costs if share_of_cost(self.plan, c) in wanted}
        rows = zip(batch.cost_rows("all" if self.tail else "plan"), self.resting, strict=True)
        parts = [
            row.amount - rest.amount
            for row, rest in rows
            if row.key in counted and (channel is None or channel == row.channel)
        ]
        return batch.public(np.asarray(sum(parts, 0.0 * batch.nothing("plan"))), "plan")

    def fits(self, outcome: Array) -> Array:
        """Whether outcomes (1 + rows, …) keep to every cap, rounding aside: shape (…)."""
        most = (self.caps + self.slack).reshape(-1, *(1,) * (outcome.ndim - 1))
        return np.asarray(np.all(outcome[1:] <= most, axis=0))

    @cached_property
    def slack(self) -> Array:
        """What rounding may add to each row (rows,): a share of its cap, and of what the plan costs at rest."""
        slack = ROUNDING * np.where(np.isfinite(self.caps), np.abs(self.caps), 0.0)
        slack[0] += 1e-3 * ROUNDING * sum(abs(float(row.amount)) for row in self.resting)
        return slack


def share_of_cost(plan: Plan, cost: Cost) -> Share:
    """Whether a cost is one of volumes on the way to an appointment, a fixed one, or comes downstream of it."""
    head, _, stage = cost.per.partition(".")
    if cost.per in ("month", "once"):
        return "fixed"
    on_the_way = head in {c.key for c in plan.channels} and stage not in {s.key for s in plan.sales}
    return "volumes" if on_the_way else "downstream"


def fixed_cost(plan: Plan) -> float:
    """What comes off a total budget first: monthly and one-off costs and the team, over the plan."""
    fixed = {cost.key for cost in plan.costs if share_of_cost(plan, cost) == "fixed"} | {"team"}
    return float(sum(row.amount for row in forecast(plan).cost_rows("plan") if row.key in fixed))


def _relaxed(cost: Cost) -> Cost:
    return cost if cost.step is None else replace(cost, amount=cost.amount / cost.step, step=None)


def _priced(plan: Plan, channel: Channel) -> bool:
    """Whether touches cost money or a rep's time. Those that do not are no matter of a budget."""
    root = next(f"{channel.key}.{s.key}" for s in channel.stages if s.of is None)
    paid = any(c.amount > 0 and c.per.startswith(f"{channel.key}.") for c in plan.costs)
    return paid or any(e.stage == root and e.minutes > 0 for e in plan.efforts)


def _has_most(limit: Limit | None) -> bool:
    return limit is not None and limit.most is not None


def _by_row(use: Use, fed: set[str]) -> bool:
    """Whether a limit stands as rows by month: hours, and what a channel that is fed may do."""
    return use.what == "hours" or (use.what in ("pace", "audience") and use.channels[0] in fed)


def _finite(use: Use) -> list[int]:
    return [int(month) for month in np.flatnonzero(np.isfinite(use.cap))]
