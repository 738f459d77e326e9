"""Every store passes the same tests; what a database refuses is a StoreError that says the mend."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.errors import BadLink, PlannerError, StoreError
from planner.keep import store as stores
from planner.keep.codec import to_token
from planner.keep.short_links import Links
from planner.keep.store import SETTING, Store
from planner.plan.starter import starter

DAY = dt.date(2027, 3, 15)


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = Store(f"sqlite:///{tmp_path}/drafts.sqlite" if request.param == "file" else "sqlite://")
    yield made
    made.close()


class TestDrafts:
    def test_a_draft_comes_back_as_it_was_kept(self, store: Store) -> None:
        store.keep_draft("one", bytes(range(256)), DAY)
        assert store.draft("one") == bytes(range(256))

    def test_nobody_has_a_draft_at_first(self, store: Store) -> None:
        assert store.draft("one") is None

    def test_the_last_draft_is_the_one_that_is_kept(self, store: Store) -> None:
        for draft in (b"first", b"second"):
            store.keep_draft("one", draft, DAY)
        assert store.draft("one") == b"second"

    def test_owners_never_see_each_others_drafts(self, store: Store) -> None:
        store.keep_draft("one", b"mine", DAY)
        store.keep_draft("One", b"theirs", DAY)
        assert (store.draft("one"), store.draft("One"), store.draft("o%")) == (b"mine", b"theirs", None)

    def test_a_forgotten_draft_is_gone_and_no_other(self, store: Store) -> None:
        for owner in ("one", "two"):
            store.keep_draft(owner, b"draft", DAY)
        store.forget("one")
        store.forget("nobody")
        assert (store.draft("one"), store.draft("two")) == (None, b"draft")

    def test_old_drafts_are_purged(self, store: Store) -> None:
        for days, owner in ((0, "new"), (90, "old"), (91, "older")):
            store.keep_draft(owner, b"draft", DAY - dt.timedelta(days))
        assert store.purge(DAY, days=90) == 1
        assert (store.draft("new"), store.draft("old"), store.draft("older")) == (b"draft", b"draft", None)

    def test_a_draft_that_is_kept_again_is_new_again(self, store: Store) -> None:
        store.keep_draft("one", b"draft", DAY - dt.timedelta(365))
        store.keep_draft("one", b"draft", DAY)
        assert store.purge(DAY, days=90) == 0

    def test_threads_share_a_store(self, store: Store) -> None:
        def work(owner: str) -> None:
            for n in range(20):
                store.keep_draft(owner, b"%d" % n, DAY)

        threads = [threading.Thread(target=work, args=(owner,)) for owner in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [store.draft(owner) for owner in "abcd"] == [b"19"] * 4


class TestLinks:
    def test_a_link_leads_to_its_token_until_it_is_withdrawn(self, store: Store) -> None:
        links, token = Links(store), to_token(starter("email"))
        first, second = links.keep_link(token, DAY), links.keep_link(token, DAY)
        assert first != second
        links.revoke(first)
        assert links.link(second) == token
        with pytest.raises(BadLink, match="withdrawn"):
            links.link(first)

    def test_who_made_a_link_can_find_it_again_and_nobody_else(self, store: Store) -> None:
        links, token = Links(store), to_token(starter("email"))
        mine = {links.keep_link(token, DAY, "me") for _ in range(2)}
        gone, other = links.keep_link(token, DAY, "me"), links.keep_link(token, DAY, "other")
        links.revoke(gone)
        assert set(links.made_by("me")) == mine
        assert links.made_by("other") == (other,)

    def test_an_id_has_96_bits_and_stands_in_an_address_as_it_is(self, store: Store) -> None:
        made = Links(store).keep_link(to_token(starter("email")), DAY)
        assert len(made) == 16
        assert set(made) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    def test_only_tokens_are_kept(self, store: Store) -> None:
        with pytest.raises(PlannerError):
            Links(store).keep_link("javascript:alert(1)", DAY)


def test_a_file_outlives_its_store(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/drafts.sqlite"
    first, second = Store(url), Store(url)
    first.keep_draft("one", b"draft", DAY)
    first.close()
    assert second.draft("one") == b"draft"
    assert first.draft("one") == b"draft"  # closed, and open again
    for store in (first, second):
        store.close()


def test_an_owner_is_stored_hashed_only(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/drafts.sqlite")
    store.keep_draft("a-secret-owner", b"draft", DAY)
    store.close()
    assert b"a-secret-owner" not in (tmp_path / "drafts.sqlite").read_bytes()


def test_the_setting_names_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, f"sqlite:///{tmp_path}/elsewhere.sqlite")
    store = Store()
    store.keep_draft("one", b"draft", DAY)
    store.close()
    assert (tmp_path / "elsewhere.sqlite").exists()


def test_without_a_setting_drafts_lie_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    monkeypatch.setattr(stores, "_data_folder", lambda: tmp_path)
    store = Store()
    store.keep_draft("one", b"draft", DAY)
    store.close()
    assert (tmp_path / "drafts.sqlite").exists()


WRITER = """
import datetime as dt, sys
from planner.keep.store import Store
store = Store(sys.argv[1])
for n in range(60):
    store.keep_draft("shared", b"%d" % n, dt.date(2027, 1, 1))
    store.keep_draft(sys.argv[2], b"%d" % n, dt.date(2027, 1, 1))
"""


def test_processes_make_and_write_one_store_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/drafts.sqlite"
    started = [subprocess.Popen([sys.executable, "-c", WRITER, url, owner]) for owner in "abc"]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    store = Store(url)
    assert [store.draft(owner) for owner in ("a", "b", "c", "shared")] == [b"59"] * 4
    store.close()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite:////nowhere/at/all/drafts.sqlite", "cannot be opened.*folder"),
        ("no address", "cannot be opened"),
        ("oracle9://somewhere/x", "cannot be opened"),
        ("sqlite:///{}/text.txt", "no database.*Move that file away"),
    ],
)
def test_a_store_that_cannot_be_opened_says_what_to_do(url: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("certainly no database\n" * 100)
    store = Store(url.format(tmp_path))
    with pytest.raises(StoreError, match=f"(?s){says}"):
        store.draft("one")
    store.close()


def test_a_full_disk_says_so_and_loses_nothing(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/drafts.sqlite")
    store.keep_draft("one", b"before", DAY)
    with store.opened() as database:
        database.exec_driver_sql("PRAGMA max_page_count = 1")  # as if there were no room for another page
    with pytest.raises(StoreError, match=r"disk is full.*Free some room"):
        store.keep_draft("one", b"x" * 1_000_000, DAY)
    assert store.draft("one") == b"before"
    store.close()


def test_a_store_that_is_held_for_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "WAIT", 0.05)
    store = Store(f"sqlite:///{tmp_path}/drafts.sqlite")
    store.keep_draft("one", b"before", DAY)
    other = sqlite3.connect(tmp_path / "drafts.sqlite")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=r"another program.*try again"):
        store.keep_draft("one", b"after", DAY)
    assert store.draft("one") == b"before"
    other.rollback()
    other.close()
    store.keep_draft("one", b"after", DAY)
    assert store.draft("one") == b"after"
    store.close()


def test_a_store_that_may_only_be_read_says_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/drafts.sqlite"
    store = Store(url)
    store.keep_draft("one", b"before", DAY)
    with store.opened() as database:
        database.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match=r"read but not written.*Allow writing"):
        store.keep_draft("one", b"after", DAY)
    store.close()
