"""What is worth saying about a file that was read, in sentences: nothing here refuses anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from planner.actuals.actuals import MONEY_NAMES, Actuals
from planner.actuals.collecting import MOST_REFUSED, Ledger
from planner.actuals.matching import IGNORED
from planner.calendar import month_keys
from planner.plan import Plan, merged

__all__ = ["remarks"]

_SHOWN = 12  # names in one sentence


def remarks(ledger: Ledger, actuals: Actuals | None) -> list[str]:
    """Sentences on how a file was read, and on what in it looks odd."""
    said = [*_on_layout(ledger), *_on_figures(ledger)]
    if actuals:
        plan = ledger.names.plan
        outside = {fact.period[:7] for fact in actuals.facts} - set(month_keys(plan.start, plan.months))
        if outside:
            said.append(f"Outside the plan's months, kept but not compared: {_list(sorted(outside))}.")
        hidden = _beside_months(actuals)
        if hidden:
            said.append(f"{_number(hidden, 'daily figure')} left aside where the month's own figure stands.")
        over = list(_above_parents(plan, actuals))
        if over:
            said.append(f"More arrivals than at the stage before, without a delay that explains it: {_list(over)}.")
    if ledger.more:
        said.append(f"{ledger.more:,} more cells or rows refused; the first {MOST_REFUSED} are listed.")
    return said


def _list(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")


def _number(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _on_layout(ledger: Ledger) -> Iterator[str]:
    above, mapping = ledger.sheet.above, ledger.mapping
    if above:
        yield f"{'Line 1' if above == 1 else f'Lines 1–{above}'} above the header skipped."
    if ledger.totals:
        yield f"{_number(ledger.totals, 'row')} of totals left out."
    if mapping.order:
        other = "month" if mapping.order == "day" else "day"
        yield f"Dates such as 8/6/2018 are read as {mapping.order}/{other}/year."
    if mapping.decimal == ",":
        yield "Figures are read with a decimal comma."
    unread = [header for header, meaning in mapping.columns if meaning == IGNORED]
    if unread:
        yield f"Not read: {_list(unread)}."


def _on_figures(ledger: Ledger) -> Iterator[str]:
    plan = ledger.names.plan
    strange = sorted(ledger.currencies - {plan.currency})
    if strange:
        yield f"The file speaks of {_list(strange)}; the plan is in {plan.currency}. Nothing was converted."
    if ledger.repeated:
        yield f"{_number(ledger.repeated, 'figure')} for a period, channel and stage already given: added up."
    counts = [s.values for s in ledger.streams]
    money = [
        np.isin(s.places, [i for (_, name), i in ledger.places.items() if name in MONEY_NAMES]) for s in ledger.streams
    ]
    below = sum(int((v[~m] < 0).sum()) for v, m in zip(counts, money, strict=True))
    broken = sum(int((v[~m] % 1 != 0).sum()) for v, m in zip(counts, money, strict=True))
    if below:
        yield f"{_number(below, 'count')} below 0, taken as corrections."
    if broken:
        yield f"{_number(broken, 'count')} with decimals, taken as they stand."


def _beside_months(actuals: Actuals) -> int:
    """Figures of days whose month has one of its own."""
    whole = {(f.source, f.period, f.channel, f.name) for f in actuals.facts if len(f.period) == 7}
    return sum((f.source, f.period[:7], f.channel, f.name) in whole for f in actuals.facts if len(f.period) == 10)


def _above_parents(plan: Plan, actuals: Actuals) -> Iterator[str]:
    """Stages that count more than the stage before them, where no delay explains it."""
    sums: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for fact in actuals.facts:
        sums[fact.channel, fact.name][fact.period[:7]] += fact.value
    for channel in plan.channels:
        for stage in merged(channel.stages, plan.sales):
            here, before = sums.get((channel.key, stage.key)), sums.get((channel.key, stage.of or ""))
            if here and before and not stage.delay:
                over = sorted(month for month in here if month in before and here[month] > before[month])
                yield from (f"{channel.label} {stage.label} in {month}" for month in over)
