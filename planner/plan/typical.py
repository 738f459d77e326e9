"""What is usual for a lever, judged by the kinds of its channels."""

from __future__ import annotations

import math
from collections.abc import Mapping

from planner.plan.levers import kind_of_lever
from planner.plan.template_types import Template, Typical
from planner.plan.templates import CARRIES, LIFTS, SALES, TYPICAL, template
from planner.plan.types import Channel, Cost, Plan, replace, the

__all__ = ["BASE", "PER_EURO", "typical_of", "usual_senders"]

BASE = "EUR"  # what usual amounts are in
PER_EURO = {  # what a euro costs, roughly, in 2026: for amounts that nobody types
    "EUR": 1.0, "AUD": 1.75, "CAD": 1.6, "CHF": 0.94, "CZK": 24.5, "DKK": 7.46, "GBP": 0.86, "JPY": 170.0, "NOK": 11.7,
    "NZD": 1.95, "PLN": 4.25, "SEK": 11.1, "USD": 1.15,
}  # fmt: skip
WEEKS_A_MONTH = 365.25 / 12 / 7


def typical_of(plan: Plan, path: str) -> Typical | None:
    """What is usual for the lever at `path`, judged by the kinds of its channels; None where nothing is known.

    Amounts are roughly converted to the plan's currency; in one without a rate in `PER_EURO` nothing is known of them.
    """
    usual = _usual(plan, path)
    if usual is None or plan.currency == BASE or kind_of_lever(plan, path).written != "money":
        return usual
    rate = PER_EURO.get(plan.currency)
    if rate is None:
        return None
    low, value, high = (float(f"{end * rate:.2g}") for end in (usual.low, usual.value, usual.high))
    return replace(usual, low=low, value=value, high=high)


def _usual(plan: Plan, path: str) -> Typical | None:
    """What is usual for a lever, amounts in euros."""
    head, _, rest = path.partition(".")
    kinds = {channel.key: template(channel.kind) for channel in plan.channels}
    if path in TYPICAL:
        return TYPICAL[path]
    if head == "costs":
        return _usual_cost(the(plan.costs, key=rest.partition(".")[0]), kinds)
    if head in ("feeds", "assists"):
        return _usual_joint(plan, head, *rest.split("."))
    if head == "efforts":
        key, stage, _ = rest.split(".")
        usual = kinds.get(key)
        return usual.minutes.get(stage) if usual else None
    usual = kinds.get(head)
    if usual and "." not in rest:
        return _of_channel(usual).get(rest)
    by_path: dict[str, Typical | None] = {}
    for row in usual.rows if usual else SALES if head == "sales" else ():
        by_path |= {f"{row.key}.rate": row.typical, f"{row.key}.delay.median_days": row.days}
    return by_path.get(rest)


def _of_channel(usual: Template) -> dict[str, Typical | None]:
    """By field what is usual for the numbers of a channel itself."""
    pace = usual.pace
    senders = Typical(max(1.0, pace.senders / 2), pace.senders, pace.senders * 2) if pace and pace.senders else None
    return {
        "volume": usual.volume, "touches_per_contact": usual.each, "audience": usual.audience,
        "pace": pace.weekly if pace else None, "senders": senders,
    }  # fmt: skip


def _usual_cost(cost: Cost, kinds: Mapping[str, Template | None]) -> Typical | None:
    """The usual fee of a touch or the usual tools of a channel, recognised by what the cost is per."""
    usual = kinds.get(cost.channel or cost.per.partition(".")[0])
    if not usual:
        return None
    return {"month": usual.tools, usual.rows[0].key: usual.fee}.get(cost.per.rpartition(".")[2])


def _usual_joint(plan: Plan, head: str, key: str, field: str) -> Typical | None:
    kinds = {channel.key: channel.kind for channel in plan.channels}
    if head == "feeds":
        feed = the(plan.feeds, key=key)
        source, stage = feed.source.split(".")
        ends = (kinds[source], stage, kinds[feed.channel])
        return next((c.share for c in CARRIES if (c.source, c.stage, c.to) == ends), None)
    assist = the(plan.assists, key=key)
    to, stage = assist.stage.split(".")
    helped = (kinds[assist.source], kinds[to], stage)
    usual = next((row for row in LIFTS if (row.source, row.to, row.stage) == helped), None)
    return {"lift": usual.lift, "scale": usual.scale}[field] if usual else None


def usual_senders(channel: Channel) -> float:
    """The channel's senders; where it names none, as many as its usual volume needs at its pace, rounded up."""
    if channel.senders is not None or not channel.pace:
        return channel.senders or 1.0
    kind = template(channel.kind)
    volume = kind.volume.value if kind else channel.volume
    return float(max(1, math.ceil(volume / (channel.pace * WEEKS_A_MONTH) - 1e-9)))
