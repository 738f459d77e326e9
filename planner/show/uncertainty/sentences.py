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


def median_gap(plan: Plan, metric: str, band: Band, swings: Sequence[Swing], own: float, by_rates: float) -> str:
    """By how much the median differs from the plan, and why; "" where it is near.

    Either few whole deals make the difference (`by_rates` is the median without them), or ranges that reach further to
    one side: the one that does so most is named, and said to do most of it only where it does.
    """
    gap = (band.median - own) / abs(own) if own else 0.0
    if not abs(gap) > NEAR:
        return ""
    side, label = (1.0 if gap > 0 else -1.0), words.in_text(METRICS[metric].label)
    text = (
        f"The median of {label} ({figure(plan, metric, band.median)}) is "
        f"{words.short(plan, round(abs(gap), 2), 'percent')} {'above' if gap > 0 else 'below'} the plan "
        f"({figure(plan, metric, own)})"
    )
    if side * (by_rates - own) < side * (band.median - own) / 2:
        whole = "mostly because appointments and deals come in whole numbers"
        return f"{text}, {whole}: by the rates alone it would be {figure(plan, metric, by_rates)}."
    return f"{text}{_lopsided(plan, metric, swings, side)}."


_WAYS = {1.0: "up", -1.0: "down"}


def _lopsided(plan: Plan, metric: str, swings: Sequence[Swing], side: float) -> str:
    """Why ranges that reach further to one side put the median there."""
    in_proportion = all(min(each.at_low, each.base, each.at_high) > 0 for each in swings)
    pulls = [(side * _pull(swing, in_proportion=in_proportion), swing) for swing in swings]
    pull, swing = max(pulls, key=lambda pair: pair[0], default=(0.0, None))
    if swing is None or not pull > 0:
        return " because several uncertain inputs act together"
    further = f"further {_WAYS[side]} than {_WAYS[-side]}{' in proportion' if in_proportion else ''}"
    name, label = lever(plan, swing.path).name, words.in_text(METRICS[metric].label)
    why = f", mostly because the range of the {name} reaches {further}"
    if 2.0 * pull < sum(each for each, _ in pulls):
        why = f" because several ranges reach {further}, most of all that of the {name}"
    return f"{why}: alone it could take {label} {_reach(plan, metric, swing, side)}"


def _pull(swing: Swing, *, in_proportion: bool) -> float:
    """By how much the high of an input moves a figure more than its low; 0 where it leaves the figure undefined."""
    pull = swing.at_low + swing.at_high - 2.0 * swing.base
    if in_proportion:
        pull = float(np.log(swing.at_low / swing.base) + np.log(swing.at_high / swing.base))
    return 0.0 if np.isnan(pull) else pull


def _reach(plan: Plan, metric: str, swing: Swing, side: float) -> str:
    """How far an input alone takes a figure, first to the side named: "down to 6.7 (÷ 1.8) or up to 17.4 (× 1.5)"."""
    ends = {1.0: max(swing.at_low, swing.at_high), -1.0: min(swing.at_low, swing.at_high)}
    return " or ".join(
        f"{_WAYS[way]} to {words.short(plan, ends[way], METRICS[metric].unit)}{_factor(plan, ends[way], swing.base)}"
        for way in (side, -side)
    )


def _factor(plan: Plan, value: float, base: float) -> str:
    """A figure as a factor of another, in brackets; "" where it is none."""
    if min(value, base) <= 0:
        return ""
    sign, factor = ("×", value / base) if value >= base else ("÷", base / value)
    return f" ({sign} {words.short(plan, factor, 'decimal')})"


def note(outlook: Outlook) -> str:
    """How the key figures are to be read."""
    return (
        f"From {words.write(outlook.plan, outlook.draws)} draws; the same plan always gives the same figures. "
        "Undefined figures, such as CAC without a deal, count as the worst outcome."
    )
