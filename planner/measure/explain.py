"""A metric that explains itself: what it means, its formula in words, and the formula with the plan's own numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from planner.engine import Forecast
from planner.engine.batch import View
from planner.errors import PlanError
from planner.measure.metrics import METRICS, figure, read
from planner.plan import Deal
from planner.words import DASH, counted, in_text, month_name, short, write

__all__ = ["TERMS", "Explanation", "FormulaTerm", "explain", "sum_up"]

_Number = Callable[[Forecast, bool, str | None], str]  # (forecast, with the tail, channel) → the number as written
_NAME = re.compile(r"{(\w+)}")
_FEW = 5  # rows of cost that a formula spells out
_CENT = 0.005


@dataclass(frozen=True)
class Explanation:
    """A metric's label and meaning, its formula in words and with the plan's numbers, and the value they give."""

    label: str
    meaning: str
    formula: str
    filled: str
    value: str


@dataclass(frozen=True)
class FormulaTerm:
    """What a name in a formula stands for where it is no metric: in words, and as the number of a forecast."""

    words: str
    number: _Number


def explain(forecast: Forecast, metric: str, *, tail: bool = False, channel: str | None = None) -> Explanation:
    """The formula of a metric with the forecast's own numbers in it. PlanError for no metric or no channel.

    A rate in it is the one that holds in the view: what arrived there ÷ what it came from, delays and wear included.
    """
    value, row = read(forecast, metric, channel=channel, tail=tail), METRICS[metric]
    words = _NAME.sub(lambda name: _words(name[1]), row.formula)
    filled = _NAME.sub(lambda name: _number(forecast, name[1], tail, channel), row.formula)
    return Explanation(
        row.label, row.meaning, words[:1].upper() + words[1:], filled, write(forecast.plan, value, row.unit)
    )


def _words(name: str) -> str:
    if name in TERMS:
        return TERMS[name].words
    if name not in METRICS:
        raise PlanError(name, "is neither a metric nor a term of a formula")
    return in_text(METRICS[name].label)


def _number(forecast: Forecast, name: str, tail: bool, channel: str | None) -> str:
    if name in TERMS:
        return TERMS[name].number(forecast, tail, channel)
    return write(forecast.plan, read(forecast, name, channel=channel, tail=tail), METRICS[name].unit)


def _own(metric: str) -> _Number:
    """A metric of the plan's own touches alone."""

    def number(forecast: Forecast, tail: bool, channel: str | None) -> str:
        view: View = "all" if tail else "plan"
        return write(forecast.plan, figure(forecast, metric, view, channel, opening=False), METRICS[metric].unit)

    return number


def _share(part: str, of: str, unit: str = "percent", rest: bool = False) -> _Number:
    """One metric ÷ another; `rest`: 1 less that."""

    def number(forecast: Forecast, tail: bool, channel: str | None) -> str:
        top, bottom = (float(read(forecast, name, channel=channel, tail=tail)) for name in (part, of))
        share = top / bottom if bottom else math.nan
        return write(forecast.plan, 1 - share if rest else share, unit)

    return number


def _of_deal(value: Callable[[Deal], float], unit: str) -> _Number:
    return lambda forecast, tail, channel: write(forecast.plan, value(forecast.plan.deal), unit)


def _cost_rows(forecast: Forecast, tail: bool, channel: str | None) -> str:
    """Cost as a sum: the five largest rows, for a channel also its part of what is shared, and all others together."""
    rows = [row for row in forecast.cost_rows("all" if tail else "plan") if channel is None or row.channel == channel]
    parts = [(float(row.amount), in_text(row.label)) for row in rows]
    total = float(read(forecast, "cost", channel=channel, tail=tail))
    parts.append((total - sum(cost for cost, _ in parts), "shared"))
    parts = sorted((part for part in parts if part[0] > _CENT), reverse=True)
    if len(parts) > _FEW + 1:
        parts[_FEW:] = [(sum(cost for cost, _ in parts[_FEW:]), "other")]
    return " + ".join(f"{write(forecast.plan, cost, 'money')} {label}" for cost, label in parts) or DASH


