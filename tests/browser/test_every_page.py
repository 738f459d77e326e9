"""Every page as it opens: nothing grave for axe in light and dark, a quiet console, no jump, labels one can read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import settled
from tests.browser.pages import NARROW, PAGES, STREAMLITS_OWN, findings, streamlits, visited, with_sample_data

ON_A_PHONE = ("", "forecast", "budget", "variance", "brief")  # looked at there as well
SIZES = [*((name, 1280) for name in PAGES), *((name, NARROW) for name in ON_A_PHONE)]


@pytest.fixture(scope="module")
def walker(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """A visitor with actuals, who opens one page after another."""
    context = chromium.new_context(locale="en-GB")
    context.set_default_timeout(20_000)
    with_sample_data(context, address)
    yield context
    context.close()


@pytest.mark.parametrize(("page", "width"), SIZES, ids=[f"{page or 'channels'}-{width}" for page, width in SIZES])
def test_a_page_opens_well(walker: BrowserContext, address: str, page: str, width: int) -> None:
    """One test a page: a page is opened once, whichever worker comes to it."""
    visit = visited(walker, address, page, width)
    assert {scheme: nodes for scheme, nodes in visit.axe.items() if nodes} == {}, "axe finds something grave of ours"
    assert {scheme: labels for scheme, labels in visit.faint.items() if labels} == {}, "labels of charts are faint"
    assert visit.console == [], "the console complains"
    assert visit.shifted < 0.1, "the page jumps while it opens"
    assert visit.headings == 1, "a page has one heading of the first rank"


def test_what_is_excused_as_streamlits_own_is_still_there(walker: BrowserContext, address: str) -> None:
    page = walker.new_page()
    page.goto(address)
    settled(page)
    excused = {rule for rule, target, _ in findings(page) if streamlits(page, rule, target)}
    assert excused == set(STREAMLITS_OWN)
