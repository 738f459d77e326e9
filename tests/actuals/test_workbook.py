"""Workbooks: typed cells read as the file shows them, several sheets are asked about, and what is none is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import pytest

from planner.actuals.questions import Answers
from planner.actuals.reading import understand
from planner.plan.starter import starter

PLAN = starter()
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"

HIDDEN = ' state="hidden"'


def cell(value: str | float) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def xlsx(sheets: Mapping[str, Sequence[Sequence[str | float]]], hidden: str = "") -> bytes:
    """The smallest workbook that holds these rows, one of its sheets hidden."""
    out = io.BytesIO()
    numbered = list(enumerate(sheets.items(), 1))
    with zipfile.ZipFile(out, "w") as archive:
        overrides = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPES}.worksheet+xml"/>'
            for n, _ in numbered
        )
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>{overrides}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELS}"><Relationship Id="r1" Type="{REL}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        named = "".join(
            f'<sheet name="{name}" sheetId="{n}"{HIDDEN * (name == hidden)} r:id="r{n}"/>' for n, (name, _) in numbered
        )
        archive.writestr("xl/workbook.xml", f'<workbook {MAIN} xmlns:r="{REL}"><sheets>{named}</sheets></workbook>')
        related = "".join(
            f'<Relationship Id="r{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n, _ in numbered
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{RELS}">{related}</Relationships>')
        for n, (_, rows) in numbered:
            body = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
            archive.writestr(
                f"xl/worksheets/sheet{n}.xml", f"<worksheet {MAIN}><sheetData>{body}</sheetData></worksheet>"
            )
    return out.getvalue()


ROWS: list[list[str | float]] = [
    ["Month", "Channel", "Sent", "Cost"],
    ["2027-01", "E-mail", 1000, 12.345],
    ["2027-02", "E-mail", 900, 1.742],
]


def test_a_workbook_is_read_like_the_file_it_shows() -> None:
    upload = understand(xlsx({"Data": ROWS}), PLAN)
    assert (upload.refused, upload.questions) == ((), ())
    assert upload.actuals is not None
    assert upload.actuals.count("email.sent", PLAN)[:2].tolist() == [1000, 900]
    assert upload.actuals.money("cost", PLAN, "email")[:2].tolist() == [12.345, 1.742]  # typed cells are no thousands


def test_of_several_sheets_one_is_asked_for() -> None:
    data = xlsx({"Notes": [["made", "by hand"]], "Data": ROWS})
    asked = understand(data, PLAN).questions[0]
    assert (asked.topic, asked.options) == ("sheet", ("Notes", "Data"))
    upload = understand(data, PLAN, answers=Answers(sheet="Data"))
    assert upload.questions == ()
    assert upload.rows == 2


def test_a_hidden_sheet_is_not_asked_about() -> None:
    upload = understand(xlsx({"Lists": [["Channel"], ["E-mail"]], "Data": ROWS}, hidden="Lists"), PLAN)
    assert (upload.questions, upload.rows) == ((), 2)


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04zip", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, xlsx({"Empty": []})],
    ids=["a broken archive", "a broken old workbook", "an empty workbook"],  # an archive says when it was made
)
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    upload = understand(data, PLAN)
    assert upload.actuals is None
    assert "workbook" in upload.refused[0].what
