"""Changes of a plan's shape: channels, stages and costs come and go. Each gives a valid plan or a PlanError.

What is taken out takes along all that names it: costs, minutes, feeds, assists, openings, limits, ranges, evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner import calendar
from planner.errors import PlanError
from planner.plan.paths import locate
from planner.plan.starter import add_channel, free_key, free_label
from planner.plan.templates import SEASON
from planner.plan.types import Channel, Cost, Delay, Plan, Stage, merged, replace, the

__all__ = [
    "add_channel",
    "add_cost",
    "add_stage",
    "duplicate_channel",
    "may_wait",
    "move_channel",
    "ramped",
    "remove_channel",
    "remove_cost",
    "remove_stage",
    "rename_channel",
    "rename_stage",
    "seasonal",
    "set_profile",
    "switch",
    "with_audience",
    "with_country",
    "with_currency",
    "with_delay",
    "with_length",
    "with_locale",
    "with_months",
    "with_name",
    "with_note",
    "with_start",
]  # fmt: skip


# -- channels -------------------------------------------------------------------------------------------------------


def duplicate_channel(plan: Plan, key: str) -> Plan:
    """The plan with the channel once more, right behind itself, with its costs, minutes, ranges and limits.

    The copy feeds and is helped as the original is. It is not fed (arrivals are carried once), helps nobody (a lift
    counts once) and has nothing under way.
    """
    old = _channel(plan, key)
    new, label = free_key(key, {c.key for c in plan.channels}), free_label(plan, old.label)
    paths = {f"{key}.": f"{new}.", f"efforts.{key}.": f"efforts.{new}."}

    def named(path: str) -> str:
        return next((now + path[len(was) :] for was, now in paths.items() if path.startswith(was)), path)

    def again(items: Sequence[Any], field: str) -> tuple[Any, ...]:
        """The items, and behind them copies of those whose `field` names the channel."""
        twins = [(item, named(getattr(item, field))) for item in items]
        copies = [replace(item, **{field: to}) for item, to in twins if to != getattr(item, field)]
        return (*items, *(_keyed(item, items, key, new) if hasattr(item, "key") else item for item in copies))

    own = [cost for cost in plan.costs if key in (cost.channel, cost.per.partition(".")[0])]
    owners = [new if cost.channel == key else cost.channel for cost in own]
    costs = [
        _keyed(replace(c, label=_relabelled(c, old, label), per=named(c.per), channel=owner), plan.costs, key, new)
        for c, owner in zip(own, owners, strict=True)
    ]
    paths |= {f"costs.{was.key}.": f"costs.{now.key}." for was, now in zip(own, costs, strict=True)}
    behind = plan.channels.index(old) + 1
    return replace(
        plan,
        channels=(*plan.channels[:behind], replace(old, key=new, label=label), *plan.channels[behind:]),
        costs=(*plan.costs, *costs),
        efforts=again(plan.efforts, "stage"),
        feeds=again(plan.feeds, "source"),
        assists=again(plan.assists, "stage"),
        limits=(*plan.limits, *(replace(limit, channel=new) for limit in plan.limits if limit.channel == key)),
        ranges=again(plan.ranges, "path"),
        evidence=again(plan.evidence, "path"),
    )


def remove_channel(plan: Plan, key: str) -> Plan:
    """The plan without the channel and all that names it."""
    gone = _channel(plan, key)
    return _settled(plan, channels=tuple(c for c in plan.channels if c is not gone))


def rename_channel(plan: Plan, key: str, label: str) -> Plan:
    """The plan with another label on the channel and on costs that begin with the old one; keys stay."""
    old = _channel(plan, key)
    label = label.strip() or old.label
    plan = _with_channel(plan, key, label=label)
    return replace(plan, costs=tuple(replace(c, label=_relabelled(c, old, label)) for c in plan.costs))


def switch(plan: Plan, key: str, active: bool) -> Plan:
    """The plan with the channel on or off (kept, not counted)."""
    return _with_channel(plan, key, active=active)


def move_channel(plan: Plan, key: str, by: int) -> Plan:
    """The plan with the channel `by` places further down (negative: up), as far as there are places.

    PlanError where it would then stand before what feeds or helps it.
    """
    moved = _channel(plan, key)
    rest = [c for c in plan.channels if c is not moved]
    rest.insert(max(0, plan.channels.index(moved) + by), moved)
    return replace(plan, channels=tuple(rest))


# -- stages ---------------------------------------------------------------------------------------------------------


def add_stage(
    plan: Plan, channel: str, label: str, of: str, rate: float = 0.5, *, main: bool = False, exclusive: bool = False
) -> Plan:
    """The plan with a stage below the stage `of` of the channel; a main one comes between `of` and what followed it."""
    stages = _channel(plan, channel).stages
    taken = {s.key for s in merged(stages, plan.sales)} | {s.key for s in plan.sales}
    new = Stage(free_key(label, taken), label, of, rate, main=main, exclusive=exclusive)
    kept = tuple(replace(s, of=new.key) if main and s.main and s.of == of else s for s in stages)
    behind = next((i for i, s in enumerate(stages) if s.key == of), len(stages) - 1) + 1
    return _with_channel(plan, channel, stages=(*kept[:behind], new, *kept[behind:]))


def may_wait(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """The stages that may have a delay: all below the root but those before the one that tires with the audience."""
    parents = {s.key: s.of for s in stages}
    stage = next((s.of for s in stages if s.tires), None)
    before = set()
    while stage is not None:
        before.add(stage)
        stage = parents[stage]
    return tuple(s for s in stages if s.of is not None and s.key not in before)


def with_delay(plan: Plan, prefix: str, key: str, delay: Delay | None) -> Plan:
    """The plan with another delay, or none, on a stage of a channel or ("sales") of what every appointment passes."""
    stages = plan.sales if prefix == "sales" else _channel(plan, prefix).stages
    the(stages, key=key)
    changed = tuple(replace(s, delay=delay) if s.key == key else s for s in stages)
    return replace(plan, sales=changed) if prefix == "sales" else _with_channel(plan, prefix, stages=changed)


def remove_stage(plan: Plan, channel: str, key: str) -> Plan:
    """The plan without a channel's stage and all that names it.

    What hangs below goes too, except that the main path closes over a main stage that goes.
    """
    old, stage = _channel(plan, channel), _stage(plan, channel, key)
    if stage.of is None:
        raise PlanError(f"{channel}.{key}", "is where touches come in; remove the channel instead")
    on = stage.key if stage.main else None
    closed = tuple(replace(s, of=stage.of) if s.main and s.of == on else s for s in old.stages)
    gone = {stage.key}
    for _ in closed:
        gone |= {s.key for s in closed if s.of in gone}
    channels = tuple(
        replace(c, stages=tuple(s for s in closed if s.key not in gone)) if c is old else c for c in plan.channels
    )
    return _settled(plan, channels=channels)


def rename_stage(plan: Plan, channel: str, key: str, label: str) -> Plan:
    """The plan with another label on a channel's stage; keys stay."""
    stage = _stage(plan, channel, key)
    stages = tuple(replace(s, label=label) if s is stage else s for s in _channel(plan, channel).stages)
    return _with_channel(plan, channel, stages=stages)


