"""Tokens of version 1 as the planner wrote them: no longer made, but read forever."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode
from typing import Any

from planner.engine import VERSION
from planner.keep.figures import figures
from planner.keep.token_v1.outline import are_rows, likes, outlined
from planner.keep.token_v1.packing import packed
from planner.keep.token_v1.reference import reference
from planner.plan import Plan


def old_token(plan: Plan) -> str:
    """The plan as a share token of version 1; what that version did not know is left out."""
    numbers: list[float] = []
    outline = outlined(plan, numbers)
    heads = reference().heads(outline)
    expected = reference().expected(heads)
    parts = [VERSION, heads, diff(outline, outlined(expected, []))]
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, reference().dictionary)
    text = deflate.compress(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()) + deflate.flush()
    headlines = [value for figure in figures(plan) for value in (figure.in_plan, figure.with_tail)]
    body = b"\1" + text + packed(numbers, tuple(likes(outline, expected)), headlines)
    return urlsafe_b64encode(body + zlib.crc32(body).to_bytes(4, "big")).rstrip(b"=").decode()


def diff(outline: Any, of: Any) -> Any:
    """What makes one outline out of another: a dict says what is otherwise, anything else takes the place.

    {"3": …}: fields by position; {"": [0, 13, row, …]}: rows 0 to 12 as they stand, then a row of its own.
    """
    if are_rows(outline) and are_rows(of):
        places = {json.dumps(row): i for i, row in enumerate(of)}
        items: list[Any] = []
        for row in outline:
            place = places.get(json.dumps(row))
            if place is None:
                items.append(row)
            elif items and items[-1] == place:
                items[-1] += 1
            else:
                items += [place, place + 1]
        return {"": items}
    if isinstance(outline, list) and isinstance(of, list) and len(outline) == len(of):
        return {str(i): diff(a, b) for i, (a, b) in enumerate(zip(outline, of, strict=True)) if a != b}
    return outline
