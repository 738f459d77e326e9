"""Every page as it opens: nothing grave for axe in light and dark, a quiet console, no jump, labels one can read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import settled
from tests.browser.pages import NARROW, PAGES, STREAMLITS_OWN, Visit, findings, streamlits, visited, with_sample_data

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


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size[0] or 'channels'}-{size[1]}")
def visit(request: pytest.FixtureRequest, walker: BrowserContext, address: str) -> Visit:
    return visited(walker, address, *request.param)


def test_axe_finds_nothing_grave_of_ours(visit: Visit) -> None:
    assert {scheme: nodes for scheme, nodes in visit.axe.items() if nodes} == {}


def test_labels_of_charts_stand_out_from_their_ground(visit: Visit) -> None:
    assert {scheme: labels for scheme, labels in visit.faint.items() if labels} == {}


def test_the_console_stays_quiet(visit: Visit) -> None:
    assert visit.console == []


def test_a_page_opens_without_a_jump(visit: Visit) -> None:
    assert visit.shifted < 0.1


def test_a_page_has_one_heading_of_the_first_rank(visit: Visit) -> None:
    assert visit.headings == 1


def test_what_is_excused_as_streamlits_own_is_still_there(walker: BrowserContext, address: str) -> None:
    page = walker.new_page()
    page.goto(address)
    settled(page)
    excused = {rule for rule, target, _ in findings(page) if streamlits(page, rule, target)}
    assert excused == set(STREAMLITS_OWN)
