"""What people read is written alike everywhere: percent, apostrophes, quotes, dates, one and several."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(path for root in ("planner", "pages") for path in (ROOT / root).rglob("*.py"))
CALENDAR = re.compile(r"%[aAbBcpxX]\b")  # what the machine's language would name
SPACED = re.compile(r"\d %")
STRAIGHT = re.compile(r"[a-z]'(s|re|ll)\b|[a-z]s' [a-z]")


def texts(path: Path) -> Iterator[str]:
    """The texts of several words in a file that are no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    described = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    firsts = (node.body[0] for node in ast.walk(tree) if isinstance(node, described) and node.body)
    docstrings = {id(first.value) for first in firsts if isinstance(first, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield from [node.value] if " " in node.value else []


@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        ("a space before the percent sign of an English text", SPACED),
        ("a straight apostrophe", STRAIGHT),
        ("names of days or months in the machine's language", CALENDAR),
        ("words that the trade does not use", re.compile(r"\b(cumulated|luck|ignorance|held by|in the end)\b")),
    ],
)
def test_no_text_holds(fault: str, pattern: re.Pattern[str]) -> None:
    wrong = [f"{path.relative_to(ROOT)}: {text}" for path in FILES for text in texts(path) if pattern.search(text)]
    assert wrong == [], fault
