"""Only what differs, before and after."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.plan import Hire, Plan, replace
from planner.plan.diff import Difference, differing
from planner.plan.kinds import FACTOR, RATE
from planner.plan.levers import levers, pull
from planner.plan.starter import starter
from tests.strategies import examples, plans


@examples(30)
@given(plans(), st.data())
def test_one_lever_moved_is_one_row(plan: Plan, data: st.DataObject) -> None:
    assert differing(plan, plan) == ()
    item = data.draw(st.sampled_from([item for item in levers(plan) if item.value > 1e-300]))
    moved = pull(plan, item.path, (item.value + max(item.kind.low, 0.0)) / 2)
    rows = differing(plan, moved)
    assert [(row.path, row.label, row.before) for row in rows] == [(item.path, item.label, item.value)][: moved != plan]
    assert [(row.path, row.before, row.after) for row in differing(moved, plan)] == [
        (row.path, row.after, row.before) for row in rows
    ]


def test_what_is_no_number_is_a_row_too() -> None:
    plan = starter("email", "phone")
    email, phone = plan.channels
    other = replace(
        plan, name="Second try", currency="NOK",
        channels=(replace(email, label="Newsletter"), replace(phone, active=False)),
    )  # fmt: skip
    assert differing(plan, other) == (
        Difference("name", "Name", None, "Starter plan", "Second try"),
        Difference("currency", "Currency", None, "EUR", "NOK"),
        Difference("email", "Channel", None, "E-mail", "Newsletter"),
        Difference("phone.active", "Phone", None, "switched on", "switched off"),
    )


def test_a_channel_in_one_plan_only_is_one_row() -> None:
    both = replace(starter("email", "phone"), costs=(), efforts=(), ranges=())
    single = replace(both, channels=both.channels[:1])
    assert differing(single, both) == (Difference("phone", "Channel", None, None, "Phone"),)


@pytest.mark.parametrize(
    ("hires", "text"),
    [
        ((), "no hires"),
        ((Hire(2, 1.0),), "1 rep more from Mar 2027"),
        ((Hire(3, 1.0), Hire(8, -0.5)), "1 rep more from Apr 2027, 0.5 reps fewer from Sep 2027"),
        ((Hire(3, 1.0), Hire(8, 1200.0)), "1 rep more from Apr 2027, 1,200 reps more from Sep 2027"),
    ],
)
def test_hires_in_other_months_are_one_row_that_says_when(hires: tuple[Hire, ...], text: str) -> None:
    plan = hiring(Hire(3, 1.0))
    row = Difference("team.hires", "Hiring plan", None, "1 rep more from Apr 2027", text)
    assert differing(plan, hiring(*hires)) == (row,)
    assert differing(hiring(*hires), plan) == (replace(row, before=text, after=row.before),)


def test_other_numbers_of_hires_in_the_same_months_are_rows_of_levers() -> None:
    (row,) = differing(hiring(Hire(3, 1.0)), hiring(Hire(3, 2.0)))
    assert (row.path, row.before, row.after) == ("team.hires.0.reps", 1.0, 2.0)


def hiring(*hires: Hire) -> Plan:
    """The plan with these hires."""
    plan = starter("email", start="2027-01")
    return replace(plan, team=replace(plan.team, hires=hires))


def test_a_month_without_a_profile_counts_as_one() -> None:
    plan = starter("email")
    shaped = pull(plan, "email.profile.2", 1.5)
    label = "E-mail volume multiplier for Mar 2027"
    assert differing(plan, shaped) == (Difference("email.profile.2", label, FACTOR, 1.0, 1.5),)
    rate = pull(plan, "email.replied.rate", 0.01)
    assert [(row.kind, row.before, row.after) for row in differing(plan, rate)] == [(RATE, 0.005, 0.01)]
