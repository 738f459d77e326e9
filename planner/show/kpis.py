"""Every KPI as a table: definition, planned, actual, and what the sources' other formulas give on the same numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from planner import words
from planner.actuals.actuals import Actuals
from planner.engine import Forecast
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
    starred: Collection[str] = (),
) -> Table:  # fmt: skip
    """KPIs: a row each channel and part; with `readings` under it, where sources disagree, what each would give.

    The names of those `starred` carry a star.
    """
    plan, rows = forecast.plan, []
    until = actuals.months(forecast.plan) if actuals else None
    for entry in listed:
        planned = kpi(forecast, entry.key, until=until)
        happened = {row.channel: row for row in kpi(actuals, entry.key, plan)} if actuals else {}
        star = " ★" if entry.key in starred else ""
        for row in planned:
            rows += _rows(plan, entry, row, happened.get(row.channel), readings, named=len(planned) > 1, star=star)
    head = "Planned" if until is None else f"Planned, first {words.counted(plan, until, 'month')}"
    return Table(("KPI", "Formula", head, "Actual"), tuple(rows), _sources(listed), numbers=2)


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
    plan: Plan, listed: KPI, row: KPIRow, happened: KPIRow | None, readings: bool, *, named: bool, star: str
) -> list[tuple[Cell | str, ...]]:
    labels: Mapping[str, str] = {c.key: c.label for c in plan.channels}
    colour = hues(plan).get(row.channel or "", "")
    lines = []
    for i, figure in enumerate(row.figures):
        name = f"{listed.label}: {figure.label}" if figure.label else listed.label
        name += star if i == 0 else ""
        says = " ".join(filter(None, (listed.says, listed.note, _claims(listed))))
        note = f"{labels[row.channel]}. {says}" if named and row.channel else says
        lines.append(
            _row(
                Cell(name, "strong", colour, note if i == 0 else ""),
                figure,
                happened.figures[i] if happened else None,
                plan,
            )
        )
    if readings:
        for i, other in enumerate(row.readings):
            cells = _row(
                Cell(f"per {_titled(SOURCES[other.label])}", "quiet", note=other.says),
                other,
                happened.readings[i] if happened else None,
                plan,
            )
            lines.append(cells)
    return lines


def _row(name: Cell, planned: KPIFigure, happened: KPIFigure | None, plan: Plan) -> tuple[Cell | str, ...]:
    def cell(figure: KPIFigure | None) -> Cell:
        if figure is None:
            return Cell("–", "quiet")
        note = figure.filled + _left_out(plan, figure) if np.isfinite(figure.value) else ""
        return Cell(figure.written, name.tone, note=note)

    return name, Cell(planned.formula, "quiet"), cell(planned), cell(happened)
