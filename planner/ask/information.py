"""The value of information: what measuring a lever is worth before deciding between alternatives.

A wide bar in a tornado is not yet worth a test: knowing a lever pays only where some plausible value of it would change
the choice. Knowing everything is worth E max − max E (expected value of perfect information, EVPI); knowing one lever
(expected value of partial perfect information, EVPPI) the same, once each alternative's result is reduced to what that
lever explains of it: its mean in bins of the lever, over common draws (Strong, Oakley and Brennan, "Estimating
multiparameter partial expected value of perfect information", Medical Decision Making 2014, has this and other
regressions).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.ask.uncertainty.inputs import (
    COMMON,
    UncertainInput,
    correlated_normal,
    moves_of,
    slice_size,
    sobol_normals,
    uncertain_inputs,
)
from planner.engine.batch import Array
from planner.errors import PlanError
from planner.measure.metrics import METRICS, measure
from planner.plan import Plan

__all__ = ["InformationValue", "InputValue", "value_from_draws", "value_of_information"]

SHUFFLES = 40
BINS = 24


@dataclass(frozen=True)
class InputValue:
    """What knowing one input before deciding is worth on average (EVPPI), in the metric's unit.

    `noise_floor` is what an input that explains nothing may seem worth with so many draws: the
    95th percentile over shuffled draws.
    """

    path: str
    value: float
    noise_floor: float

    @property
    def pays(self) -> bool:
        """Whether the value stands out of the noise."""
        return self.value > self.noise_floor


@dataclass(frozen=True)
class InformationValue:
    """`best` is the number of the alternative to choose today, `means` what each brings on average.

    `perfect` is what knowing all inputs would be worth (EVPI); no single input can be worth more.
    """

    best: int
    means: tuple[float, ...]
    perfect: float
    inputs: tuple[InputValue, ...]


def value_of_information(
    plan: Plan, alternatives: Sequence[Plan], *, metric: str = "profit", tail: bool = True, draws: int = 8192,
    seed: int = 0,
) -> InformationValue:  # fmt: skip
    """What is worth knowing before choosing between the plan (number 0) and the alternatives (1, 2, …).

    Every plan is drawn with its own ranges; a lever with a range in several plans has the same draw in all of them. The
    chance of whole deals is left out, as nothing one could measure removes it. The most valuable inputs come first;
    none where there is nothing to choose. Raises PlanError for a metric that is undefined in a draw: it has no mean.

    >>> from planner import pull, starter, value_of_information
    >>> plan = starter("email")
    >>> value = value_of_information(plan, [pull(plan, "email.volume", 16_000.0)], draws=256)
    >>> all(each.value <= value.perfect for each in value.inputs)
    True
    """
    plans = (plan, *alternatives)
    inputs = [uncertain_inputs(each) for each in plans]
    owners: dict[str, tuple[Plan, UncertainInput]] = {}
    for each, uncertain in zip(plans, inputs, strict=True):
        owners.update({item.path: (each, item) for item in uncertain})
    normals: dict[str, list[Array]] = {path: [] for path in owners}
    results: list[list[Array]] = [[] for _ in plans]
    for z in sobol_normals([COMMON, *owners], draws, seed, min(map(slice_size, plans))):
        for each, uncertain, rows in zip(plans, inputs, results, strict=True):
            drawn = measure(each, metric, moves_of(each, uncertain, z), tail=tail)
            rows.append(np.broadcast_to(drawn, z[COMMON].shape))
        for path, (owner, item) in owners.items():
            normals[path].append(correlated_normal(owner, item, z))
    benefits = np.array([np.concatenate(rows) for rows in results])
    if np.isnan(benefits).any():
        raise PlanError(metric, "is undefined in some draws and has no mean to choose by; choose by profit or deals")
    values = {path: np.concatenate(rows) for path, rows in normals.items()}
    return value_from_draws(values, benefits, better=METRICS[metric].better, seed=seed)


def value_from_draws(
    inputs: Mapping[str, Array], benefits: Array, *, better: int = 1, seed: int = 0
) -> InformationValue:
    """The same from draws made elsewhere: `inputs` by name, shape (draws,); `benefits`, shape (alternatives, draws).

    `better` is +1 where more is better and −1 where less is.
    """
    means = benefits.mean(axis=1)
    best = int(np.argmax(better * means))
    gains = better * (np.delete(benefits, best, axis=0) - benefits[best])  # what choosing otherwise would bring
    perfect = float(gains.max(axis=0, initial=0.0).mean())
    random = np.random.default_rng(seed)
    shuffled = np.stack([gains[:, random.permutation(gains.shape[1])] for _ in range(SHUFFLES)])
    values = []
    for name, drawn in inputs.items() if len(gains) else ():
        bins = _bins(drawn)
        floor = float(np.quantile(_partial_value(shuffled, bins), 0.95))
        values.append(InputValue(name, float(_partial_value(gains, bins)), floor))
    values.sort(key=lambda each: -each.value)
    return InformationValue(best, tuple(means.tolist()), perfect, tuple(values))


def _bins(drawn: Array) -> Array:
    """In which half of the draws and which bin of the input each draw lies: ones of shape (draws, 2 · bins).

    Bins hold equally many draws; an input of few values has one for each.
    """
    edges = np.unique(np.quantile(drawn, np.arange(1, BINS) / BINS, method="inverted_cdf"))
    half = np.arange(len(drawn)) * 2 // len(drawn)
    place = np.searchsorted(edges, drawn) + half * BINS
    return np.asarray(place[:, None] == np.arange(2 * BINS), dtype=float)


def _partial_value(gains: Array, bins: Array) -> Array:
    """What choosing anew in each bin brings on average: (…, alternatives, draws) to (…).

    Each half of the draws chooses by what the other half shows, so that noise is not taken for knowledge.
    """
    sums = (gains @ bins).reshape(*gains.shape[:-1], 2, BINS)
    sums = np.concatenate([np.zeros_like(sums[..., :1, :, :]), sums], axis=-3)  # today's choice brings no more
    choice = sums[..., ::-1, :].argmax(axis=-3, keepdims=True)
    total = np.take_along_axis(sums, choice, axis=-3).sum(axis=(-3, -2, -1))
    return np.asarray(np.maximum(total / gains.shape[-1], 0.0))
