"""What rows of a file become: what was refused of them, whose each is, and the figures that were read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from planner.errors import BadActuals

__all__ = ["Figures", "Integers", "Mask", "Numbered", "PerRow", "Refusal", "SeriesKey", "numbered"]

Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]
T = TypeVar("T")


@dataclass(frozen=True)
class Refusal:
    """A cell or a row left out. `line` counts from 1 in the file as sent; `column` is the header as written."""

    line: int | None
    column: str | None
    what: str
    mend: str

    def error(self) -> BadActuals:
        """The same as an error."""
        return BadActuals(self.what, line=self.line, column=self.column, mend=self.mend)


class SeriesKey(NamedTuple):
    """What a figure is of: a channel, and a stage, a named sum or money of it."""

    channel: str
    name: str


@dataclass(frozen=True)
class Figures:
    """The figures of one column: the row of each, the number of its series, and its value; all (figures,)."""

    rows: Integers
    series: Integers
    values: NDArray[np.float64]


@dataclass(frozen=True)
class PerRow(Generic[T]):
    """A property of every row: its distinct values, which of them each row has, and which rows have one; (rows,)."""

    values: Sequence[T]
    index: Integers
    known: Mask

    @staticmethod
    def constant(value: T, rows: int) -> PerRow[T]:
        """The same value for every row."""
        return PerRow([value], np.zeros(rows, np.int64), np.ones(rows, dtype=bool))

    @staticmethod
    def none(rows: int) -> PerRow[T]:
        """No value for any row."""
        return PerRow([], np.zeros(rows, np.int64), np.zeros(rows, dtype=bool))


@dataclass(frozen=True)
class Numbered:
    """The distinct ones of some keys, in order, and for each key which of them it is."""

    distinct: Integers
    index: Integers


def numbered(keys: Integers, size: int) -> Numbered:
    """Numbers keys below `size`; by a table where that is small."""
    if size > 10_000_000:
        return Numbered(*np.unique(keys, return_inverse=True))
    distinct = np.flatnonzero(np.bincount(keys, minlength=size))
    number = np.empty(size, np.int64)
    number[distinct] = np.arange(len(distinct))
    return Numbered(distinct, number[keys])
