"""A button that copies a text in the browser: one click, no round trip."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_button = st.components.v2.component(
    "planner_copy",
    html='<div><button type="button"></button><span role="status"></span></div>',
    css=(_HERE / "copying.css").read_text("utf-8"),
    js=(_HERE / "copying.js").read_text("utf-8"),
)


def copy_button(label: str, text: str, *, said: str) -> None:
    """A button that puts `text` on the clipboard and then says so."""
    _button(key=f"copy_{label.lower()}", data={"label": label, "text": text, "said": said}, width="content")
