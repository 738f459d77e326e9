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
    """One visit.

    `kept` is the workspace as the store has it, at `revision`; `returning` whether there was one when the visit began,
    `unread` whether the store was away then, `unreadable` a draft that cannot be opened, and `why`. `unsaved` says why
    the last save failed, `tried` when. `address` is the plan of the address as last written, with the desk's `tag`;
    `bare` the plan that stood there under no address; `foreign` whether the address came from another desk. `reading`
    is what a reader of a link wants counted, None: as it was made. `stored` is the stored link on screen, `gone` why
    one opens nothing, `outgrown` a file that holds more than a plan can, `counted` the links whose opening was counted.
    `sent` says when a widget was shown a value, by key and value. `refusals` are typed texts by lever path, `answered`
    the last message of each ladder, `reach` how far each slider runs, `turns` how often a table was made anew. `change`
    is a step to be named once, `hinted` whether the first steps were put away, `currency` one that was chosen before it
    is said what becomes of the amounts, `pending` an upload that is not used yet, `links` names of stored links by what
    they hold. `sliders` are those on screen; `moves` counts the changes of the plan since it was `previewed` first,
    `own_moves` by lever those that moved nothing else. `heard` is the plan whose figures were last `announced` to
    whoever hears the page. `lock` is held while one of its runs changes it (see `in_turn`).
    """

    workspace: Workspace
    kept: Workspace
    revision: int = 0
    returning: bool = False
    unread: bool = False
    unreadable: Draft | None = None
    why: str = ""
    unsaved: str = ""
    tried: float = 0.0
    tag: str = ""
    address: str = ""
    bare: SharedPlan | None = None
    edited: bool = False
    dragging: bool = False
    moved: Move = Move()
    link: SharedPlan | None = None
    reading: bool | None = None
    foreign: bool = False
    stored: StoredLink | None = None
    gone: PlannerError | None = None
    outgrown: TooLarge | None = None
    counted: set[str] = field(default_factory=set)
    change: str = ""
    hinted: bool = False
    currency: str = ""
    messages: list[str] = field(default_factory=list)
    sent: dict[tuple[str, Any], float] = field(default_factory=dict)
    refusals: dict[str, Refusal] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)
    reach: dict[str, float] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)
    sliders: dict[str, Slider] = field(default_factory=dict)
    previewed: Plan | None = None
    moves: int = 0
    own_moves: dict[str, int] = field(default_factory=dict)
    heard: Plan | None = None
    announced: str = ""
    sharing: Sharing = Sharing()
    waiting: dict[str, Waiting] = field(default_factory=dict)  # answers under way, by question
    document: Document | None = None  # the last file that was asked for
    copied: dict[str, Copied] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    pending: dict[str, Any] = field(default_factory=dict)
    uploads: int = 0
    maker: str = field(default_factory=lambda: token_urlsafe(24))
    results: Results = field(default_factory=Results)
    lock: Any = field(default_factory=RLock, compare=False, repr=False)

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
