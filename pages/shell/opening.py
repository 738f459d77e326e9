"""A stored link is opened, and its first opening in a visit is counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from pages.shell import drafts, session
from planner.errors import StoreError
from planner.keep.short_links import Links, StoredLink


def opened(id: str) -> StoredLink:
    """What a stored link opens. Raises BadLink and StoreError.

    Only a page whose script runs over its socket comes here: whoever fetches the address alone is not counted.
    """
    links, visit = Links(drafts.store()), session.current()
    link = links.link(id, dt.date.today())
    if id not in visit.counted:
        visit.counted.add(id)
        headers: Mapping[str, str] = st.context.headers or {}
        agent = headers.get("User-Agent", "")
        try:
            links.count_opening(id, dt.datetime.now(dt.UTC), drafts.owner() or visit.maker, agent)
        except StoreError:
            visit.counted.discard(id)  # the plan can be read all the same; it is counted with the next move
    return link
