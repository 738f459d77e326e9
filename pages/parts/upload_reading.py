"""What a file or a table says: small files are read at once, all else in a process of its own beside the page."""

from __future__ import annotations

import shutil
import tempfile
import time
import weakref
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.parts.upload_questions import PendingFile
from pages.shell import desk, present
from pages.shell.long_work import Work, start
from pages.shell.waiting import seconds, watched
from pages.shell.warehouse import configured
from planner.actuals.any_size import named, understand_file, understand_table
from planner.actuals.mapping import ColumnMapping
from planner.actuals.reading import Upload, understand
from planner.show import upload as shown

__all__ = ["again", "current", "end", "free", "understood", "watch"]

AT_ONCE = 5_000_000  # bytes; what is larger would keep everybody waiting


@dataclass(frozen=True)
class _Reading:
    """A file that is being read: with which answers, and since when."""

    asked: tuple[Any, ...]
    work: Work[Upload]
    since: float = field(default_factory=time.monotonic)


def understood(file: PendingFile) -> Upload | None:
    """The file as understood; None while it is being read, or where that was stopped.

    A small one is read again with every answer. A large one is, but for its source, when that is asked for: `again`.
    """
    if file.mapping is None:
        if not _read(file, (desk.plan(), ColumnMapping(), file.answers)):
            return None
        assert file.upload is not None
        kept = dict(desk.workspace().mappings).get(shown.signature(file.upload))
        file.mapping = shown.mapping_of(kept) if kept else ColumnMapping()
        file.answers = shown.answers_of(kept) if kept else file.answers
        if file.answers.source is None:
            file.answer(source=file.upload.recognised)
        if kept and _large(file):
            file.upload = None
    _rename(file)
    if file.upload is None or not (_large(file) or current(file)):
        _read(file, _asked(file))
    return file.upload


def _asked(file: PendingFile) -> tuple[Any, ...]:
    return (desk.plan(), file.mapping or ColumnMapping(), file.answers)


def current(file: PendingFile) -> bool:
    """Whether the file was read with all that was answered since."""
    return bool(file.asked == _asked(file))


def again(file: PendingFile) -> None:
    """Lets the file be read again, with what was answered since."""
    file.upload = file.reading = None


def end(file: PendingFile) -> None:
    """Stops the reading of a file and lets go of what it holds: widgets that are gone may still name it."""
    if file.reading:
        file.reading.work.cancel()
    file.data, file.upload, file.reading = b"", None, None


def free(sent: Iterable[UploadedFile]) -> None:
    """Frees the memory of files that were sent: Streamlit itself keeps them until the visit ends."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        for file in sent:
            context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def _large(file: PendingFile) -> bool:
    return bool(file.table) or len(file.data) > AT_ONCE


def _rename(file: PendingFile) -> None:
    """Puts what was read under the source that was named since, if nothing else was answered."""
    if file.upload is None or current(file):
        return
    plan, mapping, answers = _asked(file)
    if file.asked == (plan, mapping, replace(answers, source=file.asked[2].source)) and answers.source:
        renamed = named(file.upload, answers.source)
        if renamed is not None:
            file.asked, file.upload = _asked(file), renamed


def _read(file: PendingFile, asked: tuple[Any, ...]) -> bool:
    """Reads a file with what was answered; False while a large one is under way, or was stopped."""
    plan, mapping, answers = asked
    if not _large(file):
        file.asked, file.upload = asked, understand(file.data, plan, mapping=mapping, answers=answers)
        return True
    if file.reading is None or file.reading.asked != asked:
        file.reading = _begun(file, asked)
    if not file.reading.work.done:
        return False
    try:
        file.asked, file.upload = asked, file.reading.work.result
    except RuntimeError:  # it was stopped, or its process failed
        return False
    file.reading = None
    return True


def _begun(file: PendingFile, asked: tuple[Any, ...]) -> _Reading:
    if file.table:
        database = configured()
        return _Reading(asked, start(understand_table, database.address, file.table, database.schema, *asked))
    folder = tempfile.mkdtemp(prefix="planner-upload-")
    path = Path(folder, "upload")
    path.write_bytes(file.data)
    reading = _Reading(asked, start(understand_file, path, *asked))
    weakref.finalize(reading, shutil.rmtree, folder, ignore_errors=True)  # on disk as long as it is read
    return reading


# -- meanwhile --------------------------------------------------------------------------------------------------------


def watch(file: PendingFile) -> None:
    """How far a large file is, with a way to stop it; after that, a way to begin again."""
    present.title(file.name)
    since, work = file.reading.since, file.reading.work
    if not work.done:
        watched(work, lambda: f"Counting rows: {seconds(since)}", work.cancel, key=file.key("stop_reading"))
        return
    try:
        _ = work.result
    except RuntimeError as error:
        present.quiet(str(error))
    st.button("Read it again", key=file.key("read_again"), on_click=again, args=(file,))
