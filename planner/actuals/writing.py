"""Actuals to bytes: a template to fill in, and actuals as a file that reads back as the same actuals."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import numpy as np

from planner.actuals.actuals import MONEY_NAMES, SHARED, Actuals
from planner.calendar import month_keys
from planner.errors import PlanError
from planner.plan import Plan, merged

__all__ = ["template", "to_csv"]

_LONG = ("period", "channel", "stage", "count")


def template(plan: Plan, shape: str = "wide") -> bytes:
    """A CSV file (UTF-8) to fill in, with no figure in it, for the plan's active channels.

    "wide": a row a month and channel, a column a stage. "long": a row a stage, the first month's, to copy for others.
    """
    months = month_keys(plan.start, plan.months)
    active = [channel for channel in plan.channels if channel.active]
    stages = {channel.key: [stage.key for stage in merged(channel.stages, plan.sales)] for channel in active}
    stages[SHARED] = [stage.key for stage in plan.sales]
    if shape == "long":
        rows = [(months[0], key, name, "") for key, names in stages.items() for name in (*names, *MONEY_NAMES)]
        return _written([_LONG, *rows])
    if shape != "wide":
        raise PlanError("", f"A template is long or wide, not {shape!r}")
    columns = (*dict.fromkeys(name for names in stages.values() for name in names), *MONEY_NAMES)
    empty = ("",) * len(columns)
    return _written([("period", "channel", *columns), *((month, key, *empty) for month in months for key in stages)])


def to_csv(actuals: Actuals, plan: Plan) -> bytes:
    """Every fact as a row of the long shape (UTF-8), channels in the plan's order; `read_actuals` gives them back."""
    order = {key: i for i, key in enumerate((*(channel.key for channel in plan.channels), SHARED))}
    facts = sorted(actuals.facts, key=lambda f: (f.source, f.period, order.get(f.channel, len(order))))
    known = actuals.as_of.isoformat()
    rows = ((f.period, f.channel, f.name, _number(f.value), _escaped(f.source), known) for f in facts)
    return _written([(*_LONG, "source", "as_of"), *rows])


def _number(value: float) -> str:
    """All digits that tell the value from its neighbours, never in a form that reads as thousands."""
    text = str(np.format_float_positional(value, trim="-"))
    return text + "0" if len(text.partition(".")[2]) == 3 else text


def _escaped(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in tuple("=+-@'") else text


def _written(rows: Iterable[tuple[str, ...]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
