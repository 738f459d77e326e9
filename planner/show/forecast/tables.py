"""The tables of a forecast: key figures, channels, months and every stage, complete and in the plan's own format."""

from __future__ import annotations

import numpy as np

from planner import words
from planner.engine import Forecast
from planner.measure.explain import explain
from planner.measure.metrics import METRICS, read
from planner.plan import Channel, merged
from planner.plan.metrics import keys_for
from planner.show.design import hues
from planner.show.tables import Cell, Table

__all__ = ["by_channel", "by_month", "channel_costs", "cost_rows", "key_figures", "stages"]


def key_figures(made: Forecast, base: Forecast) -> Table:
    """Every metric in the plan, with the tail, at the baseline, and the difference from it."""
    plan, rows = made.plan, []
    for key, metric in METRICS.items():
        now, later, before = read(made, key), read(made, key, tail=True), read(base, key)
        change = words.change(plan, now, before, metric.unit)
        tone = ("good" if (now - before) * metric.better > 0 else "bad") if change else ""
        rows.append(
            (
                Cell(metric.label, note=metric.meaning),
                Cell(words.write(plan, now, metric.unit), note=explain(made, key).filled),
                Cell(words.write(plan, later, metric.unit), "quiet"),
                Cell(words.write(plan, before, metric.unit), "quiet"),
                Cell(change, tone),
            )
        )
    return Table(("", "In the plan", "With the tail", "Baseline", "Difference"), tuple(rows))


def by_channel(made: Forecast) -> Table:
    """What each channel brings and costs in the plan, its part of shared cost included."""
    plan, colours = made.plan, hues(made.plan)
    keys = keys_for("by_channel")
    heads = ("Channel", *(METRICS[key].label for key in keys))
    rows: list[tuple[Cell | str, ...]] = []
    for channel in plan.channels:
        if channel.key in made.channels:
            cells = [words.write(plan, read(made, key, channel=channel.key), METRICS[key].unit) for key in keys]
            rows.append((Cell(channel.label, swatch=colours[channel.key]), *cells))
    rows.append(("All channels", *(words.write(plan, read(made, key), METRICS[key].unit) for key in keys)))
    note = "Cost holds each channel's part of team, tools and overheads, shared by hours needed."
    return Table(heads, tuple(rows), note, total=True)


def by_month(made: Forecast) -> Table:
    """Key figures month by month; the tail and the sum below."""
    plan, keys = made.plan, keys_for("by_month")
    values = {key: read(made, key, by_month=True) for key in keys}
    rows: list[tuple[Cell | str, ...]] = [
        (name, *(words.write(plan, values[key][t], METRICS[key].unit) for key in keys))
        for t, name in enumerate(words.month_names(plan))
    ]
    rows.append(("In the plan", *(words.write(plan, read(made, key), METRICS[key].unit) for key in keys)))
    return Table(("Month", *(METRICS[key].label for key in keys)), tuple(rows), total=True)


def stages(made: Forecast, channel: Channel) -> Table:
    """Every stage of a channel: its share of the stage before, its volume in the plan and in the tail."""
    plan, rows = made.plan, []
    all_stages = merged(channel.stages, plan.sales)
    names = {stage.key: stage.label for stage in all_stages}
    touches = float(made.count("", "plan", channel.key))
    for stage in all_stages:
        path = f"{channel.key}.{stage.key}"
        here, later = float(made.count(path, "plan")), float(made.count(path, "tail"))
        parent = float(made.count(f"{channel.key}.{stage.of}", "all")) if stage.of else touches
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


def channel_costs(made: Forecast, chosen: str) -> Table:
    """Cost per appointment, CAC and deals of every channel, the chosen one set apart."""
    plan, colours, rows, keys = made.plan, hues(made.plan), [], keys_for("channel_cost")
    for channel in plan.channels:
        if channel.key not in made.channels:
            continue
        tone = "strong" if channel.key == chosen else ""
        cells = [words.short(plan, read(made, key, channel=channel.key, tail=True), METRICS[key].unit) for key in keys]
        rows.append((Cell(channel.label, tone, colours[channel.key]), *(Cell(text, tone) for text in cells)))
    return Table(
        ("Channel", *(METRICS[key].label for key in keys)),
        tuple(rows),
        "With the tail; shared cost allotted by hours.",
    )


def cost_rows(made: Forecast) -> Table:
    """Every row of cost: in the plan and what the tail adds."""
    plan = made.plan
    labels = {channel.key: channel.label for channel in plan.channels}
    rows: list[tuple[Cell | str, ...]] = [
        (
            row.label,
            Cell(labels.get(row.channel or "", "shared"), "quiet"),
            words.write(plan, row.amount, "money"),
            Cell(words.write(plan, later.amount, "money"), "quiet"),
        )
        for row, later in zip(made.cost_rows("plan"), made.cost_rows("tail"), strict=True)
    ]
    total = (words.write(plan, made.costs("plan"), "money"), words.write(plan, made.costs("tail"), "money"))
    rows.append(("All costs", "", *total))
    return Table(("Cost", "Of", "In the plan", "Later"), tuple(rows), total=True, numbers=2)
