"""The engine's version is the newest of the changelog, and no plan is called different for its number alone."""

from __future__ import annotations

import re
from pathlib import Path

from planner.engine import VERSION
from planner.keep.codec import SharedPlan, from_token
from planner.keep.figures import otherwise
from planner.plan import replace

ROOT = Path(__file__).parents[2]


def shared_long_ago(name: str) -> SharedPlan:
    """A plan whose link was made by engine 1."""
    shared = from_token((ROOT / "tests" / "keep" / f"{name}.token").read_text("utf-8"))
    assert shared.engine == "1"
    assert shared.figures
    return shared


def test_the_changelogs_newest_engine_is_this_one() -> None:
    changelog = (ROOT / ".github" / "CHANGELOG.md").read_text("utf-8")
    of_engine = changelog.partition("## Engine\n")[2].partition("\n## ")[0]
    versions = re.findall(r"^- \*\*(\d+)\*\*", of_engine, re.MULTILINE)
    assert versions == sorted(versions, key=int, reverse=True)
    assert versions[0] == VERSION


def test_a_plan_of_an_earlier_engine_with_the_same_figures_is_not_called_different() -> None:
    shared = shared_long_ago("starter_1")
    assert otherwise(shared.plan, shared.figures) == ()


def test_a_plan_whose_lists_engine_1_took_at_random_shows_both_figures() -> None:
    shared = shared_long_ago("starter_2")
    assert [figure.metric for figure in otherwise(shared.plan, shared.figures)] == [f.metric for f in shared.figures]
    at_random = tuple(replace(channel, coverage="random") for channel in shared.plan.channels)
    assert otherwise(replace(shared.plan, channels=at_random), shared.figures) == ()
