"""Where sign-in is set up: nothing is shown before it, and who signed in finds what is theirs in any browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from starlette.requests import Request
from streamlit.runtime.secrets import Secrets
from streamlit.testing.v1 import AppTest

from pages.shell import drafts, sign_in, wanted
from planner.keep.codec import to_token
from planner.keep.library import Library
from planner.keep.members import Members, person_of
from planner.keep.short_links import Links
from planner.plan.starter import starter
from tests.app.conftest import FRAME, Opener, bodies

PAGE = "share/library.py"
NOON = dt.datetime(2027, 3, 15, 12, tzinfo=dt.UTC)
TOKEN = to_token(starter("email", start="2027-01"))


@pytest.fixture
def arriving(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """`arriving(path, claims, l=id)`: a page as somebody meets it of whom the provider says this."""
    monkeypatch.setattr(sign_in, "wanted", lambda: True)
    monkeypatch.setattr(sign_in, "trouble", lambda: "")
    monkeypatch.setattr(sign_in, "_providers", lambda: ("default",))
    monkeypatch.setattr(drafts, "browser", lambda: "one-browser-with-a-cookie")

    def page(path: str = "", claims: dict[str, Any] | None = None, **query: str) -> AppTest:
        app = AppTest.from_file(FRAME, default_timeout=60)
        app.user = claims or {}
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if path:
            app.switch_page(path).run()
        assert not app.exception
        return app

    return page


def claims(name: str, /, **more: Any) -> dict[str, Any]:
    return {"is_logged_in": True, "email": f"{name}@example.org", "name": name.capitalize(), **more}


def saved(app: AppTest, name: str = "Budget 2027") -> str:
    app.text_input(key="library_name").set_value(name)
    app.button(key="library_save_now").click().run()
    assert not app.exception
    return Library(drafts.store()).entries(person_of("me@example.org"))[0].id


@pytest.mark.parametrize("query", [{}, {"s": TOKEN}, {"l": "never-made-at-all-12345"}, {"p": TOKEN}])
def test_nothing_of_the_planner_is_shown_before_sign_in(arriving: Opener, query: dict[str, str]) -> None:
    app = arriving(**query)
    assert "Sign in" in bodies(app)
    assert 'class="strip"' not in bodies(app)
    assert [button.label for button in app.button] == ["Sign in"]
    assert "desk" not in app.session_state


@pytest.mark.parametrize(
    "given", [{"email": ""}, {"email": "no address"}, {"email_verified": False}, {"email_verified": "false"}]
)
def test_without_a_verified_address_nobody_comes_in(arriving: Opener, given: dict[str, Any]) -> None:
    app = arriving("", {**claims("me"), **given})
    assert "without a verified e-mail address" in app.markdown[0].value
    assert [button.label for button in app.button] == ["Sign out"]
    assert "desk" not in app.session_state


def test_who_signed_in_is_the_author_and_finds_plans_and_desk_in_any_browser(
    arriving: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = arriving(PAGE, claims("me"))
    assert "Signed in as me" in app.sidebar.caption[0].value
    assert "library_author" not in {field.key for field in app.text_input}
    plan = saved(app)
    work = app.session_state["desk"].workspace
    monkeypatch.setattr(drafts, "browser", lambda: "another-browser-and-cookie")
    other = arriving(PAGE, claims("Me", name="Another name"))
    (entry,) = Library(drafts.store()).entries(person_of("ME@example.org"))
    assert (entry.id, entry.latest.author) == (plan, "Me")
    assert other.session_state["desk"].workspace == work
    stranger = arriving(PAGE, claims("stranger"))
    assert "The library is empty" in bodies(stranger)
    assert stranger.session_state["desk"].workspace.origin is None


def test_a_role_is_given_by_address_and_holds_on_the_page(arriving: Opener) -> None:
    app = arriving(PAGE, claims("me"))
    plan = saved(app)
    app.button(key=f"versions:{plan}").click().run()
    app.session_state[f"people:{plan}"] = True
    app.run()
    app.text_input(key=f"give_to:{plan}").set_value("reader@example.org")
    app.selectbox(key=f"give_role:{plan}").set_value("viewer")
    next(button for button in app.button if button.label == "Give access").click().run()
    assert not app.exception
    assert "reader@example.org<small>Can read" in bodies(app)
    reader = arriving(PAGE, claims("reader"))
    assert "can read" in bodies(reader)
    reader.button(key=f"open:{plan}").click().run()
    assert reader.session_state["desk"].workspace.origin.name == "Budget 2027"
    assert "library_way" not in {control.key for control in reader.get("button_group")}
    assert not app.text_input(key=f"give_to:{plan}").value
    app.text_input(key=f"give_to:{plan}").set_value("nobody")
    next(button for button in app.button if button.label == "Give access").click().run()
    assert "is no e-mail address" in app.warning[0].value


def test_a_reader_of_a_link_is_shown_it_after_sign_in(arriving: Opener) -> None:
    plan = saved(arriving(PAGE, claims("me")))
    link = Links(drafts.store()).keep_version(person_of("me@example.org"), plan, dt.date.today(), author="Me")
    assert "Budget 2027" not in bodies(arriving("share/brief.py", l=link))
    app = arriving("share/brief.py", claims("reader"), l=link)
    assert "“Budget 2027”, version 1, saved by Me on" in app.info[0].value


def test_plans_of_the_browser_from_before_come_over_when_that_is_asked(arriving: Opener) -> None:
    before = Library(drafts.store()).save("one-browser-with-a-cookie", "Before", TOKEN, "Finance", NOON).plan
    app = arriving(PAGE, claims("me"))
    assert "A plan was saved in this browser before you signed in." in bodies(app)
    app.button(key="library_take_over").click().run()
    assert not app.exception
    assert [entry.id for entry in Library(drafts.store()).entries(person_of("me@example.org"))] == [before]
    assert "before you signed in" not in bodies(app)
    assert [member.address for member in Members(drafts.store()).of(person_of("me@example.org"), before)] == [
        "me@example.org"
    ]


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str | None], None]]:
    """`secrets(text)`: the planner was started with a file of secrets that holds this text, None: with none."""

    def started(text: str | None) -> None:
        file = tmp_path / "secrets.toml"
        if text is not None:
            file.write_text(text, "utf-8")
        real = st.get_option

        def option(name: str) -> Any:
            return [str(file)] if name == "secrets.files" else real(name)

        monkeypatch.setattr(st, "get_option", option)
        monkeypatch.setattr("streamlit.config.get_option", option)
        monkeypatch.setattr(st, "secrets", Secrets())
        sign_in.wanted.cache_clear()

    yield started
    sign_in.wanted.cache_clear()


WHOLE = '[auth]\nredirect_uri = "https://x.example/oauth2callback"\ncookie_secret = "s"\nclient_id = "a"\n'


@pytest.mark.parametrize(
    ("text", "wants", "says"),
    [
        (None, False, ""),
        ('other = "x"', False, ""),
        (WHOLE, True, ""),
        ('[auth]\nclient_id = "a"\nredirect_uri = "x"', True, "without cookie_secret"),
        ("[auth\nclient_id =", True, "cannot be read"),
    ],
)
def test_what_is_wrong_with_its_settings_is_said_and_locks(
    secrets: Callable[[str | None], None], text: str | None, wants: bool, says: str
) -> None:
    secrets(text)
    assert sign_in.wanted() == wants
    assert says in sign_in.trouble()
    assert bool(says) == bool(sign_in.trouble())


def test_without_it_nothing_of_sign_in_shows(opened: Opener) -> None:
    app = opened(PAGE)
    assert "sign" not in {(button.key or "")[:4] for button in app.button}
    assert not app.sidebar.caption


# -- the address that waits ----------------------------------------------------------------------------------------


def asking(path: str, query: str = "", cookie: str = "") -> Request:
    headers = [(b"cookie", cookie.encode())] if cookie else []
    return Request(
        {
            "type": "http", "method": "GET", "scheme": "http", "server": ("planner.example", 80), "path": path,
            "query_string": query.encode(), "headers": headers,
        }
    )  # fmt: skip


SIGNED_IN = [(b"set-cookie", b'_streamlit_user="2|abc"; Path=/'), (b"location", b"/")]


def test_the_link_that_was_wanted_waits_for_the_answer_that_signs_in() -> None:
    (cookie,) = wanted.remembered(asking("/brief", f"l=abc&s={TOKEN}"), "Path=/; HttpOnly; SameSite=Lax")
    assert cookie.endswith("Max-Age=600; Path=/; HttpOnly; SameSite=Lax")
    waits = asking("/oauth2callback", "code=1&state=2", cookie.partition(";")[0])
    leads = wanted.waiting(waits, SIGNED_IN)
    assert leads == f"/brief?l=abc&s={TOKEN}"
    assert wanted.waiting(waits, [(b"location", b"/")]) == ""
    assert wanted.waiting(waits, [(b"set-cookie", b"_streamlit_user=; Max-Age=0"), (b"location", b"/")]) == ""
    assert wanted.waiting(waits, [(b"set-cookie", b'_streamlit_user=""; Max-Age=0')]) == ""
    assert wanted.waiting(asking("/brief", "", cookie.partition(";")[0]), SIGNED_IN) == ""
    headers = wanted.forgotten(SIGNED_IN, leads, "Path=/")
    assert [value for name, value in headers if name == b"location"] == [leads.encode()]
    assert (b"set-cookie", b"wanted=; Max-Age=0; Path=/") in headers


@pytest.mark.parametrize(
    "wants",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/x\r\nset-cookie: a=b",
        "/brief?l=<script>",
        "brief",
        "",
    ],
)
def test_nobody_is_led_to_another_server_after_sign_in(wants: str) -> None:
    from urllib.parse import quote

    waits = asking("/oauth2callback", "", f"wanted={quote(wants, safe='')}")
    assert wanted.waiting(waits, SIGNED_IN) == ""


def test_nothing_waits_for_the_root_nor_for_who_has_signed_in_nor_beyond_what_a_cookie_holds() -> None:
    assert wanted.remembered(asking("/"), "") == []
    assert wanted.remembered(asking("/brief", "l=abc", "_streamlit_user=x"), "") == []
    assert wanted.remembered(asking("/brief", "p=" + "x" * 4000), "") == []
