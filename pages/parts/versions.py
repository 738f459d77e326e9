"""Versions in the library: what each is, what changed in it and what can be done with it; any of them side by side."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from pages.parts import compare
from pages.shell import desk, drafts, present, shelf
from pages.widgets.texts import plain
from planner.errors import PlannerError
from planner.keep.saved import PURPOSES, Entry, Version, may
from planner.keep.steps import Scenario
from planner.show import compare as compared
from planner.show import library as shown
from planner.show.names import PLAN

MOST = 12  # versions at once
MOST_SIDES = 5  # versions side by side
SIDES = "library_sides"


def history(entry: Entry) -> None:
    """Every version, the newest first; older ones when they are asked for."""
    key = f"older:{entry.id}"
    versions = entry.versions[::-1] if st.session_state.get(key) else entry.versions[: -MOST - 1 : -1]
    for version in versions:
        _row(entry, version)
    if len(entry.versions) > MOST:
        st.toggle(f"Show all {len(entry.versions)} versions", key=key)


def _row(entry: Entry, version: Version) -> None:
    before = entry.versions[version.number - 2] if version.number > 1 else None
    off, id = desk.read_only(), f"{entry.id}:{version.number}"
    kept = off or not may(entry.role, "editor")
    st.html(_heading(version, _change(entry, version, before)))
    with st.container(horizontal=True, vertical_alignment="center", key=f"version:{id}"):
        st.button("Open", key=f"take:{id}", type="tertiary", disabled=off, on_click=_take, args=(entry, version))
        if version is not entry.latest:
            st.button(
                "Restore", key=f"restore:{id}", type="tertiary", disabled=kept, on_click=_restore,
                args=(entry, version), help="Saves a new version that equals this one.",
            )  # fmt: skip
        if before is not None and version.digest != before.digest:
            _details(entry, version, before, id)
        mark = f"mark:{id}"
        desk.show(mark, version.purpose.key)
        st.selectbox(
            "Purpose", list(PURPOSES), key=mark, on_change=_mark, args=(entry, version, mark), disabled=kept,
            format_func=lambda key: PURPOSES[key].label, width=180, label_visibility="collapsed",
        )  # fmt: skip


def _heading(version: Version, change: str) -> Markup:
    note = Markup('<div class="note">{}</div>').format(version.note) if version.note else Markup()
    return Markup('<div class="saved version"><b>Version {}</b> <small>{}</small>{}<p>{}</p></div>').format(
        version.number, shown.version_line(version, shelf.zone()), note, change
    )


def _change(entry: Entry, version: Version, before: Version | None) -> str:
    """What changed since the version before, in a sentence."""
    text = shown.since(version, before)
    if text or before is None:
        return text
    try:
        old, new = (shelf.version(entry.id, each.number).plan for each in (before, version))
    except PlannerError as error:
        return str(error)
    return shown.changes(old, new, shelf.split(old, new))


def _details(entry: Entry, version: Version, before: Version, id: str) -> None:
    """Every input that changed, with its effect, made only while it is read."""
    popover = st.popover("What changed", key=f"changed:{id}", on_change="rerun", type="tertiary")
    if popover.open:
        with popover:
            present.title(f"Version {before.number} to version {version.number}")
            try:
                old, new = (shelf.version(entry.id, each.number).plan for each in (before, version))
            except PlannerError as error:
                present.quiet(str(error))
                return
            present.table(shown.what_changed(old, new, shelf.split(old, new)), f"changes-{version.number}")


def _take(entry: Entry, version: Version) -> None:
    shelf.tried(lambda: shelf.take(entry, version.number))


def _restore(entry: Entry, version: Version) -> None:
    def restore() -> None:
        library = shelf.writable()
        number = library.restore(drafts.person(), entry.id, version.number, shelf.author(), shelf.now()).number
        st.toast(f"Version {number} of {plain(entry.name)} equals version {version.number}.")

    shelf.tried(restore)


def _mark(entry: Entry, version: Version, key: str) -> None:
    purpose = str(st.session_state[key])

    def mark() -> None:
        shelf.writable().mark(drafts.person(), entry.id, version.number, purpose)
        st.toast(f"Version {version.number} is marked as {PURPOSES[purpose].name}.")

    if not shelf.tried(mark):
        desk.show(key, version.purpose.key)


# -- side by side -------------------------------------------------------------------------------------------------


def comparing(entries: Sequence[Entry]) -> None:
    """Two versions with what differs and why; up to five with their key figures."""
    choices = shown.choices(entries)
    names = [PLAN, *choices]
    desk.show(SIDES, [name for name in st.session_state.get(SIDES, _usual(entries)) if name in names])
    chosen = st.multiselect(
        "Versions", names, key=SIDES, max_selections=MOST_SIDES, label_visibility="collapsed",
        placeholder="Choose two to five versions", persist_state="session",
    )  # fmt: skip
    if len(chosen) < 2:
        present.quiet("Choose two versions to see what differs and why, or up to five to see their figures.")
        return
    try:
        plans = [desk.plan() if name == PLAN else compare.version_plan(*choices[name]) for name in chosen]
    except PlannerError as error:
        present.quiet(str(error))
        return
    sides = [Scenario(name, plan) for name, plan in zip(chosen, plans, strict=True)]
    named = [(side.name, desk.forecast(side.plan)) for side in sides]
    present.table(compared.key_figures(named, tail=desk.tail()), "versions")
    if len(sides) == 2:
        compare.difference(*sides)
    present.title("Only what differs", f"from {sides[0].name}")
    compare.numbers(*sides)


def _usual(entries: Sequence[Entry]) -> list[str]:
    """The newest version for each purpose, where there are two at least."""
    newest: dict[str, tuple[Entry, Version]] = {}
    for entry in entries:
        for version in entry.versions:
            before = newest.get(version.purpose.key)
            if version.purpose.key != "working" and (before is None or before[1].when < version.when):
                newest[version.purpose.key] = (entry, version)
    return [shown.choice(*newest[key]) for key in PURPOSES if key in newest] if len(newest) > 1 else []
