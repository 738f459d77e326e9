"""What can be counted, read the same way off a forecast (planned) and off actuals (to date).

A name is a stage of a channel, `kind.stage` over the channels of a kind, a named sum of actuals, or one of `TERMS`,
which a method of that name works out. What nobody counted is nan.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from planner.actuals.actuals import NAMED_SUMS
from planner.plan import Plan
from planner.plan.paths import get, locate
from planner.plan.templates import lead_stage

__all__ = ["SUMS", "TERMS", "CountSource", "FormulaName", "Scope", "adds_up", "total"]

SUMS = {item.key: re.split(r"[,(]| in seconds", item.label)[0].strip() for item in NAMED_SUMS}
DISCOUNT = 0.10  # a year, where a lifetime value is discounted


@dataclass(frozen=True)
class FormulaName:
    """What a name that is no stage is called in a formula, its unit, and whether it adds up over channels."""

    label: str
    unit: str = "count"
    adds: bool = True


@dataclass(frozen=True)
class Scope:
    """What a total covers: the channels that report every side of it, and (`unattributed`) what is of no channel.

    `left_out` are the active channels that do not report some side of it.
    """

    channels: tuple[str, ...]
    unattributed: bool
    left_out: tuple[str, ...]


TERMS: dict[str, FormulaName] = {
    "planned": FormulaName("planned touches"),
    "contacts_touched": FormulaName("contacts touched"),
    "accounts_reached": FormulaName("accounts reached"),
    "leads": FormulaName("leads"),
    "own_won": FormulaName("deals"),
    "days_to_close": FormulaName("days from lead to won"),
    "days_in_opportunity": FormulaName("days from opportunity to won"),
    "bounced": FormulaName("bounces"),
    "months_gone": FormulaName("months", adds=False),
    "cost": FormulaName("cost", "money"),
    "channel_cost": FormulaName("cost of the channels alone", "money"),
    "revenue": FormulaName("revenue", "money"),
    "deal_value": FormulaName("revenue of a deal", "money", adds=False),
    "purchases": FormulaName("purchases a year", "decimal", adds=False),
    "margin": FormulaName("gross margin", "percent", adds=False),
    "lifetime": FormulaName("years of lifetime", "decimal", adds=False),
    "retention": FormulaName("kept each year", "percent", adds=False),
    "discount": FormulaName("discount a year", "percent", adds=False),
}


class CountSource:
    """Where the numbers of a formula come from; what a plan says of its deals is the same for both."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._kept: dict[tuple[str, str | None], float] = {}

    def term(self, name: str, channel: str | None = None, scope: Scope | None = None) -> float:
        """The number a name stands for: of one channel, of all, or of those in `scope`."""
        if scope is not None and adds_up(name):
            return self._in_scope(name, scope)
        if (name, channel) not in self._kept:
            self._kept[name, channel] = self._term(name, channel)
        return self._kept[name, channel]

    def scope(self, names: Iterable[str]) -> Scope | None:
        """What a total of these names may cover; None where it covers everything, because nothing is missing."""
        return None

    def _in_scope(self, name: str, scope: Scope) -> float:
        raise NotImplementedError

    def _term(self, name: str, channel: str | None) -> float:
        if name in TERMS:
            read: Callable[[str | None], float] = getattr(self, name)
            return float(read(channel))
        if "." in name:
            kind, key = name.split(".")
            return total(self.stage(key, c.key) for c in self.plan.channels if c.kind == kind)
        counted = self.stage(name, channel)
        return self.named(name, channel) if math.isnan(counted) and name in SUMS else counted

    def stage(self, key: str, channel: str | None) -> float:
        """Arrivals at a stage."""
        raise NotImplementedError

    def named(self, name: str, channel: str | None) -> float:
        """A named sum of actuals."""
        raise NotImplementedError

    def lever(self, path: str) -> float:
        """The number of the plan at a lever path."""
        return float(get(self.plan, locate(self.plan, path)))

    def leads(self, channel: str | None) -> float:
        """Leads of a page, positive replies, and appointments where a channel counts neither."""
        leads = {c.key: lead_stage(c) for c in self.plan.channels if channel in (None, c.key)}
        return total(self.stage(stage, owner) for owner, stage in leads.items() if stage)

    def bounced(self, channel: str | None) -> float:
        """Messages that came back, hard and soft."""
        return _whole_sum(self.stage(key, channel) for key in ("hard_bounce", "soft_bounce"))

    def purchases(self, channel: str | None) -> float:
        """Purchases of a customer a year."""
        return self.lever("deal.purchases_per_year")

    def margin(self, channel: str | None) -> float:
        """Gross margin."""
        return self.lever("deal.gross_margin")

    def lifetime(self, channel: str | None) -> float:
        """Years a customer stays."""
        return self.lever("deal.lifetime_years")

    def retention(self, channel: str | None) -> float:
        """Share of customers kept each year, as the lifetime implies: 1 − 1 ÷ years."""
        return 1 - 1 / max(self.lever("deal.lifetime_years"), 1.0)

    def discount(self, channel: str | None) -> float:
        """Discount a year."""
        return DISCOUNT


def adds_up(name: str) -> bool:
    """Whether a name is counted by channel, so that a total is a sum over channels."""
    return TERMS[name].adds if name in TERMS else "." not in name


def _whole_sum(values: Iterable[float]) -> float:
    """The sum of what was counted; nan where any of it was not."""
    return math.fsum(values)


def total(values: Iterable[float]) -> float:
    """The sum of what was counted; nan where nothing was."""
    counted = [float(value) for value in values if not math.isnan(value)]
    return math.fsum(counted) if counted else math.nan
