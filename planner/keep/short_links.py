"""Stored links: a short random id that opens a plan until it expires or is withdrawn.

A link holds a share token of its own, or leads into the library: *pinned* to a version, or *live* to the newest. An id
that was withdrawn, has expired or never was is answered alike, after the same single question to the database.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.errors import BadLink, LibraryError
from planner.keep.codec import from_token
from planner.keep.database import tables, upsert
from planner.keep.entries import allowed
from planner.keep.members import let_in
from planner.keep.saved import checked_name
from planner.keep.store import Store, hashed

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["DAYS", "GONE", "Links", "MadeLink", "StoredLink", "is_preview"]

DAYS = (30, 90, 365)  # after which a link may expire, where that is chosen
BYTES = 16  # of an id: 128 bits
MOST_A_DAY, MOST_A_DAY_IN_ALL = 100, 5000  # links made by one, and by all
MOST_READERS = 1000  # of a link that are told apart; further ones are counted as one
GONE = "This link opens nothing: it was withdrawn, has expired or never was. Ask whoever sent it for a new one."
_PREVIEWS = re.compile(
    r"(?<!cu)bot\b|slack|whatsapp|skypeuripreview|preview|facebookexternalhit|embedly|iframely|crawl|spider"
    r"|microsoft office|curl|wget|python",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class StoredLink:
    """What a link opens: a share `token`, who saved it, and on which day.

    `plan`, `name` and `number` say where in the library it stands, None where the link holds a token of its own. `live`
    follows the newest version; whoever opens an `editable` one may work on the plan.
    """

    id: str
    token: str
    author: str
    saved_on: dt.date
    plan: str | None = None
    name: str = ""
    number: int | None = None
    live: bool = False
    editable: bool = False


@dataclass(frozen=True)
class MadeLink:
    """A link as whoever made it sees it, with how often it was opened, by how many browsers, and when last."""

    id: str
    made_on: dt.date
    expires_on: dt.date | None
    name: str
    number: int | None
    live: bool
    editable: bool
    times: int
    readers: int
    last: dt.datetime | None


def is_preview(agent: str) -> bool:
    """Whether a user agent is a program that looks at links for a chat or a search, not a reader.

    >>> is_preview("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)")
    True
    """
    return _PREVIEWS.search(agent) is not None


class Links:
    """The stored links of a store. Every method raises StoreError where the store cannot be read or written."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # -- making -------------------------------------------------------------------------------------------------------

    def keep_link(self, token: str, on: dt.date, owner: str = "", *, author: str = "", days: int | None = None) -> str:
        """Keeps a share token that `owner` made on the day `on`; returns its id, 22 characters nobody can guess.

        `days` of `DAYS` until it expires, None: never. PlannerError for a text that is no token, or too many links.
        """
        from_token(token)
        with self._store.opened() as database:
            return _made(database, owner, on, days, token=token.strip(), author=author.strip())

    def keep_version(
        self, person: str, plan: str, on: dt.date, *, number: int | None = None, editable_by_all: bool = False,
        author: str, days: int | None = None,
    ) -> str:  # fmt: skip
        """Makes a link to a version of a plan in the person's library, without a `number` to the newest; its id.

        Through one that is `editable_by_all` others may work on the plan. LibraryError for a plan that the person does
        not own, and for too many links.
        """
        if editable_by_all and number is not None:
            raise LibraryError("A link to one version is read-only: versions never change.")
        row = {"token": "", "plan": plan, "number": number, "author": checked_name(author, "Whoever makes a link")}
        with self._store.opened() as database:
            entry = allowed(database, person, plan, "owner")
            if number is not None:
                entry.version(number)
            return _made(database, person, on, days, role="editor" if editable_by_all else "viewer", **row)

    def revoke(self, id: str, owner: str) -> None:
        """Withdraws a link that `owner` made: its id opens nothing from now on. Another's link stays as it is."""
        from sqlalchemy import delete

        links, openings = tables().links, tables().openings
        with self._store.opened() as database:
            gone = delete(links).where(links.c.id == id, links.c.maker == hashed(owner))
            if database.execute(gone).rowcount:
                database.execute(delete(openings).where(openings.c.link == id))

    # -- opening ------------------------------------------------------------------------------------------------------

    def link(self, id: str, on: dt.date) -> StoredLink:
        """What the link of an id opens on the day `on`; BadLink, always the same, where it opens nothing."""
        with self._store.opened() as database:
            row = _row(database, id, on)
        if row is None or not (row.saved or row.token):
            raise BadLink(GONE)
        if row.plan is None:
            return StoredLink(id, str(row.token), str(row.author), row.kept_on)
        return StoredLink(
            id, str(row.saved), str(row.saved_by), row.saved_at.date(), str(row.plan), str(row.name),
            int(row.version), live=row.number is None, editable=row.role == "editor",
        )  # fmt: skip

    def count_opening(self, id: str, when: dt.datetime, reader: str, agent: str = "") -> None:
        """Notes that a link was opened. A program that only looks at it for a chat is not counted.

        Of the reader, a secret text, only a hash is kept that differs from link to link.
        """
        from sqlalchemy import func, select

        if is_preview(agent):
            return
        openings, day = tables().openings, when.astimezone(dt.UTC).date()
        with self._store.opened() as database:
            if _row(database, id, day) is None:
                return
            of_link = select(func.count()).select_from(openings).where(openings.c.link == id)
            many = int(database.execute(of_link).scalar_one()) >= MOST_READERS
            key = {"link": id, "day": day, "reader": "" if many else hashed(f"{id} {reader}")}
            last = when.astimezone(dt.UTC).replace(tzinfo=None)
            once = {"times": 1, "last_at": last}
            upsert(database, openings, key, once, again={"times": openings.c.times + 1, "last_at": last})

    def join(self, person: str, id: str, on: dt.date) -> str:
        """Lets a person work on the plan of an editable link from now on; returns the plan's id.

        BadLink for a link that opens nothing, LibraryError for one that is read-only.
        """
        with self._store.opened() as database:
            row = _row(database, id, on)
            if row is None:
                raise BadLink(GONE)
            if row.role != "editor" or row.plan is None:
                raise LibraryError("This link is read-only: save a copy to work on the plan.")
            let_in(database, person, str(row.plan), "editor")
            return str(row.plan)

    def made_by(self, owner: str) -> tuple[MadeLink, ...]:
        """The links an owner made and has not withdrawn, the newest first."""
        from sqlalchemy import func, select

        links, plans, openings = tables().links, tables().plans, tables().openings
        wanted = (
            select(
                links, plans.c.name, func.coalesce(func.sum(openings.c.times), 0).label("times"),
                func.count(func.distinct(openings.c.reader)).label("readers"), 
                func.max(openings.c.last_at).label("last"),
            )
            .select_from(links.outerjoin(plans, plans.c.id == links.c.plan))
            .outerjoin(openings, openings.c.link == links.c.id)
            .where(links.c.maker == hashed(owner))
            .group_by(links.c.id, plans.c.name)
            .order_by(links.c.kept_on.desc(), links.c.place.desc(), links.c.id)
        )  # fmt: skip
        with self._store.opened() as database:
            return tuple(_as_made(row) for row in database.execute(wanted))


