"""Bytes to actuals: what a file says, what has to be asked about it, and what was refused by line and column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from planner import words
from planner.actuals.actuals import Actuals, last_day
from planner.actuals.collecting import Collector
from planner.actuals.dates import is_period, month_number, period_of
from planner.actuals.events import counted_sheet
from planner.actuals.facts import Timing
from planner.actuals.formats import KnownExport, Recognised, recognised, speaking_rows
from planner.actuals.key_values import key_values
from planner.actuals.known_exports import KNOWN_EXPORTS
from planner.actuals.likely import likely_calls, likely_deals, likely_statuses
from planner.actuals.mapping import ColumnMapping, guess
from planner.actuals.matching import IGNORED, PlanNames, plan_names
from planner.actuals.notes import remarks
from planner.actuals.questions import Answers, Remark, UploadQuestion
from planner.actuals.reshaping import months_without_year, reshaped
from planner.actuals.rows import Refusal
from planner.actuals.running import from_running_totals, only_growing
from planner.actuals.sheet import Sheet, decoded, sheet
from planner.actuals.timings import timings
from planner.actuals.vocabulary import COLUMN_WORDS
from planner.actuals.workbook import is_workbook, workbook_text
from planner.calendar import month_keys
from planner.errors import BadActuals
from planner.plan import Plan

__all__ = ["Answers", "ColumnMapping", "Refusal", "UnknownWord", "Upload", "read_actuals", "understand"]

_MOST_WORDS = 8  # that are offered to be matched by hand


@dataclass(frozen=True)
class UnknownWord:
    """A word in the place of a channel that names none; `nearest` is the key of the channel it may mean, or ""."""

    text: str
    nearest: str


@dataclass(frozen=True)
class Upload:
    """What was understood of a file. `actuals` is None where nothing in it could be used.

    `columns` are the headers, `rows` how many rows were taken; `refused` lists cells and rows left out, in order of
    lines. While there are `questions`, the actuals are a guess. `recognised` is the tool and account whose export it
    is; `unknown` are words in the place of a channel that can be matched by hand.
    """

    actuals: Actuals | None
    mapping: ColumnMapping
    columns: tuple[str, ...] = ()
    separator: str = ""
    encoding: str = ""
    rows: int = 0
    refused: tuple[Refusal, ...] = ()
    remarks: tuple[Remark, ...] = ()
    questions: tuple[UploadQuestion, ...] = ()
    recognised: str | None = None
    unknown: tuple[UnknownWord, ...] = ()


def read_actuals(
    data: bytes,
    plan: Plan,
    *,
    mapping: ColumnMapping | None = None,
    answers: Answers | None = None,
    as_of: dt.date | None = None,
) -> Actuals:
    """The actuals in a file, all of it or nothing: BadActuals with line, column and mend for the first thing refused.

    Where the file leaves a question open, such as the month of a file without dates, the answers or the mapping have to
    say it.

    >>> from planner import starter
    >>> from planner.actuals.reading import Answers, read_actuals
    >>> plan = starter("email")
    >>> actuals = read_actuals(b"sent,replied\\n1000,12\\n", plan, answers=Answers(month="2027-01"))
    >>> float(actuals.count("email.replied", plan)[0])
    12.0
    """
    upload = understand(data, plan, mapping=mapping, answers=answers, as_of=as_of)
    if upload.refused:
        raise upload.refused[0].error()
    if upload.questions:
        raise upload.questions[0].error()
    if upload.actuals is None:
        raise BadActuals("The file has no figures.", mend="Fill in at least one count.")
    return upload.actuals


def understand(
    data: bytes,
    plan: Plan,
    *,
    mapping: ColumnMapping | None = None,
    answers: Answers | None = None,
    as_of: dt.date | None = None,
    exports: Iterable[KnownExport] = KNOWN_EXPORTS,
) -> Upload:
    """What a file says of the plan's channels: every good cell is taken, every other one refused by line and column.

    `mapping` says what columns are; what it leaves open is guessed. `as_of` is the day up to which the figures are
    known: the last day of the last period where nothing says. `exports` are the files of tools that are recognised by
    their columns.
    """
    names, answers, mapping = plan_names(plan), answers or Answers(), mapping or ColumnMapping()
    encoding, asked = "", None
    try:
        if is_workbook(data):
            workbook = workbook_text(data, answers.sheet)
            encoding, content, asked = "workbook", workbook.text, workbook.question
        else:
            text = decoded(data)
            encoding, content = text.encoding, text.text
        table = key_values(content) or sheet(
            content, lambda header: _is_known(names, header), lambda cell: _is_date(names, cell)
        )
        table = reshaped(table, names, answers.year or "")
    except BadActuals as error:
        refusal = Refusal(error.line, error.column, error.what, error.mend)
        questions = (asked,) if asked else ()
        return Upload(None, mapping, encoding=encoding, refused=(refusal,), questions=questions)
    return _read(table, names, _Given(mapping, answers, as_of, tuple(exports)), encoding, asked)


@dataclass(frozen=True)
class _Given:
    """What the reader of a file was told."""

    mapping: ColumnMapping
    answers: Answers
    as_of: dt.date | None
    exports: tuple[KnownExport, ...]


def _read(table: Sheet, names: PlanNames, given: _Given, encoding: str, asked: UploadQuestion | None) -> Upload:
    """The figures of a sheet."""
    headers = tuple(cells.header for cells in table.columns)
    known = recognised(table, names, given.exports)
    questions: tuple[UploadQuestion, ...] = (asked,) if asked else ()
    if months_without_year(table, names):
        questions = (*questions, UploadQuestion("year", options=_years(names)))
    if known is None and not given.mapping.columns:
        known = likely_deals(table, names) or likely_calls(table, names)
    if known is None:
        columns, found = guess(table, names, given.mapping, given.answers)
        statuses = None if _figures(columns) else likely_statuses(table, names, given.answers)
        if statuses:
            known, questions = statuses[0], (*questions, *statuses[1])
    if known and known.export.lacks:
        return Upload(None, given.mapping, headers, table.separator, encoding, refused=(_lacking(table, known),))
    counts, answers, whole = bool(known and known.export.counts), given.answers, table
    if known:
        table, mapping = _as_known(table, known, names, given.mapping)
        answers = replace(answers, values=answers.values + known.export.values)
        columns, found = guess(table, names, mapping, answers)
    by_hand = found.by_hand if counts else frozenset(dict(given.mapping.columns))
    collector = Collector(table, columns, names, answers, found.signs, by_hand)
    collector.adds_up = counts
    actuals = collector.actuals(answers.source or (known.source if known else "") or "upload", given.as_of)
    if actuals and known and counts:
        actuals = replace(actuals, timings=_timings(whole, known, names, columns, actuals))
    rows = answers.rows or (known.export.rows if known else None)
    if actuals and rows == "running totals":
        actuals = replace(actuals, facts=from_running_totals(actuals.facts))
    elif actuals and rows is None and (growing := only_growing(actuals.facts)):
        subject = ", ".join(words.in_text(names.meanings().get(name, name)) for name in growing)
        questions = (*questions, UploadQuestion("running", subject, ("totals", "running totals")))
    return Upload(
        actuals,
        columns,
        headers,
        table.separator,
        encoding,
        len(collector.rows_taken),
        tuple(sorted(collector.refused, key=lambda refusal: refusal.line or 0)),
        (*found.remarks, *remarks(collector, actuals)),
        (*questions, *found.questions, *collector.questions),
        (known.source or None) if known else None,
        tuple(
            UnknownWord(word, names.nearest_channel(word)) for word in sorted(collector.unknown_channels)[:_MOST_WORDS]
        ),
    )


def _lacking(table: Sheet, known: Recognised) -> Refusal:
    """Why nothing can be read from a known export."""
    what = f"This export of {known.export.tool} holds {known.export.lacks}."
    return Refusal(table.header_line, None, what, "Export the campaign’s figures by day, or fill in a template.")


def _timings(
    table: Sheet, known: Recognised, names: PlanNames, mapping: ColumnMapping, actuals: Actuals
) -> tuple[Timing, ...]:
    """What event rows say of the time between stages, under the source of their counts."""
    parts = timings(table, known, names, _day_reader(names, mapping), actuals.as_of)
    sources = actuals.sources()
    return tuple(replace(part, source=sources[0]) for part in parts) if len(sources) == 1 else ()


def _years(names: PlanNames) -> tuple[str, ...]:
    """The years of the plan's months."""
    return tuple(dict.fromkeys(month[:4] for month in month_keys(names.plan.start, names.plan.months)))


