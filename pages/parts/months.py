"""Month by month: volumes and rates in grids that take a paste from a spreadsheet, and holidays and season."""

from __future__ import annotations

import streamlit as st

from pages.parts import ladder, season
from pages.shell import desk, present
from pages.widgets import inputs
from pages.widgets.columns import figures, locked
from planner.plan import Channel, Plan, Stage, edit
from planner.plan.edit import with_rates_by_month
from planner.plan.levers import lever
from planner.plan.naming import unit_of
from planner.show import grids


def main_stages(stages: tuple[Stage, ...]) -> dict[str, Stage]:
    """The main stages with a rate, by key."""
    return {stage.key: stage for stage in stages if stage.main}


def of_channel(channel: Channel) -> None:
    """Volumes or a rate by month; holidays and season of the whole plan beside them."""
    by_month, seasons = present.tabs(["By month", season.NAME], "months_tabs")
    if by_month.open:
        with by_month:
            stages = main_stages(channel.stages)
            titles = {key: lever(desk.plan(), f"{channel.key}.{key}.rate").title for key in stages}
            chosen = inputs.options("By month", {"": "Volume"} | titles, f"by_month:{channel.key}", width=260)
            if chosen:
                _rate_months(channel.key, stages[chosen])
            else:
                _volume_months(channel)
    if seasons.open:
        with seasons:
            season.panel()


def of_sales(plan: Plan) -> None:
    """A sales rate by month."""
    stages = main_stages(plan.sales)
    if stages:
        titles = {key: lever(plan, f"{ladder.SALES}.{key}.rate").title for key in stages}
        chosen = inputs.options("By month", titles, f"by_month:{ladder.SALES}", width=260)
        _rate_months(ladder.SALES, stages[chosen])


def _volume_months(channel: Channel) -> None:
    plan, key = desk.plan(), channel.key
    inputs.grid(
        f"months:{key}", grids.volumes(plan, channel), lambda p, rows: grids.with_volumes(p, key, rows),
        column_config={"Month": locked(), "Touches": figures(unit_of(channel).capitalize())},
    )  # fmt: skip
    st.caption("Type or paste volumes. They are kept as multiples of the target volume.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ramp = st.number_input(
            "Ramp up over (months)", 1, plan.months, min(3, plan.months), key=f"ramp:{key}", width=190
        )
        inputs.button("Ramp up volume", edit.ramped, key, int(ramp), key=f"ramped:{key}")
        even = not channel.profile
        inputs.button("Same every month", edit.set_profile, key, (), key=f"even:{key}", disabled=even)


def _rate_months(prefix: str, stage: Stage) -> None:
    plan, key = desk.plan(), f"{prefix}.{stage.key}"
    inputs.grid(
        f"rates:{key}", grids.rates(plan, prefix, stage.key),
        lambda p, rows: grids.with_rates(p, prefix, stage.key, rows),
        column_config={"Month": locked(), "Rate (%)": figures()},
    )  # fmt: skip
    st.caption("A new script from May, a slow August: type or paste the rate of each month. The slider moves them all.")
    even = not stage.by_month
    inputs.button("Same every month", with_rates_by_month, prefix, stage.key, (), key=f"even:{key}", disabled=even)
