"""What has happened so far, held against the plan, and where the plan lands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planner import words
from planner.actuals.actuals import Actuals
from planner.ask.evidence.land import Landing, LandingFigure
from planner.ask.evidence.record import landed, record
from planner.ask.variance.to_date import to_date
from planner.engine import Forecast
from planner.errors import PlanError
from planner.keep.landings import KeptLanding
from planner.measure.metrics import METRICS
from planner.plan import Plan, Target
from planner.show import record as looking_back
from planner.show import variance
from planner.show.brief.value import Section
from planner.show.landing import fan
from planner.show.tables import Cell, Table
from planner.show.uncertainty.sentences import goal, percent, span

__all__ = ["landing", "landing_of", "reality", "track"]

HEADS = ("Lands at", "80% range", "So far", "Under way", "Still to come", "Plan")


def reality(plan: Plan, actuals: Actuals) -> Section:
    """Plan against actuals to date, in a sentence and by channel; where they cannot be compared, why."""
    try:
        comparison = to_date(plan, actuals)
    except PlanError as error:
        return Section("reality", "What has happened so far", (str(error),))
    table = variance.channels(comparison, plan)
    return Section("reality", "What has happened so far", (variance.sentence(plan, comparison),), table=table)


def landing(forecast: Forecast, actuals: Actuals, kept: Sequence[KeptLanding], draws: int) -> Section:
    """Where the plan lands at the rates measured so far: a sentence, the fan joined to what happened, the figures."""
    ahead = landed(forecast.plan, actuals, kept, draws=draws)
    return replace(landing_of(ahead), chart=fan(ahead, forecast, "won"))


def track(plan: Plan, actuals: Actuals, kept: Sequence[KeptLanding]) -> Section | None:
    """How landings that were kept held against what came; None where none can be judged yet."""
    rows = record(plan, actuals, kept)
    if not rows:
        return None
    text = looking_back.kept_sentence(plan, len(kept), rows)
    return Section("track", "How earlier landings held", (text,), table=looking_back.table(plan, rows))


def landing_of(ahead: Landing) -> Section:
    """A landing in a sentence and a table."""
    plan = ahead.plan
    rows = tuple(_row(plan, figure) for figure in ahead.figures)
    note = (
        "So far: as reported. Under way: what that still brings within the plan. Still to come: the rest. Both at the "
        "measured rates."
    )
    return Section("landing", "Where the plan lands", (_lands(plan, ahead),), table=Table(("", *HEADS), rows, note))


def _target(plan: Plan) -> Target | None:
    return next((target for target in plan.targets if target.metric == "won"), None)


def _lands(plan: Plan, ahead: Landing) -> str:
    """Where deals land against the plan, with the chance of their target."""
    won, target = ahead.figure("won"), _target(plan)
    ends = span(plan, "won", won.low, won.high, "{} to {}")
    text = f"Seen from {words.day(ahead.as_of)}, the plan lands at {words.counted(plan, won.total, 'deal')} "
    text += f"(80% range: {ends}), against {words.short(plan, won.plan)} planned"
    return (
        f"{text}; the chance of {goal(plan, target)} is {percent(plan, won.chance(target.value))}."
        if target
        else text + "."
    )


def _row(plan: Plan, figure: LandingFigure) -> tuple[Cell | str, ...]:
    metric = METRICS[figure.metric]
    parts = (figure.happened, figure.under_way, figure.planned)
    written = [words.short(plan, part, metric.unit) for part in parts]
    why = f"{written[0]} so far + {written[1]} under way + {written[2]} still to come"
    total = Cell(words.short(plan, figure.total, metric.unit), "strong", why=why)
    ends = span(plan, figure.metric, figure.low, figure.high, "{} to {}")
    return (metric.label, total, ends, *written, Cell(words.short(plan, figure.plan, metric.unit), "quiet"))
