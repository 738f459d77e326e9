"""Start-up, headers and our own routes. The script that every visit runs is pages/frame.py.

Start it with `streamlit run app.py` or any ASGI server (`uvicorn app:app`).
"""

from __future__ import annotations

import base64
import gc
import hashlib
import logging
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pages.shell import desk, first, sign_in, wanted
from pages.shell.drafts import COOKIE, HOST_COOKIE, is_owner, store
from planner.errors import StoreError

SHARED = {"l", "s"}  # parameters of an address that open somebody's plan to a reader
LINKS = SHARED | {"p"}  # parameters of an address that hold a plan, or lead to one
READ = "read"  # the cookie that says which shared plan somebody reads
A_YEAR = 365 * 24 * 3600
HOST = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
MOVED = {"sure": "uncertainty", "matters": "sensitivity", "takes": "goal", "spend": "budget"}  # pages, old name: new


@asynccontextmanager
async def warm(_app: Any) -> AsyncIterator[None]:
    """Import what the first visitor would wait for, then keep it out of every collection of garbage."""
    from planner.ask.uncertainty.simulation import simulate
    from planner.engine import forecast
    from planner.plan.starter import starter
    from planner.show.forecast import charts

    try:
        store().check()
    except StoreError as error:  # for whoever started the planner; visitors are told that nothing is kept
        logging.getLogger("planner").error("%s", error)
    if sign_in.trouble():
        logging.getLogger("planner").error("%s", sign_in.trouble())
    charts.warm(forecast(starter()))
    gc.freeze()
    Thread(target=lambda: simulate(starter()).quantiles("won"), daemon=True).start()  # scipy.stats: a second to import
    yield


