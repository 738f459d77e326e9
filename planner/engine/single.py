"""Arrivals of one plan, all rows of a level of its network at once."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.engine.delay import kernel
from planner.engine.known import Clock, Known
from planner.engine.network import Level, Network
from planner.engine.wear import COVERAGES, LIST_FIELDS, lifted, seasonal, wear
from planner.plan import Plan, Stage

__all__ = ["Multipliers", "Packed"]

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Multipliers:
    """What a stage's rate is multiplied by, (months + 1,) each, the tail last, and what is `taken` of its parent.

    `weight` is season, wear and assist together, capped so that the rate stays at most 1, exclusive shares divided by
    their sum; `taken` holds the rate itself and, for an exclusive stage, what the main sibling leaves over.
    """

    season: Array
    wear: Array
    assist: Array
    weight: Array
    taken: Array


class Packed:
    """Rows by months at a plan's own numbers. What is `moved` is taken as 1, to be multiplied with afterwards.

    `rows` is the arrivals, `part` what a row takes of its parent; both of shape (rows, months + 1), the last the tail.
    `rates`, `delays` and `by_month` (multipliers on rates, where a stage has any) stand by the network's slots.
    """

    def __init__(self, plan: Plan, net: Network, moved: Container[str], known: Known | None = None) -> None:
        self._plan, self._net, self._moved, self._known = plan, net, moved, known
        self.clock = Clock(plan.months, known.passed, known.rest != "none") if known else None
        self._splits = self.clock.splits if self.clock else False  # while rows stand by period, not by month
        self.active = tuple(c for c in plan.channels if c.active)
        stages = [*(s for c in self.active for s in c.stages), *plan.sales]
        self.delays = [s.delay for s in stages]
        self.rates = np.array([*(s.rate for s in stages), 0.0])  # touches take nothing from a parent
        self.by_month = {slot: seasonal(s.by_month) for slot, s in enumerate(stages) if s.by_month}
        self.free = np.zeros(len(self.rates), dtype=bool)  # whose rate is moved
        if moved:
            self.free[[slot for path, slot in net.slot_of.items() if f"{path}.rate" in moved]] = True
        self._taken_rates = np.where(self.free, 1.0, self.rates)
        self.part = np.repeat(self._taken_rates[net.slots][:, None], plan.months + 1, axis=1)
        self.rows = np.zeros(self.part.shape)
        for c, channel in enumerate(self.active):
            volume = self._or_one(f"{channel.key}.volume", channel.volume)
            self.rows[net.own[c], :-1] = np.multiply(volume, channel.profile) if channel.profile else volume
        if self.by_month:
            self._weigh_months()
        delays = [self.delays[slot] for slot in net.delayed_slots]
        if self.clock:
            self.rows[net.own, :-1] *= self.clock.elapsed
            self._into_periods(self.clock)
            kernels = np.array([self.clock.kernel(d) for d in delays if d])
        else:
            kernels = np.array([kernel(d.median_days, d.p90_ratio, plan.months) for d in delays if d])
        self._kernels = kernels
        for level in net.levels:
            self._settle(level, kernels)
            if known:
                self._report(level, known)
        self.by_period = self.rows
        if self.clock and self._splits:
            self.rows, self._splits = self.clock.by_month(self.rows), False
        self.rows.setflags(write=False)
        self.part.setflags(write=False)

    def _into_periods(self, clock: Clock) -> None:
        """Planned touches by period of the clock, none after it where only what is under way is to arrive."""
        if self._splits:
            self.rows = self.rows[:, clock.month_of]
            self.rows[:, :-1] *= np.diff(clock.edges)
        if self._known and self._known.rest == "under_way":
            self.rows[self._net.own, clock.begun :] = 0.0

    def _or_one(self, path: str, value: float) -> float:
        return 1.0 if path in self._moved else value

    def touches(self, c: int) -> Array:
        """Touches of channel c over all its strands, (months + 1,)."""
        touches = self.rows[list(self._net.touches[c])].sum(axis=0)
        return self.clock.by_month(touches) if self.clock and self._splits else np.asarray(touches)

    def pace(self, c: int) -> Array:
        """Touches of channel c a whole month, (months + 1,): those of a month under way at the rate so far."""
        touches = self.touches(c)
        if self.clock:
            elapsed = np.append(self.clock.elapsed, 1.0)
            return np.asarray(np.divide(touches, elapsed, out=np.zeros_like(touches), where=elapsed > 0))
        return touches

    def share(self, slot: int, siblings: tuple[int, ...]) -> Any:
        """An exclusive stage's share of what the main sibling leaves over: by month where a rate changes by month.

        Shares by month that add to more than 1 are divided by their sum.
        """
        if self.by_month.keys().isdisjoint(siblings):
            return self.rates[slot]
        by_month = {s: np.minimum(1.0, self.rates[s] * self.by_month.get(s, 1.0)) for s in siblings}
        return by_month[slot] / np.maximum(1.0, sum(by_month.values()))

    def multipliers(self, c: int, stage: Stage) -> Multipliers:
        """What makes a stage's rate what it is by month in channel c, for one plan."""
        channel, row = self.active[c], self._net.find(stage.key, c)[0]
        nothing = np.ones(self._plan.months + 1)
        lift = nothing
        for assist in self._plan.assists:
            if assist.stage == f"{channel.key}.{stage.key}" and assist.source in self._net.channels:
                lift = lift * lifted(self.pace(self._net.channels.index(assist.source)), assist.lift, assist.scale)
        left = nothing
        if stage.tires and channel.audience is not None:
            each, fresh = channel.touches_per_contact, channel.fresh
            left = wear(self.touches(c), channel.audience, each, fresh, channel.coverage)
        season = seasonal(stage.by_month) if stage.by_month else nothing
        siblings = self._net.rows[row].siblings
        weight = season * left * lift
        if siblings and stage.rate > 0:
            weight = self.share(self._net.rows[row].slot, siblings) / stage.rate * left
        elif stage.rate > 0:
            weight = np.minimum(weight, 1.0 / stage.rate)
        return Multipliers(season, left, lift, weight, self.part[row])

    def _weigh_months(self) -> None:
        """The rates by month in what each row takes."""
        for i, row in enumerate(self._net.rows):
            if row.siblings:
                self.part[i] = 1.0 if self.free[row.slot] else self.share(row.slot, row.siblings)
            elif row.slot in self.by_month:
                self.part[i] *= self.by_month[row.slot]

    def _settle(self, level: Level, kernels: Array) -> None:
        rows, part = self.rows, self.part
        self._weigh(level)
        if level.start:
            touches, taken = rows[level.own], part[level.start : level.stop]
            if self.clock and self._splits:
                taken = taken[:, self.clock.month_of]
            rows[level.start : level.stop] = rows[level.parents] * taken
            rows[level.own] = touches  # planned, not come of anything
        if len(level.delayed):
            arrived = np.matmul(rows[level.delayed][:, None, :], kernels[level.kernels])
            rows[level.delayed] = arrived[:, 0, :]
        for i in level.special:
            for f, source in self._net.rows[i].sources:
                feed = self._plan.feeds[f]
                rows[i] += rows[source] * self._or_one(f"feeds.{feed.key}.share", feed.share)
            for o in self._net.rows[i].opens:
                rows[i, 0] += self._plan.opening[o].count * (self.clock.elapsed[0] if self.clock else 1.0)

    def _report(self, level: Level, known: Known) -> None:
        """What was reported of the stages of a level takes the place of what the plan expects of them.

        Touches follow from the count of the root. What openings bring came as expected as far as the count allows; the
        rest is of the plan's own touches.
        """
        places = dict.fromkeys(
            (self._net.rows[i].channel, self._net.rows[i].stage) for i in range(level.start, level.stop)
        )
        for c, stage in places:
            count = self._touches_behind(c, known) if stage == "" else known.counts.get((self.active[c].key, stage))
            if count is None:
                continue
            rows = self._net.find(stage, c)
            begun = slice(len(count)) if known.rest != "none" else slice(None)
            total = np.zeros_like(self.rows[0])[begun]
            total[: len(count)] = count
            if known.rest != "none" and stage:
                self._leave_the_rest_open(rows, count)
            born = [i for i in rows if self._net.rows[i].opening]
            brought = self.rows[born, begun].sum(axis=0) if born else np.zeros(len(total))
            rest = np.maximum(total - brought, 0.0)
            self.rows[[i for i in rows if i not in born], begun] = 0.0
            self.rows[self._first(c, stage), begun] = rest
            if born:
                self.rows[born[0], begun] = total - rest

    def _leave_the_rest_open(self, rows: Sequence[int], count: Array) -> None:
        """What is still to come of known parents comes of those who have not arrived: a share r·ΔF / (1 − r·F) of them.

        So where more arrived than was expected of a period, fewer are left to arrive.
        """
        slot, begun = self._net.rows[rows[0]].slot, len(count)
        if slot not in self._net.delayed_slots or self.clock is None:
            return
        share = self._kernels[self._net.delayed_slots.index(slot)][:begun]
        expected = float(self.rows[list(rows), :begun].sum())
        ratio = float(np.sum(count)) / expected if expected > 0 else 0.0
        for i in rows:
            parents = self.rows[self._net.rows[i].parent, :begun]
            taken = self.part[i][self.clock.month_of[:begun]]
            due = taken * share[:, :begun].sum(axis=1)
            left = np.divide(1.0 - ratio * due, 1.0 - due, out=np.ones(begun), where=due < 1.0 - 1e-12)
            self.rows[i, begun:] += (parents * taken * (np.maximum(left, 0.0) - 1.0)) @ share[:, begun:]

    def _first(self, c: int, stage: str) -> int:
        """The row of a stage in the strand of the channel's own touches."""
        return next(i for i in self._net.find(stage, c) if not self._net.rows[i].opening)

    def _touches_behind(self, c: int, known: Known) -> Array | None:
        """The touches that the reported count of a channel's root stands for; None where it is not reported.

        What was under way at the root when the plan began is in the count, but came of no touch.
        """
        channel = self.active[c]
        root = next(stage for stage in channel.stages if stage.of is None)
        count = known.counts.get((channel.key, root.key))
        if count is None:
            return None
        carried_out = self.part[self._first(c, root.key)].copy()
        if root.tires and channel.audience is not None:
            each, fresh = channel.touches_per_contact, channel.fresh
            carried_out *= wear(self.touches(c), channel.audience, each, fresh, channel.coverage)
        carried_out = np.minimum(carried_out, 1.0)[: len(count)]
        planned = self.touches(c)[: len(count)].copy()
        come = np.array(count, dtype=float)
        come[:1] = np.maximum(come[:1] - self._opened(c, root.key), 0.0)
        return np.asarray(np.divide(come, carried_out, out=planned, where=carried_out > 0))

    def _opened(self, c: int, stage: str) -> float:
        """How much was under way at a stage of channel c when the plan began, as far as its first month has run."""
        opens = [o for i in self._net.find(stage, c) for o in self._net.rows[i].opens]
        elapsed = self.clock.elapsed[0] if self.clock else 1.0
        return sum((self._plan.opening[o].count for o in opens), 0.0) * float(elapsed)

    def _weigh(self, level: Level) -> None:
        """Wear, assists, the one cap at 1, and main siblings in what the rows of a level take."""
        part, slots = self.part, self._net.slots
        for coverage in COVERAGES if level.worn else ():
            lists = [(c, worn) for c, worn in level.worn if self.active[c].coverage == coverage]
            if lists:  # all channels of a level at once
                touches = np.stack([self.touches(c) for c, _ in lists], axis=-1)
                sizes = {field: np.array([getattr(self.active[c], field) for c, _ in lists]) for field in LIST_FIELDS}
                left = wear(touches, **sizes, coverage=coverage)
                for i, (_, worn) in enumerate(lists):
                    part[worn] *= left[:, i]
        for a, helped in level.lifted:
            assist = self._plan.assists[a]
            touches = self.pace(self._net.channels.index(assist.source))
            part[helped] *= lifted(touches, assist.lift, assist.scale)
        capped = [helped for _, helped in level.lifted]
        if self.by_month:
            capped.append(np.arange(level.start, level.stop))
        for rows in capped:
            fixed = rows[~self.free[slots[rows]]]
            part[fixed] = np.minimum(part[fixed], 1.0)
        if len(level.exclusive):
            left = 1.0 - part[level.rivals]
            left[self.free[slots[level.rivals]]] = 1.0
            part[level.exclusive] *= left
