"""The desk: this session's workspace, its three addresses, and the one switch that makes everything read-only.

`?p=` echoes the plan with the desk's tag and follows every move; one with another tag opens beside it, read-only.
`?s=` is a shared token and `?l=` a stored link, both read-only until "save my copy". The workspace is kept as a draft
in the store under the browser's cookie. Only the shell and `inputs` write session state, and only callbacks, `boot` and
`keeping` write the plan.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import streamlit as st

from pages.shell import drafts, keeping, opening, session
from pages.shell.session import Move, Session, Sharing
from planner.actuals.actuals import Actuals
from planner.engine import VERSION, Forecast
from planner.engine import forecast as made
from planner.engine.batch import View
from planner.errors import PlannerError, TooLarge
from planner.keep.codec import SharedPlan, from_token, kept_token, to_token
from planner.keep.steps import Scenario
from planner.keep.token_v2 import MOST_SCENARIOS
from planner.keep.workspace import Workspace
from planner.plan import Plan
from planner.show.errors import said
from planner.show.history import move_name

REMEMBERED = 500  # values shown in widgets
ON_ITS_WAY = 2.0  # seconds within which a value sent by the browser may be older than what it was told
ADDRESS_ON_ITS_WAY = 0.7  # the same for the address: an older one sent later is a press of Back
TOGETHER = 2.0  # seconds within which moves of one lever are one step of undo

forecast: Callable[[Plan], Forecast] = lru_cache(maxsize=128)(made)
token: Callable[..., str] = lru_cache(maxsize=256)(kept_token)  # the desk's own address


def boot() -> None:
    """First lines of the frame: the workspace, then what the address asks for."""
    fresh = not session.started()
    visit = _begun() if fresh else session.current()
    visit.sliders = {}
    if visit.edited and not (visit.dragging or st.session_state.get("s") or st.session_state.get("l")):
        visit.address, visit.edited = f"{token(visit.workspace.plan, visit.workspace.tail)}.{visit.tag}", False
        show("p", visit.address)
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
    if name != "p" and not (st.session_state.get(name) or name in st.query_params):
        return ""  # links are rare, and a field costs time on every move
    return st.text_input(name, key=name, bind="query-params", label_visibility="collapsed")


def _follow(code: str, fresh: bool) -> None:
    """Go where the address went: a bookmark, Back and Forward. A broken one changes nothing and is written anew."""
    visit = session.current()
    if fresh and not code:
        visit.bare = SharedPlan(visit.workspace.plan, "", (), tail=visit.workspace.tail)
    if code == visit.address:
        return
    if stale("p", ADDRESS_ON_ITS_WAY) or (not code and visit.bare is None):
        visit.edited = True
        return
    text, _, tag = code.partition(".")
    try:
        followed = visit.bare if not code and visit.bare else _opened(text)
    except TooLarge as error:
        visit.gone = error
        return
    except PlannerError as error:
        say(f"The address does not hold a plan: {error} Your own plan is shown instead.")
        visit.edited = True
        return
    if not code or tag == visit.tag or (fresh and not visit.returning) or _in_history(followed.plan):
        work = visit.workspace.changed("Followed the address", plan=followed.plan, tail=followed.tail)
        visit.workspace, visit.address = work, code
    else:
        visit.link, visit.foreign = followed, True


def _in_history(followed: Plan) -> bool:
    """Whether a plan is on the desk or was there before."""
    work = workspace()
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


_opened: Callable[[str], SharedPlan] = lru_cache(maxsize=64)(from_token)


def forget() -> None:
    """Deletes all that is kept of this browser, and here all but the plan on screen, uploads under way with it."""
    drafts.forget()
    visit = session.current()
    visit.forget()
    visit.workspace = visit.kept = Workspace(visit.workspace.plan)
    visit.revision, visit.unread, visit.unreadable, visit.unsaved = 0, False, None, ""


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
        sent, now = session.current().sent, time.monotonic()
        sent.update({(key, text): now for text in (old, value) if isinstance(text, (str, int, float))})
        while len(sent) > REMEMBERED:
            del sent[next(iter(sent))]
        ss[key] = value


def stale(key: str, within: float = ON_ITS_WAY) -> bool:
    """Whether the browser sent what the widget was shown before it could know of the newest: no move of the user's."""
    when = session.current().sent.get((key, st.session_state[key]))
    return when is not None and time.monotonic() - when < within


# -- what is on the desk --------------------------------------------------------------------------------------------


def workspace() -> Workspace:
    """The workspace of this session."""
    return session.current().workspace


def link() -> SharedPlan | None:
    """The shared plan being looked at, if any."""
    return session.current().link


def foreign() -> bool:
    """Whether the plan on screen came in the address of another desk."""
    return session.current().foreign


def read_only() -> bool:
    """Whether nothing may be changed: a shared plan is on screen, or a link that opens nothing."""
    return link() is not None or gone()


def gone() -> bool:
    """Whether the address is a link that opens nothing."""
    return session.current().gone is not None


def plan() -> Plan:
    """The plan on screen."""
    shared = link()
    return shared.plan if shared else workspace().plan


def baseline() -> Plan:
    """What the plan on screen is held against; a shared one without a baseline: itself."""
    shared = link()
    return (shared.baseline or shared.plan) if shared else workspace().baseline


def scenarios() -> tuple[Scenario, ...]:
    """The scenarios beside the plan on screen."""
    shared = link()
    return shared.scenarios if shared else workspace().scenarios


