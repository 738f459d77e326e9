"""An error names the field as the screen does, with its number in the scale it is typed in."""

from __future__ import annotations

import pytest

from planner.errors import BadLink, PlanError
from planner.plan import Plan, Range, replace
from planner.plan.edit import move_channel, remove_cost
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show.errors import field_name, said

PLAN = starter()


def refusal(path: str, to: float, plan: Plan = PLAN) -> str:
    with pytest.raises(PlanError) as refused:
        pull(plan, path, to)
    return said(refused.value, plan)


@pytest.mark.parametrize(("path", "to", "text"), [
    ("email.replied.rate", 1.2, "E-mail reply rate is 120%; a rate lies between 0% and 100%"),
    ("sales.won.rate", -0.1, "Win rate is −10%; a rate lies between 0% and 100%"),
    ("email.volume", -5.0, "E-mail volume is −5; a volume lies between 0 and 1B"),
    ("email.audience", 0.0, "E-mail audience is 0; an audience lies above 0 and is at most 1B"),
    ("deal.value", -1.0, "Deal value is −€1.00; a sum of money lies between €0 and €1T"),
])  # fmt: skip
def test_a_number_out_of_bounds_is_said_as_it_was_typed(path: str, to: float, text: str) -> None:
    assert refusal(path, to) == text


def test_the_number_stands_as_the_plans_locale_writes_it() -> None:
    plan = replace(PLAN, locale="nb_NO")
    assert "120\u00a0%" in refusal("email.replied.rate", 1.2, plan)


def test_a_part_of_the_plan_is_called_by_its_label() -> None:
    with pytest.raises(PlanError) as refused:
        move_channel(PLAN, "landing", -9)
    assert "Pretargeting ads" in said(refused.value, PLAN)
    with pytest.raises(PlanError) as refused:
        replace(PLAN, ranges=(Range("email.replied.rate", 0.2, 0.4),))
    assert said(refused.value, PLAN).startswith("Range of the e-mail reply rate runs from 20% to 40%")
    with pytest.raises(PlanError) as refused:
        remove_cost(PLAN, "fax")
    assert said(refused.value, PLAN) == "Cost “fax” is no cost of this plan"


@pytest.mark.parametrize(("path", "name"), [
    ("email", "e-mail"), ("email.replied", "stage “Replied” of E-mail"), ("sales.held", "stage “Held”"),
    ("limits.email.most", "e-mail maximum"), ("costs.crm.last", "cost “CRM and data” (last month)"),
    ("costs.crm.amount", "cost “CRM and data”"), ("locale", "number format"), ("fax.sent", "fax.sent"),
])  # fmt: skip
def test_every_field_has_a_name(path: str, name: str) -> None:
    assert field_name(PLAN, path) == name


def test_an_error_that_is_none_of_a_plan_keeps_its_words() -> None:
    assert said(BadLink("This link is damaged."), PLAN) == "This link is damaged."
