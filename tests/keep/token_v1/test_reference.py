"""The reference of version 1 expects itself, and what is expected of a plan's channels, patched, is the plan."""

from __future__ import annotations

from hypothesis import given

from planner.keep.token_v1.outline import FIELDS, outlined, patched
from planner.keep.token_v1.reference import reference
from planner.plan import Plan
from tests.keep.token_v1.writing import diff
from tests.keep.wholes import fifty_channels, whole_plans
from tests.strategies import examples


@examples(20)
@given(whole_plans())
def test_a_plan_is_what_its_heads_expect_and_a_patch(plan: Plan) -> None:
    outline = outlined(plan, [])
    expected = outlined(reference().expected(reference().heads(outline)), [])
    assert patched(expected, diff(outline, expected)) == outline


def test_the_reference_expects_itself() -> None:
    plan = reference().plan
    assert reference().expected(reference().heads(plan)) == plan


def test_a_copy_and_a_renamed_channel_are_expected_with_their_own_costs() -> None:
    plan = reference().expected([["email", "email", "Mail"], ["email_2", "email", "Nordics"]])
    fees = [row[:2] for row in plan[FIELDS["Plan"].index("costs")] if row[0].endswith("_fee")]
    assert fees == [["email_fee", "Mail: each of the e-mails"], ["email_2_fee", "Nordics: each of the e-mails"]]


def test_numbered_copies_of_the_channels_are_expected_to_the_last_cost_and_feed() -> None:
    plan = outlined(fifty_channels(), [])
    expected = outlined(reference().expected(reference().heads(plan)), [])
    for field in ("costs", "efforts", "feeds", "assists"):
        place = FIELDS["Plan"].index(field)
        extra = [row[:4] for row in plan[place] if row[:4] not in [other[:4] for other in expected[place]]]
        assert extra == []
