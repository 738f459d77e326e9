"""The workspace as the draft that is saved on every move: small, and cheap to write again after one move.

A line of JSON with a token a plan, then the actuals, deflated. What was written for a plan or for actuals is remembered
as long as they live, so that after a move one plan is written, not two hundred.
"""

from __future__ import annotations

import datetime as dt
import json
import weakref
import zlib
from collections.abc import Callable
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar

from planner.actuals.actuals import Actuals, Choice, Fact
from planner.errors import BadLink, PlannerError
from planner.keep.codec import from_token, kept_token
from planner.keep.workspace import Scenario, Workspace
from planner.plan import Plan

__all__ = ["from_draft", "to_draft"]

FORMAT = 1
MOST_ACTUALS = 200_000_000  # bytes, inflated

Written = TypeVar("Written", str, bytes)

_SERIES = attrgetter("source", "channel", "name")
_REMEMBERED: dict[int, tuple[weakref.ref[Any], Any]] = {}  # by id: comparing plans would take longer than writing one


def to_draft(held: Workspace) -> bytes:
    """The workspace as bytes, all but what the last step moved."""
    head = {
        "draft": FORMAT,
        "plan": _token(held.plan),
        "past": [_token(plan) for plan in held.past],
        "future": [_token(plan) for plan in held.future],
        "baseline": _token(held.baseline),
        "scenarios": [(scenario.name, _token(scenario.plan)) for scenario in held.scenarios],
        "mappings": held.mappings,
    }
    return json.dumps(head).encode() + b"\n" + (_written(held.actuals, _deflated) if held.actuals else b"")


def from_draft(draft: bytes) -> Workspace:
    """The workspace of a draft; BadLink for bytes that are none, PlanError for a plan in it that cannot be."""
    line, _, actuals = draft.partition(b"\n")
    try:
        head = json.loads(line)
        if head["draft"] > FORMAT:
            raise BadLink("This draft was saved by a newer planner. Update the planner.")
        return Workspace(
            _plan(head["plan"]),
            tuple(map(_plan, head["past"])),
            tuple(map(_plan, head["future"])),
            _plan(head["baseline"]),
            tuple(Scenario(name, _plan(token)) for name, token in head["scenarios"]),
            _inflated(actuals) if actuals else None,
            tuple((headers, mapping) for headers, mapping in head["mappings"]),
        )
    except PlannerError:
        raise
    except (zlib.error, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise BadLink("This draft is damaged and cannot be opened. Start a new plan, or open a saved file.") from None


def _written(held: Any, write: Callable[[Any], Written]) -> Written:
    """What `write` makes of a plan or actuals, remembered as long as they live."""
    if id(held) not in _REMEMBERED:
        _remember(held, write(held))
    return _REMEMBERED[id(held)][1]  # type: ignore[no-any-return]


def _remember(held: Any, written: str | bytes) -> None:
    at = id(held)
    _REMEMBERED[at] = (weakref.ref(held, lambda _: _REMEMBERED.pop(at, None)), written)


def _token(plan: Plan) -> str:
    return _written(plan, kept_token)


def _plan(token: str) -> Plan:
    plan = from_token(token).plan
    _remember(plan, token)
    return plan


def _deflated(actuals: Actuals) -> bytes:
    facts = sorted(actuals.facts, key=_SERIES)
    series = [(*key, {fact.period: fact.value for fact in row}) for key, row in groupby(facts, _SERIES)]
    choices = [(choice.channel, choice.name, choice.source) for choice in actuals.choices]
    return zlib.compress(json.dumps([actuals.as_of.isoformat(), series, choices], separators=(",", ":")).encode(), 6)


def _inflated(deflated: bytes) -> Actuals:
    inflate = zlib.decompressobj()
    as_of, series, *choices = json.loads(inflate.decompress(deflated, MOST_ACTUALS))
    if not inflate.eof:  # cut off: the checksum stands at the end
        raise ValueError("cut off")
    facts = [
        Fact(source, period, channel, name, value)
        for source, channel, name, values in series
        for period, value in values.items()
    ]
    made = tuple(Choice(*choice) for choice in (choices[0] if choices else ()))
    return Actuals(dt.date.fromisoformat(as_of), tuple(facts), made)