def _figures(mapping: ColumnMapping) -> bool:
    """Whether any column holds figures."""
    return not {meaning for _, meaning in mapping.columns} <= {IGNORED, *COLUMN_WORDS} - {"count"}


def _as_known(table: Sheet, known: Recognised, names: PlanNames, given: ColumnMapping) -> tuple[Sheet, ColumnMapping]:
    """A known export's sheet, event rows counted, and what its columns mean where nobody said otherwise."""
    by_hand = dict(given.columns)
    columns = tuple((header, by_hand.get(header, meaning)) for header, meaning in known.columns)
    table = speaking_rows(table, known.export)
    if known.export.counts:
        counted = counted_sheet(table, known, names, _day_reader(names, given))
        table, columns = counted.sheet, counted.meanings
    return table, replace(given, columns=columns, channel=given.channel or known.channel)


def _day_reader(names: PlanNames, mapping: ColumnMapping) -> Callable[[str], int]:
    def day(text: str) -> int:
        try:
            return last_day(period_of(text, mapping.order or "day", names.plan.locale)).toordinal()
        except BadActuals:
            return 0

    return day


def _is_date(names: PlanNames, cell: str) -> bool:
    return not cell.isdigit() and (
        is_period(cell, names.plan.locale) or month_number(cell, names.plan.locale) is not None
    )


def _is_known(names: PlanNames, header: str) -> bool:
    return bool(names.roles(header)) or names.meaning(header) is not None
