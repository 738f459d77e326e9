"""Is there still time? How much of what a touch brings comes within the plan, by the day of the touch.

The share is of delays alone: rates as they stand, without lists, assists or seasons. Every way from a touch to a deal
counts, the channel's own main path and what it feeds onward, weighted by the deals that a touch brings on each.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from planner.ask.variance.exposure import lineage
from planner.calendar import DAYS_A_MONTH, first_day, month_keys
from planner.engine import Forecast
from planner.engine.batch import Array
from planner.engine.delay import shares
from planner.errors import PlanError
from planner.measure.lists import used_up
from planner.plan import Channel, Delay, Plan, Stage, merged, the

__all__ = ["SHARES", "StillTime", "last_day", "share_in_plan", "still_time"]

SHARES = (0.9, 0.5, 0.1)
STEPS = 4  # of a day: what is summed up there is exact in its mean, and within minutes in its spread


@dataclass(frozen=True)
class StillTime:
    """How long touches of a channel pay within the plan.

    `last` is, by each of `SHARES`, the last day on which a touch still brings that share of its deals within the plan;
    None where no day of the plan does. `used_up` is the month, from 0, in which touches go beyond the channel's list:
    from there one more adds nothing. `best` is the share of a touch on the first day, the most that any
    day has; nan where a touch leads to no deal.
    """

    channel: str
    label: str
    last: tuple[dt.date | None, ...]
    used_up: int | None
    best: float

    @property
    def brings(self) -> bool:
        """Whether a touch leads to deals at all."""
        return not math.isnan(self.best)


def still_time(forecast: Forecast) -> tuple[StillTime, ...]:
    """How long each active channel's touches pay within the plan, for a forecast of one plan."""
    plan = forecast.plan
    return tuple(
        StillTime(
            channel.key, channel.label, tuple(last_day(plan, channel.key, share) for share in SHARES),
            used_up(forecast, channel), share_in_plan(plan, channel.key, first_day(plan.start)),
        )
        for channel in plan.channels
        if channel.key in forecast.channels
    )  # fmt: skip


def last_day(plan: Plan, channel: str, share: float) -> dt.date | None:
    """The last day of the plan on which a touch of the channel brings `share` of its deals before the plan ends.

    None where not even a touch on the first day does, and where the channel brings no deals. PlanError for an unknown
    channel, or a share outside 0 to 1.

    >>> from planner import last_day, starter
    >>> last_day(starter("phone"), "phone", 0.5)
    datetime.date(2027, 9, 29)
    """
    if not 0 < share <= 1:
        raise PlanError("share", "is {0}; a share lies above 0 and is at most 1", about=(share,))
    enough = np.flatnonzero(_maturing(plan, channel) >= share)
    return _end(plan) - dt.timedelta(days=int(enough[0]) + 1) if enough.size else None


def share_in_plan(plan: Plan, channel: str, day: dt.date) -> float:
    """The share of the deals of a touch on that day of the plan that come before the plan ends.

    nan where the channel brings no deals. PlanError for a day outside the plan.
    """
    left = (_end(plan) - day).days
    maturing = _maturing(plan, channel)
    if not 1 <= left <= len(maturing):
        raise PlanError(
            "day", f"{day} is not in the plan; it runs from {first_day(plan.start)} for {plan.months} months"
        )
    return float(maturing[left - 1])


def _end(plan: Plan) -> dt.date:
    """The day after the plan's last."""
    return first_day(month_keys(plan.start, plan.months + 1)[-1])


@lru_cache(maxsize=128)
def _maturing(plan: Plan, channel: str) -> Array:
    """The share of a touch's deals that have come when 1, 2, … days are left, its own day counted; shape (days,).

    A touch falls evenly in its day. nan where the channel brings no deals.
    """
    days = (_end(plan) - first_day(plan.start)).days
    total, by_step = 0.0, np.zeros(days * STEPS)
    for way in _ways(plan, the(plan.channels, key=channel)):
        total += way.deals
        by_step += way.deals * _summed(way.delays, len(by_step))
    if not total > 0:
        return np.full(days, np.nan)
    return np.asarray(np.cumsum(by_step).reshape(days, STEPS).mean(axis=1) / total)


@dataclass(frozen=True)
class _Way:
    """One way from a touch to a deal: the deals that a touch brings on it, and the delays along it."""

    deals: float
    delays: tuple[Delay, ...]


def _ways(plan: Plan, channel: Channel) -> Iterator[_Way]:
    """Every way from a touch of a channel to a deal: its own, and those of the channels that it feeds."""
    own = _way(plan, channel, "won")
    if own.deals > 0:
        yield own
    for feed in plan.feeds:
        head, _, stage = feed.source.partition(".")
        fed = the(plan.channels, key=feed.channel)
        if head != channel.key or not fed.active:
            continue
        to_feed = _way(plan, channel, stage)
        for onward in _ways(plan, fed):
            deals = to_feed.deals * feed.share * onward.deals
            if deals > 0:
                yield _Way(deals, to_feed.delays + onward.delays)


def _way(plan: Plan, channel: Channel, key: str) -> _Way:
    """The way from a touch of a channel to its stage `key`; without deals where the channel lacks it."""
    tree = merged(channel.stages, plan.sales)
    passed = lineage(channel, plan, key)
    rates = [_taken(stage, tree) for stage in passed]
    return _Way(float(np.prod(rates)) if rates else 0.0, tuple(stage.delay for stage in passed if stage.delay))


def _taken(stage: Stage, tree: tuple[Stage, ...]) -> float:
    """The share of its parent that a stage takes; a side outcome, of what the main one leaves over."""
    if not stage.exclusive:
        return stage.rate
    siblings = [other for other in tree if other.of == stage.of]
    main = sum(other.rate for other in siblings if other.main)
    return stage.rate / max(1.0, sum(other.rate for other in siblings if other.exclusive)) * (1.0 - main)


@lru_cache(maxsize=512)
def _summed(delays: tuple[Delay, ...], steps: int) -> Array:
    """The distribution of a sum of delays over parts of a day, (steps,); what comes later is left out."""
    if not delays:
        at_once: Array = np.eye(1, steps)[0]
        return at_once
    last, before = delays[-1], _summed(delays[:-1], steps)
    kernel = shares(last.median_days * STEPS * DAYS_A_MONTH, last.p90_ratio, steps)
    size = 2 * steps  # wide enough that nothing wraps around
    summed: Array = np.fft.irfft(np.fft.rfft(before, size) * np.fft.rfft(kernel, size), size)[:steps]
    return summed
