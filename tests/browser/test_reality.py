"""A messy export in a real browser: refused lines, the calendar of what is known, the banner, pacing; favourites."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from planner.keep.codec import kept_token
from planner.plan.starter import starter
from tests.browser.conftest import settled

# dots between thousands, a line of another tool, a count that is none, a month of phone calls missing, a total
MESSY = """Channel;Month;Stage;Count
E-mail;2027-01;sent;8.012
E-mail;2027-01;delivered;7.731
E-mail;2027-01;replied;41
E-mail;2027-02;sent;8.240
E-mail;2027-02;delivered;7.950
E-mail;2027-02;replied;38
E-mail;2027-03;sent;7.905
E-mail;2027-03;delivered;7.640
E-mail;2027-03;replied;n/a
Phone;2027-01;dialled;1.790
Phone;2027-01;connected;95
Phone;2027-03;dialled;1.200
Phone;2027-03;connected;66
Pigeon;2027-03;sent;12
Total;;;99.999
"""


@pytest.fixture
def page(visitor: BrowserContext, address: str) -> Page:
    """The page of actuals with the messy file in use, on a plan that begins in January 2027."""
    opened = visitor.new_page()
    opened.goto(f"{address}/actuals?p={kept_token(starter(start='2027-01'))}")
    settled(opened).locator("input[type=file]").set_input_files(
        {"name": "export.csv", "mimeType": "text/csv", "buffer": MESSY.encode()}
    )
    source = opened.get_by_role("textbox", name="Source (tool and account)")
    source.fill("Dialler")
    source.press("Enter")
    expect(opened.get_by_role("button", name="Use these actuals")).to_be_enabled()
    return settled(opened)


def used(page: Page) -> Page:
    page.get_by_role("button", name="Use these actuals").click()
    expect(page.get_by_text("What is known")).to_be_visible()
    return settled(page)


def row(page: Page, head: str) -> Locator:
    """The row of a table that begins with this head, the last one on the page."""
    return (
        page.locator("table.figures tr:visible").filter(has=page.get_by_role("rowheader", name=head, exact=True)).last
    )


def test_a_refused_line_comes_before_what_will_be_used(page: Page) -> None:
    tables = page.locator("table.figures:visible")
    expect(tables.first).to_contain_text("“Pigeon” is not a channel of the plan.")
    expect(tables.nth(1)).to_contain_text("8,012")
    assert page.locator(".steps .now").inner_text() == "Use"


def test_the_calendar_tells_full_from_part_from_missing_by_word_and_icon(page: Page) -> None:
    used(page)
    expect(page.get_by_text("Of 21 channel months 4 are known in full, 1 in part, and 16 are missing.")).to_be_visible()
    assert re.findall(r"[●◐○]\s*\w+", row(page, "E-mail").inner_text()) == ["●full", "●full", "◐part"]
    assert re.findall(r"[●◐○]\s*\w+", row(page, "Phone").inner_text()) == ["●full", "○missing", "●full"]
    expect(page.get_by_text("Phone: nothing is reported for Feb 2027; upload counts of dials")).to_be_visible()


def test_the_banner_and_pacing_say_what_is_missing_and_what_was_sent(page: Page) -> None:
    used(page).get_by_role("link", name="See plan against actual").click()
    banner = page.locator(".banner")
    expect(banner).to_contain_text("Some actuals are missing; missing is not counted as zero.")
    expect(banner).to_contain_text("Phone: nothing is reported for Feb 2027")
    expect(banner.locator("li")).to_have_count(3)
    expect(banner).to_contain_text("4 more channels have gaps.")
    pace = settled(page).locator("table.figures:visible").filter(has_text="Needed a month")
    email = pace.locator("tr").filter(has=page.get_by_role("rowheader", name="E-mail", exact=True))
    # 8,012 + 8,240 + 7,905 of 3 × 8,000; the other 9 months need (96,000 − 24,157) / 9 = 7,982.6, so 7,983
    expect(email).to_contain_text("on plan")
    expect(email).to_contain_text("24,157")
    expect(email).to_contain_text("101% of planned")
    expect(email).to_contain_text("7,983")
    page.get_by_role("link", name="Upload what is missing").click()
    expect(page.get_by_text("What is known")).to_be_visible()


def test_favourite_kpis_come_first_and_stay(visitor: BrowserContext, address: str) -> None:
    page = visitor.new_page()
    page.goto(f"{address}/kpis")
    settled(page).get_by_role("button", name="Favourites").click()
    field = page.get_by_role("combobox", name="KPIs to list first")
    field.click()
    field.fill("CAC")
    page.get_by_role("option").first.click()
    group = page.get_by_role("radio", name="★ Favourites")
    expect(group).to_be_visible()
    settled(page)
    page.reload()
    settled(page)
    expect(page.get_by_role("radio", name="★ Favourites")).to_be_checked()
    expect(page.locator("table.figures").first).to_contain_text("★")
