"""`forecast(plan, moves)`: arrivals, costs and hours of a plan, or of every move of a batch at once.

A `Forecast` counts in two ways, always both: in the plan (months 0 … months − 1) and with the tail, which is what the
plan's activity will bring later. It grows in layers, a file each: `counts` (arrivals and deals), `hours` (the team) and
`costs`. Their views have batch dimensions last; the public mappings turn that into batch first, months last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np

from planner.engine.batch import Array, Flows, View
from planner.engine.costs import CostRow, Costs, started
from planner.engine.known import Known
from planner.errors import PlanError
from planner.plan import Plan, merged

__all__ = ["VERSION", "CostRow", "Forecast", "forecast", "started"]

VERSION = "2"


def forecast(plan: Plan, moves: Mapping[str, Any] | None = None, *, known: Known | None = None) -> Forecast:
    """The forecast of `plan` with `moves` {lever path: number or array} made.

    With `known` (without moves) it is the forecast of one plan under way, up to the day on which its clock stands: what
    was reported, and what the plan expects of that for the rest; the tail is what is under way on that day.

    Arrays broadcast to a batch of plans. Result arrays have batch dimensions first and months last. Raises PlanError
    for an unknown path or a value outside its bounds.

    >>> from planner import starter
    >>> batch = forecast(starter("email", "phone"), {"email.volume": [4_000.0, 8_000.0]})
    >>> batch.arrivals["email.won"].shape, batch.tail["email.won"].shape
    ((2, 12), (2,))
    """
    return Forecast(Flows(plan, moves, known))


class Forecast(Costs):
    """What a plan brings, takes and costs. `shape` is the batch's shape, () for one plan."""

    @property
    def arrivals(self) -> Mapping[str, Array]:
        """Arrivals in the plan by stage path, shape (…, months). "sales.won" and "won" are the sum over channels."""
        return _Arrivals(self, "months")

    @property
    def tail(self) -> Mapping[str, Array]:
        """Arrivals after the plan's end by stage path, shape (…)."""
        return _Arrivals(self, "tail")

    @property
    def cost(self) -> Array:
        """Cost in money, shape (…, months)."""
        return self.public(self.costs("months"), "months")

    def public(self, values: Array, view: View) -> Array:
        """Values of a view in the public shape: batch first, months last, broadcast to the whole batch."""
        if not self.shape:
            return values
        if view != "months":
            return np.asarray(np.broadcast_to(values, self.shape))
        values = values.reshape(len(values), *(1,) * (len(self.shape) + 1 - values.ndim), *values.shape[1:])
        return np.moveaxis(np.broadcast_to(values, (len(values), *self.shape)), 0, -1)


class _Arrivals(Mapping[str, Array]):
    """Arrivals by stage path, multiplied out when asked for."""

    def __init__(self, of: Forecast, view: View) -> None:
        self._forecast, self._view = of, view

    @cached_property
    def _paths(self) -> dict[str, None]:
        plan = self._forecast.plan
        paths = []
        for channel in plan.channels:
            paths += [f"{channel.key}.{stage.key}" for stage in merged(channel.stages, plan.sales)]
        for stage in plan.sales:
            paths += [f"sales.{stage.key}", stage.key]
        return dict.fromkeys([*paths, "appointment"])

    def __getitem__(self, path: str) -> Array:
        if path not in self._paths:
            raise PlanError(path, "names no stage of this plan; a stage path is channel.stage, such as email.sent")
        return self._forecast.public(self._forecast.count(path, self._view), self._view)

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
