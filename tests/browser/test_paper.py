"""Every page on paper: light whatever the screen, nothing cut, a foot with plan, day and address."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import settled
from tests.browser.pages import PAGES

A4 = {"width": 700, "height": 990}  # what its margins leave, in pixels of CSS
CUT = """() => {
  const cut = [], kinds = "table, svg, p, h1, .title, .strip, .finding, .label, .value";
  const seen = (node) => node.getClientRects().length && getComputedStyle(node).visibility !== "hidden";
  for (const part of document.querySelectorAll(`[data-testid=stMain] :is(${kinds})`)) {
    const box = part.getBoundingClientRect();
    const beyond = box.right > innerWidth + 1 || box.left < -1;
    if (seen(part) && box.width > 1 && beyond) cut.push(part.outerHTML.slice(0, 120));
  }
  return cut;
}"""
DARK = """() => {
  const bright = (colour) => (colour.match(/[\\d.]+/g) ?? []).slice(0, 3).every((part) => part > 160);
  const pale = [];
  for (const part of document.querySelectorAll("[data-testid=stMain] :is(p, td, th, b, small, .label, .value, text)")) {
    if (!part.getClientRects().length || !part.textContent.trim() || part.closest(".mark-text")) continue;
    const style = getComputedStyle(part);
    if (bright(part.tagName === "text" ? style.fill : style.color)) pale.push(part.outerHTML.slice(0, 120));
  }
  return pale;
}"""
CONTROLS = "[data-testid=stMain] :is(button, input, textarea, canvas):visible, [data-testid=stSidebar]:visible"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_prints_light_and_whole_without_controls(visitor: BrowserContext, address: str, name: str) -> None:
    page = visitor.new_page()
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}/{name}")
    settled(page)
    page.wait_for_selector("body.whole", state="attached")
    page.wait_for_timeout(800)
    page.set_viewport_size(A4)
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_timeout(500)
    assert page.evaluate(CUT) == []
    assert page.evaluate(DARK) == []
    assert page.locator(CONTROLS).count() == 0
    rules = page.evaluate("[...document.querySelectorAll('style')].map((style) => style.textContent).join()")
    assert "@bottom-left" in rules
    assert "Starter plan" in rules
