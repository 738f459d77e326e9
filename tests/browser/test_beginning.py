"""A new plan in one form, and the room's view of it, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import settled

ROOM = {"width": 1920, "height": 1080}


def test_a_norwegian_plan_of_three_channels_is_one_form(address: str, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(address)
    settled(page).get_by_role("button", name="New plan …").click()
    form = page.get_by_role("dialog")
    expect(form.get_by_role("combobox", name="Currency")).to_have_value("NOK")  # the country is Norway
    for label in ("Pretargeting ads", "SMS", "Postal mail", "Landing page"):
        form.get_by_role("button", name=label).click()
    for label, text in (("Reps", "3"), ("Deal value (NOK)", "some"), ("Deals to win", "30")):
        form.get_by_role("textbox", name=label).fill(text)
        form.get_by_role("textbox", name=label).press("Enter")
    expect(form.get_by_role("alert")).to_contain_text("some")
    expect(form.get_by_role("button", name="Create plan")).to_be_disabled()
    value = form.get_by_role("textbox", name="Deal value (NOK)")
    value.fill("250 000")
    value.press("Tab")  # from here on by keyboard alone
    create = form.get_by_role("button", name="Create plan")
    expect(create).to_be_enabled()
    create.focus()
    page.keyboard.press("Enter")
    expect(form).to_have_count(0)
    expect(page.locator("[data-figure=won] .aim")).to_have_text("of 30")
    expect(page.locator("[data-figure=cost] .value")).to_contain_text("kr")
    expect(page.get_by_role("radiogroup", name="Channel").get_by_role("radio")).to_have_text(
        ["E-mail", "Phone", "LinkedIn", "Sales stages", "+ Channel"]
    )
    settled(page).get_by_role("button", name="Undo").click()
    expect(page.locator("[data-figure=cost] .value")).to_contain_text("€")


def presenting(page: Page) -> bool:
    return bool(page.evaluate("document.body.classList.contains('present')"))


def height(page: Page, selector: str) -> float:
    """How high a text is drawn, in pixels of the screen."""
    return float(page.locator(selector).first.evaluate("node => node.getBoundingClientRect().height"))


def test_a_room_reads_the_page_from_afar(address: str, chromium: Browser) -> None:
    room = chromium.new_context(viewport=ROOM)
    page = room.new_page()
    page.goto(address)
    settled(page)
    label = "[data-testid=stVegaLiteChart] svg .role-axis-label text"
    before, small = height(page, "[data-figure=won] .value"), height(page, label)
    page.keyboard.press("p")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_role("button", name="End presentation")).to_be_visible()
    assert height(page, "[data-figure=won] .value") > 1.7 * before
    assert height(page, label) > 1.4 * small
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= ROOM["width"]
    assert "present" not in page.url
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", name="Money and team")).to_be_visible()
    assert presenting(page)
    page.get_by_role("tab", name="Costs").click()
    grid = settled(page).get_by_test_id("stDataFrame")
    expect(grid).to_be_visible()
    assert (
        grid.locator("[data-testid=stDataFrameResizable]").evaluate("grid => grid.getBoundingClientRect().right")
        <= ROOM["width"]
    )
    page.reload()
    settled(page)
    expect(page.get_by_role("button", name="End presentation")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    assert not presenting(page)
    page.get_by_role("button", name="Present", exact=True).click()
    assert presenting(page)
    page.get_by_role("button", name="End presentation").click()
    assert not presenting(page)
    other = room.new_page()
    other.goto(page.url)
    assert not presenting(settled(other))
    room.close()


def test_a_letter_typed_into_a_field_does_not_begin_a_presentation(address: str, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(f"{address}/scenarios")
    settled(page).get_by_role("textbox", name="Save the plan as").type("push")
    assert not presenting(page)
