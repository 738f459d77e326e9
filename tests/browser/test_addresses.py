"""Addresses and tabs in a real browser: Back, Forward, a copied address, two tabs of one visitor."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from planner.keep.codec import from_token
from tests.browser.conftest import RATE, TYPED, figure, settled


def opened(visitor: BrowserContext, address: str) -> Page:
    """The app in a tab of a visitor."""
    page = visitor.new_page()
    page.goto(address)
    return settled(page)


def typed(page: Page, rate: str) -> None:
    """The reply rate typed, and the address there."""
    before = page.url
    field = page.get_by_role("textbox", name=TYPED)
    field.fill(rate)
    field.press("Enter")
    expect(page).not_to_have_url(before)
    settled(page)


def agreed(page: Page) -> str:
    """The reply rate on screen, which is that of the plan in the address."""
    rate = page.get_by_role("slider", name=RATE).input_value()
    code = re.search(r"[?&]p=([\w-]+)", page.url)
    if code:
        plan = from_token(code[1]).plan
        replied = next(stage.rate for stage in plan.channels[1].stages if stage.key == "replied")
        assert replied * 100 == pytest.approx(float(rate))
    return rate


def test_ten_moves_back_and_forth(address: str, visitor: BrowserContext) -> None:
    page = opened(visitor, address)
    rates = [agreed(page)]
    for i in range(10):
        typed(page, f"{0.6 + i / 10:.1f}")
        rates.append(agreed(page))
    page.wait_for_timeout(2500)
    for walk, places in ((page.go_back, range(9, -1, -1)), (page.go_forward, range(1, 11))):
        for place in places:
            walk()
            expect(page.get_by_role("slider", name=RATE)).to_have_value(rates[place])
            settled(page)
            agreed(page)
    page.reload()
    settled(page)
    assert agreed(page) == rates[10]


def test_a_copied_address_replaces_nobodys_plan(address: str, visitor: BrowserContext, chromium: Browser) -> None:
    page = opened(visitor, address)
    typed(page, "0.9")
    theirs = page.url
    context = chromium.new_context()
    context.set_default_timeout(20_000)
    mine = opened(context, address)
    typed(mine, "0.7")
    own = figure(mine, "won")
    mine.goto(theirs)
    settled(mine)
    expect(mine.get_by_text("from another desk")).to_be_visible()
    assert figure(mine, "won") == figure(page, "won")
    mine.get_by_role("button", name="Back to my plan").click()
    expect(mine.locator("[data-figure=won] .value")).to_have_text(own)
    context.close()


def test_two_tabs_of_one_visitor_lose_nothing(address: str, visitor: BrowserContext) -> None:
    first = opened(visitor, address)
    typed(first, "0.6")
    two = opened(visitor, address)
    typed(two, "0.7")
    typed(first, "0.8")
    expect(first.get_by_text("saved as the scenario “From the other tab”")).to_be_visible()
    three = opened(visitor, address)
    assert agreed(three) == "0.8"
    three.get_by_role("link", name="Scenarios", exact=True).click()
    expect(three.get_by_role("columnheader", name="From the other tab").first).to_be_visible()
