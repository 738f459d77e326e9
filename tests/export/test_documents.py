"""The brief as PDF and slides: complete, editable, and with no text of a plan that acts."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import zipfile
from importlib.util import find_spec
from typing import Any

import pytest

from planner.actuals.sample import sample_actuals
from planner.engine import VERSION, forecast
from planner.export.deck import to_pptx
from planner.export.document import brief_of, to_pdf
from planner.export.native import of_chart
from planner.keep.workspace import COUNTED, Workspace
from planner.plan import Plan, replace
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show.brief.value import Imprint
from planner.show.forecast.charts import cash, deal_months
from planner.show.tables import Cell

ABOUT = Imprint("Budget, version 2", "Finance", dt.date(2026, 11, 26), dt.date(2026, 12, 1), "planner.example/l/abc")
FOOT = f"Budget, version 2 · 1 Dec 2026 · planner.example/l/abc · engine {VERSION}"
HOSTILE = (
    '#panic("read as code") #read("/etc/passwd")', "*bold* _it_ `raw` $x$ @ref <label>",
    "= Heading", '#{"', "\\u{41} // /*",
    "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "../../etc/passwd",
)  # fmt: skip


def needs(*libraries: str) -> None:
    """Skips, saying so, where a library is missing; in CI they have to be there."""
    missing = [library for library in libraries if find_spec(library) is None]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"{missing} missing: part of the extra that the tests install")
    if missing:
        pytest.skip(f"{missing} missing: the extra “documents” is not installed")


def named(text: str) -> Plan:
    """A plan with this text wherever a user can type one."""
    plan = starter("email", "phone")
    labels = (text, f"{text} 2")
    channels = tuple(replace(c, label=x) for c, x in zip(plan.channels, labels, strict=True))
    costs = tuple(replace(cost, label=text) for cost in plan.costs)
    return replace(plan, name=text, note=text, channels=channels, costs=costs, ask=text, author=text)


def slides(data: bytes) -> Any:
    from pptx import Presentation

    return Presentation(io.BytesIO(data)).slides


def texts(data: bytes) -> list[str]:
    """Every text on the slides, table cells included."""
    lines: list[str] = []
    for slide in slides(data):
        for shape in slide.shapes:
            if shape.has_text_frame:
                lines += [paragraph.text for paragraph in shape.text_frame.paragraphs]
            if shape.has_table:
                cells = [cell for row in shape.table.rows for cell in row.cells]
                lines += [paragraph.text for cell in cells for paragraph in cell.text_frame.paragraphs]
    return lines


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_plan_is_read_as_code_of_the_document(text: str) -> None:
    needs("typst", "vl_convert")
    assert to_pdf(Workspace(named(text)))[:5] == b"%PDF-"


def test_the_same_workspace_gives_the_same_document() -> None:
    needs("typst", "vl_convert")
    work = Workspace(starter("email"), baseline=pull(starter("email"), "email.volume", 5000.0))
    assert to_pdf(work) == to_pdf(work)


def test_the_slides_say_all_that_the_brief_says() -> None:
    needs("pptx")
    plan = starter("email", "phone")
    work = Workspace(plan, baseline=pull(plan, "email.volume", 5000.0)).with_scenario("Push", plan)
    document, lines = brief_of(work), texts(to_pptx(work))
    assert document.ask in lines
    for figure in document.figures:
        assert {figure.label, figure.value} <= set(lines)
    for section in document.sections:
        assert {*section.sentences, *section.points} <= set(lines)
        for cell in [cell for row in section.table.rows for cell in row] if section.table else ():
            assert (cell.text if isinstance(cell, Cell) else cell) in lines
            assert not isinstance(cell, Cell) or "://" in cell.note or not cell.note or cell.note in lines


def test_the_charts_of_the_slides_hold_the_figures_of_the_forecast() -> None:
    needs("pptx")
    plan = starter("email", "phone")
    charts = [shape.chart for slide in slides(to_pptx(Workspace(plan))) for shape in slide.shapes if shape.has_chart]
    by_name = {series.name: tuple(series.values) for series in charts[0].plots[0].series}
    won = forecast(plan)
    assert {name: pytest.approx(tuple(won.arrivals[f"{key}.won"])) for name, key in
            (("E-mail", "email"), ("Phone", "phone"))} == by_name  # fmt: skip
    assert len(charts) >= 4


@pytest.mark.parametrize("text", HOSTILE)
def test_names_on_slides_are_text_and_no_formula_in_the_sheets_behind_the_charts(text: str) -> None:
    needs("pptx")
    data = to_pptx(Workspace(named(text)))
    assert text in texts(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.endswith(".xlsx")]
        assert not [name for name in archive.namelist() if ".." in name or name.startswith("/")]
    for sheet in sheets:
        with zipfile.ZipFile(io.BytesIO(sheet)) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_chart_is_drawn_natively_by_what_its_rows_hold() -> None:
    result, base = forecast(starter("email", "phone")), forecast(pull(starter("email", "phone"), "email.volume", 1.0))
    stacked, lines = of_chart(deal_months(result, base)), of_chart(cash(result, base))
    assert stacked is not None
    assert lines is not None
    assert (stacked.shape, [row.name for row in stacked.rows]) == ("stacked", ["E-mail", "Phone"])
    assert (lines.shape, [row.name for row in lines.rows]) == ("lines", ["Baseline", "Plan"])


def test_the_tornado_is_native_and_holds_how_far_each_input_moves_the_figure() -> None:
    plan = starter("email", "phone")
    section = brief_of(Workspace(plan)).section("assumptions")
    assert section is not None
    assert section.chart is not None
    drawn, frame = of_chart(section.chart), section.chart.frame
    assert drawn is not None
    assert (drawn.shape, drawn.categories) == ("swings", tuple(frame["label"]))
    moves = {row.name: row.values for row in drawn.rows}
    assert moves["Low end of its range"] == pytest.approx(tuple(frame["low"] - frame["base"]))
    assert moves["High end of its range"] == pytest.approx(tuple(frame["high"] - frame["base"]))


def test_the_landing_is_native_with_what_happened_and_the_plan() -> None:
    plan = starter("email", "phone", start="2027-01")
    section = brief_of(Workspace(plan).with_actuals(sample_actuals(plan))).section("landing")
    assert section is not None
    assert section.chart is not None
    drawn = of_chart(section.chart)
    assert drawn is not None
    assert [row.name for row in drawn.rows] == ["What happened", "Low (10%)", "Median", "High (90%)", "Plan", "Target"]
    assert [value is None for value in drawn.rows[0].values] == [False] * 5 + [True] * 7


def test_no_table_of_the_slides_is_covered_by_the_words_above_it_or_runs_off() -> None:
    needs("pptx")
    plan = starter(start="2027-01")
    work = Workspace(plan, baseline=pull(plan, "email.volume", 5000.0)).with_actuals(sample_actuals(plan))
    for slide in slides(to_pptx(work.with_scenario("Push", plan))):
        for grid in [shape for shape in slide.shapes if shape.has_table]:
            boxes = [shape for shape in slide.shapes if shape.has_text_frame and 1.0 < shape.top / 914400 < 1.3]
            for box in boxes:
                rows = sum(-(-len(paragraph.text) // 140) for paragraph in box.text_frame.paragraphs)
                assert box.top / 914400 + 0.24 * rows <= grid.top / 914400
            two_lines = [any("\n" in cell.text for cell in row.cells) for row in grid.table.rows]
            height = sum(0.4 if two else 0.36 for two in two_lines)
            assert grid.top / 914400 + height <= 6.6


def test_every_slide_says_in_its_foot_which_version_it_is_and_where_it_is_found() -> None:
    needs("pptx")
    about = Imprint(
        "Budget, version 2", "Finance", dt.date(2026, 11, 26), dt.date(2026, 12, 1), "planner.example/l/abc"
    )
    data = to_pptx(Workspace(starter("email")), imprint=about)
    foot = f"Budget, version 2 · 1 Dec 2026 · planner.example/l/abc · engine {VERSION}"
    for slide in slides(data):
        assert foot in [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_the_pdf_says_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    needs("typst", "vl_convert")
    import typst

    given: dict[str, Any] = {}

    def compiled(*_: object, sys_inputs: dict[str, str], **__: object) -> bytes:
        given.update(json.loads(sys_inputs["brief"]))
        return b""

    monkeypatch.setattr(typst, "compile", compiled)
    to_pdf(Workspace(starter("email", start="2027-01")), imprint=ABOUT)
    assert given["footer"] == FOOT
    head = "Budget, version 2, saved by Finance, 26 Nov 2026 · Jan 2027 to Dec 2027"
    assert given["made"] == f"{head} · figures {COUNTED[False]}"
