"""The brief as plain text and as JSON, for a terminal or a program."""

from __future__ import annotations

import math
from collections.abc import Iterator
from textwrap import fill
from typing import Any

from planner import words
from planner.keep.workspace import COUNTED
from planner.show.brief.value import Brief, KeyFigure, Section
from planner.show.tables import Cell, to_text

__all__ = ["brief_json", "brief_text", "foot", "made_by"]

WIDTH = 100


def brief_text(brief: Brief) -> str:
    """The whole brief as lines of text, tables set out in columns.

    >>> from planner import brief, starter
    >>> brief_text(brief(starter("email", start="2027-01"))).splitlines()[2]
    'Jan 2027 to Dec 2027 · engine 2'
    """
    parts = [brief.title, _made(brief), f"Figures {COUNTED[brief.tail]}.", fill(brief.ask, WIDTH)]
    if brief.typed:
        parts.append(fill(f"In the plan’s own numbers: {brief.summary}", WIDTH))
    parts += ["\n".join(map(_figure, brief.figures)), fill(brief.note, WIDTH) if brief.note else ""]
    parts += [_section(section) for section in brief.sections]
    return "\n\n".join(filter(None, parts)) + "\n"


def _made(brief: Brief) -> str:
    return " · ".join((*made_by(brief), f"engine {brief.engine}"))


def made_by(brief: Brief) -> tuple[str, ...]:
    """Who prepared the plan, which version it is and since when, and its months, as far as that is known."""
    about = brief.imprint
    author = f"Prepared by {brief.author}" if brief.author else ""
    saved = f"saved by {about.author}" if about.author else ""
    on = words.day(about.saved_on) if about.saved_on else ""
    version = ", ".join(filter(None, (about.version, saved, on)))
    return tuple(filter(None, (author, version, brief.period)))


def foot(brief: Brief) -> str:
    """The foot of a page of the brief: plan and version, the day it was made, where it is found, and the engine."""
    about = brief.imprint
    day = words.day(about.made_on) if about.made_on else ""
    return " · ".join(filter(None, (about.version or brief.title, day, about.address, f"engine {brief.engine}")))


def _figure(figure: KeyFigure) -> str:
    parts = [f"{figure.label}: {figure.value}"]
    parts += [f"80% range {figure.span}"] if figure.span else []
    parts += [f"{figure.change} against the baseline"] if figure.change else []
    parts += [f"target {figure.target}, {figure.verdict}"] if figure.target else []
    parts += [figure.otherwise] if figure.otherwise else []
    return "; ".join(parts)


def _section(section: Section) -> str:
    lines = [section.title.upper(), *(fill(text, WIDTH) for text in section.sentences)]
    lines += [fill(f"- {text}", WIDTH, subsequent_indent="  ") for text in (*section.points, *_alerts(section))]
    if section.table is not None:
        lines.append(to_text(section.table))
    return "\n".join(lines)


def _alerts(section: Section) -> Iterator[str]:
    return (alert.sentence for alert in section.alerts)


def _cell(cell: Cell | str) -> str:
    return cell if isinstance(cell, str) else cell.text


def brief_json(brief: Brief) -> dict[str, Any]:
    """The brief in plain dicts and lists; None where a figure is undefined."""
    return {
        "title": brief.title, "ask": brief.ask, "typed": brief.typed, "summary": brief.summary,
        "author": brief.author, "version": brief.imprint.version,
        "on": brief.imprint.saved_on.isoformat() if brief.imprint.saved_on else None, "period": brief.period,
        "engine": brief.engine, "counts": COUNTED[brief.tail], "draws": brief.draws, "note": brief.note,
        "figures": {figure.key: _numbers(figure) for figure in brief.figures},
        "sections": [_plain(section) for section in brief.sections],
    }  # fmt: skip


def _numbers(figure: KeyFigure) -> dict[str, float | None]:
    names = ("amount", "with_tail", "low", "high", "baseline", "goal")
    values = {name: float(getattr(figure, name)) for name in names}
    return {name: value if math.isfinite(value) else None for name, value in values.items()}


def _plain(section: Section) -> dict[str, Any]:
    table = section.table
    return {
        "key": section.key, "title": section.title, "sentences": [*section.sentences],
        "points": [*section.points, *_alerts(section)],
        "table": None if table is None else [[*table.heads], *([_cell(cell) for cell in row] for row in table.rows)],
    }  # fmt: skip
