"""What may stand beside what in a plan. Each refusal names the field and the mend."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import lru_cache
from typing import Any

from planner import calendar
from planner.errors import PlanError
from planner.plan.paths import number
from planner.plan.stages import Shape, Stage, merged, shapes

__all__ = ["RESERVED", "check"]

RESERVED = frozenset(
    {"assists", "correlation", "costs", "deal", "efforts", "feeds", "opening", "plan", "sales", "team"}
)
MOST = {"channels": 60, "sales": 60, "targets": 60, "ranges": 1600, "evidence": 1600}  # rows of a plan; else:
MOST_ROWS, MOST_STAGES = 400, 120


def check(plan: Any) -> None:
    """Raises PlanError for a plan that cannot be. Plans of one structure share the check of that structure."""
    _check_heading(plan)
    _check_structure(
        tuple((c.key, shapes(c.stages)) for c in plan.channels),
        shapes(plan.sales),
        tuple((c.key, c.per, c.channel) for c in plan.costs),
        tuple(e.stage for e in plan.efforts),
        tuple((f.key, f.source, f.channel) for f in plan.feeds),
        tuple((a.key, a.source, a.stage) for a in plan.assists),
        tuple(o.stage for o in plan.opening),
        tuple(limit.channel for limit in plan.limits),
        tuple(r.path for r in plan.ranges),
    )
    for channel in plan.channels:
        _check_shares(channel.key, merged(channel.stages, plan.sales))
        _check_months(f"{channel.key}.profile", channel.profile, plan.months)
        _check_rates_by_month(channel.key, channel.stages, plan.months)
    _check_shares("sales", plan.sales)
    _check_rates_by_month("sales", plan.sales, plan.months)
    for limit in plan.limits:
        if limit.most is not None and limit.most < limit.least:
            raise PlanError(f"limits.{limit.channel}.most", f"is {limit.most:g}; it is at least least, {limit.least:g}")
    for cost in plan.costs:
        _check_charge(cost)
    for held in plan.ranges:
        _check_range(plan, held.path, held.low, held.high, held.at)


def _check_months(path: str, multipliers: Sequence[float], months: int) -> None:
    if len(multipliers) not in (0, months):
        what = f"has {len(multipliers)} months; the plan has {months}: give one multiplier a month or none"
        raise PlanError(path, what)


def _check_rates_by_month(name: str, stages: tuple[Stage, ...], months: int) -> None:
    for stage in stages:
        _check_months(f"{name}.{stage.key}.by_month", stage.by_month, months)


def _check_charge(cost: Any) -> None:
    """When and in what steps a cost is charged."""
    at = f"costs.{cost.key}"
    if cost.per == "revenue" and cost.amount > 1:
        raise PlanError(f"{at}.amount", f"is {cost.amount:g}; a share of revenue lies between 0 and 1")
    if cost.per == "once" and cost.last is not None:
        raise PlanError(f"{at}.last", "is set on a cost charged once, in its first month: leave it out")
    if cost.last is not None and cost.last < cost.first:
        raise PlanError(f"{at}.last", f"is month {cost.last + 1}, before its first, {cost.first + 1}: set it later")
    if cost.step is not None and cost.per in ("month", "once", "revenue", "hour"):
        raise PlanError(f"{at}.step", f"is set on a cost per {cost.per}; only costs per stage come in steps: clear it")


def _check_heading(plan: Any) -> None:
    if not re.fullmatch(r"[A-Z]{3}", plan.currency):
        raise PlanError("currency", f"is {plan.currency!r}; it is three capital letters (ISO 4217), such as EUR")
    if not re.fullmatch(r"[12][0-9]{3}-(0[1-9]|1[0-2])", plan.start):
        raise PlanError("start", f"is {plan.start!r}; it is a year and a month, such as 2027-01")
    if not re.fullmatch(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8}){0,2}", plan.locale):
        raise PlanError("locale", f"is {plan.locale!r}; it is a language, with or without a country, such as nb_NO")
    calendar.check_country(plan.country)
    for field in ("channels", "sales", "costs", "efforts", "feeds", "assists", "opening", "limits", "ranges",
                  "targets", "evidence"):  # fmt: skip
        rows, most = len(getattr(plan, field)), MOST.get(field, MOST_ROWS)
        if rows > most:
            raise PlanError(field, f"has {rows} rows; at most {most} can stand in a plan: remove some")


@lru_cache(maxsize=256)
def _check_structure(
    channels: Any,
    sales: Any,
    costs: Any,
    efforts: Any,
    feeds: Any,
    assists: Any,
    opening: Any,
    limits: Any,
    ranges: Any,
) -> None:
    trees = {key: merged(stages, sales) for key, stages in channels}
    stages = {f"{key}.{stage.key}" for key, tree in trees.items() for stage in tree}
    sold = {f"sales.{stage.key}" for stage in sales}
    order = {key: i for i, (key, _) in enumerate(channels)}
    _check_keys("channels", [key for key, _ in channels])
    _check_sales(sales)
    for key, tree in trees.items():
        if key in RESERVED:
            raise PlanError(f"channels.{key}", "is no key for a channel: it names a part of every plan; take another")
        _check_tree(key, tree)
    for field, rows in (("costs", costs), ("feeds", feeds), ("assists", assists)):
        _check_keys(field, [row[0] for row in rows])
    for field, paths in (("efforts", efforts), ("opening", opening), ("limits", limits), ("ranges", ranges)):
        _check_unique(field, paths)
    _check_costs(costs, stages | sold, order)
    for path in efforts:
        _check_stage(f"efforts.{path}.stage", path, stages | sold)
    for path in opening:
        _check_stage(f"opening.{path}.stage", path, stages)
    for channel in limits:
        _check_channel(f"limits.{channel}.channel", channel, order)
    for key, source, channel in feeds:
        _check_stage(f"feeds.{key}.source", source, stages)
        _check_earlier(f"feeds.{key}", source.partition(".")[0], channel, order)
    fixed = {f"{key}.{row.key}" for key, tree in trees.items() for row in tree if row.of is None or row.exclusive}
    for key, source, path in assists:
        _check_stage(f"assists.{key}.stage", path, stages)
        _check_earlier(f"assists.{key}", source, path.partition(".")[0], order)
        if path in fixed:
            raise PlanError(f"assists.{key}.stage", f"is {path}, which has no rate to lift: name a main stage")


def _check_costs(costs: Any, stages: Container[str], order: dict[str, int]) -> None:
    for key, per, channel in costs:
        if key == "team":
            raise PlanError("costs.team", "is the team's own row; give this cost another key")
        if per not in ("month", "once", "revenue", "hour"):
            _check_stage(f"costs.{key}.per", per, stages)
        if channel is not None:
            _check_channel(f"costs.{key}.channel", channel, order)


def _check_keys(field: str, keys: Sequence[str]) -> None:
    for key in keys:
        if not re.fullmatch(r"[a-z0-9_]+", key):
            raise PlanError(f"{field}.{key}", "is no key: a key is small letters, digits and _")
    _check_unique(field, keys)


def _check_unique(field: str, keys: Sequence[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise PlanError(f"{field}.{key}", "stands twice; a key stands once: rename or remove one")
        seen.add(key)


def _check_stage(path: str, stage: str, known: Container[str]) -> None:
    if stage not in known:
        raise PlanError(path, f"is {stage!r}, which is no stage of the plan: write channel.stage, such as email.sent")


def _check_channel(path: str, channel: str, order: dict[str, int]) -> None:
    if channel not in order:
        raise PlanError(path, f"is {channel!r}, which is no channel of the plan: name one of {', '.join(order)}")


def _check_earlier(path: str, source: str, served: str, order: dict[str, int]) -> None:
    _check_channel(f"{path}.source", source, order)
    _check_channel(f"{path}.channel", served, order)
    if order[source] >= order[served]:
        raise PlanError(path, f"runs from {source} to {served}; its source stands earlier: move {source} up")


def _check_sales(sales: tuple[Shape, ...]) -> None:
    """The sales stages as they stand behind a channel that ends in an appointment."""
    ends = Shape("appointment", None, False, False, False, False)
    if sales:
        _check_tree("sales", (ends, *sales))


def _check_tree(name: str, tree: tuple[Shape, ...]) -> None:
    """One root, every parent present, no circle, one main child a main stage, and what each stage may be."""
    _check_keys(name, [stage.key for stage in tree])
    by_key = {stage.key: stage for stage in tree}
    roots = [stage.key for stage in tree if stage.of is None]
    if len(tree) > MOST_STAGES:
        raise PlanError(f"{name}.stages", f"has {len(tree)} with those of sales; at most {MOST_STAGES} can be")
    for stage in tree:
        if stage.of is not None and stage.of not in by_key:
            raise PlanError(f"{name}.{stage.key}.of", f"is {stage.of!r}, which is no stage of {name}: name one that is")
    for stage in tree:
        _check_place(name, stage, by_key)
    if len(roots) != 1:
        raise PlanError(f"{name}.stages", f"has {len(roots)} roots; exactly one stage has no parent")
    mains = [stage.of for stage in tree if stage.main]
    for stage in tree:
        if stage.main and mains.count(stage.of) > 1:
            raise PlanError(f"{name}.{stage.key}.main", f"is one of {mains.count(stage.of)} below {stage.of}: keep one")
    if sum(stage.tires for stage in tree) > 1:
        raise PlanError(f"{name}.tires", "is set on more than one stage; at most one a channel: keep one")


def _check_place(name: str, stage: Shape, by_key: dict[str, Shape]) -> None:
    at = f"{name}.{stage.key}"
    above = _ancestors(at, stage, by_key)
    if stage.main and stage.exclusive:
        raise PlanError(f"{at}.exclusive", "stands on a main stage; only side outcomes rule a main one out: clear one")
    if not above:
        if stage.delayed:
            raise PlanError(f"{at}.delay", "stands on the root; touches are counted when made: remove it")
        return
    if stage.main and not above[0].main and above[0].of is not None:
        raise PlanError(f"{at}.main", f"is set below {stage.of}, which is not main: set it there too, or clear it here")
    late = next((a.key for a in above if a.delayed), None)
    if stage.tires and late:
        raise PlanError(
            f"{name}.{late}.delay",
            f"stands before {stage.key}, which tires with the audience in the month of the touch: move it to "
            f"{stage.key} or a later stage",
        )


def _ancestors(at: str, stage: Shape, by_key: dict[str, Shape]) -> list[Shape]:
    above: list[Shape] = []
    while stage.of is not None:
        stage = by_key[stage.of]
        above.append(stage)
        if len(above) > len(by_key):
            raise PlanError(f"{at}.of", "leads round in a circle: follow the parents and set one of them right")
    return above


def _check_shares(name: str, stages: tuple[Stage, ...]) -> None:
    sums: dict[str | None, float] = {}
    for stage in stages:
        if stage.exclusive:
            sums[stage.of] = total = sums.get(stage.of, 0.0) + stage.rate
            if total > 1 + 1e-9:
                raise PlanError(
                    f"{name}.{stage.key}.rate",
                    f"brings the exclusive outcomes of {stage.of} to {total:g} of what is left over; together they are "
                    f"at most 1: lower one of them",
                )


def _check_range(plan: Any, path: str, low: float, high: float, at: float | None) -> None:
    _, kind, value = number(plan, path)
    stands = value if at is None else at
    if not kind.link:
        raise PlanError(f"ranges.{path}", "cannot carry a range: only rates, amounts, days and ratios can; remove it")
    runs = f"runs from {low:g} to {high:g}"
    if not kind.low < low < high or (kind.link == "logit" and high >= kind.high) or high > kind.high:
        raise PlanError(f"ranges.{path}", f"{runs}; low lies below high, and both strictly inside the bounds")
    if not low <= stands <= high:
        raise PlanError(f"ranges.{path}", f"{runs} and leaves out the value {stands:g}: widen it to hold the value")
