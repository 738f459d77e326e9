"""Uploads from bytes to actuals, step by step: upload, match, check, use; several files at once."""

from __future__ import annotations

import streamlit as st

from pages.parts.upload_questions import PendingFile, ask, ask_source, column_mapping, match_word
from pages.parts.upload_reading import again, current, end, free, understood, watch
from pages.shell import desk, present, session
from pages.shell.warehouse import Warehouse, configured
from pages.widgets.texts import plain
from planner import words
from planner.actuals.actuals import Actuals
from planner.actuals.mapping import ColumnMapping
from planner.actuals.reading import Upload
from planner.actuals.several import Together, together
from planner.ask.evidence.record import keeping, landed
from planner.errors import PlannerError
from planner.keep.landings import KeptLanding
from planner.show import upload as shown

COMMAND = "python -m planner count plan.json events.csv --to actuals.csv"


def headline(actuals: Actuals | None) -> str:
    """What is known so far, in a sentence."""
    if actuals is None:
        return "No actuals yet. Upload what your tools export, or load sample data to look around."
    day = words.day(actuals.as_of)
    return f"Actuals up to {day}, from {words.counted(desk.plan(), len(actuals.sources()), 'source')}."


# -- upload -----------------------------------------------------------------------------------------------------------


def _uploader_key() -> str:
    """The key of the field for files: a new one after each upload, so that the same file can be sent again."""
    return f"actuals_file{session.current().uploads or ''}"


def _files() -> list[PendingFile]:
    """The files that are not yet used."""
    return desk.pending().get("files", [])  # type: ignore[no-any-return]


def _discard(file: PendingFile) -> None:
    rest = [other for other in _files() if other is not file]
    if rest:
        end(file)
        desk.pend(files=rest)
    else:
        _let_go()


def _let_go() -> None:
    for file in _files():
        end(file)
    free(st.session_state.get(_uploader_key()) or [])
    desk.pend()
    session.current().uploads += 1


def _keep_bytes() -> None:
    sent = st.session_state[_uploader_key()] or []
    waiting = {file.data: file for file in _files() if not file.table}
    files = [waiting.get(file.getvalue()) or PendingFile(file.name, file.getvalue()) for file in sent]
    distinct = {file.data: file for file in files}
    for file in waiting.keys() - distinct.keys():
        end(waiting[file])
    _put([*(file for file in _files() if file.table), *distinct.values()])


def _put(files: list[PendingFile]) -> None:
    """Keeps files that are not yet used."""
    for i, file in enumerate(files):
        file.place = f":{i}" if i else ""
    desk.pend()
    if files:
        desk.pend(files=files)


def upload() -> None:
    """The field for files, and for a table where the secrets name a warehouse."""
    st.file_uploader(
        "Actuals files", key=_uploader_key(), on_change=_keep_bytes, disabled=desk.read_only(),
        label_visibility="collapsed", type=["csv", "tsv", "txt", "xlsx", "xls", "ods"], accept_multiple_files=True,
    )  # fmt: skip
    present.quiet(
        f"Event rows beyond {st.get_option('server.maxUploadSize')} MB: “{COMMAND}” makes a small file of them."
    )
    warehouse = configured()
    if warehouse.address:
        _tables(warehouse)


def _tables(warehouse: Warehouse) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if warehouse.tables:
            st.selectbox("Table of the warehouse", warehouse.tables, key="table", disabled=desk.read_only())
        else:
            st.text_input("Table of the warehouse", key="table", max_chars=200, disabled=desk.read_only())
        st.button("Count its rows", key="count_table", on_click=_keep_table, disabled=desk.read_only())


def _keep_table() -> None:
    name = str(st.session_state["table"] or "").strip()
    if name and name not in [file.table for file in _files()]:
        _put([*_files(), PendingFile(name, table=name)])


# -- match, check and use ---------------------------------------------------------------------------------------------


def preview() -> None:
    """What was refused, what has to be asked and what will be used, file by file, before anything is."""
    files = list(_files())
    uploads = [understood(file) for file in files]
    for file, read in zip(files, uploads, strict=True):
        with st.container(border=len(files) > 1):
            _one_file(file, read, alone=len(files) == 1) if read else watch(file)
    parts = [read.actuals for read in uploads if read and read.actuals is not None]
    joined = together(parts) if parts else None
    for clash in joined.clashes if joined else ():
        st.warning(plain(shown.clash_sentence(clash, desk.plan())))
    ready = all(_usable(file, read) for file, read in zip(files, uploads, strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            "Use these actuals", key="use_actuals", type="primary", on_click=_use, args=(joined,),
            disabled=not ready or joined is None or bool(joined.clashes) or desk.read_only(),
            help="Days that a file repeats replace the earlier figures of its source; nothing is counted twice.",
        )  # fmt: skip
        if len(files) > 1:
            st.button("Discard all files", key="drop_actuals", on_click=_let_go)
        else:
            st.button("Discard file", key="drop_actuals", on_click=_let_go)


def _one_file(file: PendingFile, read: Upload, *, alone: bool) -> None:
    """One file: the steps it has gone, what to mend or answer, and its figures."""
    plan = desk.plan()
    present.title(file.name, shown.upload_summary(read, plan))
    present.steps(shown.steps(read, bool(_source_of(file, read))))
    if read.refused:
        present.table(shown.refusals_table(read), file.key("refused-lines").replace(":", "-"))
    fields = st.columns(2) if read.unknown else []
    for i, word in enumerate(read.unknown):
        with fields[i % 2]:
            match_word(file, word)
    for question in read.questions:
        ask(file, question)
    ask_source(file)
    column_mapping(file, read)
    if not current(file):
        st.button("Count again with these answers", key=file.key("again"), type="primary", on_click=again, args=(file,))
    if read.actuals is not None:
        table = shown.figures_table(read.actuals, plan)
        named = file.key("figures-read").replace(":", "-")
        present.table(table, named) if table.rows else present.quiet(table.caption)
    for remark in read.remarks:
        present.quiet(shown.remark_sentence(remark, plan))
    if not alone:
        st.button("Discard this file", key=file.key("drop_file"), on_click=_discard, args=(file,))


def _source_of(file: PendingFile, read: Upload) -> str:
    return file.answers.source or read.mapping.header("source")


def _usable(file: PendingFile, read: Upload | None) -> bool:
    """Whether nothing is left to read or to ask."""
    if read is None or read.actuals is None or not current(file):
        return False
    return not read.questions and bool(_source_of(file, read))


@session.in_turn
def _use(joined: Together) -> None:
    workspace, files = desk.workspace(), list(_files())
    actuals = joined.actuals if workspace.actuals is None else workspace.actuals.joined(joined.actuals)
    kept = [
        (shown.signature(file.upload), shown.mapping_text(file.mapping or ColumnMapping(), file.answers))
        for file in files
        if file.upload
    ]
    desk.put(workspace.with_uploads([file.name for file in files], actuals, kept, _landing(actuals)))
    _let_go()


def _landing(actuals: Actuals) -> KeptLanding | None:
    """Where the plan lands with these actuals, to be kept with them; None where it cannot be told."""
    try:
        return keeping(landed(desk.plan(), actuals, desk.workspace().landings))
    except PlannerError:
        return None
