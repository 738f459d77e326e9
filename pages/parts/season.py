"""Holidays and season of the whole plan: what is assumed, a preview, and one step that writes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.shell import desk, present
from pages.widgets.columns import figures, locked
from pages.widgets.on_paper import on_paper
from planner.errors import PlanError
from planner.measure.glossary import define
from planner.plan import Plan
from planner.plan.edit import seasonal
from planner.plan.edit.season import is_shaped
from planner.plan.seasons import SeasonRow, rows_for
from planner.show import season
from planner.show.errors import said
from planner.show.forecast import charts

NAME = "Holidays and season"
WAYS = {False: "Replace them", True: "Multiply with them"}


def panel() -> None:
    """What the season of the plan's country makes of all channels, before it is applied."""
    plan = desk.plan()
    present.quiet(f"For every channel, in the country of the plan ({plan.country}). {season.WEAK}")
    rows = _assumptions(plan)
    tip = f"{define('holidays and season')} At 50% each takes half of its effect, at 0% nothing changes."
    strength = st.slider("Strength", 0, 150, 100, 10, format="%d%%", key="season_strength", help=tip) / 100
    multiply = is_shaped(plan) and st.segmented_control(
        "The plan has volumes or rates by month already", list(WAYS), format_func=WAYS.__getitem__, key="season_way",
        required=True, default=False,
    )  # fmt: skip
    after = seasonal(plan, strength, rows=rows, multiply=bool(multiply))
    st.button(
        "Apply holidays and season", key="season_apply", on_click=desk.act, args=(_applied, strength, rows, multiply),
        kwargs={"name": "Applied holidays and season"}, type="primary", disabled=desk.read_only() or after == plan,
    )  # fmt: skip
    present.answer(season.sentence(desk.forecast(plan), desk.forecast(after)))
    present.chart(charts.deal_months(desk.forecast(after), desk.forecast(plan), "The plan as it is"), "season")
    present.table(season.months(plan, strength, rows), "season")


def _applied(plan: Plan, strength: float, rows: Sequence[SeasonRow], multiply: bool) -> Plan:
    return seasonal(plan, strength, rows=rows, multiply=multiply)


def _assumptions(plan: Plan) -> tuple[SeasonRow, ...]:
    """The table of weeks with its strengths to be typed over; what is no number is said and not taken."""
    columns: dict[str, Any] = {
        "Source": st.column_config.LinkColumn(disabled=True, display_text="open", width="small"),
        season.STRENGTH: figures(width=95),
        "Plausible": locked(width=75),
        "Time of year": locked(width=140),
        "Moves": locked(width=115),
        "Evidence": locked(),
    }
    typed = st.data_editor(
        season.assumptions(plan), key=f"season_rows:{plan.country}:{plan.locale}", hide_index=True, num_rows="fixed",
        column_config=columns, disabled=desk.read_only(), height=280,
    )  # fmt: skip
    present.meanings(columns)
    on_paper(typed, columns)
    try:
        return season.as_typed(plan, typed)
    except PlanError as error:
        st.error(said(error, plan))
        return rows_for(plan.country)
