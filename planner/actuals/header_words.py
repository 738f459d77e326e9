"""What headers of sheets made for reading are made of: years, months, totals; and headers told apart."""

from __future__ import annotations

import re
from dataclasses import replace

from planner.actuals.dates import is_period
from planner.actuals.matching import PlanNames
from planner.actuals.sheet import Cells

__all__ = ["ACTUAL", "AGAIN", "BESIDE", "LONGER", "PLANNED", "UNNAMED", "YEAR", "is_month", "told_apart"]

AGAIN = re.compile(r" \([0-9]{1,3}\)$")  # what tells equal headers apart
UNNAMED = re.compile(r"column [0-9]{1,3}")  # what a column without a header is called by
YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
LONGER = re.compile(
    r"(?:(?:fy|ytd|total|sum|summe|gesamt|h[12]|q[1-4]|year)\b.{0,20}|.{0,20}\b(?:ytd|total|q[1-4]))", re.IGNORECASE
)
ACTUAL = frozenset(
    ["a", "act", "actual", "ist", "real", "realise", "reel", "faktisk", "realisatie", "utfall", "realizado"]
)
PLANNED = frozenset(
    ["f", "fc", "fcst", "forecast", "p", "plan", "planned", "b", "bud", "budget", "soll", "ziel", "target", "goal",
     "prevision", "prev", "objectif", "prognose", "budsjett", "previsto", "objetivo", "mal", "quota"]
)  # fmt: skip
BESIDE = " | "  # between a month over several columns and what each of them counts


def is_month(text: str, names: PlanNames) -> bool:
    """Whether a header is a month or a day in words, not a bare number."""
    return not text.isdigit() and is_period(text, names.plan.locale)


def told_apart(columns: list[Cells]) -> list[Cells]:
    """The columns under headers of their own."""
    taken: set[str] = set()
    out = []
    for cells in columns:
        header, n = cells.header, 1
        while header in taken:
            n += 1
            header = f"{cells.header} ({n})"
        taken.add(header)
        out.append(replace(cells, header=header))
    return out
