"""The brief as a value: an ask, key figures, and sections of sentences, tables and charts, all of it worked out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from planner.measure.alerts import Alert
from planner.plan import Plan
from planner.show.design import Chart
from planner.show.tables import Table

__all__ = ["NO_IMPRINT", "Brief", "Imprint", "KeyFigure", "Section"]


@dataclass(frozen=True)
class Imprint:
    """What a page says of itself: which version of a plan it shows, who saved that and on which day.

    `made_on` is the day on which the page was made, `address` where it can be found. "" and None: not known.
    """

    version: str = ""
    author: str = ""
    saved_on: dt.date | None = None
    made_on: dt.date | None = None
    address: str = ""


NO_IMPRINT = Imprint()


@dataclass(frozen=True)
class KeyFigure:
    """One key figure in words, with the numbers behind them; nan where undefined or not known.

    `value` is as the brief counts it, `otherwise` what the figure is by the other count, in the plan or with what
    closes after it ("" where both read alike), `span` its 80 % range ("" before any draw), `change` the difference from
    the baseline, `target` what it should reach ("" where nothing is wished), `verdict` whether it does and else by how
    much it is missed. `formula` is how it comes about with the
    plan's own numbers.
    """

    key: str
    label: str
    value: str
    otherwise: str
    span: str
    change: str
    change_tone: str
    target: str
    met: bool
    verdict: str
    meaning: str
    formula: str
    amount: float
    with_tail: float
    low: float
    high: float
    baseline: float
    goal: float


@dataclass(frozen=True)
class Section:
    """A part of the brief: sentences first, then the chart that shows it and the table that proves it.

    `points` are short statements of equal rank; `alerts` limits that are passed.
    """

    key: str
    title: str
    sentences: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    chart: Chart | None = None
    table: Table | None = None
    alerts: tuple[Alert, ...] = ()


@dataclass(frozen=True)
class Brief:
    """A plan on one page. `ask` is what is asked for, `typed` whether in the makers' own words.

    `summary` is the ask as the plan's own numbers propose it; `author` is who prepared the plan, `imprint` which
    version it is, as far as that is known; `period` its months in words. `engine` is the version that worked it out,
    `draws` how many draws the ranges rest on (0: there are no ranges yet); `tail` is whether figures count what closes
    after the plan.
    """

    plan: Plan
    title: str
    ask: str
    typed: bool
    summary: str
    author: str
    imprint: Imprint
    period: str
    figures: tuple[KeyFigure, ...]
    sections: tuple[Section, ...]
    note: str
    engine: str
    draws: int
    tail: bool = False

    def section(self, key: str) -> Section | None:
        """A section by its key; None where the brief has none."""
        return next((section for section in self.sections if section.key == key), None)
