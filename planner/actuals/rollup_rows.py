"""Counted groups set out as rows: a row for each day and role, with what was counted there at each stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.actuals.events import Block, Column, clock_seconds
from planner.actuals.formats import bare
from planner.actuals.numbers import read_column
from planner.actuals.once import Mask
from planner.actuals.rollup_query import Grouping
from planner.actuals.rows import Integers
from planner.actuals.sheet import MOST_CELL, Cells

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Texts", "stacked"]


class Texts:
    """A column of text by its distinct cells, as they stand there and trimmed, and which of them each row has."""

    def __init__(self, column: pd.Series[Any]) -> None:
        import pandas as pd

        self.codes, distinct = pd.factorize(column)
        self.raw: list[str] = list(map(str, distinct))
        self.trimmed = [" ".join(text[:MOST_CELL].split()) for text in self.raw]

    def marks(self, test: Callable[[str], bool]) -> Mask:
        """The rows whose text passes a test."""
        marks: Mask = np.array([test(text) for text in self.trimmed], dtype=bool)[self.codes]
        return marks

    def passing(self, test: Callable[[str], bool]) -> tuple[str, ...]:
        """The distinct texts that pass a test, as they stand there."""
        return tuple(sorted(raw for raw, text in zip(self.raw, self.trimmed, strict=True) if test(text)))

    def cells(self, header: str = "", first: Sequence[str] = ()) -> Cells:
        """The column as cells, those of `first` that occur before the others."""
        inside = set(self.trimmed)
        texts = dict.fromkeys([*(text for text in first if text in inside), *sorted(inside)])
        number = {text: n for n, text in enumerate(texts)}
        place = np.array([number[text] for text in self.trimmed], dtype=np.int32)
        return Cells(header, tuple(number) or ("",), place[self.codes])


def stacked(
    by: Grouping, roles: Sequence[str], columns: Sequence[Column], parts: Mapping[str, list[pd.DataFrame]]
) -> Block:
    """A row for each day and role with what was counted there; amounts that cannot be added up stand alone."""
    places = [column.place for column in columns if column.counted.value is None]
    keys = ["day", *(by.key(header) for header in roles)]
    counts = [part.assign(place=n) for n, place in enumerate(places) for part in parts[place]]
    days, index = _distinct([part[[*keys, "place", "n"]] for part in counts], keys)
    at_place = _joined_column(counts, "place", np.int64)
    sums = np.zeros((len(places), len(days)), np.int64)
    np.add.at(sums, (at_place, index), _joined_column(counts, "n", np.int64))
    by_place = {place: _numbers(row) for place, row in zip(places, sums, strict=True)}
    rows = [days]
    for column in columns:
        if column.counted.value is not None:
            amounts = _amounts(by, column, parts[column.place])
            by_place = {place: _padded(cells, 0, len(amounts)) for place, cells in by_place.items()}
            by_place[column.place] = _padded(Texts(amounts["text"]).cells(), sum(map(len, rows)), 0)
            rows.append(amounts[keys])
    import pandas as pd

    every = pd.concat(rows, ignore_index=True)
    day, *of_roles = (Texts(every[key]).cells() for key in keys)
    return Block(day, tuple(of_roles), by_place, np.zeros(len(every), np.int32))


def _amounts(by: Grouping, column: Column, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """A column's amounts by day and role: what was added up, and what was not as often as it occurs."""
    import pandas as pd

    number = by.amount(bare(column.counted.value or ""))
    sign = by.amounts[number][1]
    frame = pd.concat(parts, ignore_index=True)
    summed = frame[f"s{number}"].notna().to_numpy(dtype=bool)
    left = (frame[f"x{number}"] != "").to_numpy(dtype=bool)
    added = frame[summed].assign(text=[f"{float(value):.4f}" for value in frame[f"s{number}"][summed].tolist()])
    rest = frame[left]
    rest = rest.loc[rest.index.repeat(rest["n"].to_numpy(dtype=np.int64))]
    raw = [clock_seconds(" ".join(text.split()).lstrip("-−– ")) for text in rest[f"x{number}"].tolist()]
    values = read_column(raw, sign)
    written = [
        text if i in values.refused else f"{values.currency[i]} {values.values[i]:.4f}".strip()
        for i, text in enumerate(raw)
    ]
    return pd.concat([added, rest.assign(text=written)], ignore_index=True)


def _joined_column(frames: list[pd.DataFrame], name: str, kind: type) -> Integers:
    return np.concatenate([np.zeros(0, kind), *(frame[name].to_numpy(dtype=kind) for frame in frames)])


def _distinct(frames: list[pd.DataFrame], keys: list[str]) -> tuple[pd.DataFrame, Integers]:
    """The distinct rows of some keys, and for each row of all frames which of them it is."""
    import pandas as pd

    every = pd.concat(frames, ignore_index=True)[keys] if frames else pd.DataFrame({key: [] for key in keys})
    index = np.zeros(len(every), np.int64)
    for key in keys:
        codes, texts = pd.factorize(every[key])
        index = pd.factorize(index * max(len(texts), 1) + codes)[0]
    _, first = np.unique(index, return_index=True)
    return every.iloc[first].reset_index(drop=True), index.astype(np.int64)


def _numbers(values: Integers) -> Cells:
    """Counts as cells."""
    distinct, codes = np.unique(values, return_inverse=True)
    return Cells("", tuple(map(str, distinct.tolist())) or ("0",), codes.astype(np.int32))


def _padded(cells: Cells, before: int, behind: int) -> Cells:
    """The cells with empty ones before and behind them."""
    empty = len(cells.texts)
    return Cells(cells.header, (*cells.texts, ""), np.pad(cells.codes, (before, behind), constant_values=empty))
