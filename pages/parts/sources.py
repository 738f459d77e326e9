"""Beside the upload: sample data, templates, and the sources in use, with the choice between those that overlap."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from pages.shell import desk, present
from pages.widgets.texts import plain
from planner.actuals.actuals import Actuals, Choice
from planner.actuals.counting import Overlap
from planner.actuals.sample import sample_actuals
from planner.actuals.writing import actuals_template, to_csv
from planner.errors import PlannerError
from planner.plan import Plan
from planner.show import upload as shown

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ALL_SOURCES = "All of them, added up"


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
    with present.folded("Templates and sample data", "examples") as panel:
        if panel.open:
            examples()


def in_use(actuals: Actuals) -> None:
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
