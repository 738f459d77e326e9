"""What happened, figure by figure: a fact, the names it can have, and what was chosen where two sources disagree."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from planner.actuals.periods import shortest_form
from planner.errors import BadActuals
from planner.plan import Plan, merged

__all__ = [
    "MONEY_NAMES", "NAMED_SUMS", "NAMED_SUM_KEYS", "OPEN", "UNATTRIBUTED", "UNIQUES", "Choice", "Fact", "NamedSum",
    "Timing", "stage_keys",
]  # fmt: skip

UNATTRIBUTED = "sales"  # the channel of what no channel can be named for
MONEY_NAMES = ("cost", "revenue")
OPEN = -1  # days until a unit arrived that has not


@dataclass(frozen=True)
class NamedSum:
    """A sum that no rate plans but a KPI needs. `kind` is the kind of channel it belongs to; None: any, or none."""

    key: str
    label: str
    kind: str | None = None


NAMED_SUMS: tuple[NamedSum, ...] = (
    NamedSum("planned", "Planned touches"),
    NamedSum("contacts_touched", "Contacts touched (people)"),
    NamedSum("bounces", "Bounces (hard and soft together)", "email"),
    NamedSum("talk_seconds", "Talk time in seconds", "phone"),
    NamedSum("key_answers", "Key answers", "phone"),
    NamedSum("accounts_reached", "Accounts reached", "ads"),
    NamedSum("visits", "Visits (a visitor may come twice)", "landing"),
    NamedSum("chat_appointments", "Appointments from chats", "landing"),
    NamedSum("responders", "People who responded"),
    NamedSum("first_response_days", "Days from first attempt to first response, summed"),
    NamedSum("days_to_close", "Days to close won deals, summed"),
    NamedSum("days_in_opportunity", "Days from opportunity to won deal, summed"),
    NamedSum("follow_ups", "Follow-ups"),
    NamedSum("presentations", "Presentations"),
    NamedSum("leads", "Leads"),
    NamedSum("leads_responded", "Leads responded to"),
    NamedSum("surveys", "Survey answers"),
    NamedSum("satisfied", "Satisfied customers"),
    NamedSum("promoters", "Promoters (9 or 10)"),
    NamedSum("detractors", "Detractors (0 to 6)"),
)
UNIQUES = frozenset(["contacts_touched", "accounts_reached", "responders"])  # of campaigns they do not add up
NAMED_SUM_KEYS = frozenset(item.key for item in NAMED_SUMS)


@dataclass(frozen=True)
class Fact:
    """One figure: `value` of `name` (a stage, a named sum, "cost" or "revenue") of a channel in a period.

    `period` is a month "2027-01", a day "2027-01-31" or a range of days "2027-01-04/2027-01-10", both ends included;
    `source` the tool, account and table that says so.
    """

    source: str
    period: str
    channel: str
    name: str
    value: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "period", shortest_form(self.period))
        if not math.isfinite(self.value) or (self.value < 0 and self.name not in MONEY_NAMES):
            what = f"{self.channel}.{self.name} of {self.period} is {self.value:g}; a count is 0 or more."
            raise BadActuals(what, mend="Correct the figure.")


@dataclass(frozen=True, order=True)
class Choice:
    """Whose figure counts where several sources report the same days of it; None: all of them, added up."""

    channel: str
    name: str
    source: str | None


@dataclass(frozen=True, order=True)
class Timing:
    """The units that one source dates at a stage `path`, known on the day `as_of`.

    `began` are the days on which each began, counted as `date.toordinal` does; `lags` the days until each arrived, -1
    for those that have not.
    """

    source: str
    path: str
    as_of: dt.date
    began: tuple[int, ...]
    lags: tuple[int, ...]

    def __post_init__(self) -> None:
        last = self.as_of.toordinal()
        fits = len(self.began) == len(self.lags) and all(lag >= OPEN for lag in self.lags)
        if not fits or any(not 0 < begun <= last for begun in self.began):
            raise BadActuals(f"The dates of {self.path[:60]} do not fit together.", mend="Upload the file again.")


def stage_keys(plan: Plan, channel: str) -> frozenset[str]:
    """Keys of the stages a count of this channel can be of; for "sales" the sales stages and the appointment."""
    if channel == UNATTRIBUTED:
        return frozenset(key for stage in plan.sales for key in (stage.of, stage.key) if key)
    return frozenset(
        stage.key for item in plan.channels if item.key == channel for stage in merged(item.stages, plan.sales)
    )
