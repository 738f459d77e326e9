"""A new plan in one form: what is usual in the country stands there, and nothing of the plan before it is lost."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from planner.keep.workspace import Workspace
from planner.plan import Plan
from planner.plan.levers import pull
from planner.plan.starter import starter
from tests.app.conftest import Opener, bodies


def plan_of(at: AppTest) -> Plan:
    plan: Plan = at.session_state["desk"].workspace.plan
    return plan


def form(opened: Opener) -> AppTest:
    """The form, on a desk with a plan that was changed."""
    at = opened()
    work = Workspace(replace(starter("email", country="DE"), name="Old one"))
    at.session_state["desk"].workspace = work.committed(pull(work.plan, "email.volume", 3000.0))
    at.run()
    return at.button(key="new_plan_hint").click().run()


def create(at: AppTest) -> AppTest:
    """The plan created. The form is closed in a browser; here the page runs once more."""
    at.button(key="create_plan").click().run()
    return at.run()


def test_the_plan_before_it_is_a_scenario_and_undo_brings_all_back(opened: Opener) -> None:
    at = form(opened)
    before = at.session_state["desk"].workspace
    create(at)
    work = at.session_state["desk"].workspace
    assert [(scenario.name, scenario.plan) for scenario in work.scenarios] == [("Old one", before.plan)]
    assert work.baseline == work.plan != before.plan
    at.button(key="undo").click().run()
    after = at.session_state["desk"].workspace
    assert (after.plan, after.baseline, after.scenarios) == (before.plan, before.baseline, before.scenarios)


def test_the_first_steps_stay_until_they_are_put_away(opened: Opener) -> None:
    at = opened()
    assert "<b>Move.</b>" in bodies(at)
    at.button(key="hide_hint").click().run()
    assert "<b>Move.</b>" not in bodies(at)


def test_a_duplicate_leaves_the_plan_as_a_scenario(opened: Opener) -> None:
    at = opened()
    at.session_state["plan_menu"] = True
    at.run()
    plan = plan_of(at)
    at.button(key="plan_twice").click().run()
    assert plan_of(at) == replace(plan, name=f"{plan.name} (copy)")
    assert at.session_state["desk"].workspace.scenarios[0].plan == plan
