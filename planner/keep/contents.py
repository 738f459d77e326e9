"""What the bytes of a token hold, before its plans are checked: the same for every format."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

__all__ = ["HEADLINES", "WRONG", "Contents", "Named"]

HEADLINES = ("appointments", "won", "revenue", "cost", "cac", "roi")  # in this order in a token
WRONG = (zlib.error, ValueError, TypeError, LookupError, ArithmeticError, RecursionError)  # of bytes that are no token


@dataclass(frozen=True)
class Named:
    """A scenario's name and the JSON of its plan."""

    name: str
    plan: str


@dataclass(frozen=True)
class Contents:
    """The JSON of each plan, the engine that made the token ("" for none) and what it said: in plan, with tail, …."""

    plan: str
    engine: str
    figures: tuple[float, ...]
    baseline: str | None = None
    scenarios: tuple[Named, ...] = ()
