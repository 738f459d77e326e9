"""The three addresses of a desk, and where each leads.

`?p=` echoes the plan with the desk's tag and follows every move; one with another tag opens beside it, read-only.
`?s=` is a shared token and `?l=` a stored link, both read-only until "save my copy".
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import streamlit as st

from pages.shell import desk, drafts, keeping, opening, session
from pages.shell.session import Session
from planner.errors import PlannerError, TooLarge
from planner.keep.codec import SharedPlan, from_token
from planner.plan import Plan

ON_ITS_WAY = 0.7  # seconds within which an address may be older than the newest; one sent later is a press of Back

_opened: Callable[[str], SharedPlan] = lru_cache(maxsize=64)(from_token)


@session.in_turn
def boot() -> None:
    """Begins a run of the frame: there is a workspace, and what the address asks for is on screen."""
    fresh = not session.started()
    visit = _begun() if fresh else session.current()
    visit.sliders = {}
    if visit.edited and not (visit.dragging or st.session_state.get("s") or st.session_state.get("l")):
        visit.address, visit.edited = f"{desk.token(visit.workspace.plan, visit.workspace.tail)}.{visit.tag}", False
        desk.show("p", visit.address)
    with st.container(key="address"):
        code, shared, stored = (_asked(name) for name in "psl")
    before, visit.link, visit.foreign = visit.link, _link(shared, stored), False
    if visit.link is None and not visit.gone:
        _follow(code, fresh)
    if visit.link != before:
        visit.reading = None


def _begun() -> Session:
    """The visit with the workspace of the last one."""
    visit = keeping.begun()
    visit.tag = drafts.tag()
    st.session_state[session.KEY] = visit
    return visit


def _asked(name: str) -> str:
    """What the address says under a name: a hidden field that the address follows, and that outlives a page change."""
    if name != "p":
        text = st.session_state.get(name) or st.query_params.get(name, "")
        if not text:
            return ""  # links are rare, and a field costs time on every move
        if desk.overtaken(name, text):  # another page was chosen before the address could follow
            st.session_state[name] = ""
    return st.text_input(name, key=name, bind="query-params", label_visibility="collapsed")


def _follow(code: str, fresh: bool) -> None:
    """Go where the address went: a bookmark, Back and Forward. A broken one changes nothing and is written anew."""
    visit = session.current()
    if fresh and not code:
        visit.bare = SharedPlan(visit.workspace.plan, "", (), tail=visit.workspace.tail)
    if code == visit.address:
        return
    if desk.stale("p", ON_ITS_WAY) or (not code and visit.bare is None):
        visit.edited = True
        return
    text, _, tag = code.partition(".")
    try:
        followed = visit.bare if not code and visit.bare else _opened(text)
    except TooLarge as error:
        visit.gone = error
        return
    except PlannerError as error:
        desk.say(f"The address does not hold a plan: {error} Your own plan is shown instead.")
        visit.edited = True
        return
    if not code or tag == visit.tag or (fresh and not visit.returning) or _in_history(followed.plan):
        work = visit.workspace.changed("Followed the address", plan=followed.plan, tail=followed.tail)
        visit.workspace, visit.address = work, code
    else:
        visit.link, visit.foreign = followed, True


def _in_history(followed: Plan) -> bool:
    """Whether a plan is on the desk or was there before."""
    work = desk.workspace()
    changes = [step.plan for step in (*work.past, *work.future) if step.plan]
    return followed == work.plan or any(followed in (change.before, change.after) for change in changes)


def _link(shared: str, stored: str) -> SharedPlan | None:
    """The plan of a shared address, None where there is none or it is broken."""
    visit = session.current()
    visit.stored = visit.gone = None
    try:
        if stored and not shared:
            visit.stored = opening.opened(stored)
        text = visit.stored.token if visit.stored else shared
        return _opened(text) if text else None
    except PlannerError as error:
        visit.gone = error
        return None


@session.in_turn
def leave_link() -> None:
    """Goes back to one's own plan."""
    for name in "sl":
        desk.show(name, "")
    session.current().edited = True
