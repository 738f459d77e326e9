"""Laws of the desk: what is done can be undone, what is undone can be done again, and nothing else moves."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actuals.actuals import Actuals
from planner.errors import PlanError
from planner.keep.workspace import DEPTH, Scenario, Workspace
from planner.plan import Plan
from planner.plan.levers import pull
from planner.plan.starter import starter

START = starter("email")


def at(volume: float) -> Plan:
    return pull(START, "email.volume", float(volume))


def moved(*volumes: float) -> Workspace:
    held = Workspace(START)
    for volume in volumes:
        held = held.committed(at(volume))
    return held


@given(st.lists(st.integers(1, 5), max_size=12))
def test_undoing_every_step_leads_back_and_redoing_them_forward(volumes: list[int]) -> None:
    held = back = moved(*volumes)
    for _ in held.past:
        back = back.undone()
    assert (back.plan, back.past) == (START, ())
    for _ in held.past:
        back = back.redone()
    assert back == held


def test_there_is_nothing_before_the_first_step_and_after_the_last() -> None:
    held = moved(1)
    assert held.redone() is held
    assert held.undone().undone() == held.undone()


def test_the_same_plan_again_is_no_step() -> None:
    held = moved(1, 2).undone()
    assert held.committed(at(1)) is held


def test_a_new_step_leaves_nothing_to_redo() -> None:
    held = moved(1, 2).undone().committed(at(3))
    assert held.future == ()
    assert held.undone().plan == at(1)


def test_a_hundred_steps_can_be_undone() -> None:
    held = moved(*range(1, DEPTH + 51))
    assert len(held.past) == DEPTH == 100
    assert held.past[0] == at(50)


def test_moves_of_one_lever_merge_into_one_step() -> None:
    held = Workspace(START)
    for volume in (1, 2, 3):
        held = held.committed(at(volume), by="email.volume", merge=True)
    assert (held.plan, held.past) == (at(3), (START,))


def test_moves_merge_only_where_told_by_the_same_and_in_a_row() -> None:
    one = Workspace(START).committed(at(1), by="email.volume")
    assert len(one.committed(at(2), by="email.volume").past) == 2
    assert len(one.committed(at(2), by="deal.value", merge=True).past) == 2
    assert len(one.committed(at(2), merge=True).past) == 2
    assert len(one.committed(at(2)).undone().committed(at(3), by="email.volume", merge=True).past) == 2


def test_the_baseline_stays_where_it_was_set() -> None:
    held = moved(1, 2)
    assert held.baseline == START
    assert held.rebased().committed(at(3)).baseline == at(2)
    assert held.rebased().undone().baseline == at(2)


def test_scenarios_keep_their_place_and_have_names_of_their_own() -> None:
    held = Workspace(START).with_scenario("Low", at(1)).with_scenario(" High ", at(3)).with_scenario("Low", at(2))
    assert held.scenarios == (Scenario("Low", at(2)), Scenario("High", at(3)))
    assert held.renamed_scenario("Low", "Cautious").scenarios == (Scenario("Cautious", at(2)), Scenario("High", at(3)))
    assert held.without_scenario("Low").scenarios == (Scenario("High", at(3)),)
    for wrong in (
        lambda: held.renamed_scenario("Low", "High"),
        lambda: held.renamed_scenario("Gone", "High"),
        lambda: held.with_scenario(" ", at(1)),
        lambda: held.scenario("Gone"),
    ):
        with pytest.raises(PlanError, match=r"^scenarios"):
            wrong()


def test_what_lies_beside_the_plan_stays_through_undo() -> None:
    actuals = Actuals(dt.date(2027, 3, 31), ())
    held = moved(1).with_actuals(actuals)
    held = held.with_mapping("a;b", "1").with_mapping("c", "2").with_mapping("a;b", "3").undone()
    assert held.actuals == actuals
    assert held.mappings == (("c", "2"), ("a;b", "3"))
    assert held.with_actuals(None).actuals is None
