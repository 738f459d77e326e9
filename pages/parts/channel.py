"""A channel itself: its name, its place, its stages; and a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.shell import desk, present
from pages.widgets import inputs
from pages.widgets.texts import plain
from planner import words
from planner.plan import Channel, Plan, edit, main_path
from planner.plan.starter import TEMPLATES, add_channel


def itself(channel: Channel) -> None:
    """Rename, duplicate, remove; stages of a custom channel."""
    key = channel.key
    inputs.text(f"label:{key}", "Name", channel.label, edit.rename_channel, key)
    with st.container(horizontal=True):
        off = desk.read_only()
        st.button("Duplicate", key=f"copy:{key}", on_click=_chosen, args=(edit.duplicate_channel, key), disabled=off)
        inputs.button("Remove channel", edit.remove_channel, key, key=f"remove:{key}", tip="Undo brings it back.")
    if channel.kind not in {template.kind for template in TEMPLATES}:
        own_stages(channel)


def heading(channel: Channel) -> None:
    """The name of a channel with what is done to it as a whole: on or off, and its place among the others."""
    key, channels = channel.key, desk.plan().channels
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="channel-heading"):
        with st.container(width="stretch"):
            present.title(channel.label, "monthly average, log scale")
        label = "Switch off" if channel.active else "Switch on"
        inputs.button(label, edit.switch, key, not channel.active, key=f"switch:{key}", type="tertiary")
        inputs.button(
            "Move left", edit.move_channel, key, -1, key=f"up:{key}", type="tertiary", disabled=channel is channels[0]
        )
        inputs.button(
            "Move right", edit.move_channel, key, 1, key=f"down:{key}", type="tertiary",
            disabled=channel is channels[-1],
        )  # fmt: skip


def own_stages(channel: Channel) -> None:
    """The stages of a custom channel: rename, add on the way or beside it, remove."""
    names = {stage.key: words.in_text(stage.label) for stage in channel.stages}
    for stage in channel.stages:
        path = f"{channel.key}.{stage.key}"
        with st.container(horizontal=True, vertical_alignment="bottom"):
            label = f"Stage after {names[stage.of]}" if stage.of else "First stage"
            inputs.text(
                f"stage:{path}", plain(label), stage.label, edit.rename_stage, channel.key, stage.key, width=260
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
