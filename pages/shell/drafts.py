"""The draft of a browser: the workspace in the store, under the random cookie that app.py sets."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import streamlit as st

from planner.keep.draft import from_draft, to_draft
from planner.keep.store import Store
from planner.keep.workspace import Workspace

COOKIE = "desk"  # whose draft a browser sees; unguessable, unreadable for scripts
DAYS_KEPT = 365


@lru_cache(maxsize=1)
def store() -> Store:
    """The store of drafts and links, opened when first needed; drafts nobody came back for are let go."""
    made = Store()
    made.purge(date.today(), DAYS_KEPT)
    return made


def owner() -> str:
    """Whose browser this is: its random cookie, "" where there is none."""
    return st.context.cookies.get(COOKIE, "") if st.context.cookies else ""


def load() -> Workspace | None:
    """The workspace of this browser's last visit, None where there is none. Raises PlannerError if unreadable."""
    kept = store().draft(owner()) if owner() else None
    return from_draft(kept) if kept else None


def save(held: Workspace) -> None:
    """Keeps the workspace for the next visit, where the browser has a cookie. Raises StoreError."""
    if owner():
        store().keep_draft(owner(), to_draft(held), date.today())


def forget() -> None:
    """Deletes what is kept of this browser. Raises StoreError."""
    store().forget(owner())
