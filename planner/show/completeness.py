"""What is known, as a calendar of channels and months in words and signs, and what is missing in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner import words
from planner.actuals.actuals import UNATTRIBUTED
from planner.actuals.completeness import ChannelKnown, MonthKnown, State
from planner.plan import Channel, Plan, main_path
from planner.plan.naming import stage_words
from planner.show.design import hues
from planner.show.tables import Cell, Table

__all__ = ["calendar", "gaps", "summary"]

STATES: dict[State, tuple[str, str, str]] = {  # word, accent, sign
    "full": ("full", "", "full"),
    "part": ("part", "strong", "part"),
    "missing": ("missing", "bad", "empty"),
    "idle": ("none planned", "quiet", "none"),
}


def calendar(plan: Plan, rows: Sequence[ChannelKnown]) -> Table:
    """One row per channel, one column per month that has begun: full, part or missing."""
    months = words.month_names(plan)[: len(rows[0].months) if rows else 0]
    colours = hues(plan)
    cells = [
        (Cell(_label(plan, row.channel), swatch=colours.get(row.channel, "")), *map(_cell, row.months)) for row in rows
    ]
    note = (
        "Full: every count that the channel reports elsewhere is there for all days. Part: some days or counts are "
        "missing. Missing: nothing is reported, which is not the same as zero."
    )
    return Table(("Channel", *months), tuple(cells), note, numbers=1 + len(months), frozen=True)


def _cell(month: MonthKnown) -> Cell:
    text, tone, icon = STATES[month.state]
    return Cell(text, tone, note=_days(month), icon=icon)


def _days(month: MonthKnown) -> str:
    """Which days a part covers, and how many counts are absent."""
    parts = []
    if month.since:
        parts.append(f"from {words.day(month.since, year=False)}")
    if month.until:
        parts.append(f"to {words.day(month.until, year=False)}")
    if month.absent:
        parts.append(f"{len(month.absent)} {'count' if len(month.absent) == 1 else 'counts'} missing")
    return ", ".join(parts)


def summary(rows: Sequence[ChannelKnown]) -> str:
    """How much is known, in a sentence."""
    if not rows or not rows[0].months:
        return "The plan has not begun by the day of these actuals."
    states = [month.state for row in rows for month in row.months if month.state != "idle"]
    full = states.count("full")
    if full == len(states):
        return "Every channel is reported in full for every month so far."
    missing, part = states.count("missing"), states.count("part")
    return f"Of {len(states)} channel months {full} are reported in full, {part} in part, and {missing} are missing."


def gaps(plan: Plan, rows: Iterable[ChannelKnown]) -> tuple[str, ...]:
    """What is missing, one sentence per channel: which months, and what to upload."""
    return tuple(_gap(plan, row) for row in rows if not row.complete)


def _gap(plan: Plan, row: ChannelKnown) -> str:
    label = _label(plan, row.channel)
    missing = [month.month for month in row.months if month.state == "missing"]
    parts = []
    if missing and len(missing) == len([m for m in row.months if m.state != "idle"]):
        parts.append(f"nothing is reported; upload counts of {_names(plan, row)}")
    elif missing:
        parts.append(f"nothing is reported for {_spans(plan, missing)}; upload counts of {_names(plan, row)}")
    for month in (month for month in row.months if month.state == "part"):
        parts.append(_part(plan, row, month))
    return f"{label}: {'. '.join(_capitals(parts))}."


def _part(plan: Plan, row: ChannelKnown, month: MonthKnown) -> str:
    name = words.month_name(plan, month.month)
    days = ""
    if month.since:
        days = f" begins on {words.day(month.since)}"
    if month.until:
        days += f"{' and' if days else ''} ends on {words.day(month.until)}"
    text = f"{name}{days}; upload the other days" if days else ""
    if month.absent:
        absent = words.listed([_stage(plan, row.channel, key) for key in month.absent])
        text += f"{'; ' if text else f'{name}: '}{absent} missing"
    return text


def _capitals(parts: Sequence[str]) -> list[str]:
    return [part if i == 0 else part[:1].upper() + part[1:] for i, part in enumerate(parts)]


def _spans(plan: Plan, months: Sequence[int]) -> str:
    """Months in a row as one span: "Jan 2027 and Mar 2027 to May 2027"."""
    spans: list[list[int]] = []
    for month in months:
        if spans and month == spans[-1][-1] + 1:
            spans[-1].append(month)
        else:
            spans.append([month])
    names = [
        words.month_name(plan, span[0]) if len(span) == 1
        else f"{words.month_name(plan, span[0])} to {words.month_name(plan, span[-1])}"
        for span in spans
    ]  # fmt: skip
    return words.listed(names)


def _names(plan: Plan, row: ChannelKnown) -> str:
    """What to upload: the counts the channel reports in other months, else those on its way to an appointment."""
    channel = next((channel for channel in plan.channels if channel.key == row.channel), None)
    wanted = set(row.stages)
    if channel is not None:
        path = [stage.key for stage in channel.stages if stage.of is None] + [s.key for s in main_path(channel.stages)]
        wanted = {key for key in path if not row.stages or key in row.stages} or wanted
        names = [_stage(plan, row.channel, stage.key) for stage in channel.stages if stage.key in wanted]
        return words.listed(names) or "its counts"
    return words.listed([_stage(plan, row.channel, key) for key in row.stages])


def _stage(plan: Plan, channel: str, key: str) -> str:
    own = _of(plan, channel)
    stages = (*(own.stages if own else ()), *plan.sales)
    stage = next((stage for stage in stages if stage.key == key), None)
    return stage_words(own, stage).many if stage else "appointments"


def _of(plan: Plan, channel: str) -> Channel | None:
    return next((c for c in plan.channels if c.key == channel), None)


def _label(plan: Plan, channel: str) -> str:
    own = _of(plan, channel)
    return own.label if own else "No channel named" if channel == UNATTRIBUTED else channel
