"""Stored links on a page: making one, those made before with their openings, a QR code for the room."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st
from markupsafe import Markup

from pages.shell import desk, drafts, linked, present, sharing, shelf, strip
from pages.widgets.texts import plain
from planner.errors import PlannerError
from planner.keep.saved import Entry, may
from planner.keep.short_links import DAYS, Links, MadeLink
from planner.show import links as shown

NOW, PINNED, LIVE = "now", "pinned", "live"
NEVER = 0
LONGEST = 120  # characters of an address that is written under its QR code
EXPIRIES = {NEVER: "Never"} | {days: "In a year" if days == 365 else f"In {days} days" for days in DAYS}


def stored() -> None:
    """Make a link that can be withdrawn; every link that was made from this browser."""
    if desk.read_only():
        present.quiet("A shared plan is open: go back to your own plan to make a link or to withdraw one.")
        return
    try:
        source = shelf.origin(shelf.entries())
        mine = Links(drafts.store()).made_by(linked.maker())
    except PlannerError as error:
        present.quiet(str(error))
        return
    _making(source)
    for link in mine:
        _row(link)
    if not mine:
        present.quiet("Links you make appear here, with how often they were opened.")


def _making(source: Entry | None) -> None:
    """What the link opens, until when, and who made it."""
    names = {NOW: "The plan as it stands now"}
    if source is not None and may(source.role, "owner"):
        here = desk.workspace().origin
        names |= {LIVE: f"{source.name}, always the newest version"}
        names |= {PINNED: f"{source.name}, version {here.number}"} if here else {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        what = st.selectbox(
            "The link opens", list(names), key="link_what", format_func=lambda key: plain(names.get(key, "")),
            width=300,
        ) if len(names) > 1 else NOW  # fmt: skip
        st.selectbox("It expires", list(EXPIRIES), key="link_days", format_func=EXPIRIES.__getitem__, width=150)
        shelf.name_field()
    if what == LIVE:
        st.toggle("Readers can work on it", key="link_editable", help="They may save versions of their own.")
    st.button("Make a link", key="shorten", on_click=_make, args=(source.id if source else "",))


def _make(plan: str) -> None:
    """Makes the link that the fields describe."""
    state = st.session_state
    what, days = state.get("link_what", NOW) if plan else NOW, state.get("link_days", NEVER) or None

    def make() -> None:
        shelf.check_own()
        links, author, here = Links(drafts.store()), shelf.author(), desk.workspace().origin
        if what == NOW or here is None:
            links.keep_link(sharing.share_token(), date.today(), linked.maker(), author=author, days=days)
        else:
            links.keep_version(
                drafts.person(), plan, date.today(), number=here.number if what == PINNED else None, author=author,
                days=days,
                editable_by_all=what == LIVE and bool(state.get("link_editable")),
            )  # fmt: skip
        st.toast("The link is made. It is the first in the list.")

    shelf.tried(make)


def _row(link: MadeLink) -> None:
    """A link: its address, what it opens, its openings, its QR code, and the way to withdraw it."""
    with st.container(key=f"entry:{link.id}"):
        st.code(strip.stored_address(link.id), language=None, wrap_lines=True)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(
                Markup('<div class="saved">{}<small>{}</small></div>').format(
                    shown.leads_to(link), shown.opened(link, shelf.zone())
                ),
                width="stretch",
            )
            with st.container(horizontal=True, width="content"):  # side by side also where they stand below
                popover = st.popover("QR code", key=f"qr:{link.id}", on_change="rerun", type="tertiary")
                st.button("Withdraw", key=f"withdraw:{link.id}", on_click=_withdraw, args=(link.id,), type="tertiary")
        if popover.open:
            with popover:
                code(strip.stored_address(link.id))


def code(text: str) -> None:
    """The QR code of an address, with the address in words, as a picture and as files."""
    if len(text.encode()) > shown.MOST_IN_CODE:
        present.quiet("This link is too long for a QR code: copy it instead.")
        return
    st.image(shown.qr_png(text), caption=plain(text if len(text) <= LONGEST else "The link as a QR code"), width=280)
    with st.container(horizontal=True):
        for ending, mime, draw in (("svg", "image/svg+xml", shown.qr_svg), ("png", "image/png", shown.qr_png)):
            st.download_button(
                ending.upper(), partial(draw, text), f"qr-code.{ending}", mime, key=f"qr_{ending}:{text}",
                on_click="ignore", type="tertiary", icon=":material/download:",
            )  # fmt: skip


def _withdraw(id: str) -> None:
    def withdraw() -> None:
        shelf.check_own()
        Links(drafts.store()).revoke(id, linked.maker())
        linked.withdrawn(id)
        st.toast("The link is withdrawn. It opens nothing from now on.")

    shelf.tried(withdraw)
