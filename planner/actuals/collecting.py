"""One file on its way to facts: rows placed, figures taken, and those of one series and period added up."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np

from planner.actuals.actuals import MONEY_NAMES, Actuals, Fact, last_day
from planner.actuals.facts import UNIQUES
from planner.actuals.rows import PerRow, numbered
from planner.actuals.taking import FigureTaker
from planner.words import begins_formula

__all__ = ["Collector"]

MOST_FACTS = 300_000
_BELOW_ZERO = (
    "The counts of this stage and period add up to less than 0.",
    "A count is 0 or more: check the negative rows.",
)


class Collector(FigureTaker):
    """Reads a sheet by its mapping. After `actuals`, what was refused and what is worth a note stands here."""

    def actuals(self, source: str, as_of: dt.date | None) -> Actuals | None:
        """The facts of all that can be taken; None where that is nothing."""
        if not len(self.sheet.lines) and not self.sheet.odd:
            self._refuse_file("There are no rows below the header.", "Add at least one row of figures.")
        rows = self._rows_without_totals()
        periods = self._periods(rows)
        if not (self.mapping.header("period") or self.answers.month):  # which is asked, where there are figures
            figures = any(self._is_figure(meaning) for _, meaning in self.mapping.columns)
            if not figures and self.mapping.shape != "long":
                self._refuse_file("The file has no figures.", "Fill in at least one count.")
            return None
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
        rows &= ~cells.blank
        days = self._look_up(cells, rows, self._period)
        return max((last_day(days.values[i]) for i in np.unique(days.index[rows & days.known])), default=None)


def _without_months_to_come(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts without the zeros after the last month in which anything was reported: those days are to come."""
    filled = {fact.period for fact in facts if fact.value}
    last = max((last_day(last_day(period).isoformat()[:7]) for period in filled), default=dt.date.max)
    to_come = {period for period in {fact.period for fact in facts} if last_day(period) > last}
    return tuple(fact for fact in facts if fact.period not in to_come) if to_come else facts


def _unescaped(text: str) -> str:
    """A text without the mark that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if text[:1] == "'" and (begins_formula(text[1:]) or text[1:2] == "'") else text
