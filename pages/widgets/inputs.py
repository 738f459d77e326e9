"""Fields, choices, buttons and grids on the plan.

A widget is a view: before it is drawn its state is set to the plan's value, and a change goes through the desk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from pages.shell import desk, present, session
from pages.widgets.on_paper import on_paper
from pages.widgets.texts import plain
from planner.errors import PlannerError
from planner.measure.glossary import explained
from planner.plan import Plan
from planner.show.errors import said
from planner.show.grids import DELETE, Edits


def about(label: str) -> str | None:
    """What the trade words of a widget's label mean, for its "?"; None where it has none."""
    return plain(explained(label)) or None


def _edited(key: str, change: Callable[..., Plan], args: tuple[Any, ...]) -> None:
    value = st.session_state[key]
    if value is not None and not desk.stale(key):
        desk.act(change, *args, value, by=key)


def text(
    key: str, label: str, value: str, change: Callable[..., Plan], *args: Any, tip: str | None = None, lines: int = 1,
    **more: Any,
) -> None:  # fmt: skip
    """A text of the plan; `change(plan, *args, text)` makes the new plan. More `lines` make the field higher."""
    desk.show(key, value)
    field = partial(st.text_area, height=28 * lines + 16) if lines > 1 else st.text_input
    field(
        label, key=key, help=tip or about(label), on_change=_edited, args=(key, change, args),
        disabled=desk.read_only(), **more,
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
        label, options, key=key, help=tip or about(label), on_change=_edited, args=(key, change, args),
        disabled=desk.read_only(), **more,
    )  # fmt: skip


def options(label: str, names: Mapping[Any, str], key: str, **more: Any) -> Any:
    """One of several named things that is no part of the plan; what can no longer be chosen gives way to the first."""
    if st.session_state.get(key) not in names:
        desk.show(key, next(iter(names)))
    return st.selectbox(
        label, list(names), format_func=lambda value: names.get(value, str(value)), key=key, help=about(label),
        persist_state="session", **more,
    )  # fmt: skip


def button(label: str, change: Callable[..., Plan], *args: Any, key: str, tip: str | None = None, **more: Any) -> None:
    """A button that changes the plan by `change(plan, *args)`."""
    off = more.pop("disabled", False) or desk.read_only()
    st.button(label, key=key, help=tip, on_click=desk.act, args=(change, *args), disabled=off, **more)


def grid(name: str, frame: Any, change: Callable[[Plan, dict[int, dict[str, Any]]], Plan], **more: Any) -> None:
    """A table of the plan that takes typing and a paste from a spreadsheet; `change(plan, {row: {column: value}})`."""
    key = f"{name}:{session.current().turn(name)}"

    @session.in_turn
    def applied() -> None:
        rows = {int(row): cells for row, cells in st.session_state[key]["edited_rows"].items()}
        try:
            desk.commit(change(desk.plan(), rows))
        except PlannerError as error:
            desk.say(said(error, desk.plan()))
            session.current().turn_over(name)

    st.data_editor(
        frame, key=key, on_change=applied, hide_index=True, num_rows="fixed",
        disabled=more.pop("locked", False) or desk.read_only(), **more,
    )  # fmt: skip
    present.meanings(_heads(frame, more))
    on_paper(frame, more.get("column_config", {}))


def _heads(frame: Any, more: Mapping[str, Any]) -> list[str]:
    """What the columns of a grid are called on the screen; a column's own help stands over its head."""
    columns = more.get("column_config", {})
    return [str((columns.get(name) or {}).get("label") or name) for name in frame.columns]


def row_grid(name: str, frame: Any, change: Callable[[Plan, Edits], Plan], **more: Any) -> None:
    """A table of the plan in which rows come and go, too; `change(plan, edits)` makes the new plan."""
    key = f"{name}:{session.current().turn(name)}"

    @session.in_turn
    def applied() -> None:
        state = st.session_state[key]
        cells = {int(row): values for row, values in state["edited_rows"].items()}
        session.current().turn_over(name)
        try:
            desk.commit(change(desk.plan(), Edits(cells, tuple(state["added_rows"]), tuple(state["deleted_rows"]))))
        except PlannerError as error:
            desk.say(said(error, desk.plan()))

    st.data_editor(
        frame, key=key, on_change=applied, hide_index=True, num_rows="fixed" if desk.read_only() else "dynamic",
        disabled=desk.read_only(), **more,
    )  # fmt: skip
    present.meanings(_heads(frame, more))
    on_paper(frame.drop(columns=DELETE, errors="ignore"), more.get("column_config", {}))
