"""Month by month: volumes and rates in grids that take a paste from a spreadsheet, and holidays and season."""

from __future__ import annotations

import streamlit as st

from pages.parts import ladder
from pages.parts import season as seasons
from pages.shell import desk, present
from pages.widgets import fields, inputs
from pages.widgets.columns import figures, locked
from planner.plan import Channel, Plan, Stage, edit
from planner.plan.edit import with_rates_by_month
from planner.plan.levers import lever
from planner.plan.naming import unit_of
from planner.show import grids, season

USUAL_RAMP = 3  # months


def main_stages(stages: tuple[Stage, ...]) -> dict[str, Stage]:
    """The main stages with a rate, by key."""
    return {stage.key: stage for stage in stages if stage.main}


def of_channel(channel: Channel) -> None:
    """Volumes or a rate by month; holidays and season of the whole plan beside them."""
    by_month, holidays = present.tabs(["By month", seasons.NAME], "months_tabs")
    if by_month.open:
        with by_month:
            stages = main_stages(channel.stages)
            titles = {key: lever(desk.plan(), f"{channel.key}.{key}.rate").title for key in stages}
            chosen = inputs.options("By month", {"": "Volume"} | titles, f"by_month:{channel.key}", width=260)
            if chosen:
                _rate_months(channel.key, stages[chosen])
            else:
                _volume_months(channel)
    if holidays.open:
        with holidays:
            seasons.panel()


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
    _ramp(channel)
    inputs.button("Same every month", edit.set_profile, key, (), key=f"even:{key}", disabled=not channel.profile)


def _ramp(channel: Channel) -> None:
    """A rise over the first months, shown before it is applied."""
    plan, key = desk.plan(), channel.key
    field = fields.Field("Ramp up over", "months", least=1.0, most=float(plan.months), whole=True)
    usual = min(USUAL_RAMP, plan.months)
    over = int(fields.number(f"ramp:{key}", field, hint=str(usual), width=380) or usual)
    if over > plan.months:  # typed before the plan was cut
        over = plan.months
    after = edit.ramped(plan, key, over)
    present.quiet(season.ramp_sentence(key, over, desk.forecast(plan), desk.forecast(after), tail=desk.tail()))
    inputs.button("Ramp up volume", edit.ramped, key, over, key=f"ramped:{key}", disabled=after == plan)


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
