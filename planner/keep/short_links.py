"""Stored links: a short random id for a share token, which its maker can withdraw."""

from __future__ import annotations

import datetime as dt
import secrets

from planner.errors import BadLink
from planner.keep.codec import from_token
from planner.keep.database import tables
from planner.keep.store import Store, hashed

__all__ = ["Links"]


class Links:
    """The stored links of a store. Every method raises StoreError where the store cannot be read or written."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep_link(self, token: str, on: dt.date, owner: str = "") -> str:
        """Keeps a share token `owner` made on the day `on`; returns its id, 16 characters nobody can guess.

        PlannerError for a text that is no token.
        """
        from sqlalchemy import insert

        from_token(token)
        made = secrets.token_urlsafe(12)  # no seed: a link that can be foretold would be open to all
        with self._store.opened() as database:
            row = {"id": made, "token": token.strip(), "kept_on": on, "maker": hashed(owner)}
            database.execute(insert(tables().links).values(row))
        return made

    def made_by(self, owner: str) -> tuple[str, ...]:
        """The ids of the links an owner made and has not withdrawn, the oldest first."""
        from sqlalchemy import select

        links = tables().links
        wanted = select(links.c.id).where(links.c.maker == hashed(owner)).order_by(links.c.kept_on, links.c.id)
        with self._store.opened() as database:
            return tuple(str(id) for id in database.execute(wanted).scalars())

    def link(self, id: str) -> str:
        """The token kept under an id; BadLink where there is none."""
        from sqlalchemy import select

        links = tables().links
        with self._store.opened() as database:
            token = database.execute(select(links.c.token).where(links.c.id == id)).scalar()
        if token is None:
            raise BadLink("This link was withdrawn or never made: ask whoever sent it for a new one.")
        return str(token)

    def revoke(self, id: str) -> None:
        """Withdraws a link: its id opens nothing from now on."""
        from sqlalchemy import delete

        links = tables().links
        with self._store.opened() as database:
            database.execute(delete(links).where(links.c.id == id))
