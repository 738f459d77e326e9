"""One file on its way to facts: rows and cells taken, refused or left out, and figures of one series added up."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from planner.actuals.actuals import MONEY_NAMES, UNATTRIBUTED, Actuals, Fact, last_day
from planner.actuals.dates import period_of, read_as_days, span_of
from planner.actuals.facts import UNIQUES
from planner.actuals.left_out import ONE_MORE, is_total_name, left_out
from planner.actuals.mapping import ColumnMapping
from planner.actuals.matching import IGNORED, PlanNames, plain
from planner.actuals.numbers import currency_in, read_column
from planner.actuals.questions import Answers, UploadQuestion
from planner.actuals.repeats import ADDED, LAST, REPEATED, repeats
from planner.actuals.rows import Figures, Integers, Mask, PerRow, Refusal, SeriesKey, numbered
from planner.actuals.sheet import Cells, Sheet
from planner.actuals.vocabulary import COLUMN_WORDS, CURRENCY_HEADERS
from planner.errors import BadActuals
from planner.words import currency_of

__all__ = ["ABOVE", "AS_IS", "BLANK_DATE", "CURRENCY", "MOST_REFUSED", "Collector"]

MOST_REFUSED, MOST_FACTS, MOST_NAMES = 500, 300_000, 10_000
ABOVE = "above"  # the answer that a row without a channel or a date belongs to the one above
BLANK_DATE = "(no date)"  # the word that answer is kept under
CURRENCY, AS_IS = "(currency)", "as is"  # the word under which it is kept that foreign money is used as it is
_BELOW_ZERO = (
    "The counts of this stage and period add up to less than 0.",
    "A count is 0 or more: check the negative rows.",
)
Reason = Callable[[int], tuple[str, str]]  # of a row: what is wrong with it, and the mend


class Collector:
    """Reads a sheet by its mapping. After `actuals`, what was refused and what is worth a note stands here."""

    def __init__(
        self, sheet: Sheet, mapping: ColumnMapping, names: PlanNames, answers: Answers,
        signs: Mapping[str, str] | None = None, by_hand: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self.sheet, self.mapping, self.names, self.answers = sheet, mapping, names, answers
        self.signs = signs or {}  # decimal signs by header
        self.by_hand = by_hand  # headers whose meaning was given, not guessed
        self.refused: list[Refusal] = []
        self.more_refused = 0  # beyond those listed
        self.total_rows = 0  # left out
        self.deleted_rows = 0  # left out
        self.inbound_rows = 0  # left out
        self.planned_rows = 0  # left out
        self.unknown_channels: set[str] = set()
        self.bills: list[str] = []  # headers of costs that are written below zero
        self.not_added_up = 0  # figures of persons and accounts, left out
        self.added_up = 0  # figures added to another of the same series and period
        self.currencies: set[str] = set()
        self.questions: list[UploadQuestion] = []
        self.adds_up = False  # whether persons were told apart already, so that their counts add up
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
        rows = self._once(rows)
        if rows.any():
            take = self._take_long if self.mapping.shape == "long" else self._take_wide
            take(rows, channels)
        facts = self._in_own_money(self._facts(periods, source))
        if not facts:
            if not self.refused:
                self._refuse_file("The file has no figures.", "Fill in at least one count.")
            return None
        as_of = as_of or self._as_of()
        if as_of is None:
            facts = _without_months_to_come(facts)
        return Actuals(as_of or max(last_day(fact.period) for fact in facts), facts)

    def _once(self, rows: Mask) -> Mask:
        """The rows without those that a later one repeats, as it was answered."""
        again = None if self.adds_up else repeats(self.sheet, self.mapping, rows)
        answer = self.answers.value(REPEATED)
        if again and answer is None:
            reason = f", in several versions of “{again.header}”" if again.header else ", with every cell alike"
            self.questions.append(UploadQuestion("repeated", again.header, (LAST, ADDED), reason))
        return rows & again.last if again and answer != ADDED else rows

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
        dropped = left_out(self.sheet, self.mapping, self.names, self.answers)
        self.total_rows, self.deleted_rows = int(dropped.totals.sum()), int(dropped.deleted.sum())
        self.inbound_rows, self.planned_rows = int(dropped.inbound.sum()), int(dropped.planned.sum())
        self.questions += [UploadQuestion("total", text, (IGNORED, ONE_MORE)) for text in dropped.unsure]
        for odd in self.sheet.odd:
            if is_total_name(odd.cells[0].strip() if odd.cells else ""):
                self.total_rows += 1
            elif len(self.refused) < MOST_REFUSED:
                self.refused.append(Refusal(odd.line, None, odd.what, odd.mend))
            else:
                self.more_refused += 1
        return ~dropped.every

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
        read_rows = readable[cells.codes]

        def reason(row: int) -> tuple[str, str]:
            error = errors[int(cells.codes[row])]
            return error.what, error.mend

        self._refuse(np.flatnonzero(rows & ~read_rows), cells.header, reason)
        return PerRow(list(number), index[cells.codes], read_rows)

    def _period(self, text: str) -> str:
        return period_of(text, self.mapping.order, self.names.plan.locale)

    def _periods(self, rows: Mask) -> PerRow[str]:
        """The period of each row."""
        cells, ends = self._column("period"), self._column("period_end")
        if cells:
            cells = self._dates_above(_ranges(cells, ends) if ends else cells, rows)
            return self._look_up(cells, rows, self._period_reader(cells, rows))
        if not self.answers.month:
            what = "The file has no date column."
            self._refuse_file(what, "Choose the column that holds the date, or enter the month of the figures.")
            return PerRow.none(len(rows))
        try:
            return PerRow.constant(self._period(self.answers.month), len(rows))
        except BadActuals as error:
            self._refuse_file(error.what, error.mend)
            return PerRow.none(len(rows))

    def _period_reader(self, cells: Cells, rows: Mask) -> Callable[[str], str]:
        """What reads the cells of the column of dates: days of a column of weeks or months stand for those."""
        taken = {cells.texts[code] for code in np.unique(cells.codes[rows]).tolist()}
        if read_as_days(taken):
            return _without_a_year
        spans = span_of(cells.header, taken, self._period)
        return lambda text: spans(self._period(text))

    def _dates_above(self, cells: Cells, rows: Mask) -> Cells:
        """The dates, with those of rows that have none as it was answered: the one above, or none."""
        blank = np.array([text == "" for text in cells.texts], dtype=bool)[cells.codes]
        named = np.zeros(len(rows), dtype=bool)
        for other in (self._column("channel"), self._column("stage")):
            if other:
                named |= np.array([text != "" for text in other.texts], dtype=bool)[other.codes]
        merged = rows & blank & named
        if not merged.any() or not (rows & ~blank).any():
            return cells
        answer = self.answers.value(BLANK_DATE)
        if answer is None:
            self.questions.append(UploadQuestion("blank_date", cells.header, (ABOVE, IGNORED)))
        if answer != ABOVE:
            rows &= ~merged
            return cells
        above = np.maximum.accumulate(np.where(blank, 0, np.arange(len(rows))))
        return Cells(cells.header, cells.texts, np.where(merged, cells.codes[above], cells.codes).astype(np.int32))

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
        if answer is None and self._merged(cells, rows, blank):
            answer = ABOVE
        if answer == ABOVE:
            named = np.where(rows & ~blank, np.arange(len(rows)), -1)
            above = np.maximum.accumulate(named)
            filled = channels.known & (above >= 0)
            return PerRow(channels.values, channels.index[np.maximum(above, 0)], filled)
        if answer == IGNORED:
            return PerRow(channels.values, channels.index, channels.known & ~blank)
        if answer is None:
            self.questions.append(UploadQuestion("blank_channel", cells.header, (ABOVE, UNATTRIBUTED, IGNORED)))
        return channels

    def _merged(self, cells: Cells, rows: Mask, blank: Mask) -> bool:
        """Whether blank cells are those of merged ones: two or more blocks, each with the same periods in turn."""
        period, at = self._column("period"), np.flatnonzero(rows)
        first = np.flatnonzero(~blank[at])
        if period is None or len(first) < 2 or first[0] != 0 or len(at) % len(first):
            return False
        if len(set(cells.codes[at[first]].tolist())) < len(first):
            return False
        blocks = np.arange(0, len(at), len(at) // len(first))
        periods = period.codes[at].reshape(len(first), -1)
        whole = np.array_equal(first, blocks) and bool((periods == periods[0]).all())
        return whole and len(set(periods[0].tolist())) == periods.shape[1]

    def _channel(self, text: str) -> str:
        key = (self.answers.value(text) if text else None) or self.names.channel(text)
        if key is None:
            self.unknown_channels.add(text)
            near = self.names.near_channels(text) if len(self.unknown_channels) <= MOST_REFUSED else "see above"
            mend = f"Use a channel of the plan: {near}."
            raise BadActuals(f"“{text[:40]}” is not a channel of the plan.", mend=mend)
        return key

    # -- figures ------------------------------------------------------------------------------------------------------

    def _take(
        self, cells: Cells, rows: Mask, series: Sequence[SeriesKey | None], which: Integers, *, bill: bool = False
    ) -> Integers:
        """Takes a column of figures, row i of series[which[i]]; rows whose figure has no series, and is not 0, return.

        rows and which (rows,). A `bill` of which every sum is below zero is what was paid.
        """
        money = any(item and item.name in MONEY_NAMES for item in series)
        sign = self.mapping.decimal or self.signs.get(cells.header, "")
        column = read_column(cells.texts, sign)
        self.currencies |= {*column.currencies, currency_in(cells.header)} - {""}
        if money:
            rows = rows & self._of_one_currency(cells, column.currency)
        if column.refused:
            bad = np.array([code in column.refused for code in range(len(cells.texts))], dtype=bool)

            def reason(row: int) -> tuple[str, str]:
                number = column.refused[int(cells.codes[row])]
                return number.what, number.mend

            self._refuse(np.flatnonzero(rows & bad[cells.codes]), cells.header, reason)
        values = column.values[cells.codes]
        if bill and (values < 0).any() and not (values > 0).any():
            values = np.abs(values)
            self.bills.append(cells.header)
        has_series = np.array([item is not None for item in series], dtype=bool)[which]
        numbers = np.array([self.series.setdefault(item, len(self.series)) if item else 0 for item in series])
        filled = rows & ~np.isnan(values)
        taken = np.flatnonzero(filled & has_series)
        self.figures.append(Figures(taken, numbers[which[taken]], values[taken]))
        return np.flatnonzero(filled & ~has_series & (values != 0))

    def _of_one_currency(self, cells: Cells, currencies: Sequence[str]) -> Mask:
        """Rows whose money is in one currency: the plan's where several are named; the others are refused."""
        of_cell = np.array(currencies, dtype=object)[cells.codes]
        column = self._currency_column()
        if column is not None:
            texts = np.array([text.upper() for text in column.texts], dtype=object)[column.codes]
            of_cell = np.where(of_cell == "", texts, of_cell)
        named = set(of_cell.tolist()) - {""}
        if len(named) < 2:
            self.currencies |= named - {"$"}
            return np.ones(len(of_cell), dtype=bool)
        own = self.names.plan.currency
        other = ~np.isin(of_cell, ["", own, *("$" for _ in own if own.endswith("D") and own not in named)])
        filled = np.array([text != "" for text in cells.texts], dtype=bool)[cells.codes]

        def reason(row: int) -> tuple[str, str]:
            what = f"The amount is in {str(of_cell[row])[:10]}; others of the column are in another currency."
            return what, f"Convert the amounts to {own}, or leave those rows out."

        self._refuse(np.flatnonzero(other & filled), cells.header, reason)
        return ~other

    def _currency_column(self) -> Cells | None:
        """The column that names the currency of each row, if there is one."""
        for cells in self.sheet.columns:
            texts = [text for text in cells.texts if text]
            if texts and plain(cells.header) in CURRENCY_HEADERS and all(map(currency_of, texts)):
                return cells
        return None

    def _take_wide(self, rows: Mask, channels: PerRow[str]) -> None:
        columns = zip(self.sheet.columns, self.mapping.columns, strict=True)
        figures = [(cells, header, meaning) for cells, (header, meaning) in columns if self._is_figure(meaning)]
        owners = self._owners([meaning for _, _, meaning in figures], channels.values)
        for cells, header, meaning in figures:

            def reason(row: int, meaning: str = meaning) -> tuple[str, str]:
                return self._no_figure(channels.values[channels.index[row]], meaning)

            wanted = [
                None if self._names_another(channel, header, meaning) else self._series_of(channel, meaning)
                for channel in channels.values
            ]
            series = [item if item and owners.get(item) == meaning else None for item in wanted]
            bill = meaning.rpartition(".")[2] == "cost"
            self._refuse(self._take(cells, rows, series, channels.index, bill=bill), header, reason)

    def _names_another(self, channel: str, header: str, meaning: str) -> bool:
        """Whether a guessed header names another channel than its row does."""
        if header in self.by_hand or self._column("channel") is None:
            return False
        owner = meaning.partition(".")[0] if "." in meaning else channel
        return UNATTRIBUTED not in (owner, channel) and owner != channel

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
            pairs = numbered(np.ravel_multi_index((channel, stages.codes), shape), math.prod(shape))
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

    def _in_own_money(self, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """The facts, without money in another currency than the plan's, unless it was said to be used as it is."""
        own = self.names.plan.currency
        foreign = sorted(self.currencies - {own})
        if not foreign or own in self.currencies or not any(fact.name in MONEY_NAMES for fact in facts):
            return facts
        answer = self.answers.value(CURRENCY)
        if answer is None:
            self.questions.append(UploadQuestion("currency", ", ".join(foreign), (AS_IS, IGNORED), own))
        return tuple(fact for fact in facts if answer != IGNORED or fact.name not in MONEY_NAMES)

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
        groups = numbered(position, math.prod(shape))
        unique = np.array([item.name in UNIQUES for item in self.series], dtype=bool)[series]
        if unique.any() and not self.adds_up:  # persons and accounts do not add up over campaigns
            once = np.bincount(groups.index)[groups.index] == 1
            if not (once | ~unique).all():
                self.not_added_up = int((~once & unique).sum())
                rows, series, values, position = (part[once | ~unique] for part in (rows, series, values, position))
                groups = numbered(position, math.prod(shape))
        self.added_up = len(position) - len(groups.distinct)
        if len(groups.distinct) > MOST_FACTS:
            what = f"The file has {len(groups.distinct):,} separate figures; at most {MOST_FACTS:,} can be kept."
            self._refuse_file(what, "Sum them by day or by month first.")
            return ()
        sums = np.bincount(groups.index, weights=values)
        source_of, period_of_sum, series_of = np.unravel_index(groups.distinct, shape)
        every = list(self.series)
        below = (sums < 0) & np.array([item.name not in MONEY_NAMES for item in every])[series_of]
        if below.any():
            self._refuse(np.flatnonzero(np.bincount(rows[below[groups.index]])), None, lambda _: _BELOW_ZERO)
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


def _without_a_year(text: str) -> str:
    raise BadActuals(f"“{text[:40]}” has no year.", mend="Write days with their year, such as 2027-01-31.")


def _ranges(starts: Cells, ends: Cells) -> Cells:
    """The first and the last days of ranges as one column."""
    shape = (len(starts.texts), len(ends.texts))
    pairs = numbered(np.ravel_multi_index((starts.codes, ends.codes), shape), math.prod(shape))
    start_of, end_of = np.unravel_index(pairs.distinct, shape)
    texts = [
        f"{starts.texts[start]} – {ends.texts[end]}" if ends.texts[end] else starts.texts[start]
        for start, end in zip(start_of.tolist(), end_of.tolist(), strict=True)
    ]
    return Cells(starts.header, tuple(texts), pairs.index.astype(np.int32))


def _without_months_to_come(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts without the zeros after the last month in which anything was reported: those days are to come."""
    last = max((last_day(last_day(fact.period).isoformat()[:7]) for fact in facts if fact.value), default=dt.date.max)
    return tuple(fact for fact in facts if last_day(fact.period) <= last)


def _unescaped(text: str) -> str:
    """A text without the mark that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if re.match(r"'[=+@'-]", text) else text
