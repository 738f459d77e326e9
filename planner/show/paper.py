"""Tables that are edited in place, as they stand on paper: every row and column, in the plan's own signs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from planner import words
from planner.plan import Plan
from planner.show.tables import Table

__all__ = ["printed"]

TICKED, UNTICKED = "✓", ""


def printed(
    plan: Plan, frame: pd.DataFrame, heads: Mapping[str, str], choices: Mapping[str, Mapping[Any, str]]
) -> Table:
    """A grid as a table; `heads` by column where it has another name, `choices` what a cell shows of a choice."""
    columns = [str(column) for column in frame.columns]
    rows = [
        tuple(_text(plan, choices.get(column, {}).get(cell, cell)) for column, cell in zip(columns, row, strict=True))
        for row in frame.itertuples(index=False, name=None)
    ]
    figures = len(columns) if any(choices.values()) else 1  # columns of words are set to the left
    return Table(tuple(heads.get(column, column) for column in columns), tuple(rows), numbers=figures)


def _text(plan: Plan, cell: Any) -> str:
    """What a cell shows; "–" for nothing."""
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return words.DASH
    if isinstance(cell, bool):
        return TICKED if cell else UNTICKED
    return cell if isinstance(cell, str) else words.write_exact(float(f"{float(cell):.12g}"), plan.locale)
