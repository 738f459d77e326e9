"""How unsure a team is of its rates: as unsure as firms differ, or as a month or a year of own touches leaves it.

A rate's prior is the Beta distribution that is as wide as firms differ (its concentration κ, the prior's number of
observations); own experience adds the touches of so many months at the plan's own rate (a conjugate update).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from math import exp, inf, log

from planner.plan.kinds import RATE
from planner.plan.levers import kind_of_lever, range_around
from planner.plan.paths import get, locate
from planner.plan.scales import link
from planner.plan.types import Plan, Range, Stage, merged, replace
from planner.plan.typical import typical_of

__all__ = [
    "MONTH", "NONE", "YEAR", "Experience", "concentration", "experienced", "firms_range", "month_of_experience",
    "no_experience", "year_of_experience",
]  # fmt: skip


@dataclass(frozen=True)
class Experience:
    """Months of own touches, and how much of the firms' width that leaves an amount, on the log scale."""

    months: float
    width: float


NONE, MONTH, YEAR = Experience(0.0, 1.0), Experience(1.0, 1 / 3), Experience(12.0, 1 / 10)


def no_experience(plan: Plan) -> Plan:
    """The plan with its typical ranges as wide as firms differ, as they are for a team without any experience."""
    return experienced(plan, NONE)


def month_of_experience(plan: Plan) -> Plan:
    """The plan with its typical ranges as wide as a month of own touches at its volumes leaves them."""
    return experienced(plan, MONTH)


def year_of_experience(plan: Plan) -> Plan:
    """The plan with its typical ranges as wide as a year of own touches at its volumes leaves them."""
    return experienced(plan, YEAR)


def experienced(plan: Plan, experience: Experience, paths: Collection[str] | None = None) -> Plan:
    """The plan with every range for which a typical one is known (`paths`: only these) as wide as experience leaves it.

    Low and high are typed anew at the present value: volumes that change later leave them as they are.
    """
    chosen = [band.path for band in plan.ranges if paths is None or band.path in paths]
    arrivals = _arrivals_a_month(plan)
    ranges = {path: _range(plan, path, experience, arrivals) for path in chosen}
    return replace(plan, ranges=tuple(ranges.get(band.path) or band for band in plan.ranges))


def firms_range(plan: Plan, path: str) -> Range | None:
    """The typical range of a lever, which says how firms differ, carried to its value where that lies outside."""
    value, kind, typical = float(get(plan, locate(plan, path))), kind_of_lever(plan, path), typical_of(plan, path)
    if typical is None or not kind.low < typical.low < typical.high < kind.high:
        return None
    usual: Range | None = Range(path, float(typical.low), float(typical.high))
    if usual and not usual.low <= value <= usual.high:
        usual = range_around(kind, value, usual, float(typical.value))
    return usual and replace(usual, at=value)


def _range(plan: Plan, path: str, experience: Experience, arrivals: dict[str, float]) -> Range | None:
    """The range that experience leaves a lever; None where no typical one is known."""
    firms, value = firms_range(plan, path), float(get(plan, locate(plan, path)))
    if firms is None or not experience.months:
        return firms
    if kind_of_lever(plan, path) is not RATE:
        low, high = (value * exp(experience.width * log(end / value)) for end in (firms.low, firms.high))
        return _typed(path, low, value, high)
    parent_arrivals = arrivals.get(path.removesuffix(".rate"), 0.0) * experience.months
    prior = concentration(value, firms.low, firms.high)
    low, high = _beta_ends(value, prior + parent_arrivals)
    return _typed(path, max(firms.low, low), value, min(firms.high, high))


def _typed(path: str, low: float, value: float, high: float) -> Range:
    """The range in three figures, as one would type it, widened to hold the value."""
    return Range(path, min(float(f"{low:.3g}"), value), max(float(f"{high:.3g}"), value), value)


@lru_cache(maxsize=4096)
def concentration(rate: float, low: float, high: float) -> float:
    """κ: Beta(κ·rate, κ·(1 − rate)) has the distance between P10 and P90 that low and high have, on the logit scale."""
    width = float(link(RATE, high) - link(RATE, low))
    least, most = log(1e-3), log(1e9)
    for _ in range(50):
        middle = (least + most) / 2
        ends = _beta_ends(rate, exp(middle))
        if _logit_width(*ends) > width:
            least = middle
        else:
            most = middle
    return exp((least + most) / 2)


def _logit_width(low: float, high: float) -> float:
    return float(link(RATE, high) - link(RATE, low)) if low > 0.0 and high < 1.0 else inf


def _beta_ends(rate: float, observations: float) -> tuple[float, float]:
    """The 10th and 90th percentile of a Beta distribution with this mean and number of observations."""
    from scipy.special import betaincinv

    a, b = observations * rate, observations * (1.0 - rate)
    return float(betaincinv(a, b, 0.1)), float(betaincinv(a, b, 0.9))


def _arrivals_a_month(plan: Plan) -> dict[str, float]:
    """By stage path what reaches its parent in a month, delays and wear ignored; of sales stages, over all channels."""
    reached: dict[str, float] = {}
    parents: dict[str, float] = {}
    for channel in plan.channels:
        if not channel.active:
            continue
        months = sum(channel.profile) / plan.months if channel.profile else 1.0
        fed = sum(feed.share * reached.get(feed.source, 0.0) for feed in plan.feeds if feed.channel == channel.key)
        tree = merged(channel.stages, plan.sales)
        own = {stage.key for stage in channel.stages}
        arrived: dict[str | None, float] = {None: channel.volume * months + fed}
        waiting = list(tree)
        while waiting:
            stage = next(stage for stage in waiting if stage.of in arrived)
            waiting.remove(stage)
            path = f"{channel.key if stage.key in own else 'sales'}.{stage.key}"
            parents[path] = parents.get(path, 0.0) + arrived[stage.of]
            arrived[stage.key] = arrived[stage.of] * _share(stage, tree)
            reached[f"{channel.key}.{stage.key}"] = arrived[stage.key]
    return parents


def _share(stage: Stage, tree: tuple[Stage, ...]) -> float:
    """The share of the parent's arrivals: of a side outcome, its share of what the main one leaves over."""
    main = next((other.rate for other in tree if other.main and other.of == stage.of), 0.0)
    return stage.rate * (1.0 - main) if stage.exclusive else stage.rate
