"""What is folded away on the channels page: opened only when asked for, so that a move costs nothing for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.parts import ladder
from pages.shell import desk, present
from pages.widgets import inputs
from planner import words
from planner.engine import Forecast
from planner.measure.glossary import define
from planner.plan import Channel, Plan, Stage, edit, main_path
from planner.plan.edit import with_coverage, with_deal, with_pace, with_rates_by_month, with_senders
from planner.plan.levers import lever
from planner.plan.naming import unit_of
from planner.plan.starter import TEMPLATES, add_channel
from planner.show import grids

NAMES = {
    "sides": "Side outcomes", "months": "Month by month", "delays": "Delays", "list": "List and pace",
    "costs": "Costs and time", "deal": "Deal", "itself": "This channel", "add": "Add a channel",
}  # fmt: skip
LIST_SIZE = 10_000.0  # contacts of a list that is given where there was none
COVERAGE = {"in_order": "Worked through in order", "random": "Reached at random"}


def drawers(key: str, **fills: Callable[[], None]) -> None:
    """One row of names; the one that is chosen is open below. Only what is open is made: a move costs little."""
    names = [NAMES[name] for name in fills]
    chosen = st.pills(
        "More", names, key=f"drawer:{key}", label_visibility="collapsed", persist_state="session", wrap=True
    )
    for name, fill in fills.items():
        if chosen == NAMES[name]:
            fill()


def of_channel(channel: Channel, forecast: Forecast) -> None:
    """The drawers of one channel."""
    key = channel.key
    drawers(
        "channel",
        sides=lambda: ladder.sides(key, channel.stages, forecast),
        months=lambda: months(channel),
        delays=lambda: ladder.delays(key, channel.stages),
        list=lambda: contacts(channel),
        costs=lambda: costs(channel),
        deal=lambda: deal(channel),
        itself=lambda: itself(channel),
        add=add,
    )


def of_sales(plan: Plan, forecast: Forecast) -> None:
    """The drawers of what every appointment passes."""
    if not plan.channels:
        present.quiet("No channel is left. “Add a channel” brings one; Undo brings back the last.")
    drawers(
        "sales",
        sides=lambda: ladder.sides(ladder.SALES, plan.sales, forecast),
        months=lambda: rates_by_month(ladder.SALES, main_stages(plan.sales)),
        delays=lambda: ladder.delays(ladder.SALES, plan.sales),
        add=add,
    )


# -- month by month ---------------------------------------------------------------------------------------------------


def main_stages(stages: tuple[Stage, ...]) -> dict[str, Stage]:
    """The main stages with a rate, by key."""
    return {stage.key: stage for stage in stages if stage.main}


def months(channel: Channel) -> None:
    """Volumes or a rate by month, in a grid that takes a paste from a spreadsheet."""
    stages = main_stages(channel.stages)
    titles = {key: lever(desk.plan(), f"{channel.key}.{key}.rate").title for key in stages}
    chosen = inputs.options("By month", {"": "Volume"} | titles, f"by_month:{channel.key}", width=260)
    if chosen:
        _rate_months(channel.key, stages[chosen])
    else:
        _volume_months(channel)


def rates_by_month(prefix: str, stages: dict[str, Stage]) -> None:
    """A sales rate by month."""
    if stages:
        titles = {key: lever(desk.plan(), f"{prefix}.{key}.rate").title for key in stages}
        chosen = inputs.options("By month", titles, f"by_month:{prefix}", width=260)
        _rate_months(prefix, stages[chosen])


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


def locked() -> Any:
    """A column of a grid that names its rows."""
    return st.column_config.TextColumn(disabled=True)


def figures(label: str | None = None, **more: Any) -> Any:
    """A column of a grid that holds numbers, written and pasted as the plan's language writes them."""
    return st.column_config.TextColumn(label, alignment="right", required=True, **more)


# -- list, pace, costs, deal ------------------------------------------------------------------------------------------


