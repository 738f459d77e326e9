"""What is worth saying about a file that was read: nothing here refuses anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from planner.actuals.actuals import MONEY_NAMES, Actuals
from planner.actuals.collecting import Collector
from planner.actuals.matching import IGNORED
from planner.actuals.questions import Remark
from planner.calendar import month_keys
from planner.plan import Plan, merged

__all__ = ["remarks"]


def remarks(collector: Collector, actuals: Actuals | None) -> list[Remark]:
    """How a file was read, and what in it looks odd."""
    noted = [*_on_layout(collector), *_on_figures(collector)]
    if actuals:
        noted += _on_actuals(collector.names.plan, actuals)
    if collector.more_refused:
        noted.append(Remark("more_refused", count=collector.more_refused))
    return noted


def _on_layout(collector: Collector) -> Iterator[Remark]:
    sheet, mapping = collector.sheet, collector.mapping
    if sheet.above:
        yield Remark("preamble", count=sheet.above)
    if collector.total_rows:
        yield Remark("totals", count=collector.total_rows)
    if collector.deleted_rows:
        yield Remark("deleted", count=collector.deleted_rows)
    if collector.inbound_rows:
        yield Remark("inbound", count=collector.inbound_rows)
    if collector.planned_rows:
        yield Remark("planned", count=collector.planned_rows)
    if collector.elsewhere:
        yield Remark("by_source", (mapping.header("channel"),))
    if collector.bills:
        yield Remark("bill", tuple(collector.bills))
    if collector.not_added_up:
        yield Remark("not_added_up", count=collector.not_added_up)
    if mapping.order:
        yield Remark("date_order", (mapping.order,))
    if "," in (mapping.decimal, *collector.signs.values()):
        yield Remark("decimal_comma")
    unused = tuple(header for header, meaning in mapping.columns if meaning == IGNORED)
    if unused:
        yield Remark("unused", unused)


def _on_figures(collector: Collector) -> Iterator[Remark]:
    foreign = sorted(collector.currencies - {collector.names.plan.currency})
    if foreign:
        yield Remark("currency", tuple(foreign))
    if collector.added_up:
        yield Remark("added_up", count=collector.added_up)
    money = [number for series, number in collector.series.items() if series.name in MONEY_NAMES]
    counts = [figures.values[~np.isin(figures.series, money)] for figures in collector.figures]
    below = sum(int((values < 0).sum()) for values in counts)
    broken = sum(int((values % 1 != 0).sum()) for values in counts)
    if below:
        yield Remark("below_zero", count=below)
    if broken:
        yield Remark("decimals", count=broken)


def _on_actuals(plan: Plan, actuals: Actuals) -> Iterator[Remark]:
    outside = {fact.period[:7] for fact in actuals.facts} - set(month_keys(plan.start, plan.months))
    if outside:
        yield Remark("outside", tuple(sorted(outside)))
    aside = actuals.left_aside()
    if aside:
        yield Remark("days_aside", count=len(aside))
    above = tuple(_above_parents(plan, actuals))
    if above:
        yield Remark("above_parent", above)


def _above_parents(plan: Plan, actuals: Actuals) -> Iterator[str]:
    """Stages with more arrivals than the stage before them, where no delay explains it."""
    months: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for fact in actuals.facts:
        months[fact.channel, fact.name][fact.period[:7]] += fact.value
    for channel in plan.channels:
        for stage in merged(channel.stages, plan.sales):
            arrivals = months.get((channel.key, stage.key))
            parents = months.get((channel.key, stage.of or ""))
            if arrivals and parents and not stage.delay:
                above = sorted(month for month in arrivals if month in parents and arrivals[month] > parents[month])
                yield from (f"{channel.label}: {stage.label} in {month}" for month in above)
