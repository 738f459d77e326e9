"""Every KPI as a table: definition, planned, actual, and what the sources' other formulas give on the same numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from planner import words
from planner.actuals.actuals import Actuals
from planner.engine import Forecast
from planner.keep.workspace import COUNTED
from planner.measure.kpi_table import KPI, KPIS, SOURCES, KPIOrigin
from planner.measure.kpis import KPIFigure, KPIRow, groups, kpi
from planner.plan import Plan
from planner.plan.naming import channel_title
from planner.show.design import hues
from planner.show.tables import Cell, Table

__all__ = ["disagreements", "kpi_list", "matching", "openings"]


def openings(group: str) -> tuple[KPI, ...]:
    """The KPIs of a group, in the table's order."""
    return tuple(row for row in KPIS.values() if row.group == group)


def matching(text: str) -> tuple[KPI, ...]:
    """The KPIs that a search finds: those in which every word stands, in name, meaning, group, formula or source."""
    wanted = text.casefold().split()
    return tuple(row for row in KPIS.values() if all(word in _searched(row) for word in wanted))


@lru_cache(maxsize=256)
def _searched(row: KPI) -> str:
    """All that is said of a KPI, and who says it."""
    origins = [SOURCES[key] for key in _named_by(row)]
    texts = [row.key, row.label, row.says, row.note, groups()[row.group]]
    texts += [f"{part.label} {part.formula.replace('_', ' ')}" for part in row.parts]
    texts += [reading.says for reading in row.readings]
    texts += [f"{origin.name} {origin.title}" for origin in origins]
    return " ".join(texts).casefold()


def _named_by(row: KPI) -> tuple[str, ...]:
    """The sources that define it, give another formula or claim a usual value."""
    others = (*(reading.by for reading in row.readings), *(claim.by for claim in row.claims))
    return tuple(dict.fromkeys((*row.sources, *others)))


def disagreements(rows: Iterable[KPI]) -> int:
    """How many other formulas sources give for these KPIs."""
    return sum(len(row.readings) for row in rows)


def kpi_list(
    forecast: Forecast, actuals: Actuals | None, listed: Sequence[KPI], *, readings: bool = False,
    starred: Collection[str] = (), tail: bool = False,
) -> Table:  # fmt: skip
    """KPIs: a row each channel and part; with `readings` under it, where sources disagree, what each would give.

    Planned figures are those in the plan, or with `tail` with what closes later; where there are actuals, those of the
    same months stand beside them. The names of those `starred` carry a star.
    """
    plan, rows = forecast.plan, []
    until = actuals.months(forecast.plan) if actuals else None
    for entry in listed:
        columns = [kpi(forecast, entry.key, tail=tail)]
        if actuals is not None:
            columns += [kpi(forecast, entry.key, until=until), kpi(actuals, entry.key, plan)]
        star = " ★" if entry.key in starred else ""
        for row in columns[0]:
            others = [_of_channel(column, row.channel) for column in columns[1:]]
            rows += _rows(plan, entry, row, others, readings, named=len(columns[0]) > 1, star=star)
    heads = [f"Planned, {COUNTED[tail]}"]
    heads += [f"Planned, first {words.counted(plan, until, 'month')}", "Actual"] if until is not None else []
    return Table(("KPI", "Formula", *heads), tuple(rows), _sources(listed), numbers=2, frozen=actuals is not None)


def _of_channel(rows: Iterable[KPIRow], channel: str | None) -> KPIRow | None:
    """The row of a channel, where there is one."""
    return next((row for row in rows if row.channel == channel), None)


def _sources(rows: Iterable[KPI]) -> str:
    """Which articles name these KPIs, by their full titles."""
    keys = dict.fromkeys(key for row in rows for key in _named_by(row))
    titles = "; ".join(_titled(SOURCES[key]) + _remark(SOURCES[key]) for key in sorted(keys))
    note = "–: nothing in the plan, or not in the actuals."
    return f"{note} Sources: {titles}." if titles else note


def _titled(origin: KPIOrigin) -> str:
    return f"“{origin.title}” ({origin.name})"


def _remark(origin: KPIOrigin) -> str:
    return f" ({origin.remark})" if origin.remark else ""


def _left_out(plan: Plan, figure: KPIFigure) -> str:
    """Which channels a total of actuals leaves out, and why."""
    if figure.scope is None or not figure.scope.left_out or not np.isfinite(figure.value):
        return ""
    names = [channel_title(channel) for channel in plan.channels if channel.key in figure.scope.left_out]
    listed = words.listed(names)
    verb = "does" if len(names) == 1 else "do"
    return f". Without {listed}, which {verb} not report both sides; figures of no channel are left out too."


def _claims(row: KPI) -> str:
    """What sources call usual, as their claim."""
    return " ".join(f"Usual per {SOURCES[claim.by].name}: {claim.says}." for claim in row.claims)


def _rows(
    plan: Plan, listed: KPI, row: KPIRow, others: Sequence[KPIRow | None], readings: bool, *, named: bool, star: str
) -> list[tuple[Cell | str, ...]]:
    """The lines of a KPI of one channel, or of all: as planned, and as the other columns have it."""
    labels: Mapping[str, str] = {c.key: c.label for c in plan.channels}
    colour = hues(plan).get(row.channel or "", "")
    says = " ".join(filter(None, (listed.says, listed.note, _claims(listed))))
    note = f"{labels[row.channel]}. {says}" if named and row.channel else says
    lines = []
    for i, figure in enumerate(row.figures):
        label = f"{listed.label}: {figure.label}" if figure.label else listed.label
        head = Cell(label + star, "strong", colour, note) if i == 0 else Cell(label, "strong", colour)
        lines.append(_row(head, [figure, *(column.figures[i] if column else None for column in others)], plan))
    for i, other in enumerate(row.readings if readings else ()):
        name = Cell(f"per {_titled(SOURCES[other.label])}", "quiet", note=other.says)
        lines.append(_row(name, [other, *(column.readings[i] if column else None for column in others)], plan))
    return lines


def _row(name: Cell, figures: Sequence[KPIFigure | None], plan: Plan) -> tuple[Cell | str, ...]:
    formula = next(figure.formula for figure in figures if figure)
    return (name, Cell(formula, "quiet"), *(_cell(figure, name.tone, plan) for figure in figures))


def _cell(figure: KPIFigure | None, tone: str, plan: Plan) -> Cell:
    if figure is None:
        return Cell(words.DASH, "quiet")
    note = figure.filled + _left_out(plan, figure) if np.isfinite(figure.value) else ""
    return Cell(figure.written, tone, note=note)
