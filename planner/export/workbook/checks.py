"""Checks: what must hold whatever the inputs are; each reads TRUE."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.export.workbook.delays import Delays
from planner.export.workbook.funnel import Funnel
from planner.export.workbook.inputs import SHEET, VALID, Inputs
from planner.export.workbook.results import Figures
from planner.export.workbook.sheet import LABEL, PATH, PLAN, TOP, Page, column
from planner.export.workbook.terms import Term, summed, when

__all__ = ["Check", "checks"]

_ALL = 3
_CLOSE = "1E-9"


@dataclass(frozen=True)
class Check:
    """What must hold, and the formula that says whether it does."""

    path: str
    label: str
    holds: Term


def checks(figures: Figures, inputs: Inputs, delays: Delays) -> tuple[Page, Term]:
    """The page of checks, and the cell that says whether all of them hold."""
    page = Page("Checks", "Checks", "Every one reads TRUE; a FALSE says that an input or a formula was broken.")
    rows = list(_checks(figures, inputs, delays))
    for place, head in enumerate(("What must hold", "Path", "", "Holds")):
        page.text(TOP - 1, place, head, "month" if place == PLAN else "head")
    for row, check in enumerate(rows, TOP):
        page.text(row, LABEL, check.label)
        page.text(row, PATH, check.path, "quiet")
        page.formula(row, PLAN, check.holds, "truth")
    letters = column(PLAN)
    ends = f"${letters}${TOP + 1}:${letters}${TOP + len(rows)}"
    page.text(_ALL, LABEL, "All checks hold", "strong")
    page.formula(_ALL, PLAN, Term(f"AND({ends})", np.asarray(all(bool(row.holds.value) for row in rows))), "truth")
    return page, page.cell(_ALL, PLAN, True)


def _checks(figures: Figures, inputs: Inputs, delays: Delays) -> Iterator[Check]:
    costs, months = figures.costs, figures.months
    rows = costs.of.values()
    if rows:
        for view, label in (("plan", "in the plan"), ("all", "with what comes later")):
            parts = summed(row.view(view) for row in rows)
            text = f"The costs of the channels add up to all costs {label}"
            same = _same(parts, costs.total.view(view))
            yield Check(f"cost.{view}", text, when(costs.in_use > 0, same, costs.in_use.equals(0.0)))
    own = months.total("won").own.plan
    cac, roi, to_cost = (figures.figure(key, "plan") for key in ("cac", "roi", "revenue_to_cost"))
    text = "CAC times the deals of own touches is all cost"
    yield Check("cac", text, _if_there(cac, _same(cac * own, costs.total.plan)))
    yield Check("roi", "ROI is revenue : cost less 1", _if_there(roi, _same(roi + 1.0, to_cost)))
    cash = months.gross_profit.plan - months.cost.plan
    yield Check("cash", "Cash at the end is gross profit less cost", _same(months.cash.plan, cash, months.cost.plan))
    for funnel in figures.funnels.values():
        yield from _arrivals(funnel)
        yield from _shares(funnel, inputs)
    for path, spread in delays.spreads.items():
        total = Term(f"SUM({spread.weight.range()})", spread.weight.plan_value)
        label = f"{spread.label}: no more arrives than was on its way"
        yield Check(f"{path}.delay", label, total <= 1.0 + float(_CLOSE))
    letters = column(VALID)
    first, last = (inputs.row(row.path) + 1 for row in (inputs.groups[0].rows[0], inputs.groups[-1].rows[-1]))
    bounds = f"COUNTIF('{SHEET}'!${letters}${first}:${letters}${last},FALSE)=0"
    yield Check("inputs", "Every input in use lies within its bounds", Term(bounds, np.asarray(True)))


def _arrivals(funnel: Funnel) -> Iterator[Check]:
    """What a stage with a delay accepts arrives, in the plan or later."""
    for stage, accepted in funnel.accepted.items():
        counted = funnel.counted[stage]
        name = next(row.label for row in funnel.stages if row.key == stage)
        label = f"{funnel.channel.label}, {name}: what is on its way arrives, in the plan or later"
        yield Check(f"{funnel.key}.{stage}", label, _same(accepted.whole, counted.own.whole))


def _shares(funnel: Funnel, inputs: Inputs) -> Iterator[Check]:
    """Outcomes that rule each other out share at most all that the main one leaves."""
    for parent in dict.fromkeys(stage.of for stage in funnel.stages if stage.exclusive):
        rates = [inputs[f"{funnel.slot(s.key)}.rate"] for s in funnel.stages if s.exclusive and s.of == parent]
        name = next((row.label for row in funnel.stages if row.key == parent), "Touches")
        label = f"{funnel.channel.label}, {name}: the shares of its side outcomes add to at most 100%"
        yield Check(f"{funnel.key}.{parent}.shares", label, summed(rates) <= 1.0 + 1e-8)


def _same(figure: Term, other: Term, scale: Term | None = None) -> Term:
    """Whether two figures agree to rounding."""
    difference, size = figure - other, scale or other
    text = f"ABS({difference.text})<={_CLOSE}*(1+ABS({size.text}))"
    return Term(text, np.abs(difference.value) <= float(_CLOSE) * (1 + np.abs(size.value)))


def _if_there(figure: Term, holds: Term) -> Term:
    """A check on a figure that may be undefined."""
    defined = bool(np.isfinite(figure.value))
    return Term(f"IF(ISNUMBER({figure.text}),{holds.text},TRUE)", np.asarray(bool(holds.value) if defined else True))
