"""What can be counted, read the same way off a forecast (planned) and off actuals (to date).

A name is a stage of a channel, `kind.stage` over the channels of a kind, a named sum of actuals, or one of `TERMS`,
which a method of that name works out. What nobody counted is nan.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from planner.actuals.actuals import MONEY_NAMES, NAMED_SUMS, UNATTRIBUTED, Actuals, stage_keys
from planner.engine import Forecast, forecast
from planner.engine.batch import View
from planner.errors import PlanError
from planner.measure.metrics import figure
from planner.plan import Channel, Plan, main_path, merged
from planner.plan.paths import get, locate
from planner.plan.scales import Z90
from planner.plan.templates import lead_stage

__all__ = ["SUMS", "TERMS", "ActualCounts", "CountSource", "ForecastCounts", "FormulaName", "Scope"]

SUMS = {item.key: re.split(r"[,(]| in seconds", item.label)[0].strip() for item in NAMED_SUMS}
_ROUNDING = 1e-9
_OF_STAGE = {"own_won": "won"}
_OF_LEADS = ("leads", "leads_responded")
_NEEDED = {  # what a channel must have to report a name that is no stage: any of these stages
    "own_won": ("won",), "revenue": ("won",), "days_to_close": ("won",), "days_in_opportunity": ("won",),
}  # fmt: skip
DISCOUNT = 0.10  # a year, where a lifetime value is discounted


@dataclass(frozen=True)
class FormulaName:
    """What a name that is no stage is called in a formula, its unit, and whether it adds up over channels."""

    label: str
    unit: str = "count"
    adds: bool = True


@dataclass(frozen=True)
class Scope:
    """Of whom a total speaks: channels that report every side of it, and (`unattributed`) what is of no channel.

    `left_out` are the active channels that do not report some side of it.
    """

    channels: tuple[str, ...]
    unattributed: bool
    left_out: tuple[str, ...]


TERMS: dict[str, FormulaName] = {
    "planned": FormulaName("planned touches"),
    "contacts_touched": FormulaName("contacts touched"),
    "accounts_reached": FormulaName("accounts reached"),
    "leads": FormulaName("leads"),
    "own_won": FormulaName("deals"),
    "days_to_close": FormulaName("days from lead to won"),
    "days_in_opportunity": FormulaName("days from opportunity to won"),
    "bounced": FormulaName("bounces"),
    "months_gone": FormulaName("months", adds=False),
    "cost": FormulaName("cost", "money"),
    "channel_cost": FormulaName("cost of the channels alone", "money"),
    "revenue": FormulaName("revenue", "money"),
    "deal_value": FormulaName("revenue of a deal", "money", adds=False),
    "purchases": FormulaName("purchases a year", "decimal", adds=False),
    "margin": FormulaName("gross margin", "percent", adds=False),
    "lifetime": FormulaName("years of lifetime", "decimal", adds=False),
    "retention": FormulaName("kept each year", "percent", adds=False),
    "discount": FormulaName("discount a year", "percent", adds=False),
}


class CountSource:
    """Where the numbers of a formula come from; what a plan says of its deals is the same for both."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._kept: dict[tuple[str, str | None], float] = {}

    def term(self, name: str, channel: str | None = None, scope: Scope | None = None) -> float:
        """The number a name stands for: of one channel, of all, or of those in `scope`."""
        if scope is not None and _adds_up(name):
            return self._in_scope(name, scope)
        if (name, channel) not in self._kept:
            self._kept[name, channel] = self._term(name, channel)
        return self._kept[name, channel]

    def scope(self, names: Iterable[str]) -> Scope | None:
        """Of whom a total of these names may speak; None: of everybody, because nothing is missing."""
        return None

    def _in_scope(self, name: str, scope: Scope) -> float:
        raise NotImplementedError

    def _term(self, name: str, channel: str | None) -> float:
        if name in TERMS:
            read: Callable[[str | None], float] = getattr(self, name)
            return float(read(channel))
        if "." in name:
            kind, key = name.split(".")
            return _sum(self.stage(key, c.key) for c in self.plan.channels if c.kind == kind)
        counted = self.stage(name, channel)
        return self.named(name, channel) if math.isnan(counted) and name in SUMS else counted

    def stage(self, key: str, channel: str | None) -> float:
        """Arrivals at a stage."""
        raise NotImplementedError

    def named(self, name: str, channel: str | None) -> float:
        """A named sum of actuals."""
        raise NotImplementedError

    def lever(self, path: str) -> float:
        """The number of the plan at a lever path."""
        return float(get(self.plan, locate(self.plan, path)))

    def leads(self, channel: str | None) -> float:
        """Leads of a page, positive replies, and appointments where a channel counts neither."""
        leads = {c.key: lead_stage(c) for c in self.plan.channels if channel in (None, c.key)}
        return _sum(self.stage(stage, owner) for owner, stage in leads.items() if stage)

    def bounced(self, channel: str | None) -> float:
        """Messages that came back, hard and soft."""
        return _whole_sum(self.stage(key, channel) for key in ("hard_bounce", "soft_bounce"))

    def purchases(self, channel: str | None) -> float:
        """Purchases of a customer a year."""
        return self.lever("deal.purchases_per_year")

    def margin(self, channel: str | None) -> float:
        """Gross margin."""
        return self.lever("deal.gross_margin")

    def lifetime(self, channel: str | None) -> float:
        """Years a customer stays."""
        return self.lever("deal.lifetime_years")

    def retention(self, channel: str | None) -> float:
        """Share of customers kept each year, as the lifetime implies: 1 − 1 ÷ years."""
        return 1 - 1 / max(self.lever("deal.lifetime_years"), 1.0)

    def discount(self, channel: str | None) -> float:
        """Discount a year."""
        return DISCOUNT


