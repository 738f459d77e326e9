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
from planner.plan import Channel, Plan, edit, main_path
from planner.plan.starter import TEMPLATES, add_channel
from planner.show import grids

NAMES = {
    "sides": "Side outcomes", "months": "Month by month", "delays": "Delays", "costs": "Audience, costs and minutes",
    "itself": "This channel", "add": "Add a channel", "hires": "Hires and ramp", "efforts": "Minutes a rep spends",
}  # fmt: skip


def drawers(key: str, **fills: Callable[[], None]) -> None:
    """One row of names; the one that is chosen is open below. Only what is open is made: a move costs little."""
    names = [NAMES[name] for name in fills]
    chosen = st.pills(
        "More", names, key=f"drawer:{key}", label_visibility="collapsed", persist_state="session", wrap=True
    )
    for name, fill in fills.items():
        if chosen == NAMES[name]:
            fill()


def of_channel(channel: Channel, made: Forecast) -> None:
    """The drawers of one channel."""
    key = channel.key
    drawers(
        "channel",
        sides=lambda: ladder.sides(key, channel.stages, made),
        months=lambda: months(channel),
        delays=lambda: ladder.delays(key, channel.stages),
        costs=lambda: costs(channel),
        itself=lambda: itself(channel),
        add=add,
    )


def of_sales(plan: Plan, made: Forecast) -> None:
    """The drawers of what every appointment passes."""
    if not plan.channels:
        present.quiet("No channel is left: “Add a channel” brings one, Undo brings back the last.")
    drawers(
        "sales",
        sides=lambda: ladder.sides(ladder.SALES, plan.sales, made),
        delays=lambda: ladder.delays(ladder.SALES, plan.sales),
        add=add,
    )


