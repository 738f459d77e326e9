"""How a network is put in order: the skeleton of a plan, the level of each row of its strands, then rows by level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from planner.engine.network import Group, Level, Link, Network, Rival, Row, Skeleton, SkeletonChannel, Source
from planner.engine.strands import Strands
from planner.plan import Plan
from planner.plan.stages import shapes

__all__ = ["network"]


def network(plan: Plan, *, by_channel: bool = False) -> Network:
    """The network of a plan's active channels; plans of one structure share it.

    With `by_channel` all rows of a stage of a channel stand in one level, and channels follow each other: slower, but
    what is known of a stage can be set before anything comes of it.
    """
    active = {channel.key for channel in plan.channels if channel.active}
    feeds = (Link(i, feed.source, feed.channel) for i, feed in enumerate(plan.feeds))
    assists = (Link(i, assist.source, assist.stage) for i, assist in enumerate(plan.assists))
    opening = (Link(i, opening.stage, opening.stage) for i, opening in enumerate(plan.opening))
    skeleton = Skeleton(
        tuple(
            SkeletonChannel(channel.key, shapes(channel.stages), channel.audience is not None)
            for channel in plan.channels
            if channel.active
        ),
        shapes(plan.sales),
        *(tuple(link for link in links if active.issuperset(_ends(link))) for links in (feeds, assists, opening)),
    )
    return _network(skeleton, by_channel)


def _ends(link: Link) -> tuple[str, str]:
    """The channels that a link runs from and to."""
    return link.source.partition(".")[0], link.to.partition(".")[0]


@lru_cache(maxsize=256)
def _network(skeleton: Skeleton, by_channel: bool) -> Network:
    strands = Strands(skeleton)
    levels = _levels_by_channel(strands) if by_channel else _levels(strands)
    return _ordered(strands, levels)


# -- levels -----------------------------------------------------------------------------------------------------------


def _levels(strands: Strands) -> list[int]:
    """The level of each row, as early as can be.

    A stage shares its parent's level, for it only takes a part of what the parent takes; unless the parent's months
    have to be there first: touches, a delay, an opening. Wear and assists need the touches they follow from.
    """
    source_of = {assist.number: assist.source for assist in strands.skeleton.assists}
    levels: list[int] = []
    touched: dict[str, int] = {}  # by channel, the level of the last of its touches
    for row in strands.rows:
        channel = strands.channels[row.channel]
        if row.parent is None:
            touched[channel] = _after(levels, strands.sources(row.channel))
            levels.append(_after(levels, row.sources))
            continue
        needed = [levels[row.parent] + _stands_alone(strands, row.parent)]
        if row.rival is not None:
            needed.append(levels[row.rival])
        if row.tires:
            needed.append(touched[channel] + 1)
        needed += [touched[source_of[assist]] + 1 for assist in row.lifts]
        levels.append(max(needed))
    return levels


def _after(levels: Sequence[int], sources: Iterable[Source]) -> int:
    """The level after those of the sources."""
    return max((levels[source.row] + 1 for source in sources), default=0)


def _stands_alone(strands: Strands, i: int) -> bool:
    """Whether what comes of a row needs its months: it is touches, or delayed, or has openings."""
    row = strands.rows[i]
    return row.parent is None or row.slot in strands.delayed or bool(row.opens)


def _levels_by_channel(strands: Strands) -> list[int]:
    """The level of each row where all rows of a stage share one and channels follow each other."""
    depths: list[int] = []
    for row in strands.rows:
        depth = 0 if row.parent is None else depths[row.parent] + 1
        depths.append(depth if row.rival is None else max(depth, depths[row.rival]))
    places = [(row.channel, depth) for row, depth in zip(strands.rows, depths, strict=True)]
    level_of = {place: level for level, place in enumerate(sorted(set(places)))}
    return [level_of[place] for place in places]


# -- rows by level ----------------------------------------------------------------------------------------------------


def _ordered(strands: Strands, levels: Sequence[int]) -> Network:
    """The network of the rows in the order of their levels, touches first in each."""
    order = sorted(range(len(levels)), key=lambda i: (levels[i], strands.rows[i].parent is not None))
    place = {laid: i for i, laid in enumerate(order)}
    rows = tuple(_renumbered(strands.rows[laid], place) for laid in order)
    in_levels: dict[int, list[int]] = defaultdict(list)
    for i, laid in enumerate(order):
        in_levels[levels[laid]].append(i)
    of_stage, of_stage_in = defaultdict(list), defaultdict(list)
    for i, row in enumerate(rows):
        of_stage[row.stage].append(i)
        of_stage_in[row.stage, row.channel].append(i)
    touches = tuple(tuple(place[laid] for laid in strands.touches(number)) for number in range(len(strands.channels)))
    channel_number = {key: number for number, key in enumerate(strands.channels)}
    return Network(
        channels=strands.channels,
        rows=rows,
        levels=tuple(_level(rows, strands.delayed, numbers) for _, numbers in sorted(in_levels.items())),
        slots=np.array([len(strands.slot_of) if row.slot is None else row.slot for row in rows], dtype=int),
        slot_of=strands.slot_of,
        paths=tuple(strands.slot_of),
        delayed_slots=strands.delayed,
        touches=touches,
        own=np.array([of_channel[0] for of_channel in touches], dtype=int),
        assist_sources={assist.number: channel_number[assist.source] for assist in strands.skeleton.assists},
        of_stage={stage: tuple(numbers) for stage, numbers in of_stage.items()},
        of_stage_in={stage: tuple(numbers) for stage, numbers in of_stage_in.items()},
    )


def _renumbered(row: Row, place: dict[int, int]) -> Row:
    return replace(
        row,
        parent=None if row.parent is None else place[row.parent],
        rival=None if row.rival is None else place[row.rival],
        sources=tuple(Source(source.feed, place[source.row]) for source in row.sources),
    )


@dataclass
class _Ways:
    """How the stages of a level come of earlier levels, stage by stage."""

    bases: list[int]
    within: list[int | None]


def _ways(rows: Sequence[Row], numbers: Sequence[int]) -> _Ways:
    """The base of each stage of a level, and the place of its parent in that level."""
    ways, place = _Ways([], []), {i: place for place, i in enumerate(numbers)}
    for i in numbers:
        parent = rows[i].parent
        assert parent is not None
        within = place.get(parent)
        ways.within.append(within)
        ways.bases.append(parent if within is None else ways.bases[within])
    return ways


def _level(rows: Sequence[Row], delayed_slots: Sequence[int], numbers: Sequence[int]) -> Level:
    stages = [i for i in numbers if rows[i].parent is not None]
    ways = _ways(rows, stages)
    delayed = [i for i in stages if rows[i].slot in delayed_slots]
    kernel_of = {slot: kernel for kernel, slot in enumerate(delayed_slots)}
    return Level(
        start=numbers[0],
        first_stage=numbers[-1] + 1 - len(stages),
        stop=numbers[-1] + 1,
        bases=np.array(ways.bases, dtype=int),
        within=tuple(ways.within),
        worn=_groups((rows[i].channel, i) for i in stages if rows[i].tires),
        lifted=_groups((assist, i) for i in stages for assist in rows[i].lifts),
        exclusive=tuple(Rival(i, main) for i in stages if (main := rows[i].rival) is not None),
        delayed=np.array(delayed, dtype=int),
        kernels=np.array([kernel_of[slot] for i in delayed if (slot := rows[i].slot) is not None], dtype=int),
        fed=tuple(i for i in numbers if rows[i].sources),
        opened=tuple(i for i in stages if rows[i].opens),
    )


def _groups(pairs: Iterable[tuple[int, int]]) -> tuple[Group, ...]:
    """Rows by what changes them, from pairs of both."""
    groups: dict[int, list[int]] = defaultdict(list)
    for of, row in pairs:
        groups[of].append(row)
    return tuple(Group(of, tuple(rows)) for of, rows in groups.items())
