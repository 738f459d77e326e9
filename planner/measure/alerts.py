"""Which limits a forecast breaks: the lever that causes it, the month where it bites, and by how much, in a sentence.

A "limit" cannot be done or must not be, a "warning" will cost, a "note" is worth a look.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from planner.calendar import holiday_years, month_keys, working_days
from planner.engine import Forecast
from planner.errors import PlanError
from planner.measure.lists import list_use, used_up
from planner.measure.metrics import METRICS, read
from planner.plan import Channel
from planner.plan.paths import get, locate
from planner.plan.starter import template, typical_of
from planner.plan.typical import usual_senders
from planner.words import DASH, change, counted, in_text, month_name, plural, short, write

__all__ = ["AUDIENCE", "ODDS", "RATES", "SEVERITIES", "Alert", "Severity", "Threshold", "alerts"]

DAYS_A_WEEK = 5.0  # working days
Severity = Literal["limit", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
What = Literal["hours", "labour", "calendar", "volume", "rate", "audience", "pace", "target", "unusual"]


@dataclass(frozen=True)
class Alert:
    """A limit passed: `what` kind it is, at which lever `path` ("" where no lever alone causes it), worst in `month`.

    `channels` are those concerned; `amount` is by how much the figure passes what is allowed, in the figure's own unit.
    """

    key: str
    what: What
    severity: Severity
    path: str
    month: int | None
    channels: tuple[str, ...]
    amount: float
    sentence: str


@dataclass(frozen=True)
class Threshold:
    """From where on a figure is a note, a warning, a limit; who says so, and in which words."""

    source: str
    says: str = ""
    note: float = math.inf
    warning: float = math.inf
    limit: float = math.inf

    def severity(self, figure: float) -> Severity | None:
        """The worst that the figure reaches; None below all of them."""
        return next((name for name in SEVERITIES if figure >= getattr(self, name)), None)


RATES: Mapping[str, Threshold] = {  # by stage: the share of its parent's arrivals
    "spam_complaint": Threshold(
        "https://inboxradar.mnac.io/a/gmail-postmaster-spam-rate",
        "mail providers warn from {warning} and block from {limit}",
        warning=0.001,
        limit=0.003,
    ),
}
AUDIENCE = Threshold(  # touches ÷ what the audience takes
    "random coverage leaves exp(−touches ÷ room) fresh: half of it, and 37 %; judgement", note=math.log(2), warning=1.0
)
ODDS = Threshold(  # the odds of a rate ÷ those of the upper end of its typical range
    "twice and four times what good teams reach; judgement", note=2.0, warning=4.0
)


def alerts(made: Forecast) -> tuple[Alert, ...]:
    """Every limit that the forecast of one plan breaks, the gravest first. PlanError for a batch."""
    if made.shape:
        raise PlanError("moves", "make a batch of forecasts; limits are looked for in one")
    found = [*_hours(made), *_labour(made), *_calendar(made), *_volumes(made), *_rates(made)]
    for channel in made.plan.channels:
        if channel.key in made.channels:
            found += [*_worn(made, channel), *_beyond_list(made, channel), *_pace(made, channel)]
    found += [*_capped(made), *_targets(made), *_odds(made)]
    return tuple(sorted(found, key=lambda breach: SEVERITIES.index(breach.severity)))


def _hours(made: Forecast) -> Iterator[Alert]:
    """Months that need more hours than the team has."""
    plan, needed, there = made.plan, made.hours("months"), made.hours_available
    over = np.flatnonzero(needed > there * (1 + 1e-9))
    if not over.size or not made.payroll().any():
        return
    month = int(over[np.argmax((needed - there)[over])])
    most = max(made.channels, key=lambda key: made.hours("months", key)[month])
    part = made.hours("months", most)[month] / needed[month]
    label = next(in_text(c.label) for c in plan.channels if c.key == most)
    others = f", and short in {counted(plan, over.size - 1, 'more month')}" if over.size > 1 else ""
    yield Alert(
        "hours", "hours", "limit", f"{most}.volume", month, (most,), float(needed[month] - there[month]),
        f"The team is {write(plan, needed[month] - there[month], 'hours')} short in {month_name(plan, month)}: "
        f"{write(plan, needed[month], 'hours')} needed, {write(plan, there[month], 'hours')} there{others}. "
        f"{short(plan, part, 'percent')} of the need comes from {label}.",
    )  # fmt: skip


def _labour(made: Forecast) -> Iterator[Alert]:
    """Work that nobody is paid for."""
    plan, needed, staffed = made.plan, float(made.hours("plan")), made.payroll().any()
    if needed > 0 and not (staffed and _lever(made, "team.cost_per_month")):
        path, who = ("team.cost_per_month", "reps who cost nothing") if staffed else ("team.reps", "nobody to do it")
        yield Alert(
            "labour", "labour", "warning", path, None, (), needed,
            f"The plan needs {short(plan, needed, 'hours')} of work and has {who}: cost, CAC and an ROI of "
            f"{short(plan, read(made, 'roi'), 'percent')} leave labour out.",
        )  # fmt: skip


def _calendar(made: Forecast) -> Iterator[Alert]:
    """Months whose public holidays nobody knows: every weekday counts as worked there."""
    plan = made.plan
    years, keys = holiday_years(plan.country), month_keys(plan.start, plan.months)
    unknown = [month for month, key in enumerate(keys) if int(key[:4]) not in years]
    if unknown:
        yield Alert(
            "calendar", "calendar", "warning", "", unknown[0], (), float(len(unknown)),
            f"Public holidays of {plan.country} are known from {years[0]} to {years[-1]}: in "
            f"{counted(plan, len(unknown), 'month')} of the plan, the first {month_name(plan, unknown[0])}, every "
            "weekday counts as a working day.",
        )  # fmt: skip


def _volumes(made: Forecast) -> Iterator[Alert]:
    """Target volumes outside the limits that the plan itself sets."""
    plan = made.plan
    for bound in plan.limits:
        channel = next(c for c in plan.channels if c.key == bound.channel)
        most, volume = math.inf if bound.most is None else bound.most, _lever(made, f"{channel.key}.volume")
        if channel.active and not bound.least <= volume <= most:
            limit = f"at most {write(plan, most)}" if volume > most else f"at least {write(plan, bound.least)}"
            yield Alert(
                f"volume.{channel.key}", "volume", "limit", f"{channel.key}.volume", None, (channel.key,),
                max(volume - most, bound.least - volume),
                f"{channel.label}: {write(plan, volume)} {_unit(channel)} a month; its limit is {limit}.",
            )  # fmt: skip


def _rates(made: Forecast) -> Iterator[Alert]:
    """Rates that somebody outside puts a limit on."""
    plan = made.plan
    for channel in plan.channels:
        for stage in channel.stages:
            known, parent = RATES.get(stage.key), made.count(f"{channel.key}.{stage.of}", "all")
            share = float(made.count(f"{channel.key}.{stage.key}", "all") / parent) if known and parent > 0 else 0.0
            severity = known.severity(share * (1 + 1e-9)) if known else None
            if known and severity:
                ends = {name: short(plan, getattr(known, name), "percent") for name in SEVERITIES}
                yield Alert(
                    f"{channel.key}.{stage.key}", "rate", severity, f"{channel.key}.{stage.key}.rate", None,
                    (channel.key,), share - getattr(known, severity),
                    f"{channel.label}: {short(plan, share, 'percent')} {plural(in_text(stage.label))}; "
                    f"{known.says.format(**ends)}.",
                )  # fmt: skip


def _worn(made: Forecast, channel: Channel) -> Iterator[Alert]:
    """An audience that has been touched too often."""
    if channel.audience is None or channel.coverage == "in_order":
        return
    plan, key = made.plan, channel.key
    room = _lever(made, f"{key}.audience") * _lever(made, f"{key}.touches_per_contact")
    used = np.cumsum(made.count(f"{key}.", "months")) / room
    severity = AUDIENCE.severity(float(used[-1]))
    if severity:
        month = int(np.argmax(used >= AUDIENCE.note))
        yield Alert(
            f"audience.{key}", "audience", severity, f"{key}.volume", month, (key,), float((used[-1] - 1) * room),
            f"{channel.label}: {write(plan, used[-1] * room)} {_unit(channel)} on an audience that takes "
            f"{write(plan, room)}; less than half of it is fresh from {month_name(plan, month)} on, "
            f"{short(plan, math.exp(-used[-1]), 'percent')} in the end.",
        )  # fmt: skip


def _beyond_list(made: Forecast, channel: Channel) -> Iterator[Alert]:
    """Touches beyond a list that is worked through in order."""
    use, month, plan = list_use(made, channel), used_up(made, channel), made.plan
    if use is None or month is None:
        return
    beyond = float(np.maximum(use.wanted - use.room, 0.0).sum())
    size = write(plan, use.room[month] / _lever(made, f"{channel.key}.touches_per_contact"))
    yield Alert(
        f"list.{channel.key}", "audience", "warning", f"{channel.key}.volume", month, (channel.key,), beyond,
        f"{channel.label}: the list of {size} contacts is used up in {month_name(plan, month)}; "
        f"{write(plan, beyond)} {_unit(channel)} planned beyond it reach nobody new.",
    )  # fmt: skip


def _pace(made: Forecast, channel: Channel) -> Iterator[Alert]:
    """More touches a week than the channel's pace allows each rep or each sender."""
    if channel.pace is None:
        return
    plan, pace = made.plan, _lever(made, f"{channel.key}.pace")
    heads = made.payroll() if channel.pace_per == "rep" else np.full(plan.months, usual_senders(channel))
    days = np.array(working_days(plan.country, plan.start, plan.months), dtype=float)
    weeks = np.maximum(days, 1.0) / DAYS_A_WEEK
    touches = made.count(f"{channel.key}.", "months")
    each = np.divide(touches, heads * weeks, out=np.zeros(plan.months), where=heads > 0)
    month = int(np.argmax(each))
    if each[month] > pace * (1 + 1e-9):
        yield Alert(
            f"pace.{channel.key}", "pace", "warning", f"{channel.key}.volume", month, (channel.key,),
            float(each[month] - pace),
            f"{channel.label}: {write(plan, round(each[month]))} {_unit(channel)} a week for each {channel.pace_per} "
            f"in {month_name(plan, month)}; the most is {write(plan, pace)}.",
        )  # fmt: skip


