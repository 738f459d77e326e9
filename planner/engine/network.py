"""The structure of a plan's flow, without its numbers: which row of arrivals comes from which, in what order.

Everything in the funnel is linear in where touches come from, so each channel is laid out in *strands*: its own
touches, one for each stream that feeds it, and one for what openings bring (kept apart to the end). A strand is a row
of touches and a row for each stage; rows are numbered so that each level of the network is one slice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np

from planner.plan import Plan
from planner.plan.stages import Shape, merged, shapes

__all__ = ["Level", "Network", "Row", "network"]

MOST_STRANDS = 6  # more streams than this into one channel are added up into one strand

Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Row:
    """Arrivals of one stage (`stage` "" : touches) in one strand. Numbers are positions in `Network.rows`."""

    channel: int
    stage: str
    opening: bool  # born of openings
    slot: int  # the stage's number in the plan; −1 for touches
    parent: int  # −1 for touches
    sources: tuple[tuple[int, int], ...] = ()  # (feed, row) whose arrivals become these touches
    rival: int = -1  # the main sibling's row, for an exclusive stage
    siblings: tuple[int, ...] = ()  # slots of the exclusive stages of its parent, itself among them
    tires: bool = False
    lifts: tuple[int, ...] = ()  # assists
    opens: tuple[int, ...] = ()  # openings that arrive here


@dataclass(frozen=True)
class Level:
    """A slice of rows whose parents are all in earlier levels, with the few that need more than one product."""

    start: int
    stop: int
    parents: Ints
    worn: tuple[tuple[int, Ints], ...]  # by channel
    lifted: tuple[tuple[int, Ints], ...]  # by assist
    exclusive: Ints
    rivals: Ints
    delayed: Ints
    kernels: Ints
    special: tuple[int, ...]  # fed, or where openings arrive
    own: Ints  # touches that are planned, not come of anything


@dataclass(frozen=True)
class Network:
    """All rows in order, the levels they form, and where each channel, stage and path is found."""

    channels: tuple[str, ...]
    rows: tuple[Row, ...]
    levels: tuple[Level, ...]
    slots: Ints
    slot_of: dict[str, int]
    paths: tuple[str, ...]  # of the slots
    delayed_slots: tuple[int, ...]
    touches: tuple[tuple[int, ...], ...]
    own: Ints
    _found: dict[tuple[str, int], tuple[int, ...]] = field(default_factory=dict)

    def find(self, stage: str, channel: int = -1) -> tuple[int, ...]:
        """Rows of a stage in one channel (−1: in all)."""
        return self._found.get((stage, channel), ())


def network(plan: Plan, *, by_channel: bool = False) -> Network:
    """The network of a plan's active channels; plans of one structure share it.

    With `by_channel` all rows of a stage of a channel stand in one level, and channels follow each other: slower, but
    what is known of a stage can be set before anything comes of it.
    """
    on = {c.key for c in plan.channels if c.active}

    def counts(*paths: str) -> bool:
        return all(path.partition(".")[0] in on for path in paths)

    return _build(
        tuple((c.key, shapes(c.stages), c.audience is not None) for c in plan.channels if c.active),
        shapes(plan.sales),
        tuple((i, f.source, f.channel) for i, f in enumerate(plan.feeds) if counts(f.source, f.channel)),
        tuple((i, a.source, a.stage) for i, a in enumerate(plan.assists) if counts(a.source, a.stage)),
        tuple((i, o.stage) for i, o in enumerate(plan.opening) if counts(o.stage)),
        by_channel,
    )


@lru_cache(maxsize=256)
def _build(channels: Any, sales: Any, feeds: Any, assists: Any, opening: Any, by_channel: bool) -> Network:
    layout = _Layout(channels, sales, feeds, assists, opening)
    for c in range(len(channels)):
        layout.lay(c)
    return layout.network(layout.channel_levels() if by_channel else layout.levels())


class _Layout:
    """Rows as they are found, channel by channel; `network` then puts them in order."""

    def __init__(self, channels: Any, sales: Any, feeds: Any, assists: Any, opening: Any) -> None:
        self.keys = [key for key, _, _ in channels]
        self.trees = [merged(stages, sales) for _, stages, _ in channels]
        self.audience = [audience for _, _, audience in channels]
        self.feeds, self.assists, self.opening = feeds, assists, opening
        self.rows: list[Row] = []
        self.touch_rows: list[list[int]] = []
        slots = [(f"{key}.{stage.key}", stage.delayed) for key, stages, _ in channels for stage in stages]
        slots += [(f"sales.{stage.key}", stage.delayed) for stage in sales]
        self.slot_of = {path: i for i, (path, _) in enumerate(slots)}
        self.delayed = tuple(i for i, (_, delayed) in enumerate(slots) if delayed)

    def lay(self, c: int) -> None:
        """Rows of channel c: a strand of its own touches, one a stream that feeds it, one for openings."""
        self.touch_rows.append([])
        streams = [
            (feed, i)
            for feed, source, to in self.feeds
            if to == self.keys[c]
            for i, row in enumerate(self.rows)
            if f"{self.keys[row.channel]}.{row.stage}" == source
        ]
        bought = [stream for stream in streams if not self.rows[stream[1]].opening]
        opened = tuple(stream for stream in streams if self.rows[stream[1]].opening)
        self._strand(c, (), opening=False)
        for sources in [tuple(bought)] if len(bought) > MOST_STRANDS else [(stream,) for stream in bought]:
            self._strand(c, sources, opening=False)
        if opened or any(stage.split(".")[0] == self.keys[c] for _, stage in self.opening):
            self._strand(c, opened, opening=True)

    def _strand(self, c: int, sources: tuple[tuple[int, int], ...], *, opening: bool) -> None:
        self.touch_rows[c].append(len(self.rows))
        self.rows.append(Row(c, "", opening, -1, -1, sources))
        row_of: dict[str | None, int] = {None: len(self.rows) - 1}
        waiting, key = list(self.trees[c]), self.keys[c]
        mains = {stage.of: stage.key for stage in waiting if stage.main}
        while waiting:
            stage = next(
                s for s in waiting if s.of in row_of and (not s.exclusive or mains.get(s.of, "") in {*row_of, ""})
            )
            waiting.remove(stage)
            row_of[stage.key] = len(self.rows)
            rival = mains.get(stage.of) if stage.exclusive else None
            self.rows.append(
                Row(
                    c, stage.key, opening, self._slot(c, stage.key), row_of[stage.of],
                    rival=row_of[rival] if rival else -1,
                    siblings=self._siblings(c, stage) if stage.exclusive else (),
                    tires=stage.tires and self.audience[c],
                    lifts=tuple(i for i, _, path in self.assists if path == f"{key}.{stage.key}"),
                    opens=tuple(i for i, path in self.opening if opening and path == f"{key}.{stage.key}"),
                )
            )  # fmt: skip

    def _siblings(self, c: int, stage: Shape) -> tuple[int, ...]:
        return tuple(self._slot(c, s.key) for s in self.trees[c] if s.exclusive and s.of == stage.of)

    def _slot(self, c: int, stage: str) -> int:
        own = self.slot_of.get(f"{self.keys[c]}.{stage}")
        return self.slot_of[f"sales.{stage}"] if own is None else own

    def channel_levels(self) -> list[int]:
        """The level of each row where all rows of a stage share one and channels follow each other."""
        deepest = 1 + max((len(tree) for tree in self.trees), default=0)
        level: list[int] = []
        for row in self.rows:
            depth = 1 + level[row.parent] % deepest if row.parent >= 0 else 0
            if row.rival >= 0:
                depth = max(depth, level[row.rival] % deepest)
            level.append(row.channel * deepest + depth)
        used = {number: place for place, number in enumerate(sorted(set(level)))}
        return [used[number] for number in level]

    def levels(self) -> list[int]:
        """The level of each row. Sources stand earlier in the plan, so one pass in order of laying is enough."""
        source_of = {i: self.keys.index(source) for i, source, _ in self.assists}
        level: list[int] = []
        for row in self.rows:
            before = [level[source] for _, source in row.sources] + ([level[row.parent]] if row.parent >= 0 else [])
            if row.tires:
                before += [self._touch_level(level, row.channel)]
            before += [self._touch_level(level, source_of[i]) for i in row.lifts]
            level.append(max([1 + max(before, default=-1), level[row.rival] if row.rival >= 0 else 0]))
        return level

    def _touch_level(self, level: list[int], c: int) -> int:
        """The level of a channel's touches, also of its strands that are laid later."""
        laid = [level[i] for i in self.touch_rows[c] if i < len(level)]
        laid_later = [self.rows[i].sources for i in self.touch_rows[c] if i >= len(level)]
        later = [1 + max((level[source] for _, source in sources), default=-1) for sources in laid_later]
        return max(laid + later)

    def network(self, level: list[int]) -> Network:
        """The rows in the order of their levels."""
        order = sorted(range(len(self.rows)), key=lambda i: level[i])
        number = {old: new for new, old in enumerate(order)}
        number[-1] = -1
        rows = tuple(_renumbered(self.rows[i], number) for i in order)
        sizes = [level.count(n) for n in range(max(level, default=-1) + 1)]
        stops = np.cumsum(sizes, dtype=int)
        by_place: dict[tuple[str, int], list[int]] = {}
        for i, row in enumerate(rows):
            by_place.setdefault((row.stage, row.channel), []).append(i)
            by_place.setdefault((row.stage, -1), []).append(i)
        return Network(
            tuple(self.keys), rows,
            tuple(self._level(rows, int(stop - size), int(stop)) for stop, size in zip(stops, sizes, strict=True)),
            np.array([row.slot for row in rows], dtype=int), self.slot_of, tuple(self.slot_of), self.delayed,
            tuple(tuple(number[i] for i in touch) for touch in self.touch_rows),
            np.array([number[touch[0]] for touch in self.touch_rows], dtype=int),
            {key: tuple(numbers) for key, numbers in by_place.items()},
        )  # fmt: skip

    def _level(self, rows: tuple[Row, ...], start: int, stop: int) -> Level:
        here = range(start, stop)
        exclusive = [i for i in here if rows[i].rival >= 0]
        delayed = [i for i in here if rows[i].slot in self.delayed]
        return Level(
            start, stop, np.array([max(rows[i].parent, 0) for i in here], dtype=int),
            _grouped((rows[i].channel, i) for i in here if rows[i].tires),
            _grouped((lift, i) for i in here for lift in rows[i].lifts),
            np.array(exclusive, dtype=int), np.array([rows[i].rival for i in exclusive], dtype=int),
            np.array(delayed, dtype=int), np.array([self.delayed.index(rows[i].slot) for i in delayed], dtype=int),
            tuple(i for i in here if rows[i].sources or rows[i].opens),
            np.array([i for i in here if _planned(rows[i])], dtype=int),
        )  # fmt: skip


def _planned(row: Row) -> bool:
    """Whether a row is a channel's own touches: neither fed nor born of openings."""
    return row.parent < 0 and not row.sources and not row.opening


def _renumbered(row: Row, number: dict[int, int]) -> Row:
    sources = tuple((feed, number[source]) for feed, source in row.sources)
    return replace(row, parent=number[row.parent], sources=sources, rival=number[row.rival])


def _grouped(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, Ints], ...]:
    groups: dict[int, list[int]] = {}
    for key, i in pairs:
        groups.setdefault(key, []).append(i)
    return tuple((key, np.array(rows, dtype=int)) for key, rows in groups.items())
