"""A hurried visitor in a real browser: whatever is clicked, slid, typed or gone back to, fast, no page ever fails."""

from __future__ import annotations

import random
import time

import pytest
from playwright.sync_api import BrowserContext, Error, Locator, Page, expect

from tests.browser.conftest import settled

FAULT = "This page hit a fault of ours"
CLICKS = (
    "[data-testid=stSidebarNavLink]:visible", "[data-testid=stBaseButton-secondary]:visible:enabled",
    "[data-testid=stBaseButton-segmented_control]:visible", "[role=tab]:visible",
    "[data-testid=stCheckbox] label:visible",
    "[data-testid=stBaseButton-primary]:visible:enabled", "details summary:visible",
)  # fmt: skip
KEYS = ("ArrowRight", "ArrowLeft", "PageUp", "PageDown", "Home", "End")
TEXTS = ("0", "1", "1e9", "0,8", "1.234", "-5", "abc", "", "50 %")
HASTE = (0, 0, 20, 60, 150, 600)  # milliseconds until the next move


class Hurry:
    """One visitor with fast hands; `steps` is what was done so far."""

    def __init__(self, page: Page, seed: int) -> None:
        self.page, self.random, self.steps = page, random.Random(seed), [f"seed {seed}"]

    def step(self) -> None:
        """One thing done without waiting for what the last one did."""
        try:
            self.random.choices((self.click, self.slide, self.type, self.back), (10, 6, 3, 1))[0]()
        except Error as error:  # what was aimed at is gone: the hand met nothing
            self.steps.append(f"missed: {str(error).splitlines()[0][:60]}")
        self.page.wait_for_timeout(self.random.choice(HASTE))
        assert self.page.get_by_text(FAULT).count() == 0, "\n".join(self.steps[-15:])

    def any(self, places: Locator) -> Locator | None:
        """One of the places that stand on the page now."""
        count = places.count()
        return places.nth(self.random.randrange(count)) if count else None

    def click(self) -> None:
        """Something that can be pressed."""
        kinds = self.random.sample(CLICKS, len(CLICKS))
        if place := next(filter(None, (self.any(self.page.locator(kind)) for kind in kinds)), None):
            self.steps.append(f"click {place.inner_text(timeout=500)[:40]!r}")
            place.click(timeout=500, no_wait_after=True)

    def slide(self) -> None:
        """A few keys on a slider, or a drag."""
        place = self.any(self.page.locator("input[type=range]:visible"))
        if place is None:
            self.click()
        else:
            self.steps.append(f"slide {place.get_attribute('aria-label', timeout=500)}")
            place.focus(timeout=500)
            for _ in range(self.random.randint(1, 6)):
                self.page.keyboard.press(self.random.choice(KEYS))

    def type(self) -> None:
        """A text in a field, sometimes undone by the key at once."""
        if place := self.any(
            self.page.locator("input:visible:enabled:not([type=range]):not([type=file]):not([type=checkbox])")
        ):
            text = self.random.choice(TEXTS)
            self.steps.append(f"type {text!r} in {place.get_attribute('aria-label', timeout=500)}")
            place.fill(text, timeout=500)
            self.page.keyboard.press(self.random.choice(("Enter", "Tab", "Escape")))
            if self.random.random() < 0.3:
                self.page.keyboard.press("Control+z")

    def back(self) -> None:
        """Back, forward or a reload."""
        way = self.random.choice(("back", "forward", "reload"))
        self.steps.append(way)
        {"back": self.page.go_back, "forward": self.page.go_forward, "reload": self.page.reload}[way](timeout=5000)
        if not self.page.url.startswith("http"):  # before the first page of the visit
            self.page.go_forward()


def hurried(visitor: BrowserContext, address: str, seed: int, *, steps: int = 10**9, seconds: float = 1e9) -> None:
    """A walk of so many steps or so long; at its end the page stands as on a quiet day."""
    page = settled_at(visitor, address)
    hurry, end = Hurry(page, seed), time.monotonic() + seconds
    while steps and time.monotonic() < end:
        hurry.step()
        steps -= 1
    page.goto(address)
    settled(page)
    expect(page.get_by_text(FAULT), "\n".join(hurry.steps[-15:])).to_have_count(0)


def settled_at(visitor: BrowserContext, address: str) -> Page:
    """The first page of a fresh visit."""
    page = visitor.new_page()
    page.goto(address)
    return settled(page)


def test_fast_hands_meet_no_fault(visitor: BrowserContext, address: str) -> None:
    hurried(visitor, address, 1, steps=40)


@pytest.mark.long
def test_fast_hands_meet_no_fault_for_a_quarter_of_an_hour(visitor: BrowserContext, address: str) -> None:
    hurried(visitor, address, 2, seconds=900)
