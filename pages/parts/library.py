"""The library on a page: saving the plan, and the plans with what can be done to each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from pages.parts.plan_tools import OPEN, tools
from pages.parts.versions import history
from pages.shell import desk, drafts, present, sharing, shelf
from pages.widgets.texts import plain
from planner.errors import PlannerError
from planner.keep.saved import MOST_NAME, MOST_NOTE, PURPOSES, Entry, Version, matching, may
from planner.show import library as shown

MOST_LISTED = 40  # plans at once; a search finds the others
NEW, NEXT = "As a new plan", "As the next version"


def entries() -> tuple[Entry, ...] | None:
    """The whole library; None, with why and what to do, where it cannot be read."""
    try:
        return shelf.entries()
    except PlannerError as error:
        st.error(f"The library cannot be read. {plain(str(error))}")
        return None


def standing(entries: Sequence[Entry], listed: Sequence[Entry]) -> None:
    """How many plans there are, and which was saved last."""
    present.answer(shown.standing(entries, len(listed), shelf.zone()))
    if desk.read_only():
        present.quiet("A shared plan is open, so nothing can be saved or changed here. Go back to your own plan first.")
    elif not drafts.person():
        present.quiet(shelf.NO_COOKIE)


def searched(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Those of the plans that match what was typed; archived ones only where that is wanted."""
    archived = any(entry.archived for entry in entries)
    text, away = "", False
    if len(entries) > 1 or archived:
        with st.container(horizontal=True, vertical_alignment="bottom", key="library_search_row"):
            text = st.text_input(
                "Search", key="library_search", placeholder="Name, note, author or purpose", width=320,
                persist_state="session",
            )  # fmt: skip
            if archived:
                away = st.toggle("Show archived plans", key="library_archived", persist_state="session")
    return matching((entry for entry in entries if away or not entry.archived), text)


def earlier() -> None:
    """Plans of this browser from before people signed in, and the way to have them here."""
    try:
        rows = shelf.before()
    except PlannerError:
        return  # said where the library itself is read
    if rows:
        many = "A plan was" if len(rows) == 1 else f"{len(rows)} plans were"
        with st.container(horizontal=True, vertical_alignment="center", key="library_before"):
            present.quiet(f"{many} saved in this browser before you signed in.")
            st.button("Add to my library", key="library_take_over", on_click=_take_over)


def _take_over() -> None:
    shelf.tried(shelf.take_over)


# -- saving -------------------------------------------------------------------------------------------------------


def saving(entries: Sequence[Entry]) -> None:
    """Save the plan on the desk: as the next version of where it came from, or as a new plan."""
    off = desk.read_only() or not drafts.person()
    source = shelf.origin(tuple(entries))
    continues = source is not None and may(source.role, "editor")
    with st.container(border=True, key="library_save"):
        present.title("Save this plan", _where(source))
        ways = [NEXT, NEW] if continues else [NEW]
        if continues:
            st.segmented_control(
                "How", ways, key="library_way", default=NEXT, required=True, disabled=off, label_visibility="collapsed"
            )
        way = st.session_state.get("library_way", NEXT) if continues else NEW
        _fields(new=way == NEW, off=off)
        label = f"Save version {source.latest.number + 1}" if source and way == NEXT else "Save to the library"
        st.button(
            label, key="library_save_now", type="primary", disabled=off, on_click=_save,
            args=(source.id if source and way == NEXT else "",),
        )  # fmt: skip


def _where(source: Entry | None) -> str:
    here = desk.workspace().origin
    if source is None or here is None:
        return "not in the library yet"
    state = "with unsaved changes" if shelf.unsaved() else "unchanged"
    newer = source.latest.number - here.number
    later = f"; {'a newer version was' if newer == 1 else f'{newer} newer versions were'} saved since" if newer else ""
    return f"{source.name}, version {here.number}, {state}{later}"


