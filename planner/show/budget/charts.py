"""Where should the money go: before and after by channel, and the curve of budget against result."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from planner import words
from planner.ask.budget.allocation import NEXT, Allocation, Point
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.plan.naming import channel_title
from planner.show.design import GREY, INK, LABEL, OWN_HUE, Chart, axis_title, figure_axis, hues, rows_like, specified
from planner.show.layers import unless, where

__all__ = ["budgets", "curve", "spends"]

MARK = "#d98b2b"


@cache
def _dumbbells(rows: int, title: str) -> dict[str, Any]:
    base = rows_like(label="", now=0.0, best=0.0, end=0.0, hue="", text="", before="", after="")
    axis = alt.Axis(title=None, labelLimit=160, grid=False)
    y = alt.Y("label:N", sort=None, axis=axis)
    money = figure_axis(title, tickCount=5, gridOpacity=0.3)
    tip = [
        alt.Tooltip("label:N", title="Channel"),
        alt.Tooltip("before:N", title="Now"),
        alt.Tooltip("after:N", title="Best mix"),
    ]
    scale = alt.Scale(nice=False, padding=6, zero=True)
    bar = base.mark_rule(strokeWidth=3, opacity=0.45).encode(
        y, alt.X("now:Q", axis=money, scale=scale), alt.X2("best:Q"), OWN_HUE, tooltip=tip
    )
    now = base.mark_point(filled=True, size=90, color=GREY, opacity=1).encode(y, alt.X("now:Q"), tooltip=tip)
    best = base.mark_point(filled=True, size=130, opacity=1).encode(y, alt.X("best:Q"), OWN_HUE, tooltip=tip)
    text = base.mark_text(align="left", dx=10, fontSize=12, color=LABEL).encode(y, alt.X("end:Q"), text="text:N")
    return specified(alt.layer(bar, now, best, text), height=34 * rows + 56)


def spends(plan: Plan, allocation: Allocation) -> Chart:
    """What each channel costs now (grey) and in the best mix (its colour), the largest change first."""
    colours, rows = hues(plan), []
    for channel in (channel for channel in plan.channels if channel.key in allocation.spend):
        now, best = allocation.before.spend[channel.key], allocation.after.spend[channel.key]
        before, after = words.short(plan, now, "money"), words.short(plan, best, "money")
        text = after if before == after else f"{before} → {after}"
        rows.append((channel.label, now, best, max(now, best), colours[channel.key], text, before, after))
    rows.sort(key=lambda row: -abs(row[2] - row[1]))
    frame = pd.DataFrame(rows, columns=["label", "now", "best", "end", "hue", "text", "before", "after"])
    title = f"Spend by channel, today in grey, best mix in colour: {_largest(plan, allocation)}"
    listed = "; ".join(f"{row[0]} {row[5]}" for row in rows)
    spec = _dumbbells(len(frame), axis_title(plan, "Spend", "money"))
    return Chart(frame, spec, title, f"Two points a channel. {title}. {listed}.")


def _largest(plan: Plan, allocation: Allocation) -> str:
    """The channel that gets most, with its share."""
    most = max(allocation.spend, key=lambda key: allocation.spend[key], default="")
    if not most or not allocation.spend[most] > 0:
        return "nothing is spent"
    share = words.short(plan, round(allocation.spend[most] / allocation.after.cost, 2), "percent")
    name = next(channel_title(channel) for channel in plan.channels if channel.key == most)
    return f"{share} goes to {name}"


@cache
def _frontier(across: str, up: str) -> dict[str, Any]:
    base = rows_like(part="", x=0.0, y=0.0, hue="", says="", money="", name="")
    x = alt.X("x:Q", axis=figure_axis(across, tickCount=6, grid=False), scale=alt.Scale(nice=False, padding=8))
    y = alt.Y("y:Q", axis=figure_axis(up, tickCount=5, gridOpacity=0.4), scale=alt.Scale(zero=True))
    tip = [alt.Tooltip("money:N", title="Budget"), alt.Tooltip("says:N", title="Result")]
    line = base.transform_filter(where("part", equal="best")).mark_line(strokeWidth=2.5, interpolate="monotone")
    dots = base.transform_filter(unless("part", equal="best")).mark_point(filled=True, size=95, opacity=1)
    sides: tuple[tuple[str, Any, int], ...] = (("after", "bottom", -9), ("now", "top", 9))
    above, below = (  # one label over its point and one under, so that they never meet
        base.transform_filter(where("part", equal=part))
        .mark_text(align="center", baseline=baseline, dy=dy, fontSize=12, fontWeight=600)
        .encode(x, y, OWN_HUE, text="name:N")
        for part, baseline, dy in sides
    )
    points = dots.encode(x, y, OWN_HUE, tooltip=tip)
    return specified(alt.layer(line.encode(x, y, OWN_HUE, tooltip=tip), points, above, below), height=260)


def budgets(allocation: Allocation) -> tuple[float, ...]:
    """Budgets along the curve, closer together where it bends, with the one asked for among them."""
    top = 1.5 * max(allocation.budget, allocation.before.cost) or 10 * NEXT
    shares = (0.0, 0.1, 0.2, 0.3, 0.4, 0.55, 0.7, 0.85, 1.0)
    return tuple(sorted({allocation.budget, *(top * share for share in shares)}))


def curve(plan: Plan, allocation: Allocation, points: Sequence[Point]) -> Chart:
    """The best result at each budget; today's mix below it and the best one on it."""
    unit, before, after = METRICS[allocation.metric].unit, allocation.before, allocation.after
    spots = [("best", point.budget, point.value, INK, "") for point in points]
    same = np.allclose((before.cost, before.value), (after.cost, after.value), rtol=1e-4)
    if not same:
        spots.append(("now", before.cost, before.value, GREY, "now"))
    spots.append(("after", after.cost, after.value, MARK, "now and best" if same else "best"))
    frame = pd.DataFrame(spots, columns=["part", "x", "y", "hue", "name"])
    frame["says"] = [words.short(plan, y, unit) for y in frame["y"]]
    frame["money"] = [words.short(plan, x, "money") for x in frame["x"]]
    frame["name"] = frame["name"] + " " + frame["says"]
    title = f"{METRICS[allocation.metric].label} by budget: {_bend(plan, allocation, points)}"
    spec = _frontier(axis_title(plan, "Budget", "money"), axis_title(plan, METRICS[allocation.metric].label, unit))
    return Chart(frame, spec, title, f"Curve of budget against the best result. {title}.")


def _bend(plan: Plan, allocation: Allocation, points: Sequence[Point]) -> str:
    """How much of the result half of the budget brings, or more of it would."""
    if not points or points[-1].value <= points[0].value * (1 + 1e-9):
        return "the same at every budget"
    half = [point for point in points if 0 < point.budget <= 0.5 * allocation.budget]
    if not half or not allocation.value > 0:
        return "more budget brings more"
    point = half[-1]
    share = words.short(plan, round(point.value / allocation.value, 2), "percent")
    part, whole = (words.short(plan, budget, "money") for budget in (point.budget, allocation.budget))
    return f"{part} already brings {share} of what {whole} does"
