"""Uploads from bytes to actuals, step by step: upload, match, check, use; several files at once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from pages.parts.upload_questions import Waiting, ask, ask_source, column_mapping, match_word
from pages.shell import desk, present, session
from pages.widgets.texts import plain
from planner import words
from planner.actuals.actuals import Actuals, Choice
from planner.actuals.counting import Overlap
from planner.actuals.mapping import ColumnMapping
from planner.actuals.reading import Upload, understand
from planner.actuals.sample import sample_actuals
from planner.actuals.several import Together, together
from planner.actuals.writing import actuals_template, to_csv
from planner.ask.evidence.record import keeping, landed
from planner.errors import PlannerError
from planner.keep.landings import KeptLanding
from planner.plan import Plan
from planner.show import upload as shown

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ALL_SOURCES = "All of them, added up"


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


def _files() -> list[Waiting]:
    """The files that are not yet used."""
    return desk.pending().get("files", [])  # type: ignore[no-any-return]


def _discard(file: Waiting) -> None:
    rest = [other for other in _files() if other is not file]
    desk.pend(files=rest) if rest else _let_go()


def _let_go() -> None:
    desk.pend()
    session.current().uploads += 1


def _keep_bytes() -> None:
    sent = st.session_state[_uploader_key()] or []
    waiting = {file.data: file for file in _files()}
    files = [waiting.get(file.getvalue()) or Waiting(file.name, file.getvalue()) for file in sent]
    distinct = list({file.data: file for file in files}.values())
    for i, file in enumerate(distinct):
        file.place = f":{i}" if i else ""
    desk.pend()
    if distinct:
        desk.pend(files=distinct)


def upload() -> None:
    """The field for files."""
    st.file_uploader(
        "Actuals files", key=_uploader_key(), on_change=_keep_bytes, disabled=desk.read_only(),
        label_visibility="collapsed", type=["csv", "tsv", "txt", "xlsx", "xls", "ods"], accept_multiple_files=True,
    )  # fmt: skip


def _understood(file: Waiting) -> Upload:
    """The file as understood with what was answered so far; read once for each answer, and let go with the file."""
    plan = desk.plan()
    if file.mapping is None:
        first = understand(file.data, plan)
        kept = dict(desk.workspace().mappings).get(shown.signature(first))
        file.mapping = shown.mapping_of(kept) if kept else ColumnMapping()
        file.answers = shown.answers_of(kept) if kept else file.answers
        if file.answers.source is None:
            file.answer(source=first.recognised)
    asked = (plan, file.mapping, file.answers)
    if file.upload is None or file.asked != asked:
        file.asked, file.upload = asked, understand(file.data, plan, mapping=file.mapping, answers=file.answers)
    return file.upload


# -- match, check and use ---------------------------------------------------------------------------------------------


def preview() -> None:
    """What was refused, what has to be asked and what will be used, file by file, before anything is."""
    files = list(_files())
    uploads = [_understood(file) for file in files]
    for file, read in zip(files, uploads, strict=True):
        with st.container(border=len(files) > 1):
            _one_file(file, read, alone=len(files) == 1)
    parts = [read.actuals for read in uploads if read.actuals is not None]
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


def _one_file(file: Waiting, read: Upload, *, alone: bool) -> None:
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
    if read.actuals is not None:
        table = shown.figures_table(read.actuals, plan)
        named = file.key("figures-read").replace(":", "-")
        present.table(table, named) if table.rows else present.quiet(table.caption)
    for remark in read.remarks:
        present.quiet(shown.remark_sentence(remark, plan))
    if not alone:
        st.button("Discard this file", key=file.key("drop_file"), on_click=_discard, args=(file,))


def _source_of(file: Waiting, read: Upload) -> str:
    return file.answers.source or read.mapping.header("source")


def _usable(file: Waiting, read: Upload) -> bool:
    """Whether nothing is left to ask."""
    return read.actuals is not None and not read.questions and bool(_source_of(file, read))


def _use(joined: Together) -> None:
    workspace, files = desk.workspace(), list(_files())
    actuals = joined.actuals if workspace.actuals is None else workspace.actuals.joined(joined.actuals)
    kept = [
        (shown.signature(_understood(file)), shown.mapping_text(file.mapping or ColumnMapping(), file.answers))
        for file in files
    ]
    desk.put(workspace.with_uploads([file.name for file in files], actuals, kept, _landing(actuals)))
    _let_go()


def _landing(actuals: Actuals) -> KeptLanding | None:
    """Where the plan lands with these actuals, to be kept with them; None where it cannot be told."""
    try:
        return keeping(landed(desk.plan(), actuals, desk.workspace().landings))
    except PlannerError:
        return None


# -- beside the upload ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _sample(plan: Plan) -> Actuals:
    return sample_actuals(plan)


def _load_sample() -> None:
    try:
        desk.use_actuals(_sample(desk.plan()), "Loaded sample data")
    except PlannerError as error:
        desk.say(str(error))


def _download(label: str, content: Any, name: str, key: str, kind: str = "text/csv") -> None:
    st.download_button(label, content, name, kind, key=key, on_click="ignore")


def examples() -> None:
    """Sample data and templates."""
    plan = desk.plan()
    with st.container(horizontal=True):
        st.button(
            "Load sample data", key="load_sample", on_click=_load_sample,
            disabled=desk.read_only() or desk.workspace().actuals is not None,
            help="Only available while there are no actuals, so that it never replaces yours.",
        )  # fmt: skip
        _download("Sample data as CSV", lambda: to_csv(_sample(plan), plan), "sample-actuals.csv", "save_sample")
    present.quiet("Sample data is drawn from your plan with known deviations. It is not a real campaign.")
    with st.container(horizontal=True):
        rows = lambda: actuals_template(plan, "long")  # noqa: E731
        columns = lambda: actuals_template(plan, "wide")  # noqa: E731
        _download("Template: one row per figure", rows, "actuals-long.csv", "long")
        _download("Template: one column per stage", columns, "actuals-wide.csv", "wide")
        book = lambda: actuals_template(plan, "wide", "xlsx")  # noqa: E731
        _download("Template: Excel workbook", book, "actuals.xlsx", "template_book", _XLSX)


def examples_folded() -> None:
    """The same, out of the way once there are actuals."""
    with st.expander("Templates and sample data", on_change="rerun", key="examples") as folded:
        if folded.open:
            examples()


def sources(actuals: Actuals) -> None:
    """What is in use, by source; each can be removed."""
    for name in actuals.sources():
        with st.container(horizontal=True, vertical_alignment="center"):
            present.quiet(name)
            st.button("Remove", key=f"source:{name}", on_click=_remove, args=(name,), disabled=desk.read_only())
    plan = desk.plan()
    for overlap in actuals.overlaps():
        choose(overlap)
    _download("All actuals as CSV", lambda: to_csv(actuals, plan), "actuals.csv", "save_actuals")


def choose(overlap: Overlap) -> None:
    """A figure that several sources report for the same days, with the choice between them."""
    st.warning(plain(shown.overlap_question(overlap, desk.plan()).sentence()))
    key = f"overlap:{overlap.channel}.{overlap.name}"
    options = (*overlap.sources, ALL_SOURCES)
    st.selectbox(
        "Source that counts", options, index=None, key=key, on_change=_choose, args=(overlap, key),
        disabled=desk.read_only(), label_visibility="collapsed", placeholder="Choose a source",
    )  # fmt: skip


def _choose(overlap: Overlap, key: str) -> None:
    actuals, source = desk.workspace().actuals, st.session_state[key]
    if actuals and source:
        chosen = None if source == ALL_SOURCES else source
        desk.use_actuals(actuals.choosing(Choice(overlap.channel, overlap.name, chosen)))


def _remove(name: str) -> None:
    actuals = desk.workspace().actuals
    rest = actuals.without(name) if actuals else None
    desk.use_actuals(rest if rest and rest.facts else None, f"Removed actuals of “{name}”")
