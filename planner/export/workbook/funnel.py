"""A channel's sheet: touches, what a finite audience leaves of a rate, each stage's rate and arrivals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from planner.engine.wear import wear
from planner.export.workbook.delays import Delays
from planner.export.workbook.inputs import Inputs
from planner.export.workbook.sheet import FIRST, Line, Sheet, column
from planner.export.workbook.terms import Term, exp, least, most, number, summed, when
from planner.plan import Channel, Plan, Stage, deal_of, merged
from planner.plan.naming import unit_of

__all__ = ["Counted", "Funnel", "Rates"]

_SMALL = 1e-3  # below it 1 − exp(−x) is summed as a series, which keeps its digits
_YEAR = 12


@dataclass(frozen=True)
class Counted:
    """Arrivals of the plan's own touches, of what was under way at the start (None: nothing can be), and of both."""

    own: Line
    born: Line | None
    total: Line


@dataclass
class Rates:
    """What makes the rates of a channel's stages, as far as it is worked out."""

    wear: Line | None = None
    lifts: dict[str, list[Line]] = field(default_factory=dict)
    shares: dict[str, Line] = field(default_factory=dict)
    in_force: dict[str, Term] = field(default_factory=dict)


class Funnel:
    """The rows of one channel, in the order they are worked out; `before` holds the channels that stand earlier."""

    def __init__(
        self, plan: Plan, channel: Channel, sheet: Sheet, inputs: Inputs, delays: Delays, before: Mapping[str, Funnel]
    ) -> None:
        self.plan, self.channel, self.sheet, self.inputs, self.key = plan, channel, sheet, inputs, channel.key
        self._delays, self._before, self._rates = delays, before, Rates()
        self.active = inputs[f"{channel.key}.active"]
        self.stages = merged(channel.stages, plan.sales)
        self._own_keys = {stage.key for stage in channel.stages}
        self.counted: dict[str, Counted] = {}
        self.accepted: dict[str, Line] = {}  # by stage with a delay: what own touches bring to its door
        self._touches()
        if channel.audience is not None:
            self._rates.wear = self._worn()
        self._assists()
        for stage in _in_order(self.stages):
            self._stage(stage)

    def count(self, stage: str | None) -> Counted | None:
        """Arrivals at a stage ("" or None: touches); None where the channel has no such stage."""
        return self.counted.get(stage or "")

    # -- touches ------------------------------------------------------------------------------------------------------

    def _touches(self) -> None:
        key, sheet, unit = self.key, self.sheet, unit_of(self.channel)
        sheet.heading("Touches")
        planned = self.active * self.inputs[f"{key}.volume"]
        if self.inputs.has(f"{key}.profile.0"):
            planned = planned * self.inputs.by_month(f"{key}.profile")
        row = sheet.line(f"{key}.planned", "Planned", unit, "count", planned, later=None, sums=True)
        own, born = [row], list[Line]()
        for feed in self.plan.feeds:
            head, _, stage = feed.source.partition(".")
            source = self._before[head].count(stage) if feed.channel == key else None
            if source is None:
                continue
            share = self.active * self.inputs[f"feeds.{feed.key}.share"]
            label = f"From {self._before[head].channel.label}"
            path = f"{key}.fed.{feed.key}"
            own.append(sheet.line(path, label, unit, "count", share * source.own.month, sums=True))
            if source.born:
                term, text = share * source.born.month, f"{label}, under way at the start"
                born.append(sheet.line(f"{path}.opening", text, unit, "count", term, sums=True))
        self.counted[""] = self._counted(
            "", "Touches", unit, summed(row.month for row in own), summed(row.month for row in born) if born else None
        )

    def _counted(
        self, stage: str, label: str, unit: str, own: Term, born: Term | None, *, later: tuple[Term, ...] = (),
    ) -> Counted:  # fmt: skip
        """The rows of a stage's arrivals; `later` are their tails, where these have formulas of their own."""
        sheet, path = self.sheet, f"{self.key}.{stage}"

        def row(path: str, label: str, term: Term, place: int) -> Line:
            if later:
                return sheet.line(path, label, unit, "count", term, later=later[place], sums=True, main=born is None)
            return sheet.line(path, label, unit, "count", term, sums=True, main=born is None)

        if born is None:
            line = row(path, label, own, 0)
            return Counted(line, None, line)
        mine = row(f"{path}.own", f"{label}: own touches", own, 0)
        started = row(f"{path}.opening", f"{label}: under way at the start", born, 1)
        total = sheet.line(path, label, unit, "count", mine.month + started.month, sums=True, main=True)
        return Counted(mine, started, total)

    # -- what changes a rate from month to month ----------------------------------------------------------------------

    def _worn(self) -> Line:
        """What the audience leaves of the rate; the tail goes at the last month's."""
        key, sheet, inputs, channel = self.key, self.sheet, self.inputs, self.channel
        sheet.heading("Audience")
        contacts = inputs[f"{key}.audience"] + inputs[f"{key}.fresh"] * (sheet.month_number - 1.0)
        room = sheet.line(
            f"{key}.room", "Touches the audience takes", unit_of(channel), "count",
            contacts * inputs[f"{key}.touches_per_contact"], later=None,
        )  # fmt: skip
        touches = self.counted[""].total
        value = wear(
            touches.value, channel.audience, channel.touches_per_contact, channel.fresh, channel.coverage
        )  # fmt: skip
        covered = self._worked_in_order if channel.coverage == "in_order" else self._at_random
        left = covered(room, touches)
        text = "What the audience leaves of the rate"
        return self._steady(f"{key}.wear", text, left.valued(value))

    def _steady(self, path: str, label: str, term: Term) -> Line:
        """A row whose tail goes on at the last month's value."""
        return self.sheet.line(path, label, "factor", "factor", term, later=self.sheet.coming(term.value).last)

    def _worked_in_order(self, room: Line, touches: Line) -> Term:
        """A list worked through in order reaches people until it is used up."""
        sheet = self.sheet
        used = [0.0]
        for sent, capacity in zip(touches.value[:-1], room.value[:-1], strict=True):
            used.append(min(capacity, used[-1] + sent))
        row = sheet.coming(np.array([*used[1:], 0.0]))
        term = least(room.month, row.before + touches.month).valued(row.value)
        row = sheet.line(f"{self.key}.used", "Used up by the end of the month", "touches", "count", term, later=None)
        left = room.month - row.before
        return when(touches.month > 0, least(left, touches.month) / touches.month, when(left > 0, 1.0, 0.0))

    def _at_random(self, room: Line, touches: Line) -> Term:
        """Touches that meet people at random reach ever fewer new ones."""
        sheet, key = self.sheet, self.key
        x = sheet.line(f"{key}.density", "Touches for each there is room for", "", "factor",
                       touches.month / room.month, later=None)  # fmt: skip
        values = [room.value[0]]
        for month in range(1, sheet.months):
            kept = values[-1] * np.exp(-x.value[month - 1])
            values.append(kept + room.value[month] - room.value[month - 1])
        row = sheet.coming(np.array([*values, 0.0]))
        kept = row.before * exp(0.0 - x.before) + room.month - room.before
        term = when(room.before > 0, kept, room.month).valued(row.value)
        row = sheet.line(f"{key}.untouched", "Room not yet touched", "touches", "count", term, later=None)
        series = 1.0 - x.month / 2 * (1.0 - x.month / 3 * (1.0 - x.month / 4 * (1.0 - x.month / 5)))
        within = when(x.month > _SMALL, (1.0 - exp(0.0 - x.month)) / x.month, series)
        return row.month / room.month * within

    def _assists(self) -> None:
        """What other channels' touches multiply a stage's rate by."""
        for assist in self.plan.assists:
            head, _, stage = assist.stage.partition(".")
            if head != self.key:
                continue
            if not self._rates.lifts:
                self.sheet.heading("Help from other channels")
            source = self._before[assist.source]
            touches, path = source.counted[""].total.month, f"assists.{assist.key}"
            reached = 1.0 - exp(0.0 - touches / self.inputs[f"{path}.scale"])
            factor = 1.0 + self.inputs[f"{path}.lift"] * reached
            label = f"{source.channel.label} lifts {self._label(stage)}"
            self._rates.lifts.setdefault(stage, []).append(self._steady(f"{self.key}.{path}", label, factor))

    # -- stages -------------------------------------------------------------------------------------------------------

    def slot(self, stage: str) -> str:
        """Where the numbers of a stage stand: in the channel's own rows or those of sales."""
        return f"{self.key}.{stage}" if stage in self._own_keys else f"sales.{stage}"

    def _label(self, stage: str) -> str:
        return next(row.label for row in self.stages if row.key == stage)

    def _season(self, stage: Stage) -> Line | None:
        """The multipliers by month of a rate; the tail goes at the mean of the last twelve."""
        path = f"{self.slot(stage.key)}.by_month"
        if not self.inputs.has(f"{path}.0"):
            return None
        term, sheet = self.inputs.by_month(path), self.sheet
        first = max(0, sheet.months - _YEAR)
        months = sheet.coming(term.value).range(first=f"${column(FIRST + first)}$")
        mean = Term(f"AVERAGE({months})", np.asarray(term.value[first:-1].mean()))
        label = f"{stage.label}: rate factor by month"
        return sheet.line(f"{self.key}.{stage.key}.season", label, "factor", "factor", term, later=mean)

    def _share(self, stage: Stage) -> Term:
        """The share of an exclusive stage in what the main one leaves: divided where shares add to more than 1."""
        siblings = [row for row in self.stages if row.exclusive and row.of == stage.of]
        for row in siblings:
            if row.key not in self._rates.shares:
                season = self._season(row)
                rate = self.inputs[f"{self.slot(row.key)}.rate"]
                share = least(1.0, rate * season.month if season else rate)
                label, path = f"{row.label}: share before dividing", f"{self.key}.{row.key}.share"
                self._rates.shares[row.key] = self.sheet.line(path, label, "share", "percent", share)
        total = summed(self._rates.shares[row.key].month for row in siblings)
        return self._rates.shares[stage.key].month / most(1.0, total)

    def _rate(self, stage: Stage) -> Term:
        """The rate in force: after season, wear and assists, capped at 1 once; then what the main sibling leaves."""
        rates, season = self._rates, None if stage.exclusive else self._season(stage)
        rate = self._share(stage) if stage.exclusive else self.inputs[f"{self.slot(stage.key)}.rate"]
        factors = [season] * (season is not None) + [rates.wear] * (stage.tires and rates.wear is not None)
        factors += rates.lifts.get(stage.key, [])
        for factor in factors:
            rate = rate * factor.month if factor else rate
        main = next((row for row in self.stages if row.main and row.of == stage.of), None)
        if not factors and not stage.exclusive:
            return rate
        rate = least(1.0, rate)
        if stage.exclusive and main:
            rate = rate * (1.0 - rates.in_force[main.key])
        path = f"{self.key}.{stage.key}.rate"
        return self.sheet.line(path, f"{stage.label}: rate in force", "share", "percent", rate).month

    def _stage(self, stage: Stage) -> None:
        sheet, path, parent = self.sheet, f"{self.key}.{stage.key}", self.counted[stage.of or ""]
        if self._is_involved(stage):
            sheet.heading(stage.label)
        rate = self._rates.in_force[stage.key] = self._rate(stage)
        opening = next((row for row in self.plan.opening if row.stage == path), None)
        started = []
        if opening:
            first = when(sheet.month_number.equals(1.0), self.active * self.inputs[f"opening.{path}.count"], 0.0)
            text = f"{stage.label}: under way at the start"
            started = [sheet.line(f"{path}.started", text, "count", "count", first, later=None)]
        strands: list[tuple[str, Line | None, list[Line]]] = [("own", parent.own, [])]
        if parent.born or started:
            strands.append(("opening", parent.born, started))
        months, later = [], []
        for strand, parents, added in strands:
            accepted = parents.month * rate if parents else number(0.0)
            tail = accepted
            if stage.delay is not None and parents:
                text = f"{stage.label}: accepted" + (", under way" if added or strand != "own" else "")
                row = sheet.line(f"{path}.accepted.{strand}", text, "count", "count", accepted, sums=True)
                if strand == "own":
                    self.accepted[stage.key] = row
                spread = self._delays.spread(self.slot(stage.key), self._delay_label(stage), stage.delay)
                accepted, tail = spread.arrived(row), spread.later(row)
            months.append(summed([accepted, *(row.month for row in added)]))
            later.append(tail)
        ends = tuple(later) if stage.delay is not None else ()
        born = months[1] if len(months) > 1 else None
        self.counted[stage.key] = self._counted(stage.key, stage.label, "count", months[0], born, later=ends)

    def _is_involved(self, stage: Stage) -> bool:
        """Whether more than one row is needed for a stage."""
        season = self.inputs.has(f"{self.slot(stage.key)}.by_month.0")
        rate = stage.exclusive or season or (stage.tires and self._rates.wear) or stage.key in self._rates.lifts
        return bool(rate or stage.delay or self.plan.opening)

    def _delay_label(self, stage: Stage) -> str:
        return f"{self.channel.label}: {stage.label}" if stage.key in self._own_keys else stage.label

    @property
    def deal(self) -> str:
        """Where the numbers of a deal won here stand."""
        return "deal" if deal_of(self.plan, self.key) is self.plan.deal else f"{self.key}.deal"


def _in_order(stages: tuple[Stage, ...]) -> list[Stage]:
    """Each stage after its parent, and an exclusive one after its main sibling."""
    waiting, ordered = list(stages), list[Stage]()
    mains = {stage.of: stage.key for stage in stages if stage.main}
    while waiting:
        placed = {None, *(stage.key for stage in ordered)}
        needs = {stage.key: {stage.of, mains.get(stage.of) if stage.exclusive else None} for stage in waiting}
        stage = next(stage for stage in waiting if needs[stage.key] <= placed)
        waiting.remove(stage)
        ordered.append(stage)
    return ordered
