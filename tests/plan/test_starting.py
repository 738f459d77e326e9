"""A plan from a few answers holds just those, and amounts that nobody typed in its own currency."""

from __future__ import annotations

import pytest

from planner.errors import PlanError
from planner.plan.levers import levers
from planner.plan.starter import starter
from planner.plan.starting import Beginning, begun, usual_of
from planner.plan.typical import PER_EURO, typical_of

WANTED = Beginning("2027-03", "SE", "SEK", "sv", ("email", "phone"), 4.0, 200_000.0, 25.0, "Vår")


def test_a_plan_holds_what_was_answered() -> None:
    plan = begun(WANTED)
    assert (plan.name, plan.start, plan.country, plan.currency, plan.locale) == ("Vår", "2027-03", "SE", "SEK", "sv")
    assert [channel.kind for channel in plan.channels] == ["email", "phone"]
    assert (plan.team.reps, plan.deal.value, plan.targets[0].value) == (4.0, 200_000.0, 25.0)


def test_amounts_that_were_not_asked_for_are_converted() -> None:
    own = {lever.path: lever.value for lever in levers(starter("email", "phone")) if lever.kind.written == "money"}
    there = {lever.path: lever.value for lever in levers(begun(WANTED)) if lever.kind.written == "money"}
    assert there.pop("deal.value") == 200_000.0
    assert there == pytest.approx({path: own[path] * PER_EURO["SEK"] for path in there})


def test_what_is_usual_is_in_the_plans_own_money() -> None:
    usual, there = typical_of(starter("email"), "deal.value"), typical_of(begun(WANTED), "deal.value")
    assert usual
    assert there
    assert there.high == pytest.approx(usual.high * PER_EURO["SEK"], rel=0.05)
    assert typical_of(starter("email", currency="XAU"), "deal.value") is None
    assert typical_of(begun(WANTED), "email.replied.rate") == typical_of(starter("email"), "email.replied.rate")


def test_a_country_that_is_not_listed_counts_in_euros() -> None:
    assert (usual_of("MT").currency, usual_of("MT").locale) == ("EUR", "en")
    assert all(usual_of(code).currency in PER_EURO for code in ("NO", "US", "JP", "MT"))


def test_no_channel_is_no_plan() -> None:
    with pytest.raises(PlanError, match="at least one channel"):
        begun(Beginning("2027-01", "NO", "NOK", "nb", (), 2.0, 1.0))
