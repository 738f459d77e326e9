"""What the draws say, in sentences: the 80 % range, chances, chance versus uncertainty, why the median differs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner import words
from planner.ask.sensitivity import Swing
from planner.ask.uncertainty.simulation import Series
from planner.engine import Forecast
from planner.measure.metrics import METRICS, read
from planner.plan import Plan, Target
from planner.plan.levers import lever
from planner.show.uncertainty.outlook import BREAK_EVEN, Band, Chance, Detail, Outlook

__all__ = [
    "answer", "by_count", "chance_of", "chance_share", "figure", "goal", "median_gap", "note", "percent", "span",
]  # fmt: skip

NEAR = 0.05  # the median is called near the plan up to here


def figure(plan: Plan, metric: str, value: float) -> str:
    """A figure in a sentence; what is undefined in words."""
    if np.isnan(value):
        return "never" if METRICS[metric].unit == "month" else "undefined"
    return words.short(plan, value, METRICS[metric].unit)


def span(plan: Plan, metric: str, low: float, high: float, joint: str = "between {} and {}") -> str:
    """A low and a high in words; one figure where they read alike."""
    ends = figure(plan, metric, low), figure(plan, metric, high)
    return ends[0] if ends[0] == ends[1] else joint.format(*ends)


def percent(plan: Plan, chance: float) -> str:
    """A chance as a whole percentage, never rounded to certainty."""
    if 0 < chance < 0.005:
        return f"less than {words.short(plan, 0.01, 'percent')}"
    if 0.995 < chance < 1:
        return f"more than {words.short(plan, 0.99, 'percent')}"
    return words.short(plan, round(chance, 2), "percent")


def goal(plan: Plan, target: Target) -> str:
    """A target inside a sentence: "at least 20 deals", "a CAC of at most €4,000"."""
    if target == BREAK_EVEN:
        return "breaking even"
    metric = METRICS[target.metric]
    value = (words.short if metric.unit == "percent" else words.write)(plan, target.value, metric.unit)
    bound = "at least" if metric.better > 0 else "at most"
    label = words.in_text(metric.label)
    return f"{bound} {value} {label}" if metric.unit == "count" else f"{label} of {bound} {value}"


def chance_of(outlook: Outlook, metric: str) -> Chance:
    """The chance of the metric's target, else of the first target, else of breaking even."""
    chances = (*outlook.chances, outlook.break_even)
    return next((chance for chance in chances if chance.target.metric == metric), chances[0])


def by_count(plan: Plan, chance: Chance, tail: bool) -> str:
    """A chance within the plan period, or once later deals count too."""
    counts = "including deals that close later" if tail else "within the plan period"
    return f"{percent(plan, chance.counted(tail))} {counts}"


def answer(outlook: Outlook, forecast: Forecast, metric: str, *, tail: bool = False) -> str:
    """The 80 % range of a metric, its median, what the plan shows, and a chance that matters."""
    plan, label, band = forecast.plan, METRICS[metric].label, outlook.bands[Series(metric, tail=tail)]
    own = figure(plan, metric, float(read(forecast, metric, tail=tail)))
    eighty = words.short(plan, 0.8, "percent")
    ends = span(plan, metric, band.low, band.high)
    if ends == figure(plan, metric, band.low):
        text = f"{label}: at least {eighty} likely to be {ends}; the plan shows {own}."
    else:
        median = figure(plan, metric, band.median)
        text = f"{label}: {eighty} likely to be {ends} (median {median}); the plan shows {own}."
    chance = chance_of(outlook, metric)
    chosen, other = (by_count(plan, chance, count) for count in (tail, not tail))
    return f"{text} Chance of {goal(plan, chance.target)}: {chosen}, {other}."


def chance_share(detail: Detail, forecast: Forecast) -> str:
    """Chance versus uncertainty in words."""
    plan, label = forecast.plan, words.in_text(METRICS[detail.metric].label)
    eighty = words.short(plan, 0.8, "percent")
    band = detail.chance_alone
    ends = span(plan, detail.metric, band.low, band.high, "{} to {}")
    text = f"Even if every rate were exact, chance alone would give {ends} {label} ({eighty} range)."
    if METRICS[detail.metric].unit != "count":
        text = f"Even if every rate were exact, chance alone would give a {label} of {ends} ({eighty} range)."
    if ends == figure(plan, detail.metric, band.low):
        text = f"If every rate were exact, chance would hardly change {label}."
    if not plan.ranges:
        return f"No input of this plan has a range yet, so only chance is left. {text}"
    if np.isnan(detail.split.chance):
        return text
    chance, inputs = percent(plan, detail.split.chance), percent(plan, detail.split.inputs)
    return f"{text} Chance explains {chance} of the spread, uncertain inputs {inputs}."


def median_gap(plan: Plan, metric: str, band: Band, swings: Sequence[Swing], own: float) -> str:
    """By how much the median differs from the plan and which input's range pulls it there; "" where it is near.

    The input is the one whose high and low, each alone, move the metric least evenly towards the median.
    """
    gap = (band.median - own) / abs(own) if own else 0.0
    if not abs(gap) > NEAR:
        return ""
    side = 1.0 if gap > 0 else -1.0
    unit, label = METRICS[metric].unit, words.in_text(METRICS[metric].label)
    direction = "above" if gap > 0 else "below"
    by = words.short(plan, round(abs(gap), 2), "percent")
    text = (
        f"The median of {label} ({figure(plan, metric, band.median)}) is {by} {direction} the plan "
        f"({figure(plan, metric, own)})"
    )
    pulls = [(side * (swing.at_low + swing.at_high - 2.0 * swing.base), swing) for swing in swings]
    pulls = [(pull, swing) for pull, swing in pulls if pull > 0]
    if not pulls:
        return f"{text} because several uncertain inputs act together."
    swing = max(pulls, key=lambda pair: pair[0])[1]
    far, near = (max, min) if gap > 0 else (min, max)
    ends = (swing.at_low, swing.at_high)
    farther, nearer = (words.short(plan, end(ends), unit) for end in (far, near))
    ways = ("up", "down") if gap > 0 else ("down", "up")
    return (
        f"{text}, mostly because the range of the {lever(plan, swing.path).name} is uneven: alone it could take "
        f"{label} {ways[0]} to {farther} but only {ways[1]} to {nearer}."
    )


def note(outlook: Outlook) -> str:
    """How the key figures are to be read."""
    return (
        f"From {words.write(outlook.plan, outlook.draws)} draws; the same plan always gives the same figures. "
        "Undefined figures, such as CAC without a deal, count as the worst outcome."
    )
