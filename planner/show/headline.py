"""A difference in one sentence: by how much a figure moved, and because of what."""

from __future__ import annotations

import math
from collections.abc import Sequence

from planner.ask.compare.bridge import Ends
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.plan.metrics import Metric
from planner.show.bridge import Effect
from planner.show.names import in_sentence
from planner.words import change, short, write

__all__ = ["headline", "moves", "undivided"]

_SHARES = (
    (0.97, "entirely"), (0.88, "almost entirely"), (0.71, "three quarters of it"), (0.59, "two thirds of it"),
    (0.42, "half of it"), (0.29, "a third of it"), (0.2, "a quarter of it"),
)  # fmt: skip


def headline(effects: Sequence[Effect], figure: Ends, plan: Plan, metric: str = "won") -> str:
    """What moved the figure most: "Deals fall by 0.9, from 10.6 to 9.7, entirely because of the win rate."."""
    row = METRICS[metric]
    by = _size(plan, figure, row)
    moved = [effect for effect in effects if abs(effect.amount) > 1e-6 * max(1.0, abs(figure.after))]
    if not by and not moved:
        return f"{row.label} {_verb(row, 'do', 'does')} not change."
    if not by:
        both = sorted((max(moved, key=_amount), min(moved, key=_amount)), key=_amount, reverse=True)
        names = " and ".join(effect.name for effect in both)
        return (
            f"{row.label} {_verb(row, 'stay', 'stays')} at {short(plan, figure.after, row.unit)}: {names} cancel out."
        )
    rises = figure.after > figure.before
    ends = f"from {short(plan, figure.before, row.unit)} to {short(plan, figure.after, row.unit)}"
    text = f"{row.label} {moves(figure, row)} by {by}, {ends}"
    if not moved:
        return f"{text}."
    return f"{text}{_because((max if rises else min)(moved, key=_amount), figure, plan, row)}."


def undivided(figure: Ends, plans: tuple[Plan, Plan], names: tuple[str, str], metric: str) -> str:
    """From what to what, where a figure is undefined on a side, or on the way from one to the other."""
    row = METRICS[metric]
    parts = []
    for plan, name, value in zip(plans, names, (figure.before, figure.after), strict=True):
        text = short(plan, value, row.unit) if math.isfinite(value) else "undefined"
        parts.append(f"{text} in {in_sentence(name)}")
    text = f"{row.label} {_verb(row, 'are', 'is')} {parts[0]} and {parts[1]}"
    return f"{text}; a difference like that cannot be split."


def moves(figure: Ends, row: Metric) -> str:
    """The verb of a figure that moved: "rise", "falls"."""
    return _verb(row, "rise", "rises") if figure.after > figure.before else _verb(row, "fall", "falls")


def _amount(effect: Effect) -> float:
    return effect.amount


def _verb(row: Metric, many: str, singular: str) -> str:
    return many if row.label.endswith("s") else singular


def _size(plan: Plan, figure: Ends, row: Metric) -> str:
    return change(plan, figure.after, figure.before, row.unit).lstrip("+−")


def _because(effect: Effect, figure: Ends, plan: Plan, row: Metric) -> str:
    """The part that the largest effect has in the difference."""
    part = effect.amount / (figure.after - figure.before)
    if part > 1.03:
        alone = _size(plan, Ends(0.0, effect.amount), row)
        others = _size(plan, Ends(figure.before + effect.amount, figure.after), row)
        adds = "adds" if effect.amount > 0 else "takes away"
        return f"; {effect.name} alone {adds} {alone}, other changes offset {others}"
    most = f"the largest part of it, {write(plan, part, 'percent')},"
    share = next((share for least, share in _SHARES if part >= least), most)
    return f", {share} because of {effect.name}"
