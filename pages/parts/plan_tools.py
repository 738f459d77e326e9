"""What can be done to a plan of the library as a whole: rename, duplicate, archive, delete, and who may work on it."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from pages.shell import desk, drafts, present, shelf, sign_in
from pages.widgets.texts import plain
from planner.errors import PlannerError
from planner.keep.members import MOST_ADDRESS, Member, Members
from planner.keep.saved import MOST_NAME, Entry, copy_name, may
from planner.show import library as shown

OPEN = "library_open"  # the plan whose versions are listed


def tools(entry: Entry) -> None:
    """A row of all that may be done to a plan; what only its owner may is shown to its owner."""
    off, owner = desk.read_only(), may(entry.role, "owner")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if owner:
            key = f"rename:{entry.id}"
            desk.show(key, entry.name)
            st.text_input(
                "Name", key=key, on_change=_rename, args=(entry, key), max_chars=MOST_NAME, width=300, disabled=off
            )
        st.button("Duplicate", key=f"duplicate:{entry.id}", on_click=_duplicate, args=(entry,), disabled=off)
        if owner:
            label = "Unarchive" if entry.archived else "Archive"
            st.button(label, key=f"archive:{entry.id}", on_click=_archive, args=(entry,), disabled=off)
            _people(entry, off)
            _deletion(entry, off)
    if not owner:
        present.quiet(shown.allowed(entry.role))


def _rename(entry: Entry, key: str) -> None:
    name = str(st.session_state[key])
    if desk.stale(key):
        return

    def rename() -> None:
        shelf.writable().rename(drafts.person(), entry.id, name)
        st.toast(f"Renamed to {plain(name.strip())}.")

    if not shelf.tried(rename):
        desk.show(key, entry.name)


def _duplicate(entry: Entry) -> None:
    def duplicate() -> None:
        library, person = shelf.writable(), drafts.person()
        name = copy_name(entry, library.entries(person))
        copy = library.duplicate(person, entry.id, name, shelf.author(), shelf.now())
        desk.show(OPEN, copy.plan)
        st.toast(f"Saved a copy: {plain(copy.name)}.")

    shelf.tried(duplicate)


def _archive(entry: Entry) -> None:
    def archive() -> None:
        shelf.writable().archive(drafts.person(), entry.id, archived=not entry.archived)
        st.toast(f"{plain(entry.name)} is {'back in the list' if entry.archived else 'archived'}.")

    shelf.tried(archive)


# -- who may work on it -----------------------------------------------------------------------------------------------


def _people(entry: Entry, off: bool) -> None:
    """Everybody with a role, read only while it is looked at."""
    popover = st.popover("Who can edit", key=f"people:{entry.id}", on_change="rerun", disabled=off)
    if not popover.open:
        return
    with popover:
        try:
            rows = Members(drafts.store()).of(drafts.person(), entry.id)
        except PlannerError as error:
            present.quiet(str(error))
            return
        owners = sum(row.role == "owner" for row in rows)
        for row in rows:
            _person(entry, row, last=row.role == "owner" and owners == 1)
        if sign_in.wanted():
            _giving(entry)
        else:
            present.quiet(shown.HOW_OTHERS_COME)


def _person(entry: Entry, row: Member, last: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(
            Markup('<div class="saved">{}<small>{}</small></div>').format(shown.member(row), shown.ROLES[row.role]),
            width="stretch",
        )
        if not last:
            st.button(
                "Remove", key=f"remove:{entry.id}:{row.key}", on_click=_remove, args=(entry, row), type="tertiary"
            )  # fmt: skip


def _giving(entry: Entry) -> None:
    """Let somebody else in, by e-mail address."""
    with st.form(key=f"give:{entry.id}", border=False, clear_on_submit=False):
        st.text_input(
            "E-mail address", key=f"give_to:{entry.id}", max_chars=MOST_ADDRESS, placeholder="name@company.com"
        )
        st.selectbox("May", list(shown.ROLES), key=f"give_role:{entry.id}", format_func=shown.ROLES.__getitem__)
        st.form_submit_button("Give access", on_click=_give, args=(entry,))
    present.quiet("They find the plan in their own library after signing in. No message is sent.")


def _give(entry: Entry) -> None:
    address, role = (str(st.session_state[f"{name}:{entry.id}"]) for name in ("give_to", "give_role"))

    def give() -> None:
        shelf.writable()
        Members(drafts.store()).give(drafts.person(), entry.id, address, role)
        desk.show(f"give_to:{entry.id}", "")
        st.toast(f"{plain(address.strip())}: {shown.ROLES[role].lower()}.")

    shelf.tried(give)


def _remove(entry: Entry, row: Member) -> None:
    def remove() -> None:
        shelf.writable()
        Members(drafts.store()).remove(drafts.person(), entry.id, row.key)
        st.toast(
            f"{plain(shown.member(row))} can no longer open {plain(entry.name)} from the library. "
            "Its links are read-only now."
        )

    shelf.tried(remove)


# -- for good ---------------------------------------------------------------------------------------------------------


def _deletion(entry: Entry, off: bool) -> None:
    """Asks before a plan goes with all its versions."""
    popover = st.popover("Delete", key=f"delete_menu:{entry.id}", on_change="rerun", disabled=off)
    if popover.open:
        with popover:
            present.quiet(shown.before_deleting(entry))
            st.button("Delete for good", key=f"delete:{entry.id}", on_click=_delete, args=(entry,), type="primary")


def _delete(entry: Entry) -> None:
    def delete() -> None:
        shelf.writable().delete(drafts.person(), entry.id)
        shelf.deleted(entry)
        st.toast(f"{plain(entry.name)} is deleted.")

    shelf.tried(delete)
