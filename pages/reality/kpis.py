"""Every KPI: definition, planned and actual value, and what the sources' other formulas would give."""

import streamlit as st

from pages.shell import desk, present
from planner.measure.kpis import GROUPS, KPIS
from planner.show import kpis

made, actuals = desk.forecast(desk.plan()), desk.workspace().actuals
groups = [group for group in GROUPS if kpis.openings(group)]
first = "email" if "email" in groups else groups[0]
present.answer(
    f"{len(KPIS)} KPIs, each with one formula used everywhere. Where sources give the same name another formula, "
    "what that would say of your own numbers stands below it."
)
with st.container(horizontal=True, vertical_alignment="center"):
    st.segmented_control(
        "Channel", groups, format_func=GROUPS.__getitem__, key="kpi_group", required=True, default=first,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    conflicts = st.toggle("Show where sources disagree", True, key="kpi_conflicts", persist_state="session")
chosen = st.session_state["kpi_group"] or first
present.table(kpis.kpi_list(made, actuals, chosen, readings=conflicts), f"kpis-{chosen}")
if actuals is None:
    present.quiet("No actuals yet: upload them, or load sample data, under “Actuals”.")
