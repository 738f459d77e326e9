"""The structure of a plan, whatever its numbers: channels, stages, and the rows that refer to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from operator import attrgetter
from typing import Any, NamedTuple

from planner.errors import PlanError, TooLarge
from planner.plan.references import IDENTITY, Names, Reference, names_of, references_of
from planner.plan.stages import Shape, merged, shapes

__all__ = ["RESERVED", "Structure", "check_structure"]

RESERVED = frozenset(
    {"assists", "correlation", "costs", "deal", "efforts", "feeds", "opening", "plan", "sales", "team"}
)
MOST_STAGES = 120  # of one channel, with those of sales
_NAMES_OF_ROW = {  # by part: what tells a row apart, then what it refers to
    part: attrgetter(identity, *(reference.field for reference in references_of(part)))
    for part, identity in IDENTITY.items()
}


class Structure(NamedTuple):
    """A plan without its numbers: plans that differ in numbers alone have equal structures.

    `channels` are pairs of a key and the shapes of its stages. `parts` are pairs of a part's name and, row by row, the
    names in it: the one that tells the row apart, then those it refers to.
    """

    channels: tuple[tuple[str, tuple[Shape, ...]], ...]
    sales: tuple[Shape, ...]
    parts: tuple[tuple[str, tuple[tuple[str | None, ...], ...]], ...]

    @classmethod
    def of(cls, plan: Any) -> Structure:
        """The structure of a plan."""
        return cls(
            tuple((channel.key, shapes(channel.stages)) for channel in plan.channels),
            shapes(plan.sales),
            tuple((part, tuple(map(names, getattr(plan, part)))) for part, names in _NAMES_OF_ROW.items()),
        )


@dataclass(frozen=True)
class _Row:
    """A row of a part of the plan: what tells it apart, and by field the name that it refers to."""

    part: str
    identity: str
    refers_to: Mapping[str, str | None]

    @property
    def path(self) -> str:
        """Where the row stands in the plan."""
        return f"{self.part}.{self.identity}"

    def channel(self, field: str) -> str:
        """The channel that a field names, or whose stage it names."""
        return str(self.refers_to[field]).partition(".")[0]


@lru_cache(maxsize=256)
def check_structure(structure: Structure) -> None:
    """Raises PlanError for what cannot stand in a plan; plans of one structure are checked once."""
    trees = {key: merged(stages, structure.sales) for key, stages in structure.channels}
    names = names_of(structure.channels, structure.sales)
    rows = {part: _rows(part, of_part) for part, of_part in structure.parts}
    _check_keys("channels", names.channels)
    _check_sales(structure.sales)
    for key, tree in trees.items():
        _check_channel_key(key)
        _check_tree(key, tree)
    for part, of_part in rows.items():
        _check_identities(part, [row.identity for row in of_part])
        for row in of_part:
            _check_references(row, names)
    for row in rows["feeds"]:
        _check_source_stands_earlier(row.path, row.channel("source"), row.channel("channel"), names.channels)
    for row in rows["assists"]:
        _check_source_stands_earlier(row.path, row.channel("source"), row.channel("stage"), names.channels)
        _check_lifted_stage(row, trees[row.channel("stage")])


# -- rows that refer to channels and stages ---------------------------------------------------------------------------


def _rows(part: str, names: Iterable[tuple[str | None, ...]]) -> tuple[_Row, ...]:
    fields = [reference.field for reference in references_of(part)]
    return tuple(_Row(part, str(identity), dict(zip(fields, refers_to, strict=True))) for identity, *refers_to in names)


def _check_identities(part: str, identities: Sequence[str]) -> None:
    if IDENTITY[part] == "key":
        _check_keys(part, identities)
    _check_unique(part, identities)
    if part == "costs" and "team" in identities:
        raise PlanError("costs.team", "is the team’s own row; give this cost another key")


def _check_references(row: _Row, names: Names) -> None:
    """Whatever a row names is there."""
    for reference in references_of(row.part):
        name = row.refers_to[reference.field]
        if not names.has(reference, name):
            raise PlanError(f"{row.path}.{reference.field}", _names_nothing(reference, str(name), names))


def _names_nothing(reference: Reference, name: str, names: Names) -> str:
    if reference.to == "channel":
        return f"is {name!r}, which is no channel of the plan: name one of {', '.join(names.channels)}"
    return f"is {name!r}, which is no stage of the plan: write channel.stage, such as email.sent"


def _check_source_stands_earlier(path: str, source: str, served: str, channels: Sequence[str]) -> None:
    if channels.index(source) >= channels.index(served):
        raise PlanError(path, "runs from {0} to {1}; its source stands earlier: move {0} up", about=(source, served))


def _check_lifted_stage(assist: _Row, tree: tuple[Shape, ...]) -> None:
    """An assist lifts a stage whose rate is its own: no root, no exclusive outcome."""
    path = str(assist.refers_to["stage"])
    stage = next(stage for stage in tree if stage.key == path.partition(".")[2])
    if stage.of is None or stage.exclusive:
        raise PlanError(f"{assist.path}.stage", f"is {path}, which has no rate to lift: name a main stage")


def _check_keys(field: str, keys: Sequence[str]) -> None:
    for key in keys:
        if not re.fullmatch(r"[a-z0-9_]+", key):
            raise PlanError(f"{field}.{key}", "is no key: a key is small letters, digits and _")
    _check_unique(field, keys)


def _check_unique(field: str, keys: Sequence[str]) -> None:
    for key, times in Counter(keys).items():
        if times > 1:
            raise PlanError(f"{field}.{key}", "stands twice; a key stands once: rename or remove one")


def _check_channel_key(key: str) -> None:
    if key in RESERVED:
        raise PlanError(f"channels.{key}", "is no key for a channel: it names a part of every plan; take another")


# -- the tree of stages -----------------------------------------------------------------------------------------------


def _check_sales(sales: tuple[Shape, ...]) -> None:
    """The sales stages as they stand behind a channel that ends in an appointment."""
    appointment = Shape("appointment", None, main=False, exclusive=False, tires=False, delayed=False)
    if sales:
        _check_tree("sales", (appointment, *sales))


def _check_tree(name: str, tree: tuple[Shape, ...]) -> None:
    """A channel's stages with those of sales form one tree, in which every stage may be what it is."""
    _check_keys(name, [stage.key for stage in tree])
    if len(tree) > MOST_STAGES:
        raise TooLarge(f"{name}.stages", f"has {len(tree)} with those of sales; at most {MOST_STAGES} can be")
    _check_parents(name, tree)
    ancestors = _ancestors(name, tree)
    for stage in tree:
        if ancestors[stage.key]:
            _check_place(name, stage, ancestors[stage.key])
        else:
            _check_root(name, stage)
    _check_numbers_of_stages(name, tree)


