"""Which rows of a sheet are facts, and of which period and channel each is."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from planner.actuals.actuals import UNATTRIBUTED
from planner.actuals.dates import period_of, read_as_days
from planner.actuals.left_out import ONE_MORE, is_total_name, left_out
from planner.actuals.matching import IGNORED
from planner.actuals.questions import UploadQuestion
from planner.actuals.repeats import ADDED, LAST, REPEATED, repeats
from planner.actuals.rows import Mask, PerRow, Refusal, numbered
from planner.actuals.sheet import Cells
from planner.actuals.sheet_reader import MOST_REFUSED, SheetReader
from planner.actuals.spans import SPAN, open_span, span_of
from planner.errors import BadActuals

__all__ = ["ABOVE", "BLANK_DATE", "RowPlacer"]

ABOVE = "above"  # the answer that a row without a channel or a date belongs to the one above
BLANK_DATE = "(no date)"  # the word that answer is kept under


class RowPlacer(SheetReader):
    """Finds the rows that are facts, with their periods and channels; what cannot be placed is refused or asked."""

    def _rows_without_totals(self) -> Mask:
        """Rows that are no totals; those that do not fit the header are refused."""
        dropped = left_out(self.sheet, self.mapping, self.names, self.answers)
        self.total_rows, self.deleted_rows = int(dropped.totals.sum()), int(dropped.deleted.sum())
        self.inbound_rows, self.planned_rows = int(dropped.inbound.sum()), int(dropped.planned.sum())
        self.questions += [UploadQuestion("total", text, (IGNORED, ONE_MORE)) for text in dropped.unsure]
        self.questions += [UploadQuestion("target", text, (ONE_MORE, IGNORED)) for text in dropped.doubtful]
        for odd in self.sheet.odd:
            if is_total_name(odd.cells[0].strip() if odd.cells else ""):
                self.total_rows += 1
            elif len(self.refused) < MOST_REFUSED:
                self.refused.append(Refusal(odd.line, None, odd.what, odd.mend))
            else:
                self.more_refused += 1
        return ~dropped.every

    def _once(self, rows: Mask) -> Mask:
        """The rows without those that a later one repeats, as it was answered."""
        again = None if self.adds_up else repeats(self.sheet, self.mapping, rows)
        answer = self.answers.value(REPEATED)
        if again and answer is None:
            reason = f", in several versions of “{again.header}”" if again.header else ", with every cell alike"
            self.questions.append(UploadQuestion("repeated", again.header, (LAST, ADDED), reason))
        return rows & again.last if again and answer != ADDED else rows

    def _period(self, text: str) -> str:
        return period_of(text, self.mapping.order, self.names.plan.locale)

    def _periods(self, rows: Mask) -> PerRow[str]:
        """The period of each row."""
        cells, ends = self._column("period"), self._column("period_end")
        if cells:
            cells = self._dates_above(_ranges(cells, ends) if ends else cells, rows)
            return self._look_up(cells, rows, self._period_reader(cells, rows))
        if not self.answers.month:  # which is asked
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
        likely = "" if self.adds_up else open_span(cells.header, taken, self._period)
        answer = self.answers.value(SPAN) or ""
        if likely and not answer:
            self.questions.append(UploadQuestion("span", cells.header, ("day", likely)))
        spans = span_of(cells.header, taken, self._period, answer)
        return lambda text: spans(self._period(text))

    def _dates_above(self, cells: Cells, rows: Mask) -> Cells:
        """The dates, with those of rows that have none as it was answered: the one above, or none."""
        blank = cells.blank
        named = np.zeros(len(rows), dtype=bool)
        for other in (self._column("channel"), self._column("stage")):
            if other:
                named |= ~other.blank
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
        blank = cells.blank
        if self.elsewhere or not (rows & blank).any():
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
        period, places = self._column("period"), np.flatnonzero(rows)
        first = np.flatnonzero(~blank[places])
        if period is None or len(first) < 2 or first[0] != 0 or len(places) % len(first):
            return False
        if len(set(cells.codes[places[first]].tolist())) < len(first):
            return False
        blocks = np.arange(0, len(places), len(places) // len(first))
        periods = period.codes[places].reshape(len(first), -1)
        whole = np.array_equal(first, blocks) and bool((periods == periods[0]).all())
        return whole and len(set(periods[0].tolist())) == periods.shape[1]

    def _channel(self, text: str) -> str:
        key = (self.answers.value(text) if text else None) or self.names.channel(text)
        if key is None:
            self.unknown_channels.add(text)
        if self.elsewhere and (key is None or not self.names.figure(key, "won")):
            return self.elsewhere  # ads, for one, have no deals of their own
        if key is None:
            near = self.names.near_channels(text) if len(self.unknown_channels) <= MOST_REFUSED else "see above"
            mend = f"Use a channel of the plan: {near}."
            raise BadActuals(f"“{text[:40]}” is not a channel of the plan.", mend=mend)
        return key


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
