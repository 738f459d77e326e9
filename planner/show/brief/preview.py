"""What the reader of a link sees first, for whoever is about to send it."""

from __future__ import annotations

from planner import words
from planner.keep.codec import SharedPlan
from planner.show.brief.value import Brief, KeyFigure
from planner.show.tables import Cell, Table

__all__ = ["carried", "first_seen"]


def first_seen(page: Brief) -> Table:
    """The key figures of a brief, as its reader finds them above all else."""
    return Table(("Key figure", "In the plan", "Target"), tuple(map(_row, page.figures)))


def _row(figure: KeyFigure) -> tuple[Cell | str, ...]:
    change = f"{figure.change} vs baseline" if figure.change else ""
    value = Cell(figure.value, "strong", note=change, note_tone=figure.change_tone)
    return figure.label, value, Cell(figure.target, "good" if figure.met else "bad" if figure.target else "")


def carried(shared: SharedPlan) -> str:
    """What comes along with the plan of a link, and what does not, in a sentence or two."""
    parts = ["the plan with every number in it"]
    if shared.baseline is not None:
        parts.append("its baseline")
    names = [f"“{scenario.name}”" for scenario in shared.scenarios]
    if names:
        parts.append(f"the {'scenario' if len(names) == 1 else 'scenarios'} {', '.join(names)}")
    listed = words.listed(parts)
    return f"The link opens read-only on the brief. It carries {listed}; no actuals, no uploads and no history."
