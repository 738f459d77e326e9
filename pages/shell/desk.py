"""The desk: this session's workspace, its three addresses, and the one switch that makes everything read-only.

`?p=` echoes the plan and follows every move; `?s=` is a shared token and `?l=` a stored link, both read-only until
"save my copy". The workspace is kept as a draft in the store under the browser's cookie. Only this module and `inputs`
write session state, and only callbacks and `boot` write the plan.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from secrets import token_urlsafe
from typing import Any

import streamlit as st

from pages.shell import drafts
from planner.actuals.actuals import Actuals
from planner.calendar import month_keys, month_of
from planner.engine import Forecast
from planner.engine import forecast as made
from planner.errors import PlannerError, StoreError
from planner.keep.codec import SharedPlan, from_token, kept_token, to_token
from planner.keep.short_links import Links
from planner.keep.workspace import Workspace
from planner.plan import Plan
from planner.plan.starter import starter
from planner.show.errors import said
from planner.show.history import move_name

REMEMBERED = 500  # values shown in widgets
ON_ITS_WAY = 2.0  # seconds within which a value sent by the browser may be older than what it was told
TOGETHER = 2.0  # seconds within which moves of one lever are one step of undo

forecast: Callable[[Plan], Forecast] = lru_cache(maxsize=128)(made)
token: Callable[[Plan], str] = lru_cache(maxsize=256)(kept_token)  # the desk's own address


@lru_cache(maxsize=64)
def shared_token(plan: Plan) -> str:
    """The token to share: the plan, the engine's version and what it says today."""
    return to_token(plan, forecast=forecast(plan))


def boot() -> None:
    """First lines of the frame: the workspace, then what the address asks for."""
    ss = st.session_state
    fresh = "workspace" not in ss
    if fresh:
        ss.workspace, ss.edited, ss.held, ss.moved = _opening(), False, False, ("", 0.0)
        ss.kept, ss.address = ss.workspace, token(ss.workspace.plan)
    elif ss.edited and not (ss.held or ss.get("s") or ss.get("l")):
        ss.address, ss.edited = token(ss.workspace.plan), False
        show("p", ss.address)
    with st.container(key="address"):
        code, shared, stored = (_asked(name) for name in "psl")
    ss.shared = _link(shared, stored)
    if ss.shared is None:
        _follow(code, fresh)


def _asked(name: str) -> str:
    """What the address says under a name: a hidden field that the address follows, and that outlives a page change."""
    if name != "p" and not (st.session_state.get(name) or name in st.query_params):
        return ""  # links are rare, and a field costs time on every move
    return st.text_input(name, key=name, bind="query-params", label_visibility="collapsed")


def _follow(code: str, fresh: bool) -> None:
    """Go where the address went: a bookmark, Back and Forward. A broken one changes nothing and is written anew."""
    ss = st.session_state
    if code in ("", ss.address):
        ss.edited = ss.edited or not (code or fresh)
    elif stale("p"):
        ss.edited = True
    else:
        try:
            ss.workspace, ss.address = ss.workspace.committed(from_token(code).plan, "Followed the address"), code
        except PlannerError as error:
            say(f"The address does not hold a plan: {error} Your own plan is shown instead.")
            ss.edited = True


def _link(shared: str, stored: str) -> SharedPlan | None:
    """The plan of a shared address, None where there is none or it is broken."""
    if not (shared or stored):
        return None
    try:
        return _opened(shared or Links(drafts.store()).link(stored))
    except PlannerError as error:
        say(f"This link cannot be opened: {error} Your own plan is shown instead.")
        return None


_opened: Callable[[str], SharedPlan] = lru_cache(maxsize=64)(from_token)


def maker() -> str:
    """Who makes a short link: the browser's cookie, or this visit where the browser keeps none."""
    return drafts.owner() or str(st.session_state.setdefault("maker", token_urlsafe(24)))


def _opening() -> Workspace:
    """The workspace of the last visit, or a working plan from next month on."""
    try:
        held = drafts.load()
    except PlannerError as error:
        say(f"The draft of your last visit could not be opened: {error}")
        held = None
    return held or Workspace(starter(start=month_keys(month_of(date.today()), 2)[1]))


def keep() -> None:
    """Last line of the frame: the draft, if anything changed."""
    ss = st.session_state
    if ss.workspace is ss.kept:
        return
    ss.kept = ss.workspace
    try:
        drafts.save(ss.workspace)
    except StoreError as error:
        st.warning(f"The draft is not saved: {error} Download the workspace under “Share and files” to be safe.")


def forget() -> None:
    """Deletes the draft of this browser; the desk of this session stays."""
    drafts.forget()
    st.session_state.kept = workspace()


