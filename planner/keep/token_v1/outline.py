"""A plan as an outline and its numbers: lists in a fixed order with 0.0 for every number, patched from another.

Part of token version 1, so frozen: another field, or another order, would read old links wrongly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

__all__ = ["FIELDS", "ONE", "ROWS", "are_rows", "blanks", "likes", "outlined", "patched"]

FIELDS: dict[str, tuple[str, ...]] = {
    "Plan": (
        "name", "currency", "start", "months", "country", "locale", "channels", "sales", "deal", "team", "costs",
        "efforts", "feeds", "assists", "opening", "ranges", "correlation", "targets", "limits", "evidence", "note",
    ),
    "Channel": ("key", "kind", "label", "volume", "stages", "profile", "touches_per_contact", "audience", "active"),
    "Stage": ("key", "label", "of", "rate", "delay", "main", "exclusive", "tires"),
    "Delay": ("median_days", "p90_ratio"),
    "Deal": ("value", "gross_margin", "purchases_per_year", "lifetime_years"),
    "Team": ("reps", "cost_per_month", "hours_per_day", "ramp_months", "hires"),
    "Hire": ("month", "reps"),
    "Cost": ("key", "label", "amount", "per", "channel"),
    "Effort": ("stage", "minutes"),
    "Feed": ("key", "source", "channel", "share"),
    "Assist": ("key", "source", "stage", "lift", "scale"),
    "Opening": ("stage", "count"),
    "Range": ("path", "low", "high"),
    "Target": ("metric", "value"),
    "Limit": ("channel", "least", "most"),
    "Evidence": ("path", "source", "n", "as_of"),
}  # fmt: skip
ROWS = {
    "channels": "Channel", "stages": "Stage", "sales": "Stage", "hires": "Hire", "costs": "Cost", "efforts": "Effort",
    "feeds": "Feed", "assists": "Assist", "opening": "Opening", "ranges": "Range", "targets": "Target",
    "limits": "Limit", "evidence": "Evidence",
}  # fmt: skip
ONE = {"delay": "Delay", "deal": "Deal", "team": "Team"}
MOST_ROWS = 5000

_GETTERS = {name: attrgetter(*fields) for name, fields in FIELDS.items()}
_LEAVES = (str, int, bool, type(None))
_TEXT_OR_NUMBER = re.compile(r'"(?:[^"\\]|\\.)*"|0\.0')


def outlined(part_of_plan: Any, numbers: list[float]) -> list[Any]:
    """The fields of a plan (or of any part of it, or of lists) as lists with 0.0 for every number.

    The numbers are appended to `numbers`.
    """
    getter = _GETTERS.get(type(part_of_plan).__name__)
    outline = []
    for part in getter(part_of_plan) if getter else part_of_plan:
        if part.__class__ is float:
            numbers.append(part)
            part = 0.0
        elif part.__class__ not in _LEAVES:
            part = outlined(part, numbers)
        outline.append(part)
    return outline


def blanks(outline: list[Any]) -> str:
    """The JSON of an outlined plan, its fields named, with "%s" for every number."""
    text = json.dumps(_named("Plan", outline))
    return _TEXT_OR_NUMBER.sub(lambda match: "%s" if match[0] == "0.0" else match[0].replace("%", "%%"), text)


def _named(kind: str, outline: list[Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for field, part in zip(FIELDS[kind], outline, strict=True):
        if part and field in ROWS:
            part = [_named(ROWS[field], row) for row in part]
        elif part is not None and field in ONE:
            part = _named(ONE[field], part)
        fields[field] = part
    return fields


def are_rows(part: Any) -> bool:
    """Whether this is a list of lists, such as stages, and not the fields of one thing."""
    return isinstance(part, list) and bool(part) and all(isinstance(row, list) for row in part)


def patched(of: Any, patch: Any) -> Any:
    """The outline that `patch` makes out of `of`; ValueError, TypeError or IndexError for a patch that does not fit.

    A dict says what is otherwise, anything else takes the place. {"3": …}: fields by position; {"": [0, 13, row, …]}:
    rows 0 to 12 as they stand, then a row of its own.
    """
    if not isinstance(patch, dict):
        return patch
    if "" not in patch:
        copy = list(of)
        for place, part in patch.items():
            copy[int(place)] = patched(copy[int(place)], part)
        return copy
    rows: list[Any] = []
    items = iter(patch[""])
    for item in items:
        rows += [item] if isinstance(item, list) else of[item : next(items, None)]
        if len(rows) > MOST_ROWS:
            raise ValueError("too many rows")
    return rows


def likes(outline: list[Any], of: Any) -> Iterator[float | None]:
    """For each number of the outline the one in its place in `of`, None where there is none.

    Rows find their like by their first field, all else by position.
    """
    rows = are_rows(outline)
    by_key = {row[0]: row for row in of} if rows and are_rows(of) else {}
    fits = isinstance(of, list) and len(of) == len(outline)
    for i, part in enumerate(outline):
        other = by_key.get(part[0]) if rows else of[i] if fits else None
        if part.__class__ is float:
            yield other if other.__class__ is float else None
        elif part.__class__ is list:
            yield from likes(part, other)
