"""The answer as a card: from where to where, whether it can be done, and what more room would bring."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from planner.ask.goal.answer import Answer, Place
from planner.ask.goal.reach import VOLUMES, reach
from planner.plan.levers import lever
from planner.show.goal.limiting import name, relaxed
from planner.show.goal.phrases import stands
from planner.show.goal.sentences import sentence

__all__ = ["Card", "Step", "card", "html"]


@dataclass(frozen=True)
class Step:
    """One lever of an answer: its name, where it stands and where it goes."""

    lever: str
    now: str
    then: str


@dataclass(frozen=True)
class Card:
    """What limits in a word or two (`verdict`), the steps, the sentence, and what more room would bring."""

    verdict: str
    feasible: bool
    steps: tuple[Step, ...]
    sentence: str
    room: tuple[str, ...]


def card(answer: Answer) -> Card:
    """The card of an answer."""
    plan, binding = answer.plan, answer.binding
    verdict = "Within all limits" if binding is None else f"Out of reach · {name(plan, binding)}"
    steps = (_step(answer, place) for place in answer.places)
    return Card(verdict, answer.met, tuple(step for step in steps if step), sentence(answer), relaxed(answer))


def _step(answer: Answer, place: Place) -> Step | None:
    """Where the lever goes for one place; None where it stays. The table beside the card lists each volume."""
    plan, path = answer.plan, answer.question.path
    if place.plan == plan:
        return None
    then = stands(plan, path, place.at)
    if path == VOLUMES:
        return Step("All volumes", "today’s volumes", then)
    return Step(lever(plan, path).title, stands(plan, path, reach(plan, path).now), then)


def html(card: Card) -> Markup:
    """The card as HTML; every text is escaped."""
    row = Markup('<p class="step"><small>{}</small><span>{}</span> → <strong>{}</strong></p>')
    steps = Markup("").join(row.format(step.lever, step.now, step.then) for step in card.steps)
    room = Markup("").join(Markup("<p>{}</p>").format(text) for text in card.room)
    return Markup(
        '<div class="goal-card {}"><p class="verdict">{} {}</p>{}<p class="answer">{}</p>{}</div>'
    ).format(
        "feasible" if card.feasible else "blocked", "✓" if card.feasible else "✕", card.verdict, steps, card.sentence,
        Markup('<div class="room">{}</div>').format(room) if room else "",
    )  # fmt: skip
