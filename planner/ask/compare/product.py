"""What multiplies: a channel's part of a figure as a product of factors, and the difference of two split by factor.

By the logarithmic mean (LMDI-I; Ang 2005) a factor's bar is L(x₁, x₀) · ln(factor₁ ÷ factor₀), with
L(a, b) = (a − b) ÷ (ln a − ln b). Where one side is 0, the whole difference belongs to the first factor along the path
that is 0 there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from planner.ask.compare.bars import Bar
from planner.ask.compare.side import Part, Side, stage_of
from planner.ask.variance.exposure import StageExposure, lineage
from planner.plan import Channel
from planner.plan.naming import stage_words
from planner.plan.stage_words import StageWords

__all__ = ["Product", "log_mean", "product_of", "split"]

ALONG_A_STAGE = ("timing", "season", "wear", "assist", "rate")  # the factors of a stage in their order


@dataclass(frozen=True)
class Product:
    """A channel's part of a figure, and by key its factors in order along the path.

    No factors: something came of nothing, so the figure is no product.
    """

    figure: float
    factors: dict[str, Part]

    def factor(self, key: str) -> float:
        """The value of a factor; one that is not there is 1."""
        value = self.factors[key].value if key in self.factors else 1.0
        return 1.0 if math.isnan(value) else value

    @property
    def first_zero(self) -> str:
        """The first factor along the path that is 0 and so takes everything away; where none is, the last."""
        return next((key for key, part in self.factors.items() if part.value <= 0), next(reversed(self.factors)))


def split(channel: str, label: str, before: Product, after: Product) -> list[Bar]:
    """The bars of one channel, a factor each; together the difference of its two products."""
    turn = _turn(before, after)
    bars = []
    for key, amount in _amounts(before, after).items():
        part = after.factors.get(key) or before.factors[key]
        if key == "volume" and turn is not None:
            part = replace(part, factor=turn, label=turn)
        values = [side.factors[key].value if key in side.factors else math.nan for side in (before, after)]
        bars.append(Bar(f"{channel}.{key}", f"{label}: {part.label}", channel, part.factor, amount, *values))
    return bars


def _turn(before: Product, after: Product) -> Literal["started", "stopped"] | None:
    """Whether a figure came up from nothing, or went to nothing, because the channel's touches did."""
    if before.figure <= 0 < after.figure and before.first_zero == "volume":
        return "started"
    if after.figure <= 0 < before.figure and after.first_zero == "volume":
        return "stopped"
    return None


def _amounts(before: Product, after: Product) -> dict[str, float]:
    """By factor, by how much it moved the figure."""
    keys = dict.fromkeys((*before.factors, *after.factors))
    empty = next((product for product in (before, after) if product.figure <= 0), None)
    if empty is not None:
        return dict.fromkeys(keys, 0.0) | {empty.first_zero: after.figure - before.figure}
    mean = log_mean(after.figure, before.figure)
    return {key: mean * _log_ratio(after.factor(key), before.factor(key)) for key in keys}


def log_mean(a: float, b: float) -> float:
    """L(a, b) = (a − b) ÷ ln(a ÷ b) of two positive numbers; L(a, a) = a."""
    return a if a == b else (a - b) / _ln(a, b)


def _ln(a: float, b: float) -> float:
    """ln(a ÷ b), exact where both are near and finite where they are far apart."""
    return math.log1p((a - b) / b) if abs(a - b) < 0.5 * b else math.log(a) - math.log(b)


def _log_ratio(a: float, b: float) -> float:
    """ln(a ÷ b); what is mere rounding is 0."""
    return _ln(a, b) if abs(a - b) > 1e-13 * b else 0.0


# -- the factors along the path ---------------------------------------------------------------------------------------


def product_of(side: Side, channel: Channel | None, figure: float, metric: str) -> Product:
    """A channel's part of a metric as touches times, stage by stage, its factors, times what a deal counts for."""
    funnel, last = side.funnel, stage_of(metric)
    if channel is None or (channel.key, last) not in funnel.own:
        return Product(figure, {"volume": Part("volume", "volume", 0.0)})
    factors = {"volume": Part("volume", "volume", float(funnel.own[channel.key, ""].sum()))}
    for stage in lineage(channel, funnel.plan, last):
        exposure = funnel.exposure(channel, stage)
        if exposure.arrivals > 0 and exposure.parents <= 0:
            return Product(figure, {})
        assisted = any(assist.stage == f"{channel.key}.{stage.key}" for assist in funnel.plan.assists)
        parts = _parts(exposure, stage_words(channel, stage), wears=bool(channel.audience), assisted=assisted)
        factors |= {f"{stage.key}.{part.factor}": part for part in parts}
    return Product(figure, factors | {part.factor: part for part in side.worth(channel.key, metric)})


def _parts(exposure: StageExposure, names: StageWords, *, wears: bool, assisted: bool) -> list[Part]:
    """The factors that a stage has, in their order, by the names of its rate and of its arrivals."""
    stage, values, rate = exposure.stage, _stage_factors(exposure), names.rate
    parts = {"rate": Part("rate", rate, values.rate)}
    if stage.delay:
        parts["timing"] = Part("timing", f"timing of {names.many}", values.timing)
    if stage.by_month:  # the cap at 1 belongs to the season where nothing assists
        season = values.season if assisted else values.season * values.assist
        parts["season"] = Part("season", f"{rate}, season", season)
    if stage.tires and wears:
        parts["wear"] = Part("wear", f"{rate}, worn audience", values.wear)
    if assisted:
        parts["assist"] = Part("assist", f"{rate}, help from other channels", values.assist)
    return [parts[factor] for factor in ALONG_A_STAGE if factor in parts]


@dataclass(frozen=True)
class _StageFactors:
    """The factors of a stage, whose product is arrivals ÷ parents; nan behind one that is 0."""

    timing: float
    season: float
    wear: float
    assist: float
    rate: float


def _stage_factors(exposure: StageExposure) -> _StageFactors:
    """The factors of a stage. Where more came than the delay allows, the rate is the plan's, the rest timing."""
    factors = _StageFactors(
        timing=_over(exposure.exposure, exposure.parents),
        season=_over(exposure.seasoned, exposure.exposure),
        wear=_over(exposure.worn, exposure.seasoned),
        assist=_over(exposure.weighted, exposure.worn),
        rate=_over(exposure.arrivals, exposure.weighted),
    )
    delayed = exposure.stage.delay is not None
    if exposure.arrivals <= exposure.weighted * (1 + 1e-9) or (exposure.weighted > 0 and not delayed):
        return factors
    season, wear, assist = (x if x > 0 else 1.0 for x in (factors.season, factors.wear, factors.assist))
    timing_and_rate = exposure.arrivals / exposure.parents / (season * wear * assist)
    if not delayed:
        return replace(factors, season=season, wear=wear, assist=assist, timing=1.0, rate=timing_and_rate)
    rate = exposure.stage.rate or 1.0
    return replace(factors, season=season, wear=wear, assist=assist, timing=timing_and_rate / rate, rate=rate)


def _over(top: float, bottom: float) -> float:
    return top / bottom if bottom > 0 else math.nan
