"""Commands on plans: forecast, compare, allocate, brief, export."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from planner import words
from planner.ask.budget.allocation import allocate, spent_now
from planner.ask.compare.by_lever import LeverBridge, bridge_by_lever
from planner.command.answer import BROKEN, DONE, Answer, defined, written
from planner.command.sources import actuals_of, opened
from planner.engine import Forecast, forecast
from planner.errors import PlannerError
from planner.export.formats import EXPORTS, exported
from planner.measure.alerts import alerts
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.plan.metrics import keys_for
from planner.show.brief.text import brief_json, brief_text
from planner.show.brief.whole import brief
from planner.show.budget import sentences, tables
from planner.show.tables import to_text

__all__ = ["allocation_of", "brief_of", "comparison_of", "export_of", "forecast_of"]


def forecast_of(options: Namespace) -> Answer:
    """Key figures in the plan and with what closes later, and the limits that are broken."""
    result = forecast(opened(options.plan, options.on).plan)
    broken = alerts(result)
    code = BROKEN if options.strict and any(alert.severity == "limit" for alert in broken) else DONE
    lines = [*_figure_lines(result), *(alert.sentence for alert in broken)]
    return Answer(
        "\n".join(lines), {"figures": _figures(result), "alerts": [alert.sentence for alert in broken]}, code
    )  # fmt: skip


def _figures(result: Forecast) -> dict[str, dict[str, float | None]]:
    return {
        key: {"plan": defined(read(result, key)), "with_later": defined(read(result, key, tail=True))}
        for key in keys_for("strip")
    }


def _figure_lines(result: Forecast) -> Iterator[str]:
    for key in keys_for("strip"):
        write = partial(words.write, result.plan, unit=METRICS[key].unit)
        figure, later = (write(read(result, key, tail=tail)) for tail in (False, True))
        yield f"{METRICS[key].label}: {figure} in the plan, {later} with what closes later"


def comparison_of(options: Namespace) -> Answer:
    """What differs between two plans lever by lever; of one source: between its baseline and its plan."""
    before, after = _sides(options)
    split = bridge_by_lever(before, after, options.metric)
    effects = list(_effects(split))
    metric = METRICS[options.metric]
    ends = [words.write(after, figure, metric.unit) for figure in (split.before, split.after)]
    lines = [f"{metric.label}: {ends[0]} → {ends[1]}"]
    lines += [f"{words.change(after, amount, 0.0, metric.unit)}  {label}" for label, amount in effects]
    values = {
        "before": defined(split.before), "after": defined(split.after),
        "effects": [{"lever": label, "effect": amount} for label, amount in effects],
    }  # fmt: skip
    return Answer("\n".join(lines), values)


def _sides(options: Namespace) -> tuple[Plan, Plan]:
    first = opened(options.before, options.on)
    if options.after is not None:
        return first.plan, opened(options.after, options.on).plan
    if first.baseline is None:
        raise PlannerError("There is nothing to compare with: it holds no baseline. Name a second plan file or link.")
    return first.baseline, first.plan


def _effects(split: LeverBridge) -> Iterator[tuple[str, float]]:
    yield from ((bar.label, bar.amount) for bar in split.bars if bar.amount)
    if split.structure:
        yield "Structure: channels, stages, dates", split.structure


def allocation_of(options: Namespace) -> Answer:
    """The best mix of volumes for a budget; without one, for what the volumes cost today."""
    plan = opened(options.plan, options.on).plan
    budget = spent_now(plan, tail=options.later) if options.budget is None else options.budget
    best = allocate(plan, budget, metric=options.metric, tail=options.later)
    text = f"{sentences.answer(plan, best)}\n\n{to_text(tables.mix(plan, best, options.later))}"
    values = {
        "budget": best.budget, "metric": best.metric, "value": best.value, "now": best.before.value,
        "channels": {
            channel.key: {"volume": channel.volume, "spend": best.spend[channel.key]}
            for channel in best.plan.channels if channel.key in best.spend
        },
        "binding": [{"what": limit.what, "channels": [*limit.channels]} for limit in best.binding],
    }  # fmt: skip
    return Answer(text, values)


def brief_of(options: Namespace) -> Answer:
    """The plan on one page, with actuals where files of them are named or the workspace holds some."""
    source = opened(options.plan, options.on)
    actuals = actuals_of(source, options.actuals) if options.actuals else source.actuals
    page = brief(source.plan, baseline=source.baseline, scenarios=source.scenarios, actuals=actuals, tail=source.tail)
    return Answer(brief_text(page).rstrip("\n"), brief_json(page))


def export_of(options: Namespace) -> Answer:
    """The plan or workspace in a format of `EXPORTS`, as a file or (“-”) on standard output."""
    work = opened(options.plan, options.on).workspace
    content = exported(options.format, work)
    if options.to == "-" or (options.to is None and not sys.stdout.isatty()):
        return Answer("", content=content)
    path = Path(options.to or f"plan.{EXPORTS[options.format].ending}")
    written(path, content)
    return Answer(str(path), {"file": str(path), "bytes": len(content)})
