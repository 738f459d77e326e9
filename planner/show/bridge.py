"""A difference as it is shown: what moved the figure, as a waterfall and as the table that proves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from planner import words
from planner.ask.compare.bridge import Bar, Ends
from planner.ask.compare.by_lever import LeverBridge
from planner.errors import PlanError
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.plan.diff import Difference
from planner.plan.kinds import Kind
from planner.plan.levers import Lever, lever
from planner.plan.naming import channel_name
from planner.show.design import BAD, GOOD, GREY, INK, LABEL, OWN_HUE, Chart, hues, rows_like, specified
from planner.show.layers import where
from planner.show.tables import Cell, Table

__all__ = ["Effect", "in_unit", "of_causes", "of_levers", "proof", "waterfall"]

SMALL = 0.002  # of the widest bar: below it, bars stand together
MOST = 10  # bars of a waterfall; the rest is one bar
BROKEN = 0.4  # bars that stay within this part of the ends' height are drawn on an axis that does not start at 0
_UNITS = {
    "rate": "percent", "season": "percent", "wear": "percent", "timing": "percent", "assist": "percent",
    "margin": "percent", "cost": "money", "value": "money",
}  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """One bar: its `label` in a chart, its `name` inside a sentence, by how much it moved the figure.

    `full` is the label of its row where that says more: "E-mail reply rate (of delivered)".
    `before` and `after` are the texts of what moved, "" where there is nothing to tell; `swatch` a channel's colour.
    """

    label: str
    name: str
    amount: float
    before: str = ""
    after: str = ""
    swatch: str = ""
    full: str = ""


def of_levers(split: LeverBridge, before: Plan, after: Plan) -> tuple[Effect, ...]:
    """The levers that moved, each by its rate's name, and what is no number on both sides."""
    effects = []
    for bar in split.bars:
        number = lever(_owner(bar.path, after, before), bar.path)
        was, is_now = in_unit(before, bar.before, number.kind), in_unit(after, bar.after, number.kind)
        effects.append(Effect(number.title, f"the {number.name}", bar.amount, was, is_now, full=number.label))
    if split.structure:
        effects.append(Effect("Structure: channels, stages, dates", "changes in structure", split.structure))
    return tuple(effects)


def of_causes(bars: Sequence[Bar], plan: Plan) -> tuple[Effect, ...]:
    """The causes of a bridge by channel and factor, rates by the names that their levers have."""
    colours = hues(plan)
    effects = []
    for bar in bars:
        rate = _rate(bar, plan)
        label = rate.title if rate else bar.label
        was, is_now = _factor(plan, bar.factor, bar.before), _factor(plan, bar.factor, bar.after)
        swatch, full = colours.get(bar.channel or "", ""), rate.label if rate else ""
        effects.append(Effect(label, words.in_text(label), bar.amount, was, is_now, swatch, full))
    return tuple(effects)


def in_unit(plan: Plan, value: float, kind: Kind | None) -> str:
    """A number of a plan in its own unit: "5,500 a month", "0.5%", "€18,000"."""
    text = words.write(plan, value, kind.written if kind else "count")
    return f"{text} {kind.unit}" if kind and kind.unit not in ("", "%") else text


def side_of(plan: Plan, row: Difference, value: float | str | None) -> str:
    """One side of a difference in the lever's own unit."""
    if value is None or isinstance(value, str):
        return value or words.DASH
    return in_unit(plan, value, row.kind)


def _owner(path: str, *plans: Plan) -> Plan:
    """The first of the plans that lists the lever; the last where none does."""
    for plan in plans:
        try:
            lever(plan, path)
        except (PlanError, StopIteration):
            continue
        return plan
    return plans[-1]


def _rate(bar: Bar, plan: Plan) -> Lever | None:
    """The rate that a bar is about, one of the sales stages named with its channel; None for other bars."""
    channel = next((channel for channel in plan.channels if channel.key == bar.channel), None)
    if bar.factor != "rate" or channel is None or not bar.key.endswith(".rate"):
        return None
    stage = bar.key.removeprefix(f"{channel.key}.").removesuffix(".rate")
    if any(own.key == stage for own in channel.stages):
        return lever(plan, f"{channel.key}.{stage}.rate")
    if any(shared.key == stage for shared in plan.sales):
        rate = lever(plan, f"sales.{stage}.rate")
        return replace(rate, name=f"{channel_name(channel)} {rate.name}")
    return None


def _factor(plan: Plan, factor: str, value: float) -> str:
    return words.write(plan, value, _UNITS.get(factor, "count"))


# -- the table ----------------------------------------------------------------------------------------------------


def proof(plan: Plan, effects: Sequence[Effect], metric: str, head: str = "What moved") -> Table:
    """Every bar with what moved before and after; the effects add up to the difference."""
    row = METRICS[metric]
    largest, small = ranked(effects)
    rows: list[tuple[Cell | str, ...]] = [
        (
            Cell(effect.full or effect.label, swatch=effect.swatch),
            effect.before,
            effect.after,
            Cell(signed(plan, effect.amount, row.unit), _tone(effect.amount, metric)),
        )
        for effect in largest
    ]
    if small:
        rest = signed(plan, _total(small), row.unit)
        rows.append((_smaller(small), "", "", rest))
    rows.append(("Total", "", "", signed(plan, _total(effects), row.unit)))
    heads = (head, "Before", "After", f"Effect on {words.in_text(row.label)}")
    return Table(heads, tuple(rows), "The effects add up to the difference exactly.", total=True)


