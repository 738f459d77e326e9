"""Levers: every number of a plan with its name, kind, label and value; and the one way to move one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from planner.errors import PlanError
from planner.plan import kinds
from planner.plan.kinds import Kind
from planner.plan.paths import get, kind_of, locate, number, put
from planner.plan.scales import link, unlink
from planner.plan.types import Plan, Range, Stage

__all__ = ["Lever", "kind_of_lever", "lever", "levers", "pull", "range_around"]

_FIELD_LABELS = {
    "volume": "volume", "touches_per_contact": "touches a contact", "audience": "audience", "amount": "cost",
    "minutes": "minutes", "reps": "reps", "cost_per_month": "cost of a rep a month",
    "hours_per_day": "productive hours a day", "ramp_months": "ramp of a hire", "value": "deal value",
    "gross_margin": "gross margin", "purchases_per_year": "purchases a year", "lifetime_years": "customer lifetime",
    "share": "share", "lift": "lift", "scale": "touches for 63 % of the lift", "count": "under way at the start",
    "correlation": "correlation of the rates",
}  # fmt: skip


@dataclass(frozen=True)
class Lever:
    """One number of a plan: `path` names it, `label` says it in words ("E-mail: replied, share of delivered")."""

    path: str
    kind: Kind
    label: str
    value: float


def levers(plan: Plan) -> tuple[Lever, ...]:
    """Every number of the plan, in the order of the plan."""
    return tuple(_walk(plan))


def lever(plan: Plan, path: str) -> Lever:
    """One lever by its path; PlanError for an unknown path."""
    locate(plan, path)
    return next(item for item in _walk(plan, only=path.split(".")[0]) if item.path == path)


def pull(plan: Plan, path: str, to: float) -> Plan:
    """The same plan with one lever moved, checked.

    A range that would no longer hold the value moves along with it, as wide as before on its link scale; at 0 (or a
    rate of 1), where no range can be, it goes. Evidence for the old value goes.
    """
    (steps, _, before), kind = number(plan, path), kind_of_lever(plan, path)
    inside = (kind.low < to if kind.above else kind.low <= to) and to <= kind.high
    if not inside:
        raise PlanError(path, f"is {to:g}; {kind.named} {kind.bounds}")
    if to == before:
        return plan
    ranges = (_moved(held, kind, before, float(to)) if held.path == path else held for held in plan.ranges)
    evidence = tuple(e for e in plan.evidence if e.path != path)
    made: Plan = put(plan, steps, float(to), ranges=tuple(held for held in ranges if held), evidence=evidence)
    return made


def range_around(kind: Kind, value: float, old: Range, before: float) -> Range | None:
    """The range `old` around `before` carried to `value` on the link scale; None where no range can stand."""
    if not kind.link or not kind.low < value < (kind.high if kind.link == "logit" else float("inf")):
        return None
    by = link(kind, value) - link(kind, before) if kind.low < before else 0.0
    low, high = (float(unlink(kind, link(kind, end) + by)) for end in (old.low, old.high))
    high = min(high, kind.high)
    fits = kind.low < low < high and low <= value <= high and (kind.link != "logit" or high < kind.high)
    return Range(old.path, low, high) if fits else None


def _moved(old: Range, kind: Kind, before: float, to: float) -> Range | None:
    return old if old.low <= to <= old.high else range_around(kind, to, old, before)


def kind_of_lever(plan: Plan, path: str) -> Kind:
    """The kind of number a lever is: a cost per revenue is a share, every other as its field says."""
    steps, kind, _ = number(plan, path)
    per = getattr(get(plan, steps[:-1]), "per", "")
    return kinds.SHARE if per == "revenue" else kind


def _named(plan: Plan, path: str) -> str:
    """A channel's or a stage's path in words: "E-mail, replied"."""
    head, _, key = path.partition(".")
    channel = next((c for c in plan.channels if c.key == head), None)
    stages = (*(channel.stages if channel else ()), *plan.sales)
    stage = next((f", {s.label.lower()}" for s in stages if s.key == key), "")
    return (channel.label if channel else "Sales") + stage


def _numbers(plan: Plan, at: object, path: str, label: str) -> Iterator[Lever]:
    for field in fields(at):  # type: ignore[arg-type]
        kind, number = kind_of(type(at), field.name), getattr(at, field.name)
        if kind is not None and isinstance(number, (int, float)):
            name = f"{label}: {_FIELD_LABELS.get(field.name, field.name)}" if label else _FIELD_LABELS[field.name]
            yield Lever(f"{path}.{field.name}", kind_of_lever(plan, f"{path}.{field.name}"), name, float(number))


def _stages(plan: Plan, prefix: str, label: str, stages: tuple[Stage, ...]) -> Iterator[Lever]:
    names = {stage.key: stage.label.lower() for stage in (*stages, *plan.sales)}
    for stage in stages:
        of = names.get(stage.of or "", "appointments" if stage.of else "planned touches")
        share = f"share of {of} left over" if stage.exclusive else f"share of {of}"
        yield Lever(f"{prefix}.{stage.key}.rate", kinds.RATE, f"{label}: {stage.label.lower()}, {share}", stage.rate)
        if stage.delay is not None:
            at, name = f"{prefix}.{stage.key}.delay", f"{label}: {stage.label.lower()}"
            yield Lever(f"{at}.median_days", kinds.DAYS, f"{name}, half within", stage.delay.median_days)
            yield Lever(f"{at}.p90_ratio", kinds.SPREAD, f"{name}, nine in ten by", stage.delay.p90_ratio)


def _walk(plan: Plan, only: str = "") -> Iterator[Lever]:
    for channel in plan.channels:
        if only not in ("", channel.key):
            continue
        yield from _numbers(plan, channel, channel.key, channel.label)
        for i, factor in enumerate(channel.profile):
            label = f"{channel.label}: month {i + 1} against the volume"
            yield Lever(f"{channel.key}.profile.{i}", kinds.FACTOR, label, factor)
        yield from _stages(plan, channel.key, channel.label, channel.stages)
    yield from _stages(plan, "sales", "Sales", plan.sales)
    yield from _numbers(plan, plan.deal, "deal", "")
    yield from _numbers(plan, plan.team, "team", "")
    for i, hire in enumerate(plan.team.hires):
        label = f"hire {i + 1}: reps who join in month {hire.month + 1}"
        yield Lever(f"team.hires.{i}.reps", kinds.HIRED, label, hire.reps)
    for cost in plan.costs:
        yield from _numbers(plan, cost, f"costs.{cost.key}", cost.label)
    for effort in plan.efforts:
        yield from _numbers(plan, effort, f"efforts.{effort.stage}", _named(plan, effort.stage))
    for feed in plan.feeds:
        label = f"{_named(plan, feed.source)} to {_named(plan, feed.channel)}"
        yield from _numbers(plan, feed, f"feeds.{feed.key}", label)
    for assist in plan.assists:
        label = f"{_named(plan, assist.source)} helps {_named(plan, assist.stage)}"
        yield from _numbers(plan, assist, f"assists.{assist.key}", label)
    for opening in plan.opening:
        yield from _numbers(plan, opening, f"opening.{opening.stage}", _named(plan, opening.stage))
    yield Lever("correlation", kinds.CORRELATION, _FIELD_LABELS["correlation"], plan.correlation)
