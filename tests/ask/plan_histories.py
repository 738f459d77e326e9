"""Histories that a plan makes: each unit by itself goes on, or not, and waits as the plan says."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.actuals.actuals import Actuals, Fact, last_day
from planner.calendar import month_keys
from planner.engine import forecast
from planner.engine.known import arriving
from planner.plan import Channel, Plan, Stage, merged

Counts = NDArray[np.int64]


def history(plan: Plan, months: int, rng: np.random.Generator) -> Actuals:
    """The first months of one history, every stage of every active channel reported to their last day."""
    planned, keys = forecast(plan), month_keys(plan.start, months)
    drawn: dict[tuple[str, str], Counts] = {}
    for channel in (channel for channel in plan.channels if channel.active):
        touches = np.asarray(planned.count("", "months", channel.key))[:months].astype(float)
        for feed in (feed for feed in plan.feeds if feed.channel == channel.key):
            source = tuple(feed.source.split("."))
            if source in drawn:
                touches -= np.asarray(planned.count(feed.source, "months"))[:months] * feed.share
                touches += rng.binomial(drawn[source], feed.share)  # type: ignore[index]
        drawn[channel.key, ""] = np.floor(touches + rng.random(months)).astype(np.int64)
        _stages(plan, channel, months, drawn, rng)
    facts = (
        Fact("history", key, channel, stage, float(n))
        for (channel, stage), counts in drawn.items()
        if stage
        for key, n in zip(keys, counts, strict=True)
    )
    return Actuals(last_day(keys[-1]), tuple(facts))


def _stages(
    plan: Plan, channel: Channel, months: int, drawn: dict[tuple[str, str], Counts], rng: np.random.Generator
) -> None:
    stages = merged(channel.stages, plan.sales)
    multipliers = {stage.key: forecast(plan).multipliers(channel.key, stage).taken[:months] for stage in stages}
    queue: list[str | None] = [None]
    while queue:
        parent = queue.pop()
        family = [stage for stage in stages if stage.of == parent]
        rivals = [stage for stage in family if stage.main or stage.exclusive]
        for group in (rivals, *([stage] for stage in family if stage not in rivals)):
            rates = np.array([multipliers[stage.key] for stage in group])
            for stage in group:
                drawn[channel.key, stage.key] = np.zeros(months, dtype=np.int64)
            for month, n in enumerate(drawn[channel.key, parent or ""]):
                for stage, counts in zip(group, _gone_on(int(n), group, rates, month, months, rng), strict=True):
                    drawn[channel.key, stage.key] += counts
        queue += [stage.key for stage in family]


def _gone_on(
    n: int, group: list[Stage], rates: NDArray[np.float64], month: int, months: int, rng: np.random.Generator
) -> list[Counts]:
    """Of n units of a month, how many arrive at each stage of a group of rivals, by month of arrival."""
    if not group:
        return []
    chances = np.array([rates[i, month] * arriving(s.delay, float(months), months)[month] for i, s in enumerate(group)])
    chances = np.append(chances.ravel(), max(1.0 - chances.sum(), 0.0))
    return list(rng.multinomial(n, chances / chances.sum())[:-1].reshape(len(group), months))
