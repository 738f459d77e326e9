"""The workbook: a plan as a model with live formulas, every cell with the value it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from planner import calendar, words
from planner.engine import forecast
from planner.errors import PlanError
from planner.export.workbook.checks import checks
from planner.export.workbook.delays import Delays
from planner.export.workbook.front import KEY_FIGURES, by_channel, input_page, key_figures, state
from planner.export.workbook.funnel import Funnel
from planner.export.workbook.inputs import SHEET, Inputs, Side, sides
from planner.export.workbook.money import Costs, Deals, Team
from planner.export.workbook.results import Figures, Months
from planner.export.workbook.sheet import LABEL, TOP, Page, Sheet
from planner.export.workbook.writing import Drawing, Kind, Series, Tab, written
from planner.keep.workspace import Workspace
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.show.design import INK, hues

__all__ = ["MOST_CELLS", "to_xlsx"]

MOST_CELLS = 250_000
_TAKEN = (KEY_FIGURES, SHEET, "By month", "By channel", "Checks", "Delays", "Team", "Costs", "History")
_LONGEST = 24  # characters of a sheet's name that are a user's; a spreadsheet takes 31


def to_xlsx(work: Workspace, report: Callable[[float], None] = lambda share: None) -> bytes:
    """The plan as a workbook (.xlsx): inputs, live formulas, results, checks; baseline and scenarios by one cell.

    Needs XlsxWriter. `report` is told the share that is done. Raises PlanError for a plan so large that a spreadsheet
    could not be used.

    >>> from planner import Workspace, starter, to_xlsx
    >>> to_xlsx(Workspace(starter("email")))[:2]
    b'PK'
    """
    plans, left_out = sides(work)
    start = calendar.first_day(work.plan.start)
    return written(tabs(plans, left_out), work.plan.name, start, len(plans), report)


def tabs(plans: Sequence[Side], left_out: Sequence[str] = ()) -> list[Tab]:
    """The sheets in their order; the first plan is in use."""
    plan, inputs = plans[0].plan, Inputs([side.plan for side in plans])
    months, names = words.month_names(plan), _sheet_names(plan)
    delays = Delays(inputs, months)
    funnels: dict[str, Funnel] = {}
    for channel in plan.channels:
        sheet = Sheet(names[channel.key], months, channel.label, "Touches, rates and arrivals by month.")
        funnels[channel.key] = Funnel(plan, channel, sheet, inputs, delays, funnels)
        _within_reason([delays.sheet, *(funnel.sheet for funnel in funnels.values())])
    deals = {key: Deals(plan, funnel, inputs) for key, funnel in funnels.items()}
    totals = Months(plan, Sheet("By month", months, "By month", "All channels together."), funnels, deals)
    team = Team(plan, Sheet("Team", months, "Team", "Reps, hours and pay."), inputs)
    sheet = Sheet("Costs", months, "Costs", "Every cost, and each channel’s part of what is shared.")
    costs = Costs(plan, sheet, inputs, funnels, deals, team, totals.total)
    totals.money(costs, team)
    result = forecast(plan)
    first, figures = key_figures(Figures(plan, inputs, funnels, deals, totals, costs), result)
    audit, holds = checks(figures, inputs, delays)
    state(first, [side.name for side in plans], holds)
    pages: list[tuple[Page, Kind]] = [
        (input_page(inputs, plans, left_out, figures), "inputs"), (totals.sheet, "results"),
        (by_channel(figures, result), "results"), (audit, "checks"), (delays.sheet, "calculation"),
        *((funnel.sheet, "calculation") for funnel in funnels.values()), (team.sheet, "calculation"),
        (costs.sheet, "calculation"),
    ]  # fmt: skip
    _within_reason([first, *(page for page, _ in pages)])
    return [Tab(first, "results", _drawings(plan, funnels, totals)), *(Tab(page, kind) for page, kind in pages)]


def _within_reason(pages: Iterable[Page]) -> None:
    cells = sum(len(page.cells) for page in pages)
    if cells > MOST_CELLS:
        raise PlanError(
            "months", f"makes a workbook of over {MOST_CELLS:,} cells with so many channels and stages: shorten "
            "the plan or take out channels",
        )  # fmt: skip


def _sheet_names(plan: Plan) -> dict[str, str]:
    """One sheet name per channel: letters, digits, spaces and hyphens of its label, each name once."""
    taken, names = {name.casefold() for name in _TAKEN}, dict[str, str]()
    for channel in plan.channels:
        stem = " ".join(re.sub(r"[^\w -]+", " ", channel.label).split())[:_LONGEST].strip() or "Channel"
        numbered = (stem if n == 1 else f"{stem} {n}" for n in range(1, 1000))
        names[channel.key] = next(name for name in numbered if name.casefold() not in taken)
        taken.add(names[channel.key].casefold())
    return names


def _drawings(plan: Plan, funnels: dict[str, Funnel], totals: Months) -> tuple[Drawing, ...]:
    """Deals by month and channel, and cash by month."""
    colours = hues(plan)
    won = [(key, counted.total) for key, funnel in funnels.items() if (counted := funnel.count("won"))]
    below = TOP + len(METRICS) + 1
    parts = tuple(Series(line, (line.sheet, 0, LABEL), colours[key]) for key, line in won)
    cash = Series(totals.cash, (totals.cash.sheet, totals.cash.row, LABEL), INK)
    drawings = (
        Drawing("Deals by month", parts, "column", below, 0),
        Drawing("Cash by month", (cash,), "line", below, 3),
    )
    return tuple(drawing for drawing in drawings if drawing.series)
