"""The answer to a goal in a sentence: where to and what that changes; or how near it comes and what limits it."""

from __future__ import annotations

import numpy as np

from planner import words
from planner.ask.goal.answer import Answer, Place, measured
from planner.ask.goal.reach import VOLUMES, reach
from planner.engine import forecast
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.plan.metrics import keys_for
from planner.show.goal.limiting import clause, extreme
from planner.show.goal.phrases import aim, capital, figure, move, stands, subject, target_text, wish

__all__ = ["nearest", "scenario_name", "sentence"]


def sentence(answer: Answer) -> str:
    """The answer in words."""
    plan, question = answer.plan, answer.question
    if not answer.met:
        return _out_of_reach(answer)
    if len(answer.places) > 1:
        return _several(answer)
    now, to = reach(plan, question.path).now, answer.places[0].at
    today = None if question.chance is not None else float(measured(forecast(plan), question))
    if np.isclose(to, now, rtol=1e-6):
        return f"{aim(plan, question)}, nothing has to change."
    moved = f"{subject(plan, question.path)} would have to {move(plan, question.path, now, to)}"
    return f"{aim(plan, question, today)}, {moved}. {_effects(answer)}".strip()


def nearest(answer: Answer) -> str:
    """Where the lever comes nearest: "at 13,800 a month", or "where it stands now"."""
    place = answer.places[0]
    if place.plan == answer.plan:
        return "where they stand now" if answer.question.path == VOLUMES else "where it stands now"
    return f"at {stands(answer.plan, answer.question.path, place.at)}"


def scenario_name(answer: Answer, place: Place) -> str:
    """A name for a scenario that holds the plan of an answer: "20 deals: 13,800 a month"."""
    plan, question = answer.plan, answer.question
    value = None if answer.met or question.chance is not None else answer.value
    reached = target_text(plan, question, value, article=False)
    return f"{capital(reached)}: {stands(plan, question.path, place.at)}"


def _several(answer: Answer) -> str:
    """Several places meet the target; where between them the figure turns, and why."""
    plan, question = answer.plan, answer.question
    *ways, last = (stands(plan, question.path, place.at) for place in answer.places)
    name = "all volumes" if question.path == VOLUMES else subject(plan, question.path).removeprefix("the ")
    met = f"{', '.join(ways)} and {last} both" if len(ways) == 1 else f"{', '.join(ways)} and {last} all"
    gives = "give" if question.chance is None else "make it sure enough:"
    return f"{capital(name)}: {met} {gives} {target_text(plan, question)}. {_turning_point(answer)}"


def _effects(answer: Answer) -> str:
    """What else changes: deals, cost, CAC and the team's hours."""
    plan, question = answer.plan, answer.question
    before, after = forecast(plan), forecast(answer.places[0].plan)
    parts = []
    for key in keys_for("effect"):
        now, then = (float(read(plan_forecast, key, tail=question.tail)) for plan_forecast in (before, after))
        change = words.change(plan, then, now, METRICS[key].unit)
        if change and key != question.metric:
            parts.append(f"{words.in_text(METRICS[key].label)} {change}")
    now, then = (float(read(plan_forecast, "utilisation")) for plan_forecast in (before, after))
    if words.change(plan, then, now, "percent") and question.metric != "utilisation":
        parts.append(f"{words.short(plan, then, 'percent')} of team hours used")
    return f"That means {', '.join(parts)}." if parts else ""


def _out_of_reach(answer: Answer) -> str:
    """The nearest place and what limits it there."""
    plan, question, binding = answer.plan, answer.question, answer.binding
    name = "volumes" if question.path == VOLUMES else subject(plan, question.path).removeprefix("the ")
    what = figure(plan, question)
    if binding is None or binding.what == "undefined":
        return f"{capital(what)} is undefined for every {name}: without a deal there is nothing to divide by."
    if binding.what == "unmoved":
        verb = "do" if question.path == VOLUMES else "does"
        return f"{capital(subject(plan, question.path))} {verb} not change {what}: choose another lever."
    alone = f"{capital(name)} alone cannot"
    if question.chance is not None:
        sure = words.short(plan, question.chance, "percent")
        if not answer.value > 0:
            return f"{alone} reach {target_text(plan, question)}: there is no chance of it at any value."
        best = f"The best chance of {wish(plan, question)} is {words.short(plan, answer.value, 'percent')}"
        return f"{alone} make it {sure} sure. {best}, {nearest(answer)}; {clause(answer)}."
    reached = words.short(plan, answer.value, METRICS[question.metric].unit)
    text = f"{alone} reach {target_text(plan, question)}. {capital(extreme(answer))} is {reached}, {nearest(answer)}; "
    text += f"{clause(answer)}."
    if answer.beyond is not None:
        text += f" Without that limit it would take {_beyond(plan, question.path, answer.beyond)}."
    return text


def _beyond(plan: Plan, path: str, to: float) -> str:
    """Where the target would be met without the limit; the unit has been said."""
    return stands(plan, path, to).removesuffix(" a month")


def _turning_point(answer: Answer) -> str:
    """Where a figure turns between two places, and why."""
    plan, question = answer.plan, answer.question
    to = np.linspace(answer.places[0].at, answer.places[-1].at, 201)
    value = measured(forecast(plan, reach(plan, question.path).moves(to)), question)
    turn = int(np.nanargmax(np.abs(value - question.target)))
    extent = "lowest" if value[turn] < question.target else "highest"
    where = stands(plan, question.path, float(to[turn]))
    verb = "are" if METRICS[question.metric].label.endswith("s") else "is"
    text = f"{capital(figure(plan, question))} {verb} {extent} at {where}"
    if question.path != VOLUMES and not question.path.endswith(".volume"):
        return f"{text}."
    if METRICS[question.metric].spreads_fixed_cost:
        spread = "fixed costs are spread over more deals up to there"
        return f"{text}: {spread}; beyond it each touch yields less."
    return f"{text}: up to there a further touch earns its cost, beyond it no longer."