def contacts(channel: Channel) -> None:
    """The list or audience of a channel, how it is worked, and how fast."""
    key, audience = channel.key, channel.audience
    rows = [inputs.rung(f"{key}.touches_per_contact", "Touches per contact", plain=True)]
    if audience is not None:
        rows.insert(0, inputs.rung(f"{key}.audience", "Contacts on the list", plain=True, tip=define("audience")))
        rows.insert(1, inputs.rung(f"{key}.fresh", "New contacts per month", "join the list", plain=True))
    if channel.pace is not None:
        per = f"a week per {channel.pace_per}"
        rows.append(
            inputs.rung(f"{key}.pace", "Maximum pace", f"{unit_of(channel)} {per}", plain=True, tip=define("pace"))
        )
    if channel.senders is not None:
        rows.append(inputs.rung(f"{key}.senders", "Senders", "mailboxes or numbers", plain=True))
    inputs.ladder(f"{key}:list", rows)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if audience is None:
            inputs.button("Limit the list", edit.with_audience, key, LIST_SIZE, key=f"limit:{key}")
        else:
            way = COVERAGE[channel.coverage]
            inputs.choice(
                f"coverage:{key}", "How contacts are reached", list(COVERAGE), channel.coverage,
                with_coverage, key, format_func=COVERAGE.__getitem__, width=260,
                tip=f"{way}. In order: until the list is used up. At random: repeats cost reach from the start.",
            )  # fmt: skip
            inputs.button("No limit", edit.with_audience, key, None, key=f"unlimit:{key}")
        if channel.pace is None:
            pace = round(12 * channel.volume / 52) or 1.0
            inputs.button("Set a maximum pace", with_pace, key, float(pace), key=f"pace:{key}")
        else:
            inputs.button("No maximum pace", with_pace, key, None, key=f"no_pace:{key}")
            if channel.pace_per == "sender" and channel.senders is None:
                inputs.button("Set the number of senders", with_senders, key, 1.0, key=f"senders:{key}")


def costs(channel: Channel) -> None:
    """Unit costs, minutes, and what other channels carry over to this one."""
    plan, key = desk.plan(), channel.key
    paths = [f"costs.{c.key}.amount" for c in plan.costs if c.channel == key or c.per.startswith(f"{key}.")]
    paths += [f"efforts.{effort.stage}.minutes" for effort in plan.efforts if effort.stage.startswith(f"{key}.")]
    paths += [f"feeds.{feed.key}.share" for feed in plan.feeds if feed.channel == key]
    for assist in plan.assists:
        if assist.source == key or assist.stage.startswith(f"{key}."):
            paths.append(f"assists.{assist.key}.lift")
    if not paths:
        present.quiet("No costs or minutes yet. Add them under “Money and team”.")
        return
    units = {path: lever(plan, path).kind for path in paths}
    rows = [
        inputs.rung(path, under=plan.currency if units[path].written == "money" else units[path].unit, plain=True)
        for path in paths
    ]
    inputs.ladder(f"{key}:costs", rows)


def deal(channel: Channel) -> None:
    """What a deal won in this channel is worth, where that differs from the plan's."""
    plan, key = desk.plan(), channel.key
    if channel.deal is None:
        present.quiet(f"Deals from {words.in_text(channel.label)} are worth what all deals are worth.")
        inputs.button("Give this channel its own deal", with_deal, key, plan.deal, key=f"deal:{key}")
        return
    rows = [
        inputs.rung(f"{key}.deal.value", "Deal value", f"{plan.currency} per deal", plain=True),
        inputs.rung(f"{key}.deal.gross_margin", "Gross margin", "of revenue", plain=True),
        inputs.rung(f"{key}.deal.purchases_per_year", "Purchases", "per customer per year", plain=True),
        inputs.rung(f"{key}.deal.lifetime_years", "Customer lifetime", "years", plain=True),
    ]
    inputs.ladder(f"{key}:deal", rows)
    inputs.button("Use the plan’s deal", with_deal, key, None, key=f"no_deal:{key}")


# -- the channel itself -----------------------------------------------------------------------------------------------


