"""What a simulation says, small enough to keep: ranges and chances of the key figures, and one figure in detail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from planner.ask.uncertainty.simulation import Series, Simulation, Split, chance_alone, simulate
from planner.engine.batch import Array
from planner.plan import Plan, Target
from planner.plan.metrics import keys_for

__all__ = [
    "BREAK_EVEN", "FEW_DRAWS", "Band", "Chance", "Detail", "Histogram", "Outlook", "detail",
    "outlook",
]  # fmt: skip

FEW_DRAWS = 8192  # draws for what is drawn anew: by month, and chance alone
MOST_BARS = 24
BREAK_EVEN = Target("profit", 0.0)


@dataclass(frozen=True)
class Band:
    """The 10th, 50th and 90th percentile; nan where undefined outcomes reach so far."""

    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Chance:
    """How likely a target is to be reached, within the plan period and including what closes later."""

    target: Target
    in_plan: float
    with_tail: float

    def counted(self, tail: bool) -> float:
        """The one of the two that is asked for."""
        return self.with_tail if tail else self.in_plan


@dataclass(frozen=True)
class Outlook:
    """What all draws say: the 80 % range of each key figure, the chances of targets and of breaking even."""

    plan: Plan
    draws: int
    bands: Mapping[Series, Band]
    chances: tuple[Chance, ...]
    break_even: Chance


@dataclass(frozen=True)
class Histogram:
    """Shares of the draws between neighbouring `edges` (one more than `shares`).

    The first bar holds all that lies below it (`below`: something does), the last all that lies above (`above`).
    """

    edges: tuple[float, ...] = ()
    shares: tuple[float, ...] = ()
    below: bool = False
    above: bool = False


@dataclass(frozen=True)
class Detail:
    """One figure in detail.

    `so_far` has P10, P50 and P90 up to the end of each month, shape (3, months), with `tail` once more for what closes
    later; then come its distribution, its range by chance alone, its median by uncertain inputs alone, and how its
    variance splits.
    """

    metric: str
    so_far: Array
    histogram: Histogram
    chance_alone: Band
    by_rates: float
    split: Split
    tail: bool = False


def outlook(plan: Plan, draws: int, report: Callable[[float], None] = lambda share: None) -> Outlook:
    """All that the page needs of a simulation, read in one run; the numbers drawn are let go.

    `report` is told the share that is done, 0 to 1.
    """
    figures = [Series(metric, tail=tail) for metric in keys_for("outlook") for tail in (False, True)]
    targets = [Series(target.metric, tail=tail) for target in plan.targets for tail in (False, True)]
    simulation = simulate(plan, draws=draws, progress=lambda done, of: report(done / of), keep=(*figures, *targets))
    bands = {series: Band(*simulation.quantiles(series.metric, tail=series.tail).tolist()) for series in figures}
    chances = tuple(_chance(simulation, target) for target in plan.targets)
    return Outlook(plan, draws, bands, chances, _chance(simulation, BREAK_EVEN))


def _chance(simulation: Simulation, target: Target) -> Chance:
    in_plan, with_tail = (simulation.chance(target.metric, target.value, tail=tail) for tail in (False, True))
    return Chance(target, in_plan, with_tail)


def detail(plan: Plan, draws: int, metric: str, *, tail: bool = False) -> Detail:
    """One figure over the months, its distribution and its split; by at most `FEW_DRAWS` draws."""
    simulation = simulate(plan, draws=min(draws, FEW_DRAWS))
    alone = Band(*chance_alone(plan, metric, tail=tail).tolist())
    so_far = simulation.quantiles_so_far(metric)
    if tail:
        so_far = np.column_stack([so_far, simulation.quantiles(metric, tail=True)])
    bars = histogram(simulation.values(metric, tail=tail))
    (by_rates,) = simulate(plan, draws=simulation.draws, counts=False).quantiles(metric, (0.5,), tail=tail).tolist()
    return Detail(metric, so_far, bars, alone, by_rates, simulation.split(metric, tail=tail), tail)


def histogram(values: Array) -> Histogram:
    """The distribution of a figure over the draws: whole bars for whole numbers, undefined draws left out.

    Bars run from the 5th to the 95th percentile, in steps of 1, 2 or 5 times a power of ten.
    """
    defined = values[np.isfinite(values)]
    if not defined.size:
        return Histogram()
    low, high = np.quantile(defined, (0.05, 0.95))
    whole = bool((defined == np.rint(defined)).all())
    step = _round_step((high - low) / MOST_BARS, whole)
    first = np.floor(low / step) * step - (0.5 if whole else 0.0)
    edges = first + step * np.arange(int(np.floor((high - first) / step)) + 2)
    counts, _ = np.histogram(np.clip(defined, edges[0], edges[-1] - step / 2), edges)
    below, above = bool(defined.min() < edges[0]), bool(defined.max() > edges[-1])
    return Histogram(tuple(edges.tolist()), tuple((counts / defined.size).tolist()), below, above)


def _round_step(least: float, whole: bool) -> float:
    """The smallest 1, 2 or 5 times a power of ten that is at least `least`; at least 1 for whole numbers."""
    if whole and least <= 1.0:
        return 1.0
    if least <= 0.0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(least))
    return float(next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= least * (1 - 1e-9)))
