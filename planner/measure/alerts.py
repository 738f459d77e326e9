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
from planner.plan.naming import unit_of
from planner.plan.paths import get, locate
from planner.plan.starter import typical_of
from planner.plan.typical import usual_senders
from planner.words import DASH, change, counted, in_text, month_name, plural, short, write

__all__ = ["AUDIENCE", "ODDS", "RATES", "SEVERITIES", "Alert", "Severity", "Threshold", "alerts"]

DAYS_A_WEEK = 5.0  # working days
Severity = Literal["limit", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
What = Literal["hours", "labour", "calendar", "volume", "rate", "audience", "pace", "target", "unusual"]


@dataclass(frozen=True)
class Alert:
    """A limit that a forecast breaks: its kind, the lever that causes it ("" where none alone does), its worst month.

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
    "random coverage leaves exp(−touches ÷ room) fresh: half of it, and 37%; judgement", note=math.log(2), warning=1.0
)
ODDS = Threshold(  # the odds of a rate ÷ those of the upper end of its typical range
    "twice and four times what good teams reach; judgement", note=2.0, warning=4.0
)


def alerts(forecast: Forecast, *, tail: bool = False) -> tuple[Alert, ...]:
    """Every limit that the forecast of one plan breaks, the gravest first. PlanError for a batch.

    Targets are missed in the plan, or with `tail` with what closes later, too.

    >>> from planner import forecast, pull, starter
    >>> plan = pull(starter("phone"), "phone.volume", 50_000.0)
    >>> [(alert.what, alert.path) for alert in alerts(forecast(plan)) if alert.path]
    [('hours', 'phone.volume'), ('audience', 'phone.volume'), ('pace', 'phone.volume')]
    """
    if forecast.shape:
        raise PlanError("moves", "make a batch of forecasts; limits are looked for in one")
    listed = [*_hours(forecast), *_labour(forecast), *_calendar(forecast), *_volumes(forecast), *_rates(forecast)]
    for channel in forecast.plan.channels:
        if channel.key in forecast.channels:
            listed += [*_worn(forecast, channel), *_beyond_list(forecast, channel), *_pace(forecast, channel)]
    listed += [*_capped(forecast), *_targets(forecast, tail), *_odds(forecast)]
    return tuple(sorted(listed, key=lambda breach: SEVERITIES.index(breach.severity)))


def _hours(forecast: Forecast) -> Iterator[Alert]:
    """Months that need more hours than the team has."""
    plan, needed, there = forecast.plan, forecast.hours("months"), forecast.hours_available
    over = np.flatnonzero(needed > there * (1 + 1e-9))
    if not over.size or not forecast.payroll().any():
        return
    month = int(over[np.argmax((needed - there)[over])])
    most = max(forecast.channels, key=lambda key: forecast.hours("months", key)[month])
    part = forecast.hours("months", most)[month] / needed[month]
    label = next(in_text(c.label) for c in plan.channels if c.key == most)
    others = f", and short in {counted(plan, over.size - 1, 'more month')}" if over.size > 1 else ""
    yield Alert(
        "hours", "hours", "limit", f"{most}.volume", month, (most,), float(needed[month] - there[month]),
        f"The team is {write(plan, needed[month] - there[month], 'hours')} short in {month_name(plan, month)}: "
        f"{write(plan, needed[month], 'hours')} needed, {write(plan, there[month], 'hours')} there{others}. "
        f"{short(plan, part, 'percent')} of the need comes from {label}.",
    )  # fmt: skip


def _labour(forecast: Forecast) -> Iterator[Alert]:
    """Work that nobody is paid for."""
    plan, needed, staffed = forecast.plan, float(forecast.hours("plan")), forecast.payroll().any()
    if needed > 0 and not (staffed and _lever(forecast, "team.cost_per_month")):
        path, who = ("team.cost_per_month", "reps who cost nothing") if staffed else ("team.reps", "nobody to do it")
        yield Alert(
            "labour", "labour", "warning", path, None, (), needed,
            f"The plan needs {short(plan, needed, 'hours')} of work and has {who}: cost, CAC and an ROI of "
            f"{short(plan, read(forecast, 'roi'), 'percent')} leave labour out.",
        )  # fmt: skip


def _calendar(forecast: Forecast) -> Iterator[Alert]:
    """Months whose public holidays nobody knows: every weekday counts as worked there."""
    plan = forecast.plan
    years, keys = holiday_years(plan.country), month_keys(plan.start, plan.months)
    unknown = [month for month, key in enumerate(keys) if int(key[:4]) not in years]
    if unknown:
        yield Alert(
            "calendar", "calendar", "warning", "", unknown[0], (), float(len(unknown)),
            f"Public holidays of {plan.country} are known from {years[0]} to {years[-1]}: in "
            f"{counted(plan, len(unknown), 'month')} of the plan, the first {month_name(plan, unknown[0])}, every "
            "weekday counts as a working day.",
        )  # fmt: skip


def _volumes(forecast: Forecast) -> Iterator[Alert]:
    """Target volumes outside the limits that the plan itself sets."""
    plan = forecast.plan
    for bound in plan.limits:
        channel = next(c for c in plan.channels if c.key == bound.channel)
        most, volume = math.inf if bound.most is None else bound.most, _lever(forecast, f"{channel.key}.volume")
        if channel.active and not bound.least <= volume <= most:
            limit = f"at most {write(plan, most)}" if volume > most else f"at least {write(plan, bound.least)}"
            yield Alert(
                f"volume.{channel.key}", "volume", "limit", f"{channel.key}.volume", None, (channel.key,),
                max(volume - most, bound.least - volume),
                f"{channel.label}: {write(plan, volume)} {unit_of(channel)} a month; its limit is {limit}.",
            )  # fmt: skip


def _rates(forecast: Forecast) -> Iterator[Alert]:
    """Rates that somebody outside puts a limit on."""
    plan = forecast.plan
    for channel in plan.channels:
        for stage in channel.stages:
            usual, parent = RATES.get(stage.key), forecast.count(f"{channel.key}.{stage.of}", "all")
            share = float(forecast.count(f"{channel.key}.{stage.key}", "all") / parent) if usual and parent > 0 else 0.0
            severity = usual.severity(share * (1 + 1e-9)) if usual else None
            if usual and severity:
                ends = {name: short(plan, getattr(usual, name), "percent") for name in SEVERITIES}
                yield Alert(
                    f"{channel.key}.{stage.key}", "rate", severity, f"{channel.key}.{stage.key}.rate", None,
                    (channel.key,), share - getattr(usual, severity),
                    f"{channel.label}: {short(plan, share, 'percent')} {plural(in_text(stage.label))}; "
                    f"{usual.says.format(**ends)}.",
                )  # fmt: skip


def _worn(forecast: Forecast, channel: Channel) -> Iterator[Alert]:
    """An audience that has been touched too often."""
    if channel.audience is None or channel.coverage == "in_order":
        return
    plan, key = forecast.plan, channel.key
    room = _lever(forecast, f"{key}.audience") * _lever(forecast, f"{key}.touches_per_contact")
    used = np.cumsum(forecast.count(f"{key}.", "months")) / room
    severity = AUDIENCE.severity(float(used[-1]))
    if severity:
        month = int(np.argmax(used >= AUDIENCE.note))
        yield Alert(
            f"audience.{key}", "audience", severity, f"{key}.volume", month, (key,), float((used[-1] - 1) * room),
            f"{channel.label}: {write(plan, used[-1] * room)} {unit_of(channel)} on an audience that takes "
            f"{write(plan, room)}; less than half of it is fresh from {month_name(plan, month)} on, "
            f"{short(plan, math.exp(-used[-1]), 'percent')} by the end.",
        )  # fmt: skip


def _beyond_list(forecast: Forecast, channel: Channel) -> Iterator[Alert]:
    """Touches beyond a list that is worked through in order."""
    use, month, plan = list_use(forecast, channel), used_up(forecast, channel), forecast.plan
    if use is None or month is None:
        return
    beyond = float(np.maximum(use.wanted - use.room, 0.0).sum())
    size = write(plan, use.room[month] / _lever(forecast, f"{channel.key}.touches_per_contact"))
    yield Alert(
        f"list.{channel.key}", "audience", "warning", f"{channel.key}.volume", month, (channel.key,), beyond,
        f"{channel.label}: the list of {size} contacts is used up in {month_name(plan, month)}; "
        f"{write(plan, beyond)} {unit_of(channel)} planned beyond it reach nobody new.",
    )  # fmt: skip


def _pace(forecast: Forecast, channel: Channel) -> Iterator[Alert]:
    """More touches a week than the channel's pace allows each rep or each sender."""
    if channel.pace is None:
        return
    plan, pace = forecast.plan, _lever(forecast, f"{channel.key}.pace")
    heads = forecast.payroll() if channel.pace_per == "rep" else np.full(plan.months, usual_senders(channel))
    days = np.array(working_days(plan.country, plan.start, plan.months), dtype=float)
    weeks = np.maximum(days, 1.0) / DAYS_A_WEEK
    touches = forecast.count(f"{channel.key}.", "months")
    each = np.divide(touches, heads * weeks, out=np.zeros(plan.months), where=heads > 0)
    month = int(np.argmax(each))
    if each[month] > pace * (1 + 1e-9):
        yield Alert(
            f"pace.{channel.key}", "pace", "warning", f"{channel.key}.volume", month, (channel.key,),
            float(each[month] - pace),
            f"{channel.label}: {write(plan, round(each[month]))} {unit_of(channel)} a week for each {channel.pace_per} "
            f"in {month_name(plan, month)}; the most is {write(plan, pace)}.",
        )  # fmt: skip


def _capped(forecast: Forecast) -> Iterator[Alert]:
    """Rates that their multiplier of a month would take past 100 %."""
    plan = forecast.plan
    rows = [(c.key, c.label, s) for c in plan.channels if c.key in forecast.channels for s in c.stages]
    for prefix, label, stage in [*rows, *(("sales", "Sales", s) for s in plan.sales)]:
        path = f"{prefix}.{stage.key}"
        factors = [_lever(forecast, f"{path}.by_month.{month}") for month in range(len(stage.by_month))]
        month = int(np.argmax(factors)) if factors else 0
        share = _lever(forecast, f"{path}.rate") * factors[month] if factors else 0.0
        if share > 1 + 1e-9:
            yield Alert(
                f"{path}.by_month", "unusual", "note", f"{path}.rate", month, (prefix,) * (prefix != "sales"),
                share - 1, f"{label}: {in_text(stage.label)} {short(plan, share, 'percent')} of the stage before in "
                f"{month_name(plan, month)} by its multiplier; it counts as {short(plan, 1.0, 'percent')}.",
            )  # fmt: skip


def _targets(forecast: Forecast, tail: bool) -> Iterator[Alert]:
    """Targets of the plan that it misses, as they are counted."""
    plan = forecast.plan
    for target in plan.targets:
        metric = METRICS[target.metric]
        reached, other = (float(read(forecast, target.metric, tail=count)) for count in (tail, not tail))
        if metric.reaches(reached, target.value):
            continue
        written, otherwise = (write(plan, value, metric.unit) for value in (reached, other))
        gap = change(plan, reached, target.value, metric.unit)
        beside = f"; {'in the plan' if tail else 'with what closes later'} {otherwise}" if otherwise != written else ""
        yield Alert(
            f"target.{target.metric}", "target", "warning", "", None, (), abs(reached - target.value),
            f"{metric.label}: {written if written != DASH else 'no figure'} against a target of "
            f"{write(plan, target.value, metric.unit)}{f' ({gap})' if gap else ''}{beside}.",
        )  # fmt: skip


def _odds(forecast: Forecast) -> Iterator[Alert]:
    """Rates on the way to a deal that lie far above what is usual."""
    plan = forecast.plan
    rows = [(c.key, c.label, s) for c in plan.channels if c.key in forecast.channels for s in c.stages if s.main]
    for prefix, label, stage in [*rows, *(("sales", "Sales", s) for s in plan.sales if s.main)]:
        path = f"{prefix}.{stage.key}.rate"
        usual = typical_of(plan, path)
        if usual is None or not usual.high < 1:
            continue
        rate = _lever(forecast, path)
        severity = ODDS.severity(rate / max(1 - rate, 1e-9) * (1 - usual.high) / usual.high)
        if severity:
            yield Alert(
                path, "unusual", severity, path, None, (prefix,) * (prefix != "sales"), rate - usual.high,
                f"{label}: {in_text(stage.label)} {short(plan, rate, 'percent')}; usual is "
                f"{short(plan, usual.low, 'percent')} to {short(plan, usual.high, 'percent')}.",
            )  # fmt: skip


def _lever(forecast: Forecast, path: str) -> float:
    return float(forecast.value(path, get(forecast.plan, locate(forecast.plan, path))))
