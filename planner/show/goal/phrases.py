"""The parts of a sentence about a goal: the lever, where it stands, the figure and the aim."""

from __future__ import annotations

from planner import words
from planner.ask.goal.answer import Question
from planner.ask.goal.reach import VOLUMES
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.plan.levers import kind_of_lever, lever
from planner.plan.naming import capital

__all__ = ["aim", "amount", "capital", "figure", "move", "stands", "subject", "target_text", "wish"]


def subject(plan: Plan, path: str) -> str:
    """A lever as the subject of a sentence: "all volumes", "the e-mail reply rate"."""
    return "all volumes" if path == VOLUMES else f"the {lever(plan, path).name}"


def amount(plan: Plan, path: str, value: float) -> str:
    """Where a lever stands, without its unit; of all volumes, the factor on them."""
    written = "decimal" if path == VOLUMES else kind_of_lever(plan, path).written
    return words.short(plan, value, written)


def stands(plan: Plan, path: str, value: float) -> str:
    """Where a lever stands, with its unit: "13,800 a month", "1.22 times today’s volumes", "1.9%"."""
    if path == VOLUMES:
        return f"{amount(plan, path, value)} times today’s volumes"
    unit = kind_of_lever(plan, path).unit
    return f"{amount(plan, path, value)} {unit}" if unit not in ("", "%") else amount(plan, path, value)


def move(plan: Plan, path: str, now: float, to: float) -> str:
    """From where to where: "rise from 0.5% to 0.61%", for all volumes "rise by 21.7%"."""
    way = "rise" if to > now else "fall"
    if path == VOLUMES:
        return f"{way} by {words.short(plan, abs(to - 1), 'percent')}"
    return f"{way} from {amount(plan, path, now)} to {stands(plan, path, to)}"


def figure(plan: Plan, question: Question) -> str:
    """The metric inside a sentence: "deals", "CAC of e-mail"."""
    label = words.in_text(METRICS[question.metric].label)
    of = next((channel.label for channel in plan.channels if channel.key == question.channel), "")
    return f"{label} of {words.in_text(of)}" if of else label


def target_text(plan: Plan, question: Question, value: float | None = None, article: bool = True) -> str:
    """A figure with its value: "20 deals", "a CAC of €11,000". `value`: another than the target."""
    metric, name = METRICS[question.metric], figure(plan, question)
    number = words.short(plan, question.target if value is None else value, metric.unit)
    if metric.unit == "count":
        return f"{number} {name}"
    return f"{metric.article if article else ''} {name} of {number}".lstrip()


def aim(plan: Plan, question: Question, now: float | None = None) -> str:
    """The aim as the beginning of a sentence: "To reach 20 deals (now 16.8)"."""
    later = ", including what closes later" if question.tail else ""
    if question.chance is not None:
        return f"To be {words.short(plan, question.chance, 'percent')} sure of {wish(plan, question)}{later}"
    standing = "" if now is None else f" (now {words.short(plan, now, METRICS[question.metric].unit)})"
    return f"To reach {target_text(plan, question)}{standing}{later}"


def wish(plan: Plan, question: Question) -> str:
    """What a chance is asked of: "at least 20 deals", "a CAC of at most €7,000"."""
    metric = METRICS[question.metric]
    side, value = "at least" if metric.better > 0 else "at most", words.short(plan, question.target, metric.unit)
    label = words.in_text(metric.label)
    if metric.unit == "count":
        return f"{side} {value} {label}"
    return f"{metric.article} {label} of {side} {value}".lstrip()
