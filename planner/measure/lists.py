"""Lists that a channel works through in order: what of them is used month by month, and when they are used up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.engine import Forecast
from planner.engine.batch import Array
from planner.plan import Channel

__all__ = ["ListUse", "list_use", "used_up"]

ROUNDING = 1e-9  # of a list


@dataclass(frozen=True)
class ListUse:
    """Touches up to each month's end against what the list then takes, (months, …) each.

    `wanted` counts what was left of the month before and the month's own touches; beyond `room` they reach nobody.
    """

    wanted: Array
    room: Array


def list_use(batch: Forecast, channel: Channel) -> ListUse | None:
    """How a channel uses the list that it works through in order; None where it has no such list."""
    if channel.audience is None or channel.coverage != "in_order":
        return None
    key, months = channel.key, batch.wide(np.arange(batch.plan.months))
    fresh = batch.value(f"{key}.fresh", channel.fresh)
    contacts = batch.value(f"{key}.audience", channel.audience) + fresh * months
    room = contacts * batch.value(f"{key}.touches_per_contact", channel.touches_per_contact)
    touches, room = np.broadcast_arrays(batch.count("", "months", key), room)
    wanted, used = np.empty_like(touches), np.zeros_like(touches[0])
    for month, sent in enumerate(touches):
        wanted[month] = used + sent
        used = np.minimum(room[month], wanted[month])
    return ListUse(wanted, room)


def used_up(forecast: Forecast, channel: Channel) -> int | None:
    """The first month, from 0, in which touches go beyond the channel's list; None where there is none."""
    use = list_use(forecast, channel)
    beyond = np.flatnonzero(use.wanted > use.room * (1 + ROUNDING)) if use else np.array([])
    return int(beyond[0]) if beyond.size else None
