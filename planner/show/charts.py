"""Charts: each answers one question and says the answer in its title.

A chart is a constant specification, designed in Altair once, and a small frame: a move sends new rows only. Colours and
texts travel in the rows, so one specification serves every channel, currency and language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from planner import words
from planner.channels import SPARE_HUES, TEMPLATES
from planner.engine import Forecast
from planner.metrics import read
from planner.plan import Channel, Plan, main_path

__all__ = [
    "BAD",
    "GREY",
    "INK",
    "OWN_HUE",
    "Chart",
    "bars",
    "cash",
    "channel_months",
    "deal_months",
    "deals_by_channel",
    "hours",
    "hue",
    "hues",
    "levels",
    "month_axis",
    "rows_like",
    "specified",
    "value_axis",
    "warm",
]

GREY, BAD, INK = "#8b949e", "#c4473d", "#3f7fb0"
_HEIGHT = 210
_Spec = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """Rows (`frame`), the constant specification, the finding as title and the alternative text."""

    frame: pd.DataFrame
    spec: _Spec
    title: str
    alt: str


def hues(plan: Plan) -> dict[str, str]:
    """A colour a channel, the same everywhere: its kind's, or the next spare one for a custom or second channel."""
    by_kind = {template.kind: template.hue[0] for template in TEMPLATES}
    found: dict[str, str] = {}
    spare = iter([hue for hue, _ in SPARE_HUES] * 20)
    for channel in plan.channels:
        own = by_kind.get(channel.kind)
        found[channel.key] = own if own and own not in found.values() else next(spare)
    return found


def hue(plan: Plan, key: str) -> str:
    """The colour of one channel."""
    return hues(plan)[key]


def specified(layers: Any, height: int = _HEIGHT) -> _Spec:
    """The constant specification of a chart: without rows, as wide as its place."""
    spec: _Spec = layers.properties(width="container", height=height).to_dict()
    for place in (spec, *spec.get("layer", ())):
        place.pop("data", None)
    spec.pop("datasets", None)
    spec["config"] = {"axis": {"domain": False, "ticks": False, "labelPadding": 6}, "view": {"stroke": None}}
    return spec


def rows_like(**columns: Any) -> alt.Chart:
    """A chart on rows like these; only their types matter."""
    return alt.Chart(pd.DataFrame({name: [value] for name, value in columns.items()}))


def month_axis() -> alt.X:
    """Months across, from the column `month`."""
    name = "[slice(datum.label, 0, -5), datum.index == 0 ? slice(datum.label, -4) : '']"  # the year once
    axis = alt.Axis(labelAngle=0, title=None, labelOverlap="greedy", grid=False, labelExpr=name)
    return alt.X("month:N", sort=None, axis=axis, scale=alt.Scale(paddingInner=0.25, paddingOuter=0.1))


def value_axis(field: str = "value", **more: Any) -> alt.Y:
    """Amounts up, in few figures."""
    return alt.Y(f"{field}:Q", axis=alt.Axis(title=None, format="~s", tickCount=4, gridOpacity=0.4), **more)


OWN_HUE = alt.Color("hue:N", scale=None, legend=None)  # the colour a row brings along


@cache
def baseline_spec() -> _Spec:
    base = rows_like(month="", value=0.0, baseline=0.0, hue="", says="", order=0)
    tip = [
        alt.Tooltip("month:N", title="Month"),
        alt.Tooltip("says:N", title="Plan"),
        alt.Tooltip("before:N", title="Baseline"),
    ]
    bar = base.mark_bar(cornerRadiusEnd=2).encode(month_axis(), value_axis(), OWN_HUE, tooltip=tip)
    tick = base.mark_tick(color=GREY, thickness=2.5, bandSize=22)
    line = tick.encode(month_axis(), value_axis("baseline"), tooltip=tip)
    return specified(alt.layer(bar, line))


@cache
def _stacked() -> _Spec:
    base = rows_like(month="", value=0.0, hue="", label="", says="", order=0)
    tip = [
        alt.Tooltip("month:N", title="Month"),
        alt.Tooltip("label:N", title="Channel"),
        alt.Tooltip("says:N", title="Deals"),
    ]
    bars = base.mark_bar().encode(
        month_axis(), value_axis(stack="zero"), OWN_HUE, order=alt.Order("order:Q"), tooltip=tip
    ).transform_filter("datum.order >= 0")  # fmt: skip
    line = base.mark_tick(color=GREY, thickness=2.5, bandSize=22).encode(
        month_axis(), value_axis(), tooltip=tip
    ).transform_filter("datum.order < 0")  # fmt: skip
    return specified(alt.layer(bars, line))


@cache
def line_spec() -> _Spec:
    base = rows_like(month="", value=0.0, hue="", label="", says="")
    tip = [
        alt.Tooltip("month:N", title="Month"),
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("says:N", title="Value"),
    ]
    line = base.mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(size=28)).encode(
        month_axis(), value_axis(scale=alt.Scale(zero=True)), OWN_HUE, detail="label:N", tooltip=tip
    )  # fmt: skip
    zero = alt.Chart().mark_rule(color=GREY, opacity=0.6).encode(y=alt.datum(0))
    return specified(alt.layer(zero, line))


