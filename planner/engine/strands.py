"""Strands: the rows of each channel, one strand for its own touches, one a stream that feeds it, one for openings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from graphlib import TopologicalSorter

from planner.engine.network import Row, Skeleton, SkeletonChannel, Source
from planner.plan.stages import Shape, merged

__all__ = ["Strands"]

MOST_STRANDS = 6  # more streams than this into one channel are added up into one strand


class Strands:
    """Rows in the order in which they are laid: by channel and strand, every row after those it comes of."""

    def __init__(self, skeleton: Skeleton) -> None:
        self.skeleton = skeleton
        self.channels = tuple(channel.key for channel in skeleton.channels)
        stages = [(channel.key, stage) for channel in skeleton.channels for stage in channel.stages]
        stages += [("sales", stage) for stage in skeleton.sales]
        self.slot_of = {f"{owner}.{stage.key}": slot for slot, (owner, stage) in enumerate(stages)}
        self.delayed = tuple(slot for slot, (_, stage) in enumerate(stages) if stage.delayed)
        self.rows: list[Row] = []
        for number, channel in enumerate(skeleton.channels):
            self._lay_channel(number, channel)

    def touches(self, channel: int) -> list[int]:
        """Rows of a channel's touches, those of its own first."""
        return [i for i, row in enumerate(self.rows) if row.channel == channel and row.parent is None]

    def sources(self, channel: int) -> list[Source]:
        """All that feeds a channel's touches."""
        return [source for i in self.touches(channel) for source in self.rows[i].sources]

    def _lay_channel(self, number: int, channel: SkeletonChannel) -> None:
        """A strand of the channel's own touches, one a stream that feeds it, one for openings."""
        streams = [
            Source(feed.number, i)
            for feed in self.skeleton.feeds
            if feed.to == channel.key
            for i in self._rows_at(feed.source)
        ]
        born = tuple(stream for stream in streams if self.rows[stream.row].opening)
        bought = tuple(stream for stream in streams if not self.rows[stream.row].opening)
        self._lay_strand(number, channel, (), opening=False)
        for sources in [bought] if len(bought) > MOST_STRANDS else [(stream,) for stream in bought]:
            self._lay_strand(number, channel, sources, opening=False)
        if born or any(opening.to.startswith(f"{channel.key}.") for opening in self.skeleton.opening):
            self._lay_strand(number, channel, born, opening=True)

    def _rows_at(self, path: str) -> list[int]:
        return [i for i, row in enumerate(self.rows) if f"{self.channels[row.channel]}.{row.stage}" == path]

    def _lay_strand(self, number: int, channel: SkeletonChannel, sources: tuple[Source, ...], *, opening: bool) -> None:
        tree = merged(channel.stages, self.skeleton.sales)
        mains = {stage.of: stage.key for stage in tree if stage.main}
        touches = len(self.rows)
        self.rows.append(Row(number, "", opening, sources=sources))
        row_of: dict[str, int] = {}
        for stage in _in_order(tree, mains):
            main = mains.get(stage.of) if stage.exclusive else None
            path = f"{channel.key}.{stage.key}"
            row_of[stage.key] = len(self.rows)
            self.rows.append(
                Row(
                    number, stage.key, opening,
                    slot=self._slot(channel, stage),
                    parent=touches if stage.of is None else row_of[stage.of],
                    rival=None if main is None else row_of[main],
                    siblings=self._siblings(channel, tree, stage) if stage.exclusive else (),
                    tires=stage.tires and channel.has_audience,
                    lifts=tuple(assist.number for assist in self.skeleton.assists if assist.to == path),
                    opens=tuple(o.number for o in self.skeleton.opening if opening and o.to == path),
                )
            )  # fmt: skip

    def _siblings(self, channel: SkeletonChannel, tree: Iterable[Shape], of: Shape) -> tuple[int, ...]:
        return tuple(self._slot(channel, stage) for stage in tree if stage.exclusive and stage.of == of.of)

    def _slot(self, channel: SkeletonChannel, stage: Shape) -> int:
        own = self.slot_of.get(f"{channel.key}.{stage.key}")
        return self.slot_of[f"sales.{stage.key}"] if own is None else own


def _in_order(tree: Sequence[Shape], mains: dict[str | None, str]) -> list[Shape]:
    """Stages after their parents, and exclusive ones after the main stage that they leave over to."""
    by_key = {stage.key: stage for stage in tree}
    before = {stage.key: [] if stage.of is None else [stage.of] for stage in tree}
    for stage in tree:
        if stage.exclusive and stage.of in mains:
            before[stage.key].append(mains[stage.of])
    return [by_key[key] for key in TopologicalSorter(before).static_order()]
