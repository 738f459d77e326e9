"""What the library holds, as values: plans under a name, their versions, what a version is for, who may do what."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from planner.errors import LibraryError
from planner.keep.codec import kept_token
from planner.plan import Plan

__all__ = [
    "PURPOSES", "ROLES", "Entry", "Purpose", "Version", "checked_name", "checked_note", "copy_name", "digest",
    "matching", "may",
]  # fmt: skip

MOST_NAME, MOST_NOTE = 80, 2000
ROLES = ("viewer", "editor", "owner")  # each may do what those before it may


@dataclass(frozen=True)
class Purpose:
    """What a version is for: its `label` in a list, and its `name` inside a sentence."""

    key: str
    label: str
    name: str


PURPOSES = {
    purpose.key: purpose
    for purpose in (
        Purpose("working", "Working version", "working version"),
        Purpose("budget", "Locked budget", "locked budget"),
        Purpose("forecast", "Rolling forecast", "rolling forecast"),
        Purpose("scenario", "Scenario", "scenario"),
    )
}


@dataclass(frozen=True)
class Version:
    """One version of a plan, which never changes: its number counts from 1, `when` is the moment in UTC.

    `restores` is the number of the version that this one brought back, None where it brought back none; `digest` tells
    whether a plan is the one that was saved.
    """

    number: int
    author: str
    when: dt.datetime
    engine: str
    note: str
    purpose: Purpose
    restores: int | None
    digest: str


@dataclass(frozen=True)
class Entry:
    """A plan in the library, as one person sees it: what that person may do, and every version, the oldest first."""

    id: str
    name: str
    role: str
    archived: bool
    versions: tuple[Version, ...]

    @property
    def latest(self) -> Version:
        """The newest version."""
        return self.versions[-1]

    def version(self, number: int) -> Version:
        """The version of that number; LibraryError where there is none."""
        if not 0 < number <= len(self.versions):
            raise LibraryError(f"“{self.name}” has no version {number}: choose one of 1 to {len(self.versions)}.")
        return self.versions[number - 1]


def may(role: str, needed: str) -> bool:
    """Whether someone in this role may do what needs the other.

    >>> may("owner", "editor"), may("viewer", "editor")
    (True, False)
    """
    return ROLES.index(role) >= ROLES.index(needed)


def digest(plan: Plan, token: str = "") -> str:
    """What tells a plan from every other; `token` is its `kept_token`, where that is at hand."""
    return hashlib.sha256((token or kept_token(plan)).encode()).hexdigest()


def matching(entries: Iterable[Entry], text: str) -> tuple[Entry, ...]:
    """The entries in which every word of a text stands: in the name, or a version's note, author or purpose."""
    words = text.casefold().split()
    return tuple(entry for entry in entries if all(word in _text(entry) for word in words))


def _text(entry: Entry) -> str:
    lines = (f"{version.note}\n{version.author}\n{version.purpose.label}" for version in entry.versions)
    return "\n".join((entry.name, *lines)).casefold()


def copy_name(entry: Entry, others: Iterable[Entry]) -> str:
    """A name for a copy of a plan that none of the others has: "Budget (copy)", "Budget (copy 2)"."""
    taken = {other.name.casefold() for other in others}
    stem = entry.name[: MOST_NAME - len(" (copy 9999)")]
    numbered = (f"{stem} (copy)" if n == 1 else f"{stem} (copy {n})" for n in range(1, len(taken) + 2))
    return next(name for name in numbered if name.casefold() not in taken)


def checked_name(name: str, what: str) -> str:
    """A name without white space around it; LibraryError where it is empty or too long. `what` needs the name."""
    name = " ".join(name.split())
    if not name:
        raise LibraryError(f"{what} needs a name: type one.")
    if len(name) > MOST_NAME:
        raise LibraryError(f"This name has {len(name)} characters; at most {MOST_NAME} fit: shorten it.")
    return name


def checked_note(note: str) -> str:
    """A note without white space around it; LibraryError where it is too long."""
    note = note.strip()
    if len(note) > MOST_NOTE:
        raise LibraryError(f"The note has {len(note)} characters; at most {MOST_NOTE} fit: shorten it.")
    return note
