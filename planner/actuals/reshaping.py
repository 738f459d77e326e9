"""Sheets that people make for reading, turned into columns: header rows joined, months across, the year apart."""

from __future__ import annotations

from planner.actuals.dates_apart import dates_joined, groups_filled, with_year_below
from planner.actuals.header_rows import joined_headers
from planner.actuals.matching import PlanNames
from planner.actuals.months_across import months_down, with_year
from planner.actuals.sheet import Sheet

__all__ = ["reshaped"]


def reshaped(sheet: Sheet, names: PlanNames, year: str = "") -> Sheet:
    """The sheet with one header row and a column for its periods; as it is where it has both.

    `year` is that of months, weeks and days without one, "" where it was not said.
    """
    sheet = groups_filled(joined_headers(sheet, names))
    if year:
        sheet = with_year(sheet, names, year)
    sheet = dates_joined(months_down(sheet, names), names)
    return with_year_below(sheet, names, year) if year else sheet
