"""Which limits bind at a best mix, and what one unit more of each would bring."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.ask.budget.prices import Prices, more_of
from planner.ask.budget.room import VALUE, Mix, Room
from planner.engine import forecast
from planner.engine.batch import Array
from planner.errors import Binding

__all__ = ["bindings"]

HARDLY = 1e-4  # a limit does not count as binding when twice as much of it would bring less than this share
WORN = 0.01  # an audience counts as binding when a tenth more of it would bring a thousandth more


def bindings(room: Room, mix: Mix, prices: Prices) -> tuple[Binding, ...]:
    """The limits that bind, priced: the budget, hours, then channel by channel, then audiences that wear."""
    if not room.channels:
        return ()
    return (*_rows(room, mix, prices), *_bounds(room, mix, prices.net), *_audiences(room, mix, prices))


def _rows(room: Room, mix: Mix, prices: Prices) -> Iterator[Binding]:
    """Limits that stand as rows; of one by month the month that binds most is named."""
    for limit in dict.fromkeys(row.limit for row in room.rows):
        mine = np.array([row.limit == limit for row in room.rows])
        price = float(prices.each @ more_of(room, limit))
        what, channels = room.rows[int(mine.argmax())].what, limit[1]
        if not price > 0:
            continue
        most = int(np.argmax(np.where(mine, prices.each, -1.0)))
        level = float(room.caps[mine].sum()) if what == "hours" else float(room.caps[most])
        if what == "audience":
            touches = next(c.touches_per_contact for c in room.plan.channels if c.key == channels[0])
            price, level = price * touches, level / touches
        if what == "budget" or price * level > HARDLY * abs(mix.value):
            yield Binding(what, channels, price, level, None if what == "budget" else room.rows[most].month)


def _bounds(room: Room, mix: Mix, net: Array) -> Iterator[Binding]:
    """Limits of single channels that bind, given what one more touch a month brings net of what it uses."""
    limited = {limit.channel for limit in room.plan.limits}
    for i, (key, ceiling) in enumerate(zip(room.channels, room.ceilings, strict=True)):
        volume, low, high, gain = (float(row[i]) for row in (mix.volumes, room.low, room.high, net))
        if ceiling.what and volume >= high * (1 - 1e-9) and gain > 0:
            yield Binding(ceiling.what, (key,), gain * ceiling.gives, ceiling.level, ceiling.month)
        elif key in limited and low > 0 and volume <= low * (1 + 1e-9) and gain < 0:
            yield Binding("least", (key,), -gain, low)


def _audiences(room: Room, mix: Mix, prices: Prices) -> Iterator[Binding]:
    """Audiences covered at random that hold the result down by wearing, with what one more contact would bring."""
    volumes = dict(zip(room.channels, mix.volumes.tolist(), strict=True))
    worn = {
        c.key: c.audience
        for c in room.plan.channels
        if c.audience is not None and volumes.get(c.key) and c.coverage == "random" and any(s.tires for s in c.stages)
    }
    if not worn:
        return
    grown = 1 + 1e-4 * np.eye(len(worn))
    moves = {f"{key}.audience": audience * grown[i] for i, (key, audience) in enumerate(worn.items())}
    gain = room.read(forecast(room.plan_at(mix.volumes), moves)) - mix.outcome[:, None]
    worth = (gain[VALUE] - prices.each @ gain[1:]) / (1e-4 * np.array(list(worn.values())))
    for (key, audience), price in zip(worn.items(), worth.tolist(), strict=True):
        if price * audience > WORN * abs(mix.value):
            yield Binding("audience", (key,), price, audience)
