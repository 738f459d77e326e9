"""What counts, or dated events, say of one rate and its delay together: a posterior on a grid.

Prior: the rate Beta(κ·rate, κ·(1 − rate)), ln median normal about the plan's with sd 0.7, ln σ normal with sd 0.25.
Counts are Poisson by period, thinned (arrivals out of few parents vary less); dated events have their exact likelihood
with those still open censored. Either is raised to the power 1/φ, because the units of a month share shocks, which are
no evidence on the rate. Without a delay the posterior is the Beta distribution itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import betaincinv, expit, logit, ndtr, polygamma, xlogy

from planner.ask.evidence.months import shared_factor
from planner.calendar import DAYS_A_MONTH
from planner.engine.batch import Array
from planner.engine.delay import arriving_between
from planner.plan import Delay
from planner.plan.scales import Z90

__all__ = ["Cohorts", "Events", "Posterior", "Prior", "log_likelihood", "posterior"]

MEDIAN_SD, SPREAD_SD = 0.7, 0.25  # of ln median and of ln σ, before any data
POINTS = (13, 9, 7)  # of logit rate, ln median, ln σ
REACH = 3.0  # standard deviations that the grid reaches either way
RECENTRED = 3


@dataclass(frozen=True)
class Prior:
    """The plan's rate with the number of observations it is worth (κ), and its delay."""

    rate: float
    strength: float
    delay: Delay | None = None


@dataclass(frozen=True)
class Cohorts:
    """Counts by period, whose ends are `edges` (periods + 1,) in months.

    `parents` are weighted by all that changes the rate but the rate itself; both of shape (periods,).
    """

    parents: Array
    arrivals: Array
    edges: Array


@dataclass(frozen=True)
class Events:
    """Dated events: the `ages` of all parents in days on the day of the reports, and the `lags` of those who arrived.

    Days are whole and count from 0: a lag of 0 is the same day; `lags` has nan for a parent that is still open.
    """

    ages: Array
    lags: Array


@dataclass(frozen=True)
class Posterior:
    """The rate's posterior mean, its 10th and 90th percentile, and the delay that goes with it.

    `data` is the share of the answer that the data give, from 0 to 1; the rest is the plan's. `factor` is the monthly
    factor ω it was made with. `cells` are the grid's points and `chances` theirs: logit rate, ln median, ln σ.
    """

    mean: float
    low: float
    high: float
    delay: Delay | None
    data: float
    factor: float
    cells: Array
    chances: Array

    def draws(self, uniform: Array, jitter: Array) -> tuple[Array, Array]:
        """Rates (draws,), and the row of `delays` that goes with each, for uniform numbers (draws,) of both kinds."""
        cell = np.minimum(np.searchsorted(np.cumsum(self.chances), uniform), len(self.chances) - 1)
        step = float(self.cells[-1, 0] - self.cells[0, 0]) / (POINTS[0] - 1) if self.delay else 0.0
        return np.asarray(expit(self.cells[cell, 0] + (jitter - 0.5) * step)), cell % len(self.delays)

    @property
    def delays(self) -> Array:
        """Median in days and ratio of every delay on the grid, (delays, 2)."""
        median, sigma = self.cells[: POINTS[1] * POINTS[2], 1:].T
        return np.column_stack([np.exp(median), _ratio(np.exp(sigma))])


def posterior(prior: Prior, data: Cohorts | Events) -> Posterior:
    """The posterior of a rate; what went exactly as planned gives the plan's rate and delay back."""
    if prior.delay is None:
        assert isinstance(data, Cohorts)
        return _without_delay(prior, data)
    grid = _Grid(prior, data)
    factor = shared_factor(*grid.blocks(prior.delay))
    first = _delay_at(_means(*grid.settled(data, factor)))
    factor = shared_factor(*grid.blocks(first))  # a mistaken delay must not look like uneven months
    cells, chances = grid.settled(data, factor)
    shift = _centre(prior) - _means(*grid.settled(grid.as_planned(), factor))
    place = _means(cells, chances) + shift
    return _summed_up(prior, place, cells + shift, chances, grid.share_of_data(factor), factor)


