"""The questions of a session in a real browser: one walk a page, and what it says holds where it is applied."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import figure, settled

ANSWER = ".answer"


def opened(address: str, visitor: BrowserContext, page: str) -> Page:
    """A page of the app, opened cold."""
    fresh = visitor.new_page()
    fresh.goto(f"{address}/{page}")
    return settled(fresh)


def choose(page: Page, name: str, option: str) -> None:
    """One option of a list, found by typing its beginning: long lists hold only what is in view."""
    field = settled(page).get_by_role("combobox", name=name)
    field.click()
    field.fill(option)
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


def said(page: Page) -> str:
    """The sentence above the chart."""
    return page.locator(ANSWER).first.inner_text()


def drawn(page: Page) -> None:
    """Every chart of the page stands inside it, and nothing has failed."""
    expect(page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)").first).to_be_visible()
    expect(page.get_by_text("hit a fault")).to_have_count(0)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 1280


def test_how_sure_are_we(address: str, visitor: BrowserContext) -> None:
    page = opened(address, visitor, "sure")
    drawn(page)
    before = said(page)
    assert before.startswith("Deals: 80% likely to be between")
    page.get_by_role("radio", name="CAC").click()
    expect(page.locator(ANSWER).first).to_contain_text("CAC: 80% likely to be between €")
    page.get_by_role("radio", name="Deals").click()
    expect(page.locator(ANSWER).first).to_have_text(before)  # the same plan, the same ranges
    page.reload()
    settled(page)
    expect(page.locator(ANSWER).first).to_have_text(before)
    page.get_by_role("button", name="Precision").click()
    choose(page, "Number of draws", "10,000")
    expect(page.get_by_text("From 10,000 draws")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Remove all ranges").click()
    expect(page.get_by_text("only chance is left")).to_be_visible()


def test_what_matters_most(address: str, visitor: BrowserContext) -> None:
    page = opened(address, visitor, "matters")
    drawn(page)
    expect(page.locator(ANSWER).first).to_contain_text("matters most for deals")
    expect(page.locator(ANSWER).nth(1)).to_contain_text("before you decide")
    page.get_by_role("radio", name="Cost").click()
    expect(page.locator(ANSWER).first).to_contain_text("matters most for cost")
    choose(page, "Across", "Deal value")
    expect(page.get_by_text(re.compile("^Cost: from .* to .*"))).to_be_visible()
    page.emulate_media(media="print")  # what is dark in a heat map keeps its light letters on paper
    expect(page.locator('[data-testid=stVegaLiteChart] svg text[fill="#ffffff"]').first).to_have_css(
        "fill", "rgb(255, 255, 255)"
    )


def test_what_would_it_take(address: str, visitor: BrowserContext) -> None:
    page = opened(address, visitor, "goal")
    drawn(page)
    expect(page.locator(ANSWER).first).to_contain_text("Volumes alone cannot reach 20 deals")
    target = page.get_by_role("textbox", name="Target", exact=True)
    target.fill("19.5")
    target.press("Enter")
    expect(page.locator(ANSWER).first).to_contain_text("To reach 19.5 deals")
    expect(target).to_have_value("19.5")
    page.get_by_role("button", name=re.compile("^Apply")).click()
    expect(page.locator(ANSWER).first).to_contain_text("nothing has to change")
    assert figure(page, "won") == "19.5"
    target.fill("1.234")
    target.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="read in two ways")).to_be_visible()
    target.fill("500")
    target.press("Enter")
    expect(page.locator(ANSWER).first).to_contain_text("team hours are the limit")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-figure=won] .value")).not_to_have_text("19.5")


def test_where_should_the_money_go(address: str, visitor: BrowserContext) -> None:
    page = opened(address, visitor, "budget")
    drawn(page)
    promised = re.search(r"would bring ([\d.]+) deals", said(page))
    assert promised
    page.get_by_role("button", name="Apply best mix", exact=True).click()
    expect(page.locator("[data-figure=won] .value")).to_have_text(promised[1])
    expect(page.locator(ANSWER).first).to_contain_text("already the best")
    budget = page.get_by_role("textbox", name="Budget (EUR)")
    budget.fill("0")
    budget.press("Enter")
    expect(page.locator(ANSWER).first).to_contain_text("Nothing is spent")


def test_scenarios_are_kept_compared_and_taken_up(address: str, visitor: BrowserContext) -> None:
    page = opened(address, visitor, "scenarios")
    drawn(page)
    for name in ("Cautious", "Ambitious"):
        page.get_by_role("button", name=f"{name} variant").click()
        expect(page.get_by_role("columnheader", name=name, exact=True).first).to_be_visible()
    expect(page.locator(ANSWER).first).to_contain_text("2 scenarios saved; Ambitious brings the most deals")
    opening = page.locator("[class*=st-key-take]").get_by_role("button", name="Open", exact=True)
    expect(opening).to_have_count(2)  # the shelf is drawn after the answer
    settled(page)
    opening.last.click()
    expect(page.locator("[data-figure=won] .under")).to_contain_text("▲")
    page.get_by_role("link", name="What differs?", exact=True).click()
    expect(page.locator(ANSWER).first).to_contain_text("Deals rise by")
    settled(page)
    choose(page, "From", "Cautious")
    expect(page.get_by_role("columnheader", name="Cautious", exact=True).first).to_be_visible()
    drawn(page)
    page.get_by_role("button", name="Restore baseline").click()
    expect(page.locator("[data-figure=won] .under")).not_to_contain_text("▲")
