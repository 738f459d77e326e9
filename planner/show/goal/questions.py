"""What would it take: a question as a value, those people ask first, and its answer in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner import words
from planner.ask.goal.reach import VOLUMES, Reach, reach
from planner.ask.goal.seeking import seek, seek_sure
from planner.engine import Forecast, forecast
from planner.engine.batch import Array
from planner.errors import OutOfReach
from planner.measure.metrics import METRICS, read
from planner.plan import Plan, main_path
from planner.plan.levers import kind_of_lever, lever, levers
from planner.plan.metrics import keys_for

__all__ = [
    "Answer", "Place", "Question", "answer", "answered", "called", "capital", "figure", "measured", "named",
    "nearest", "offered", "past_hours", "ready_made", "stands", "usual", "wish",
]  # fmt: skip

SURE = 0.8


@dataclass(frozen=True)
class Question:
    """Where must the lever at `path` (or "volumes") be for `metric` to reach `target`?

    `chance`: how sure it has to be, None for the figure as planned.
    """

    path: str
    metric: str
    target: float
    channel: str | None = None
    tail: bool = False
    chance: float | None = None


@dataclass(frozen=True)
class Place:
    """A plan that answers, and where the lever stands in it."""

    at: float
    plan: Plan


@dataclass(frozen=True)
class Answer:
    """Every place that meets the target; or, with what binds in `held`, the one nearest to it.

    `value` is what that one reaches: the metric, or where a chance was asked for, the chance.
    """

    question: Question
    plan: Plan
    places: tuple[Place, ...]
    value: float
    held: str = ""


def answered(plan: Plan, asked: Question) -> Answer:
    """The answer to a question about a plan. PlanError for a question that cannot be asked."""
    span, path, metric, target = reach(plan, asked.path), asked.path, asked.metric, asked.target
    try:
        if asked.chance is None:
            found = seek(plan, path, metric, target, channel=asked.channel, tail=asked.tail)
        else:
            found = (seek_sure(plan, path, metric, target, asked.chance, tail=asked.tail),)
    except OutOfReach as short:
        at = _where(span, short.nearest)
        stays = np.isclose(at, span.now, rtol=1e-6, atol=0.0)
        nearest = Place(span.now, plan) if stays else Place(at, short.nearest)
        return Answer(asked, plan, (nearest,), short.value, short.binding)
    return Answer(asked, plan, tuple(Place(_where(span, one), one) for one in found), asked.chance or target)


def _where(span: Reach, plan: Plan) -> float:
    """Where the lever stands in a plan that came of moving it."""
    if span.path != VOLUMES:
        return lever(plan, span.path).value
    key, before = next(iter(span.volumes.items()))
    return lever(plan, f"{key}.volume").value / before


def measured(made: Forecast, asked: Question) -> Array:
    """The metric that is asked about."""
    return read(made, asked.metric, channel=asked.channel, tail=asked.tail)


def past_hours(found: Answer) -> float | None:
    """Where about the target would be met if hours were no matter; None where nowhere, or hours do not bind."""
    if found.held != "the team's hours" or found.question.chance is not None:
        return None
    span = reach(found.plan, found.question.path)
    to = span.points()
    off = measured(forecast(found.plan, span.moves(to)), found.question) - found.question.target
    at = np.flatnonzero(off[:-1] * off[1:] < 0)
    if not len(at):
        return None
    a, b = at[0], at[0] + 1
    return float(to[a] - off[a] * (to[b] - to[a]) / (off[b] - off[a]))


# -- what can be asked ------------------------------------------------------------------------------------------------


def offered(plan: Plan) -> dict[str, str]:
    """Path and name of every lever; first those people ask for: volumes, rates on the way, price, people."""
    on = [channel for channel in plan.channels if channel.active]
    off = {channel.key for channel in plan.channels if not channel.active}
    known = {item.path: capital(item.label) for item in levers(plan) if item.path.partition(".")[0] not in off}
    known.pop("correlation")
    first = [f"{channel.key}.volume" for channel in on]
    first += [f"{channel.key}.{stage.key}.rate" for channel in on for stage in main_path(channel.stages)[1:]]
    first += [f"sales.{stage.key}.rate" for stage in plan.sales if stage.main]
    first += ["deal.value", "deal.gross_margin", "team.reps", "team.cost_per_month"]
    locked = {limit.channel for limit in plan.limits if limit.least == limit.most}
    loose = any(channel.volume > 0 and channel.key not in locked for channel in on)
    return ({VOLUMES: "All volumes together"} if loose else {}) | {path: known[path] for path in first} | known


def ready_made(plan: Plan) -> tuple[tuple[str, Question], ...]:
    """Questions people ask, with this plan's own figures in them: what is on the button, and the question."""
    made, names = forecast(plan), offered(plan)
    deals, cac = usual(plan, "won"), usual(plan, "cac")
    many, sure = words.counted(plan, deals, "deal"), words.short(plan, SURE, "percent")
    found = []
    if VOLUMES in names and deals > 0:
        found.append((f"Volume for {many}", Question(VOLUMES, "won", deals)))
        found.append((f"Volume to be {sure} sure of {many}", Question(VOLUMES, "won", deals, chance=SURE)))
    if (rate := _answer_rate(made)) and cac > 0:
        text = f"Which {lever(plan, rate).name} gives a CAC of {words.short(plan, cac, 'money')}?"
        found.append((text, Question(rate, "cac", cac)))
    if float(read(made, "won")) > 0:
        found.append(("Deal value to break even", Question("deal.value", "profit", 0.0)))
    return tuple(found)


