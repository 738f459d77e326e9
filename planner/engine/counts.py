"""What a plan brings: arrivals by stage, and what won deals are worth.

Views: "months" (months, …), "plan", "tail" and "all" (…), batch dimensions last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from planner.engine.batch import Array, Flows, View
from planner.engine.single import Multipliers
from planner.plan import Stage, deal_of

__all__ = ["LEAST", "Counts"]

LEAST = 1e-9  # less of a deal, or of an arrival, is rounding


class Counts:
    """Arrivals of a plan or a batch of it. `shape` is the batch's shape, () for one plan."""

    def __init__(self, flows: Flows) -> None:
        self._flows = flows
        self.plan, self.shape = flows.plan, flows.shape
        self.channels = flows.net.channels
        self._read: dict[tuple[str, View, str | None], Any] = {}

    def count(self, path: str, view: View, channel: str | None = None, opening: bool | None = None) -> Array:
        """Arrivals at a stage path ("won", "sales.won" and "" for touches too), of one channel or of all.

        `opening` True or False keeps only what openings bring, or only what the plan's own touches bring.
        """
        rows = self.rows(path, channel)
        if opening is not None:
            rows = tuple(i for i in rows if self._flows.net.rows[i].opening is opening)
        return self._flows.total(rows, view)

    def rows(self, path: str, channel: str | None) -> tuple[int, ...]:
        """The rows of a stage path, of one channel or of all."""
        head, _, stage = path.rpartition(".")
        if head in ("", "sales"):
            if channel is not None and channel not in self.channels:
                return ()
            return self._flows.net.find(stage, None if channel is None else self.channels.index(channel))
        return self._flows.net.find(stage, self.channels.index(head)) if head in self.channels else ()

    def value(self, path: str, of: Any) -> Any:
        """The number at a lever path: the plan's, or the moves'."""
        return self._flows.value(path, of)

    def wide(self, values: Any) -> Array:
        """Months without a batch, made to multiply with a batch."""
        column: Array = np.asarray(values, dtype=float).reshape(-1, *(1,) * len(self.shape))
        return column

    @cached_property
    def elapsed(self) -> Array:
        """How much of each month has passed, (months, …): all of it, unless the clock stands within the plan."""
        clock = self._flows.clock
        return self.wide(clock.elapsed if clock else np.ones(self.plan.months))

    @cached_property
    def month_numbers(self) -> Array:
        """The months of the plan, counted from 0, (months, …)."""
        return self.wide(np.arange(self.plan.months))

    def multipliers(self, channel: str, stage: Stage) -> Multipliers:
        """What makes a stage's rate what it is by month, for a forecast of one plan."""
        return self._flows.multipliers(self.channels.index(channel), stage)

    def nothing(self, view: View) -> Array:
        """Zero in the shape of the view, to add to."""
        return self._flows.total((), view)

    # -- deals --------------------------------------------------------------------------------------------------------

    def revenue(self, view: View, channel: str | None = None, opening: bool | None = None) -> Array:
        """Revenue of won deals, each at the value of the channel where it is won."""
        return self.worth(("value",), view, channel, opening)

    def gross_profit(self, view: View, channel: str | None = None, opening: bool | None = None) -> Array:
        """Revenue times gross margin, channel by channel."""
        return self.worth(("value", "gross_margin"), view, channel, opening)

    def worth(
        self, fields: Sequence[str], view: View, channel: str | None = None, opening: bool | None = None
    ) -> Array:
        """Won deals, each times these fields of its channel's `Deal`."""
        priced = [c.key for c in self.plan.channels if c.deal is not None and c.key in self.channels]
        if not priced or channel is not None:
            return np.asarray(self.count("won", view, channel, opening) * self.per_deal(fields, channel))
        by_channel = (self.worth(fields, view, key, opening) for key in self.channels)
        return np.asarray(sum(by_channel, self.nothing(view)))

    def per_deal(self, fields: Sequence[str], channel: str | None = None) -> Any:
        """The product of these fields of a channel's `Deal` (None: of the plan's)."""
        deal = deal_of(self.plan, channel)
        prefix = "deal" if deal is self.plan.deal else f"{channel}.deal"
        product: Any = 1.0
        for field in fields:
            product = product * self.value(f"{prefix}.{field}", getattr(deal, field))
        return product

    def mean_per_deal(self, fields: Sequence[str], view: View, channel: str | None = None) -> Any:
        """The same as a mean over the deals that the plan's own touches win.

        Where none is won: what all channels have in common, else nan.
        """
        keys = [key for key in self.channels if channel in (None, key)]
        with_own_deal = {c.key for c in self.plan.channels if c.deal is not None}
        if with_own_deal.isdisjoint(keys) or len(keys) == 1:
            common = self.per_deal(fields, keys[0] if keys else None)
            return self.wide(np.ones(self.plan.months)) * common if view == "months" else common
        per_deal = np.stack(np.broadcast_arrays(*(np.asarray(self.per_deal(fields, key)) for key in keys)))
        common = np.where((per_deal == per_deal[0]).all(axis=0), per_deal[0], np.nan)
        won, worth = self.count("won", view, channel, False), self.worth(fields, view, channel, False)
        won, worth, common = np.broadcast_arrays(won, worth, common)
        return np.divide(worth, won, out=common.copy(), where=won >= LEAST)

    def _once(self, what: str, view: View, channel: str | None, work_out: Callable[[], Any]) -> Any:
        """What is read off once: another time it is at hand."""
        key = (what, view, channel)
        if key not in self._read:
            self._read[key] = work_out()
        return self._read[key]
