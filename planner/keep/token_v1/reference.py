"""The frozen plan that tokens of version 1 are told from, and the plan to expect of the channels a token names.

`dictionary.txt` beside this file is frozen too: its first line is the outline of the reference plan, its second the
numbers, its third what else tokens often say. A token names its channels, which carry the reference's rows for each,
and then says only what is otherwise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from planner.keep.token_v1.outline import FIELDS, are_rows

__all__ = ["dictionary", "expected", "heads", "reference"]

CHANNELS = FIELDS["Plan"].index("channels")
PER_CHANNEL = tuple(FIELDS["Plan"].index(name) for name in ("costs", "efforts", "feeds", "assists", "ranges"))
MOST_CHANNELS = 60


def _filled(at: list[Any], numbers: Iterator[float]) -> list[Any]:
    """An outline with its numbers back in place."""
    return [
        next(numbers) if part.__class__ is float else _filled(part, numbers) if part.__class__ is list else part
        for part in at
    ]


@cache
def _lines() -> list[str]:
    return Path(__file__).with_name("dictionary.txt").read_text("utf-8").splitlines()


@cache
def reference() -> list[Any]:
    """The reference plan, as lists with its numbers."""
    outline, numbers, _ = _lines()
    return _filled(json.loads(outline), iter(json.loads(numbers)))


def dictionary() -> bytes:
    """The preset dictionary of token version 1."""
    outline, _, often = _lines()
    return (outline + often).encode()


@cache
def _known() -> dict[str, list[Any]]:
    """The reference's channels by kind, which is also their key."""
    return {row[0]: row for row in reference()[CHANNELS]}


def heads(plan: list[Any]) -> list[Any]:
    """The channels whose kind the reference knows, as short as can be: "email", ["email", "2"] or all three names."""
    return [_head(*row[:3]) for row in plan[CHANNELS] if row[1] in _known()]


def _head(key: str, kind: str, label: str) -> Any:
    shapes = (kind, [kind, key.rpartition("_")[2]], [key, kind, label])
    return next(head for head in shapes if _names(head) == [key, kind, label])


def _names(head: Any) -> list[Any]:
    """Key, kind and label of a head."""
    if isinstance(head, str):
        return _known()[head][:3]
    if len(head) == 2:
        kind, number = head
        return [f"{kind}_{number}", kind, f"{_known()[kind][2]} {number}"]
    return list(head)


def expected(found: list[Any]) -> list[Any]:
    """The plan to expect of these heads, numbers and all: the reference's rows for each channel, and those for all.

    KeyError, TypeError or ValueError for heads that are none.
    """
    if len(found) > MOST_CHANNELS:
        raise ValueError("too many channels")
    plan, known = reference(), _known()
    own = [_names(head) for head in found]
    there = {key: (key, label) for key, kind, label in own if key == kind}
    made = [_there(part, there) if are_rows(part) else part for part in plan]
    made[CHANNELS] = [[key, kind, label, *known[kind][3:]] for key, kind, label in own]
    for key, kind, label in own:
        if key != kind:
            for place in PER_CHANNEL:
                copied = [row for row in plan[place] if kind in _owners(row) and _owners(row) - {kind} <= set(there)]
                made[place] += [_renamed(row, kind, (key, label)) for row in copied]
    return made


def _there(rows: list[Any], there: dict[str, tuple[str, str]]) -> list[Any]:
    """The rows that speak of no other channel than these, under their labels."""
    made = []
    for row in rows:
        owners = _owners(row)
        if owners <= set(there):
            for channel in sorted(owners):
                row = _renamed(row, channel, there[channel])
            made.append(row)
    return made


@cache
def _word(channel: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){channel}(?![a-z0-9])")


def _owners(row: list[Any]) -> set[str]:
    """The channels a row of the reference speaks of, by their keys."""
    return {channel for channel in _known() for cell in row if isinstance(cell, str) and _word(channel).search(cell)}


def _renamed(row: list[Any], channel: str, to: tuple[str, str]) -> list[Any]:
    """A row of one of the reference's channels for the channel with the key and label `to`."""
    was, (key, label) = _known()[channel][2] + ":", to
    made = []
    for cell in row:
        if isinstance(cell, str):
            cell = f"{label}:{cell[len(was) :]}" if cell.startswith(was) else _word(channel).sub(lambda _: key, cell)
        made.append(cell)
    return made
