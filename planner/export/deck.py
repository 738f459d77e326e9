"""The brief as slides (.pptx): one finding per slide, with charts and tables that can be edited there."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Callable, Sequence
from typing import Any

from planner.calendar import first_day
from planner.engine import Forecast, forecast
from planner.export.document import below, brief_of
from planner.export.native import Native, of_chart, of_hours
from planner.keep.workspace import Workspace
from planner.show.brief.text import foot, made_by
from planner.show.brief.value import NO_IMPRINT, Brief, Imprint, KeyFigure, Section
from planner.show.forecast.charts import cash, deal_months
from planner.show.tables import Cell, Table, safe

__all__ = ["to_pptx"]

WIDE, HIGH, EDGE = 13.333, 7.5, 0.6  # inches
_TOP, _BODY = 1.35, 5.4  # where what is below a title begins, and how high it is
_ROOM = 4.95  # for a table and the words above it
_ROW, _TALL = 0.38, 0.42  # how high a row is, and one with remarks below its figures
_LINE, _LETTERS = 0.27, 135  # how high a line of words above a table is, and what it holds
_INK, _QUIET, _TONES = "1F2A35", "5C6873", {"good": "1B6E3C", "bad": "B3261E"}
_TITLE_ONLY = 5  # a layout of the library's own template


def to_pptx(
    work: Workspace, report: Callable[[float], None] = lambda share: None, imprint: Imprint = NO_IMPRINT
) -> bytes:
    """The brief of a workspace as slides with native, editable charts and tables. Needs python-pptx.

    `imprint` is what the first slide and the foot of each say of version, day and address.

    >>> from planner import Workspace, starter, to_pptx
    >>> to_pptx(Workspace(starter("email")))[:2]  # doctest: +SKIP
    b'PK'
    """
    brief, here, base = brief_of(work, imprint), forecast(work.plan), forecast(work.baseline)
    report(0.5)
    deck = _Deck(foot(brief))
    _opening(deck, brief)
    deck.figures("Key figures", brief.figures)
    for chart in (deal_months(here, base), cash(here, base)):
        deck.chart(chart.title, of_chart(chart), ())
    for number, section in enumerate(brief.sections, 1):
        _section(deck, section, here)
        report(0.5 + 0.4 * number / len(brief.sections))
    return deck.file(brief, first_day(work.plan.start))


def _opening(deck: _Deck, brief: Brief) -> None:
    slide = deck.slide(brief.title)
    deck.text(slide, [" · ".join(made_by(brief))], EDGE, _TOP - 0.2, WIDE - 2 * EDGE, 0.5, 14, _QUIET)
    deck.text(slide, [brief.ask], EDGE, 2.1, WIDE - 2 * EDGE, 2.6, 26)
    more = [f"In the plan’s own numbers: {brief.summary}"] if brief.typed else []
    deck.text(slide, [*more, *([brief.note] if brief.note else [])], EDGE, 4.9, WIDE - 2 * EDGE, 2.0, 14, _QUIET)


def _section(deck: _Deck, section: Section, here: Forecast) -> None:
    """A slide of words and their chart, and one or more of the table."""
    words = [*section.sentences, *section.points, *(alert.sentence for alert in section.alerts)]
    native = of_hours(here) if section.key == "people" else of_chart(section.chart) if section.chart else None
    beside = () if native or section.table is None else words
    if (words or native) and not beside:
        deck.chart(section.title, native, words)
    if section.table:
        deck.table(section.title, section.table, beside)


class _Deck:
    """Slides as they are added."""

    def __init__(self, foot: str) -> None:
        from pptx import Presentation
        from pptx.util import Inches

        self._foot = foot
        self._deck, self._inches = Presentation(), Inches
        self._deck.slide_width, self._deck.slide_height = Inches(WIDE), Inches(HIGH)

    def file(self, brief: Brief, day: dt.date) -> bytes:
        """The slides as a file."""
        about, out = self._deck.core_properties, io.BytesIO()
        about.title, about.author = brief.title, brief.author
        about.created = about.modified = dt.datetime(day.year, day.month, day.day)
        self._deck.save(out)
        return out.getvalue()

    def slide(self, title: str) -> Any:
        """A slide with this title."""
        from pptx.util import Pt

        slide = self._deck.slides.add_slide(self._deck.slide_layouts[_TITLE_ONLY])
        head = slide.shapes.title
        head.left, head.top, head.width, head.height = map(self._inches, (EDGE, 0.35, WIDE - 2 * EDGE, 0.9))
        head.text_frame.text, head.text_frame.word_wrap = title, True
        for paragraph in head.text_frame.paragraphs:
            paragraph.alignment = 1
            self._style(paragraph, Pt(28), _INK, bold=True)
        self.text(slide, [self._foot], EDGE, HIGH - 0.42, WIDE - 2 * EDGE, 0.3, 9, _QUIET)
        return slide

    def text(
        self, slide: Any, texts: Sequence[str], left: float, top: float, width: float, height: float, size: int,
        *colours: str,
    ) -> None:  # fmt: skip
        """Paragraphs in a box, each in its colour or all in the first; nothing where there are none."""
        from pptx.util import Pt

        if not any(texts):
            return
        frame = slide.shapes.add_textbox(*map(self._inches, (left, top, width, height))).text_frame
        frame.word_wrap = True
        for number, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text, paragraph.space_after = text, Pt(size / 3)
            self._style(paragraph, Pt(size), (colours or (_INK,))[number if len(colours) > 1 else 0])

    def figures(self, title: str, figures: Sequence[KeyFigure]) -> None:
        """Key figures in two rows of four."""
        slide, width = self.slide(title), (WIDE - 2 * EDGE) / 4
        for number, figure in enumerate(figures):
            left, top = EDGE + width * (number % 4), _TOP + 0.2 + 2.6 * (number // 4)
            self.text(slide, [figure.label], left, top, width, 0.4, 14, _QUIET)
            self.text(slide, [figure.value], left, top + 0.3, width, 0.7, 28)
            lines = list(below(figure))
            colours = [_TONES.get(line.tone, _QUIET) for line in lines]
            self.text(slide, [line.text for line in lines], left, top + 0.9, width, 1.4, 11, *colours)

    def chart(self, title: str, native: Native | None, words: Sequence[str]) -> None:
        """A slide of a chart with words beside it, or of either alone."""
        slide = self.slide(title)
        wide = WIDE - 2 * EDGE
        if native is not None:
            native.draw(slide, *map(self._inches, (EDGE, _TOP, wide * (0.62 if words else 1.0), _BODY)))
        left = EDGE + wide * (0.65 if native is not None else 0.0)
        size = 16 if sum(map(len, words)) < 700 else 12
        self.text(slide, words, left, _TOP, EDGE + wide - left, _BODY, size)

    def table(self, title: str, table: Table, words: Sequence[str]) -> None:
        """A table under its words, on as many slides as it takes; the remark below the last part."""
        room = sum(math.ceil(len(text) / _LETTERS) * _LINE + 0.07 for text in words if text) + 0.1 * any(words)
        height = _TALL if any(_remark(cell) for row in table.rows for cell in row) else _ROW
        most = max(int((_ROOM - room) / height), 1)
        parts = [table.rows[start : start + most] for start in range(0, len(table.rows), most)]
        for number, rows in enumerate(parts):
            slide = self.slide(title if len(parts) == 1 else f"{title} ({number + 1} of {len(parts)})")
            last = number == len(parts) - 1
            if number == 0:
                self.text(slide, words, EDGE, _TOP - 0.1, WIDE - 2 * EDGE, room, 14)
            self._rows(slide, table, rows, _TOP + (0.0 if number else room), total=last and table.total)
            if last:
                self.text(slide, [table.caption], EDGE, 6.6, WIDE - 2 * EDGE, 0.5, 11, _QUIET)

    def _rows(self, slide: Any, table: Table, rows: Sequence[Sequence[Cell | str]], top: float, *, total: bool) -> None:
        from pptx.util import Pt

        size = (len(rows) + 1, len(table.heads))
        area = map(self._inches, (EDGE, top, WIDE - 2 * EDGE, _ROW * size[0]))
        grid = slide.shapes.add_table(*size, *area).table
        for number, row in enumerate((table.heads, *rows)):
            bold = number == 0 or (total and number == len(rows))
            for column, given in enumerate(row):
                cell = grid.cell(number, column)
                cell.text = "\n".join(filter(None, (_plain(given), _remark(given))))
                cell.margin_top = cell.margin_bottom = Pt(2)
                for place, paragraph in enumerate(cell.text_frame.paragraphs):
                    paragraph.alignment = 3 if column >= table.numbers else 1
                    colour = "FFFFFF" if number == 0 else _QUIET if place else _INK
                    self._style(paragraph, Pt(9 if place else 12), colour, bold=bold and not place)

    @staticmethod
    def _style(paragraph: Any, size: Any, colour: str, *, bold: bool = False) -> None:
        from pptx.dml.color import RGBColor

        font = paragraph.font
        font.size, font.bold, font.color.rgb = size, bold, RGBColor.from_string(colour)


def _plain(cell: Cell | str) -> str:
    """The text of a cell: copied into a spreadsheet, it acts as no formula."""
    return safe(cell.text if isinstance(cell, Cell) else cell)


def _remark(cell: Cell | str) -> str:
    """What stands below a figure, in small."""
    return safe(cell.note) if isinstance(cell, Cell) else ""
