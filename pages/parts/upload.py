"""An upload from bytes to actuals: preview, refusals by line and column, columns mended by hand."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from pages.shell import desk, present
from planner import words
from planner.actuals.actuals import Actuals
from planner.actuals.mapping import Mapping
from planner.actuals.matching import names_of
from planner.actuals.reading import Reading, understand
from planner.actuals.sample import sample_actuals
from planner.actuals.writing import template, to_csv
from planner.errors import PlannerError
from planner.plan import Plan
from planner.show import upload as tables

understood = lru_cache(maxsize=8)(understand)  # a rerun must not read a million rows again


def sentence(actuals: Actuals | None) -> str:
    """What is known so far."""
    if actuals is None:
        return "No actuals yet. Upload what your tools export, or load sample data to look around."
    when = words.day(desk.plan(), actuals.as_of)
    return f"Actuals known up to {when}, from {words.counted(desk.plan(), len(actuals.sources()), 'source')}."


def _door() -> str:
    """The key of the field for a file: a new one after each file, so that the same file can be sent again."""
    return f"actuals_file{st.session_state.get('files_done') or ''}"


def _done() -> None:
    desk.pend()
    st.session_state["files_done"] = st.session_state.get("files_done", 0) + 1


def _sent() -> None:
    upload = st.session_state[_door()]
    if upload is not None:
        desk.pend()
        desk.pend(name=upload.name, data=upload.getvalue())


def upload() -> None:
    """The door for a file."""
    st.file_uploader(
        "CSV file", key=_door(), on_change=_sent, disabled=desk.read_only(), label_visibility="collapsed",
        type=["csv", "tsv", "txt"],
    )  # fmt: skip


def _reading() -> Reading:
    sent = desk.pending()
    return understood(
        sent["data"],
        desk.plan(),
        mapping=sent.get("mapping") or _remembered(sent),
        source=sent["name"],
        as_of=sent.get("as_of"),
    )


def _remembered(sent: dict[str, Any]) -> Mapping | None:
    """The mapping that was used last for a file with these headers."""
    first = understood(sent["data"], desk.plan(), source=sent["name"])
    kept = dict(desk.workspace().mappings).get(tables.signature(first))
    return tables.mapping_of(kept) if kept else None


def preview() -> None:
    """What was understood and what was refused, before anything is used."""
    made, plan, sent = _reading(), desk.plan(), desk.pending()
    present.title(sent["name"], tables.understood(made, plan))
    if made.question:
        st.warning(made.question)
    columns(made)
    if made.actuals is not None:
        landed = tables.figures(made.actuals, plan)
        present.table(landed) if landed.rows else present.quiet(landed.caption)
    for note in made.notes:
        present.quiet(note)
    if made.refused:
        present.table(tables.refused(made))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            "Use these actuals",
            key="use_actuals",
            type="primary",
            on_click=_use,
            disabled=made.actuals is None or desk.read_only(),
            help="Days that this file repeats replace what was there; nothing is added twice.",
        )
        st.button("Drop the file", key="drop_actuals", on_click=_done)


def _use() -> None:
    made, work = _reading(), desk.workspace()
    if made.actuals is not None:
        joined = made.actuals if work.actuals is None else work.actuals.joined(made.actuals)
        desk.put(work.with_mapping(tables.signature(made), tables.mapping_text(made.mapping)))
        desk.use_actuals(joined)
        _done()


def _mapping(made: Reading) -> Mapping:
    """As understood, with each column as it was chosen: one that is of no use before another is mended stays chosen."""
    chosen = desk.pending().get("mapping")
    return tables.remapped(made.mapping, columns=chosen.columns) if chosen else made.mapping


def _mended(header: str, key: str, made: Reading) -> None:
    mapping = _mapping(made)
    columns = tuple((h, st.session_state[key] if h == header else m) for h, m in mapping.columns)
    desk.pend(mapping=tables.remapped(mapping, columns=columns))


def _said(field: str, key: str, made: Reading) -> None:
    desk.pend(mapping=tables.remapped(_mapping(made), **{field: st.session_state[key]}))


def columns(made: Reading) -> None:
    """What each column is taken for; another choice is read again at once."""
    options = names_of(desk.plan()).meanings()
    with st.expander("Columns: what each is taken for", expanded=made.actuals is None or bool(made.question)):
        cells = st.columns(3)
        for i, (header, meaning) in enumerate(_mapping(made).columns):
            key = f"column:{header}"
            desk.show(key, meaning)
            known = options if meaning in options else {**options, meaning: meaning}
            cells[i % 3].selectbox(
                header, list(known), format_func=known.get, key=key, on_change=_mended, args=(header, key, made)
            )
        orders = {"": "no such dates", "day": "day first: 8/6 is 8 June", "month": "month first: 8/6 is 6 August"}
        signs = {"": "none", ".": "point: 1,234.5", ",": "comma: 1.234,5"}
        desk.show("column_order", made.mapping.order)
        cells[0].selectbox(
            "Dates",
            list(orders),
            format_func=orders.get,
            key="column_order",
            on_change=_said,
            args=("order", "column_order", made),
        )
        desk.show("column_sign", made.mapping.decimal)
        cells[1].selectbox(
            "Decimal sign",
            list(signs),
            format_func=signs.get,
            key="column_sign",
            on_change=_said,
            args=("decimal", "column_sign", made),
        )
        desk.show("column_period", made.mapping.period)
        cells[2].text_input(
            "Month, where no column says",
            key="column_period",
            placeholder="2027-01",
            on_change=_said,
            args=("period", "column_period", made),
        )


@lru_cache(maxsize=8)
def _sample(plan: Plan) -> Actuals:
    return sample_actuals(plan)


def _load_sample() -> None:
    try:
        desk.use_actuals(_sample(desk.plan()))
    except PlannerError as error:
        desk.say(str(error))


def help_yourself() -> None:
    """Sample data and templates."""
    plan = desk.plan()
    with st.container(horizontal=True):
        st.button(
            "Load sample data",
            key="load_sample",
            on_click=_load_sample,
            disabled=desk.read_only() or desk.workspace().actuals is not None,
            help="Only while there are no actuals on the desk, so that it never takes the place of yours.",
        )
        st.download_button(
            "Sample data as CSV",
            lambda: to_csv(_sample(plan), plan),
            "sample-actuals.csv",
            "text/csv",
            key="save_sample",
            on_click="ignore",
        )
    present.quiet("Sample data is made from your plan with a seed and known deviations. It is no real campaign.")
    with st.container(horizontal=True):
        st.download_button(
            "Template, a row a figure",
            lambda: template(plan, "long"),
            "actuals-long.csv",
            "text/csv",
            key="long",
            on_click="ignore",
        )
        st.download_button(
            "Template, a column a stage",
            lambda: template(plan, "wide"),
            "actuals-wide.csv",
            "text/csv",
            key="wide",
            on_click="ignore",
        )


def sources(actuals: Actuals) -> None:
    """What is on the desk, by source; each can be taken off."""
    for name in actuals.sources():
        with st.container(horizontal=True, vertical_alignment="center"):
            present.quiet(name)
            st.button(
                "Remove",
                key=f"source:{name}",
                on_click=_without,
                args=(name,),
                disabled=desk.read_only(),
            )
    plan = desk.plan()
    st.download_button(
        "All actuals as CSV",
        lambda: to_csv(actuals, plan),
        "actuals.csv",
        "text/csv",
        key="save_actuals",
        on_click="ignore",
    )


def _without(name: str) -> None:
    work = desk.workspace()
    left = work.actuals.without(name) if work.actuals else None
    desk.use_actuals(left if left and left.facts else None)


def before() -> None:
    """One step back for actuals, which plans' undo does not hold."""
    if desk.has_before():
        tip = "What stood here before the last upload, sample or removal."
        off = desk.read_only()
        st.button("Bring back the actuals before", key="bring_back", on_click=desk.bring_back, disabled=off, help=tip)
