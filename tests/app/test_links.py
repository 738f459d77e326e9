"""Stored links on their page, and as their readers meet them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.shell import drafts
from pages.widgets.texts import plain
from planner.keep import codec, figures
from planner.keep.codec import to_token
from planner.keep.library import Library
from planner.keep.short_links import GONE, Links, MadeLink
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show.links import qr_png, qr_svg
from tests.app.conftest import Opener, bodies, move, strip
from tests.app.test_library import BROWSER, called, entries, rows, saved
from tests.app.test_library import callbacks as callbacks

PAGE, BRIEF = "share/files.py", "share/brief.py"
TOKEN = to_token(starter("email", start="2027-01"))


def links() -> tuple[MadeLink, ...]:
    return Links(drafts.store()).made_by(BROWSER)


def made(app: AppTest, **fields: Any) -> AppTest:
    """A link made on the page, with what its fields are set to."""
    app.text_input(key="library_author").set_value("Finance")
    if "what" in fields:
        app.selectbox(key="link_what").set_value(fields["what"])
        app.run()
    if "days" in fields:
        app.selectbox(key="link_days").set_value(fields["days"])
    if fields.get("editable"):
        app.toggle(key="link_editable").set_value(True)
    app.button(key="shorten").click().run()
    assert not app.exception
    return app


def test_a_link_is_made_opens_is_counted_and_withdrawn(browser: Opener) -> None:
    app = made(browser(PAGE), days=30)
    (link,) = links()
    assert (link.expires_on, link.times) == (dt.date.today() + dt.timedelta(30), 0)
    assert "The plan as it stood on" in bodies(app)
    assert "Not opened yet" in bodies(app)
    reader = browser(BRIEF, l=link.id)
    reader.run()
    assert strip(reader) == strip(app)
    assert reader.info[0].value.startswith("A shared plan, made by Finance on ")
    assert links()[0].times == 1
    assert "Opened once in one browser" in bodies(app.run())
    app.button(key=f"withdraw:{link.id}").click().run()
    assert links() == ()
    assert "This link cannot be opened" in bodies(browser(BRIEF, l=link.id))


def test_a_chat_that_runs_the_page_is_not_counted(browser: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    made(browser(PAGE))
    monkeypatch.setattr(type(st.context), "headers", {"User-Agent": "Slackbot 1.0"})
    browser(BRIEF, l=links()[0].id)
    assert links()[0].times == 0


def test_every_link_that_opens_nothing_shows_one_and_the_same_page(browser: Opener) -> None:
    store = Links(drafts.store())
    early = dt.date.today() - dt.timedelta(40)
    expired = store.keep_link(TOKEN, early, "me", days=30)
    withdrawn = store.keep_link(TOKEN, early, "me")
    store.revoke(withdrawn, "me")
    pages = [browser("", l=id) for id in (expired, withdrawn, "never-made-at-all-12345", "short", "' OR 1=1")]
    texts = [tuple(text.value for text in app.markdown) for app in pages]
    buttons = [tuple(button.label for button in app.button) for app in pages]
    screens = set(zip(map(bodies, pages), texts, buttons, strict=True))
    assert len(screens) == 1
    (page,) = screens
    assert "This link cannot be opened" in page[0]
    assert 'class="strip"' not in page[0]
    assert page[1] == (plain(GONE),)


def test_from_a_link_that_opens_nothing_the_way_leads_to_ones_own_plan(browser: Opener) -> None:
    own = move(browser(), "email.volume", 9000.0)
    app = browser("", l="never-made-at-all-12345")
    app.button(key="leave_link").click().run()
    assert not app.exception
    assert strip(app) == strip(own)


def test_a_live_link_follows_the_newest_version_and_a_pinned_one_stays(browser: Opener) -> None:
    app = saved(browser("share/library.py"))
    app.switch_page(PAGE).run()
    made(app, what="pinned")
    made(app, what="live")
    pinned, live = sorted(links(), key=lambda link: link.live)
    first = strip(browser(BRIEF, l=pinned.id))
    Library(drafts.store()).save_version(BROWSER, entries()[0].id, TOKEN, "Sales", dt.datetime.now(dt.UTC))
    assert strip(browser(BRIEF, l=pinned.id)) == first
    newest = browser(BRIEF, l=live.id)
    assert strip(newest) != first
    assert "“Budget 2027”, version 2, saved by Sales on" in newest.info[0].value
    assert "always shows the newest version" in newest.info[0].value
    assert not any("calculates this differently" in info.value for info in newest.info)


def test_another_engine_is_said_where_it_gives_other_figures(browser: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = starter("email", start="2027-01")
    other = figures.figures(pull(plan, "email.volume", 9000.0))
    with monkeypatch.context() as then:
        then.setattr(codec, "figures", lambda *_: other)
        token = to_token(plan)
    id = Links(drafts.store()).keep_link(token, dt.date.today(), "me", author="Finance")
    assert "calculates this differently" in browser(BRIEF, l=id).info[1].value


def test_whoever_opens_an_editable_link_may_work_on_the_plan(browser: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    app = saved(browser("share/library.py"))
    app.switch_page(PAGE).run()
    made(app, what="live", editable=True)
    monkeypatch.setattr(drafts, "owner", lambda: "another-browser-with-a-cookie")
    reader = browser(BRIEF, l=links()[0].id)
    assert Library(drafts.store()).entries("another-browser-with-a-cookie") == ()
    reader.button(key="join_plan").click().run()
    assert not reader.exception
    work = reader.session_state["desk"].workspace
    assert (work.origin.name, work.origin.number) == ("Budget 2027", 1)
    (entry,) = Library(drafts.store()).entries("another-browser-with-a-cookie")
    assert entry.role == "editor"


def test_a_reader_cannot_write_by_any_callback_of_the_page(browser: Opener, callbacks: dict[str, Any]) -> None:
    app = saved(browser("share/library.py"))
    app.switch_page(PAGE).run()
    made(app, what="live")
    (link,) = links()
    app.run()
    tried = {key: call for key, call in callbacks.items() if key in ("shorten", f"withdraw:{link.id}")}
    assert tried.keys() >= {"shorten", f"withdraw:{link.id}"}
    reader = browser(PAGE, l=link.id)
    assert not {button.key for button in reader.button} & tried.keys()
    before = rows()
    values = {"library_author": "Reader", "link_what": "live", "link_days": 0, "link_editable": True}
    called({**tried, "join": joining}, values, reader)
    assert rows() == before
    called(tried, values, app)
    assert rows() != before


def joining() -> None:
    from pages.shell import linked

    linked.join()


def test_a_qr_code_holds_the_address_and_says_it_in_words() -> None:
    address = "https://planner.example/l/abcdefghijklmnopqrstuv"
    drawn = qr_svg(address).decode()
    assert drawn.startswith("<svg ")
    words = "".join(part.partition("</text>")[0] for part in drawn.split('text-anchor="middle">')[1:])
    assert words == address
    assert qr_png(address).startswith(b"\x89PNG")
    assert "&lt;b&gt;" in qr_svg("https://x/<b>").decode()
