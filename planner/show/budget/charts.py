"""Where should the money go: the best mix as bars, on the curve of budget against result, and in figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from planner import words
from planner.ask.budget.allocation import NEXT, Allocation, Point, Staffing
from planner.engine import forecast
from planner.measure.metrics import METRICS, read
from planner.plan import Channel, Plan
from planner.plan.metrics import choices_for
from planner.show.budget.words import UNITS, named
from planner.show.design import GREY, INK, OWN_HUE, Chart, figure_axis, hues, rows_like, specified
from planner.show.tables import Cell, Table

__all__ = ["curve", "held", "mix", "spends", "staffing", "steps"]

MARK = "#d98b2b"


# -- charts -----------------------------------------------------------------------------------------------------------


@cache
def _pairs(rows: int) -> dict[str, Any]:
    base = rows_like(label="", which="", value=0.0, hue="", says="")
    y_axis = alt.Axis(title=None, labelLimit=160, grid=False)
    y = alt.Y("label:N", sort=None, axis=y_axis, scale=alt.Scale(paddingInner=0.28))
    x = alt.X("value:Q", axis=None, scale=alt.Scale(nice=False, padding=2))
    apart = alt.YOffset("which:N", sort=None, scale=alt.Scale(paddingInner=0.15))
    names = {"label:N": "Channel", "which:N": " ", "says:N": "Spend"}
    tip = [alt.Tooltip(field, title=name) for field, name in names.items()]
    bar = base.mark_bar(cornerRadiusEnd=2).encode(y, x, apart, OWN_HUE, tooltip=tip)
    text = base.mark_text(align="left", dx=5, fontSize=11, color=GREY).encode(y, x, apart, text="says:N")
    return specified(alt.layer(bar, text), height=46 * rows + 10)


def spends(plan: Plan, made: Allocation) -> Chart:
    """What each channel costs now (grey) and in the best mix (its colour)."""
    colours, rows = hues(plan), []
    for channel in _open(plan, made):
        now, best = made.before.spend[channel.key], made.after.spend[channel.key]
        rows.append((channel.label, "now", now, GREY, words.short(plan, now, "money")))
        rows.append((channel.label, "best", best, colours[channel.key], words.short(plan, best, "money")))
    frame = pd.DataFrame(rows, columns=["label", "which", "value", "hue", "says"])
    most = max(made.spend, key=lambda key: made.spend[key], default="")
    names = {channel.key: channel.label for channel in plan.channels}
    title = "Nothing is spent"
    if most and made.spend[most] > 0:
        share = words.short(plan, round(made.spend[most] / made.after.cost, 2), "percent")
        title = f"Best spend in colour, today’s in grey: {share} for {names[most]}"
    told = "; ".join(f"{row[0]} {row[1]} {row[4]}" for row in rows)
    return Chart(frame, _pairs(len(frame) // 2), title, f"Two bars a channel. {title}. {told}.")


@cache
def _frontier() -> dict[str, Any]:
    base = rows_like(part="", x=0.0, y=0.0, hue="", says="", money="", name="")
    x = alt.X("x:Q", axis=figure_axis(tickCount=6, grid=False), scale=alt.Scale(nice=False))
    y = alt.Y("y:Q", axis=figure_axis(tickCount=5, gridOpacity=0.4), scale=alt.Scale(zero=True))
    tip = [alt.Tooltip("money:N", title="Budget"), alt.Tooltip("says:N", title="Result")]
    line = base.transform_filter("datum.part == 'best'").mark_line(strokeWidth=2.5, interpolate="monotone")
    marks = base.transform_filter("datum.part == 'mark'")
    dots = marks.mark_point(filled=True, size=95, opacity=1).encode(x, y, OWN_HUE, tooltip=tip)
    text = marks.mark_text(align="left", baseline="top", dx=9, dy=7, fontSize=12, fontWeight=600)
    texts = text.encode(x, y, OWN_HUE, text="name:N")
    return specified(alt.layer(line.encode(x, y, OWN_HUE, tooltip=tip), dots, texts), height=260)


def steps(made: Allocation) -> tuple[float, ...]:
    """Budgets along the curve, closer together where it bends, with the one asked for among them."""
    top = 1.5 * max(made.budget, made.before.cost) or 10 * NEXT
    shares = (0.0, 0.1, 0.2, 0.3, 0.4, 0.55, 0.7, 0.85, 1.0)
    return tuple(sorted({made.budget, *(top * share for share in shares)}))


def curve(plan: Plan, made: Allocation, points: Sequence[Point]) -> Chart:
    """The best result at each budget; today's mix below it and the best one on it."""
    unit = METRICS[made.metric].unit
    spots = [("best", point.budget, point.value, INK, "") for point in points]
    same = np.allclose((made.before.cost, made.before.value), (made.after.cost, made.after.value), rtol=1e-4)
    if not same:
        spots.append(("mark", made.before.cost, made.before.value, GREY, "now"))
    spots.append(("mark", made.after.cost, made.after.value, MARK, "now and best" if same else "best"))
    frame = pd.DataFrame(spots, columns=["part", "x", "y", "hue", "name"])
    frame["says"] = [words.short(plan, y, unit) for y in frame["y"]]
    frame["money"] = [words.short(plan, x, "money") for x in frame["x"]]
    frame["name"] = frame["name"] + " " + frame["says"]
    title = f"{METRICS[made.metric].label} by budget: {_bend(plan, made, points)}"
    return Chart(frame, _frontier(), title, f"Curve of budget against the best result. {title}.")