# -- time -----------------------------------------------------------------------------------------------------------


def set_profile(plan: Plan, key: str, multipliers: Sequence[float]) -> Plan:
    """The plan with the channel's volume shaped by a multiplier a month; none: every month alike."""
    profile = tuple(float(m) for m in multipliers)
    return _with_channel(plan, key, profile=() if set(profile) == {1.0} else profile)


def ramped(plan: Plan, key: str, months: int) -> Plan:
    """The plan with the channel's profile rising evenly over its first `months` to what it was: 1/n, 2/n … 1."""
    if not 1 <= months <= plan.months:
        raise PlanError(f"{key}.profile", f"is to rise over {months} months; between 1 and {plan.months} can be chosen")
    return set_profile(plan, key, [f * min(1.0, (t + 1) / months) for t, f in enumerate(_profile(plan, key))])


def seasonal(plan: Plan, key: str) -> Plan:
    """The plan with the channel's profile scaled by the usual season: quiet in July and December, see `SEASON`."""
    months = (int(month[5:]) - 1 for month in calendar.month_keys(plan.start, plan.months))
    return set_profile(plan, key, [f * SEASON[m] for f, m in zip(_profile(plan, key), months, strict=True)])


def with_months(plan: Plan, months: int) -> Plan:
    """The plan over so many months; profiles and rates by month are cut, or go on at 1."""
    if not 1 <= months <= 60:
        raise PlanError("months", f"is {months}; a plan runs over 1 to 60 months")
    more = (1.0,) * max(months - plan.months, 0)

    def resized(multipliers: tuple[float, ...]) -> tuple[float, ...]:
        return (multipliers + more)[:months] if multipliers else ()

    def paced(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
        return tuple(replace(stage, by_month=resized(stage.by_month)) if stage.by_month else stage for stage in stages)

    channels = tuple(replace(c, profile=resized(c.profile), stages=paced(c.stages)) for c in plan.channels)
    return _settled(plan, months=months, channels=channels, sales=paced(plan.sales))


def with_start(plan: Plan, start: str) -> Plan:
    """The plan beginning in another month, "YYYY-MM"."""
    return replace(plan, start=start)


# -- money ------------------------------------------------------------------------------------------------------------


def add_cost(plan: Plan, label: str, amount: float, per: str = "month", channel: str | None = None) -> Plan:
    """The plan with one cost more; `per` and `channel` as in `Cost`."""
    key = free_key(label, {"team", *(cost.key for cost in plan.costs)})
    return replace(plan, costs=(*plan.costs, Cost(key, label, amount, per, channel)))


def remove_cost(plan: Plan, key: str) -> Plan:
    """The plan without the cost."""
    kept = tuple(cost for cost in plan.costs if cost.key != key)
    if kept == plan.costs:
        raise PlanError(f"costs.{key}", "is no cost of this plan")
    return _settled(plan, costs=kept)


# -- shared -----------------------------------------------------------------------------------------------------------


def _channel(plan: Plan, key: str) -> Channel:
    for channel in plan.channels:
        if channel.key == key:
            return channel
    raise PlanError(key, f"is no channel of the plan; its channels are {', '.join(c.key for c in plan.channels)}")


def _stage(plan: Plan, channel: str, key: str) -> Stage:
    stages = _channel(plan, channel).stages
    for stage in stages:
        if stage.key == key:
            return stage
    keys = ", ".join(stage.key for stage in stages)
    raise PlanError(f"{channel}.{key}", f"is no stage of the channel; its stages are {keys}")


def _keyed(row: Any, among: Sequence[Any], was: str, now: str) -> Any:
    """A copied row under a key of its own."""
    return replace(row, key=free_key(row.key.replace(was, now, 1), {other.key for other in among}))


def _relabelled(cost: Cost, old: Channel, label: str) -> str:
    """The cost's label, where it begins with the channel's, with that channel's new label."""
    rest = cost.label.removeprefix(f"{old.label}: ")
    return cost.label if rest == cost.label else f"{label}: {rest}"[:80]


def _profile(plan: Plan, key: str) -> tuple[float, ...]:
    return _channel(plan, key).profile or (1.0,) * plan.months


def _with_channel(plan: Plan, key: str, **changes: Any) -> Plan:
    old = _channel(plan, key)
    return replace(plan, channels=tuple(replace(c, **changes) if c is old else c for c in plan.channels))


def _settled(plan: Plan, **changes: Any) -> Plan:
    """The plan with the changes made, without anything that names what it has no more."""
    sales = {f"sales.{s.key}" for s in plan.sales}
    channels = {c.key: c for c in changes.get("channels", plan.channels)}
    stages = {f"{c.key}.{s.key}" for c in channels.values() for s in merged(c.stages, plan.sales)} | sales
    settled = replace(plan, **{
        "costs": tuple(
            c for c in plan.costs if c.channel in {None, *channels} and (c.per in stages or "." not in c.per)
        ),
        "efforts": tuple(e for e in plan.efforts if e.stage in stages),
        "feeds": tuple(f for f in plan.feeds if f.source in stages and f.channel in channels),
        "assists": tuple(a for a in plan.assists if a.stage in stages and a.source in channels),
        "opening": tuple(o for o in plan.opening if o.stage in stages),
        "limits": tuple(item for item in plan.limits if item.channel in channels),
        "ranges": (), "evidence": (), **changes,
    })  # fmt: skip
    return replace(
        settled,
        ranges=tuple(r for r in plan.ranges if _names(settled, r.path)),
        evidence=tuple(e for e in plan.evidence if _names(settled, e.path) or not _names(plan, e.path)),
    )


def _names(plan: Plan, path: str) -> bool:
    try:
        locate(plan, path)
    except PlanError:
        return False
    return True


# -- heading ---------------------------------------------------------------------------------------------------------


def with_name(plan: Plan, name: str) -> Plan:
    """The plan under another name."""
    return replace(plan, name=name.strip() or plan.name)


def with_note(plan: Plan, note: str) -> Plan:
    """The plan with a note."""
    return replace(plan, note=note)


def with_currency(plan: Plan, currency: str) -> Plan:
    """The plan in another currency; amounts keep their figures."""
    return replace(plan, currency=currency.strip().upper())


def with_locale(plan: Plan, locale: str) -> Plan:
    """The plan's numbers written as in another language."""
    return replace(plan, locale=locale)


def with_country(plan: Plan, country: str) -> Plan:
    """The plan with another country's working days."""
    return replace(plan, country=country)


def with_length(plan: Plan, months: int) -> Plan:
    """The plan over another number of months."""
    return with_months(plan, int(months))


def with_audience(plan: Plan, key: str, audience: float | None) -> Plan:
    """The plan with another audience of a channel; None: unlimited."""
    channel = the(plan.channels, key=key)
    new = replace(channel, audience=audience)
    return replace(plan, channels=tuple(new if c is channel else c for c in plan.channels))
