"""Which of the moves made the difference: a bar for each lever that differs between two plans, exact in sum.

A lever's bar is its Aumann–Shapley value (Aumann and Shapley 1974; integrated gradients are the same integral): what
its own step contributes while all levers go from one plan to the other together, each along a geometric path. For a
product of factors this is the LMDI bar. What is no number on both sides is *structure*, one bar.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.engine import forecast
from planner.engine.batch import Array
from planner.errors import PlanError
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.plan.currency import check_same_currency
from planner.plan.levers import Lever, levers
from planner.plan.paths import get, locate

__all__ = ["LeverBar", "LeverBridge", "bridge_by_lever", "value_of"]

CLOSE = 1e-6  # of the sum of the bars' sizes: how far a stretch's bars may miss its own difference
NODES = (4, 8, 16, 32, 64)
SEGMENTS = 64  # where costs come in steps
HALVINGS = 24  # of one stretch
STRETCHES = 64  # that still miss at one time: kinks are few
STEP = 1e-5  # of the path, for a central difference
NEGLIGIBLE = 1e-12  # of the metric
UNMOVING = ("correlation",)  # levers that no expected figure depends on


@dataclass(frozen=True)
class LeverBar:
    """By how much one lever moved the figure; `before` and `after` are the lever's own values."""

    path: str
    label: str
    before: float
    after: float
    amount: float


@dataclass(frozen=True)
class LeverBridge:
    """A figure before and after, the bars of the levers, largest first, and that of `structure`.

    Bars and structure sum to the difference. Where the figure is undefined on the way, or cannot be split, only the two
    ends are known: `bars` is empty and `split` False.
    """

    metric: str
    before: float
    after: float
    bars: tuple[LeverBar, ...]
    structure: float
    split: bool