def _bend(plan: Plan, made: Allocation, points: Sequence[Point]) -> str:
    """How much of the result half of the budget brings, or more of it would."""
    if not points or points[-1].value <= points[0].value * (1 + 1e-9):
        return "the same at every budget"
    half = [point for point in points if 0 < point.budget <= 0.5 * made.budget]
    if not half or not made.value > 0:
        return "the more, the more it brings"
    point = half[-1]
    share = words.short(plan, round(point.value / made.value, 2), "percent")
    some, all_of_it = (words.short(plan, budget, "money") for budget in (point.budget, made.budget))
    return f"{some} already bring {share} of what {all_of_it} do"


# -- tables -----------------------------------------------------------------------------------------------------------


def _open(plan: Plan, made: Allocation) -> Iterator[Channel]:
    return (channel for channel in plan.channels if channel.key in made.spend)


def mix(plan: Plan, made: Allocation, tail: bool) -> Table:
    """Each channel: touches a month and spend, now and best, and what the next 1 000 would bring there."""
    unit, colours, taken = METRICS[made.metric].unit, hues(plan), _taken(made, tail)
    best = {channel.key: channel.volume for channel in made.plan.channels}
    hour = next((limit.price for limit in made.binding if limit.what == "hours"), 0.0)
    rows: list[tuple[Cell | str, ...]] = []
    for channel in _open(plan, made):
        key = channel.key
        spend = made.after.spend[key], made.before.spend[key]
        net = [words.short(plan, made.marginal[key] - hour * taken[key], unit)] if hour else []
        rows.append((
            Cell(channel.label, swatch=colours[key]), _both(plan, round(best[key]), round(channel.volume), "count"),
            _both(plan, *spend, "money"), words.short(plan, made.marginal[key], unit), *net,
        ))  # fmt: skip
    rows.append(("Together", "", _both(plan, made.after.cost, made.before.cost, "money"), "", *([""] if hour else [])))
    thousand = words.write(plan, NEXT, "money")
    heads = ("Channel", "Touches", "Spend", f"Next {thousand} there")
    what = words.in_text(METRICS[made.metric].label)
    note = f"Touches a month; today’s beneath. Next {thousand} there: {what} it would bring in that channel"
    if not hour:
        return Table(heads, tuple(rows), f"{note}.", total=True)
    return Table((*heads, "Less its hours"), tuple(rows), f"{note}; less what its hours bring elsewhere.", total=True)


def _both(plan: Plan, best: float, now: float, unit: str) -> Cell:
    """The best figure, today's beneath."""
    return Cell(words.write(plan, best, unit), note=f"now\u00a0{words.write(plan, now, unit)}")


def _taken(made: Allocation, tail: bool) -> dict[str, float]:
    """Hours of reps that the next 1 000 of money take in each channel, at the rate of the next touch."""
    volumes = {channel.key: channel.volume for channel in made.plan.channels if channel.key in made.spend}
    more = np.vstack([np.zeros(len(volumes)), np.eye(len(volumes))])
    moves = {f"{key}.volume": volume + more[:, i] for i, (key, volume) in enumerate(volumes.items())}
    seen = forecast(made.plan, moves)
    hours, cost = read(seen, "hours"), read(seen, "cost", tail=tail)
    each = np.divide(hours[1:] - hours[0], cost[1:] - cost[0], out=np.zeros(len(volumes)), where=cost[1:] > cost[0])
    return dict(zip(volumes, (NEXT * each).tolist(), strict=True))


def held(plan: Plan, made: Allocation) -> Table:
    """What holds the result down, where it stands, and what more room would bring."""
    rows = []
    for limit in made.binding:
        size, unit = UNITS[limit.what]
        written = unit if unit in ("money", "hours") else "count"
        noun = "" if written != "count" else f" {unit}"
        more = f"{words.write(plan, size, written)}{noun} {'less' if limit.what == 'least' else 'more'}"
        worth = words.short(plan, limit.price * size, METRICS[made.metric].unit)
        at = f"{words.write(plan, limit.at, written)}{noun}"
        rows.append((Cell(named(plan, limit), note=at), more, worth))
    label = METRICS[made.metric].label
    return Table(("What holds it", "Room", f"Would bring, {words.in_text(label)}"), tuple(rows), numbers=2)


def staffing(plan: Plan, found: Sequence[Staffing]) -> Table:
    """With so many more reps: what is left for volumes, and what it brings."""
    metric = found[0].allocation.metric if found else choices_for("offered_aim")[0]
    rows = []
    for one in sorted(found, key=lambda one: one.reps):
        tone = "strong" if one is found[0] else ""
        value = words.short(plan, one.allocation.value, METRICS[metric].unit)
        rows.append((Cell(str(one.reps), tone), words.write(plan, one.allocation.budget, "money"), Cell(value, tone)))
    return Table(("More reps", "Left for volumes", METRICS[metric].label), tuple(rows))
