"""A plan's funnels, counted by month, and what each of their stages had to work with.

The last month may be young: then its touches are those so far, and of what they set off only the part that its age
allows can have come.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

import numpy as np

from planner.engine import Forecast
from planner.engine.batch import Array
from planner.engine.delay import kernel, matured
from planner.engine.wear import lifted, seasonal, wear
from planner.plan import Channel, Delay, Plan, Stage, merged

__all__ = ["At", "Funnel", "Step", "arriving", "forecasted", "lineage", "ripe"]

At = tuple[str, str]  # channel and stage; stage "" is touches


@dataclass(frozen=True)
class Step:
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
    """Arrivals by channel and stage, `own` of touches and `born` of openings, by month, shape (months begun,).

    `passed` is how many months have passed; inf counts everything, and the last element then is the tail. `told` says
    which counts are reported, the rest being what the plan expects of those before them (None: all is known, as in a
    forecast); `loose` are counts by stage that no channel can be given.
    """

    plan: Plan
    passed: float
    own: dict[At, Array] = field(default_factory=dict)
    born: dict[At, Array] = field(default_factory=dict)
    told: frozenset[At] | None = None
    loose: Mapping[str, float] = field(default_factory=dict)

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The plan's channels that are in play."""
        return tuple(channel for channel in self.plan.channels if (channel.key, "") in self.own)

    @property
    def length(self) -> Array:
        """How much of each month has passed, shape (months begun,)."""
        if math.isinf(self.passed):
            return np.ones(self.plan.months + 1)
        return np.asarray(np.minimum(1.0, self.passed - np.arange(math.ceil(self.passed))))

    def count(self, channel: str, stage: str) -> float:
        """Arrivals over the months that have begun, whatever they came of; 0 where there is no such stage."""
        at = (channel, stage)
        return float(self.own[at].sum() + self.born[at].sum()) if at in self.own else 0.0

    def series(self, channel: str, stage: str) -> Array:
        """Arrivals by month, whatever they came of, shape (months begun,)."""
        key = (channel, stage)
        return self.own[key] + self.born[key] if key in self.own else np.zeros(len(self.length))

    def knows(self, channel: str, stage: str) -> bool:
        """Whether the count is more than an expectation: reported, or part of a forecast."""
        return (channel, stage) in (self.own if self.told is None else self.told)

    def total(self, stage: str) -> float:
        """Known arrivals of all channels and of none."""
        known = (channel.key for channel in self.channels if self.knows(channel.key, stage))
        return sum(self.count(channel, stage) for channel in known) + self.loose.get(stage, 0.0)

    def step(self, channel: Channel, stage: Stage) -> Step:
        """What the stage had to work with, counting what the plan's own touches bring."""
        parents = self.own[channel.key, stage.of or ""]
        exposed = parents * ripe(stage.delay, self.passed, len(parents))
        seasoned = exposed * self.season(stage)
        worn = seasoned * self.worn(channel, stage)
        weighted = exposed * self.weight(channel, stage)
        arrivals = self.own[channel.key, stage.key]
        sums = np.array((parents, exposed, seasoned, worn, weighted, arrivals)).sum(axis=1)
        return Step(stage, *sums.tolist())

    def expectation(self, channel: Channel, stage: Stage) -> float:
        """What the plan's rate and delay make of the stage's parents."""
        parents = self.own[channel.key, stage.of or ""]
        taken = ripe(stage.delay, self.passed, len(parents)) * self.taken(channel, stage)
        return float(parents @ taken)

    def taken(self, channel: Channel, stage: Stage) -> Any:
        """The share of a month's parents that the plan expects to go on to the stage, by month."""
        rate = stage.rate * self.weight(channel, stage)
        if stage.exclusive:
            rivals = [s for s in merged(channel.stages, self.plan.sales) if s.main and s.of == stage.of]
            return rate * math.prod([1.0 - self.taken(channel, rival) for rival in rivals])
        return rate

    def weight(self, channel: Channel, stage: Stage) -> Any:
        """What season, wear and assists make of the rate, by month, capped so that the rate stays at most 1."""
        if stage.exclusive:
            return self._share(channel, stage) * self.worn(channel, stage)
        bare = self.season(stage) * self.worn(channel, stage) * self.helped(channel, stage)
        return np.minimum(bare, 1.0 / stage.rate) if stage.rate > 0 else bare

    def _share(self, channel: Channel, stage: Stage) -> Any:
        """An exclusive stage's season; shares of one parent that add to more than 1 are divided by their sum."""
        siblings = [s for s in merged(channel.stages, self.plan.sales) if s.exclusive and s.of == stage.of]
        if not any(s.by_month for s in siblings) or stage.rate <= 0:
            return self.season(stage)
        shares = {s.key: np.minimum(1.0, s.rate * self.season(s)) for s in siblings}
        return shares[stage.key] / np.maximum(1.0, sum(shares.values())) / stage.rate

    def season(self, stage: Stage) -> Any:
        """The multipliers on the rate, by month."""
        return seasonal(stage.by_month)[: len(self.length)] if stage.by_month else 1.0

    def worn(self, channel: Channel, stage: Stage) -> Any:
        """What wear leaves of the rate, by month."""
        if not stage.tires or channel.audience is None:
            return 1.0
        left = partial(
            wear, audience=channel.audience, touches_per_contact=channel.touches_per_contact, fresh=channel.fresh,
            coverage=channel.coverage,
        )  # fmt: skip
        return self._by_month(left, self._touches(channel.key))

    def helped(self, channel: Channel, stage: Stage) -> Any:
        """What assists multiply the rate by, by month; touches of a young month count at their pace a month."""
        factor: Any = 1.0
        for assist in self.plan.assists:
            if assist.stage == f"{channel.key}.{stage.key}" and (assist.source, "") in self.own:
                pace = self._touches(assist.source) / self.length
                factor = factor * self._by_month(partial(lifted, lift=assist.lift, scale=assist.scale), pace)
        return factor

    def _touches(self, channel: str) -> Array:
        return self.own[channel, ""] + self.born[channel, ""]

    def _by_month(self, factor: Callable[[Array], Array], touches: Array) -> Array:
        """`factor` of the engine, which wants a place for the tail behind the months."""
        return factor(touches) if math.isinf(self.passed) else factor(np.append(touches, 0.0))[:-1]


