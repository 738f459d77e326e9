"""What matters: the tornado, the shares of variance, and two levers at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from planner import words
from planner.ask.sensitivity import Grid, Share, Swing
from planner.engine.batch import Array
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.plan.kinds import Kind
from planner.plan.levers import Lever, kind_of_lever
from planner.show.design import GREY, INK, Chart, rows_like, specified
from planner.show.tables import Cell, Table

__all__ = ["answer", "heat", "shares", "tornado"]

MOST = 12  # bars of the tornado; the table has all
PALE, DEEP, MARK = (222, 233, 241), (27, 84, 124), "#d98b2b"
LOW, A_LOT = "#9fb6c6", 0.1


def _at(plan: Plan, kind: Kind, value: float) -> str:
    """A lever's value with its unit."""
    text = words.short(plan, value, kind.written)
    return f"{text}\u00a0{kind.unit}" if kind.written == "decimal" and kind.unit else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# -- each lever alone -------------------------------------------------------------------------------------------------


def answer(plan: Plan, metric: str, swings: Sequence[Swing]) -> str:
    """Which lever moves a metric most, how far, and how it stands to the next."""
    known = METRICS[metric]
    moving = [swing for swing in swings if swing.width > 0]
    if not moving:
        why = "No number carries a low and a high yet" if not swings else "No lever with a range moves it"
        return f"{known.label}: nothing to rank. {why}."
    first = moving[0]
    kind = kind_of_lever(plan, first.path)
    ends = ((first.low, first.at_low), (first.high, first.at_high))
    told = [f"{words.short(plan, result, known.unit)} where it is {_at(plan, kind, at)}" for at, result in ends]
    text = f"“{_capital(first.label)}” matters most for {words.in_text(known.label)}: {', '.join(told)}"
    if len(moving) == 1:
        return f"{text}; no other lever with a range moves it."
    return f"{text}. That is {_against(first.width / moving[1].width)} the next lever, “{moving[1].label}”."


def _against(times: float) -> str:
    """How much larger one thing is than another, in words; `times` is at least 1."""
    known = {1.15: "about as much as", 1.35: "a quarter more than", 1.75: "half as much again as", 2.5: "about twice"}
    return next((text for below, text in known.items() if times < below), f"about {times:.0f} times")


def _told(**titles: str) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]


@cache
def _tornado(rows: int, unit: str) -> dict[str, Any]:
    base = rows_like(label="", low=0.0, high=0.0, base=0.0, least=0.0, most=0.0, left="", right="", says="", ends="")
    tip = _told(label=" ", ends="From – to", says="Result")
    written = alt.Axis(labelAlign="left", labelPadding=0, labelOffset=-12, labelLimit=600, title=None, grid=False)
    y = alt.Y("label:N", sort=None, axis=written, scale=alt.Scale(padding=0))
    form = ".0%" if unit == "percent" else "~s"
    scale = alt.Scale(zero=False, padding=52, nice=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=alt.Axis(title=None, format=form, tickCount=4, gridOpacity=0.4), scale=scale)

    thick: dict[str, Any] = {"height": 11, "yOffset": 8, "cornerRadius": 1}
    down = base.mark_bar(color=LOW, **thick).encode(y, x("base"), alt.X2("low:Q"), tooltip=tip)
    up = base.mark_bar(color=INK, **thick).encode(y, x("base"), alt.X2("high:Q"), tooltip=tip)
    small: dict[str, Any] = {"color": GREY, "fontSize": 11, "yOffset": 8, "baseline": "middle"}
    left = base.mark_text(align="right", dx=-5, **small).encode(y, x("least"), text="left:N")
    right = base.mark_text(align="left", dx=5, **small).encode(y, x("most"), text="right:N")
    here = base.mark_tick(color=GREY, thickness=2, height=19, yOffset=8).encode(y, x("base"), tooltip=tip)
    return specified(alt.layer(down, up, here, left, right), height=40 * rows)


def tornado(plan: Plan, metric: str, swings: Sequence[Swing]) -> Chart:
    """A bar a lever around the plan's figure, from its low to its high; the values of the lever at the ends."""
    known = METRICS[metric]
    rows = []
    for swing in [swing for swing in swings if swing.width > 0][:MOST]:
        kind = kind_of_lever(plan, swing.path)
        low, high = _at(plan, kind, swing.low), _at(plan, kind, swing.high)
        left, right = (low, high) if swing.at_low <= swing.at_high else (high, low)
        ends = (swing.at_low, swing.at_high, swing.base)
        says = " – ".join(words.short(plan, end, known.unit) for end in ends[:2])
        rows.append((_capital(swing.label), *ends, min(ends), max(ends), left, right, says, f"{low} – {high}"))
    columns = ["label", "low", "high", "base", "least", "most", "left", "right", "says", "ends"]
    frame = pd.DataFrame(rows, columns=columns)
    much = sum(swing.width > A_LOT * abs(swing.base) for swing in swings)
    verb = "moves" if much == 1 else "move"
    title = f"{much or 'None'} of {len(swings)} levers {verb} {words.in_text(known.label)} by more than a tenth alone"
    told = "; ".join(f"{row[0]}: {row[8]}" for row in rows[:5])
    return Chart(frame, _tornado(len(rows), known.unit), title, f"Bars around the plan’s figure. {title}. {told}.")


