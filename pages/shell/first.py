"""What stands before a page: its title, mark and style. The first one of a visit is hidden until all of it is there."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from markupsafe import Markup

__all__ = ["START", "dress", "head", "whole"]

_HERE = Path(__file__).parent
START = (_HERE / "start.js").read_text("utf-8")  # the content-security policy allows it by its hash
_FIRST_STYLE = f"<style>{(_HERE / 'first.css').read_text('utf-8')}</style>"
_PAGE_STYLE = f"<style>{(_HERE / 'style.css').read_text('utf-8')}</style>"
_whole = st.components.v2.component(
    "planner_whole", html="<span></span>", js=(_HERE / "first.js").read_text("utf-8")
)  # fmt: skip


def head(path: str) -> bytes:
    """What the head of the page at `path`, below the app's base, gets besides Streamlit's own."""
    script = Markup('<script data-asked="{}">{}</script>').format(path, Markup(START))
    return f"{_FIRST_STYLE}{script}".encode()


def dress(title: str) -> None:
    """The title of the browser's tab, the product's mark and the style of every page."""
    mark = str(_HERE / "icon.svg")
    st.set_page_config(page_title=f"{title} – Outbound planner", layout="wide", page_icon=mark)
    st.logo(str(_HERE / "logo.svg"), size="large", icon_image=mark)
    st.html(_PAGE_STYLE)


def whole() -> None:
    """Says, last on a page, that all there is to see is there."""
    _whole(key="whole")
