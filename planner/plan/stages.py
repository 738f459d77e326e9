"""A funnel: its stages, their delays, and what a channel's funnel is with the sales stages behind it."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple, Protocol, TypeVar

from annotated_types import MaxLen, MinLen

from planner.plan import kinds
from planner.plan.frozen import value

__all__ = ["Channel", "Deal", "Delay", "Key", "Label", "Shape", "Stage", "main_path", "merged", "shapes"]

Key = Annotated[str, MinLen(1), MaxLen(40)]
Label = Annotated[str, MinLen(1), MaxLen(80)]


@value
class Deal:
    """A won deal: `value` is its revenue; the rest says what the customer is worth later."""

    value: Annotated[float, kinds.MONEY]
    gross_margin: Annotated[float, kinds.SHARE]
    purchases_per_year: Annotated[float, kinds.PER_YEAR] = 1.0
    lifetime_years: Annotated[float, kinds.YEARS] = 1.0


@value
class Delay:
    """Half have arrived after `median_days`, nine in ten after `median_days · p90_ratio` (lognormal)."""

    median_days: Annotated[float, kinds.DAYS]
    p90_ratio: Annotated[float, kinds.SPREAD]


@value
class Stage:
    """One stage of a funnel: `rate` is the share of the stage `of` that arrives here (`of` None: the root).

    `main`: on the way to an appointment. `exclusive`: rules the main sibling out, `rate` then being the share of what
    that sibling leaves over. `tires`: suffers when the audience is worn out. `by_month`: one multiplier per month on
    the rate (empty: all 1).
    """

    key: Key
    label: Label
    of: Key | None
    rate: Annotated[float, kinds.RATE]
    delay: Delay | None = None
    main: bool = False
    exclusive: bool = False
    tires: bool = False
    by_month: tuple[Annotated[float, kinds.RATE_FACTOR], ...] = ()


@value
class Channel:
    """One channel: `volume` target touches a month times `profile` (one multiplier per month; empty: all 1).

    `coverage`: touches meet an audience at random, or work through it in order, as a team does with a list; `fresh`
    contacts join it a month. `pace` is the most touches a week for each rep or for each of its `senders` (None: as many
    as the usual volume needs). `deal` is what a deal won here is worth (None: the plan's).
    """

    key: Key
    kind: Key
    label: Label
    volume: Annotated[float, kinds.TOUCHES]
    stages: tuple[Stage, ...]
    profile: tuple[Annotated[float, kinds.FACTOR], ...] = ()
    touches_per_contact: Annotated[float, kinds.PER_CONTACT] = 1.0
    audience: Annotated[float, kinds.PEOPLE] | None = None
    active: bool = True
    coverage: Literal["random", "in_order"] = "random"
    fresh: Annotated[float, kinds.FRESH] = 0.0
    pace: Annotated[float, kinds.PACE] | None = None
    pace_per: Literal["rep", "sender"] = "rep"
    senders: Annotated[float, kinds.SENDERS] | None = None
    deal: Deal | None = None


class Shape(NamedTuple):
    """A stage without its numbers and label."""

    key: str
    of: str | None
    main: bool
    exclusive: bool
    tires: bool
    delayed: bool


def shapes(stages: tuple[Stage, ...]) -> tuple[Shape, ...]:
    """The shapes of stages, in their order."""
    return tuple(Shape(s.key, s.of, s.main, s.exclusive, s.tires, s.delay is not None) for s in stages)


class _Placed(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def of(self) -> str | None: ...
    @property
    def main(self) -> bool: ...


S = TypeVar("S", bound=_Placed)


def merged(stages: tuple[S, ...], sales: tuple[S, ...]) -> tuple[S, ...]:
    """A channel's stages with the sales stages it passes, its own rows taking the place of sales rows of that key.

    A channel without a main `appointment` passes none.
    """
    if not any(stage.key == "appointment" and stage.main for stage in stages):
        return stages
    own = {stage.key for stage in stages}
    return stages + tuple(stage for stage in sales if stage.key not in own)


def main_path(stages: tuple[S, ...]) -> tuple[S, ...]:
    """The main stages from the root to the end, in order."""
    below = {stage.of: stage for stage in stages if stage.main or stage.of is None}
    path: list[S] = []
    while (last := path[-1].key if path else None) in below:
        path.append(below[last])
    return tuple(path)
