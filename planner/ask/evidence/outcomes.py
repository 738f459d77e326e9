"""Draws of what is still to come: calibrated rates and delays, months that share a factor, and chance.

Per channel and future period, at one stage: what comes of parents that have arrived (under way, binomial in those who
are still open) and what comes of later ones (planned, Poisson). Either is multiplied by
exp(ω(√.5·z₀ + √.25·z_b + √.25·z_c) − ω²/2): one shock to the whole future, one a period, one a cohort of parents; once
on the stage that is reported, not at every stage before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np

from planner.ask.evidence.calibrate import Calibration
from planner.ask.evidence.months import FACTORS, Misses, factor_chances
from planner.ask.uncertainty.inputs import uncertain_inputs
from planner.engine.batch import Array, Flows
from planner.engine.delay import arriving_between
from planner.engine.known import Clock, Known
from planner.plan import Channel, Stage, main_path, merged

__all__ = ["Centre", "Outcomes"]

FUTURE, BLOCK, COHORT = np.sqrt((0.5, 0.25, 0.25))  # parts of a month's factor


@dataclass(frozen=True)
class Centre:
    """What the calibrated plan expects of a channel in the rest of the plan: of known parents, and of later ones."""

    under_way: float
    planned: float


@dataclass(frozen=True)
class _Kernels:
    """Arrivals by period for each delay on a grid, (delays, periods, periods), and which a draw has, (draws,)."""

    shares: Array
    which: Array

    def carried(self, parents: Array, start: int = 0, until: int = 0) -> Array:
        """Arrivals in the periods from `until` on, (draws, …), of parents (draws, …) of the periods from `start` on."""
        stop = start + parents.shape[1]
        out = np.empty((len(self.which), self.shares.shape[2] - until))
        wide = np.broadcast_to(parents, (len(self.which), parents.shape[1]))
        for delay in np.unique(self.which):
            rows = self.which == delay
            out[rows] = wide[rows] @ self.shares[delay, start:stop, until:]
        return out


@dataclass(frozen=True)
class _Stream:
    """What comes to a stage of a channel: accepted parents (draws, periods), those known less who have arrived.

    `fitted` is what they were expected to bring in the known periods, (known periods,); `open_units` how many of them
    are still open.
    """

    parents: Array
    kernels: _Kernels | None
    fitted: Array
    open_units: float


@dataclass(frozen=True)
class _Shocks:
    """What multiplies arrivals: by period to come (draws, periods), and by cohort (draws, all periods)."""

    by_period: Array
    by_cohort: Array


class Outcomes:
    """All that a landing draws, from one seed: rates and delays, shared by every stage that is asked for."""

    def __init__(self, calibration: Calibration, known: Known, draws: int, seed: int) -> None:
        self.plan, self._draws, self._seed, self._known = calibration.expected, draws, seed, known
        self._flows = Flows(self.plan, known=replace(known, rest="planned"))
        self.clock = Clock(self.plan.months, known.passed, runs_on=True)
        self._found = {row.stage: row.found for row in calibration.rates if row.found is not None}
        self._inputs = {item.path.removesuffix(".rate"): item for item in uncertain_inputs(self.plan)}
        self._drawn: dict[str, tuple[Array, _Kernels | None]] = {}

    def counts(
        self, stage: str, centres: Mapping[str, Centre], came: Array, misses: Misses | None = None
    ) -> dict[str, Array]:
        """By channel, whole counts at a main stage in each period to come, (draws, periods).

        `centres` are what the draws are centred on, by channel; `came` is what has come by period, of all channels.
        """
        streams = {c: self._stream(self._channel(c), stage) for c in centres}
        fitted = np.asarray(sum((s.fitted for s in streams.values()), np.zeros(self.clock.begun)))
        shocks = self._shocks(stage, came, fitted, misses)
        return {c: self._thrown(stage, c, stream, centres[c], shocks) for c, stream in streams.items()}

    def _channel(self, key: str) -> Channel:
        return next(channel for channel in self._flows.plan.channels if channel.key == key)

    # -- rates and delays ----------------------------------------------------------------------------------------------

    def _rate(self, path: str, stage: Stage) -> tuple[Array, _Kernels | None]:
        """The rate's draws as multiples of the calibrated one, (draws, 1), and the delays that go with them."""
        if path in self._drawn:
            return self._drawn[path]
        rng = self._stream_of(path)
        ratio, which = np.ones((self._draws, 1)), np.zeros(self._draws, dtype=int)
        learnt, delays = self._found.get(path), np.empty((0, 2))
        if learnt is not None:
            uniform = (rng.permutation(self._draws) + rng.random(self._draws)) / self._draws
            rates, which = learnt.draws(uniform, rng.random(self._draws))
            ratio, delays = (rates / learnt.mean)[:, None], learnt.delays
        elif path in self._inputs and stage.rate > 0:
            ratio = (self._inputs[path].at(rng.standard_normal(self._draws)) / stage.rate)[:, None]
        kernels = None
        if stage.delay is not None:
            if learnt is None:
                delays = np.array([[stage.delay.median_days, stage.delay.p90_ratio]])
            kernels = _Kernels(np.moveaxis(arriving_between(self.clock.edges, *delays.T), -1, 0), which)
        self._drawn[path] = ratio, kernels
        return ratio, kernels

    def _stream(self, channel: Channel, to: str) -> _Stream:
        """From the root along the main path to a stage, what is reported taking the place of what is expected."""
        begun, periods = self.clock.begun, len(self.clock.edges) - 1
        path = main_path(merged(channel.stages, self.plan.sales))
        stages = path[1 : 1 + [stage.key for stage in path].index(to)]
        own = {stage.key for stage in channel.stages}
        arrivals = self._centre(channel.key, path[0].key)[None, :]
        for stage in stages:
            above = arrivals
            ratio, kernels = self._rate(f"{channel.key if stage.key in own else 'sales'}.{stage.key}", stage)
            share = np.minimum(self._taken(channel.key, stage.key) * ratio, 1.0)
            parents = above * share
            arrivals = kernels.carried(parents) if kernels else np.array(parents)
            arrivals[:, 0] += self._opened(channel.key, stage.key)
            fitted = arrivals[:, :begun].mean(axis=0)
            if (channel.key, stage.key) in self._known.counts:
                came = self._centre(channel.key, stage.key)[:begun]
                if kernels:
                    parents = self._less_arrived(parents, share, kernels, float(came.sum()), arrivals[:, :begun])
                    arrivals = kernels.carried(parents)
                arrivals[:, :begun] = came
        open_units = float((above[:, :begun].sum(axis=1) - arrivals[:, :begun].sum(axis=1)).mean())
        wide = np.broadcast_to(parents, (self._draws, periods))
        return _Stream(wide, kernels, fitted, open_units)

    def _less_arrived(self, parents: Array, share: Array, kernels: _Kernels, came: float, expected: Array) -> Array:
        """Known parents scaled so that what is to come of them comes of those still open (as the engine has it)."""
        begun = self.clock.begun
        due = share[:, :begun] * kernels.shares[:, :begun, :begun].sum(axis=-1)[kernels.which]
        sums = expected.sum(axis=1, keepdims=True)
        ratio = np.divide(came, sums, out=np.zeros_like(sums), where=sums > 0)
        left = np.divide(1.0 - ratio * due, 1.0 - due, out=np.ones_like(due), where=due < 1.0 - 1e-12)
        scaled = np.array(np.broadcast_to(parents, (self._draws, parents.shape[1])))
        scaled[:, :begun] *= np.maximum(left, 0.0)
        return scaled

    def _rows(self, channel: str, stage: str) -> list[int]:
        return list(self._flows.net.find(stage, self._flows.net.channels.index(channel)))

    def _centre(self, channel: str, stage: str) -> Array:
        """Arrivals by period of the calibrated plan, (periods,)."""
        return np.asarray(self._flows.by_period(self._rows(channel, stage))[:-1])

    def _taken(self, channel: str, stage: str) -> Array:
        """What the calibrated plan takes of a stage's parents, by period, (1, periods)."""
        months = self._flows.taken(self._rows(channel, stage)[0])
        return np.asarray(months[self.clock.month_of[:-1]])[None, :]

    def _opened(self, channel: str, stage: str) -> float:
        return sum(o.count for o in self.plan.opening if o.stage == f"{channel}.{stage}")

    # -- shocks and chance ---------------------------------------------------------------------------------------------

    def _shocks(self, stage: str, came: Array, fitted: Array, misses: Misses | None) -> _Shocks:
        rng, periods = self._stream_of(f"{stage}|shocks"), len(self.clock.edges) - 1
        chances = factor_chances(came, fitted, misses)
        factor = rng.choice(FACTORS, self._draws, p=chances)[:, None]
        whole = FUTURE * rng.standard_normal((self._draws, 1))
        blocks = BLOCK * rng.standard_normal((self._draws, periods - self.clock.begun))
        cohorts = COHORT * rng.standard_normal((self._draws, periods))
        by_period = np.exp(factor * (whole + blocks) - factor**2 * (FUTURE**2 + BLOCK**2) / 2.0)
        return _Shocks(by_period, np.exp(factor * cohorts - factor**2 * COHORT**2 / 2.0))

    def _thrown(self, stage: str, channel: str, stream: _Stream, centre: Centre, shocks: _Shocks) -> Array:
        """Whole counts by period to come."""
        begun, rng = self.clock.begun, self._stream_of(f"{stage}|{channel}|chance")
        parents = stream.parents * shocks.by_cohort
        under_way, later = np.zeros_like(shocks.by_period), parents[:, begun:]
        if stream.kernels:
            under_way = stream.kernels.carried(parents[:, :begun], 0, begun)
            later = stream.kernels.carried(later, begun, begun)
        under_way, later = under_way * shocks.by_period, later * shocks.by_period
        if under_way.sum() <= 0:  # all that is under way stands at earlier stages
            return rng.poisson(_centred(later, centre.under_way + centre.planned)).astype(float)
        waiting = _of_open(rng, stream.open_units, _centred(under_way, centre.under_way))
        return np.asarray(waiting + rng.poisson(_centred(later, centre.planned)))

    def _stream_of(self, name: str) -> np.random.Generator:
        """A stream of its own for each place, so that what is asked for first changes nothing."""
        return np.random.default_rng(np.random.SeedSequence([self._seed, crc32(name.encode())]))


def _centred(expected: Array, total: float) -> Array:
    """Draws of expected arrivals, (draws, periods), scaled so that their mean is the total."""
    mean = float(expected.sum(axis=1).mean()) if expected.size else 0.0
    return np.maximum(expected, 0.0) * (max(total, 0.0) / mean if mean > 1e-12 else 0.0)


def _of_open(rng: np.random.Generator, open_units: float, expected: Array) -> Array:
    """Whole counts by period of those who are still open: binomial in all, multinomial over the periods."""
    total = expected.sum(axis=1)
    units = np.maximum(np.round(open_units), np.ceil(total)).astype(np.int64)
    chance = np.divide(total, units, out=np.zeros_like(total), where=units > 0)
    thrown = rng.binomial(units, np.minimum(chance, 1.0))
    if not expected.shape[1]:
        return np.zeros_like(expected)
    shares = np.divide(expected, total[:, None], out=np.zeros_like(expected), where=total[:, None] > 0)
    shares[total <= 0, 0] = 1.0
    return np.asarray(rng.multinomial(thrown, shares / shares.sum(axis=1, keepdims=True)), dtype=float)
