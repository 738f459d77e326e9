"""Arrivals of one plan under way: what was reported takes its place among what the plan expects of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from planner.engine.known import Clock, Known
from planner.engine.network import Level, Network
from planner.engine.single import PlanRows
from planner.plan import Plan

__all__ = ["RowsUnderWay"]

Array = np.ndarray[Any, np.dtype[np.float64]]
ROUNDING = 1e-12  # of what is due, less than which nothing is left open


class RowsUnderWay(PlanRows):
    """Rows by the periods of a clock, with what is `known` of them; read out by month, `by_period` as they are.

    The network stands in levels by channel, so that what is known of a stage is there before anything comes of it.
    """

    def __init__(self, plan: Plan, net: Network, known: Known) -> None:
        self.known = known
        self.clock = Clock(plan.months, known.passed, known.rest != "none")
        self._splits = self.clock.splits  # while rows stand by period, not by month
        super().__init__(plan, net)
        self.by_period = self.rows
        if self._splits:
            self.rows, self._splits = self.clock.by_month(self.rows), False
            self.rows.setflags(write=False)

    def touches(self, channel: int) -> Array:
        """Touches of a channel over all its strands, (months + 1,)."""
        touches = super().touches(channel)
        return self.clock.by_month(touches) if self._splits else touches

    def pace(self, channel: int) -> Array:
        """Touches of a channel a whole month, (months + 1,): those of a month under way at the rate so far."""
        touches, elapsed = self.touches(channel), np.append(self.clock.elapsed, 1.0)
        return np.asarray(np.divide(touches, elapsed, out=np.zeros_like(touches), where=elapsed > 0))

    # -- as a plan's own rows, by the periods of the clock ------------------------------------------------------------

    def _planned_touches(self) -> Array:
        """Planned touches by period, none after the clock where only what is under way is to arrive."""
        rows = super()._planned_touches()
        rows[:, :-1] *= self.clock.elapsed
        if self._splits:
            rows = rows[:, self.clock.month_of]
            rows[:, :-1] *= np.diff(self.clock.edges)
        if self.known.rest == "under_way":
            rows[:, self.clock.begun :] = 0.0
        return rows

    def _delay_kernels(self) -> Array:
        delays = [self.delays[slot] for slot in self.net.delayed_slots]
        return np.array([self.clock.kernel(delay) for delay in delays if delay])

    def _opening_counts(self, i: int) -> float:
        """What was under way at a row's stage when the plan began, as far as its first month has run."""
        return super()._opening_counts(i) * float(self.clock.elapsed[0])

    def _taken_of_bases(self, level: Level) -> Array:
        taken = super()._taken_of_bases(level)
        return taken[:, self.clock.month_of] if self._splits and taken.shape[1] > 1 else taken

    def _settle(self, level: Level) -> None:
        super()._settle(level)
        numbers = range(level.start, level.stop)
        for channel, stage in dict.fromkeys((self.net.rows[i].channel, self.net.rows[i].stage) for i in numbers):
            count = self._reported(channel, stage)
            if count is not None:
                self._report(channel, stage, count)

    # -- what was reported --------------------------------------------------------------------------------------------

    def _reported(self, channel: int, stage: str) -> Array | None:
        """The count of a stage by month begun; of touches, what the count of the root stands for. None: not known."""
        if stage == "":
            return self._touches_behind(channel)
        return self.known.counts.get((self.active[channel].key, stage))

    def _report(self, channel: int, stage: str, count: Array) -> None:
        """A reported count takes the place of what the plan expects.

        What openings bring came as expected as far as the count allows; the rest is of the plan's own touches.
        """
        numbers = self.net.find(stage, channel)
        begun = slice(len(count)) if self.clock.runs_on else slice(None)
        total = np.zeros_like(self.rows[0, begun])
        total[: len(count)] = count
        if self.clock.runs_on and stage:
            self._leave_the_rest_open(numbers, count)
        born = [i for i in numbers if self.net.rows[i].opening]
        bought = [i for i in numbers if not self.net.rows[i].opening]
        own = np.maximum(total - self.rows[born, begun].sum(axis=0), 0.0) if born else np.maximum(total, 0.0)
        self.rows[bought, begun] = 0.0
        self.rows[bought[0], begun] = own
        if born:
            self.rows[born[0], begun] = total - own

    def _leave_the_rest_open(self, numbers: Sequence[int], count: Array) -> None:
        """What is still to come of known parents comes of those who have not arrived: a share r·ΔF / (1 − r·F) of them.

        So where more arrived than was expected of a period, fewer are left to arrive.
        """
        slot, begun = self.net.rows[numbers[0]].slot, len(count)
        if slot not in self.net.delayed_slots:
            return
        share = self._kernels[self.net.delayed_slots.index(slot)][:begun]
        expected = float(self.rows[list(numbers), :begun].sum())
        reported_to_expected = float(np.sum(count)) / expected if expected > 0 else 0.0
        for i in numbers:
            parents = self.rows[self.net.rows[i].parent, :begun]
            taken = self.taken(i)[self.clock.month_of[:begun]]
            due = taken * share[:, :begun].sum(axis=1)
            open_now, open_before = 1.0 - reported_to_expected * due, 1.0 - due
            left = np.divide(open_now, open_before, out=np.ones(begun), where=open_before > ROUNDING)
            self.rows[i, begun:] += (parents * taken * (np.maximum(left, 0.0) - 1.0)) @ share[:, begun:]

    def _touches_behind(self, c: int) -> Array | None:
        """The touches that the reported count of a channel's root stands for; None where it is not reported.

        What was under way at the root when the plan began is in the count, but came of no touch.
        """
        channel = self.active[c]
        root = next(stage for stage in channel.stages if stage.of is None)
        count = self.known.counts.get((channel.key, root.key))
        if count is None:
            return None
        own_root = next(i for i in self.net.find(root.key, c) if not self.net.rows[i].opening)
        carried_out = self.taken(own_root)
        if self.net.rows[own_root].tires:
            carried_out = carried_out * self._wear([c], channel.coverage)[:, 0]
        carried_out = np.minimum(carried_out, 1.0)[: len(count)]
        planned = self.touches(c)[: len(count)].copy()
        opened = sum(self._opening_counts(i) for i in self.net.find(root.key, c))
        of_touches = np.array(count, dtype=float)
        of_touches[:1] = np.maximum(of_touches[:1] - opened, 0.0)
        return np.asarray(np.divide(of_touches, carried_out, out=planned, where=carried_out > 0))
