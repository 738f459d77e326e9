"""Where should the money go: the best mix and whole hires in figures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner import words
from planner.ask.budget.allocation import NEXT, Allocation, Staffing, channel_hours
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.plan.metrics import choices_for
from planner.show.design import hues
from planner.show.tables import Cell, Table

__all__ = ["mix", "staffing"]


def mix(plan: Plan, allocation: Allocation, tail: bool) -> Table:
    """Each channel: touches a month and spend, now and best, and what the next 1 000 would bring there."""
    unit, colours = METRICS[allocation.metric].unit, hues(plan)
    volumes = {channel.key: channel.volume for channel in allocation.plan.channels}
    hour = next((limit.price for limit in allocation.binding if limit.what == "hours"), 0.0)
    taken = channel_hours(allocation, tail=tail) if hour else {}
    rows: list[tuple[Cell | str, ...]] = []
    for channel in (channel for channel in plan.channels if channel.key in allocation.spend):
        key = channel.key
        spend = allocation.after.spend[key], allocation.before.spend[key]
        net = [words.short(plan, allocation.marginal[key] - hour * taken[key], unit)] if hour else []
        rows.append((
            Cell(channel.label, swatch=colours[key]),
            _both(plan, round(volumes[key]), round(channel.volume), "count"),
            _both(plan, *spend, "money"), words.short(plan, allocation.marginal[key], unit), *net,
        ))  # fmt: skip
    together = _both(plan, allocation.after.cost, allocation.before.cost, "money")
    rows.append(("Together", "", together, "", *([""] if hour else [])))
    thousand = words.write(plan, NEXT, "money")
    heads = ("Channel", "Touches a month", "Spend", f"Next {thousand}", *(("Net of hours",) if hour else ()))
    label = words.in_text(METRICS[allocation.metric].label)
    note = f"Today’s figures beneath. Next {thousand}: the extra {label} it would bring in that channel"
    note += "; net of hours: less what its hours would bring elsewhere." if hour else "."
    return Table(heads, tuple(rows), note, total=True)


def _both(plan: Plan, best: float, now: float, unit: str) -> Cell:
    """The best figure, today's beneath."""
    return Cell(words.write(plan, best, unit), note=f"now\u00a0{words.write(plan, now, unit)}")


def staffing(plan: Plan, options: Sequence[Staffing]) -> Table:
    """With so many more reps: what is left for volumes, and what it brings."""
    metric = options[0].allocation.metric if options else choices_for("offered_aim")[0]
    best = np.argmax([option.allocation.value for option in options]) if options else 0
    rows = []
    for option in sorted(options, key=lambda option: option.reps):
        tone = "strong" if option is options[int(best)] else ""
        value = words.short(plan, option.allocation.value, METRICS[metric].unit)
        left = words.write(plan, option.allocation.budget, "money")
        rows.append((Cell(str(option.reps), tone), left, Cell(value, tone)))
    return Table(("Extra reps", "Left for volumes", METRICS[metric].label), tuple(rows))
