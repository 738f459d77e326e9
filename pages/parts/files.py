"""Links and files of the desk."""

from __future__ import annotations

import streamlit as st

from pages.parts import brief, links
from pages.shell import desk, linked, present, session, sharing, sign_in, strip
from pages.widgets import inputs
from pages.widgets.copying import copy_button
from planner.errors import PlannerError, TooLarge
from planner.keep.codec import from_json
from planner.keep.token_v2 import MOST_SCENARIOS
from planner.plan import Plan, edit


def _tick() -> None:
    sharing.tick(st.session_state["share_baseline"], st.session_state["share_scenarios"])


def contents() -> None:
    """What a link holds besides the plan, as ticks."""
    if desk.read_only():
        return
    names, ticked = [scenario.name for scenario in desk.scenarios()], sharing.to_share()
    if desk.baseline() == desk.plan() and not names:
        return
    desk.show("share_baseline", ticked.baseline is not None)
    st.checkbox(
        "With its baseline", key="share_baseline", on_change=_tick, disabled=desk.baseline() == desk.plan(),
        help="Whoever opens the link sees what has changed since.",
    )  # fmt: skip
    desk.show("share_scenarios", [scenario.name for scenario in ticked.scenarios])
    st.multiselect(
        "With scenarios", names, key="share_scenarios", on_change=_tick, max_selections=MOST_SCENARIOS,
        placeholder=f"Up to {MOST_SCENARIOS} saved scenarios", disabled=not names, help=inputs.about("scenario"),
    )  # fmt: skip


def link() -> None:
    """The long link: its note, what it holds, what its reader sees, one click to copy it, its QR code and its text."""
    if not desk.read_only():
        inputs.text(
            "share_note", "Note to the reader", desk.plan().note, edit.with_note, lines=3, max_chars=4000,
            placeholder="Stands on the brief, under the key figures",
        )  # fmt: skip
    contents()
    with present.folded("What they will see", "share_preview") as panel:
        if panel.open:
            brief.preview(sharing.to_share())
    with st.container(horizontal=True, vertical_alignment="center"):
        copy_button("Copy link", strip.link_address, says=strip.copied)
        popover = st.popover("QR code", key="share_qr", on_change="rerun", type="tertiary")
    text = strip.link_address() if popover.open or st.session_state.get("show_link") else ""
    if popover.open:
        with popover:
            links.code(text)
    if st.toggle("Show the link", key="show_link", persist_state="session"):
        st.code(text, language=None, wrap_lines=True)
        present.quiet(f"{len(text)} characters.")
    present.quiet("Anyone with the link can view the plan; it cannot be revoked.")


def _open() -> None:
    upload = st.session_state["open_file"]
    visit = session.current()
    visit.outgrown = None
    if upload is None:
        return
    try:
        content = from_json(upload.getvalue())
        if isinstance(content, Plan):
            desk.commit(content, name=f"Opened “{upload.name}”")
        else:
            desk.open_workspace(content, upload.name)
    except PlannerError as error:
        if isinstance(error, TooLarge) and error.outgrown:
            visit.outgrown = error
        else:
            desk.say(f"“{upload.name}” was not opened: {error} Your plan is as it was.")


def opening() -> None:
    """A file back on the desk; what was there can be had back by undo."""
    st.file_uploader(
        "Plan or workspace file",
        ["json"],
        key="open_file",
        on_change=_open,
        disabled=desk.read_only(),
        label_visibility="collapsed",
    )
    error = session.current().outgrown
    if error is not None:
        with st.container(border=True, key="outgrown"):
            present.title(error.outgrown.plan.name, "cannot be opened")
            linked.left_of(error, error.outgrown)
            present.quiet("Your own plan is as it was.")


def _forget() -> None:
    if desk.read_only():
        return  # the draft is not the plan on screen
    try:
        desk.forget()
        st.toast("Your draft is deleted. The plan on screen is kept again from your next change on.")
    except PlannerError as error:
        desk.say(str(error))


def draft() -> None:
    """What is kept of this browser, and how to delete it."""
    where = "your sign-in" if sign_in.wanted() else "a random cookie of this browser"
    present.quiet(
        f"Every move is kept under {where}, so that reload, restart and closing the tab lose nothing. "
        "Nobody else sees it."
    )
    if desk.read_only():
        present.quiet("A shared plan is open: go back to your own plan to delete your draft.")
        return
    with st.popover("Delete my draft", key="forget_menu", on_change="rerun"):
        present.quiet("This deletes history, scenarios, baseline and actuals for good. The plan stays on screen.")
        st.button("Delete for good", key="forget", on_click=_forget)
