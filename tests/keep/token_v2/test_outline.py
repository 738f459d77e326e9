"""A difference makes one plan of any other, and says only what is otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given

from planner.keep.token_v2.outline import difference, expected_numbers, outlined, patched
from planner.keep.token_v2.reference import NEWEST, reference
from planner.keep.token_v2.table import PARTS, PLAN
from planner.plan import Plan, Stage, replace
from planner.plan.starter import starter
from tests.keep.wholes import fifty_channels, whole_plans
from tests.strategies import examples


@examples(30)
@given(whole_plans(), whole_plans())
def test_a_difference_makes_one_plan_of_any_other(plan: Plan, other: Plan) -> None:
    target, origin = outlined(plan, []), outlined(other, [])
    assert outlined(patched(PLAN, origin, difference(PLAN, target, origin)), []) == target


@examples(25)
@given(whole_plans())
def test_a_plan_is_what_its_heads_expect_and_a_difference(plan: Plan) -> None:
    outline, frozen = outlined(plan, []), reference(NEWEST)
    expected = outlined(frozen.expected(frozen.heads(outline)), [])
    assert outlined(patched(PLAN, expected, difference(PLAN, outline, expected)), []) == outline


def test_the_reference_expects_itself() -> None:
    frozen = reference(NEWEST)
    assert frozen.expected(frozen.heads(frozen.plan)) == frozen.plan


def test_numbered_copies_of_the_channels_are_expected_to_the_last_cost_and_feed() -> None:
    plan, frozen = outlined(fifty_channels(), []), reference(NEWEST)
    expected = outlined(frozen.expected(frozen.heads(plan)), [])
    for place, field in enumerate(PARTS["Plan"]):
        if field.name in ("costs", "efforts", "feeds", "assists"):
            assert [row for row in plan[place] if row not in expected[place]] == []


def test_a_difference_says_only_what_is_otherwise() -> None:
    plan = starter("email", "phone")
    off = replace(plan, note="Hi", costs=plan.costs[1:])
    change = difference(PLAN, outlined(off, []), outlined(plan, []))
    assert change == {"10": {"": [1, len(plan.costs)]}, "20": "Hi"}


def test_numbers_without_a_like_are_expected_to_be_the_default() -> None:
    row = Stage("sent", "Sent", None, 1.0)
    assert list(expected_numbers(PLAN, outlined(starter("email"), []), None))[:3] == [None, None, None]
    team = next(field for field in PARTS["Plan"] if field.name == "team")
    assert list(expected_numbers(team, [0.0, 0.0, 0.0, 0.0, []], None)) == [0.0, 0.0, 6.0, 0.0]
    assert outlined(row, []) == ["sent", "Sent", None, 0.0, None, False, False, False, []]


@pytest.mark.parametrize(
    "patch",
    [
        {"10": {"": [0, 1] * 10_000}}, {"99": 1}, {"x": 1}, {"6": {"": 5}}, {"6": {"7": 1}}, {"8": {"9": 1}},
        {"10": [["fee"]]}, {"6": [["a", "b", "c", 0.0, [[]]]]}, {"6": 5}, {"9": [1, 2, 3, 4, 5, 6]},
    ],
)  # fmt: skip
def test_a_patch_that_does_not_fit_is_refused(patch: object) -> None:
    with pytest.raises((ValueError, TypeError, LookupError)):
        patched(PLAN, outlined(starter(), []), patch)