def _capped(made: Forecast) -> Iterator[Alert]:
    """Rates that their multiplier of a month would take past 100 %."""
    plan = made.plan
    rows = [(c.key, c.label, s) for c in plan.channels if c.key in made.channels for s in c.stages]
    for prefix, label, stage in [*rows, *(("sales", "Sales", s) for s in plan.sales)]:
        path = f"{prefix}.{stage.key}"
        factors = [_lever(made, f"{path}.by_month.{month}") for month in range(len(stage.by_month))]
        month = int(np.argmax(factors)) if factors else 0
        share = _lever(made, f"{path}.rate") * factors[month] if factors else 0.0
        if share > 1 + 1e-9:
            yield Alert(
                f"{path}.by_month", "unusual", "note", f"{path}.rate", month, (prefix,) * (prefix != "sales"),
                share - 1, f"{label}: {in_text(stage.label)} {short(plan, share, 'percent')} of the stage before in "
                f"{month_name(plan, month)} by its multiplier; it counts as {short(plan, 1.0, 'percent')}.",
            )  # fmt: skip


def _targets(made: Forecast) -> Iterator[Alert]:
    """Targets of the plan that it misses."""
    plan = made.plan
    for target in plan.targets:
        metric = METRICS[target.metric]
        reached, in_the_end = (float(read(made, target.metric, tail=tail)) for tail in (False, True))
        if (reached - target.value) * metric.better >= -1e-9 * abs(target.value):
            continue
        written, finally_ = (write(plan, value, metric.unit) for value in (reached, in_the_end))
        gap = change(plan, reached, target.value, metric.unit)
        later = f"; with what lands later {finally_}" if finally_ != written else ""
        yield Alert(
            f"target.{target.metric}", "target", "warning", "", None, (), abs(reached - target.value),
            f"{metric.label}: {written if written != DASH else 'no figure'} against a target of "
            f"{write(plan, target.value, metric.unit)}{f' ({gap})' if gap else ''}{later}.",
        )  # fmt: skip


def _odds(made: Forecast) -> Iterator[Alert]:
    """Rates on the way to a deal that lie far above what is usual."""
    plan = made.plan
    rows = [(c.key, c.label, s) for c in plan.channels if c.key in made.channels for s in c.stages if s.main]
    for prefix, label, stage in [*rows, *(("sales", "Sales", s) for s in plan.sales if s.main)]:
        path = f"{prefix}.{stage.key}.rate"
        usual = typical_of(plan, path)
        if usual is None or not usual.high < 1:
            continue
        rate = _lever(made, path)
        severity = ODDS.severity(rate / max(1 - rate, 1e-9) * (1 - usual.high) / usual.high)
        if severity:
            yield Alert(
                path, "unusual", severity, path, None, (prefix,) * (prefix != "sales"), rate - usual.high,
                f"{label}: {in_text(stage.label)} {short(plan, rate, 'percent')}; usual is "
                f"{short(plan, usual.low, 'percent')} to {short(plan, usual.high, 'percent')}.",
            )  # fmt: skip


def _lever(made: Forecast, path: str) -> float:
    return float(made.value(path, get(made.plan, locate(made.plan, path))))


def _unit(channel: Channel) -> str:
    made = template(channel.kind)
    return made.unit if made else "touches"
