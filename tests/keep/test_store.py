"""Every store passes the same tests; what a database refuses is a StoreError that says the mend."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
import threading
import traceback
from pathlib import Path

import pytest

from planner.errors import StoreError
from planner.keep import database
from planner.keep import store as stores
from planner.keep.store import SETTING, Draft, DraftChanged, Store

DAY = dt.date(2027, 3, 15)


def content(store: Store, owner: str) -> bytes | None:
    draft = store.draft(owner)
    return draft and draft.content


class TestDrafts:
    def test_a_draft_comes_back_as_it_was_kept(self, store: Store) -> None:
        store.keep_draft("one", Draft(bytes(range(256))), DAY)
        assert content(store, "one") == bytes(range(256))

    def test_nobody_has_a_draft_at_first(self, store: Store) -> None:
        assert content(store, "one") is None

    def test_the_last_draft_is_the_one_that_is_kept(self, store: Store) -> None:
        for draft in (b"first", b"second"):
            store.keep_draft("one", Draft(draft), DAY)
        assert content(store, "one") == b"second"

    def test_owners_never_see_each_others_drafts(self, store: Store) -> None:
        store.keep_draft("one", Draft(b"mine"), DAY)
        store.keep_draft("One", Draft(b"theirs"), DAY)
        assert (content(store, "one"), content(store, "One"), content(store, "o%")) == (b"mine", b"theirs", None)

    def test_a_forgotten_draft_is_gone_and_no_other(self, store: Store) -> None:
        for owner in ("one", "two"):
            store.keep_draft(owner, Draft(b"draft"), DAY)
        store.forget("one")
        store.forget("nobody")
        assert (content(store, "one"), content(store, "two")) == (None, b"draft")

    def test_old_drafts_are_purged(self, store: Store) -> None:
        for days, owner in ((0, "new"), (90, "old"), (91, "older")):
            store.keep_draft(owner, Draft(b"draft"), DAY - dt.timedelta(days))
        assert store.purge(DAY, days=90) == 1
        assert (content(store, "new"), content(store, "old"), content(store, "older")) == (b"draft", b"draft", None)

    def test_a_draft_that_is_kept_again_is_new_again(self, store: Store) -> None:
        store.keep_draft("one", Draft(b"draft"), DAY - dt.timedelta(365))
        store.keep_draft("one", Draft(b"draft"), DAY)
        assert store.purge(DAY, days=90) == 0

    def test_threads_share_a_store(self, store: Store) -> None:
        def work(owner: str) -> None:
            for n in range(20):
                store.keep_draft(owner, Draft(b"%d" % n), DAY)

        threads = [threading.Thread(target=work, args=(owner,)) for owner in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [content(store, owner) for owner in "abcd"] == [b"19"] * 4


class TestActuals:
    def test_they_come_back_and_are_written_once(self, store: Store) -> None:
        store.keep_draft("one", Draft(b"first", {"a": b"facts", "b": b"more"}), DAY)
        store.keep_draft("one", Draft(b"second", {"a": b"never read again"}), DAY)
        assert store.draft("one") == Draft(b"second", {"a": b"facts"})

    def test_forgetting_and_purging_reach_them(self, store: Store) -> None:
        for owner in ("one", "two", "three"):
            days = 91 if owner == "two" else 0
            store.keep_draft(owner, Draft(b"draft", {"a": b"facts"}), DAY - dt.timedelta(days))
        store.forget("one")
        store.purge(DAY, days=90)
        with store.opened() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM actuals").scalar() == 1
        assert store.draft("three") == Draft(b"draft", {"a": b"facts"})


def test_a_file_outlives_its_store(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/drafts.sqlite"
    first, second = Store(url), Store(url)
    first.keep_draft("one", Draft(b"draft"), DAY)
    first.close()
    assert content(second, "one") == b"draft"
    assert content(first, "one") == b"draft"  # closed, and open again
    for store in (first, second):
        store.close()


def test_an_owner_is_stored_hashed_only(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/drafts.sqlite")
    store.keep_draft("a-secret-owner", Draft(b"draft"), DAY)
    store.close()
    assert b"a-secret-owner" not in (tmp_path / "drafts.sqlite").read_bytes()


def test_the_setting_names_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, f"sqlite:///{tmp_path}/elsewhere.sqlite")
    store = Store()
    store.keep_draft("one", Draft(b"draft"), DAY)
    store.close()
    assert (tmp_path / "elsewhere.sqlite").exists()


def test_without_a_setting_drafts_lie_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    monkeypatch.setattr(stores, "_data_folder", lambda: tmp_path)
    store = Store()
    store.keep_draft("one", Draft(b"draft"), DAY)
    store.close()
    assert (tmp_path / "drafts.sqlite").exists()


WRITER = """
import datetime as dt, sys
from planner.keep.store import Draft, Store
store = Store(sys.argv[1])
for n in range(60):
    store.keep_draft("shared", Draft(b"%d" % n), dt.date(2027, 1, 1))
    store.keep_draft(sys.argv[2], Draft(b"%d" % n), dt.date(2027, 1, 1))
