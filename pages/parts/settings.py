"""The plan's own settings: name, start, length, currency, how numbers are written, working days and note."""

from __future__ import annotations

import streamlit as st

from pages.parts import currency
from pages.shell import desk
from pages.widgets import inputs
from planner.calendar import countries
from planner.plan import edit

LOCALES = {
    "en": "1,234.5 (English)", "en_GB": "1,234.5 (British)", "de": "1.234,5 (German)", "nb": "1 234,5 (Norwegian)",
    "fr": "1 234,5 (French)", "de_CH": "1’234.5 (Swiss)", "sv": "1 234,5 (Swedish)", "es": "1.234,5 (Spanish)",
}  # fmt: skip


def settings() -> None:
    """Every setting of the plan, each a step that can be undone."""
    plan = desk.plan()
    inputs.text("plan_name", "Name", plan.name, edit.with_name)
    inputs.text("plan_start", "First month", plan.start, edit.with_start, tip="Such as 2027-01")
    inputs.choice("plan_months", "Months", list(range(1, 61)), plan.months, edit.with_months)
    currency.chooser(plan)
    ways = LOCALES if plan.locale in LOCALES else {**LOCALES, plan.locale: plan.locale}
    inputs.choice(
        "plan_locale", "Numbers are written", list(ways), plan.locale, edit.with_locale, format_func=ways.__getitem__
    )
    inputs.choice("plan_country", "Working days of", list(countries()), plan.country, edit.with_country)
    inputs.text("plan_note", "Note", plan.note, edit.with_note, tip="Travels with every link and file.")


def menu() -> None:
    """The settings behind a button beside the plan's name, made only while open."""
    popover = st.popover("Plan settings", key="plan_menu", on_change="rerun", type="tertiary")
    if popover.open:
        with popover:
            settings()
