"""The still part of a batch: what no move changes, and what follows from which levers are moved, whatever their values.

Both are worked out once for a plan and the names of its moves: slices of draws, and questions asked one after the
other, share them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from planner.engine.layout import network
from planner.engine.network import Network
from planner.engine.single import PlanRows
from planner.engine.wear import LIST_FIELDS
from planner.plan import Plan

__all__ = ["StillRows", "Way", "still_rows"]

BATCHES = 16  # plans whose still part stays at hand


class Way(NamedTuple):
    """How a row comes of an earlier one: only scaled by the moved rates of these slots; `start` is itself where not."""

    start: int
    slots: tuple[int, ...]


class Ways(NamedTuple):
    """The ways to several rows, each its `own` without the slots at the end that all of them share (sales stages)."""

    own: tuple[Way, ...]
    shared: tuple[int, ...]


class StillRows(PlanRows):
    """Rows of a plan with its `moved` levers taken as 1, to be multiplied with afterwards.

    `rate_levers` are the moved rates by slot; `late` and `paced` the slots of which the delay or a month's rate is
    moved, `changing` those whose rates change from month to month; `shaped` and `listed` the channels of which the
    profile or the list is moved, `lifting` the assists that are.
    """

    def __init__(self, plan: Plan, net: Network, moved: frozenset[str]) -> None:
        super().__init__(plan, net, moved)
        self.rate_levers = {slot: f"{net.paths[slot]}.rate" for slot in sorted(self.free)}
        self.late, self.paced = (
            {net.slot_of[owner] for owner in _owners(field, moved) if owner in net.slot_of}
            for field in ("delay", "by_month")
        )
        self.changing = self.paced.union(self.seasons)
        self.shaped = _owners("profile", moved)
        self.listed = {c.key for c in self.active if not moved.isdisjoint(f"{c.key}.{name}" for name in LIST_FIELDS)}
        lifts = ((number, f"assists.{assist.key}") for number, assist in enumerate(plan.assists))
        self.lifting = {number for number, path in lifts if not moved.isdisjoint((f"{path}.lift", f"{path}.scale"))}
        self._ways: dict[int, Way] = {}
        self._ways_together: dict[tuple[int, ...], Ways] = {}
        self._most: dict[int, float] = {}

    def most_taken(self, i: int) -> float:
        """The most that row i takes of its parent in any month."""
        if i not in self._most:
            self._most[i] = float(self.taken(i).max())
        return self._most[i]

    def way(self, i: int) -> Way:
        """The way to row i from the last row before it that something else than rates may change."""
        if i not in self._ways:
            row = self.net.rows[i]
            by_rate = row.parent is not None and not (row.opens or row.siblings or row.tires or row.lifts)
            if row.parent is None or not by_rate or row.slot in self.late or row.slot in self.changing:
                self._ways[i] = Way(i, ())
            else:
                start, slots = self.way(row.parent)
                self._ways[i] = Way(start, (*slots, row.slot) if row.slot in self.rate_levers else slots)
        return self._ways[i]

    def ways(self, rows: tuple[int, ...]) -> Ways:
        """The ways to several rows, which are summed."""
        if rows not in self._ways_together:
            ways = [self.way(i) for i in rows]
            shared = 0
            for last in zip(*(reversed(way.slots) for way in ways), strict=False):
                if len(ways) == 1 or len(set(last)) > 1:
                    break
                shared += 1
            own = tuple(Way(way.start, way.slots[: len(way.slots) - shared]) for way in ways)
            self._ways_together[rows] = Ways(own, ways[0].slots[len(ways[0].slots) - shared :])
        return self._ways_together[rows]


def _owners(field: str, moved: frozenset[str]) -> set[str]:
    """The stages or channels of which something within a field ("delay", "by_month", "profile") is moved."""
    within = f".{field}."
    return {path.rsplit(".", 2)[0] for path in moved if within in path}


@lru_cache(maxsize=BATCHES)
def still_rows(plan: Plan, moved: frozenset[str]) -> StillRows:
    """The part of a batch that no move of these levers changes."""
    return StillRows(plan, network(plan), moved)
