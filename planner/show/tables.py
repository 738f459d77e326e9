"""Tables as HTML: figures aligned and complete, readable on paper and by a screen reader. Every text is escaped."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

__all__ = ["Cell", "Table", "html"]


@dataclass(frozen=True)
class Cell:
    """One cell: its text, an accent ("quiet", "good", "bad", "strong" or "") and a colour swatch before it."""

    text: str
    tone: str = ""
    swatch: str = ""
    note: str = ""


@dataclass(frozen=True)
class Table:
    """`heads` of the columns, `rows` of cells or texts; columns from `numbers` on are figures, set to the right.

    `caption` is read aloud and printed; `total` sets the last row apart.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell | str, ...], ...]
    caption: str = ""
    numbers: int = 1
    total: bool = False
    notes: tuple[str, ...] = field(default=())


def _cell(cell: Cell | str, tag: str, side: str) -> str:
    cell = Cell(cell) if isinstance(cell, str) else cell
    swatch = f'<i class="swatch" style="background:{escape(cell.swatch)}"></i>' if cell.swatch else ""
    note = f"<small>{escape(cell.note)}</small>" if cell.note else ""
    classes = " ".join(part for part in (side, cell.tone, "swatched" if cell.swatch else "") if part)
    scope = ' scope="row"' if tag == "th" else ""
    return f'<{tag}{scope} class="{classes}">{swatch}{escape(cell.text)}{note}</{tag}>'


def html(table: Table) -> str:
    """The table as HTML, every text escaped."""

    def side(i: int) -> str:
        return "num" if i >= table.numbers else ""

    heads = "".join(f'<th scope="col" class="{side(i)}">{escape(head)}</th>' for i, head in enumerate(table.heads))
    body = "".join(
        "<tr>" + "".join(_cell(cell, "th" if i == 0 else "td", side(i)) for i, cell in enumerate(row)) + "</tr>"
        for row in table.rows
    )
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    notes = "".join(f"<p class='note'>{escape(note)}</p>" for note in table.notes)
    total = " total" if table.total else ""
    return (
        f'<div class="table"><table class="figures{total}">{caption}<thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>{notes}</div>"
    )
