"""What a KPI's formula counts, read off a forecast of one plan."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from planner.actuals.actuals import stage_keys
from planner.engine import Forecast
from planner.engine.batch import View
from planner.errors import PlanError
from planner.measure.metrics import figure
from planner.measure.sources import CountSource, total
from planner.plan import Channel, main_path, merged
from planner.plan.scales import Z90
from planner.plan.templates import lead_stage

__all__ = ["ForecastCounts"]


class ForecastCounts(CountSource):
    """A forecast of one plan: in the plan, with the tail, or in its first `until` months. PlanError for a batch."""

    def __init__(self, forecast: Forecast, *, tail: bool = False, until: int | None = None) -> None:
        if forecast.shape:
            raise PlanError("moves", "make a batch of forecasts; a KPI is read off one")
        super().__init__(forecast.plan)
        self.forecast, self._until = forecast, until
        self._view: View = "all" if tail else "plan"

    def lever(self, path: str) -> float:
        """The number at a lever path, as moved."""
        return float(self.forecast.value(path, super().lever(path)))

    def _over(self, of: Callable[[View], Any]) -> float:
        """A row of months, summed over the months that are looked at."""
        return float(of(self._view) if self._until is None else np.atleast_1d(of("months"))[: self._until].sum())

    def _metric(self, name: str, channel: str | None) -> float:
        if channel is not None and channel not in self.forecast.channels:
            return math.nan
        return self._over(lambda view: figure(self.forecast, name, view, channel))

    def stage(self, key: str, channel: str | None) -> float:
        """Arrivals at a stage."""
        here = [c for c in self.forecast.channels if channel in (None, c) and key in stage_keys(self.plan, c)]
        return self._over(lambda view: self.forecast.count(key, view, channel)) if here else math.nan

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
        return self._over(lambda view: self.forecast.count("won", view, channel, opening=False))

    def days_to_close(self, channel: str | None) -> float:
        """Days from lead to won as the plan's delays have them, summed over the deals."""
        return total(self.stage("won", c.key) * self._days(c, lead_stage(c)) for c in self._chosen(channel))

    def days_in_opportunity(self, channel: str | None) -> float:
        """Days from opportunity to won as the plan's delays have them, summed over the deals."""
        return total(self.stage("won", c.key) * self._days(c, "opportunity") for c in self._chosen(channel))

    def _chosen(self, channel: str | None) -> list[Channel]:
        return [c for c in self.plan.channels if c.key in self.forecast.channels and channel in (None, c.key)]

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
        here = [c for c in self.forecast.channels if channel in (None, c)]
        return self._over(lambda view: sum(row.amount for row in self.forecast.cost_rows(view) if row.channel in here))

    def revenue(self, channel: str | None) -> float:
        """Revenue that the plan's own touches bring."""
        return self._over(lambda view: self.forecast.revenue(view, channel, opening=False))

    def deal_value(self, channel: str | None) -> float:
        """Revenue of a won deal."""
        return self.lever("deal.value")
