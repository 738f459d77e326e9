"""What a KPI's formula counts, read off actuals of a plan to date."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np

from planner.actuals.actuals import MONEY_NAMES, UNATTRIBUTED, Actuals, stage_keys
from planner.engine.forecast import forecast
from planner.measure.sources import SUMS, CountSource, Scope, adds_up, total
from planner.plan import Channel, Plan
from planner.plan.templates import lead_stage

__all__ = ["ActualCounts"]

_ROUNDING = 1e-9
_OF_STAGE = {"own_won": "won"}
_OF_LEADS = ("leads", "leads_responded")
_NEEDED = {  # what a channel must have to report a name that is no stage: any of these stages
    "own_won": ("won",), "revenue": ("won",), "days_to_close": ("won",), "days_in_opportunity": ("won",),
}  # fmt: skip


class ActualCounts(CountSource):
    """Actuals of a plan to date: each figure summed over the plan's months that report it."""

    def __init__(self, actuals: Actuals, plan: Plan) -> None:
        super().__init__(plan)
        self.actuals = actuals

    def stage(self, key: str, channel: str | None) -> float:
        """Arrivals at a stage."""
        if channel is None and key not in stage_keys(self.plan, UNATTRIBUTED):
            return total(self.stage(key, c.key) for c in self.plan.channels)
        owner = channel or UNATTRIBUTED
        if key not in stage_keys(self.plan, owner):
            return math.nan
        return total(self.actuals.count(f"{owner}.{key}", self.plan))

    def named(self, name: str, channel: str | None) -> float:
        """A named sum."""
        return total(self.actuals.named(name, self.plan, channel))

    def _money(self, what: str, channel: str | None) -> float:
        return total(self.actuals.money(what, self.plan, channel))

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
        """Leads as reported, else those of its stages; leads of no channel count for all that report none."""
        if channel is not None:
            reported = self.named("leads", channel)
            return super().leads(channel) if math.isnan(reported) else reported
        whole = self.named("leads", UNATTRIBUTED)
        if math.isnan(whole):
            return total(self.leads(key) for key in self._channels)
        return total((whole, *(self.named("leads", key) for key in self._channels)))

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
        return total(self._money("cost", c.key) for c in self.plan.channels if channel in (None, c.key))

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
        parts = [name for name in dict.fromkeys(names) if adds_up(name)]
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
        return total((*parts, self._unattributed(name))) if scope.unattributed else total(parts)

    def _reports(self, name: str, channel: Channel) -> bool:
        return not math.isnan(self._part(name, channel.key))

    def _part(self, name: str, channel: str) -> float:
        """A channel's part of a total. Its stages count no leads where they are reported for all together."""
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
        whole, channels = self.stage(key, None), total(self.stage(key, channel) for channel in self._channels)
        if math.isnan(channels):
            return whole
        return whole - channels if whole - channels > _ROUNDING * whole else math.nan
