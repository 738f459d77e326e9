"""Actuals to bytes: a template to fill in, and actuals as a file that reads back as the same actuals."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from planner.actuals.actuals import MONEY_NAMES, UNATTRIBUTED, Actuals
from planner.calendar import month_keys
from planner.errors import PlanError
from planner.plan import Plan, merged
from planner.words import write_exact

__all__ = ["actuals_template", "to_csv"]

_LONG_HEADER = ("period", "channel", "stage", "count")


def actuals_template(plan: Plan, shape: str = "wide") -> bytes:
    """A CSV file (UTF-8) to fill in, with no figure in it, for the plan's active channels.

    "wide" has one row per month and channel and one column per stage; "long" one row per figure, those of the first
    month, to copy for the others.
    """
    months = month_keys(plan.start, plan.months)
    active = [channel for channel in plan.channels if channel.active]
    stages = {channel.key: [stage.key for stage in merged(channel.stages, plan.sales)] for channel in active}
    stages[UNATTRIBUTED] = [stage.key for stage in plan.sales]
    if shape == "long":
        rows = [(months[0], key, name, "") for key, names in stages.items() for name in (*names, *MONEY_NAMES)]
        return _csv([_LONG_HEADER, *rows])
    if shape != "wide":
        raise PlanError("", f"A template is long or wide, not “{shape}”.")
    columns = (*dict.fromkeys(name for names in stages.values() for name in names), *MONEY_NAMES)
    empty = ("",) * len(columns)
    return _csv([("period", "channel", *columns), *((month, key, *empty) for month in months for key in stages)])


def to_csv(actuals: Actuals, plan: Plan) -> bytes:
    """Every fact as a row of the long shape (UTF-8), channels in the plan's order; `read_actuals` gives them back."""
    order = {key: i for i, key in enumerate((*(channel.key for channel in plan.channels), UNATTRIBUTED))}
    facts = sorted(actuals.facts, key=lambda f: (f.source, f.period, order.get(f.channel, len(order))))
    as_of = actuals.as_of.isoformat()
    rows = ((f.period, f.channel, f.name, write_exact(f.value), _escaped(f.source), as_of) for f in facts)
    return _csv([(*_LONG_HEADER, "source", "as_of"), *rows])


def _escaped(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in tuple("=+-@'") else text


def _csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