def _without_delay(prior: Prior, data: Cohorts) -> Posterior:
    """The Beta posterior, on a grid of its own quantiles so that it is drawn from like any other."""
    k, w = float(data.arrivals.sum()), float(data.parents.sum())
    fitted = data.parents * (prior.strength * prior.rate + k) / (prior.strength + max(w, k))
    factor = shared_factor(data.arrivals, fitted)
    open_share = 1.0 - min(k / w, 1.0) if w > 0 else 1.0
    power = 1.0 / dispersion(data.arrivals * open_share, factor)
    a = prior.strength * prior.rate + power * k
    b = prior.strength * (1.0 - prior.rate) + power * max(w - k, 0.0)
    steps = (np.arange(200) + 0.5) / 200
    rates = np.clip(betaincinv(a, b, steps), 1e-12, 1.0 - 1e-12)
    low, high = betaincinv(a, b, (0.1, 0.9))
    cells = np.column_stack([logit(rates), np.zeros((200, 2))])
    mean = a / (a + b)
    data_share = (a + b - prior.strength) / (a + b)
    return Posterior(
        mean, min(float(low), mean), max(float(high), mean), None, data_share, factor, cells, np.full(200, 1 / 200)
    )  # fmt: skip


def dispersion(counts: Array, factor: float) -> float:
    """φ: how much more counts vary than by chance alone, where the units of a period share a factor (ω)."""
    total = float(counts.sum())
    return 1.0 + factor**2 * float((counts**2).sum()) / total if total > 0 else 1.0


def _centre(prior: Prior) -> Array:
    """The plan's own place: logit rate, ln median, ln σ."""
    delay = prior.delay or Delay(1.0, 2.0)
    sigma = np.log(delay.p90_ratio) / Z90
    return np.array([logit(prior.rate), np.log(delay.median_days), np.log(sigma)])


def _means(cells: Array, chances: Array) -> Array:
    """Posterior means: of the rate (then as a logit), ln median, ln σ."""
    means = chances @ cells
    return np.array([logit(chances @ expit(cells[:, 0])), *means[1:]])


def _delay_at(place: Array) -> Delay:
    """The delay at a place of the grid."""
    return Delay(float(np.exp(place[1])), float(_ratio(np.exp(place[2]))))


def _summed_up(prior: Prior, place: Array, cells: Array, chances: Array, data: float, factor: float) -> Posterior:
    mean, delay = float(expit(place[0])), _delay_at(place)
    if prior.delay is not None and np.allclose(_numbers(delay), _numbers(prior.delay), rtol=1e-12):
        delay = prior.delay
    levels, level = np.unique(cells[:, 0], return_inverse=True)
    shares = np.bincount(level, chances)
    low, high = np.interp((0.1, 0.9), np.cumsum(shares) - shares / 2, levels)
    ends = (min(float(expit(low)), mean), max(float(expit(high)), mean))
    return Posterior(mean, *ends, delay, data, factor, cells, chances)


def _ratio(sigma: Any) -> Any:
    """The 90th percentile ÷ the median, as far as a plan can hold it."""
    return np.clip(np.exp(np.minimum(sigma * Z90, 100.0)), 1.0 + 1e-9, 1000.0)


def _numbers(delay: Delay) -> tuple[float, float]:
    return delay.median_days, delay.p90_ratio


class _Grid:
    """The likelihood of counts or events over rate × delay."""

    def __init__(self, prior: Prior, data: Cohorts | Events) -> None:
        self._prior = prior
        self._counts = data if isinstance(data, Cohorts) else _counted(data)
        delay = prior.delay
        assert delay is not None
        self._due = self._due_by(delay)

    def _due_by(self, delay: Delay) -> Array:
        """What would have arrived by period at a rate of 1."""
        return np.asarray(self._counts.parents @ arriving_between(self._counts.edges, *_numbers(delay)))

    def blocks(self, delay: Delay) -> tuple[Array, Array]:
        """Arrivals by period, and in proportion to it what a delay makes of the parents."""
        return self._counts.arrivals, self._due_by(delay)

    def as_planned(self) -> Cohorts:
        """The counts as they would be if all had gone as planned."""
        return Cohorts(self._counts.parents, self._due * self._prior.rate, self._counts.edges)

    def _open_share(self) -> float:
        """1 − r̂·q̄: how much less the arrivals vary than Poisson, being some of few parents."""
        parents = float(self._counts.parents.sum())
        return max(1.0 - float(self._counts.arrivals.sum()) / parents, 0.02) if parents > 0 else 1.0

    def share_of_data(self, factor: float) -> float:
        """How much the data weigh beside the prior: effective arrivals against the prior's."""
        own = self._prior.strength * self._prior.rate
        arrived = self._power(factor) * max(float(self._counts.arrivals.sum()), self._prior.rate * self._due.sum())
        return float(arrived / (arrived + own)) if arrived + own > 0 else 0.0

    def _power(self, factor: float, events: bool = False) -> float:
        thin = self._open_share()
        power = 1.0 / dispersion(self._counts.arrivals * thin, factor)
        return power if events else power / thin

    def settled(self, data: Cohorts | Events, factor: float) -> tuple[Array, Array]:
        """Grid points (points, 3) and their chances, the grid recentred where the posterior is."""
        centre, width = self._start(factor)
        for turn in range(RECENTRED + 1):
            axes = [c + REACH * w * np.linspace(-1.0, 1.0, n) for c, w, n in zip(centre, width, POINTS, strict=True)]
            log = self._log_prior(axes) + self._power(factor, isinstance(data, Events)) * log_likelihood(axes, data)
            chances = np.exp(log - log.max())
            chances /= chances.sum()
            if turn < RECENTRED:
                centre, width = _moments(axes, chances, width)
        cells = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
        return cells, chances.reshape(-1)

    def _start(self, factor: float) -> tuple[Array, Array]:
        prior = self._prior
        centre = _centre(prior)
        a, b = prior.strength * prior.rate, prior.strength * (1.0 - prior.rate)
        spread = np.sqrt(polygamma(1, a + self._power(factor) * self._counts.arrivals.sum()) + polygamma(1, b))
        return centre, np.array([min(float(spread) * 1.5, 2.0), MEDIAN_SD, SPREAD_SD])

    def _log_prior(self, axes: list[Array]) -> Array:
        prior, centre = self._prior, _centre(self._prior)
        yes, no = np.logaddexp(0.0, -axes[0]), np.logaddexp(0.0, axes[0])
        rate = -prior.strength * (prior.rate * yes + (1.0 - prior.rate) * no)
        median, spread = (
            -0.5 * ((axis - middle) / sd) ** 2
            for axis, middle, sd in zip(axes[1:], centre[1:], (MEDIAN_SD, SPREAD_SD), strict=True)
        )
        return np.asarray(rate[:, None, None] + median[None, :, None] + spread[None, None, :])


