"""A stored link opens what it was made for until it expires or is withdrawn; what opens nothing is answered alike."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event

from planner.errors import BadLink, LibraryError, PlannerError
from planner.keep import short_links
from planner.keep.codec import to_token
from planner.keep.library import Library
from planner.keep.short_links import GONE, Links, StoredLink, is_preview
from planner.keep.store import Store
from planner.plan.levers import pull
from planner.plan.starter import starter

DAY = dt.date(2027, 3, 15)
NOON = dt.datetime(2027, 3, 15, 12, tzinfo=dt.UTC)
PLAN = starter("email")
TOKEN, OTHER = to_token(PLAN), to_token(pull(PLAN, "email.volume", 9000.0))
ALPHABET = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def budget(store: Store) -> str:
    """A plan of two versions in my library."""
    plan = Library(store).save("me", "Budget", TOKEN, "Finance", NOON).plan
    Library(store).save_version("me", plan, OTHER, "Sales", NOON + dt.timedelta(days=1))
    return plan


def test_a_link_leads_to_its_token_until_it_is_withdrawn(store: Store) -> None:
    links = Links(store)
    first, second = (links.keep_link(TOKEN, DAY, "me", author="Finance") for _ in range(2))
    assert first != second
    links.revoke(first, "me")
    assert links.link(second, DAY) == StoredLink(second, TOKEN, "Finance", DAY)
    with pytest.raises(BadLink, match="withdrawn"):
        links.link(first, DAY)


def test_who_made_links_finds_the_newest_first_and_nobody_else_withdraws_it(store: Store) -> None:
    links = Links(store)
    mine = [links.keep_link(TOKEN, DAY, "me") for _ in range(9)]
    other = links.keep_link(TOKEN, DAY, "other")
    links.revoke(other, "me")
    assert [link.id for link in links.made_by("me")] == mine[::-1]
    assert [link.id for link in links.made_by("other")] == [other]


def test_an_id_has_128_bits_and_stands_in_an_address_as_it_is(store: Store) -> None:
    ids = {Links(store).keep_link(TOKEN, DAY) for _ in range(20)}
    assert {len(id) for id in ids} == {22}
    assert 22 * 6 >= 128
    assert set("".join(ids)) <= ALPHABET
    assert len({id[:5] for id in ids}) == 20


def test_only_tokens_are_kept(store: Store) -> None:
    with pytest.raises(PlannerError):
        Links(store).keep_link("javascript:alert(1)", DAY)


def test_a_pinned_link_stays_and_a_live_one_follows(store: Store) -> None:
    plan, links, library = budget(store), Links(store), Library(store)
    pinned = links.keep_version("me", plan, DAY, number=1, author="Finance")
    live = links.keep_version("me", plan, DAY, author="Finance")
    day = NOON.date()
    assert links.link(pinned, DAY) == StoredLink(pinned, TOKEN, "Finance", day, plan, "Budget", 1)
    newest = StoredLink(live, OTHER, "Sales", day + dt.timedelta(1), plan, "Budget", 2, live=True)
    assert links.link(live, DAY) == newest
    library.restore("me", plan, 1, "Board", NOON)
    library.rename("me", plan, "Budget B")
    assert links.link(live, DAY) == StoredLink(live, TOKEN, "Board", day, plan, "Budget B", 3, live=True)
    assert links.link(pinned, DAY).number == 1


@pytest.mark.parametrize("days", [30, 90, 365, None])
def test_a_link_expires_only_where_that_was_chosen(store: Store, days: int | None) -> None:
    links = Links(store)
    id = links.keep_link(TOKEN, DAY, days=days)
    after = DAY + dt.timedelta(days or 100 * 365)
    assert links.link(id, after).token == TOKEN
    if days:
        with pytest.raises(BadLink):
            links.link(id, after + dt.timedelta(1))


def test_another_expiry_cannot_be_chosen(store: Store) -> None:
    with pytest.raises(LibraryError, match="30, 90, 365 days, or never"):
        Links(store).keep_link(TOKEN, DAY, days=7)


def dead(store: Store) -> dict[str, str]:
    """Ids that open nothing, by what became of them."""
    plan, links = budget(store), Links(store)
    early = DAY - dt.timedelta(31)
    ids = {
        "expired": links.keep_link(TOKEN, early, "me", days=30),
        "expired live": links.keep_version("me", plan, early, author="A", days=30),
        "withdrawn": links.keep_link(TOKEN, DAY, "me"),
        "withdrawn live": links.keep_version("me", plan, DAY, author="A"),
        "never": secrets.token_urlsafe(16),
        "old": secrets.token_urlsafe(12),
        "none": "", "hostile": "' OR '1'='1", "long": "x" * 5000,
    }  # fmt: skip
    for name in ("withdrawn", "withdrawn live"):
        links.revoke(ids[name], "me")
    return ids


def test_what_opens_nothing_is_answered_alike_after_the_same_work(store: Store) -> None:
    ids, links = dead(store), Links(store)
    answers = {}
    for name, id in ids.items():
        asked: list[str] = []
        with store.opened() as database:
            engine = database.engine
        watch = _watching(asked)
        event.listen(engine, "before_cursor_execute", watch)
        with pytest.raises(BadLink) as error:
            links.link(id, DAY)
        event.remove(engine, "before_cursor_execute", watch)
        answers[name] = (str(error.value), type(error.value), tuple(asked))
    assert len(set(answers.values())) == 1
    (answer,) = set(answers.values())
    assert answer[0] == GONE
    assert len(answer[2]) == 1


def _watching(asked: list[str]) -> Callable[..., None]:
    def watch(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    return watch


def test_what_opens_nothing_lets_nobody_in_and_is_not_counted(store: Store) -> None:
    links = Links(store)
    for id in dead(store).values():
        links.count_opening(id, NOON, "reader")
        with pytest.raises(BadLink):
            links.join("reader", id, DAY)
    assert all(link.times == 0 for link in links.made_by("me"))
    assert Library(store).entries("reader") == ()


def test_an_editable_link_lets_others_work_on_the_plan_and_a_readonly_one_does_not(store: Store) -> None:
    plan, links, library = budget(store), Links(store), Library(store)
    reading = links.keep_version("me", plan, DAY, author="Finance")
    own = links.keep_link(TOKEN, DAY, "me")
    for id in (reading, own):
        with pytest.raises(LibraryError, match="This link is read-only"):
            links.join("other", id, DAY)
    working = links.keep_version("me", plan, DAY, author="Finance", editable_by_all=True)
    assert links.link(working, DAY).editable
    assert links.join("other", working, DAY) == plan
    assert library.save_version("other", plan, TOKEN, "Sales", NOON).number == 3
    assert links.join("me", working, DAY) == plan
    assert library.entry("me", plan).role == "owner"
    with pytest.raises(LibraryError, match="versions never change"):
        links.keep_version("me", plan, DAY, number=1, author="Finance", editable_by_all=True)


def test_only_who_may_change_a_plan_links_to_it(store: Store) -> None:
    plan, links = budget(store), Links(store)
    with pytest.raises(LibraryError, match="no such plan in your library"):
        links.keep_version("other", plan, DAY, author="Other")
    with pytest.raises(LibraryError, match="no version 9"):
        links.keep_version("me", plan, DAY, number=9, author="Finance")
    assert links.made_by("other") == links.made_by("me") == ()


def test_openings_at_the_same_moment_are_all_counted(store: Store) -> None:
    links = Links(store)
    id = links.keep_link(TOKEN, DAY, "me")
    with ThreadPoolExecutor(4) as readers:
        for counting in [readers.submit(links.count_opening, id, NOON, "a") for _ in range(24)]:
            counting.result()
    assert [(link.times, link.readers) for link in links.made_by("me")] == [(24, 1)]


def test_openings_are_counted_by_reader_and_chats_that_look_are_not(store: Store) -> None:
    links = Links(store)
    id, quiet = links.keep_link(TOKEN, DAY, "me"), links.keep_link(TOKEN, DAY + dt.timedelta(1), "me")
    for reader, hours in (("a", 0), ("a", 1), ("b", 2), ("a", 48)):
        links.count_opening(id, NOON + dt.timedelta(hours=hours), reader, "Mozilla/5.0 (iPhone) Safari/604.1")
    links.count_opening(id, NOON + dt.timedelta(days=9), "c", "Slackbot-LinkExpanding 1.0")
    second, first = links.made_by("me")
    assert (first.id, first.times, first.readers, first.last) == (id, 4, 2, NOON + dt.timedelta(hours=48))
    assert (second.id, second.times, second.last) == (quiet, 0, None)


def test_of_readers_only_a_hash_is_kept_that_differs_from_link_to_link(store: Store) -> None:
    links = Links(store)
    for _ in range(2):
        links.count_opening(links.keep_link(TOKEN, DAY, "me"), NOON, "a-secret-reader")
    with store.opened() as database:
        readers = {str(reader) for reader in database.exec_driver_sql("SELECT reader FROM openings").scalars()}
    assert len(readers) == 2
    assert not any("secret" in reader for reader in readers)


def test_the_log_of_a_link_is_bounded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_links, "MOST_READERS", 3)
    links = Links(store)
    id = links.keep_link(TOKEN, DAY, "me")
    for reader in range(10):
        links.count_opening(id, NOON, f"reader {reader}")
    with store.opened() as database:
        assert database.exec_driver_sql("SELECT count(*) FROM openings").scalar() == 4
    assert links.made_by("me")[0].times == 10


@pytest.mark.parametrize(
    "agent",
    [
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Slack-ImgProxy (+https://api.slack.com/robots)",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
        "WhatsApp/2.23.20.0 A",
        "facebookexternalhit/1.1",
        "LinkedInBot/1.0 (compatible; Mozilla/5.0)",
        "TelegramBot (like TwitterBot)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "curl/8.5.0",
    ],
)
def test_a_chat_that_looks_is_no_reader(agent: str) -> None:
    assert is_preview(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0",
        "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Teams/1.6 Chrome/114.0 Electron/24 Safari/537.36",
        "",
    ],
)
def test_a_browser_is_a_reader(agent: str) -> None:
    assert not is_preview(agent)


def test_links_have_a_rate_for_each_and_for_all(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_links, "MOST_A_DAY", 3)
    monkeypatch.setattr(short_links, "MOST_A_DAY_IN_ALL", 5)
    links = Links(store)
    for _ in range(3):
        links.keep_link(TOKEN, DAY, "me")
    with pytest.raises(LibraryError, match="made 3 links today"):
        links.keep_link(TOKEN, DAY, "me")
    links.keep_link(TOKEN, DAY + dt.timedelta(1), "me")
    for _ in range(2):
        links.keep_link(TOKEN, DAY, "other")
    with pytest.raises(LibraryError, match="Too many links were made here today"):
        links.keep_link(TOKEN, DAY, "third")
