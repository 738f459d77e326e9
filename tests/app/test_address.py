"""The address and the plan on the desk agree, and nobody's plan takes the place of another's."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import addresses
from planner.keep.codec import from_token, kept_token
from planner.plan import Plan
from planner.plan.levers import pull
from planner.plan.starter import starter
from tests.app.conftest import Opener, move

THEIRS = pull(starter(start="2027-01"), "email.volume", 4321.0)


def plan_of(app: AppTest) -> Plan:
    """The plan on the desk."""
    return app.session_state["desk"].workspace.plan  # type: ignore[no-any-return]


def commit(app: AppTest, number: float) -> AppTest:
    """A move that the address follows."""
    move(app, "email.volume", number)
    app.session_state["desk"].edited = True
    return app.run()


def go(app: AppTest, code: str) -> AppTest:
    """Back or Forward to an address."""
    return app.text_input(key="p").set_value(code).run()


def test_an_address_of_another_desk_opens_beside_ones_own(browser: Opener) -> None:
    mine = plan_of(move(browser(), "email.replied.rate", 0.6))
    app = browser(p=f"{kept_token(THEIRS)}.0000abcd")
    assert "from another desk" in app.info[0].value
    assert desk_plan(app) == THEIRS
    assert plan_of(app) == mine
    app.button(key="leave_link").click().run()
    assert plan_of(app) == mine
    assert not app.info


def desk_plan(app: AppTest) -> Plan | None:
    """The plan on screen where it is not the desk's."""
    shared = app.session_state["desk"].link
    return shared and shared.plan  # type: ignore[no-any-return]


def test_a_foreign_address_is_saved_as_a_copy_with_its_own_baseline(browser: Opener) -> None:
    mine = plan_of(move(browser(), "email.replied.rate", 0.6))
    app = browser(p=f"{kept_token(THEIRS)}.0000abcd")
    assert desk_plan(app) == THEIRS
    app.button(key="save_copy").click().run()
    work = app.session_state["desk"].workspace
    assert (work.plan, work.baseline, desk_plan(app)) == (THEIRS, THEIRS, None)
    app.button(key="undo").click().run()
    assert plan_of(app) == mine


def test_an_address_without_a_tag_is_ones_own_only_if_the_plan_was_there(browser: Opener) -> None:
    first = browser()
    before = plan_of(first)
    move(first, "email.volume", 9000.0)
    app = browser(p=kept_token(before))
    assert (plan_of(app), desk_plan(app)) == (before, None)
    assert desk_plan(browser(p=kept_token(THEIRS))) == THEIRS


def test_whoever_has_no_draft_takes_the_address_as_it_is(opened: Opener) -> None:
    app = opened(p=f"{kept_token(THEIRS)}.0000abcd")
    assert (plan_of(app), desk_plan(app)) == (THEIRS, None)


def test_back_and_forward_go_to_the_plan_of_each_address(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened()
    codes, plans = [""], [plan_of(app)]
    for number in (5000.0, 6000.0, 7000.0):
        commit(app, number)
        codes.append(app.text_input(key="p").value)
        plans.append(plan_of(app))
    assert [from_token(code.partition(".")[0]).plan for code in codes[1:]] == plans[1:]
    monkeypatch.setattr(addresses, "ON_ITS_WAY", 0.0)
    for place in (2, 1, 0, 1, 2, 3):
        go(app, codes[place])
        assert plan_of(app) == plans[place]
        assert app.text_input(key="p").value == codes[place]