def _fields(new: bool, off: bool) -> None:
    """Name, note, purpose and who saves."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if new:
            st.text_input(
                "Name", key="library_name", placeholder=desk.plan().name, max_chars=MOST_NAME, width=260, disabled=off
            )
        st.text_input(
            "Note", key="library_note", placeholder="What is new, and why", max_chars=MOST_NOTE, disabled=off,
            width="stretch",
        )  # fmt: skip
        st.selectbox(
            "Purpose", list(PURPOSES), key="library_purpose", format_func=_purpose, width=190, disabled=off,
        )  # fmt: skip
        shelf.name_field()


def _purpose(key: str) -> str:
    return PURPOSES[key].label


def _save(plan: str) -> None:
    """Saves the plan on the desk as a version of a plan, or of a new one."""
    typed = {name: str(st.session_state.get(f"library_{name}", "")) for name in ("name", "note")}
    purpose = st.session_state.get("library_purpose", "working")
    name = typed["name"].strip() or desk.plan().name

    def save() -> None:
        library, person = shelf.writable(), drafts.person()
        more: dict[str, Any] = {"note": typed["note"], "purpose": purpose}
        if plan:
            token = sharing.share_token()
            origin = library.save_version(person, plan, token, shelf.author(), shelf.now(), **more)
        else:  # the plan goes by the name under which it is saved, so that its brief and its links do too
            token = sharing.share_token(name)
            origin = library.save(person, name, token, shelf.author(), shelf.now(), **more)
            shelf.call(origin.name)
        shelf.came_from(origin)
        desk.show("library_note", "")
        desk.show("library_name", "")
        desk.show("library_purpose", "working")
        st.toast(f"Saved as {plain(origin.name)}, version {origin.number}.")

    shelf.tried(save)


# -- the plans ----------------------------------------------------------------------------------------------------


def listed(entries: Sequence[Entry], listed: Sequence[Entry]) -> None:
    """Shows one row per plan, and below the row of one of them its versions."""
    if not listed:
        present.quiet(
            "No plan matches. Search for fewer words, or show archived plans."
            if entries
            else "Plans you save appear here, with who saved them, when, and what changed in each version."
        )
    for entry in listed[:MOST_LISTED]:
        with st.container(key=f"entry:{entry.id}"):
            _row(entry)
            if st.session_state.get(OPEN) == entry.id:
                with st.container(border=True):
                    tools(entry)
                    history(entry)
    if len(listed) > MOST_LISTED:
        present.quiet(f"{MOST_LISTED} of {len(listed)} plans are listed: search to find the others.")


def _row(entry: Entry) -> None:
    """A plan with its newest version, to be opened on the desk or looked at."""
    latest = entry.latest
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(_heading(entry, latest), width="stretch")
        st.button(
            "Open", key=f"open:{entry.id}", on_click=open_version, args=(entry, latest.number),
            disabled=desk.read_only(), help="Puts the newest version on the desk. Undo brings your plan back.",
        )  # fmt: skip
        label = "Hide versions" if st.session_state.get(OPEN) == entry.id else "Versions"
        st.button(label, key=f"versions:{entry.id}", on_click=_unfold, args=(entry.id,), type="tertiary")


def _heading(entry: Entry, latest: Version) -> Markup:
    marks = Markup().join(
        Markup('<span class="chip">{}</span>').format(text)
        for text in ("archived" if entry.archived else "", shown.MARKS[entry.role])
        if text
    )
    line = f"Version {latest.number} · {latest.purpose.label} · {shown.version_line(latest, shelf.zone())}"
    note = Markup('<div class="note">{}</div>').format(latest.note) if latest.note else Markup()
    return Markup('<div class="saved"><b>{}</b> {}<small>{}</small>{}</div>').format(entry.name, marks, line, note)


def _unfold(id: str) -> None:
    desk.show(OPEN, "" if st.session_state.get(OPEN) == id else id)


def open_version(entry: Entry, number: int) -> None:
    """A version on the desk."""
    shelf.tried(lambda: shelf.take(entry, number))
