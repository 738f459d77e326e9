"""A stored link as its reader meets it: worked on where that may be; one page where it opens nothing."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.shell import desk, drafts, first, session, shelf
from pages.widgets.inputs import plain
from planner.keep.short_links import Links, StoredLink


def can_join() -> bool:
    """Whether the plan on screen may be worked on by whoever reads it."""
    link = session.current().stored
    return link is not None and link.editable


def join() -> None:
    """Lets this browser work on the plan of the link on screen, and puts its newest version on the desk."""
    link = session.current().stored
    if link is not None:
        shelf.tried(lambda: _join(link))


def _join(link: StoredLink) -> None:
    plan = Links(drafts.store()).join(shelf.known_person(), link.id, date.today())
    desk.leave_link()
    session.current().link = None
    entry = shelf.library().entry(drafts.person(), plan)
    shelf.take(entry, entry.latest.number)


def stop_at_nothing() -> None:
    """The whole page of a link that opens nothing, whatever became of it; nothing where there is none."""
    if not desk.gone():
        return
    with st.container(key="nothing", border=True):
        st.html('<h1 class="page">This link cannot be opened</h1>')
        st.markdown(plain(session.current().gone))
        st.button("Open my own plan", key="leave_link", type="primary", on_click=desk.leave_link)
    first.whole()
    st.stop()
