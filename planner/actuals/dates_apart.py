"""Year, month, week and day in columns of their own made one column of periods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planner.actuals.dates import month_number
from planner.actuals.header_words import YEAR, told_apart
from planner.actuals.matching import PlanNames, plain, plain_words
from planner.actuals.sheet import Cells, Sheet

__all__ = ["dates_joined"]

_YEARS = frozenset(plain_words("year; jahr; année; an; año; ano; år; jaar; rok; anno"))
_MONTHS = frozenset(plain_words("month; monat; mois; mes; mês; måned; månad; maand; miesiąc; mese; month number"))
_WEEKS = frozenset(
    plain_words("week; woche; kw; kalenderwoche; semaine; semana; uke; vecka; iso week; week number; wk")
)
_DAYS = frozenset(plain_words("day; tag; jour; día; dag; day of month"))


def dates_joined(sheet: Sheet, names: PlanNames) -> Sheet:
    """A year and a month or week in columns of their own as one column of periods."""
    by_word = {plain(cells.header): cells for cells in reversed(sheet.columns)}

    def column(words: frozenset[str]) -> Cells | None:
        return next((cells for word, cells in by_word.items() if word in words), None)

    year, month, week, day = column(_YEARS), column(_MONTHS), column(_WEEKS), column(_DAYS)
    if year is None or not all(YEAR.fullmatch(text) for text in year.texts if text):
        return sheet
    if month and all(_month_text(text, names) for text in month.texts if text):
        by_day = day is not None and all(re.fullmatch("[0-3]?[0-9]", text) for text in day.texts if text)
        parts = [year, month, day] if day and by_day else [year, month]
    elif week and all(re.fullmatch("(?:W|KW)? ?[0-5]?[0-9]", text) for text in week.texts if text):
        parts = [year, week]
    else:
        return sheet
    periods = _joined(parts, "-W" if parts[-1] is week else "-", names)
    drop = {id(part) for part in parts}
    columns = [periods, *(cells for cells in sheet.columns if id(cells) not in drop)]
    return replace(sheet, columns=tuple(told_apart(columns)))


def _month_text(text: str, names: PlanNames) -> str:
    """A month as two digits, "" for what is none."""
    if re.fullmatch("0?[1-9]|1[0-2]", text):
        return text.zfill(2)
    number = month_number(text, names.plan.locale)
    return f"{number:02d}" if number else ""


def _joined(parts: Sequence[Cells], sign: str, names: PlanNames) -> Cells:
    """The rows' years with their months, weeks or days; an empty year is the one above."""
    rows = np.stack([_filled_down(parts[0]).codes, *(cells.codes for cells in parts[1:])], axis=1)
    distinct, index = np.unique(rows, axis=0, return_inverse=True)
    texts = []
    for codes in distinct.tolist():
        year, *rest = (cells.texts[code] for cells, code in zip(parts, codes, strict=True))
        digits = [re.sub("[^0-9]", "", _month_text(text, names) or text).zfill(2) if text else "" for text in rest]
        texts.append(year + sign + "-".join(digits) if year and all(digits) else "")
    return Cells("period", tuple(texts), index.reshape(-1).astype(np.int32))


def _filled_down(cells: Cells) -> Cells:
    """A column in which an empty cell says what the cell above it says."""
    blank = cells.blank
    if not len(blank) or not blank.any():
        return cells
    last = np.maximum.accumulate(np.where(blank, 0, np.arange(len(blank))))
    return replace(cells, codes=cells.codes[last])
