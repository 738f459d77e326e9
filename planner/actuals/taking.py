"""Figures taken from the cells of placed rows: whose each is, in which currency, and what is none."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from planner.actuals.actuals import MONEY_NAMES, UNATTRIBUTED, Fact
from planner.actuals.matching import IGNORED, plain
from planner.actuals.numbers import currency_in, in_seconds, read_column
from planner.actuals.placing import RowPlacer
from planner.actuals.questions import UploadQuestion
from planner.actuals.rows import Figures, Integers, Mask, PerRow, SeriesKey, numbered
from planner.actuals.sheet import Cells
from planner.actuals.sheet_reader import MOST_NAMES
from planner.actuals.vocabulary import COLUMN_WORDS, CURRENCY_HEADERS
from planner.words import currency_of

__all__ = ["AS_IS", "CURRENCY", "FigureTaker"]

CURRENCY, AS_IS = "(currency)", "as is"  # the word under which it is kept that foreign money is used as it is


class FigureTaker(RowPlacer):
    """Takes the figures of a wide or a long sheet; cells that hold none are refused."""

    def _take(
        self, cells: Cells, rows: Mask, series: Sequence[SeriesKey | None], which: Integers, *, bill: bool = False
    ) -> Integers:
        """Takes a column of figures, row i of series[which[i]]; rows whose figure has no series, and is not 0, return.

        rows and which (rows,). A `bill` of which every sum is below zero is what was paid.
        """
        money = any(item and item.name in MONEY_NAMES for item in series)
        sign = self.mapping.decimal or self.signs.get(cells.header, "")
        timed = any(item and item.name == "talk_seconds" for item in series)
        texts = [in_seconds(text, cells.header) for text in cells.texts] if timed else cells.texts
        column = read_column(texts, sign)
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
        filled = ~cells.blank

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
