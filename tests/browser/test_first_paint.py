"""A first visit is seen whole: nothing jumps while the page comes in."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import settled

WATCH = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("page_name", ["", "budget", "brief"])
def test_a_cold_load_does_not_jump(visitor: BrowserContext, address: str, page_name: str) -> None:
    page = visitor.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{address}/{page_name}")
    settled(page)
    page.wait_for_timeout(1500)
    assert page.evaluate("window.shifted") < 0.1
