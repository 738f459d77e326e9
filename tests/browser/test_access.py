"""Who hears the page, works it by keyboard or magnifies it gets what everybody gets."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import RATE, TYPED, settled
from tests.browser.pages import PAGES, listened

RECORD = """() => {
  window.spoken = [];
  const host = document.querySelector(".st-key-announced [data-testid^=stBidiComponent]");
  const find = (root) => root.querySelector("[role=status]") ?? [...root.querySelectorAll("*")]
    .map((part) => part.shadowRoot && find(part.shadowRoot)).find(Boolean);
  const region = find(document.querySelector(".st-key-announced"));
  new MutationObserver(() => region.textContent && window.spoken.push(region.textContent))
    .observe(region, { childList: true, characterData: true, subtree: true });
}"""
RINGS = """() => {
  let part = document.activeElement;
  while (part?.shadowRoot?.activeElement) part = part.shadowRoot.activeElement;
  if (!part || part === document.body) return null;
  const name = part.getAttribute("aria-label") || part.textContent.trim().slice(0, 40) || part.outerHTML.slice(0, 120);
  const ringed = (node) => {
    const style = getComputedStyle(node);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  };
  const around = [part, part.parentElement, part.parentElement?.parentElement, part.nextElementSibling].filter(Boolean);
  return [name, around.some(ringed)];
}"""


@pytest.fixture
def page(visitor: BrowserContext, address: str) -> Page:
    """The first page of the app, opened."""
    opened = visitor.new_page()
    opened.goto(address)
    return settled(opened)


def test_a_settled_move_is_announced_once_and_a_drag_only_at_its_end(page: Page) -> None:
    page.evaluate(RECORD)
    field = page.get_by_role("textbox", name=TYPED)
    field.fill("0.6")
    field.press("Enter")
    page.wait_for_function("window.spoken.length === 1")
    assert re.fullmatch(r"Deals [\d.]+, [\d.]+ more than the baseline", page.evaluate("window.spoken[0]"))
    settled(page)
    box = page.get_by_role("slider", name=RATE, exact=True).bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for part in range(10):
        page.mouse.move(box["x"] + box["width"] * (0.5 + part / 25), box["y"] + box["height"] / 2)
        page.wait_for_timeout(60)
    assert page.evaluate("window.spoken.length") == 1
    page.mouse.up()
    page.wait_for_function("window.spoken.length === 2")
    settled(page)
    page.wait_for_timeout(500)
    assert page.evaluate("window.spoken.length") == 2


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
    page.mouse.move(5, 5)
    mark.focus()
    expect(bubble).to_be_visible()
    page.keyboard.press("Escape")
    expect(bubble).to_have_count(0)


def test_the_tooltip_of_a_chart_closes_on_escape(page: Page) -> None:
    bar = page.locator("[data-testid=stVegaLiteChart] svg .mark-bar path").first
    bar.hover()
    bubble = page.locator("#vg-tooltip-element")
    expect(bubble).to_be_visible()
    page.keyboard.press("Escape")
    expect(bubble).to_be_hidden()


def test_whatever_has_the_focus_shows_it(page: Page) -> None:
    page.locator("[data-testid=stSidebarNav] a").first.focus()
    hidden, count = [], 0
    for _ in range(60):
        page.keyboard.press("Tab")
        answer = page.evaluate(RINGS)
        if answer:
            count += 1
            hidden += [] if answer[1] else [answer[0]]
    assert count > 40
    assert hidden == []


def test_a_table_that_scrolls_can_be_reached_and_moved_by_keyboard(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/forecast")
    table = settled(page).get_by_role("group", name="Table that scrolls sideways").first
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    page.set_viewport_size({"width": 1600, "height": 900})
    expect(table).to_have_count(0)  # where all of it is seen there is nothing to stop at


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