def usual(plan: Plan, metric: str) -> float:
    """A target to begin with: the plan's own, or a fifth better than it stands."""
    known = METRICS[metric]
    wished = next((target.value for target in plan.targets if target.metric == metric), 0.0)
    return wished or max(0.0, _easy((1.0 + 0.2 * known.better) * float(read(forecast(plan), metric))))


def _answer_rate(made: Forecast) -> str:
    """The rate that wears out, an answer to touches, in the channel that brings most appointments; "" for none."""
    on = [channel for channel in made.plan.channels if channel.key in made.channels]
    on.sort(key=lambda channel: -float(made.count("appointment", "plan", channel.key)))
    return next((f"{channel.key}.{stage.key}.rate" for channel in on for stage in channel.stages if stage.tires), "")


def _easy(value: float) -> float:
    """Two figures that are easy to say; 0 for what is undefined."""
    return float(f"{value:.1e}") if np.isfinite(value) else 0.0


# -- in words ---------------------------------------------------------------------------------------------------------


def capital(text: str) -> str:
    """A text that begins a sentence."""
    return text[:1].upper() + text[1:]


def named(plan: Plan, path: str) -> str:
    """A lever as the subject of a sentence."""
    return "All volumes together" if path == VOLUMES else f"“{capital(lever(plan, path).label)}”"


def stands(plan: Plan, path: str, value: float) -> str:
    """Where a lever stands, with its unit: "13,800 a month", "1.25 × the volumes", "1.9%"."""
    if path == VOLUMES:
        return f"{words.short(plan, value, 'decimal')} × the volumes"
    kind = kind_of_lever(plan, path)
    text = words.short(plan, value, kind.written)
    return f"{text} {kind.unit}" if kind.unit not in ("", "%") else text


def nearest(found: Answer) -> str:
    """Where the lever comes nearest, in words: "at 13,800 a month", or "where it stands"."""
    at = found.places[0].at
    if found.places[0].plan == found.plan:
        return "where they stand" if found.question.path == VOLUMES else "where it stands"
    return f"at {stands(found.plan, found.question.path, at)}"


def called(found: Answer, place: Place) -> str:
    """A name for a scenario that holds the plan of an answer: "Deals 20: 13,800 a month"."""
    plan, asked = found.plan, found.question
    target = words.short(plan, asked.target, METRICS[asked.metric].unit)
    return f"{capital(figure(plan, asked))} {target}: {stands(plan, asked.path, place.at)}"


def figure(plan: Plan, asked: Question) -> str:
    """The metric inside a sentence: "deals", "CAC of E-mail"."""
    label = words.in_text(METRICS[asked.metric].label)
    of = next((channel.label for channel in plan.channels if channel.key == asked.channel), "")
    return f"{label} of {of}" if of else label


def wish(plan: Plan, asked: Question) -> str:
    """What a chance is asked of: "at least 20 deals", "CAC of at most €7,000"."""
    known = METRICS[asked.metric]
    side, value = "at least" if known.better > 0 else "at most", words.short(plan, asked.target, known.unit)
    label = words.in_text(known.label)
    return f"{side} {value} {label}" if known.unit == "count" else f"{label} of {side} {value}"


