"""How well earlier landings would have held, in a sentence that does not over-read few months, and as a table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner import words
from planner.ask.evidence.record import Hindsight
from planner.plan import Plan
from planner.show.tables import Cell, Table

__all__ = ["sentence", "table"]

ENOUGH = 6  # landings: fewer tell little of a range


def sentence(plan: Plan, rows: Sequence[Hindsight]) -> str:
    """How often the range held, whether landings leaned one way, and whether naive forecasts were nearer."""
    if not rows:
        return "There is no earlier month to look back from yet."
    covered = sum(row.covered for row in rows)
    lean = float(np.mean([row.expected - row.came for row in rows]))
    text = (
        f"Asked at the end of each earlier month, {covered} of {len(rows)} ranges would have held the deals that came."
    )
    if abs(lean) >= 0.05:
        side = "too high" if lean > 0 else "too low"
        text += f" On average the landing was {words.counted(plan, abs(lean), 'deal')} {side}."
    own, last, straight = (_miss(rows, name) for name in ("expected", "last_rate", "straight_line"))
    misses = [words.short(plan, miss) for miss in (own, last, straight)]
    text += f" It missed by {misses[0]}; the last month carried on by {misses[1]}, a straight line by {misses[2]}."
    if len(rows) < ENOUGH:
        text += f" That is too few months to judge by: of {len(rows)} good ranges some miss by chance."
    return text


def _miss(rows: Sequence[Hindsight], name: str) -> float:
    return float(np.mean([abs(getattr(row, name) - row.came) for row in rows]))


def table(plan: Plan, rows: Sequence[Hindsight]) -> Table:
    """A row an earlier month: what it would have said, what came, and the score in its parts."""
    cells = []
    for row in rows:
        score, ends = row.score, f"{words.write(plan, row.low)} to {words.write(plan, row.high)}"
        parts = (score.total, score.width, score.over, score.under)
        total, width, over, under = (words.write(plan, part) for part in parts)
        cells.append(
            (
                words.day(row.as_of),
                Cell(words.write(plan, row.expected), note=ends),
                Cell(words.write(plan, row.came), "strong"),
                Cell("held" if row.covered else "missed", "good" if row.covered else "bad"),
                words.write(plan, row.last_rate),
                words.write(plan, row.straight_line),
                Cell(total, note=f"width {width}, too high {over}, too low {under}"),
            )
        )
    heads = ("Seen from", "Landing by now", "Came", "80% range", "Last month carried on", "Straight line", "Score")
    note = (
        "Each row uses only what was known that day. Score: the weighted interval score in deals, lower is better; "
        "below it what the width of the range adds, and what it missed by."
    )
    return Table(heads, tuple(cells), note)
