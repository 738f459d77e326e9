"""A spreadsheet at work: LibreOffice recalculates a workbook whose shown values were all planted wrong before."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from python_calamine import CalamineWorkbook

__all__ = ["Book", "needs_office", "read", "recalculated", "with_cells"]

Book = Mapping[str, list[list[object]]]
PLANTED = "-987654.25"
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""


def needs_office() -> None:
    """Skips, saying so, where there is no LibreOffice; in CI it has to be there."""
    if shutil.which("soffice") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("soffice is missing: .ci/run installs libreoffice-calc-nogui")
        pytest.skip("no LibreOffice here (apt-get install libreoffice-calc-nogui): nothing recalculates the workbook")


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _sheet_files(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The part of each sheet by its name."""
    names = re.findall(r'<sheet name="([^"]*)"', parts["xl/workbook.xml"].decode())
    return {name: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(names, 1)}


def with_cells(data: bytes, sheet: str, cells: Mapping[str, float | str]) -> bytes:
    """The workbook with other contents in these cells, their formats kept."""
    parts = _parts(data)
    file = _sheet_files(parts)[sheet]
    text = parts[file].decode()
    for cell, content in cells.items():
        typed = (
            f' t="inlineStr"><is><t>{escape(content)}</t></is>' if isinstance(content, str) else f"><v>{content!r}</v>"
        )
        text, changed = re.subn(
            rf'<c r="{cell}"( s="\d+")?(?: t="\w+")?(?:/>|>.*?</c>)', rf'<c r="{cell}"\1{typed}</c>', text
        )  # fmt: skip
        assert changed == 1, cell
    return _packed({**parts, file: text.encode()})


def planted(data: bytes) -> bytes:
    """The workbook with one wrong value in place of what each formula shows."""
    parts = _parts(data)
    for file in _sheet_files(parts).values():
        wrong = re.sub(
            r'(<c r="\w+"(?: s="\d+")?)(?: t="\w+")?(><f>[^<]*</f>)<v>[^<]*</v>', rf"\1\2<v>{PLANTED}</v>",
            parts[file].decode(),
        )  # fmt: skip
        assert wrong.count("<f>") == wrong.count(f"<v>{PLANTED}</v>")
        parts[file] = wrong.encode()
    return _packed(parts)


def read(data: bytes) -> Book:
    """The values of every sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, Book]:
    """The values of workbooks, each by its name, as LibreOffice works them out from wrong values."""
    needs_office()
    profile, results = folder / "profile", folder / "results"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE)
    files = []
    for name, data in books.items():
        files.append(folder / f"{name}.xlsx")
        files[-1].write_bytes(planted(data))
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, str(results), *map(str, files)], check=True, capture_output=True, timeout=600)
    values = {name: read((results / f"{name}.xlsx").read_bytes()) for name in books}
    assert all(PLANTED not in str(book) for book in values.values())
    return values
