"""Designs: specifications made in Altair once and kept constant, and the colours that rows bring along.

A move sends new rows only. Colours and texts travel in the rows, so one design serves every channel and currency.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from planner.plan import Plan
from planner.plan.starter import SPARE_HUES, TEMPLATES
from planner.show import layers
from planner.show.layers import unless, where

__all__ = [
    "BAD", "GOOD", "GREY", "INK", "LABEL", "LATER", "OWN_HUE", "SHARED_HUE", "Chart", "axis_title", "baseline_spec",
    "capacity_spec", "course_spec", "figure_axis", "flat_spec", "hue", "hues", "line_spec", "month_axis", "rows_like",
    "spark_spec", "specified", "stacked_spec", "value_axis",
]  # fmt: skip

GREY, GOOD, BAD, INK = "#8b949e", "#1b7f8c", "#c4473d", "#3f7fb0"
LABEL = "#727d88"  # texts in charts; the style sheet makes them darker on light ground and lighter on dark
SHARED_HUE = "#6b7783"  # what all channels share
LATER = "Later"  # beside the months: what closes after the last of them
_HEIGHT = 210
SPARK = 120  # the height of a line that only says that months are alike
_Spec = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """Rows (`frame`), the constant specification, the finding as title and the alternative text."""

    frame: pd.DataFrame
    spec: _Spec
    title: str
    alt: str

    def drawing(self) -> _Spec:
        """The specification with the layers that have something to draw."""
        return layers.drawn(self.spec, self.frame)


def hues(plan: Plan) -> dict[str, str]:
    """One colour per channel, the same everywhere: its kind's, or the next spare one for a custom or second channel."""
    by_kind = {template.kind: template.hue[0] for template in TEMPLATES}
    by_channel: dict[str, str] = {}
    spare = iter([hue for hue, _ in SPARE_HUES] * 20)
    for channel in plan.channels:
        own = by_kind.get(channel.kind)
        by_channel[channel.key] = own if own and own not in by_channel.values() else next(spare)
    return by_channel


def hue(plan: Plan, key: str) -> str:
    """The colour of one channel."""
    return hues(plan)[key]


def specified(chart: Any, height: int = _HEIGHT) -> _Spec:
    """The constant specification of a chart: without rows, as wide as its place."""
    spec: _Spec = chart.properties(width="container", height=height).to_dict()
    for place in (spec, *spec.get("layer", ())):
        place.pop("data", None)
    spec.pop("datasets", None)
    spec["config"] = {"axis": {"domain": False, "ticks": False, "labelPadding": 6}, "view": {"stroke": None}}
    return spec


def rows_like(**columns: Any) -> alt.Chart:
    """A chart on rows like these; only their types matter."""
    return alt.Chart(pd.DataFrame({name: [value] for name, value in columns.items()}))


def month_axis(*, points: bool = False) -> alt.X:
    """Months across, from the column `month`; `points` for charts without bars."""
    begins = "datum.index == 0 || slice(datum.label, 0, 3) == 'Jan'"
    year = "'’' + slice(datum.label, -2)"  # no wider than its month, or a narrow chart would leave out January
    name = f"[slice(datum.label, 0, -5), {begins} ? {year} : '']"  # each year once
    name = f"datum.label == '{LATER}' ? '{LATER}' : {name}"
    axis = alt.Axis(labelAngle=0, title=None, labelOverlap="greedy", grid=False, labelExpr=name)
    room = alt.Scale(padding=0.4) if points else alt.Scale(paddingInner=0.25, paddingOuter=0.1)
    return alt.X("month:N", sort=None, axis=axis, scale=room)


def axis_title(plan: Plan, label: str, unit: str) -> str:
    """What an axis measures, with the currency of amounts."""
    return f"{label}, {plan.currency}" if unit == "money" else label


def figure_axis(title: str = "", *, percent: bool = False, **more: Any) -> alt.Axis:
    """An axis of figures: 0.2, 150, 20k, never a milli; or of shares in percent."""
    figures = "abs(datum.value) < 1000 ? format(datum.value, '~g') : format(datum.value, '~s')"
    label = "format(datum.value, '.0%')" if percent else figures
    return alt.Axis(title=title or None, titleFontWeight="normal", labelExpr=label, **more)


def value_axis(field: str = "value", title: str = "", *, percent: bool = False, **more: Any) -> alt.Y:
    """Amounts up, in few figures."""
    return alt.Y(f"{field}:Q", axis=figure_axis(title, percent=percent, tickCount=4, gridOpacity=0.4), **more)


OWN_HUE = alt.Color("hue:N", scale=None, legend=None)  # the colour a row brings along


def _tips(month: str = "Month", **titles: str) -> list[alt.Tooltip]:
    """What a mark says when it is pointed at: its month, then each of these columns under its title."""
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in {"month": month, **titles}.items()]


@cache
def baseline_spec(title: str, *, reasons: bool = False) -> _Spec:
    base = rows_like(month="", value=0.0, baseline=0.0, hue="", says="", order=0, why="")
    tip = _tips(says="Plan", before="Baseline", **({"why": "Low because of"} if reasons else {}))
    bar = base.mark_bar(cornerRadiusEnd=2).encode(month_axis(), value_axis(title=title), OWN_HUE, tooltip=tip)
    tick = base.mark_tick(color=GREY, thickness=2.5, bandSize=22)
    line = tick.encode(month_axis(), value_axis("baseline", title), tooltip=tip)
    return specified(alt.layer(bar, line))


