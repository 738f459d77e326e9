"""The track record of landings on a page: those kept against what came, and what earlier ones would have said."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from pages.parts.bridge import choice
from pages.shell import desk, present, session
from pages.widgets.texts import plain
from planner import words
from planner.actuals.actuals import Actuals
from planner.ask.evidence.land import LANDED, Landing
from planner.ask.evidence.record import hindsights, keeping
from planner.ask.evidence.record import record as judged
from planner.keep.landings import KeptLanding
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.show import record as shown


def record(lands: Landing, actuals: Actuals) -> None:
    """Shows each kept landing against what came since, with buttons to keep today's and remove one, and a look back."""
    plan, kept = lands.plan, desk.workspace().landings
    present.title("Track record", "landings kept, against what came")
    metric = choice("record_metric", LANDED, {key: METRICS[key].label for key in LANDED}) if kept else LANDED[0]
    rows = judged(plan, actuals, kept, metric)
    st.markdown(plain(shown.kept_sentence(plan, len(kept), rows, metric)))
    if rows:
        present.table(shown.table(plan, rows, metric), "track-record")
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        _keep(keeping(lands))
        _remove(kept)
    _look_back(plan, actuals)


def _keep(landing: KeptLanding | None) -> None:
    """The button that keeps today's landing; why not, where there is nothing to keep or it is kept already."""
    there = landing in desk.workspace().landings
    hint = "Figures and ranges as of the last reported day. Undo takes it back."
    if landing is None:
        hint = "Before the plan begins and after it has ended there is no landing to keep."
    st.button(
        "Keep this landing", key="keep_landing", on_click=_kept, args=(landing,),
        disabled=landing is None or there or desk.read_only(),
        help="This landing is kept already." if there else hint,
    )  # fmt: skip


def _kept(landing: KeptLanding) -> None:
    desk.rework(lambda work: work.with_landing(landing))


def _remove(kept: tuple[KeptLanding, ...]) -> None:
    if not kept or desk.read_only():
        return
    days = [landing.as_of for landing in reversed(kept)]
    chosen = st.selectbox(
        "Kept landing", days, format_func=words.day, key="kept_landing", width=220, label_visibility="collapsed",
    )  # fmt: skip
    st.button("Remove this landing", key="remove_landing", on_click=_removed, args=(chosen,))


def _removed(day: dt.date) -> None:
    desk.rework(lambda work: work.without_landing(day))


def _look_back(plan: Plan, actuals: Actuals) -> None:
    """How well landings would have held, asked for: it takes one landing a month."""
    with present.folded("Would earlier landings have held?", "record") as panel:
        if panel.open:
            with st.spinner("Looking back …"):
                rows = session.current().results.of(hindsights, plan, actuals)
            st.markdown(plain(shown.sentence(plan, rows)))
            if rows:
                present.table(shown.table(plan, rows), "earlier-landings")
