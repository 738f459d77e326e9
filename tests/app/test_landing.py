"""Plan against actual begins with where the plan lands, and measured rates are adopted as a step."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from streamlit.testing.v1 import AppTest

from planner.actuals.sample import sample_actuals
from planner.ask.evidence.calibrate import OWN_DATA, calibrate
from planner.ask.evidence.land import land
from planner.ask.evidence.record import keeping
from planner.keep.codec import to_token
from planner.keep.workspace import Workspace
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show import landing
from tests.app.conftest import Opener, bodies, rungs


def with_actuals(opened: Opener) -> AppTest:
    """The page with sample actuals on the desk."""
    app = opened()
    plan = starter("email", "phone", start=app.session_state["desk"].workspace.plan.start)
    app.session_state["desk"].workspace = Workspace(plan).with_actuals(sample_actuals(plan))
    app.switch_page("reality/variance.py").run()
    assert not app.exception
    return app


def test_the_page_begins_with_where_the_plan_lands(opened: Opener) -> None:
    app = with_actuals(opened)
    work = app.session_state["desk"].workspace
    text = landing.sentence(land(work.plan, work.actuals))
    page = bodies(app)
    assert text in page
    assert page.index(text) < page.index("planned by then")


def test_measured_rates_are_adopted_as_one_step_and_undone(opened: Opener) -> None:
    app = with_actuals(opened)
    before = app.session_state["desk"].workspace.plan
    app.button(key="adopt").click().run()
    work = app.session_state["desk"].workspace
    assert work.plan == calibrate(before, work.actuals).plan
    assert {row.source for row in work.plan.evidence} == {OWN_DATA}
    assert work.past[-1].name == "Adopted measured rates"
    app.button(key="undo").click().run()
    assert app.session_state["desk"].workspace.plan == before


def test_one_rate_is_adopted_or_all_are_kept_as_a_scenario(opened: Opener) -> None:
    app = with_actuals(opened)
    before = app.session_state["desk"].workspace.plan
    app.button(key="adopt_keep").click().run()
    assert [s.name for s in app.session_state["desk"].workspace.scenarios] == ["Measured rates"]
    app.selectbox(key="evidence_rate").set_value("email.replied.rate").run()
    app.button(key="adopt").click().run()
    work = app.session_state["desk"].workspace
    assert [row.path for row in work.plan.evidence] == ["email.replied.rate"]
    assert work.plan.sales == before.sales


def test_earlier_landings_are_looked_back_on_when_asked_for(opened: Opener) -> None:
    app = with_actuals(opened)
    assert not any("Asked at the end of each earlier month" in block.value for block in app.markdown)
    app.session_state["record"] = True
    app.run()
    assert any("Asked at the end of each earlier month" in block.value for block in app.markdown)


def test_a_lever_says_what_it_rests_on(opened: Opener) -> None:
    app = opened()
    assert rungs(app)["email.replied.rate"]["tip"].endswith("The value rests on: typical value.")


def test_volumes_of_the_rest_are_raised_as_a_step(opened: Opener) -> None:
    app = with_actuals(opened)
    work = app.session_state["desk"].workspace
    weak = pull(work.plan, "sales.won.rate", 0.1)
    app.session_state["desk"].workspace = work.committed(weak)
    app.run()
    if any(button.key == "rest_apply" for button in app.button):
        app.button(key="rest_apply").click().run()
        plan = app.session_state["desk"].workspace.plan
        assert plan.channels[0].profile[0] == 1.0
        assert plan.channels[0].profile[-1] > 1.0
    assert not app.exception


def test_a_shared_plan_shows_no_actuals_of_ones_own(opened: Opener) -> None:
    app = with_actuals(opened)
    plan = app.session_state["desk"].workspace.plan
    shared = opened("reality/variance.py", s=to_token(plan))
    assert not shared.exception


def test_a_landing_is_kept_shown_and_removed_each_as_a_step(opened: Opener) -> None:
    app = with_actuals(opened)
    assert "No landing is kept yet." in " ".join(text.value for text in app.markdown)
    app.button(key="keep_landing").click().run()
    work = app.session_state["desk"].workspace
    assert work.landings == (keeping(land(work.plan, work.actuals)),)
    assert app.button(key="keep_landing").disabled
    assert "1 landing kept." in " ".join(text.value for text in app.markdown)
    app.button(key="remove_landing").click().run()
    assert app.session_state["desk"].workspace.landings == ()
    app.button(key="undo").click().run()
    assert app.session_state["desk"].workspace.landings == work.landings


def test_a_kept_landing_is_held_against_what_came(opened: Opener) -> None:
    app = with_actuals(opened)
    work = app.session_state["desk"].workspace
    earlier = replace(keeping(land(work.plan, work.actuals)), as_of=dt.date(2027, 1, 31), passed=1.0)
    app.session_state["desk"].workspace = work.with_landing(earlier)
    app.run()
    assert not app.exception
    assert "1 of 1 kept landings had the deals that came" in " ".join(text.value for text in app.markdown)
    assert "Last month carried on" in bodies(app)
