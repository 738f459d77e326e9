"""Where the plan lands: a sentence, a fan that joins actuals to forecast, a table of what it is made of."""

from __future__ import annotations

import math
from functools import cache, partial
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from planner import words
from planner.ask.evidence.land import Landing, LandingFigure
from planner.ask.evidence.rest import Rest
from planner.engine import Forecast
from planner.measure.metrics import METRICS, so_far
from planner.plan import Plan
from planner.plan.naming import channel_name
from planner.show.design import GREY, INK, OWN_HUE, Chart, axis_title, month_axis, rows_like, specified, value_axis
from planner.show.goal.limiting import name
from planner.show.layers import unless, where
from planner.show.tables import Cell, Table
from planner.show.uncertainty.charts import TARGET
from planner.show.uncertainty.sentences import percent, span

__all__ = ["fan", "lands_at", "rest_sentence", "scenario_name", "sentence", "table", "target_of", "why"]

NO_ROOM = 1.005  # times the volumes: less is no room


def target_of(plan: Plan, metric: str) -> float | None:
    """The target of a metric, None where it has none."""
    return next((target.value for target in plan.targets if target.metric == metric), None)


def lands_at(plan: Plan, figure: LandingFigure) -> str:
    """ "17.2 deals (80% range 13–22)"."""
    metric, eighty = METRICS[figure.metric], words.short(plan, 0.8, "percent")
    total = words.short(plan, figure.total, metric.unit)
    if metric.unit == "count":
        total = f"{total} {words.in_text(metric.label)}"
    if figure.low == figure.high:
        return total
    return f"{total} ({eighty} range {span(plan, figure.metric, figure.low, figure.high, '{}–{}')})"


def sentence(landing: Landing) -> str:
    """Where the deals land, against plan and target, and the chance of the target."""
    plan, won = landing.plan, landing.figure("won")
    target, planned = target_of(plan, "won"), words.short(plan, won.plan)
    over = landing.passed >= plan.months
    start = (
        f"The plan ended with {lands_at(plan, won)}"
        if over
        else f"At this rate the plan lands at {lands_at(plan, won)}"
    )
    if landing.passed <= 0:
        start = f"The plan has not begun by {words.day(landing.as_of)}; it is expected to land at {lands_at(plan, won)}"
    text = f"{start}, against {planned} planned"
    if target is None:
        return f"{text}."
    text += f" and a target of {words.short(plan, target)}"
    return f"{text}." if over else f"{text}; chance of the target {percent(plan, won.chance(target))}."


def why(landing: Landing) -> str:
    """What the landing rests on, and what comes later."""
    plan, won = landing.plan, landing.figure("won")
    text = (
        "What has happened stands as reported; the rest follows the measured rates and delays, as far as the data tell "
        "them. The range counts uncertain rates, uneven months and chance."
    )
    if won.tail >= 0.05:
        text += f" {words.counted(plan, won.tail, 'more deal')} would close after the plan’s end."
    return text


# -- the fan -----------------------------------------------------------------------------------------------------------


@cache
def _spec(title: str) -> dict[str, Any]:
    base = rows_like(
        month="", low=0.0, middle=0.0, high=0.0, actual=0.0, planned=0.0, target=0.0, aim="", hue="", says="", own=""
    )
    tip = [
        alt.Tooltip("month:N", title="By the end of"), alt.Tooltip("says:N", title="Landing"),
        alt.Tooltip("own:N", title="Plan"),
    ]  # fmt: skip
    x, up = month_axis(points=True), partial(value_axis, title=title)
    ahead = base.transform_filter(where("middle", valid=True))
    band = ahead.mark_area(opacity=0.22).encode(x, up("low"), alt.Y2("high:Q"), OWN_HUE, tooltip=tip)
    coming = ahead.mark_line(strokeWidth=2, strokeDash=[2, 3]).encode(x, up("middle"), OWN_HUE, tooltip=tip)
    came = base.transform_filter(where("actual", valid=True))
    dots = alt.OverlayMarkDef(size=34)
    real = came.mark_line(strokeWidth=3, point=dots).encode(x, up("actual"), OWN_HUE, tooltip=tip)
    own = base.mark_line(strokeWidth=1.5, color=GREY, strokeDash=[5, 4]).encode(x, up("planned"), tooltip=tip)
    aimed = base.transform_filter(where("target", valid=True))
    line = aimed.mark_line(color=TARGET, strokeWidth=2).encode(x, up("target"))
    named = aimed.transform_filter(unless("aim", equal=""))
    label = named.mark_text(align="left", baseline="bottom", dy=-4, color=TARGET, fontSize=12)
    return specified(alt.layer(own, band, coming, real, line, label.encode(x, up("target"), text="aim:N")), 280)


