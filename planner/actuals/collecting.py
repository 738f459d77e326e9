"""One file on its way to facts: rows and cells taken, refused or left out, and figures of one place added up."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.actuals.actuals import MONEY_NAMES, SHARED, Actuals, Fact, last_day
from planner.actuals.dates import period_of
from planner.actuals.mapping import Mapping
from planner.actuals.matching import IGNORED, Names
from planner.actuals.numbers import currency_in, figures
from planner.actuals.sheet import Cells, Sheet
from planner.actuals.vocabulary import ROLES
from planner.errors import BadActuals

__all__ = ["MOST_REFUSED", "Ledger", "Refusal", "Stream"]

MOST_REFUSED, MOST_FACTS, MOST_NAMES = 500, 300_000, 10_000
_TOTAL = re.compile(
    r"(?:grand |sub-?)?(?:totals?|sums?|summe|gesamt(?:summe|ergebnis)?|insgesamt|totaux|totale|suma|somme|all)"
    r"(?: channels)?(?:\s*[:–-].*)?",
    re.IGNORECASE,
)
Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]
Why = Callable[[int], tuple[str, str]]  # what is wrong with a row, and the mend
Place = tuple[str, str]  # channel and figure


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


class Stream(NamedTuple):
    """The figures of one column: the rows that hold one, the number of each one's place, and the figure; (figures,)."""

    rows: Whole
    places: Whole
    values: NDArray[np.float64]


