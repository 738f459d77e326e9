"""Uncertain inputs: the levers that carry a range, and the draws of them.

A lever with a range follows a two-piece normal (split normal) on its link scale, so that its low, value and high are
the 10th, 50th and 90th percentile (Wallis, "The two-piece normal, binormal, or double Gaussian distribution",
Statistical Science 2014). Rates on main paths may share a common factor: a one-factor Gaussian copula.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import sqrt
from typing import Any

import numpy as np

from planner.engine.batch import Array
from planner.engine.layout import network
from planner.errors import PlanError
from planner.plan import Plan, merged
from planner.plan.kinds import Kind
from planner.plan.levers import number_of_lever, ranges_in_force
from planner.plan.scales import Z90, link, unlink

__all__ = [
    "COMMON", "UncertainInput", "correlated_normal", "moves_of", "normalised_shares", "one_at_a_time", "slice_size",
    "sobol_normals", "uncertain_inputs",
]  # fmt: skip

COMMON = "correlation"  # names the factor that all rates on main paths share
SLICE_NUMBERS = 2**25  # numbers a slice of draws may hold at once
KEPT_NUMBERS = 2**20  # normals of so many numbers are kept for the next question
CHUNK = 1024  # points made at once, a power of two: few enough to stay in the processor's cache
HALF_STEP = 2.0**-31  # half the distance of two Sobol numbers, which are multiples of 2⁻³⁰: keeps 0 out


@dataclass(frozen=True)
class UncertainInput:
    """A lever with its 10th, 50th and 90th percentile; `correlated`: follows the common factor."""

    path: str
    kind: Kind
    low: float
    value: float
    high: float
    correlated: bool

    @cached_property
    def _slopes(self) -> tuple[float, float, float]:
        """On the link scale: the median, and the standard deviations below and above it."""
        low, middle, high = (float(link(self.kind, x)) for x in (self.low, self.value, self.high))
        return middle, (middle - low) / Z90, (high - middle) / Z90

    def at(self, z: Any) -> Array:
        """The lever where its standard normal is `z`, elementwise; what would pass a bound stands at the bound."""
        middle, below, above = self._slopes
        linked = np.asarray(np.multiply(z, above))
        if below != above:  # the steeper piece is the one farther from the median
            steeper = np.maximum if above > below else np.minimum
            steeper(linked, np.multiply(z, below), out=linked)
        linked += middle
        least = np.nextafter(self.kind.low, self.kind.high) if self.kind.above else self.kind.low
        return np.asarray(np.clip(unlink(self.kind, linked), least, self.kind.high))


def uncertain_inputs(plan: Plan, levers: Sequence[str] | None = None) -> tuple[UncertainInput, ...]:
    """The levers of active channels that carry a range, in the order of the ranges; `levers` keeps only those named.

    Raises PlanError for a named lever without a range.
    """
    in_force = ranges_in_force(plan)
    ranged = {band.path for band in in_force}
    for path in levers or ():
        if path not in ranged:
            raise PlanError(path, "carries no range; give it a low and a high first")
    switched_off = {channel.key for channel in plan.channels if not channel.active}
    chosen = ranged.intersection(ranged if levers is None else levers)
    main_rates = _main_rates(plan)
    inputs = []
    for band in in_force:
        if band.path in chosen and band.path.partition(".")[0] not in switched_off:
            lever = number_of_lever(plan, band.path)
            correlated = band.path in main_rates
            inputs.append(UncertainInput(band.path, lever.kind, band.low, lever.value, band.high, correlated))
    return tuple(inputs)


def _main_rates(plan: Plan) -> set[str]:
    trees = [*((channel.key, channel.stages) for channel in plan.channels), ("sales", plan.sales)]
    return {f"{key}.{stage.key}.rate" for key, stages in trees for stage in stages if stage.main}


def slice_size(plan: Plan) -> int:
    """How many draws are forecast at once: a power of two that depends on the size of the plan alone."""
    fit = SLICE_NUMBERS // max(len(network(plan).rows) * (plan.months + 1), 1)
    return 1 << min(max(fit.bit_length() - 1, 8), 14)


def sobol_normals(names: Sequence[str], draws: int, seed: int, size: int) -> Iterator[dict[str, Array]]:
    """Independent standard normals by name, slice by slice of at most `size` (a power of two) draws; not to be changed.

    Scrambled Sobol points through the normal quantile: the next power of two of them, cut to `draws`. They depend on
    the seed and the number of names alone, so those of the last few questions stay at hand while a plan is changed.
    """
    dimensions = max(len(names), 1)
    if draws <= size and draws * dimensions <= KEPT_NUMBERS:
        yield dict(zip(names, _few_normals(dimensions, draws, seed), strict=False))
        return
    for normals in _normals(dimensions, draws, seed, size):
        yield dict(zip(names, normals, strict=False))


@lru_cache(maxsize=4)  # 8 MB each at most
def _few_normals(dimensions: int, draws: int, seed: int) -> Array:
    """The normals of one slice, (dimensions, draws)."""
    normals = next(_normals(dimensions, draws, seed, 1 << (draws - 1).bit_length()))
    normals.setflags(write=False)
    return normals


def _normals(dimensions: int, draws: int, seed: int, size: int) -> Iterator[Array]:
    """Slices of normals, (dimensions, up to `size`) each."""
    from scipy.special import ndtri
    from scipy.stats import qmc

    sobol = qmc.Sobol(dimensions, scramble=True, seed=np.random.default_rng(seed))
    size = min(size, 1 << (draws - 1).bit_length())
    for start in range(0, draws, size):
        normals = np.empty((dimensions, min(size, draws - start)))
        for first in range(0, normals.shape[1], CHUNK):
            chunk = normals[:, first : first + CHUNK]
            points = sobol.random(min(size, CHUNK))[: chunk.shape[1]]
            ndtri(np.add(points.T, HALF_STEP, out=chunk), out=chunk)
        yield normals


def correlated_normal(plan: Plan, uncertain: UncertainInput, z: Mapping[str, Array]) -> Array:
    """The standard normal of one input, made of the independent ones `z`.

    In a one-factor Gaussian copula with correlation ρ it is √ρ · the common factor + √(1 − ρ) · its own.
    """
    if not (uncertain.correlated and plan.correlation):
        return z[uncertain.path]
    own = sqrt(1.0 - plan.correlation) * z[uncertain.path]
    own += sqrt(plan.correlation) * z[COMMON]
    return np.asarray(own)


def moves_of(plan: Plan, inputs: Sequence[UncertainInput], z: Mapping[str, Array]) -> dict[str, Array]:
    """Moves of the plan's levers, by path, where the independent standard normals are `z`."""
    return normalised_shares(plan, {each.path: each.at(correlated_normal(plan, each, z)) for each in inputs})


