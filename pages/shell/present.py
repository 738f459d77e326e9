"""How an answer looks: a sentence, one chart, the table that proves it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from inspect import signature

import streamlit as st

from planner.engine import Forecast
from planner.measure.alerts import Breach
from planner.show.design import Chart
from planner.show.tables import Table, html


def title(text: str, note: str = "") -> None:
    """The heading of a part of a page."""
    small = f"<small>{escape(note)}</small>" if note else ""
    st.html(f'<div class="title" role="heading" aria-level="2">{escape(text)}{small}</div>')


def answer(text: str) -> None:
    """The answer in a sentence, above its chart."""
    st.html(f'<p class="answer">{escape(text)}</p>')


def quiet(text: str) -> None:
    """A remark."""
    st.html(f'<p class="quiet">{escape(text)}</p>')


def chart(made: Chart, key: str) -> None:
    """A chart under its finding."""
    st.html(f'<p class="finding">{escape(made.title)}</p>')
    st.vega_lite_chart(made.frame, made.spec, key=key, alt=made.alt, width="stretch")


def table(made: Table) -> None:
    """A table of figures."""
    st.html(html(made))


def breaches(found: Iterable[Breach]) -> None:
    """Limits that are broken, in words."""
    rows = "".join(f'<div class="breach {escape(b.severity)}">{escape(b.sentence)}</div>' for b in found)
    if rows:
        st.html(rows)


def tables(fill: Callable[..., Table], made: Forecast, base: Forecast) -> None:
    """One table, or one a channel, as `fill` wants it."""
    wants = list(signature(fill).parameters)
    if "channel" in wants:
        for channel in made.plan.channels:
            if channel.key in made.channels:
                title(channel.label)
                table(fill(made, channel))
    else:
        table(fill(made, base) if "base" in wants else fill(made))


def legend(entries: Iterable[tuple[str, str]]) -> None:
    """Names with their colours."""
    st.html(
        '<p class="quiet">'
        + " &ensp; ".join(
            f'<i class="swatch" style="background:{colour}"></i>{escape(name)}' for name, colour in entries
        )
        + "</p>"
    )