@cache
def _capacity() -> _Spec:
    base = rows_like(month="", value=0.0, baseline=0.0, hue="", says="", before="")
    tip = [
        alt.Tooltip("month:N", title="Month"),
        alt.Tooltip("says:N", title="Needed"),
        alt.Tooltip("before:N", title="Available"),
    ]
    bar = base.mark_bar(cornerRadiusEnd=2).encode(month_axis(), value_axis(), OWN_HUE, tooltip=tip)
    line = base.mark_line(color=GREY, strokeWidth=2, interpolate="step").encode(
        month_axis(), value_axis("baseline"), tooltip=tip
    )
    return specified(alt.layer(bar, line))


@cache
def _waterfall(rows: int) -> _Spec:
    base = rows_like(label="", start=0.0, stop=0.0, hue="", says="", at=0.0)
    y = alt.Y("label:N", sort=None, axis=alt.Axis(title=None, labelLimit=260, grid=False))
    x = alt.X(
        "start:Q",
        axis=alt.Axis(title=None, format="~s", tickCount=5, gridOpacity=0.4),
        scale=alt.Scale(zero=False, padding=52, nice=False),
    )
    bar = base.mark_bar(height=alt.RelativeBandSize(0.62)).encode(
        y, x, alt.X2("stop:Q"), OWN_HUE, tooltip=["label:N", "says:N"]
    )
    end = base.mark_tick(thickness=4).encode(y, alt.X("stop:Q"), OWN_HUE).transform_filter("datum.start == datum.stop")
    text = base.mark_text(align="left", dx=6, color=GREY, fontSize=12).encode(y, alt.X("at:Q"), text="says:N")
    return specified(alt.layer(bar, end, text), height=26 * rows + 30)


@cache
def _flat(rows: int) -> _Spec:
    base = rows_like(label="", value=0.0, hue="", says="")
    y = alt.Y("label:N", sort=None, axis=alt.Axis(title=None, labelLimit=220, grid=False))
    x = alt.X("value:Q", axis=None, scale=alt.Scale(padding=46))
    bar = base.mark_bar(height=alt.RelativeBandSize(0.6), cornerRadiusEnd=2).encode(
        y, x, OWN_HUE, tooltip=["label:N", "says:N"]
    )
    text = base.mark_text(align="left", dx=5, color=GREY, fontSize=12).encode(y, x, text="says:N")
    return specified(alt.layer(bar, text), height=26 * rows + 10)


def _short_months(plan: Plan) -> list[str]:
    """Month names that stay apart: the year is written where it begins."""
    return list(words.month_names(plan))


def _frame(plan: Plan, **columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"month": _short_months(plan), **columns})


def channel_months(made: Forecast, base: Forecast, channel: Channel) -> Chart:
    """Appointments of one channel by month (or what it ends in), the baseline as grey marks."""
    plan, last = made.plan, main_path(channel.stages)[-1:] + channel.stages[-1:]
    stage = last[0] if last[0].of else channel.stages[-1]
    path, label = f"{channel.key}.{stage.key}", stage.label.lower() + ("s" if stage.key == "appointment" else "")
    values = made.count(path, "months") if channel.active else np.zeros(plan.months)
    there = channel.key in base.channels and base.plan.months == plan.months
    before = base.count(path, "months") if there else np.full(plan.months, np.nan)
    frame = _frame(
        plan, value=values, baseline=before, hue=[hue(plan, channel.key)] * plan.months,
        says=[words.write(plan, v) for v in values], before=[words.write(plan, v) for v in before],
    )  # fmt: skip
    best = int(np.argmax(values))
    total = words.short(plan, values.sum())
    title = f"{channel.label}: {total} {label} in the plan, most in {words.month_name(plan, best)}"
    if not values.sum() > 0:
        title = f"{channel.label} brings no {label}"
    return Chart(frame, baseline_spec(), title, f"Bars by month. {title}.")


def deal_months(made: Forecast, base: Forecast) -> Chart:
    """Deals by month and channel, stacked, the baseline's total as grey marks."""
    plan, colours = made.plan, hues(made.plan)

    def part(values: Any, colour: str, label: str, order: int) -> pd.DataFrame:
        says = [words.write(plan, v) for v in values]
        return _frame(plan, value=values, hue=colour, label=label, says=says, order=order)

    parts = [
        part(made.count("won", "months", channel.key), colours[channel.key], channel.label, order)
        for order, channel in enumerate(c for c in plan.channels if c.key in made.channels)
    ]
    if base.plan.months == plan.months:
        parts.append(part(read(base, "won", by_month=True), GREY, "Baseline, all channels", -1))
    won, later = read(made, "won"), read(made, "won", tail=True) - read(made, "won")
    title = f"{words.short(plan, won)} deals land in the plan, {words.short(plan, later)} later"
    frame = pd.concat(parts or [part(np.zeros(plan.months), GREY, "", 0)])
    return Chart(frame, _stacked(), title, f"Stacked bars of deals by month and channel. {title}.")


