"""Who hears the page, works it by keyboard or magnifies it gets what everybody gets."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import RATE, TYPED, settled
from tests.browser.pages import PAGES, listened


@pytest.fixture
def page(visitor: BrowserContext, address: str) -> Page:
    """The first page of the app, opened."""
    opened = visitor.new_page()
    opened.goto(address)
    return settled(opened)


def test_the_tip_of_a_lever_can_be_pointed_at_and_closes_on_escape(page: Page) -> None:
    mark = page.get_by_role("button", name=re.compile("^E-mail reply rate:"))
    tip = mark.locator(".tip")
    mark.hover()
    expect(tip).to_be_visible()
    box = tip.bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10, steps=8)
    expect(tip).to_be_visible()  # the pointer may go there to read it
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.mouse.move(5, 5)
    mark.focus()
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(mark).to_be_focused()


def test_the_help_of_a_field_closes_on_escape(page: Page, address: str) -> None:
    page.goto(f"{address}/kpis")
    mark = settled(page).get_by_test_id("stTooltipIcon").get_by_role("button").first
    bubble = page.get_by_role("tooltip")
    mark.hover()
    expect(bubble).to_be_visible()
    page.keyboard.press("Escape")
    expect(bubble).to_have_count(0)


def test_a_walk_through_every_page_with_moves_leaves_the_console_quiet(visitor: BrowserContext, address: str) -> None:
    page = visitor.new_page()
    messages = listened(page)
    page.goto(address)
    field = settled(page).get_by_role("textbox", name=TYPED)
    field.fill("0.7")
    field.press("Enter")
    slider = page.get_by_role("slider", name=RATE, exact=True)
    slider.press("ArrowRight")
    settled(page)
    box = slider.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=15)
    page.mouse.up()
    links = page.locator("[data-testid=stSidebarNav] a")
    expect(links).to_have_count(len(PAGES))
    for i in range(len(PAGES)):
        links.nth(i).click()
        expect(links.nth(i)).to_have_attribute("aria-current", "page")
        settled(page)
    assert messages == []
