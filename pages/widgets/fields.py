"""A number that is no part of the plan, typed as its language writes it: a budget to spend, a target to reach."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from pages.shell import desk, session
from pages.widgets.sliders import Refusal, Row, is_text, newest, slider_component
from planner import words
from planner.measure.glossary import explained
from planner.plan import Plan

__all__ = ["Field", "clear", "number", "refused", "typed"]

_fields = slider_component("planner_fields")


@dataclass(frozen=True)
class Field:
    """A number to type: its label, its unit, its bounds, and whether it is a whole one.

    With `above` it is more than the least, not the least itself. Of `either` it is asked which is meant wherever the
    other decimal sign would give another number, even where the plan's own reads well: a rate of 11.735 or 11735.
    """

    label: str
    unit: str = ""
    least: float = 0.0
    most: float = math.inf
    whole: bool = False
    above: bool = False
    either: bool = False

    def refusal(self, plan: Plan, value: float) -> str:
        """Why a number cannot be this one; "" where it can."""
        if self.whole and value != round(value):
            return "Type a whole number."
        if self.above and value <= self.least:
            return f"Type a number above {words.write_exact(self.least, plan.locale)}."
        if not self.least <= value <= self.most:
            least, most = (words.write_exact(end, plan.locale) for end in (self.least, self.most))
            return f"Type a number from {least} to {most}." if math.isfinite(self.most) else f"Type {least} or more."
        return ""


def number(
    key: str, field: Field, *, hint: str = "", bare: bool = False, stacked: bool = False, width: int | None = None,
    plan: Plan | None = None,
) -> float | None:  # fmt: skip
    """What is typed in a field, kept under `key` over the whole visit; None while it is empty, where `hint` stands.

    A `bare` field has its label for those who hear the page only, a `stacked` one above it. What is refused stands in
    the field with the reason. Numbers are written as in `plan`, the one on screen unless another is given.
    """
    plan, visit, component = plan or desk.plan(), session.current(), f"field:{key}"
    value, refused = st.session_state.get(key), visit.refusals.get(key)
    signs = words.signs(plan.locale)
    standing = "" if value is None else words.in_field(plan, float(value), 0)
    row = Row(
        key, field.label, "", "" if bare else explained(field.label), "", "", 1.0, True, field.unit, 0.0, 1.0, 1.0, 0,
        0.0, signs.decimal, signs.group, refused.text if refused else standing,
        refused.reason if refused else "", refused.readings if refused else (), hint=hint, bare=bare, stacked=stacked,
    )  # fmt: skip
    answered = visit.answered.get(component, 0)
    _fields(
        key=component, width=width or "stretch", on_move_change=lambda: _moved(component, key, field, plan),
        data={"ladder": component, "rows": [asdict(row)], "off": False, "answered": answered},
    )  # fmt: skip
    return None if value is None else float(value)


def refused(key: str) -> str:
    """Why what stands in a field is no number of it; "" where it is one, or nothing."""
    refusal = session.current().refusals.get(key)
    return refusal.reason if refusal else ""


def clear(*keys: str) -> None:
    """Empties fields."""
    for key in keys:
        session.current().refusals.pop(key, None)
        if st.session_state.get(key) is not None:
            desk.show(key, None)


@session.in_turn
def _moved(component: str, key: str, field: Field, plan: Plan) -> None:
    """What the browser reports: a text that was typed, or the one of two readings that is meant."""
    move, visit = newest(component), session.current()
    if move is None:
        return
    for value in move["moves"].values():
        answer = typed(plan, field, str(value["text"])) if is_text(value) else float(value)
        visit.refusals.pop(key, None)
        if isinstance(answer, Refusal):
            visit.refusals[key] = answer
        else:
            desk.show(key, answer)


def typed(plan: Plan, field: Field, text: str) -> float | Refusal | None:
    """The number that a text means, None for an empty one; a refusal where it means none that the field can hold."""
    if not text.strip():
        return None
    read = words.read_number(text, plan.locale)
    if isinstance(read, words.NoNumber):
        return Refusal(text, f"{read.what} {read.mend}")
    if read.percent and field.unit != "%":
        return Refusal(text, f"{field.label} is no share. Type it without the percent sign.")
    scale = 100.0 if read.percent else 1.0
    parts = words.number_text(text) if field.either else None
    others = [parts.value(sign) for sign in ".,"] if parts else [None if read.other is None else read.other * scale]
    readings = [read.value * scale, *(other for other in others if other is not None)]
    possible = [value for value in dict.fromkeys(readings) if not field.refusal(plan, value)]
    if len(possible) > 1:
        choices: tuple[dict[str, Any], ...] = tuple(
            {"value": value, "written": words.in_field(plan, value, 0)} for value in possible
        )
        return Refusal(text, "This number can be read in two ways. Which one is meant?", choices)
    return possible[0] if possible else Refusal(text, field.refusal(plan, readings[0]))