def _touches(forecast: Forecast, tail: bool, channel: str | None) -> str:
    """Touches as a sum: target volumes over the months, and what feeds bring."""
    plan = forecast.plan
    chosen = [c for c in plan.channels if c.key in forecast.channels and channel in (None, c.key)]
    own = sum(c.volume * (sum(c.profile) if c.profile else plan.months) for c in chosen)
    fed = float(read(forecast, "touches", channel=channel, tail=tail)) - own
    text = f"{write(plan, own)} of the channels’ own"
    return text + (f" + {write(plan, fed)} brought by feeds" if fed > _CENT else "")


def _booked(forecast: Forecast, tail: bool, channel: str | None) -> str:
    """Appointments as a sum over the channels that book any; of one channel its touches times all rates on the way."""
    plan = forecast.plan
    if channel is not None:
        touches = read(forecast, "touches", channel=channel, tail=tail)
        return f"{write(plan, touches)} × {_share('appointments', 'touches')(forecast, tail, channel)}"
    labels = {c.key: in_text(c.label) for c in plan.channels if c.key in forecast.channels}
    parts = ((float(read(forecast, "appointments", channel=key, tail=tail)), label) for key, label in labels.items())
    return " + ".join(f"{write(plan, booked)} {label}" for booked, label in parts if booked > 0) or DASH


def _hours_available(forecast: Forecast, tail: bool, channel: str | None) -> str:
    return write(forecast.plan, forecast.hours_available.sum(), "hours")


TERMS: Mapping[str, FormulaTerm] = {
    "own_won": FormulaTerm("deals", _own("won")),
    "own_revenue": FormulaTerm("revenue", _own("revenue")),
    "own_touches": FormulaTerm("target volume × profile, with what feeds bring", _touches),
    "booked": FormulaTerm("touches × the rates on the way, of each channel", _booked),
    "touches_a_contact": FormulaTerm("touches a contact, channel by channel", _share("touches", "contacts", "decimal")),
    "duplicates": FormulaTerm("duplicates", _share("unique_appointments", "appointments", rest=True)),
    "show_rate": FormulaTerm("show rate", _share("held", "unique_appointments")),
    "opportunity_rate": FormulaTerm("opportunity rate", _share("opportunities", "held")),
    "win_rate": FormulaTerm("win rate", _share("won", "opportunities")),
    "cost_rows": FormulaTerm("media, tools, team and commission", _cost_rows),
    "hours_available": FormulaTerm("hours available", _hours_available),
    "monthly_profit": FormulaTerm(
        "monthly gross profit of a customer",
        _of_deal(lambda deal: deal.value * deal.purchases_per_year * deal.gross_margin / 12, "money"),
    ),
    "deal_value": FormulaTerm("deal value", _of_deal(lambda deal: deal.value, "money")),
    "gross_margin": FormulaTerm("gross margin", _of_deal(lambda deal: deal.gross_margin, "percent")),
    "purchases": FormulaTerm("purchases a year", _of_deal(lambda deal: deal.purchases_per_year, "decimal")),
    "lifetime": FormulaTerm("lifetime", _of_deal(lambda deal: deal.lifetime_years, "decimal")),
}


def sum_up(forecast: Forecast, *, tail: bool = False) -> str:
    """The plan in one sentence: what it brings, what it costs, what closes later; with `tail` all of it together."""
    plan = forecast.plan
    if tail:
        booked = float(f"{float(read(forecast, 'appointments', tail=True)):.2e}")
        whole, within = read(forecast, "won", tail=True), read(forecast, "won")
        return (
            f"{counted(plan, booked, 'appointment')} bring{'s' if booked == 1 else ''} {counted(plan, whole, 'deal')} "
            f"with what closes later, {short(plan, within)} of them by {month_name(plan, plan.months - 1)}, for "
            f"{short(plan, read(forecast, 'cost', tail=True), 'money')}."
        )
    won, with_tail = read(forecast, "won"), read(forecast, "won", tail=True)
    later, booked = with_tail - won, float(f"{float(read(forecast, 'appointments')):.2e}")
    text = (
        f"{counted(plan, booked, 'appointment')} bring{'s' if booked == 1 else ''} {counted(plan, won, 'deal')} by "
        f"{month_name(plan, plan.months - 1)}, for {short(plan, read(forecast, 'cost'), 'money')}"
    )
    lands = "lands" if short(plan, later) == "1" else "land"
    return text + (f"; {counted(plan, later, 'more deal')} {lands} later." if later > 0.05 else ".")
