"""What can be asked of goal seek: levers, figures, and the questions people ask first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner import words
from planner.ask.goal.answer import Question
from planner.ask.goal.reach import VOLUMES
from planner.engine import Forecast, forecast
from planner.measure.metrics import METRICS, read
from planner.plan import Plan, main_path
from planner.plan.levers import lever, levers
from planner.show.goal.phrases import target_text

__all__ = ["Ready", "offered", "ready_made", "usual"]

SURE = 0.8


@dataclass(frozen=True)
class Ready:
    """A question that is ready to ask, in words."""

    text: str
    question: Question


def offered(plan: Plan) -> dict[str, str]:
    """Path and label of every lever; first those people ask for: volumes, rates on the way, price, people."""
    on = [channel for channel in plan.channels if channel.active]
    off = {channel.key for channel in plan.channels if not channel.active}
    labels = {item.path: item.label for item in levers(plan) if item.path.partition(".")[0] not in off}
    labels.pop("correlation")
    first = [f"{channel.key}.volume" for channel in on]
    first += [f"{channel.key}.{stage.key}.rate" for channel in on for stage in main_path(channel.stages)[1:]]
    first += [f"sales.{stage.key}.rate" for stage in plan.sales if stage.main]
    first += ["deal.value", "deal.gross_margin", "team.reps", "team.cost_per_month"]
    locked = {limit.channel for limit in plan.limits if limit.least == limit.most}
    loose = any(channel.volume > 0 and channel.key not in locked for channel in on)
    return ({VOLUMES: "All volumes"} if loose else {}) | {path: labels[path] for path in first} | labels


def ready_made(plan: Plan, *, tail: bool = False) -> tuple[Ready, ...]:
    """Questions people ask, with this plan's own figures in them, as they are counted."""
    today, levers_offered = forecast(plan), offered(plan)
    deals, cac = usual(plan, "won", tail=tail), usual(plan, "cac", tail=tail)
    ready = []
    if VOLUMES in levers_offered and deals > 0:
        volumes = Question(VOLUMES, "won", deals, tail=tail)
        ready.append(Ready(f"Which volumes give {target_text(plan, volumes)}?", volumes))
        sure = Question(VOLUMES, "won", deals, tail=tail, chance=SURE)
        certain = f"{words.short(plan, SURE, 'percent')} sure of {target_text(plan, volumes)}"
        ready.append(Ready(f"Which volumes make you {certain}?", sure))
    rate = _answer_rate(today)
    if rate is not None and cac > 0:
        question = Question(rate, "cac", cac, tail=tail)
        ready.append(Ready(f"Which {lever(plan, rate).name} gives {target_text(plan, question)}?", question))
    if float(read(today, "won")) > 0:
        ready.append(Ready("Which deal value breaks even?", Question("deal.value", "profit", 0.0, tail=tail)))
    return tuple(ready)


def usual(plan: Plan, metric: str, *, tail: bool = False) -> float:
    """A target to begin with: the plan's own, or a fifth better than it stands; 0 for what is undefined."""
    own = next((target.value for target in plan.targets if target.metric == metric), 0.0)
    better = (1.0 + 0.2 * METRICS[metric].better) * float(read(forecast(plan), metric, tail=tail))
    return own or (max(0.0, float(f"{better:.1e}")) if np.isfinite(better) else 0.0)


def _answer_rate(today: Forecast) -> str | None:
    """The rate that wears out, an answer to touches, in the channel that brings most appointments."""
    on = [channel for channel in today.plan.channels if channel.key in today.channels]
    on.sort(key=lambda channel: -float(today.count("appointment", "plan", channel.key)))
    rates = (f"{channel.key}.{stage.key}.rate" for channel in on for stage in channel.stages if stage.tires)
    return next(rates, None)
