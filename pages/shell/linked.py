"""Stored links: made by this visit, and as their reader meets them; one page where a link opens nothing."""

from __future__ import annotations

from datetime import date

import streamlit as st
from markupsafe import Markup

from pages.shell import addresses, desk, drafts, first, present, session, shelf
from pages.widgets.texts import plain
from planner.errors import StoreError, TooLarge
from planner.keep.codec import SharedPlan
from planner.keep.short_links import Links, StoredLink
from planner.show.errors import said
from planner.show.links import figures_of_old, outgrown


def maker() -> str:
    """Who makes a stored link: whose library this is, or this visit where the browser keeps no cookie."""
    return drafts.person() or session.current().maker


def stored_link(token: str) -> str:
    """The name under which the store keeps a share token of this visit; a token is kept once.

    It never expires by itself, and stands among the links that can be withdrawn. Raises StoreError for whoever only
    reads, as a reader writes nothing, and LibraryError for too many links on one day.
    """
    if desk.read_only():
        raise StoreError("A shared plan is open: go back to your own plan to make a link.")
    links = session.current().links
    if token not in links:
        links[token] = Links(drafts.store()).keep_link(token, date.today(), maker(), author=shelf.remembered())
    return links[token]


def withdrawn(name: str) -> None:
    """Forgets a stored link that opens nothing any more."""
    visit = session.current()
    visit.links = {token: link for token, link in visit.links.items() if link != name}


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
    addresses.leave_link()
    session.current().link = None
    entry = shelf.library().entry(drafts.person(), plan)
    shelf.take(entry, entry.latest.number)


def stop_at_nothing() -> None:
    """The whole page of a link that opens nothing, whatever became of it; nothing where there is none."""
    error = session.current().gone
    if error is None:
        return
    with st.container(key="nothing", border=True):
        if isinstance(error, TooLarge) and error.outgrown:
            st.html(Markup('<h1 class="page">{}</h1>').format(error.outgrown.plan.name))
            left_of(error, error.outgrown)
        else:
            st.html('<h1 class="page">This link cannot be opened</h1>')
            st.markdown(plain(said(error, desk.workspace().plan)))
        st.button("Open my own plan", key="leave_link", type="primary", on_click=addresses.leave_link)
    first.whole()
    st.stop()


def left_of(error: TooLarge, shared: SharedPlan) -> None:
    """What the link or file of an earlier version says of a plan that holds more than one can today."""
    st.markdown(plain(outgrown(error, shared)))
    if shared.figures:
        present.table(figures_of_old(shared), "Key figures")
