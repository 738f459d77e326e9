"""What the rest of a plan needs to make its target: by how much its volumes would have to change, within all limits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.ask.evidence.land import Landing
from planner.ask.limits import SLACK, Limits
from planner.engine import Forecast, forecast
from planner.engine.known import Known
from planner.errors import Binding
from planner.measure.metrics import read
from planner.plan import Channel, Plan, replace

__all__ = ["Rest", "rest_of", "with_rest"]

MOST = 10.0  # times the volumes as planned: beyond that nobody would follow
TRIED = 160  # factors tried at once
STEP = 0.01  # volumes are raised by whole percents


@dataclass(frozen=True)
class Rest:
    """What it takes to land at `target`: volumes from month `first` on, times `factor`, for `cost` more.

    A channel whose own limits end before that goes as far as they allow: `ends` are those of all channels that have
    one. With a factor of None the target is out of reach: `most` is the largest factor within the limits, `landing`
    where the plan lands with the factor or, out of reach, at most; `binding` what limits it (None: nothing but time).
    """

    target: float
    first: int
    factor: float | None
    most: float
    landing: float
    cost: float
    binding: Binding | None
    ends: tuple[tuple[str, float], ...]

    @property
    def met(self) -> bool:
        """Whether the plan lands there as it stands."""
        return self.factor == 1.0

    def applied(self, plan: Plan) -> Plan:
        """The plan with these volumes, or out of reach, with the most."""
        return with_rest(plan, self.first, self.factor or self.most, dict(self.ends))


def rest_of(landing: Landing, target: float) -> Rest | None:
    """What the months that have not begun need for so many deals; None where every month has begun."""
    first = math.ceil(landing.passed)
    if first >= landing.plan.months:
        return None
    room = _Room(landing.plan, first)
    course = _Scaled(landing, first, room.ends)
    if course.landing(1.0) >= target - 1e-9:
        return Rest(target, first, 1.0, 1.0, course.landing(1.0), 0.0, None, ())
    ends = tuple(room.ends.items())
    if course.landing(room.most) < target:
        return Rest(
            target, first, None, room.most, course.landing(room.most), course.cost(room.most), room.binding, ends
        )  # fmt: skip
    low, high = 1.0, room.most
    while high - low > STEP / 10:
        middle = (low + high) / 2
        low, high = (low, middle) if course.landing(middle) >= target else (middle, high)
    factor = min(math.ceil(high / STEP - 1e-6) * STEP, room.most)
    return Rest(target, first, factor, room.most, course.landing(factor), course.cost(factor), None, ends)


def with_rest(plan: Plan, first: int, factor: float, ends: Mapping[str, float]) -> Plan:
    """The plan with all volumes from a month on times a factor, each channel as far as its own end."""

    def scaled(channel: Channel) -> Channel:
        whole, times = channel.profile or (1.0,) * plan.months, min(factor, ends.get(channel.key, factor))
        return replace(channel, profile=(*whole[:first], *(float(f"{share * times:.6g}") for share in whole[first:])))

    return replace(plan, channels=tuple(map(scaled, plan.channels)))


class _Room:
    """How far volumes from a month on can be raised within all limits of a plan: a channel alone, and all together."""

    def __init__(self, plan: Plan, first: int) -> None:
        self._plan, self._first, self._limits = with_rest(plan, first, 1.0, {}), first, Limits.of(plan)
        self._factors = np.geomspace(1.0, MOST, TRIED)
        self.ends: dict[str, float] = {}
        alone: Binding | None = None
        for channel in self._plan.channels:
            end, binding = self._end([channel])
            if (most := self._maximum(channel)) < end:
                end, binding = most, Binding("most", (channel.key,), level=most * channel.volume)
            if channel.active and binding is not None:
                self.ends[channel.key], alone = end, alone or binding
        self.most, together = self._end(plan.channels)
        self.binding = together or (alone if self._all_end() else None)

    def _maximum(self, channel: Channel) -> float:
        """The largest factor that keeps the channel's own maximum of touches a month; inf where it has none."""
        most = next((limit.most for limit in self._plan.limits if limit.channel == channel.key), None)
        peak = channel.volume * max((channel.profile or (1.0,))[self._first :], default=0.0)
        return max(most / peak, 1.0) if most is not None and peak > 0 else math.inf

    def _all_end(self) -> bool:
        return all(channel.key in self.ends for channel in self._plan.channels if channel.active)

    def _end(self, channels: Sequence[Channel]) -> tuple[float, Binding | None]:
        """The largest factor on these channels that keeps all limits, and what limits it; 10 and None where none."""
        moves = {
            f"{channel.key}.profile.{month}": share * np.minimum(self._factors, self.ends.get(channel.key, MOST))
            for channel in self._plan.channels
            if channel.key in {c.key for c in channels}
            for month, share in enumerate(channel.profile)
            if month >= self._first
        }
        batch = forecast(self._plan, moves)
        keeps = self._limits.spare(batch) >= -SLACK
        if keeps.all():
            return MOST, None
        broken = int(np.argmin(keeps))
        return float(self._factors[max(broken - 1, 0)]), self._limits.tightest(batch, broken)


class _Scaled:
    """Where the calibrated plan lands, and what it costs, with its further volumes times a factor."""

    def __init__(self, landing: Landing, first: int, ends: Mapping[str, float]) -> None:
        self._landing, self._first, self._ends = landing, first, ends
        self._known: Known = landing.known
        self._made: dict[float, Forecast] = {}

    def _forecast(self, factor: float) -> Forecast:
        if factor not in self._made:
            scaled = with_rest(self._landing.calibration.expected, self._first, factor, self._ends)
            self._made[factor] = forecast(scaled, known=self._known)
        return self._made[factor]

    def landing(self, factor: float) -> float:
        more = float(read(self._forecast(factor), "won")) - float(read(self._forecast(1.0), "won"))
        return self._landing.figure("won").total + more

    def cost(self, factor: float) -> float:
        """What it costs more than as planned."""
        return float(read(self._forecast(factor), "cost")) - float(read(self._forecast(1.0), "cost"))
