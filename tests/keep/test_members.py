"""An owner says who may read and edit a plan, by e-mail address; a role is looked up where it is used."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from planner.errors import LibraryError, PlannerError
from planner.keep import members as module
from planner.keep.codec import to_token
from planner.keep.library import Library
from planner.keep.members import Members, person_of
from planner.keep.short_links import Links
from planner.keep.store import Store, hashed
from planner.plan.starter import starter

NOON = dt.datetime(2027, 3, 15, 12, tzinfo=dt.UTC)
TOKEN = to_token(starter("email"))
ME, READER, EDITOR = (person_of(f"{name}@example.org") for name in ("me", "reader", "editor"))


def budget(store: Store) -> str:
    return Library(store).save(ME, "Budget", TOKEN, "Finance", NOON).plan


def test_an_address_that_was_given_a_role_finds_the_plan_when_it_signs_in(store: Store) -> None:
    plan, members, library = budget(store), Members(store), Library(store)
    members.give(ME, plan, " Reader@Example.ORG ", "viewer")
    members.give(ME, plan, "editor@example.org", "editor")
    assert [library.entry(person, plan).role for person in (ME, EDITOR, READER)] == ["owner", "editor", "viewer"]
    assert [(member.address, member.role) for member in members.of(ME, plan)] == [
        ("me@example.org", "owner"), ("editor@example.org", "editor"), ("reader@example.org", "viewer"),
    ]  # fmt: skip
    assert library.save_version(EDITOR, plan, TOKEN, "Sales", NOON).number == 2


def test_a_role_is_raised_lowered_and_taken_away(store: Store) -> None:
    plan, members, library = budget(store), Members(store), Library(store)
    members.give(ME, plan, "editor@example.org", "editor")
    members.give(ME, plan, "editor@example.org", "viewer")
    with pytest.raises(LibraryError, match="read this plan but not change it"):
        library.save_version(EDITOR, plan, TOKEN, "Sales", NOON)
    members.give(ME, plan, "editor@example.org", "owner")
    library.rename(EDITOR, plan, "Theirs")
    members.remove(ME, plan, hashed(EDITOR))
    with pytest.raises(LibraryError, match="no such plan in your library"):
        library.token(EDITOR, plan, 1)


def test_a_plan_always_has_an_owner(store: Store) -> None:
    plan, members = budget(store), Members(store)
    for attempt in (
        lambda: members.remove(ME, plan, hashed(ME)),
        lambda: members.give(ME, plan, "me@example.org", "editor"),
    ):
        with pytest.raises(LibraryError, match="A plan needs an owner"):
            attempt()
    members.give(ME, plan, "editor@example.org", "owner")
    members.remove(ME, plan, hashed(ME))
    assert [member.address for member in members.of(EDITOR, plan)] == ["editor@example.org"]


def test_who_lost_a_role_does_not_get_it_back_through_another_owners_link(store: Store) -> None:
    plan, members, links = budget(store), Members(store), Links(store)
    members.give(ME, plan, "other@example.org", "owner")
    for lower in (
        lambda: members.remove(ME, plan, hashed(EDITOR)),
        lambda: members.give(ME, plan, "editor@example.org", "viewer"),
    ):
        link = links.keep_version(person_of("other@example.org"), plan, NOON.date(), author="O", editable_by_all=True)
        links.join(EDITOR, link, NOON.date())
        lower()
        with pytest.raises(LibraryError, match="This link is read-only"):
            links.join(EDITOR, link, NOON.date())
        assert links.link(link, NOON.date()).live  # it still opens for those who read
    link = links.keep_version(ME, plan, NOON.date(), author="Finance", editable_by_all=True)
    members.give(ME, plan, "reader@example.org", "viewer")
    assert links.join(EDITOR, link, NOON.date()) == plan  # nobody lost a role since it was made


def test_who_came_by_an_editable_link_is_listed_by_the_name_typed(store: Store) -> None:
    plan, members = budget(store), Members(store)
    link = Links(store).keep_version(ME, plan, NOON.date(), author="Finance", editable_by_all=True)
    Links(store).join("secret-of-a-browser", link, NOON.date())
    Links(store).join(READER, link, NOON.date())
    Library(store).remember_name("secret-of-a-browser", "Sales")
    assert [(member.address, member.name, member.role) for member in members.of(ME, plan)] == [
        ("me@example.org", "", "owner"), ("", "Sales", "editor"), ("reader@example.org", "", "editor"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "name", "name@", "@example.org", "a b@example.org", "a@b", "x" * 250 + "@a.de", "a@b.c\n<b>"]
)
def test_what_is_no_address_is_refused(store: Store, text: str) -> None:
    plan = budget(store)
    with pytest.raises(LibraryError, match="is no e-mail address: type one such as"):
        Members(store).give(ME, plan, text, "viewer")
    assert len(Members(store).of(ME, plan)) == 1


def test_no_role_but_the_three_is_given_and_no_more_than_fit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, members = budget(store), Members(store)
    with pytest.raises(LibraryError, match="'admin' is no role"):
        members.give(ME, plan, "reader@example.org", "admin")
    monkeypatch.setattr(module, "MOST_MEMBERS", 2)
    members.give(ME, plan, "reader@example.org", "viewer")
    with pytest.raises(LibraryError, match="A plan can have 2 readers and editors"):
        members.give(ME, plan, "editor@example.org", "viewer")
    members.give(ME, plan, "reader@example.org", "editor")
    assert len(members.of(ME, plan)) == 2


def test_plans_and_links_of_a_browser_go_over_to_who_signs_in_there(store: Store) -> None:
    library, browser = Library(store), "secret-of-a-browser"
    mine = library.save(browser, "Before", TOKEN, "Finance", NOON).plan
    shared = budget(store)
    link = Links(store).keep_version(ME, shared, NOON.date(), author="Finance", editable_by_all=True)
    Links(store).join(browser, link, NOON.date())
    own = Links(store).keep_link(TOKEN, NOON.date(), browser)
    assert Members(store).take_over(browser, ME) == 2
    assert {entry.id: entry.role for entry in library.entries(ME)} == {mine: "owner", shared: "owner"}
    assert library.entries(browser) == ()
    assert own in {row.id for row in Links(store).made_by(ME)}
    assert Members(store).take_over(browser, READER) == 0


def test_a_version_is_saved_before_a_role_is_taken_away_or_refused_after(lasting: str) -> None:
    store = Store(lasting)
    plan, saved = budget(store), []
    Members(store).give(ME, plan, "editor@example.org", "editor")

    def work() -> None:
        own = Store(lasting)
        try:
            while True:
                saved.append(Library(own).save_version(EDITOR, plan, TOKEN, "Sales", NOON).number)
        except PlannerError as error:
            saved.append(str(error))
        own.close()

    thread = threading.Thread(target=work)
    thread.start()
    while len(saved) < 5:
        thread.join(0.01)
    Members(store).remove(ME, plan, hashed(EDITOR))
    count = len(Library(store).entry(ME, plan).versions)
    thread.join(30)
    assert "no such plan in your library" in saved[-1]
    assert count == len(saved[:-1]) + 1 == len(Library(store).entry(ME, plan).versions)
    store.close()


@pytest.mark.parametrize("way", ["removed", "editor"])
def test_the_links_of_a_former_owner_go_with_the_role(store: Store, way: str) -> None:
    """A link of whoever is no owner any more opens nothing and lets nobody back in; those of other owners stay."""
    plan, members, links = budget(store), Members(store), Links(store)
    members.give(ME, plan, "editor@example.org", "owner")
    gone = links.keep_version(EDITOR, plan, NOON.date(), author="Sales", editable_by_all=True)
    stays = links.keep_version(ME, plan, NOON.date(), author="Finance")
    if way == "removed":
        members.remove(ME, plan, hashed(EDITOR))
    else:
        members.give(ME, plan, "editor@example.org", "editor")
    with pytest.raises(PlannerError):
        links.link(gone, NOON.date())
    with pytest.raises(PlannerError):
        links.join(READER, gone, NOON.date())
    assert links.link(stays, NOON.date()).plan == plan
