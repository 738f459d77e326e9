"""One table of what can be read off a forecast, and `measure`, which reads it.

A metric's formula names other metrics in braces, so that a screen can fill in the plan's own numbers. What openings bring
counts in stages, revenue and cash; CAC, ROI, ROMI, revenue : cost, payback and conversion count only what the plan's own
touches bring. Undefined is nan, never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.engine import Forecast, forecast
from planner.engine.batch import Array, View
from planner.errors import PlanError
from planner.plan import Plan

__all__ = ["METRICS", "Metric", "measure", "read"]

Reader = Callable[[Forecast, View, str | None], Any]


@dataclass(frozen=True)
class Metric:
    """`unit` is a format (count, money, percent, ratio, months, hours, month); `better` is +1 for more, −1 for less.

    `formula` is the calculation in words; `says` what it means in the room.
    """

    key: str
    label: str
    unit: str
    better: int
    formula: str
    says: str
    read: Reader


def _stage(stage: str, opening: bool | None = None) -> Reader:
    return lambda f, view, channel: f.count(stage, view, channel, opening)


def _cost(f: Forecast, view: View, channel: str | None) -> Any:
    return f.costs(view, channel)


def _contacts(f: Forecast, view: View, channel: str | None) -> Any:
    chosen = [c for c in f.plan.channels if c.key in f.channels and channel in (None, c.key)]
    each = (f.count("", view, c.key) / f.value(f"{c.key}.touches_per_contact", c.touches_per_contact) for c in chosen)
    return sum(each, f.nothing(view))


def _margin(f: Forecast) -> Any:
    return f.value("deal.gross_margin", f.plan.deal.gross_margin)


def _gross(f: Forecast, view: View, channel: str | None) -> Any:
    return f.revenue(view, channel) * _margin(f)


def _own_revenue(f: Forecast, view: View, channel: str | None) -> Any:
    return f.revenue(view, channel, opening=False)


def _ratio(top: Any, bottom: Any) -> Array:
    """top ÷ bottom, nan where the bottom is 0; a bottom of almost nothing may give infinity."""
    top, bottom = np.broadcast_arrays(np.asarray(top, dtype=float), np.asarray(bottom, dtype=float))
    with np.errstate(over="ignore"):
        return np.asarray(np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom != 0))


def _cac(f: Forecast, view: View, channel: str | None) -> Array:
    return _ratio(_cost(f, view, channel), f.count("won", view, channel, opening=False))


def _yearly(f: Forecast) -> Any:
    """Gross profit of one customer a year."""
    deal = f.plan.deal
    return f.value("deal.value", deal.value) * f.value("deal.purchases_per_year", deal.purchases_per_year) * _margin(f)


def _clv(f: Forecast, view: View, channel: str | None) -> Any:
    worth = _yearly(f) * f.value("deal.lifetime_years", f.plan.deal.lifetime_years)
    return f.wide(np.ones(f.plan.months)) * worth if view == "months" else worth


def _cash(f: Forecast, channel: str | None) -> Array:
    """Gross profit less cost, cumulated over the months, (months, …)."""
    return np.cumsum(_gross(f, "months", channel) - _cost(f, "months", channel), axis=0)


def _cash_at(f: Forecast, view: View, channel: str | None) -> Any:
    cash = _cash(f, channel)
    if view == "months":
        return cash
    later = _gross(f, "tail", channel) - _cost(f, "tail", channel)
    return cash[-1] + (later if view == "all" else 0.0)


def _lowest_cash(f: Forecast, view: View, channel: str | None) -> Any:
    cash = np.minimum.accumulate(_cash(f, channel), axis=0)
    return cash if view == "months" else cash[-1]


def _break_even(f: Forecast, view: View, channel: str | None) -> Any:
    """The first month, counted from 1, from whose end on cumulated cash stays at 0 or above; nan: not in the plan."""
    short = _cash(f, channel) < 0
    months = len(short)
    last = months - np.argmax(short[::-1], axis=0)
    month = np.where(short.any(axis=0), np.where(last < months, last + 1.0, np.nan), 1.0)
    return np.broadcast_to(month, short.shape) if view == "months" else month


def _utilisation(f: Forecast, view: View, channel: str | None) -> Array:
    if view == "months":
        return _ratio(f.hours(view, channel), f.hours_available)
    return _ratio(f.hours("plan", channel), f.hours_available.sum(axis=0))


def _table(*metrics: Metric) -> Mapping[str, Metric]:
    return {metric.key: metric for metric in metrics}


METRICS: Mapping[str, Metric] = _table(
    Metric("touches", "Touches", "count", 1, "target volume × profile, with what feeds bring", "What the team does: e-mails, dials, invitations, messages, letters, impressions, visitors.", _stage("")),
    Metric("contacts", "Contacts", "count", 1, "{touches} ÷ touches a contact, channel by channel", "People reached, not deduplicated between channels.", _contacts),
    Metric("appointments", "Appointments", "count", 1, "{touches} × the rates on the way, channel by channel", "Booked, before duplicates between channels are taken out.", _stage("appointment")),
    Metric("unique_appointments", "Unique appointments", "count", 1, "{appointments} × (1 − duplicates)", "Booked, each account counted once.", _stage("unique")),
    Metric("held", "Held", "count", 1, "{unique_appointments} × show rate", "Appointments that took place.", _stage("held")),
    Metric("opportunities", "Opportunities", "count", 1, "{held} × opportunity rate", "Held appointments that became a real opportunity.", _stage("opportunity")),
    Metric("won", "Deals", "count", 1, "{opportunities} × win rate, when they close", "Deals won.", _stage("won")),
    Metric("revenue", "Revenue", "money", 1, "{won} × deal value", "Revenue of the deals won, first purchase only.", lambda f, v, c: f.revenue(v, c)),
    Metric("gross_profit", "Gross profit", "money", 1, "{revenue} × gross margin", "What is left of revenue after delivering what was sold.", _gross),
    Metric("cost", "Cost", "money", -1, "media, tools, team and commission", "Everything prospecting and selling cost, people included.", _cost),
    Metric("profit", "Profit", "money", 1, "{gross_profit} − {cost}", "Gross profit less everything prospecting cost.", lambda f, v, c: _gross(f, v, c) - _cost(f, v, c)),
    Metric("cost_per_appointment", "Cost per appointment", "money", -1, "{cost} ÷ {unique_appointments}", "Cost of one unique appointment.", lambda f, v, c: _ratio(_cost(f, v, c), f.count("unique", v, c))),
    Metric("cac", "CAC", "money", -1, "{cost} ÷ {own_won}", "Customer acquisition cost: all cost for one customer won by the plan's own touches.", _cac),
    Metric("roi", "ROI", "percent", 1, "({own_revenue} − {cost}) ÷ {cost}", "Return on investment on revenue: 20 000 on 5 000 is 300 %.", lambda f, v, c: _ratio(_own_revenue(f, v, c), _cost(f, v, c)) - 1.0),
    Metric("romi", "ROMI", "percent", 1, "({own_revenue} × gross margin − {cost}) ÷ {cost}", "Return on marketing investment: ROI on gross profit.", lambda f, v, c: _ratio(_own_revenue(f, v, c) * _margin(f), _cost(f, v, c)) - 1.0),
    Metric("revenue_to_cost", "Revenue : cost", "ratio", 1, "{own_revenue} ÷ {cost}", "Revenue for each unit of cost; ROI plus one.", lambda f, v, c: _ratio(_own_revenue(f, v, c), _cost(f, v, c))),
    Metric("clv", "CLV", "money", 1, "deal value × purchases a year × lifetime × gross margin", "Customer lifetime value: gross profit of one customer over its lifetime.", _clv),
    Metric("clv_to_cac", "CLV : CAC", "ratio", 1, "{clv} ÷ {cac}", "What a customer is worth for what it cost; 3 is the common rule.", lambda f, v, c: _ratio(_clv(f, v, c), _cac(f, v, c))),
    Metric("payback_months", "Payback", "months", -1, "{cac} ÷ monthly gross profit of a customer", "Months until a customer has paid back its CAC.", lambda f, v, c: _ratio(_cac(f, v, c) * 12.0, _yearly(f))),
    Metric("conversion", "Conversion", "percent", 1, "{own_won} ÷ {contacts}", "Share of the contacts reached who become customers.", lambda f, v, c: _ratio(f.count("won", v, c, opening=False), _contacts(f, v, c))),
    Metric("hours", "Hours needed", "hours", -1, "minutes × arrivals ÷ 60", "Hours of reps the plan needs.", lambda f, v, c: f.hours(v, c)),
    Metric("utilisation", "Utilisation", "percent", -1, "{hours} ÷ hours available", "Share of the team's productive hours the plan needs; above 100 % it cannot be done.", _utilisation),
    Metric("cash", "Cash at the end", "money", 1, "{gross_profit} − {cost}, cumulated", "Cumulated gross profit less cost.", _cash_at),
    Metric("lowest_cash", "Lowest cash point", "money", 1, "the lowest of cumulated {gross_profit} − {cost}", "The deepest the plan goes before deals pay it back.", _lowest_cash),
    Metric("break_even_month", "Break-even month", "month", -1, "the first month from which cumulated cash stays at 0 or above", "The month the plan has paid itself back.", _break_even),
)  # fmt: skip


def read(
    made: Forecast, metric: str, *, channel: str | None = None, tail: bool = False, by_month: bool = False
) -> Array:
    """A metric of a forecast that is already made; shapes as in `measure`."""
    if metric not in METRICS:
        raise PlanError(metric, f"is no metric; the metrics are {', '.join(METRICS)}")
    if channel is not None and channel not in made.channels:
        known = {c.key for c in made.plan.channels}
        if channel not in known:
            raise PlanError(channel, f"is no channel of the plan; its channels are {', '.join(sorted(known))}")
        return np.full(made.shape + ((made.plan.months,) if by_month else ()), np.nan)
    view: View = "months" if by_month else "all" if tail else "plan"
    return made.public(np.asarray(METRICS[metric].read(made, view, channel), dtype=float), view)


def measure(
    plan: Plan, metric: str, moves: Mapping[str, Any] | None = None, *,
    channel: str | None = None, tail: bool = False, by_month: bool = False,
) -> Array:  # fmt: skip
    """A metric of `METRICS` for a plan or a batch of moves: shape (…), or (…, months) with `by_month`.

    `channel` keeps one channel (with its part of shared cost); `tail` adds what arrives after the plan's end. Undefined
    is nan. Raises PlanError for an unknown metric, channel or path.
    """
    return read(forecast(plan, moves), metric, channel=channel, tail=tail, by_month=by_month)
