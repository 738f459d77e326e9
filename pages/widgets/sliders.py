"""The ladder: a slider and a typed value on each lever, its typical range drawn beneath.

A rung is a view: it shows the plan's number, and a move goes through the desk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shell import desk, session
from pages.widgets.preview import Slider
from planner import words
from planner.ask.compare.alone import alone
from planner.errors import PlannerError
from planner.measure.glossary import explained
from planner.plan import Plan
from planner.plan.kinds import Span
from planner.plan.levers import Lever, lever, pull
from planner.plan.starter import Typical, typical_of
from planner.show.errors import said
from planner.show.lever_notes import moved, typical_range


def _span(item: Lever, typical: Typical | None, factor: float, most: float | None) -> Span:
    """Where the slider runs. It never narrows while the page is open: a thumb must not jump."""
    reached = session.current().reach
    reach = max(typical.high if typical else item.value * 1.4, item.value / 1.5, reached.get(item.path, 0.0))
    reached[item.path] = reach
    scale = factor / item.kind.scale
    span = item.kind.span(reach * scale, item.value * scale)
    return span if most is None else Span(span.low, min(span.high, most), span.step, span.decimals)


@dataclass(frozen=True)
class Row:
    """A rung as the browser gets it: numbers on the screen's scale, texts as written in the plan's locale.

    `band` and `flow` are HTML, `stage` the path of the arrivals that `flow` shows; `plain` leaves the slider and the
    typical range out; `effective` is what a typed rate comes to, `effect` what its change since the baseline does;
    `readings` are the numbers to choose from where the typed text can mean two. `hint` stands in an empty field, a
    `bare` row is its field alone, and a `stacked` one has its name above it.
    """

    path: str
    name: str
    under: str
    tip: str
    band: str
    flow: str
    factor: float
    plain: bool
    unit: str
    low: float
    high: float
    step: float
    decimals: int
    value: float
    decimal: str
    group: str
    written: str
    refusal: str = ""
    readings: tuple[dict[str, Any], ...] = ()
    stage: str = ""
    effective: str = ""
    effect: str = ""
    hint: str = ""
    bare: bool = False
    stacked: bool = False


def rung(
    path: str, name: str = "", under: str = "", *, flow: str = "", stage: str = "", factor: float | None = None,
    most: float | None = None, measured: float | None = None, tip: str = "", plain: bool = False, effective: str = "",
) -> Row:  # fmt: skip
    """A row of a ladder: name with its denominator, slider with the typical range, typed value, what results.

    The name is the lever's unless another is given, the tip what the trade words of the name mean. `factor` turns the
    stored number into the one on screen. A typed text that was refused stands in the field again, with the reason
    under it.
    """
    plan = desk.plan()
    item, typical = lever(plan, path), typical_of(plan, path)
    factor = item.kind.scale if factor is None else factor
    span = _span(item, typical, factor, most)
    value = round(item.value * factor, 9)
    signs = words.signs(plan.locale)
    refused = session.current().refusals.get(path)
    return Row(
        path, name or item.title, under or (f"of {item.of}" if item.of else ""), tip or explained(name or item.title),
        "" if plain or not typical else typical_range(plan, path, typical, span, factor, measured), flow, factor, plain,
        "%" if item.kind.unit == "%" else "", span.low, span.high, span.step, span.decimals, value,
        signs.decimal, signs.group,
        refused.text if refused else words.in_field(plan, value, span.decimals),
        refused.reason if refused else "", refused.readings if refused else (), stage, effective,
    )  # fmt: skip


_HERE = Path(__file__).parent


def slider_component(name: str) -> Any:
    """The rows of a ladder as a component of this name: one for levers, one for numbers that are no part of a plan."""
    css, js = ((_HERE / file).read_text("utf-8") for file in ("sliders.css", "sliders.js"))
    return st.components.v2.component(name, html='<div class="ladder"></div>', css=css, js=js)


_component = slider_component("planner_sliders")


def ladder(key: str, rows: Sequence[Row]) -> None:
    """Rows of levers that move live: while a thumb is dragged every figure follows. One element, so that it is fast."""
    key = f"ladder:{key}"
    factors = {row.path: row.factor for row in rows}
    stages = tuple(row.stage for row in rows if row.stage)
    sliders = [Slider(r.path, r.low, r.high, r.step, r.factor, stages) for r in rows if not r.plain]
    session.current().sliders |= {slider.path: slider for slider in sliders}
    _component(
        key=key,
        data={
            "ladder": key,
            "rows": [asdict(row) for row in _with_effects(rows)],
            "off": desk.read_only(),
            "answered": session.current().answered.get(key, 0),
        },
        on_move_change=lambda: _moved(key, factors),
    )


def _with_effects(rows: Sequence[Row]) -> list[Row]:
    """The rows whose lever was moved since the baseline say what that does."""
    plan = desk.plan()
    effects = alone(plan, desk.baseline(), [row.path for row in rows], tail=desk.tail())
    return [
        replace(row, effect=moved(plan, row.path, effects[row.path], row.factor)) if row.path in effects else row
        for row in rows
    ]


@dataclass(frozen=True)
class Refusal:
    """A typed text that is no value of its lever, why, and the numbers to choose from where it can mean two."""

    text: str
    reason: str
    readings: tuple[dict[str, Any], ...] = ()


def newest(key: str) -> Any:
    """What the ladder `key` reports, now answered; None where it is gone, or a newer report was answered already."""
    move, answered = getattr(st.session_state.get(key), "move", None), session.current().answered
    if not move or move["number"] <= answered.get(key, 0):
        return None
    answered[key] = move["number"]
    return move


@session.in_turn
def _moved(key: str, factors: Mapping[str, float]) -> None:
    """What the browser reports: a number that counts up, what was moved since the last answer, whether it is over."""
    move = newest(key)
    if move is None:
        return
    refused = session.current().refusals
    values: dict[str, float] = {}
    for path, value in move["moves"].items():
        refused.pop(path, None)
        typed = typed_value(desk.plan(), path, str(value["text"]), factors.get(path, 1.0)) if is_text(value) else value
        if isinstance(typed, Refusal):
            refused[path] = typed
        else:
            values[path] = typed
    desk.act(after, values, factors, by=" ".join(values))
    desk.hold(not move["settled"])


def is_text(value: Any) -> bool:
    """Whether a move is a text that was typed, not a number that was slid to."""
    return isinstance(value, dict)


def typed_value(plan: Plan, path: str, text: str, factor: float) -> float | Refusal:
    """The number on screen that a text typed for a lever means; a refusal where it means none the lever can have."""
    number = words.read_number(text, plan.locale)
    if isinstance(number, words.NoNumber):
        return Refusal(text, f"{number.what} {number.mend}")
    shares = factor if number.percent else 1.0
    readings = [number.value * shares, *([] if number.other is None else [number.other * shares])]
    possible = [value for value in dict.fromkeys(readings) if not isinstance(_tried(plan, path, value, factor), str)]
    if len(possible) > 1:
        choices = ({"value": value, "written": words.in_field(plan, value, 0)} for value in possible)
        return Refusal(text, "This number can be read in two ways. Which one is meant?", tuple(choices))
    if possible:
        return possible[0]
    return Refusal(text, str(_tried(plan, path, readings[0], factor)))


def _tried(plan: Plan, path: str, value: float, factor: float) -> Plan | str:
    """The plan with the lever at a number of the screen, or why that cannot be."""
    try:
        return pull(plan, path, _stored(value, factor))
    except PlannerError as error:
        return said(error, plan)


def after(plan: Plan, moves: Mapping[str, float], factors: Mapping[str, float]) -> Plan:
    """The plan with levers at these numbers of the screen; PlanError where one cannot be."""
    for path, value in moves.items():
        if path in factors:
            plan = pull(plan, path, _stored(value, factors[path]))
    return plan


def _stored(value: float, factor: float) -> float:
    return float(f"{float(value) / factor:.12g}")  # 0.55 % is 0.0055
