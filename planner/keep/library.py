"""The library: plans saved under a name, every version kept for ever.

Nothing here changes or removes a version. Who asks is a secret random text, as in the store; what that person may do
with a plan is looked up in the transaction that does it, so that no page can allow more.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from planner.errors import LibraryError, StoreError
from planner.keep.codec import from_token
from planner.keep.database import tables, upsert
from planner.keep.saved import PURPOSES, Entry, Version, checked_name, checked_note, digest, may
from planner.keep.store import Store, hashed
from planner.keep.workspace import Origin

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["Library", "editable", "let_in"]

TRIES = 200  # of a save while others save the same plan: each round at least one of them succeeds

_ABSENT = "There is no such plan in your library. It may have been shared with another browser only."
_READ_ONLY = "You can read this plan but not change it. Ask its owner for a link that lets you work on it."


class _NumberTaken(Exception):
    """Another saved the same plan first."""


@dataclass(frozen=True)
class _Content:
    """What a version is to hold, besides its number."""

    token: str
    author: str
    when: dt.datetime
    note: str = ""
    purpose: str = "working"
    restores: int | None = None

    def row(self) -> dict[str, Any]:
        """The columns of the table; PlannerError where one of them will not do."""
        if self.purpose not in PURPOSES:
            raise LibraryError(f"{self.purpose!r} is no purpose of a version: use one of {', '.join(PURPOSES)}.")
        shared = from_token(self.token)
        return {
            "token": self.token.strip(),
            "author": checked_name(self.author, "Whoever saves a plan"),
            "saved_at": self.when.astimezone(dt.UTC).replace(tzinfo=None),
            "note": checked_note(self.note),
            "purpose": self.purpose,
            "restores": self.restores,
            "engine": shared.engine,
            "digest": digest(shared.plan),
        }


class Library:
    """The plans that people saved in a store. `person` is who asks, a secret random text.

    Every method raises StoreError where the store cannot be read or written, and LibraryError for a plan that is not in
    the person's library or may not be changed by that person. Moments are aware of their time zone.

    >>> import datetime as dt
    >>> from planner import Library, Store, starter, to_token
    >>> library, now = Library(Store("sqlite://")), dt.datetime(2027, 1, 4, 9, 30, tzinfo=dt.UTC)
    >>> saved = library.save("secret of a browser", "Budget", to_token(starter("email")), "Controlling", now)
    >>> library.save_version("secret of a browser", saved.plan, to_token(starter("phone")), "Sales", now).number
    2
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    # -- people -------------------------------------------------------------------------------------------------------

    def name_of(self, person: str) -> str:
        """What a person is called; "" where that was never typed."""
        from sqlalchemy import select

        people = tables().people
        with self._store.opened() as database:
            name = database.execute(select(people.c.name).where(people.c.person == hashed(person))).scalar()
        return str(name or "")

    def remember_name(self, person: str, name: str) -> None:
        """Remembers what a person is called from now on; earlier versions keep the name they were saved under."""
        name = checked_name(name, "Whoever saves a plan")
        with self._store.opened() as database:
            upsert(database, tables().people, {"person": hashed(person)}, {"name": name})

    # -- reading ------------------------------------------------------------------------------------------------------

    def entries(self, person: str) -> tuple[Entry, ...]:
        """Every plan of a person's library, the one saved last first."""
        with self._store.opened() as database:
            entries = _entries(database, person)
        return tuple(sorted(entries, key=lambda entry: entry.latest.when, reverse=True))

    def entry(self, person: str, plan: str) -> Entry:
        """One plan of a person's library."""
        with self._store.opened() as database:
            return _entry(database, person, plan)

    def token(self, person: str, plan: str, number: int) -> str:
        """The share token of a version."""
        with self._store.opened() as database:
            _entry(database, person, plan).version(number)
            return _token(database, plan, number)

    # -- saving -------------------------------------------------------------------------------------------------------

    def save(
        self, person: str, name: str, token: str, author: str, when: dt.datetime, *, note: str = "",
        purpose: str = "working",
    ) -> Origin:  # fmt: skip
        """Saves a share token as the first version of a new plan, which the person owns."""
        from sqlalchemy import insert

        row, id = _Content(token, author, when, note, purpose).row(), secrets.token_urlsafe(16)
        with self._store.opened() as database:
            name = _free_name(database, person, name)
            database.execute(insert(tables().plans).values(id=id, name=name, archived=False))
            database.execute(insert(tables().members).values(person=hashed(person), plan=id, role="owner"))
            database.execute(insert(tables().versions).values(plan=id, number=1, **row))
        return Origin(id, name, 1, row["digest"])

    def save_version(
        self, person: str, plan: str, token: str, author: str, when: dt.datetime, *, note: str = "",
        purpose: str = "working",
    ) -> Origin:  # fmt: skip
        """Saves a share token as the next version of a plan; whoever saves at the same time gets the next but one."""
        return self._next(person, plan, _Content(token, author, when, note, purpose))

    def restore(self, person: str, plan: str, number: int, author: str, when: dt.datetime) -> Origin:
        """Makes a new version that equals an old one."""
        purpose = self.entry(person, plan).version(number).purpose.key
        content = _Content(self.token(person, plan, number), author, when, "", purpose, restores=number)
        return self._next(person, plan, content)

    def duplicate(self, person: str, plan: str, name: str, author: str, when: dt.datetime) -> Origin:
        """Saves the newest version of a plan as the first one of a new plan."""
        latest = self.entry(person, plan).latest
        token = self.token(person, plan, latest.number)
        return self.save(person, name, token, author, when, note=latest.note, purpose=latest.purpose.key)

    def _next(self, person: str, plan: str, content: _Content) -> Origin:
        row = content.row()
        for _ in range(TRIES):
            try:
                with self._store.opened() as database:
                    return _added(database, person, plan, row)
            except _NumberTaken:
                continue
        raise StoreError("Too many people are saving this plan right now: save it again in a moment.")

    # -- changes that leave every version as it is --------------------------------------------------------------------

    def rename(self, person: str, plan: str, name: str) -> None:
        """Gives a plan another name."""
        with self._store.opened() as database:
            editable(database, person, plan)
            _set(database, plan, name=_free_name(database, person, name, but=plan))

    def archive(self, person: str, plan: str, archived: bool = True) -> None:
        """Puts a plan away, or back."""
        with self._store.opened() as database:
            editable(database, person, plan)
            _set(database, plan, archived=archived)

    def mark(self, person: str, plan: str, number: int, purpose: str) -> None:
        """Says what a version is for."""
        from sqlalchemy import update

        if purpose not in PURPOSES:
            raise LibraryError(f"{purpose!r} is no purpose of a version: use one of {', '.join(PURPOSES)}.")
        versions = tables().versions
        with self._store.opened() as database:
            editable(database, person, plan).version(number)
            same = (versions.c.plan == plan, versions.c.number == number)
            database.execute(update(versions).where(*same).values(purpose=purpose))


