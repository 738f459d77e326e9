"""What one more of a metric costs in each channel, at the mix as it is planned."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from planner.ask.budget.room import SPEND, VALUE, Room
from planner.plan import Plan

__all__ = ["marginal_costs"]

STEP = 0.01  # of a channel's volume: how much more is tried
LEAST = 1e-12  # of the metric: less is nothing


def marginal_costs(plan: Plan, metric: str = "won", *, tail: bool = False) -> Mapping[str, float]:
    """The variable cost of one more of `metric` in each channel a budget can move, the others as they are.

    It is what the next hundredth of the channel's volume costs ÷ what it brings: touches and what their replies and
    appointments cost; tools, team and commission come on top. `tail` counts what closes later on both sides. Infinite
    where more touches bring nothing more, such as on a list that is used up. One batched forecast.

    >>> from planner import starter
    >>> {key: round(cost) for key, cost in marginal_costs(starter("email"), tail=True).items()}
    {'email': 130}
    """
    whole = Room.of(plan, math.inf, metric, tail=tail)
    room = whole.relaxed if whole.stepped else whole
    if not room.channels:
        return {}
    step = np.maximum(STEP * room.now, 1.0)
    outcome = room.outcome(np.vstack([room.now, room.now + np.diag(step)]))
    gain = outcome[:, 1:] - outcome[:, :1]
    brings = gain[VALUE] > LEAST
    each = np.divide(gain[SPEND], gain[VALUE], out=np.full(len(step), np.inf), where=brings)
    return dict(zip(room.channels, each.tolist(), strict=True))
