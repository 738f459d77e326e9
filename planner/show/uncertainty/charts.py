"""Uncertainty in pictures: a figure as it builds up over the months with its 80 % range, and its distribution."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from planner import words
from planner.engine import Forecast
from planner.engine.batch import Array
from planner.keep.workspace import COUNTED
from planner.measure.metrics import METRICS, read, so_far
from planner.plan import Plan
from planner.show.design import (
    GREY,
    INK,
    LATER,
    OWN_HUE,
    Chart,
    axis_title,
    figure_axis,
    month_axis,
    rows_like,
    specified,
    value_axis,
)
from planner.show.layers import unless, where
from planner.show.uncertainty.outlook import Detail, Histogram
from planner.show.uncertainty.sentences import figure, span

__all__ = ["band", "distribution", "fan"]

PALE, TARGET = "#9fb6c6", "#d98b2b"


@cache
def _fan_spec(title: str, percent: bool) -> dict[str, Any]:
    base = rows_like(
        month="", low=0.0, middle=0.0, high=0.0, planned=0.0, target=0.0, aim="", hue="", says="", half="", own=""
    )
    tip = [
        alt.Tooltip("month:N", title="By the end of"), alt.Tooltip("says:N", title="80% range"),
        alt.Tooltip("half:N", title="Median"), alt.Tooltip("own:N", title="Plan"),
    ]  # fmt: skip
    across, up = month_axis(points=True), partial(value_axis, title=title, percent=percent)
    band = base.mark_area(opacity=0.22).encode(across, up("low"), alt.Y2("high:Q"), OWN_HUE, tooltip=tip)
    stems = base.mark_rule(opacity=0.4).encode(across, up("low"), alt.Y2("high:Q"), OWN_HUE, tooltip=tip)
    dots = alt.OverlayMarkDef(size=30)
    half = base.mark_line(strokeWidth=2.5, point=dots).encode(across, up("middle"), OWN_HUE, tooltip=tip)
    grey: dict[str, Any] = {"color": GREY, "strokeDash": [5, 4], "point": alt.OverlayMarkDef(size=18, color=GREY)}
    own = base.mark_line(strokeWidth=2, **grey).encode(across, up("planned"), tooltip=tip)
    aimed = base.transform_filter(where("target", valid=True))
    line = aimed.mark_line(color=TARGET, strokeWidth=2).encode(across, up("target"))
    first = aimed.transform_filter(unless("aim", equal=""))
    name = first.mark_text(align="left", baseline="bottom", dy=-4, color=TARGET, fontSize=12)
    return specified(
        alt.layer(band, stems, own, half, line, name.encode(across, up("target"), text="aim:N")),
        280,
    )


def fan(detail: Detail, forecast: Forecast, target: float | None) -> Chart:
    """A metric from the start to the end of each month: its 80 % range, its median, the plan's own line, the target."""
    return band(detail.metric, detail.so_far, forecast, target)


def band(key: str, ends: Array, forecast: Forecast, target: float | None) -> Chart:
    """A fan of any range: low, middle and high up to the end of each month (3, months) beside the plan's own line.

    One column more is what the plan comes to with what closes later. Months that run far off what the second half of
    the plan comes to, such as CAC before the first deals, are cut off.
    """
    plan, metric = forecast.plan, METRICS[key]
    own, (low, middle, high), names = so_far(forecast, key), ends, words.month_names(plan)
    if tail := len(high) > plan.months:
        own, names = np.append(own, read(forecast, key, tail=True)), (*names, LATER)
    top = 3.0 * np.fmax.reduce(np.abs(np.append(high[plan.months // 2 :], target or 0.0)), initial=0.0)
    cut = high > top

    def written(values: Array) -> list[str]:
        return [words.write(plan, x, metric.unit) for x in values]

    lines = {"low": low, "middle": middle, "high": high, "planned": own}
    lines["target"] = np.full(len(names), np.nan if target is None else target)
    texts = {"half": written(middle), "own": written(own)}
    texts["says"] = [f"{a} to {b}" for a, b in zip(written(low), written(high), strict=True)]
    texts["aim"] = [
        "" if target is None else f"target {words.short(plan, target, metric.unit)}",
        *[""] * (len(names) - 1),
    ]
    drawn = {name: np.minimum(line, top) for name, line in lines.items()}
    frame = pd.DataFrame({"month": names, "hue": INK, **drawn, **texts})
    end = COUNTED[tail] if tail else "by the end"
    title = f"{metric.label} so far, month by month: {span(plan, key, low[-1], high[-1])} {end}"
    if cut.any():
        title += f"; {words.counted(plan, int(cut.sum()), 'month')} cut off at the top"
    spec = _fan_spec(axis_title(plan, metric.label, metric.unit), metric.unit == "percent")
    return Chart(frame, spec, title, f"80% range, median and plan up to the end of each month. {title}.")


@cache
def _distribution_spec(title: str, percent: bool) -> dict[str, Any]:
    base = rows_like(start=0.0, stop=0.0, share=0.0, zero=0.0, hue="", says="", chance="")
    tip = [alt.Tooltip("says:N", title="Outcome"), alt.Tooltip("chance:N", title="Share of draws")]
    plain: dict[str, Any] = {"grid": False, "tickCount": 6}
    axis = figure_axis(title, percent=percent, **plain)
    x = alt.X("start:Q", axis=axis, scale=alt.Scale(zero=False, nice=False))
    y = alt.Y("share:Q", axis=None, scale=alt.Scale(zero=True))
    bars = base.mark_bar(binSpacing=1).encode(x, y, alt.X2("stop:Q"), alt.Y2("zero:Q"), OWN_HUE, tooltip=tip)
    return specified(bars, height=120)


def distribution(detail: Detail, plan: Plan, target: float | None) -> Chart:
    """How the draws are spread over a metric; outcomes that miss the target are pale."""
    metric, histogram = METRICS[detail.metric], detail.histogram
    rows = []
    for bar, share in enumerate(histogram.shares):
        start, stop = histogram.edges[bar : bar + 2]
        middle = (start + stop) / 2.0
        misses = target is not None and metric.better * (middle - target) < 0
        says = _bar_name(plan, detail.metric, histogram, bar)
        rows.append((start, stop, share, 0.0, PALE if misses else INK, says, words.short(plan, share, "percent")))
    frame = pd.DataFrame(rows, columns=["start", "stop", "share", "zero", "hue", "says", "chance"])
    title = f"{metric.label}: no outcome is defined"
    if rows:
        within = rows[histogram.below : len(rows) - histogram.above] or rows  # the ends hold all that lies beyond
        likeliest = max(within, key=lambda row: row[2])
        title = f"{metric.label}: the likeliest outcome is {likeliest[5]} ({likeliest[6]} of draws)"
    spec = _distribution_spec(axis_title(plan, metric.label, metric.unit), metric.unit == "percent")
    return Chart(frame, spec, title, f"Histogram of the draws. {title}.")


def _bar_name(plan: Plan, metric: str, histogram: Histogram, bar: int) -> str:
    """What a bar holds: one whole number, from – to, or all that lies beyond."""
    start, stop = histogram.edges[bar : bar + 2]
    whole = (start % 1.0, stop % 1.0) == (0.5, 0.5)
    low, high = (start + 0.5, stop - 0.5) if whole else (start, stop)
    if histogram.below and bar == 0:
        return f"up to {figure(plan, metric, high)}"
    if histogram.above and bar == len(histogram.shares) - 1:
        return f"{figure(plan, metric, low)} or more"
    return span(plan, metric, low, high, "{} – {}")
