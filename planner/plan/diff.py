"""Only what differs between two plans, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from babel.numbers import format_decimal

from planner.calendar import locale_of, month_keys, month_text
from planner.plan.kinds import Kind
from planner.plan.levers import Lever, levers
from planner.plan.types import Plan

__all__ = ["Difference", "differing"]


@dataclass(frozen=True)
class Difference:
    """One thing that differs. `kind` is that of a lever, None for what is no number; None on a side that lacks it."""

    path: str
    label: str
    kind: Kind | None
    before: float | str | None
    after: float | str | None


def differing(before: Plan, after: Plan) -> tuple[Difference, ...]:
    """What differs: first what is no number (heading, channels, costs, stages), then levers, in the order of the plans.

    A channel that stands in one plan only is one row, without its levers, and so are hires where others join or leave,
    or in other months. A month without a profile counts as 1.

    >>> from planner import pull, starter
    >>> plan = starter("email")
    >>> [(row.label, row.before, row.after) for row in differing(plan, pull(plan, "email.volume", 9_000.0))]
    [('E-mail volume', 8000.0, 9000.0)]
    """
    texts = _apart(dict(_texts(before)), dict(_texts(after)))
    shared = {c.key for c in before.channels} & {c.key for c in after.channels}
    every = {c.key for c in (*before.channels, *after.channels)}
    earlier, later = ({item.path: item for item in levers(plan)} for plan in (before, after))
    hires = [_hires(plan) for plan in (before, after)]
    moved = _months(before) != _months(after)
    rows = [Difference("team.hires", "Hiring plan", None, *hires)] if moved else []
    for path in {**earlier, **later}:
        item, head = later.get(path) or earlier[path], path.split(".")[0]
        if moved and path.startswith("team.hires."):
            continue
        if head in shared or head not in every:
            values = [_value(side, path, plan) for side, plan in ((earlier, before), (later, after))]
            if values[0] != values[1]:
                rows.append(Difference(path, item.label, item.kind, *values))
    return (*texts, *rows)


def _months(plan: Plan) -> list[str]:
    """The months in which reps join or leave, by name."""
    return [month_text(month_keys(plan.start, hire.month + 1)[-1]) for hire in plan.team.hires]


def _hires(plan: Plan) -> str:
    """Who joins or leaves when: "1 rep more from Apr 2027"."""
    locale = locale_of(plan.locale)
    parts = [
        f"{format_decimal(abs(hire.reps), locale=locale)} {'rep' if abs(hire.reps) == 1 else 'reps'} "
        f"{'fewer' if hire.reps < 0 else 'more'} from {month}"
        for hire, month in zip(plan.team.hires, _months(plan), strict=True)
    ]
    return ", ".join(parts) or "no hires"


def _value(side: dict[str, Lever], path: str, plan: Plan) -> float | None:
    if path in side:
        return side[path].value
    head, _, month = path.partition(".profile.")
    unshaped = month and int(month) < plan.months and any(c.key == head for c in plan.channels)
    return 1.0 if unshaped else None


def _apart(before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]) -> list[Difference]:
    """The rows that differ. Of a channel, stage or cost that only one of the plans has, nothing further is listed."""
    rows, alone = [], before.keys() ^ after.keys()
    for path in {**before, **after}:
        values = [side[path][1] if path in side else None for side in (before, after)]
        if values[0] != values[1] and path.rpartition(".")[0] not in alone:
            rows.append(Difference(path, (after.get(path) or before[path])[0], None, *values))
    return rows


def _texts(plan: Plan) -> Iterator[tuple[str, tuple[str, str]]]:
    """The path, label and text of everything in a plan that is no lever and has a meaning of its own."""
    for name in ("name", "currency", "start", "months", "country", "locale"):
        yield name, (name.capitalize(), str(getattr(plan, name)))
    for channel in plan.channels:
        yield channel.key, ("Channel", channel.label)
        yield f"{channel.key}.active", (channel.label, "switched on" if channel.active else "switched off")
        for stage in channel.stages:
            yield f"{channel.key}.{stage.key}", (f"{channel.label}: stage", stage.label)
            label = f"{channel.label}: {stage.label.lower()} comes of"
            yield f"{channel.key}.{stage.key}.of", (label, stage.of or "touches")
    for stage in plan.sales:
        yield f"sales.{stage.key}", ("Sales: stage", stage.label)
        yield f"sales.{stage.key}.of", (f"Sales: {stage.label.lower()} comes of", stage.of or "")
    for cost in plan.costs:
        yield f"costs.{cost.key}", ("Cost", cost.label)
        yield f"costs.{cost.key}.per", (f"{cost.label}: per", cost.per)
        yield f"costs.{cost.key}.channel", (f"{cost.label}: channel", cost.channel or "shared")
