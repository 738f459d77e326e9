"""KPIs worked out: every figure of the table for a forecast or for actuals, with the conflicting readings beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.actuals.actuals import Actuals
from planner.engine import Forecast
from planner.errors import PlanError
from planner.measure.actual_counts import ActualCounts
from planner.measure.forecast_counts import ForecastCounts
from planner.measure.formulas import fill, in_words, names, work_out
from planner.measure.kpi_table import KPI, KPIS
from planner.measure.sources import CountSource, Scope
from planner.plan import Plan
from planner.plan.templates import TEMPLATES
from planner.words import write

__all__ = ["KPIFigure", "KPIRow", "groups", "kpi"]

_WHOLE = {"sales": "Sales", "all": "All channels", "customer": "Customers"}  # read for the plan as a whole


def groups() -> Mapping[str, str]:
    """What KPIs are grouped by, with its label: each channel kind, sales, all channels, customers."""
    return {template.kind: template.label for template in TEMPLATES} | _WHOLE


@dataclass(frozen=True)
class KPIFigure:
    """A formula worked out: in words, with its numbers, and what came of it (nan: nobody counted it);

    `scope`: of whom a total of actuals speaks, None where nothing is missing.
    """

    label: str
    value: float
    unit: str
    formula: str
    filled: str
    written: str
    says: str = ""
    scope: Scope | None = None


@dataclass(frozen=True)
class KPIRow:
    """A KPI of one channel (None: of the whole plan): its figures, the standard first, and the conflicting readings."""

    channel: str | None
    figures: tuple[KPIFigure, ...]
    readings: tuple[KPIFigure, ...]

    @property
    def value(self) -> float:
        """The standard figure."""
        return self.figures[0].value


def kpi(
    source: Forecast | Actuals, key: str, plan: Plan | None = None, *, tail: bool = False, until: int | None = None
) -> tuple[KPIRow, ...]:
    """A KPI of a forecast (with the tail, or of its first `until` months) or of actuals of `plan`, summed to date.

    A row for each channel of its kind, or one of the whole plan. PlanError for an unknown key, or actuals without plan.

    >>> from planner import KPIS, forecast, starter
    >>> (row,) = kpi(forecast(starter("email")), "E01")
    >>> KPIS["E01"].label, row.channel, row.value
    ('Delivery rate', 'email', 0.965)
    """
    if key not in KPIS:
        raise PlanError(key, "is no KPI; KPIS lists them all")
    return _rows(_source(source, plan, tail, until), KPIS[key])


def _source(source: Forecast | Actuals, plan: Plan | None, tail: bool, until: int | None) -> CountSource:
    if isinstance(source, Forecast):
        return ForecastCounts(source, tail=tail, until=until)
    if plan is None:
        raise PlanError("plan", "is missing; actuals are read against the plan they belong to")
    return ActualCounts(source, plan)


def _rows(source: CountSource, row: KPI) -> tuple[KPIRow, ...]:
    if row.group in _WHOLE and not row.by_channel:
        return (_row(source, row, None),)
    here = (c.key for c in source.plan.channels if row.by_channel or c.kind == row.group)
    return tuple(_row(source, row, channel) for channel in here)


def _row(source: CountSource, row: KPI, channel: str | None) -> KPIRow:
    plan = source.plan

    def figure(label: str, formula: str, unit: str, says: str = "") -> KPIFigure:
        value = work_out(source, formula, channel)
        words, filled = in_words(plan, formula, channel), fill(source, formula, channel)
        scope = source.scope(names(formula)) if channel is None else None
        return KPIFigure(label, value, unit, words, filled, write(plan, value, unit), says, scope)

    return KPIRow(
        channel,
        tuple(figure(part.label, part.formula, part.unit) for part in row.parts),
        tuple(figure(reading.by, reading.formula, reading.unit, reading.says) for reading in row.readings),
    )
