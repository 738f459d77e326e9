"""The maps name every folder there is and none that is not; they are short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def folders(root: str) -> set[str]:
    """The folders with code below a root, each by its path from there."""
    below = ROOT / root
    return {
        str(path.relative_to(below)) for path in below.rglob("*") if path.is_dir() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize(("root", "below"), [("planner", ""), ("pages", "pages/")])
def test_a_map_names_every_folder_and_no_other(root: str, below: str) -> None:
    text = (ROOT / root / "README.md").read_text("utf-8")
    blocks = "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL))
    there = folders(root)
    words = set(re.findall(r"[a-z_0-9]+(?:/[a-z_0-9]+)*", blocks))
    named = {word.removeprefix(below) for word in words}
    assert {folder for folder in there if folder not in named} == set()
    paths = {word.removeprefix(below) for word in words if "/" in word}
    assert {path for path in paths if path not in there} == set()
    assert text.count("\n") < 60


def test_contributing_names_only_files_that_are_there() -> None:
    text = (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")
    for path in re.findall(r"`((?:planner|pages|tests)/[\w/.]+)`", text):
        assert (ROOT / path).exists(), path
