"""The tables of a forecast: key figures, channels, months and every stage, complete and in the plan's own format."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner import words
from planner.calendar import month_keys
from planner.engine import Forecast
from planner.engine.batch import Array
from planner.keep.workspace import COUNTED
from planner.measure.explain import explain
from planner.measure.metrics import METRICS, read
from planner.plan import Channel, Plan, merged
from planner.plan.metrics import keys_for
from planner.plan.naming import capital
from planner.show.currency import uncompared
from planner.show.design import hues
from planner.show.tables import Cell, Table
from planner.show.without import COLUMN, losses

__all__ = [
    "by_channel", "by_month", "channel_costs", "cost_rows", "cost_sentence", "cost_totals", "deal_figures",
    "key_figures", "matrix", "stages",
]  # fmt: skip


def key_figures(forecast: Forecast, base: Forecast, *, tail: bool = False) -> Table:
    """Every metric as it is counted, as it is not, at the baseline, and the difference from it."""
    plan, rows = forecast.plan, []
    for key, metric in METRICS.items():
        now, other = (read(forecast, key, tail=count) for count in (tail, not tail))
        before = read(base, key, tail=tail)
        apart = uncompared(plan, base.plan, key)
        change = "" if apart else words.change(plan, now, before, metric.unit)
        tone = ("good" if (now - before) * metric.better > 0 else "bad") if change else ""
        rows.append(
            (
                Cell(metric.label, note=metric.meaning),
                Cell(words.write(plan, now, metric.unit), note=explain(forecast, key, tail=tail).filled),
                Cell(words.write(plan, other, metric.unit), "quiet"),
                Cell(words.write(base.plan, before, metric.unit), "quiet"),
                Cell(change or apart, tone or "quiet"),
            )
        )
    heads = (capital(COUNTED[count]) for count in (tail, not tail))
    return Table(("", *heads, "Baseline", "Difference"), tuple(rows), frozen=True)


def by_channel(forecast: Forecast, *, tail: bool = False) -> Table:
    """What each channel brings and costs, its part of shared cost included."""
    plan, colours = forecast.plan, hues(forecast.plan)
    keys = keys_for("by_channel")
    heads = ("Channel", *(METRICS[key].label for key in keys), COLUMN)
    lost = losses(forecast, tail=tail)

    def written(key: str, channel: str | None = None) -> str:
        return words.write(plan, read(forecast, key, channel=channel, tail=tail), METRICS[key].unit)

    rows: list[tuple[Cell | str, ...]] = []
    for channel in plan.channels:
        if channel.key in forecast.channels:
            cells = [written(key, channel.key) for key in keys]
            rows.append(
                (Cell(channel.label, swatch=colours[channel.key]), *cells, words.write(plan, lost[channel.key]))
            )
    rows.append(("All channels", *map(written, keys), ""))
    part = "Cost includes each channel’s part of team, tools and overheads, allotted by the hours needed."
    note = f"{capital(COUNTED[tail])}. {part}"
    return Table(heads, tuple(rows), note, total=True, frozen=True)


def by_month(forecast: Forecast, *, tail: bool = False) -> Table:
    """Key figures month by month, their sum below; with `tail` what closes later in between."""
    plan, keys = forecast.plan, keys_for("by_month")
    values = {key: read(forecast, key, by_month=True) for key in keys}
    rows: list[tuple[Cell | str, ...]] = [
        (name, *(words.write(plan, values[key][t], METRICS[key].unit) for key in keys))
        for t, name in enumerate(words.month_names(plan))
    ]
    if tail:
        rows.append(("Later", *(_later(forecast, key) for key in keys)))
    sums = (words.write(plan, read(forecast, key, tail=tail), METRICS[key].unit) for key in keys)
    rows.append((capital(COUNTED[tail]), *sums))
    return Table(("Month", *(METRICS[key].label for key in keys)), tuple(rows), total=True, frozen=True)


def _later(forecast: Forecast, key: str) -> str:
    """What closes after the plan's end; a dash for what does not add up."""
    metric = METRICS[key]
    if metric.is_ratio or metric.cumulative:
        return words.DASH
    more = read(forecast, key, tail=True) - read(forecast, key)
    return words.write(forecast.plan, more, metric.unit)


