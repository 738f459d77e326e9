"""The bridge of money: from revenue over what everything costs to profit, and how far money is from its targets."""

from __future__ import annotations

import math

from planner import words
from planner.ask.compare.bridge import Ends
from planner.engine import Forecast
from planner.keep.workspace import COUNTED
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.show.bridge import Effect, waterfall
from planner.show.design import INK, SHARED_HUE, Chart, hues

__all__ = ["bridge", "gaps"]

TOTALS = ("Revenue", "Profit")
OTHER = "Shared costs"  # beside the channels and the team


def bridge(forecast: Forecast, *, tail: bool = False) -> Chart:
    """From revenue to profit: what delivery takes, then the cost of the team, of each channel and of the rest."""
    plan = forecast.plan
    revenue, gross, profit = (float(read(forecast, key, tail=tail)) for key in ("revenue", "gross_profit", "profit"))
    effects = [Effect("Delivery", "delivery", gross - revenue), *_costs(forecast, tail)]
    chart = waterfall(
        plan, [effect for effect in effects if effect.amount], Ends(revenue, profit), "profit", TOTALS,
        COUNTED[tail],
    )  # fmt: skip
    colours = {channel.label: hues(plan)[channel.key] for channel in plan.channels} | dict.fromkeys(TOTALS, INK)
    frame = chart.frame.assign(hue=[colours.get(label, SHARED_HUE) for label in chart.frame["label"]])
    left = "leave a loss of" if profit < 0 else "leave a profit of"
    says = [words.short(plan, amount, "money") for amount in (revenue, abs(profit))]
    title = " ".join([f"{says[0]} of revenue {left} {says[1]} {COUNTED[tail]}", *gaps(forecast, tail=tail)])
    return Chart(frame, chart.spec, title, f"Waterfall. {title}.")


def _costs(forecast: Forecast, tail: bool) -> list[Effect]:
    """Cost by owner, the largest first: the team, each channel, what is shared."""
    plan = forecast.plan
    labels = {channel.key: channel.label for channel in plan.channels}
    listed = {cost.key for cost in plan.costs}
    amounts: dict[str, float] = {}
    for row in forecast.cost_rows("all" if tail else "plan"):
        label = labels[row.channel] if row.channel else OTHER if row.key in listed else row.label
        amounts[label] = amounts.get(label, 0.0) + float(row.amount)
    ranked = sorted(amounts.items(), key=lambda pair: -pair[1])
    return [Effect(label, words.in_text(label), -amount) for label, amount in ranked]


def gaps(forecast: Forecast, *, tail: bool = False) -> list[str]:
    """How far each target of money is missed, in a sentence."""
    plan = forecast.plan
    sentences = []
    for target in plan.targets:
        metric = METRICS[target.metric]
        reached = float(read(forecast, target.metric, tail=tail))
        if metric.unit == "money" and math.isfinite(reached) and not metric.reaches(reached, target.value):
            sentences.append(_missed(plan, metric.label, target.value, abs(target.value - reached)))
    return sentences


def _missed(plan: Plan, label: str, target: float, gap: float) -> str:
    written = [words.short(plan, amount, "money") for amount in (target, gap)]
    return f"({words.in_text(label)} misses its target of {written[0]} by {written[1]})"
