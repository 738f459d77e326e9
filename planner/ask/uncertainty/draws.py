"""Draws: what the numbers of a plan may turn out to be, and the whole deals that chance makes of them.

Ignorance and chance are kept apart. Ignorance: a lever with a range is drawn on its link scale from a two-piece normal,
so that its low, value and high are the 10th, 50th and 90th percentile. Chance: of so many touches a whole number become
appointments, and of those a whole number become deals (`Counted`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any
from zlib import crc32

import numpy as np

from planner.engine import Forecast
from planner.engine.batch import Array, Flows, View
from planner.engine.network import network
from planner.errors import PlanError
from planner.plan import Plan, Stage, main_path, merged
from planner.plan.kinds import Kind
from planner.plan.levers import levers as all_levers
from planner.plan.scales import Z90, link, unlink

__all__ = [
    "COMMON", "Belief", "Counted", "beliefs", "felt", "fitted", "moves_of", "normals", "one_at_a_time", "slice_of",
]  # fmt: skip

COMMON = "correlation"  # names the factor that all response rates share
ROOM = 2**24  # numbers a slice of draws may hold at once
HALF = 2.0**-31  # half the distance of two Sobol numbers, which are multiples of 2⁻³⁰: keeps 0 out


@dataclass(frozen=True)
class Belief:
    """A lever that is not known for sure: its 10th, 50th and 90th percentile. `shared`: it moves with its likes."""

    path: str
    label: str
    kind: Kind
    low: float
    value: float
    high: float
    shared: bool

    def at(self, z: Any) -> Array:
        """The lever where the standard normal is `z`, elementwise; what is drawn past a bound stands at the bound."""
        low, middle, high = (link(self.kind, x) for x in (self.low, self.value, self.high))
        drawn = unlink(self.kind, middle + z * np.where(np.less(z, 0), middle - low, high - middle) / Z90)
        least = np.nextafter(self.kind.low, self.kind.high) if self.kind.above else self.kind.low
        return np.asarray(np.clip(drawn, least, self.kind.high))


def beliefs(plan: Plan, levers: Sequence[str] | None = None) -> tuple[Belief, ...]:
    """The levers of active channels that carry a range, in the order of the ranges; `levers` keeps only those named."""
    known = {held.path for held in plan.ranges}
    for path in levers or ():
        if path not in known:
            raise PlanError(path, "carries no range; give it a low and a high first")
    off = {channel.key for channel in plan.channels if not channel.active}
    stages = [(c.key, s) for c in plan.channels for s in c.stages] + [("sales", s) for s in plan.sales]
    mains = {f"{key}.{s.key}.rate" for key, s in stages if s.main}
    found = {item.path: item for item in all_levers(plan)}
    return tuple(
        Belief(r.path, found[r.path].label, found[r.path].kind, r.low, found[r.path].value, r.high, r.path in mains)
        for r in plan.ranges
        if r.path.split(".")[0] not in off and (levers is None or r.path in levers)
    )


def slice_of(plan: Plan) -> int:
    """How many draws are made at once: a power of two that depends on the size of the plan alone."""
    fits = ROOM // max(len(network(plan).rows) * (plan.months + 1), 1)
    return 1 << min(max(fits.bit_length() - 1, 8), 13)


def normals(names: Sequence[str], draws: int, seed: int, size: int) -> Iterator[dict[str, Array]]:
    """Independent standard normals by name, slice by slice of at most `size` (a power of two) draws.

    Scrambled Sobol points through the normal quantile: the next power of two of them, cut to `draws`.
    """
    from scipy.special import ndtri
    from scipy.stats import qmc

    sobol = qmc.Sobol(max(len(names), 1), scramble=True, seed=np.random.default_rng(seed))
    size = min(size, 1 << (draws - 1).bit_length())
    for start in range(0, draws, size):
        points = sobol.random(size)[: draws - start].T
        yield dict(zip(names, ndtri(np.add(points, HALF, order="C")), strict=False))


def felt(plan: Plan, belief: Belief, z: Mapping[str, Array]) -> Array:
    """The standard normal that drives a lever, of the independent ones `z`.

    Where the plan correlates its response rates by ρ, theirs is √ρ · the common factor + √(1 − ρ) · their own.
    """
    if not (belief.shared and plan.correlation):
        return z[belief.path]
    return np.asarray(sqrt(plan.correlation) * z[COMMON] + sqrt(1.0 - plan.correlation) * z[belief.path])


def moves_of(plan: Plan, believed: Sequence[Belief], z: Mapping[str, Array]) -> dict[str, Array]:
    """Moves of the plan's levers, by path, where the independent standard normals are `z`."""
    return fitted(plan, {b.path: b.at(felt(plan, b, z)) for b in believed})


def one_at_a_time(plan: Plan, believed: Sequence[Belief]) -> dict[str, Array]:
    """Moves of shape (levers, 2): lever i at its low and its high in row i, all others at the plan's value."""
    moves = {b.path: np.full((len(believed), 2), b.value) for b in believed}
    for i, b in enumerate(believed):
        moves[b.path][i] = b.low, b.high
    return fitted(plan, moves)


def fitted(plan: Plan, moves: Mapping[str, Array]) -> dict[str, Array]:
    """The moves, with exclusive shares of one parent that add up to more than 1 divided by their sum."""
    fits = dict(moves)
    for prefix, stages in (*((c.key, c.stages) for c in plan.channels), ("sales", plan.sales)):
        rivals = {f"{prefix}.{s.key}.rate": s for s in stages if s.exclusive}
        for parent in dict.fromkeys(s.of for path, s in rivals.items() if path in moves):
            rates = {path: moves.get(path, s.rate) for path, s in rivals.items() if s.of == parent}
            total = sum(rates.values())
            if np.any(total > 1.0):
                fits.update({path: rate / np.maximum(total, 1.0) for path, rate in rates.items()})
    return fits


