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

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from pages.shell.drafts import COOKIE, store
from planner.errors import StoreError

A_YEAR = 365 * 24 * 3600
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
    charts.warm(forecast(starter()))
    gc.freeze()
    Thread(target=lambda: simulate(starter()).quantiles("won"), daemon=True).start()  # scipy.stats: a second to import
    yield


def policy() -> str:
    """The content-security policy: scripts only from here, and the one inline script of Streamlit's own page."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in inline)
    return (
        f"default-src 'self'; script-src 'self' blob: {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )


class Headers:
    """Security headers on every answer, and the cookie of the desk on a first visit."""

    def __init__(self, app: Any) -> None:
        self.app, self.policy = app, policy()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        known = COOKIE in Request(scope).cookies
        secure = "; Secure" if scope.get("scheme") == "https" else ""

        async def sent(message: Any) -> None:
            if message["type"] == "http.response.start":
                page = any(k == b"content-type" and v.startswith(b"text/html") for k, v in message["headers"])
                extra = [
                    (b"content-security-policy", self.policy.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"same-origin"),
                ]
                if page and not known:
                    cookie = f"{COOKIE}={secrets.token_urlsafe(24)}; Path=/; Max-Age={A_YEAR}; HttpOnly; SameSite=Lax"
                    extra.append((b"set-cookie", f"{cookie}{secure}".encode()))
                message = {**message, "headers": [*message["headers"], *extra]}
            await send(message)

        await self.app(scope, receive, sent)


async def stored_link(request: Request) -> RedirectResponse:
    """`/l/<id>`: a stored link opens the forecast it holds."""
    return RedirectResponse(f"/forecast?l={request.path_params['id']}")


def moved(name: str) -> Route:
    """A page that went by another name before: bookmarks and links to it still open."""

    async def to(request: Request) -> RedirectResponse:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{MOVED[name]}{query}")

    return Route(f"/{name}", to)


def explain(error: Exception) -> bool:
    """What a user sees of a fault of ours: words, never a traceback. It goes to the log."""
    logging.getLogger("planner").error("a page failed", exc_info=error)
    st.error(
        "This page hit a fault of ours. Your plan is safe: undo the last move or open another page. "
        "If it comes back, download the workspace under “Share and files” and send it with the report."
    )
    return True


app = st.App(
    Path(__file__).parent / "pages" / "frame.py",
    lifespan=warm,
    middleware=[Middleware(Headers)],
    routes=[Route("/l/{id:str}", stored_link), *map(moved, MOVED)],
    on_script_error=explain,
)
