"""What a real budget says, in a browser: limits, lists, own deals, rates by month, steps, what is still in time."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import figure, settled

ANSWER = ".answer"


def opened(address: str, visitor: BrowserContext, page: str = "") -> Page:
    """A page of the app, opened cold."""
    fresh = visitor.new_page()
    fresh.goto(f"{address}/{page}")
    return settled(fresh)


def drawer(page: Page, channel: str, name: str) -> None:
    """A drawer of a channel."""
    page.get_by_role("radio", name=channel, exact=True).click()
    settled(page).get_by_text(name, exact=True).click()
    settled(page)


def moved(page: Page, key: str, before: str) -> float:
    """A key figure once it is no longer what it was."""
    expect(page.locator(f"[data-figure={key}] .value")).not_to_have_text(before)
    settled(page)
    return number(figure(page, key))


def number(text: str) -> float:
    """ "€1.24M" as a number."""
    match = re.search(r"([\d,.]+)\s?([KM]?)", text)
    assert match is not None
    return float(match[1].replace(",", "")) * {"": 1, "K": 1e3, "M": 1e6}[match[2]]


def alerts(page: Page) -> int:
    """How many warnings the forecast shows."""
    return page.locator(".alert, [data-testid=stAlert]").count()


def test_the_best_mix_breaks_no_limit_and_commission_is_left_out_unless_asked_for(
    address: str, visitor: BrowserContext
) -> None:
    page = opened(address, visitor, "forecast")
    before = alerts(page)
    page.goto(f"{address}/budget")
    settled(page)
    bind = page.locator(".chip.binds")
    expect(bind.first).to_be_visible()
    for text in bind.all_inner_texts():  # each constraint that binds says what relaxing it adds
        assert re.search(r"more.*: \+[\d.]+", text), text
    without = page.locator(ANSWER).first.inner_text()
    page.get_by_text("Include commission and other costs of deals").click()
    expect(page.locator(ANSWER).first).not_to_have_text(without)
    page.get_by_text("Include commission and other costs of deals").click()
    expect(page.locator(ANSWER).first).to_have_text(without)
    expect(page.get_by_text("If a channel were switched off")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Deals lost")).to_be_visible()
    settled(page).get_by_role("button", name="Apply best mix", exact=True).click()
    expect(page.locator(ANSWER).first).to_contain_text("already the best")
    settled(page).get_by_role("link", name="Forecast", exact=True).click()
    expect(page.get_by_role("heading", name="Forecast")).to_be_visible()
    assert alerts(settled(page)) <= before


def test_a_list_is_worked_in_order_and_reached_at_random_only_where_that_is_chosen(
    address: str, visitor: BrowserContext
) -> None:
    page = opened(address, visitor)
    won = figure(page, "won")
    drawer(page, "E-mail", "List and pace")
    expect(page.get_by_text("New contacts per month")).to_be_visible()
    expect(page.get_by_text("Maximum pace", exact=True)).to_be_visible()
    page.get_by_role("combobox", name="How contacts are reached").click()
    page.get_by_role("option", name="Reached at random").click()
    assert moved(page, "won", won) < number(won)
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator("[data-figure=won] .value")).to_have_text(won)


def test_ranges_are_as_wide_as_the_experience_behind_them(address: str, visitor: BrowserContext) -> None:
    page = opened(address, visitor, "sure")
    answer = page.locator(ANSWER).first
    before = answer.inner_text()

    def width() -> float:
        ends = re.search(r"between ([\d.]+) and ([\d.]+)", answer.inner_text())
        assert ends is not None
        return float(ends[2]) - float(ends[1])

    month = width()
    page.get_by_role("button", name="No experience yet").click()
    expect(answer).not_to_have_text(before)
    assert width() > 1.5 * month
    none = answer.inner_text()
    settled(page).get_by_role("button", name="A year of experience").click()
    expect(answer).not_to_have_text(none)
    assert width() < month
    settled(page)


def test_a_channel_sells_a_deal_of_its_own(address: str, visitor: BrowserContext) -> None:
    page = opened(address, visitor)
    won, revenue = figure(page, "won"), figure(page, "revenue")
    drawer(page, "LinkedIn", "Deal")
    page.get_by_role("button", name="Give this channel its own deal").click()
    field = page.get_by_role("textbox", name=re.compile("Deal value"))
    expect(field).to_be_visible()
    assert (figure(page, "won"), figure(page, "revenue")) == (won, revenue)  # the plan's own deal to begin with
    field.fill("90000")
    field.press("Enter")
    assert moved(page, "revenue", revenue) > number(revenue)
    assert figure(page, "won") == won
    page.get_by_role("button", name="Use the plan’s deal").click()
    expect(page.locator("[data-figure=revenue] .value")).to_have_text(revenue)


def test_a_rate_has_a_grid_by_month_and_costs_have_months_and_steps(address: str, visitor: BrowserContext) -> None:
    page = opened(address, visitor)
    drawer(page, "E-mail", "Month by month")
    settled(page).get_by_role("combobox", name="By month").click()
    page.get_by_role("option", name="E-mail reply rate").click()
    expect(page.get_by_text("type or paste the rate of each month")).to_be_visible()
    grid = page.locator("[data-testid=stDataFrame]").last
    expect(grid.locator("canvas").first).to_be_visible()
    page.goto(f"{address}/money")
    settled(page)
    page.get_by_role("tab", name="Costs").click()
    expect(page.locator("[data-testid=stDataFrame] canvas").first).to_be_visible()


def test_plan_against_actual_says_what_is_still_in_time_and_at_which_rates(
    address: str, visitor: BrowserContext
) -> None:
    page = opened(address, visitor, "actuals")
    page.get_by_role("button", name="Load sample data").first.click()
    settled(page).get_by_role("link", name="Plan against actual", exact=True).first.click()
    expect(page.get_by_text("Last useful day by channel")).to_be_visible()
    expect(page.get_by_text("brings less than half of its deals within the plan")).to_be_visible()
    for rates in ("planned", "measured"):
        expect(page.get_by_role("columnheader", name=f"Under way at {rates} rates")).to_be_visible()
