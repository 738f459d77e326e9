"""A plan as an outline and its numbers: lists in the order of the table, 0.0 for every number, and how two differ.

Part of token version 2, so frozen. Outlines are always whole: a row that a token cuts short is filled from the table.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from planner.keep.token_v2.table import PARTS, PLAN, Field

__all__ = ["blanks", "difference", "expected_numbers", "outlined", "patched", "renumbered", "short", "whole"]

MOST_ROWS = 5000

_GETTERS = {part: attrgetter(*(field.name for field in fields)) for part, fields in PARTS.items()}
_LEAVES = (str, int, bool, type(None))
_TEXT_OR_NUMBER = re.compile(r'"(?:[^"\\]|\\.)*"|0\.0')


def outlined(part: Any, numbers: list[float]) -> list[Any]:
    """The fields of a plan (or of any part of it, or of lists) as lists with 0.0 for every number.

    The numbers are appended to `numbers`.
    """
    getter = _GETTERS.get(type(part).__name__)
    outline = []
    for cell in getter(part) if getter else part:
        if cell.__class__ is float:
            numbers.append(cell)
            cell = 0.0
        elif cell.__class__ not in _LEAVES:
            cell = outlined(cell, numbers)
        outline.append(cell)
    return outline


def renumbered(outline: list[Any], numbers: Iterator[float]) -> list[Any]:
    """An outline with its numbers back in place."""
    return [
        next(numbers) if cell.__class__ is float else renumbered(cell, numbers) if cell.__class__ is list else cell
        for cell in outline
    ]


def blanks(outline: list[Any]) -> str:
    """The JSON of an outlined plan, its fields named, with "%s" for every number."""
    text = json.dumps(_named(PLAN, outline))
    return _TEXT_OR_NUMBER.sub(lambda match: "%s" if match[0] == "0.0" else match[0].replace("%", "%%"), text)


def _named(field: Field, cells: Any) -> Any:
    if not field.part or cells is None:
        return cells
    if field.rows:
        row = Field("", part=field.part)
        return [_named(row, cell) for cell in cells]
    fields = PARTS[field.part]
    return {inner.name: _named(inner, cell) for inner, cell in zip(fields, cells, strict=True)}


def whole(field: Field, cells: Any) -> Any:
    """What stands in a field, as lists, with what its rows leave out filled in from the table.

    ValueError or TypeError where something needed is left out, or more stands there than the table has.
    """
    if not field.part or cells is None:
        return cells
    if field.rows:
        row = Field("", part=field.part)
        return [whole(row, cell) for cell in cells]
    fields = PARTS[field.part]
    if len(cells) > len(fields) or any(inner.needed for inner in fields[len(cells) :]):
        raise ValueError("too many fields, or too few")
    absent = [inner.default for inner in fields[len(cells) :]]
    return [*(whole(inner, cell) for inner, cell in zip(fields, cells, strict=False)), *absent]


def short(field: Field, cells: Any) -> Any:
    """The outline of what stands in a field, with its rows cut off where all that follows is as the table has it."""
    if not field.part or cells is None:
        return cells
    if field.rows:
        row = Field("", part=field.part)
        return [short(row, cell) for cell in cells]
    fields = PARTS[field.part]
    stands = len(fields)
    while stands and not fields[stands - 1].needed and _as_default(fields[stands - 1], cells[stands - 1]):
        stands -= 1
    return [short(inner, cell) for inner, cell in zip(fields[:stands], cells, strict=False)]


def _as_default(field: Field, cell: Any) -> bool:
    return bool(cell.__class__ is field.default.__class__ and cell == outlined([field.default], [])[0])


def difference(field: Field, cells: Any, of: Any) -> Any:
    """What makes the outline `cells` out of `of`: a dict says what is otherwise, anything else takes the place.

    {"3": …}: fields by position; {"": [0, 13, row, …]}: rows 0 to 12 as they stand, then a row of its own.
    """
    if field.rows and cells and of:
        return {"": _row_items(field, cells, of)}
    if field.part and not field.rows and cells is not None and of is not None:
        pairs = zip(PARTS[field.part], cells, of, strict=True)
        return {str(i): difference(inner, a, b) for i, (inner, a, b) in enumerate(pairs) if a != b}
    return short(field, cells)


def _row_items(field: Field, rows: list[Any], of: list[Any]) -> list[Any]:
    places = {json.dumps(row): i for i, row in enumerate(of)}
    single = Field("", part=field.part)
    items: list[Any] = []
    for row in rows:
        place = places.get(json.dumps(row))
        if place is None:
            items.append(short(single, row))
        elif items and items[-1] == place:
            items[-1] += 1
        else:
            items += [place, place + 1]
    return items


def patched(field: Field, of: Any, patch: Any) -> Any:
    """The outline that `patch` makes out of `of`.

    ValueError, TypeError or LookupError for a patch that does not fit.
    """
    if not isinstance(patch, dict):
        return whole(field, patch)
    if field.rows:
        return _patched_rows(field, of, patch[""])
    cells, fields = list(of), PARTS[field.part]
    for place, part in patch.items():
        cells[int(place)] = patched(fields[int(place)], cells[int(place)], part)
    return cells


def _patched_rows(field: Field, of: list[Any], patch: list[Any]) -> list[Any]:
    single = Field("", part=field.part)
    rows: list[Any] = []
    items = iter(patch)
    for item in items:
        rows += [whole(single, item)] if isinstance(item, list) else of[item : next(items, None)]
        if len(rows) > MOST_ROWS:
            raise ValueError("too many rows")
    return rows


def expected_numbers(field: Field, cells: Any, of: Any) -> Iterator[float | None]:
    """For each number of an outline the one in its place in `of`, else the table's; None where nothing is expected.

    Rows find their like by their first field, months by their position.
    """
    if cells.__class__ is float:
        like = of if of.__class__ is float else field.default
        yield like if isinstance(like, float) else None
    elif field.rows:
        by_key = {row[0]: row for row in of or ()}
        single = Field("", part=field.part)
        for row in cells:
            yield from expected_numbers(single, row, by_key.get(row[0]))
    elif field.part and cells is not None:
        likes = of if of is not None else [None] * len(cells)
        for inner, cell, like in zip(PARTS[field.part], cells, likes, strict=True):
            yield from expected_numbers(inner, cell, like)
    elif cells.__class__ is list:
        months = of if of.__class__ is list else []
        for i, cell in enumerate(cells):
            yield from expected_numbers(field, cell, months[i] if i < len(months) else None)
