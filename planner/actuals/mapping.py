"""What each column of a file means: said by who uploads it, or guessed from headers and cells."""

from __future__ import annotations

import re

from planner.actuals.dates import order_of
from planner.actuals.figure_columns import check_count, find_decimal_signs, give_figures
from planner.actuals.guesses import ColumnMapping, Guess
from planner.actuals.matching import IGNORED, PlanNames
from planner.actuals.questions import Answers, UploadQuestion
from planner.actuals.role_columns import (
    ask_for_figure,
    count_by_cells,
    drop_lone_end,
    give_role,
    only_channel,
    role_tests,
)
from planner.actuals.sheet import Sheet
from planner.plan import Plan

__all__ = ["ColumnMapping", "Guess", "guess", "usual_order"]


def guess(sheet: Sheet, names: PlanNames, given: ColumnMapping, answers: Answers) -> tuple[ColumnMapping, Guess]:
    """The mapping of a sheet: what was given for its headers, the rest by what headers and cells look like."""
    headers = {cells.header for cells in sheet.columns}
    by_hand = {header: meaning for header, meaning in given.columns if header in headers}
    meant = Guess(dict(by_hand), by_hand=frozenset(by_hand))
    for role, fits in role_tests(names):
        if not meant.has(role):
            give_role(sheet, names, meant, role, fits)
    drop_lone_end(meant)
    if meant.has("stage") and not meant.has("count"):
        count_by_cells(sheet, meant)
    ask_for_figure(sheet, names, meant)
    channel = given.channel if given.channel in names.labels else ""
    if not channel and not meant.has("channel"):
        channel = only_channel(sheet, names, meant)
    give_figures(sheet, names, meant, channel)
    check_count(sheet, meant, given)
    order = _date_order(sheet, names, meant, given)
    if not given.decimal:
        find_decimal_signs(sheet, meant)
    columns = tuple((cells.header, meant.meanings.get(cells.header, IGNORED)) for cells in sheet.columns)
    if not (answers.month or meant.has("period")):
        meant.questions.append(UploadQuestion("month"))
    return ColumnMapping(columns, order, given.decimal, channel), meant


def _date_order(sheet: Sheet, names: PlanNames, meant: Guess, given: ColumnMapping) -> str:
    """Whether the day or the month comes first, "" where no date depends on it; asked where both fit."""
    columns = [
        cells for cells in sheet.columns if meant.meanings.get(cells.header) in ("period", "period_end", "as_of")
    ]
    dates = [text for cells in columns for text in cells.texts]
    order = order_of(dates, usual_order(names.plan))
    if not order.first:
        return ""
    if not (order.sure or given.order):
        meant.questions.append(UploadQuestion("date_order", _ambiguous(dates), ("day", "month")))
    return given.order or order.first


def usual_order(plan: Plan) -> str:
    """What comes first in dates where the plan is made, "day" or "month"."""
    return "month" if re.search(r"[-_]US$", plan.locale) or plan.country == "US" else "day"


def _ambiguous(dates: list[str]) -> str:
    """A date in which day and month differ."""
    differing = re.compile(r"([0-9]{1,2})[/-](?!\1[/-])[0-9]{1,2}[/-]")
    return next((text for text in dates if differing.match(text)), "8/6/2018")
