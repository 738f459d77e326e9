"""What may stand beside what in a plan. Each refusal names the field and the mend."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from operator import attrgetter
from typing import Any

from planner import calendar
from planner.errors import PlanError
from planner.plan.paths import number
from planner.plan.references import IDENTITY, Names, Reference, names_of, references_of
from planner.plan.stages import Shape, Stage, merged, shapes

__all__ = ["RESERVED", "check"]

RESERVED = frozenset(
    {"assists", "correlation", "costs", "deal", "efforts", "feeds", "opening", "plan", "sales", "team"}
)
MOST = {"channels": 60, "sales": 60, "targets": 60, "ranges": 1600, "evidence": 1600}  # rows of a plan; else:
MOST_ROWS, MOST_STAGES = 400, 120
_NAMED = {  # by part: what a row is known by and what it refers to
    part: attrgetter(identity, *(reference.field for reference in references_of(part)))
    for part, identity in IDENTITY.items()
}


def check(plan: Any) -> None:
    """Raises PlanError for a plan that cannot be. Plans of one structure share the check of that structure."""
    _check_heading(plan)
    _check_structure(
        tuple((channel.key, shapes(channel.stages)) for channel in plan.channels),
        shapes(plan.sales),
        tuple((part, tuple(map(fields, getattr(plan, part)))) for part, fields in _NAMED.items()),
    )
    for channel in plan.channels:
        _check_shares(channel.key, merged(channel.stages, plan.sales))
        _check_months(f"{channel.key}.profile", channel.profile, plan.months)
        _check_rates_by_month(channel.key, channel.stages, plan.months)
    _check_shares("sales", plan.sales)
    _check_rates_by_month("sales", plan.sales, plan.months)
    for limit in plan.limits:
        if limit.most is not None and limit.most < limit.least:
            what = "is {0}; it is at least the minimum, {1}: raise it, or lower the minimum"
            raise PlanError(f"limits.{limit.channel}.most", what, about=(limit.most, limit.least))
    for cost in plan.costs:
        _check_charge(cost)
    for held in plan.ranges:
        _check_range(plan, held)


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
    channels: Any, sales: Any, rows: tuple[tuple[str, tuple[tuple[str | None, ...], ...]], ...]
) -> None:
    """Channels with their stages, the sales stages, and by part what each row is known by and what it refers to."""
    names = names_of(channels, sales)
    _check_keys("channels", names.channels)
    _check_sales(sales)
    for key, stages in channels:
        if key in RESERVED:
            raise PlanError(f"channels.{key}", "is no key for a channel: it names a part of every plan; take another")
        _check_tree(key, merged(stages, sales))
    for part, named in rows:
        _check_rows(part, named, names)
    served = dict(rows)
    for key, source, channel in served["feeds"]:
        _check_earlier(f"feeds.{key}", str(source).partition(".")[0], str(channel), names.channels)
    for key, stage, source in served["assists"]:
        _check_earlier(f"assists.{key}", str(source), str(stage).partition(".")[0], names.channels)
    _check_lifted(served["assists"], channels, sales)


def _check_rows(part: str, rows: tuple[tuple[str | None, ...], ...], names: Names) -> None:
    """The rows of one part stand once, under keys of their own, and what they refer to is there."""
    identities = [str(row[0]) for row in rows]
    if IDENTITY[part] == "key":
        _check_keys(part, identities)
    _check_unique(part, identities)
    for identity, *named in rows:
        if part == "costs" and identity == "team":
            raise PlanError("costs.team", "is the team's own row; give this cost another key")
        for reference, name in zip(references_of(part), named, strict=True):
            if not names.has(reference, name):
                _refuse_name(f"{part}.{identity}.{reference.field}", reference, str(name), names)


def _refuse_name(path: str, reference: Reference, name: str, names: Names) -> None:
    if reference.to == "channel":
        what = f"is {name!r}, which is no channel of the plan: name one of {', '.join(names.channels)}"
    else:
        what = f"is {name!r}, which is no stage of the plan: write channel.stage, such as email.sent"
    raise PlanError(path, what)


def _check_lifted(assists: Any, channels: Any, sales: Any) -> None:
    """An assist lifts a stage whose rate is its own: no root, no exclusive outcome."""
    trees = {key: merged(stages, sales) for key, stages in channels}
    for key, path, _ in assists:
        head, _, name = path.partition(".")
        stage = next(stage for stage in trees[head] if stage.key == name)
        if stage.of is None or stage.exclusive:
            raise PlanError(f"assists.{key}.stage", f"is {path}, which has no rate to lift: name a main stage")


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


def _check_earlier(path: str, source: str, served: str, channels: Sequence[str]) -> None:
    if channels.index(source) >= channels.index(served):
        raise PlanError(path, "runs from {0} to {1}; its source stands earlier: move {0} up", about=(source, served))


def _check_sales(sales: tuple[Shape, ...]) -> None:
    """The sales stages as they stand behind a channel that ends in an appointment."""
    ends = Shape("appointment", None, False, False, False, False)
    if sales:
        _check_tree("sales", (ends, *sales))


def _check_tree(name: str, tree: tuple[Shape, ...]) -> None:
    """One root, every parent present, no circle, one main child a main stage, and what each stage may be."""
    _check_keys(name, [stage.key for stage in tree])
    if len(tree) > MOST_STAGES:
        raise PlanError(f"{name}.stages", f"has {len(tree)} with those of sales; at most {MOST_STAGES} can be")
    by_key = {stage.key: stage for stage in tree}
    for stage in tree:
        if stage.of is not None and stage.of not in by_key:
            raise PlanError(f"{name}.{stage.key}.of", f"is {stage.of!r}, which is no stage of {name}: name one that is")
    ancestors = _ancestors(name, by_key)
    for stage in tree:
        _check_place(name, stage, ancestors[stage.key])
    roots = [stage for stage in tree if stage.of is None]
    if len(roots) != 1:
        raise PlanError(f"{name}.stages", f"has {len(roots)} roots; exactly one stage has no parent")
    _check_mains(name, tree)
    if sum(stage.tires for stage in tree) > 1:
        raise PlanError(f"{name}.tires", "is set on more than one stage; at most one a channel: keep one")


def _check_mains(name: str, tree: tuple[Shape, ...]) -> None:
    below = Counter(stage.of for stage in tree if stage.main)
    for stage in tree:
        if stage.main and below[stage.of] > 1:
            raise PlanError(f"{name}.{stage.key}.main", f"is one of {below[stage.of]} below {stage.of}: keep one")


def _check_place(name: str, stage: Shape, ancestors: tuple[Shape, ...]) -> None:
    """What a stage may be where it stands; its ancestors begin with its parent."""
    path = f"{name}.{stage.key}"
    if stage.main and stage.exclusive:
        raise PlanError(
            f"{path}.exclusive", "stands on a main stage; only side outcomes rule a main one out: clear one"
        )
    if not ancestors:
        if stage.delayed:
            raise PlanError(f"{path}.delay", "stands on the root; touches are counted when made: remove it")
        return
    parent = ancestors[0]
    if stage.main and not parent.main and parent.of is not None:
        raise PlanError(
            f"{path}.main", f"is set below {stage.of}, which is not main: set it there too, or clear it here"
        )
    late = next((ancestor.key for ancestor in ancestors if ancestor.delayed), None)
    if stage.tires and late:
        raise PlanError(
            f"{name}.{late}.delay",
            f"stands before {stage.key}, which tires with the audience in the month of the touch: move it to "
            f"{stage.key} or a later stage",
        )


def _ancestors(name: str, by_key: dict[str, Shape]) -> dict[str, tuple[Shape, ...]]:
    """By stage its parent, the parent's parent and so on; PlanError where parents lead round in a circle."""
    parents = {key: () if stage.of is None else (stage.of,) for key, stage in by_key.items()}
    try:
        order = tuple(TopologicalSorter(parents).static_order())
    except CycleError as error:
        circle = min(error.args[1], key=list(by_key).index)
        what = "leads round in a circle: follow the parents and set one of them right"
        raise PlanError(f"{name}.{circle}.of", what) from None
    ancestors: dict[str, tuple[Shape, ...]] = {}
    for key in order:
        parent = by_key[key].of
        ancestors[key] = () if parent is None else (by_key[parent], *ancestors[parent])
    return ancestors


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


def _check_range(plan: Any, held: Any) -> None:
    """Low and high stand strictly inside the bounds of the lever, around the value they were typed at."""
    path, low, high = f"ranges.{held.path}", held.low, held.high
    _, kind, value = number(plan, held.path)
    stands = value if held.at is None else held.at
    if not kind.link:
        raise PlanError(path, "cannot carry a range: only rates, amounts, days and ratios can; remove it")
    runs = "runs from {0} to {1}"
    if not kind.low < low < high or (kind.link == "logit" and high >= kind.high) or high > kind.high:
        what = f"{runs}; low lies below high, and both strictly inside the bounds"
        raise PlanError(path, what, about=(low, high))
    if not low <= stands <= high:
        what = f"{runs} and leaves out the value {{2}}: widen it to hold the value"
        raise PlanError(path, what, about=(low, high, stands))
