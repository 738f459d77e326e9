"""Bytes to rows: encoding, separator, where the header stands, and cells by column with the lines they came from."""

from __future__ import annotations

import csv
import io
import itertools
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.actuals.fast_sheet import Columns, regular
from planner.errors import BadActuals

__all__ = ["Cells", "Odd", "Sheet", "decoded", "sheet"]

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 50_000_000, 2_000_000, 300
MOST_HEADER, MOST_CELL = 200, 1_000  # characters that are looked at
SEPARATORS = ",;\t|"
_ROWS_ABOVE = 3  # rows over the header that are kept
_HEADER_ROWS = 60  # rows in which the header is looked for
_CHUNK = 20_000
_LONG_TEXT = 500_000  # characters from which on starting pandas pays
Test = Callable[[str], bool]
_MOST_ABOVE = 20  # rows of another table, above the header, that are listed
_APART = "Put each table into a file, or a sheet, of its own."
_AS_CSV = "Save the sheet as CSV (UTF-8) and upload that file."
_SAMPLE = 1_000_000  # bytes in which accented letters are counted
_ACCENTED = "àâäáåãæçéèêëíîïñóôöõøœúùûüß"
_MAC_LETTERS = [letter.encode("mac_roman") for letter in _ACCENTED]
_WINDOWS_LETTERS = [letter.encode("cp1252") for letter in _ACCENTED]
_MAGIC = {
    b"PK\x03\x04": "a workbook (xlsx) or a zip archive",
    b"PK\x05\x06": "a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x1f\x8b": "a compressed file",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
}


@dataclass(frozen=True)
class Decoded:
    """The text of a file, without its byte-order mark, and the encoding it was in."""

    text: str
    encoding: str


@dataclass(frozen=True)
class Cells:
    """A column: its distinct cells, trimmed, and for each row which of them stands there; codes (rows,)."""

    header: str
    texts: tuple[str, ...]
    codes: NDArray[np.int32]

    def marks(self, test: Test) -> NDArray[np.bool_]:
        """The rows whose cell passes a test; (rows,)."""
        marks: NDArray[np.bool_] = np.array([test(text) for text in self.texts], dtype=bool)[self.codes]
        return marks

    @property
    def blank(self) -> NDArray[np.bool_]:
        """The rows whose cell is empty; (rows,)."""
        return self.marks(lambda text: text == "")


@dataclass(frozen=True)
class Odd:
    """A row that does not fit the header, and why."""

    line: int
    cells: tuple[str, ...]
    what: str
    mend: str


@dataclass(frozen=True)
class Sheet:
    """A file as columns. `lines` (rows,) are line numbers in the file as sent, `above` the lines over the header.

    `rows_above` are the cells of the last rows over the header, which may name what several columns share.
    """

    separator: str
    header_line: int
    above: int
    columns: tuple[Cells, ...]
    lines: NDArray[np.int32]
    odd: tuple[Odd, ...]
    rows_above: tuple[tuple[str, ...], ...] = ()


def decoded(data: bytes) -> Decoded:
    """The file as text: by its byte-order mark, UTF-16 by its zeros, else UTF-8, cp1252, MacRoman; else BadActuals."""
    if len(data) > MOST_BYTES:
        raise BadActuals(f"The file is larger than {MOST_BYTES // 10**6} MB.", mend="Split it by period.")
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise BadActuals(f"The file is {what}, not text.", mend=_AS_CSV)
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            if not text.strip():
                raise BadActuals("The file is empty.", mend="Upload a file with a header and at least one row.")
            return Decoded(text, encoding)
    raise BadActuals("The file is not text.", mend=_AS_CSV)


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if data.startswith(b"\xef\xbb\xbf"):
        return ("utf-8-sig",)
    head = data[:4000]
    half = max(len(head) // 2, 1)
    even, odd = head[::2].count(0) / half, head[1::2].count(0) / half
    if odd > 0.4 > even:
        return ("utf-16-le",)
    if even > 0.4 > odd:
        return ("utf-16-be",)
    mac, windows = (sum(map(data[:_SAMPLE].count, letters)) for letters in (_MAC_LETTERS, _WINDOWS_LETTERS))
    return ("utf-8", "mac_roman" if mac > windows else "cp1252")


def _is_text(text: str) -> bool:
    strange = re.findall(r"[\x00-\x08\x0e-\x1f]", text[:20_000])
    return "\x00" not in text and len(strange) <= len(text[:20_000]) // 50


@dataclass(frozen=True)
class _HeaderAt:
    separator: str
    row: int  # rows before the header row
    score: tuple[float, ...]


def _layouts(text: str, is_header: Test, is_date: Test, separators: str) -> Iterator[_HeaderAt]:
    """Every separator with the row that looks most like its header: known headers count, then rows as wide as it.

    Several dates in a row count as one known header: months across.
    """
    head = text[:200_000]
    for separator in separators:
        rows: list[list[str]] = []
        with suppress(csv.Error):  # a cell without end; the rows above it may still hold the header
            rows.extend(itertools.islice(_cells(head, separator), 3 * _HEADER_ROWS))
        widths = Counter(len(row) for row in rows)
        for i, row in enumerate(rows[:_HEADER_ROWS]):
            if len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:]):
                continue
            filled = [cell.strip()[:MOST_HEADER] for cell in row[:MOST_COLUMNS] if cell.strip()]
            numbers = [cell for cell in filled if re.fullmatch(r"[0-9][0-9.,:/ -]*", cell) and not is_date(cell)]
            if len(filled) < 2 or not all(map(is_header, numbers)):
                continue
            dates, addresses = sum(map(is_date, filled)), sum("@" in cell or "://" in cell for cell in filled)
            headers = sum(map(is_header, filled)) + (dates > 1) - 2 * (dates == 1) - 3 * addresses
            yield _HeaderAt(separator, i, (headers, widths[len(row)] * len(row), -i))


