"""Channels and whole plans on typical numbers: `starter`, `add_channel`, and what is usual for a lever."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from planner.plan.experience import MONTH, experienced
from planner.plan.kinds import RATE
from planner.plan.template_types import Row, Template, Typical
from planner.plan.templates import CARRIES, LIFTS, SALES, SPARE_HUES, TEMPLATES, TYPICAL, template
from planner.plan.types import (
    RESERVED,
    Assist,
    Channel,
    Cost,
    Deal,
    Effort,
    Feed,
    Plan,
    Range,
    Stage,
    Target,
    Team,
    replace,
)
from planner.plan.typical import typical_of

__all__ = [
    "SALES", "SPARE_HUES", "TEMPLATES", "TYPICAL", "Template", "Typical", "add_channel", "free_key", "free_label",
    "starter", "template", "typical_of",
]  # fmt: skip


def starter(
    *chosen: str, start: str = "2027-01", currency: str = "EUR", locale: str = "en", country: str = "NO"
) -> Plan:
    """A working plan of a year on typical rates with their ranges; no kinds chosen: every channel.

    A kind without a template becomes a channel with stages of its own. Amounts of money are plausible sums in euro; they
    keep their figures in another currency.

    >>> plan = starter("email", "phone", start="2027-01", currency="NOK")
    >>> plan.months, [channel.label for channel in plan.channels]
    (12, ['E-mail', 'Phone'])
    """
    plan = Plan(
        name="Starter plan", currency=currency, start=start, months=12, country=country, locale=locale, channels=(),
        sales=tuple(row.stage() for row in SALES), deal=Deal(18000.0, 0.75, 1.0, 3.0), team=Team(2.0, 6500.0, 6.0, 3.2),
        correlation=0.1, targets=(Target("won", 20.0),),
    )  # fmt: skip
    for kind in chosen or [t.kind for t in TEMPLATES]:
        plan = add_channel(plan, kind)
    plan = replace(
        plan,
        costs=(
            *plan.costs,
            Cost("crm", "CRM and data", 600.0, "month"),
            Cost("onboarding", "Set-up and training", 4000.0, "once"),
            Cost("commission", "Commission on revenue", 0.05, "revenue"),
        ),
        efforts=(
            *plan.efforts,
            Effort("sales.unique", 15.0), Effort("sales.held", 60.0), Effort("sales.opportunity", 180.0),
        ),
        ranges=(*plan.ranges, *_ranges("sales", SALES), _range("deal.value", TYPICAL["deal.value"])),
    )  # fmt: skip
    return experienced(plan, MONTH, [band.path for band in plan.ranges if band.path.startswith(("sales.", "deal."))])


def add_channel(plan: Plan, kind: str, label: str | None = None) -> Plan:
    """The plan with a channel of this kind on typical rates, its usual costs, minutes and ranges, and what feeds or helps.

    A kind without a template becomes a channel with stages of its own. It stands last, or before the first channel it
    serves; its key is the kind, or a key made of the label, with a number where that is taken.

    >>> [channel.key for channel in add_channel(starter("email"), "phone").channels]
    ['email', 'phone']
    """
    usual = template(kind)
    label = free_label(
        plan, label or (usual.label if usual else "New channel" if kind == "custom" else kind.capitalize())
    )
    key = free_key(kind if usual else label, {*(c.key for c in plan.channels), *RESERVED})
    channel = _typical_channel(key, label, usual) if usual else _own_stages(key, label)
    served = {row.to for row in CARRIES if row.source == kind} | {row.to for row in LIFTS if row.source == kind}
    place = next((i for i, c in enumerate(plan.channels) if c.kind in served), len(plan.channels))
    channels = (*plan.channels[:place], channel, *plan.channels[place:])
    plan = replace(
        plan,
        channels=channels,
        costs=(*plan.costs, *(_costs(usual, channel, {c.key for c in plan.costs}) if usual else ())),
        efforts=(*plan.efforts, *(Effort(f"{key}.{s}", m.value) for s, m in (usual.minutes if usual else {}).items())),
        ranges=(*plan.ranges, *(_ranges(key, usual.rows) if usual else ())),
    )
    plan = replace(plan, feeds=(*plan.feeds, *_feeds(plan, channel)), assists=(*plan.assists, *_assists(plan, channel)))
    return experienced(plan, MONTH, [band.path for band in plan.ranges if band.path.startswith(f"{key}.")])


def free_key(wanted: str, taken: Container[str]) -> str:
    """A key made of `wanted`, with a number where it is taken."""
    base = re.sub(r"[^a-z0-9]+", "_", wanted.lower()).strip("_")[:36] or "new"
    return next(key for n in range(1, 10_000) if (key := base if n == 1 else f"{base}_{n}") not in taken)


def free_label(plan: Plan, wanted: str) -> str:
    """`wanted` as a channel's label, with a number where another channel has it."""
    taken = {channel.label for channel in plan.channels}
    return next(label for n in range(1, 10_000) if (label := wanted if n == 1 else f"{wanted} {n}") not in taken)


