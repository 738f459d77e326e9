"""How high the volume of a channel may go: its maximum, its pace, a list that is worked in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from planner.ask.limits import uses
from planner.engine import Forecast
from planner.engine.batch import Array
from planner.errors import Constraint
from planner.plan import Channel, Plan
from planner.plan.kinds import TOUCHES

__all__ = ["Ceiling", "ceilings"]

LimitKey = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Ceiling:
    """The highest `volume` of a channel and `what` sets it (None: only the kind of number).

    `level` is where the limit stands in its own unit (touches a month, touches of a month, contacts), `gives` how much
    more volume one unit more of it allows.
    """

    volume: float
    what: Constraint | None = None
    level: float = np.nan
    gives: float = 1.0
    month: int | None = None

    @classmethod
    def of_limit(cls, most: float | None) -> Ceiling:
        """The ceiling that a maximum sets; without one the most that can be typed."""
        return cls(TOUCHES.high) if most is None else cls(most, "most", most)


def ceilings(plan: Plan, channels: Iterable[Channel], resting: Forecast) -> dict[str, Ceiling]:
    """The lowest ceiling of each channel that nothing feeds, from the plan's limits with its channels at rest.

    Where the plan stands above its pace or beyond its list, it may stay there; above its maximum it may not.
    """
    most = {limit.channel: limit.most for limit in plan.limits}
    caps: dict[LimitKey, Array] = {use.key: use.cap for use in uses(resting)}
    lowest = {}
    for channel in channels:
        own = Ceiling.of_limit(most.get(channel.key))
        lowest[channel.key] = min([own, *_of_months(plan, channel, caps)], key=lambda ceiling: ceiling.volume)
    return lowest


def _of_months(plan: Plan, channel: Channel, caps: Mapping[LimitKey, Array]) -> Iterator[Ceiling]:
    """The ceilings that pace and a list worked in order set."""
    profile = np.array(channel.profile or (1.0,) * plan.months)
    pace, contacts = caps.get(("pace", (channel.key,))), caps.get(("audience", (channel.key,)))
    if pace is not None:
        yield from _tightest("pace", channel, pace, profile, 1.0)
    if contacts is not None:
        yield from _tightest("audience", channel, contacts, np.cumsum(profile), channel.touches_per_contact)


def _tightest(what: Constraint, channel: Channel, caps: Array, each: Array, touches: float) -> Iterator[Ceiling]:
    """The month whose cap holds the volume lowest; `each` is touches counted there for one of volume."""
    volumes = np.divide(caps, each, out=np.full(len(caps), np.inf), where=each > 0)
    month = int(np.argmin(volumes))
    if np.isfinite(volumes[month]):
        level, gives = float(caps[month] / touches), float(touches / each[month])
        yield Ceiling(max(float(volumes[month]), channel.volume), what, level, gives, month)
