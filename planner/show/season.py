"""Holidays and season in words and tables: what is assumed, what it makes of each month, and why a month is low."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from planner import words
from planner.engine import Forecast
from planner.keep.workspace import COUNTED
from planner.measure.metrics import read
from planner.plan import Channel, Plan
from planner.plan.edit.season import SeasonMonth, season_effect, season_months
from planner.plan.naming import capital, stage_rate_name
from planner.plan.seasons import EFFECTS, Effect, SeasonRow, rows_for
from planner.show.grids import typed_number
from planner.show.tables import Cell, Table

__all__ = ["STRENGTH", "WEAK", "as_typed", "assumptions", "months", "ramp_sentence", "reasons", "sentence"]

STRENGTH = "Level (%)"
MOVES: dict[Effect, str] = {
    "sending": "Volume", "connecting": "Connect rate", "replying": "Reply rate", "meeting": "Appointment rate",
}  # fmt: skip
WEAK = (
    "The evidence is weak: single vendors and leave statistics, often old or of another country; much is judgement. "
    "Every percentage is a default: type your own. Public holidays count once, as days nobody works. Longer answering "
    "times in holidays are not included."
)
LOW = 0.995  # of a normal month; less is a reason to name


def assumptions(plan: Plan) -> pd.DataFrame:
    """The times of the year of the plan's country, what each moves and how far, with what that rests on."""
    rows = []
    for row in rows_for(plan.country):
        text, _, address = row.source.rpartition(": ")
        linked = address.startswith("http")
        rows.append(
            (
                capital(row.label), MOVES[row.effect], _percent(plan, row.factor),
                f"{_percent(plan, row.low)}–{_percent(plan, row.high)}",
                ("judgement: " if row.judged else "weak: ") + (text if linked else row.source),
                address if linked else None,
            )
        )  # fmt: skip
    columns = ["Time of year", "Moves", STRENGTH, "Plausible", "Evidence", "Source"]
    return pd.DataFrame(rows, columns=columns)


def as_typed(plan: Plan, typed: pd.DataFrame) -> tuple[SeasonRow, ...]:
    """The rows of the plan's country with the strengths as they stand in the table; PlanError for one that is none."""
    rows = []
    for row, cell in zip(rows_for(plan.country), typed[STRENGTH], strict=True):
        what = f"{capital(row.label)}, {words.in_text(MOVES[row.effect])}"
        factor = row.factor if cell == _percent(plan, row.factor) else typed_number(plan, cell, what, percent=True)
        rows.append(replace(row, factor=factor))
    return tuple(rows)


def _percent(plan: Plan, share: float) -> str:
    return words.write_exact(round(100 * share, 6), plan.locale)


def sentence(before: Forecast, after: Forecast) -> str:
    """What a season does to the deals of a plan."""
    plan = before.plan
    ends = [words.short(plan, read(forecast, "won")) for forecast in (before, after)]
    later = [words.short(plan, read(forecast, "won", tail=True)) for forecast in (before, after)]
    if ends[0] == ends[1]:
        return f"Deals in the plan stay at {ends[0]}; with what closes later {later[0]} → {later[1]}."
    return f"Deals in the plan: {ends[0]} → {ends[1]}; with what closes later {later[0]} → {later[1]}."


def ramp_sentence(channel: str, over: int, before: Forecast, after: Forecast, *, tail: bool = False) -> str:
    """What a rise of a channel's volume over its first `over` months makes of them, and of the deals."""
    plan, volumes = before.plan, after.count(f"{channel}.", "months")
    firsts = [
        f"{words.short(plan, volume)} in {words.month_name(plan, month)}" for month, volume in enumerate(volumes[:over])
    ]
    if after.plan == plan or not firsts:
        return "With this ramp the volume stays as it is."
    deals = [words.short(plan, read(forecast, "won", tail=tail)) for forecast in (before, after)]
    return f"With this ramp: {words.listed(firsts)}; deals {COUNTED[tail]} {deals[0]} → {deals[1]}."


def months(plan: Plan, strength: float, rows: Sequence[SeasonRow]) -> Table:
    """Each month of the plan as the season makes it, in percent of a normal month."""
    lines: list[tuple[Cell | str, ...]] = []
    for name, month in zip(words.month_names(plan), season_months(plan, strength, rows), strict=True):
        note = ", ".join([f"{month.working_days} working days", *month.labels])
        lines.append((Cell(name, note=note), *(_of_normal(plan, month.factors[effect]) for effect in EFFECTS)))
    heads = ("Month", "Volume", "Connect", "Reply", "Meeting")
    note = (
        "In percent of a normal month: volumes, connect rates, reply and acceptance rates, appointment rates. Volumes "
        "follow working days and the times of the year; channels in which nobody answers, such as ads, keep theirs."
    )
    return Table(heads, tuple(lines), note)


def _of_normal(plan: Plan, factor: float) -> Cell:
    tone = "strong" if factor < 0.9 else "quiet" if factor == 1 else ""
    return Cell(words.short(plan, factor, "percent"), tone)


def reasons(plan: Plan, channel: Channel) -> tuple[str, ...]:
    """Why each month of a channel is low, by its volumes and rates by month; "" where they do not make it so."""
    moved = [stage for stage in channel.stages if stage.main and stage.by_month]
    causes: list[_Cause] = [_Cause("volume", "sending", channel.profile)] if channel.profile else []
    for stage in moved:
        name = stage_rate_name(plan, f"{channel.key}.{stage.key}")
        causes.append(_Cause(name, season_effect(channel, stage), stage.by_month))
    if not causes:
        return ("",) * plan.months
    return tuple(_reason(plan, causes, month, t) for t, month in enumerate(season_months(plan)))


@dataclass(frozen=True)
class _Cause:
    """Multipliers by month that may make a month low, what they are on, and the effect of a season on that."""

    name: str
    effect: Effect | None
    by_month: tuple[float, ...]


def _reason(plan: Plan, causes: Sequence[_Cause], month: SeasonMonth, t: int) -> str:
    low = [cause for cause in causes if cause.by_month[t] < LOW]
    times = [label for cause in low if cause.effect for label in month.times[cause.effect]]
    return ", ".join([*dict.fromkeys(times), *(f"{c.name} {words.short(plan, c.by_month[t], 'percent')}" for c in low)])