class Ledger:
    """Reads a sheet by its mapping. After `actuals`, what was refused and what is worth telling stands here."""

    def __init__(self, sheet: Sheet, mapping: Mapping, names: Names) -> None:
        self.sheet, self.mapping, self.names = sheet, mapping, names
        self.refused: list[Refusal] = []
        self.more = 0  # refusals beyond those listed
        self.totals = 0  # rows of totals left out
        self.repeated = 0  # figures added to another of the same place and period
        self.currencies: set[str] = set()
        self.places: dict[Place, int] = {}
        self.streams: list[Stream] = []
        self.rows_taken: Whole = np.zeros(0, np.int64)

    def actuals(self, source: str, as_of: dt.date | None) -> Actuals | None:
        """The facts of all that can be taken; None where that is nothing."""
        if not len(self.sheet.lines) and not self.sheet.odd:
            self._refuse_file("No row stands below the header.", "Add at least one row of figures.")
        taken = self._without_totals()
        periods, period = self._periods(taken)
        taken &= period >= 0
        channels, channel = self._channels(taken)
        taken &= channel >= 0
        if taken.any():
            read = self._long if self.mapping.shape == "long" else self._wide
            read(taken, channels, channel)
        facts = self._facts(periods, period, source)
        if not facts:
            if not self.refused:
                self._refuse_file("The file holds no figures.", "Fill in at least one count.")
            return None
        return Actuals(as_of or self._known_on() or max(last_day(fact.period) for fact in facts), facts)

    # -- rows ---------------------------------------------------------------------------------------------------------

    def _cells(self, meaning: str) -> Cells | None:
        header = self.mapping.header(meaning)
        return next((cells for cells in self.sheet.columns if cells.header == header), None) if header else None

    def _refuse(self, rows: Whole, column: str | None, why: Why) -> None:
        room = max(0, MOST_REFUSED - len(self.refused))
        self.more += max(0, len(rows) - room)
        for row in rows[:room].tolist():
            self.refused.append(Refusal(int(self.sheet.lines[row]), column, *why(row)))

    def _refuse_file(self, what: str, mend: str) -> None:
        self.refused.append(Refusal(self.sheet.header_line, None, what, mend))

    def _without_totals(self) -> Mask:
        """Rows that are no totals; those that do not fit the header are refused."""
        taken = np.ones(len(self.sheet.lines), dtype=bool)
        roles = [self._cells(role) for role in ("period", "channel", "stage")]
        for cells in {cells.header: cells for cells in (*roles, *self.sheet.columns[:1]) if cells}.values():
            taken &= ~_per_row(cells, [_TOTAL.fullmatch(text) is not None for text in cells.texts], bool)
        self.totals = int((~taken).sum())
        for odd in self.sheet.odd:
            if _TOTAL.fullmatch(odd.cells[0].strip() if odd.cells else ""):
                self.totals += 1
            elif len(self.refused) < MOST_REFUSED:
                self.refused.append(Refusal(odd.line, None, odd.what, odd.mend))
            else:
                self.more += 1
        return taken

    def _look_up(self, cells: Cells, taken: Mask, read: Callable[[str], str]) -> tuple[list[str], Whole]:
        """What `read` makes of a column, and for each row which of it; −1, and a refusal, where it raises."""
        found: dict[str, int] = {}
        bad: dict[int, tuple[str, str]] = {}
        index = []
        for code, text in enumerate(cells.texts):
            try:
                index.append(found.setdefault(read(text), len(found)))
            except BadActuals as error:
                index.append(-1)
                bad[code] = (error.what, error.mend)
                if len(bad) > MOST_NAMES:
                    self._refuse_file(f"Column “{cells.header}” is not what it was taken for. {error.what}", error.mend)
                    return [], np.full(len(taken), -1)
        at = _per_row(cells, index)
        if bad:
            self._refuse(np.flatnonzero(taken & (at < 0)), cells.header, lambda row: bad[int(cells.codes[row])])
        return list(found), at

    def _period(self, text: str) -> str:
        return period_of(text, self.mapping.order, self.names.plan.locale)

    def _periods(self, taken: Mask) -> tuple[list[str], Whole]:
        """The periods of the file, and for each row which."""
        cells = self._cells("period")
        if cells:
            return self._look_up(cells, taken, self._period)
        if not self.mapping.period:
            self._refuse_file("No column holds a date.", "Say which column does, or which month the file is of.")
            return [], np.full(len(taken), -1)
        try:
            return [self._period(self.mapping.period)], np.zeros(len(taken), np.int64)
        except BadActuals as error:
            self._refuse_file(error.what, error.mend)
            return [], np.full(len(taken), -1)

    def _channels(self, taken: Mask) -> tuple[list[str | None], Whole]:
        """The channels of the file (None: nothing names one), and for each row which."""
        cells = self._cells("channel")
        if cells is None:
            return [self.mapping.channel or None], np.zeros(len(taken), np.int64)
        found, at = self._look_up(cells, taken, self._channel)
        return [*found], at

    def _channel(self, text: str) -> str:
        key = self.names.channel(text)
        if key is None:
            mend = f"Name a channel of the plan: {self.names.near_channels(text)}."
            raise BadActuals(f"“{text[:40]}” is no channel of the plan.", mend=mend)
        return key

    # -- figures ------------------------------------------------------------------------------------------------------

    def _table(self, places: list[Place | None]) -> Whole:
        """The number of each place, −1 for none."""
        return np.array([-1 if p is None else self.places.setdefault(p, len(self.places)) for p in places] or [-1])

    def _take(self, cells: Cells, taken: Mask, place: Whole) -> Whole:
        """Takes a column of figures; the rows whose figure has no place and is not 0 come back."""
        read = figures(cells.texts, self.mapping.decimal)
        self.currencies |= {*read.currencies, currency_in(cells.header)} - {""}
        if read.bad:
            wrong = taken & _per_row(cells, [code in read.bad for code in range(len(cells.texts))], bool)
            self._refuse(np.flatnonzero(wrong), cells.header, lambda row: read.bad[int(cells.codes[row])])
        values = _per_row(cells, read.values, float)
        told = taken & ~np.isnan(values)
        rows = np.flatnonzero(told & (place >= 0))
        self.streams.append(Stream(rows, place[rows], values[rows]))
        return np.flatnonzero(told & (place < 0) & (values != 0))

    def _wide(self, taken: Mask, channels: list[str | None], channel: Whole) -> None:
        for cells, (header, meaning) in zip(self.sheet.columns, self.mapping.columns, strict=True):
            if meaning in (IGNORED, *ROLES):
                continue

            def why(row: int, meaning: str = meaning) -> tuple[str, str]:
                return self._no_figure(channels[channel[row]], meaning)

            places = self._table([self._wide_place(key, meaning) for key in channels])
            self._refuse(self._take(cells, taken, places[channel]), header, why)

    def _wide_place(self, channel: str | None, meaning: str) -> Place | None:
        if "." in meaning:
            return self.names.path(meaning)
        figure = self.names.figure(channel or SHARED, meaning)
        return (channel or SHARED, figure) if figure else None

    def _long(self, taken: Mask, channels: list[str | None], channel: Whole) -> None:
        stages, counts = self._cells("stage"), self._cells("count")
        if stages and len(stages.texts) > MOST_NAMES:
            what = f"Column “{stages.header}” holds {len(stages.texts):,} names."
            self._refuse_file(what, "Say which column is the stage.")
        elif stages and counts:
            many = len(stages.texts)
            pairs, at = _packed(channel * taken * many + stages.codes, len(channels) * many)
            split = [divmod(pair, many) for pair in pairs.tolist()]
            places = self._table([self.names.place(channels[c], stages.texts[s]) for c, s in split])

            def why(row: int) -> tuple[str, str]:
                return self._no_figure(channels[channel[row]], stages.texts[stages.codes[row]])

            self._refuse(self._take(counts, taken, places[at]), stages.header, why)
        for name in MONEY_NAMES:
            if cells := self._cells(name):
                places = self._table([(key or SHARED, name) for key in channels])
                self._take(cells, taken, places[channel])

    def _no_figure(self, channel: str | None, text: str) -> tuple[str, str]:
        label = self.names.labels[channel or SHARED]
        what = f"“{text[:40]}” is no figure of {label}." if text else "The stage is empty."
        return what, f"Name one of {self.names.near_figures(channel, text)}."

    # -- facts --------------------------------------------------------------------------------------------------------

    def _facts(self, periods: list[str], period: Whole, source: str) -> tuple[Fact, ...]:
        """One fact for each source, period and place: figures of several rows add up."""
        if not any(len(stream.rows) for stream in self.streams):
            return ()
        rows, places, values = (np.concatenate(part) for part in zip(*self.streams, strict=True))
        self.rows_taken = np.flatnonzero(np.bincount(rows))
        origins, origin = self._origins(source)
        keys = (origin[rows] * len(periods) + period[rows]) * len(self.places) + places
        unique, at = _packed(keys, len(origins) * len(periods) * len(self.places))
        self.repeated = len(keys) - len(unique)
        if len(unique) > MOST_FACTS:
            what = f"The file holds {len(unique):,} separate figures; {MOST_FACTS:,} can be kept."
            self._refuse_file(what, "Sum them by day or by month first.")
            return ()
        sums, where = np.bincount(at, weights=values), list(self.places)
        money = np.array([name in MONEY_NAMES for _, name in where])[unique % len(where)]
        below = (sums < 0) & ~money
        if below.any():
            self._refuse(np.flatnonzero(np.bincount(rows[below[at]])), None, lambda _: _BELOW)
        facts = []
        for key, value in zip(unique[~below].tolist(), sums[~below].tolist(), strict=True):
            rest, place = divmod(key, len(where))
            told, when = divmod(rest, len(periods))
            channel, name = where[place]
            facts.append(Fact(origins[told], periods[when], channel, name, value))
        return tuple(facts)

    def _origins(self, source: str) -> tuple[list[str], Whole]:
        """The sources of the file, and for each row which."""
        cells = self._cells("source")
        if cells is None:
            return [source], np.zeros(len(self.sheet.lines), np.int64)
        every = np.ones(len(self.sheet.lines), dtype=bool)
        return self._look_up(cells, every, lambda text: _unescaped(text) or source)

    def _known_on(self) -> dt.date | None:
        """The last day that a column of the rows taken says."""
        cells = self._cells("as_of")
        if cells is None:
            return None
        taken = np.zeros(len(self.sheet.lines), dtype=bool)
        taken[self.rows_taken] = True
        taken &= _per_row(cells, [text != "" for text in cells.texts], bool)
        days, at = self._look_up(cells, taken, self._period)
        return max((last_day(days[i]) for i in np.unique(at[taken & (at >= 0)])), default=None)


_BELOW = ("The counts of this stage and period come to less than 0.", "A count is 0 or more: look at the corrections.")


def _per_row(cells: Cells, of: Any, kind: type = int) -> Any:
    """A value of each distinct cell, as a value of each row."""
    return np.asarray(of, dtype=kind)[cells.codes]


def _packed(keys: Whole, size: int) -> tuple[Whole, Whole]:
    """The distinct keys (below `size`), and for each key which of them it is."""
    if size > 10_000_000:
        unique, at = np.unique(keys, return_inverse=True)
        return unique, at
    unique = np.flatnonzero(np.bincount(keys, minlength=size))
    number = np.empty(size, np.int64)
    number[unique] = np.arange(len(unique))
    return unique, number[keys]


def _unescaped(text: str) -> str:
    """A text without the mark that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if re.match(r"'[=+@'-]", text) else text
