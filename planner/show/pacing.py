"""Pacing: what was sent against the plan, and the pace that the rest needs, as a sentence and a table."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from planner import words
from planner.ask.variance.pacing import Pacing
from planner.ask.variance.to_date import NEAR, Verdict
from planner.errors import Binding
from planner.plan import Channel, Plan, the
from planner.plan.naming import capital, channel_name, unit_of
from planner.show.design import hues
from planner.show.tables import Cell, Table
from planner.show.verdicts import VERDICTS

__all__ = ["sentence", "table"]


def sentence(plan: Plan, rows: Sequence[Pacing]) -> str:
    """The channel furthest behind its volume, the pace it would need, and which limit stands in the way."""
    reported = [row for row in rows if row.planned > 0 and math.isfinite(row.sent)]
    if not reported:
        return "No channel reports what it has sent."
    slow = [row for row in reported if row.sent < row.planned * (1 - NEAR)]
    if not slow:
        fast = [row for row in reported if row.sent > row.planned * (1 + NEAR)]
        ahead = f"; ahead: {words.listed([channel_name(_channel(plan, row)) for row in fast])}" if fast else ""
        return f"Every channel that reports has sent what was planned so far, or more{ahead}."
    row = min(slow, key=lambda row: row.sent / row.planned)
    units = unit_of(_channel(plan, row))
    name = capital(channel_name(_channel(plan, row)))
    counts = f"{words.short(plan, row.sent)} of {words.short(plan, row.planned)} {units}"
    text = f"{name} is {_share(plan, 1 - row.sent / row.planned)} behind its volume ({counts})"
    others = len(slow) - 1
    more = f" {others} more {'channel is' if others == 1 else 'channels are'} behind." if others else ""
    if not row.months_left > 0:
        return f"{text}; the plan has ended.{more}"
    if not row.steerable:
        return f"{text}; other channels send it on.{more}"
    needed = f"{words.short(plan, row.needed_a_month)} a month ({words.short(plan, row.needed_a_week)} a week)"
    instead = f"instead of {words.short(plan, row.planned_a_month)} a month"
    broken = words.listed([_break(plan, limit) for limit in row.breaks])
    breaks = f", which {broken}" if broken else ", within every limit"
    return f"{text}. To send all that is planned, the rest needs {needed} {instead}{breaks}.{more}"


def table(plan: Plan, rows: Sequence[Pacing], day: dt.date) -> Table:
    """Planned and sent by the day, what the rest needs a month and a week, and the limits that would break."""
    cells = tuple(_row(plan, row) for row in rows)
    heads = ("Channel", "Pace", "Sent", "Planned", "Needed a month", "Needed a week", "Limits")
    note = (
        f"Sent and planned: by {words.day(day)}. "
        "Needed: what the rest of the plan would have to send for the whole planned volume; beneath, the planned pace. "
        "Months of which a channel reports nothing are left out of both. Within 5% counts as on plan. "
        "Limits are those of pace, team hours and lists in the months to come."
    )
    return Table(heads, cells, note, numbers=2, frozen=True)


def _row(plan: Plan, row: Pacing) -> tuple[Cell | str, ...]:
    channel, state = _channel(plan, row), VERDICTS[_verdict(row)]
    share = (
        "" if not math.isfinite(row.sent) or row.planned <= 0 else f"{_share(plan, row.sent / row.planned)} of planned"
    )
    needs = math.isfinite(row.sent) and row.months_left > 0
    planned = f"planned {words.write(plan, round(row.planned_a_month))}" if row.months_left > 0 else ""
    return (
        Cell(channel.label, swatch=hues(plan)[row.channel]),
        Cell(state.text, state.tone, icon=state.icon),
        Cell(words.write(plan, row.sent), "strong", note=share),
        Cell(words.write(plan, row.planned), "quiet", note=_silent(plan, row)),
        Cell(words.write(plan, _whole(row.needed_a_month)) if needs else words.DASH, note=planned),
        words.write(plan, _whole(row.needed_a_week)) if needs else words.DASH,
        _limits(plan, row),
    )


def _silent(plan: Plan, row: Pacing) -> str:
    """The months that are left out, as nothing is reported of them."""
    names = [words.month_name(plan, month) for month in row.silent]
    return f"without {words.listed(names)}" if names else ""


def _whole(touches: float) -> float:
    """A pace to aim at, in whole touches."""
    return math.ceil(touches - 1e-6) if math.isfinite(touches) else touches


def _verdict(row: Pacing) -> Verdict:
    if not math.isfinite(row.sent):
        return "not_reported"
    if row.sent < row.planned * (1 - NEAR):
        return "behind"
    return "ahead" if row.sent > row.planned * (1 + NEAR) else "on_plan"


def _limits(plan: Plan, row: Pacing) -> Cell:
    """What the needed pace would break."""
    if not math.isfinite(row.sent) or not row.months_left > 0:
        return Cell(words.DASH, "quiet")
    if not row.steerable:
        return Cell("", note="sent on by other channels")
    if not row.breaks:
        return Cell("kept", "quiet")
    return Cell("broken", "bad", note="; ".join(_break(plan, limit) for limit in row.breaks))


def _break(plan: Plan, limit: Binding) -> str:
    month = words.month_name(plan, limit.month or 0)
    level = words.short(plan, limit.level)
    says = {
        "hours": f"needs more than the team’s {level} hours in {month}",
        "pace": f"passes the pace limit of {level} in {month}",
        "audience": f"uses up the list in {month}",
    }
    return says[limit.what]


def _share(plan: Plan, share: float) -> str:
    return words.short(plan, round(share, 2), "percent")


def _channel(plan: Plan, row: Pacing) -> Channel:
    return the(plan.channels, key=row.channel)
