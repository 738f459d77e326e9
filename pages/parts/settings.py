"""The plan's own settings: name, start, length, currency, how numbers are written, working days and note."""

from __future__ import annotations

import streamlit as st

from pages.parts import beginning, currency
from pages.shell import desk
from pages.widgets import inputs
from pages.widgets.texts import locales
from planner import words
from planner.calendar import countries, month_text
from planner.keep.workspace import Workspace
from planner.plan import edit


def settings() -> None:
    """Every setting of the plan, each a step that can be undone."""
    plan = desk.plan()
    inputs.text("plan_name", "Name", plan.name, edit.with_name)
    tip = "As you write it: Mar 2027, 3/2027 or 2027-03"
    inputs.text("plan_start", "First month", month_text(plan.start), edit.with_start, tip=tip)
    inputs.choice("plan_months", "Months", list(range(1, 61)), plan.months, edit.with_months)
    currency.chooser(plan)
    ways = locales(plan.locale)
    inputs.choice(
        "plan_locale", "Numbers are written", list(ways), plan.locale, edit.with_locale, format_func=ways.__getitem__
    )
    inputs.choice(
        "plan_country",
        "Working days of",
        sorted(countries(), key=words.country_name),
        plan.country,
        edit.with_country,
        format_func=words.country_name,
    )
    inputs.text("plan_note", "Note", plan.note, edit.with_note, tip="Travels with every link and file.")


def menu() -> None:
    """What can be done with the plan, behind a button at its name; made only while open."""
    popover = st.popover("Plan", key="plan_menu", on_change="rerun", type="tertiary", help="New, duplicate, settings")
    if popover.open:
        with popover:
            beginning.opener(width="stretch")
            off = desk.read_only()
            st.button(
                "Duplicate", key="plan_twice", on_click=_duplicate, disabled=off, icon=":material/content_copy:",
                width="stretch", help="Works on with a copy; the plan itself becomes a scenario.",
            )  # fmt: skip
            st.page_link("share/library.py", label="Save or open in the library", icon=":material/folder_open:")
            st.page_link("share/files.py", label="Open or download a file", icon=":material/description:")
            settings()


def _duplicate() -> None:
    desk.rework(Workspace.twice)
