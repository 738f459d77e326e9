"""Year, month, week and day in columns of their own made one column of periods; periods that lack their year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planner.actuals.dates import is_period, month_number, period_of, read_as_days
from planner.actuals.header_words import YEAR, told_apart
from planner.actuals.left_out import is_total_name
from planner.actuals.matching import PlanNames, plain, plain_words
from planner.actuals.periods import interval_of
from planner.actuals.sheet import Cells, Sheet

__all__ = ["dates_joined", "groups_filled", "periods_without_year", "with_year_below"]

_MOST_PERIODS = 400
_YEARS = frozenset(plain_words("year; jahr; année; an; año; ano; år; jaar; rok; anno"))
_MONTHS = frozenset(plain_words("month; monat; mois; mes; mês; måned; månad; maand; miesiąc; mese; month number"))
_WEEKS = frozenset(
    plain_words("week; woche; kw; kalenderwoche; semaine; semana; uke; vecka; iso week; week number; wk")
)
_DAYS = frozenset(plain_words("day; tag; jour; día; dag; day of month"))


_WEEK_ALONE = re.compile(r"(?:kw|cw|wk|week|woche|uke|sem|semaine|semana|s|w|v)?[ .-]{0,2}([0-5]?[0-9])", re.IGNORECASE)
_DAY_MONTH = re.compile(r"[0-9]{1,2}\. ?[0-9]{1,2}\.?")


def periods_without_year(sheet: Sheet, names: PlanNames) -> Cells | None:
    """The column whose months, weeks or days all lack their year and come in turn; None where there is none.

    Months that begin again, as after December, may be of two years: no one answer would be right.
    """
    if any(plain(cells.header) in _YEARS for cells in sheet.columns):
        return None
    for cells in sheet.columns:
        rows = [cells.texts[code] for code in dict.fromkeys(cells.codes.tolist())]
        texts = [text for text in rows if text and not is_total_name(text)]
        if "period" not in names.roles(cells.header) or not texts or len(texts) > _MOST_PERIODS:
            continue
        alone = [is_period(text, names.plan.locale) for text in texts]
        periods = [_with_year(cells.header, text, "2028", names) for text in texts]
        if (any(alone) and not read_as_days(texts)) or not all(periods):
            continue
        in_turn = [_first_day(period, names) for period in periods]
        if in_turn in (sorted(in_turn), sorted(in_turn, reverse=True)):
            return cells
    return None


def with_year_below(sheet: Sheet, names: PlanNames, year: str) -> Sheet:
    """The sheet with this year in the column whose periods lack theirs; as it is where there is none."""
    column = periods_without_year(sheet, names)
    if column is None:
        return sheet
    texts = tuple(_with_year(column.header, text, year, names) or text for text in column.texts)
    dated = replace(column, texts=texts)
    return replace(sheet, columns=tuple(dated if cells is column else cells for cells in sheet.columns))


def _with_year(header: str, text: str, year: str, names: PlanNames) -> str:
    """A month, a week or days of this year; "" where the text is none."""
    word, week = plain(header), _WEEK_ALONE.fullmatch(text)
    number = _month_text(text, names) if not text.isdigit() or word in _MONTHS else ""
    if number:
        return f"{year}-{number}"
    if week and (word in _WEEKS or not text.isdigit()):
        return f"{year}-W{week[1].zfill(2)}"
    dated = f"{text.rstrip('.')}.{year}" if _DAY_MONTH.fullmatch(text) else f"{text} {year}"
    return dated if not text.isdigit() and is_period(dated, names.plan.locale) else ""


def _first_day(period: str, names: PlanNames) -> str:
    return interval_of(period_of(period, "day", names.plan.locale)).first.isoformat()


def groups_filled(sheet: Sheet) -> Sheet:
    """The sheet with groups named in each of their rows: a report marks the column it is grouped by with an arrow."""
    columns = tuple(_filled_down(cells) if cells.header.endswith(("↑", "↓")) else cells for cells in sheet.columns)
    return replace(sheet, columns=columns)


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