def _check_parents(name: str, tree: tuple[Shape, ...]) -> None:
    keys = {stage.key for stage in tree}
    for stage in tree:
        if stage.of is not None and stage.of not in keys:
            raise PlanError(f"{name}.{stage.key}.of", f"is {stage.of!r}, which is no stage of {name}: name one that is")


def _ancestors(name: str, tree: tuple[Shape, ...]) -> dict[str, tuple[Shape, ...]]:
    """By stage its parent, the parent's parent and so on; PlanError where parents lead round in a circle."""
    by_key = {stage.key: stage for stage in tree}
    parents = {stage.key: () if stage.of is None else (stage.of,) for stage in tree}
    try:
        from_the_root = tuple(TopologicalSorter(parents).static_order())
    except CycleError as error:
        first_in_circle = min(error.args[1], key=list(by_key).index)
        what = "leads round in a circle: follow the parents and set one of them right"
        raise PlanError(f"{name}.{first_in_circle}.of", what) from None
    ancestors: dict[str, tuple[Shape, ...]] = {}
    for key in from_the_root:
        parent = by_key[key].of
        ancestors[key] = () if parent is None else (by_key[parent], *ancestors[parent])
    return ancestors


def _check_root(name: str, root: Shape) -> None:
    _check_not_main_and_exclusive(name, root)
    if root.delayed:
        what = "stands on the root; touches are counted when made: remove it"
        raise PlanError(f"{name}.{root.key}.delay", what)


def _check_place(name: str, stage: Shape, ancestors: tuple[Shape, ...]) -> None:
    """What a stage below the root may be where it stands; its ancestors begin with its parent."""
    _check_not_main_and_exclusive(name, stage)
    parent = ancestors[0]
    if stage.main and not parent.main and parent.of is not None:
        what = f"is set below {stage.of}, which is not main: set it there too, or clear it here"
        raise PlanError(f"{name}.{stage.key}.main", what)
    late = next((ancestor.key for ancestor in ancestors if ancestor.delayed), None)
    if stage.tires and late:
        raise PlanError(
            f"{name}.{late}.delay",
            f"stands before {stage.key}, which tires with the audience in the month of the touch: move it to "
            f"{stage.key} or a later stage",
        )


def _check_not_main_and_exclusive(name: str, stage: Shape) -> None:
    if stage.main and stage.exclusive:
        what = "stands on a main stage; only side outcomes rule a main one out: clear one"
        raise PlanError(f"{name}.{stage.key}.exclusive", what)


def _check_numbers_of_stages(name: str, tree: tuple[Shape, ...]) -> None:
    """One root, one main child a main stage, and at most one stage that tires."""
    roots = sum(stage.of is None for stage in tree)
    if roots != 1:
        raise PlanError(f"{name}.stages", f"has {roots} roots; exactly one stage has no parent")
    mains_below = Counter(stage.of for stage in tree if stage.main)
    for stage in tree:
        if stage.main and mains_below[stage.of] > 1:
            what = f"is one of {mains_below[stage.of]} below {stage.of}: keep one"
            raise PlanError(f"{name}.{stage.key}.main", what)
    if sum(stage.tires for stage in tree) > 1:
        raise PlanError(f"{name}.tires", "is set on more than one stage; at most one a channel: keep one")