def sheet(text: str, is_header: Test, is_date: Test = lambda _: False) -> Sheet:
    """The text as columns under the likeliest header. BadActuals where there is none, or too much of it."""
    separator_line = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    separators = separator_line[1] if separator_line and separator_line[1] in SEPARATORS else SEPARATORS
    layout = max(_layouts(text, is_header, is_date, separators), key=lambda candidate: candidate.score, default=None)
    if layout is None:
        mend = f"Put a line such as period,channel,stage,count above the figures, of at most {MOST_COLUMNS} columns."
        raise BadActuals("No header row was found.", line=1, mend=mend)
    rows = _RowReader(text, layout.separator)
    header = rows.header(layout.row)
    line = rows.line
    fast = regular(text, layout.separator, rows.taken, len(header)) if len(text) > _LONG_TEXT else None
    columns = fast or rows.columns(len(header))
    if len(columns.lines) > MOST_ROWS:
        raise BadActuals(f"The file has more than {MOST_ROWS:,} rows.", mend="Split it by period.")
    cells = tuple(
        Cells(name, tuple(" ".join(text[:MOST_CELL].split()) for text in texts), codes)
        for name, texts, codes in zip(header, columns.texts, columns.codes, strict=True)
    )
    return Sheet(layout.separator, line, line - 1, cells, columns.lines, tuple(rows.odd), tuple(rows.above))


def _is_record(cells: list[str]) -> bool:
    """Whether a row names something and holds several figures, years left aside: a row of a table."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    figures = [cell for cell in filled if re.fullmatch(r"[€$£]?[0-9][0-9., ]*%?", cell[:40])]
    counts = [cell for cell in figures if not re.fullmatch(r"(?:19|20|21)[0-9]{2}", cell)]
    return bool(cells) and bool(cells[0].strip()) and cells[0].strip() not in figures and len(counts) > 1


def _cells(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)


class _RowReader:
    """One pass over the rows. `line` is where the row last read began."""

    def __init__(self, text: str, separator: str) -> None:
        self._rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
        self._open = text.count('"') % 2 == 1
        self.line = 0
        self.lines = array("i")
        self.odd: list[Odd] = []
        self.above: list[tuple[str, ...]] = []  # the last rows over the header

    @property
    def taken(self) -> int:
        """Lines read so far."""
        return self._rows.line_num

    def _next(self) -> list[str] | None:
        self.line = self._rows.line_num + 1
        try:
            return next(self._rows, None)
        except csv.Error as error:
            mend = "Look for a quotation mark that opens on this line and never closes."
            raise BadActuals(f"The row cannot be split into cells ({error}).", line=self.line, mend=mend) from None

    def header(self, row: int) -> tuple[str, ...]:
        """The header's cells, each with a name of its own, trailing empty ones dropped."""
        for _ in range(row):
            cells_above = (self._next() or [])[:MOST_COLUMNS]
            if _is_record(cells_above) and len(self.odd) < _MOST_ABOVE:
                what = "The row stands above the header of the table that was read."
                self.odd.append(Odd(self.line, tuple(cells_above), what, _APART))
            self.above = [*self.above, tuple(" ".join(cell[:MOST_HEADER].split()) for cell in cells_above)][
                -_ROWS_ABOVE:
            ]
        first_row = self._next() or []
        cells = [" ".join(cell.split())[:MOST_HEADER] for cell in first_row[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        names: list[str] = []
        for i, cell in enumerate(cells):
            name = cell or f"column {i + 1}"
            candidates = (name if n == 1 else f"{name} ({n})" for n in itertools.count(1))
            names.append(next(candidate for candidate in candidates if candidate not in names))
        return tuple(names)

    def _fitting(self, width: int) -> Iterator[list[str]]:
        """Rows as wide as the header; the others go to `odd`."""
        while (row := self._next()) is not None:
            to = self._rows.line_num
            if len(row) > width and not any(cell.strip() for cell in row[width:]):
                row = row[:width]
            if not any(row):
                continue
            if self._open and to > self.line:
                what = f"A quotation mark opens here and closes only on line {to}."
                mend = "Remove or double that mark."
                self.odd.append(Odd(self.line, tuple(row[:width]), what, mend))
            elif len(row) != width:
                what = f"The row has {len(row)} cells; the header has {width}."
                mend = "Put text that contains the separator in quotation marks, or add the missing cells."
                self.odd.append(Odd(self.line, tuple(row[:width]), what, mend))
            else:
                self.lines.append(self.line)
                yield row

    def columns(self, width: int) -> Columns:
        """Distinct cells, codes and lines of the rows below the header."""
        numbers: list[dict[str, int]] = [{} for _ in range(width)]
        codes = [array("i") for _ in range(width)]
        rows = self._fitting(width)
        while (chunk := list(itertools.islice(rows, _CHUNK))) and len(self.lines) <= MOST_ROWS:
            for code, column, number in zip(codes, zip(*chunk, strict=True), numbers, strict=True):
                code.extend([number.setdefault(cell, len(number)) for cell in column])
        arrays = [np.array(code, dtype=np.int32) for code in codes]
        return Columns([tuple(number) for number in numbers], arrays, np.array(self.lines, dtype=np.int32))
