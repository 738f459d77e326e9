"""Sensitivity: the tornado, the shares of variance, and two levers at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from planner import words
from planner.ask.sensitivity import Grid, Share, Swing
from planner.engine.batch import Array
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.plan.levers import Lever, lever
from planner.show.design import GREY, INK, LABEL, Chart, axis_title, rows_like, specified
from planner.show.layers import where
from planner.show.tables import Cell, Table

__all__ = ["FEW", "answer", "heat", "shares", "tornado"]

FEW = 7  # bars of the tornado until all are asked for
PALE, DEEP, MARK = (222, 233, 241), (27, 84, 124), "#d98b2b"
LOW, MUCH, ALIKE = "#9fb6c6", 0.1, 0.87


def _value(plan: Plan, lever: Lever, value: float) -> str:
    """A lever's value with its unit."""
    kind = lever.kind
    text = words.short(plan, value, kind.written)
    return f"{text}\u00a0{kind.unit}" if kind.written == "decimal" and kind.unit else text


# -- each lever alone -------------------------------------------------------------------------------------------------


def answer(plan: Plan, metric: str, swings: Sequence[Swing]) -> str:
    """Which lever moves a metric most, how far, and how it compares with the next."""
    label, unit = METRICS[metric].label, METRICS[metric].unit
    moving = [swing for swing in swings if swing.width > 0]
    if not moving:
        why = "No input has a range yet" if not swings else "No input with a range changes it"
        return f"{label}: there is nothing to rank. {why}."
    first, leading = moving[0], lever(plan, moving[0].path)
    low, high = (_value(plan, leading, value) for value in (first.low, first.high))
    at_low, at_high = (words.short(plan, result, unit) for result in (first.at_low, first.at_high))
    text = f"{leading.title} matters most for {words.in_text(label)}: "
    text += f"{at_low} at {low}, {at_high} at {high}"
    if len(moving) == 1:
        return f"{text}. No other input with a range changes it."
    second = moving[1]
    return (
        f"{text}. That is {_times(plan, first.width / second.width)} the next input, {lever(plan, second.path).name}."
    )


def _times(plan: Plan, times: float) -> str:
    """How one effect compares with a smaller one; `times` is at least 1."""
    if times < 1.05:
        return "about the same effect as"
    factor = round(times, 1) if times < 10 else round(times)
    return f"about {words.short(plan, factor, 'decimal').rstrip('0').rstrip('.,')} times the effect of"


def _tips(**titles: str) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]


@cache
def _tornado(rows: int, unit: str, title: str) -> dict[str, Any]:
    base = rows_like(label="", low=0.0, high=0.0, base=0.0, least=0.0, most=0.0, left="", right="", says="", ends="")
    tip = _tips(label=" ", ends="From – to", says="Result")
    written = alt.Axis(labelLimit=260, title=None, grid=False)
    y = alt.Y("label:N", sort=None, axis=written, scale=alt.Scale(padding=0.3))
    form = ".0%" if unit == "percent" else "~s"
    scale = alt.Scale(zero=False, padding=52, nice=False)
    axis = alt.Axis(title=title, titleFontWeight="normal", format=form, tickCount=4, gridOpacity=0.4)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=axis, scale=scale)

    thick: dict[str, Any] = {"height": 13, "cornerRadius": 1}
    down = base.mark_bar(color=LOW, **thick).encode(y, x("base"), alt.X2("low:Q"), tooltip=tip)
    up = base.mark_bar(color=INK, **thick).encode(y, x("base"), alt.X2("high:Q"), tooltip=tip)
    small: dict[str, Any] = {"color": LABEL, "fontSize": 12, "baseline": "middle"}
    left = base.mark_text(align="right", dx=-5, **small).encode(y, x("least"), text="left:N")
    right = base.mark_text(align="left", dx=5, **small).encode(y, x("most"), text="right:N")
    here = base.mark_tick(color=GREY, thickness=2, height=19).encode(y, x("base"), tooltip=tip)
    return specified(alt.layer(down, up, here, left, right), height=28 * rows + 46)


def tornado(plan: Plan, metric: str, swings: Sequence[Swing], most: int = FEW) -> Chart:
    """One bar per lever around the plan's figure, from its low to its high; the values of the lever at the ends."""
    label, unit = METRICS[metric].label, METRICS[metric].unit
    rows = []
    for swing in [swing for swing in swings if swing.width > 0][:most]:
        swung = lever(plan, swing.path)
        low, high = (_value(plan, swung, value) for value in (swing.low, swing.high))
        left, right = (low, high) if swing.at_low <= swing.at_high else (high, low)
        results = (swing.at_low, swing.at_high, swing.base)
        says = " – ".join(words.short(plan, result, unit) for result in results[:2])
        ends = (min(results), max(results), left, right)
        rows.append((swung.title, *results, *ends, says, f"{low} – {high}"))
    columns = ["label", "low", "high", "base", "least", "most", "left", "right", "says", "ends"]
    frame = pd.DataFrame(rows, columns=columns)
    many = sum(swing.width > MUCH * abs(swing.base) for swing in swings)
    verb, whose = ("changes", "its") if many == 1 else ("change", "their")
    percent = words.short(plan, MUCH, "percent")
    title = f"{many or 'None'} of {words.counted(plan, len(swings), 'input')} {verb} {words.in_text(label)} "
    title += f"by more than {percent} on {whose} own"
    listed = "; ".join(f"{row[0]}: {row[8]}" for row in rows[:5])
    return Chart(
        frame,
        _tornado(len(rows), unit, axis_title(plan, label, unit)),
        title,
        f"Bars around the plan’s figure. {title}. {listed}.",
    )


