"""Event rows by the million as actuals: counted where they live, and only the counts read, as a small file is read.

The engine parts rows by their cells (`rollup_query`); what cells mean is decided here, by the same tables and words as
for small files, on the distinct cells that came back. So both readers agree to the last count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from planner.actuals.events import CountedSheet, counted_columns, joined, role_columns
from planner.actuals.formats import Counted, Recognised, bare, counted_once, names_events, tell_events
from planner.actuals.left_out import marks_deleted
from planner.actuals.mapping import ColumnMapping
from planner.actuals.matching import PlanNames, plan_names
from planner.actuals.numbers import could_be_either, decimal_sign_in
from planner.actuals.once import PeriodOf
from planner.actuals.questions import Answers, UploadQuestion
from planner.actuals.reading import Given, Upload, figures_of, recognise
from planner.actuals.rollup_counts import BlockCounts
from planner.actuals.rollup_query import Events, Grouping, groups, ids_told
from planner.actuals.rollup_rows import Texts
from planner.actuals.sheet import Cells, Sheet
from planner.errors import BadActuals
from planner.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST_GROUPS", "NoEvents", "roll_up"]

MOST_GROUPS = 1_000_000
_ROUNDS = 3  # in which what the rows turn out to hold may name further columns
_NO_EVENTS = "The rows are no events that can be counted."
_MEND = "They need a date, a status as calls, messages, leads and deals have, and a channel, named or given."


class NoEvents(BadActuals):
    """Rows that are no events; `head` is what their first ones say, with what could be asked about them."""

    def __init__(self, head: Upload) -> None:
        super().__init__(_NO_EVENTS, mend=_MEND)
        self.head = head


def roll_up(
    events: Events, head: Sheet, plan: Plan, *, mapping: ColumnMapping | None = None, answers: Answers | None = None,
    as_of: dt.date | None = None, encoding: str = "",
) -> Upload:  # fmt: skip
    """What event rows say of the plan's channels, as `understand` would of a small file; `head` are their first rows.

    BadActuals where they are no events, or a column parts them into more than MOST_GROUPS kinds.
    """
    names, given = plan_names(plan), Given(mapping or ColumnMapping(), answers or Answers(), as_of)
    counting = _Counting(events, given.mapping.decimal)
    sheet = head
    for _ in range(_ROUNDS):
        recognised, _ = recognise(sheet, names, given)
        if recognised is None or not recognised.export.counts:
            raise NoEvents(figures_of(head, names, given, encoding))
        needed = _groupings(sheet, counting.once(recognised, sheet), names, given.mapping.decimal)
        if set(needed) <= counting.frames.keys():
            break
        for by in needed:
            counting.group(by)
        sheet = _distinct_cells(head, [(by, counting.frames[by]) for by in needed])
    read_here = replace(given, mapping=replace(given.mapping, decimal=""), count=counting.counted)
    upload = figures_of(sheet, names, read_here, encoding)
    every = tuple(replace(refusal, line=refusal.line or None) for refusal in upload.refused)
    questions = (*upload.questions, *_signs_asked(head, counting))
    columns = replace(upload.mapping, decimal=given.mapping.decimal)
    return replace(
        upload, rows=counting.rows, refused=every, questions=questions, mapping=columns, separator=head.separator
    )


def _signs_asked(head: Sheet, counting: _Counting) -> list[UploadQuestion]:
    """What has to be asked about amounts that can be read in two ways."""
    signs = {header for by in counting.frames for header, _ in by.amounts} if not counting.decimal else set()
    cells = [column for column in head.columns if bare(column.header) in signs and not decimal_sign_in(column.texts)]
    pairs = [(column.header, could_be_either(column.texts)) for column in cells]
    return [UploadQuestion("decimal", header, (".", ","), either) for header, either in pairs if either]


# -- what has to be told apart ----------------------------------------------------------------------------------------


def _groupings(sheet: Sheet, recognised: Recognised, names: PlanNames, decimal: str) -> list[Grouping]:
    """By what rows must be told apart for each column of days; `decimal` is the sign that was given, "" for none."""
    headers = {bare(cells.header): cells for cells in sheet.columns}
    columns = counted_columns(recognised, headers, names)
    if not columns:
        raise BadActuals(_NO_EVENTS, mend=_MEND)
    flags = [bare(cells.header) for cells in sheet.columns if marks_deleted(cells.header)]
    kept = [bare(cells.header) for cells, _ in role_columns(sheet, recognised)] + flags
    export = recognised.export
    kept += [bare(header) for header in (export.account, export.holding and export.holding[0]) if header]
    kept = [header for header in kept if header in headers]
    return [
        _grouping(dates, [column.counted for column in columns if column.dates == dates], kept, headers, decimal)
        for dates in dict.fromkeys(column.dates for column in columns)
    ]


def _grouping(
    dates: str, rules: list[Counted], kept: list[str], headers: Mapping[str, Cells], decimal: str
) -> Grouping:
    """By what the rows of one column of days must be told apart, for all that is counted by its days."""
    texts = [*kept, *(bare(header) for rule in rules for header, _ in (*rule.where, *rule.among))]
    limits: dict[str, set[float]] = {}
    for rule in rules:
        if rule.at_least:
            limits.setdefault(bare(rule.at_least[0]), set()).add(rule.at_least[1])
    ids = [bare(header) for rule in rules for header in (rule.once, rule.person) if header and bare(header) in headers]
    amounts = {
        bare(rule.value): decimal or decimal_sign_in(headers[bare(rule.value)].texts) or "."
        for rule in rules
        if rule.value
    }
    return Grouping(
        dates if dates in headers else "",
        tuple(dict.fromkeys(texts)),
        tuple((header, tuple(sorted(least))) for header, least in sorted(limits.items())),
        tuple(dict.fromkeys(ids)),
        tuple(amounts.items()),
    )


def _distinct_cells(head: Sheet, frames: list[tuple[Grouping, pd.DataFrame]]) -> Sheet:
    """A sheet with a row for each group, that has every distinct cell of the columns that tell them apart."""
    import pandas as pd

    rows = sum(len(frame) for _, frame in frames)
    columns = []
    for cells in head.columns:
        header = bare(cells.header)
        parts: list[pd.Series[str]] = []
        for by, frame in frames:
            key = "day" if header == by.dates else by.key(header) if header in by.texts else ""
            parts.append(frame[key] if key else pd.Series([cells.texts[0] if cells.texts else ""]).repeat(len(frame)))
        if any(header == by.dates or header in by.texts for by, _ in frames):
            columns.append(Texts(pd.concat(parts, ignore_index=True)).cells(cells.header, cells.texts))
        else:
            columns.append(replace(cells, codes=np.zeros(rows, np.int32), texts=cells.texts or ("",)))
    return replace(head, columns=tuple(columns), lines=np.zeros(rows, np.int32), odd=())


@dataclass
class _Counting:
    """The groups that the engine has counted so far, and the stages made of them."""

    events: Events
    decimal: str
    frames: dict[Grouping, pd.DataFrame] = field(default_factory=dict)
    rows: int = 0
    asked: bool = False
    ids: str | None = None  # the column of ids under which events come twice

    def once(self, recognised: Recognised, sheet: Sheet) -> Recognised:
        """The export with events counted once an id, where any come twice; the engine is asked the first time."""
        apart = all(counted.person or counted.once for counted in recognised.export.counts)
        headers = [bare(cells.header) for cells in sheet.columns if names_events(cells.header)]
        if headers and not apart and not self.asked:
            self.ids, self.asked = self._repeated(headers), True
        return counted_once(recognised, self.ids)

    def _repeated(self, headers: list[str]) -> str | None:
        """The first column of ids of events, unless each comes but once."""
        tallies = self.events.read(ids_told(self.events, headers)).iloc[0]
        for i, header in enumerate(headers):
            rows, filled, distinct = (int(tallies[name]) for name in ("n", f"f{i}", f"d{i}"))
            if tell_events(distinct + (filled < rows), rows):
                return header if distinct < filled else None
        return None

    def group(self, by: Grouping) -> None:
        """Has the engine count the groups, unless they are counted already."""
        if by not in self.frames:
            frame = self.events.read(groups(self.events, by).limit(MOST_GROUPS + 1))
            if len(frame) > MOST_GROUPS:
                what = f"The rows fall into more than {MOST_GROUPS:,} kinds."
                raise BadActuals(what, mend="Check which column holds the date and which the status.")
            self.frames[by] = frame
            self.rows = int(frame["n"].sum())

    def counted(self, sheet: Sheet, recognised: Recognised, names: PlanNames, period: PeriodOf) -> CountedSheet:
        """The stages by day, as `counted_sheet` counts them row by row."""
        headers = {bare(cells.header): cells for cells in sheet.columns}
        recognised = self.once(recognised, sheet)
        columns = counted_columns(recognised, headers, names)
        roles = [bare(cells.header) for cells, _ in role_columns(sheet, recognised)]
        blocks = []
        for by in _groupings(sheet, recognised, names, self.decimal):
            self.group(by)
            stages = [column for column in columns if (column.dates if column.dates in headers else "") == by.dates]
            blocks.append(BlockCounts(self.events, by, self.frames[by], roles, stages, period).block())
        return joined(sheet, recognised, columns, blocks)
