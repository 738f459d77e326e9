"""What rows of a batch take of their parents, as far as moves change it.

A moved rate only scales a row and stays a factor, until something caps or wears it by month in another way for each
move: an audience whose touches move, an assist, a season, a sum of exclusive shares above 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np

from planner.engine.factors import Array, ByMonth, Taken
from planner.engine.moves import Moves
from planner.engine.network import Row
from planner.engine.still import StillRows
from planner.engine.wear import LIST_FIELDS, lifted, seasonal, wear

__all__ = ["MovedRates"]


class MovedRates:
    """What each row takes of its parent in a batch. `still` has what no move changes; `touches` those of a channel."""

    def __init__(self, moves: Moves, still: StillRows, touches: Callable[[int], ByMonth]) -> None:
        self._moves, self._still, self._touches = moves, still, touches
        self._plan, self._net = still.plan, still.net
        self._by_slot = {slot: moves.levers[path] for slot, path in still.rate_levers.items()}
        self._worn: dict[int, ByMonth] = {}
        self._seasons: dict[int, ByMonth | None] = {}
        self._rests: dict[int, Taken] = {}
        self._rests_of_slots: dict[int, Array] = {}

    def of(self, slots: Sequence[int]) -> tuple[Array, ...]:
        """The moved rates of these slots."""
        return tuple([self._by_slot[slot] for slot in slots])

    def taken(self, i: int) -> Taken:
        """What row i takes of its parent."""
        row = self._net.rows[i]
        return self._exclusive_part(row) if row.siblings else self._part(i, row)

    def _slot(self, row: Row) -> int:
        assert row.slot is not None
        return row.slot

    def _part(self, i: int, row: Row) -> Taken:
        """What a stage by itself takes: its rate times its multipliers."""
        slot = self._slot(row)
        may_exceed = bool(row.lifts) or slot in self._still.changing
        rate = self._by_slot.get(slot)
        by_rate = Taken() if rate is None else Taken((rate,))
        if not (row.tires or may_exceed):
            return by_rate
        if self._multiplier_varies(row):
            by_month = (self._still.rates[slot] if rate is None else rate) * self._multiplier(row)
            return Taken((), np.minimum(by_month, 1.0) if may_exceed else by_month)
        if rate is not None and may_exceed and self._exceeds(rate, self._still.most_taken(i)):
            return Taken((), np.minimum(rate * self._moves.wide(self._still.taken(i)), 1.0))
        return by_rate

    def _exceeds(self, rate: Array, most: float) -> bool:
        """Whether a rate, itself at most 1, is above 1 somewhere when it is multiplied by so much."""
        return most > 1.0 and bool(np.max(rate, initial=0.0) * most > 1.0)

    # -- side outcomes that rule the main one out ----------------------------------------------------------------------

    def _exclusive_part(self, row: Row) -> Taken:
        """What an exclusive stage takes: its share, worn where it tires, of what the main sibling leaves over."""
        share = self._share(row)
        rest = Taken() if row.rival is None else self._rest(row.rival)
        worn = self._wear(row.channel) if row.tires else None
        factors = share.factors + rest.factors
        if share.months is None and rest.months is None and not (worn is not None and worn.varies):
            return Taken(factors)
        by_month = self._still_share(row) if share.months is None else [share.months]
        if worn is not None:
            by_month.append(worn.months)
        if row.rival is not None and not rest.factors:
            by_month.append(1.0 - self._still.taken(row.rival) if rest.months is None else rest.months)
        return Taken(factors, self._multiplied(by_month))

    def _still_share(self, row: Row) -> list[Array]:
        """An exclusive stage's share where no move changes it; none where the rate itself is a factor."""
        slot = self._slot(row)
        return [] if slot in self._still.free else [np.asarray(self._still.share(slot, row.siblings))]

    def _share(self, row: Row) -> Taken:
        """The share by itself; shares that add to more than 1 are divided by their sum."""
        rates = [self._by_slot.get(slot) for slot in row.siblings]
        seasons = [self._season(slot) for slot in row.siblings]
        if all(rate is None for rate in rates) and not any(season and season.varies for season in seasons):
            return Taken()
        own = row.siblings.index(self._slot(row))
        pairs = zip(row.siblings, rates, strict=True)
        shares = [self._still.rates[slot] if rate is None else rate for slot, rate in pairs]
        if any(season is not None for season in seasons):
            return Taken((), self._share_by_month(shares, seasons, own))
        own_rate, total = rates[own], sum(shares)
        factors = () if own_rate is None else (own_rate,)
        return Taken((*factors, 1.0 / np.maximum(total, 1.0)) if np.max(total, initial=0.0) > 1.0 else factors)

    def _share_by_month(self, shares: Sequence[float | Array], seasons: Sequence[ByMonth | None], own: int) -> Array:
        """The `own` of several shares with their seasons, month by month."""
        by_month = [
            share if season is None else np.minimum(1.0, share * self._moves.wide(season.months))
            for share, season in zip(shares, seasons, strict=True)
        ]
        months = np.asarray(by_month[own] / np.maximum(1.0, sum(by_month)))
        return np.broadcast_to(months, (self._plan.months + 1, *months.shape[1:]))

    def _rest(self, i: int) -> Taken:
        """What row i leaves over of its parent, as far as the moves change it."""
        if i not in self._rests:
            self._rests[i] = self._left_over(i, self._net.rows[i])
        return self._rests[i]

    def _left_over(self, i: int, row: Row) -> Taken:
        taken, slot = self.taken(i), self._slot(row)
        if taken.is_still:
            return Taken()
        if taken.months is None and not (row.tires or row.lifts or self._season(slot)):
            if slot not in self._rests_of_slots:
                self._rests_of_slots[slot] = 1.0 - taken.factors[0]
            return Taken((self._rests_of_slots[slot],))  # one array for every strand: sums share it
        months = self._moves.wide(self._still.taken(i) if taken.months is None else taken.months)
        return Taken((), 1.0 - (taken.factors[0] * months if taken.factors else months))

    # -- what changes a rate from month to month ----------------------------------------------------------------------

    def _multiplier_varies(self, row: Row) -> bool:
        """Whether season, wear or an assist of a row is another for each move."""
        return (
            row.slot in self._still.paced
            or (row.tires and self._wear_varies(row.channel))
            or any(self._assist_varies(assist) for assist in row.lifts)
        )

    def _multiplier(self, row: Row) -> Array:
        """Season, wear and assists of a row together, (months + 1, …)."""
        season = self._season(self._slot(row))
        by_month = [season.months] if season else []
        if row.tires:
            by_month.append(self._wear(row.channel).months)
        by_month += [self._lift(assist) for assist in row.lifts]
        return self._multiplied(by_month)

    def _multiplied(self, by_month: Sequence[Array]) -> Array:
        return reduce(np.multiply, [self._moves.wide(months) for months in by_month])

    def _season(self, slot: int) -> ByMonth | None:
        """The multipliers by month on a rate; None where it has none."""
        if slot not in self._seasons:
            still = self._still.seasons.get(slot)
            if slot in self._still.paced:
                self._seasons[slot] = ByMonth(self._moved_season(slot), True)
            else:
                self._seasons[slot] = None if still is None else ByMonth(still, False)
        return self._seasons[slot]

    def _moved_season(self, slot: int) -> Array:
        still = self._still.seasons.get(slot)
        planned = [1.0] * self._plan.months if still is None else still[:-1].tolist()
        path = f"{self._net.paths[slot]}.by_month"
        months = [self._moves.value(f"{path}.{month}", multiplier) for month, multiplier in enumerate(planned)]
        return seasonal(np.stack(np.broadcast_arrays(*months, np.zeros((1,) * len(self._moves.shape)))[:-1]))

    def _assist_varies(self, number: int) -> bool:
        return number in self._still.lifting or self._touches(self._net.assist_sources[number]).varies

    def _lift(self, number: int) -> Array:
        """What an assist multiplies a rate by, (months + 1, …)."""
        assist = self._plan.assists[number]
        touches = self._moves.wide(self._touches(self._net.assist_sources[number]).months)
        lift = self._moves.value(f"assists.{assist.key}.lift", assist.lift)
        return lifted(touches, lift, self._moves.value(f"assists.{assist.key}.scale", assist.scale))

    def _wear_varies(self, c: int) -> bool:
        return self._still.active[c].key in self._still.listed or self._touches(c).varies

    def _wear(self, c: int) -> ByMonth:
        """What a channel's audience leaves of a rate."""
        if c not in self._worn:
            channel, varies = self._still.active[c], self._wear_varies(c)
            sizes = {name: self._moves.value(f"{channel.key}.{name}", getattr(channel, name)) for name in LIST_FIELDS}
            touches = self._touches(c).months
            months = wear(self._moves.wide(touches) if varies else touches, **sizes, coverage=channel.coverage)
            self._worn[c] = ByMonth(months, varies)
        return self._worn[c]