def itself(channel: Channel) -> None:
    """Rename, switch off, duplicate, move, remove; stages of a custom channel."""
    key = channel.key
    inputs.text(f"label:{key}", "Name", channel.label, edit.rename_channel, key)
    with st.container(horizontal=True):
        label = "Switch off" if channel.active else "Switch on"
        inputs.button(label, edit.switch, key, not channel.active, key=f"switch:{key}")
        off = desk.read_only()
        st.button("Duplicate", key=f"copy:{key}", on_click=_chosen, args=(edit.duplicate_channel, key), disabled=off)
        inputs.button("Move left", edit.move_channel, key, -1, key=f"up:{key}")
        inputs.button("Move right", edit.move_channel, key, 1, key=f"down:{key}")
        inputs.button("Remove channel", edit.remove_channel, key, key=f"remove:{key}", tip="Undo brings it back.")
    if channel.kind not in {template.kind for template in TEMPLATES}:
        own_stages(channel)


def own_stages(channel: Channel) -> None:
    """The stages of a custom channel: rename, add on the way or beside it, remove."""
    names = {stage.key: words.in_text(stage.label) for stage in channel.stages}
    for stage in channel.stages:
        path = f"{channel.key}.{stage.key}"
        with st.container(horizontal=True, vertical_alignment="bottom"):
            label = f"Stage after {names[stage.of]}" if stage.of else "First stage"
            inputs.text(
                f"stage:{path}", inputs.plain(label), stage.label, edit.rename_stage, channel.key, stage.key, width=260
            )
            if stage.of:
                inputs.button("Remove stage", edit.remove_stage, channel.key, stage.key, key=f"unstage:{path}")
    ways = {True: "On the way to the appointment", False: "A side outcome"}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        main = inputs.options("New stage", ways, f"way:{channel.key}", width=260)
        last = main_path(channel.stages)[-1]
        parents = {s.key: names[s.key] for s in channel.stages if not main or ((s.main or not s.of) and s is not last)}
        after = inputs.options("After", parents, f"after:{channel.key}", width=170)
        field = f"called:{channel.key}"
        name = st.text_input("Name", key=field, width=200, placeholder="Demo booked")
        off = desk.read_only() or not name.strip()
        arguments = (channel.key, field, after, main)
        st.button("Add stage", key=f"addstage:{channel.key}", on_click=_stage_added, args=arguments, disabled=off)


def _stage_added(channel: str, field: str, after: str, main: bool) -> None:
    desk.act(_with_stage, channel, st.session_state[field].strip(), after, main)
    desk.show(field, "")


def _with_stage(plan: Plan, channel: str, label: str, of: str, main: bool) -> Plan:
    return edit.add_stage(plan, channel, label, of, main=main)


def add() -> None:
    """A new channel of any kind."""
    kinds = {template.kind: template.label for template in TEMPLATES} | {"custom": "A channel with your own stages"}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = inputs.options("Kind of channel", kinds, "add_kind", width=230)
        name = st.text_input("Name", key="add_name", placeholder=kinds[kind], width=230)
        off = desk.read_only()
        st.button("Add channel", key="add_channel", on_click=_chosen, args=(_added, kind, name), disabled=off)


def _chosen(change: Callable[..., Plan], *args: Any) -> None:
    """A change that brings a channel, which is then the one on screen."""
    before = {channel.key for channel in desk.plan().channels}
    desk.act(change, *args)
    for channel in desk.plan().channels:
        if channel.key not in before:
            desk.show("chosen", channel.key)
            desk.show("add_name", "")


def _added(plan: Plan, kind: str, name: str) -> Plan:
    return add_channel(plan, kind, name.strip() or None)


def sentence(forecast: Forecast, channel: Channel) -> None:
    """What a channel brings, in words."""
    plan = forecast.plan
    if not channel.active:
        present.quiet(f"{channel.label} is switched off: kept in the plan, not counted.")
        return
    booked = words.counted(plan, forecast.count("appointment", "plan", channel.key), "appointment")
    won = words.counted(plan, forecast.count("won", "all", channel.key), "deal")
    helping = {feed.source.partition(".")[0] for feed in plan.feeds} | {assist.source for assist in plan.assists}
    if any(stage.key == "appointment" for stage in channel.stages):
        present.quiet(f"{channel.label} brings {booked} in the plan and {won} in the end.")
    elif channel.key in helping:
        present.quiet(f"{channel.label} books nothing itself: it feeds and helps other channels.")
    else:
        present.quiet(f"{channel.label} books nothing: it has no stage “Appointment” and feeds no other channel.")
