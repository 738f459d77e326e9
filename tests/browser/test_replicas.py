"""Two replicas behind a balancer share one store: a move on one is there on the other after a reload."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import RATE, figure, free_port, served, settled
from tests.browser.test_session import moved, to_page
from tests.keep.conftest import cluster, lasting, postgres

__all__ = ["cluster", "lasting", "postgres"]


def opened(visitor: BrowserContext, address: str) -> Page:
    """A replica in a tab of the visitor, whose cookie both replicas see, as behind one name."""
    page = visitor.new_page()
    page.goto(address)
    return settled(page)


@pytest.mark.parametrize("kind", ["file", "postgres"])
def test_a_move_on_one_replica_is_seen_on_the_other_after_a_reload(
    kind: str, request: pytest.FixtureRequest, visitor: BrowserContext, tmp_path: Path
) -> None:
    url = request.getfixturevalue("postgres") if kind == "postgres" else ""
    with (
        served(tmp_path / "one.sqlite", free_port(), url=url) as first,
        served(tmp_path / "one.sqlite", free_port(), url=url) as second,
    ):
        page = opened(visitor, first)
        before = figure(page, "won")
        moved(page, RATE, 3)
        after = figure(page, "won")
        assert after != before
        page.close()

        page = opened(visitor, second)
        assert figure(page, "won") == after
        to_page(page, "Scenarios")
        page.get_by_role("textbox", name="Save the plan as").fill("From the other replica")
        page.get_by_role("textbox", name="Save the plan as").press("Enter")
        page.get_by_role("button", name="Save scenario").click()
        expect(page.get_by_role("columnheader", name="From the other replica").first).to_be_visible()
        page.close()

        page = opened(visitor, first)
        to_page(page, "Scenarios")
        expect(page.get_by_role("columnheader", name="From the other replica").first).to_be_visible()
