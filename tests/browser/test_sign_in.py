"""A real sign-in: the planner, a provider of one's own and a browser; the link that was wanted is shown right after."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from playwright.sync_api import Browser, expect

from planner.keep.codec import to_token
from planner.keep.library import Library
from planner.keep.members import person_of
from planner.keep.short_links import Links
from planner.keep.store import Store
from planner.plan.starter import starter
from tests.browser.conftest import free_port, served, settled
from tests.browser.provider import provider
from tests.browser.test_session import to_page

NOON = dt.datetime(2027, 3, 15, 12, tzinfo=dt.UTC)


def test_a_link_is_shown_after_sign_in_and_roles_hold_for_who_signed_in(chromium: Browser, tmp_path: Path) -> None:
    port = free_port()
    store = Store(f"sqlite:///{tmp_path}/drafts.sqlite")
    me = person_of("me@example.org")
    plan = Library(store).save(me, "Budget 2027", to_token(starter("email", start="2027-01")), "Me", NOON).plan
    link = Links(store).keep_version(me, plan, dt.date.today(), author="Me")
    secrets = tmp_path / "secrets.toml"
    with provider() as who:
        secrets.write_text(who.secrets(f"http://127.0.0.1:{port}"), "utf-8")
        more = ("--secrets.files", str(secrets))
        with served(tmp_path / "drafts.sqlite", port, more=more) as address:
            visitor = chromium.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
            page = visitor.new_page()
            page.goto(f"{address}/l/{link}")
            expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
            expect(page.get_by_text("Budget 2027")).to_have_count(0)
            who.address = "reader@example.org"
            page.get_by_role("button", name="Sign in").click()
            expect(page).to_have_url(f"{address}/brief?l={link}")
            settled(page)
            expect(page.get_by_text("“Budget 2027”, version 1, saved by Me").first).to_be_visible()
            assert "wanted" not in {cookie["name"] for cookie in visitor.cookies()}
            visitor.close()

            visitor = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
            page = visitor.new_page()
            page.goto(f"{address}/library")
            who.address = "me@example.org"
            page.get_by_role("button", name="Sign in").click()
            expect(page).to_have_url(f"{address}/library")
            settled(page)
            page.get_by_role("button", name="Versions").click()
            page.get_by_role("button", name="Who can edit").click()
            page.get_by_label("E-mail address").fill("reader@example.org")
            page.get_by_role("button", name="Give access").click()
            expect(page.locator(".saved", has_text="reader@example.org")).to_contain_text("Can read")
            page.keyboard.press("Escape")
            page.get_by_role("button", name="Sign out").click()
            expect(page).to_have_url(f"{address}/")  # by way of /auth/logout
            expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
            visitor.close()

            visitor = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
            page = visitor.new_page()
            page.goto(address)
            who.address = "reader@example.org"
            page.get_by_role("button", name="Sign in").click()
            settled(page)
            to_page(page, "Library")
            expect(page.locator(".saved", has_text="Budget 2027")).to_contain_text("can read")
            visitor.close()
    store.close()
