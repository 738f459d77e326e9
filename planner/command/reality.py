"""Commands on what has happened: actuals to date, where the plan lands, and the Monday note."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from typing import Any

from planner.ask.evidence.land import land
from planner.ask.variance.since import left_range
from planner.ask.variance.to_date import StageToDate, ToDate, to_date
from planner.command.answer import BROKEN, DONE, Answer, defined
from planner.command.sources import actuals_of, opened
from planner.show import variance, verdicts
from planner.show.brief.reality import landing_of
from planner.show.tables import to_text

__all__ = ["landing_at", "note_of", "to_date_of"]


def to_date_of(options: Namespace) -> Answer:
    """Plan against actuals: a sentence, the channels, and the stages that are off plan."""
    source = opened(options.plan, options.on)
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


def landing_at(options: Namespace) -> Answer:
    """Where deals, appointments, revenue and cost land, each with its 80 % range."""
    source = opened(options.plan, options.on)
    ahead = land(source.plan, actuals_of(source, options.actuals))
    section = landing_of(ahead)
    text = "\n\n".join([*section.sentences, to_text(section.table)] if section.table else section.sentences)
    figures = {
        figure.metric: {
            "total": defined(figure.total), "low": defined(figure.low), "high": defined(figure.high),
            "so_far": defined(figure.happened), "under_way": defined(figure.under_way),
            "still_to_come": defined(figure.planned), "plan": defined(figure.plan),
        }
        for figure in ahead.figures
    }  # fmt: skip
    return Answer(text, {"as_of": ahead.as_of.isoformat(), "figures": figures})


def note_of(options: Namespace) -> Answer:
    """The Monday note: what left its chance range since some days ago, in a sentence; nothing where nothing did."""
    source = opened(options.plan, options.on)
    changes = left_range(source.plan, actuals_of(source, options.actuals), dt.timedelta(options.days))
    values = {
        "as_of": changes.as_of.isoformat(), "since": changes.since.isoformat(),
        "left": [_row(row) for row in changes.left],
    }  # fmt: skip
    code = BROKEN if options.strict and changes.left else DONE
    return Answer(variance.note(source.plan, changes), values, code)
