"""A link is made when it is asked for, holds what was ticked, and opens beside what its reader has."""

from __future__ import annotations

import datetime as dt
from typing import NoReturn

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import drafts, sharing
from planner.keep import short_links
from planner.keep.codec import SharedPlan, from_token, to_token
from planner.keep.short_links import Links
from planner.keep.steps import Scenario
from planner.keep.workspace import Workspace
from planner.plan import Plan
from planner.plan.levers import pull
from planner.plan.starter import starter
from tests.app.conftest import Opener, bodies, move, strip
from tests.keep.wholes import edited, fifty_channels


def linked(app: AppTest) -> SharedPlan:
    """What the link shown on the page holds."""
    return from_token(app.code[0].value.partition("?s=")[2])


def volume(number: float) -> Plan:
    """The starter plan with another volume of e-mails."""
    return pull(starter(start="2027-01"), "email.volume", number)


def test_no_move_makes_a_link(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a link was made that nobody asked for")

    monkeypatch.setattr(sharing, "to_token", never)
    app = move(opened(), "email.replied.rate", 1.0)
    assert not app.exception
    assert not app.switch_page("share/files.py").run().exception


def test_a_link_holds_the_baseline_and_the_scenarios_ticked(opened: Opener) -> None:
    app = opened("share/files.py")
    visit = app.session_state["desk"]
    work = Workspace(volume(2.0), baseline=volume(1.0))
    for name in ("A", "B", "C", "D", "E"):
        work = work.with_scenario(name, volume(float(ord(name))))
    visit.workspace = work
    app.toggle(key="show_link").set_value(True).run()
    assert (linked(app).plan, linked(app).baseline, linked(app).scenarios) == (volume(2.0), volume(1.0), ())
    app.multiselect(key="share_scenarios").set_value(["B", "D"]).run()
    assert linked(app).scenarios == (Scenario("B", volume(66.0)), Scenario("D", volume(68.0)))
    app.checkbox(key="share_baseline").set_value(False).run()
    assert linked(app).baseline is None
    assert linked(app).figures


def test_a_reader_of_a_link_sees_its_baseline_and_its_scenarios(opened: Opener) -> None:
    token = to_token(volume(9000.0), baseline=volume(1.0), scenarios=(Scenario("Push", volume(5.0)),))
    app = opened("explore/compare.py", s=token)
    assert "▲" in strip(app)
    assert app.selectbox(key="compare_from").options == ["The plan", "Baseline", "Push"]
    assert "read-only" in bodies(app)


def test_a_saved_copy_is_held_against_its_own_baseline(opened: Opener) -> None:
    token = to_token(volume(9.0), baseline=volume(1.0), scenarios=(Scenario("Push", volume(5.0)),))
    app = opened("plan/forecast.py", s=token)
    mine = Workspace(volume(3.0), baseline=volume(2.0)).with_scenario("Push", volume(4.0))
    app.session_state["desk"].workspace = mine
    app.button(key="save_copy").click().run()
    now = app.session_state["desk"].workspace
    assert (now.plan, now.baseline) == (volume(9.0), volume(1.0))
    assert now.scenarios == (Scenario("Push", volume(4.0)), Scenario("Push 2", volume(5.0)))
    app.button(key="undo").click().run()
    assert app.session_state["desk"].workspace.baseline == volume(2.0)


def test_a_copy_of_a_link_without_a_baseline_starts_from_itself(opened: Opener) -> None:
    app = opened("plan/forecast.py", s=to_token(volume(9.0)))
    app.button(key="save_copy").click().run()
    assert app.session_state["desk"].workspace.baseline == volume(9.0)


def test_a_scenario_called_baseline_does_not_hide_the_baseline(opened: Opener) -> None:
    app = opened()
    app.session_state["desk"].workspace = Workspace(volume(3.0), baseline=volume(2.0)).with_scenario(
        "Baseline", volume(4.0)
    )
    app.switch_page("explore/compare.py").run()
    assert app.selectbox(key="compare_from").options == ["The plan", "Baseline", "Baseline (scenario)"]


def test_a_plan_too_large_for_a_link_gets_a_stored_one_by_itself(opened: Opener) -> None:
    large = edited(fifty_channels(ranges=True), 1.0)
    app = opened("share/files.py")
    app.session_state["desk"].workspace = Workspace(large)
    app.toggle(key="show_link").set_value(True).run()
    name = app.code[0].value.partition("/l/")[2]
    assert app.run().code[0].value.endswith(f"/l/{name}")
    assert from_token(Links(drafts.store()).link(name, dt.date.today()).token).plan == large
    assert from_token(Links(drafts.store()).link(name, dt.date.today() + dt.timedelta(4000)).token).plan == large
    assert "The plan as it stood on" in bodies(app)
    assert "no expiry" in bodies(app)
    app.button(key=f"withdraw:{name}").click().run()
    assert app.code[0].value.partition("/l/")[2] not in ("", name)


def test_where_no_more_links_may_be_made_the_long_one_is_shown(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_links, "MOST_A_DAY", 0)
    large = edited(fifty_channels(ranges=True), 1.0)
    app = opened("share/files.py")
    app.session_state["desk"].workspace = Workspace(large)
    app.toggle(key="show_link").set_value(True).run()
    assert not app.exception
    assert linked(app).plan == large