def months(channel: Channel) -> None:
    """Volumes by month in a grid that takes a paste from a spreadsheet, with one-click helpers."""
    plan = desk.plan()
    st.caption("Type or paste touches a month. They are kept as multiples of the target volume.")
    inputs.grid(
        f"months:{channel.key}",
        grids.volumes(plan, channel),
        lambda p, rows: grids.with_volumes(p, channel.key, rows),
        column_config={"Month": locked(), "Touches": figures()},
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ramp = st.number_input(
            "Ramp up over (months)", 1, plan.months, min(3, plan.months), key=f"ramp:{channel.key}", width=190
        )
        inputs.button("Ramp up", edit.ramped, channel.key, int(ramp), key=f"ramped:{channel.key}")
        inputs.button(
            "Season",
            edit.seasonal,
            channel.key,
            key=f"season:{channel.key}",
            tip="Busier in spring and autumn, quiet in July and December.",
        )
        inputs.button(
            "Every month alike",
            edit.set_profile,
            channel.key,
            (),
            key=f"even:{channel.key}",
            disabled=not channel.profile,
        )


def locked() -> Any:
    """A column of a grid that names its rows."""
    return st.column_config.TextColumn(disabled=True)


def figures(label: str | None = None, **more: Any) -> Any:
    """A column of a grid that holds numbers, written and pasted as the plan's language writes them."""
    return st.column_config.TextColumn(label, alignment="right", required=True, **more)


def costs(channel: Channel) -> None:
    """Audience, touches a contact, unit costs and minutes of one channel."""
    plan, key = desk.plan(), channel.key
    names, labels = grids.stage_names(plan), {c.key: c.label for c in plan.channels}
    left, right = st.columns(2)
    with left:
        inputs.number(f"{key}.touches_per_contact", "Touches a contact")
    with right:
        if channel.audience is None:
            inputs.button(
                "Limit the audience",
                edit.with_audience,
                key,
                10_000.0,
                key=f"limit:{key}",
                tip="Contacts that can be reached; touches beyond them wear the reply rate.",
            )
        else:
            inputs.number(f"{key}.audience", "Audience (contacts that can be reached)")
            inputs.button("No limit", edit.with_audience, key, None, key=f"unlimit:{key}")
    for cost in plan.costs:
        if cost.channel == key or cost.per.startswith(f"{key}."):
            inputs.number(
                f"costs.{cost.key}.amount", f"{cost.label} ({plan.currency} per {names.get(cost.per, cost.per)})"
            )
    for effort in plan.efforts:
        if effort.stage.startswith(f"{key}."):
            inputs.number(f"efforts.{effort.stage}.minutes", f"Minutes, {names.get(effort.stage, effort.stage)}")
    for feed in plan.feeds:
        if feed.channel == key:
            inputs.number(
                f"feeds.{feed.key}.share", f"Share of {names.get(feed.source, feed.source)} who become touches here (%)"
            )
    for assist in plan.assists:
        if assist.source == key or assist.stage.startswith(f"{key}."):
            inputs.number(
                f"assists.{assist.key}.lift",
                f"Lift of {names.get(assist.stage, assist.stage)} by {labels[assist.source]} (%)",
            )


def itself(channel: Channel) -> None:
    """Rename, switch off, duplicate, move, remove; stages of a custom channel."""
    key = channel.key
    inputs.text(f"label:{key}", "Name", channel.label, edit.rename_channel, key)
    with st.container(horizontal=True):
        inputs.button(
            "Switch off" if channel.active else "Switch on", edit.switch, key, not channel.active, key=f"switch:{key}"
        )
        off = desk.read_only()
        st.button("Duplicate", key=f"copy:{key}", on_click=_chosen, args=(edit.duplicate_channel, key), disabled=off)
        inputs.button("Move up", edit.move_channel, key, -1, key=f"up:{key}")
        inputs.button("Move down", edit.move_channel, key, 1, key=f"down:{key}")
        inputs.button("Remove", edit.remove_channel, key, key=f"remove:{key}", tip="Undo brings it back.")
    if channel.kind not in {template.kind for template in TEMPLATES}:
        own_stages(channel)


def own_stages(channel: Channel) -> None:
    """The stages of a custom channel: rename, add on the way or beside it, remove."""
    names = {stage.key: words.in_text(stage.label) for stage in channel.stages}
    for stage in channel.stages:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            inputs.text(
                f"stage:{channel.key}.{stage.key}",
                f"Stage after {names[stage.of]}" if stage.of else "Where touches come in",
                stage.label,
                edit.rename_stage,
                channel.key,
                stage.key,
                width=260,
            )
            if stage.of:
                inputs.button(
                    "Remove stage", edit.remove_stage, channel.key, stage.key, key=f"unstage:{channel.key}.{stage.key}"
                )
    ways = {True: "On the way to the appointment", False: "A side outcome"}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        main = st.selectbox("New stage", list(ways), format_func=ways.get, key=f"way:{channel.key}", width=260)
        last = main_path(channel.stages)[-1]
        options = [s.key for s in channel.stages if not main or ((s.main or not s.of) and s is not last)]
        after = st.selectbox("after", options, format_func=names.get, key=f"after:{channel.key}", width=170)
        called = f"called:{channel.key}"
        name = st.text_input("called", key=called, width=200, placeholder="Demo booked")
        off = desk.read_only() or not name.strip()
        told = (channel.key, called, after, main)
        st.button("Add stage", key=f"addstage:{channel.key}", on_click=_staged, args=told, disabled=off)


def _staged(channel: str, called: str, after: str, main: bool) -> None:
    desk.act(_with_stage, channel, st.session_state[called].strip(), after, main)
    desk.show(called, "")


def _with_stage(plan: Plan, channel: str, label: str, of: str, main: bool) -> Plan:
    return edit.add_stage(plan, channel, label, of, main=main)


def add() -> None:
    """A new channel of any kind."""
    kinds = {template.kind: template.label for template in TEMPLATES} | {"custom": "A channel with own stages"}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox("Add a channel", list(kinds), format_func=kinds.__getitem__, key="add_kind", width=230)
        name = st.text_input("called", key="add_name", placeholder=kinds[kind], width=230)
        st.button("Add", key="add_channel", on_click=_chosen, args=(_added, kind, name), disabled=desk.read_only())


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


def sentence(made: Forecast, channel: Channel) -> None:
    """What a channel brings, in words."""
    plan = made.plan
    if not channel.active:
        present.quiet(f"{channel.label} is switched off: kept in the plan, not counted.")
        return
    booked, won = made.count("appointment", "plan", channel.key), made.count("won", "all", channel.key)
    if any(stage.key == "appointment" for stage in channel.stages):
        figures = [words.short(plan, count) for count in (booked, won)]
        present.quiet(f"{figures[0]} appointments in the plan, {figures[1]} deals in the end.")
    elif channel.key in {giver.source.partition(".")[0] for giver in (*plan.feeds, *plan.assists)}:
        present.quiet(f"{channel.label} books nothing itself: it feeds and helps other channels.")
    else:
        present.quiet(f"{channel.label} books nothing: it has no stage “Appointment” and feeds no other channel.")
