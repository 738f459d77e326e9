"""Money and team: costs, hires and the plan's heading, each as its own table or field."""

from __future__ import annotations

import math

import streamlit as st

from pages.parts.drawers import drawers, figures, locked
from pages.shell import desk, present
from pages.widgets import inputs
from planner import words
from planner.calendar import countries
from planner.engine import Forecast
from planner.measure.alerts import broken
from planner.measure.metrics import read
from planner.plan import edit
from planner.show import grids
from planner.show.forecast import charts as drawn

LOCALES = {
    "en": "1,234.5", "de": "1.234,5 (German)", "nb": "1 234,5 (Norwegian)", "fr": "1 234,5 (French)",
    "de_CH": "1’234.5 (Swiss)",
    "sv": "1 234,5 (Swedish)", "es": "1.234,5 (Spanish)", "en_GB": "1,234.5 (British)",
}  # fmt: skip
CURRENCIES = ("EUR", "USD", "GBP", "NOK", "SEK", "DKK", "CHF", "PLN", "CAD", "AUD", "JPY")


def hours_note(made: Forecast) -> str:
    """How much of the team the plan needs."""
    if not math.isfinite(read(made, "utilisation")):
        return f"{words.write(made.plan, read(made, 'hours'), 'hours')} are needed, nobody is there"
    return f"{words.write(made.plan, read(made, 'utilisation'), 'percent')} of its hours are needed"


def deal() -> None:
    """What a won deal is worth."""
    currency = desk.plan().currency
    rows = [
        inputs.rung("deal.value", "Deal value", f"{currency}, revenue of one won deal"),
        inputs.rung("deal.gross_margin", "Gross margin", "share of revenue"),
        inputs.rung("deal.purchases_per_year", "Purchases", "a year and customer"),
        inputs.rung("deal.lifetime_years", "Customer lifetime", "years"),
    ]
    inputs.ladder("deal", rows)


def team() -> None:
    """Who is there from the start."""
    currency = desk.plan().currency
    rows = [
        inputs.rung("team.reps", "Reps", "there from the start"),
        inputs.rung("team.cost_per_month", "Cost of a rep", f"{currency} a month, fully loaded"),
        inputs.rung("team.hours_per_day", "Productive hours", "a rep and working day"),
    ]
    inputs.ladder("team", rows)


def hires() -> None:
    """Hires by month, with their ramp."""

    def fill() -> None:
        inputs.ladder("ramp", [inputs.rung("team.ramp_months", "Ramp", "months until a hire is fully productive")])
        columns = {"Month": locked(), "Reps who join": figures()}
        inputs.grid("hires", grids.hires(desk.plan()), grids.with_hires, column_config=columns)
        st.caption("Reps who join at the start of a month; a negative number leaves at once.")

    drawers("hires", hires=fill)


def costs() -> None:
    """Costs and minutes in two grids; new rows below."""
    plan = desk.plan()
    labels = {grids.SHARED: "shared"} | {c.key: c.label for c in plan.channels}
    names = grids.per_names(plan)
    columns = {
        "Cost": st.column_config.TextColumn(width=150, required=True),
        "Amount": figures(f"Amount ({plan.currency})", width=108),
        "Per": st.column_config.SelectboxColumn(
            options=list(names), format_func=lambda key: names.get(key, key), required=True, width=125,
            help="A month, once, a share of revenue, an hour, or each arrival at a stage",
        ),
        "Channel": st.column_config.SelectboxColumn(
            options=list(labels), format_func=lambda key: labels.get(key, key), required=True, width=105,
            help="Shared: by all channels, allotted by hours",
        ),
    }  # fmt: skip
    inputs.grid("costs", grids.costs(plan), grids.with_costs, column_config=columns)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("New cost", key="cost_name", placeholder="Data provider", width=200)
        per = st.selectbox("per", list(names), format_func=lambda key: names.get(key, key), key="cost_per", width=160)
        inputs.button("Add cost", edit.add_cost, name.strip() or "New cost", 0.0, per, key="add_cost")
        chosen = st.selectbox(
            "Row",
            [c.key for c in plan.costs],
            format_func={c.key: c.label for c in plan.costs}.get,
            key="cost_row",
            width=220,
        )
        inputs.button("Remove", edit.remove_cost, chosen, key="remove_cost", disabled=not plan.costs)
    drawers("efforts", efforts=efforts)


def efforts() -> None:
    """Minutes of a rep by stage."""
    columns = {"For each": locked(), "Minutes": figures()}
    inputs.grid("efforts", grids.efforts(desk.plan()), grids.with_efforts, column_config=columns)


def heading() -> None:
    """Name, start, length, currency, number format, country and note."""
    plan = desk.plan()
    inputs.text("plan_name", "Name", plan.name, edit.with_name)
    one, two, three = st.columns(3)
    with one:
        inputs.text("plan_start", "First month (YYYY-MM)", plan.start, edit.with_start)
        inputs.choice(
            "plan_currency",
            "Currency",
            sorted({*CURRENCIES, plan.currency}),
            plan.currency,
            edit.with_currency,
            accept_new_options=True,
        )
    with two:
        inputs.choice("plan_months", "Months", list(range(1, 61)), plan.months, edit.with_length)
        known = LOCALES if plan.locale in LOCALES else {**LOCALES, plan.locale: plan.locale}
        inputs.choice(
            "plan_locale", "Numbers are written", list(known), plan.locale, edit.with_locale, format_func=known.get
        )
    with three:
        inputs.choice("plan_country", "Working days of", list(countries()), plan.country, edit.with_country)
        inputs.number(
            "correlation",
            "Rates move together (0–1)",
            tip="One common factor behind all response rates: 0 none, 1 all move as one.",
        )
    inputs.text("plan_note", "Note", plan.note, edit.with_note, tip="Travels with every link and file.")


def charts(made: Forecast) -> None:
    """Hours and cash."""
    present.breaches(b for b in broken(made) if b.key == "hours" or b.key.startswith("pace."))
    present.chart(drawn.hours(made), "hours")
    present.chart(drawn.cash(made, desk.forecast(desk.baseline())), "cash")