class Counted(Forecast):
    """A forecast of a batch in which a whole number of appointments is made and a whole number of deals won.

    Each of a channel's touches becomes an appointment in the plan with the chance that touches and rates give it, and
    each appointment gets to a main stage below likewise: every such stage is binomial in the touches and none exceeds
    the one above. What lands later is drawn on from what the plan's months left open; months follow the expected
    shares. What openings bring is Poisson, the count at the opening's own stage being known. Hours, side outcomes and
    all that comes before the appointment stay expected. `seed` is a few whole numbers.
    """

    def __init__(self, flows: Flows, seed: Sequence[int]) -> None:
        super().__init__(flows)
        self._seed = tuple(seed)
        self._drawn: dict[tuple[str, View, str, bool], Array] = {}
        self._below = {c.key: _ways(main_path(merged(c.stages, self.plan.sales))) for c in self.plan.channels}

    def count(self, path: str, view: View, channel: str | None = None, opening: bool | None = None) -> Array:
        """Arrivals as in any forecast, whole where chance decides."""
        head, _, stage = path.rpartition(".")
        chosen = [c for c in self.channels if channel in (None, c) and head in ("", "sales", c)]
        drawn = [
            self._seen(stage, view, c, opened)
            for c in chosen
            for opened in ((False, True) if opening is None else (opening,))
            if stage in self._below[c] and self._brings(stage, c, opened)
        ]
        return sum(drawn[1:], drawn[0]) if drawn else super().count(path, view, channel, opening)

    def _brings(self, stage: str, channel: str, opened: bool) -> bool:
        return any(self._flows.net.rows[i].opening is opened for i in self._rows(stage, channel))

    def _seen(self, stage: str, view: View, channel: str, opened: bool) -> Array:
        """Arrivals of one channel, either of its own touches or of openings."""
        key = (stage, view, channel, opened)
        if key not in self._drawn:
            if view == "months":
                self._drawn[key] = self._spread(*key)
            elif view == "tail":
                plan, both = (self._seen(stage, seen, channel, opened) for seen in ("plan", "all"))
                self._drawn[key] = both - plan
            else:
                self._drawn[key] = (self._opened if opened else self._whole)(stage, view, channel)
        return self._drawn[key]

    def _expected(self, stage: str, view: View, channel: str, opened: bool) -> Array:
        expected = super().count(stage, view, channel, opened)
        return expected if view == "months" else np.asarray(np.broadcast_to(expected, self.shape))

    def _spread(self, stage: str, view: View, channel: str, opened: bool) -> Array:
        whole, mean = self._seen(stage, "plan", channel, opened), self._expected(stage, "plan", channel, opened)
        return np.asarray(self._expected(stage, view, channel, opened) * _share(whole, mean))

    def _whole(self, stage: str, view: View, channel: str) -> Array:
        """Arrivals in the plan, or with the tail: those already taken, and those of the rest whom chance picks."""
        first = stage == "appointment"
        if first:
            pool = mean = np.rint(self._expected("", "all", channel, False))
        else:
            pool, mean = self._both("appointment", view, channel)
        settled = stage if view == "all" else "" if first else self._below[channel][stage]
        taken, gone = self._both(settled, "plan", channel) if settled else (np.zeros(self.shape), np.zeros(self.shape))
        left, wanted = np.maximum(pool - taken, 0.0), self._expected(stage, view, channel, False) - gone
        chance, share = self._chance(stage, view, channel), _share(wanted, mean - gone)
        picked = chance.binomial(left.astype(np.int64), np.clip(share, 0.0, 1.0))
        if first and (many := wanted > mean - gone).any():  # more than one a touch
            picked = np.where(many, chance.poisson(np.maximum(wanted, 0.0)), picked)
        return np.asarray(taken + picked)

    def _both(self, stage: str, view: View, channel: str) -> tuple[Array, Array]:
        """Arrivals of a channel's own touches, as drawn and as expected."""
        return self._seen(stage, view, channel, False), self._expected(stage, view, channel, False)

    def _opened(self, stage: str, view: View, channel: str) -> Array:
        """Arrivals born of openings: the count at the stage itself is known, the rest is Poisson."""
        if view == "all":
            known, gone = self._seen(stage, "plan", channel, True), self._expected(stage, "plan", channel, True)
        else:
            at = [held for held in self.plan.opening if held.stage == f"{channel}.{stage}"]
            known = gone = sum((self.value(f"opening.{o.stage}.count", o.count) for o in at), np.zeros(self.shape))
        left = np.maximum(self._expected(stage, view, channel, True) - gone, 0.0)
        return np.asarray(known + self._chance(stage, view, channel, "opening").poisson(left))

    def _chance(self, *place: str) -> np.random.Generator:
        """A stream of its own for each place, so that what is asked for first changes nothing."""
        key = crc32("|".join(place).encode())
        return np.random.Generator(np.random.SFC64(np.random.SeedSequence([*self._seed, key])))


def _ways(path: Sequence[Stage]) -> dict[str, str]:
    """The main stages from the appointment on, each with the one below it ("" below the last)."""
    keys = [stage.key for stage in path]
    keys = keys[keys.index("appointment") :] if "appointment" in keys else []
    return dict(zip(keys, [*keys[1:], ""], strict=False))


def _share(part: Array, whole: Array) -> Array:
    return np.divide(part, whole, out=np.zeros(np.broadcast_shapes(part.shape, whole.shape)), where=whole > 0)
