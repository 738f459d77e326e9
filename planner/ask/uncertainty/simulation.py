"""How sure? `simulate` draws a plan's ranges and the luck of its counts; and the ranges and variants that go with it.

Undefined results (a CAC without a deal) are nan in the draws and count as the worst that can happen in every quantile
and chance. Quantiles go by size: the tenth percentile of a cost is a cheap outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from planner.ask.uncertainty.draws import (
    COMMON,
    Belief,
    Counted,
    beliefs,
    fitted,
    moves_of,
    normals,
    one_at_a_time,
    slice_of,
)
from planner.engine import Forecast
from planner.engine.batch import Array, Flows
from planner.errors import PlanError
from planner.measure.metrics import METRICS, measure, read
from planner.plan import Plan, Range
from planner.plan.levers import kind_of_lever, pull, range_around
from planner.plan.metrics import keys_for
from planner.plan.paths import get, locate
from planner.plan.scales import Z90, link, unlink
from planner.plan.starter import typical_of

__all__ = [
    "Series", "Simulation", "Split", "ambitious", "cautious", "key_figures", "luck", "simulate", "typical_range",
    "with_typical_ranges",
]  # fmt: skip

MOST_DRAWS = 1_000_000
FAN_DRAWS = 2**16  # by month, the first draws are enough: any first power of two of Sobol points covers the whole
KEPT = 2**25  # numbers of results kept; older series are worked out again when asked for
USUAL = np.log(1.3)  # half-width, on the link scale, of the range of a lever of which nothing is known

Progress = Callable[[int, int], None]


class Series(NamedTuple):
    """One thing to read off each draw; the arguments of `metrics.read`."""

    metric: str
    channel: str | None = None
    tail: bool = False
    by_month: bool = False


def key_figures() -> tuple[Series, ...]:
    """What a simulation reads where nothing else is asked for."""
    return tuple(map(Series, keys_for("simulated")))


class Split(NamedTuple):
    """Shares of a result's variance, together 1: not knowing the levers, and the luck of whole deals."""

    ignorance: float
    chance: float


