"""The short way through a regular file: every row as wide as the header, every quotation mark closed on its line."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Columns", "regular"]

Columns = tuple[list[tuple[str, ...]], list[NDArray[np.int32]], NDArray[np.int32]]  # distinct cells, codes, lines
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
    rows = _shape(data, ord(separator))
    if rows is None:
        return None
    lines, separators = rows
    wide = int(separators.max(initial=0)) + 1
    if wide < width or (separators != wide - 1).any():
        return None
    return _numbered(data, separator, wide, width, lines + above + 1)


def _shape(data: bytes, separator: int) -> tuple[NDArray[np.int32], NDArray[np.int64]] | None:
    """Of each row that is not blank its line, from 0, and its separators. None where a cell runs over lines."""
    raw = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(raw == _NEWLINE)
    found = raw == separator
    if b'"' in data:
        inside = np.bitwise_xor.accumulate((raw == _QUOTE).view(np.uint8)).view(bool)
        if inside[ends].any():
            return None
        found &= ~inside
    before = np.concatenate([[0], np.searchsorted(np.flatnonzero(found), ends)])
    lines = np.flatnonzero(np.diff(ends, prepend=-1) > 1)
    return lines.astype(np.int32), np.diff(before)[lines]


def _numbered(data: bytes, separator: str, wide: int, width: int, lines: NDArray[np.int32]) -> Columns | None:
    import pandas as pd

    options: dict[str, Any] = {"dtype": object, "na_filter": False, "low_memory": False, "skipinitialspace": True}
    try:
        table = pd.read_csv(io.BytesIO(data), sep=separator, header=None, names=list(range(wide)), **options)
    except (pd.errors.ParserError, UnicodeDecodeError):
        return None
    if len(table) != len(lines):
        return None
    found = [pd.factorize(table[i]) for i in range(wide)]
    texts = [tuple(map(str, known)) for _, known in found]
    codes = [place.astype(np.int32) for place, _ in found]
    if any(cell.strip() for extra in texts[width:] for cell in extra):
        return None
    told = np.zeros(len(lines), dtype=bool)
    for known, place in zip(texts[:width], codes[:width], strict=True):
        told |= np.array([cell != "" for cell in known], dtype=bool)[place]
    if not told.all():
        codes, lines = [place[told] for place in codes], lines[told]
    return texts[:width], codes[:width], lines