@cache
def spark_spec() -> _Spec:
    """A low line for months that are nearly alike, the baseline as a grey one, the last figure at its end."""
    base = rows_like(month="", value=0.0, baseline=0.0, hue="", says="", before="", last=True)
    tip = _tips(says="Plan", before="Baseline")
    months, plain = month_axis(points=True), alt.Scale(zero=True)
    y, before = (alt.Y(f"{field}:Q", axis=None, scale=plain) for field in ("value", "baseline"))
    line = base.mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(size=24)).encode(months, y, OWN_HUE, tooltip=tip)
    grey = base.mark_line(strokeWidth=2, color=GREY, strokeDash=[4, 3]).encode(months, before)
    end = base.mark_text(align="right", dx=8, dy=-10, color=LABEL, fontSize=12).encode(
        months, y, text="says:N"
    ).transform_filter(where("last", equal=True))  # fmt: skip
    return specified(alt.layer(grey, line, end), height=SPARK)


@cache
def stacked_spec() -> _Spec:
    """Bars in parts, each part with its name behind the last bar where it is high enough (`middle`)."""
    base = rows_like(month="", value=0.0, hue="", label="", says="", order=0, middle=0.0)
    tip = _tips(label="Channel", says="Deals")
    bars = base.mark_bar().encode(
        month_axis(), value_axis(title="Deals a month", stack="zero"), OWN_HUE, order=alt.Order("order:Q"), tooltip=tip
    ).transform_filter(where("order", gte=0))  # fmt: skip
    line = base.mark_tick(color=GREY, thickness=2.5, bandSize=22).encode(
        month_axis(), value_axis(title="Deals a month"), tooltip=tip
    ).transform_filter(unless("order", gte=0))  # fmt: skip
    names = base.mark_text(align="left", dx=5, color=LABEL, fontSize=12).encode(
        month_axis().bandPosition(1), value_axis("middle", "Deals a month"), text="label:N"
    ).transform_filter(where("middle", valid=True))  # fmt: skip
    return {**specified(alt.layer(bars, line, names)), "padding": {"left": 5, "top": 5, "bottom": 5, "right": 96}}


@cache
def line_spec(title: str = "") -> _Spec:
    base = rows_like(month="", value=0.0, hue="", label="", says="")
    tip = _tips(label=" ", says="Value")
    line = base.mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(size=28)).encode(
        month_axis(points=True), value_axis(title=title, scale=alt.Scale(zero=True)), OWN_HUE, detail="label:N",
        tooltip=tip,
    )  # fmt: skip
    zero = alt.Chart().mark_rule(color=GREY, opacity=0.6, aria=False).encode(y=alt.datum(0))
    return specified(alt.layer(zero, line))


@cache
def course_spec(title: str) -> _Spec:
    """Lines that have their names at their ends; the one with `dashed` is told apart without its colour too."""
    base = rows_like(month="", value=0.0, hue="", label="", says="", dashed=True, end="")
    tip = _tips("To the end of", label=" ", says="So far")
    dash = alt.StrokeDash("dashed:N", scale=alt.Scale(domain=[True, False], range=[[4, 4], [1, 0]]), legend=None)
    line = base.mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(size=28)).encode(
        month_axis(points=True),
        value_axis(title=title, scale=alt.Scale(zero=True)),
        OWN_HUE,
        detail="label:N",
        strokeDash=dash,
        tooltip=tip,
    )
    names = [
        base.mark_text(align="right", dx=-6, dy=dy, fontSize=12, fontWeight=600)
        .encode(month_axis(points=True), value_axis(title=title), OWN_HUE, text="end:N")
        .transform_filter(where("dashed", equal=dashed))
        for dashed, dy in ((True, 16), (False, -9))
    ]
    return specified(alt.layer(line, *names))


@cache
def capacity_spec() -> _Spec:
    """Bars of what is needed; the line's name is on the axis, because on the bars nobody could read it."""
    base = rows_like(month="", value=0.0, baseline=0.0, hue="", says="", before="")
    tip, title = _tips(says="Needed", before="Available"), "Hours (line: available)"
    bar = base.mark_bar(cornerRadiusEnd=2).encode(month_axis(), value_axis(title=title), OWN_HUE, tooltip=tip)
    line = base.mark_line(color=GREY, strokeWidth=2, interpolate="step").encode(
        month_axis(), value_axis("baseline", title), tooltip=tip
    )
    return specified(alt.layer(bar, line))


@cache
def flat_spec(rows: int) -> _Spec:
    base = rows_like(label="", value=0.0, room=0.0, hue="", says="")
    y = alt.Y("label:N", sort=None, axis=alt.Axis(title=None, labelLimit=220, grid=False))
    x = alt.X("value:Q", axis=None, scale=alt.Scale(nice=False))
    end = alt.X("room:Q", axis=None, scale=alt.Scale(nice=False))
    room = base.mark_point(opacity=0).encode(y, end)  # for the figure written behind the bar
    bar = base.mark_bar(height=alt.RelativeBandSize(0.6), cornerRadiusEnd=2).encode(
        y, x, OWN_HUE, tooltip=["label:N", "says:N"]
    )
    text = base.mark_text(align="left", dx=5, color=LABEL, fontSize=12).encode(y, x, text="says:N")
    return specified(alt.layer(room, bar, text), height=26 * rows + 10)
