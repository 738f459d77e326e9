"""Reports of one thing, a label and its value a line, as a sheet of one row."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator
from contextlib import suppress

import numpy as np

from planner.actuals.sheet import MOST_HEADER, SEPARATORS, Cells, Sheet

__all__ = ["key_values"]

_MOST_LINES, _LEAST_PAIRS = 300, 3
_MOST_TEXT = 100_000  # characters: a report of one thing is short


def key_values(text: str) -> Sheet | None:
    """The sheet of one row that a report of lines such as `Opened:,120` holds; None for any other text.

    Most labels end with a colon. Of a label that comes twice the first line counts.
    """
    if len(text) > _MOST_TEXT:
        return None
    for separator in SEPARATORS:
        pairs = dict(reversed([*_pairs(text, separator)]))
        marked = [label for label in pairs if label.endswith(":")]
        if len(marked) >= _LEAST_PAIRS and 2 * len(marked) >= len(pairs):
            labels = [*reversed(pairs)]
            cells = (Cells(label.removesuffix(":").strip(), (pairs[label],), np.zeros(1, np.int32)) for label in labels)
            return Sheet(separator, 1, 0, tuple({c.header: c for c in cells}.values()), np.array([1], np.int32), ())
    return None


def _pairs(text: str, separator: str) -> Iterator[tuple[str, str]]:
    """Lines of two filled cells, up to the first that has more."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    with suppress(csv.Error):
        for row in itertools.islice(rows, _MOST_LINES):
            cells = [" ".join(cell[:1000].split()) for cell in row if cell.strip()]
            if len(cells) > 2:
                return
            if len(cells) == 2:
                yield cells[0][:MOST_HEADER], cells[1]
