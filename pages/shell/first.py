"""The first page of a visit is seen whole: it stands hidden under the product's name until all of it is there."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

__all__ = ["STYLE", "whole"]

_HERE = Path(__file__).parent
STYLE = f"<style>{(_HERE / 'first.css').read_text('utf-8')}</style>".encode()
_whole = st.components.v2.component(
    "planner_whole", html="<span></span>", js=(_HERE / "first.js").read_text("utf-8")
)  # fmt: skip


def whole() -> None:
    """Last on a page: what there is to see is all there."""
    _whole(key="whole")
