"""What would be lost without a channel: two forecasts, of which one has the channel switched off.

What a channel books is what arrives in its own funnel. What the plan would lose without it is another figure: the
channel may feed others, or lift their rates, and cost that is shared stays when it goes.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.engine import Forecast, forecast
from planner.errors import PlanError
from planner.measure.metrics import read
from planner.plan import Plan
from planner.plan.edit import switch

__all__ = ["WithoutChannel", "each_without", "without_channel"]


@dataclass(frozen=True)
class WithoutChannel:
    """One channel held against the plan without it: `plan` is the forecast as it stands, `rest` with the channel off.

    Figures are those of any metric, in the plan or (`tail`) with what closes later; nan where undefined. What was
    under way in the channel at the start goes with it, as it is booked there.
    """

    channel: str
    plan: Forecast
    rest: Forecast

    def booked(self, metric: str, *, tail: bool = False) -> float:
        """The metric of the channel alone, with its part of shared cost."""
        return float(read(self.plan, metric, channel=self.channel, tail=tail))

    def remaining(self, metric: str, *, tail: bool = False) -> float:
        """The metric of the plan without the channel."""
        return float(read(self.rest, metric, tail=tail))

    def lost(self, metric: str, *, tail: bool = False) -> float:
        """How much less of the metric the plan would have without the channel; below 0 it would have more."""
        return float(read(self.plan, metric, tail=tail)) - self.remaining(metric, tail=tail)

    def lost_elsewhere(self, metric: str, *, tail: bool = False) -> dict[str, float]:
        """How much less of the metric each of the other channels would book, by channel key."""
        others = (key for key in self.plan.channels if key != self.channel)
        return {
            key: float(
                read(self.plan, metric, channel=key, tail=tail) - read(self.rest, metric, channel=key, tail=tail)
            )
            for key in others
        }


def without_channel(plan: Plan, channel: str) -> WithoutChannel:
    """What the plan would lose if the channel were switched off.

    Raises PlanError for an unknown channel and for one that is off already.

    >>> from planner import starter, without_channel
    >>> ads = without_channel(starter(), "ads")
    >>> ads.booked("won"), round(ads.lost("won"), 1)
    (0.0, 1.5)
    """
    return _without(forecast(plan), channel)


def each_without(planned: Forecast) -> tuple[WithoutChannel, ...]:
    """What the forecast's plan would lose without each of its active channels, in the plan's order."""
    return tuple(_without(planned, channel) for channel in planned.channels)


def _without(planned: Forecast, channel: str) -> WithoutChannel:
    rest = switch(planned.plan, channel, active=False)
    if channel not in planned.channels:
        raise PlanError(channel, "is switched off already: there is nothing to lose")
    return WithoutChannel(channel, planned, forecast(rest))
