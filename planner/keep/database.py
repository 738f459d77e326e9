"""The database of a store: its tables, how an address is opened, and the migrations that bring an older one up.

SQLAlchemy and Alembic take a moment to load: only where a store is used, Alembic only where a table changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine, MetaData, Table

__all__ = ["NEWEST", "Tables", "opened", "tables", "upsert"]

WAIT = 5.0  # seconds a writer waits for another
NEWEST = "0007"  # the newest migration
LOCK = 7_238_511  # what Postgres processes that migrate at once wait for


@dataclass(frozen=True)
class Tables:
    """The tables of a store."""

    every: MetaData
    drafts: Table
    actuals: Table
    links: Table
    openings: Table
    people: Table
    plans: Table
    versions: Table
    members: Table


@cache
def tables() -> Tables:
    """`drafts` and `actuals` by hashed owner, the latter also by content.

    The library: `plans` by id, their `versions` by number, `members` that say who may do what, and the names of
    `people`. People are hashed like owners, an e-mail address that was given a role stands beside; moments are in UTC.

    `links` by id with the hashed owner: one holds a token of its own, or leads to a plan of the library, to a version
    by its number or to the newest; its place counts an owner's links. `openings` count by day and reader how often one
    was opened.
    """
    from sqlalchemy import Boolean, Column, Date, DateTime, Integer, LargeBinary, MetaData, String, Table, Text

    every = MetaData()
    drafts = Table(
        "drafts",
        every,
        Column("owner", String(64), primary_key=True),
        Column("kept_on", Date, nullable=False),
        Column("draft", LargeBinary, nullable=False),
        Column("revision", Integer, nullable=False, server_default="1"),
    )
    actuals = Table(
        "actuals",
        every,
        Column("owner", String(64), primary_key=True),
        Column("digest", String(64), primary_key=True),
        Column("content", LargeBinary, nullable=False),
    )
    links = Table(
        "links",
        every,
        Column("id", String(64), primary_key=True),
        Column("kept_on", Date, nullable=False),
        Column("token", Text, nullable=False),
        Column("maker", String(64), nullable=False, index=True),
        Column("author", String(80), nullable=False, server_default=""),
        Column("plan", String(32)),
        Column("number", Integer),
        Column("role", String(16), nullable=False, server_default="viewer"),
        Column("expires_on", Date),
        Column("place", Integer, nullable=False, server_default="0"),
    )
    openings = Table(
        "openings",
        every,
        Column("link", String(64), primary_key=True),
        Column("day", Date, primary_key=True),
        Column("reader", String(64), primary_key=True),
        Column("times", Integer, nullable=False),
        Column("last_at", DateTime, nullable=False),
    )
    people = Table(
        "people",
        every,
        Column("person", String(64), primary_key=True),
        Column("name", String(80), nullable=False),
    )
    plans = Table(
        "plans",
        every,
        Column("id", String(32), primary_key=True),
        Column("name", String(80), nullable=False),
        Column("archived", Boolean, nullable=False),
    )
    versions = Table(
        "versions",
        every,
        Column("plan", String(32), primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("author", String(80), nullable=False),
        Column("saved_at", DateTime, nullable=False),
        Column("engine", String(16), nullable=False),
        Column("note", Text, nullable=False),
        Column("purpose", String(16), nullable=False),
        Column("restores", Integer),
        Column("digest", String(64), nullable=False),
        Column("token", Text, nullable=False),
    )
    members = Table(
        "members",
        every,
        Column("person", String(64), primary_key=True),
        Column("plan", String(32), primary_key=True, index=True),
        Column("role", String(16), nullable=False),
        Column("address", String(254), nullable=False, server_default=""),
    )
    return Tables(every, drafts, actuals, links, openings, people, plans, versions, members)


def upsert(
    database: Connection, table: Table, key: Mapping[str, Any], row: Mapping[str, Any],
    *, again: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Writes the row of a key, whether it is there or not, and whoever else writes it at the same time.

    One that is there gets what `again` says where that is given, such as `{"times": table.c.times + 1}`.
    """
    from sqlalchemy import insert, update
    from sqlalchemy.dialects import postgresql, sqlite

    whole, changes = {**key, **row}, row if again is None else again
    if database.dialect.name == "sqlite":
        first = sqlite.insert(table).values(whole)
        database.execute(first.on_conflict_do_update(index_elements=list(key), set_=changes))
    elif database.dialect.name == "postgresql":
        other = postgresql.insert(table).values(whole)
        database.execute(other.on_conflict_do_update(index_elements=list(key), set_=changes))
    else:
        same = [table.c[name] == value for name, value in key.items()]
        if not database.execute(update(table).where(*same).values(changes)).rowcount:
            database.execute(insert(table).values(whole))


def opened(address: str) -> Engine:
    """The database at an address, its tables as this planner knows them."""
    from sqlalchemy import create_engine, make_url

    url = make_url(address)
    engine = _sqlite(url) if url.get_backend_name() == "sqlite" else create_engine(url, pool_pre_ping=True)
    with ExitStack() as undo:
        undo.callback(engine.dispose)
        _migrate(engine)
        undo.pop_all()  # it came up: nothing is to be undone
    return engine


def _migrate(engine: Engine) -> None:
    """Brings the tables up to the newest; several processes may try at once. ValueError for tables that are newer."""
    with engine.begin() as database:
        version = _version(database)
    if version == NEWEST:
        return
    if version is not None and version > NEWEST:
        raise ValueError(f"newer migration {version}")
    with engine.begin() as database:
        if database.dialect.name == "sqlite":
            database.exec_driver_sql("BEGIN IMMEDIATE")
        elif database.dialect.name == "postgresql":
            database.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        _upgrade(database)


def _version(database: Connection) -> str | None:
    """The migration a database stands at; None where none has been made."""
    from sqlalchemy import column, inspect, select, table

    versions = table("alembic_version", column("version_num"))
    if not inspect(database).has_table("alembic_version"):
        return None
    version: str | None = database.execute(select(versions.c.version_num)).scalar()
    return version


def _upgrade(database: Connection, to: str = NEWEST) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = database
    command.upgrade(config, to)


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