def ranked(effects: Sequence[Effect]) -> tuple[list[Effect], list[Effect]]:
    """Effects that are not 0, the largest first: those worth a row, and the specks."""
    moved = sorted((effect for effect in effects if effect.amount), key=lambda effect: -abs(effect.amount))
    least = SMALL * abs(moved[0].amount) if moved else 0.0
    small = [effect for effect in moved if abs(effect.amount) < least]
    return (moved, []) if len(small) == 1 else (moved[: len(moved) - len(small)], small)


def signed(plan: Plan, amount: float, unit: str) -> str:
    """An effect with its sign."""
    return words.change(plan, amount, 0.0, unit) or words.write(plan, 0.0, unit)


def _total(effects: Sequence[Effect]) -> float:
    return sum(effect.amount for effect in effects)


def _smaller(effects: Sequence[Effect]) -> str:
    return effects[0].label if len(effects) == 1 else f"{len(effects)} smaller ones"


def _tone(amount: float, metric: str) -> str:
    """Whether a move of the metric is for the better."""
    return "good" if amount * METRICS[metric].better > 0 else "bad"


# -- the chart ----------------------------------------------------------------------------------------------------


def waterfall(
    plan: Plan, effects: Sequence[Effect], figure: Ends, metric: str, ends: tuple[str, str], period: str
) -> Chart:
    """From one figure to the other, better and worse by the metric's direction: the largest bars, the rest as one.

    Bars stand on 0; where they would be too small to read, the axis is broken, which its title and a mark say.
    """
    row, bars = METRICS[metric], _drawn(effects)
    levels = [figure.before]
    for bar in bars:
        levels.append(levels[-1] + bar.amount)
    foot = _foot([*levels, figure.after])
    top, low = max(*levels, figure.after, foot), min(*levels, figure.after, foot)
    first, last = (
        (name, min(foot, value), max(foot, value), colour, words.short(plan, value, row.unit), bool(foot))
        for name, value, colour in ((ends[0], figure.before, GREY), (ends[1], figure.after, INK))
    )
    between = [
        (bar.label, min(pair), max(pair), _hue(bar.amount, metric), signed(plan, bar.amount, row.unit), False)
        for bar, pair in zip(bars, pairwise(levels), strict=True)
    ]
    frame = pd.DataFrame([first, *between, last], columns=["label", "start", "stop", "hue", "says", "broken"])
    frame["row"] = [f"{place:02d}{label}" for place, label in enumerate(frame["label"])]
    frame["room"] = top + 0.3 * (top - low)  # for the figure written behind the longest bar
    unit = f", {plan.currency}" if row.unit == "money" else ""
    title = f"{row.label} {period}{unit}{' (axis does not start at 0)' if foot else ''}"
    finding = _finding(plan, effects, metric)
    return Chart(frame, _spec(len(frame), title, row.unit == "percent"), finding, f"Waterfall. {finding}.")


def _drawn(effects: Sequence[Effect]) -> list[Effect]:
    """The bars of the chart: the largest, and the rest as one where it can be seen."""
    largest, small = ranked(effects)
    rest = [*largest[MOST:], *small]
    amount = _total(rest)
    if not rest or abs(amount) <= SMALL * abs(largest[0].amount):
        return largest[:MOST]
    return [*largest[:MOST], Effect(_smaller(rest), "", amount)]


def _foot(levels: Sequence[float]) -> float:
    """Where the bars of both ends begin: 0, or near the smallest level where all lie close together far from 0."""
    near, far = sorted((min(levels), max(levels)), key=abs)
    span = far - near
    if near * far <= 0 or not span or abs(span) > BROKEN * abs(far):
        return 0.0
    return near - 0.35 * span


def _hue(amount: float, metric: str) -> str:
    return GOOD if _tone(amount, metric) == "good" else BAD


def _finding(plan: Plan, effects: Sequence[Effect], metric: str) -> str:
    """What moved a metric most, in words."""
    row, (largest, _) = METRICS[metric], ranked(effects)
    most = [f"{words.in_text(effect.label)} {signed(plan, effect.amount, row.unit)}" for effect in largest[:2]]
    return f"{row.label}: {', then '.join(most)}" if most else f"{row.label}: the same on both sides"


@cache
def _spec(rows: int, title: str, percent: bool) -> dict[str, Any]:
    base = rows_like(row="", label="", start=0.0, stop=0.0, room=0.0, hue="", says="", broken=False)
    names = alt.Axis(title=None, labelExpr="slice(datum.label, 2)", labelLimit=170, grid=False)
    y = alt.Y("row:N", sort=None, axis=names)
    large = "abs(datum.value) < 1000 ? format(datum.value, '~g') : format(datum.value, '~s')"
    figures = alt.Axis(
        title=title, labelExpr="format(datum.value, '~%')" if percent else large, tickCount=4, gridOpacity=0.4,
        titleFontWeight="normal", titlePadding=8, labelOverlap=True, labelFlush=True,
    )  # fmt: skip
    x = alt.X("start:Q", axis=figures, scale=alt.Scale(zero=False, nice=False))
    tip = [alt.Tooltip("label:N", title="What"), alt.Tooltip("says:N", title="Effect")]
    room = base.mark_point(opacity=0).encode(y, alt.X("room:Q"))
    bar = base.mark_bar(height=alt.RelativeBandSize(0.6)).encode(y, x, alt.X2("stop:Q"), OWN_HUE, tooltip=tip)
    gap = base.mark_text(align="left", dx=6, fontSize=15, fontWeight="bold", color="white", text="//").encode(y, x)
    text = base.mark_text(align="left", dx=6, color=LABEL, fontSize=12).encode(y, alt.X("stop:Q"), text="says:N")
    return specified(
        alt.layer(room, bar, gap.transform_filter(where("broken", equal=True)), text), height=28 * rows + 46
    )
