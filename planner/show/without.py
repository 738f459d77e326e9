"""What would be lost without each channel, beside what it books: a sentence, a column and a table."""

from __future__ import annotations

from collections.abc import Mapping

from planner import words
from planner.ask.without import WithoutChannel, each_without
from planner.engine import Forecast
from planner.keep.workspace import COUNTED
from planner.measure.metrics import METRICS, read
from planner.plan import Plan, the
from planner.plan.metrics import choices_for
from planner.plan.naming import capital, channel_title
from planner.show.design import hues
from planner.show.tables import Cell, Table

__all__ = ["COLUMN", "losses", "sentence", "without"]

LEAD = choices_for("without")[0]  # the metric that channels are judged by first
COLUMN = f"{METRICS[LEAD].label} lost without it"
_WORTH_NAMING = 0.05  # another channel is named when it loses this part of what moves between channels


def sentence(planned: Forecast, *, tail: bool = False) -> str:
    """The channel whose loss differs most from what it books, and in which channels the difference arises.

    Where every channel would be missed by just what it books: the channel that would be missed most. "" for a plan
    without active channels.
    """
    plan, channels = planned.plan, each_without(planned)
    if not channels:
        return ""
    if len(channels) == 1:
        label = the(plan.channels, key=channels[0].channel).label
        return f"{label} is the only active channel: without it there would be no deals."
    apart = [row for row in channels if _differs(plan, row, tail)]
    if apart:
        return _apart(max(apart, key=lambda row: abs(row.lost(LEAD, tail=tail) - row.booked(LEAD, tail=tail))), tail)
    most = max(channels, key=lambda row: row.lost(LEAD, tail=tail))
    lost, total = (words.short(plan, count) for count in (most.lost(LEAD, tail=tail), read(planned, LEAD, tail=tail)))
    if lost == words.short(plan, 0.0):
        return "No channel on its own would be missed: switching any one of them off would cost no deal."
    name = _name(plan, most.channel)
    return f"Switching a channel off would cost just the deals it books: most for {name}, {lost} of {total}."


def losses(planned: Forecast, *, tail: bool = False) -> Mapping[str, float]:
    """The deals that would be lost without each active channel, by channel key."""
    return {row.channel: row.lost(LEAD, tail=tail) for row in each_without(planned)}


def without(forecast: Forecast, *, tail: bool = False) -> Table:
    """What the plan would lose without each channel, with what the channel books beneath."""
    plan, colours, keys = forecast.plan, hues(forecast.plan), choices_for("without")
    rows = tuple(
        (
            Cell(the(plan.channels, key=row.channel).label, swatch=colours[row.channel]),
            *(_cell(plan, row, key, tail) for key in keys),
        )
        for row in each_without(forecast)
    )
    note = f"{capital(COUNTED[tail])}. {_note(plan)}"
    return Table(("Without", *map(_head, keys)), rows, note, frozen=True)


def _cell(plan: Plan, row: WithoutChannel, key: str, tail: bool) -> Cell:
    metric = METRICS[key]
    if metric.is_ratio:
        now = words.write(plan, read(row.plan, key, tail=tail), metric.unit)
        return Cell(words.write(plan, row.remaining(key, tail=tail), metric.unit), note=f"now\u00a0{now}")
    booked = words.write(plan, row.booked(key, tail=tail), metric.unit)
    return Cell(words.write(plan, row.lost(key, tail=tail), metric.unit), note=f"booked\u00a0{booked}")


def _head(key: str) -> str:
    metric = METRICS[key]
    if metric.is_ratio:
        return f"{metric.label} of the rest"
    return f"{metric.label} {'lost' if metric.better > 0 else 'saved'}"


def _note(plan: Plan) -> str:
    note = (
        "The plan with the channel on, less the plan with it switched off; beneath, what is booked on the channel. "
        "Shared cost (team, tools, overheads) stays, and what the channel feeds or lifts elsewhere goes. A deal that "
        "needs two channels would be lost without either, so the losses need not add up."
    )
    return f"{note} What was under way in a channel at the start goes with it." if plan.opening else note


def _differs(plan: Plan, row: WithoutChannel, tail: bool) -> bool:
    """Whether booked and lost deals differ once they are rounded alike."""
    return words.short(plan, row.booked(LEAD, tail=tail)) != words.short(plan, row.lost(LEAD, tail=tail))


def _apart(row: WithoutChannel, tail: bool) -> str:
    plan, booked = row.plan.plan, row.booked(LEAD, tail=tail)
    lost = words.counted(plan, row.lost(LEAD, tail=tail), "deal")
    where = _elsewhere(plan, row.lost_elsewhere(LEAD, tail=tail))
    if words.short(plan, booked) == words.short(plan, 0.0):
        beside = "although none is booked there"
    else:
        than = "not only" if row.lost(LEAD, tail=tail) > booked else "less than"
        beside = f"{than} the {words.short(plan, booked)} booked there"
    text = f"Without {_name(plan, row.channel)} the plan would lose {lost}, {beside}: {where}."
    saved = words.short(plan, row.lost("cost", tail=tail), METRICS["cost"].unit)
    return f"{text} Cost would fall by {saved}." if row.lost("cost", tail=tail) > 0 else text


def _elsewhere(plan: Plan, lost: Mapping[str, float]) -> str:
    """Which other channels would book fewer or more, the largest first."""
    moved = sum(map(abs, lost.values()))
    large = [key for key in sorted(lost, key=lambda key: -abs(lost[key])) if abs(lost[key]) >= _WORTH_NAMING * moved]
    texts = [f"{_name(plan, key)} would book {_fewer(plan, lost[key])}" for key in large[:1]]
    texts += [f"{_name(plan, key)} {_fewer(plan, lost[key])}" for key in large[1:]]
    return words.listed(texts)


def _fewer(plan: Plan, lost: float) -> str:
    return f"{words.short(plan, abs(lost))} {'fewer' if lost > 0 else 'more'}"


def _name(plan: Plan, key: str) -> str:
    return channel_title(the(plan.channels, key=key))