# -- widgets as views -----------------------------------------------------------------------------------------------


def show(key: str, value: Any) -> None:
    """The widget `key` shows `value`; assigned only where it differs, so that a drag is not disturbed."""
    ss = st.session_state
    old = ss.get(key)
    if (
        isinstance(value, float)
        and isinstance(old, (int, float))
        and math.isclose(old, value, rel_tol=1e-9, abs_tol=1e-9)
    ):
        return
    if old != value:
        shown = ss.setdefault("shown", {})
        shown.update({(key, told): time.monotonic() for told in (old, value) if isinstance(told, (str, int, float))})
        while len(shown) > REMEMBERED:
            del shown[next(iter(shown))]
        ss[key] = value


def stale(key: str) -> bool:
    """Whether the browser sent what the widget was shown before it could know of the newest: no move of the user's."""
    when = st.session_state.get("shown", {}).get((key, st.session_state[key]))
    return when is not None and time.monotonic() - when < ON_ITS_WAY


# -- what is on the desk --------------------------------------------------------------------------------------------


def workspace() -> Workspace:
    """The workspace of this session."""
    return st.session_state.workspace  # type: ignore[no-any-return]


def link() -> SharedPlan | None:
    """The shared plan being looked at, if any."""
    return st.session_state.get("shared")


def read_only() -> bool:
    """Whether nothing may be changed: a shared plan is on screen."""
    return link() is not None


def plan() -> Plan:
    """The plan on screen."""
    shared = link()
    return shared.plan if shared else workspace().plan


def baseline() -> Plan:
    """What the plan on screen is held against: itself for a shared one."""
    return plan() if read_only() else workspace().baseline


# -- changes, all from callbacks ------------------------------------------------------------------------------------


def say(text: str) -> None:
    """Words to show once, at the top of the next run."""
    st.session_state.setdefault("said", []).append(text)


def heard() -> list[str]:
    """What is to be said now; it is said once."""
    return st.session_state.pop("said", [])  # type: ignore[no-any-return]


def put(new: Workspace) -> None:
    """The new workspace, if anything may be changed."""
    if not read_only():
        ss = st.session_state
        ss.workspace, ss.edited, ss.held = new, True, False


def commit(new: Plan, by: str = "", name: str = "") -> None:
    """The new plan as a named step that can be undone; moves of one lever in quick succession are one step."""
    last, when = st.session_state.moved
    now, here = time.monotonic(), workspace()
    merge = bool(by) and by == last and now - when < TOGETHER
    begun = here.begun(by) if merge else here.plan
    put(here.committed(new, name or move_name(begun, new, tuple(by.split())), by, merge))
    st.session_state.moved = (by, now)


def act(change: Callable[..., Plan], *args: Any, by: str = "", name: str = "") -> None:
    """`change(plan, *args)` as the new plan, a step called `name`; a refusal is said and nothing changes."""
    try:
        commit(change(plan(), *args), by, name)
    except PlannerError as error:
        say(said(error, plan()))


def hold(held: bool) -> None:
    """While a thumb is held the address waits: one drag is one step of Back, not fifty."""
    st.session_state.held = held


def undo() -> None:
    """One step back."""
    put(workspace().undone())


def redo() -> None:
    """One step forward again."""
    put(workspace().redone())


def rebase() -> None:
    """The plan as it stands becomes the baseline."""
    put(workspace().rebased())


def save_copy() -> None:
    """The shared plan on one's own desk, as a step that can be undone."""
    shared = link()
    ss = st.session_state
    ss["s"] = ss["l"] = ""
    ss.shared = None
    if shared:
        commit(shared.plan, name="Saved a copy of a shared plan")


def leave_link() -> None:
    """Back to one's own plan."""
    st.session_state["s"] = st.session_state["l"] = ""
    st.session_state.edited = True


def open_workspace(new: Workspace, source: str) -> None:
    """A workspace from a file in the place of this one, as one step that can be undone."""
    put(workspace().opened(new, source))


def use_actuals(actuals: Actuals | None, name: str = "Used actuals") -> None:
    """These actuals in the place of those on the desk, as a step that can be undone."""
    put(workspace().with_actuals(actuals, name))


# -- uploads under way ----------------------------------------------------------------------------------------------


def pend(**parts: Any) -> None:
    """Keeps an upload that is not yet used, so that another page does not lose it; without parts it is let go."""
    if parts:
        st.session_state.pending = {**st.session_state.get("pending", {}), **parts}
    else:
        st.session_state.pop("pending", None)


def pending() -> dict[str, Any]:
    """The upload that is not yet used: its name, bytes and column mapping."""
    return st.session_state.get("pending", {})  # type: ignore[no-any-return]