def _moments(axes: list[Array], chances: Array, before: Array) -> tuple[Array, Array]:
    """Where the posterior is on each axis, and how wide; never narrower than its points can tell."""
    centre, width = [], []
    for i, axis in enumerate(axes):
        shares = chances.sum(axis=tuple(j for j in range(3) if j != i))
        mean = float(shares @ axis)
        sd = float(np.sqrt(shares @ (axis - mean) ** 2))
        centre.append(mean)
        width.append(max(sd, before[i] / 4.0))
    return np.array(centre), np.array(width)


def log_likelihood(axes: list[Array], data: Cohorts | Events) -> Array:
    """Over the grid, shape (rates, medians, spreads)."""
    median, sigma = np.exp(axes[1])[:, None], np.exp(axes[2])[None, :]
    if isinstance(data, Cohorts):
        due = np.tensordot(data.parents, arriving_between(data.edges, median, _ratio(sigma)), axes=(0, 0))
        expected = expit(axes[0])[:, None, None, None] * due.transpose(1, 2, 0)
        return np.asarray((xlogy(data.arrivals, np.maximum(expected, 1e-300)) - expected).sum(axis=-1))
    return _of_events(axes[0], data, median, sigma)


def _of_events(logits: Array, data: Events, median: Any, sigma: Any) -> Array:
    """Σ over those who arrived of ln r·(F(lag + 1) − F(lag)), over the open ones of ln (1 − r·F(age + 1))."""

    def passed(days: Array) -> Array:
        return np.asarray(ndtr((np.log(np.maximum(days, 1e-9)) - np.log(median[..., None])) / sigma[..., None]))

    arrived = ~np.isnan(data.lags)
    lags, times = np.unique(data.lags[arrived], return_counts=True)
    density = np.maximum(passed(lags + 1.0) - passed(lags), 1e-300)
    log = arrived.sum() * -np.logaddexp(0.0, -logits)[:, None, None] + (times * np.log(density)).sum(axis=-1)
    ages, times = np.unique(data.ages[~arrived], return_counts=True)
    waiting = 1.0 - expit(logits)[:, None, None, None] * passed(ages + 1.0)
    return np.asarray(log + (times * np.log(np.maximum(waiting, 1e-300))).sum(axis=-1))


def _counted(data: Events) -> Cohorts:
    """Events as counts by 30-day blocks counted back from the day of the reports."""
    days = float(data.ages.max()) + 1.0 if len(data.ages) else 30.0
    blocks = int(np.ceil(days / 30.0))
    began = blocks * 30.0 - data.ages - 0.5
    arrived = ~np.isnan(data.lags)
    edges = np.arange(float(blocks + 1)) * 30.0
    parents = np.histogram(began, edges)[0].astype(float)
    arrivals = np.histogram((began + np.nan_to_num(data.lags))[arrived], edges)[0].astype(float)
    return Cohorts(parents, arrivals, np.asarray(edges / DAYS_A_MONTH, dtype=float))
