"""For people who hear the page or use a keyboard: a move's effect is announced, and what scrolls can be reached."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.shell import desk, session
from planner.plan import Plan
from planner.show.announcement import announcement

__all__ = ["announce"]

_region = st.components.v2.component(
    "planner_access",
    html='<div role="status" aria-live="polite"></div>',
    css="div { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }",
    js=(Path(__file__).parent / "access.js").read_text("utf-8"),
)


def _told(before: Plan) -> str:
    forecasts = (desk.forecast(plan) for plan in (desk.plan(), before, desk.baseline()))
    return announcement(*forecasts, tail=desk.tail())


def announce() -> None:
    """Says the figure that a settled move has changed, once; nothing while a thumb is held."""
    visit, plan = session.current(), desk.plan()
    if desk.read_only():  # somebody else's plan is on screen: coming back from it is no move
        visit.heard, visit.announced = None, ""
    elif not visit.dragging and visit.heard != plan:
        before, visit.heard = visit.heard, plan
        visit.announced = "" if before is None else _told(before)
    _region(key="announced", data={"text": visit.announced})
