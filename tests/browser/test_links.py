"""Library and links in a browser: pinned, live, editable, withdrawn, deleted; on a phone; a chat that only looks."""

from __future__ import annotations

import datetime as dt
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from planner.keep.codec import to_token
from planner.keep.short_links import GONE, Links
from planner.keep.store import Store
from planner.plan.starter import starter
from tests.browser.conftest import RATE, free_port, served, settled
from tests.browser.test_session import moved, to_page

SLACK = "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"
TOKEN = to_token(starter("email", start="2027-01"))


@dataclass(frozen=True)
class Place:
    """A server with a store of its own, which the test looks into."""

    address: str
    store: Store


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    file: Path = tmp_path_factory.mktemp("links") / "drafts.sqlite"
    with served(file, free_port()) as address:
        store = Store(f"sqlite:///{file}")
        yield Place(address, store)
        store.close()


def reader(chromium: Browser, address: str, width: int = 390) -> Page:
    """The page as somebody else sees it."""
    page = chromium.new_context(viewport={"width": width, "height": 844}, locale="en-GB").new_page()
    page.goto(address)
    return page


def saved(page: Page, name: str) -> None:
    """The plan on the desk saved as a new plan."""
    to_page(page, "Library")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Your name").fill("Finance")
    page.get_by_role("button", name="Save to the library").click()
    expect(page.locator(".saved", has_text=name).first).to_be_visible()
    settled(page)


def link_to(page: Page, what: str, *, editable: bool = False) -> str:
    """The address of a link made on the page."""
    to_page(page, "Share and files")
    codes = page.locator("[class*=st-key-entry] [data-testid=stCode]")
    before = codes.count()
    page.get_by_role("combobox", name="The link opens").click()
    page.get_by_role("option", name=re.compile(what)).click()
    settled(page)
    if editable:
        page.get_by_text("Readers can work on it").click()
        settled(page)
    page.get_by_role("button", name="Make a link").click()
    expect(codes).to_have_count(before + 1)
    settled(page)
    for text in codes.all_inner_texts():
        if text.strip() not in KNOWN:
            KNOWN.add(text.strip())
            return text.strip()
    raise AssertionError("no new link")


KNOWN: set[str] = set()


def test_pinned_live_editable_and_withdrawn(place: Place, visitor: BrowserContext, chromium: Browser) -> None:
    page = visitor.new_page()
    page.goto(place.address)
    settled(page)
    saved(page, "Budget 2027")
    pinned, live = link_to(page, "version 1"), link_to(page, "always the newest")
    working = link_to(page, "always the newest", editable=True)

    phone = settled(reader(chromium, pinned))
    expect(phone.get_by_text("“Budget 2027”, version 1, saved by Finance").first).to_be_visible()
    first = phone.locator("[data-fact=won] b").inner_text()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    expect(phone.get_by_role("button", name="Work on this plan")).to_have_count(0)

    other = settled(reader(chromium, working, 1280))
    other.get_by_role("button", name="Work on this plan").click()
    expect(other.get_by_text("Budget 2027, version 1").first).to_be_visible()
    to_page(other, "Channels")
    moved(other, RATE, 3)
    to_page(other, "Library")
    other.get_by_label("Your name").fill("Sales")
    other.get_by_role("button", name="Save version 2").click()
    expect(other.locator(".saved", has_text="Version 2")).to_contain_text("Sales")

    newest = settled(reader(chromium, live))
    expect(newest.get_by_text("“Budget 2027”, version 2, saved by Sales").first).to_be_visible()
    expect(newest.locator("[data-fact=won] b")).not_to_have_text(first)
    phone.reload()
    settled(phone)
    expect(phone.locator("[data-fact=won] b")).to_have_text(first)

    to_page(page, "Library")
    to_page(page, "Share and files")
    row = page.locator("[class*=st-key-entry]", has_text=pinned.rpartition("/")[2])
    expect(row.get_by_text(re.compile("Opened (once|2 times|twice)"))).to_be_visible()
    row.get_by_role("button", name="QR code").click()
    expect(page.get_by_text(pinned.partition("://")[2][:20]).last).to_be_visible()
    expect(page.locator("[data-testid=stImage] img")).to_be_visible()
    page.keyboard.press("Escape")
    row.get_by_role("button", name="Withdraw").click()
    expect(row).to_have_count(0)
    phone.reload()
    expect(phone.get_by_role("heading", name="This link cannot be opened")).to_be_visible()
    expect(phone.get_by_text(GONE)).to_be_visible()


def test_revoked_expired_and_never_made_are_one_page_and_a_chat_that_looks_is_not_counted(
    place: Place, chromium: Browser
) -> None:
    links, today = Links(place.store), dt.date.today()
    expired = links.keep_link(TOKEN, today - dt.timedelta(60), "me", days=30)
    revoked = links.keep_link(TOKEN, today, "me")
    links.revoke(revoked, "me")
    pages = set()
    for id in (expired, revoked, "never-made-at-all-12345"):
        page = reader(chromium, f"{place.address}/l/{id}")
        expect(page.get_by_role("heading", name="This link cannot be opened")).to_be_visible()
        page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        pages.add(page.locator("[data-testid=stMain]").inner_text())
        page.context.close()
    assert len(pages) == 1

    kept = links.keep_link(TOKEN, today, "me")
    request = urllib.request.Request(f"{place.address}/l/{kept}", headers={"User-Agent": SLACK})
    with urllib.request.urlopen(request, timeout=20) as answer:
        head = {name.lower(): value for name, value in answer.headers.items()}
    assert (head["referrer-policy"], head["x-robots-tag"]) == ("no-referrer", "noindex")
    seeing = chromium.new_context(user_agent=SLACK)
    page = seeing.new_page()
    page.goto(f"{place.address}/l/{kept}")
    settled(page)
    seeing.close()
    assert [link.times for link in links.made_by("me") if link.id == kept] == [0]
    settled(reader(chromium, f"{place.address}/l/{kept}"))
    assert [link.times for link in links.made_by("me") if link.id == kept] == [1]


def test_a_plan_is_deleted_after_a_question(place: Place, visitor: BrowserContext, chromium: Browser) -> None:
    page = visitor.new_page()
    page.goto(place.address)
    settled(page)
    saved(page, "To be deleted")
    link = link_to(page, "always the newest")
    to_page(page, "Library")
    page.get_by_role("button", name="Versions").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("with its one version for everybody")).to_be_visible()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("The library is empty")).to_be_visible()
    gone = reader(chromium, link)
    expect(gone.get_by_text(GONE)).to_be_visible()
