"""One file on its way to facts: rows and cells taken, refused or left out, and figures of one series added up."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from planner.actuals.actuals import MONEY_NAMES, UNATTRIBUTED, Actuals, Fact, last_day
from planner.actuals.dates import period_of
from planner.actuals.mapping import ColumnMapping
from planner.actuals.matching import IGNORED, PlanNames
from planner.actuals.numbers import currency_in, read_column
from planner.actuals.questions import Answers, UploadQuestion
from planner.actuals.sheet import Cells, Sheet
from planner.actuals.vocabulary import COLUMN_WORDS
from planner.errors import BadActuals

__all__ = ["ABOVE", "MOST_REFUSED", "Collector", "Figures", "Refusal", "SeriesKey"]

MOST_REFUSED, MOST_FACTS, MOST_NAMES = 500, 300_000, 10_000
_TOTAL = re.compile(
    r"(?:grand |sub-?)?(?:totals?|sums?|summe|gesamt(?:summe|ergebnis)?|insgesamt|totaux|totale|suma|somme|all)"
    r"(?: channels| reps| team| campaigns)?(?:\s*[:–-].*)?|(?:team|all|account|campaign) (?:total|sum|reps)",
    re.IGNORECASE,
)
_LONGEST_TOTAL = 80
ABOVE = "above"  # the answer that a row without a channel belongs to the one above
_BELOW_ZERO = (
    "The counts of this stage and period add up to less than 0.",
    "A count is 0 or more: check the negative rows.",
)
Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]
Reason = Callable[[int], tuple[str, str]]  # of a row: what is wrong with it, and the mend
T = TypeVar("T")


@dataclass(frozen=True)
class Refusal:
    """A cell or a row left out. `line` counts from 1 in the file as sent; `column` is the header as written."""

    line: int | None
    column: str | None
    what: str
    mend: str

    def error(self) -> BadActuals:
        """The same as an error."""
        return BadActuals(self.what, line=self.line, column=self.column, mend=self.mend)


class SeriesKey(NamedTuple):
    """What a figure is of: a channel, and a stage, a named sum or money of it."""

    channel: str
    name: str


@dataclass(frozen=True)
class Figures:
    """The figures of one column: the row of each, the number of its series, and its value; all (figures,)."""

    rows: Integers
    series: Integers
    values: NDArray[np.float64]


@dataclass(frozen=True)
class PerRow(Generic[T]):
    """A property of every row: its distinct values, which of them each row has, and which rows have one; (rows,)."""

    values: Sequence[T]
    index: Integers
    known: Mask

    @staticmethod
    def constant(value: T, rows: int) -> PerRow[T]:
        """The same value for every row."""
        return PerRow([value], np.zeros(rows, np.int64), np.ones(rows, dtype=bool))

    @staticmethod
    def none(rows: int) -> PerRow[T]:
        """No value for any row."""
        return PerRow([], np.zeros(rows, np.int64), np.zeros(rows, dtype=bool))


class Collector:
    """Reads a sheet by its mapping. After `actuals`, what was refused and what is worth a note stands here."""

    def __init__(self, sheet: Sheet, mapping: ColumnMapping, names: PlanNames, answers: Answers) -> None:
        self.sheet, self.mapping, self.names, self.answers = sheet, mapping, names, answers
        self.refused: list[Refusal] = []
        self.more_refused = 0  # beyond those listed
        self.total_rows = 0  # left out
        self.added_up = 0  # figures added to another of the same series and period
        self.currencies: set[str] = set()
        self.questions: list[UploadQuestion] = []
        self.series: dict[SeriesKey, int] = {}
        self.figures: list[Figures] = []
        self.rows_taken: Integers = np.zeros(0, np.int64)

    def actuals(self, source: str, as_of: dt.date | None) -> Actuals | None:
        """The facts of all that can be taken; None where that is nothing."""
        if not len(self.sheet.lines) and not self.sheet.odd:
            self._refuse_file("There are no rows below the header.", "Add at least one row of figures.")
        rows = self._rows_without_totals()
        periods = self._periods(rows)
        rows &= periods.known
        channels = self._channels(rows)
        rows &= channels.known
        if rows.any():
            take = self._take_long if self.mapping.shape == "long" else self._take_wide
            take(rows, channels)
        facts = self._facts(periods, source)
        if not facts:
            if not self.refused:
                self._refuse_file("The file has no figures.", "Fill in at least one count.")
            return None
        as_of = as_of or self._as_of()
        if as_of is None:
            facts = _without_months_to_come(facts)
        return Actuals(as_of or max(last_day(fact.period) for fact in facts), facts)

    # -- rows ---------------------------------------------------------------------------------------------------------

    def _column(self, meaning: str) -> Cells | None:
        header = self.mapping.header(meaning)
        return next((cells for cells in self.sheet.columns if cells.header == header), None) if header else None

    def _refuse(self, rows: Integers, column: str | None, reason: Reason) -> None:
        room = max(0, MOST_REFUSED - len(self.refused))
        self.more_refused += max(0, len(rows) - room)
        for row in rows[:room].tolist():
            self.refused.append(Refusal(int(self.sheet.lines[row]), column, *reason(row)))

    def _refuse_file(self, what: str, mend: str) -> None:
        self.refused.append(Refusal(self.sheet.header_line, None, what, mend))

    def _rows_without_totals(self) -> Mask:
        """Rows that are no totals; those that do not fit the header are refused."""
        rows = np.ones(len(self.sheet.lines), dtype=bool)
        meanings = dict(self.mapping.columns)
        for cells in self.sheet.columns:
            role = meanings[cells.header]
            if role in ("period", "channel", "stage", IGNORED):
                is_total = np.array([self._is_total(text, role) for text in cells.texts], dtype=bool)
                rows &= ~is_total[cells.codes]
        self.total_rows = int((~rows).sum())
        for odd in self.sheet.odd:
            if _TOTAL.fullmatch(odd.cells[0].strip() if odd.cells else ""):
                self.total_rows += 1
            elif len(self.refused) < MOST_REFUSED:
                self.refused.append(Refusal(odd.line, None, odd.what, odd.mend))
            else:
                self.more_refused += 1
        return rows

    def _is_total(self, text: str, role: str) -> bool:
        """Whether a cell marks a row of totals; a channel's or a stage's own name does not."""
        if len(text) > _LONGEST_TOTAL or _TOTAL.fullmatch(text) is None:
            return False
        return not (role == "channel" and self.names.is_own_channel(text)) and not (
            role == "stage" and self.names.is_own_stage(text)
        )

    def _look_up(self, cells: Cells, rows: Mask, read: Callable[[str], str]) -> PerRow[str]:
        """What `read` makes of a column; where it raises, the rows are refused."""
        number: dict[str, int] = {}
        index = np.zeros(len(cells.texts), np.int64)
        errors: dict[int, BadActuals] = {}
        for code, text in enumerate(cells.texts):
            try:
                index[code] = number.setdefault(read(text), len(number))
            except BadActuals as error:
                errors[code] = error
                if len(errors) > MOST_NAMES:
                    what = f"Column “{cells.header}” does not hold what it was matched to. {error.what}"
                    self._refuse_file(what, error.mend)
                    return PerRow.none(len(rows))
        readable = np.array([code not in errors for code in range(len(cells.texts))], dtype=bool)
        known = readable[cells.codes]

        def reason(row: int) -> tuple[str, str]:
            error = errors[int(cells.codes[row])]
            return error.what, error.mend

        self._refuse(np.flatnonzero(rows & ~known), cells.header, reason)
        return PerRow(list(number), index[cells.codes], known)

    def _period(self, text: str) -> str:
        return period_of(text, self.mapping.order, self.names.plan.locale)

    def _periods(self, rows: Mask) -> PerRow[str]:
        """The period of each row."""
        cells, ends = self._column("period"), self._column("period_end")
        if cells:
            return self._look_up(_ranges(cells, ends) if ends else cells, rows, self._period)
        if not self.answers.month:
            what = "The file has no date column."
            self._refuse_file(what, "Choose the column that holds the date, or enter the month of the figures.")
            return PerRow.none(len(rows))
        try:
            return PerRow.constant(self._period(self.answers.month), len(rows))
        except BadActuals as error:
            self._refuse_file(error.what, error.mend)
            return PerRow.none(len(rows))

    def _channels(self, rows: Mask) -> PerRow[str]:
        """The channel of each row; `UNATTRIBUTED` where nothing names one."""
        cells = self._column("channel")
        if cells is None:
            return PerRow.constant(self.mapping.channel or UNATTRIBUTED, len(rows))
        return self._filled_channels(cells, rows, self._look_up(cells, rows, self._channel))

    def _filled_channels(self, cells: Cells, rows: Mask, channels: PerRow[str]) -> PerRow[str]:
        """The channels with those of rows that name none as it was answered: the one above, none, or left out."""
        blank = np.array([text == "" for text in cells.texts], dtype=bool)[cells.codes]
        if not (rows & blank).any():
            return channels
        answer = self.answers.value("")
        if answer == ABOVE:
            named = np.where(rows & ~blank, np.arange(len(rows)), -1)
            above = np.maximum.accumulate(named)
            known = channels.known & (above >= 0)
            return PerRow(channels.values, channels.index[np.maximum(above, 0)], known)
        if answer == IGNORED:
            return PerRow(channels.values, channels.index, channels.known & ~blank)
        if answer is None:
            self.questions.append(UploadQuestion("blank_channel", cells.header, (ABOVE, UNATTRIBUTED, IGNORED)))
        return channels

    def _channel(self, text: str) -> str:
        key = (self.answers.value(text) if text else None) or self.names.channel(text)
        if key is None:
            mend = f"Use a channel of the plan: {self.names.near_channels(text)}."
            raise BadActuals(f"“{text[:40]}” is not a channel of the plan.", mend=mend)
        return key

    # -- figures ------------------------------------------------------------------------------------------------------

    def _take(self, cells: Cells, rows: Mask, series: Sequence[SeriesKey | None], which: Integers) -> Integers:
        """Takes a column of figures, row i of series[which[i]]; rows whose figure has no series, and is not 0, return.

        rows and which (rows,).
        """
        column = read_column(cells.texts, self.mapping.decimal)
        self.currencies |= {*column.currencies, currency_in(cells.header)} - {""}
        if column.refused:
            bad = np.array([code in column.refused for code in range(len(cells.texts))], dtype=bool)

            def reason(row: int) -> tuple[str, str]:
                number = column.refused[int(cells.codes[row])]
                return number.what, number.mend

            self._refuse(np.flatnonzero(rows & bad[cells.codes]), cells.header, reason)
        values = column.values[cells.codes]
        has_series = np.array([item is not None for item in series], dtype=bool)[which]
        numbers = np.array([self.series.setdefault(item, len(self.series)) if item else 0 for item in series])
        filled = rows & ~np.isnan(values)
        taken = np.flatnonzero(filled & has_series)
        self.figures.append(Figures(taken, numbers[which[taken]], values[taken]))
        return np.flatnonzero(filled & ~has_series & (values != 0))

    def _take_wide(self, rows: Mask, channels: PerRow[str]) -> None:
        columns = zip(self.sheet.columns, self.mapping.columns, strict=True)
        figures = [(cells, header, meaning) for cells, (header, meaning) in columns if self._is_figure(meaning)]
        owners = self._owners([meaning for _, _, meaning in figures], channels.values)
        for cells, header, meaning in figures:

            def reason(row: int, meaning: str = meaning) -> tuple[str, str]:
                return self._no_figure(channels.values[channels.index[row]], meaning)

            wanted = [self._series_of(channel, meaning) for channel in channels.values]
            series = [item if item and owners.get(item) == meaning else None for item in wanted]
            self._refuse(self._take(cells, rows, series, channels.index), header, reason)

    @staticmethod
    def _is_figure(meaning: str) -> bool:
        return meaning not in (IGNORED, *COLUMN_WORDS)

    def _owners(self, meanings: list[str], channels: Sequence[str]) -> dict[SeriesKey, str]:
        """Which meaning gives each series: its own name before a synonym, none where two synonyms compete."""
        claims: dict[SeriesKey, list[str]] = {}
        for meaning in meanings:
            for channel in channels:
                if series := self._series_of(channel, meaning):
                    claims.setdefault(series, []).append(meaning)
        owners = {}
        for series, claimed in claims.items():
            exact = [meaning for meaning in claimed if meaning.rpartition(".")[2] == series.name]
            distinct = set(exact or claimed)
            if len(distinct) == 1:
                owners[series] = distinct.pop()
        return owners

    def _series_of(self, channel: str, meaning: str) -> SeriesKey | None:
        """The series of a column's figure in a row of this channel."""
        if "." in meaning:
            path = self.names.path(meaning)
            return SeriesKey(*path) if path else None
        name = self.names.figure(channel, meaning)
        return SeriesKey(channel, name) if name else None

    def _take_long(self, rows: Mask, channels: PerRow[str]) -> None:
        stages, counts = self._column("stage"), self._column("count")
        if stages and len(stages.texts) > MOST_NAMES:
            what = f"Column “{stages.header}” holds {len(stages.texts):,} different names."
            self._refuse_file(what, "Choose the column that holds the stage.")
        elif stages and counts:
            shape = (len(channels.values), len(stages.texts))
            channel = np.where(rows, channels.index, 0)
            pairs = _numbered(np.ravel_multi_index((channel, stages.codes), shape), math.prod(shape))
            channel_of, stage_of = np.unravel_index(pairs.distinct, shape)
            series = [
                self._series_in_cell(channels.values[channel], stages.texts[stage])
                for channel, stage in zip(channel_of.tolist(), stage_of.tolist(), strict=True)
            ]

            def reason(row: int) -> tuple[str, str]:
                return self._no_figure(channels.values[channels.index[row]], stages.texts[stages.codes[row]])

            self._refuse(self._take(counts, rows, series, pairs.index), stages.header, reason)
        for name in MONEY_NAMES:
            if cells := self._column(name):
                self._take(cells, rows, [SeriesKey(channel, name) for channel in channels.values], channels.index)

    def _series_in_cell(self, channel: str, text: str) -> SeriesKey | None:
        place = self.names.place(channel, text)
        return SeriesKey(*place) if place else None

    def _no_figure(self, channel: str, text: str) -> tuple[str, str]:
        what = f"“{text[:40]}” is not a stage of {self.names.labels[channel]}." if text else "The stage is empty."
        return what, f"Use one of these: {self.names.near_figures(channel, text)}."

    # -- facts --------------------------------------------------------------------------------------------------------

    def _facts(self, periods: PerRow[str], source: str) -> tuple[Fact, ...]:
        """One fact for each source, period and series: figures of several rows add up."""
        if not any(len(figures.rows) for figures in self.figures):
            return ()
        rows = np.concatenate([figures.rows for figures in self.figures])
        series = np.concatenate([figures.series for figures in self.figures])
        values = np.concatenate([figures.values for figures in self.figures])
        self.rows_taken = np.flatnonzero(np.bincount(rows))
        sources = self._sources(source)
        shape = (len(sources.values), len(periods.values), len(self.series))
        position = np.ravel_multi_index((sources.index[rows], periods.index[rows], series), shape)
        numbered = _numbered(position, math.prod(shape))
        self.added_up = len(position) - len(numbered.distinct)
        if len(numbered.distinct) > MOST_FACTS:
            what = f"The file has {len(numbered.distinct):,} separate figures; at most {MOST_FACTS:,} can be kept."
            self._refuse_file(what, "Sum them by day or by month first.")
            return ()
        sums = np.bincount(numbered.index, weights=values)
        source_of, period_of_sum, series_of = np.unravel_index(numbered.distinct, shape)
        every = list(self.series)
        below = (sums < 0) & np.array([item.name not in MONEY_NAMES for item in every])[series_of]
        if below.any():
            self._refuse(np.flatnonzero(np.bincount(rows[below[numbered.index]])), None, lambda _: _BELOW_ZERO)
        return tuple(
            Fact(sources.values[s], periods.values[p], every[n].channel, every[n].name, value)
            for s, p, n, value in zip(
                source_of[~below].tolist(),
                period_of_sum[~below].tolist(),
                series_of[~below].tolist(),
                sums[~below].tolist(),
                strict=True,
            )
        )

    def _sources(self, source: str) -> PerRow[str]:
        """The source of each row: what its column says, else that of the file."""
        cells = self._column("source")
        if cells is None:
            return PerRow.constant(source, len(self.sheet.lines))
        every_row = np.ones(len(self.sheet.lines), dtype=bool)
        return self._look_up(cells, every_row, lambda text: _unescaped(text) or source)

    def _as_of(self) -> dt.date | None:
        """The last day that the as-of column of the rows taken names."""
        cells = self._column("as_of")
        if cells is None:
            return None
        rows = np.zeros(len(self.sheet.lines), dtype=bool)
        rows[self.rows_taken] = True
        rows &= np.array([text != "" for text in cells.texts], dtype=bool)[cells.codes]
        days = self._look_up(cells, rows, self._period)
        return max((last_day(days.values[i]) for i in np.unique(days.index[rows & days.known])), default=None)


