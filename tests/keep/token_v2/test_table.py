"""No field of a plan is left out of a token, and what is absent has the default that the format spells out."""

from __future__ import annotations

import dataclasses
import json

import pytest

from planner.keep.codec import from_json, to_json
from planner.keep.token_v2.outline import outlined, short, whole
from planner.keep.token_v2.table import PARTS, PLAN, filled
from planner.plan import Plan, types
from planner.plan.starter import starter


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_token_carries_every_field(part: str) -> None:
    assert {field.name for field in PARTS[part]} == {field.name for field in dataclasses.fields(getattr(types, part))}


@pytest.mark.parametrize("part", sorted(PARTS))
def test_fields_that_may_be_absent_stand_behind_those_that_may_not(part: str) -> None:
    needed = [field.needed for field in PARTS[part]]
    assert needed == sorted(needed, reverse=True)


def test_rows_cut_short_are_filled_again() -> None:
    outline = outlined(starter(), [])
    cut = short(PLAN, outline)
    assert len(json.dumps(cut)) < 0.8 * len(json.dumps(outline))
    assert outlined(whole(PLAN, cut), []) == outline


def test_a_row_that_lacks_what_it_needs_is_refused() -> None:
    for rows in ([["email.sent"]], [["email.sent", 0.0, 1]], [["email.sent", 0.0], "x"], [5]):
        with pytest.raises((ValueError, TypeError)):
            whole(next(field for field in PARTS["Plan"] if field.name == "efforts"), rows)


def test_a_file_without_a_field_has_the_default_of_the_format() -> None:
    plan = starter("email", "phone")
    fields = json.loads(to_json(plan))
    for channel in fields["plan"]["channels"]:
        for name in ("coverage", "fresh", "pace", "pace_per", "senders", "deal", "touches_per_contact"):
            del channel[name]
    del fields["plan"]["team"], fields["plan"]["note"], fields["plan"]["costs"][0]["first"]
    opened = from_json(json.dumps(fields))
    assert isinstance(opened, Plan)
    assert {channel.coverage for channel in opened.channels} == {"random"}
    assert (opened.team.hours_per_day, opened.note, opened.costs[0].first) == (6.0, "", 0)


def test_what_is_no_part_stays_as_it_is() -> None:
    assert filled("Plan", 5) == 5
    assert filled("Plan", {"channels": 5, "colour": "red"})["channels"] == 5
