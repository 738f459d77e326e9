"""Every limit of a plan in one evaluator, which goal seek and the budget share.

A limit is the team's hours of a month, a channel's pace in a month, a list that is worked in order (touches beyond it
reach nobody), a channel's minimum and maximum, and the rates that mail providers block at. An answer breaks no limit
that the plan keeps, and none further than the plan does, month by month. Targets missed, unusual rates and notes are
shown on the pages; they are no limits.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.engine import Forecast, forecast
from planner.engine.batch import Array
from planner.errors import Binding, Constraint
from planner.measure.alerts import RATES
from planner.measure.lists import list_use
from planner.measure.pace import pace_cap
from planner.plan import Channel, Plan

__all__ = ["SLACK", "Binding", "Limits", "Use", "uses"]

SLACK = 1e-9  # of a limit: rounding is no breach


@dataclass(frozen=True)
class Use:
    """How much of one limit is used. `used` and `cap` have the shape (…, months), or (…, 1) for the whole plan.

    They count hours, touches of a month, touches beyond the list so far, touches a month of the plan, or a rate. A cap
    is inf where there is none. A minimum stands as its negative, so that over the cap always means broken.
    """

    what: Constraint
    channels: tuple[str, ...]
    used: Array
    cap: Array

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """The name of the limit."""
        return self.what, self.channels

    @property
    def by_month(self) -> bool:
        """Whether the limit holds month by month."""
        return self.what in ("hours", "pace", "audience")


@dataclass(frozen=True)
class Limits:
    """The limits that answers about a plan must keep: its own, widened month by month by what the plan itself breaks.

    `broken` is by limit how far the plan as it stands is over its cap, (months,), never below 0. `staffed`: the plan
    has reps.
    """

    staffed: bool
    broken: dict[tuple[str, tuple[str, ...]], Array]

    @classmethod
    def of(cls, plan: Plan, now: Forecast | None = None) -> Limits:
        """The limits of a plan; `now` is its forecast where that is already made."""
        present = forecast(plan) if now is None else now
        staffed = bool(present.payroll().any())
        return cls(staffed, {use.key: np.maximum(use.used - use.cap, 0.0) for use in uses(present, staffed)})

    def within(self, batch: Forecast) -> tuple[Use, ...]:
        """By limit what a batch uses, and as `cap` what it may: the limit and how far the plan itself is over it."""
        return tuple(
            Use(use.what, use.channels, use.used, use.cap + self.broken.get(use.key, 0.0))
            for use in uses(batch, self.staffed)
        )

    def spare(self, batch: Forecast) -> Array:
        """The room left under the tightest limit as a share of it, shape (…); inf where nothing limits.

        Below 0: an answer there would break a limit that the plan keeps, or one further than the plan does.
        """
        least = np.full(batch.shape, np.inf)
        for use in self.within(batch):
            least = np.minimum(least, _share_left(use).min(axis=-1))
        return least

    def keeps(self, batch: Forecast) -> Array:
        """Whether each of a batch keeps all limits, shape (…)."""
        return np.asarray(self.spare(batch) >= -SLACK)

    def tightest(self, batch: Forecast, *index: int) -> Binding | None:
        """The limit that binds first in one of a batch, without a price; None where nothing limits."""
        left = [(use, _share_left(use)[index]) for use in self.within(batch)]
        left = [(use, share) for use, share in left if np.isfinite(share).any()]
        if not left:
            return None
        use, share = min(left, key=lambda row: float(row[1].min()))
        month = int(np.argmin(share))
        level = abs(float(use.cap[index][month]))
        return Binding(use.what, use.channels, level=level, month=month if use.by_month else None)


def uses(batch: Forecast, staffed: bool = False) -> tuple[Use, ...]:
    """What a batch uses of every limit there is. `staffed`: hours are limited even where a move lays off all reps."""
    used = [*_hours(batch, staffed)]
    bounds = {limit.channel: limit for limit in batch.plan.limits}
    for channel in batch.plan.channels:
        if channel.key not in batch.channels:
            continue
        used += [*_pace(batch, channel), *_list(batch, channel), *_complaints(batch, channel)]
        limit = bounds.get(channel.key)
        if limit is None:
            continue
        volume = _single(batch, batch.value(f"{channel.key}.volume", channel.volume))
        if limit.most is not None:
            used.append(Use("most", (channel.key,), volume, np.full_like(volume, limit.most)))
        if limit.least > 0:
            used.append(Use("least", (channel.key,), -volume, np.full_like(volume, -limit.least)))
    return tuple(used)


def _hours(batch: Forecast, staffed: bool) -> Iterator[Use]:
    """The team's hours of each month; a plan without reps in any month has no such limit."""
    cap = np.where(staffed | batch.payroll().any(axis=0), batch.hours_available, np.inf)
    if np.isfinite(cap).any():
        yield Use("hours", (), _monthly(batch, batch.hours("months")), _monthly(batch, cap))


def _pace(batch: Forecast, channel: Channel) -> Iterator[Use]:
    cap = pace_cap(batch, channel)
    if cap is not None:
        touches = batch.count("", "months", channel.key)
        yield Use("pace", (channel.key,), _monthly(batch, touches), _monthly(batch, cap))


def _list(batch: Forecast, channel: Channel) -> Iterator[Use]:
    """A list worked in order: touches up to the month's end against what the list then takes."""
    use = list_use(batch, channel)
    if use is not None:
        yield Use("audience", (channel.key,), _monthly(batch, use.wanted), _monthly(batch, use.room))


def _complaints(batch: Forecast, channel: Channel) -> Iterator[Use]:
    """Rates from which providers block, as a share of the parent's arrivals."""
    for stage in channel.stages:
        threshold = RATES.get(stage.key)
        if threshold is None or not math.isfinite(threshold.limit):
            continue
        arrived = batch.count(f"{channel.key}.{stage.key}", "all")
        came_from = batch.count(f"{channel.key}.{stage.of}", "all")
        arrived, came_from = np.broadcast_arrays(arrived, came_from)
        share = np.divide(arrived, came_from, out=np.zeros(arrived.shape), where=came_from > 0)
        used = _single(batch, share)
        yield Use("complaints", (channel.key,), used, np.full_like(used, threshold.limit))


def _share_left(use: Use) -> Array:
    """Room left as a share of the limit (where that is 0, of the largest of its months), (…, months)."""
    finite = np.where(np.isfinite(use.cap), np.abs(use.cap), 0.0)
    largest = finite.max(axis=-1, keepdims=True)
    size = np.where(finite > 0, finite, np.where(largest > 0, largest, 1.0))
    return np.asarray((use.cap - use.used) / size)


def _monthly(batch: Forecast, months: Array) -> Array:
    """Months first, made batch first and months last."""
    return batch.public(np.asarray(months, dtype=float), "months")


def _single(batch: Forecast, value: float | Array) -> Array:
    """One number for the whole plan, shape (…, 1)."""
    return np.array(np.broadcast_to(np.asarray(value, dtype=float), batch.shape))[..., None]