def _ranges(starts: Cells, ends: Cells) -> Cells:
    """The first and the last days of ranges as one column."""
    shape = (len(starts.texts), len(ends.texts))
    pairs = _numbered(np.ravel_multi_index((starts.codes, ends.codes), shape), math.prod(shape))
    start_of, end_of = np.unravel_index(pairs.distinct, shape)
    texts = [
        f"{starts.texts[start]} – {ends.texts[end]}" if ends.texts[end] else starts.texts[start]
        for start, end in zip(start_of.tolist(), end_of.tolist(), strict=True)
    ]
    return Cells(starts.header, tuple(texts), pairs.index.astype(np.int32))


@dataclass(frozen=True)
class _Numbered:
    """The distinct ones of some keys, in order, and for each key which of them it is."""

    distinct: Integers
    index: Integers


def _numbered(keys: Integers, size: int) -> _Numbered:
    """Numbers keys below `size`; by a table where that is small."""
    if size > 10_000_000:
        return _Numbered(*np.unique(keys, return_inverse=True))
    distinct = np.flatnonzero(np.bincount(keys, minlength=size))
    number = np.empty(size, np.int64)
    number[distinct] = np.arange(len(distinct))
    return _Numbered(distinct, number[keys])


def _without_months_to_come(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts without the zeros after the last period in which anything was reported: those days are to come."""
    last = max((last_day(fact.period) for fact in facts if fact.value), default=dt.date.max)
    return tuple(fact for fact in facts if last_day(fact.period) <= last)


def _unescaped(text: str) -> str:
    """A text without the mark that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if re.match(r"'[=+@'-]", text) else text