@dataclass(frozen=True)
class Simulation:
    """Draws of a plan. Nothing is read off them before it is asked for; many series at once are one run: `keep`."""

    plan: Plan
    draws: int
    seed: int
    counts: bool
    believed: tuple[Belief, ...]
    progress: Progress | None = field(default=None, compare=False, repr=False)
    _kept: dict[Series, Array] = field(default_factory=dict, compare=False, repr=False)
    _made: list[Forecast] = field(default_factory=list, compare=False, repr=False)

    def values(self, metric: str, *, channel: str | None = None, tail: bool = False, by_month: bool = False) -> Array:
        """A metric in every draw, shape (draws,); by month (draws, months), of the first 65 536 draws at most."""
        series = Series(metric, channel, tail, by_month)
        self.keep(series)
        return self._kept[series]

    def quantiles(
        self, metric: str, q: Sequence[float] = (0.1, 0.5, 0.9), *,
        channel: str | None = None, tail: bool = False, by_month: bool = False,
    ) -> Array:  # fmt: skip
        """Quantiles of a metric, shape (len(q),) or (len(q), months); nan where undefined draws reach so far."""
        values = self.values(metric, channel=channel, tail=tail, by_month=by_month)
        undefined = np.isnan(values)
        if not undefined.any():
            return np.asarray(np.quantile(values, q, axis=0))
        worst = np.where(undefined, -np.inf * METRICS[metric].better, values)
        found = np.quantile(worst, q, axis=0, method="inverted_cdf")
        return np.where(np.isinf(found), np.nan, found)

    def mean(self, metric: str, *, channel: str | None = None, tail: bool = False) -> float:
        """The mean of a metric over the draws in which it is defined; nan where there are none."""
        values = self.values(metric, channel=channel, tail=tail)
        defined = values[~np.isnan(values)]
        return float(defined.mean()) if defined.size else float("nan")

    def chance(self, metric: str, target: float, *, channel: str | None = None, tail: bool = False) -> float:
        """The share of draws that reach the target: at least so many deals, at most such a CAC.

        `chance("profit", 0)` is the chance of breaking even within the plan.
        """
        values = self.values(metric, channel=channel, tail=tail)
        return float(np.mean(values >= target if METRICS[metric].better > 0 else values <= target))

    def split(self, metric: str, *, channel: str | None = None, tail: bool = False) -> Split:
        """How much of a metric's variance is ignorance and how much is chance; nan where it does not vary."""
        drawn = self.values(metric, channel=channel, tail=tail)
        expected = self._expected().values(metric, channel=channel, tail=tail)
        defined = ~np.isnan(drawn + expected)
        ignorance = float(np.var(expected[defined])) if defined.any() else 0.0
        chance = float(np.mean((drawn - expected)[defined] ** 2)) if defined.any() else 0.0
        whole = ignorance + chance
        return Split(ignorance / whole, chance / whole) if whole else Split(np.nan, np.nan)

    def keep(self, *wanted: Series) -> None:
        """Read several series in one run; what has been read stays at hand."""
        missing = [series for series in dict.fromkeys(wanted) if series not in self._kept]
        if not missing:
            return
        rows = {s: np.empty((self._length(s), *((self.plan.months,) if s.by_month else ()))) for s in missing}
        done, length = 0, max(map(self._length, missing))
        for made in self._slices(length):
            here = made.shape[0]
            for series, row in rows.items():
                if done < len(row):
                    row[done : done + here] = read(made, **series._asdict())
            done += here
            if self.progress:
                self.progress(done, length)
        self._kept.update(rows)
        while sum(row.size for row in self._kept.values()) > KEPT and next(iter(self._kept)) not in rows:
            del self._kept[next(iter(self._kept))]

    def _length(self, series: Series) -> int:
        return min(self.draws, FAN_DRAWS) if series.by_month else self.draws

    def _expected(self) -> Simulation:
        """The same draws without the luck of counts."""
        return replace(self, counts=False, progress=None, _kept={}, _made=[]) if self.counts else self

    def _slices(self, draws: int) -> Iterator[Forecast]:
        if self._made:
            yield from self._made
            return
        names = [COMMON, *(b.path for b in self.believed)]
        for i, z in enumerate(normals(names, draws, self.seed, slice_of(self.plan))):
            flat = np.full(z[COMMON].shape, self.plan.deal.value)  # a batch even where nothing has a range
            flows = Flows(self.plan, {"deal.value": flat, **moves_of(self.plan, self.believed, z)})
            made = Counted(flows, (self.seed, i)) if self.counts else Forecast(flows)
            if len(flat) == self.draws:
                self._made.append(made)
            yield made


