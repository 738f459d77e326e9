"""A new plan in one form: what is usual in the country stands there, and nothing of the plan before it is lost."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from pages.widgets import fields
from pages.widgets.sliders import Refusal
from planner.keep.workspace import Workspace
from planner.plan import Plan
from planner.plan.levers import pull
from planner.plan.starter import starter
from tests.app.conftest import Opener, bodies


def plan_of(app: AppTest) -> Plan:
    plan: Plan = app.session_state["desk"].workspace.plan
    return plan


def form(opened: Opener) -> AppTest:
    """The form, on a desk with a plan that was changed."""
    app = opened()
    work = Workspace(replace(starter("email", country="DE"), name="Old one"))
    app.session_state["desk"].workspace = work.committed(pull(work.plan, "email.volume", 3000.0))
    app.run()
    return app.button(key="new_plan_hint").click().run()


def create(app: AppTest) -> AppTest:
    """The plan created. The form is closed in a browser; here the page runs once more."""
    app.button(key="create_plan").click().run()
    return app.run()


def test_the_plan_before_it_is_a_scenario_and_undo_brings_all_back(opened: Opener) -> None:
    app = form(opened)
    before = app.session_state["desk"].workspace
    create(app)
    work = app.session_state["desk"].workspace
    assert [(scenario.name, scenario.plan) for scenario in work.scenarios] == [("Old one", before.plan)]
    assert work.baseline == work.plan != before.plan
    app.button(key="undo").click().run()
    after = app.session_state["desk"].workspace
    assert (after.plan, after.baseline, after.scenarios) == (before.plan, before.baseline, before.scenarios)


def test_the_first_steps_stay_until_they_are_put_away(opened: Opener) -> None:
    app = opened()
    assert "<b>Move.</b>" in bodies(app)
    app.button(key="hide_hint").click().run()
    assert "<b>Move.</b>" not in bodies(app)


def test_a_duplicate_leaves_the_plan_as_a_scenario(opened: Opener) -> None:
    app = opened()
    app.session_state["plan_menu"] = True
    app.run()
    plan = plan_of(app)
    app.button(key="plan_twice").click().run()
    assert plan_of(app) == replace(plan, name=f"{plan.name} (copy)")
    assert app.session_state["desk"].workspace.scenarios[0].plan == plan


def test_a_field_says_by_itself_why_its_number_is_refused(opened: Opener) -> None:
    reason = "“abc” is not a number. Write digits only, such as 1,234.5."
    app = opened()
    app.session_state["desk"].refusals["new:value"] = Refusal("abc", reason)
    with patch.object(fields, "clear"):  # the number is typed into the open form, which a test cannot keep open
        app.button(key="new_plan_hint").click().run()
    assert app.button(key="create_plan").disabled
    assert not [caption.value for caption in app.caption if reason in caption.value]
