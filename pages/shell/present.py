"""How an answer looks: a sentence, one chart, the table that proves it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from inspect import signature
from typing import Any

import streamlit as st
from markupsafe import Markup

from planner.engine import Forecast
from planner.export import pictures
from planner.measure.alerts import Alert
from planner.show.design import Chart
from planner.show.tables import Table, html, to_csv
from planner.show.terms import axis_titles, help_mark, marked_words

ROWS = "rows"  # what a chart draws, by its name in the specification


def page(name: str, purpose: str) -> None:
    """The heading of a page and what it is for, in one line."""
    st.html(Markup('<h1 class="page">{}</h1><p class="purpose">{}</p>').format(name, purpose))


def title(text: str, note: str = "") -> None:
    """The heading of a part of a page."""
    small = Markup("<small>{}</small>").format(note) if note else ""
    st.html(
        Markup('<div class="title" role="heading" aria-level="2">{}{}{}</div>').format(text, help_mark(text), small)
    )


def answer(text: str) -> None:
    """The answer in a sentence, above its chart."""
    st.html(Markup('<p class="answer">{}</p>').format(text))


def quiet(text: str) -> None:
    """A remark."""
    st.html(Markup('<p class="quiet">{}</p>').format(text))


def meanings(labels: Iterable[str]) -> None:
    """The trade words of what cannot carry a "?" itself, as a tab or the columns of a grid, each with its own."""
    words = marked_words(labels)
    if words:
        st.html(words)


def tabs(names: Sequence[str], key: str) -> Sequence[Any]:
    """Tabs by name; the one that is open says the trade words of its name first, and it alone need be filled."""
    panels = st.tabs(names, key=key, on_change="rerun")
    for name, panel in zip(names, panels, strict=True):
        with panel:
            meanings([name] if panel.open else [])
    return panels


def folded(label: str, key: str) -> Any:
    """What is folded away under a label; open, it says the trade words of the label first."""
    panel = st.expander(label, key=key, on_change="rerun")
    with panel:
        meanings([label] if panel.open else [])
    return panel


def note(text: str) -> None:
    """What whoever made the plan says about it; nothing where nothing was written."""
    if text:
        st.html(Markup('<p class="note">{}</p>').format(text))


def steps(rows: Iterable[tuple[str, str]]) -> None:
    """The steps of something, each with how far it is: "done", "now" or "later"."""
    items = [
        Markup('<li class="{}"{}>{}</li>').format(state, Markup(' aria-current="step"') if state == "now" else "", text)
        for text, state in rows
    ]
    st.html(Markup('<ol class="steps">{}</ol>').format(Markup().join(items)))


def chart(drawn: Chart, key: str) -> None:
    """A chart under its finding, which can be saved as a picture; it is sent first, since it has to be drawn."""
    head = st.container()
    if not drawn.frame.empty:
        rows = {"data": {"name": ROWS}, "datasets": {ROWS: drawn.frame}}  # by name they are there from the first
        st.vega_lite_chart(spec={**drawn.drawing(), **rows}, key=key, alt=drawn.alt, width="stretch")
        meanings(axis_titles(drawn.spec))
    with head:
        _finding(drawn, key)


def _finding(drawn: Chart, key: str) -> None:
    """What a chart shows, in a sentence, and the button that saves it."""
    finding = Markup('<p class="finding">{}</p>').format(drawn.title)
    if pictures.can_draw():
        with st.container(horizontal=True, vertical_alignment="top", gap="small", key=f"chart-head-{key}"):
            st.html(finding)
            with st.popover(
                ":material/download:", type="tertiary", help="Save this chart as a picture", key=f"save:{key}"
            ):
                for picture in pictures.PICTURES:
                    _save(picture.label, partial(picture.draw, drawn), f"{key}.{picture.ending}", picture.mime, "chart")
    else:
        st.html(finding)


def table(figures: Table, name: str) -> None:
    """A table of figures, which can be had as a CSV file of this name."""
    st.html(html(figures))
    _save("CSV", partial(to_csv, figures), f"{name}.csv", "text/csv", "table")


def _save(label: str, make: Callable[[], bytes], name: str, mime: str, what: str) -> None:
    """A small button that saves what is above it; the file is made when the button is pressed."""
    st.download_button(
        label, make, name, mime, key=f"{label.lower()}:{name.rpartition('.')[0]}", on_click="ignore", type="tertiary",
        icon=":material/download:", help=f"Download this {what} as {label}",
    )  # fmt: skip


def alerts(broken: Iterable[Alert]) -> None:
    """Limits that are passed, in words."""
    rows = [Markup('<div class="breach {}">{}</div>').format(alert.severity, alert.sentence) for alert in broken]
    if rows:
        st.html(Markup().join(rows))


def tables(fill: Callable[..., Table], forecast: Forecast, base: Forecast, *, tail: bool) -> None:
    """One table, or one per channel, as `fill` wants it; `tail` for those that follow what figures count."""
    wants, name = list(signature(fill).parameters), fill.__name__
    fill = partial(fill, tail=tail) if "tail" in wants else fill
    if "channel" in wants:
        for channel in forecast.plan.channels:
            if channel.key in forecast.channels:
                title(channel.label)
                table(fill(forecast, channel), f"{name}-{channel.key}")
    else:
        table(fill(forecast, base) if "base" in wants else fill(forecast), name)


def legend(entries: Iterable[tuple[str, str]]) -> None:
    """Names with their colours."""
    items = (Markup('<i class="swatch" style="background:{}"></i>{}').format(colour, name) for name, colour in entries)
    st.html(Markup('<p class="quiet">{}</p>').format(Markup(" &ensp; ").join(items)))
