"""`simulate`: draws of a plan's uncertain inputs, and of the whole appointments and deals that chance makes of them.

Undefined results (a CAC without a deal) are nan in the draws and count as the worst that can happen in every quantile
and chance. Quantiles go by size: the tenth percentile of a cost is a cheap outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from planner.ask.uncertainty.chance import WholeCounts
from planner.ask.uncertainty.inputs import (
    COMMON,
    UncertainInput,
    moves_of,
    slice_size,
    sobol_normals,
    uncertain_inputs,
)
from planner.engine import Forecast
from planner.engine.batch import Array, Flows
from planner.errors import PlanError
from planner.measure.metrics import METRICS, read, so_far
from planner.plan import Plan
from planner.plan.metrics import keys_for

__all__ = ["Progress", "Series", "Simulation", "Split", "chance_alone", "key_figures", "simulate"]

MOST_DRAWS = 1_000_000
FAN_DRAWS = 2**16  # by month, the first draws are enough: any first power of two of Sobol points covers the whole
KEPT_NUMBERS = 2**25  # numbers of results kept; older series are worked out again when asked for

Progress = Callable[[int, int], None]


class Series(NamedTuple):
    """One thing to read off each draw, as `measure` reads it; `so_far`: from the start to the end of each month."""

    metric: str
    channel: str | None = None
    tail: bool = False
    by_month: bool = False
    so_far: bool = False

    @property
    def has_months(self) -> bool:
        """Whether there is one value per month."""
        return self.by_month or self.so_far

    def read(self, forecast: Forecast) -> Array:
        """The series of a forecast: shape (…), or (…, months)."""
        if self.so_far:
            return so_far(forecast, self.metric)
        return read(forecast, self.metric, channel=self.channel, tail=self.tail, by_month=self.by_month)


def key_figures() -> tuple[Series, ...]:
    """What a simulation reads where nothing else is asked for."""
    return tuple(map(Series, keys_for("simulated")))


@dataclass(frozen=True)
class Split:
    """Shares of a result's variance, together 1: what uncertain inputs explain, and the chance of whole deals."""

    inputs: float
    chance: float