def shares(plan: Plan, metric: str, swings: Sequence[Swing], parts: Sequence[Share]) -> Table:
    """Each input's share of the variance, alone and with interactions; below its name its ends and results."""
    unit, swing_of = METRICS[metric].unit, {swing.path: swing for swing in swings}
    rows = []
    for share in parts:
        driver, swing, note = lever(plan, share.path), swing_of.get(share.path), ""
        if swing:
            low, high = (_value(plan, driver, value) for value in (swing.low, swing.high))
            results = [words.short(plan, result, unit) for result in (swing.at_low, swing.at_high)]
            note = f"{low} to {high}: {results[0]} to {results[1]}"
        name = Cell(driver.title, note=note)
        rows.append((name, _share(plan, share.first), _share(plan, share.total)))
    return Table(("Share of the variance", "Alone", "With interactions"), tuple(rows), _INTERACTIONS)


_INTERACTIONS = (
    "With interactions: what an input explains alone and together with others. An interaction counts for each of its "
    "inputs, so the column can add up to more than the whole. Chance is left out."
)


def _share(plan: Plan, share: float) -> str:
    return "<\u2009" * (0 < share < 0.005) + words.short(plan, max(round(share, 2), 0.01 * (share > 0)), "percent")


# -- two levers at once -----------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _heat(rows: int, across: str, down: str) -> dict[str, Any]:
    base = rows_like(across="", down="", fill="", ink="", says="", here=True)
    title: dict[str, Any] = {"titleFontWeight": "normal", "titleLimit": 400}
    x = alt.X("across:O", sort=None, axis=alt.Axis(title=across, labelAngle=0, labelOverlap=True, grid=False, **title))
    y = alt.Y("down:O", sort=None, axis=alt.Axis(title=down, grid=False, **title))
    tip = _tips(across=across, down=down, says="Result")
    own: dict[str, Any] = {"scale": None, "legend": None}
    cells = base.mark_rect().encode(x, y, color=alt.Color("fill:N", **own), tooltip=tip)
    here = (
        base.mark_rect(filled=False, stroke=MARK, strokeWidth=2.5)
        .encode(x, y)
        .transform_filter(where("here", equal=True))
    )
    text = base.mark_text(fontSize=12).encode(x, y, text="says:N", color=alt.Color("ink:N", **own), tooltip=tip)
    return specified(alt.layer(cells, here, text), height=38 * rows + 44)


def _with_unit(lever: Lever) -> str:
    """A lever's label with its unit, where its numbers do not carry one."""
    unit = lever.kind.unit.removeprefix("%").strip()
    return f"{lever.label}, {unit}" if unit else lever.label


def heat(plan: Plan, grid: Grid) -> Chart:
    """A metric over two levers, the higher of the one upwards; darker is better, and the plan's own cell is marked."""
    metric = METRICS[grid.metric]
    across, down = _names(plan, grid.across, grid.across_values), _names(plan, grid.down, grid.down_values)
    depths = _depths(metric.better * grid.values)
    rows = []
    for i in reversed(range(len(down))):
        for j, name in enumerate(across):
            here = grid.across_values[j] == grid.across.value and grid.down_values[i] == grid.down.value
            fill, says = _shade(depths[i, j]), words.short(plan, grid.values[i, j], metric.unit)
            rows.append((name, down[i], fill, _ink(fill), says, here))
    frame = pd.DataFrame(rows, columns=["across", "down", "fill", "ink", "says", "here"])
    title = _effects(plan, grid)
    spec = _heat(len(down), _with_unit(grid.across), _with_unit(grid.down))
    return Chart(frame, spec, title, f"Heat map. {title}.")


def _names(plan: Plan, lever: Lever, values: Sequence[float]) -> list[str]:
    """The lever's values in words; those that read alike are kept apart, as cells are told apart by them."""
    names: list[str] = []
    for value in values:
        text = words.short(plan, value, lever.kind.written)
        names.append(text + "\u200b" * sum(name.rstrip("\u200b") == text for name in names))
    return names


def _depths(worth: Array) -> Array:
    """Worth from 0 (the worst, or undefined) to 1 (the best)."""
    finite = worth[np.isfinite(worth)]
    spread = float(np.ptp(finite)) if finite.size else 0.0
    return np.nan_to_num((worth - finite.min()) / spread) if spread else np.zeros(worth.shape)


def _shade(depth: float) -> str:
    return "#" + "".join(f"{round(a + depth * (b - a)):02x}" for a, b in zip(PALE, DEEP, strict=True))


def _ink(fill: str) -> str:
    """Black or white letters, whichever stand out more from a shade (relative luminance of WCAG 2)."""
    shares = (int(fill[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    light = sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
    return "#ffffff" if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else "#000000"


def _effects(plan: Plan, grid: Grid) -> str:
    """What the two levers do together, and which has the larger effect."""
    metric, values = METRICS[grid.metric], grid.values
    defined = values[np.isfinite(values)]
    if not defined.size or not np.ptp(defined) > 0:
        return f"{metric.label}: neither input changes it"
    low, high = (words.short(plan, end, metric.unit) for end in (defined.min(), defined.max()))
    row = values[grid.down_values.index(grid.down.value)]
    column = values[:, grid.across_values.index(grid.across.value)]
    sweeps = [_sweep(row), _sweep(column)]
    larger, smaller = (grid.across, grid.down) if sweeps[0] >= sweeps[1] else (grid.down, grid.across)
    if min(sweeps) > ALIKE * max(sweeps):
        return f"{metric.label}: from {low} to {high}; both inputs have about the same effect"
    return f"{metric.label}: from {low} to {high}; {larger.name} has more effect than {smaller.name}"


def _sweep(line: Array) -> float:
    """How far a line of results reaches; undefined ones left out."""
    defined = line[np.isfinite(line)]
    return float(np.ptp(defined)) if defined.size else 0.0
