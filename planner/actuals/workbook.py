"""Workbooks (.xlsx, .xls, .ods) as the text of a CSV file, so that all that is known of those holds for them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from dataclasses import dataclass

from planner.actuals.questions import UploadQuestion
from planner.errors import BadActuals
from planner.words import write_exact

__all__ = ["SheetText", "is_workbook", "workbook_text"]

_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MOST_INFLATED, _MOST_CELLS = 300_000_000, 5_000_000
_MEND = "Open it in your spreadsheet and save it again as .xlsx or as CSV."


@dataclass(frozen=True)
class SheetText:
    """The text of a sheet, with the question which one was meant where several hold cells."""

    text: str
    question: UploadQuestion | None = None


def is_workbook(data: bytes) -> bool:
    """Whether the bytes begin as a workbook does."""
    return data.startswith(_MAGIC)


def workbook_text(data: bytes, sheet: str | None = None) -> SheetText:
    """The named sheet of a workbook, else its first visible one with cells; BadActuals for what cannot be opened."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    _check_size(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [item.name for item in workbook.sheets_metadata if item.visible == SheetVisibleEnum.Visible]
        sheets = {name: workbook.get_sheet_by_name(name) for name in visible or workbook.sheet_names}
    except (CalamineError, ValueError, OSError):
        raise BadActuals("The workbook cannot be opened.", mend=_MEND) from None
    filled = {name: cells for name, cells in sheets.items() if cells.height}
    if not filled:
        raise BadActuals("The workbook is empty.", mend="Upload a file with a header and at least one row.")
    name = sheet if sheet in filled else next(iter(filled))
    if filled[name].total_height * filled[name].total_width > _MOST_CELLS:
        raise BadActuals(f"Sheet “{name}” has more than {_MOST_CELLS:,} cells.", mend="Split it by period.")
    out = io.StringIO(newline="")
    rows = filled[name].to_python(skip_empty_area=False)
    csv.writer(out, lineterminator="\n").writerows([[_text(cell) for cell in row] for row in rows])
    asked = UploadQuestion("sheet", options=tuple(filled)) if len(filled) > 1 and sheet not in filled else None
    return SheetText(out.getvalue(), asked)


def _check_size(data: bytes) -> None:
    """Refuses an archive that would inflate beyond what a workbook of five million cells takes."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inflated = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError):
        raise BadActuals("The workbook cannot be opened.", mend=_MEND) from None
    if inflated > _MOST_INFLATED:
        raise BadActuals("The workbook is too large.", mend="Split it by period.")


def _text(cell: object) -> str:
    """A cell as text that reads one way only."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return write_exact(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ", timespec="seconds")
    return " ".join(str(cell).split())
