"""The desk: this session's workspace, what is on screen of it, and the one switch that makes everything read-only.

The workspace is kept as a draft in the store under the browser's cookie. Only the shell and the widgets write session
state, and only callbacks, `addresses.boot` and `keeping` write the plan.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import streamlit as st

from pages.shell import drafts, session
from pages.shell.session import Move, in_turn
from planner.actuals.actuals import Actuals
from planner.engine import Forecast
from planner.engine import forecast as forecast_of
from planner.engine.batch import View
from planner.errors import PlannerError
from planner.keep.codec import SharedPlan, kept_token
from planner.keep.steps import Scenario
from planner.keep.workspace import Workspace
from planner.plan import Plan
from planner.show.errors import said
from planner.show.history import move_name

REMEMBERED = 500  # values shown in widgets
ON_ITS_WAY = 2.0  # seconds within which a value sent by the browser may be older than what it was told
TOGETHER = 2.0  # seconds within which moves of one lever are one step of undo

forecast: Callable[[Plan], Forecast] = lru_cache(maxsize=128)(forecast_of)
token: Callable[..., str] = lru_cache(maxsize=256)(kept_token)  # the desk's own address


# -- widgets as views -----------------------------------------------------------------------------------------------


def show(key: str, value: Any) -> None:
    """Makes the widget `key` show `value`; it is assigned only where it differs, so that a drag is not disturbed."""
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
    """Whether the browser sent a widget's value before it could know of a newer one, so that no user has moved it."""
    return overtaken(key, st.session_state[key], within)


def overtaken(key: str, value: Any, within: float = ON_ITS_WAY) -> bool:
    """Whether a widget was shown another value than this one only just now."""
    when = session.current().sent.get((key, value))
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
    """The plan that the one on screen is compared with; a shared plan without a baseline is compared with itself."""
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
    """What figures count, as the view of a forecast: "all" or "plan"."""
    return "all" if tail() else "plan"


# -- changes, all from callbacks ------------------------------------------------------------------------------------


def say(text: str) -> None:
    """Keeps a text to be shown once, at the top of the next run that comes to its end."""
    session.current().messages.append(text)


@dataclass(frozen=True)
class News:
    """What a run has to say once: messages, and the name of a change that cannot be seen, as a slider can."""

    messages: tuple[str, ...]
    change: str


def news() -> News:
    """What is to be said now. It is kept until a run has said it and come to its end: the next move may stop a run."""
    visit = session.current()
    return News(tuple(visit.messages), visit.change)


@in_turn
def heard(delivered: News) -> None:
    """Forgets what was said, and keeps what has come since."""
    visit = session.current()
    del visit.messages[: len(delivered.messages)]
    if visit.change == delivered.change:
        visit.change = ""


@in_turn
def put(new: Workspace) -> None:
    """Puts this workspace on the desk, unless the page is read-only."""
    if not read_only():
        visit = session.current()
        step = new.past[-1] if new.past else None
        if step and not step.by and not new.future and step is not (visit.workspace.past or (None,))[-1]:
            visit.change = step.name
        visit.workspace, visit.edited, visit.dragging = new, True, False


@in_turn
def commit(new: Plan, by: str = "", name: str = "") -> None:
    """Puts this plan on the desk as a named step that can be undone; quick moves of one lever are one step."""
    visit = session.current()
    now, here = time.monotonic(), visit.workspace
    merge = bool(by) and by == visit.moved.by and now - visit.moved.when < TOGETHER
    begun = here.begun(by) if merge else here.plan
    put(here.committed(new, name or move_name(begun, new, tuple(by.split())), by, merge))
    visit.moved = Move(by, now)


@in_turn
def act(change: Callable[..., Plan], *args: Any, by: str = "", name: str = "") -> None:
    """Puts `change(plan, *args)` on the desk as a step called `name`; a refusal is shown and nothing changes."""
    try:
        commit(change(plan(), *args), by, name)
    except PlannerError as error:
        say(said(error, plan()))


def hold(dragging: bool) -> None:
    """Says whether a thumb is held: the address waits meanwhile, so that one drag is one step of Back, not fifty."""
    session.current().dragging = dragging


@in_turn
def count(tail: bool) -> None:
    """Lets figures count what closes after the plan's end, or not; the reader of a link chooses for the visit alone."""
    if link() is None:
        put(workspace().counting(tail))
    else:
        session.current().reading = tail


@in_turn
def rework(step: Callable[[Workspace], Workspace]) -> bool:
    """Puts `step(workspace)` on the desk; where it is refused, says why, changes nothing and returns False."""
    try:
        put(step(workspace()))
    except PlannerError as error:
        say(said(error, plan()))
        return False
    return True


@in_turn
def undo() -> None:
    """Goes one step back."""
    put(workspace().undone())


def last_step() -> str:
    """What undo would take back; "" where there is nothing, or no visit has begun."""
    past = workspace().past if session.started() and not read_only() else ()
    return past[-1].name if past else ""


@in_turn
def redo() -> None:
    """Goes one step forward again."""
    put(workspace().redone())


@in_turn
def rebase() -> None:
    """Makes the plan as it stands the baseline."""
    put(workspace().rebased())


@in_turn
def open_workspace(new: Workspace, source: str) -> None:
    """Puts a workspace from a file in the place of this one, as one step that can be undone."""
    put(workspace().opened(new, source))


@in_turn
def use_actuals(actuals: Actuals | None, name: str = "Used actuals") -> None:
    """Puts these actuals in the place of those on the desk, as a step that can be undone."""
    put(workspace().with_actuals(actuals, name))


@in_turn
def forget() -> None:
    """Deletes all that is kept of this browser, and from the desk all but the plan on screen."""
    drafts.forget()
    visit = session.current()
    visit.forget()
    visit.workspace = visit.kept = Workspace(visit.workspace.plan)
    visit.revision, visit.unread, visit.unreadable, visit.unsaved = 0, False, None, ""


# -- uploads under way ----------------------------------------------------------------------------------------------


def pend(**parts: Any) -> None:
    """Keeps parts of an upload that is not used yet, so that another page does not lose it; without parts drops it."""
    visit = session.current()
    visit.pending = {**visit.pending, **parts} if parts else {}


def pending() -> dict[str, Any]:
    """The upload that is not yet used: its name, bytes and column mapping."""
    return session.current().pending
