"""Plans side by side: what differs, what it does, and why, to the last deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from planner import words
from planner.ask.compare.bridge import Bar
from planner.engine import Forecast
from planner.measure.metrics import METRICS, read, so_far
from planner.plan import Plan
from planner.plan.diff import Difference, differing
from planner.plan.metrics import keys_for
from planner.show import design
from planner.show.design import GREY, INK, Chart, hues
from planner.show.forecast import charts
from planner.show.tables import Cell, Table

__all__ = ["LINES", "besides", "differences", "key_figures", "leading", "lines", "moved", "proof", "waterfall"]

LINES = (INK, "#c4622d", "#2f8f83", "#8a5fa8", "#96732a")  # colours of plans side by side; the first is the plan
SMALL = 0.002  # of the widest bar: below it, bars stand together
_MOST = 10  # bars of a waterfall; the rest is one bar
FAR = 3.0  # times the highest figure that plans end with: past it, a ratio is cut off


def moved(one: Forecast, other: Forecast, metrics: Sequence[str]) -> tuple[str, ...]:
    """Those of the metrics that read otherwise in the other forecast."""
    pairs = ((key, float(read(one, key)), float(read(other, key))) for key in metrics)
    return tuple(key for key, a, b in pairs if words.change(other.plan, b, a, METRICS[key].unit))


def besides(one: Forecast, other: Forecast, metrics: Sequence[str]) -> str:
    """By how much metrics move, in a sentence."""
    parts = []
    for key in metrics:
        by = words.change(other.plan, float(read(other, key)), float(read(one, key)), METRICS[key].unit)
        parts.append(f"{words.in_text(METRICS[key].label)} {by}")
    return f"That means {', '.join(parts)}." if parts else ""


def waterfall(
    plan: Plan, bars: Sequence[Bar], start: float, end: float, unit: str, title: str, ends: tuple[str, str]
) -> Chart:
    """The bridge as a chart: the bars that moved most, the rest as one."""
    colours = hues(plan)
    shown, small = _sorted(bars)
    rows = [(bar.label, bar.amount, colours.get(bar.channel or "", GREY)) for bar in shown[:_MOST]]
    rest = [*shown[_MOST:], *small]
    if rest and abs(sum(bar.amount for bar in rest)) > SMALL * abs(shown[0].amount):
        name = rest[0].label if len(rest) == 1 else f"{len(rest)} smaller ones"
        rows.append((name, sum(bar.amount for bar in rest), GREY))
    return charts.bars(plan, rows, start, end, unit, title, ends)


def leading(plan: Plan, bars: Sequence[Bar], metric: str) -> str:
    """What moved a metric most, in words."""
    known, (shown, _) = METRICS[metric], _sorted(bars)
    most = [f"{words.in_text(bar.label)} {_signed(plan, bar.amount, known.unit)}" for bar in shown[:2]]
    return f"{known.label}: {', then '.join(most)}" if most else f"{known.label}: the same on both sides"


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
    small = [bar for bar in moved if abs(bar.amount) < least]
    return (moved, []) if len(small) == 1 else (moved[: len(moved) - len(small)], small)


def _signed(plan: Plan, amount: float, unit: str) -> str:
    return words.change(plan, amount, 0.0, unit) or words.write(plan, 0.0, unit)


def _factor(plan: Plan, bar: Bar, value: float) -> str:
    unit = {"rate": "percent", "wear": "percent", "timing": "percent", "assist": "percent", "margin": "percent"}.get(
        bar.factor, "count"
    )
    return words.write(plan, value, "money" if bar.factor in ("cost", "value") else unit)


def differences(named: Sequence[tuple[str, Plan]]) -> Table | None:
    """Only what differs from the first plan, a column a plan; grey: as in the first. None: nothing differs."""
    (_, first), *others = named
    rows: dict[str, list[Cell | str]] = {}
    for i, (_, plan) in enumerate(others):
        for row in differing(first, plan):
            before = _said(first, row, row.before)
            label = row.label[:1].upper() + row.label[1:]
            cells = rows.setdefault(row.path, [label, before, *(Cell(before, "quiet") for _ in others)])
            cells[2 + i] = _said(plan, row, row.after)
    return Table(("", *(name for name, _ in named)), tuple(map(tuple, rows.values()))) if rows else None


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
    for key in keys_for("compared"):
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
        f"Under each figure: the difference from {named[0][0]}." if len(named) > 1 else "",
    )


def lines(named: Sequence[tuple[str, Forecast]], metric: str) -> Chart:
    """A metric of plans side by side, as it stands at the end of each month.

    Where fixed cost has few deals to share it yet, a ratio runs far off what the plans end with: it is cut off there.
    """
    known, parts, cut = METRICS[metric], [], False
    ends = {name: float(read(made, metric)) for name, made in named}
    top = FAR * np.fmax.reduce(np.abs(list(ends.values())), initial=0.0)
    for (name, made), colour in zip(named, LINES, strict=False):
        values = so_far(made, metric)
        says = [words.write(made.plan, value, known.unit) for value in values]
        if known.is_ratio:
            far = np.abs(values) > top
            values, cut = np.where(far, np.nan, values), cut or bool(far.any())
        months = list(words.month_names(made.plan))
        parts.append(pd.DataFrame({"month": months, "value": values, "hue": colour, "label": name, "says": says}))
    title = _leads(named[0][1].plan, metric, ends) + ("; the first months lie beyond the chart" if cut else "")
    return Chart(pd.concat(parts), design.line_spec(), title, f"Lines by month, so far. {title}.")


def _leads(plan: Plan, metric: str, ends: Mapping[str, float]) -> str:
    """Which plan ends best, in words."""
    known = METRICS[metric]
    worth = {name: known.better * end for name, end in ends.items() if not np.isnan(end)}
    if not worth:
        return f"{known.label}: undefined, as nothing is sold"
    best = max(worth, key=worth.__getitem__)
    end, label = words.short(plan, ends[best], known.unit), words.in_text(known.label)
    if len(ends) == 1:
        return f"{best} ends with {end} {label}" if known.unit == "count" else f"{best} ends with {label} of {end}"
    if len(worth) == len(ends) and min(worth.values()) == worth[best]:
        return f"{known.label}: all end alike, with {end}"
    most = "lowest" if known.better < 0 else "most" if known.unit == "count" else "highest"
    return f"{best} ends with the {most} {label}: {end}"
