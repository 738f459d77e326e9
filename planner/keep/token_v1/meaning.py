"""What a plan of format 1, token or file, says in today's terms: it was written before ranges moved and paces bound."""

from __future__ import annotations

from planner.plan import Channel, Plan, Range, replace
from planner.plan.paths import number

__all__ = ["meant"]

PACES = {"phone": 400.0, "linkedin": 200.0}  # touches a week and rep that version 1 warned of, by channel kind


def meant(plan: Plan) -> Plan:
    """The plan with each range as typed at the present value, and the paces that its engine took for granted."""
    channels = tuple(map(_paced, plan.channels))
    return replace(plan, channels=channels, ranges=tuple(_anchored(plan, row) for row in plan.ranges))


def _paced(channel: Channel) -> Channel:
    pace = PACES.get(channel.kind)
    return channel if pace is None or channel.pace is not None else replace(channel, pace=pace)


def _anchored(plan: Plan, row: Range) -> Range:
    return row if row.at is not None else replace(row, at=number(plan, row.path).value)
