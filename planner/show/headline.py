"""A bridge in one sentence."""

from __future__ import annotations

from planner.ask.compare.bridge import Bar, Ends
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.words import change, in_text, short, write

__all__ = ["headline"]

_SHARES = (
    (0.97, "all of that"), (0.88, "nearly all of that"), (0.71, "three quarters of that"), (0.59, "two thirds of that"),
    (0.42, "half of that"), (0.29, "a third of that"), (0.2, "a quarter of that"),
)  # fmt: skip


def headline(bars: tuple[Bar, ...], figure: Ends, plan: Plan, metric: str = "won") -> str:
    """What moved the figure most: "Deals fall by 9, from 20 to 11; two thirds of that is e-mail: replied, …"."""
    known = METRICS[metric]
    by = change(plan, figure.after, figure.before, known.unit).lstrip("+−")
    up, down = max(bars, key=lambda bar: bar.amount), min(bars, key=lambda bar: bar.amount)
    many = known.label.endswith("s")
    if not by:
        if up.amount < 1e-6 * max(1.0, abs(figure.after)):
            return f"{known.label} {'do' if many else 'does'} not change."
        both = f"{in_text(up.label)} and {in_text(down.label)} cancel out"
        return f"{known.label} {'stay' if many else 'stays'} at {short(plan, figure.after, known.unit)}; {both}."
    rises = figure.after > figure.before
    verb = ("rise" if rises else "fall") + ("" if many else "s")
    ends = f"from {short(plan, figure.before, known.unit)} to {short(plan, figure.after, known.unit)}"
    return f"{known.label} {verb} by {by}, {ends}; {_because(up if rises else down, figure, plan, known.unit)}."


def _because(bar: Bar, figure: Ends, plan: Plan, unit: str) -> str:
    """The part that the largest bar has in the difference."""
    label, part = in_text(bar.label), bar.amount / (figure.after - figure.before)
    if part > 1.03:
        rest = change(plan, figure.after - bar.amount, figure.before, unit).lstrip("+−")
        alone = change(plan, figure.before + bar.amount, figure.before, unit).lstrip("+−")
        return f"{label} alone accounts for {alone}, the rest takes back {rest}"
    small = f"the largest part, {write(plan, part, 'percent')}, of that"
    return f"{next((words for least, words in _SHARES if part >= least), small)} is {label}"