def shares(plan: Plan, metric: str, swings: Sequence[Swing], found: Sequence[Share]) -> Table:
    """Each lever's share of the variance, alone and in all; below its name its ends and what the metric is there."""
    known, alone = METRICS[metric], {swing.path: swing for swing in swings}
    rows = []
    for share in found:
        swing, note = alone.get(share.path), ""
        if swing:
            kind = kind_of_lever(plan, swing.path)
            low, high = _at(plan, kind, swing.low), _at(plan, kind, swing.high)
            ends = [words.short(plan, x, known.unit) for x in (swing.at_low, swing.at_high)]
            note = f"{low} to {high}: {ends[0]} to {ends[1]}"
        rows.append((Cell(_capital(share.label), note=note), _share(plan, share.first), _share(plan, share.total)))
    return Table(("Share of the variance", "Alone", "In all"), tuple(rows), _SHARED)


_SHARED = (
    "In all: alone, and together with the others. What levers do together counts for each of them, so the column can "
    "add up to more than the whole. Luck is left out."
)


def _share(plan: Plan, share: float) -> str:
    return "<\u2009" * (0 < share < 0.005) + words.short(plan, max(round(share, 2), 0.01 * (share > 0)), "percent")


# -- two levers at once -----------------------------------------------------------------------------------------------


@cache
def _heat(rows: int) -> dict[str, Any]:
    base = rows_like(across="", down="", fill="", ink="", says="", here=True)
    x = alt.X("across:O", sort=None, axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True, grid=False))
    y = alt.Y("down:O", sort=None, axis=alt.Axis(title=None, grid=False))
    tip = _told(across="Across", down="Upwards", says="Result")
    own: dict[str, Any] = {"scale": None, "legend": None}
    cells = base.mark_rect().encode(x, y, color=alt.Color("fill:N", **own), tooltip=tip)
    here = base.mark_rect(filled=False, stroke=MARK, strokeWidth=2.5).encode(x, y).transform_filter("datum.here")
    text = base.mark_text(fontSize=11).encode(x, y, text="says:N", color=alt.Color("ink:N", **own), tooltip=tip)
    return specified(alt.layer(cells, here, text), height=38 * rows + 24)


def heat(plan: Plan, seen: Grid) -> Chart:
    """A metric over two levers, the higher of the one upwards; darker is better, and the plan's own cell is marked."""
    known = METRICS[seen.metric]
    across, down = _names(plan, seen.across, seen.across_at), _names(plan, seen.down, seen.down_at)
    depths = _depths(known.better * seen.values)
    rows = []
    for i in reversed(range(len(down))):
        for j, name in enumerate(across):
            here = seen.across_at[j] == seen.across.value and seen.down_at[i] == seen.down.value
            ink = "#ffffff" if depths[i, j] > 0.45 else "#1d2329"
            says = words.short(plan, seen.values[i, j], known.unit)
            rows.append((name, down[i], _shade(depths[i, j]), ink, says, here))
    frame = pd.DataFrame(rows, columns=["across", "down", "fill", "ink", "says", "here"])
    title = _two(plan, seen)
    return Chart(frame, _heat(len(down)), title, f"Table in colours. {title}.")


def _names(plan: Plan, one: Lever, at: Sequence[float]) -> list[str]:
    """The lever's values in words; those that read alike are kept apart, as cells are told apart by them."""
    names: list[str] = []
    for value in at:
        text = words.short(plan, value, one.kind.written)
        names.append(text + "\u200b" * sum(name.rstrip("\u200b") == text for name in names))
    return names


def _depths(worth: Array) -> Array:
    """Worth from 0 (the worst, or undefined) to 1 (the best)."""
    known = worth[np.isfinite(worth)]
    spread = float(np.ptp(known)) if known.size else 0.0
    return np.nan_to_num((worth - known.min()) / spread) if spread else np.zeros(worth.shape)


def _shade(depth: float) -> str:
    return "#" + "".join(f"{round(a + depth * (b - a)):02x}" for a, b in zip(PALE, DEEP, strict=True))


def _two(plan: Plan, seen: Grid) -> str:
    """What the two levers do together, and which does more."""
    known, values = METRICS[seen.metric], seen.values
    defined = values[np.isfinite(values)]
    if not defined.size or not np.ptp(defined) > 0:
        return f"{known.label}: neither lever moves it"
    ends = [words.short(plan, end, known.unit) for end in (defined.min(), defined.max())]
    row, column = values[seen.down_at.index(seen.down.value)], values[:, seen.across_at.index(seen.across.value)]
    sweeps = [float(np.ptp(line[np.isfinite(line)])) if np.isfinite(line).any() else 0.0 for line in (row, column)]
    more, less = (seen.across, seen.down) if sweeps[0] >= sweeps[1] else (seen.down, seen.across)
    even = min(sweeps) > 0.87 * max(sweeps)
    tail = "both levers do about as much" if even else f"“{more.label}” does more than “{less.label}”"
    return f"{known.label}: from {ends[0]} to {ends[1]}; {tail}"
