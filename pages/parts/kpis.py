"""KPIs on a page: search, favourites, groups, and one table per group."""

from __future__ import annotations

import streamlit as st

from pages.shell import desk, present
from planner.actuals.actuals import Actuals
from planner.engine import Forecast
from planner.measure.glossary import explained
from planner.measure.kpi_table import KPI, KPIS
from planner.measure.kpis import groups as groups_of_kpis
from planner.show import kpis as shown

GROUPS = groups_of_kpis()
FAVOURITES = "favourites"  # the first group, where there are any


def tools() -> tuple[str, bool]:
    """What is searched for, and whether to show other formulas; beside them the choice of favourites."""
    with st.container(horizontal=True, vertical_alignment="center"):
        searched = st.text_input(
            "Search", key="kpi_search", placeholder=f"Search {len(KPIS)} KPIs: reply rate, CAC, call …", width=340,
            label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
        with st.popover("Favourites", icon=":material/star:", key="kpi_stars"):
            _choice()
        conflicts = st.toggle(
            "Show where sources disagree", False, key="kpi_conflicts", persist_state="session",
            help="Sources give the same name other formulas: what each would say of your own numbers.",
        )  # fmt: skip
    return searched, conflicts


def _starred() -> tuple[str, ...]:
    """The favourites, as far as there are such KPIs."""
    return tuple(key for key in desk.workspace().favourites if key in KPIS)


def _choice() -> None:
    desk.show("kpi_favourites", list(_starred()))
    st.multiselect(
        "KPIs to list first", list(KPIS), key="kpi_favourites", on_change=_star, format_func=_name,
        help=explained("KPIs to list first"), disabled=desk.read_only(), width=420, placeholder="Choose KPIs",
    )  # fmt: skip
    present.quiet("They come first on this page and stay with your plan.")


def _name(key: str) -> str:
    return f"{KPIS[key].label} ({GROUPS[KPIS[key].group]})"


def _star() -> None:
    desk.rework(lambda work: work.with_favourites(st.session_state["kpi_favourites"]))


def chosen(searched: str) -> dict[str, list[KPI]]:
    """KPIs by group: those a search finds, favourites first, or those of the group that is chosen."""
    starred = [KPIS[key] for key in _starred()]
    if searched:
        hits = shown.matching(searched)
        present.quiet(f"{len(hits)} of {len(KPIS)} KPIs found." if hits else "No KPI is called that; try another word.")
        first = [row for row in starred if row in hits]
        rest = {group: [row for row in hits if row.group == group and row not in first] for group in GROUPS}
        return {FAVOURITES: first, **rest}
    groups = [*([FAVOURITES] if starred else []), *(group for group in GROUPS if shown.openings(group))]
    if st.session_state.get("kpi_group") not in groups:
        desk.show("kpi_group", FAVOURITES if starred else max(groups, key=lambda group: len(shown.openings(group))))
    st.segmented_control(
        "Group", groups, format_func=_group, key="kpi_group", required=True, label_visibility="collapsed",
        persist_state="session",
    )  # fmt: skip
    group = str(st.session_state["kpi_group"])
    return {group: starred if group == FAVOURITES else list(shown.openings(group))}


def _group(key: str) -> str:
    return "★ Favourites" if key == FAVOURITES else GROUPS[key]


def listed(forecast: Forecast, actuals: Actuals | None, by_group: dict[str, list[KPI]], *, conflicts: bool) -> None:
    """Shows one table for each group that has KPIs to list."""
    for group, rows in by_group.items():
        if not rows:
            continue
        others = shown.disagreements(rows)
        present.title(_group(group), f"{others} other formulas by source" if others and not conflicts else "")
        table = shown.kpi_list(forecast, actuals, rows, readings=conflicts, starred=_starred(), tail=desk.tail())
        with st.container(key=f"kpis-{group}"):
            present.table(table, f"kpis-{group}")
