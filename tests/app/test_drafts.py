"""Drafts: two tabs of one browser, drafts that cannot be read, and a store that is away."""

from __future__ import annotations

import datetime as dt

import pytest
import streamlit as st

from pages.shell import drafts, keeping, strip
from planner.errors import StoreError
from planner.keep.draft import from_draft
from planner.keep.store import Draft
from planner.keep.workspace import Workspace
from planner.plan.levers import pull
from tests.app.conftest import Opener, move, rungs

BROWSER = "one-browser-with-a-cookie"


def kept() -> Workspace:
    """The draft as it stands in the store."""
    draft = drafts.store().draft(BROWSER)
    assert draft is not None
    return from_draft(draft)


def test_a_tab_takes_in_what_another_did_and_overwrites_nothing(browser: Opener) -> None:
    move(browser(), "email.replied.rate", 0.6)
    first, second = browser(), browser("explore/scenarios.py")
    second.text_input(key="scenario_name").set_value("Of the second").run()
    second.button(key="keep_scenario").click().run()
    move(first, "email.volume", 9000.0)
    assert "Changes from another tab were taken in: scenarios" in first.warning[0].value
    assert [scenario.name for scenario in kept().scenarios] == ["Of the second"]
    assert kept().plan == first.session_state["desk"].workspace.plan
    assert next(channel.volume for channel in kept().plan.channels if channel.key == "email") == 9000.0


def test_a_plan_changed_in_two_tabs_offers_both(browser: Opener) -> None:
    move(browser(), "email.replied.rate", 0.6)
    first, second = browser(), browser()
    before = first.session_state["desk"].workspace.plan
    move(second, "email.replied.rate", 0.7)
    move(first, "email.replied.rate", 0.8)
    assert "saved as the scenario “From the other tab”" in first.warning[0].value
    assert kept().plan == pull(before, "email.replied.rate", 0.008)
    assert kept().scenario("From the other tab").plan == pull(before, "email.replied.rate", 0.007)
    assert rungs(first)["email.replied.rate"]["value"] == 0.8
    first.button(key="undo").click().run()
    assert kept().scenarios == ()


@pytest.mark.parametrize("content", [b'{"draft": 99}', b"\x00 no draft"])
def test_a_draft_that_cannot_be_read_is_kept_until_its_owner_decides(browser: Opener, content: bytes) -> None:
    browser()
    drafts.store().keep_draft(BROWSER, Draft(content), dt.date(2027, 1, 1))
    app = move(browser(), "email.replied.rate", 0.9)
    assert drafts.store().draft(BROWSER).content == content  # type: ignore[union-attr]
    assert "Your last draft cannot be opened" in app.warning[0].value
    app.button(key="draft_replace").click().run()
    assert kept().plan == app.session_state["desk"].workspace.plan
    assert not app.warning


def test_a_draft_that_opens_on_the_second_try_comes_beside_the_new_plan(browser: Opener) -> None:
    move(browser(), "email.replied.rate", 0.6)
    good = drafts.store().draft(BROWSER)
    assert good is not None
    drafts.store().keep_draft(BROWSER, Draft(b"?"), dt.date(2027, 1, 1))
    app = move(browser(), "email.volume", 9000.0)
    drafts.store().keep_draft(BROWSER, good, dt.date(2027, 1, 1))
    app.button(key="draft_again").click().run()
    assert not app.exception
    assert kept().plan == app.session_state["desk"].workspace.plan
    assert kept().scenario("From the other tab").plan == from_draft(good).plan


def test_a_failed_save_is_said_and_tried_until_it_succeeds(browser: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "AGAIN", 0.0)
    app = browser()
    save = drafts.save

    def away(*_: object) -> int:
        raise StoreError("The store is away.")

    monkeypatch.setattr(drafts, "save", away)
    move(app, "email.replied.rate", 0.9)
    assert "The draft is not saved: The store is away." in app.warning[0].value
    app.run()
    assert "The draft is not saved" in app.warning[0].value
    monkeypatch.setattr(drafts, "save", save)
    app.run()
    assert not app.warning
    assert kept().plan == app.session_state["desk"].workspace.plan


def test_a_store_that_was_away_when_the_page_opened_loses_no_draft(
    browser: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "AGAIN", 0.0)
    move(browser(), "email.replied.rate", 0.6)
    before, read = kept().plan, drafts.draft

    def away() -> Draft:
        raise StoreError("The store is away.")

    monkeypatch.setattr(drafts, "draft", away)
    app = move(browser(), "email.volume", 9000.0)
    assert "The store is away" in app.warning[0].value
    assert kept().plan == before
    monkeypatch.setattr(drafts, "draft", read)
    app.run()
    assert kept().scenario("From the other tab").plan == before
    assert kept().plan == app.session_state["desk"].workspace.plan


def test_a_browser_without_cookies_is_told(opened: Opener) -> None:
    assert any("keeps no cookies" in block.proto.body for block in opened().get("html"))


def test_a_move_is_kept_before_its_figures_are_shown(browser: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    app = browser()
    monkeypatch.setattr(strip, "figures", lambda *forecasts: st.stop())
    move(app, "email.replied.rate", 0.9)
    assert kept().past
    assert kept().plan == app.session_state["desk"].workspace.plan
