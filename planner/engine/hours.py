"""The hours a plan takes and those its team has: efforts, working days, hires and their ramp, paces."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from planner import calendar
from planner.engine.batch import Array, View
from planner.engine.counts import LEAST, Counts
from planner.engine.totals import added
from planner.plan import Channel, Effort
from planner.plan.templates import TEMPLATES

__all__ = ["Hours"]

WORKDAYS_A_WEEK = 5.0
MEAN_WEEKS_A_MONTH = 365.25 / 12 / 7


class Hours(Counts):
    """Counts, with the hours of reps that they take and that there are."""

    def hours(self, view: View, channel: str | None = None) -> Array:
        """Hours of reps needed, of one channel or of all."""
        needed: Array = self._once("hours", view, channel, lambda: self._hours(view, channel))
        return needed

    def _hours(self, view: View, channel: str | None) -> Array:
        owners = ("sales", channel) if channel else ("sales", *self.channels)
        efforts = [effort for effort in self.plan.efforts if effort.stage.partition(".")[0] in owners]
        return added(self.nothing(view), (self._spent_on(effort, view, channel) for effort in efforts))

    def _spent_on(self, effort: Effort, view: View, channel: str | None) -> Array:
        each = self.value(f"efforts.{effort.stage}.minutes", effort.minutes) / 60.0
        return self._flows.times(each, self.rows(effort.stage, channel), view)

    @property
    def hours_available(self) -> Array:
        """Productive hours of the team by month, (months, …): working days, reps and how far hires are ramped."""
        team = self.plan.team
        ramp = self.value("team.ramp_months", team.ramp_months)
        productive: Any = self.value("team.reps", team.reps) + 0.0 * self.month_numbers
        for i, hire in enumerate(team.hires):
            since = self.month_numbers - hire.month
            reps = self.value(f"team.hires.{i}.reps", hire.reps)
            productive = productive + reps * np.where(reps < 0, since >= 0, _ramped(since, ramp))
        a_day = self.value("team.hours_per_day", team.hours_per_day)
        return np.asarray(np.maximum(productive, 0.0) * a_day * self._working_days())

    def payroll(self) -> Array:
        """Reps on the payroll by month, (months, …)."""
        team = self.plan.team
        paid: Any = self.value("team.reps", team.reps) + 0.0 * self.month_numbers
        for i, hire in enumerate(team.hires):
            paid = paid + self.value(f"team.hires.{i}.reps", hire.reps) * (self.month_numbers >= hire.month)
        return np.asarray(np.maximum(paid, 0.0))

    def pace_cap(self, channel: str) -> Array | None:
        """The most touches a month that a channel's pace allows, (months, …); None where it has no pace.

        The pace of a week holds for each rep on the payroll, ramped or not (no reps in any month: inf), or for each of
        the channel's senders. A month without working days counts one.
        """
        of = next(c for c in self.plan.channels if c.key == channel)
        if of.pace is None:
            return None
        weeks = np.maximum(self._working_days(), 1.0) / WORKDAYS_A_WEEK
        each = self.value(f"{channel}.pace", of.pace) * weeks
        if of.pace_per == "rep":
            reps = self.payroll()
            return np.asarray(np.where(reps.any(axis=0), each * reps, np.inf))
        senders = _usual_senders(of, of.pace) if of.senders is None else of.senders
        return np.asarray(each * self.value(f"{channel}.senders", senders))

    def _working_days(self) -> Array:
        """Working days of the plan's country by month, (months, …)."""
        plan = self.plan
        return self.wide(calendar.working_days(plan.country, plan.start, plan.months))


def _usual_senders(channel: Channel, pace: float) -> float:
    """As many senders as the usual volume of such a channel needs, at least one."""
    usual = next((t.volume.value for t in TEMPLATES if t.kind == channel.kind), channel.volume)
    return max(1.0, math.ceil(usual / (pace * MEAN_WEEKS_A_MONTH) - LEAST)) if pace > 0 else 1.0


def _ramped(since: Array, ramp: Any) -> Array:
    """Mean productivity in the month that begins `since` months after a hire: rises evenly from 0 to 1 over `ramp`."""
    return _worked_off(since + 1, ramp) - _worked_off(since, ramp)


def _worked_off(months: Array, ramp: Any) -> Array:
    """Full months of work that a hire has done after so many."""
    worked = np.maximum(months, 0.0)
    rising = np.minimum(worked, ramp)
    reached = np.divide(rising, ramp, out=np.zeros(rising.shape), where=np.greater(ramp, 0))
    return np.asarray(rising * reached / 2 + worked - rising)
