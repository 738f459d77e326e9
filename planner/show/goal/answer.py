"""What would it take: the way there as a chart, and the table that proves it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from planner import words
from planner.ask.goal.reach import VOLUMES, Reach, reach
from planner.ask.uncertainty.simulation import simulate
from planner.engine import forecast
from planner.engine.batch import Array
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.plan.diff import differing
from planner.plan.levers import kind_of_lever
from planner.plan.metrics import keys_for
from planner.show.design import GREY, INK, OWN_HUE, Chart, rows_like, specified
from planner.show.goal.questions import Answer, capital, figure, measured, named, nearest, past_hours, stands, wish
from planner.show.tables import Cell, Table

__all__ = ["curve", "legend", "proof"]

MARK, OVER = "#d98b2b", "#98a1aa"
_POINTS, _FEW = 81, 13  # of the curve; fewer where each takes a run of draws
_COLUMNS = ["part", "x", "to", "y", "hue", "says", "at"]
_Row = tuple[str, float, float, float, str, str, str]


# -- chart ------------------------------------------------------------------------------------------------------------


@cache
def _curve(across: str, up: str) -> dict[str, Any]:
    base = rows_like(part="", x=0.0, to=0.0, y=0.0, hue="", says="", at="")
    x_axis = alt.Axis(title=None, format=across, tickCount=6, grid=False, labelFlush=True)
    x = alt.X("x:Q", axis=x_axis, scale=alt.Scale(zero=False, nice=False))
    y_axis = alt.Axis(title=None, format=up, tickCount=5, gridOpacity=0.4)
    y = alt.Y("y:Q", axis=y_axis, scale=alt.Scale(zero=False, padding=14))
    tip = [alt.Tooltip("at:N", title="At"), alt.Tooltip("says:N", title="Result")]

    def of(part: str) -> Any:
        return base.transform_filter(f"datum.part == '{part}'")

    def text(part: str, align: Any, dx: int, dy: int) -> Any:
        mark = of(part).mark_text(align=align, dx=dx, dy=dy, fontSize=12, fontWeight=600)
        return mark.encode(x, y, OWN_HUE, text="says:N")

    over = of("over").mark_rect(opacity=0.18).encode(x, alt.X2("to:Q"), OWN_HUE, tooltip=["says:N"])
    line = of("line").mark_line(strokeWidth=2.5).encode(x, y, OWN_HUE, tooltip=tip)
    goals = base.transform_filter("test(/goal/, datum.part)")
    goal = goals.mark_rule(strokeDash=[5, 4], strokeWidth=1.5).encode(y, OWN_HUE)
    over_it = of("goal above").mark_text(align="right", baseline="bottom", x="width", dx=-4, dy=-3, fontSize=11)
    under_it = of("goal below").mark_text(align="right", baseline="top", x="width", dx=-4, dy=4, fontSize=11)
    marks = base.transform_filter("test(/mark/, datum.part)").mark_point(filled=True, size=95, opacity=1)
    texts = text("mark left", "right", -10, -10), text("mark right", "left", 10, 14)
    names = (one.encode(y, OWN_HUE, text="says:N") for one in (over_it, under_it))
    return specified(alt.layer(over, line, goal, *names, marks.encode(x, y, OWN_HUE, tooltip=tip), *texts), height=300)


def curve(found: Answer) -> Chart:
    """The metric (or the chance) as the lever goes; where it stands, where it should, and where the hours run out."""
    plan, asked = found.plan, found.question
    span = reach(plan, asked.path)
    spots = [span.now, *(place.at for place in found.places)]
    unit = "percent" if asked.chance is not None else METRICS[asked.metric].unit
    even = np.linspace(*_ends(found, span), _POINTS)
    to = np.unique([*even, *spots, *(at for at in span.points() if even[0] <= at <= even[-1])])
    value, spare = _seen(found, span, to)
    goal = asked.chance or asked.target
    seen = _in_sight(value, np.interp(even, to, value), [goal, *np.interp(spots, to, value)])
    rows: list[_Row] = [*_zones(to, spare)]
    for at, y in zip(to[seen].tolist(), value[seen].tolist(), strict=True):
        rows.append(("line", at, at, y, INK, words.short(plan, y, unit), stands(plan, asked.path, at)))
    side = "goal below" if value[-1] > goal else "goal above"
    rows.append((side, to[0], to[0], goal, GREY, f"target {words.short(plan, goal, unit)}", ""))
    rows += _marks(found, span, to, value, unit)
    percent = asked.path != VOLUMES and kind_of_lever(plan, asked.path).written == "percent"
    spec = _curve(".2~%" if percent else "~s", ".2~%" if unit == "percent" else "~s")
    title = _title(found, to, spare)
    return Chart(pd.DataFrame(rows, columns=_COLUMNS), spec, title, f"Line with the target. {title}.")


def _ends(found: Answer, span: Reach) -> tuple[float, float]:
    """From where to where the lever is drawn: all that matters, and some way on."""
    marks = [span.now, *(place.at for place in found.places), *filter(None, [past_hours(found)])]
    top = 1.25 * max(marks) if max(marks) > 0 else max(marks) + 1.0
    low = max(span.low, min(marks) - (top - min(marks)))
    low = 0.0 if span.low <= 0 <= low else low
    return low + (1e-3 * (top - low) if span.kind.above and low <= span.kind.low else 0.0), min(top, span.high)


def _seen(found: Answer, span: Reach, to: Array) -> tuple[Array, Array]:
    """The metric (or the chance) at places of the lever, and the hours to spare there: no end of them without reps."""
    plan, asked = found.plan, found.question
    made = forecast(plan, span.moves(to))
    there = made.hours_available.sum(axis=0) if forecast(plan).payroll().any() else np.inf
    spare = np.broadcast_to(there - read(made, "hours"), to.shape)
    if asked.chance is None:
        return np.broadcast_to(measured(made, asked), to.shape), spare
    few = np.unique([*np.linspace(to[0], to[-1], _FEW), span.now, *(place.at for place in found.places)])
    drawn = (simulate(span.pulled(float(at))) for at in few)
    sure = [one.chance(asked.metric, asked.target, tail=asked.tail) for one in drawn]
    return np.interp(to, few, sure), spare


def _in_sight(value: Array, even: Array, key: list[float]) -> Array:
    """Which points are drawn: where a curve runs off (CAC where hardly anything is sold) it would flatten the rest."""
    if not np.isfinite(even).any():
        return np.isfinite(value)
    low, high = np.nanquantile(even, (0.25, 0.75))
    room = 1.5 * (high - low)
    return np.asarray((value <= np.nanmax([high + room, *key])) & (value >= np.nanmin([low - room, *key])))


def _zones(to: Array, spare: Array) -> Iterator[_Row]:
    """Where the plan needs more hours than the team has."""
    over = np.flatnonzero(spare < -1e-6)
    for run in np.split(over, np.flatnonzero(np.diff(over) > 1) + 1) if len(over) else []:
        low, high = float(to[run[0]]), float(to[run[-1]])
        if run[0]:
            a, b = spare[run[0] - 1], spare[run[0]]
            low -= float((low - to[run[0] - 1]) * b / (b - a))
        yield "over", low, high, 0.0, OVER, "more hours than the team has", ""


def _marks(found: Answer, span: Reach, to: Array, value: Array, unit: str) -> Iterator[_Row]:
    """Where the lever stands, and where it should go."""
    plan, path = found.plan, found.question.path
    spots = [(span.now, GREY, "now {}")]
    met = "nearest {}" if found.held else ""
    spots += [(place.at, MARK, met) for place in found.places if place.at != span.now]
    for at, hue, name in spots:
        y, there = float(np.interp(at, to, value)), stands(plan, path, at)
        if np.isfinite(y):
            side = "left" if at > (to[0] + to[-1]) / 2 else "right"
            yield f"mark {side}", at, at, y, hue, name.format(words.short(plan, y, unit)) or there, there


def _title(found: Answer, to: Array, spare: Array) -> str:
    """What the curve shows: where the target is met, and where the hours end."""
    plan, asked = found.plan, found.question
    name = capital(figure(plan, asked)) if asked.chance is None else f"The chance of {wish(plan, asked)}"
    spots = " and ".join(stands(plan, asked.path, place.at) for place in found.places)
    over = np.flatnonzero(spare < -1e-6)
    ends = "; in grey the team’s hours do not suffice" if len(over) else ""
    if np.isnan(found.value):
        return f"{name}: undefined"
    if found.held.startswith("the lever itself"):
        return f"{name}: the same wherever the lever goes"
    met = f"out of reach, nearest {nearest(found)}" if found.held else f"the target is met at {spots}"
    return f"{name}: {met}{ends}"


def legend(found: Answer) -> str:
    """What runs across and up."""
    plan, asked = found.plan, found.question
    unit = reach(plan, asked.path).kind.unit.removeprefix("%")
    across = f"{named(plan, asked.path)}{', ' + unit if unit else ''}"
    across = "all volumes, 1 is today" if asked.path == VOLUMES else across
    up = figure(plan, asked) if asked.chance is None else "the chance"
    return f"Across: {across}. Up: {up}, {'the tail included' if asked.tail else 'in the plan'}."


# -- table ------------------------------------------------------------------------------------------------------------


def proof(found: Answer) -> Table:
    """The levers that move and the key figures: now, and at each place, each with its change."""
    plan, asked, places = found.plan, found.question, found.places
    rows = list(_moved(plan, [place.plan for place in places]))
    made = [forecast(one) for one in (plan, *(place.plan for place in places))]
    for key in dict.fromkeys((asked.metric, *keys_for("answer"))):
        own, unit = key == asked.metric, METRICS[key].unit
        values = [float(read(one, key, channel=asked.channel if own else None, tail=asked.tail)) for one in made]
        label = Cell(capital(figure(plan, asked)), "strong") if own else METRICS[key].label
        texts = [words.write(plan, x, unit) for x in values]
        rows.append((label, *_row(texts, [words.change(plan, x, values[0], unit) for x in values])))
    heads = ["Nearest" if found.held else "Then", "Change"]
    heads = heads if len(places) == 1 else [stands(plan, asked.path, place.at) for place in places]
    counts = "With what lands after the plan’s end." if asked.tail else "Within the plan."
    return Table(("", "Now", *heads), tuple(rows), counts)


def _row(texts: list[str], changes: list[str]) -> tuple[Cell | str, ...]:
    """Now, then and the change in columns; several places carry their change beneath."""
    if len(texts) == 2:
        return *texts, Cell(changes[1], "quiet")
    return texts[0], *(Cell(text, note=change) for text, change in zip(texts[1:], changes[1:], strict=True))


def _moved(plan: Plan, then: list[Plan]) -> Iterator[tuple[Cell | str, ...]]:
    """A row for each lever that moves."""
    moved = [{row.path: row for row in differing(plan, other)} for other in then]
    for path, row in {path: row for rows in moved for path, row in rows.items()}.items():
        values = [row.before, *(rows[path].after if path in rows else row.before for rows in moved)]
        numbers = [float(value or 0.0) for value in values]
        unit = row.kind.written if row.kind else "count"
        texts = [words.write(plan, x, unit) for x in numbers]
        after = f", {row.kind.unit}" if row.kind and row.kind.unit and row.kind.written == "decimal" else ""
        yield capital(row.label) + after, *_row(texts, [words.change(plan, x, numbers[0], unit) for x in numbers])
