"""Which of several rows of one person or deal counts: decided by what the rows say, never by where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from planner.actuals.matching import plain
from planner.actuals.periods import last_day
from planner.actuals.sheet import Cells

__all__ = [
    "Integers", "Mask", "Order", "PeriodOf", "fitting", "in_time", "is_one_of", "period_ranks", "ranks",
    "status_ranks",
]  # fmt: skip

Mask = NDArray[np.bool_]
Integers = NDArray[np.int64]
PeriodOf = Callable[[str], str]  # of a cell: its period, "" for none


class Order:
    """The order of rows: by the place of their day in time, and on one day by channel and source; each (rows,)."""

    def __init__(self, when: Integers, *roles: Integers) -> None:
        self.when, self.roles = when, roles

    def firsts(self, cells: Cells, rows: Mask, amount: NDArray[np.float64]) -> Mask:
        """Of rows with the same cell the earliest, on one day the largest; rows with an empty cell all count."""
        return _once(cells, rows, (-amount, *self.roles[::-1], self.when))

    def lasts(self, cells: Cells, rows: Mask, status: Integers, amount: NDArray[np.float64]) -> Mask:
        """Of rows with the same cell the latest, on one day by its status; rows with an empty cell all count."""
        return _once(cells, rows, (-amount, *self.roles[::-1], status, -self.when))


def _once(cells: Cells, rows: Mask, order: tuple[NDArray[np.int64] | NDArray[np.float64], ...]) -> Mask:
    """Of rows with the same cell the first in an order, least significant key first; with an empty cell all."""
    taken = np.flatnonzero(rows)
    taken = taken[np.lexsort([key[taken] for key in order])]
    number: dict[str, int] = {}
    who = np.array([number.setdefault(text, len(number)) for text in cells.texts], dtype=np.int64)[cells.codes]
    first = taken[np.unique(who[taken], return_index=True)[1]]
    out: Mask = rows & (who == number.get("", -1))
    out[first] = True
    return out


def in_time(periods: Sequence[str]) -> list[str]:
    """The distinct periods in the order in which they end."""
    return sorted({text for text in periods if text}, key=lambda text: (last_day(text), text))


def period_ranks(texts: Sequence[str], period: PeriodOf) -> Integers:
    """The place of each cell's period in time, 0 for what is none; (texts,)."""
    periods = [period(text) for text in texts]
    place = {text: n for n, text in enumerate(in_time(periods), 1)} | {"": 0}
    return np.array([place[text] for text in periods], dtype=np.int64)


def ranks(texts: Sequence[str]) -> Integers:
    """The place of each text in their alphabetical order; (texts,)."""
    place = {text: n for n, text in enumerate(sorted(set(texts)))}
    return np.array([place[text] for text in texts], dtype=np.int64)


def status_ranks(texts: Sequence[str], statuses: tuple[str, ...]) -> Integers:
    """The place of each text among the statuses, their number for what is none of them; (texts,)."""
    out = np.full(len(texts), len(statuses), np.int64)
    for n, status in reversed(list(enumerate(statuses))):
        out[[fitting(text, (status,)) for text in texts]] = n
    return out


def fitting(text: str, values: tuple[str, ...]) -> bool:
    """Whether a cell holds one of the values; their case and what a pipeline adds to a status do not matter."""
    return is_one_of({plain(value) for value in values} | {value.casefold() for value in values}, text)


def is_one_of(wanted: set[str], text: str) -> bool:
    """Whether a cell is one of these words, as they are or as `plain` makes them."""
    return text.casefold() in wanted or _status(text) in wanted


def _status(text: str) -> str:
    """A status without what a pipeline adds to it: “Closed Won (Sales pipeline)”."""
    return plain(text.partition("(")[0]) if any(c.isalpha() for c in text) else ""