@dataclass(frozen=True)
class Simulation:
    """Draws of a plan. Nothing is read off them before it is asked for; many series at once are one run: `keep`."""

    plan: Plan
    draws: int
    seed: int
    counts: bool
    inputs: tuple[UncertainInput, ...]
    progress: Progress | None = field(default=None, compare=False, repr=False)
    again: bool = False  # the same draws of the inputs, with chance thrown a second time
    _kept: dict[Series, Array] = field(default_factory=dict, compare=False, repr=False)
    _forecasts: list[Forecast] = field(default_factory=list, compare=False, repr=False)

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
        return quantiles_of(values, q, METRICS[metric].better)

    def quantiles_so_far(self, metric: str, q: Sequence[float] = (0.1, 0.5, 0.9)) -> Array:
        """Quantiles of a metric from the start to the end of each month, shape (len(q), months)."""
        series = Series(metric, so_far=True)
        self.keep(series)
        return quantiles_of(self._kept[series], q, METRICS[metric].better)

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
        """How much of a metric's variance uncertain inputs explain, and how much chance; nan where it does not vary.

        By the law of total variance: chance is the mean variance where the inputs stand still, taken from two throws of
        chance for each draw of the inputs (nested expectation), and the inputs explain the rest. So the two add up for
        ratios too. Draws in which either throw is undefined are left out.
        """
        first_throw = self.values(metric, channel=channel, tail=tail)
        second_throw = self._thrown_again().values(metric, channel=channel, tail=tail)
        defined = ~np.isnan(first_throw + second_throw)
        if not defined.any():
            return Split(np.nan, np.nan)
        first_throw, second_throw = first_throw[defined], second_throw[defined]
        variance = float(np.var(first_throw) + np.var(second_throw)) / 2.0
        if not variance > 0:
            return Split(np.nan, np.nan)
        chance = min(float(np.mean((first_throw - second_throw) ** 2)) / 2.0 / variance, 1.0) if self.inputs else 1.0
        return Split(1.0 - chance, chance)

    def keep(self, *wanted: Series) -> None:
        """Read several series in one run; what has been read stays at hand."""
        missing = [series for series in dict.fromkeys(wanted) if series not in self._kept]
        if not missing:
            return
        rows = {s: np.empty((self._length(s), *((self.plan.months,) if s.has_months else ()))) for s in missing}
        done, length = 0, max(map(self._length, missing))
        for forecast in self._slices(length):
            drawn = forecast.shape[0]
            for series, row in rows.items():
                if done < len(row):
                    place = row[done : done + drawn]
                    place[:] = series.read(forecast)[: len(place)]
            done += drawn
            if self.progress:
                self.progress(done, length)
        self._kept.update(rows)
        while sum(row.size for row in self._kept.values()) > KEPT_NUMBERS and next(iter(self._kept)) not in rows:
            del self._kept[next(iter(self._kept))]

    def _length(self, series: Series) -> int:
        return min(self.draws, FAN_DRAWS) if series.has_months else self.draws

    def _thrown_again(self) -> Simulation:
        """The same draws of the inputs with other chance."""
        thrown: list[Forecast] = [f.thrown_again() for f in self._forecasts if isinstance(f, WholeCounts)]
        return replace(self, again=True, progress=None, _kept={}, _forecasts=thrown) if self.counts else self

    def _slices(self, draws: int) -> Iterator[Forecast]:
        if self._forecasts:
            yield from self._forecasts
            return
        names = [COMMON, *(each.path for each in self.inputs)]
        for number, z in enumerate(sobol_normals(names, draws, self.seed, slice_size(self.plan))):
            forecast = self._forecast(number, z)
            if forecast.shape[0] == self.draws:
                self._forecasts.append(forecast)
            yield forecast

    def _forecast(self, number: int, z: dict[str, Array]) -> Forecast:
        """The forecast of one slice of draws."""
        value = np.full(z[COMMON].shape, self.plan.deal.value)  # a batch even where nothing has a range
        flows = Flows(self.plan, {"deal.value": value, **moves_of(self.plan, self.inputs, z)})
        if not self.counts:
            return Forecast(flows)
        counts = WholeCounts(flows, (self.seed, number))
        return counts.thrown_again() if self.again else counts


def quantiles_of(values: Array, q: Sequence[float], better: int) -> Array:
    """Quantiles over the first axis, undefined values counting as the worst; nan where they reach so far."""
    undefined = np.isnan(values)
    if not undefined.any():
        return np.asarray(np.quantile(values, q, axis=0))
    worst = np.where(undefined, -np.inf * better, values)
    quantiles = np.quantile(worst, q, axis=0, method="inverted_cdf")
    return np.where(np.isinf(quantiles), np.nan, quantiles)


def simulate(
    plan: Plan, *, draws: int = 2000, seed: int = 0, counts: bool = True,
    progress: Progress | None = None, levers: Sequence[str] | None = None, keep: Sequence[Series] = (),
) -> Simulation:  # fmt: skip
    """Draws of the plan: its uncertain inputs, and with `counts` the chance of whole appointments and deals.

    The same plan and seed (a whole number from 0) give the same draws. Many draws are made in slices, so that memory
    stays bounded: the key figures (or the series of `keep`) at once, others when asked for, with `progress(done, of)`
    being told. `levers` lets only these ranges vary. Raises PlanError for a number of draws outside 1 to a million.

    >>> from planner import simulate, starter
    >>> low, median, high = simulate(starter("email"), draws=256).quantiles("won")
    >>> bool(low <= median <= high)
    True
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise PlanError("draws", f"is {draws}; it lies between 1 and {MOST_DRAWS}")
    simulation = Simulation(plan, draws, seed, counts, uncertain_inputs(plan, levers), progress)
    if keep or draws > slice_size(plan):
        simulation.keep(*(keep or key_figures()))
    return simulation


def chance_alone(
    plan: Plan, metric: str, q: Sequence[float] = (0.1, 0.5, 0.9), *, channel: str | None = None, tail: bool = False,
    draws: int = 8192, seed: int = 0,
) -> Array:  # fmt: skip
    """Quantiles of a metric if every rate were exactly as planned and only chance were left, shape (len(q),)."""
    return simulate(plan, draws=draws, seed=seed, levers=()).quantiles(metric, q, channel=channel, tail=tail)