def _as_made(row: Any) -> MadeLink:
    last = row.last.replace(tzinfo=dt.UTC) if row.last else None
    live = row.plan is not None and row.number is None
    return MadeLink(
        str(row.id), row.kept_on, row.expires_on, str(row.name or ""), row.number, live, row.role == "editor",
        int(row.times), int(row.readers), last,
    )  # fmt: skip


def _made(database: Connection, owner: str, on: dt.date, days: int | None, **row: Any) -> str:
    """Writes the row of a new link; LibraryError for too many on one day."""
    from sqlalchemy import func, insert, select

    if days is not None and days not in DAYS:
        raise LibraryError(f"A link expires after {', '.join(map(str, DAYS))} days, or never: choose one of these.")
    _check_rate(database, owner, on)
    links = tables().links
    last = database.execute(select(func.max(links.c.place)).where(links.c.maker == hashed(owner))).scalar_one()
    id = secrets.token_urlsafe(BYTES)  # no seed: a link that can be foretold would be open to all
    expires = None if days is None else on + dt.timedelta(days)
    kept = {"id": id, "kept_on": on, "maker": hashed(owner), "place": (last or 0) + 1, "expires_on": expires}
    database.execute(insert(links).values(**kept, **row))
    return id


def _check_rate(database: Connection, owner: str, on: dt.date) -> None:
    from sqlalchemy import func, select

    links = tables().links
    today = select(func.count()).select_from(links).where(links.c.kept_on == on)
    mine = int(database.execute(today.where(links.c.maker == hashed(owner))).scalar_one())
    if mine >= MOST_A_DAY:
        raise LibraryError(f"You have made {mine} links today, the most there can be. Withdraw some, or wait a day.")
    if int(database.execute(today).scalar_one()) >= MOST_A_DAY_IN_ALL:
        raise LibraryError("Too many links were made here today. Share the long link, or wait a day.")


def _row(database: Connection, id: str, on: dt.date) -> Any:
    """The row of a link that opens something, with the version it leads to: one question, whatever the answer."""
    from sqlalchemy import and_, func, or_, select

    links, plans, versions = tables().links, tables().plans, tables().versions
    every = versions.alias()
    newest = select(func.max(every.c.number)).where(every.c.plan == links.c.plan).correlate(links).scalar_subquery()
    leads_to = and_(versions.c.plan == links.c.plan, versions.c.number == func.coalesce(links.c.number, newest))
    columns = (
        versions.c.number.label("version"), versions.c.token.label("saved"), versions.c.author.label("saved_by"),
        versions.c.saved_at,
    )  # fmt: skip
    wanted = (
        select(links, plans.c.name, *columns)
        .select_from(links.outerjoin(plans, plans.c.id == links.c.plan).outerjoin(versions, leads_to))
        .where(links.c.id == id, or_(links.c.expires_on.is_(None), links.c.expires_on >= on))
    )
    return database.execute(wanted).first()
