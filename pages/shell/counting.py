"""The one switch of what figures count: what falls in the plan, or with what closes after its end."""

from __future__ import annotations

import streamlit as st

from pages.shell import desk
from planner.keep.workspace import COUNTED
from planner.plan.naming import capital

__all__ = ["switch"]

KEY = "counting"
HELP = (
    "Deals that the plan’s own touches bring after its last month are left out, or counted. Key figures, targets, goal "
    "seek and budget follow, and so does a link. Bridges are always in the plan."
)


def switch() -> None:
    """Shows the switch beside the title of the page. The reader of a link may use it, too: nothing is written."""
    desk.show(KEY, desk.tail())
    with st.container(key="counting-bar", horizontal=True, horizontal_alignment="right"):
        st.segmented_control(
            "Figures count", list(COUNTED), key=KEY, format_func=lambda tail: capital(COUNTED[tail]), required=True,
            label_visibility="collapsed", on_change=_turned, help=HELP,
        )  # fmt: skip


def _turned() -> None:
    desk.count(bool(st.session_state[KEY]))