@dataclass(frozen=True)
class _Path:
    """The way of all common levers from one plan to the other."""

    start: Array
    end: Array

    @property
    def geometric(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which levers go by equal ratios: those that keep their sign; others go by equal steps. Shape (levers,)."""
        return self.start * self.end > 0

    def at(self, place: Array) -> Array:
        """Values of the levers, (levers, …), each at its own `place` (levers, …) between 0 and 1."""
        start, end = (side.reshape(-1, *(1,) * (place.ndim - 1)) for side in (self.start, self.end))
        geometric = self.geometric.reshape(start.shape)
        ratio = np.divide(end, start, out=np.ones_like(start), where=geometric)
        return np.where(geometric, start * ratio**place, start + (end - start) * place)


Figure = Callable[[Array], Array]  # places (levers, …) to the metric (…)


def bridge_by_lever(before: Plan, after: Plan, metric: str = "won", *, tail: bool = False) -> LeverBridge:
    """The difference of a metric between two plans, split over the levers that differ.

    Levers that stand in one plan only, and all that is no number (channels, stages, start, months, country, delays
    given or taken, when a cost begins and ends), are structure: the mean of changing it before and after the levers, so
    that swapping the plans flips every sign. Raises PlanError for an unknown metric, and for money
    in different currencies.

    >>> from planner import pull, starter
    >>> plan = starter("email")
    >>> bridge = bridge_by_lever(plan, pull(plan, "email.replied.rate", 0.008))
    >>> [bar.path for bar in bridge.bars]
    ['email.replied.rate']
    """
    if metric not in METRICS:
        raise PlanError(metric, f"is no metric; the metrics are {', '.join(METRICS)}")
    check_same_currency(before, after, metric)
    ends = [float(read(forecast(plan), metric, tail=tail)) for plan in (before, after)]
    moved = _moved(before, after)
    path = _Path(
        np.array([value_of(before, lever.path) for lever in moved]),
        np.array([value_of(after, lever.path) for lever in moved]),
    )
    undivided = LeverBridge(metric, ends[0], ends[1], (), math.nan, split=False)
    if METRICS[metric].unit == "month" or not all(map(math.isfinite, ends)):
        return undivided
    paths = [lever.path for lever in moved]
    old, new = (_figure(plan, paths, path, metric, tail) for plan in (before, after))
    steps = any(getattr(cost, "step", None) for plan in (before, after) for cost in plan.costs)
    amounts = [_amounts(figure, len(moved), steps) for figure in (old, new)]
    if any(amount is None for amount in amounts):
        return undivided
    bars = np.mean([amount for amount in amounts if amount is not None], axis=0)
    structure = ends[1] - ends[0] - float(bars.sum())
    if abs(structure) < NEGLIGIBLE * max(map(abs, ends)):
        structure = 0.0
    listed = [
        LeverBar(lever.path, lever.label, float(start), float(end), float(amount))
        for lever, start, end, amount in zip(moved, path.start, path.end, bars, strict=True)
    ]
    return LeverBridge(
        metric, ends[0], ends[1], tuple(sorted(listed, key=lambda bar: -abs(bar.amount))), structure, split=True
    )  # fmt: skip


def _moved(before: Plan, after: Plan) -> list[Lever]:
    """The levers that both plans have, at different values. A month without a multiplier counts as 1."""
    there = [{lever.path: lever for lever in levers(plan)} for plan in (before, after)]
    common = [lever for path, lever in {**there[0], **there[1]}.items() if _stands(before, path, after)]
    return [
        lever
        for lever in common
        if lever.path not in UNMOVING and value_of(before, lever.path) != value_of(after, lever.path)
    ]


def _stands(before: Plan, path: str, after: Plan) -> bool:
    """Whether both plans have the number at a path."""
    for plan in (before, after):
        try:
            value_of(plan, path)
        except PlanError:
            return False
    return True


def value_of(plan: Plan, path: str) -> float:
    """The number of the plan at a path; PlanError where it has none."""
    return float(get(plan, locate(plan, path)))


def _figure(plan: Plan, paths: Sequence[str], path: _Path, metric: str, tail: bool) -> Figure:
    """The metric of the plan's structure with its levers at places along the path."""

    def figure(places: Array) -> Array:
        values = path.at(places)
        moves: Mapping[str, Array] = dict(zip(paths, values, strict=True))
        return np.asarray(np.broadcast_to(read(forecast(plan, moves), metric, tail=tail), places.shape[1:]))

    return figure


def _amounts(figure: Figure, count: int, steps: bool) -> Array | None:
    """Each lever's bar in one structure, (levers,); None where the metric is undefined on the way."""
    if not count:
        return np.zeros(0)
    first, last = figure(np.stack([np.zeros(count), np.ones(count)], axis=1))
    if not (math.isfinite(first) and math.isfinite(last)):
        return None
    amounts = _by_segments(figure, count) if steps else _by_stretches(figure, count)
    if amounts is None or not np.isfinite(amounts).all():
        return None
    sizes = np.abs(amounts)
    if sizes.sum() < NEGLIGIBLE * max(abs(first), abs(last), 1e-300):
        return np.zeros(count)
    rest = last - first - amounts.sum()
    return np.asarray(amounts + rest * sizes / sizes.sum())


def _by_stretches(figure: Figure, count: int) -> Array | None:
    """The integral by Gauss–Legendre nodes, doubled until the bars sum to the difference; across kinks, by halves."""
    whole, before = np.array([[0.0, 1.0]]), math.inf
    for nodes in NODES:
        amounts, missing = _integrals(figure, count, whole, nodes)
        size = float(np.abs(amounts).sum())
        if not np.isfinite(amounts).all():
            return None
        if missing[0] <= CLOSE * size:
            return np.asarray(amounts[:, 0])
        if missing[0] > before / 10:  # a smooth figure gains many digits with twice the nodes; a kink does not
            break
        before = float(missing[0])
    return _halved(figure, count, CLOSE * size)


def _halved(figure: Figure, count: int, tolerance: float) -> Array | None:
    """The bars where the path has kinks: only the halves that still miss their own difference are halved again."""
    total = np.zeros(count)
    stretches = np.array([[0.0, 0.5], [0.5, 1.0]])
    for halving in range(HALVINGS):
        amounts, missing = _integrals(figure, count, stretches, NODES[1])
        if not np.isfinite(amounts).all():
            return None
        open_ones = missing > tolerance / STRETCHES
        if halving == HALVINGS - 1 or open_ones.sum() > STRETCHES:
            open_ones[:] = False
        total += amounts[:, ~open_ones].sum(axis=1)
        if not open_ones.any():
            break
        starts, ends = stretches[open_ones].T
        middles = (starts + ends) / 2
        stretches = np.concatenate([np.stack([starts, middles], axis=1), np.stack([middles, ends], axis=1)])
    return total


def _integrals(figure: Figure, count: int, stretches: Array, nodes: int) -> tuple[Array, Array]:
    """∫ of each lever's partial derivative over stretches of the path, (levers, stretches), and what the sums miss.

    Central differences at Gauss–Legendre nodes, all in one batch.
    """
    roots, weights = np.polynomial.legendre.leggauss(nodes)
    lengths = stretches[:, 1] - stretches[:, 0]
    places = stretches[:, :1] + lengths[:, None] * (roots + 1) / 2
    step = STEP * lengths[:, None]
    grid = np.tile(places, (count, count, 2, 1, 1))  # lever, moved lever, side, stretch, node
    for lever in range(count):
        grid[lever, lever, 0] -= step
        grid[lever, lever, 1] += step
    values = figure(grid)
    slopes = (values[:, 1] - values[:, 0]) / (2 * step)
    amounts = (slopes @ weights) * lengths / 2
    ends = figure(np.broadcast_to(stretches, (count, *stretches.shape)))
    return np.asarray(amounts), np.asarray(np.abs(amounts.sum(axis=0) - (ends[:, 1] - ends[:, 0])))


def _by_segments(figure: Figure, count: int) -> Array | None:
    """Equal segments; on each a lever's bar is the mean of moving it before all others and after them."""
    places = np.linspace(0.0, 1.0, SEGMENTS + 1)
    low, high = (np.tile(side, (count, count + 1, 1)) for side in (places[:-1], places[1:]))
    first, last = low.copy(), high.copy()  # moved lever `count` stands for none
    for lever in range(count):
        first[lever, lever] = places[1:]
        last[lever, lever] = places[:-1]
    before, after = figure(first), figure(last)
    moved_first = before[:-1] - before[-1]
    moved_last = after[-1] - after[:-1]
    return np.asarray((moved_first + moved_last).sum(axis=1) / 2)
