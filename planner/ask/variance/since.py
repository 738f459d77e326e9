"""What has left its chance range since some days ago: the comparison of today, less that of then."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from planner.actuals.actuals import Actuals
from planner.actuals.periods import interval_of
from planner.ask.variance.to_date import StageToDate, to_date
from planner.errors import PlanError
from planner.plan import Plan

__all__ = ["Since", "left_range", "reported_by"]


@dataclass(frozen=True)
class Since:
    """The stages that lie outside the band of chance on the day `as_of` and did not, or on the other side, on `since`.

    As in `to_date`, what counts is the band of the whole family of stages.
    """

    as_of: dt.date
    since: dt.date
    left: tuple[StageToDate, ...]


def left_range(plan: Plan, actuals: Actuals, within: dt.timedelta = dt.timedelta(7)) -> Since:
    """What left its chance range within these days, the furthest first.

    What was known then are the facts whose period had ended: of actuals by month that is the last whole month. Raises
    PlanError where the plan begins after the actuals end.
    """
    since = actuals.as_of - within
    before = _off(plan, reported_by(actuals, since))
    off = [row for row in to_date(plan, actuals).stages if row.off]
    left = [row for row in off if before.get((row.channel, row.stage)) != _above(row)]
    return Since(actuals.as_of, since, tuple(sorted(left, key=lambda row: -row.distance)))


def reported_by(actuals: Actuals, day: dt.date) -> Actuals | None:
    """The actuals as they stood on a day: the facts whose period had ended; None where there were none."""
    facts = tuple(fact for fact in actuals.facts if interval_of(fact.period).last <= day)
    if not facts:
        return None
    return replace(actuals, as_of=max(interval_of(fact.period).last for fact in facts), facts=facts)


def _off(plan: Plan, actuals: Actuals | None) -> dict[tuple[str, str], bool]:
    """By channel and stage what was off plan, and whether above it; nothing where nothing could be compared."""
    if actuals is None:
        return {}
    try:
        rows = to_date(plan, actuals).stages
    except PlanError:
        return {}
    return {(row.channel, row.stage): _above(row) for row in rows if row.off}


def _above(row: StageToDate) -> bool:
    return row.actual > row.expected
