"""The engine's version is the newest of the changelog, and no plan is called different for its number alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.engine import VERSION
from planner.keep.codec import from_token
from planner.keep.figures import otherwise

ROOT = Path(__file__).parents[2]


def test_the_changelogs_newest_engine_is_this_one() -> None:
    changelog = (ROOT / ".github" / "CHANGELOG.md").read_text("utf-8")
    of_engine = changelog.partition("## Engine\n")[2].partition("\n## ")[0]
    versions = re.findall(r"^- \*\*(\d+)\*\*", of_engine, re.MULTILINE)
    assert versions == sorted(versions, key=int, reverse=True)
    assert versions[0] == VERSION


@pytest.mark.parametrize("name", ["starter_1", "starter_2"])
def test_a_plan_of_an_earlier_engine_with_the_same_figures_is_not_called_different(name: str) -> None:
    shared = from_token((ROOT / "tests" / "keep" / f"{name}.token").read_text("utf-8"))
    assert shared.engine == "1"
    assert shared.figures
    assert otherwise(shared.plan, shared.figures) == ()
