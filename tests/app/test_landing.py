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
from planner.plan.levers import pull
from planner.show import landing
from tests.app.conftest import Opener, bodies, rungs


def with_actuals(opened: Opener) -> AppTest:
    """The page with sample actuals on the desk."""
    at = opened()
    work = at.session_state["desk"].workspace
    at.session_state["desk"].workspace = work.with_actuals(sample_actuals(work.plan))
    at.switch_page("reality/variance.py").run()
    assert not at.exception
    return at


def test_the_page_begins_with_where_the_plan_lands(opened: Opener) -> None:
    at = with_actuals(opened)
    work = at.session_state["desk"].workspace
    text = landing.sentence(land(work.plan, work.actuals))
    page = bodies(at)
    assert text in page
    assert page.index(text) < page.index("planned by then")


def test_measured_rates_are_adopted_as_one_step_and_undone(opened: Opener) -> None:
    at = with_actuals(opened)
    before = at.session_state["desk"].workspace.plan
    at.button(key="adopt").click().run()
    work = at.session_state["desk"].workspace
    assert work.plan == calibrate(before, work.actuals).plan
    assert {row.source for row in work.plan.evidence} == {OWN_DATA}
    assert work.past[-1].name == "Adopted measured rates"
    at.button(key="undo").click().run()
    assert at.session_state["desk"].workspace.plan == before


def test_one_rate_is_adopted_or_all_are_kept_as_a_scenario(opened: Opener) -> None:
    at = with_actuals(opened)
    before = at.session_state["desk"].workspace.plan
    at.button(key="adopt_keep").click().run()
    assert [s.name for s in at.session_state["desk"].workspace.scenarios] == ["Measured rates"]
    at.selectbox(key="evidence_rate").set_value("email.replied.rate").run()
    at.button(key="adopt").click().run()
    work = at.session_state["desk"].workspace
    assert [row.path for row in work.plan.evidence] == ["email.replied.rate"]
    assert work.plan.sales == before.sales


def test_earlier_landings_are_looked_back_on_when_asked_for(opened: Opener) -> None:
    at = with_actuals(opened)
    assert not any("Asked at the end of each earlier month" in block.value for block in at.markdown)
    at.session_state["record"] = True
    at.run()
    assert any("Asked at the end of each earlier month" in block.value for block in at.markdown)


def test_a_lever_says_what_it_rests_on(opened: Opener) -> None:
    at = opened()
    assert rungs(at)["email.replied.rate"]["tip"].endswith("The value rests on: typical value.")


def test_volumes_of_the_rest_are_raised_as_a_step(opened: Opener) -> None:
    at = with_actuals(opened)
    work = at.session_state["desk"].workspace
    weak = pull(work.plan, "sales.won.rate", 0.1)
    at.session_state["desk"].workspace = work.committed(weak)
    at.run()
    if any(button.key == "rest_apply" for button in at.button):
        at.button(key="rest_apply").click().run()
        plan = at.session_state["desk"].workspace.plan
        assert plan.channels[0].profile[0] == 1.0
        assert plan.channels[0].profile[-1] > 1.0
    assert not at.exception


def test_a_shared_plan_shows_no_actuals_of_ones_own(opened: Opener) -> None:
    at = with_actuals(opened)
    plan = at.session_state["desk"].workspace.plan
    shared = opened("reality/variance.py", s=to_token(plan))
    assert not shared.exception


def test_a_landing_is_kept_shown_and_removed_each_as_a_step(opened: Opener) -> None:
    at = with_actuals(opened)
    assert "No landing is kept yet." in " ".join(text.value for text in at.markdown)
    at.button(key="keep_landing").click().run()
    work = at.session_state["desk"].workspace
    assert work.landings == (keeping(land(work.plan, work.actuals)),)
    assert at.button(key="keep_landing").disabled
    assert "1 landing kept." in " ".join(text.value for text in at.markdown)
    at.button(key="remove_landing").click().run()
    assert at.session_state["desk"].workspace.landings == ()
    at.button(key="undo").click().run()
    assert at.session_state["desk"].workspace.landings == work.landings


def test_a_kept_landing_is_held_against_what_came(opened: Opener) -> None:
    at = with_actuals(opened)
    work = at.session_state["desk"].workspace
    earlier = replace(keeping(land(work.plan, work.actuals)), as_of=dt.date(2027, 1, 31), passed=1.0)
    at.session_state["desk"].workspace = work.with_landing(earlier)
    at.run()
    assert not at.exception
    assert "1 of 1 kept landings had the deals that came" in " ".join(text.value for text in at.markdown)
    assert "Last month carried on" in bodies(at)
