"""All that one visit keeps besides the values of its widgets: one value under one key of Streamlit's session state.

What comes from a visitor's uploads lives here and nowhere else in the process, so that it goes with the visit.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import wraps
from secrets import token_urlsafe
from threading import RLock
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import streamlit as st

from planner.errors import PlannerError, TooLarge
from planner.keep.codec import SharedPlan
from planner.keep.short_links import StoredLink
from planner.keep.store import Draft
from planner.keep.workspace import Workspace
from planner.plan import Plan

if TYPE_CHECKING:
    from pages.shell.long_work import Work
    from pages.shell.waiting import Waiting
    from pages.widgets.preview import Slider
    from pages.widgets.sliders import Refusal

__all__ = ["KEY", "Copied", "Document", "Move", "Results", "Session", "Sharing", "current", "in_turn", "started"]

KEY = "desk"
RESULTS = 16  # of one visit

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True)
class Move:
    """What the last move moved, and when."""

    by: str = ""
    when: float = 0.0


@dataclass(frozen=True)
class Copied:
    """A text on its way to a visitor's clipboard: which press of the button asked for it, and when."""

    press: int = 0
    text: str = ""
    when: float = 0.0


@dataclass(frozen=True)
class Document:
    """A file that was asked for: its format, the workspace it is made of, and the work in hand."""

    key: str
    workspace: Workspace
    work: Work[bytes]


@dataclass(frozen=True)
class Sharing:
    """What a link is to hold besides the plan: its baseline where that differs, and scenarios by name."""

    baseline: bool = True
    scenarios: tuple[str, ...] = ()


class Results:
    """The newest results of functions of this visit's actuals; the oldest goes where there are more than `RESULTS`."""

    def __init__(self) -> None:
        self._results: OrderedDict[Any, Any] = OrderedDict()

    def of(self, function: Callable[..., T], *args: Any) -> T:
        """`function(*args)`, worked out once as long as it is remembered; what it raises is not."""
        key = (function, args)
        if key not in self._results:
            self._results[key] = function(*args)
        self._results.move_to_end(key)
        while len(self._results) > RESULTS:
            self._results.popitem(last=False)
        return self._results[key]  # type: ignore[no-any-return]

    def clear(self) -> None:
        self._results.clear()

    def __len__(self) -> int:
        return len(self._results)


@dataclass
class Session:
    """One visit. Each field says beside it what it holds."""

    # the workspace and its draft
    workspace: Workspace
    kept: Workspace  # as the store has it
    revision: int = 0  # at which it is kept there
    returning: bool = False  # whether there was a draft when the visit began
    unread: bool = False  # whether the store could not be asked then
    unreadable: Draft | None = None  # a draft that cannot be opened
    why: str = ""  # it cannot be
    unsaved: str = ""  # why the last save failed
    tried: float = 0.0  # when that was
    # the address
    tag: str = ""  # of this desk
    address: str = ""  # the plan in the address, as last written
    bare: SharedPlan | None = None  # the plan that stood there under no address
    foreign: bool = False  # whether the address came from another desk
    link: SharedPlan | None = None  # the shared plan on screen
    reading: bool | None = None  # whether its reader wants later deals counted; None: as it was made
    stored: StoredLink | None = None  # the stored link on screen
    gone: PlannerError | None = None  # why a link opens nothing
    outgrown: TooLarge | None = None  # a file that holds more than a plan can
    counted: set[str] = field(default_factory=set)  # links whose opening was counted
    # moves
    edited: bool = False  # whether the address has yet to follow a change
    dragging: bool = False  # whether a thumb is held
    moved: Move = Move()
    change: str = ""  # a step to be named once
    messages: list[str] = field(default_factory=list)  # to be shown once
    heard: Plan | None = None  # whose figures were announced last to whoever hears the page
    announced: str = ""  # what was said of them
    # widgets
    sent: dict[tuple[str, Any], float] = field(default_factory=dict)  # when a widget was shown a value
    refusals: dict[str, Refusal] = field(default_factory=dict)  # typed texts by lever path
    answered: dict[str, int] = field(default_factory=dict)  # the last message of each ladder
    reach: dict[str, float] = field(default_factory=dict)  # how far each slider runs
    turns: dict[str, int] = field(default_factory=dict)  # how often a table was made anew
    sliders: dict[str, Slider] = field(default_factory=dict)  # on screen
    previewed: Plan | None = None  # the plan that response curves were last made for
    moves: int = 0  # changes of the plan since the first of them
    own_moves: dict[str, int] = field(default_factory=dict)  # by lever, those that moved nothing else
    hinted: bool = False  # whether the first steps were put away
    currency: str = ""  # chosen before it is said what becomes of the amounts
    # uploads, and what is made of them
    pending: dict[str, Any] = field(default_factory=dict)  # an upload that is not used yet
    uploads: int = 0  # counts them, so that the field for files is a new one each time
    results: Results = field(default_factory=Results)
    waiting: dict[str, Waiting] = field(default_factory=dict)  # answers under way, by question
    # sharing
    sharing: Sharing = Sharing()
    document: Document | None = None  # the last file that was asked for
    copied: dict[str, Copied] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)  # names of stored links by what they hold
    maker: str = field(default_factory=lambda: token_urlsafe(24))  # of links, where the browser keeps no cookie

    lock: Any = field(default_factory=RLock, compare=False, repr=False)  # while one of its runs changes it: `in_turn`

    def turn(self, table: str) -> int:
        """How often a table was made anew."""
        return self.turns.get(table, 0)

    def turn_over(self, table: str) -> None:
        """Makes a table anew: what was applied, or refused, must not be sent again."""
        self.turns[table] = self.turn(table) + 1

    def forget(self) -> None:
        """Lets go of every upload and of all that was made of one."""
        self.pending.clear()
        self.refusals.clear()
        self.results.clear()
        self.waiting.clear()
        self.document = None
        self.uploads += 1


def started() -> bool:
    """Whether this visit has begun."""
    return KEY in st.session_state


def current() -> Session:
    """This visit."""
    return st.session_state[KEY]  # type: ignore[no-any-return]


def in_turn(change: Callable[P, T]) -> Callable[P, T]:
    """A function that changes the visit, or saves it, and waits while another run of the same visit does.

    A run that was told to stop goes on up to its next element, and the next run has begun by then: without a turn the
    older one would put the plan back that it had read before.
    """

    @wraps(change)
    def waiting(*args: P.args, **more: P.kwargs) -> T:
        with current().lock if started() else nullcontext():
            return change(*args, **more)

    return waiting
