"""How sure: what a simulation says, small enough to keep, and the sentences, chart and tables that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from planner import words
from planner.ask.uncertainty.simulation import Progress, Series, Simulation, Split, luck, simulate
from planner.engine import Forecast
from planner.engine.batch import Array
from planner.measure.metrics import METRICS, read
from planner.plan import Plan, Target
from planner.plan.metrics import keys_for
from planner.show.design import GREY, INK, OWN_HUE, Chart, month_axis, rows_like, specified, value_axis
from planner.show.tables import Cell, Table

__all__ = [
    "FEW", "Chance", "Closer", "Outlook", "answer", "apart", "chances", "closer", "fan",
    "key_figures", "note", "outlook",
]  # fmt: skip

FEW = 8192  # draws for what is drawn anew: by month, and luck alone
Three = tuple[float, float, float]


@dataclass(frozen=True)
class Chance:
    """How likely a target is to be reached, within the plan and with the tail."""

    target: Target
    in_plan: float
    in_the_end: float


@dataclass(frozen=True)
class Outlook:
    """What all draws say: P10, P50 and P90 of each key figure, the chances of the targets and of breaking even."""

    plan: Plan
    draws: int
    ranges: Mapping[Series, Three]
    chances: tuple[Chance, ...]
    even: Chance


@dataclass(frozen=True)
class Closer:
    """One metric: P10, P50 and P90 by month, shape (3, months); its P10 and P90 by luck alone; ignorance and chance."""

    metric: str
    by_month: Array
    lucky: tuple[float, float]
    split: Split


def outlook(plan: Plan, draws: int, progress: Progress | None = None) -> Outlook:
    """All that the page needs of a simulation, read in one run; the numbers drawn are let go."""
    even = Target("profit", 0.0)
    wanted = [Series(metric, tail=tail) for metric in keys_for("outlook") for tail in (False, True)]
    hoped = [Series(target.metric, tail=tail) for target in plan.targets for tail in (False, True)]
    made = simulate(plan, draws=draws, progress=progress, keep=(*wanted, *hoped))
    ranges = {series: _three(made.quantiles(series.metric, tail=series.tail)) for series in wanted}
    return Outlook(plan, draws, ranges, tuple(_chance(made, target) for target in plan.targets), _chance(made, even))


def _three(found: Array) -> Three:
    low, middle, high = found.tolist()
    return low, middle, high


def _chance(made: Simulation, target: Target) -> Chance:
    return Chance(target, *(made.chance(target.metric, target.value, tail=tail) for tail in (False, True)))


def closer(plan: Plan, draws: int, metric: str) -> Closer:
    """One metric by month, and how much of its spread is luck; by at most `FEW` draws."""
    made = simulate(plan, draws=min(draws, FEW))
    low, _, high = luck(plan, metric)
    return Closer(metric, made.quantiles(metric, by_month=True), (float(low), float(high)), made.split(metric))


# -- sentences --------------------------------------------------------------------------------------------------------


def _said(plan: Plan, metric: str, value: float) -> str:
    """A figure in a sentence; what is undefined in words."""
    if np.isnan(value):
        return "never" if METRICS[metric].unit == "month" else "undefined"
    return words.short(plan, value, METRICS[metric].unit)


def _between(plan: Plan, metric: str, low: float, high: float) -> str:
    """A low and a high in words; one figure where they read alike."""
    one, other = _said(plan, metric, low), _said(plan, metric, high)
    return one if one == other else f"between {one} and {other}"


def answer(seen: Outlook, made: Forecast, metric: str) -> str:
    """The range of a metric, what the plan itself says, and a chance that matters."""
    plan, label = made.plan, METRICS[metric].label
    low, middle, high = seen.ranges[Series(metric)]
    own = _said(plan, metric, float(read(made, metric)))
    spread = _between(plan, metric, low, high)
    if spread == _said(plan, metric, low):
        return f"{label}: at {spread}, at least 8 of 10 times, whatever is not known. {_hopes(seen, metric)}"
    half = f"half the time above {_said(plan, metric, middle)}"
    return f"{label}: 8 of 10 times {spread}, {half}; the plan as it stands says {own}. {_hopes(seen, metric)}"


def _hopes(seen: Outlook, metric: str) -> str:
    """The chance of the metric's target, else of the first one, else of breaking even."""
    plan = seen.plan
    chance = next((c for c in (*seen.chances, seen.even) if c.target.metric == metric), (*seen.chances, seen.even)[0])
    what = "breaking even" if chance is seen.even else _wish(plan, chance.target)
    now, later = _percent(plan, chance.in_plan), _percent(plan, chance.in_the_end)
    return f"The chance of {what} is {now} within the plan, {later} with what lands later."


def _wish(plan: Plan, target: Target) -> str:
    metric = METRICS[target.metric]
    value = (words.short if metric.unit == "percent" else words.write)(plan, target.value, metric.unit)
    if metric.unit == "count":
        return f"{'at least' if metric.better > 0 else 'at most'} {value} {words.in_text(metric.label)}"
    return f"{words.in_text(metric.label)} {'of at least' if metric.better > 0 else 'of at most'} {value}"


def _percent(plan: Plan, chance: float) -> str:
    """A chance as a whole percentage, never rounded to certainty."""
    if 0 < chance < 0.005:
        return f"less than {words.short(plan, 0.01, 'percent')}"
    if 0.995 < chance < 1:
        return f"more than {words.short(plan, 0.99, 'percent')}"
    return words.short(plan, round(chance, 2), "percent")


