"""How well landings held, in sentences that do not over-read few months, and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

import numpy as np

from planner import words
from planner.ask.evidence.record import Hindsight
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.show.tables import Cell, Table

__all__ = ["kept_sentence", "sentence", "table"]

ENOUGH = 6  # landings: fewer tell little of a range
SHARE, UNLIKELY = 0.8, 0.1  # of ranges that hold; a chance below which fewer are no accident


def sentence(plan: Plan, rows: Sequence[Hindsight]) -> str:
    """How often the range would have held, whether landings leaned one way, and whether naive forecasts were nearer."""
    if not rows:
        return "There is no earlier month to look back from yet."
    covered = sum(row.covered for row in rows)
    text = (
        f"Asked at the end of each earlier month, {covered} of {len(rows)} ranges would have held the deals that came."
    )
    return f"{text}{_lean(plan, rows, 'won')}{_misses(plan, rows, 'won')}{_few(len(rows), 'months')}"


def kept_sentence(plan: Plan, kept: int, rows: Sequence[Hindsight], metric: str = "won") -> str:
    """How well the landings that were kept held; `rows` are those that can be judged already."""
    if not kept:
        return "No landing is kept yet. Each upload that you use keeps one; keep today’s to see later whether it held."
    if not rows:
        count = words.counted(plan, kept, "landing")
        return f"{count} kept. How well they held can be said when a further whole month is known."
    covered, name = sum(row.covered for row in rows), words.in_text(METRICS[metric].label)
    text = f"{covered} of {len(rows)} kept landings had the {name} that came within their 80% range."
    if len(rows) >= ENOUGH:
        fewer = _chance_of_so_few(covered, len(rows)) < UNLIKELY
        text += " Fewer held than an 80% range should hold." if fewer else " That is in line with an 80% range."
    text += f"{_lean(plan, rows, metric)}{_misses(plan, rows, metric)}{_few(len(rows), 'landings')}"
    return f"{text} What they missed beyond chance widens today’s range." if METRICS[metric].unit == "count" else text


def _chance_of_so_few(covered: int, rows: int) -> float:
    """The chance that so few of good 80 % ranges hold."""
    return sum(comb(rows, k) * SHARE**k * (1.0 - SHARE) ** (rows - k) for k in range(covered + 1))


def _lean(plan: Plan, rows: Sequence[Hindsight], metric: str) -> str:
    """By how much landings were too high or too low on average; nothing where that is next to nothing."""
    lean = float(np.mean([row.expected - row.came for row in rows]))
    if abs(lean) < 0.05:
        return ""
    unit, side = METRICS[metric].unit, "too high" if lean > 0 else "too low"
    noun = words.in_text(METRICS[metric].label).removesuffix("s")
    amount = words.counted(plan, abs(lean), noun) if unit == "count" else words.short(plan, abs(lean), unit)
    return f" On average the landing was {amount} {side}."


def _misses(plan: Plan, rows: Sequence[Hindsight], metric: str) -> str:
    unit, names = METRICS[metric].unit, ("expected", "last_rate", "straight_line")
    own, last, straight = (words.short(plan, _miss(rows, name), unit) for name in names)
    return f" It missed by {own}; the last month carried on by {last}, a straight line by {straight}."


def _few(rows: int, what: str) -> str:
    return "" if rows >= ENOUGH else f" That is too few {what} to judge by: of {rows} good ranges some miss by chance."


def _miss(rows: Sequence[Hindsight], name: str) -> float:
    return float(np.mean([abs(getattr(row, name) - row.came) for row in rows]))


def table(plan: Plan, rows: Sequence[Hindsight], metric: str = "won") -> Table:
    """One row per landing: what it said, what came, and the score in its parts."""
    unit = METRICS[metric].unit
    cells = []
    for row in rows:
        score, ends = row.score, f"{words.write(plan, row.low, unit)} to {words.write(plan, row.high, unit)}"
        parts = (score.total, score.width, score.over, score.under)
        total, width, over, under = (words.write(plan, part, unit) for part in parts)
        cells.append(
            (
                words.day(row.as_of),
                Cell(words.write(plan, row.expected, unit), note=ends),
                Cell(words.write(plan, row.came, unit), "strong"),
                Cell("held" if row.covered else "missed", "good" if row.covered else "bad"),
                words.write(plan, row.last_rate, unit),
                words.write(plan, row.straight_line, unit),
                Cell(total, note=f"width {width}, too high {over}, too low {under}"),
            )
        )
    heads = ("Seen from", "Landing by now", "Came", "80% range", "Last month carried on", "Straight line", "Score")
    name = words.in_text(METRICS[metric].label)
    note = (
        f"Each row uses only what was known that day. Score: the weighted interval score in {name}, lower is better; "
        "below it what the width of the range adds, and what it missed by. The score of a naive forecast is its miss."
    )
    return Table(heads, tuple(cells), note)
