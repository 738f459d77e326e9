"""Levers: every number of a plan with its path, kind, name and value; and the one way to move one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from planner.calendar import month_keys, month_text
from planner.plan import kinds
from planner.plan.kinds import Kind
from planner.plan.naming import (
    arrivals_name,
    capital,
    channel_name,
    channel_title,
    delay_name,
    minutes_name,
    rate_name,
    stage_rate_name,
    unit_of,
)
from planner.plan.paths import Number, get, kind_of, locate, number, put
from planner.plan.scales import link, unlink
from planner.plan.types import Channel, Plan, Range, replace

__all__ = [
    "Lever", "kind_of_lever", "lever", "levers", "number_of_lever", "pull", "range_around", "ranges_in_force",
]  # fmt: skip

_SALES = "sales"

_CHANNEL_FIELDS = {
    "volume": "{} volume", "touches_per_contact": "{} touches per contact", "audience": "{} audience",
    "fresh": "new {} contacts per month", "pace": "{} pace", "senders": "{} senders",
}  # fmt: skip
_DEAL_FIELDS = {
    "value": "deal value", "gross_margin": "gross margin", "purchases_per_year": "purchases per year",
    "lifetime_years": "customer lifetime",
}  # fmt: skip
_DEAL_FIELDS_OF = {field: f"{{}} {name}" for field, name in _DEAL_FIELDS.items()}
_TEAM_FIELDS = {
    "reps": "reps", "cost_per_month": "cost per rep and month", "hours_per_day": "productive hours per day",
    "ramp_months": "ramp-up time of new hires",
}  # fmt: skip
_COST_FIELDS = {"amount": "cost “{}”", "step": "step of the cost “{}”"}


@dataclass(frozen=True)
class Lever:
    """One number of a plan. `path` names it, `name` is its short form inside a sentence ("e-mail reply rate").

    `of` is what a rate is a share of ("delivered"), empty for every other number.
    """

    path: str
    kind: Kind
    name: str
    value: float
    of: str = ""

    @property
    def title(self) -> str:
        """The short form at the beginning of a sentence, a row or a label: "E-mail reply rate"."""
        return capital(self.name)

    @property
    def label(self) -> str:
        """The long form: "E-mail reply rate (of delivered)"."""
        return f"{self.title} (of {self.of})" if self.of else self.title


def levers(plan: Plan) -> tuple[Lever, ...]:
    """Every number of the plan, in the order of the plan.

    >>> from planner import starter
    >>> reply = next(lever for lever in levers(starter("email")) if lever.path == "email.replied.rate")
    >>> reply.label, reply.value
    ('E-mail reply rate (of delivered)', 0.005)
    """
    return tuple(_walk(plan))


def lever(plan: Plan, path: str) -> Lever:
    """One lever by its path; PlanError for an unknown path."""
    locate(plan, path)
    return next(item for item in _walk(plan, only=path.split(".")[0]) if item.path == path)


def pull(plan: Plan, path: str, to: float) -> Plan:
    """The same plan with one lever moved, checked.

    A range keeps its low and high as they were typed and the value they were typed at; what is in force follows from
    them and the present value (see `ranges_in_force`). Evidence for the old value goes.

    >>> from planner import starter
    >>> pull(starter("email"), "email.volume", 9_000.0).channels[0].volume
    9000.0
    """
    (steps, _, before), kind = number(plan, path), kind_of_lever(plan, path)
    inside = (kind.low < to if kind.above else kind.low <= to) and to <= kind.high
    if not inside:
        raise kind.refusal(path, to)
    if to == before:
        return plan
    ranges = tuple(_kept(band, before) if band.path == path else band for band in plan.ranges)
    evidence = tuple(e for e in plan.evidence if e.path != path)
    moved: Plan = put(plan, steps, float(to), ranges=ranges, evidence=evidence)
    return moved


def range_around(kind: Kind, value: float, old: Range, before: float) -> Range | None:
    """The range `old` around `before` carried to `value` on the link scale; None where no range can stand."""
    if not kind.link or not kind.low < value < (kind.high if kind.link == "logit" else float("inf")):
        return None
    by = link(kind, value) - link(kind, before) if kind.low < before else 0.0
    low, high = (float(unlink(kind, link(kind, end) + by)) for end in (old.low, old.high))
    high = min(high, kind.high)
    fits = kind.low < low < high and low <= value <= high and (kind.link != "logit" or high < kind.high)
    return Range(old.path, low, high) if fits else None


def _kept(band: Range, before: float) -> Range:
    """The range as typed, remembering where its lever stood then; back there it is as it was."""
    return band if band.at is not None else replace(band, at=before)


def ranges_in_force(plan: Plan) -> tuple[Range, ...]:
    """The ranges around the present values: as typed, carried along the link scale with levers that moved since.

    A lever at a bound, where no range can be, has none until it leaves it again.
    """
    bands = []
    for band in plan.ranges:
        lever = number_of_lever(plan, band.path)
        moved = band.at is not None and band.at != lever.value
        carried = range_around(lever.kind, lever.value, band, float(band.at or 0.0)) if moved else band
        bands.append(carried)
    return tuple(band for band in bands if band is not None)


def kind_of_lever(plan: Plan, path: str) -> Kind:
    """The kind of number a lever is: a cost per revenue is a share, every other as its field says."""
    return number_of_lever(plan, path).kind


def number_of_lever(plan: Plan, path: str) -> Number:
    """Where a lever's number stands, what kind it is as a lever, and what it is."""
    of_field = number(plan, path)
    return of_field._replace(kind=_as_lever(of_field.kind, get(plan, of_field.steps[:-1])))


