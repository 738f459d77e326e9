"""Every KPI: definition, planned and actual value, and what the sources' other formulas would give."""

import streamlit as st

from pages.shell import desk, present
from planner.measure.kpi_table import KPIS
from planner.measure.kpis import groups
from planner.show import kpis

forecast, actuals = desk.forecast(desk.plan()), desk.workspace().actuals
labels = groups()
open_groups = [group for group in labels if kpis.openings(group)]
first = max(open_groups, key=lambda group: len(kpis.openings(group)))
present.page("Every KPI", "Each with one formula, used everywhere, as planned and as it happened.")
with st.container(horizontal=True, vertical_alignment="center"):
    searched = st.text_input(
        "Search", key="kpi_search", placeholder=f"Search {len(KPIS)} KPIs: reply rate, CAC, call …", width=340,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    conflicts = st.toggle(
        "Show where sources disagree", False, key="kpi_conflicts", persist_state="session",
        help="Sources give the same name other formulas: what each would say of your own numbers.",
    )  # fmt: skip
if searched:
    hits = kpis.matching(searched)
    present.quiet(f"{len(hits)} of {len(KPIS)} KPIs found." if hits else "No KPI is called that; try another word.")
    by_group = {group: [row for row in hits if row.group == group] for group in open_groups}
else:
    st.segmented_control(
        "Channel", open_groups, format_func=labels.__getitem__, key="kpi_group", required=True, default=first,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    chosen = st.session_state["kpi_group"] or first
    by_group = {chosen: list(kpis.openings(chosen))}
for group, rows in by_group.items():
    if rows:
        others = kpis.disagreements(rows)
        present.title(labels[group], f"{others} other formulas by source" if others and not conflicts else "")
        present.table(kpis.kpi_list(forecast, actuals, rows, readings=conflicts), f"kpis-{group}")
if actuals is None:
    present.quiet("No actuals yet: upload them, or load sample data, under “Actuals”.")
