"""The store: drafts of workspaces in a database, the only thing the planner keeps on disk.

SQLite in the user's data folder, or the database that the environment variable OUTBOUND_PLANNER_STORE names (an
SQLAlchemy address, such as sqlite:////srv/planner.sqlite or postgresql+psycopg://user:password@host/planner). Made on
first use; several processes may use it at once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from planner.errors import StoreError
from planner.keep.database import opened, tables, upsert

if TYPE_CHECKING:  # SQLAlchemy takes 0.2 s to load: only where a store is used
    from sqlalchemy import Connection, Engine

__all__ = ["SETTING", "Draft", "DraftChanged", "Store", "hashed"]

SETTING = "OUTBOUND_PLANNER_STORE"

_ELSEWHERE = f"or set {SETTING} to another place."
_DRIVER = "For Postgres: pip install 'outbound-planner[postgres]',"
_MENDS = (  # words of the database, what is wrong, the mend
    ("disk is full", "the disk is full", f"Free some room, {_ELSEWHERE}"),
    ("readonly", "it can be read but not written", f"Allow writing to it, {_ELSEWHERE}"),
    ("locked", "another program has held it for too long", "Close that program and try again."),
    ("not a database", "what lies there is no database", f"Move that file away, {_ELSEWHERE}"),
    ("malformed", "it is damaged", f"Move that file away, {_ELSEWHERE}"),
    ("no such column", "another version of the planner made it", f"Move that file away, {_ELSEWHERE}"),
    ("newer migration", "a newer planner made it", f"Update the planner, {_ELSEWHERE}"),
    ("No module named", "the driver of its database is not installed", f"{_DRIVER} {_ELSEWHERE}"),
    ("Can't load plugin", "no such kind of database is known", f"Check the address in {SETTING}."),
    ("Could not parse", "its address cannot be read", f"Check the address in {SETTING}."),
    ("invalid literal for int", "its address cannot be read", f"Check the port in {SETTING}."),
    ("password authentication", "the database refuses the user or the password", f"Check the address in {SETTING}."),
    ("connection failed", "the database does not answer", f"Check that it runs, and the address in {SETTING}."),
    ("", "it cannot be opened", f"See that its folder exists and may be written, {_ELSEWHERE}"),
)


def hashed(owner: str) -> str:
    """What is stored of an owner: who reads the store cannot take an owner's place."""
    return hashlib.sha256(owner.encode()).hexdigest()


class DraftChanged(StoreError):
    """The draft was saved by another since the revision that this one continues."""


@dataclass(frozen=True)
class Draft:
    """A workspace as it is kept: its bytes, and apart from them, by digest, the actuals that they speak of.

    `revision` counts how often it was kept.
    """

    content: bytes
    actuals: Mapping[str, bytes] = field(default_factory=dict)
    revision: int = field(default=0, compare=False)


