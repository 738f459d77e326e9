"""How an upload is shown before it is used, and its column mapping as text to keep."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from planner import words
from planner.actuals.actuals import Actuals
from planner.actuals.mapping import Mapping
from planner.actuals.reading import Reading
from planner.plan import Plan, merged
from planner.show.design import hues
from planner.show.tables import Cell, Table

__all__ = ["figures", "mapping_of", "mapping_text", "refused", "remapped", "signature", "understood"]

_MOST = 40  # refusals shown


def signature(made: Reading) -> str:
    """What tells files of one kind: their headers."""
    return "\t".join(made.columns)


def mapping_text(mapping: Mapping) -> str:
    """A mapping as text."""
    return json.dumps(asdict(mapping))


def mapping_of(text: str) -> Mapping:
    """The mapping back from its text."""
    kept = json.loads(text)
    return Mapping(**{**kept, "columns": tuple((header, meaning) for header, meaning in kept["columns"])})


def remapped(mapping: Mapping, **fields: Any) -> Mapping:
    """The mapping with other fields."""
    return replace(mapping, **fields)


def understood(made: Reading, plan: Plan) -> str:
    """What was made of the file, in words."""
    parts = [
        f"{words.write(plan, made.rows)} rows read",
        f"{len(made.refused)} refused" if made.refused else "none refused",
    ]
    if made.separator:
        names = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
        parts.append(f"{names.get(made.separator, made.separator)} between cells, {made.encoding}")
    return "; ".join(parts)


def refused(made: Reading) -> Table:
    """Cells and rows that were left out: where, what, and the mend."""
    rows = tuple((str(r.line or ""), r.column or "", Cell(r.what, note=r.mend)) for r in made.refused[:_MOST])
    left = len(made.refused) - _MOST
    return Table(("Line", "Column", "Left out because"), rows, f"and {left} more" if left > 0 else "", numbers=9)


def figures(actuals: Actuals, plan: Plan) -> Table:
    """What lands: counts by channel and stage, a column a month."""
    months = actuals.months(plan)
    names, colours, rows = words.month_names(plan)[:months], hues(plan), []
    for channel in plan.channels:
        for stage in merged(channel.stages, plan.sales):
            row = _row(Cell(f"{channel.label}: {stage.label.lower()}", swatch=colours[channel.key]),
                       actuals.count(f"{channel.key}.{stage.key}", plan)[:months], plan, "count")  # fmt: skip
            rows += [row] if row else []
        for what in ("cost", "revenue"):
            row = _row(Cell(f"{channel.label}: {what}", swatch=colours[channel.key]),
                       actuals.money(what, plan, channel.key)[:months], plan, "money")  # fmt: skip
            rows += [row] if row else []
    for stage in plan.sales:
        row = _row(
            Cell(f"All channels: {stage.label.lower()}"),
            actuals.count(f"sales.{stage.key}", plan)[:months],
            plan,
            "count",
        )
        rows += [row] if row else []
    outside = sum(1 for fact in actuals.facts if not plan.start <= fact.period[:7])
    note = (
        f"{words.counted(plan, outside, 'figure')} from before the plan’s first month: kept, not compared."
        if outside
        else "–: not reported, which is not 0."
    )
    return Table(("", *names), tuple(rows), note)


def _row(name: Cell, values: Any, plan: Plan, unit: str) -> tuple[Cell | str, ...] | None:
    if not np.isfinite(values).any():
        return None
    return (name, *(words.write(plan, value, unit) for value in values))