def matrix(forecast: Forecast) -> Table:
    """Channel by month: what each channel brings in each month and later, one row per channel and figure."""
    plan, colours = forecast.plan, hues(forecast.plan)
    rows: list[tuple[Cell | str, ...]] = []
    for metric in (METRICS[key] for key in keys_for("by_month") if METRICS[key].counts):
        for channel in (*forecast.channels, None):
            name = next((c.label for c in plan.channels if c.key == channel), "All channels")
            months = read(forecast, metric.key, channel=channel, by_month=True)
            ends = [read(forecast, metric.key, channel=channel, tail=tail) for tail in (False, True)]
            cells = [words.write(plan, value, metric.unit) for value in (*months, ends[0], ends[1] - ends[0])]
            tone = "" if channel else "strong"
            label = Cell(name, tone, colours[channel] if channel else "")
            rows.append((label, Cell(metric.label, "quiet"), *(Cell(text, tone) for text in cells)))
    heads = ("Channel", "Figure", *words.month_names(plan), "In the plan", "Later")
    return Table(heads, tuple(rows), "", numbers=2, frozen=True)


def stages(forecast: Forecast, channel: Channel) -> Table:
    """Every stage of a channel: its share of the stage before, its volume in the plan and in the tail."""
    plan, rows = forecast.plan, []
    all_stages = merged(channel.stages, plan.sales)
    names = {stage.key: stage.label for stage in all_stages}
    touches = float(forecast.count("", "plan", channel.key))
    for stage in all_stages:
        path = f"{channel.key}.{stage.key}"
        here, later = float(forecast.count(path, "plan")), float(forecast.count(path, "tail"))
        parent = float(forecast.count(f"{channel.key}.{stage.of}", "all")) if stage.of else touches
        share = (here + later) / parent if parent else np.nan
        of = names[stage.of].lower() if stage.of else "planned touches"
        rows.append(
            (
                Cell(stage.label, "strong" if stage.main or stage.of is None else "quiet"),
                Cell(f"of {of}", "quiet"),
                words.write(plan, share, "percent"),
                words.write(plan, here),
                Cell(words.write(plan, later), "quiet"),
            )
        )
    return Table(("Stage", "", "Share", "In the plan", "Later"), tuple(rows), numbers=2)


def channel_costs(forecast: Forecast, chosen: str, *, tail: bool = False) -> Table:
    """Deals, deals lost without it, CAC and cost per appointment of every channel, the chosen one set apart."""
    plan, colours, rows, keys = forecast.plan, hues(forecast.plan), [], keys_for("channel_cost")
    lost = losses(forecast, tail=tail)

    def figure(key: str, channel: Channel) -> str:
        return words.short(plan, read(forecast, key, channel=channel.key, tail=tail), METRICS[key].unit)

    for channel in plan.channels:
        if channel.key not in forecast.channels:
            continue
        tone = "strong" if channel.key == chosen else ""
        beneath = {words.in_text(METRICS[key].label): figure(key, channel) for key in keys_for("channel_note")}
        notes = (f"{label} {text}" for label, text in beneath.items() if text != words.DASH)
        cells = [figure(key, channel) for key in keys]
        cells.insert(1, words.short(plan, lost[channel.key]))
        name = Cell(channel.label, tone, colours[channel.key], ", ".join(notes))
        rows.append((name, *(Cell(text, tone) for text in cells)))
    labels = [METRICS[key].label for key in keys]
    return Table(
        ("Channel", labels[0], COLUMN, *labels[1:]),
        tuple(rows),
        f"{capital(COUNTED[tail])}; shared cost is allotted by hours.",
    )