class Store:
    """Drafts by owner, a secret random text. `url` None: what the setting says, else SQLite in the user's data folder.

    Every method raises StoreError, with what is wrong and the mend, where the database cannot be read or written.
    """

    def __init__(self, url: str | None = None) -> None:
        self._url = url or os.environ.get(SETTING)
        self._opened: Engine | None = None
        self._opening = Lock()

    def check(self) -> None:
        """Opens the database, so that whoever starts the planner hears of a wrong address or a missing driver."""
        with self.opened():
            pass

    def draft(self, owner: str) -> Draft | None:
        """The owner's draft; None where there is none."""
        from sqlalchemy import select

        drafts, actuals, key = tables().drafts, tables().actuals, hashed(owner)
        with self.opened() as database:
            row = database.execute(select(drafts.c.draft, drafts.c.revision).where(drafts.c.owner == key)).first()
            if row is None:
                return None
            parts = database.execute(select(actuals.c.digest, actuals.c.content).where(actuals.c.owner == key))
            return Draft(bytes(row.draft), {str(digest): bytes(part) for digest, part in parts}, int(row.revision))

    def renew(self, owner: str, on: dt.date) -> None:
        """Notes that the owner came back on the day `on`, so that the draft is not purged."""
        from sqlalchemy import update

        drafts = tables().drafts
        with self.opened() as database:
            database.execute(update(drafts).where(drafts.c.owner == hashed(owner)).values(kept_on=on))

    def keep_draft(self, owner: str, draft: Draft, on: dt.date, *, after: int | None = None) -> int:
        """Keeps the draft, in place of the owner's last one, as of the day `on`; returns its revision.

        `after` is the revision that it continues (0: there was no draft); DraftChanged where another stands there.
        None keeps it whatever stands there. Actuals that are there stay as is.
        """
        from sqlalchemy import delete, select

        actuals, key = tables().actuals, hashed(owner)
        with self.opened() as database:
            revision = _keep(database, key, draft, on, after)
            there = set(database.execute(select(actuals.c.digest).where(actuals.c.owner == key)).scalars())
            for digest in draft.actuals.keys() - there:
                upsert(database, actuals, {"owner": key, "digest": digest}, {"content": draft.actuals[digest]})
            if gone := there - draft.actuals.keys():
                database.execute(delete(actuals).where(actuals.c.owner == key, actuals.c.digest.in_(gone)))
        return revision

    def forget(self, owner: str) -> None:
        """Removes the owner's draft and all that belongs to it."""
        from sqlalchemy import delete

        with self.opened() as database:
            for table in (tables().drafts, tables().actuals):
                database.execute(delete(table).where(table.c.owner == hashed(owner)))

    def purge(self, on: dt.date, days: int) -> int:
        """Removes drafts last kept more than `days` before the day `on`; returns how many."""
        from sqlalchemy import delete, select

        drafts, actuals = tables().drafts, tables().actuals
        with self.opened() as database:
            purged = database.execute(delete(drafts).where(drafts.c.kept_on < on - dt.timedelta(days))).rowcount
            if purged:
                database.execute(delete(actuals).where(actuals.c.owner.not_in(select(drafts.c.owner))))
            return purged

    def close(self) -> None:
        """Lets go of the database; the next use opens it again."""
        with self._opening:
            if self._opened:
                self._opened.dispose()
            self._opened = None

    @contextmanager
    def opened(self) -> Iterator[Connection]:
        """The database in a transaction, kept unless the block raises; what the database refuses is a StoreError."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            with self._engine().begin() as database:
                yield database
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise _failure(str(getattr(error, "orig", None) or error)) from None

    def _engine(self) -> Engine:
        with self._opening:
            if self._opened is None:
                self._opened = _opened(self._url or f"sqlite:///{_data_folder() / 'drafts.sqlite'}")
            return self._opened


def _keep(database: Connection, key: str, draft: Draft, on: dt.date, after: int | None) -> int:
    """Writes the row of a draft if it stands at the revision `after`; returns the new revision."""
    from sqlalchemy import insert, select, update
    from sqlalchemy.exc import IntegrityError

    drafts = tables().drafts
    mine, row = drafts.c.owner == key, {"draft": draft.content, "kept_on": on}
    if after is None:
        upsert(database, drafts, {"owner": key}, row)
        database.execute(update(drafts).where(mine).values(revision=drafts.c.revision + 1))
        return int(database.execute(select(drafts.c.revision).where(mine)).scalar_one())
    try:
        if after == 0:
            database.execute(insert(drafts).values(owner=key, revision=1, **row))
        elif not database.execute(
            update(drafts).where(mine, drafts.c.revision == after).values(revision=after + 1, **row)
        ).rowcount:
            raise DraftChanged("The draft was changed in another tab.")
    except IntegrityError:
        raise DraftChanged("The draft was changed in another tab.") from None
    return after + 1


def _opened(address: str) -> Engine:
    """The database at an address; StoreError where the address cannot be one or the tables are newer."""
    try:
        return opened(address)
    except ValueError as error:
        raise _failure(str(error)) from None


def _failure(words: str) -> StoreError:
    """What went wrong, in words of ours only: the database's own may hold the address with its password."""
    what, mend = next((what, mend) for part, what, mend in _MENDS if part in words)
    return StoreError(f"The store of drafts and links fails: {what}. {mend}")


def _data_folder() -> Path:
    """The folder for the user's data on this system, made where it is not there yet, for the user alone."""
    from platformdirs import user_data_path

    folder = user_data_path("outbound-planner", appauthor=False)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
