"""Pacing: what each channel has sent against its plan so far, and the pace that the rest of the plan would need.

Whoever is behind can still send what was planned if the rest goes faster. Whether it may is for the plan's limits to
say: the plan with the faster rest is forecast, and every limit is read off it month by month.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.actuals.actuals import Actuals
from planner.actuals.periods import last_day
from planner.ask.limits import SLACK, Limits
from planner.ask.variance.reported import due, happened, silent_months
from planner.calendar import month_keys
from planner.engine import Forecast, forecast
from planner.errors import Binding
from planner.plan import Channel, Plan, Stage, replace

__all__ = ["Pacing", "catching_up", "pacing"]


@dataclass(frozen=True)
class Pacing:
    """Touches of a channel: `planned` by the actuals' day, `sent` by then (nan: not reported), `whole` in the plan.

    Months that have begun and of which nothing is reported stand on neither side: `unreported` is what was planned for
    them, `silent` which they are, counted from 0. The rest is reckoned as if that had been sent.
    `months_left` and `weeks_left` count what is left of the plan. `breaks` are the limits that the needed pace would
    break, each with the first month in which it does; `steerable` whether the channel has touches of its own to pace,
    rather than only what others send on.
    """

    channel: str
    stage: str
    planned: float
    sent: float
    whole: float
    months_left: float
    weeks_left: float
    steerable: bool
    unreported: float = 0.0
    silent: tuple[int, ...] = ()
    breaks: tuple[Binding, ...] = ()

    @property
    def planned_a_month(self) -> float:
        """What the plan has for each month that is left, on average; nan where none is left."""
        return self._by(self.whole - self.unreported - self.planned, self.months_left)

    @property
    def needed_a_month(self) -> float:
        """What each month that is left needs, on average, for the plan's whole volume."""
        return self._by(self._to_send, self.months_left)

    @property
    def needed_a_week(self) -> float:
        """The same for a week."""
        return self._by(self._to_send, self.weeks_left)

    @property
    def _to_send(self) -> float:
        return max(self.whole - self.unreported - self.sent, 0.0)

    def _by(self, touches: float, periods: float) -> float:
        return touches / periods if periods > 1e-9 else math.nan


def pacing(plan: Plan, actuals: Actuals) -> tuple[Pacing, ...]:
    """Each active channel's touches against the plan, and what the rest would need.

    Raises PlanError where the plan begins after the actuals end.
    """
    planned, real, ends = due(plan, actuals), happened(plan, actuals), forecast(plan)
    left = max(plan.months - real.passed, 0.0)
    weeks = max((last_day(month_keys(plan.start, plan.months)[-1]) - actuals.as_of).days, 0) / 7.0
    rows = []
    for channel in (channel for channel in plan.channels if channel.active):
        root = _root(channel)
        path = f"{channel.key}.{root.key}"
        sent = real.count(channel.key, root.key) if real.knows(channel.key, root.key) else math.nan
        silent = silent_months(planned, actuals, path) if math.isfinite(sent) else {}
        unreported = sum(silent.values())
        whole = float(ends.count(path, "plan"))
        own = channel.volume * float(np.sum(channel.profile or np.ones(plan.months)))
        rows.append(Pacing(
            channel.key, root.key, planned.count(channel.key, root.key) - unreported, sent, whole, left, weeks, own > 0,
            unreported, tuple(silent),
        ))  # fmt: skip
    limits = Limits.of(plan, ends)
    return tuple(_limited(row, plan, actuals, limits) for row in rows)


def _limited(row: Pacing, plan: Plan, actuals: Actuals, limits: Limits) -> Pacing:
    """The row with the limits that its needed pace would break, all other channels going on as planned."""
    if not (row.steerable and row.months_left > 0 and row.sent < row.planned):
        return row
    faster = forecast(catching_up(plan, actuals, {row.channel: row}))
    return dataclasses.replace(row, breaks=tuple(_broken(faster, limits, row.channel, plan.months - row.months_left)))


def catching_up(plan: Plan, actuals: Actuals, rows: Mapping[str, Pacing]) -> Plan:
    """The plan with what these channels really sent, and the rest as fast as their whole volume needs.

    The months that are left keep their proportions; where nothing was planned for them they go evenly.
    """
    channels = tuple(
        _faster(plan, channel, actuals, rows[channel.key]) if channel.key in rows else channel
        for channel in plan.channels
    )
    return replace(plan, channels=channels)


def _faster(plan: Plan, channel: Channel, actuals: Actuals, row: Pacing) -> Channel:
    root = _root(channel)
    own = channel.volume * np.array(channel.profile or np.ones(plan.months), dtype=float)
    passed = np.clip(plan.months - row.months_left - np.arange(plan.months), 0.0, 1.0)
    to_come = own * (1.0 - passed)
    planned = float((own * passed).sum())
    each = (row.planned + row.unreported) / planned if planned > 0 else 1.0
    missing = (row.planned - row.sent) / max(each, 1e-9)
    rest = to_come if to_come.sum() > 0 else 1.0 - passed
    counts = actuals.count(f"{channel.key}.{root.key}", plan)
    reported = np.where(np.isnan(counts), own * passed, counts / max(each, 1e-9))
    touches = np.where(passed > 0, reported, 0.0) + rest * (to_come.sum() + missing) / rest.sum()
    volume = float(touches.max())
    return replace(channel, volume=volume, profile=tuple((touches / volume).tolist())) if volume > 0 else channel


def _broken(faster: Forecast, limits: Limits, channel: str, passed: float) -> list[Binding]:
    """The limits that are broken in the months to come, each where it first is."""
    breaks = []
    for use in limits.within(faster):
        if not use.by_month or use.channels not in ((), (channel,)):
            continue
        over = use.used - use.cap > SLACK * np.maximum(np.abs(use.cap), 1.0)
        months = np.flatnonzero(over[int(passed) :]) + int(passed)
        if len(months):
            month = int(months[0])
            breaks.append(Binding(use.what, use.channels, level=float(use.cap[month]), month=month))
    return breaks


def _root(channel: Channel) -> Stage:
    return next(stage for stage in channel.stages if stage.of is None)
