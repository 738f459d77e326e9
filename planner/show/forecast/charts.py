"""Charts: each answers one question and says the answer in its title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from planner import words
from planner.engine import Forecast
from planner.engine.batch import Array
from planner.keep.workspace import COUNTED
from planner.measure.metrics import read
from planner.plan import Channel, Plan, main_path
from planner.show.currency import uncompared
from planner.show.design import (
    BAD,
    GREY,
    INK,
    Chart,
    axis_title,
    baseline_spec,
    capacity_spec,
    flat_spec,
    hue,
    hues,
    line_spec,
    spark_spec,
    stacked_spec,
)
from planner.show.season import reasons

ALIKE = 0.05  # of the median: months nearer to it than that look the same
MOST_MONTHS = 0.8  # of a plan
NAMED = 0.08  # of the highest bar: a lower part has no room for its name

__all__ = ["cash", "channel_months", "deal_months", "deals_by_channel", "hours", "levels", "warm"]


def _frame(plan: Plan, **columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"month": list(words.month_names(plan)), **columns})


def channel_months(forecast: Forecast, base: Forecast, channel: Channel) -> Chart:
    """Appointments of one channel by month (or what it ends in), the baseline as grey marks."""
    plan, last = forecast.plan, main_path(channel.stages)[-1:] + channel.stages[-1:]
    stage = last[0] if last[0].of else channel.stages[-1]
    path, label = f"{channel.key}.{stage.key}", stage.label.lower() + ("s" if stage.key == "appointment" else "")
    values = forecast.count(path, "months") if channel.active else np.zeros(plan.months)
    there = channel.key in base.channels and base.plan.months == plan.months
    before = base.count(path, "months") if there else np.full(plan.months, np.nan)
    frame = _frame(
        plan, value=values, baseline=before, hue=[hue(plan, channel.key)] * plan.months,
        says=[words.write(plan, v) for v in values], before=[words.write(plan, v) for v in before],
        why=reasons(plan, channel), last=np.arange(plan.months) == plan.months - 1,
    )  # fmt: skip
    best, lowest = int(np.argmax(values)), int(np.argmin(values))
    title = f"{channel.label}: {words.short(plan, values.sum())} {label} in the plan"
    if not values.sum() > 0:
        title = f"{channel.label} brings no {label}"
    elif _alike(values):
        title += f", about {words.short(plan, np.median(values))} a month"
        return Chart(frame, spark_spec(), title, f"Line by month. {title}.")
    else:
        title += f", most in {words.month_name(plan, best)}"
        title += f". Least in {words.month_name(plan, lowest)}: {why}" if (why := frame["why"][lowest]) else ""
    spec = baseline_spec(f"{label[:1].upper()}{label[1:]} a month", reasons=bool(frame["why"].any()))
    return Chart(frame, spec, title, f"Bars by month. {title}.")


def _alike(values: Array) -> bool:
    """Whether most months are as good as the same, so that a bar for each would say nothing."""
    middle = float(np.median(values))
    return bool(np.mean(np.abs(values - middle) <= ALIKE * middle) >= MOST_MONTHS)


def deal_months(forecast: Forecast, base: Forecast, base_name: str = "Baseline") -> Chart:
    """Deals by month and channel, stacked, the total of the baseline, or of what it is called, as grey marks."""
    plan, colours = forecast.plan, hues(forecast.plan)

    def part(values: Any, colour: str, label: str, order: int, middle: float = np.nan) -> pd.DataFrame:
        says = [words.write(plan, v) for v in values]
        middles = [*[np.nan] * (plan.months - 1), middle]
        return _frame(plan, value=values, hue=colour, label=label, says=says, order=order, middle=middles)

    active = [channel for channel in plan.channels if channel.key in forecast.channels]
    won = [np.broadcast_to(forecast.count("won", "months", channel.key), (plan.months,)) for channel in active]
    parts = [
        part(values, colours[channel.key], channel.label, order, middle)
        for order, (channel, values, middle) in enumerate(zip(active, won, _middles(won), strict=True))
    ]
    if base.plan.months == plan.months:
        parts.append(part(read(base, "won", by_month=True), GREY, f"{base_name}, all channels", -1))
    total, later = read(forecast, "won"), read(forecast, "won", tail=True) - read(forecast, "won")
    title = f"{words.counted(plan, total, 'deal')} in the plan, {words.short(plan, later)} close later"
    frame = pd.concat(parts or [part(np.zeros(plan.months), GREY, "", 0)])
    return Chart(frame, stacked_spec(), title, f"Stacked bars of deals by month and channel. {title}.")


def _middles(parts: Sequence[Array]) -> list[float]:
    """Where the name of each part stands behind the last bar of a stack; nan where it is too low to carry one."""
    if not parts:
        return []
    highest = float(np.sum(parts, axis=0).max())
    lasts = np.array([values[-1] for values in parts])
    middles = np.cumsum(lasts) - lasts / 2
    return [float(middle) if last > NAMED * highest else np.nan for middle, last in zip(middles, lasts, strict=True)]


def cash(forecast: Forecast, base: Forecast) -> Chart:
    """Cumulated gross profit less cost by month, the baseline in grey where it is in the same currency."""
    plan, apart = forecast.plan, uncompared(forecast.plan, base.plan, "cash")
    parts = []
    for source, label, colour in ((base, "Baseline", GREY), (forecast, "Plan", INK)):
        if source.plan.months == plan.months and not (apart and source is base):
            values = read(source, "cash", by_month=True)
            says = [words.write(plan, v, "money") for v in values]
            parts.append(_frame(plan, value=values, hue=[colour] * plan.months, label=[label] * plan.months, says=says))
    lowest, month = read(forecast, "lowest_cash"), read(forecast, "break_even_month")
    even = (
        f"breaks even in {words.write(plan, month, 'month')}"
        if np.isfinite(month)
        else "does not break even in the plan"
    )
    title = f"Cash falls to {words.short(plan, lowest, 'money')} at its lowest and {even}"
    title += f" ({apart}: not drawn)" if apart else ""
    spec = line_spec(axis_title(plan, "Cash", "money"))
    return Chart(pd.concat(parts), spec, title, f"Line of cash, added up by month. {title}.")


def hours(forecast: Forecast) -> Chart:
    """Hours needed by month against hours available; months over capacity in red."""
    plan = forecast.plan
    needed, able = np.broadcast_to(forecast.hours("months"), (plan.months,)), forecast.hours_available
    over = np.flatnonzero(needed > able + 1e-9)
    colours = [BAD if n > a + 1e-9 else INK for n, a in zip(needed, able, strict=True)]
    frame = _frame(
        plan, value=needed, baseline=able, hue=colours,
        says=[words.write(plan, v, "hours") for v in needed], before=[words.write(plan, v, "hours") for v in able],
    )  # fmt: skip
    share = words.write(plan, read(forecast, "utilisation"), "percent")
    title = f"The plan needs {share} of the team’s hours"
    if not able.any():
        title = f"The plan needs {words.short(plan, needed.sum(), 'hours')} and nobody is there to work them"
    elif len(over):
        first = words.month_name(plan, int(over[0]))
        title += f"; {words.counted(plan, len(over), 'month')} over capacity, first {first}"
    return Chart(frame, capacity_spec(), title, f"Bars of hours needed by month, a line of hours available. {title}.")


def deals_by_channel(forecast: Forecast, *, tail: bool = False) -> Chart:
    """Deals each channel brings in the plan, or with `tail` in the end."""
    plan, colours = forecast.plan, hues(forecast.plan)
    rows = [
        (c.label, float(forecast.count("won", "all" if tail else "plan", c.key)), colours[c.key])
        for c in plan.channels
        if c.key in forecast.channels
    ]
    rows = sorted((row for row in rows if row[1] > 0), key=lambda row: -row[1])
    total = sum(value for _, value, _ in rows)
    title = "No channel brings a deal"
    if rows:
        share = words.short(plan, rows[0][1] / total, "percent")
        title = f"{rows[0][0]} brings {share} of the deals {COUNTED[tail]}"
    return levels(plan, rows, "count", title)


def levels(plan: Plan, rows: Sequence[tuple[str, float, str]], unit: str, title: str) -> Chart:
    """Horizontal bars of (label, value, colour), the value written at the end."""
    room = 0.25 * max((value for _, value, _ in rows), default=0.0)  # for the figure behind the longest bar
    frame = pd.DataFrame(
        [(label, value, value + room, colour, words.short(plan, value, unit)) for label, value, colour in rows],
        columns=["label", "value", "room", "hue", "says"],
    )
    return Chart(frame, flat_spec(len(frame)), title, f"Bars. {title}.")


def warm(forecast: Forecast) -> None:
    """Designs the charts of the first pages once, so that the first visitor does not wait."""
    channel_months(forecast, forecast, forecast.plan.channels[-1])
    deal_months(forecast, forecast)
    cash(forecast, forecast)
    hours(forecast)
    deals_by_channel(forecast)
