"""`measure` reads the metrics of `METRICS` off a forecast.

What openings bring counts in stages, revenue and cash; CAC, ROI, ROMI, revenue : cost, payback and conversion count only
what the plan's own touches bring. Undefined is nan, never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from planner.engine import Forecast, forecast
from planner.engine.batch import Array, View
from planner.errors import PlanError
from planner.plan import Plan
from planner.plan.metrics import METRICS, Metric

__all__ = ["LEAST", "METRICS", "READERS", "Metric", "figure", "measure", "ratio", "read", "so_far"]

Reader = Callable[[Forecast, View, str | None], Any]
LEAST = 1e-9  # a deal, an appointment, a unit of money: a ratio over less is undefined


def figure(forecast: Forecast, key: str, view: View, channel: str | None = None, opening: bool | None = None) -> Any:
    """A metric in a view of a forecast, months first as in the engine; `opening=False`: of the plan's own touches."""
    metric = METRICS[key]
    if metric.numerator is not None and metric.denominator is not None:
        own = None if metric.counts_openings else False
        top, bottom = (figure(forecast, part, view, channel, own) for part in (metric.numerator, metric.denominator))
        return ratio(top, bottom) - metric.less
    if metric.minuend is not None and metric.subtrahend is not None:
        whole, part = (figure(forecast, key, view, channel, opening) for key in (metric.minuend, metric.subtrahend))
        return whole - part
    if metric.counts == "arrivals":
        return forecast.count(metric.stage or "", view, channel, opening)
    if metric.counts == "cost":
        return forecast.costs(view, channel)
    if metric.counts is not None:
        worth = forecast.gross_profit if metric.counts == "gross_profit" else forecast.revenue
        return worth(view, channel, opening)
    return READERS[key](forecast, view, channel)


def ratio(top: Any, bottom: Any) -> Array:
    """top ÷ bottom, nan where the bottom is less than a billionth; a bottom of almost nothing may give infinity."""
    top, bottom = np.broadcast_arrays(np.asarray(top, dtype=float), np.asarray(bottom, dtype=float))
    defined = np.abs(bottom) >= LEAST
    with np.errstate(over="ignore"):
        return np.asarray(np.divide(top, bottom, out=np.full(top.shape, np.nan), where=defined))


def _contacts(forecast: Forecast, view: View, channel: str | None) -> Any:
    chosen = [c for c in forecast.plan.channels if c.key in forecast.channels and channel in (None, c.key)]
    people = (
        forecast.count("", view, c.key) / forecast.value(f"{c.key}.touches_per_contact", c.touches_per_contact)
        for c in chosen
    )
    return sum(people, forecast.nothing(view))


_A_YEAR = ("value", "purchases_per_year", "gross_margin")  # gross profit of one customer a year


def _clv(forecast: Forecast, view: View, channel: str | None) -> Any:
    return forecast.mean_per_deal((*_A_YEAR, "lifetime_years"), view, channel)


def _payback(forecast: Forecast, view: View, channel: str | None) -> Array:
    return ratio(figure(forecast, "cac", view, channel) * 12.0, forecast.mean_per_deal(_A_YEAR, view, channel))


def _hours(forecast: Forecast, view: View, channel: str | None) -> Any:
    return forecast.hours(view, channel)


def _utilisation(forecast: Forecast, view: View, channel: str | None) -> Array:
    if view == "months":
        return ratio(forecast.hours(view, channel), forecast.hours_available)
    return ratio(forecast.hours("plan", channel), forecast.hours_available.sum(axis=0))


def _running(forecast: Forecast, channel: str | None) -> Array:
    """Gross profit less cost, cumulated over the months, (months, …)."""
    return np.cumsum(figure(forecast, "profit", "months", channel), axis=0)


def _cash(forecast: Forecast, view: View, channel: str | None) -> Any:
    cash = _running(forecast, channel)
    if view == "months":
        return cash
    return cash[-1] + (figure(forecast, "profit", "tail", channel) if view == "all" else 0.0)


def _lowest_cash(forecast: Forecast, view: View, channel: str | None) -> Any:
    cash = np.minimum.accumulate(_running(forecast, channel), axis=0)
    return cash if view == "months" else cash[-1]


def _break_even(forecast: Forecast, view: View, channel: str | None) -> Any:
    """The first month, counted from 1, from whose end on cumulated cash stays at 0 or above; nan: not in the plan."""
    short = _running(forecast, channel) < 0
    months = len(short)
    last = months - np.argmax(short[::-1], axis=0)
    month = np.where(short.any(axis=0), np.where(last < months, last + 1.0, np.nan), 1.0)
    return np.broadcast_to(month, short.shape) if view == "months" else month


READERS: Mapping[str, Reader] = {  # of the metrics that are no count, ratio or difference
    "contacts": _contacts,
    "clv": _clv,
    "payback_months": _payback,
    "hours": _hours,
    "utilisation": _utilisation,
    "cash": _cash,
    "lowest_cash": _lowest_cash,
    "break_even_month": _break_even,
}


def read(
    forecast: Forecast, metric: str, *, channel: str | None = None, tail: bool = False, by_month: bool = False
) -> Array:
    """A metric of a forecast that is already made; shapes as in `measure`."""
    if metric not in METRICS:
        raise PlanError(metric, f"is no metric; the metrics are {', '.join(METRICS)}")
    if channel is not None and channel not in forecast.channels:
        keys = {c.key for c in forecast.plan.channels}
        if channel not in keys:
            raise PlanError(channel, f"is no channel of the plan; its channels are {', '.join(sorted(keys))}")
        return np.full(forecast.shape + ((forecast.plan.months,) if by_month else ()), np.nan)
    view: View = "months" if by_month else "all" if tail else "plan"
    return forecast.public(np.asarray(figure(forecast, metric, view, channel), dtype=float), view)


def so_far(forecast: Forecast, metric: str) -> Array:
    """A metric from the start to the end of each month, shape (…, months); a ratio is that of what both have come to."""
    row = METRICS[metric]
    if not row.is_ratio:
        months = read(forecast, metric, by_month=True)
        return months if row.cumulative else np.asarray(np.cumsum(months, axis=-1))
    own = None if row.counts_openings else False
    top, bottom = (np.cumsum(figure(forecast, part, "months", opening=own), axis=0) for part in row.parts)
    return forecast.public(ratio(top, bottom) - row.less, "months")


def measure(
    plan: Plan, metric: str, moves: Mapping[str, Any] | None = None, *,
    channel: str | None = None, tail: bool = False, by_month: bool = False,
) -> Array:  # fmt: skip
    """A metric of `METRICS` for a plan or a batch of moves: shape (…), or (…, months) with `by_month`.

    `channel` keeps one channel (with its part of shared cost); `tail` adds what arrives after the plan's end. Undefined
    is nan. Raises PlanError for an unknown metric, channel or path.

    >>> from planner import measure, starter
    >>> measure(starter("email"), "won", {"email.volume": [0.0, 10_000.0]}).round(1).tolist()
    [0.0, 6.4]
    """
    return read(forecast(plan, moves), metric, channel=channel, tail=tail, by_month=by_month)
