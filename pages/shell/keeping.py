"""Keeps the desk of a visit as the draft of its browser, whatever another tab, the store or an older draft does.

A draft that cannot be read is never written over before its owner says so. A save that fails is tried again until it
succeeds, and is said as long. What another tab saved meanwhile is taken in, item by item.
"""

from __future__ import annotations

import time
from datetime import date

import streamlit as st

from pages.shell import drafts, session
from pages.shell.session import Session
from pages.widgets.texts import plain
from planner import words
from planner.calendar import month_keys, month_of
from planner.errors import PlannerError, StoreError
from planner.keep.merging import Merged, merged
from planner.keep.store import DraftChanged
from planner.keep.workspace import Workspace
from planner.plan.starter import starter
from planner.show.errors import said

AGAIN = 10.0  # seconds after which a failed save is tried again
TRIES = 3  # of a save while other tabs save, too
NAMES = {
    "plan": "the plan", "baseline": "the baseline", "mappings": "column mappings", "origin": "the version it came from",
    "landings": "kept landings",
    "tail": "what figures count",
    "favourites": "favourite KPIs",
}  # fmt: skip


def begun() -> Session:
    """A new visit with the workspace of the last one, or with a working plan from next month on."""
    first = Workspace(starter(start=month_keys(month_of(date.today()), 2)[1]))
    visit = Session(first, first)
    _read(visit)
    return visit


def _read(visit: Session) -> None:
    """Puts the draft of the last visit on the desk; where that cannot be, it is left as it is."""
    visit.unread, visit.unreadable = False, None
    try:
        kept = drafts.draft()
    except StoreError as error:
        visit.unread, visit.unsaved, visit.tried = True, str(error), time.monotonic()
        return
    if kept is None:
        return
    try:
        last = drafts.opened(kept)
    except PlannerError as error:
        visit.unreadable, visit.why = kept, said(error, visit.workspace.plan)
        return
    visit.workspace = visit.kept = last.workspace
    visit.revision, visit.returning = last.revision, True


@session.in_turn
def keep() -> None:
    """The draft, if anything changed since it was kept.

    Only callbacks and `addresses.boot` change the workspace: the frame keeps it after them, before it shows anything.
    """
    visit = session.current()
    if visit.workspace is visit.kept or visit.unreadable is not None:
        return
    if not visit.unsaved or time.monotonic() - visit.tried >= AGAIN:
        _save(visit)


def warning() -> None:
    """Says that the draft could not be saved, for as long as it is not."""
    visit = session.current()
    if visit.unsaved and visit.workspace is not visit.kept and visit.unreadable is None:
        st.warning(
            f"The draft is not saved: {plain(visit.unsaved)} Download the workspace under “Share and files” to be safe."
        )


def _save(visit: Session) -> None:
    visit.tried = time.monotonic()
    workspace = visit.workspace
    try:
        for _ in range(TRIES):
            if _saved(visit):
                break
    except StoreError as error:
        visit.unsaved = str(error)
        return
    visit.unsaved = ""
    if visit.workspace is not workspace:
        visit.edited = True
        st.rerun()


def _saved(visit: Session) -> bool:
    """Whether the draft is kept; where another tab has saved since, its changes are on the desk now."""
    try:
        if visit.unread:  # the store was away when this visit began: nobody knows yet what is kept there
            raise DraftChanged("The draft was not read yet.")
        visit.revision = drafts.save(visit.workspace, visit.revision)
    except DraftChanged:
        return _taken_in(visit)
    visit.kept = visit.workspace
    return True


def _taken_in(visit: Session) -> bool:
    """Takes in what another tab saved; whether nothing is left to save."""
    kept = drafts.draft()
    if kept is None:
        visit.revision, visit.unread = 0, False
        return False
    try:
        other = drafts.opened(kept)
    except PlannerError as error:
        visit.unreadable, visit.why = kept, said(error, visit.workspace.plan)
        return True
    whole = merged(visit.kept, visit.workspace, other.workspace)
    visit.workspace, visit.kept, visit.revision, visit.unread = whole.workspace, other.workspace, other.revision, False
    if whole.taken:
        visit.messages.append(_told(whole))
    return False


def _told(whole: Merged) -> str:
    """What came from another tab."""
    if whole.kept is not None:
        return (
            "The plan was changed in another tab, too. Your plan stays here; the other one is saved as the scenario "
            f"“{whole.kept.name}”."
        )
    parts = [NAMES.get(part, part) for part in whole.taken]
    return f"Changes from another tab were taken in: {words.listed(parts)}. Undo takes them back here."


# -- a draft that cannot be read --------------------------------------------------------------------------------------


@session.in_turn
def try_again() -> None:
    """Reads the draft once more: another version of the planner may open it."""
    visit = session.current()
    mine, base = visit.workspace, visit.kept
    _read(visit)
    if visit.unreadable is None and mine is not base:
        whole = merged(base, mine, visit.workspace)
        visit.workspace, visit.edited = whole.workspace, True


@session.in_turn
def replace() -> None:
    """Lets this desk take the place of the draft that cannot be read."""
    visit = session.current()
    if visit.unreadable is not None:
        visit.revision, visit.unreadable = visit.unreadable.revision, None
        visit.kept = Workspace(visit.workspace.plan)  # another than the desk, so that it is kept


def banner() -> None:
    """Shows which draft cannot be read, with what can be done about it, or that this browser keeps nothing."""
    visit = session.current()
    if visit.unreadable is not None:
        st.warning(
            f"Your last draft cannot be opened: {plain(visit.why)} It is kept as it is, and nothing you do now "
            "is saved until you choose."
        )
        with st.container(horizontal=True):
            st.button("Try again", key="draft_again", on_click=try_again)
            st.download_button(
                "Download the old draft", visit.unreadable.content, "draft.txt", "text/plain", key="draft_old",
                on_click="ignore",
            )  # fmt: skip
            st.button("Replace it with this plan", key="draft_replace", on_click=replace)
    elif not drafts.owner():
        st.html(
            '<p class="quiet">This browser keeps no cookies for this page, so nothing is kept once the tab is closed. '
            "Download the workspace under “Share and files” to keep it.</p>"
        )
