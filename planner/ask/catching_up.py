"""Catching up: the most that each channel can still add to the plan's deals from a day on, within the plan's limits.

Deals and what every limit has left are taken as linear in the touches that are added month by month; a linear programme
(Dantzig 1951) finds the best months, and the forecast of the answer says what it brings and whether it keeps every
limit. Where a list wears or another channel helps, less is added until it does. Where the programme has no answer,
each month is tried by itself: less than the most, never a limit broken.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np

from planner.ask.limits import Limits
from planner.ask.linear import minimum
from planner.calendar import first_day, month_keys, month_of, months_between
from planner.engine import Forecast, forecast
from planner.engine.batch import Array
from planner.errors import Binding
from planner.plan import Channel, Plan
from planner.plan.kinds import FACTOR

__all__ = ["Addition", "additions", "short_of_target"]

SMALL = 0.01  # of the volume: what is tried in a month to see what it brings


@dataclass(frozen=True)
class Addition:
    """The most `deals` within the plan that a channel can still add, and the `touches` it takes.

    Both are inf where no limit of the plan holds the channel; `binding` is the limit that holds it.
    """

    channel: str
    deals: float
    touches: float
    binding: Binding | None


def additions(plan: Plan, day: dt.date) -> tuple[Addition, ...]:
    """What each active channel with touches of its own can still add from `day` on, the others as planned."""
    first = months_between(plan.start, month_of(day))
    part = _part_left(day) if first >= 0 else 1.0
    months = range(max(first, 0), plan.months)
    limits = Limits.of(plan)
    return tuple(
        _addition(plan, channel, months, part, limits)
        for channel in plan.channels
        if channel.active and channel.volume > 0
    )


def short_of_target(forecast: Forecast) -> float:
    """How many deals the plan falls short of its target for them, below 0 where it exceeds it; 0 without a target."""
    wanted = next((target.value for target in forecast.plan.targets if target.metric == "won"), None)
    return 0.0 if wanted is None else wanted - float(forecast.count("won", "plan"))


def _part_left(day: dt.date) -> float:
    """The part of its month that is left on a day, the day itself counted."""
    begins, ends = (first_day(month) for month in month_keys(month_of(day), 2))
    return (ends - day).days / (ends - begins).days


def _addition(plan: Plan, channel: Channel, months: range, part: float, limits: Limits) -> Addition:
    if not len(months):
        return Addition(channel.key, 0.0, 0.0, None)
    ways = _room(plan, channel, months, part, limits).ways()
    if ways is None:
        return Addition(channel.key, math.inf, math.inf, None)
    parts = np.append(0.0, 1.0 - np.append(np.geomspace(1.0, 1e-7, 29)[1:], 0.0))
    more = channel.volume * (parts[:, None, None] * ways).reshape(-1, len(months))  # all of a way, part and nothing
    batch = _with_more(plan, channel, months, more)
    won = batch.count("won", "plan")
    gain = np.where(limits.keeps(batch), won - won[0], 0.0)
    best = int(np.argmax(gain))
    return Addition(channel.key, float(gain[best]), float(more[best].sum()), limits.tightest(batch, best))


def _with_more(plan: Plan, channel: Channel, months: range, more: Array) -> Forecast:
    """The plan with touches added in these months; `more` has the shape (batch, months)."""
    profile = np.array(channel.profile or (1.0,) * plan.months)
    factors = np.minimum(profile[list(months)] + more / channel.volume, FACTOR.high)
    return forecast(plan, {f"{channel.key}.profile.{month}": factors[:, i] for i, month in enumerate(months)})


@dataclass(frozen=True)
class _Room:
    """What is left from a day on, in volumes of a channel: what one more in each month brings and takes of each limit.

    `gains` and `highest` have the shape (months,), `uses` (limits, months) and `left` (limits,): both as shares of what
    is left where anything is, so that the programme is well scaled.
    """

    gains: Array
    uses: Array
    left: Array
    highest: Array

    def ways(self) -> Array | None:
        """Volumes to add that bring most deals, (ways, months); None where nothing limits them."""
        optimum = minimum(-self.gains, A_ub=self.uses, b_ub=self.left, bounds=[(0.0, high) for high in self.highest])
        if optimum.unbounded:
            return None
        if optimum.x is not None:
            return np.maximum(optimum.x, 0.0)[None]
        alone = np.where(self.gains > 0, self._alone(), 0.0)
        return None if np.isinf(alone).any() else np.diag(alone)

    def _alone(self) -> Array:
        """The most that each month takes while the others stay as planned, (months,)."""
        takes = np.divide(self.left[:, None], self.uses, out=np.full(self.uses.shape, np.inf), where=self.uses > 0)
        return np.asarray(np.minimum(takes.min(axis=0, initial=np.inf), self.highest))


def _room(plan: Plan, channel: Channel, months: range, part: float, limits: Limits) -> _Room:
    count = len(months)
    batch = _with_more(plan, channel, months, channel.volume * SMALL * np.vstack([np.zeros(count), np.eye(count)]))
    won = batch.count("won", "plan")
    uses, left = [np.zeros((0, count))], [np.zeros(0)]
    for use in limits.within(batch):
        if use.by_month:
            free = np.maximum(use.cap[0] - use.used[0], 0.0)
            if use.what != "audience":  # of the month that has begun only the rest is left
                free[months[0]] *= part
            bound = np.isfinite(free)
            size = np.where(free > 0, free, 1.0)[bound]
            uses.append(((use.used[1:] - use.used[0]) / SMALL).T[bound] / size[:, None])
            left.append(free[bound] / size)
    most = next((limit.most for limit in plan.limits if limit.channel == channel.key), None)
    profile = np.array(channel.profile or (1.0,) * plan.months)[list(months)]
    spare = math.inf if most is None else max(most / channel.volume - 1.0, 0.0)
    highest = np.full(count, math.inf) if most is None else profile * spare
    return _Room((won[1:] - won[0]) / SMALL, np.vstack(uses), np.concatenate(left), highest)
