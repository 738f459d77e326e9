"""What a page or a file says of itself: which version of the plan it is, who saved it, when, and where it is found."""

from __future__ import annotations

import datetime as dt

from pages.shell import desk, drafts, session, shelf, strip
from planner.errors import PlannerError
from planner.show.brief.value import Imprint

__all__ = ["imprint", "version"]


def imprint() -> Imprint:
    """Of what is on screen: the version of a stored link or of the desk; of a plan in an address, nothing but today."""
    today = Imprint(made_on=dt.date.today(), address=_short(strip.address()))
    return _of_link(today) if desk.read_only() else _of_desk(today)


def version() -> str:
    """The version of the library that is on screen, and whether it was changed since; "" for a plan of none."""
    link, origin = session.current().stored, desk.workspace().origin
    if desk.read_only():
        return f"{link.name}, version {link.number}" if link and link.plan else ""
    if origin is None:
        return ""
    return f"{origin.name}, version {origin.number}{', changed since' if shelf.unsaved() else ''}"


def _of_link(today: Imprint) -> Imprint:
    link = session.current().stored
    if link is None:
        return today
    return Imprint(version(), link.author, link.saved_on, today.made_on, _short(strip.stored_address(link.id)))


def _of_desk(today: Imprint) -> Imprint:
    """The version that the plan on the desk came from, and whether it was changed since."""
    origin = desk.workspace().origin
    if origin is None:
        return today
    if shelf.unsaved():
        return Imprint(version(), "", None, today.made_on, today.address)
    try:
        saved = shelf.library().entry(drafts.person(), origin.plan).version(origin.number)
    except PlannerError:
        return today  # it is in the library no longer
    return Imprint(version(), saved.author, saved.when.astimezone(shelf.zone()).date(), today.made_on, today.address)


def _short(address: str) -> str:
    return address.partition("://")[2] or address