@lru_cache(maxsize=1024)
def arriving(delay: Delay | None, passed: float, months: int) -> Array:
    """A (months)² matrix: parents by month, times it, are the arrivals by month when `passed` months have passed."""
    if delay is None or math.isinf(passed):
        return np.eye(months)
    if passed == months:
        return kernel(delay.median_days, delay.p90_ratio, months)[:-1, :-1]
    begun = np.arange(float(months))
    come = matured(delay.median_days, delay.p90_ratio, np.append(begun, passed) - begun[:, None])
    return np.asarray(np.maximum(np.diff(come, axis=1), 0.0))


@lru_cache(maxsize=1024)
def ripe(delay: Delay | None, passed: float, months: int) -> Array:
    """The share of each month's parents whose delay has run out, shape (months,)."""
    return np.asarray(arriving(delay, passed, months).sum(axis=1))


def lineage(channel: Channel, plan: Plan, key: str) -> tuple[Stage, ...]:
    """The stages from the channel's root to the stage `key`, which is last; none where the channel lacks it."""
    stages = {stage.key: stage for stage in merged(channel.stages, plan.sales)}
    path: list[Stage] = []
    at = key if key in stages else None
    while at is not None:
        path.append(stages[at])
        at = stages[at].of
    return tuple(reversed(path))


def forecasted(made: Forecast, stage: str, tail: bool = False) -> Funnel:
    """The funnel of a forecast of one plan, as far as the stages on the way to `stage` ("": touches)."""
    plan = made.plan
    funnel = Funnel(plan, math.inf if tail else float(plan.months))
    for channel in plan.channels:
        if channel.key in made.channels:
            for key in ("", *(s.key for s in lineage(channel, plan, stage))):
                for counts, opening in ((funnel.own, False), (funnel.born, True)):
                    counts[channel.key, key] = _counted(made, channel.key, key, opening, tail)
    return funnel


def _counted(made: Forecast, channel: str, key: str, opening: bool, tail: bool) -> Array:
    if opening and not made.plan.opening:
        return np.zeros(made.plan.months + tail)
    months = made.count(key, "months", channel, opening)
    return np.append(months, made.count(key, "tail", channel, opening)) if tail else months
