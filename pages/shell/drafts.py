"""The draft of a browser: the workspace in the store, under the random cookie that app.py sets, or who signed in."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from secrets import token_hex

import streamlit as st

from pages.shell import sign_in
from planner.keep.draft import from_draft, to_draft
from planner.keep.store import Draft, Store
from planner.keep.workspace import Workspace

COOKIE, HOST_COOKIE = "desk", "__Host-desk"  # whose draft a browser sees; unguessable, unreadable for scripts
DAYS_KEPT = 365
LIBRARY = "OUTBOUND_PLANNER_LIBRARY"
COMMON = "common"  # one library for everybody who can open this planner


@dataclass(frozen=True)
class Opened:
    """A draft as a workspace, and the revision it stood at."""

    workspace: Workspace
    revision: int


@lru_cache(maxsize=1)
def store() -> Store:
    """The store of drafts and links, opened when first needed; drafts nobody came back for are let go."""
    store = Store()
    store.purge(date.today(), DAYS_KEPT)
    return store


def is_owner(text: str) -> bool:
    """Whether a cookie can be one of ours."""
    return re.fullmatch(r"[\w-]{20,64}", text, re.ASCII) is not None


def owner() -> str:
    """Whose desk this is: of who signed in, where people do, else of whoever has this browser."""
    return sign_in.person() if sign_in.wanted() else browser()


def browser() -> str:
    """Which browser this is: its random cookie, "" where it keeps none."""
    cookies: Mapping[str, str] = st.context.cookies or {}
    values = (cookies.get(name, "") for name in (HOST_COOKIE, COOKIE))
    return next(filter(is_owner, values), "")


def person() -> str:
    """Whose library this is: of who signed in; else everybody's where the setting says so, or this browser's.

    "" where it keeps no cookie, and no cookie is the text that stands for everybody: one has 20 characters and more.
    """
    return COMMON if os.environ.get(LIBRARY) == COMMON and not sign_in.wanted() else owner()


def before_sign_in() -> str:
    """Whose library was used here before people signed in; "" where they do not, or this browser keeps no cookie."""
    return browser() if sign_in.wanted() else ""


def tag() -> str:
    """What the addresses of this browser's desk carry: random like its cookie, but nobody can tell the cookie by it."""
    whose = owner()
    return hashlib.sha256(f"address of {whose}".encode()).hexdigest()[:8] if whose else token_hex(4)


def draft() -> Draft | None:
    """What is kept of this browser's last visit, None where nothing is. Raises StoreError."""
    whose = owner()
    if not whose:
        return None
    kept = store().draft(whose)
    if kept is not None:
        store().renew(whose, date.today())
    return kept


def opened(kept: Draft) -> Opened:
    """A draft as a workspace. Raises PlannerError where it cannot be read."""
    return Opened(from_draft(kept), kept.revision)


def save(workspace: Workspace, after: int) -> int:
    """Keeps the workspace for the next visit and returns its revision; 0 where the browser has no cookie.

    Raises DraftChanged where the draft no longer stands at the revision `after`, StoreError where it cannot be kept.
    """
    whose = owner()
    return store().keep_draft(whose, to_draft(workspace), date.today(), after=after) if whose else 0


def forget() -> None:
    """Deletes what is kept of this browser. Raises StoreError."""
    store().forget(owner())
