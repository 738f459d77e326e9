"""Columns of tables that are edited in place."""

from __future__ import annotations

from typing import Any

import streamlit as st


def locked(label: str | None = None, **more: Any) -> Any:
    """A column of a grid that only says something."""
    return st.column_config.TextColumn(label, disabled=True, **more)


def figures(label: str | None = None, **more: Any) -> Any:
    """A column of a grid that holds numbers, written and pasted as the plan's language writes them."""
    return st.column_config.TextColumn(label, alignment="right", required=True, **more)


def optional(label: str | None = None, **more: Any) -> Any:
    """A column of a grid that holds numbers, or nothing where there is none."""
    return st.column_config.TextColumn(label, alignment="right", **more)