"""


def test_processes_make_and_write_one_store_at_once(tmp_path: Path) -> None:
    _write_at_once(f"sqlite:///{tmp_path}/drafts.sqlite")


def test_processes_make_and_write_one_postgres_store_at_once(postgres: str) -> None:
    _write_at_once(postgres)


def _write_at_once(address: str) -> None:
    started = [subprocess.Popen([sys.executable, "-c", WRITER, address, owner]) for owner in "abc"]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    store = Store(address)
    assert [content(store, owner) for owner in ("a", "b", "c", "shared")] == [b"59"] * 4
    store.close()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite:////nowhere/at/all/drafts.sqlite", "cannot be opened.*folder"),
        ("no address", "address cannot be read.*Check the address"),
        ("oracle9://somewhere/x", "no such kind of database.*Check the address"),
        ("mysql+mysqldb://me:secret-word@host/x", "driver.*not installed"),
        ("postgresql://me:secret-word@nowhere.invalid:port/x", "address cannot be read"),
        ("postgresql+psycopg://me:secret-word@127.0.0.1:9/x", "does not answer|driver.*not installed"),
        ("sqlite:///{}/text.txt", "no database.*Move that file away"),
    ],
)
def test_a_store_that_cannot_be_opened_says_what_to_do(url: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("certainly no database\n" * 100)
    store = Store(url.format(tmp_path))
    with pytest.raises(StoreError, match=f"(?s){says}") as error:
        store.check()
    assert "secret-word" not in "".join(traceback.format_exception(error.value))
    store.close()


def test_a_full_disk_says_so_and_loses_nothing(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/drafts.sqlite")
    store.keep_draft("one", Draft(b"before"), DAY)
    with store.opened() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # as if there were no room for another page
    with pytest.raises(StoreError, match=r"disk is full.*Free some room"):
        store.keep_draft("one", Draft(b"x" * 1_000_000), DAY)
    assert content(store, "one") == b"before"
    store.close()


def test_a_store_that_is_held_for_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT", 0.05)
    store = Store(f"sqlite:///{tmp_path}/drafts.sqlite")
    store.keep_draft("one", Draft(b"before"), DAY)
    other = sqlite3.connect(tmp_path / "drafts.sqlite")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=r"another program.*try again"):
        store.keep_draft("one", Draft(b"after"), DAY)
    assert content(store, "one") == b"before"
    other.rollback()
    other.close()
    store.keep_draft("one", Draft(b"after"), DAY)
    assert content(store, "one") == b"after"
    store.close()


def test_a_store_that_may_only_be_read_says_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/drafts.sqlite"
    store = Store(url)
    store.keep_draft("one", Draft(b"before"), DAY)
    with store.opened() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match=r"read but not written.*Allow writing"):
        store.keep_draft("one", Draft(b"after"), DAY)
    store.close()


def test_a_store_of_a_newer_planner_is_left_alone(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/drafts.sqlite")
    with store.opened() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(StoreError, match="newer planner made it"):
        store.draft("one")


def test_a_draft_is_kept_only_after_the_revision_that_it_continues(store: Store) -> None:
    first = store.keep_draft("me", Draft(b"one"), DAY, after=0)
    with pytest.raises(DraftChanged):
        store.keep_draft("me", Draft(b"other"), DAY, after=0)
    second = store.keep_draft("me", Draft(b"two"), DAY, after=first)
    with pytest.raises(DraftChanged):
        store.keep_draft("me", Draft(b"other"), DAY, after=first)
    kept = store.draft("me")
    assert kept is not None
    assert (kept.content, kept.revision) == (b"two", second)


def test_reading_a_draft_keeps_it_alive(store: Store) -> None:
    store.keep_draft("me", Draft(b"one"), DAY)
    store.renew("me", DAY + dt.timedelta(300))
    assert store.purge(DAY + dt.timedelta(400), 365) == 0