def base_path() -> str:
    """What stands before every path of this app: "" or the base that the server was given, such as /planner."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def policy() -> str:
    """The content-security policy: scripts only from here, and two inline ones, Streamlit's and ours.

    `{sockets}` stands for where the page may open a socket.
    """
    page = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
    inline = [*re.findall(r"<script>(.*?)</script>", page, re.DOTALL), first.START]
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in inline)
    return (
        f"default-src 'self'; script-src 'self' blob: {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'{sockets}; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )


def sockets(host: str) -> str:
    """The sockets of the host that was asked; none for a text that is no host."""
    return f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""


def is_secure(request: Request) -> bool:
    """Whether the browser came by https, to here or to the balancer before."""
    return request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"


def attributes(request: Request) -> str:
    """What every cookie of ours carries besides its value."""
    return f"Path=/; HttpOnly; SameSite=Lax{'; Secure' if is_secure(request) else ''}"


def cookies(request: Request) -> list[str]:
    """The cookie of the desk, new or for another year; under https by the name that binds it to this host.

    Under a link also the one that says so; where people sign in, the one that keeps what was wanted before.
    """
    secure, rest = is_secure(request), attributes(request)
    given = (request.cookies.get(name, "") for name in (HOST_COOKIE, COOKIE))
    value = next(filter(is_owner, given), secrets.token_urlsafe(24))
    renewed = [f"{HOST_COOKIE if secure else COOKIE}={value}; Max-Age={A_YEAR}; {rest}"]
    if secure and COOKIE in request.cookies:
        renewed.append(f"{COOKIE}=; Max-Age=0; {rest}")
    if link := digest_of(request):
        renewed.append(f"{READ}={link}; {rest}")
    return renewed + (wanted.remembered(request, rest) if sign_in.wanted() else [])


def digest_of(request: Request) -> str:
    """A short digest of the shared plan that an address opens; "" where it opens none."""
    shared = sorted((name, text) for name, text in request.query_params.items() if name in SHARED and text)
    return hashlib.sha256(repr(shared).encode()).hexdigest()[:16] if shared else ""


class Headers:
    """Security headers on every answer, cookie and our part of the head with every page; no door to metrics."""

    def __init__(self, app: Any) -> None:
        self.app, self.policy = app, policy()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        allowed = self.policy.replace("{sockets}", sockets(request.headers.get("host", "")))
        link = is_link(request)
        extra = [
            (b"content-security-policy", allowed.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer" if link else b"same-origin"),
            *([(b"x-robots-tag", b"noindex")] if link else []),
        ]

        page, head = False, b""

        async def sent(message: Any) -> None:
            nonlocal page, head
            if message["type"] == "http.response.start":
                page = _is_page(request, message)
                head = first.head(_below(scope)) if page else b""
                headers = [*_longer(message["headers"], len(head)), *extra]
                wants = wanted.waiting(request, headers)
                if wants:
                    headers = wanted.forgotten(headers, wants, attributes(request))
                if page:
                    headers += [(b"set-cookie", cookie.encode()) for cookie in cookies(request)]
                message = {**message, "headers": headers}
            elif page:
                message = {**message, "body": message.get("body", b"").replace(b"</head>", head + b"</head>", 1)}
            await send(message)

        hidden = scope["path"].rstrip("/").endswith("/_stcore/metrics")
        answer = Response(status_code=404) if hidden else _brief_of(request) or self.app
        await answer(_readable(scope, request), receive, sent)


def _readable(scope: Any, request: Request) -> Any:
    """The request for a page without a wish for compression, so that our part can be put into its head."""
    if "text/html" not in request.headers.get("accept", ""):
        return scope
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]}


def _below(scope: Any) -> str:
    """The path that was asked for, as the browser sent it, below the base of the app."""
    raw = scope.get("raw_path") or scope["path"].encode()
    return str(raw.decode("latin-1").partition("?")[0].removeprefix(BASE))


def _longer(headers: Any, more: int) -> list[tuple[bytes, bytes]]:
    """The headers of an answer that is `more` bytes longer."""
    return [(name, str(int(value) + more).encode() if name == b"content-length" else value) for name, value in headers]


def is_link(request: Request) -> bool:
    """Whether an address holds a plan, or leads to one: no search engine lists it and no other site hears of it."""
    return "/l/" in request.url.path or bool(LINKS & request.query_params.keys())


def _brief_of(request: Request) -> Response | None:
    """The way to the brief of a shared plan whose address names no page, as where somebody cut it short.

    Whoever reads that plan already is at the first page of the planner, which has no name either.
    """
    named, shared = request.url.path.removeprefix(BASE).strip("/"), digest_of(request)
    if named or not shared or request.cookies.get(READ) == shared:
        return None
    return RedirectResponse(f"{BASE}/brief?{request.url.query}")


def _is_page(request: Request, message: Any) -> bool:
    """Whether an answer is a page, also where the browser is told that it has the page already."""
    html = any(k == b"content-type" and v.startswith(b"text/html") for k, v in message["headers"])
    return html or (message["status"] == 304 and "text/html" in request.headers.get("accept", ""))


BASE = base_path()


async def stored_link(request: Request) -> RedirectResponse:
    """`/l/<id>`: a stored link opens the brief of its plan. Nothing is looked up here, so nothing can be told apart."""
    return RedirectResponse(f"{BASE}/brief?l={quote(request.path_params['id'], safe='')}")


def moved(name: str) -> Route:
    """A page that went by another name before: bookmarks and links to it still open."""

    async def to(request: Request) -> RedirectResponse:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{BASE}/{MOVED[name]}{query}")

    return Route(f"{BASE}/{name}", to)


def explain(error: Exception) -> bool:
    """What a user sees of a fault of ours: words and the way out, never a traceback. It goes to the log."""
    from pages.widgets.texts import plain

    logging.getLogger("planner").error("a page failed", exc_info=error)
    st.error(
        "This page hit a fault of ours. Your plan is safe: undo the last change, or open the page again. "
        "If it comes back, download the workspace under “Share and files” and send it with the report."
    )
    last = desk.last_step()
    with st.container(horizontal=True):
        if last:
            st.button("Undo the last change", key="fault_undo", type="primary", on_click=desk.undo, help=plain(last))
        st.button("Open again", key="fault_again")
    first.whole()
    return True


app = st.App(
    Path(__file__).parent / "pages" / "frame.py",
    lifespan=warm,
    middleware=[Middleware(Headers)],
    routes=[Route(BASE + "/l/{id:str}", stored_link), *map(moved, MOVED)],
    on_script_error=explain,
)