def tail() -> bool:
    """Whether figures count what closes after the plan's end; of a shared plan as its maker saw it, until it is read
    otherwise.
    """
    shared, reading = link(), session.current().reading
    if shared is None:
        return workspace().tail
    return shared.tail if reading is None else reading


def view() -> View:
    """The same as the view of a forecast."""
    return "all" if tail() else "plan"


# -- changes, all from callbacks ------------------------------------------------------------------------------------


def say(text: str) -> None:
    """Words to show once, at the top of the next run."""
    session.current().messages.append(text)


def heard() -> list[str]:
    """What is to be said now; it is said once."""
    visit = session.current()
    messages, visit.messages = visit.messages, []
    return messages


def new_change() -> str:
    """The name of a change that was just made and does not show itself, as a slider does; it is said once."""
    visit = session.current()
    change, visit.change = visit.change, ""
    return change


def put(new: Workspace) -> None:
    """The new workspace, if anything may be changed."""
    if not read_only():
        visit = session.current()
        step = new.past[-1] if new.past else None
        if step and not step.by and not new.future and step is not (visit.workspace.past or (None,))[-1]:
            visit.change = step.name
        visit.workspace, visit.edited, visit.dragging = new, True, False


def commit(new: Plan, by: str = "", name: str = "") -> None:
    """The new plan as a named step that can be undone; moves of one lever in quick succession are one step."""
    visit = session.current()
    now, here = time.monotonic(), visit.workspace
    merge = bool(by) and by == visit.moved.by and now - visit.moved.when < TOGETHER
    begun = here.begun(by) if merge else here.plan
    put(here.committed(new, name or move_name(begun, new, tuple(by.split())), by, merge))
    visit.moved = Move(by, now)


def act(change: Callable[..., Plan], *args: Any, by: str = "", name: str = "") -> None:
    """`change(plan, *args)` as the new plan, a step called `name`; a refusal is said and nothing changes."""
    try:
        commit(change(plan(), *args), by, name)
    except PlannerError as error:
        say(said(error, plan()))


def hold(dragging: bool) -> None:
    """While a thumb is held the address waits: one drag is one step of Back, not fifty."""
    session.current().dragging = dragging


def count(tail: bool) -> None:
    """Figures count what closes after the plan's end, or only what falls in the plan; a reader chooses for himself."""
    if link() is None:
        put(workspace().counting(tail))
    else:
        session.current().reading = tail


def rework(step: Callable[[Workspace], Workspace]) -> bool:
    """`step(workspace)` as the new workspace; a refusal is said, nothing changes, and False."""
    try:
        put(step(workspace()))
    except PlannerError as error:
        say(said(error, plan()))
        return False
    return True


def undo() -> None:
    """One step back."""
    put(workspace().undone())


def last_step() -> str:
    """What undo would take back; "" where there is nothing, or no visit has begun."""
    past = workspace().past if session.started() and not read_only() else ()
    return past[-1].name if past else ""


def redo() -> None:
    """One step forward again."""
    put(workspace().redone())


def rebase() -> None:
    """The plan as it stands becomes the baseline."""
    put(workspace().rebased())


def open_workspace(new: Workspace, source: str) -> None:
    """A workspace from a file in the place of this one, as one step that can be undone."""
    put(workspace().opened(new, source))


def use_actuals(actuals: Actuals | None, name: str = "Used actuals") -> None:
    """These actuals in the place of those on the desk, as a step that can be undone."""
    put(workspace().with_actuals(actuals, name))


# -- sharing --------------------------------------------------------------------------------------------------------


def to_share() -> SharedPlan:
    """What a link made now holds: what is on screen, with what was ticked to go along."""
    shared, work, ticked = link(), workspace(), session.current().sharing
    if shared:
        return shared
    chosen = tuple(scenario for scenario in work.scenarios if scenario.name in ticked.scenarios)
    base = work.baseline if ticked.baseline and work.baseline != work.plan else None
    return SharedPlan(work.plan, VERSION, (), base, chosen[:MOST_SCENARIOS], work.tail)


def tick(baseline: bool, scenarios: Sequence[str]) -> None:
    """Chooses what a link holds besides the plan."""
    session.current().sharing = Sharing(baseline, tuple(scenarios))


def share_token() -> str:
    """The token to share, with the engine's version and what it says today; made only when it is asked for."""
    shared = to_share()
    return to_token(
        shared.plan,
        baseline=shared.baseline,
        scenarios=shared.scenarios,
        forecast=forecast(shared.plan),
        tail=shared.tail,
    )


def save_copy() -> None:
    """The shared plan on one's own desk with its own baseline and scenarios, as a step that can be undone."""
    visit, shared, counted = session.current(), link(), tail()
    leave_link()
    visit.link = None
    if shared:
        put(visit.workspace.copied(shared.plan, shared.baseline or shared.plan, shared.scenarios, tail=counted))


def leave_link() -> None:
    """Back to one's own plan."""
    st.session_state["s"] = st.session_state["l"] = ""
    session.current().edited = True


# -- uploads under way ----------------------------------------------------------------------------------------------


def pend(**parts: Any) -> None:
    """Keeps an upload that is not yet used, so that another page does not lose it; without parts it is let go."""
    visit = session.current()
    visit.pending = {**visit.pending, **parts} if parts else {}


def pending() -> dict[str, Any]:
    """The upload that is not yet used: its name, bytes and column mapping."""
    return session.current().pending
