"""Months in a real browser: a season is previewed, applied and taken back; last useful days fit the page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import figure, settled


def fits(page: Page, width: int) -> None:
    """Nothing reaches beyond the page, whose tables scroll in themselves."""
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


def test_a_season_is_previewed_applied_and_taken_back(address: str, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(address)
    settled(page)
    before = figure(page, "won")
    page.get_by_role("radio", name="E-mail").click()
    page.get_by_text("Month by month", exact=True).click()
    page.get_by_role("tab", name="Holidays and season").click()
    preview = page.locator(".answer").filter(has_text="Deals in the plan:")
    expect(preview).to_contain_text(f"{before} →")
    assert figure(page, "won") == before  # nothing is written yet
    after = re.search(r"→ ([\d.]+);", preview.inner_text())
    assert after is not None
    page.get_by_role("button", name="Apply holidays and season").click()
    expect(page.locator(".finding").filter(has_text="Least in")).to_be_visible()
    assert figure(page, "won") == after[1]
    expect(page.get_by_text("The plan has volumes or rates by month already")).to_be_visible()
    fits(page, 1280)
    settled(page).get_by_role("button", name="Undo").first.click()
    expect(page.locator("[data-figure=won] .value")).to_have_text(before)


@pytest.mark.parametrize("width", [1280, 390])
def test_last_useful_days_are_a_tab_of_the_forecast(address: str, visitor: BrowserContext, width: int) -> None:
    page = visitor.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/forecast")
    settled(page).get_by_role("tab", name="Last useful day by channel").click()
    expect(page.get_by_text("brings less than half of its deals within the plan")).to_be_visible()
    for table in page.locator("table.figures").filter(has_text=re.compile("90%|Can still add")).all():
        assert table.evaluate("table => table.scrollWidth <= table.parentElement.clientWidth + 1")
    fits(page, width)
