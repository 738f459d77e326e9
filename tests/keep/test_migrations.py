"""A store of every earlier layout opens with all it held, on SQLite and on Postgres."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    insert,
)

from planner.keep import database
from planner.keep.codec import to_token
from planner.keep.library import Library
from planner.keep.members import Members
from planner.keep.short_links import Links, StoredLink
from planner.keep.store import Draft, Store, hashed
from planner.plan.starter import starter

DAY, NOON = dt.date(2027, 3, 15), dt.datetime(2027, 3, 15, 12, tzinfo=dt.UTC)
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
FIRST_LAYOUT = """
CREATE TABLE drafts (
    owner VARCHAR(64) NOT NULL, kept_on DATE NOT NULL, draft BLOB NOT NULL, PRIMARY KEY (owner)
);
CREATE TABLE links (
    id VARCHAR(64) NOT NULL, kept_on DATE NOT NULL, token TEXT(16777215) NOT NULL, maker VARCHAR(64) NOT NULL,
    PRIMARY KEY (id)
);
"""


def test_the_newest_revision_is_the_last_that_is_tried() -> None:
    files = Path(database.__file__).with_name("migrations").joinpath("versions").glob("*.py")
    assert tuple(sorted(file.name[:4] for file in files)) == REVISIONS
    assert REVISIONS[-1] == database.NEWEST


def test_a_store_of_the_first_layout_keeps_its_drafts_and_links(tmp_path: Path) -> None:
    file = sqlite3.connect(tmp_path / "drafts.sqlite")
    file.executescript(FIRST_LAYOUT)
    token = to_token(starter("email"))
    file.execute("INSERT INTO drafts VALUES (?, '2027-01-01', ?)", (hashed("one"), b"draft"))
    file.execute("INSERT INTO links VALUES ('abc', '2027-01-01', ?, ?)", (token, hashed("one")))
    file.commit()
    file.close()
    works(f"sqlite:///{tmp_path}/drafts.sqlite", Draft(b"draft"), token, dt.date(2027, 1, 1))


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_store_of_every_revision_keeps_its_drafts_and_links(revision: str, lasting: str) -> None:
    token = to_token(starter("email"))
    filled(lasting, revision, token)
    parts = {"a": b"facts"} if revision > "0001" else {}
    works(lasting, Draft(b"draft", parts), token, plans=int(revision > "0003"))


def filled(address: str, revision: str, token: str) -> None:
    """A store as a planner of that revision left it."""
    engine = create_engine(address)
    with engine.begin() as connection:
        database._upgrade(connection, revision)
        every, key = MetaData(), hashed("one")
        rows: list[tuple[Table, dict[str, Any]]] = [
            (_table(every, "drafts", owner=String, kept_on=Date, draft=LargeBinary),
             {"owner": key, "kept_on": DAY, "draft": b"draft"}),
            (_table(every, "links", id=String, kept_on=Date, token=Text, maker=String),
             {"id": "abc", "kept_on": DAY, "token": token, "maker": key}),
        ]  # fmt: skip
        if revision > "0001":
            actuals = _table(every, "actuals", owner=String, digest=String, content=LargeBinary)
            rows.append((actuals, {"owner": key, "digest": "a", "content": b"facts"}))
        if revision > "0002":
            drafts = Table("drafts", MetaData(), Column("owner", String), Column("revision", Integer))
            connection.execute(insert(rows[0][0]).values(rows.pop(0)[1]))
            connection.execute(drafts.update().values(revision=7))
        if revision > "0003":
            rows += _library(every, token)
        for table, row in rows:
            connection.execute(insert(table).values(row))
    engine.dispose()


def _library(every: MetaData, token: str) -> list[tuple[Table, dict[str, Any]]]:
    """A plan of one version with its owner, as the first library kept it."""
    plans = _table(every, "plans", id=String, name=String, archived=Boolean)
    members = _table(every, "members", person=String, plan=String, role=String)
    versions = _table(
        every, "versions", plan=String, number=Integer, author=String, saved_at=DateTime, engine=String, note=Text,
        purpose=String, digest=String, token=Text,
    )  # fmt: skip
    version = {
        "plan": "old", "number": 1, "author": "Finance", "saved_at": NOON.replace(tzinfo=None), "engine": "1",
        "note": "", "purpose": "budget", "digest": "x", "token": token,
    }  # fmt: skip
    return [
        (plans, {"id": "old", "name": "Budget 2026", "archived": False}),
        (members, {"person": hashed("one"), "plan": "old", "role": "owner"}),
        (versions, version),
    ]


def _table(every: MetaData, name: str, /, **columns: Any) -> Table:
    return Table(name, every, *(Column(column, kind) for column, kind in columns.items()))


def works(address: str, draft: Draft, token: str, link_day: dt.date = DAY, plans: int = 0) -> None:
    """The store has what it had, and does what today's does."""
    store = Store(address)
    assert store.draft("one") == draft
    assert Links(store).link("abc", DAY) == StoredLink("abc", token, "", link_day)
    (link,) = Links(store).made_by("one")
    assert (link.id, link.expires_on, link.times) == ("abc", None, 0)
    store.keep_draft("one", Draft(b"next", {"b": b"more"}), DAY)
    assert store.draft("one") == Draft(b"next", {"b": b"more"})
    library = Library(store)
    assert len(library.entries("one")) == plans
    for entry in library.entries("one"):  # of a store that had a library before
        assert (entry.id, entry.name, entry.role, entry.latest.author) == ("old", "Budget 2026", "owner", "Finance")
        assert library.token("one", "old", 1) == token
        assert library.save_version("one", "old", token, "Finance", NOON).number == 2
        Members(store).give("one", "old", "reader@example.org", "viewer")
        assert [member.role for member in Members(store).of("one", "old")] == ["owner", "viewer"]
    saved = library.save("one", "Budget", token, "Controlling", NOON)
    assert library.token("one", saved.plan, 1) == token
    store.close()


def test_migrations_make_the_tables_that_the_planner_uses(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.opened() as connection:
        assert compare_metadata(MigrationContext.configure(connection), database.tables().every) == []