def cost_rows(forecast: Forecast) -> Table:
    """Every row of cost: by calendar year, in the plan and what closes later adds."""
    plan = forecast.plan
    labels = {channel.key: channel.label for channel in plan.channels}
    years = _years(plan)
    plan_rows, month_rows, tail_rows = (forecast.cost_rows(view) for view in ("plan", "months", "tail"))
    rows: list[tuple[Cell | str, ...]] = []
    for row, months, later in zip(plan_rows, month_rows, tail_rows, strict=True):
        rows.append(
            (
                row.label,
                Cell(labels.get(row.channel or "", "shared"), "quiet"),
                *_by_year(plan, months.amount, years),
                words.write(plan, row.amount, "money"),
                Cell(words.write(plan, later.amount, "money"), "quiet"),
            )
        )
    totals = [words.write(plan, forecast.costs(view), "money") for view in ("plan", "tail")]
    rows.append(("All costs", "", *_by_year(plan, forecast.costs("months"), years), *totals))
    heads = ("Cost", "Channel", *(years if len(years) > 1 else ()), "In the plan", "Later")
    return Table(heads, tuple(rows), total=True, numbers=2)


def cost_totals(forecast: Forecast) -> pd.DataFrame:
    """What each cost of the plan comes to, by calendar year where there are several, and in the plan: a row each."""
    plan, years = forecast.plan, _years(forecast.plan)
    amounts = {row.key: row.amount for row in forecast.cost_rows("months")}
    rows = []
    for cost in plan.costs:
        months = np.broadcast_to(amounts.get(cost.key, 0.0), (plan.months,))  # nothing of a channel switched off
        rows.append((*_by_year(plan, months, years), words.write(plan, months.sum(), "money")))
    return pd.DataFrame(rows, columns=[*(years if len(years) > 1 else ()), capital(COUNTED[False])])


def cost_sentence(forecast: Forecast) -> str:
    """What everything costs in the plan and by year, how much of it the team is, and what closes later adds."""
    plan, years = forecast.plan, _years(forecast.plan)
    listed = {cost.key for cost in plan.costs}
    team = sum(float(row.amount) for row in forecast.cost_rows("plan") if row.key not in listed)
    total, team_cost = (words.short(plan, amount, "money") for amount in (forecast.costs("plan"), team))
    parts = [f"All costs: {total} in the plan, {team_cost} of it the team"]
    months = np.broadcast_to(forecast.costs("months"), (plan.months,))
    sums = [f"{words.short(plan, months[part].sum(), 'money')} in {year}" for year, part in years.items()]
    parts += [words.listed(sums)] if len(sums) > 1 else []
    later = words.short(plan, forecast.costs("tail"), "money")
    return "; ".join([*parts, f"what closes later adds {later}"]) + "."


def _years(plan: Plan) -> dict[str, list[int]]:
    """The calendar years of a plan, each with its months."""
    years: dict[str, list[int]] = {}
    for month, key in enumerate(month_keys(plan.start, plan.months)):
        years.setdefault(key[:4], []).append(month)
    return years


def _by_year(plan: Plan, months: Array, years: dict[str, list[int]]) -> list[str]:
    """Sums by calendar year; none where the plan lies in one year."""
    amounts = np.broadcast_to(months, (plan.months,))
    return [words.write(plan, amounts[part].sum(), "money") for part in years.values()] if len(years) > 1 else []


def deal_figures(forecast: Forecast, *, tail: bool = False) -> Table:
    """What deals are worth: the metrics that a deal's value, margin and lifetime move."""
    plan = forecast.plan
    rows = [
        (
            Cell(METRICS[key].label, note=METRICS[key].meaning),
            words.write(plan, read(forecast, key, tail=tail), METRICS[key].unit),
        )
        for key in keys_for("deal_figure")
    ]
    return Table(("", capital(COUNTED[tail])), tuple(rows))