def one_at_a_time(plan: Plan, inputs: Sequence[UncertainInput]) -> dict[str, Array]:
    """Moves of shape (inputs, 2): input i at its low and its high in row i, all others at the plan's value."""
    moves = {each.path: np.full((len(inputs), 2), each.value) for each in inputs}
    for i, each in enumerate(inputs):
        moves[each.path][i] = each.low, each.high
    return normalised_shares(plan, moves)


def normalised_shares(plan: Plan, moves: Mapping[str, Array]) -> dict[str, Array]:
    """The moves, with exclusive shares of one parent that add up to more than 1 divided by their sum.

    Siblings are those of a channel's tree together with the sales stages behind it. A sales stage is a sibling in
    several channels and takes the largest of their sums, so that none exceeds 1.
    """
    normalised = dict(moves)
    for rates in _exclusive_siblings(plan):
        if moves.keys().isdisjoint(rates):
            continue
        shares = {path: normalised.get(path, rate) for path, rate in rates.items()}
        total = sum(shares.values())
        if np.any(total > 1.0):
            normalised.update({path: share / np.maximum(total, 1.0) for path, share in shares.items()})
    return normalised


def _exclusive_siblings(plan: Plan) -> Iterator[dict[str, float]]:
    """The rates, by path, of exclusive stages of one parent: in each channel's merged tree, and in `sales` alone."""
    trees = [(channel.key, channel.stages, merged(channel.stages, plan.sales)) for channel in plan.channels]
    for key, own, stages in (*trees, ("sales", plan.sales, plan.sales)):
        own_keys = {stage.key for stage in own}
        families: dict[str | None, dict[str, float]] = {}
        for stage in stages:
            if stage.exclusive:
                path = f"{key if stage.key in own_keys else 'sales'}.{stage.key}.rate"
                families.setdefault(stage.of, {})[path] = stage.rate
        yield from families.values()
