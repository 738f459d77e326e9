"""How the figures of a plan answer one lever along its slider, so that a drag can be followed without asking again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.engine import Forecast, forecast
from planner.engine.batch import Array, View
from planner.measure.metrics import figure
from planner.plan import Plan
from planner.plan.metrics import METRICS

__all__ = ["Response", "parts_of", "response"]

OWN = "!"  # of the plan's own touches alone
FIRST = 9  # nodes before any is added
CLOSE = 0.005  # of the last of three shown digits: as far as a curve may be from the engine at any place of the slider
LEAST = 1e-3  # less is written as 0


@dataclass(frozen=True)
class Response:
    """Figures along one lever: `places` are the nodes, (n,), and `figures` by name their values there, (n,).

    Between nodes a monotone cubic (PCHIP) goes through them, which is right to the digits shown at every place that was
    asked for. Names are those of `parts_of` and stage paths.
    """

    places: Array
    figures: Mapping[str, Array]


def parts_of(metric: str) -> tuple[str, ...]:
    """What a metric is read off: itself, or numerator and denominator; `OWN` marks those of the plan's own touches."""
    row = METRICS[metric]
    if row.numerator is None or row.denominator is None:
        return (metric,)
    own = "" if row.counts_openings else OWN
    return (row.numerator + own, row.denominator + own)


def response(
    plan: Plan, path: str, places: Array, metrics: Sequence[str], stages: Sequence[str] = (), *, tail: bool = False
) -> Response:
    """How the parts of `metrics` and the arrivals at `stages` answer the lever at `path`, in the plan or with its tail.

    `places`, (n,) and rising, are all values that the slider can take; the nodes are some of them, added by bisection
    until every place agrees. Raises PlanError for an unknown path or a place outside the lever's bounds.
    """
    batch = forecast(plan, {path: places})
    names = dict.fromkeys(part for metric in metrics for part in parts_of(metric))
    view: View = "all" if tail else "plan"
    rows = {name: _part(batch, name, view) for name in names}
    rows |= {stage: batch.count(stage, view) for stage in stages}
    values = np.array([np.broadcast_to(row, places.shape) for row in rows.values()])
    nodes = _nodes(places, values)
    return Response(places[nodes], dict(zip(rows, values[:, nodes], strict=True)))


def _part(batch: Forecast, name: str, view: View) -> Array:
    own = False if name.endswith(OWN) else None
    return np.asarray(figure(batch, name.removesuffix(OWN), view, None, own))


def _nodes(places: Array, values: Array) -> Array:
    """The positions of the fewest nodes found by bisection through which a monotone cubic meets all values."""
    from scipy.interpolate import PchipInterpolator

    last = len(places) - 1
    digit = 10.0 ** (np.floor(np.log10(np.maximum(np.abs(values), LEAST))) - 2.0)
    nodes = np.unique(np.linspace(0, last, min(FIRST, last + 1)).astype(int))
    while len(nodes) <= last:
        curve = PchipInterpolator(places[nodes], values[:, nodes], axis=1)(places)
        apart = np.flatnonzero((np.abs(curve - values) > CLOSE * digit).any(axis=0))
        if not len(apart):
            break
        gaps = np.unique(np.searchsorted(nodes, apart))
        nodes = np.union1d(nodes, (nodes[gaps - 1] + nodes[gaps]) // 2)
    return np.asarray(nodes)
