"""The frozen plans from which tokens of version 2 are written as differences; a token names its own by number.

`planner/keep/references/<number>.json` holds the plan as lists in the order of the table, cut short where the table's
defaults follow, and the preset dictionary. A new starter plan adds a file; none ever changes.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from planner.keep.reference import Reference
from planner.keep.token_v2.outline import whole
from planner.keep.token_v2.table import PLAN

__all__ = ["FOLDER", "NEWEST", "reference"]

NEWEST = 3  # the reference of new tokens
FOLDER = Path(__file__).parents[1] / "references"


@cache
def reference(number: int) -> Reference:
    """The reference plan of a number; LookupError where there is none."""
    if not 0 < number <= NEWEST or not (file := FOLDER / f"{number}.json").exists():
        raise LookupError(f"no reference {number}")
    frozen = json.loads(file.read_text("utf-8"))
    return Reference(whole(PLAN, frozen["plan"]), frozen["dictionary"].encode(), counting=True)
