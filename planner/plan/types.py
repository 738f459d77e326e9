"""The types of a plan: frozen, hashable, checked when made, made of tuples and numbers only.

Every number with a `Kind` in its annotation has a name, its lever path (see `levers`). What may stand beside what is
checked once, in `Plan.__post_init__`: the refusal names the field.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, TypeVar

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from planner.errors import PlanError
from planner.plan import kinds
from planner.plan.checks import check
from planner.plan.frozen import replace, value
from planner.plan.metrics import METRICS
from planner.plan.stages import Channel, Deal, Delay, Key, Label, Stage, main_path, merged
from planner.plan.structure import RESERVED

__all__ = [
    "RESERVED", "Assist", "Channel", "Cost", "Deal", "Delay", "Effort", "Evidence", "Feed", "Hire", "Limit", "Opening",
    "Plan", "Range", "Stage", "Target", "Team", "deal_of", "main_path", "merged", "replace", "the",
]  # fmt: skip

T = TypeVar("T")
Path = Annotated[str, MinLen(1), MaxLen(90)]
Month = Annotated[int, Ge(0), Le(59)]


def _metric(key: str) -> str:
    if key not in METRICS:
        raise PydanticCustomError("metric", "it is no metric; the metrics are {keys}", {"keys": ", ".join(METRICS)})
    return key


MetricKey = Annotated[str, AfterValidator(_metric)]


@value
class Cost:
    """`amount` of money per "month", "once", "hour", stage path; per "revenue" a share of revenue.

    Charged from month `first` to month `last`, counted from 0 (None: to the end); "once" in `first`. With a `step` the
    amount is charged once each started `step` of a month's arrivals.
    """

    key: Key
    label: Label
    amount: Annotated[float, kinds.MONEY]
    per: Path
    channel: Key | None = None
    first: Month = 0
    last: Month | None = None
    step: Annotated[float, kinds.STEP] | None = None


@value
class Effort:
    """Minutes a rep spends on each arrival at the stage path."""

    stage: Path
    minutes: Annotated[float, kinds.MINUTES]


@value
class Hire:
    """Reps who join (or, negative, leave) at the start of a month counted from 0."""

    month: Month
    reps: Annotated[float, kinds.HIRED]


@value
class Team:
    """The people: those there at the start are ramped; a hire's productivity rises evenly over `ramp_months`."""

    reps: Annotated[float, kinds.REPS] = 0.0
    cost_per_month: Annotated[float, kinds.MONEY] = 0.0
    hours_per_day: Annotated[float, kinds.HOURS] = 6.0
    ramp_months: Annotated[float, kinds.RAMP] = 0.0
    hires: tuple[Hire, ...] = ()


@value
class Feed:
    """`share` of the arrivals at stage path `source` become touches of `channel` in the same month."""

    key: Key
    source: Path
    channel: Key
    share: Annotated[float, kinds.SHARE]


@value
class Assist:
    """The rate of `stage` is multiplied by 1 + lift · (1 − exp(−touches of source / scale)), never above 1."""

    key: Key
    source: Key
    stage: Path
    lift: Annotated[float, kinds.LIFT]
    scale: Annotated[float, kinds.PEOPLE]


@value
class Opening:
    """A count already under way at a stage path when the plan starts."""

    stage: Path
    count: Annotated[float, kinds.COUNT]


@value
class Range:
    """The planner's 10th and 90th percentile of the lever at `path`, as typed while it stood at `at`.

    None: at its present value. The sample plan says where its ranges were typed, so that links say it only of others.
    """

    path: Path
    low: float
    high: float
    at: float | None = None


@value
class Target:
    """A target: `metric` should reach `value`, in the metric's own unit."""

    metric: MetricKey
    value: float


@value
class Limit:
    """The minimum and maximum touches a month of a channel, which budget and goal seek respect (equal: locked)."""

    channel: Key
    least: Annotated[float, kinds.TOUCHES] = 0.0
    most: Annotated[float, kinds.TOUCHES] | None = None


@value
class Evidence:
    """What the value at `path` rests on: a source in words or an address, sample size, date."""

    path: Path
    source: Annotated[str, MaxLen(400)]
    n: Annotated[float, kinds.WHOLE] | None = None
    as_of: Annotated[str, MaxLen(10)] | None = None


@value
class Plan:
    """A whole plan. `start` is "YYYY-MM"; `sales` are the stages every appointment passes.

    `ask` is what its makers ask for, in a sentence of their own, `author` who they are; no figure depends on them.
    """

    name: Label
    currency: str
    start: str
    months: Annotated[int, Ge(1), Le(60)]
    country: str
    locale: str
    channels: tuple[Channel, ...]
    sales: tuple[Stage, ...]
    deal: Deal
    team: Team = Team()
    costs: tuple[Cost, ...] = ()
    efforts: tuple[Effort, ...] = ()
    feeds: tuple[Feed, ...] = ()
    assists: tuple[Assist, ...] = ()
    opening: tuple[Opening, ...] = ()
    ranges: tuple[Range, ...] = ()
    correlation: Annotated[float, kinds.CORRELATION] = 0.0
    targets: tuple[Target, ...] = ()
    limits: tuple[Limit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    note: Annotated[str, MaxLen(4000)] = ""
    ask: Annotated[str, MaxLen(600)] = ""
    author: Annotated[str, MaxLen(80)] = ""

    def __post_init__(self) -> None:
        check(self)


def deal_of(plan: Plan, channel: str | None) -> Deal:
    """What a deal won in a channel is worth: the channel's own `Deal`, else the plan's."""
    return next((c.deal for c in plan.channels if c.key == channel and c.deal is not None), plan.deal)


def the(items: Iterable[T], **wanted: object) -> T:
    """The first item whose attributes are as wanted; PlanError where there is none."""
    for item in items:
        if all(getattr(item, name) == to for name, to in wanted.items()):
            return item
    raise PlanError("", "there is no " + " ".join(f"{name} {to}" for name, to in wanted.items()))
