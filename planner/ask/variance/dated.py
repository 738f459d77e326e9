"""Funnels up to the day that actuals speak of: what was due by then, and what really came.

Of a month of which the share *f* has passed, the plan's touches are *f*, spread evenly, and of what they set off only
the part whose delay has run out was due. So a young month is never held against a whole one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from planner.actuals.actuals import UNATTRIBUTED, Actuals
from planner.ask.variance.funnel import At, Funnel, arriving
from planner.engine.batch import Array
from planner.errors import PlanError
from planner.plan import Channel, Plan, Stage, merged

__all__ = ["expected", "happened"]


def expected(plan: Plan, actuals: Actuals) -> Funnel:
    """What the plan expected by the day the actuals speak of."""
    return _walk(Funnel(plan, _passed(plan, actuals)), {})


def happened(plan: Plan, actuals: Actuals) -> Funnel:
    """What really came by the day the actuals speak of, month by month of the plan.

    A stage that is reported in some months brought nothing in the others, so that sums are those of the reports. One
    that is not reported at all is what the plan expects of what was reported before it. Counts of sales stages that
    name no channel go to the channels that report none of their own (where all do: to all) in the shares the plan
    expects. What openings bring is taken to have come as planned, as far as the counts allow.
    """
    passed = _passed(plan, actuals)
    told = _told(plan, actuals, math.ceil(passed))
    told, loose = _spread(plan, actuals, _walk(Funnel(plan, passed), told), told)
    return _walk(Funnel(plan, passed, told=frozenset(told), loose=loose), told)


def _passed(plan: Plan, actuals: Actuals) -> float:
    passed = float(actuals.ages(plan)[0])
    if passed <= 0:
        raise PlanError("start", f"is {plan.start}, after {actuals.as_of}: these actuals end before the plan begins")
    return passed


def _told(plan: Plan, actuals: Actuals, months: int) -> dict[At, Array]:
    """What channels report, by month."""
    told = {}
    for channel in plan.channels:
        for stage in merged(channel.stages, plan.sales):
            counts = actuals.count(f"{channel.key}.{stage.key}", plan)[:months]
            if not np.isnan(counts).all():
                told[channel.key, stage.key] = np.nan_to_num(counts)
    return told


def _spread(
    plan: Plan, actuals: Actuals, guess: Funnel, told: Mapping[At, Array]
) -> tuple[dict[At, Array], dict[str, float]]:
    """The counts with those that name no channel given to channels, and what can be given to none."""
    out, loose = dict(told), {}
    for key in dict.fromkeys(key for stage in plan.sales for key in (stage.of, stage.key) if key):
        named = [told[at] for at in told if at[1] == key]
        rest = np.nan_to_num(actuals.count(f"{UNATTRIBUTED}.{key}", plan)[: len(guess.length)]) - sum(
            named, np.zeros(())
        )
        if abs(rest).sum() < 1e-9:
            continue
        having = [channel.key for channel in guess.channels if (channel.key, key) in guess.own]
        takers = [channel for channel in having if (channel, key) not in told] or having
        due = [guess.count(channel, key) for channel in takers]
        if sum(due) > 0:
            for channel, part in zip(takers, due, strict=True):
                out[channel, key] = told.get((channel, key), 0.0) + rest * part / sum(due)
        else:
            loose[key] = float(rest.sum())
    return out, loose


@lru_cache(maxsize=256)
def _ordered(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """The stages, each after its parent."""
    waiting, out = list(stages), [stage for stage in stages if stage.of is None]
    while waiting := [stage for stage in waiting if stage not in out]:
        known = {stage.key for stage in out}
        out += [stage for stage in waiting if stage.of in known]
    return tuple(out)


def _walk(funnel: Funnel, told: Mapping[At, Array]) -> Funnel:
    """The funnel filled in order: what is told where it is told, else what the plan makes of what came before."""
    reporting = {channel for channel, _ in told}
    for channel in funnel.plan.channels:
        if channel.active or channel.key in reporting:
            stages = _ordered(merged(channel.stages, funnel.plan.sales))
            _touch(funnel, channel, stages[0], told)
            for stage in stages:
                _arrive(funnel, channel, stage, told)
    return funnel


def _touch(funnel: Funnel, channel: Channel, root: Stage, told: Mapping[At, Array]) -> None:
    """A channel's touches: as the root's count says, else as planned and fed."""
    at, length = (channel.key, ""), funnel.length
    volume = channel.volume if channel.active else 0.0
    funnel.own[at] = volume * np.array(channel.profile or (1.0,) * len(length))[: len(length)] * length
    funnel.born[at] = np.zeros(len(length))
    for feed in funnel.plan.feeds:
        source, _, stage = feed.source.partition(".")
        if feed.channel == channel.key and (source, stage) in funnel.own:
            funnel.own[at] = funnel.own[at] + feed.share * funnel.own[source, stage]
            funnel.born[at] = funnel.born[at] + feed.share * funnel.born[source, stage]
    if (channel.key, root.key) in told:
        carried_out = funnel.taken(channel, root) * np.ones(len(length))
        planned = funnel.own[at] + funnel.born[at]
        _tell(funnel, at, np.divide(told[channel.key, root.key], carried_out, out=planned, where=carried_out > 0))


def _arrive(funnel: Funnel, channel: Channel, stage: Stage, told: Mapping[At, Array]) -> None:
    """A stage's arrivals: as told, else what the plan makes of the parents there are."""
    at, parent = (channel.key, stage.key), (channel.key, stage.of or "")
    come = arriving(stage.delay, funnel.passed, len(funnel.length))
    taken = funnel.taken(channel, stage)
    funnel.own[at] = (funnel.own[parent] * taken) @ come
    funnel.born[at] = (funnel.born[parent] * taken) @ come
    for opening in funnel.plan.opening:
        if opening.stage == f"{channel.key}.{stage.key}":
            funnel.born[at][0] += opening.count * funnel.length[0]
    if at in told:
        _tell(funnel, at, told[at])


def _tell(funnel: Funnel, at: At, total: Array) -> None:
    """Set what was counted: what openings bring came as planned, the rest is the touches' own."""
    funnel.own[at] = np.maximum(total - funnel.born[at], 0.0)
    funnel.born[at] = total - funnel.own[at]
