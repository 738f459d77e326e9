"""What the library says of its versions: who, when, what changed and what that did, in words."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from planner.ask.compare.by_lever import bridge_by_lever
from planner.keep.saved import PURPOSES, Entry, Version, copy_name
from planner.plan import Plan, replace
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show.library import changes, moment, since, standing, version_line, what_changed
from planner.show.tables import Cell

NOON = dt.datetime(2027, 3, 15, 23, 30, tzinfo=dt.UTC)
OSLO = ZoneInfo("Europe/Oslo")
PLAN = starter("email", start="2027-01")
MORE = pull(PLAN, "email.replied.rate", 0.008)


def version(number: int, digest: str = "a", restores: int | None = None) -> Version:
    return Version(number, "Finance", NOON, "2", "", PURPOSES["working"], restores, digest)


def entry(name: str, versions: int = 2) -> Entry:
    return Entry(name, name, "owner", False, tuple(version(number + 1) for number in range(versions)))


def said(before: Plan, after: Plan) -> str:
    return changes(before, after, bridge_by_lever(before, after))


def test_a_moment_is_told_in_the_readers_own_time() -> None:
    assert moment(NOON, OSLO) == "16 Mar 2027, 00:30"
    assert version_line(version(3), dt.UTC) == "Finance · 15 Mar 2027, 23:30 · engine 2"


def test_the_library_says_how_many_plans_it_holds_and_which_was_saved_last() -> None:
    assert standing((), 0, OSLO).startswith("The library is empty.")
    both = (entry("Budget"), entry("Cautious", 1))
    assert standing(both, 2, OSLO) == (
        "2 plans in the library, 3 versions. Saved last: Budget, version 2 by Finance, 16 Mar 2027, 00:30."
    )
    assert standing(both, 1, OSLO) == "1 of 2 plans in the library, 3 versions."
    assert standing(both[1:], 1, OSLO).startswith("1 plan in the library, 1 version.")


@pytest.mark.parametrize(
    ("newer", "before", "says"),
    [
        (version(1), None, "The first version."),
        (version(3, restores=1), version(2, "b"), "Restores version 1."),
        (version(2), version(1), "The same plan as version 1."),
        (version(2, "b"), version(1), ""),
    ],
)
def test_what_needs_no_numbers_is_said_without_them(newer: Version, before: Version | None, says: str) -> None:
    assert since(newer, before) == says


def test_a_change_is_told_with_what_it_did() -> None:
    split = bridge_by_lever(PLAN, MORE)
    assert said(PLAN, MORE).startswith("E-mail reply rate 0.5% → 0.8%. Deals ")
    assert said(PLAN, MORE).endswith(f"(+{split.after - split.before:.2g}).")


def test_the_changes_that_matter_most_come_first_and_the_rest_is_counted() -> None:
    after = replace(pull(pull(MORE, "email.volume", 9000.0), "deal.value", 20000.0), name="Other")
    text = said(PLAN, after)
    assert text.index("E-mail reply rate") < text.index("; 2 more.")
    assert "Deal value" not in text


def test_a_change_of_no_input_is_said() -> None:
    assert said(PLAN, replace(PLAN, note="only a note")).startswith("No input differs. Deals unchanged at ")


def test_every_input_stands_with_its_effect_and_the_effects_add_up() -> None:
    after = pull(pull(MORE, "email.volume", 9000.0), "deal.value", 20000.0)
    split = bridge_by_lever(PLAN, after)
    table = what_changed(PLAN, after, split)
    labels = [row[0].text if isinstance(row[0], Cell) else row[0] for row in table.rows]
    assert labels[-1] == "Total"
    assert len(labels) == 4
    assert table.rows[labels.index("Deal value")][3] == "0"
    total = float(str(table.rows[-1][3]).lstrip("+"))
    assert total == pytest.approx(split.after - split.before, abs=0.05)
    assert sum(bar.amount for bar in split.bars) == pytest.approx(split.after - split.before)


def test_a_copy_never_takes_a_name_that_is_there() -> None:
    long = entry("x" * 80)
    assert copy_name(entry("A"), [entry("A")]) == "A (copy)"
    assert copy_name(entry("A"), [entry("A"), entry("a (COPY)")]) == "A (copy 2)"
    assert len(copy_name(long, [long])) <= 80
