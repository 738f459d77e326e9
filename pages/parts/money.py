"""Money and team: what a deal is worth, who does the work, what everything costs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.shell import desk, present
from pages.widgets import inputs, sliders
from pages.widgets.columns import figures, locked
from planner import words
from planner.engine import Forecast
from planner.measure.alerts import alerts
from planner.measure.metrics import read
from planner.show import grids
from planner.show.forecast import charts as drawn
from planner.show.forecast import tables


def team_need(forecast: Forecast) -> str:
    """How much of the team the plan needs."""
    if not math.isfinite(read(forecast, "utilisation")):
        return f"{words.write(forecast.plan, read(forecast, 'hours'), 'hours')} are needed, nobody is there"
    return f"{words.write(forecast.plan, read(forecast, 'utilisation'), 'percent')} of its hours are needed"


def deal() -> None:
    """What a won deal is worth."""
    currency = desk.plan().currency
    rows = [
        sliders.rung("deal.value", "Deal value", f"{currency}, revenue per deal"),
        sliders.rung("deal.gross_margin", "Gross margin", "of revenue"),
        sliders.rung("deal.purchases_per_year", "Purchases", "per customer per year"),
        sliders.rung("deal.lifetime_years", "Customer lifetime", "years"),
    ]
    sliders.ladder("deal", rows)
    own = [channel.label for channel in desk.plan().channels if channel.deal]
    if own:
        present.quiet(f"{', '.join(own)}: deals of their own, under “Deal” on the channels page.")


def team() -> None:
    """Who is there from the start, and who joins."""
    currency = desk.plan().currency
    rows = [
        sliders.rung("team.reps", "Reps", "on the team at the start"),
        sliders.rung("team.cost_per_month", "Cost per rep", f"{currency} a month, fully loaded"),
        sliders.rung("team.hours_per_day", "Productive hours", "per rep and working day"),
        sliders.rung("team.ramp_months", "Ramp-up", "months until a hire is fully productive"),
    ]
    sliders.ladder("team", rows)
    left, right = st.columns(2, gap="large")
    with left:
        present.title("Hires")
        columns = {"Month": locked(), "Reps who join": figures()}
        inputs.grid("hires", grids.hires(desk.plan()), grids.with_hires, column_config=columns)
        st.caption("Reps who join at the start of a month; a negative number leaves at once.")
    with right:
        present.title("Time per task")
        columns = {"Work": locked(), "Minutes": figures()}
        inputs.grid("efforts", grids.efforts(desk.plan()), grids.with_efforts, column_config=columns)


def costs(forecast: Forecast) -> None:
    """Costs in one table with what each comes to: type over, add below, tick a row to delete it."""
    plan, totals = desk.plan(), tables.cost_totals(forecast)
    owners = {grids.SHARED: "shared"} | {c.key: c.label for c in plan.channels}
    bases = grids.per_names(plan)
    first, last = grids.month_choices(plan), grids.month_choices(plan, last=True)
    columns = {
        "Cost": st.column_config.TextColumn(width=145, required=True),
        "Amount": figures(f"Amount ({plan.currency})", width=120),
        "Per": st.column_config.SelectboxColumn(
            options=list(bases), format_func=_named(bases), required=True, width=112,
            help="A month, once, a share of revenue, an hour of work, or each arrival at a stage",
        ),
        "Step": st.column_config.TextColumn(
            "Per started", alignment="right", width=102,
            help="Charged once for each started batch of this size in a month: a mailbox per 1,000 e-mails. "
            "Empty: in proportion.",
        ),
        "From": st.column_config.SelectboxColumn(
            options=list(first), format_func=_named(first), width=74, required=True
        ),
        "To": st.column_config.SelectboxColumn(
            options=list(last), format_func=_named(last), width=74, required=True
        ),
        "Channel": st.column_config.SelectboxColumn(
            options=list(owners), format_func=_named(owners), required=True, width=94,
            help="Whose cost it is. Shared: allotted to the channels by the hours they need",
        ),
        **{name: locked(alignment="right", width=80) for name in totals},
        grids.DELETE: st.column_config.CheckboxColumn(width=78, help="Takes the cost out; Undo brings it back"),
    }  # fmt: skip
    listed = grids.costs(plan)
    frame = listed.join(totals).assign(**{grids.DELETE: False})
    order = [*listed, totals.columns[-1], grids.DELETE, *totals.columns[:-1]]  # years last: the sentence has them, too
    inputs.row_grid("costs", frame[order], grids.with_costs, column_config=columns)
    present.quiet(tables.cost_sentence(forecast))


def _named(names: Mapping[Any, str]) -> Callable[[Any], str]:
    """What a cell shows of a choice."""
    return lambda choice: names.get(choice, str(choice))


def charts(forecast: Forecast) -> None:
    """Hours and cash."""
    present.alerts(alert for alert in alerts(forecast) if alert.what in ("hours", "calendar", "pace"))
    present.chart(drawn.hours(forecast), "hours")
    present.chart(drawn.cash(forecast, desk.forecast(desk.baseline())), "cash")
