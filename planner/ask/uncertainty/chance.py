"""Chance: how many whole appointments and deals a batch of plans brings, when the rates are what they are.

An expected 7 deals may turn out 4 or 10. `WholeCounts` throws them: binomial in the touches, so that stages cohere in
every draw, and multinomial over the months where months are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np

from planner.engine import Forecast
from planner.engine.batch import Array, Flows, View
from planner.plan import main_path, merged

__all__ = ["WholeCounts"]

ROUNDING = 1.0 - 1e-12  # touches that add up to a whole number but for rounding are that number


class Strand(NamedTuple):
    """Arrivals of one channel at one stage, born of its own touches or (`opening`) of what is already under way."""

    stage: str
    channel: str
    opening: bool = False


class WholeCounts(Forecast):
    """A forecast of a batch, of shape (draws,), in which appointments and all main stages after them are whole numbers.

    In the plan, appointments are binomial in the touches (rounded up), and each stage below is binomial in the
    appointments, given the stages further down: a multinomial thinning, so won ≤ held ≤ … ≤ appointments. What closes
    after the plan is thinned from what the plan left open; with it the same order holds. Months are multinomial by the
    expected months of the draw. What openings bring is Poisson, but a count that stands at its own stage is given.
    Hours, side outcomes and all that comes before the appointment stay expected. `seed` is a few whole numbers.
    """

    def __init__(self, flows: Flows, seed: Sequence[int]) -> None:
        super().__init__(flows)
        self._seed = tuple(seed)
        self._thrown: dict[tuple[Strand, View], Array] = {}
        self._expectations: dict[tuple[Strand, View], Array] = {}
        self._opened = {self.channels[row.channel] for row in flows.net.rows if row.opening}
        trees = {channel.key: merged(channel.stages, self.plan.sales) for channel in self.plan.channels}
        self._paths = {key: _from_appointment([stage.key for stage in main_path(tree)]) for key, tree in trees.items()}

    def thrown_again(self) -> WholeCounts:
        """The same batch with the same rates, in which chance falls otherwise."""
        return WholeCounts(self._flows, (*self._seed, 1))

    def count(self, path: str, view: View, channel: str | None = None, opening: bool | None = None) -> Array:
        """Arrivals as in any forecast, whole where chance decides."""
        head, _, stage = path.rpartition(".")
        keys = [key for key in self.channels if channel in (None, key) and head in ("", "sales", key)]
        origins = (False, True) if opening is None else (opening,)
        strands = [Strand(stage, key, origin) for key in keys if stage in self._paths[key] for origin in origins]
        thrown = [self._throw(s, view) for s in strands if s.channel in self._opened or not s.opening]
        if not thrown:
            return super().count(path, view, channel, opening)
        return np.asarray(sum(thrown[1:], thrown[0]), dtype=float)

    def _throw(self, strand: Strand, view: View) -> Array:
        """Whole arrivals of a strand in a view; thrown once."""
        key = (strand, view)
        if key not in self._thrown:
            if view == "months":
                self._thrown[key] = self._months(strand)
            elif view == "all":
                self._thrown[key] = self._throw(strand, "plan") + self._throw(strand, "tail")
            elif strand.opening:
                self._thrown[key] = self._from_openings(strand, view)
            elif strand.stage == "appointment":
                self._thrown[key] = self._appointments(strand, view)
            else:
                self._thrown[key] = (self._in_plan if view == "plan" else self._later)(strand)
        return self._thrown[key]

    def _expected(self, strand: Strand, view: View) -> Array:
        key = (strand, view)
        if key not in self._expectations:
            self._expectations[key] = super().count(strand.stage, view, strand.channel, strand.opening)
        return self._expectations[key]

    def _appointments(self, strand: Strand, view: View) -> Array:
        """Appointments in the plan, or later: of the touches that have brought none yet."""
        touches = np.ceil(self._expected(Strand("", strand.channel), "all") * ROUNDING)
        expected = self._expected(strand, view)
        if view == "plan":
            return self._binomial(strand, view, touches, expected, touches)
        before, expected_before = self._throw(strand, "plan"), self._expected(strand, "plan")
        return self._binomial(strand, view, touches - before, expected, touches - expected_before)

    def _in_plan(self, strand: Strand) -> Array:
        """Arrivals in the plan: those that went further, and of the other appointments those whom chance picks."""
        path = self._paths[strand.channel]
        further = path[path.index(strand.stage) + 1 :][:1]
        first = Strand("appointment", strand.channel)
        if not further:
            trials, of = self._throw(first, "plan"), self._expected(first, "plan")
            return self._binomial(strand, "plan", trials, self._expected(strand, "plan"), of)
        below = Strand(further[0], strand.channel)
        went_on, expected_on = self._throw(below, "plan"), self._expected(below, "plan")
        return went_on + self._binomial(
            strand, "plan", self._throw(first, "plan") - went_on,
            self._expected(strand, "plan") - expected_on, self._expected(first, "plan") - expected_on,
        )  # fmt: skip

    def _later(self, strand: Strand) -> Array:
        """Arrivals after the plan: from what stood at the stage above when it ended, and from what comes there later.

        What the plan's own parents still bring is what they bring in the end, at the share of all, less what they
        brought in the plan.
        """
        path = self._paths[strand.channel]
        above = Strand(path[path.index(strand.stage) - 1], strand.channel)
        parents, later_parents = self._expected(above, "plan"), self._expected(above, "tail")
        within, later = self._expected(strand, "plan"), self._expected(strand, "tail")
        share = _ratio(within + later, parents + later_parents)
        waiting = np.clip(
            parents * share - within, np.maximum(later - later_parents, 0.0), np.minimum(later, parents - within)
        )
        stood = self._throw(above, "plan") - self._throw(strand, "plan")
        from_waiting = self._binomial(strand, "tail", stood, waiting, parents - within)
        came_later = self._throw(above, "tail")
        return from_waiting + self._binomial(strand, "tail", came_later, later - waiting, later_parents, "came later")

    def _from_openings(self, strand: Strand, view: View) -> Array:
        """Arrivals born of openings: Poisson, after the count that stands at the stage itself."""
        given = self._given(strand) if view == "plan" else 0.0
        expected = np.maximum(self._expected(strand, view) - given, 0.0)
        return np.asarray(given + self._stream(strand, view).poisson(np.broadcast_to(expected, self.shape)))

    def _given(self, strand: Strand) -> Array:
        """The openings that stand at the stage itself."""
        stage = f"{strand.channel}.{strand.stage}"
        counts = [self.value(f"opening.{o.stage}.count", o.count) for o in self.plan.opening if o.stage == stage]
        return np.asarray(sum(counts, 0.0))

    def _months(self, strand: Strand) -> Array:
        """The arrivals in the plan thrown into its months, (months, draws); a given count stays in month 0."""
        total = self._throw(strand, "plan")
        expected = np.array(np.broadcast_to(self._expected(strand, "months"), (self.plan.months, *self.shape)))
        given = self._given(strand) if strand.opening else np.zeros(())
        if given.any():
            expected[0] -= given
        shares = np.maximum(expected, 0.0).T
        sums = shares.sum(axis=-1, keepdims=True)
        shares = np.where(sums > 0, shares / np.where(sums > 0, sums, 1.0), 1.0 / self.plan.months)
        thrown = np.rint(total - given).astype(np.int64)
        months = self._stream(strand, "months").multinomial(thrown, shares).T.astype(float)
        months[0] += given
        return months

    def _binomial(self, strand: Strand, view: View, trials: Array, expected: Array, of: Array, what: str = "") -> Array:
        """How many of `trials` succeed, where `expected` of an expected number `of` do."""
        chance = np.minimum(_ratio(np.maximum(expected, 0.0), of), 1.0)
        whole = np.broadcast_to(trials, self.shape).astype(np.int64)
        return np.asarray(self._stream(strand, view, what).binomial(whole, chance))

    def _stream(self, strand: Strand, view: View, what: str = "") -> np.random.Generator:
        """A stream of its own for each place, so that what is asked for first changes nothing."""
        place = "|".join((strand.stage, view, strand.channel, "opening" * strand.opening, what))
        seed = np.random.SeedSequence([*self._seed, crc32(place.encode())])
        return np.random.Generator(np.random.SFC64(seed))


def _from_appointment(keys: Sequence[str]) -> tuple[str, ...]:
    """The main stages from the appointment on; none where there is no appointment."""
    return tuple(keys[keys.index("appointment") :]) if "appointment" in keys else ()


def _ratio(part: Array, whole: Array) -> Array:
    """part ÷ whole, 0 where there is no whole."""
    if np.minimum.reduce(whole, axis=None) > 0:
        return np.asarray(part / whole)
    return np.divide(part, whole, out=np.zeros(np.broadcast_shapes(np.shape(part), np.shape(whole))), where=whole > 0)
