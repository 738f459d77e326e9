"""What can go wrong, in one tree. Every message says what, where and the mend.

PlannerError(ValueError)
├── PlanError          a plan, a lever or a move that cannot be: .path names the field
│   └── OutOfReach     no value of the lever meets the target: .nearest and .binding say how far it goes
├── BadActuals         an upload that cannot be read: .line and .column say where, .mend what to do
├── BadLink            a share token or a plan file that is damaged, too large or from a newer version
└── StoreError         the draft store cannot be read or written
"""

from __future__ import annotations

from typing import Any

__all__ = ["BadActuals", "BadLink", "OutOfReach", "PlanError", "PlannerError", "StoreError"]


class PlannerError(ValueError):
    """The root of the tree; a page shows its text as it stands."""


class PlanError(PlannerError):
    """A plan, a lever or a move that cannot be. `path` is the field, such as "email.replied.rate"."""

    def __init__(self, path: str, what: str) -> None:
        super().__init__(f"{path} {what}" if path else what)
        self.path = path
        self.what = what


class OutOfReach(PlanError):
    """No value of the lever meets the target: `nearest` is the plan that comes closest, `value` what it reaches."""

    def __init__(self, path: str, what: str, *, nearest: Any, value: float, binding: str) -> None:
        super().__init__(path, what)
        self.nearest = nearest
        self.value = value
        self.binding = binding


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


class StoreError(PlannerError):
    """The draft store cannot be read or written."""
