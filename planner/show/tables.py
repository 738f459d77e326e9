"""Tables as HTML: figures aligned and complete, readable on paper and by a screen reader. Every text is escaped."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from textwrap import fill

from markupsafe import Markup

from planner import words
from planner.measure.glossary import define
from planner.show.terms import help_mark

__all__ = ["Cell", "Table", "because", "html", "to_csv", "to_text"]

PRINTED = 100  # characters of a line in a terminal


@dataclass(frozen=True)
class Cell:
    """One cell: text, accent ("quiet", "good", "bad", "strong" or ""), a colour swatch before it, a note below.

    `note_tone` is the accent of the note; `why` says how the figure comes about, for whoever presses it; an `address`
    is where a press on the text leads, spelt out on paper only. With an `icon` of `ICONS` the text stands in a chip,
    behind it.
    """

    text: str
    tone: str = ""
    swatch: str = ""
    note: str = ""
    note_tone: str = ""
    why: str = ""
    icon: str = ""
    address: str = ""


ICONS = {
    "check": "✓",
    "up": "▲",
    "down": "▼",
    "wait": "…",
    "watch": "◎",
    "none": "–",
    "full": "●",
    "part": "◐",
    "empty": "○",
}


@dataclass(frozen=True)
class Table:
    """`heads` of the columns, `rows` of cells or texts; columns from `numbers` on are figures, set to the right.

    `caption` is read aloud and printed; `total` sets the last row apart; the first column of a `frozen` one stays in
    view while the others are scrolled.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell | str, ...], ...]
    caption: str = ""
    numbers: int = 1
    total: bool = False
    frozen: bool = False


def _cell(cell: Cell | str, tag: str, side: str, explained: set[str]) -> Markup:
    """One cell; a row that is called by a trade word says what the word means, where no column has said it."""
    cell = Cell(cell) if isinstance(cell, str) else cell
    swatch = Markup('<i class="swatch" style="background:{}"></i>').format(cell.swatch) if cell.swatch else Markup()
    note = Markup('<small class="{}">{}</small>').format(cell.note_tone, cell.note) if cell.note else Markup()
    classes = " ".join(part for part in (side, cell.tone, "swatched" if cell.swatch else "") if part)
    text = because(cell.text, cell.why) if cell.why else _chip(cell) if cell.icon else _linked(cell)
    mark = help_mark(cell.text, explained) if tag == "th" and define(cell.text) else Markup()
    scope = Markup(' scope="row"') if tag == "th" else Markup()
    return Markup('<{tag}{scope} class="{classes}">{swatch}{text}{mark}{note}</{tag}>').format(
        tag=Markup(tag), scope=scope, classes=classes, swatch=swatch, text=text, mark=mark, note=note
    )


def _linked(cell: Cell) -> Markup:
    """The text, as a link where it has an address."""
    if not cell.address:
        return Markup.escape(cell.text)
    link = '<a href="{0}" target="_blank" rel="noopener noreferrer">{1}</a><small class="on-paper">{0}</small>'
    return Markup(link).format(cell.address, cell.text)


def because(text: str, why: str) -> Markup:
    """A figure that opens to say how it comes about, by click, touch or key; escaped."""
    return Markup('<details class="because"><summary title="{}">{}</summary><span>{}</span></details>').format(
        why, text, why
    )


def _chip(cell: Cell) -> Markup:
    """A word with its icon, so that colour is never all there is to tell by."""
    return Markup('<span class="verdict"><i aria-hidden="true">{}</i>{}</span>').format(ICONS[cell.icon], cell.text)


def _head(text: str, side: str, explained: set[str]) -> Markup:
    """The head of a column; an empty one heads nothing."""
    if not text:
        return Markup('<td class="{}"></td>').format(side)
    return Markup('<th scope="col" class="{}">{}{}</th>').format(side, text, help_mark(text, explained))


def html(table: Table) -> Markup:
    """The table as HTML, every text escaped, and each trade word of a label once with its "?"."""
    explained: set[str] = set()

    def side(i: int) -> str:
        return "num" if i >= table.numbers else ""

    def row(cells: tuple[Cell | str, ...]) -> Markup:
        parts = (_cell(cell, "th" if i == 0 else "td", side(i), explained) for i, cell in enumerate(cells))
        return Markup("<tr>{}</tr>").format(Markup().join(parts))

    heads = [_head(head, side(i), explained) for i, head in enumerate(table.heads)]
    caption = Markup("<caption>{}</caption>").format(table.caption) if table.caption else Markup()
    return Markup(
        '<div class="table"><table class="figures{total}{frozen}">{caption}<thead><tr>{heads}</tr></thead>'
        "<tbody>{body}</tbody></table></div>"
    ).format(
        total=" total" if table.total else "",
        frozen=" frozen" if table.frozen else "",
        caption=caption,
        heads=Markup().join(heads),
        body=Markup().join(map(row, table.rows)),
    )


def to_csv(table: Table) -> bytes:
    """The table as a CSV file that a spreadsheet opens: with a byte-order mark, and no text that acts as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(map(safe, table.heads))
    for row in table.rows:
        writer.writerow(safe(cell.text if isinstance(cell, Cell) else cell) for cell in row)
    return out.getvalue().encode("utf-8-sig")


def to_text(table: Table) -> str:
    """The table in columns for a terminal, figures to the right with their notes in brackets, its caption below."""

    def text(i: int, cell: Cell | str) -> str:
        if isinstance(cell, str):
            return cell
        return f"{cell.text} ({cell.note})" if cell.note and i >= table.numbers else cell.text

    rows = [table.heads, *(tuple(text(i, cell) for i, cell in enumerate(row)) for row in table.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths, table.numbers) for row in rows]
    return "\n".join([*lines, fill(table.caption, PRINTED)] if table.caption else lines)


def _line(row: tuple[str, ...], widths: list[int], numbers: int) -> str:
    """A row of texts in columns; from `numbers` on they are set to the right."""
    sides = enumerate(zip(row, widths, strict=True))
    return "  ".join(text.rjust(width) if i >= numbers else text.ljust(width) for i, (text, width) in sides).rstrip()


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    number = text.replace("−", "-", 1)
    if number[:1] == "-" and number[1:2].isdigit():
        return number
    return f"'{text}" if words.begins_formula(text) else text