def apart(plan: Plan, near: Closer, made: Forecast) -> str:
    """Luck apart from ignorance, in words."""
    metric, (low, high) = METRICS[near.metric], (_said(plan, near.metric, x) for x in near.lucky)
    own, label = words.short(plan, read(made, near.metric), metric.unit), words.in_text(metric.label)
    what = f"{own} expected {label} mean" if metric.unit == "count" else f"a planned {label} of {own} means"
    text = f"Even with perfect rates, {what} {low} to {high}, 8 of 10 times"
    if low == high:
        text = f"With perfect rates, luck would hardly move {label}"
    if not plan.ranges:
        return f"No number of this plan carries a low and a high yet, so only luck is left. {text}."
    if np.isnan(near.split.chance):
        return f"{text}."
    luck_makes, rest = (_percent(plan, share) for share in (near.split.chance, near.split.ignorance))
    return f"{text}. Luck makes {luck_makes} of the spread, not knowing the numbers {rest}."


# -- chart ------------------------------------------------------------------------------------------------------------


@cache
def _fan() -> dict[str, Any]:
    base = rows_like(month="", low=0.0, middle=0.0, high=0.0, planned=0.0, hue="", says="", half="", own="")
    tip = [
        alt.Tooltip("month:N", title="Month"), alt.Tooltip("says:N", title="8 of 10 times"),
        alt.Tooltip("half:N", title="Middle"), alt.Tooltip("own:N", title="Plan"),
    ]  # fmt: skip
    band = base.mark_area(opacity=0.22).encode(month_axis(), value_axis("low"), alt.Y2("high:Q"), OWN_HUE, tooltip=tip)
    stems = base.mark_rule(opacity=0.4).encode(month_axis(), value_axis("low"), alt.Y2("high:Q"), OWN_HUE, tooltip=tip)
    dots = alt.OverlayMarkDef(size=30)
    half = base.mark_line(strokeWidth=2.5, point=dots).encode(month_axis(), value_axis("middle"), OWN_HUE, tooltip=tip)
    grey: dict[str, Any] = {"color": GREY, "strokeDash": [5, 4], "point": alt.OverlayMarkDef(size=18, color=GREY)}
    own = base.mark_line(strokeWidth=2, **grey).encode(month_axis(), value_axis("planned"), tooltip=tip)
    return specified(alt.layer(band, stems, own, half), height=260)


def fan(near: Closer, made: Forecast) -> Chart:
    """A metric by month: the band that holds 8 of 10 draws, the middle, and the plan's own line.

    Months that run far off what the second half of the plan comes to, such as CAC before the first deals, are cut off.
    """
    plan, metric = made.plan, METRICS[near.metric]
    own, (low, middle, high) = read(made, near.metric, by_month=True), near.by_month
    top = 3.0 * np.fmax.reduce(np.abs(high[plan.months // 2 :]), initial=0.0)
    cut = high > top

    def said(values: Array) -> list[str]:
        return [words.write(plan, x, metric.unit) for x in values]

    lines = {"low": low, "middle": middle, "high": high, "planned": own}
    texts = {"half": said(middle), "own": said(own)}
    texts["says"] = [f"{a} to {b}" for a, b in zip(said(low), said(high), strict=True)]
    drawn = {name: np.minimum(line, top) for name, line in lines.items()}
    frame = pd.DataFrame({"month": words.month_names(plan), "hue": INK, **drawn, **texts})
    wide = np.where(cut, 0.0, np.nan_to_num(high - low))
    month = int(np.argmax(wide))
    spread = _between(plan, near.metric, low[month], high[month])
    title = f"{metric.label}: the range is widest in {words.month_name(plan, month)}, {spread}"
    if not wide[month] > 0:
        title = f"{metric.label}: the same in 8 of 10 cases, month by month"
    if cut.any():
        title += f"; {words.counted(plan, int(cut.sum()), 'month')} cut off at the top"
    return Chart(frame, _fan(), title, f"Band, middle and plan by month. {title}.")


# -- tables -----------------------------------------------------------------------------------------------------------


def key_figures(seen: Outlook, made: Forecast) -> Table:
    """P10, P50 and P90 of every key figure, in the plan and with the tail, beside what the plan says."""
    plan, rows = made.plan, []
    for key in keys_for("outlook"):
        unit = METRICS[key].unit
        cells: list[Cell | str] = [METRICS[key].label, *(words.short(plan, x, unit) for x in seen.ranges[Series(key)])]
        cells.append(Cell(words.short(plan, read(made, key), unit), "quiet"))
        cells += [Cell(words.short(plan, x, unit), "quiet") for x in seen.ranges[Series(key, tail=True)]]
        rows.append(tuple(cells))
    heads = ("In the plan", "P10", "P50", "P90", "The plan says", "P10 with tail", "P50 with tail", "P90 with tail")
    return Table(heads, tuple(rows))


def note(seen: Outlook) -> str:
    """How the key figures are to be read."""
    return _NOTE.format(draws=words.write(seen.plan, seen.draws))


_NOTE = (
    "P10 comes out lower one time in ten, P50 is the middle, P90 comes out higher one time in ten; with tail: with "
    "what lands after the plan’s end. Of {draws} draws; the same plan gives the same figures. A figure that is "
    "undefined in a draw, such as CAC without a deal, counts as the worst there is."
)


def chances(seen: Outlook) -> Table:
    """The chance of reaching each target, and of breaking even."""
    plan = seen.plan
    wishes = [_wish(plan, chance.target) for chance in seen.chances]
    rows = [(wish[:1].upper() + wish[1:], chance) for wish, chance in zip(wishes, seen.chances, strict=True)]
    rows.append(("Breaking even: no loss", seen.even))
    cells = tuple(
        (text, Cell(_percent(plan, chance.in_plan), "strong"), Cell(_percent(plan, chance.in_the_end), "quiet"))
        for text, chance in rows
    )
    return Table(("Chance of", "In the plan", "With the tail"), cells)