class ForecastCounts(CountSource):
    """A forecast of one plan: in the plan, with the tail, or in its first `until` months. PlanError for a batch."""

    def __init__(self, made: Forecast, *, tail: bool = False, until: int | None = None) -> None:
        if made.shape:
            raise PlanError("moves", "make a batch of forecasts; a KPI is read off one")
        super().__init__(made.plan)
        self.made, self._until = made, until
        self._view: View = "all" if tail else "plan"

    def lever(self, path: str) -> float:
        """The number at a lever path, as moved."""
        return float(self.made.value(path, super().lever(path)))

    def _over(self, of: Callable[[View], Any]) -> float:
        """What adds up over months, over those looked at."""
        return float(of(self._view) if self._until is None else np.atleast_1d(of("months"))[: self._until].sum())

    def _metric(self, name: str, channel: str | None) -> float:
        if channel is not None and channel not in self.made.channels:
            return math.nan
        return self._over(lambda view: figure(self.made, name, view, channel))

    def stage(self, key: str, channel: str | None) -> float:
        """Arrivals at a stage."""
        here = [c for c in self.made.channels if channel in (None, c) and key in stage_keys(self.plan, c)]
        return self._over(lambda view: self.made.count(key, view, channel)) if here else math.nan

    def named(self, name: str, channel: str | None) -> float:
        """No rate plans a named sum."""
        return math.nan

    def planned(self, channel: str | None) -> float:
        """Touches."""
        return self._metric("touches", channel)

    def contacts_touched(self, channel: str | None) -> float:
        """People: touches ÷ touches a contact."""
        return self._metric("contacts", channel)

    accounts_reached = contacts_touched

    def own_won(self, channel: str | None) -> float:
        """Deals won by the plan's own touches."""
        return self._over(lambda view: self.made.count("won", view, channel, opening=False))

    def days_to_close(self, channel: str | None) -> float:
        """Days from lead to won as the plan's delays have them, summed over the deals."""
        return _sum(self.stage("won", c.key) * self._days(c, lead_stage(c)) for c in self._chosen(channel))

    def days_in_opportunity(self, channel: str | None) -> float:
        """Days from opportunity to won as the plan's delays have them, summed over the deals."""
        return _sum(self.stage("won", c.key) * self._days(c, "opportunity") for c in self._chosen(channel))

    def _chosen(self, channel: str | None) -> list[Channel]:
        return [c for c in self.plan.channels if c.key in self.made.channels and channel in (None, c.key)]

    def _days(self, channel: Channel, start: str | None) -> float:
        """The mean of the lognormal delays on the main path after `start`, in days; of the whole path without it."""
        path = main_path(merged(channel.stages, self.plan.sales))
        after = next((i + 1 for i, stage in enumerate(path) if stage.key == start), 0)
        own = {stage.key for stage in channel.stages}
        return math.fsum(
            self._mean_days(f"{channel.key if stage.key in own else 'sales'}.{stage.key}.delay")
            for stage in path[after:]
            if stage.delay is not None
        )

    def _mean_days(self, delay: str) -> float:
        return self.lever(f"{delay}.median_days") * math.exp(
            (math.log(self.lever(f"{delay}.p90_ratio")) / Z90) ** 2 / 2
        )

    def months_gone(self, channel: str | None) -> float:
        """Months looked at."""
        return float(self.plan.months if self._until is None else self._until)

    def cost(self, channel: str | None) -> float:
        """Cost, of a channel with its part of what is shared."""
        return self._metric("cost", channel)

    def channel_cost(self, channel: str | None) -> float:
        """What the channels themselves cost: no people, no overheads."""
        here = [c for c in self.made.channels if channel in (None, c)]
        return self._over(lambda view: sum(row.amount for row in self.made.cost_rows(view) if row.channel in here))

    def revenue(self, channel: str | None) -> float:
        """Revenue that the plan's own touches bring."""
        return self._over(lambda view: self.made.revenue(view, channel, opening=False))

    def deal_value(self, channel: str | None) -> float:
        """Revenue of a won deal."""
        return self.lever("deal.value")


