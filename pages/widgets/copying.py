"""A button that copies a text in the browser; the text is made when the button is pressed, not before."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from pages.shell import desk, session
from pages.shell.session import Copied
from planner.errors import PlannerError
from planner.show.errors import said

ON_ITS_WAY = 5.0  # seconds for which the text is sent along

_HERE = Path(__file__).parent
_button = st.components.v2.component(
    "planner_copy",
    html='<div><button type="button"></button><span role="status"></span><label><input readonly></label></div>',
    css=(_HERE / "copying.css").read_text("utf-8"),
    js=(_HERE / "copying.js").read_text("utf-8"),
)


def copy_button(label: str, make: Callable[[], str], *, says: Callable[[str], str]) -> None:
    """A button that puts what `make` returns on the clipboard and then says what `says` has to say of it.

    The text travels in the answer to the press. Where the browser does not let it be copied then, it stands in a field,
    marked, to be copied by hand.
    """
    key = f"copy_{label.lower().replace(' ', '_')}"
    copied = session.current().copied.get(key, Copied())
    fresh = time.monotonic() - copied.when < ON_ITS_WAY
    text = copied.text if fresh else ""
    _button(
        key=key,
        data={"label": label, "said": says(text) if text else "", "press": copied.press, "text": text},
        on_press_change=lambda: _pressed(key, make),
        width="content",
    )


def _pressed(key: str, make: Callable[[], str]) -> None:
    copies = session.current().copied
    try:
        copies[key] = Copied(copies.get(key, Copied()).press + 1, make(), time.monotonic())
    except PlannerError as error:
        desk.say(said(error, desk.plan()))
