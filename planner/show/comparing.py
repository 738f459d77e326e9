"""Plans side by side: what differs, what it does, and why, to the last deal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner import words
from planner.ask.bridge import Bar
from planner.ask.differing import Difference
from planner.engine import Forecast
from planner.metrics import METRICS, read
from planner.plan import Plan
from planner.show import charts
from planner.show.charts import GREY, INK, Chart, hues
from planner.show.tables import Cell, Table

__all__ = ["LINES", "differences", "key_figures", "lines", "proof", "waterfall"]

LINES = (INK, "#c4622d", "#2f8f83", "#8a5fa8", "#96732a")  # colours of plans side by side; the first is the plan
SHOWN = (
    "appointments",
    "won",
    "revenue",
    "cost",
    "profit",
    "cac",
    "roi",
    "lowest_cash",
    "break_even_month",
    "utilisation",
)
SMALL = 0.002  # of the widest bar: below it, bars stand together
_MOST = 10  # bars of a waterfall; the rest is one bar


def waterfall(
    plan: Plan, bars: Sequence[Bar], start: float, end: float, unit: str, title: str, ends: tuple[str, str]
) -> Chart:
    """The bridge as a chart: the bars that moved most, the rest as one."""
    colours = hues(plan)
    shown, small = _sorted(bars)
    rows = [(bar.label, bar.amount, colours.get(bar.channel or "", GREY)) for bar in shown[:_MOST]]
    rest = [*shown[_MOST:], *small]
    if rest and abs(sum(bar.amount for bar in rest)) > SMALL * abs(shown[0].amount):
        rows.append((f"{len(rest)} smaller ones", sum(bar.amount for bar in rest), GREY))
    return charts.bars(plan, rows, start, end, unit, title, ends)


def proof(plan: Plan, bars: Sequence[Bar], unit: str) -> Table:
    """Every bar with its factor before and after; the amounts add up to the difference."""
    shown, small = _sorted(bars)
    colours = hues(plan)
    rows: list[tuple[Cell | str, ...]] = [
        (
            Cell(bar.label, swatch=colours.get(bar.channel or "", "")),
            _factor(plan, bar, bar.before),
            _factor(plan, bar, bar.after),
            Cell(_signed(plan, bar.amount, unit), "good" if bar.amount > 0 else "bad"),
        )
        for bar in shown
    ]
    if small:
        rows.append((f"{len(small)} smaller ones", "", "", _signed(plan, sum(bar.amount for bar in small), unit)))
    total = sum(bar.amount for bar in bars)
    rows.append(("Together", "", "", _signed(plan, total, unit)))
    return Table(
        ("What moved", "Before", "After", "Effect"),
        tuple(rows),
        "The effects add up to the difference exactly.",
        total=True,
    )


def _sorted(bars: Sequence[Bar]) -> tuple[list[Bar], list[Bar]]:
    """Bars that moved, the widest first: those worth a row, and the specks."""
    moved = sorted((bar for bar in bars if bar.amount), key=lambda bar: -abs(bar.amount))
    least = SMALL * abs(moved[0].amount) if moved else 0.0
    return [bar for bar in moved if abs(bar.amount) >= least], [bar for bar in moved if abs(bar.amount) < least]


def _signed(plan: Plan, amount: float, unit: str) -> str:
    return words.change(plan, amount, 0.0, unit) or words.write(plan, 0.0, unit)


def _factor(plan: Plan, bar: Bar, value: float) -> str:
    unit = {"rate": "percent", "wear": "percent", "timing": "percent", "assist": "percent", "margin": "percent"}.get(
        bar.factor, "count"
    )
    return words.write(plan, value, "money" if bar.factor in ("cost", "value") else unit)


def differences(plan: Plan, found: Sequence[Difference], heads: tuple[str, str]) -> Table:
    """Only what differs, before and after."""
    rows = tuple(
        (row.label[:1].upper() + row.label[1:], _said(plan, row, row.before), _said(plan, row, row.after))
        for row in found
    )
    return Table(("", *heads), rows)


def _said(plan: Plan, row: Difference, value: float | str | None) -> str:
    """One side of a difference in the lever's own unit."""
    if value is None or isinstance(value, str):
        return value or words.DASH
    kind = row.kind
    text = words.write(plan, value, kind.written if kind else "count")
    return f"{text} {kind.unit}" if kind and kind.unit not in ("", "%") else text


def key_figures(named: Sequence[tuple[str, Forecast]]) -> Table:
    """Key figures of up to five plans; under each figure its difference from the first."""
    first, rows = named[0][1], []
    for key in SHOWN:
        metric = METRICS[key]
        before = float(read(first, key))
        cells: list[Cell | str] = [metric.label]
        for i, (_, made) in enumerate(named):
            value = float(read(made, key))
            change = (
                words.change(made.plan, value, before, metric.unit)
                if i and made.plan.currency == first.plan.currency
                else ""
            )
            cells.append(Cell(words.write(made.plan, value, metric.unit), note=change))
        rows.append(tuple(cells))
    return Table(
        ("In the plan", *(name for name, _ in named)),
        tuple(rows),
        f"Under each figure: the difference from {named[0][0]}.",
    )


def lines(named: Sequence[tuple[str, Forecast]], metric: str) -> Chart:
    """A metric by month, cumulated, of plans side by side."""
    parts = []
    for (name, made), colour in zip(named, LINES, strict=False):
        values = np.cumsum(read(made, metric, by_month=True))
        unit = METRICS[metric].unit
        says = [words.write(made.plan, value, unit) for value in values]
        months = list(words.month_names(made.plan))
        parts.append(pd.DataFrame({"month": months, "value": values, "hue": colour, "label": name, "says": says}))
    ends = {name: float(read(made, metric)) for name, made in named}
    best = max(ends, key=lambda name: np.nan_to_num(ends[name], nan=-np.inf) * METRICS[metric].better)
    title = f"{best} ends with the most {METRICS[metric].label.lower()}: {words.short(named[0][1].plan, ends[best], METRICS[metric].unit)}"
    if METRICS[metric].better < 0:
        title = f"{best} ends lowest: {words.short(named[0][1].plan, ends[best], METRICS[metric].unit)}"
    return Chart(pd.concat(parts), charts.line_spec(), title, f"Lines by month, cumulated. {title}.")