def answer(found: Answer) -> str:
    """The answer in words: where to and what that changes; or how near it comes and what holds it."""
    plan, asked = found.plan, found.question
    name, later = named(plan, asked.path), " with what lands later" if asked.tail else ""
    goal = f"{figure(plan, asked)} to reach {words.short(plan, asked.target, METRICS[asked.metric].unit)}{later}"
    aim = f"for {goal}"
    if asked.chance is not None:
        aim = f"to be {words.short(plan, asked.chance, 'percent')} sure of {wish(plan, asked)}{later}"
    if found.held:
        return _short_of(found, name, aim)
    if len(found.places) > 1:
        *ways, last = (stands(plan, asked.path, place.at) for place in found.places)
        many = len(found.places)
        return f"{name} can stand in {many} places {aim}: at {', '.join(ways)} and at {last}. {_why(found)}"
    now, at = reach(plan, asked.path).now, found.places[0].at
    if np.isclose(at, now, rtol=1e-6):
        return f"Nothing has to change {aim}."
    text = f"{name} would have to {_move(plan, asked.path, now, at)} {aim}"
    if asked.chance is None:
        text += f", not {words.short(plan, measured(forecast(plan), asked), METRICS[asked.metric].unit)}"
    return f"{text}. {_brings(found)}".strip()


def _move(plan: Plan, path: str, now: float, at: float) -> str:
    if path == VOLUMES:
        return f"go {'up' if at > 1 else 'down'} by {words.short(plan, abs(at - 1), 'percent')}"
    return f"go from {words.short(plan, now, kind_of_lever(plan, path).written)} to {stands(plan, path, at)}"


def _brings(found: Answer) -> str:
    """What else changes: deals, cost, CAC and the team's hours."""
    plan, asked = found.plan, found.question
    before, after = forecast(plan), forecast(found.places[0].plan)
    parts = []
    for key in keys_for("effect"):
        one, other = (read(made, key, tail=asked.tail) for made in (before, after))
        change = words.change(plan, other, one, METRICS[key].unit)
        if change and key != asked.metric:
            parts.append(f"{words.in_text(METRICS[key].label)} {change}")
    one, other = (read(made, "utilisation") for made in (before, after))
    if words.change(plan, other, one, "percent") and asked.metric != "utilisation":
        parts.append(f"{words.short(plan, other, 'percent')} of the team’s hours")
    return f"That means {', '.join(parts)}." if parts else ""


def _short_of(found: Answer, name: str, aim: str) -> str:
    """The nearest place and what binds there."""
    plan, asked, what = found.plan, found.question, figure(found.plan, found.question)
    if np.isnan(found.value):
        return f"{capital(what)} is undefined wherever the lever goes: without a deal there is nothing to divide by."
    if found.held.startswith("the lever itself"):
        return f"{name} {'do' if asked.path == VOLUMES else 'does'} not move {what}: it takes another lever."
    text = f"{name} cannot go far enough {aim}"
    if asked.chance is not None and not found.value > 0:
        return f"{text}: there is no chance of it, wherever the lever goes."
    place, held = nearest(found), _held(found)
    if asked.chance is not None:
        return f"{text}: the chance is {words.short(plan, found.value, 'percent')} at most, {place}, held by {held}."
    near, far = words.short(plan, found.value, METRICS[asked.metric].unit), past_hours(found)
    aside = f" Hours aside it would take {stands(plan, asked.path, far)}." if far else ""
    return f"{text}: the nearest is {near}, {place}, held by {held}.{aside}"


def _held(found: Answer) -> str:
    """What binds, in few words."""
    if found.question.path == VOLUMES and found.held.startswith("the limit"):
        return "the most that a channel may get"
    return "the audiences" if found.held.count(" and ") > 1 else found.held.replace("team's", "team’s")


def _why(found: Answer) -> str:
    """Where a metric turns between two places, and why."""
    plan, asked = found.plan, found.question
    to = np.linspace(found.places[0].at, found.places[-1].at, 201)
    value = measured(forecast(plan, reach(plan, asked.path).moves(to)), asked)
    turn = int(np.nanargmax(np.abs(value - asked.target)))
    at = f"{stands(plan, asked.path, float(to[turn]))} ({words.short(plan, value[turn], METRICS[asked.metric].unit)})"
    text = f"It turns at {at}"
    if asked.path != VOLUMES and not asked.path.endswith(".volume"):
        return f"{text}."
    if METRICS[asked.metric].spreads_fixed_cost:
        return f"{text}: up to there fixed cost is shared by more, past it each touch brings less than the one before."
    return f"{text}: up to there a further touch earns its cost, past it no longer."