def fan(landing: Landing, forecast: Forecast, metric: str) -> Chart:
    """A metric up to each month’s end: what happened as a line, then its landing with the range; the plan dashed."""
    plan, figure, row = landing.plan, landing.figure(metric), METRICS[metric]
    months, whole = plan.months, min(math.floor(landing.passed + 1e-9), plan.months)
    index, target = np.arange(months), target_of(plan, metric)
    middle, low, high = (np.array(line) for line in (figure.so_far, figure.so_far_low, figure.so_far_high))
    says = [words.write(plan, x, row.unit) for x in middle]
    for month in range(whole, months):
        says[month] += f" ({span(plan, metric, low[month], high[month], '{} to {}')})"
    join = max(whole - 1, 0)  # the fan opens where the actuals end
    own = so_far(forecast, metric)
    frame = pd.DataFrame(
        {
            "month": words.month_names(plan),
            "low": np.where(index >= join, low, np.nan),
            "middle": np.where(index >= join, middle, np.nan),
            "high": np.where(index >= join, high, np.nan),
            "actual": np.where(index < whole, middle, np.nan),
            "planned": own,
            "target": np.full(months, np.nan if target is None else target),
            "aim": ["" if target is None else f"target {words.short(plan, target, row.unit)}", *[""] * (months - 1)],
            "hue": INK,
            "says": says,
            "own": [words.write(plan, x, row.unit) for x in own],
        }
    )
    what = "" if row.unit == "count" else f"{row.label}: "
    title = f"{what}{lands_at(plan, figure)} by the end of {words.month_name(plan, months - 1)}"
    text = "Line: what happened. Dotted line and band: the landing with its 80% range. Grey dashes: the plan."
    return Chart(frame, _spec(axis_title(plan, row.label, row.unit)), title, f"{text} {title}.")


# -- the table ---------------------------------------------------------------------------------------------------------


def table(landing: Landing) -> Table:
    """What each figure is made of: what happened, what is under way, what is still planned; against the plan."""
    plan, rows = landing.plan, []
    for figure in landing.figures:
        metric = METRICS[figure.metric]

        def written(value: float, unit: str = metric.unit) -> str:
            return words.write(plan, value, unit)

        ends = "" if figure.low == figure.high else span(plan, figure.metric, figure.low, figure.high, "{} to {}")
        under_way = written(figure.under_way) if figure.metric != "cost" else words.DASH
        rows.append(
            (
                metric.label,
                Cell(written(figure.total), "strong", note=ends),
                Cell(written(figure.plan), "quiet"),
                written(figure.happened),
                under_way,
                written(figure.planned),
                Cell(written(figure.tail), "quiet"),
            )
        )
    heads = (
        "Figure",
        "Lands at",
        "Plan",
        f"By {words.day(landing.as_of)}",
        "Under way at measured rates",
        "Still planned",
        "After the plan",
    )
    note = (
        "Under way: what comes, within the plan, of all that was touched by that day. Still planned: what comes of "
        "later touches. Both at the rates and delays that the actuals show, not the plan’s. Below the landing its 80% "
        "range. After the plan: what closes later, so that nothing is dropped."
    )
    return Table(heads, tuple(rows), note, frozen=True)


# -- the rest ----------------------------------------------------------------------------------------------------------


def rest_sentence(landing: Landing, rest: Rest) -> str:
    """What the rest of the plan needs for the target, or how far it gets within the limits."""
    plan, month = landing.plan, words.month_name(landing.plan, rest.first)
    deals, lands = words.counted(plan, rest.target, "deal"), words.short(plan, landing.figure("won").total)
    if rest.met:
        return f"No change is needed for {deals}: as planned, the rest of the plan lands at {lands}."
    if rest.factor is not None:
        return (
            f"To land at {deals} (now {lands}), volumes from {month} on would have to rise by "
            f"{_raised(plan, rest, rest.factor)}, for about {words.short(plan, rest.cost, 'money')} more."
        )
    reached = words.short(plan, rest.landing)
    start = f"{deals} are out of reach by volumes alone"
    if rest.binding is None:
        return (
            f"{start}: even {words.short(plan, rest.most)} times the volumes from {month} on would land at {reached}, "
            "because most of it closes after the plan’s end."
        )
    limit = words.in_text(name(plan, rest.binding))
    if all(min(rest.most, end) <= NO_ROOM for _, end in rest.ends or (("", rest.most),)):
        return f"{start}: there is no room to raise them ({limit})."
    more = _raised(plan, rest, rest.most, " more")
    return f"{start}: the most within the limits is {reached}, with {more} from {month} on. The limit is {limit}."


def _raised(plan: Plan, rest: Rest, factor: float, more: str = "") -> str:
    """By how much volumes rise, channels that a limit stops apart: "34%; e-mail 4%, where its limits end"."""
    ends = [(channel_name(c), dict(rest.ends)[c.key]) for c in plan.channels if c.key in dict(rest.ends)]
    ended = [f"{name} {words.short(plan, round(end - 1.0, 2), 'percent')}" for name, end in ends if end < factor]
    free = len(ended) < sum(channel.active for channel in plan.channels)
    by = words.short(plan, round(factor - 1.0, 2), "percent") + more if free else ""
    if not ended:
        return by
    listed = words.listed(ended)
    return f"{by} ({listed}, where {'its limit ends' if len(ended) == 1 else 'their limits end'})" if free else listed


def scenario_name(landing: Landing, rest: Rest) -> str:
    """What the plan with its raised volumes is called."""
    more = words.short(landing.plan, round((rest.factor or rest.most) - 1.0, 2), "percent")
    return f"Volumes +{more} from {words.month_name(landing.plan, rest.first)}"
