"""The structure of a plan's flow, without its numbers: which row of arrivals comes from which, in what order.

Everything in the funnel is linear in where touches come from, so each channel is laid out in *strands*: its own
touches, one for each stream that feeds it, and one for what openings bring (kept apart to the end). A strand is a row
of touches and a row for each stage. Rows are numbered so that each *level* is one slice: rows that all come of earlier
levels, by what each takes on the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from planner.plan.stages import Shape

__all__ = ["Group", "Level", "Link", "Network", "Rival", "Row", "Skeleton", "SkeletonChannel", "Source"]

Ints = np.ndarray[Any, np.dtype[np.int64]]


# -- what a network is made of ----------------------------------------------------------------------------------------


class SkeletonChannel(NamedTuple):
    """An active channel without its numbers."""

    key: str
    stages: tuple[Shape, ...]
    has_audience: bool


class Link(NamedTuple):
    """A feed, an assist or an opening: its `number` in the plan, and the paths that it runs from and to."""

    number: int
    source: str
    to: str


class Skeleton(NamedTuple):
    """What counts of a plan, without its numbers: plans of one skeleton share their network."""

    channels: tuple[SkeletonChannel, ...]
    sales: tuple[Shape, ...]
    feeds: tuple[Link, ...]
    assists: tuple[Link, ...]
    opening: tuple[Link, ...]


# -- rows -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Source:
    """Arrivals of a row, a share of which a feed makes touches."""

    feed: int
    row: int


@dataclass(frozen=True)
class Row:
    """Arrivals of one stage (`stage` "": touches) in one strand. Rows are named by their place in `Network.rows`."""

    channel: int
    stage: str
    opening: bool  # born of openings
    slot: int | None = None  # the stage's number in the plan; None for touches
    parent: int | None = None  # None for touches
    sources: tuple[Source, ...] = ()  # whose arrivals become these touches
    rival: int | None = None  # the main sibling's row, for an exclusive stage
    siblings: tuple[int, ...] = ()  # slots of the exclusive stages of its parent, itself among them
    tires: bool = False
    lifts: tuple[int, ...] = ()  # assists
    opens: tuple[int, ...] = ()  # openings that arrive here


# -- the order of rows ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """Rows that one thing changes: a channel's wear, or an assist."""

    of: int
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Rival:
    """An exclusive stage's row and that of the main sibling, which comes first."""

    row: int
    main: int


@dataclass(frozen=True)
class Level:
    """Rows `start` to `stop`, touches before `first_stage`; each comes of one row of an earlier level, its base.

    `within` says for each stage whose place among the level's stages its parent has; None: the parent is the base.
    """

    start: int
    first_stage: int
    stop: int
    bases: Ints
    within: tuple[int | None, ...]
    worn: tuple[Group, ...]  # by channel
    lifted: tuple[Group, ...]  # by assist
    exclusive: tuple[Rival, ...]
    delayed: Ints  # rows
    kernels: Ints  # their delays' places in `Network.delayed_slots`
    fed: tuple[int, ...]
    opened: tuple[int, ...]


@dataclass(frozen=True)
class Network:
    """All rows in order, the levels they form, and where each channel, stage and path is found."""

    channels: tuple[str, ...]
    rows: tuple[Row, ...]
    levels: tuple[Level, ...]
    slots: Ints  # of the rows; touches have the number after the last stage's
    slot_of: dict[str, int]
    paths: tuple[str, ...]  # of the slots
    delayed_slots: tuple[int, ...]
    touches: tuple[tuple[int, ...], ...]  # rows of touches by channel, those of its own first
    own: Ints  # rows of own touches, by channel
    assist_sources: dict[int, int]  # by assist the channel whose touches help
    of_stage: dict[str, tuple[int, ...]]
    of_stage_in: dict[tuple[str, int], tuple[int, ...]]

    def find(self, stage: str, channel: int | None = None) -> tuple[int, ...]:
        """Rows of a stage in one channel (None: in all)."""
        return self.of_stage.get(stage, ()) if channel is None else self.of_stage_in.get((stage, channel), ())
