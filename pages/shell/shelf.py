"""The library as one visit sees it: whose it is, what can be done with it, and what comes from it onto the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from pages.shell import desk, drafts, session, sign_in
from pages.widgets.texts import plain
from planner.ask.compare.by_lever import LeverBridge, bridge_by_lever
from planner.errors import LibraryError, PlannerError, StoreError
from planner.keep.codec import SharedPlan, from_token
from planner.keep.library import Library
from planner.keep.members import Members
from planner.keep.saved import MOST_NAME, Entry, digest
from planner.keep.steps import Origin
from planner.plan import Plan, edit

AUTHOR = "library_author"  # where the name of whoever saves is typed

NO_COOKIE = "This browser keeps no cookies for this page, so a saved plan could not be found again. Allow them first."
VIEWING = "A shared plan is open, read-only. Go back to your own plan first."


def library() -> Library:
    """The library of the planner's store."""
    return Library(drafts.store())


def check_own() -> None:
    """Raises LibraryError while a shared plan is on screen: nothing may be changed then."""
    if desk.read_only():
        raise LibraryError(VIEWING)


def known_person() -> str:
    """Whose library this is. LibraryError where the browser keeps no cookie."""
    if not drafts.person():
        raise LibraryError(NO_COOKIE)
    return drafts.person()


def writable() -> Library:
    """The library, for a change. LibraryError where a shared plan is on screen, or the browser keeps no cookie."""
    check_own()
    known_person()
    return library()


def entries() -> tuple[Entry, ...]:
    """Every plan of this visit's library, the one saved last first. Raises StoreError."""
    return library().entries(drafts.person()) if drafts.person() else ()


def remembered() -> str:
    """The name of who signed in, or that was typed before in this browser; "" where none was, or the store is away."""
    if sign_in.wanted():
        return sign_in.name()
    try:
        return library().name_of(drafts.person()) if drafts.person() else ""
    except StoreError:
        return ""  # said where the library itself is read


def author() -> str:
    """Who saves: who signed in, else the name typed on the page, remembered for the next time.

    LibraryError where there is none.
    """
    if sign_in.wanted():
        return sign_in.name()
    name = str(st.session_state.get(AUTHOR, remembered()))
    if not name.strip():
        raise LibraryError("Type your name first, so that others see who saved or shared the plan.")
    if drafts.person() and name != remembered():
        writable().remember_name(drafts.person(), name)
    return name


def tried(change: Callable[[], None]) -> bool:
    """Whether a change of the library was done; why not is said."""
    try:
        change()
    except PlannerError as error:
        desk.say(plain(str(error)))
        return False
    return True


def name_field() -> None:
    """Where whoever saves or shares types a name; nothing where people sign in."""
    if sign_in.wanted():
        return
    if AUTHOR not in st.session_state:
        desk.show(AUTHOR, remembered())
    st.text_input(
        "Your name", key=AUTHOR, max_chars=MOST_NAME, width=190, disabled=desk.read_only() or not drafts.person()
    )


def now() -> dt.datetime:
    """This moment."""
    return dt.datetime.now(dt.UTC)


def zone() -> dt.tzinfo:
    """The time zone of the browser; UTC where it names none that is known."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return dt.UTC


def origin(entries: tuple[Entry, ...]) -> Entry | None:
    """The entry that the plan on the desk came from; None where it came from none of them."""
    here = desk.workspace().origin
    return next((entry for entry in entries if here and entry.id == here.plan), None)


@lru_cache(maxsize=256)
def _unsaved(plan: Plan, kept: str) -> bool:
    return digest(plan, desk.token(plan)) != kept


def unsaved() -> bool:
    """Whether the plan on the desk is another than the version it came from; while a thumb is held it is."""
    here = desk.workspace().origin
    return here is not None and (session.current().dragging or _unsaved(desk.workspace().plan, here.digest))


def version(plan: str, number: int) -> SharedPlan:
    """What a version holds. Raises LibraryError and StoreError."""
    return _opened(library().token(drafts.person(), plan, number))


_opened = lru_cache(maxsize=128)(from_token)


@lru_cache(maxsize=256)
def split(before: Plan, after: Plan) -> LeverBridge:
    """The difference in deals between two versions, by lever."""
    return bridge_by_lever(before, after)


@session.in_turn
def take(entry: Entry, number: int) -> None:
    """Puts a version on the desk, with its baseline and scenarios, as a step that can be undone."""
    shared = version(entry.id, number)
    here = Origin(entry.id, entry.name, number, entry.version(number).digest)
    name = f"Opened “{entry.name}”, version {number}"
    baseline = shared.baseline or shared.plan
    desk.put(desk.workspace().copied(shared.plan, baseline, shared.scenarios, name, here, tail=shared.tail))


@session.in_turn
def came_from(origin: Origin) -> None:
    """Notes where the plan on the desk is saved now: no step, as undo takes no version back."""
    visit = session.current()
    visit.workspace = replace(visit.workspace, origin=origin)


@session.in_turn
def call(name: str) -> None:
    """Gives the plan on the desk a name; where it is the baseline too, it stays that."""
    work = desk.workspace()
    plan = edit.with_name(work.plan, name)
    if plan != work.plan:
        baseline = plan if work.baseline == work.plan else work.baseline
        desk.put(work.changed(f"Renamed to “{plan.name}”", plan=plan, baseline=baseline))


def before() -> tuple[Entry, ...]:
    """Plans that this browser saved before people signed in here. Raises StoreError."""
    former = drafts.before_sign_in()
    return library().entries(former) if former and not desk.read_only() else ()


def take_over() -> None:
    """Brings what this browser saved before into the library of who signed in. Raises LibraryError and StoreError."""
    check_own()
    Members(drafts.store()).take_over(drafts.before_sign_in(), known_person())


@session.in_turn
def deleted(entry: Entry) -> None:
    """Notes that a plan is in the library no longer; the plan on the desk stays."""
    if (here := desk.workspace().origin) and here.plan == entry.id:
        visit = session.current()
        visit.workspace = replace(visit.workspace, origin=None)
