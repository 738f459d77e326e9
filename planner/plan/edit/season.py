"""Holidays and season: what the table of weeks makes of the months of a plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean

from planner.calendar import working_dates
from planner.plan.edit.parts import multipliers, with_channel
from planner.plan.seasons import ANSWERS, EFFECTS, MEETINGS, Effect, SeasonRow, rows_for
from planner.plan.stages import Channel, Stage, main_path
from planner.plan.types import Plan, replace

__all__ = ["SeasonMonth", "is_shaped", "season_effect", "season_months", "seasonal"]

YEAR = 12
DECIMALS = 2  # of a multiplier: the evidence bears no more, and links stay short


@dataclass(frozen=True)
class SeasonMonth:
    """One month of a season: its working days, and by effect the multiplier and the times of the year that make it."""

    working_days: int
    factors: dict[Effect, float]
    times: dict[Effect, tuple[str, ...]]

    @property
    def labels(self) -> tuple[str, ...]:
        """Every time of the year in it."""
        return tuple(dict.fromkeys(label for effect in EFFECTS for label in self.times[effect]))


def seasonal(
    plan: Plan, strength: float = 1.0, *, rows: Sequence[SeasonRow] | None = None, multiply: bool = False
) -> Plan:
    """The plan with the holidays and the season of its country in the volumes and rates of its months.

    Volumes of channels in which people answer follow working days and weeks in which less is sent; rates of answering
    and meeting follow the weeks in which fewer are there. `strength` 0 leaves the plan as it is, 0.5 takes half of each
    effect. `rows` are those of the table unless others are given. What it writes takes the place of the multipliers by
    month that the plan has there, or (`multiply`) is multiplied with them.

    >>> from planner import seasonal, starter
    >>> seasonal(starter("phone")).channels[0].profile[6]  # July with three weeks of fellesferie
    0.54
    """
    if strength == 0:
        return plan
    months = season_months(plan, strength, rows)
    for channel in plan.channels:
        changes: dict[str, object] = {"stages": tuple(_in_season(channel, s, months, multiply) for s in channel.stages)}
        if answers_of(channel) is not None:
            changes["profile"] = _written(channel.profile, months, "sending", multiply)
        plan = with_channel(plan, channel.key, **changes)
    return plan


def _in_season(channel: Channel, stage: Stage, months: Sequence[SeasonMonth], multiply: bool) -> Stage:
    effect = season_effect(channel, stage)
    return stage if effect is None else replace(stage, by_month=_written(stage.by_month, months, effect, multiply))


def _written(
    before: tuple[float, ...], months: Sequence[SeasonMonth], effect: Effect, multiply: bool
) -> tuple[float, ...]:
    factors = [month.factors[effect] for month in months]
    if multiply and before:
        factors = [round(old * factor, 2 * DECIMALS) for old, factor in zip(before, factors, strict=True)]
    return multipliers(factors)


def is_shaped(plan: Plan) -> bool:
    """Whether the plan has multipliers by month where a season would write its own."""
    rates = (s.by_month for c in plan.channels for s in c.stages if season_effect(c, s) is not None)
    return any(rates) or any(channel.profile for channel in plan.channels if answers_of(channel) is not None)


def answers_of(channel: Channel) -> Stage | None:
    """The stage at which somebody first answers a touch of the channel; None where nobody does, as with ads."""
    stages = [stage for stage in main_path(channel.stages) if stage.key in ANSWERS]
    return stages[0] if stages else next((stage for stage in channel.stages if stage.main and stage.tires), None)


def season_effect(channel: Channel, stage: Stage) -> Effect | None:
    """What of a season moves the rate of a stage; None where nothing does."""
    if stage is answers_of(channel):
        return ANSWERS.get(stage.key, "replying")
    return "meeting" if stage.main and stage.key in MEETINGS else None


def season_months(
    plan: Plan, strength: float = 1.0, rows: Sequence[SeasonRow] | None = None
) -> tuple[SeasonMonth, ...]:
    """The months of a plan as its country's season makes them.

    Touches go to working days in proportion to what is sent there, so a month's volume is its part of a normal month's
    working days, and a month's rate the mean over the days on which touches are sent.
    """
    chosen = rows_for(plan.country) if rows is None else tuple(rows)
    return _season_months(plan.country, plan.start, plan.months, strength, chosen)


@lru_cache(maxsize=32)
def _season_months(
    country: str, start: str, months: int, strength: float, rows: tuple[SeasonRow, ...]
) -> tuple[SeasonMonth, ...]:
    dates = working_dates(country, start, max(months, YEAR))
    normal = fmean(len(days) for days in dates)
    out = []
    for days in dates[:months]:
        by_day = [dict.fromkeys(EFFECTS, 1.0) for _ in days]
        times: dict[Effect, dict[str, None]] = {effect: {} for effect in EFFECTS}
        for day, factors in zip(days, by_day, strict=True):
            for row in _holding(rows, day, country):
                factors[row.effect] *= max(0.0, 1.0 + strength * (row.factor - 1.0))
                times[row.effect][row.label] = None
        factors = _factors(by_day, max(0.0, 1.0 + strength * (len(days) / normal - 1.0)))
        out.append(SeasonMonth(len(days), factors, {effect: tuple(labels) for effect, labels in times.items()}))
    return tuple(out)


def _holding(rows: Sequence[SeasonRow], day: dt.date, country: str) -> Iterator[SeasonRow]:
    """The rows that hold on a day: a country's own take the place of the general ones for the same effect."""
    here = [row for row in rows if row.when.holds(day)]
    own = {row.effect for row in here if row.country == country}
    return (row for row in here if row.country == country or row.effect not in own)


def _factors(by_day: Sequence[dict[Effect, float]], working: float) -> dict[Effect, float]:
    """A month's multipliers from those of its working days; `working` is its part of a normal month's."""
    sent = [day["sending"] for day in by_day]
    total = sum(sent)
    factors = {
        effect: sum(s * day[effect] for s, day in zip(sent, by_day, strict=True)) / total if total else 1.0
        for effect in EFFECTS
    }
    factors["sending"] = working * total / len(sent) if sent else 0.0
    return {effect: round(factor, DECIMALS) for effect, factor in factors.items()}
