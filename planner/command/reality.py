"""Commands on what has happened: actuals to date, and the Monday note."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from typing import Any

from planner.ask.variance.since import left_range
from planner.ask.variance.to_date import StageToDate, ToDate, to_date
from planner.command.answer import BROKEN, DONE, Answer, defined
from planner.command.sources import actuals_of, opened
from planner.show import variance, verdicts
from planner.show.tables import to_text

__all__ = ["note_of", "to_date_of"]


def to_date_of(options: Namespace) -> Answer:
    """Plan against actuals: a sentence, the channels, and the stages that are off plan."""
    source = opened(options.plan)
    comparison = to_date(source.plan, actuals_of(source, options.actuals))
    off = [row for row in comparison.stages if row.off]
    parts = [variance.sentence(source.plan, comparison), to_text(variance.channels(comparison, source.plan))]
    parts += [to_text(verdicts.stages(source.plan, off, comparison.as_of))] if off else []
    code = BROKEN if options.strict and off else DONE
    return Answer("\n\n".join(parts), _values(comparison), code)


def _values(comparison: ToDate) -> dict[str, Any]:
    pairs = {name: getattr(comparison.total, name) for name in ("deals", "revenue", "cost", "cac", "roi")}
    return {
        "as_of": comparison.as_of.isoformat(),
        "total": {name: {"plan": defined(p.plan), "actual": defined(p.actual)} for name, p in pairs.items()},
        "off_plan": [_row(row) for row in comparison.stages if row.off],
    }


def _row(row: StageToDate) -> dict[str, Any]:
    return {
        "channel": row.channel, "stage": row.stage, "verdict": row.verdict, "actual": defined(row.actual),
        "expected": defined(row.expected), "low": defined(row.low), "high": defined(row.high),
    }  # fmt: skip


def note_of(options: Namespace) -> Answer:
    """The Monday note: what left its chance range since some days ago, in a sentence; nothing where nothing did."""
    source = opened(options.plan)
    changes = left_range(source.plan, actuals_of(source, options.actuals), dt.timedelta(options.days))
    values = {
        "as_of": changes.as_of.isoformat(), "since": changes.since.isoformat(),
        "left": [_row(row) for row in changes.left],
    }  # fmt: skip
    code = BROKEN if options.strict and changes.left else DONE
    return Answer(variance.note(source.plan, changes), values, code)