def _typical_channel(key: str, label: str, usual: Template) -> Channel:
    pace = usual.pace
    return Channel(
        key, usual.kind, label, float(usual.volume.value), tuple(row.stage() for row in usual.rows),
        touches_per_contact=float(usual.each.value), audience=float(usual.audience.value) if usual.audience else None,
        coverage="in_order" if usual.listed else "random", pace=float(pace.weekly.value) if pace else None,
        pace_per=pace.per if pace else "rep", senders=pace.senders if pace else None,
    )  # fmt: skip


def _own_stages(key: str, label: str) -> Channel:
    """A custom channel: touched, replied, appointment."""
    stages = (
        Stage("touched", "Touched", None, 1.0),
        Stage("replied", "Replied", "touched", 0.03, main=True, tires=True),
        Stage("appointment", "Appointment", "replied", 0.3, main=True),
    )
    return Channel(key, "custom", label, 500.0, stages)


def _costs(usual: Template, channel: Channel, taken: Container[str]) -> Iterator[Cost]:
    key, label = channel.key, channel.label
    if usual.fee:
        root = f"{key}.{usual.rows[0].key}"
        yield Cost(free_key(f"{key}_fee", taken), f"{label}: each of the {usual.unit}", float(usual.fee.value), root)
    if usual.tools:
        yield Cost(free_key(f"{key}_tools", taken), f"{label}: tools", float(usual.tools.value), "month", key)


def _feeds(plan: Plan, new: Channel) -> Iterator[Feed]:
    """Feeds from and to a new channel that its kind usually has. What feeds a channel already does not feed a second."""
    for carry in CARRIES:
        for source, to in _ends(plan, new, carry.source, carry.to):
            path = f"{source.key}.{carry.stage}"
            if _has(source, carry.stage) and all(feed.source != path for feed in plan.feeds):
                key = free_key(f"{source.key}_to_{to.key}", {feed.key for feed in plan.feeds})
                yield Feed(key, path, to.key, float(carry.share.value))


def _assists(plan: Plan, new: Channel) -> Iterator[Assist]:
    for lift in LIFTS:
        for source, to in _ends(plan, new, lift.source, lift.to):
            if _has(to, lift.stage):
                key = free_key(f"{source.key}_lift_{to.key}", {assist.key for assist in plan.assists})
                yield Assist(key, source.key, f"{to.key}.{lift.stage}", float(lift.lift.value), float(lift.scale.value))


def _ends(plan: Plan, new: Channel, source: str, to: str) -> Iterator[tuple[Channel, Channel]]:
    """A new channel with the first channel of the other kind, where the source stands earlier."""
    a, b = (
        new if new.kind == kind else next((c for c in plan.channels if c.kind == kind), None) for kind in (source, to)
    )
    if a and b and new in (a, b) and plan.channels.index(a) < plan.channels.index(b):
        yield a, b


def _has(channel: Channel, stage: str) -> bool:
    return any(s.key == stage for s in channel.stages)


def _ranges(prefix: str, rows: tuple[Row, ...]) -> Iterator[Range]:
    """The typical low and high of the rates on the way to a deal."""
    for row in rows:
        if "*" in row.flags and row.typical.high < RATE.high:
            yield _range(f"{prefix}.{row.key}.rate", row.typical)


def _range(path: str, typical: Typical) -> Range:
    return Range(path, float(typical.low), float(typical.high))
