"""The library keeps every version, whoever saves at the same time and whatever happens to the process."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from planner.engine import VERSION
from planner.errors import BadLink, LibraryError, PlannerError
from planner.keep.codec import to_token
from planner.keep.database import tables
from planner.keep.library import Library
from planner.keep.members import Members
from planner.keep.saved import PURPOSES, digest, matching, may
from planner.keep.short_links import Links
from planner.keep.store import Store, hashed
from planner.plan.levers import pull
from planner.plan.starter import starter

NOON = dt.datetime(2027, 3, 15, 12, tzinfo=dt.UTC)
PLAN = starter("email")
TOKEN = to_token(PLAN)
OTHER = to_token(pull(PLAN, "email.volume", 9000.0))


def member(store: Store, person: str, plan: str, role: str) -> None:
    """Lets another person into a plan."""
    with store.opened() as database:
        row = {"person": hashed(person), "plan": plan, "role": role}
        database.execute(tables().members.insert().values(row))


def test_versions_come_back_as_they_were_saved(store: Store) -> None:
    library = Library(store)
    oslo = dt.timezone(dt.timedelta(hours=2))
    first = library.save("me", "  Budget  2027 ", TOKEN, "Controlling", NOON.astimezone(oslo), note=" As agreed ")
    second = library.save_version("me", first.plan, OTHER, "Sales", NOON + dt.timedelta(hours=1), purpose="budget")
    entry = library.entry("me", first.plan)
    assert (entry.name, entry.role, entry.archived) == ("Budget 2027", "owner", False)
    assert [(v.number, v.author, v.when, v.engine, v.note, v.purpose.label) for v in entry.versions] == [
        (1, "Controlling", NOON, VERSION, "As agreed", "Working version"),
        (2, "Sales", NOON + dt.timedelta(hours=1), VERSION, "", "Locked budget"),
    ]
    assert [library.token("me", first.plan, number) for number in (1, 2)] == [TOKEN, OTHER]
    assert (first.number, second.number) == (1, 2)
    assert first.digest == entry.versions[0].digest == digest(PLAN) != second.digest


def test_restoring_adds_a_version_that_equals_the_old_one(store: Store) -> None:
    library = Library(store)
    plan = library.save("me", "Budget", TOKEN, "A", NOON).plan
    library.save_version("me", plan, OTHER, "A", NOON)
    library.restore("me", plan, 1, "B", NOON)
    entry = library.entry("me", plan)
    assert library.token("me", plan, 3) == TOKEN
    assert [version.restores for version in entry.versions] == [None, None, 1]
    assert library.token("me", plan, 2) == OTHER


def test_a_copy_has_its_own_history(store: Store) -> None:
    library = Library(store)
    plan = library.save("me", "Budget", TOKEN, "A", NOON).plan
    library.save_version("me", plan, OTHER, "A", NOON, note="more")
    copy = library.duplicate("me", plan, "Budget, cautious", "B", NOON).plan
    library.save_version("me", copy, TOKEN, "B", NOON)
    assert library.token("me", copy, 1) == OTHER
    assert [len(library.entry("me", id).versions) for id in (plan, copy)] == [2, 2]


def test_the_plan_saved_last_stands_first(store: Store) -> None:
    library = Library(store)
    plans = [library.save("me", name, TOKEN, "A", NOON + dt.timedelta(hours=i)).plan for i, name in enumerate("ABC")]
    library.save_version("me", plans[0], TOKEN, "A", NOON + dt.timedelta(hours=9))
    assert [entry.name for entry in library.entries("me")] == ["A", "C", "B"]


def test_renaming_and_archiving_change_no_version(store: Store) -> None:
    library = Library(store)
    plan = library.save("me", "Budget", TOKEN, "A", NOON).plan
    before = library.entry("me", plan).versions
    library.rename("me", plan, "Budget 2027")
    library.archive("me", plan)
    entry = library.entry("me", plan)
    assert (entry.name, entry.archived, entry.versions) == ("Budget 2027", True, before)
    library.archive("me", plan, archived=False)
    assert not library.entry("me", plan).archived


def test_a_version_is_marked_for_what_it_is_for(store: Store) -> None:
    library = Library(store)
    plan = library.save("me", "Budget", TOKEN, "A", NOON).plan
    for purpose in PURPOSES:
        library.mark("me", plan, 1, purpose)
        assert library.entry("me", plan).latest.purpose.key == purpose
    with pytest.raises(LibraryError, match="no purpose"):
        library.mark("me", plan, 1, "president")
    with pytest.raises(LibraryError, match="no version 2: choose one of 1 to 1"):
        library.mark("me", plan, 2, "budget")


@pytest.mark.parametrize(
    ("name", "author", "note", "says"),
    [
        (" ", "A", "", "A plan in the library needs a name"),
        ("x" * 81, "A", "", "81 characters; at most 80"),
        ("BUDGET", "A", "", "already a plan called “Budget” in your library"),
        ("New", " ", "", "Whoever saves a plan needs a name"),
        ("New", "A", "x" * 2001, "note has 2001 characters"),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_is_saved(
    store: Store, name: str, author: str, note: str, says: str
) -> None:
    library = Library(store)
    library.save("me", "Budget", TOKEN, "A", NOON)
    with pytest.raises(LibraryError, match=says):
        library.save("me", name, TOKEN, author, NOON, note=note)
    assert [entry.name for entry in library.entries("me")] == ["Budget"]


def test_only_tokens_are_saved(store: Store) -> None:
    with pytest.raises(PlannerError):
        Library(store).save("me", "Budget", "javascript:alert(1)", "A", NOON)


def test_nobody_sees_or_touches_another_persons_plans(store: Store) -> None:
    library = Library(store)
    plan = library.save("me", "Budget", TOKEN, "A", NOON).plan
    for attempt in attempts(library, "other", plan):
        with pytest.raises(LibraryError, match="no such plan in your library"):
            attempt()
    with pytest.raises(LibraryError, match="no such plan in your library"):
        library.token("other", plan, 1)
    assert library.entries("other") == ()
    assert library.save("other", "Budget", TOKEN, "B", NOON).plan != plan


def attempts(library: Library, person: str, plan: str) -> list:
    """Every way to change a plan that is there."""
    return [
        lambda: library.save_version(person, plan, OTHER, "B", NOON),
        lambda: library.restore(person, plan, 1, "B", NOON),
        lambda: library.mark(person, plan, 1, "budget"),
        *owning(library, person, plan),
    ]


def owning(library: Library, person: str, plan: str) -> list:
    """Every way to do what only an owner may."""
    store = library._store
    return [
        lambda: library.rename(person, plan, "Mine"),
        lambda: library.archive(person, plan),
        lambda: Links(store).keep_version(person, plan, NOON.date(), author="B"),
        lambda: Members(store).of(person, plan),
        lambda: Members(store).give(person, plan, "other@example.org", "viewer"),
        lambda: Members(store).remove(person, plan, hashed("viewer")),
        lambda: library.delete(person, plan),
    ]


def everything(store: Store) -> dict[str, list[str]]:
    """All that the store holds, as text."""
    with store.opened() as database:
        return {name: sorted(map(repr, database.execute(t.select()))) for name, t in tables().every.tables.items()}


def test_a_viewer_reads_and_copies_but_changes_nothing(store: Store) -> None:
    library = Library(store)
    plan = library.save("me", "Budget", TOKEN, "A", NOON).plan
    member(store, "viewer", plan, "viewer")
    before = everything(store)
    for attempt in attempts(library, "viewer", plan):
        with pytest.raises(LibraryError, match="read this plan but not change it"):
            attempt()
    assert everything(store) == before
    assert library.token("viewer", plan, 1) == TOKEN
    assert library.duplicate("viewer", plan, "A copy", "V", NOON).number == 1
    assert may("owner", "viewer")
    assert not may("viewer", "editor")


def test_an_editor_saves_versions_and_does_nothing_that_is_the_owners(store: Store) -> None:
    library = Library(store)
    plan = library.save("me", "Budget", TOKEN, "A", NOON).plan
    member(store, "editor", plan, "editor")
    assert library.save_version("editor", plan, OTHER, "B", NOON).number == 2
    assert library.restore("editor", plan, 1, "B", NOON).number == 3
    library.mark("editor", plan, 1, "budget")
    before = everything(store)
    for attempt in owning(library, "editor", plan):
        with pytest.raises(LibraryError, match="Only its owner can share, rename, archive or delete it"):
            attempt()
    assert everything(store) == before


def test_a_deleted_plan_is_gone_for_everybody_with_its_links_and_no_other_is(store: Store) -> None:
    library, links = Library(store), Links(store)
    plan, other = (library.save("me", name, TOKEN, "A", NOON).plan for name in ("Budget", "Other"))
    member(store, "editor", plan, "editor")
    gone = [links.keep_version("me", plan, NOON.date(), number=number, author="A") for number in (1, None)]
    stays = links.keep_version("me", other, NOON.date(), author="A")
    for id in (*gone, stays):
        links.count_opening(id, NOON, "reader")
    library.delete("me", plan)
    assert [entry.id for entry in library.entries("me")] == [other]
    assert library.entries("editor") == ()
    for id in gone:
        with pytest.raises(BadLink, match="withdrawn, has expired or never was"):
            links.link(id, NOON.date())
    assert links.link(stays, NOON.date()).token == TOKEN
    assert [(link.id, link.times) for link in links.made_by("me")] == [(stays, 1)]
    assert not [row for rows in everything(store).values() for row in rows if plan in row or gone[0] in row]
    with pytest.raises(LibraryError, match="no such plan in your library: it was deleted"):
        library.save_version("editor", plan, OTHER, "B", NOON)


def test_a_name_is_typed_once(store: Store) -> None:
    library = Library(store)
    assert library.name_of("me") == ""
    for name in ("Controlling", "Finance "):
        library.remember_name("me", name)
    assert (library.name_of("me"), library.name_of("other")) == ("Finance", "")


def test_search_finds_every_word_in_names_notes_authors_and_purposes(store: Store) -> None:
    library = Library(store)
    budget = library.save("me", "Übersicht 2027", TOKEN, "Controlling", NOON, purpose="budget").plan
    library.save("me", "Cautious", TOKEN, "Sales", NOON, note="without ads")
    library.save_version("me", budget, TOKEN, "Sales", NOON, note="two reps more")
    entries = library.entries("me")
    names = {text: [entry.name for entry in matching(entries, text)] for text in (
        "übersicht", "ÜBERSICHT reps", "locked", "without ADS", "controlling", "sales", "ads reps", "", "100%",
    )}  # fmt: skip
    only, other = ["Übersicht 2027"], ["Cautious"]
    both = [entry.name for entry in entries]
    assert list(names.values()) == [only, only, only, other, only, both, [], both, []]


def test_people_who_save_at_once_lose_no_version(lasting: str) -> None:
    store = Store(lasting)
    plan = Library(store).save("me", "Budget", TOKEN, "A", NOON).plan
    numbers: list[int] = []

    def work(author: str) -> None:
        own = Store(lasting)
        for _ in range(8):
            numbers.append(Library(own).save_version("me", plan, OTHER, author, NOON).number)
        own.close()

    threads = [threading.Thread(target=work, args=(author,)) for author in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    versions = Library(store).entry("me", plan).versions
    store.close()
    assert sorted(numbers) == list(range(2, 34))
    assert [version.number for version in versions] == list(range(1, 34))
    assert sorted(version.author for version in versions[1:]) == sorted("abcd" * 8)


def confirmed(address: str, kills: int) -> int:
    """How many versions processes confirmed before they were killed; none of them was lost."""
    script = Path(__file__).with_name("killing.py")
    command = [sys.executable, str(script), address, str(kills), "1"]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        command, env={"PYTHONPATH": str(root)}, cwd=root, capture_output=True, text=True, check=False, timeout=900
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_a_process_killed_while_it_saves_loses_no_confirmed_version(lasting: str) -> None:
    assert confirmed(lasting, 30) >= 30


@pytest.mark.long
def test_a_thousand_kills_lose_no_confirmed_version(lasting: str) -> None:
    assert confirmed(lasting, 1000) >= 1000
