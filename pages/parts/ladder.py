"""The funnel of one channel as a ladder: the ladder is the funnel chart, and every rung a slider."""

from __future__ import annotations

import math
from html import escape

import streamlit as st

from pages.parts import variance
from pages.shell import desk
from pages.widgets import inputs
from planner import words
from planner.engine import Forecast
from planner.measure.glossary import define
from planner.plan import Channel, Delay, Stage, edit, main_path
from planner.plan.naming import capital, stage_words
from planner.plan.starter import template
from planner.show.design import hue, hues

SALES = "sales"
USUAL_DELAY = Delay(7.0, 3.0)  # half within a week, nine in ten within three


def chooser() -> str:
    """One channel at a time, each with its colour; the last entry is what every appointment passes."""
    plan, colours = desk.plan(), hues(desk.plan())
    labels = {c.key: c.label + ("" if c.active else " (off)") for c in plan.channels} | {SALES: "Sales, all channels"}
    if st.session_state.get("chosen") not in labels:
        st.session_state["chosen"] = next(
            (c.key for c in plan.channels if c.active and c.kind == "email"), next(iter(labels))
        )
    rules = "".join(
        f".st-key-chosen button:nth-of-type({i})::before{{content:'';width:.7em;height:.7em;border-radius:2px;"
        f"margin-right:.45em;background:{colours[key]}}}"
        for i, key in enumerate(labels, 1)
        if key in colours
    )
    st.html(f"<style>{rules}</style>")
    st.segmented_control(
        "Channel", list(labels), format_func=labels.__getitem__, key="chosen", required=True,
        label_visibility="collapsed",
        persist_state="session",
    )  # fmt: skip
    return str(st.session_state["chosen"])


def _flow(made: Forecast, base: Forecast, path: str, most: float, colour: str) -> str:
    """What a stage brings a month, the difference from the baseline, and its bar."""
    plan = made.plan
    here = float(made.count(path, "plan")) / plan.months
    before = float(base.count(path, "plan")) / base.plan.months
    change = words.change(plan, here, before)
    width = 100 * math.log1p(here) / math.log1p(most) if most > 0 else 0.0
    small = f"a month{', ' + change if change else ''}"
    return (
        f"<b>{escape(words.short(plan, here))}</b><small>{escape(small)}</small>"
        f'<i style="width:{width:.0f}%;background:{colour}"></i>'
    )


def _of(stages: tuple[Stage, ...], stage: Stage) -> str:
    names = {item.key: item.label.lower() for item in stages}
    return f"share of {names.get(stage.of or '', 'appointments' if stage.of else 'planned touches')}"


def _tip(made: Forecast, head: str, stage: Stage) -> str:
    """What the rate is called and means, with the plan's own numbers."""
    plan = made.plan
    channel = next((channel for channel in plan.channels if channel.key == head), None)
    called = stage_words(channel, stage)
    meaning = define(called.rate) or define(called.one)
    here, parent = (float(made.count(f"{head}.{key}", "all")) for key in (stage.key, stage.of))
    numbers = f"In this plan, the tail included: {words.short(plan, here)} of {words.short(plan, parent)}."
    return f"{capital(called.rate)}: {meaning} {numbers}" if meaning else f"{capital(called.rate)}. {numbers}"


def main(channel: Channel, made: Forecast, base: Forecast) -> None:
    """Volume and the rates on the way to an appointment."""
    plan, key = desk.plan(), channel.key
    made_of, colour = template(channel.kind), hue(plan, key)
    unit = made_of.unit if made_of else "touches"
    most = float(made.count("", "plan", key)) / plan.months if channel.active else 0.0
    volume, own = _flow(made, base, f"{key}.", most, colour), variance.measured()
    rows = [inputs.rung(f"{key}.volume", "Target volume", f"{unit} a month", flow=volume, tip=define("target volume"))]
    for stage in main_path(channel.stages)[1:] or tuple(stage for stage in channel.stages if stage.of):
        flow = _flow(made, base, f"{key}.{stage.key}", most, colour)
        path, of = f"{key}.{stage.key}.rate", _of(channel.stages, stage)
        tip = _tip(made, key, stage)
        rows.append(inputs.rung(path, stage.label, of, flow=flow, measured=own.get(path), tip=tip))
    inputs.ladder(key, rows)


def sales(made: Forecast, base: Forecast) -> None:
    """The stages every appointment passes, over all channels."""
    plan = desk.plan()
    most = float(made.count("appointment", "plan")) / plan.months
    rows = []
    for stage in plan.sales:
        if stage.main:
            flow = _flow(made, base, f"sales.{stage.key}", most, "#6b7783")
            of, tip = _of(plan.sales, stage), _tip(made, SALES, stage)
            rows.append(inputs.rung(f"sales.{stage.key}.rate", stage.label, of, flow=flow, tip=tip))
    inputs.ladder(SALES, rows)


def sides(prefix: str, stages: tuple[Stage, ...], made: Forecast) -> None:
    """Outcomes beside the way: reported, never carried on. Exclusive ones are shown as shares of their parent."""
    on_way = {stage.key for stage in stages if stage.main}
    rows = []
    for stage in stages:
        if stage.key in on_way:
            continue
        factor = None
        if stage.exclusive:
            factor = 100.0 * (1.0 - next((s.rate for s in stages if s.main and s.of == stage.of), 0.0))
            if not factor:
                continue  # the main outcome takes everything
        path, of = f"{prefix}.{stage.key}.rate", _of(stages, stage)
        rows.append(inputs.rung(path, stage.label, of, factor=factor, most=factor, tip=_tip(made, prefix, stage)))
    inputs.ladder(f"{prefix}:sides", rows)


def delays(prefix: str, stages: tuple[Stage, ...]) -> None:
    """How long each stage takes: half within … days, nine in ten within … days."""
    plan = desk.plan()
    for stage in stages:
        if stage.delay:
            with st.container(horizontal=True, vertical_alignment="bottom"):
                inputs.number(f"{prefix}.{stage.key}.delay.median_days", f"{stage.label}: half within (days)")
                name = f"{stage.label}: nine in ten within (days)"
                inputs.number(f"{prefix}.{stage.key}.delay.p90_ratio", name, factor=stage.delay.median_days)
                at = f"undelay:{prefix}.{stage.key}"
                inputs.button("No delay", edit.with_delay, prefix, stage.key, None, key=at)
    free = {stage.key: stage.label for stage in edit.may_wait(stages) if not stage.delay}
    if free:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.selectbox("Give a delay to", list(free), format_func=free.get, key=f"delay:{prefix}", width=230)
            inputs.button("Add", edit.with_delay, prefix, chosen, USUAL_DELAY, key=f"add_delay:{prefix}")
    st.caption(
        "Delays carry arrivals into later months; what has not arrived by "
        f"{words.month_name(plan, plan.months - 1)} is the tail."
    )
