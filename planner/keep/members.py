"""Who may do what with a plan of the library: roles given by e-mail address, or come by an editable link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.errors import LibraryError
from planner.keep.database import tables, upsert
from planner.keep.entries import allowed, only_to_read, permitted, withdraw
from planner.keep.saved import ROLES, may
from planner.keep.store import Store, hashed

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["MOST_ADDRESS", "Member", "Members", "let_in", "person_of"]

MOST_ADDRESS = 254  # characters of an e-mail address
MOST_MEMBERS = 200  # of a plan
_MAIL = "mail:"  # before the address of somebody who signed in; no cookie holds a colon
_ADDRESS = re.compile(r"[^\s@<>\"',;:()]+@[^\s@<>\"',;:()]+\.[^\s@<>\"',;:().]+")


@dataclass(frozen=True)
class Member:
    """Somebody with a role in a plan, by the e-mail `address` or the typed `name`, "" where neither is known."""

    key: str
    address: str
    name: str
    role: str


def person_of(address: str) -> str:
    """Who signs in with an e-mail address, as the store knows that person. LibraryError where it is none.

    >>> person_of(" Finance@Example.org ")
    'mail:finance@example.org'
    """
    text = address.strip().casefold()
    if len(text) > MOST_ADDRESS or not _ADDRESS.fullmatch(text):
        raise LibraryError(f"“{address.strip()[:80]}” is no e-mail address: type one such as name@company.com.")
    return f"{_MAIL}{text}"


def _address_of(person: str) -> str:
    """The e-mail address of a person; "" for one who is known by a browser only."""
    return person.removeprefix(_MAIL) if person.startswith(_MAIL) else ""


class Members:
    """Who may do what with the plans of a store. Only an owner of a plan sees or changes that.

    Every method raises StoreError where the store cannot be read or written, and LibraryError for whoever is no owner.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, person: str, plan: str) -> tuple[Member, ...]:
        """Everybody with a role in a plan, owners first."""
        from sqlalchemy import select

        members, people = tables().members, tables().people
        wanted = (
            select(members.c.person, members.c.address, members.c.role, people.c.name)
            .select_from(members.outerjoin(people, people.c.person == members.c.person))
            .where(members.c.plan == plan)
        )
        with self._store.opened() as database:
            permitted(database, person, plan, "owner")
            rows = [Member(row.person, row.address, row.name or "", row.role) for row in database.execute(wanted)]
        return tuple(sorted(rows, key=lambda row: (-ROLES.index(row.role), row.address or row.name, row.key)))

    def give(self, person: str, plan: str, address: str, role: str) -> None:
        """Gives whoever signs in with an e-mail address a role in a plan, in place of the one before.

        Links are for owners to make: those of a former owner go with the role. Where the role before allowed more, all
        links to the plan become read-only, or one of them would give it back.
        """
        other = person_of(address)
        if role not in ROLES:
            raise LibraryError(f"{role!r} is no role: use one of {', '.join(ROLES)}.")
        with self._store.opened() as database:
            allowed(database, person, plan, "owner")
            _check_owner(database, plan, hashed(other), role)
            roles = _roles(database, plan)
            if hashed(other) not in roles and len(roles) >= MOST_MEMBERS:
                raise LibraryError(f"A plan can have {MOST_MEMBERS} readers and editors: share a link with the others.")
            _write(database, other, plan, role)
            if hashed(other) in roles and not may(role, roles[hashed(other)]):
                only_to_read(database, plan)
            if role != "owner":
                withdraw(database, plan, hashed(other))

    def remove(self, person: str, plan: str, key: str) -> None:
        """Takes the role of a member away, by its key, and the links made by it; versions stay as they are.

        All other links to the plan become read-only, or whoever was removed would come back through one.
        """
        from sqlalchemy import delete

        members = tables().members
        with self._store.opened() as database:
            allowed(database, person, plan, "owner")
            _check_owner(database, plan, key, "")
            database.execute(delete(members).where(members.c.plan == plan, members.c.person == key))
            withdraw(database, plan, key)
            only_to_read(database, plan)

    def take_over(self, former: str, person: str) -> int:
        """Gives a person all that another was: roles in plans and stored links; returns the number of plans.

        For somebody who signs in and saved plans in the same browser before.
        """
        from sqlalchemy import delete, select, update

        members, links = tables().members, tables().links
        was = members.c.person == hashed(former)
        with self._store.opened() as database:
            rows = database.execute(select(members.c.plan, members.c.role).where(was)).all()
            for row in rows:
                let_in(database, person, str(row.plan), str(row.role))
            database.execute(delete(members).where(was))
            database.execute(update(links).where(links.c.maker == hashed(former)).values(maker=hashed(person)))
        return len(rows)


def let_in(database: Connection, person: str, plan: str, role: str) -> None:
    """Lets a person do with a plan what the role allows; whoever may do more already, still may."""
    before = _roles(database, plan).get(hashed(person))
    if before is None or not may(before, role):
        _write(database, person, plan, role)


def _write(database: Connection, person: str, plan: str, role: str) -> None:
    row: dict[str, Any] = {"role": role, "address": _address_of(person)}
    upsert(database, tables().members, {"person": hashed(person), "plan": plan}, row)


def _roles(database: Connection, plan: str) -> dict[str, str]:
    """The role of every member of a plan, by the hash of the person."""
    from sqlalchemy import select

    members = tables().members
    rows = database.execute(select(members.c.person, members.c.role).where(members.c.plan == plan))
    return {str(row.person): str(row.role) for row in rows}


def _check_owner(database: Connection, plan: str, key: str, role: str) -> None:
    """LibraryError where a plan would be left without an owner by giving a member this role."""
    owners = {person for person, given in _roles(database, plan).items() if given == "owner"}
    if role != "owner" and owners == {key}:
        raise LibraryError("A plan needs an owner. Make somebody else an owner first.")
