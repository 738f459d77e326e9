"""The funnels of a forecast by month, and what each of their stages had to work with."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from planner.engine import Forecast
from planner.engine.batch import Array
from planner.engine.known import Place, matured_share
from planner.plan import Channel, Plan, Stage, merged

__all__ = ["Funnel", "StageExposure", "funnel_of", "lineage", "ripe"]

ripe = matured_share


@dataclass(frozen=True)
class StageExposure:
    """What one stage had to work with and what came of it: sums over the months that have begun.

    `exposure` is the part of `parents` whose delay has run out, `seasoned` the same times the multipliers by month,
    `worn` after the audience's wear too, `weighted` after assists and the cap at 1, so that `arrivals ÷ weighted` is
    the rate.
    """

    stage: Stage
    parents: float
    exposure: float
    seasoned: float
    worn: float
    weighted: float
    arrivals: float


@dataclass(frozen=True)
class Funnel:
    """Arrivals of a forecast by channel and stage, `own` of touches and `born` of openings, by month (months begun,).

    With `tail` the last element is what comes after the plan. `reported` says which counts are more than the plan's
    expectation of those before them (None: all, as in a plan's own forecast); `loose` are counts by stage that no
    channel can be given.
    """

    forecast: Forecast
    own: Mapping[Place, Array]
    born: Mapping[Place, Array]
    tail: bool = False
    reported: frozenset[Place] | None = None
    loose: Mapping[str, float] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        """The plan, with the channels that report something switched on."""
        return self.forecast.plan

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The plan's channels that are in play."""
        return tuple(channel for channel in self.plan.channels if channel.key in self.forecast.channels)

    @property
    def passed(self) -> float:
        """How many months have passed; inf with the tail."""
        return math.inf if self.tail else float(self.forecast.elapsed.sum())

    @property
    def length(self) -> Array:
        """How much of each month has passed, shape (months begun,)."""
        elapsed = self.forecast.elapsed
        return np.ones(self.plan.months + 1) if self.tail else elapsed[elapsed > 0]

    def count(self, channel: str, stage: str) -> float:
        """Arrivals over the months that have begun, whatever they came of; 0 where there is no such stage."""
        place = (channel, stage)
        return float(self.own[place].sum() + self.born[place].sum()) if place in self.own else 0.0

    def knows(self, channel: str, stage: str) -> bool:
        """Whether the count is more than an expectation: reported, or part of a forecast."""
        return (channel, stage) in (self.own if self.reported is None else self.reported)

    def total(self, stage: str) -> float:
        """Known arrivals of all channels and of none."""
        counted_channels = (channel.key for channel in self.channels if self.knows(channel.key, stage))
        return sum(self.count(channel, stage) for channel in counted_channels) + self.loose.get(stage, 0.0)

    def exposure(self, channel: Channel, stage: Stage) -> StageExposure:
        """What the stage had to work with, counting what the plan's own touches bring."""
        parents = self.own[channel.key, stage.of or ""]
        by_month = self.forecast.multipliers(channel.key, stage)
        months = slice(len(parents))
        exposed = parents * ripe(stage.delay, self.passed, len(parents))
        seasoned = exposed * by_month.season[months]
        worn = seasoned * by_month.wear[months]
        weighted = exposed * by_month.weight[months]
        arrivals = self.own[channel.key, stage.key]
        sums = np.array((parents, exposed, seasoned, worn, weighted, arrivals)).sum(axis=1)
        return StageExposure(stage, *sums.tolist())

    def expectation(self, channel: Channel, stage: Stage) -> float:
        """What the plan's rate and delay make of the stage's parents."""
        parents = self.own[channel.key, stage.of or ""]
        taken = self.forecast.multipliers(channel.key, stage).taken[: len(parents)]
        return float(parents @ (ripe(stage.delay, self.passed, len(parents)) * taken))

    def to_come(self, channel: Channel, stage: Stage) -> float:
        """How many more will arrive of what has come so far, at the plan's rates and delays: what is under way.

        Where more, or fewer, have arrived than expected, fewer, or more, are left to arrive.
        """
        taken = self.forecast.multipliers(channel.key, stage).taken
        if stage.of is None:
            return self._sent_on(channel) * float(taken[-1])
        place, before = (channel.key, stage.key), (channel.key, stage.of)
        parents = self.own[before] + self.born[before]
        share = ripe(stage.delay, self.passed, len(parents))
        due = float(parents @ (share * taken[: len(parents)]))
        late = float(parents @ ((1.0 - share) * taken[: len(parents)]))
        waiting = float(parents.sum()) - due
        if self.knows(*place) and waiting > 0:
            late *= min(max((float(parents.sum()) - self.count(*place)) / waiting, 0.0), float(parents.sum()) / waiting)
        return late + self.to_come(channel, _stage_of(self.plan, channel, stage.of)) * float(taken[-1])

    def _sent_on(self, channel: Channel) -> float:
        """Touches that other channels will still send on of what is under way there."""
        sources = {c.key: c for c in self.channels}
        more = 0.0
        for feed in (feed for feed in self.plan.feeds if feed.channel == channel.key):
            head, _, key = feed.source.partition(".")
            if head in sources:
                source = sources[head]
                more += feed.share * self.to_come(source, _stage_of(self.plan, source, key))
        return more


def _stage_of(plan: Plan, channel: Channel, key: str) -> Stage:
    return next(stage for stage in merged(channel.stages, plan.sales) if stage.key == key)


def lineage(channel: Channel, plan: Plan, key: str) -> tuple[Stage, ...]:
    """The stages from the channel's root to the stage `key`, which is last; none where the channel lacks it."""
    stages = {stage.key: stage for stage in merged(channel.stages, plan.sales)}
    path: list[Stage] = []
    stage_key = key if key in stages else None
    while stage_key is not None:
        path.append(stages[stage_key])
        stage_key = stages[stage_key].of
    return tuple(reversed(path))


def funnel_of(
    forecast: Forecast, stage: str | None = None, *, tail: bool = False, reported: frozenset[Place] | None = None,
    loose: Mapping[str, float] | None = None,
) -> Funnel:  # fmt: skip
    """The funnel of a forecast of one plan, as far as the way to `stage` ("": touches; None: every stage)."""
    plan, own, born = forecast.plan, dict[Place, Array](), dict[Place, Array]()
    for channel in plan.channels:
        if channel.key in forecast.channels:
            stages = merged(channel.stages, plan.sales) if stage is None else lineage(channel, plan, stage)
            for key in ("", *(s.key for s in stages)):
                own[channel.key, key] = _by_month(forecast, channel.key, key, opening=False, tail=tail)
                born[channel.key, key] = _by_month(forecast, channel.key, key, opening=True, tail=tail)
    return Funnel(forecast, own, born, tail, reported, loose or {})


def _by_month(forecast: Forecast, channel: str, key: str, *, opening: bool, tail: bool) -> Array:
    begun = int((forecast.elapsed > 0).sum())
    if opening and not forecast.plan.opening:
        return np.zeros(begun + tail)
    months = forecast.count(key, "months", channel, opening)[:begun]
    return np.append(months, forecast.count(key, "tail", channel, opening)) if tail else months