# -- rows ---------------------------------------------------------------------------------------------------------


def _entries(database: Connection, person: str, plan: str | None = None) -> list[Entry]:
    """A person's plans, or one of them, without the tokens."""
    from sqlalchemy import select

    plans, versions, members = tables().plans, tables().versions, tables().members
    columns = (column for column in versions.c if column.name != "token")
    wanted = (
        select(plans.c.id, plans.c.name, plans.c.archived, members.c.role, *columns)
        .join_from(members, plans, plans.c.id == members.c.plan)
        .join(versions, versions.c.plan == plans.c.id)
        .where(members.c.person == hashed(person))
        .order_by(plans.c.id, versions.c.number)
    )
    rows = database.execute(wanted if plan is None else wanted.where(plans.c.id == plan))
    return [_as_entry(of_plan) for _, of_plan in groupby(rows, key=lambda row: row.id)]


def _as_entry(rows: Iterable[Any]) -> Entry:
    first, *others = rows
    versions = (
        Version(
            int(row.number), str(row.author), row.saved_at.replace(tzinfo=dt.UTC), str(row.engine), str(row.note),
            PURPOSES[row.purpose], row.restores, str(row.digest),
        )
        for row in (first, *others)
    )  # fmt: skip
    return Entry(str(first.id), str(first.name), str(first.role), bool(first.archived), tuple(versions))


def _entry(database: Connection, person: str, plan: str) -> Entry:
    """A plan that a person may read; LibraryError for any other, whether it is there or not."""
    entries = _entries(database, person, plan)
    if not entries:
        raise LibraryError(_ABSENT)
    return entries[0]


def editable(database: Connection, person: str, plan: str) -> Entry:
    """A plan that a person may change; LibraryError for any other."""
    entry = _entry(database, person, plan)
    if not may(entry.role, "editor"):
        raise LibraryError(_READ_ONLY)
    return entry


def let_in(database: Connection, person: str, plan: str, role: str) -> None:
    """Lets a person do with a plan what the role allows; whoever may do more already, still may."""
    from sqlalchemy import select

    members, key = tables().members, {"person": hashed(person), "plan": plan}
    same = [members.c[name] == value for name, value in key.items()]
    before = database.execute(select(members.c.role).where(*same)).scalar()
    if before is None or not may(before, role):
        upsert(database, members, key, {"role": role})


def _token(database: Connection, plan: str, number: int) -> str:
    from sqlalchemy import select

    versions = tables().versions
    same = (versions.c.plan == plan, versions.c.number == number)
    return str(database.execute(select(versions.c.token).where(*same)).scalar_one())


def _added(database: Connection, person: str, plan: str, row: dict[str, Any]) -> Origin:
    """Writes the row of the next version."""
    from sqlalchemy import insert
    from sqlalchemy.exc import IntegrityError

    entry = editable(database, person, plan)
    number = entry.latest.number + 1
    try:
        database.execute(insert(tables().versions).values(plan=plan, number=number, **row))
    except IntegrityError:
        raise _NumberTaken from None
    return Origin(plan, entry.name, number, row["digest"])


def _set(database: Connection, plan: str, **columns: Any) -> None:
    from sqlalchemy import update

    database.execute(update(tables().plans).where(tables().plans.c.id == plan).values(**columns))


def _free_name(database: Connection, person: str, name: str, but: str = "") -> str:
    """A name for a plan; LibraryError where another plan of the person's library has it."""
    name = checked_name(name, "A plan in the library")
    for entry in _entries(database, person):
        if entry.id != but and entry.name.casefold() == name.casefold():
            where = "in the archive" if entry.archived else "in your library"
            raise LibraryError(f"There is already a plan called “{entry.name}” {where}. Choose another name.")
    return name