def cash(made: Forecast, base: Forecast) -> Chart:
    """Cumulated gross profit less cost by month, the baseline in grey."""
    plan = made.plan
    parts = []
    for source, label, colour in ((base, "Baseline", GREY), (made, "Plan", INK)):
        if source.plan.months == plan.months:
            values = read(source, "cash", by_month=True)
            says = [words.write(plan, v, "money") for v in values]
            parts.append(_frame(plan, value=values, hue=[colour] * plan.months, label=[label] * plan.months, says=says))
    lowest, month = read(made, "lowest_cash"), read(made, "break_even_month")
    even = (
        f"breaks even in {words.write(plan, month, 'month')}"
        if np.isfinite(month)
        else "does not break even in the plan"
    )
    title = f"Cash falls to {words.short(plan, lowest, 'money')} at its lowest and {even}"
    return Chart(pd.concat(parts), line_spec(), title, f"Line of cumulated cash by month. {title}.")


def hours(made: Forecast) -> Chart:
    """Hours needed by month against hours available; months over capacity in red."""
    plan = made.plan
    needed, able = np.broadcast_to(made.hours("months"), (plan.months,)), made.hours_available
    over = np.flatnonzero(needed > able + 1e-9)
    colours = [BAD if n > a + 1e-9 else INK for n, a in zip(needed, able, strict=True)]
    frame = _frame(
        plan, value=needed, baseline=able, hue=colours,
        says=[words.write(plan, v, "hours") for v in needed], before=[words.write(plan, v, "hours") for v in able],
    )  # fmt: skip
    share = words.write(plan, read(made, "utilisation"), "percent")
    title = f"The plan needs {share} of the team's hours"
    if not able.any():
        title = f"The plan needs {words.short(plan, needed.sum(), 'hours')} and nobody is there to work them"
    elif len(over):
        first = words.month_name(plan, int(over[0]))
        title += f"; {words.counted(plan, len(over), 'month')} over capacity, first {first}"
    return Chart(frame, _capacity(), title, f"Bars of hours needed by month, a line of hours available. {title}.")


def bars(plan: Plan, rows: Sequence[tuple[str, float, str]], start: float, end: float, unit: str, title: str,
         ends: tuple[str, str] = ("Baseline", "Plan")) -> Chart:  # fmt: skip
    """A waterfall from `start` to `end` over (label, amount, colour) rows."""
    at, made = start, [(ends[0], min(0.0, start), max(0.0, start), GREY, words.short(plan, start, unit))]
    for label, amount, colour in rows:
        sign = "+" if amount > 0 else "−"
        made.append(
            (label, min(at, at + amount), max(at, at + amount), colour, sign + words.short(plan, abs(amount), unit))
        )
        at += amount
    made.append((ends[1], min(0.0, end), max(0.0, end), INK, words.short(plan, end, unit)))
    frame = pd.DataFrame(made, columns=["label", "start", "stop", "hue", "says"])
    frame["at"] = frame["stop"]
    inside = frame.iloc[1:-1]
    low = min([*inside["start"], start, end])
    if len(inside) and low > 0.6 * max(
        [*inside["stop"], start, end]
    ):  # steps too small beside bars from zero: marks for the ends
        frame.loc[[0, len(frame) - 1], "start"] = [start, end]
    return Chart(frame, _waterfall(len(frame)), title, f"Waterfall. {title}.")


def deals_by_channel(made: Forecast) -> Chart:
    """Deals each channel brings in the end."""
    plan, colours = made.plan, hues(made.plan)
    rows = [
        (c.label, float(made.count("won", "all", c.key)), colours[c.key])
        for c in plan.channels
        if c.key in made.channels
    ]
    rows = sorted((row for row in rows if row[1] > 0), key=lambda row: -row[1])
    total = sum(value for _, value, _ in rows)
    title = "No channel brings a deal"
    if rows:
        title = (
            f"{rows[0][0]} brings {words.write(plan, rows[0][1] / total, 'percent')} of the deals, the tail included"
        )
    return levels(plan, rows, "count", title)


def levels(plan: Plan, rows: Sequence[tuple[str, float, str]], unit: str, title: str) -> Chart:
    """Horizontal bars of (label, value, colour), the value written at the end."""
    frame = pd.DataFrame(
        [(label, value, colour, words.short(plan, value, unit)) for label, value, colour in rows],
        columns=["label", "value", "hue", "says"],
    )
    return Chart(frame, _flat(len(frame)), title, f"Bars. {title}.")


def warm(made: Forecast) -> None:
    """Designs the charts of the first pages once, so that the first visitor does not wait."""
    channel_months(made, made, made.plan.channels[-1])
    deal_months(made, made)
    cash(made, made)
    hours(made)
    deals_by_channel(made)
