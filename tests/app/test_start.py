"""Headers, the cookie of the desk, and the way out of a fault."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from streamlit.testing.v1 import AppTest

import app
from tests.app.conftest import Opener, move

OURS = "a" * 32


def asked(scheme: str = "http", cookie: str = "") -> Request:
    """A request for a page."""
    headers = [(b"cookie", cookie.encode()), (b"host", b"planner.example")]
    scope = {
        "type": "http",
        "scheme": scheme,
        "path": "/",
        "headers": headers,
        "server": ("x", 80),
        "query_string": b"",
    }
    return Request(scope)


def test_the_cookie_is_renewed_on_every_page() -> None:
    (cookie,) = app.cookies(asked(cookie=f"desk={OURS}"))
    assert cookie == f"desk={OURS}; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax"


@pytest.mark.parametrize("cookie", ["", "desk=", "desk=short", "desk=with spaces and more of them", "__Host-desk=;x"])
def test_whoever_has_no_cookie_of_ours_gets_one(cookie: str) -> None:
    name, _, rest = app.cookies(asked(cookie=cookie))[0].partition("=")
    assert name == "desk"
    assert len(rest.partition(";")[0]) == 32


def test_under_https_the_old_cookie_is_renamed_with_its_value() -> None:
    new, old = app.cookies(asked("https", f"desk={OURS}"))
    assert new == f"__Host-desk={OURS}; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax; Secure"
    assert old.startswith("desk=; Max-Age=0; Path=/")
    assert len(app.cookies(asked("https", f"__Host-desk={OURS}"))) == 1


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("planner.example", " ws://planner.example wss://planner.example"),
        ("127.0.0.1:8501", " ws://127.0.0.1:8501 wss://127.0.0.1:8501"),
        ("[::1]:80", " ws://[::1]:80 wss://[::1]:80"),
        ("x; script-src *", ""), ("*", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_page_opens_sockets_to_its_own_host_only(host: str, allowed: str) -> None:
    assert app.sockets(host) == allowed


def headers(
    answer: Any, path: str = "/", accept: str = "*/*", query: str = "", cookie: str = ""
) -> dict[str, str]:  # fmt: skip
    """Status and headers of an app that always gives this answer, with the guard around it."""
    by_name: dict[str, str] = {}

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            by_name["status"] = str(message["status"])
            by_name.update({name.decode(): value.decode() for name, value in message["headers"]})

    given = [(b"host", b"planner.example"), (b"accept", accept.encode()), (b"cookie", cookie.encode())]
    scope = {
        "type": "http", "method": "GET", "scheme": "http", "path": path, "headers": given, "server": ("x", 80),
        "query_string": query.encode(),
    }  # fmt: skip
    with ThreadPoolExecutor(1) as pool:  # a thread of its own: a browser test may have left a loop in this one
        pool.submit(asyncio.run, app.Headers(answer)(scope, receive, send)).result()
    return by_name


@pytest.mark.parametrize(
    ("path", "query"), [("/l/abc", ""), ("/base/l/abc", ""), ("/brief", "l=x"), ("/brief", "a=1&s=x"), ("/", "p=x")]
)
def test_no_search_engine_lists_a_link_and_no_other_site_hears_of_it(path: str, query: str) -> None:
    page = headers(HTMLResponse("<p>"), path, query=query)
    assert (page["referrer-policy"], page["x-robots-tag"]) == ("no-referrer", "noindex")
    other = headers(HTMLResponse("<p>"), "/brief", query="tab=1")
    assert other["referrer-policy"] == "same-origin"
    assert "x-robots-tag" not in other


@pytest.mark.parametrize("query", ["s=x", "l=x", "embed=true&s=x%26y"])
def test_a_shared_plan_whose_address_names_no_page_opens_on_its_brief(query: str) -> None:
    cut = headers(HTMLResponse("<p>"), "/", query=query)
    assert cut["location"] == f"/brief?{query}"
    assert (cut["referrer-policy"], cut["x-robots-tag"]) == ("no-referrer", "noindex")
    assert "location" not in headers(HTMLResponse("<p>"), "/channels", query=query)


def test_whoever_reads_a_shared_plan_can_reload_its_first_page() -> None:
    """The first page has no name, so only a cookie tells a reload there from an address that was cut short."""
    read = headers(HTMLResponse("<p>"), "/brief", query="s=x")["set-cookie"].partition(";")[0]
    assert "location" not in headers(HTMLResponse("<p>"), "/", query="s=x", cookie=read)
    assert headers(HTMLResponse("<p>"), "/", query="s=y", cookie=read)["location"] == "/brief?s=y"


@pytest.mark.parametrize("query", ["", "s=", "l=&s=", "p=x", "tab=1"])
def test_what_is_no_link_opens_where_the_desk_is(query: str) -> None:
    assert "location" not in headers(HTMLResponse("<p>"), "/", query=query)


def test_the_address_of_a_stored_link_is_answered_without_looking_it_up() -> None:
    first, second = leads_to("a" * 22), leads_to("b" * 22)
    assert first.replace("a" * 22, "b" * 22) == second
    assert leads_to("x&s=y#z").endswith("/brief?l=x%26s%3Dy%23z")


def leads_to(id: str) -> str:
    """Where the address of a stored link leads."""
    request = Request({"type": "http", "path": "/", "headers": [], "path_params": {"id": id}})
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, app.stored_link(request)).result().headers["location"]


def test_every_answer_is_guarded_and_only_pages_set_the_cookie() -> None:
    page = headers(HTMLResponse("<p>"))
    sockets = "connect-src 'self' ws://planner.example wss://planner.example;"
    assert sockets in page["content-security-policy"]
    assert page["set-cookie"].startswith("desk=")
    script = headers(PlainTextResponse("x"), "/app.js")
    assert sockets in script["content-security-policy"]
    assert "set-cookie" not in script
    assert headers(Response(status_code=304), accept="text/html")["set-cookie"].startswith("desk=")


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/planner/_stcore/metrics", "/_stcore/metrics/"])
def test_the_metrics_of_the_server_are_closed(path: str) -> None:
    assert headers(PlainTextResponse("secrets"), path)["status"] == "404"


def test_after_a_fault_undo_opens_the_page_again(opened: Opener) -> None:
    moved_page = move(opened(), "email.replied.rate", 0.9)
    before = moved_page.session_state["desk"].workspace.past[-1].plan.before

    def page() -> None:
        import app
        from pages.shell import desk

        if desk.workspace().past:
            app.explain(KeyError("ladder"))

    fault = AppTest.from_function(page)
    fault.session_state["desk"] = moved_page.session_state["desk"]
    fault.run()
    assert "fault of ours" in fault.error[0].value
    fault.button(key="fault_undo").click().run()
    assert not fault.error
    assert fault.session_state["desk"].workspace.plan == before
