"""The frozen plan from which tokens of version 1 are written as differences.

`dictionary.txt` beside this file is frozen too: its first line is the outline of the reference plan, its second the
numbers, its third what else tokens often say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from planner.keep.reference import Reference

__all__ = ["reference"]


@cache
def reference() -> Reference:
    """The reference plan of token version 1 and its preset dictionary."""
    outline, numbers, often = Path(__file__).with_name("dictionary.txt").read_text("utf-8").splitlines()
    return Reference(_filled(json.loads(outline), iter(json.loads(numbers))), (outline + often).encode())


def _filled(outline: list[Any], numbers: Iterator[float]) -> list[Any]:
    """An outline with its numbers back in place."""
    return [
        next(numbers) if cell.__class__ is float else _filled(cell, numbers) if cell.__class__ is list else cell
        for cell in outline
    ]
