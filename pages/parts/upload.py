"""An upload from bytes to actuals: what has to be asked, what was refused, what will be used."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import streamlit as st

from pages.shell import desk, present, session
from pages.widgets.texts import plain
from planner import words
from planner.actuals.actuals import UNATTRIBUTED, Actuals, Choice
from planner.actuals.collecting import ABOVE, BLANK_DATE
from planner.actuals.counting import Overlap
from planner.actuals.mapping import ColumnMapping
from planner.actuals.matching import IGNORED, plan_names
from planner.actuals.questions import Answers, UploadQuestion
from planner.actuals.reading import Upload, understand
from planner.actuals.sample import sample_actuals
from planner.actuals.writing import actuals_template, to_csv
from planner.errors import PlannerError
from planner.plan import Plan
from planner.show import upload as shown

ORDERS = {"": "no such dates", "day": "day first: 8/6 is 8 June", "month": "month first: 8/6 is 6 August"}
ROWS = {"events": "one event", "persons": "one person, with the last status reached"}
GROWING = {"totals": "what came in each period", "running totals": "running totals"}
BLANKS = {ABOVE: "the one above", UNATTRIBUTED: "no channel", IGNORED: "subtotals, not used"}
ALL_SOURCES = "All of them, added up"
DECIMALS = {"": "as each column shows", ".": "point: 1,234.5", ",": "comma: 1.234,5"}


def headline(actuals: Actuals | None) -> str:
    """What is known so far, in a sentence."""
    if actuals is None:
        return "No actuals yet. Upload what your tools export, or load sample data to look around."
    day = words.day(actuals.as_of)
    return f"Actuals known up to {day}, from {words.counted(desk.plan(), len(actuals.sources()), 'source')}."


# -- upload -----------------------------------------------------------------------------------------------------------


def _uploader_key() -> str:
    """The key of the field for a file: a new one after each file, so that the same file can be sent again."""
    return f"actuals_file{session.current().uploads or ''}"


def _discard() -> None:
    desk.pend()
    session.current().uploads += 1


def _keep_bytes() -> None:
    file = st.session_state[_uploader_key()]
    if file is not None:
        desk.pend()
        desk.pend(name=file.name, data=file.getvalue())


def upload() -> None:
    """The field for a file."""
    st.file_uploader(
        "Actuals file", key=_uploader_key(), on_change=_keep_bytes, disabled=desk.read_only(),
        label_visibility="collapsed", type=["csv", "tsv", "txt", "xlsx", "xls", "ods"],
    )  # fmt: skip


def _understood() -> Upload:
    """The file as understood with what was answered so far; read once for each answer, and let go with the file."""
    pending, plan = desk.pending(), desk.plan()
    if "mapping" not in pending:
        first = understand(pending["data"], plan)
        kept = dict(desk.workspace().mappings).get(shown.signature(first))
        source = shown.source_of(kept) if kept else None
        desk.pend(
            mapping=shown.mapping_of(kept) if kept else ColumnMapping(),
            answers=Answers(source=source or first.recognised),
        )
    answers = desk.pending()["answers"]
    asked = (plan, desk.pending()["mapping"], answers)
    if pending.get("asked") != asked:
        desk.pend(asked=asked, upload=understand(pending["data"], plan, mapping=asked[1], answers=answers))
    return desk.pending()["upload"]  # type: ignore[no-any-return]


# -- match ------------------------------------------------------------------------------------------------------------


def _match(**changes: Any) -> None:
    """Keeps what was chosen by hand, and only that: what was guessed stays a guess."""
    desk.pend(mapping=replace(desk.pending()["mapping"], **changes))


def _match_column(header: str, key: str) -> None:
    others = [pair for pair in desk.pending()["mapping"].columns if pair[0] != header]
    _match(columns=(*others, (header, st.session_state[key])))


def _match_date(key: str) -> None:
    others = [pair for pair in desk.pending()["mapping"].columns if pair[0] != st.session_state[key]]
    _match(columns=(*others, (st.session_state[key], "period")))


def _match_field(field: str, key: str) -> None:
    _match(**{field: st.session_state[key] or ""})


def _answer(field: str, key: str) -> None:
    desk.pend(answers=replace(desk.pending()["answers"], **{field: (st.session_state[key] or "").strip() or None}))


def ask(question: UploadQuestion) -> None:
    """A question with the field that answers it."""
    st.warning(plain(question.sentence()))
    key = f"answer:{question.topic}:{question.subject}"
    if question.topic == "month":
        st.text_input("Month", key=key, placeholder="2027-01", on_change=_answer, args=("month", key))
    elif question.topic == "date_order":
        labels = {option: ORDERS[option] for option in question.options}
        st.selectbox(
            "Dates", list(labels), index=None, format_func=labels.__getitem__, key=key, on_change=_match_field,
            args=("order", key),
        )  # fmt: skip
    elif question.topic == "channel":
        labels = {channel.key: channel.label for channel in desk.plan().channels}
        st.selectbox(
            "Channel", list(labels), index=None, format_func=labels.__getitem__, key=key, on_change=_match_field,
            args=("channel", key),
        )  # fmt: skip
    elif question.topic == "year":
        st.selectbox("Year", question.options, index=None, key=key, on_change=_answer, args=("year", key))
    elif question.topic in ("kind", "money", "figure"):
        meanings = plan_names(desk.plan()).meanings()
        st.selectbox(
            plain(question.subject), question.options, index=None, key=key,
            format_func=lambda option: meanings.get(option, option), on_change=_match_column,
            args=(question.subject, key),
        )  # fmt: skip
    elif question.topic == "sheet":
        st.selectbox("Sheet", question.options, index=None, key=key, on_change=_answer, args=("sheet", key))
    elif question.topic in ("blank_channel", "blank_date"):
        word, what = ("", "a channel") if question.topic == "blank_channel" else (BLANK_DATE, "a date")
        st.selectbox(
            f"Rows without {what}", question.options, index=None, format_func=BLANKS.__getitem__, key=key,
            on_change=_answer_word, args=(word, key),
        )  # fmt: skip
    elif question.topic == "date":
        st.selectbox("Date", question.options, index=None, key=key, on_change=_match_date, args=(key,))
    elif question.topic == "decimal":
        st.selectbox(
            "Decimal sign", question.options, index=None, format_func=DECIMALS.__getitem__, key=key,
            on_change=_match_field, args=("decimal", key),
        )  # fmt: skip
    elif question.topic == "rows":
        st.selectbox(
            "Each row", question.options, index=None, format_func=ROWS.__getitem__, key=key, on_change=_answer,
            args=("rows", key),
        )  # fmt: skip
    elif question.topic == "value":
        meanings = plan_names(desk.plan()).meanings()
        st.selectbox(
            question.subject, question.options, index=None, format_func=lambda option: meanings.get(option, option),
            key=key, on_change=_answer_word, args=(question.subject, key),
        )  # fmt: skip
    elif question.topic == "running":
        st.selectbox(
            "Figures", question.options, index=None, format_func=GROWING.__getitem__, key=key, on_change=_answer,
            args=("rows", key),
        )  # fmt: skip


def ask_source() -> None:
    """The tool or account the figures come from: what it reports again replaces what it reported before."""
    actuals = desk.workspace().actuals
    used = ", ".join(actuals.sources()) if actuals else ""
    desk.show("answer:source", desk.pending()["answers"].source or "")
    st.text_input(
        "Source (tool and account)", key="answer:source", on_change=_answer, args=("source", "answer:source"),
        placeholder=f"In use: {used}" if used else "Such as HubSpot",
        help="Figures that the same source reports again replace the earlier ones; different sources are kept apart.",
    )  # fmt: skip


def _answer_word(word: str, key: str) -> None:
    answers = desk.pending()["answers"]
    others = tuple(pair for pair in answers.values if pair[0] != word)
    desk.pend(answers=replace(answers, values=(*others, (word, st.session_state[key]))))


def column_mapping(upload: Upload) -> None:
    """What each column was matched to; another choice is read again at once."""
    options = plan_names(desk.plan()).meanings()
    chosen = dict(desk.pending()["mapping"].columns)
    with st.expander("Column mapping", expanded=upload.actuals is None):
        fields = st.columns(3)
        for i, (header, guessed) in enumerate(upload.mapping.columns):
            key, meaning = f"column:{header}", chosen.get(header, guessed)
            desk.show(key, meaning)
            labels = options if meaning in options else {**options, meaning: meaning}
            fields[i % 3].selectbox(
                plain(header),
                list(labels),
                format_func=labels.__getitem__,
                key=key,
                on_change=_match_column,
                args=(header, key),
            )
        for i, (field, label, choices) in enumerate(
            (("order", "Dates", ORDERS), ("decimal", "Decimal sign", DECIMALS))
        ):
            key = f"column_{field}"
            desk.show(key, getattr(upload.mapping, field))
            fields[i].selectbox(
                label,
                list(choices),
                format_func=choices.__getitem__,
                key=key,
                on_change=_match_field,
                args=(field, key),
            )
        desk.show("column_month", desk.pending()["answers"].month or "")
        fields[2].text_input(
            "Month (if the file has no date column)", key="column_month", placeholder="2027-01", on_change=_answer,
            args=("month", "column_month"),
        )  # fmt: skip


# -- check and use ----------------------------------------------------------------------------------------------------


def preview() -> None:
    """What has to be asked, what was refused and what will be used, before anything is."""
    upload, plan = _understood(), desk.plan()
    present.title(desk.pending()["name"], shown.upload_summary(upload, plan))
    for question in upload.questions:
        ask(question)
    ask_source()
    if upload.refused:
        present.table(shown.refusals_table(upload), "refused-lines")
    column_mapping(upload)
    if upload.actuals is not None:
        table = shown.figures_table(upload.actuals, plan)
        present.table(table, "figures-read") if table.rows else present.quiet(table.caption)
    for remark in upload.remarks:
        present.quiet(shown.remark_sentence(remark, plan))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            "Use these actuals", key="use_actuals", type="primary", on_click=_use,
            disabled=not _usable(upload) or desk.read_only(),
            help="Days that this file repeats replace the earlier figures; nothing is counted twice.",
        )  # fmt: skip
        st.button("Discard file", key="drop_actuals", on_click=_discard)


def _usable(upload: Upload) -> bool:
    """Whether nothing is left to ask."""
    named = desk.pending()["answers"].source or upload.mapping.header("source")
    return upload.actuals is not None and not upload.questions and bool(named)


def _use() -> None:
    upload, workspace = _understood(), desk.workspace()
    if upload.actuals is not None and _usable(upload):
        joined = upload.actuals if workspace.actuals is None else workspace.actuals.joined(upload.actuals)
        chosen = shown.mapping_text(desk.pending()["mapping"], desk.pending()["answers"].source or "")
        source = str(desk.pending()["name"])
        desk.put(workspace.with_upload(source, joined, shown.signature(upload), chosen))
        _discard()


# -- beside the upload ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _sample(plan: Plan) -> Actuals:
    return sample_actuals(plan)


def _load_sample() -> None:
    try:
        desk.use_actuals(_sample(desk.plan()), "Loaded sample data")
    except PlannerError as error:
        desk.say(str(error))


def _download(label: str, content: Any, name: str, key: str) -> None:
    st.download_button(label, content, name, "text/csv", key=key, on_click="ignore")


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
