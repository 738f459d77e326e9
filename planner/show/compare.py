"""Plans side by side: which figures differ, by how much, and in which of their numbers the plans differ."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from planner import words
from planner.ask.compare.bridge import Ends
from planner.ask.compare.by_lever import LeverBridge
from planner.engine import Forecast
from planner.keep.workspace import COUNTED
from planner.measure.metrics import METRICS, read, so_far
from planner.plan import Plan
from planner.plan.diff import differing
from planner.plan.metrics import keys_for
from planner.plan.naming import capital
from planner.show import design
from planner.show.bridge import of_levers, side_of
from planner.show.design import INK, Chart
from planner.show.headline import headline, moves, undivided
from planner.show.names import in_sentence
from planner.show.tables import Cell, Table

__all__ = ["ALIKE", "LINES", "apart", "besides", "differences", "key_figures", "lines", "moved", "standing", "summary"]

LINES = (INK, "#d55e00", "#008f68", "#87285f", "#e69f00")  # colours of plans side by side; the first is the plan
FAR = 3.0  # times the highest figure that plans end with: past it, a ratio is cut off
ALIKE = "The plans differ, but no key figure changes."


# -- in sentences -------------------------------------------------------------------------------------------------


def summary(split: LeverBridge, before: Forecast, after: Forecast, names: tuple[str, str]) -> str:
    """How a figure differs, because of which lever, and which other key figures change with it."""
    keys = tuple(key for key in keys_for("bridged") if key != split.metric)
    others = moved(before, after, keys)
    figure, plans = Ends(split.before, split.after), (before.plan, after.plan)
    if not split.split:
        text = undivided(figure, plans, names, split.metric)
    elif not others and not moved(before, after, (split.metric,)):
        return ALIKE
    else:
        text = headline(of_levers(split, *plans), figure, after.plan, split.metric)
        if words.change(after.plan, split.after, split.before, METRICS[split.metric].unit):
            others = tuple(key for key in others if key in keys_for("aside"))
    return f"{text} {besides(before, after, others)}".strip()


def apart(before: Plan, after: Plan, names: tuple[str, str]) -> str:
    """Why no difference can be shown: the plans are the same, or count in different currencies; "" where one can."""
    first, second = (in_sentence(name) for name in names)
    if before == after:
        return f"{capital(first)} and {second} are the same. Move a slider, or choose two others."
    if before.currency != after.currency:
        currencies = f"{capital(first)} is in {before.currency}, {second} in {after.currency}"
        return f"{currencies}: figures in different currencies are not subtracted. What differs is listed below."
    return ""


def moved(before: Forecast, after: Forecast, metrics: Sequence[str]) -> tuple[str, ...]:
    """The metrics that are written differently for the other forecast."""
    pairs = ((key, float(read(before, key)), float(read(after, key))) for key in metrics)
    return tuple(key for key, a, b in pairs if words.change(after.plan, b, a, METRICS[key].unit))


def besides(before: Forecast, after: Forecast, metrics: Sequence[str]) -> str:
    """By how much metrics change, in a sentence: "Cost rises by €500 and profit falls by €2,000."."""
    parts = []
    for key in metrics:
        row, figure = METRICS[key], Ends(float(read(before, key)), float(read(after, key)))
        by = words.change(after.plan, figure.after, figure.before, row.unit).lstrip("+−")
        parts.append(f"{words.in_text(row.label)} {moves(figure, row)} by {by}")
    return f"{capital(words.listed(parts))}." if parts else ""


def standing(here: Forecast, saved: Sequence[tuple[str, Forecast]], *, tail: bool = False) -> str:
    """How many scenarios there are and how the plan's deals stand among theirs, as deals are counted."""
    if not saved:
        return "No scenarios yet. Save the plan under a name, or add the cautious and the ambitious variant."
    plan, mine = here.plan, float(read(here, "won", tail=tail))
    deals = {name: float(read(forecast, "won", tail=tail)) for name, forecast in saved}
    best = max(deals, key=deals.__getitem__)
    many, later = words.counted(plan, len(saved), "scenario"), ", with what closes later" if tail else ""
    own, most = words.short(plan, mine), words.short(plan, deals[best])
    if not words.change(plan, deals[best], mine):
        return f"{many} saved; the plan brings {own} deals{later}, as does {best}."
    if deals[best] < mine:
        return f"{many} saved; none brings more deals than the plan’s {own}, {best} comes nearest with {most}{later}."
    return f"{many} saved; {best} brings the most deals, {most}, against the plan’s {own}{later}."


# -- as tables ----------------------------------------------------------------------------------------------------


