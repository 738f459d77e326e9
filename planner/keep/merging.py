"""Merges two workspaces that began as the same one: what only one of them changed is taken from it, item by item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar

from planner.actuals.actuals import Actuals, Choice, Fact
from planner.actuals.facts import Timing
from planner.keep.landings import KeptLanding
from planner.keep.steps import PARTS, Scenario
from planner.keep.workspace import MOST_LANDINGS, MOST_NAME, Workspace
from planner.plan import Plan

__all__ = ["OTHER_PLAN", "Merged", "merged"]

OTHER_PLAN = "From the other tab"

K = TypeVar("K")
V = TypeVar("V")

_source = attrgetter("source")


@dataclass(frozen=True)
class Merged:
    """The workspace of both; `kept` is the scenario that holds the other's plan, None where only one was changed.

    `taken` are the parts that the other changed.
    """

    workspace: Workspace
    kept: Scenario | None
    taken: tuple[str, ...]


def merged(base: Workspace, mine: Workspace, theirs: Workspace) -> Merged:
    """My workspace with what the other changed since `base`, as one more step of my history.

    Scenarios merge by name, actuals by source, mappings by headers, landings by day. Where both
    changed a plan, mine stays on the desk and the other becomes a scenario; where both changed a scenario, the other
    comes beside mine.
    """
    both = mine.plan != base.plan and theirs.plan not in (base.plan, mine.plan)
    scenarios = _scenarios(base, mine, theirs)
    kept = None
    if both:
        kept = Scenario(Workspace(mine.plan, scenarios=scenarios).free_name(OTHER_PLAN), theirs.plan)
        scenarios = (*scenarios, kept)
    parts: dict[str, Any] = {
        "plan": mine.plan if both else _newer(base.plan, mine.plan, theirs.plan),
        "baseline": _newer(base.baseline, mine.baseline, theirs.baseline),
        "scenarios": scenarios,
        "actuals": _actuals(base.actuals, mine.actuals, theirs.actuals),
        "favourites": _newer(base.favourites, mine.favourites, theirs.favourites),
        "origin": _newer(base.origin, mine.origin, theirs.origin),
        "landings": _landings(base, mine, theirs),
        "tail": _newer(base.tail, mine.tail, theirs.tail),
        "mappings": tuple(_items(dict(base.mappings), dict(mine.mappings), dict(theirs.mappings)).items()),
    }
    taken = tuple(part for part in PARTS if parts[part] != getattr(mine, part))
    return Merged(mine.changed("Took in changes from another tab", **parts), kept, taken)


def _newer(base: V, mine: V, theirs: V) -> V:
    """The value that was changed; mine where both were, unless I removed what the other changed."""
    return theirs if mine == base or (mine is None and theirs != base) else mine


def _items(base: Mapping[K, V], mine: Mapping[K, V], theirs: Mapping[K, V]) -> dict[K, V]:
    """The newer of each item, in my order, the other's new ones last."""
    keys = [*mine, *(key for key in theirs if key not in mine)]
    newer = {key: _newer(base.get(key), mine.get(key), theirs.get(key)) for key in keys}
    return {key: value for key, value in newer.items() if value is not None}


def _scenarios(base: Workspace, mine: Workspace, theirs: Workspace) -> tuple[Scenario, ...]:
    plans = [_by_name(workspace) for workspace in (base, mine, theirs)]
    newer = _items(*plans)
    before, here, there = plans
    for name in here.keys() & there.keys():
        if here[name] != there[name] and before.get(name) not in (here[name], there[name]):
            newer[_beside(name, newer)] = there[name]
    return tuple(Scenario(name, plan) for name, plan in newer.items())


def _landings(base: Workspace, mine: Workspace, theirs: Workspace) -> tuple[KeptLanding, ...]:
    by_day = ({landing.as_of: landing for landing in workspace.landings} for workspace in (base, mine, theirs))
    newer = _items(*by_day)
    return tuple(newer[day] for day in sorted(newer)[-MOST_LANDINGS:])


def _by_name(workspace: Workspace) -> dict[str, Plan]:
    return {scenario.name: scenario.plan for scenario in workspace.scenarios}


def _beside(name: str, taken: Mapping[str, Any]) -> str:
    """A free name for the other's scenario of the same name."""
    end = " (other tab)"
    named = name[: MOST_NAME - len(end) - 4] + end
    numbered = (f"{named} {n}" if n > 1 else named for n in range(1, len(taken) + 2))
    return next(free for free in numbered if free not in taken)


def _actuals(base: Actuals | None, mine: Actuals | None, theirs: Actuals | None) -> Actuals | None:
    if mine == base:
        return theirs
    if theirs == base:
        return mine
    facts = _items(*map(_by_source, (base, mine, theirs)))
    if not facts:
        return None
    choices = _items(*map(_by_figure, (base, mine, theirs)))
    as_of = max(actuals.as_of for actuals in (mine, theirs) if actuals is not None)
    joined = tuple(fact for of_source in facts.values() for fact in of_source)
    timings = _items(*map(_by_timing, (base, mine, theirs)))
    return Actuals(as_of, joined, tuple(choices.values()), tuple(timings.values()))


def _by_source(actuals: Actuals | None) -> dict[str, tuple[Fact, ...]]:
    facts = sorted(actuals.facts, key=_source) if actuals else ()
    return {source: tuple(rows) for source, rows in groupby(facts, _source)}


def _by_timing(actuals: Actuals | None) -> dict[tuple[str, str], Timing]:
    return {(timing.source, timing.path): timing for timing in actuals.timings} if actuals else {}


def _by_figure(actuals: Actuals | None) -> dict[tuple[str, str], Choice]:
    return {(choice.channel, choice.name): choice for choice in actuals.choices} if actuals else {}
