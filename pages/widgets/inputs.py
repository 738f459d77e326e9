"""A widget a lever: slider and typed value on one number of the plan, its typical range drawn beneath.

A widget is a view: before it is drawn its state is set to the plan's number, and a move goes through the desk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shell import desk
from planner import words
from planner.errors import PlannerError
from planner.plan import Plan
from planner.plan.kinds import Span
from planner.plan.levers import Lever, lever, pull
from planner.plan.starter import Typical, typical_of
from planner.show.errors import said

PERCENT = 100.0


def _span(item: Lever, typical: Typical | None, factor: float, most: float | None) -> Span:
    """Where the slider runs. It never narrows while the page is open: a thumb must not jump."""
    wide = f"reach:{item.path}"
    reach = max(typical.high if typical else item.value * 1.4, item.value / 1.5, st.session_state.get(wide, 0.0))
    st.session_state[wide] = reach
    scale = factor / item.kind.scale
    span = item.kind.span(reach * scale, item.value * scale)
    return span if most is None else Span(span.low, min(span.high, most), span.step, span.decimals)


def band(plan: Plan, typical: Typical | None, span: Span, factor: float, measured: float | None = None) -> str:
    """The typical range drawn under a slider, with the measured value where there is one."""
    if typical is None:
        return ""

    def at(value: float) -> float:
        return min(100.0, max(0.0, (value * factor - span.low) / (span.high - span.low) * 100.0))

    def said(value: float) -> str:
        return words.short(plan, value, "percent") if factor == PERCENT else words.short(plan, value * factor)

    low, high = at(typical.low), at(typical.high)
    mark = "" if measured is None else f'<u style="left:{at(measured):.1f}%"></u>'
    own = "" if measured is None else f" · measured {said(measured)}"
    side = f"left:{low:.1f}%" if low < 60 else f"right:{100 - high:.1f}%"
    return (
        f'<i style="left:{low:.1f}%;width:{max(high - low, 1):.1f}%"></i>{mark}<span style="{side}" '
        f'title="{escape(typical.source)}">typical {said(typical.low)} – {said(typical.high)}{own}</span>'
    )


def rung(
    path: str, name: str, under: str, *, flow: str = "", factor: float | None = None, most: float | None = None,
    measured: float | None = None, tip: str = "",
) -> dict[str, Any]:  # fmt: skip
    """A row of a ladder: name with its denominator, slider with the typical range, typed value, what results.

    `factor` turns the stored number into the one on screen; `flow` is HTML for the last cell.
    """
    plan = desk.plan()
    item, typical = lever(plan, path), typical_of(plan, path)
    factor = item.kind.scale if factor is None else factor
    span = _span(item, typical, factor, most)
    shown = round(item.value * factor, 9)
    written = f"{shown:.{span.decimals}f}"
    return {
        "path": path, "name": name, "under": under, "tip": tip, "flow": flow, "factor": factor,
        "band": band(plan, typical, span, factor, measured), "unit": "%" if item.kind.unit == "%" else "",
        "low": span.low, "high": span.high, "step": span.step, "decimals": span.decimals,
        "value": shown, "written": written if float(written) == shown else f"{shown:.10g}",
        "least": item.kind.low * factor, "most": max(item.kind.high * factor, shown),
        "bounds": f"{item.kind.named[:1].upper()}{item.kind.named[1:]} {item.kind.bounds}",
    }  # fmt: skip


_HERE = Path(__file__).parent
_sliders = st.components.v2.component(
    "planner_sliders",
    html='<div class="ladder"></div>',
    css=(_HERE / "sliders.css").read_text("utf-8"),
    js=(_HERE / "sliders.js").read_text("utf-8"),
)


def ladder(key: str, rows: list[dict[str, Any]]) -> None:
    """Rows of levers that move live: while a thumb is dragged every figure follows. One element, so that it is fast."""
    key = f"ladder:{key}"
    factors = {row["path"]: row["factor"] for row in rows}
    _sliders(
        key=key,
        data={"rows": rows, "off": desk.read_only(), "answered": st.session_state.get(f"answered:{key}", 0)},
        on_move_change=lambda: _told(key, st.session_state[key].move, factors),
    )


def _told(key: str, told: Any, factors: Mapping[str, float]) -> None:
    """What a ladder tells: a number that counts up, what was moved since the last answer, whether it is settled."""
    if told:
        st.session_state[f"answered:{key}"] = told["number"]
        desk.act(after, told["moves"], factors, by=" ".join(told["moves"]))
        desk.hold(not told["settled"])


def after(plan: Plan, moves: Mapping[str, float], factors: Mapping[str, float]) -> Plan:
    """The plan with levers at these numbers of the screen; PlanError where one cannot be."""
    for path, shown in moves.items():
        if path in factors:
            plan = pull(plan, path, _stored(shown, factors[path]))
    return plan


def _stored(shown: float, factor: float) -> float:
    return float(f"{float(shown) / factor:.12g}")  # 0.55 % is 0.0055


def _moved(key: str, path: str, factor: float) -> None:
    value = st.session_state[key]
    if value is not None and not desk.stale(key):
        desk.act(pull, path, _stored(value, factor), by=path)


def number(path: str, label: str, *, factor: float | None = None, tip: str | None = None) -> None:
    """A typed value alone, its unit in the label."""
    item = lever(desk.plan(), path)
    factor = item.kind.scale if factor is None else factor
    key, shown = f"number:{path}", item.value * factor
    step = 1.0 if item.kind.decimals == 0 or shown >= 100 else 10.0 ** -min(item.kind.decimals, 2)
    decimals = 0 if float(round(shown, 9)).is_integer() and step >= 1 else max(2, item.kind.decimals)
    desk.show(key, round(shown, 9))
    st.number_input(
        label, item.kind.low * factor, max(item.kind.high * factor, shown), step=step, format=f"%.{decimals}f", key=key,
        help=tip, on_change=_moved, args=(key, path, factor), disabled=desk.read_only(),
    )  # fmt: skip


def _edited(key: str, change: Callable[..., Plan], args: tuple[Any, ...]) -> None:
    value = st.session_state[key]
    if value is not None and not desk.stale(key):
        desk.act(change, *args, value, by=key)


def text(
    key: str, label: str, value: str, change: Callable[..., Plan], *args: Any, tip: str | None = None, **more: Any
) -> None:
    """A text of the plan; `change(plan, *args, text)` makes the new plan."""
    desk.show(key, value)
    st.text_input(
        label, key=key, help=tip, on_change=_edited, args=(key, change, args), disabled=desk.read_only(), **more
    )  # fmt: skip


def choice(
    key: str,
    label: str,
    options: Any,
    value: Any,
    change: Callable[..., Plan],
    *args: Any,
    tip: str | None = None,
    **more: Any,
) -> None:
    """One of several; `change(plan, *args, option)` makes the new plan."""
    desk.show(key, value)
    st.selectbox(
        label, options, key=key, help=tip, on_change=_edited, args=(key, change, args), disabled=desk.read_only(),
        **more,
    )  # fmt: skip


def button(label: str, change: Callable[..., Plan], *args: Any, key: str, tip: str | None = None, **more: Any) -> None:
    """A button that changes the plan by `change(plan, *args)`."""
    off = more.pop("disabled", False) or desk.read_only()
    st.button(label, key=key, help=tip, on_click=desk.act, args=(change, *args), disabled=off, **more)


def grid(name: str, frame: Any, change: Callable[[Plan, dict[int, dict[str, Any]]], Plan], **more: Any) -> None:
    """A table of the plan that takes typing and a paste from a spreadsheet; `change(plan, {row: {column: value}})`."""
    turn = st.session_state.get(f"{name}:turn", 0)
    key = f"{name}:{turn}"

    def applied() -> None:
        rows = {int(row): cells for row, cells in st.session_state[key]["edited_rows"].items()}
        try:
            desk.commit(change(desk.plan(), rows))
        except PlannerError as error:
            desk.say(said(error, desk.plan()))
            st.session_state[f"{name}:turn"] = turn + 1  # a new table: what was refused must not be sent again

    st.data_editor(
        frame, key=key, on_change=applied, hide_index=True, num_rows="fixed",
        disabled=more.pop("locked", False) or desk.read_only(), **more,
    )  # fmt: skip