def _as_lever(kind: Kind, owner: object) -> Kind:
    """The kind of a field of `owner` as a lever."""
    return kinds.SHARE if getattr(owner, "per", "") == "revenue" else kind


def _fields(owner: object, path: str, names: Mapping[str, str], subject: str = "") -> Iterator[Lever]:
    """The numbers that stand in fields of `owner` itself, named by their field."""
    for field in fields(owner):  # type: ignore[arg-type]
        kind, value = kind_of(type(owner), field.name), getattr(owner, field.name)
        if kind is not None and isinstance(value, (int, float)):
            here = f"{path}.{field.name}"
            name = names.get(field.name, f"{{}} {field.name.replace('_', ' ')}").replace("{}", subject).strip()
            yield Lever(here, _as_lever(kind, owner), name, float(value))


def _months(plan: Plan, path: str, kind: Kind, name: str, factors: Sequence[float]) -> Iterator[Lever]:
    """A multiplier a month."""
    months = month_keys(plan.start, len(factors))
    for i, (month, factor) in enumerate(zip(months, factors, strict=True)):
        text = f"{name} multiplier for {month_text(month)}"
        yield Lever(f"{path}.{i}", kind, text, factor)


def _stages(plan: Plan, channel: Channel | None) -> Iterator[Lever]:
    prefix, stages = (channel.key, channel.stages) if channel else (_SALES, plan.sales)
    for stage in stages:
        rate, path = rate_name(plan, channel, stage), f"{prefix}.{stage.key}"
        yield Lever(f"{path}.rate", kinds.RATE, rate.name, stage.rate, rate.of)
        if stage.delay is not None:
            wait = delay_name(channel, stage)
            yield Lever(f"{path}.delay.median_days", kinds.DAYS, f"median {wait}", stage.delay.median_days)
            yield Lever(f"{path}.delay.p90_ratio", kinds.SPREAD, f"spread of the {wait}", stage.delay.p90_ratio)
        yield from _months(plan, f"{path}.by_month", kinds.RATE_FACTOR, rate.name, stage.by_month)


def _channel(plan: Plan, channel: Channel) -> Iterator[Lever]:
    name = channel_name(channel)
    yield from _fields(channel, channel.key, _CHANNEL_FIELDS, name)
    yield from _months(plan, f"{channel.key}.profile", kinds.FACTOR, f"{name} volume", channel.profile)
    if channel.deal is not None:
        yield from _fields(channel.deal, f"{channel.key}.deal", _DEAL_FIELDS_OF, name)
    yield from _stages(plan, channel)


def _team(plan: Plan) -> Iterator[Lever]:
    yield from _fields(plan.team, "team", _TEAM_FIELDS)
    for i, hire in enumerate(plan.team.hires):
        month = month_text(month_keys(plan.start, hire.month + 1)[-1])
        yield Lever(f"team.hires.{i}.reps", kinds.HIRED, f"hire {i + 1}: reps from {month}", hire.reps)


def _joints(plan: Plan) -> Iterator[Lever]:
    """Numbers that belong to two parts of the plan: minutes, feeds, assists, openings."""
    for effort in plan.efforts:
        name = minutes_name(plan, effort.stage)
        yield from _fields(effort, f"efforts.{effort.stage}", {"minutes": name})
    for feed in plan.feeds:
        served = next(channel for channel in plan.channels if channel.key == feed.channel)
        name = f"share of {arrivals_name(plan, feed.source)} that become {channel_name(served)} {unit_of(served)}"
        yield from _fields(feed, f"feeds.{feed.key}", {"share": name})
    for assist in plan.assists:
        source = next(channel for channel in plan.channels if channel.key == assist.source)
        lift = f"lift of the {stage_rate_name(plan, assist.stage)} by {channel_title(source)}"
        names = {"lift": lift, "scale": f"touches for most of the {lift}"}
        yield from _fields(assist, f"assists.{assist.key}", names)
    for opening in plan.opening:
        name = f"{arrivals_name(plan, opening.stage)} under way at the start"
        yield from _fields(opening, f"opening.{opening.stage}", {"count": name})


def _walk(plan: Plan, only: str = "") -> Iterator[Lever]:
    for channel in plan.channels:
        if only in ("", channel.key):
            yield from _channel(plan, channel)
    yield from _stages(plan, None)
    yield from _fields(plan.deal, "deal", _DEAL_FIELDS)
    yield from _team(plan)
    for cost in plan.costs:
        yield from _fields(cost, f"costs.{cost.key}", _COST_FIELDS, cost.label)
    yield from _joints(plan)
    yield Lever("correlation", kinds.CORRELATION, "correlation between rates", plan.correlation)
