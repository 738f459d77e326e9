"""A link on a phone: nothing is cut, nothing stands beside the screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from planner.keep.codec import to_token
from planner.plan.levers import pull
from planner.plan.starting import Beginning, begun
from tests.browser.conftest import RATE, settled

WIDTH = 390
BASE = begun(Beginning("2026-12", "NO", "NOK", "nb", ("email", "phone"), 3.0, 250_000.0, 40.0))
TOKEN = to_token(pull(BASE, "sales.won.rate", 0.3), baseline=BASE)
PAGES = (
    "brief",
    "",
    "money",
    "forecast",
    "uncertainty",
    "sensitivity",
    "goal",
    "budget",
    "compare",
    "scenarios",
    "kpis",
)
CUT = """chip => [...chip.querySelectorAll(".label, .value, .under, .aim")].some((text) =>
  text.getBoundingClientRect().right > chip.getBoundingClientRect().right + 0.5
  || text.scrollWidth > text.clientWidth + 1)"""

ORDER = """() => {
  const top = (key) => document.querySelector(`.st-key-brief-${key}`).getBoundingClientRect().top;
  return top("below-money") < top("part-certainty") && top("below-assumptions") < top("part-people");
}"""


def to_channels(page: Page) -> None:
    """From the brief, on which an address that names no page opens, to the first page of the menu."""
    expect(page).to_have_url(re.compile("/brief[?]s="))
    page.locator("[data-testid=stExpandSidebarButton]").tap()
    page.get_by_role("link", name="Channels", exact=True).tap()
    expect(page).to_have_title(re.compile("Channels"))
    settled(page)
    page.reload()
    settled(page)
    expect(page).to_have_title(re.compile("Channels"))


@pytest.mark.parametrize("path", PAGES)
def test_a_link_fits_a_phone(address: str, chromium: Browser, path: str) -> None:
    phone = chromium.new_context(viewport={"width": WIDTH, "height": 844}, is_mobile=True, has_touch=True)
    page = phone.new_page()
    page.goto(f"{address}/{path}?s={TOKEN}")
    settled(page)
    if not path:
        to_channels(page)
    expect(page.locator("h1.page")).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= WIDTH
    for chip in page.locator(".strip:not(.ranges) .figure:visible").all():
        assert not chip.evaluate(CUT), chip.inner_text()
    if path == "brief":  # each table follows its own section; on paper and on a screen it stands below both
        assert page.evaluate(ORDER)
        page.set_viewport_size({"width": 1280, "height": 844})
        assert not page.evaluate(ORDER)
        page.set_viewport_size({"width": WIDTH, "height": 844})
    if path == "brief":  # on paper no page is left half empty for a section that could begin on it, nothing is asked
        assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 3
        expect(page.get_by_text("Save a copy to change it")).to_be_visible()
        page.emulate_media(media="print")
        expect(page.get_by_text("Save a copy to change it")).to_be_hidden()
    if path == "money":  # January is named beside a December with its year
        expect(page.locator("[data-testid=stVegaLiteChart] svg .role-axis-label").first).to_contain_text("Jan’27")
    if path == "kpis":
        assert page.locator(".table").first.evaluate("table => table.scrollWidth <= table.clientWidth")
    phone.close()


@pytest.mark.parametrize("width", [WIDTH, 1280])
def test_everything_of_the_strip_can_be_pressed_while_the_side_bar_is_closed(
    address: str, chromium: Browser, width: int
) -> None:
    """No part of Streamlit's own header, which then lies over the strip, takes what is meant for a button below it."""
    desk = chromium.new_context(viewport={"width": width, "height": 844})
    page = desk.new_page()
    page.goto(address)
    settled(page)
    if width > WIDTH:
        page.locator("[data-testid=stSidebar]").hover()
        page.locator("[data-testid=stSidebarCollapseButton] button").click()
    expect(page.locator("[data-testid=stExpandSidebarButton]")).to_be_visible()
    page.get_by_role("slider", name=RATE).press("ArrowRight")
    page.get_by_role("button", name="Plan", exact=True).click()
    expect(page.get_by_role("textbox", name="First month")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_role("button", name="Redo", exact=True)).to_be_enabled()
    page.locator("[data-testid=stExpandSidebarButton]").click()
    expect(page.get_by_role("link", name="Forecast", exact=True)).to_be_visible()
    desk.close()
