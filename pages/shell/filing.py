"""The file that a visit asked for: made in a process of its own, and kept as long as it is of what is on screen."""

from __future__ import annotations

from pages.shell import session
from pages.shell.imprint import imprint
from pages.shell.long_work import Work, start
from pages.shell.session import Document
from planner.export.formats import exported
from planner.keep.workspace import Workspace


def document(key: str, work: Workspace) -> Work[bytes] | None:
    """The file of this format that was asked for, as long as it is made of what is on screen."""
    asked = session.current().document
    return asked.work if asked and (asked.key, asked.workspace) == (key, work) else None


def order_document(key: str, work: Workspace) -> None:
    """Begins to make a file, in a process of its own, in place of the last."""
    drop_document()
    session.current().document = Document(key, work, start(exported, key, work, imprint=imprint()))


def drop_document() -> None:
    """Lets the last file go, or stops making it."""
    last = session.current().document
    if last:
        last.work.cancel()
    session.current().document = None