class ActualCounts(CountSource):
    """Actuals of a plan to date: each figure summed over the plan's months that report it."""

    def __init__(self, actuals: Actuals, plan: Plan) -> None:
        super().__init__(plan)
        self.actuals = actuals

    def stage(self, key: str, channel: str | None) -> float:
        """Arrivals at a stage."""
        if channel is None and key not in stage_keys(self.plan, UNATTRIBUTED):
            return _sum(self.stage(key, c.key) for c in self.plan.channels)
        owner = channel or UNATTRIBUTED
        if key not in stage_keys(self.plan, owner):
            return math.nan
        return _sum(self.actuals.count(f"{owner}.{key}", self.plan))

    def named(self, name: str, channel: str | None) -> float:
        """A named sum."""
        return _sum(self.actuals.named(name, self.plan, channel))

    def _money(self, what: str, channel: str | None) -> float:
        return _sum(self.actuals.money(what, self.plan, channel))

    def _gone(self) -> Any:
        """The share of each month of the plan that has gone by, (months,)."""
        return np.minimum(self.actuals.ages(self.plan), 1.0)

    def planned(self, channel: str | None) -> float:
        """Touches planned so far: as reported, else the plan's own, the month under way by the days gone."""
        reported = self.named("planned", channel)
        if not math.isnan(reported):
            return reported
        return float(forecast(self.plan).count("", "months", channel) @ self._gone())

    def contacts_touched(self, channel: str | None) -> float:
        """People touched."""
        return self.named("contacts_touched", channel)

    def accounts_reached(self, channel: str | None) -> float:
        """Accounts that saw an ad."""
        return self.named("accounts_reached", channel)

    def leads(self, channel: str | None) -> float:
        """Leads as reported: by channel, else by its stages; a figure of no channel speaks for all that report none."""
        if channel is not None:
            reported = self.named("leads", channel)
            return super().leads(channel) if math.isnan(reported) else reported
        whole = self.named("leads", UNATTRIBUTED)
        if math.isnan(whole):
            return _sum(self.leads(key) for key in self._channels)
        return _sum((whole, *(self.named("leads", key) for key in self._channels)))

    def own_won(self, channel: str | None) -> float:
        """Deals won; actuals do not tell whose touches began them."""
        return self.stage("won", channel)

    def days_to_close(self, channel: str | None) -> float:
        """Days from lead to won, summed over the deals."""
        return self.named("days_to_close", channel)

    def days_in_opportunity(self, channel: str | None) -> float:
        """Days from opportunity to won, summed over the deals."""
        return self.named("days_in_opportunity", channel)

    def bounced(self, channel: str | None) -> float:
        """Messages that came back: hard and soft, or the total of a tool that gives no split."""
        split = super().bounced(channel)
        return self.named("bounces", channel) if math.isnan(split) else split

    def months_gone(self, channel: str | None) -> float:
        """Months gone by, the one under way by its days."""
        return float(self._gone().sum())

    def cost(self, channel: str | None) -> float:
        """Cost as reported."""
        return self._money("cost", channel)

    def channel_cost(self, channel: str | None) -> float:
        """Cost reported for channels."""
        return _sum(self._money("cost", c.key) for c in self.plan.channels if channel in (None, c.key))

    def revenue(self, channel: str | None) -> float:
        """Revenue as reported."""
        return self._money("revenue", channel)

    def deal_value(self, channel: str | None) -> float:
        """Revenue of a won deal, of the channels that report both."""
        scope = self.scope(("revenue", "own_won")) if channel is None else None
        revenue, won = (self.term(name, channel, scope) for name in ("revenue", "own_won"))
        return revenue / won if won else math.nan

    # -- totals over channels that may report only a part --

    def scope(self, names: Iterable[str]) -> Scope | None:
        """The channels that report each of the names that any channel reports; None for fewer than two names.

        What is of no channel (shared cost, deals without one) counts only where no active channel is left out.
        """
        parts = [name for name in dict.fromkeys(names) if _adds_up(name)]
        split = [name for name in parts if any(self._reports(name, channel) for channel in self.plan.channels)]
        if len(parts) < 2 or not split:
            return None
        whole, left_out = [], []
        for channel in self.plan.channels:
            due = [name for name in split if self._can_report(name, channel)]
            reported = [name for name in due if self._reports(name, channel)]
            if reported and len(reported) == len(due):
                whole.append(channel.key)
            elif reported or (due and channel.active):
                left_out.append(channel.key)
        return Scope(tuple(whole), not left_out, tuple(left_out))

    def _in_scope(self, name: str, scope: Scope) -> float:
        parts = [self._part(name, channel) for channel in scope.channels]
        return _sum((*parts, self._unattributed(name))) if scope.unattributed else _sum(parts)

    def _reports(self, name: str, channel: Channel) -> bool:
        return not math.isnan(self._part(name, channel.key))

    def _part(self, name: str, channel: str) -> float:
        """A channel's part of a total; its stages give no leads where leads of no channel are reported for all."""
        if name == "leads" and not math.isnan(self.named(name, UNATTRIBUTED)):
            return self.named(name, channel)
        return self.term(name, channel)

    def _can_report(self, name: str, channel: Channel) -> bool:
        """Whether a channel has what a name counts: one that leads to no deal cannot report any."""
        if name in _OF_LEADS:
            return bool(lead_stage(channel))
        stages = stage_keys(self.plan, channel.key)
        needed = _NEEDED.get(name, (name,) if name in self._stage_names else ())
        return not needed or any(key in stages for key in needed)

    @cached_property
    def _stage_names(self) -> frozenset[str]:
        return frozenset().union(*(stage_keys(self.plan, key) for key in (UNATTRIBUTED, *self._channels)))

    @property
    def _channels(self) -> tuple[str, ...]:
        return tuple(channel.key for channel in self.plan.channels)

    def _unattributed(self, name: str) -> float:
        """What is reported of no channel."""
        key = _OF_STAGE.get(name, name)
        if name in MONEY_NAMES:
            return self._money(name, UNATTRIBUTED)
        if name in SUMS:
            return self.named(name, UNATTRIBUTED)
        if key not in stage_keys(self.plan, UNATTRIBUTED):
            return math.nan
        total, channels = self.stage(key, None), _sum(self.stage(key, channel) for channel in self._channels)
        if math.isnan(channels):
            return total
        return total - channels if total - channels > _ROUNDING * total else math.nan


def _adds_up(name: str) -> bool:
    """Whether a name is counted by channel, so that a total is a sum over channels."""
    return TERMS[name].adds if name in TERMS else "." not in name


def _whole_sum(values: Iterable[float]) -> float:
    """The sum of what was counted; nan where any of it was not."""
    return math.fsum(values)


def _sum(values: Iterable[float]) -> float:
    """The sum of what was counted; nan where nothing was."""
    counted = [float(value) for value in values if not math.isnan(value)]
    return math.fsum(counted) if counted else math.nan
