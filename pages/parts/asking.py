"""A question as a sentence with fields, and what its answer offers: to be applied, or kept as a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from pages.shell import desk
from pages.widgets.texts import plain
from planner.plan import Plan


def said(text: str) -> None:
    """A word of the sentence between its fields."""
    st.html(f"<span>{escape(text)}</span>", width="content")


def choice(label: str, names: Mapping[Any, str], key: str, width: int, **more: Any) -> Any:
    """A field of the sentence; what can no longer be chosen gives way to the first."""
    if st.session_state.get(key) not in names:
        desk.show(key, next(iter(names)))
    return st.selectbox(
        label, list(names), format_func=lambda option: names.get(option, str(option)), key=key, width=width,
        label_visibility="collapsed", persist_state="session", **more,
    )  # fmt: skip


def become(_plan: Plan, other: Plan) -> Plan:
    return other


def keep(name: str, plan: Plan, key: str) -> None:
    there = any(scenario.plan == plan for scenario in desk.workspace().scenarios)
    label = "Kept as a scenario" if there else "Keep as a scenario"
    off = there or desk.read_only()
    st.button(label, key=key, on_click=_kept, args=(name, plan), disabled=off, help=plain(f"Under the name “{name}”"))


def _kept(name: str, plan: Plan) -> None:
    desk.rework(lambda work: work.with_scenario(work.free_name(name), plan))
