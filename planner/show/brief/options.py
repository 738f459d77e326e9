"""The options: what has changed since the baseline, the scenarios side by side, and what must be true for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner import words
from planner.ask.compare.by_lever import LeverBridge, bridge_by_lever
from planner.engine import Forecast, forecast
from planner.keep.steps import Scenario
from planner.measure.metrics import read
from planner.plan import Plan
from planner.plan.diff import Difference, differing
from planner.plan.kinds import Kind
from planner.plan.levers import levers
from planner.plan.naming import capital
from planner.show import compare
from planner.show.brief.value import Section
from planner.show.names import BASELINE, PLAN, told_apart

__all__ = ["change", "options"]

MOST = 5  # conditions of a scenario that are spelt out
ABOUT = "won"  # the figure whose movers are named first


def change(baseline: Plan, here: Forecast) -> Section | None:
    """What has changed since the baseline and what that does; None where nothing has."""
    plan = here.plan
    if plan == baseline or not differing(baseline, plan):
        return None
    before, names = forecast(baseline), (BASELINE, PLAN)
    reason = compare.apart(baseline, plan, names)
    split = bridge_by_lever(baseline, plan, ABOUT)
    sentence = reason or compare.summary(split, before, here, names)
    points = tuple(capital(text) for text in _conditions(baseline, plan, split))
    return Section("change", "What changes against the baseline", (sentence,), points=points)


def options(here: Forecast, scenarios: Sequence[Scenario], *, tail: bool = False) -> Section | None:
    """The scenarios beside the plan, with what must be true for each; None where there are none."""
    if not scenarios:
        return None
    names = told_apart([scenario.name for scenario in scenarios])
    named = [(name, forecast(scenario.plan)) for name, scenario in zip(names, scenarios, strict=True)]
    table = compare.key_figures([(PLAN, here), *named], tail=tail)
    points = tuple(_must_be_true(here.plan, name, other, tail) for name, other in named)
    return Section(
        "options", "The options side by side", (compare.standing(here, named, tail=tail),), points=points, table=table
    )


def _must_be_true(plan: Plan, name: str, other: Forecast, tail: bool) -> str:
    """What a scenario brings, and under which conditions: "Push: 12 deals for €40,000, if …"."""
    there = other.plan
    result = (
        f"{name}: {words.counted(there, read(other, 'won', tail=tail), 'deal')} for "
        f"{words.short(there, read(other, 'cost', tail=tail), 'money')}"
    )
    conditions = _conditions(plan, there, bridge_by_lever(plan, there, ABOUT))
    if not conditions:
        return f"{result}, as the plan."
    return f"{result}, if {words.listed(conditions)}."


def _conditions(before: Plan, after: Plan, split: LeverBridge) -> tuple[str, ...]:
    """What differs in a plan, the largest effect on deals first: "win rate 25% instead of 20%"."""
    effects = {bar.path: abs(bar.amount) for bar in split.bars}
    names = {item.path: item.name for plan in (before, after) for item in levers(plan)}
    rows = sorted(differing(before, after), key=lambda row: -effects.get(row.path, 0.0))
    conditions = [_condition(before, after, row, names) for row in rows if row.path != "name"]
    rest = len(conditions) - MOST
    return (*conditions[:MOST], *([words.counted(after, rest, "more input") + " differ"] if rest > 0 else []))


def _condition(before: Plan, after: Plan, row: Difference, names: Mapping[str, str]) -> str:
    name = names.get(row.path, words.in_text(row.label))
    if row.before is None or row.after is None:
        gone = row.after is None
        plan, value = (before, row.before) if gone else (after, row.after)
        return f"{name} ({_side(plan, value, row.kind)}) is {'left out' if gone else 'added'}"
    unit = row.kind.unit if row.kind and row.kind.unit not in ("", "%", name.split()[-1]) else ""
    text = f"{name} {_side(after, row.after, row.kind)} instead of {_side(before, row.before, row.kind)}"
    return f"{text} {unit}".strip()


def _side(plan: Plan, value: float | str | None, kind: Kind | None) -> str:
    """A number as a sentence has it, without its unit; a text unchanged."""
    if not isinstance(value, float):
        return value or words.DASH
    return words.short(plan, value, kind.written if kind and kind.written in ("percent", "money") else "count")
