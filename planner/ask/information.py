"""What to measure first: the value of learning a lever before deciding between alternatives.

A wide bar in a tornado is not yet worth a test: learning a lever pays only where some plausible value of it would
change the choice. Knowing everything is worth E max − max E (expected value of perfect information, EVPI); knowing one
lever (EVPPI) the same, once each alternative's result is reduced to what that lever explains of it: its mean in bins of
the lever, over common draws (https://rdrr.io/cran/voi/man/evppi.html tells of this and other regressions).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.ask.uncertainty.draws import COMMON, beliefs, felt, moves_of, normals, slice_of
from planner.engine.batch import Array
from planner.errors import PlanError
from planner.measure.metrics import METRICS, measure
from planner.plan import Plan

__all__ = ["Learning", "Lesson", "value_of_learning", "worth_learning"]

SHUFFLES = 40
BINS = 24


@dataclass(frozen=True)
class Lesson:
    """What knowing a lever before deciding is worth on average, in the metric's unit.

    `floor` is what a lever that explains nothing may seem worth with so many draws: the 95th percentile over shuffled
    draws. Below it, nothing is to be learnt.
    """

    path: str
    label: str
    worth: float
    floor: float

    @property
    def pays(self) -> bool:
        """Whether the worth stands out of the noise."""
        return self.worth > self.floor


@dataclass(frozen=True)
class Learning:
    """`best` is the number of the alternative to choose today, `means` what each brings on average.

    `everything` is what knowing all levers would be worth; no lesson can be worth more.
    """

    best: int
    means: tuple[float, ...]
    everything: float
    lessons: tuple[Lesson, ...]


def worth_learning(
    plan: Plan, alternatives: Sequence[Plan], *, metric: str = "profit", tail: bool = True, draws: int = 8192,
    seed: int = 0,
) -> Learning:  # fmt: skip
    """What is worth learning before choosing between the plan (number 0) and the alternatives (1, 2, …).

    Every plan is drawn with its own ranges; a lever with a range in several plans has the same luck in all of them. The
    chance of counts is left out, as nothing one could measure removes it. Lessons come with the most worth first; none
    where there is nothing to choose. Raises PlanError for a metric that is undefined in a draw: it has no mean.
    """
    plans = (plan, *alternatives)
    believed = [beliefs(each) for each in plans]
    owner = {b.path: (each, b) for each, its in zip(plans, believed, strict=True) for b in its}
    drawn: list[list[Array]] = [[] for _ in owner]
    found: list[list[Array]] = [[] for _ in plans]
    for z in normals([COMMON, *owner], draws, seed, min(map(slice_of, plans))):
        for each, its, results in zip(plans, believed, found, strict=True):
            value = measure(each, metric, moves_of(each, its, z), tail=tail)
            results.append(np.broadcast_to(value, z[COMMON].shape))
        for (each, belief), known in zip(owner.values(), drawn, strict=True):
            known.append(felt(each, belief, z))
    benefits = np.array([np.concatenate(results) for results in found])
    if np.isnan(benefits).any():
        raise PlanError(metric, "is undefined in some draws and has no mean to choose by; choose by profit or deals")
    labels = {path: belief.label for path, (_, belief) in owner.items()}
    inputs = dict(zip(owner, map(np.concatenate, drawn), strict=True))
    return value_of_learning(inputs, benefits, better=METRICS[metric].better, labels=labels, seed=seed)


def value_of_learning(
    inputs: Mapping[str, Array], benefits: Array, *, better: int = 1, labels: Mapping[str, str] | None = None,
    seed: int = 0,
) -> Learning:  # fmt: skip
    """The same from draws made elsewhere: `inputs` by name, shape (draws,); `benefits`, shape (alternatives, draws).

    `better` is +1 where more is better and −1 where less is.
    """
    means = benefits.mean(axis=1)
    best = int(np.argmax(better * means))
    gains = better * (np.delete(benefits, best, axis=0) - benefits[best])  # what choosing otherwise would bring
    everything = float(gains.max(axis=0, initial=0.0).mean())
    draws = np.random.default_rng(seed)
    shuffled = np.stack([gains[:, draws.permutation(gains.shape[1])] for _ in range(SHUFFLES)])
    lessons = []
    for name, x in inputs.items() if len(gains) else ():
        binned = _binned(x)
        floor = float(np.quantile(_worth(shuffled, binned), 0.95))
        lessons.append(Lesson(name, (labels or {}).get(name, name), float(_worth(gains, binned)), floor))
    lessons.sort(key=lambda lesson: -lesson.worth)
    return Learning(best, tuple(means.tolist()), everything, tuple(lessons))


def _binned(x: Array) -> Array:
    """In which half of the draws and which bin of the input each draw lies: ones of shape (draws, 2 · bins).

    Bins hold equally many draws; an input of few values has one for each.
    """
    edges = np.unique(np.quantile(x, np.arange(1, BINS) / BINS, method="inverted_cdf"))
    place = np.searchsorted(edges, x) + (np.arange(len(x)) * 2 // len(x)) * BINS
    return np.asarray(place[:, None] == np.arange(2 * BINS), dtype=float)


def _worth(gains: Array, binned: Array) -> Array:
    """What choosing anew in each bin brings on average: (…, alternatives, draws) to (…).

    Each half of the draws chooses by what the other half shows, so that noise is not taken for knowledge.
    """
    brings = (gains @ binned).reshape(*gains.shape[:-1], 2, BINS)
    brings = np.concatenate([np.zeros_like(brings[..., :1, :, :]), brings], axis=-3)  # today's choice brings no more
    chosen = brings[..., ::-1, :].argmax(axis=-3, keepdims=True)
    total = np.take_along_axis(brings, chosen, axis=-3).sum(axis=(-3, -2, -1))
    return np.asarray(np.maximum(total / gains.shape[-1], 0.0))
