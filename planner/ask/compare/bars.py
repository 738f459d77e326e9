"""The bars of a bridge: what moved a figure, by how much, and the figure on both sides."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from planner.plan import Plan

__all__ = ["FACTORS", "Bar", "Ends", "grouped"]

FACTORS = {
    "volume": "Volume", "rate": "Rates", "wear": "Worn audiences", "assist": "Help between channels",
    "timing": "Timing", "season": "Season",
    "started": "Started", "stopped": "Stopped", "value": "Deal value", "margin": "Gross margin",
    "cost": "Cost", "opening": "Already under way at the start", "unreported": "Not reported",
    "untraced": "With nothing before it",
}  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """One bar: by how much `factor` of `channel` (None: of all) moved the figure.

    `factor` is one of `FACTORS`; of those, "unreported" (a channel that does not report the figure) and "untraced"
    (what came with nothing before it) are of actuals only. `key` is unique, and the same after a swap. `before` and
    `after` are the factor's own values, nan where it has none.
    """

    key: str
    label: str
    channel: str | None
    factor: str
    amount: float
    before: float = math.nan
    after: float = math.nan


@dataclass(frozen=True)
class Ends:
    """A figure on both sides of a bridge; nan where a ratio cannot be formed."""

    before: float
    after: float

    @property
    def change(self) -> float:
        """By how much the figure moved."""
        return self.after - self.before


def grouped(bars: Iterable[Bar], by: Literal["factor", "channel"], plan: Plan) -> tuple[Bar, ...]:
    """Bars added up by factor, or by channel of the plan, in order of first appearance, zeros left out."""
    labels = {channel.key: channel.label for channel in plan.channels}
    sums: dict[str | None, float] = {}
    for bar in bars:
        group = bar.factor if by == "factor" else bar.channel
        sums[group] = sums.get(group, 0.0) + bar.amount
    moved = {group: amount for group, amount in sums.items() if amount}
    if by == "channel":
        return tuple(
            Bar(channel or "channel", labels.get(channel or "", "Shared"), channel, "channel", amount)
            for channel, amount in moved.items()
        )
    return tuple(
        Bar(factor, FACTORS[factor], None, factor, amount) for factor, amount in moved.items() if factor is not None
    )
