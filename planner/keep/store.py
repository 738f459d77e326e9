"""The store: drafts of workspaces in a database, the only thing the planner keeps on disk.

SQLite in the user's data folder, or the database that the environment variable OUTBOUND_PLANNER_STORE names (an
SQLAlchemy address, such as sqlite:////srv/planner.sqlite). Made on first use; several processes may use it at once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from planner.errors import StoreError

if TYPE_CHECKING:  # SQLAlchemy takes 0.2 s to load: only where a store is used
    from sqlalchemy import URL, Connection, Engine, MetaData, Table

__all__ = ["SETTING", "Store", "Tables", "hashed", "tables"]

SETTING = "OUTBOUND_PLANNER_STORE"
WAIT = 5.0  # seconds a writer waits for another

_ELSEWHERE = f"or set {SETTING} to another place."
_MENDS = (  # words of the database, what is wrong, the mend
    ("disk is full", "the disk is full", f"Free some room, {_ELSEWHERE}"),
    ("readonly", "it can be read but not written", f"Allow writing to it, {_ELSEWHERE}"),
    ("locked", "another program has held it for too long", "Close that program and try again."),
    ("not a database", "what lies there is no database", f"Move that file away, {_ELSEWHERE}"),
    ("malformed", "it is damaged", f"Move that file away, {_ELSEWHERE}"),
    ("no such column", "another version of the planner made it", f"Move that file away, {_ELSEWHERE}"),
    ("", "it cannot be opened", f"See that its folder exists and may be written, {_ELSEWHERE}"),
)


@dataclass(frozen=True)
class Tables:
    """The tables of a store."""

    every: MetaData
    drafts: Table
    links: Table


@cache
def tables() -> Tables:
    """`drafts` by hashed owner, `links` by id with the hashed owner who made them, each with the day it was kept."""
    from sqlalchemy import Column, Date, LargeBinary, MetaData, String, Table, Text

    def table(name: str, key: str, held: str, kind: Any, *more: Any) -> Table:
        first, day = Column(key, String(64), primary_key=True), Column("kept_on", Date, nullable=False)
        return Table(name, every, first, day, Column(held, kind, nullable=False), *more)

    every = MetaData()
    drafts = table("drafts", "owner", "draft", LargeBinary(2**32 - 1))
    links = table("links", "id", "token", Text(2**24 - 1), Column("maker", String(64), nullable=False, index=True))
    return Tables(every, drafts, links)


def hashed(owner: str) -> str:
    """What is stored of an owner: who reads the store cannot take an owner's place."""
    return hashlib.sha256(owner.encode()).hexdigest()


class Store:
    """Drafts by owner, a secret random text. `url` None: what the setting says, else SQLite in the user's data folder.

    Every method raises StoreError, with what is wrong and the mend, where the database cannot be read or written.
    """

    def __init__(self, url: str | None = None) -> None:
        self._url = url or os.environ.get(SETTING)
        self._made: Engine | None = None
        self._making = Lock()

    def draft(self, owner: str) -> bytes | None:
        """The owner's draft; None where there is none."""
        from sqlalchemy import select

        drafts = tables().drafts
        with self.opened() as database:
            return database.execute(select(drafts.c.draft).where(drafts.c.owner == hashed(owner))).scalar()

    def keep_draft(self, owner: str, draft: bytes, on: dt.date) -> None:
        """Keeps the draft, in place of the owner's last one, as of the day `on`."""
        from sqlalchemy import insert, update

        drafts, key, row = tables().drafts, hashed(owner), {"draft": draft, "kept_on": on}
        with self.opened() as database:
            if not database.execute(update(drafts).where(drafts.c.owner == key).values(row)).rowcount:
                database.execute(insert(drafts).values(owner=key, **row))

    def forget(self, owner: str) -> None:
        """Removes the owner's draft."""
        from sqlalchemy import delete

        drafts = tables().drafts
        with self.opened() as database:
            database.execute(delete(drafts).where(drafts.c.owner == hashed(owner)))

    def purge(self, on: dt.date, days: int) -> int:
        """Removes drafts last kept more than `days` before the day `on`; returns how many."""
        from sqlalchemy import delete

        drafts = tables().drafts
        with self.opened() as database:
            return database.execute(delete(drafts).where(drafts.c.kept_on < on - dt.timedelta(days))).rowcount

    def close(self) -> None:
        """Lets go of the database; the next use opens it again."""
        with self._making:
            if self._made:
                self._made.dispose()
            self._made = None

    @contextmanager
    def opened(self) -> Iterator[Connection]:
        """The database in a transaction, kept unless the block raises; what the database refuses is a StoreError."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            with self._engine().begin() as database:
                yield database
        except (SQLAlchemyError, ImportError, OSError) as error:
            said = str(getattr(error, "orig", None) or error)
            what, mend = next((what, mend) for words, what, mend in _MENDS if words in said)
            raise StoreError(f"The store of drafts and links fails: {what} ({said}). {mend}") from error

    def _engine(self) -> Engine:
        with self._making:
            if self._made is None:
                self._made = _made(self._url or f"sqlite:///{_data_folder() / 'drafts.sqlite'}")
            return self._made


def _made(address: str) -> Engine:
    """The database at an address, with the tables made where they are not there yet."""
    from sqlalchemy import create_engine, make_url
    from sqlalchemy.schema import CreateTable

    url = make_url(address)
    engine = _sqlite(url) if url.get_backend_name() == "sqlite" else create_engine(url, pool_pre_ping=True)
    with engine.begin() as database:
        for table in tables().every.sorted_tables:
            database.execute(CreateTable(table, if_not_exists=True))
    return engine


def _data_folder() -> Path:
    """The folder for the user's data on this system, made where it is not there yet, for the user alone."""
    from platformdirs import user_data_path

    folder = user_data_path("outbound-planner", appauthor=False)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sqlite(url: URL) -> Engine:
    """SQLite with a write-ahead log: readers read while another writes. In memory, all share one connection."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool

    shared = {"connect_args": {"timeout": WAIT, "check_same_thread": False}}
    if url.database in (None, "", ":memory:"):
        return create_engine(url, **shared, poolclass=QueuePool, pool_size=1, max_overflow=0)
    engine = create_engine(url, **shared)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")

    return engine
