"""Ranges to suggest: what is typical for a lever, and a typical one on everything the world decides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.plan import Plan, Range
from planner.plan.levers import kind_of_lever, range_around
from planner.plan.paths import get, locate
from planner.plan.scales import link, unlink
from planner.plan.starter import typical_of

__all__ = ["typical_range", "with_typical_ranges"]

UNKNOWN_WIDTH = np.log(1.3)  # half the width, on the link scale, of the range of a lever of which nothing is known


def typical_range(plan: Plan, path: str) -> Range | None:
    """The 10th and 90th percentile to suggest for a lever; None where it cannot have a range.

    The typical one of its channel's kind, carried to the lever's value where that lies outside; where nothing is known,
    30 % either way (for rates and shares: of the odds).
    """
    value, kind, typical = float(get(plan, locate(plan, path))), kind_of_lever(plan, path), typical_of(plan, path)
    if not kind.link or not kind.low < value or (kind.link == "logit" and value >= kind.high):
        return None
    if typical and kind.low < typical.low < typical.high < kind.high:
        usual = Range(path, float(typical.low), float(typical.high))
        return usual if usual.low <= value <= usual.high else range_around(kind, value, usual, float(typical.value))
    middle = link(kind, value)
    low, high = float(unlink(kind, middle - UNKNOWN_WIDTH)), min(float(unlink(kind, middle + UNKNOWN_WIDTH)), kind.high)
    return Range(path, low, high) if low < value <= high else None


def with_typical_ranges(plan: Plan) -> Plan:
    """The plan with a typical range on what the world decides, where it has none yet.

    That is: every rate on the way to a deal and how long a deal takes, and the deal's value and margin. Volumes and
    prices the team sets itself stay as they are.
    """
    mains = [(c.key, s) for c in plan.channels if c.active for s in c.stages if s.main]
    mains += [("sales", s) for s in plan.sales if s.main]
    rates = [f"{key}.{s.key}.rate" for key, s in mains]
    delays = [f"sales.{s.key}.delay.median_days" for s in plan.sales if s.main and s.delay]
    ranged = {band.path for band in plan.ranges}
    free = [path for path in (*rates, *delays, "deal.value", "deal.gross_margin") if path not in ranged]
    typical = [typical_range(plan, path) for path in free]
    return replace(plan, ranges=(*plan.ranges, *(band for band in typical if band)))
