"""Who opens a comparison link reads the brief, explains the difference of any two plans, and plays with a copy."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, expect

from planner import words
from planner.engine import forecast
from planner.keep.codec import to_token
from planner.keep.steps import Scenario
from planner.measure.metrics import read
from planner.plan.levers import pull
from planner.plan.starter import starter
from tests.browser.conftest import RATE, settled
from tests.browser.test_session import moved, to_page

BASE = starter(start="2027-01")
PLAN = pull(BASE, "email.replied.rate", 0.006)
PUSH, CAREFUL = pull(PLAN, "phone.volume", 3000.0), pull(PLAN, "sales.won.rate", 0.15)


def deals(plan: object) -> str:
    return words.short(PLAN, read(forecast(plan), "won"))  # type: ignore[arg-type]


def test_a_reader_compares_bridges_and_moves_sliders_on_a_copy(address: str, visitor: BrowserContext) -> None:
    token = to_token(PLAN, baseline=BASE, scenarios=(Scenario("Push", PUSH), Scenario("Careful", CAREFUL)))
    page = visitor.new_page()
    page.goto(f"{address}/brief?s={token}")
    settled(page)
    expect(page.locator("[data-fact=won] b")).to_have_text(deals(PLAN))
    expect(page.get_by_role("columnheader", name="Careful")).to_be_visible()
    page.locator("[data-fact=won] summary").click()
    expect(page.locator("[data-fact=won]")).to_contain_text("Opportunities × win rate")

    to_page(page, "What differs?")
    page.get_by_role("combobox", name="To").click()
    page.get_by_role("option", name="Careful").click()
    settled(page)
    expect(page.get_by_text(re.compile("Deals fall by .* win rate")).first).to_be_visible()

    page.get_by_role("button", name="Save my copy").click()
    settled(page)
    to_page(page, "Channels")
    moved(page, RATE, 3)
    expect(page.locator("[data-figure=won] .value")).not_to_have_text(deals(PLAN))
    expect(page.locator("[data-figure=won] .under")).to_contain_text("▲")
    to_page(page, "Scenarios")
    expect(page.get_by_role("columnheader", name="Push").first).to_be_visible()
