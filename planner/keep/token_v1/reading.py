"""What the bytes of a token of version 1 hold: one plan, and what the engine of its time said of it.

A deflated text (what the plan holds but its numbers, as a difference from the frozen reference), then the packed
numbers.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

from planner.keep.contents import HEADLINES, Contents
from planner.keep.token_v1 import outline, packing
from planner.keep.token_v1.reference import reference

__all__ = ["contents"]

MOST_TEXT = 8_000_000  # bytes, inflated


@dataclass(frozen=True)
class _Text:
    """The engine, the plan's JSON with a blank for each number, and the numbers to expect there."""

    engine: str
    blanks: str
    expected: tuple[float | None, ...]


def contents(body: bytes) -> Contents:
    """What the bytes between version and checksum hold; one of `WRONG` for bytes that are none of a token."""
    inflate = zlib.decompressobj(-15, reference().dictionary)
    text = inflate.decompress(body, MOST_TEXT)
    if not inflate.eof:
        raise ValueError("more than a plan can hold, or cut off")
    read = _read(text)
    figures = 2 * len(HEADLINES) if read.engine else 0
    numbers, headlines = packing.unpacked(inflate.unused_data, read.expected, figures)
    return Contents(read.blanks % tuple(map(repr, numbers)), read.engine, tuple(headlines))


@lru_cache(maxsize=4)
def _read(text: bytes) -> _Text:
    engine, heads, patch = json.loads(text)
    if not re.fullmatch(r"[0-9A-Za-z.+-]{0,20}", engine):
        raise ValueError("no version")
    expected = reference().expected(heads)
    plan = outline.outlined(outline.patched(outline.outlined(expected, []), patch), [])
    return _Text(engine, outline.blanks(plan), tuple(outline.likes(plan, expected)))
