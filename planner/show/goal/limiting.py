"""What limits an answer, in words, and what a little more room would bring."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from planner import words
from planner.ask.goal.answer import Answer
from planner.errors import Binding
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.show.goal.phrases import amount, figure, stands
from planner.show.limiting import limit_in_text, limit_name

__all__ = ["clause", "extreme", "name", "relaxed"]


A_LITTLE: Mapping[str, tuple[float, str]] = {  # of a limit, and what that is called
    "hours": (1.0, "more team hour"), "pace": (100.0, "more touches"),
    "audience": (100.0, "more touches to new contacts"), "most": (100.0, "more touches a month"),
    "least": (100.0, "fewer touches a month"),
}  # fmt: skip


def name(plan: Plan, binding: Binding) -> str:
    """The constraint as a label: "Team hours, May 2027"."""
    month = "" if binding.month is None else f", {words.month_name(plan, binding.month)}"
    return limit_name(plan, binding) + month


def clause(answer: Answer) -> str:
    """What limits, as the second half of a sentence: "team hours are the limit"."""
    binding, plan, path = answer.binding, answer.plan, answer.question.path
    if binding is None:
        return ""
    limit = limit_in_text(plan, binding)
    level = words.short(plan, binding.level, "percent" if binding.what == "complaints" else "count")
    clauses = {
        "hours": "team hours are the limit",
        "pace": f"{limit} of {level} a month is the limit",
        "audience": f"{limit} is the limit",
        "complaints": f"mail providers block from {level} complaints",
        "most": f"{limit} of {level} is the limit",
        "least": f"{limit} of {level} is the limit" if binding.channels else "it cannot be lower",
        "budget": "the budget is the limit",
        "ceiling": f"it cannot be higher than {amount(plan, path, binding.level)}",
        "flat": "diminishing returns: more adds almost nothing",
        "turn": "beyond this point results get worse",
        "jump": "beyond this point the result jumps past the target",
    }
    return clauses.get(binding.what, "")


def relaxed(answer: Answer) -> tuple[str, ...]:
    """What more room would bring, a sentence each: a little more of what limits, and one more rep."""
    return tuple(sentence for sentence in (_price(answer), _staffed(answer)) if sentence)


def _price(answer: Answer) -> str:
    """The shadow price of the limit: "1 more team hour in May 2027 would add 0.073 deals"."""
    plan, question, binding = answer.plan, answer.question, answer.binding
    if binding is None or binding.what not in A_LITTLE or not abs(binding.price) > 0:
        return ""
    units, noun = A_LITTLE[binding.what]
    effect, unit = binding.price * units, METRICS[question.metric].unit
    month = "" if binding.month is None else f" in {words.month_name(plan, binding.month)}"
    more = f"{words.short(plan, units)} {noun}{month}"
    if unit == "count" and effect > 0:
        return f"{more} would add {words.short(plan, effect)} {figure(plan, question)}."
    change = words.change(plan, effect, 0.0, unit)
    return f"{more} would change {figure(plan, question)} by {change}." if change else ""


def _staffed(answer: Answer) -> str:
    """What one more rep would bring."""
    plan, question, staffed = answer.plan, answer.question, answer.with_rep
    if staffed is None or np.isnan(staffed.value):
        return ""
    where = stands(plan, question.path, staffed.places[0].at)
    if staffed.met:
        return f"With one more rep it can be done, at {where}."
    if not abs(staffed.value - question.target) < abs(answer.value - question.target):
        return "One more rep would not bring it closer."
    reached = words.short(plan, staffed.value, METRICS[question.metric].unit)
    return f"With one more rep {extreme(staffed)} is {reached}, at {where}."


def extreme(answer: Answer) -> str:
    """Whether the nearest lies below the target ("the most") or above it ("the lowest")."""
    return "the most" if answer.value < answer.question.target else "the lowest"
