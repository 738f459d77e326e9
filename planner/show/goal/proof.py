"""The table that proves an answer: the levers that move and the key figures, now and then."""

from __future__ import annotations

from collections.abc import Iterator

from planner import words
from planner.ask.goal.answer import Answer
from planner.engine import forecast
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.plan.diff import differing
from planner.plan.metrics import keys_for
from planner.show.goal.phrases import capital, figure, stands
from planner.show.tables import Cell, Table

__all__ = ["proof"]

Cells = tuple[Cell | str, ...]


def proof(answer: Answer) -> Table:
    """The levers that move and the key figures: now, and at each place, each with its change."""
    plan, question, places = answer.plan, answer.question, answer.places
    rows = list(_levers(plan, [place.plan for place in places]))
    forecasts = [forecast(side) for side in (plan, *(place.plan for place in places))]
    for key in dict.fromkeys((question.metric, *keys_for("answer"))):
        own, unit = key == question.metric, METRICS[key].unit
        channel = question.channel if own else None
        values = [float(read(side, key, channel=channel, tail=question.tail)) for side in forecasts]
        label = Cell(capital(figure(plan, question)), "strong") if own else METRICS[key].label
        texts = [words.write(plan, value, unit) for value in values]
        changes = [words.change(plan, value, values[0], unit) for value in values]
        rows.append((label, *_row(texts, changes)))
    heads = ["Then" if answer.met else "Nearest", "Change"]
    heads = heads if len(places) == 1 else [stands(plan, question.path, place.at) for place in places]
    counts = "Including what closes after the plan ends." if question.tail else "Within the plan period."
    return Table(("", "Now", *heads), tuple(rows), counts)


def _row(texts: list[str], changes: list[str]) -> Cells:
    """Now, then and the change in columns; several places carry their change beneath."""
    if len(texts) == 2:
        return *texts, Cell(changes[1], "quiet")
    return texts[0], *(Cell(text, note=change) for text, change in zip(texts[1:], changes[1:], strict=True))


def _levers(plan: Plan, plans: list[Plan]) -> Iterator[Cells]:
    """A row for each lever that moves."""
    differences = [{row.path: row for row in differing(plan, other)} for other in plans]
    first = {path: row for rows in reversed(differences) for path, row in rows.items()}
    for path, row in first.items():
        after = [rows[path].after if path in rows else row.before for rows in differences]
        numbers = [float(value or 0.0) for value in (row.before, *after)]
        kind = row.kind
        written = kind.written if kind else "count"
        unit = f", {kind.unit}" if kind and kind.unit and written == "decimal" else ""
        texts = [words.write(plan, number, written) for number in numbers]
        changes = [words.change(plan, number, numbers[0], written) for number in numbers]
        yield capital(row.label) + unit, *_row(texts, changes)
