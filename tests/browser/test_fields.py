"""What the plan says, the screen says: typed values, undo, the menu of a closed side bar."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import RATE, TYPED, figure, settled

VOLUME, TYPED_VOLUME = "E-mail volume (e-mails a month)", "E-mail volume, typed (e-mails a month)"


def opened(address: str, visitor: BrowserContext) -> Page:
    page = visitor.new_page()
    page.goto(address)
    return settled(page)


def typed(page: Page, name: str, text: str) -> None:
    field = page.get_by_role("textbox", name=name)
    field.fill(text)
    field.press("Enter")


def test_after_undo_field_and_thumb_say_what_the_plan_says(address: str, visitor: BrowserContext) -> None:
    page = opened(address, visitor)
    before = figure(page, "won")
    typed(page, TYPED, "0.8")
    expect(page.locator("[data-figure=won] .value")).not_to_have_text(before)
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()  # the figures come before the buttons
    page.keyboard.press("Control+z")
    expect(page.locator("[data-figure=won] .value")).to_have_text(before)
    expect(page.get_by_role("textbox", name=TYPED)).to_have_value("0.50")
    expect(page.get_by_role("slider", name=RATE)).to_have_value("0.5")


def test_undo_while_typing_belongs_to_the_field(address: str, visitor: BrowserContext) -> None:
    page = opened(address, visitor)
    typed(page, TYPED, "0.8")
    expect(page.locator("[data-figure=won] .under")).to_contain_text("▲")
    settled(page)
    field = page.get_by_role("textbox", name=TYPED)
    field.focus()
    page.keyboard.press("End")
    page.keyboard.type("5")
    page.keyboard.press("Control+z")
    page.wait_for_timeout(500)
    expect(page.locator("[data-figure=won] .under")).to_contain_text("▲")  # the plan's move stands
    page.keyboard.press("Escape")
    expect(field).to_have_value("0.80")


def test_a_value_beyond_the_slider_takes_the_thumb_along(address: str, visitor: BrowserContext) -> None:
    page = opened(address, visitor)
    typed(page, TYPED_VOLUME, "250,000")
    slider = page.get_by_role("slider", name=VOLUME)
    expect(slider).to_have_value("250000")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("textbox", name=TYPED_VOLUME)).to_have_value(re.compile("^25[0-9],000$"))


def test_a_number_that_can_mean_two_asks_in_place(address: str, visitor: BrowserContext) -> None:
    page = opened(address, visitor)
    typed(page, TYPED_VOLUME, "9.500")
    expect(page.get_by_role("alert")).to_contain_text("two ways")
    page.get_by_role("button", name="9,500", exact=True).click()
    expect(page.get_by_role("slider", name=VOLUME)).to_have_value("9500")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_closed_side_bar_opens_again_by_touch(address: str, chromium: Browser) -> None:
    phone = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = phone.new_page()
    page.goto(address)
    settled(page)
    page.locator("[data-testid=stExpandSidebarButton], [data-testid=stSidebarCollapsedControl] button").first.tap()
    page.get_by_role("link", name="Forecast", exact=True).tap()
    expect(page).to_have_title(re.compile("Forecast"))
    phone.close()
