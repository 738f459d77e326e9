"""The widgets of “What would it take?”, and what was answered kept at hand."""

from __future__ import annotations

import math
from functools import lru_cache

import streamlit as st

from pages.parts.asking import become, choice, keep, said
from pages.shell import desk, present
from pages.widgets import fields, inputs
from pages.widgets.texts import plain
from planner import words
from planner.ask.goal import answer as answers
from planner.ask.goal.answer import Answer, Question
from planner.errors import PlanError
from planner.keep.workspace import COUNTED
from planner.measure.metrics import METRICS
from planner.plan.metrics import choices_for
from planner.show import errors
from planner.show.goal import card, phrases, questions, sentences
from planner.show.goal import curve as curves
from planner.show.uncertainty import targets

answered = lru_cache(maxsize=64)(answers.answered)
curve = lru_cache(maxsize=64)(curves.curve)
ready_made = lru_cache(maxsize=32)(questions.ready_made)
offered = lru_cache(maxsize=32)(questions.offered)

CHANCES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)
CHANCE_HELP = (
    "As planned: the figure itself. 80% sure: the target is reached in 80% of the possible outcomes, given the ranges "
    "of uncertain inputs and chance."
)


def question() -> Question:
    """The question, as a sentence with fields."""
    plan = desk.plan()
    metrics = {key: words.in_text(METRICS[key].label) for key in choices_for("sought")}
    channels = {"": "all channels"} | {channel.key: channel.label for channel in plan.channels if channel.active}
    sure = {share: f"and be {words.short(plan, share, 'percent')} sure" if share else "as planned" for share in CHANCES}
    with st.container(key="asking", horizontal=True, vertical_alignment="center", gap="small"):
        said("What")
        path = choice("Lever", offered(plan), "takes_lever", 290)
        said("would it take for")
        metric = choice("Figure", metrics, "takes_metric", 190)
        said("of")
        chance = st.session_state.get("takes_chance") or 0.0
        channel = choice("Channel", channels, "takes_channel", 170, disabled=bool(chance))
        said("to reach")
        target = _target(metric)
        said(COUNTED[desk.tail()])
        chance = choice("How sure", sure, "takes_chance", 170, help=CHANCE_HELP)
    st.space("xsmall")
    return Question(path, metric, target, channel if channel and not chance else None, desk.tail(), chance or None)


def _target(metric: str) -> float:
    """The value to reach, typed in the unit of the metric."""
    plan, key, scale = desk.plan(), f"takes_value:{metric}", targets.scale_of(metric)
    if st.session_state.get(key) is None:
        desk.show(key, round(questions.usual(plan, metric, tail=desk.tail()) * scale, 6))
    field = fields.Field("Target", targets.unit_of(plan, metric), least=-math.inf)
    return (fields.number(key, field, bare=True, width=170) or 0.0) / scale


def _ask(asked: Question) -> None:
    desk.show("takes_lever", asked.path)
    desk.show("takes_metric", asked.metric)
    desk.show("takes_channel", asked.channel or "")
    desk.show("takes_chance", asked.chance or 0.0)
    desk.show(f"takes_value:{asked.metric}", asked.target * targets.scale_of(asked.metric))


def ready() -> None:
    """Questions that people ask, one click each."""
    with st.container(key="ready", horizontal=True, vertical_alignment="center", gap="small"):
        said("For instance")
        for i, ready in enumerate(ready_made(desk.plan(), tail=desk.tail())):
            st.button(plain(ready.text), key=f"ready:{i}", on_click=_ask, args=(ready.question,), type="tertiary")


def reply(asked: Question) -> Answer | None:
    """The answer; None, with the reason said, where the question cannot be asked."""
    try:
        with st.spinner("Calculating …"):
            return answered(desk.plan(), asked)
    except PlanError as error:
        present.answer(errors.said(error, desk.plan()))
        return None


def shown(answer: Answer) -> None:
    """The answer as a card."""
    st.html(card.html(card.card(answer)))


def offers(answer: Answer) -> None:
    """What can be done with an answer: apply it, or keep it as a scenario."""
    plan = desk.plan()
    with st.container(horizontal=True, gap="small"):
        for i, place in enumerate(answer.places):
            if place.plan == plan:
                continue
            where = phrases.stands(plan, answer.question.path, place.at)
            label = f"Apply {where}" if answer.met else f"Apply the nearest, {where}"
            inputs.button(plain(label), become, place.plan, key=f"apply:{i}", type="primary")
            keep(sentences.scenario_name(answer, place), place.plan, f"keep:{i}")
