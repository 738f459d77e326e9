"""A plan as a workbook with live formulas."""

from planner.export.workbook.book import to_xlsx

__all__ = ["to_xlsx"]
