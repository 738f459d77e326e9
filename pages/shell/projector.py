"""Present mode: the page without its side bar, in type that a room can read. It lives in the browser's tab alone."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

__all__ = ["button"]

_HERE = Path(__file__).parent
_projector = st.components.v2.component(
    "planner_projector",
    html='<div><button type="button" class="back" aria-label="Previous page">‹</button>'
    '<button type="button" class="toggle"></button>'
    '<button type="button" class="on" aria-label="Next page">›</button></div>',
    css=(_HERE / "projector.css").read_text("utf-8"),
    js=(_HERE / "projector.js").read_text("utf-8"),
)


def button() -> None:
    """The button that begins and ends it, with the two that turn pages meanwhile."""
    _projector(key="projector", width="content")
