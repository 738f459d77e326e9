"""Plans of the library as one person sees them, and the one place that says who may do what with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from planner.errors import LibraryError
from planner.keep.database import tables
from planner.keep.saved import PURPOSES, Entry, Version, may
from planner.keep.store import hashed

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["allowed", "entries", "only_to_read", "permitted", "readable", "withdraw"]

_ABSENT = "There is no such plan in your library: it was deleted, or you may no longer read it."
_READ_ONLY = "You can read this plan but not change it. Ask its owner to let you edit it, or save a copy of your own."
_EDITS_ONLY = "You can save versions of this plan. Only its owner can share, rename, archive or delete it."


def entries(database: Connection, person: str, plan: str | None = None) -> list[Entry]:
    """A person's plans, or one of them, without the tokens."""
    from sqlalchemy import select

    plans, versions, members = tables().plans, tables().versions, tables().members
    columns = (column for column in versions.c if column.name != "token")
    wanted = (
        select(plans.c.id, plans.c.name, plans.c.archived, members.c.role, *columns)
        .join_from(members, plans, plans.c.id == members.c.plan)
        .join(versions, versions.c.plan == plans.c.id)
        .where(members.c.person == hashed(person))
        .order_by(plans.c.id, versions.c.number)
    )
    rows = database.execute(wanted if plan is None else wanted.where(plans.c.id == plan))
    return [_as_entry(of_plan) for _, of_plan in groupby(rows, key=lambda row: row.id)]


def _as_entry(rows: Iterable[Any]) -> Entry:
    first, *others = rows
    versions = (
        Version(
            int(row.number), str(row.author), row.saved_at.replace(tzinfo=dt.UTC), str(row.engine), str(row.note),
            PURPOSES[row.purpose], row.restores, str(row.digest),
        )
        for row in (first, *others)
    )  # fmt: skip
    return Entry(str(first.id), str(first.name), str(first.role), bool(first.archived), tuple(versions))


def readable(database: Connection, person: str, plan: str) -> Entry:
    """A plan that a person may read; LibraryError for any other, whether it is there or not."""
    rows = entries(database, person, plan)
    if not rows:
        raise LibraryError(_ABSENT)
    return rows[0]


def permitted(database: Connection, person: str, plan: str, role: str) -> Entry:
    """A plan with which a person may do what a role may; LibraryError for any other."""
    entry = readable(database, person, plan)
    if not may(entry.role, role):
        raise LibraryError(_EDITS_ONLY if may(entry.role, "editor") else _READ_ONLY)
    return entry


def allowed(database: Connection, person: str, plan: str, role: str) -> Entry:
    """What `permitted` gives, for a change: from here to the end of the transaction nobody else changes the
    plan, deletes it or takes the role away.
    """
    from sqlalchemy import update

    plans = tables().plans
    database.execute(update(plans).where(plans.c.id == plan).values(archived=plans.c.archived))  # waits for others
    return permitted(database, person, plan, role)


def withdraw(database: Connection, plan: str, maker: str | None = None) -> None:
    """Removes the links to a plan, all or those of one maker (hashed): they open nothing from now on."""
    from sqlalchemy import delete, select

    links, openings = tables().links, tables().openings
    same = [links.c.plan == plan, *([links.c.maker == maker] if maker is not None else [])]
    database.execute(delete(openings).where(openings.c.link.in_(select(links.c.id).where(*same))))
    database.execute(delete(links).where(*same))


def only_to_read(database: Connection, plan: str) -> None:
    """Makes all links to a plan read-only: whoever lost a role would come back through one that lets people in."""
    from sqlalchemy import update

    links = tables().links
    database.execute(update(links).where(links.c.plan == plan, links.c.role == "editor").values(role="viewer"))
