"""The brief on a page: what needs no draws is set out first, ranges and chances follow in their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from pages.shell import desk, present, session
from pages.shell.imprint import imprint
from pages.widgets import inputs
from planner.actuals.actuals import Actuals
from planner.keep.codec import SharedPlan
from planner.keep.landings import KeptLanding
from planner.keep.steps import Scenario
from planner.plan import Plan, edit
from planner.show.brief.preview import carried, first_seen
from planner.show.brief.reproduce import reproduce
from planner.show.brief.text import made_by
from planner.show.brief.value import Brief, KeyFigure, Section
from planner.show.brief.whole import DRAWS, brief

ROWS = (  # sections side by side, in the order in which the page is read
    ("change",), ("money", "certainty"), ("reality", "landing"), ("track",), ("options",), ("assumptions", "people"),
    ("limits", "excluded"),
)  # fmt: skip
DRAWN = ("certainty", "landing")  # sections that rest on draws; the second on actuals too


def page() -> None:
    """The whole brief."""
    with st.container(key="brief"):
        head = st.empty()
        quick = _brief(0)
        with head.container():
            _head(quick)
        places = [place for row in ROWS for place in _row(quick, row)]
        with st.spinner("Simulating …"):
            whole = _brief(DRAWS)
        with head.container():
            _head(whole)
        for place in places:
            _fill(whole, place)


def _brief(draws: int) -> Brief:
    """The brief of what is on screen; it is remembered for this visit."""
    base, actuals = desk.baseline(), None if desk.read_only() else desk.workspace().actuals
    here = (
        desk.plan(), None if base == desk.plan() else base, desk.scenarios(), actuals, desk.workspace().landings,
        desk.tail(), draws,
    )  # fmt: skip
    return replace(session.current().results.of(_made, *here), imprint=imprint())


def _made(
    plan: Plan, baseline: Plan | None, scenarios: tuple[Scenario, ...], actuals: Actuals | None,
    landings: tuple[KeptLanding, ...], tail: bool, draws: int,
) -> Brief:  # fmt: skip
    return brief(
        plan, baseline=baseline, scenarios=scenarios, actuals=actuals, landings=landings, tail=tail, draws=draws
    )  # fmt: skip


# -- the head ---------------------------------------------------------------------------------------------------------


def _head(page: Brief) -> None:
    """The ask, who asks and for when, key figures, note."""
    asked = Markup('<p class="ask">{}</p>').format(page.ask)
    numbers = Markup('<p class="quiet">In the plan’s own numbers: {}</p>').format(page.summary) if page.typed else ""
    note = Markup('<p class="note">{}</p>').format(page.note) if page.note else ""
    tiles = Markup().join(map(_tile, page.figures))
    st.html(
        Markup(
            '<header class="brief"><h1 class="page">{}</h1><p class="made">{}</p>{}{}</header>'
            '<div class="facts" role="group" aria-label="Key figures of the brief">{}</div>{}'
        ).format(page.title, " · ".join(made_by(page)), asked, numbers, tiles, note)
    )


def _tile(figure: KeyFigure) -> Markup:
    """A key figure that opens to its formula."""
    return Markup(
        '<details class="fact" data-fact="{}"><summary><span class="label">{}</span><b>{}</b>{}<span class="under">{}'
        '</span><span class="under">{}</span></summary><p>{}</p><p>{}</p></details>'
    ).format(
        figure.key, figure.label, figure.value, _target(figure), f"80% range {figure.span}" if figure.span else "",
        _beside(figure), figure.meaning, figure.formula,
    )  # fmt: skip


def _target(figure: KeyFigure) -> Markup:
    if not figure.target:
        return Markup()
    tone = "good" if figure.met else "bad"
    return Markup('<span class="aim {}">target {}: {}</span>').format(tone, figure.target, figure.verdict)


def _beside(figure: KeyFigure) -> Markup:
    """The difference from the baseline, and what the figure comes to later."""
    change = Markup('<span class="{}">{}</span> vs baseline').format(figure.change_tone, figure.change)
    parts = ((change, figure.change), (Markup("{}").format(figure.otherwise), figure.otherwise))
    return Markup(" · ").join(part for part, there in parts if there)


def preview(shared: SharedPlan) -> None:
    """What the reader of a link sees first."""
    here = (shared.plan, shared.baseline, shared.scenarios, None, (), shared.tail, 0)
    brief_of_link = session.current().results.of(_made, *here)
    with st.container(border=True):
        present.answer(brief_of_link.ask)
        present.table(first_seen(brief_of_link), "what-they-see")
        present.note(brief_of_link.note)
        present.quiet(carried(shared))


# -- sections ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place:
    """Where a section stands: its own part of the row, and its table below."""

    key: str
    part: DeltaGenerator
    below: DeltaGenerator


def _row(page: Brief, keys: tuple[str, ...]) -> Iterator[_Place]:
    """Sections side by side, their tables below over the full width; yields the places of what rests on draws.

    On a phone, where they stand one below the other, each is followed by its own table (`style.css`).
    """
    waited_for = DRAWN if page.section("reality") else DRAWN[:1]
    there = [key for key in keys if page.section(key) or key in waited_for]
    if not there:
        return
    row = st.container(key=f"brief-row-{len(there)}-{there[0]}")
    for key in there:
        place = _Place(key, row.container(key=f"brief-part-{key}"), row.container(key=f"brief-below-{key}"))
        if key in waited_for:
            yield place
        else:
            _fill(page, place)


def _fill(page: Brief, place: _Place) -> None:
    """A section and its table, each in its place."""
    with place.part:
        _section(page, place.key)
    with place.below:
        _table(page, place.key)


def _table(page: Brief, key: str) -> None:
    section = page.section(key)
    if section and section.table:
        present.table(section.table, f"brief-{key}")


def _section(page: Brief, key: str) -> None:
    """Title, sentences, points, limits and chart of a section."""
    section = page.section(key)
    if section is None:
        return
    present.title(section.title)
    for sentence in section.sentences:
        present.answer(sentence)
    _points(section)
    present.alerts(section.alerts)
    if section.chart:
        present.chart(section.chart, f"brief_chart_{key}")


def _points(section: Section) -> None:
    if section.points:
        rows = Markup().join(Markup("<li>{}</li>").format(point) for point in section.points)
        st.html(Markup('<ul class="points">{}</ul>').format(rows))


# -- what the makers add, and what a reader can check -----------------------------------------------------------------


def editing() -> None:
    """The ask in the makers' own words, who they are, and the note; nothing on a page that is read only."""
    if desk.read_only():
        return
    popover = st.popover("Edit ask and note", key="brief_words", on_change="rerun", type="tertiary")
    if not popover.open:
        return
    plan = desk.plan()
    with popover:
        inputs.text(
            "plan_ask", "The ask, in one sentence", plan.ask, edit.with_ask, lines=3, max_chars=600,
            placeholder="Left empty, the plan’s own numbers make it",
        )  # fmt: skip
        inputs.text("plan_author", "Prepared by", plan.author, edit.with_author, max_chars=80)
        inputs.text("brief_note", "Note", plan.note, edit.with_note, lines=4, max_chars=4000)
        present.quiet("All three travel with every link and file.")


def reproduction() -> None:
    """The same figures from Python, for whoever wants to check them; made only when it is asked for."""
    with present.folded("Reproduce in Python", "brief_python") as panel:
        if panel.open:
            base = desk.baseline()
            script = reproduce(
                desk.plan(), None if base == desk.plan() else base, desk.scenarios(), tail=desk.tail()
            )  # fmt: skip
            st.code(script, language="python")
            present.quiet("Prints the figures of this page. It holds the plan, its baseline and scenarios; no actuals.")
