"""The brief as a PDF: one page after another on A4, to be printed or sent."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from planner.calendar import first_day
from planner.export.pictures import to_png
from planner.keep.workspace import COUNTED, Workspace
from planner.show.brief.text import foot, made_by
from planner.show.brief.value import NO_IMPRINT, Brief, Imprint, KeyFigure, Section
from planner.show.brief.whole import brief
from planner.show.tables import Cell, Table

__all__ = ["below", "brief_of", "to_pdf"]

_TEMPLATE = Path(__file__).with_name("brief.typ")
_SCALE = 3.0


def brief_of(work: Workspace, imprint: Imprint = NO_IMPRINT) -> Brief:
    """The brief of a workspace: its plan against its baseline, with its scenarios and what has happened."""
    baseline = work.baseline if work.baseline != work.plan else None
    return brief(
        work.plan, baseline=baseline, scenarios=work.scenarios, actuals=work.actuals, landings=work.landings,
        tail=work.tail, imprint=imprint,
    )  # fmt: skip


def to_pdf(
    work: Workspace, report: Callable[[float], None] = lambda share: None, imprint: Imprint = NO_IMPRINT
) -> bytes:
    """The brief of a workspace as a PDF on A4, with its charts; the same workspace gives the same page.

    `imprint` is what head and foot say of version, day and address. Texts go in as data that typst never reads as
    markup. Needs typst and vl-convert-python.

    >>> from planner import Workspace, starter, to_pdf
    >>> to_pdf(Workspace(starter("email")))[:5]  # doctest: +SKIP
    b'%PDF-'
    """
    import typst

    brief = brief_of(work, imprint)
    report(0.3)
    sections = []
    for number, section in enumerate(brief.sections, 1):
        sections.append(_section(section))
        report(0.3 + 0.5 * number / len(brief.sections))
    data = {**_head(brief), "sections": sections}
    start = first_day(work.plan.start)
    day = int(
        dt.datetime(start.year, start.month, 1, tzinfo=dt.UTC).timestamp()
    )  # so that bytes are the same each time
    pdf: bytes = typst.compile(
        _TEMPLATE.read_bytes(), sys_inputs={"brief": json.dumps(data)}, format="pdf", timestamp=day
    )
    report(1.0)
    return pdf


def _head(brief: Brief) -> dict[str, Any]:
    summary = f"In the plan’s own numbers: {brief.summary}" if brief.typed else ""
    return {
        "title": brief.title, "author": brief.author, "ask": brief.ask, "summary": summary, "note": brief.note,
        "made": " · ".join((*made_by(brief), f"figures {COUNTED[brief.tail]}")), "footer": foot(brief),
        "figures": [_figure(figure) for figure in brief.figures],
    }  # fmt: skip


def _figure(figure: KeyFigure) -> dict[str, Any]:
    lines = [{"text": line.text, "tone": line.tone} for line in below(figure)]
    return {"label": figure.label, "value": figure.value, "lines": lines}


def below(figure: KeyFigure) -> Iterator[Cell]:
    """What stands below a key figure: target, difference from the baseline, range, and what comes later."""
    if figure.target:
        yield Cell(f"target {figure.target}: {figure.verdict}", "good" if figure.met else "bad")
    if figure.change:
        yield Cell(f"{figure.change} against the baseline", figure.change_tone)
    if figure.span:
        yield Cell(f"80% range: {figure.span}", "quiet")
    if figure.otherwise:
        yield Cell(figure.otherwise, "quiet")


def _section(section: Section) -> dict[str, Any]:
    chart = section.chart
    return {
        "title": section.title, "sentences": [*section.sentences],
        "points": [*section.points, *(alert.sentence for alert in section.alerts)],
        "finding": chart.title if chart else "",
        "picture": list(to_png(chart, 400, titled=False, scale=_SCALE)) if chart else None,
        "table": _table(section.table) if section.table else None,
    }  # fmt: skip


def _table(table: Table) -> dict[str, Any]:
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    return {
        "heads": [*table.heads], "rows": rows, "numbers": table.numbers, "total": table.total,
        "caption": table.caption,
    }  # fmt: skip


def _cell(cell: Cell | str) -> dict[str, str]:
    cell = Cell(cell) if isinstance(cell, str) else cell
    return {"text": cell.text, "tone": cell.tone, "swatch": cell.swatch, "note": cell.note or cell.address}
