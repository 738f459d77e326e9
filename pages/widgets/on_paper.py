"""What is drawn on a canvas stands on paper as a table: whole, in black on white."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from pages.shell import desk
from planner.show.paper import printed
from planner.show.tables import html

__all__ = ["on_paper"]


def on_paper(frame: pd.DataFrame, columns: Mapping[str, Any]) -> None:
    """The rows of a grid for a printed page only; `columns` as `st.data_editor` has them."""
    heads = {name: column["label"] for name, column in columns.items() if column.get("label")}
    choices = {name: _choices(column) for name, column in columns.items()}
    table = html(printed(desk.plan(), frame, heads, choices))
    st.html(Markup('<div class="on-paper">{}</div>').format(table))


def _choices(column: Mapping[str, Any]) -> dict[Any, str]:
    """What the cells of a column show of each choice."""
    options = column["type_config"].get("options") or ()
    return {option["value"]: option["label"] for option in options if isinstance(option, dict)}
