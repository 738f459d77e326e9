"""What can go wrong, in one tree. Every message says what, where and the mend.

PlannerError(ValueError)
├── PlanError          a plan, a lever or a move that cannot be: .path names the field
│   ├── OutOfReach     no value of the lever meets the target: .nearest, .value and .binding say how far it goes
│   └── TooLarge       more in a plan than one may hold: .outgrown is what an older link or file still says of it
├── BadActuals         an upload that cannot be read: .line and .column say where, .mend what to do
├── BadLink            a share token or a plan file that is damaged, too large or from a newer version
├── LibraryError       what the library refuses: a plan that is not there, or that may not be changed by who asks
└── StoreError         the store cannot be read or written
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

__all__ = [
    "BadActuals", "BadLink", "Binding", "Constraint", "LibraryError", "OutOfReach", "PlanError", "PlannerError",
    "StoreError", "TooLarge",
]  # fmt: skip

Constraint = Literal[
    "hours", "pace", "audience", "complaints", "most", "least", "budget",  # limits of the plan and of the question
    "ceiling", "flat", "turn", "jump", "unmoved", "undefined",  # what the result itself does
]  # fmt: skip


@dataclass(frozen=True)
class Binding:
    """What limits an answer, as a value: `what` binds, for which `channels` (none: no channel in particular).

    Limits: the team's "hours", a channel's "pace", its "audience" (a list used up, or one that wears), its
    "complaints", its maximum ("most") and minimum ("least"), the "budget". The result itself: at the "ceiling" of what
    the lever can be, "flat" (more adds almost nothing), at its "turn" (beyond it results get worse), at a "jump" across
    the target, "unmoved" by the lever, "undefined".

    `price` is the shadow price, what one unit more of room would bring: an hour, a touch a month, a contact, a unit of
    money. `level` is where the limit stands, in that unit. Both are nan where they cannot be worked out. `month` counts
    from 0 and names the month that binds, None for a limit of the whole plan.
    """

    what: Constraint
    channels: tuple[str, ...] = ()
    price: float = math.nan
    level: float = math.nan
    month: int | None = None


class PlannerError(ValueError):
    """The root of the tree; a page shows its text as it stands."""


class PlanError(PlannerError):
    """A plan, a lever or a move that cannot be. `path` is the field, such as "email.replied.rate".

    `what` says what is wrong with it. Where it names other fields or numbers as {0}, {1} …, `about` has them:
    paths, and numbers in the stored scale of the field, so that a screen can write both as it does elsewhere.
    """

    def __init__(self, path: str, what: str, *, about: tuple[str | float, ...] = ()) -> None:
        plain = (part if isinstance(part, str) else f"{part:g}" for part in about)
        text = what.format(*plain) if about else what
        super().__init__(f"{path} {text}" if path else text)
        self.path = path
        self.what = what
        self.about = about


class OutOfReach(PlanError):
    """No value of the lever meets the target: `nearest` is the plan that comes closest, `value` what it reaches there.

    `binding` is what limits it; `beyond` the plan that would meet the target without that limit, None where none would.
    """

    def __init__(
        self, path: str, what: str, *, nearest: Any, value: float, binding: Any, beyond: Any = None
    ) -> None:  # fmt: skip
        super().__init__(path, what)
        self.nearest = nearest
        self.value = value
        self.binding: Any = binding
        self.beyond = beyond


class TooLarge(PlanError):
    """More in a plan than one may hold. `outgrown` is what a link or file of an earlier version still says of it.

    It is a SharedPlan whose plan has its heading only, without figures for a file; None where neither was opened.
    """

    outgrown: Any = None


class BadActuals(PlannerError):
    """An upload that cannot be read. `line` counts from 1 in the file as sent; `column` is the header as written."""

    def __init__(self, what: str, *, line: int | None = None, column: str | None = None, mend: str = "") -> None:
        where = ", ".join(
            part for part in (f"line {line}" if line else "", f"column “{column}”" if column else "") if part
        )
        super().__init__(": ".join(part for part in (where, what) if part) + (f" {mend}" if mend else ""))
        self.what = what
        self.line = line
        self.column = column
        self.mend = mend


class BadLink(PlannerError):
    """A share token or a plan file that is damaged, too large or from a newer version."""


class LibraryError(PlannerError):
    """What the library refuses: a plan that is not there, a name that will not do, a change that is not allowed."""


class StoreError(PlannerError):
    """The store cannot be read or written."""
