"""The pages that people read and change: key figures, figures by channel, and the inputs with their scenarios."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planner.engine import Forecast
from planner.export.workbook.inputs import CHOICE, FIRST_PLAN, HEAD, SHEET, USED, VALID, Bounds, Input, Inputs, Side
from planner.export.workbook.results import LOOKS, Figures, View
from planner.export.workbook.sheet import LABEL, PATH, PLAN, TOP, UNIT, WHOLE, Page, column
from planner.export.workbook.terms import Term
from planner.measure.metrics import METRICS, read
from planner.plan.metrics import keys_for

__all__ = ["KEY_FIGURES", "by_channel", "input_page", "key_figures"]

KEY_FIGURES = "Key figures"
_STATE, _MEANING = 2, WHOLE + 1
_VIEWS: tuple[tuple[View, int, bool], ...] = (("plan", PLAN, False), ("all", WHOLE, True))


def key_figures(figures: Figures, forecast: Forecast) -> tuple[Page, Figures]:
    """Writes every metric, in the plan and with what comes later; returns figures that read off those cells."""
    plan = figures.plan
    page = Page(KEY_FIGURES, plan.name, "Change a yellow cell on the sheet Inputs and every figure follows.")
    heads = {LABEL: "Key figure", PATH: "Path", UNIT: "Unit", PLAN: "In the plan", WHOLE: "With later"}
    for place, head in heads.items():
        page.text(TOP - 1, place, head, "head" if place < PLAN else "month")
    page.text(TOP - 1, _MEANING, "  What it says", "head")
    cells = {
        (key, view): page.cell(row, place, read(forecast, key, tail=tail))
        for row, key in enumerate(METRICS, TOP)
        for view, place, tail in _VIEWS
    }
    figures = replace(figures, cells=cells)
    for row, (key, metric) in enumerate(METRICS.items(), TOP):
        unit, style = LOOKS[metric.unit]
        page.text(row, LABEL, metric.label, "strong")
        page.text(row, PATH, key, "quiet")
        page.text(row, UNIT, plan.currency if metric.unit == "money" else unit, "quiet")
        page.text(row, _MEANING, metric.meaning, "note")
        for view, place, _ in _VIEWS:
            page.formula(row, place, figures.formula(key, view).valued(cells[key, view].value), style)
    return page, figures


def state(page: Page, names: Sequence[str], holds: Term) -> None:
    """Which scenario is in use, and whether all checks hold, above the key figures."""
    page.text(_STATE, LABEL, "Scenario in use", "text")
    ends = f"${column(FIRST_PLAN)}${HEAD + 1}:${column(FIRST_PLAN + len(names) - 1)}${HEAD + 1}"
    text = f"INDEX('{SHEET}'!{ends},'{SHEET}'!${column(USED)}${CHOICE + 2})"
    page.formula(_STATE, PLAN, Term(text, np.asarray(choice(0, names[0]))), "state")
    page.text(_STATE + 1, LABEL, "All checks hold", "text")
    page.formula(_STATE + 1, PLAN, holds, "truth")


def choice(place: int, name: str) -> str:
    """A scenario as it is chosen: its number and its name."""
    return f"{place + 1} {name}"


def by_channel(figures: Figures, forecast: Forecast) -> Page:
    """What each channel brings and costs in the plan, its part of shared cost included."""
    keys, plan = keys_for("by_channel"), figures.plan
    page = Page("By channel", "By channel", "In the plan; cost includes each channel’s part of what is shared.")
    for place, head in enumerate(("Channel", "Path", *(METRICS[key].label for key in keys))):
        page.text(TOP - 1, place, head, "head" if place < UNIT else "month")
    rows = [(channel.label, channel.key) for channel in plan.channels]
    for row, (label, channel) in enumerate([*rows, ("All channels", "")], TOP):
        page.text(row, LABEL, label, "text" if channel else "strong")
        page.text(row, PATH, channel, "quiet")
        for place, key in enumerate(keys, UNIT):
            term, (_, style) = figures.figure(key, "plan", channel or None), LOOKS[METRICS[key].unit]
            counted = not channel or channel in forecast.channels
            value = read(forecast, key, channel=channel or None) if counted else term.value
            page.formula(row, place, term.valued(value), style if channel else f"{style}_total")
    return page


def input_page(inputs: Inputs, plans: Sequence[Side], left_out: Sequence[str], figures: Figures) -> Page:
    """Every number of every plan in its column; the one chosen is in use."""
    page = Page(SHEET, "Inputs", "Choose a scenario in the cell below; change a yellow cell and every figure follows.")
    page.text(CHOICE, LABEL, "Scenario in use", "strong")
    page.text(CHOICE, USED, choice(0, plans[0].name), "choice")
    page.text(CHOICE + 1, LABEL, "Its number", "text")
    chosen = f"${column(USED)}${CHOICE + 1}"
    page.formula(
        CHOICE + 1, USED, Term(f'VALUE(LEFT({chosen},FIND(" ",{chosen}&" ")-1))', np.asarray(1.0)), "whole"
    )  # fmt: skip
    if left_out:
        absent = ", ".join(f"“{name}”" for name in left_out)
        page.text(2, LABEL, f"Not here, as more than numbers differs from the plan: {absent}.", "quiet")
    for place, key in enumerate(keys_for("strip"), FIRST_PLAN):
        page.text(CHOICE, place, METRICS[key].label, "month")
        page.formula(CHOICE + 1, place, figures.figure(key, "plan"), LOOKS[METRICS[key].unit][1])
    names = (choice(place, side.name) for place, side in enumerate(plans))
    heads = ("Input", "Path", "Unit", "In use", "Within bounds", *names)
    for place, head in enumerate(heads):
        page.text(HEAD, place, head, "head" if place < USED else "month")
    for group in inputs.groups:
        page.text(inputs.row(group.rows[0].path) - 1, LABEL, group.heading, "heading")
        for row in group.rows:
            _input_row(page, inputs, row)
    return page


def _input_row(page: Page, inputs: Inputs, row: Input) -> None:
    line = inputs.row(row.path)
    page.text(line, LABEL, row.label)
    page.text(line, PATH, row.path, "quiet")
    page.text(line, UNIT, row.unit, "quiet")
    first, last = column(FIRST_PLAN), column(FIRST_PLAN + len(row.values) - 1)
    value = np.asarray(row.values[0] or 0.0)
    chosen = Term(f"INDEX(${first}{line + 1}:${last}{line + 1},${column(USED)}${CHOICE + 2})", value)
    look = f"{row.style}:{_places(row)}"
    page.formula(line, USED, chosen, look)
    page.formula(line, VALID, _within(inputs[row.path], row.bounds), "truth")
    for place, number in enumerate(row.values, FIRST_PLAN):
        if number is not None:
            page.number(line, place, number, f"{look}_input")
        else:
            page.text(line, place, "", f"{look}_input")


def _places(row: Input) -> int:
    """The fewest decimals that show every value of a row in full, up to six."""
    scale = 100.0 if row.style == "percent" else 1.0
    values = [value * scale for value in row.values if value is not None]
    return next((n for n in range(6) if all(abs(round(v, n) - v) < 1e-9 * max(1.0, abs(v)) for v in values)), 6)


def _within(used: Term, bounds: Bounds) -> Term:
    low = used > bounds.low if bounds.above else used >= bounds.low
    holds = bool(low.value) and float(used.value) <= bounds.high
    high = used <= bounds.high if math.isfinite(bounds.high) else low
    return Term(f"AND({low.text},{high.text})", np.asarray(holds))
