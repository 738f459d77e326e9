"""The library: plans saved under a name, every version kept for ever.

No version changes, and none goes but with its whole plan, when an owner deletes it. Who asks is a secret random text,
as in the store, or whoever signed in; what that person may do with a plan is looked up in the transaction that does it,
so that no page can allow more.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.errors import LibraryError
from planner.keep.codec import from_token
from planner.keep.database import tables, upsert
from planner.keep.entries import allowed, entries, readable, withdraw
from planner.keep.members import let_in
from planner.keep.saved import PURPOSES, Entry, checked_name, checked_note, digest
from planner.keep.steps import Origin
from planner.keep.store import Store, hashed

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["Library"]


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
    """The plans that people saved in a store. `person` is who asks, a secret random text or who signed in.

    A viewer of a plan reads it, an editor saves versions, an owner shares, renames, archives and deletes it. Every
    method raises StoreError where the store cannot be read or written, and LibraryError for a plan that is not in the
    person's library or may not be changed so by that person. Moments are aware of their time zone.

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
            rows = entries(database, person)
        return tuple(sorted(rows, key=lambda entry: entry.latest.when, reverse=True))

    def entry(self, person: str, plan: str) -> Entry:
        """One plan of a person's library."""
        with self._store.opened() as database:
            return readable(database, person, plan)

    def token(self, person: str, plan: str, number: int) -> str:
        """The share token of a version."""
        with self._store.opened() as database:
            readable(database, person, plan).version(number)
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
            let_in(database, person, id, "owner")
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
        from sqlalchemy import insert

        row = content.row()
        with self._store.opened() as database:
            entry = allowed(database, person, plan, "editor")
            number = entry.latest.number + 1
            database.execute(insert(tables().versions).values(plan=plan, number=number, **row))
        return Origin(plan, entry.name, number, row["digest"])

    # -- changes that leave every version as it is --------------------------------------------------------------------

    def rename(self, person: str, plan: str, name: str) -> None:
        """Gives a plan another name."""
        with self._store.opened() as database:
            allowed(database, person, plan, "owner")
            _set(database, plan, name=_free_name(database, person, name, but=plan))

    def archive(self, person: str, plan: str, archived: bool = True) -> None:
        """Puts a plan away, or back."""
        with self._store.opened() as database:
            allowed(database, person, plan, "owner")
            _set(database, plan, archived=archived)

    def delete(self, person: str, plan: str) -> None:
        """Removes a plan with every version, for everybody; links to it open nothing from now on."""
        from sqlalchemy import delete

        every = tables()
        with self._store.opened() as database:
            allowed(database, person, plan, "owner")
            withdraw(database, plan)
            for table in (every.members, every.versions):
                database.execute(delete(table).where(table.c.plan == plan))
            database.execute(delete(every.plans).where(every.plans.c.id == plan))

    def mark(self, person: str, plan: str, number: int, purpose: str) -> None:
        """Says what a version is for."""
        from sqlalchemy import update

        if purpose not in PURPOSES:
            raise LibraryError(f"{purpose!r} is no purpose of a version: use one of {', '.join(PURPOSES)}.")
        versions = tables().versions
        with self._store.opened() as database:
            allowed(database, person, plan, "editor").version(number)
            same = (versions.c.plan == plan, versions.c.number == number)
            database.execute(update(versions).where(*same).values(purpose=purpose))


# -- rows ---------------------------------------------------------------------------------------------------------


def _token(database: Connection, plan: str, number: int) -> str:
    from sqlalchemy import select

    versions = tables().versions
    same = (versions.c.plan == plan, versions.c.number == number)
    return str(database.execute(select(versions.c.token).where(*same)).scalar_one())


def _set(database: Connection, plan: str, **columns: Any) -> None:
    from sqlalchemy import update

    database.execute(update(tables().plans).where(tables().plans.c.id == plan).values(**columns))


def _free_name(database: Connection, person: str, name: str, but: str = "") -> str:
    """A name for a plan; LibraryError where another plan of the person's library has it."""
    name = checked_name(name, "A plan in the library")
    for entry in entries(database, person):
        if entry.id != but and entry.name.casefold() == name.casefold():
            where = "in the archive" if entry.archived else "in your library"
            raise LibraryError(f"There is already a plan called “{entry.name}” {where}. Choose another name.")
    return name
