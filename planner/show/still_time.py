"""Is there still time, in a sentence and two tables: last useful days, and what each channel can still add."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from planner import words
from planner.ask.catching_up import Addition
from planner.ask.still_time import SHARES, StillTime
from planner.calendar import month_keys
from planner.plan import Plan
from planner.show.design import hues
from planner.show.limiting import limit_alone
from planner.show.tables import Cell, Table

__all__ = ["added", "days", "sentence"]

HALF = SHARES.index(0.5)


def sentence(
    plan: Plan, rows: Sequence[StillTime], additions: Sequence[Addition], day: dt.date, gap: float = 0.0
) -> str:
    """Which channel runs out of time first and which last, and which can still add most from `day` on.

    `gap` is how many deals are missing, at most 0 where none are.
    """
    bringing = [row for row in rows if row.brings]
    if not bringing:
        return "No channel brings a deal."
    in_time = sorted((row for row in bringing if row.last[HALF]), key=lambda row: row.last[HALF] or dt.date.max)
    if not in_time:
        text = "The plan is too short: on no day does a touch bring half of its deals within it."
    else:
        text = (
            f"{in_time[0].label}: a touch after {_day(in_time[0])} brings less than half of its deals within the plan."
        )
        if len(in_time) > 1:
            text = f"{text[:-1]}; {words.in_text(in_time[-1].label)} is last, on {_day(in_time[-1])}."
    return " ".join(filter(None, (text, _additions(plan, rows, additions, day, gap))))


def _additions(plan: Plan, rows: Sequence[StillTime], additions: Sequence[Addition], day: dt.date, gap: float) -> str:
    """Which channel can still add most, and which no limit holds; "" where none can add a deal."""
    labels = {row.channel: words.in_text(row.label) for row in rows}
    free = [labels[row.channel] for row in additions if math.isinf(row.deals)]
    most = max((row for row in additions if math.isfinite(row.deals)), key=lambda row: row.deals, default=None)
    start = f"From {words.day(day)} on, "
    if free:
        start += f"no limit of the plan holds {words.listed(free)}"
    if most is None or most.deals <= 0:
        return f"{start}." if free else ""
    missing = f"{', more than' if most.deals > gap else ' of'} the {words.short(plan, gap)} missing" if gap > 0 else ""
    deals = words.counted(plan, most.deals, "deal")
    others = "; of the others, " if free else ""
    return f"{start}{others}more touches add most in {labels[most.channel]}: {deals}{missing}."


def _day(row: StillTime) -> str:
    last = row.last[HALF]
    return words.day(last) if last else words.DASH


def days(plan: Plan, rows: Sequence[StillTime]) -> Table:
    """The last useful days of each channel."""
    colours, one_year = hues(plan), len({month[:4] for month in month_keys(plan.start, plan.months)}) == 1
    lines: list[tuple[Cell | str, ...]] = []
    for row in rows:
        used_up = "" if row.used_up is None else f"list used up in {words.month_name(plan, row.used_up)}"
        name = Cell(row.label, swatch=colours[row.channel], note=used_up, note_tone="bad")
        best = words.short(plan, round(row.best, 2), "percent") + " at best" if row.brings else words.DASH
        lines.append((name, *(_date(last, one_year, best) for last in row.last)))
    shares = tuple(words.short(plan, share, "percent") for share in SHARES)
    note = (
        f"The last day on which a touch brings {shares[0]}, {shares[1]} or {shares[2]} of its deals within the plan, "
        "by the plan’s delays."
    )
    return Table(("Channel", *shares), tuple(lines), note)


def _date(day: dt.date | None, one_year: bool, best: str) -> Cell:
    """A day in a narrow column; the year only where the plan has several. Without a day, what the first one brings."""
    if day is None:
        return Cell(best, "quiet")
    text = words.day(day)
    return Cell(text[:-5] if one_year else f"{text[:-5]} ’{text[-2:]}")


def added(plan: Plan, rows: Sequence[StillTime], additions: Sequence[Addition], day: dt.date, gap: float) -> Table:
    """What each channel can still add from `day` on, how much of a gap of deals that closes, and what limits it."""
    colours, labels = hues(plan), {row.channel: row.label for row in rows}
    lines: list[tuple[Cell | str, ...]] = []
    for more in additions:
        closed = (_closed(plan, more.deals, gap),) if gap > 0 else ()
        limit = "none" if math.isinf(more.deals) else ""
        if more.binding is not None:
            limit = limit_alone(plan, more.binding)
        name = Cell(labels[more.channel], swatch=colours[more.channel])
        lines.append((name, _more(plan, more.deals), *closed, Cell(limit, "quiet")))
    heads = ("Channel", "Can still add", *(("Of the gap",) if gap > 0 else ()), "Limited by")
    note = (
        f"The most deals within the plan that more touches from {words.day(day)} on bring, each channel by itself, "
        "without breaking a limit of the plan."
    )
    return Table(heads, tuple(lines), note)


def _more(plan: Plan, deals: float) -> str:
    return "any number" if math.isinf(deals) else words.change(plan, deals, 0.0) or "0"


def _closed(plan: Plan, deals: float, gap: float) -> str:
    """The part of the gap that an addition closes."""
    return "all of it" if deals >= gap else words.short(plan, round(deals / gap, 2), "percent")