def simulate(
    plan: Plan, *, draws: int = 2000, seed: int = 0, counts: bool = True,
    progress: Progress | None = None, levers: Sequence[str] | None = None, keep: Sequence[Series] = (),
) -> Simulation:  # fmt: skip
    """Draws of the plan: its ranges, and with `counts` the luck of whole appointments and deals.

    The same plan and seed (a whole number from 0) give the same draws. Many draws are made in slices, so that memory
    stays bounded: the key figures (or the series of `keep`) at once, others when asked for, with `progress(done, of)`
    being told. `levers` lets only these ranges vary. Raises PlanError for a number of draws outside 1 to a million.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise PlanError("draws", f"is {draws}; it lies between 1 and {MOST_DRAWS}")
    made = Simulation(plan, draws, seed, counts, beliefs(plan, levers), progress)
    if keep or draws > slice_of(plan):
        made.keep(*(keep or key_figures()))
    return made


def luck(
    plan: Plan, metric: str, q: Sequence[float] = (0.1, 0.5, 0.9), *, channel: str | None = None, tail: bool = False,
    draws: int = 8192, seed: int = 0,
) -> Array:  # fmt: skip
    """Quantiles of a metric if every rate were exactly as planned and only chance were left, shape (len(q),)."""
    return simulate(plan, draws=draws, seed=seed, levers=()).quantiles(metric, q, channel=channel, tail=tail)


def typical_range(plan: Plan, path: str) -> Range | None:
    """The 10th and 90th percentile to suggest for a lever; None where it cannot have a range.

    The typical one of its channel's kind, carried to the lever's value where that lies outside; where nothing is known,
    30 % either way (for rates and shares: of the odds).
    """
    value, kind, known = float(get(plan, locate(plan, path))), kind_of_lever(plan, path), typical_of(plan, path)
    if not kind.link or not kind.low < value or (kind.link == "logit" and value >= kind.high):
        return None
    if known and kind.low < known.low < known.high < kind.high:
        usual = Range(path, float(known.low), float(known.high))
        return usual if usual.low <= value <= usual.high else range_around(kind, value, usual, float(known.value))
    at = link(kind, value)
    low, high = float(unlink(kind, at - USUAL)), min(float(unlink(kind, at + USUAL)), kind.high)
    return Range(path, low, high) if low < value <= high else None


def with_typical_ranges(plan: Plan) -> Plan:
    """The plan with a typical range on what the world decides, where it has none yet.

    That is: every rate on the way to a deal and how long a deal takes, and the deal's value and margin. Volumes and
    prices the team sets itself stay as they are.
    """
    mains = [(c.key, s) for c in plan.channels if c.active for s in c.stages if s.main]
    mains += [("sales", s) for s in plan.sales if s.main]
    rates = [f"{key}.{s.key}.rate" for key, s in mains]
    slow = [f"sales.{s.key}.delay.median_days" for s in plan.sales if s.main and s.delay]
    bare = [p for p in (*rates, *slow, "deal.value", "deal.gross_margin") if p not in {r.path for r in plan.ranges}]
    found = [typical_range(plan, path) for path in bare]
    return replace(plan, ranges=(*plan.ranges, *(held for held in found if held)))


def cautious(plan: Plan, *, metric: str = "profit", tail: bool = False) -> Plan:
    """The plan if things go badly: every lever with a range a step to its worse side, all by the same step.

    The step is such that the metric comes to its 10th percentile (lower is worse), as simulated without the luck of
    counts: a bad year as a whole, not the sum of all bad ends. A plan without ranges is returned as it is.
    """
    return _variant(plan, metric, tail, -1, "cautious")


def ambitious(plan: Plan, *, metric: str = "profit", tail: bool = False) -> Plan:
    """The plan if things go well: as `cautious`, but to the better side and the 90th percentile."""
    return _variant(plan, metric, tail, 1, "ambitious")


def _variant(plan: Plan, metric: str, tail: bool, side: int, name: str) -> Plan:
    """The plan moved to where the metric is at its 10th (`side` −1: worse) or 90th percentile (+1: better)."""
    believed = beliefs(plan)
    if not believed:
        return plan
    upwards = side * METRICS[metric].better
    q = simulate(plan, draws=8192, counts=False).quantiles(metric, (0.5 + 0.4 * upwards,), tail=tail)[0]
    low, high = upwards * measure(plan, metric, one_at_a_time(plan, believed), tail=tail).T
    ways = np.sign(np.nan_to_num(high - low))

    def moved(steps: Array) -> dict[str, Array]:
        return fitted(plan, {b.path: b.at(way * steps) for b, way in zip(believed, ways, strict=True)})

    step = 0.0
    for width in (Z90, Z90 / 64, Z90 / 64**2):  # the last of 65 steps that falls short, then finer from there
        steps = np.minimum(step + width * np.linspace(0.0, 1.0, 65), Z90)
        short = np.flatnonzero(upwards * (measure(plan, metric, moved(steps), tail=tail) - q) < 0)
        step = float(steps[short[-1]]) if short.size else step
    to = {path: float(at[0]) for path, at in moved(np.array([step])).items()}
    for path in sorted(to, key=lambda path: to[path] - get(plan, locate(plan, path))):  # shares that fall first
        plan = pull(plan, path, to[path])
    return replace(plan, name=f"{plan.name[:60]}, {name}")
