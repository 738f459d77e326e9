"""Pace: the most touches of a channel in a month that its platform or the craft allows."""

from __future__ import annotations

import math

import numpy as np

from planner.calendar import working_days
from planner.engine import Forecast
from planner.engine.batch import Array
from planner.plan import Channel
from planner.plan.starter import template

__all__ = ["pace_cap", "usual_senders"]

DAYS_A_WEEK = 5.0
WEEKS_A_MONTH = 365.25 / 12 / 7


def pace_cap(batch: Forecast, channel: Channel) -> Array | None:
    """The most touches of a channel in each month, shape (months, …); None where the channel has no pace.

    Pace is touches a week for each rep on the payroll, ramped or not (a plan without reps in any month: inf), or for
    each sender of the channel. A month has working days ÷ 5 weeks, at least a day.
    """
    if channel.pace is None:
        return None
    plan, key = batch.plan, channel.key
    days = np.array(working_days(plan.country, plan.start, plan.months), dtype=float)
    weeks = batch.wide(np.maximum(days, 1.0) / DAYS_A_WEEK)
    by_one = batch.value(f"{key}.pace", channel.pace) * weeks
    if channel.pace_per == "rep":
        reps = batch.payroll()
        return np.asarray(np.where(reps.any(axis=0), by_one * reps, np.inf))
    senders = usual_senders(channel) if channel.senders is None else channel.senders
    return np.asarray(by_one * batch.value(f"{key}.senders", senders))


def usual_senders(channel: Channel) -> float:
    """How many senders carry the usual volume: the template's, for a channel of one's own what its volume needs."""
    usual = template(channel.kind)
    if usual and usual.pace and usual.pace.senders:
        return usual.pace.senders
    a_month = (channel.pace or 0.0) * WEEKS_A_MONTH
    return max(1.0, math.ceil(channel.volume / a_month - 1e-9)) if a_month > 0 else 1.0
