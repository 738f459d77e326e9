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


@pytest.mark.parametrize("text", ["README.md", ".github/CONTRIBUTING.md"])
def test_recipes_name_files_that_are_there_and_hold_the_table(text: str) -> None:
    """Every path leads to a file, and "one `Metric` in `planner/plan/metrics.py`" is where such records stand."""
    written = (ROOT / text).read_text("utf-8")
    for path in re.findall(r"`((?:planner|pages|tests)/[\w/.*]+)`", written):
        assert list(ROOT.glob(path)), path
    recipes = re.findall(r"[Oo]ne `(\w+)`\s+in\s+(?:a\s+)?`([\w/.*]+)`", written)
    assert len(recipes) > 2
    for record, path in recipes:
        assert all(f"{record}(" in file.read_text("utf-8") for file in ROOT.glob(path)), (record, path)


def test_every_recipe_is_tried() -> None:
    """Each says which test follows it with a thing that is in no table."""
    sections = re.split(r"\n## ", (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8"))
    recipes = [section for section in sections if section.startswith("Add a")]
    assert len(recipes) > 6
    for recipe in recipes:
        assert re.search(r"`tests/[\w/]+\.py`", recipe), recipe.splitlines()[0]
