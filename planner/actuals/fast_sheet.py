"""The short way through a regular file: every row as wide as the header, every quotation mark closed on its line."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Columns", "regular"]


@dataclass(frozen=True)
class Columns:
    """Columns by their distinct cells: for each row which of them it has, `codes` (rows,), and its line (rows,)."""

    texts: list[tuple[str, ...]]
    codes: list[NDArray[np.int32]]
    lines: NDArray[np.int32]


MOST_EMPTY_COLUMNS = 100  # beyond the header
_NEWLINE, _QUOTE = 10, 34


def regular(text: str, separator: str, above: int, width: int) -> Columns | None:
    """The rows below the first `above` lines as distinct cells, codes and lines; None where a row is not regular.

    Whether a row is regular is seen from the bytes; the cells are split and numbered by pandas.
    """
    body = text.replace("\r\n", "\n") if "\r" in text else text
    if "\r" in body or body.count('"') % 2:
        return None
    data = body.encode("utf-8", "surrogatepass")
    if not data.endswith(b"\n"):
        data += b"\n"
    starts = np.concatenate([[0], np.flatnonzero(np.frombuffer(data, np.uint8) == _NEWLINE) + 1])
    if above >= len(starts) - 1:
        return None
    data = data[starts[above] :]
    rows = _rows(data, ord(separator))
    if rows is None:
        return None
    cells = int(rows.separators.max(initial=0)) + 1
    if not width <= cells <= width + MOST_EMPTY_COLUMNS or (rows.separators != cells - 1).any():
        return None
    return _columns(data, separator, cells, width, rows.lines + above + 1)


@dataclass(frozen=True)
class _Rows:
    """The line of each row that is not blank, from 0, and how many separators it has; (rows,)."""

    lines: NDArray[np.int32]
    separators: NDArray[np.int64]


def _rows(data: bytes, separator: int) -> _Rows | None:
    """The rows of a text; None where a cell runs over lines."""
    raw = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(raw == _NEWLINE)
    is_separator = raw == separator
    if b'"' in data:
        inside = np.bitwise_xor.accumulate((raw == _QUOTE).view(np.uint8)).view(bool)
        if inside[ends].any():
            return None
        is_separator &= ~inside
    before = np.concatenate([[0], np.searchsorted(np.flatnonzero(is_separator), ends)])
    lines = np.flatnonzero(np.diff(ends, prepend=-1) > 1)
    return _Rows(lines.astype(np.int32), np.diff(before)[lines])


def _columns(data: bytes, separator: str, cells: int, width: int, lines: NDArray[np.int32]) -> Columns | None:
    """The rows split by pandas, the first `width` of their `cells`; None where the others say something."""
    import pandas as pd

    options: dict[str, Any] = {"dtype": object, "na_filter": False, "low_memory": False, "skipinitialspace": True}
    try:
        table = pd.read_csv(io.BytesIO(data), sep=separator, header=None, names=list(range(cells)), **options)
    except (pd.errors.ParserError, UnicodeDecodeError):
        return None
    if len(table) != len(lines):
        return None
    factorized = [pd.factorize(table[i]) for i in range(cells)]
    texts = [tuple(map(str, distinct)) for _, distinct in factorized]
    codes = [code.astype(np.int32) for code, _ in factorized]
    beyond = [cell for column in texts[width:] for cell in column]
    if any(cell.strip() for cell in beyond):
        return None
    filled = np.zeros(len(lines), dtype=bool)
    for column, code in zip(texts[:width], codes[:width], strict=True):
        filled |= np.array([cell != "" for cell in column], dtype=bool)[code]
    if not filled.all():
        codes, lines = [code[filled] for code in codes], lines[filled]
    return Columns(texts[:width], codes[:width], lines)
