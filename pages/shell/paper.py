"""How a page looks on paper: the style, and a foot with the plan, the day and the address."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from planner import words

__all__ = ["foot", "sheet"]

STYLE = f"<style>{(Path(__file__).parent / 'print.css').read_text('utf-8')}</style>"
LONGEST = 90  # characters of an address that fit the foot


def sheet(plan: str, day: dt.date, address: str) -> str:
    """The foot of a printed page in CSS: which plan it shows, when it was printed, and where to find it."""
    left = f"{plan} · {words.day(day)} · {_findable(address)}"
    right = 'counter(page) " / " counter(pages)'
    return (
        f"@page {{ font: 8pt sans-serif; "
        f'@bottom-left {{ content: "{_quoted(left)}"; }} @bottom-right {{ content: {right}; }} }}'
    )


def foot(plan: str) -> None:
    """Puts the style and the foot of a plan, or of a version of it, on the page.

    They stand apart: the foot changes with every move, the style never.
    """
    st.html(STYLE)
    rules = sheet(plan, dt.date.today(), st.context.url or "")
    st.html(f"<style>{rules}</style>")


def _findable(address: str) -> str:
    """The address in full where it fits; without the plan in it where that is too long to be typed."""
    short = address.partition("://")[2] or address
    return short if len(short) <= LONGEST else urlsplit(address)._replace(query="").geturl().partition("://")[2]


def _quoted(text: str) -> str:
    """A text inside a string of CSS, every sign that could end it as its number."""
    return "".join(char if char.isalnum() or char in " ·.,:/-" else f"\\{ord(char):06x}" for char in text)
