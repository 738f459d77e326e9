"""The address that somebody wanted before signing in: it waits in a cookie, as sign-in returns to the root."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from starlette.requests import Request

__all__ = ["COOKIE", "forgotten", "remembered", "waiting"]

COOKIE = "wanted"
SECONDS = 600  # for which it waits
MOST = 3500  # characters of a cookie; a longer link is opened again by hand
USER = "_streamlit_user"  # the cookie of whoever signed in
_HERE = re.compile(r"/(?![/\\])[\w./~-]*(\?[\w.~%=&+:,-]*)?", re.ASCII)  # a path on this server, never another's


def remembered(request: Request, rest: str) -> list[str]:
    """The cookie that keeps what a visitor who has not signed in wants; none for the root, which needs none."""
    query = f"?{request.url.query}" if request.url.query else ""
    wants = f"{request.url.path}{query}"
    if USER in request.cookies or wants == "/" or len(quote(wants, safe="")) > MOST or not _HERE.fullmatch(wants):
        return []
    return [f"{COOKIE}={quote(wants, safe='')}; Max-Age={SECONDS}; {rest}"]


def waiting(request: Request, headers: list[tuple[bytes, bytes]]) -> str:
    """Where an answer that signs somebody in leads to; "" for any other answer, or where nothing waits."""
    came_back = request.url.path.rstrip("/").endswith("/oauth2callback")
    signed_in = any(k == b"set-cookie" and re.match(rb'_streamlit_user="?[^";]', v) for k, v in headers)
    wants = unquote(request.cookies.get(COOKIE, ""))
    return wants if came_back and signed_in and _HERE.fullmatch(wants) else ""


def forgotten(headers: list[tuple[bytes, bytes]], wants: str, rest: str) -> list[tuple[bytes, bytes]]:
    """The headers of that answer: they lead where was wanted, and the cookie goes."""
    others = [(name, value) for name, value in headers if name != b"location"]
    return [*others, (b"location", wants.encode()), (b"set-cookie", f"{COOKIE}=; Max-Age=0; {rest}".encode())]
