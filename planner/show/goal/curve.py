"""The figure as the lever goes: where it stands, where it should, and where a limit would be broken."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from planner import words
from planner.ask.goal.answer import Answer, Question, measured
from planner.ask.goal.reach import VOLUMES, Reach, reach
from planner.ask.limits import SLACK, Limits
from planner.ask.uncertainty.simulation import simulate
from planner.engine import forecast
from planner.engine.batch import Array
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.plan.levers import kind_of_lever, lever
from planner.show.design import GREY, INK, OWN_HUE, Chart, rows_like, specified
from planner.show.goal.phrases import capital, figure, stands, wish
from planner.show.goal.sentences import nearest
from planner.show.layers import where

__all__ = ["curve"]

ANSWER_HUE, OVER_HUE = "#d98b2b", "#98a1aa"
POINTS, DRAWN = 81, 13  # of the curve; fewer where each takes a run of draws
CLOSE = 0.3  # of the width: nearer labels stand one above the other
_GOALS: dict[str, tuple[Any, Any, Any, int, int]] = {  # where the target has its name: align, baseline, x, dx, dy
    "goal left above": ("left", "bottom", 0, 4, -3), "goal left below": ("left", "top", 0, 4, 4),
    "goal right above": ("right", "bottom", "width", -4, -3), "goal right below": ("right", "top", "width", -4, 4),
}  # fmt: skip
_MARKS: dict[str, tuple[Any, int, int]] = {  # where a point has its label: align, dx, dy
    "mark left": ("right", -10, -14), "mark left far": ("right", -10, -30),
    "mark right": ("left", 10, 14), "mark right far": ("left", 10, 30),
}  # fmt: skip
_COLUMNS = ["part", "x", "to", "y", "hue", "says", "at"]
_Row = tuple[str, float, float, float, str, str, str]


@lru_cache(maxsize=128)
def _spec(across: str, up: str, across_title: str, up_title: str) -> dict[str, Any]:
    """The design; `across` and `up` are the formats of the axes."""
    base = rows_like(part="", x=0.0, to=0.0, y=0.0, hue="", says="", at="")
    x_axis = alt.Axis(title=across_title, format=across, tickCount=6, grid=False, labelFlush=True)
    x = alt.X("x:Q", axis=x_axis, scale=alt.Scale(zero=False, nice=False))
    y_axis = alt.Axis(title=up_title, format=up, tickCount=5, gridOpacity=0.4)
    y = alt.Y("y:Q", axis=y_axis, scale=alt.Scale(zero=False, padding=14))
    tip = [alt.Tooltip("at:N", title=across_title), alt.Tooltip("says:N", title=up_title)]

    def rows(part: str) -> Any:
        return base.transform_filter(where("part", equal=part))

    def text(part: str, align: Any, dx: int, dy: int) -> Any:
        mark = rows(part).mark_text(align=align, dx=dx, dy=dy, fontSize=12, fontWeight=600)
        return mark.encode(x, y, OWN_HUE, text="says:N")

    over = rows("over").mark_rect(opacity=0.18).encode(x, alt.X2("to:Q"), OWN_HUE, tooltip=["says:N"])
    line = rows("line").mark_line(strokeWidth=2.5).encode(x, y, OWN_HUE, tooltip=tip)
    goals = base.transform_filter(where("part", oneOf=list(_GOALS)))
    goal = goals.mark_rule(strokeDash=[5, 4], strokeWidth=1.5).encode(y, OWN_HUE)
    names = (
        rows(part).mark_text(align=align, baseline=baseline, x=place, dx=dx, dy=dy, fontSize=12)
        for part, (align, baseline, place, dx, dy) in _GOALS.items()
    )
    spots = base.transform_filter(where("part", oneOf=list(_MARKS)))
    marks = spots.mark_point(filled=True, size=95, opacity=1)
    texts = (text(part, *place) for part, place in _MARKS.items())
    aims = (name.encode(y, OWN_HUE, text="says:N") for name in names)
    return specified(alt.layer(over, line, goal, *aims, marks.encode(x, y, OWN_HUE, tooltip=tip), *texts), height=300)


def curve(answer: Answer) -> Chart:
    """The metric (or the chance) along the lever, the target, and where a limit would be broken in grey."""
    plan, question = answer.plan, answer.question
    span = reach(plan, question.path)
    spots = [span.now, *(place.at for place in answer.places)]
    unit = "percent" if question.chance is not None else METRICS[question.metric].unit
    even = np.linspace(*_ends(answer, span), POINTS)
    to = np.unique([*even, *spots, *(x for x in span.points() if even[0] <= x <= even[-1])])
    value, spare = _along(answer, span, to)
    goal = question.chance or question.target
    drawn = _in_sight(value, np.interp(even, to, value), [goal, *np.interp(spots, to, value)])
    rows: list[_Row] = [*_zones(to, spare)]
    for x, y in zip(to[drawn].tolist(), value[drawn].tolist(), strict=True):
        rows.append(("line", x, x, y, INK, words.short(plan, y, unit), stands(plan, question.path, x)))
    rows.append((_free(value[drawn], goal), to[0], to[0], goal, GREY, f"target {words.short(plan, goal, unit)}", ""))
    rows += _marks(answer, span, to, value, unit)
    percent = question.path != VOLUMES and kind_of_lever(plan, question.path).written == "percent"
    formats = ".2~%" if percent else "~s", ".2~%" if unit == "percent" else "~s"
    title = _title(answer, spare)
    spec = _spec(*formats, *_axis_titles(plan, question, span))
    return Chart(pd.DataFrame(rows, columns=_COLUMNS), spec, title, f"Line with the target. {title}.")


def _axis_titles(plan: Plan, question: Question, span: Reach) -> tuple[str, str]:
    unit = span.kind.unit.removeprefix("%")
    across = "All volumes, 1 is today" if span.path == VOLUMES else lever(plan, span.path).title
    across += f", {unit}" if unit and span.path != VOLUMES else ""
    up = capital(figure(plan, question)) if question.chance is None else "Chance"
    return across, up + (", including what closes later" if question.tail else "")


def _ends(answer: Answer, span: Reach) -> tuple[float, float]:
    """From where to where the lever is drawn: all that matters, and some way on."""
    beyond = [] if answer.beyond is None else [answer.beyond]
    marks = [span.now, *(place.at for place in answer.places), *beyond]
    top = 1.25 * max(marks) if max(marks) > 0 else max(marks) + 1.0
    low = max(span.low, min(marks) - (top - min(marks)))
    low = 0.0 if span.low <= 0 <= low else low
    return low + (1e-3 * (top - low) if span.kind.above and low <= span.kind.low else 0.0), min(top, span.high)


def _along(answer: Answer, span: Reach, to: Array) -> tuple[Array, Array]:
    """The metric (or the chance) at places of the lever, and the share of room left under the limits there."""
    plan, question = answer.plan, answer.question
    batch = forecast(plan, span.moves(to))
    spare = np.broadcast_to(Limits.of(plan).spare(batch), to.shape)
    if question.chance is None:
        return np.broadcast_to(measured(batch, question), to.shape), spare
    few = np.unique([*np.linspace(to[0], to[-1], DRAWN), span.now, *(place.at for place in answer.places)])
    draws = (simulate(span.pulled(float(x))) for x in few)
    sure = [drawn.chance(question.metric, question.target, tail=question.tail) for drawn in draws]
    return np.interp(to, few, sure), spare


def _in_sight(value: Array, even: Array, key: list[float]) -> Array:
    """Which points are drawn: where a curve runs off (CAC where hardly anything is sold) it would flatten the rest."""
    if not np.isfinite(even).any():
        return np.isfinite(value)
    low, high = np.nanquantile(even, (0.25, 0.75))
    room = 1.5 * (high - low)
    return np.asarray((value <= np.nanmax([high + room, *key])) & (value >= np.nanmin([low - room, *key])))


def _zones(to: Array, spare: Array) -> Iterator[_Row]:
    """Where an answer would break a limit."""
    over = np.flatnonzero(spare < -SLACK)
    for run in np.split(over, np.flatnonzero(np.diff(over) > 1) + 1) if len(over) else []:
        low, high = float(to[run[0]]), float(to[run[-1]])
        if run[0]:
            kept, broken = spare[run[0] - 1], spare[run[0]]
            low -= float((low - to[run[0] - 1]) * broken / (broken - kept)) if np.isfinite(kept) else 0.0
        yield "over", low, high, 0.0, OVER_HUE, "beyond a limit of the plan", ""


def _marks(answer: Answer, span: Reach, to: Array, value: Array, unit: str) -> Iterator[_Row]:
    """Where the lever stands, and where it should go."""
    plan, path = answer.plan, answer.question.path
    labels = [(span.now, GREY, f"now {words.short(plan, np.interp(span.now, to, value), unit)}")]
    for place in answer.places:
        if place.at != span.now:
            met = stands(plan, path, place.at)
            labels.append(
                (place.at, ANSWER_HUE, met if answer.met else f"nearest {words.short(plan, answer.value, unit)}")
            )
    sides = ["left" if x > (to[0] + to[-1]) / 2 else "right" for x, _, _ in labels]
    crowded = any(
        side == sides[0] and abs(x - span.now) < CLOSE * (to[-1] - to[0])
        for side, (x, _, _) in zip(sides[1:], labels[1:], strict=True)
    )
    for i, (x, hue, text) in enumerate(labels):
        y = float(np.interp(x, to, value))
        if np.isfinite(y):
            far = " far" if crowded and i == 0 else ""
            yield f"mark {sides[i]}{far}", x, x, y, hue, text, stands(plan, path, x)


def _free(value: Array, goal: float) -> str:
    """The corner where the target's name is farthest from the curve."""
    finite = value[np.isfinite(value)]
    if not finite.size:
        return "goal right above"
    left, right = finite[0] - goal, finite[-1] - goal
    side, gap = ("left", left) if abs(left) > abs(right) else ("right", right)
    return f"goal {side} {'below' if gap > 0 else 'above'}"


def _title(answer: Answer, spare: Array) -> str:
    """What the curve shows: where the target is met, and where a limit would be broken."""
    plan, question = answer.plan, answer.question
    name = capital(figure(plan, question)) if question.chance is None else f"The chance of {wish(plan, question)}"
    binding = answer.binding
    if binding is not None and binding.what in ("undefined", "unmoved"):
        return f"{name}: undefined" if binding.what == "undefined" else f"{name}: the same for every value of the lever"
    spots = " and ".join(stands(plan, question.path, place.at) for place in answer.places)
    met = f"the target is met at {spots}" if answer.met else f"out of reach, nearest {nearest(answer)}"
    return f"{name}: {met}" + ("; grey: a limit would be broken" if (spare < -SLACK).any() else "")
