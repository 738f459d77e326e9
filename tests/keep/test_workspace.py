"""Laws of the desk: what is done can be undone, what is undone can be done again, and nothing else moves."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actuals.actuals import Actuals, Fact
from planner.errors import PlanError
from planner.keep.steps import DEPTH, PARTS, Changed, Scenario
from planner.keep.workspace import Workspace
from planner.plan import Plan
from planner.plan.levers import pull
from planner.plan.starter import starter

START = starter("email")


def at(volume: float) -> Plan:
    return pull(START, "email.volume", float(volume))


def moved(*volumes: float) -> Workspace:
    workspace = Workspace(START)
    for volume in volumes:
        workspace = workspace.committed(at(volume))
    return workspace


@given(st.lists(st.integers(1, 5), max_size=12))
def test_undoing_every_step_leads_back_and_redoing_them_forward(volumes: list[int]) -> None:
    workspace = back = moved(*volumes)
    for _ in workspace.past:
        back = back.undone()
    assert (back.plan, back.past) == (START, ())
    for _ in workspace.past:
        back = back.redone()
    assert back == workspace


def test_there_is_nothing_before_the_first_step_and_after_the_last() -> None:
    workspace = moved(1)
    assert workspace.redone() is workspace
    assert workspace.undone().undone() == workspace.undone()


def test_the_same_plan_again_is_no_step() -> None:
    workspace = moved(1, 2).undone()
    assert workspace.committed(at(1)) is workspace


def test_a_new_step_leaves_nothing_to_redo() -> None:
    workspace = moved(1, 2).undone().committed(at(3))
    assert workspace.future == ()
    assert workspace.undone().plan == at(1)


def test_a_hundred_steps_can_be_undone() -> None:
    workspace = moved(*range(1, DEPTH + 51))
    assert len(workspace.past) == DEPTH == 100
    assert workspace.past[0].plan == Changed(at(50), at(51))


def test_moves_of_one_lever_merge_into_one_step() -> None:
    workspace = Workspace(START)
    for volume in (1, 2, 3):
        workspace = workspace.committed(at(volume), by="email.volume", merge=True)
    assert workspace.plan == at(3)
    assert [step.plan for step in workspace.past] == [Changed(START, at(3))]


def test_moves_merge_only_where_told_by_the_same_and_in_a_row() -> None:
    moved_once = Workspace(START).committed(at(1), by="email.volume")
    assert len(moved_once.committed(at(2), by="email.volume").past) == 2
    assert len(moved_once.committed(at(2), by="deal.value", merge=True).past) == 2
    assert len(moved_once.committed(at(2), merge=True).past) == 2
    assert len(moved_once.committed(at(2)).undone().committed(at(3), by="email.volume", merge=True).past) == 2


def test_a_step_holds_only_what_it_changed_and_says_what_that_was() -> None:
    actuals = Actuals(dt.date(2027, 3, 31), ())
    workspace = moved(1).rebased().with_scenario("Low", at(2)).with_uploads(["CRM.csv"], actuals, [("a;b", "1")])
    workspace = workspace.renamed_scenario("Low", "Least").without_scenario("Least").with_actuals(None)
    assert [(step.name, sorted(step.parts("after"))) for step in workspace.past] == [
        ("Changed the plan", ["plan"]),
        ("Set baseline", ["baseline"]),
        ("Saved scenario “Low”", ["scenarios"]),
        ("Used actuals of “CRM.csv”", ["actuals", "mappings"]),
        ("Renamed scenario “Low” to “Least”", ["scenarios"]),
        ("Removed scenario “Least”", ["scenarios"]),
        ("Removed actuals", ["actuals"]),
    ]


def test_every_change_of_the_workspace_can_be_taken_back_one_by_one() -> None:
    actuals = Actuals(dt.date(2027, 3, 31), ())
    states = [moved(1)]
    for change in (
        lambda workspace: workspace.rebased(),
        lambda workspace: workspace.with_scenario("Low", at(2)),
        lambda workspace: workspace.with_uploads(["CRM.csv"], actuals, [("a;b", "1")]),
        lambda workspace: workspace.committed(at(5)),
        lambda workspace: workspace.opened(Workspace(at(7)), "plan.json"),
        lambda workspace: workspace.with_actuals(actuals),
    ):
        states.append(change(states[-1]))
    back = states[-1]
    for earlier in reversed(states[:-1]):
        back = back.undone()
        assert [getattr(back, part) for part in PARTS] == [getattr(earlier, part) for part in PARTS]
    for later in states[1:]:
        back = back.redone()
        assert [getattr(back, part) for part in PARTS] == [getattr(later, part) for part in PARTS]


def test_undoing_a_move_leaves_what_was_done_beside_it() -> None:
    workspace = moved(1).rebased().undone()
    assert workspace.baseline == START
    assert workspace.plan == at(1)
    assert workspace.undone().scenarios == workspace.scenarios


def test_a_move_goes_on_from_where_the_joined_step_began() -> None:
    workspace = Workspace(START).committed(at(1), by="email.volume")
    assert workspace.begun("email.volume") == START
    assert workspace.begun("deal.value") == workspace.undone().redone().begun("email.volume") == at(1)


def test_names_and_numbers_of_scenarios_are_bounded() -> None:
    with pytest.raises(PlanError, match="at most 80"):
        Workspace(START).with_scenario("x" * 81, START)
    with pytest.raises(PlanError, match="at most 200"):
        Workspace(START, scenarios=tuple(Scenario(str(i), START) for i in range(201)))


def test_scenarios_keep_their_place_and_have_names_of_their_own() -> None:
    workspace = Workspace(START).with_scenario("Low", at(1)).with_scenario(" High ", at(3)).with_scenario("Low", at(2))
    assert workspace.scenarios == (Scenario("Low", at(2)), Scenario("High", at(3)))
    assert workspace.renamed_scenario("Low", "Cautious").scenarios == (
        Scenario("Cautious", at(2)),
        Scenario("High", at(3)),
    )
    assert workspace.without_scenario("Low").scenarios == (Scenario("High", at(3)),)
    for wrong in (
        lambda: workspace.renamed_scenario("Low", "High"),
        lambda: workspace.renamed_scenario("Gone", "High"),
        lambda: workspace.with_scenario(" ", at(1)),
        lambda: workspace.scenario("Gone"),
    ):
        with pytest.raises(PlanError, match=r"^scenarios"):
            wrong()


def test_a_mapping_takes_the_place_of_the_one_for_the_same_headers() -> None:
    actuals = Actuals(dt.date(2027, 1, 31), (Fact("CRM", "2027-01", "email", "sent", 1.0),))
    workspace = moved(1)
    for mapping in (("a;b", "1"), ("c", "2"), ("a;b", "3")):
        workspace = workspace.with_uploads(["CRM.csv"], actuals, [mapping])
    assert workspace.mappings == (("c", "2"), ("a;b", "3"))
