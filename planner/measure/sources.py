"""What can be counted, read the same way off a forecast (planned) and off actuals (to date).

A name is a stage of a channel, `kind.stage` over the channels of a kind, a named sum of actuals, or one of `TERMS`,
which a method of that name works out. What nobody counted is nan.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.actuals.actuals import NAMED_SUMS, UNATTRIBUTED, Actuals, stage_keys
from planner.engine import Forecast, forecast
from planner.engine.batch import View
from planner.errors import PlanError
from planner.measure.metrics import figure
from planner.plan import Channel, Plan, merged
from planner.plan.paths import get, locate
from planner.plan.scales import Z90
from planner.plan.templates import lead_stage

__all__ = ["SUMS", "TERMS", "Counted", "Planned", "Term", "Told"]

SUMS = {item.key: re.split(r"[,(]| in seconds", item.label)[0].strip() for item in NAMED_SUMS}
DISCOUNT = 0.10  # a year, where a lifetime value is discounted


@dataclass(frozen=True)
class Term:
    """What a name that is no stage is called in a formula, and the unit its number is written in."""

    label: str
    unit: str = "count"


TERMS: dict[str, Term] = {
    "planned": Term("planned touches"),
    "contacts_touched": Term("contacts touched"),
    "accounts_reached": Term("accounts reached"),
    "leads": Term("leads"),
    "own_won": Term("deals"),
    "days_to_close": Term("days to close"),
    "months_gone": Term("months"),
    "cost": Term("cost", "money"),
    "channel_cost": Term("cost of the channels alone", "money"),
    "revenue": Term("revenue", "money"),
    "deal_value": Term("revenue of a deal", "money"),
    "purchases": Term("purchases a year", "decimal"),
    "margin": Term("gross margin", "percent"),
    "lifetime": Term("years of lifetime", "decimal"),
    "retention": Term("kept each year", "percent"),
    "discount": Term("discount a year", "percent"),
}


class Counted:
    """Where the numbers of a formula come from; what a plan says of its deals is the same for both."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._kept: dict[tuple[str, str | None], float] = {}

    def term(self, name: str, channel: str | None = None) -> float:
        """The number a name stands for, of one channel or of all."""
        if (name, channel) not in self._kept:
            self._kept[name, channel] = self._term(name, channel)
        return self._kept[name, channel]

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


class Planned(Counted):
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
        here = [at for at in self.made.channels if channel in (None, at) and key in stage_keys(self.plan, at)]
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
        """Days from opportunity to won as the plan's delays have them, summed over the deals."""
        chosen = [c for c in self.plan.channels if c.key in self.made.channels and channel in (None, c.key)]
        return _sum(self.stage("won", c.key) * self._cycle(c) for c in chosen)

    def _cycle(self, channel: Channel) -> float:
        """The mean of the lognormal delay between opportunity and won, in days."""
        own = any(stage.key == "won" for stage in channel.stages)
        won = next((s for s in merged(channel.stages, self.plan.sales) if s.key == "won"), None)
        if won is None or won.delay is None:
            return 0.0
        at = f"{channel.key if own else 'sales'}.won.delay"
        return self.lever(f"{at}.median_days") * math.exp((math.log(self.lever(f"{at}.p90_ratio")) / Z90) ** 2 / 2)

    def months_gone(self, channel: str | None) -> float:
        """Months looked at."""
        return float(self.plan.months if self._until is None else self._until)

    def cost(self, channel: str | None) -> float:
        """Cost, of a channel with its part of what is shared."""
        return self._metric("cost", channel)

    def channel_cost(self, channel: str | None) -> float:
        """What the channels themselves cost: no people, no overheads."""
        here = [at for at in self.made.channels if channel in (None, at)]
        return self._over(lambda view: sum(row.amount for row in self.made.cost_rows(view) if row.channel in here))

    def revenue(self, channel: str | None) -> float:
        """Revenue that the plan's own touches bring."""
        return self._over(lambda view: self.made.revenue(view, channel, opening=False))

    def deal_value(self, channel: str | None) -> float:
        """Revenue of a won deal."""
        return self.lever("deal.value")


class Told(Counted):
    """Actuals of a plan to date: each figure summed over the plan's months that report it."""

    def __init__(self, actuals: Actuals, plan: Plan) -> None:
        super().__init__(plan)
        self.actuals = actuals

    def stage(self, key: str, channel: str | None) -> float:
        """Arrivals at a stage."""
        if channel is None and key not in stage_keys(self.plan, UNATTRIBUTED):
            return _sum(self.stage(key, c.key) for c in self.plan.channels)
        at = channel or UNATTRIBUTED
        return _sum(self.actuals.count(f"{at}.{key}", self.plan)) if key in stage_keys(self.plan, at) else math.nan

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
        told = self.named("planned", channel)
        if not math.isnan(told):
            return told
        return float(forecast(self.plan).count("", "months", channel) @ self._gone())

    def contacts_touched(self, channel: str | None) -> float:
        """People touched."""
        return self.named("contacts_touched", channel)

    def accounts_reached(self, channel: str | None) -> float:
        """Accounts that saw an ad."""
        return self.named("accounts_reached", channel)

    def leads(self, channel: str | None) -> float:
        """Leads as reported, else counted as in a forecast."""
        told = self.named("leads", channel)
        return super().leads(channel) if math.isnan(told) else told

    def own_won(self, channel: str | None) -> float:
        """Deals won; actuals do not tell whose touches began them."""
        return self.stage("won", channel)

    def days_to_close(self, channel: str | None) -> float:
        """Days to close, summed over the deals."""
        return self.named("days_to_close", channel)

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
        """Revenue of a won deal."""
        won = self.stage("won", channel)
        return self._money("revenue", channel) / won if won else math.nan


def _sum(values: Iterable[float]) -> float:
    """The sum of what was counted; nan where nothing was."""
    told = [float(value) for value in values if not math.isnan(value)]
    return math.fsum(told) if told else math.nan