def differences(named: Sequence[tuple[str, Plan]]) -> Table | None:
    """What differs from the first plan, one column per plan; grey is as in the first. None where nothing differs."""
    (_, first), *others = named
    rows: dict[str, list[Cell | str]] = {}
    for i, (_, plan) in enumerate(others):
        for row in differing(first, plan):
            before = side_of(first, row, row.before)
            label = row.label[:1].upper() + row.label[1:]
            cells = rows.setdefault(row.path, [label, before, *(Cell(before, "quiet") for _ in others)])
            cells[2 + i] = side_of(plan, row, row.after)
    return Table(("", *(name for name, _ in named)), tuple(map(tuple, rows.values())), frozen=True) if rows else None


def key_figures(named: Sequence[tuple[str, Forecast]], *, tail: bool = False) -> Table:
    """Key figures of plans side by side, the best in bold; under each its difference from the first, in colour.

    Figures in another currency than the first plan's are neither subtracted nor ranked.
    """
    rows: list[tuple[Cell | str, ...]] = [
        (METRICS[key].label, *_compared(named, key, tail)) for key in keys_for("compared")
    ]
    note = (
        f"In bold: the best. Under each figure: the difference from {in_sentence(named[0][0])}."
        if len(named) > 1
        else ""
    )
    if len({forecast.plan.currency for _, forecast in named}) > 1:
        note += " Figures in other currencies are not compared."
    return Table((capital(COUNTED[tail]), *(name for name, _ in named)), tuple(rows), note, frozen=True)


def _compared(named: Sequence[tuple[str, Forecast]], key: str, tail: bool) -> list[Cell]:
    """One metric of each plan."""
    metric, first = METRICS[key], named[0][1].plan
    values = [float(read(forecast, key, tail=tail)) for _, forecast in named]
    alike = [forecast.plan.currency == first.currency for _, forecast in named]
    best = _best([value for value, same in zip(values, alike, strict=True) if same], metric.better)
    cells = []
    for (_, forecast), value, same in zip(named, values, alike, strict=True):
        by = words.change(forecast.plan, value, values[0], metric.unit) if same else ""
        tone = ("good" if (value - values[0]) * metric.better > 0 else "bad") if by else ""
        text = words.write(forecast.plan, value, metric.unit)
        cells.append(Cell(text, "strong" if same and value == best else "", note=by, note_tone=tone))
    return cells


def _best(values: Sequence[float], better: int) -> float:
    """The best of figures that differ; nan where none is better than another."""
    finite = [value for value in values if math.isfinite(value)]
    return max(finite, key=lambda value: better * value) if len(set(finite)) > 1 else math.nan


# -- as lines -----------------------------------------------------------------------------------------------------


def lines(named: Sequence[tuple[str, Forecast]], metric: str) -> Chart:
    """A metric of plans side by side, as it stands at the end of each month; money in the first plan's currency only.

    Where fixed cost has few deals to share it yet, a ratio runs far off what the plans end with: it is cut off there.
    """
    row, parts, cut = METRICS[metric], [], False
    first = named[0][1].plan
    money = row.unit == "money"
    drawn = [
        (name, forecast, colour)
        for (name, forecast), colour in zip(named, LINES, strict=False)
        if not money or forecast.plan.currency == first.currency
    ]
    ends = {name: float(read(forecast, metric)) for name, forecast, _ in drawn}
    top = FAR * np.fmax.reduce(np.abs(list(ends.values())), initial=0.0)
    for name, forecast, colour in drawn:
        values = so_far(forecast, metric)
        says = [words.write(forecast.plan, value, row.unit) for value in values]
        if row.is_ratio:
            far = np.abs(values) > top
            values, cut = np.where(far, np.nan, values), cut or bool(far.any())
        months = list(words.month_names(forecast.plan))
        parts.append(pd.DataFrame({"month": months, "value": values, "hue": colour, "label": name, "says": says}))
    title = _leads(first, metric, ends) + ("; the first months lie beyond the chart" if cut else "")
    if len(drawn) < len(named):
        title += f"; plans in other currencies than {first.currency} are left out"
    axis = f"{row.label} so far{f', {first.currency}' if money else ''}"
    return Chart(pd.concat(parts), design.line_spec(axis), title, f"Lines by month, so far. {title}.")


def _leads(plan: Plan, metric: str, ends: Mapping[str, float]) -> str:
    """Which plan ends best, in words."""
    row = METRICS[metric]
    worth = {name: row.better * end for name, end in ends.items() if not np.isnan(end)}
    if not worth:
        return f"{row.label}: undefined, as nothing is sold"
    best = max(worth, key=worth.__getitem__)
    end, label = words.short(plan, ends[best], row.unit), words.in_text(row.label)
    if len(ends) == 1:
        return f"{best} ends with {end} {label}" if row.unit == "count" else f"{best} ends with {label} of {end}"
    if len(worth) == len(ends) and min(worth.values()) == worth[best]:
        return f"{row.label}: all end alike, with {end}"
    most = "lowest" if row.better < 0 else "most" if row.unit == "count" else "highest"
    return f"{best} ends with the {most} {label}: {end}"
