"""The funnel of one channel as a ladder: the ladder is the funnel chart, and every rung a slider."""

from __future__ import annotations

import math

import streamlit as st
from markupsafe import Markup

from pages.parts import variance
from pages.shell import desk
from pages.widgets import inputs, sliders
from pages.widgets.texts import plain
from planner import words
from planner.engine import Forecast
from planner.measure.glossary import explained
from planner.plan import Channel, Delay, Stage, edit, main_path
from planner.plan.naming import capital, delay_name, stage_words, unit_of
from planner.show import evidence, lever_notes
from planner.show.design import SHARED_HUE, hue, hues

SALES, NEW = "sales", "+"  # what stands beside the channels
USUAL_DELAY = Delay(7.0, 3.0)  # half within a week, nine in ten within three


def chooser() -> str:
    """One channel at a time, each with its colour; the last entry is what every appointment passes."""
    plan, colours = desk.plan(), hues(desk.plan())
    labels = {c.key: c.label + ("" if c.active else " (off)") for c in plan.channels} | {SALES: "Sales stages"}
    if not desk.read_only():
        labels[NEW] = "+ Channel"
    if st.session_state.get("chosen") not in labels:
        first = next((c.key for c in plan.channels if c.active and c.kind == "email"), next(iter(labels)))
        st.session_state["chosen"] = first
    rules = "".join(
        f".st-key-chosen button:nth-of-type({i})::before{{content:'';width:.7em;height:.7em;border-radius:2px;"
        f"margin-right:.45em;background:{colours[key]}}}"
        for i, key in enumerate(labels, 1)
        if key in colours
    )
    st.html(f"<style>{rules}</style>")
    st.segmented_control(
        "Channel", list(labels), format_func=lambda key: plain(labels[key]), key="chosen", required=True,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    return str(st.session_state["chosen"])


def _flow(forecast: Forecast, base: Forecast, path: str, most: float, colour: str) -> str:
    """What a stage brings a month on average, the difference from the baseline, and its bar."""
    plan, view = forecast.plan, desk.view()
    monthly = float(forecast.count(path, view)) / plan.months
    change = words.change(plan, monthly, float(base.count(path, view)) / base.plan.months)
    width = 100 * math.log1p(monthly) / math.log1p(most) if most > 0 else 0.0
    return Markup('<b>{}</b><small>{}</small><i style="width:{}%;background:{}"></i>').format(
        words.short(plan, monthly), f"a month{', ' + change if change else ''}", f"{width:.0f}", colour
    )


def _rate_rung(forecast: Forecast, base: Forecast, head: str, stage: Stage, most: float, colour: str) -> sliders.Row:
    """The rung of one main stage."""
    path = f"{head}.{stage.key}.rate"
    flow = _flow(forecast, base, f"{head}.{stage.key}", most, colour)
    measured, tip = variance.measured().get(path), _tip(forecast, head, stage)
    comes_to = lever_notes.effective(forecast.plan, stage.rate, *_counts(forecast, head, stage))
    return sliders.rung(path, flow=flow, stage=f"{head}.{stage.key}", measured=measured, tip=tip, effective=comes_to)


def _counts(forecast: Forecast, head: str, stage: Stage) -> tuple[float, float]:
    """Arrivals at a stage, and at the one before it, later ones among them."""
    arrivals, parents = (float(forecast.count(f"{head}.{key}", "all")) for key in (stage.key, stage.of))
    return arrivals, parents


def _tip(forecast: Forecast, head: str, stage: Stage) -> str:
    """What the rate is called and means, with the plan's own numbers."""
    plan = forecast.plan
    names = stage_words(next((channel for channel in plan.channels if channel.key == head), None), stage)
    meaning = explained(names.rate)
    arrivals, parents = _counts(forecast, head, stage)
    share = words.short(plan, arrivals / parents if parents > 0 else math.nan, "percent")
    numbers = f"In this plan: {words.short(plan, arrivals)} of {words.short(plan, parents)} including later, {share}."
    numbers += f" The value rests on: {evidence.basis(plan, f'{head}.{stage.key}.rate')}."
    return f"{capital(names.rate)}: {meaning} {numbers}" if meaning else f"{capital(names.rate)}. {numbers}"


def main(channel: Channel, forecast: Forecast, base: Forecast) -> None:
    """Volume and the rates on the way to an appointment."""
    plan, key = desk.plan(), channel.key
    colour = hue(plan, key)
    most = float(forecast.count("", desk.view(), key)) / plan.months if channel.active else 0.0
    volume = _flow(forecast, base, f"{key}.", most, colour)
    under = f"{unit_of(channel)} a month"
    rows = [sliders.rung(f"{key}.volume", under=under, flow=volume, stage=f"{key}.")]
    stages = main_path(channel.stages)[1:] or tuple(stage for stage in channel.stages if stage.of)
    rows += [_rate_rung(forecast, base, key, stage, most, colour) for stage in stages]
    sliders.ladder(key, rows)


def sales(forecast: Forecast, base: Forecast) -> None:
    """The stages every appointment passes, over all channels."""
    plan = desk.plan()
    most = float(forecast.count("appointment", desk.view())) / plan.months
    stages = (stage for stage in plan.sales if stage.main)
    sliders.ladder(SALES, [_rate_rung(forecast, base, SALES, stage, most, SHARED_HUE) for stage in stages])


def sides(prefix: str, stages: tuple[Stage, ...], forecast: Forecast) -> None:
    """Outcomes beside the way: reported, never carried on. Exclusive ones are shown as shares of their parent."""
    rows = []
    for stage in stages:
        factor = _side_factor(stage, stages)
        if stage.main or factor == 0.0:  # where the main outcome takes everything, nothing is left for a side outcome
            continue
        path = f"{prefix}.{stage.key}.rate"
        under = f"of {_parent_name(stage, stages)}" if stage.exclusive else ""
        tip = _tip(forecast, prefix, stage)
        rows.append(sliders.rung(path, under=under, factor=factor, most=factor, tip=tip))
    sliders.ladder(f"{prefix}:sides", rows)
    st.caption("Side outcomes are reported and feed KPIs and alerts; they lead to no appointment.")


def _side_factor(stage: Stage, stages: tuple[Stage, ...]) -> float | None:
    """What turns the stored share of an exclusive outcome into its share of the parent, in percent; None: as stored."""
    if not stage.exclusive:
        return None
    return 100.0 * (1.0 - next((s.rate for s in stages if s.main and s.of == stage.of), 0.0))


def _parent_name(stage: Stage, stages: tuple[Stage, ...]) -> str:
    names = {item.key: words.in_text(item.label) for item in stages}
    return names.get(stage.of or "", "appointments" if stage.of else "planned touches")


def delays(prefix: str, stages: tuple[Stage, ...]) -> None:
    """How long each stage takes: half within … days, nine in ten within … days."""
    plan = desk.plan()
    channel = next((channel for channel in plan.channels if channel.key == prefix), None)
    rows: list[sliders.Row] = []
    for stage in stages:
        if stage.delay:
            path = f"{prefix}.{stage.key}.delay"
            ninety = f"90th percentile, {delay_name(channel, stage)}"
            rows.append(sliders.rung(f"{path}.median_days", under="days: half arrive within", plain=True))
            rows.append(
                sliders.rung(
                    f"{path}.p90_ratio", ninety, "days: nine in ten within", factor=stage.delay.median_days, plain=True
                )
            )
    if rows:
        sliders.ladder(f"{prefix}:delays", rows)
    _delays_given_and_taken(prefix, stages)
    last = words.month_name(plan, plan.months - 1)
    st.caption(f"Delays carry arrivals into later months. What has not arrived by the end of {last} closes later.")


def _delays_given_and_taken(prefix: str, stages: tuple[Stage, ...]) -> None:
    without = {stage.key: stage.label for stage in edit.may_wait(stages) if not stage.delay}
    with_one = {stage.key: stage.label for stage in stages if stage.delay}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if without:
            chosen = inputs.options("Stage without a delay", without, f"delay:{prefix}", width=230)
            inputs.button("Add delay", edit.with_delay, prefix, chosen, USUAL_DELAY, key=f"add_delay:{prefix}")
        if with_one:
            chosen = inputs.options("Stage with a delay", with_one, f"undelay:{prefix}", width=230)
            inputs.button("Remove delay", edit.with_delay, prefix, chosen, None, key=f"no_delay:{prefix}")
