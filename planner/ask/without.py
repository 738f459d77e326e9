"""What would be lost without a channel: the forecast, less one in which the channel brings and costs nothing.

What a channel books is what arrives in its own funnel. What the plan would lose without it is another figure: the
channel may feed others, or lift their rates, and cost that is shared stays when it goes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.engine import Forecast, forecast
from planner.engine.batch import Array
from planner.errors import PlanError
from planner.measure.metrics import read
from planner.plan import Plan, the

__all__ = ["WithoutChannel", "each_without", "without_channel"]


@dataclass(frozen=True)
class WithoutChannel:
    """One channel held against the plan without it: `plan` is the forecast as it stands, of shape ().

    `rests` is the batch of forecasts in which one active channel each is off, in the plan's order: shape (channels,).
    Figures are those of any metric, in the plan or (`tail`) with what closes later; nan where undefined. What was
    under way in the channel at the start goes with it, as it is booked there.
    """

    channel: str
    plan: Forecast
    rests: Forecast

    def booked(self, metric: str, *, tail: bool = False) -> float:
        """The metric of the channel alone, with its part of shared cost."""
        return float(read(self.plan, metric, channel=self.channel, tail=tail))

    def remaining(self, metric: str, *, tail: bool = False) -> float:
        """The metric of the plan without the channel."""
        return self._left(metric, tail=tail)

    def lost(self, metric: str, *, tail: bool = False) -> float:
        """How much less of the metric the plan would have without the channel; below 0 it would have more."""
        return float(read(self.plan, metric, tail=tail)) - self.remaining(metric, tail=tail)

    def lost_elsewhere(self, metric: str, *, tail: bool = False) -> dict[str, float]:
        """How much less of the metric each of the other channels would book, by channel key."""
        return {
            key: float(read(self.plan, metric, channel=key, tail=tail)) - self._left(metric, tail=tail, channel=key)
            for key in self.plan.channels
            if key != self.channel
        }

    def _left(self, metric: str, *, tail: bool, channel: str | None = None) -> float:
        left = read(self.rests, metric, channel=channel, tail=tail)
        return float(np.broadcast_to(left, self.rests.shape)[self.plan.channels.index(self.channel)])


def without_channel(plan: Plan, channel: str) -> WithoutChannel:
    """What the plan would lose if the channel were switched off.

    Raises PlanError for an unknown channel and for one that is off already.

    >>> from planner import starter, without_channel
    >>> ads = without_channel(starter(), "ads")
    >>> ads.booked("won"), round(ads.lost("won"), 1)
    (0.0, 1.5)
    """
    the(plan.channels, key=channel)
    for row in each_without(forecast(plan)):
        if row.channel == channel:
            return row
    raise PlanError(channel, "is switched off already: there is nothing to lose")


def each_without(planned: Forecast) -> tuple[WithoutChannel, ...]:
    """What the forecast's plan would lose without each of its active channels, in the plan's order."""
    if not planned.channels:
        return ()
    rests = forecast(planned.plan, _switched_off(planned))
    return tuple(WithoutChannel(channel, planned, rests) for channel in planned.channels)


def _switched_off(planned: Forecast) -> dict[str, Array]:
    """Moves (channels,) that in turn take each channel's touches, what is under way in it, and its own costs away."""
    plan, channels = planned.plan, planned.channels

    def numbers(path: str, now: float, channel: str | None) -> tuple[str, Array]:
        return path, np.where(np.array(channels) == channel, 0.0, now)

    return dict(
        [
            *(numbers(f"{c.key}.volume", c.volume, c.key) for c in plan.channels if c.active),
            *(numbers(f"feeds.{feed.key}.share", feed.share, feed.channel) for feed in plan.feeds),
            *(numbers(f"opening.{o.stage}.count", o.count, o.stage.partition(".")[0]) for o in plan.opening),
            *(numbers(f"costs.{cost.key}.amount", cost.amount, cost.channel) for cost in plan.costs if cost.channel),
        ]
    )
