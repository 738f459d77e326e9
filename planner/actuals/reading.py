"""Bytes to actuals: what a file says, what has to be asked about it, and what was refused by line and column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from planner import words
from planner.actuals.actuals import Actuals, last_day
from planner.actuals.collecting import Collector
from planner.actuals.dates import is_period, month_number, order_of, period_of
from planner.actuals.dates_apart import periods_without_year
from planner.actuals.deal_sources import by_source
from planner.actuals.events import CountedSheet, counted_sheet
from planner.actuals.facts import Timing
from planner.actuals.formats import KnownExport, Recognised, bare, recognised, speaking_rows
from planner.actuals.header_words import ACTUAL, PLANNED
from planner.actuals.key_values import key_values
from planner.actuals.known_exports import KNOWN_EXPORTS
from planner.actuals.likely import likely_calls, likely_deals, likely_statuses
from planner.actuals.mapping import ColumnMapping, guess, usual_order
from planner.actuals.matching import IGNORED, PlanNames, plain, plan_names
from planner.actuals.months_across import months_without_year
from planner.actuals.notes import remarks
from planner.actuals.once import PeriodOf
from planner.actuals.questions import Answers, Remark, UploadQuestion
from planner.actuals.reshaping import reshaped
from planner.actuals.rows import Refusal
from planner.actuals.running import from_running_totals, only_growing
from planner.actuals.sheet import Sheet, decoded, sheet
from planner.actuals.timings import timings
from planner.actuals.vocabulary import COLUMN_WORDS
from planner.actuals.workbook import is_workbook, workbook_text
from planner.calendar import month_keys
from planner.errors import BadActuals
from planner.plan import Plan

__all__ = [
    "Answers", "ColumnMapping", "Given", "Refusal", "UnknownWord", "Upload", "actuals_in", "figures_of", "header_tests",
    "read_actuals", "recognise", "understand",
]  # fmt: skip

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
    return actuals_in(understand(data, plan, mapping=mapping, answers=answers, as_of=as_of))


def actuals_in(upload: Upload) -> Actuals:
    """The actuals of an upload of which nothing was refused and nothing is left to ask; BadActuals for any other."""
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

    >>> from planner import starter
    >>> upload = understand(b"period,channel,sent\\n2027-01,E-mail,7800\\n2027-02,E-mail,many\\n", starter("email"))
    >>> [fact.value for fact in upload.actuals.facts]
    [7800.0]
    >>> [(refusal.line, refusal.column, refusal.what) for refusal in upload.refused]
    [(3, 'sent', '“many” is not a number.')]
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
        table = key_values(content) or sheet(content, *header_tests(names))
        table = reshaped(table, names, answers.year or "")
    except BadActuals as error:
        refusal = Refusal(error.line, error.column, error.what, error.mend)
        questions = (asked,) if asked else ()
        return Upload(None, mapping, encoding=encoding, refused=(refusal,), questions=questions)
    return figures_of(table, names, Given(mapping, answers, as_of, tuple(exports)), encoding, asked)


@dataclass(frozen=True)
class Given:
    """What the reader of a file was told, and how it counts event rows."""

    mapping: ColumnMapping
    answers: Answers
    as_of: dt.date | None = None
    exports: tuple[KnownExport, ...] = KNOWN_EXPORTS
    count: Callable[[Sheet, Recognised, PlanNames, PeriodOf], CountedSheet] = counted_sheet


def figures_of(
    table: Sheet, names: PlanNames, given: Given, encoding: str = "", asked: UploadQuestion | None = None
) -> Upload:
    """The figures of a sheet, in the file's encoding; `asked` is what its workbook leaves open."""
    headers = tuple(cells.header for cells in table.columns)
    questions: tuple[UploadQuestion, ...] = (asked,) if asked else ()
    if not given.mapping.header("period") and (months_without_year(table, names) or periods_without_year(table, names)):
        questions = (*questions, UploadQuestion("year", options=_years(names)))  # nothing can be dated before that
        mapping = guess(table, names, given.mapping, given.answers)[0]
        return Upload(None, mapping, headers, table.separator, encoding, questions=questions)
    export, more = recognise(table, names, given)
    questions += more
    if export is None and more:  # nothing can be counted before that is answered
        mapping = guess(table, names, given.mapping, given.answers)[0]
        return Upload(None, mapping, headers, table.separator, encoding, questions=questions)
    if export and export.export.lacks:
        return Upload(None, given.mapping, headers, table.separator, encoding, refused=(_lacking(table, export),))
    counts, answers, whole = bool(export and export.export.counts), given.answers, table
    mapping = given.mapping
    if export:
        table, mapping = _as_known(table, export, names, given)
        answers = replace(answers, values=answers.values + export.export.values)
    columns, guesses = guess(table, names, mapping, answers)
    by_hand = guesses.by_hand if counts else frozenset(dict(given.mapping.columns))
    collector = Collector(table, columns, names, answers, guesses.signs, by_hand)
    collector.adds_up = counts
    collector.elsewhere = export.export.elsewhere if export else ""
    actuals = collector.actuals(answers.source or (export.source if export else "") or "upload", given.as_of)
    if actuals and export and counts and given.count is counted_sheet:  # rows that are elsewhere tell no time between
        actuals = replace(actuals, timings=_timings(whole, export, names, columns, actuals))
    rows = answers.rows or (export.export.rows if export else None)
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
        (*guesses.remarks, *remarks(collector, actuals)),
        (*questions, *guesses.questions, *collector.questions),
        (export.source or None) if export else None,
        tuple(
            UnknownWord(word, names.nearest_channel(word)) for word in sorted(collector.unknown_channels)[:_MOST_WORDS]
        ),
    )


def _lacking(table: Sheet, export: Recognised) -> Refusal:
    """Why nothing can be read from a known export."""
    what = f"This export of {export.export.tool} holds {export.export.lacks}."
    return Refusal(table.header_line, None, what, "Export the campaign’s figures by day, or fill in a template.")


def _timings(
    table: Sheet, export: Recognised, names: PlanNames, mapping: ColumnMapping, actuals: Actuals
) -> tuple[Timing, ...]:
    """What event rows say of the time between stages, under the source of their counts."""
    parts = timings(table, export, names, _day_reader(names, mapping), actuals.as_of)
    sources = actuals.sources()
    return tuple(replace(part, source=sources[0]) for part in parts) if len(sources) == 1 else ()


def recognise(table: Sheet, names: PlanNames, given: Given) -> tuple[Recognised | None, tuple[UploadQuestion, ...]]:
    """The known or likely export that a sheet is, None for neither, and what has to be asked to be sure."""
    export = recognised(table, names, given.exports)
    if export is None and not given.mapping.columns:
        export = likely_deals(table, names) or likely_calls(table, names)
    if export is not None:
        return by_source(export, table, names, given.answers), ()
    if not _figures(guess(table, names, given.mapping, given.answers)[0]):
        return likely_statuses(table, names, given.answers, given.mapping.channel) or (None, ())
    return None, ()


def _years(names: PlanNames) -> tuple[str, ...]:
    """The years of the plan's months, and the year before."""
    years = dict.fromkeys(month[:4] for month in month_keys(names.plan.start, names.plan.months))
    return (*years, str(int(min(years)) - 1))


def _figures(mapping: ColumnMapping) -> bool:
    """Whether any column holds figures."""
    return not {meaning for _, meaning in mapping.columns} <= {IGNORED, *COLUMN_WORDS} - {"count"}


def _as_known(table: Sheet, export: Recognised, names: PlanNames, given: Given) -> tuple[Sheet, ColumnMapping]:
    """A known export's sheet, event rows counted, and what its columns mean where nobody said otherwise."""
    by_hand = dict(given.mapping.columns)
    columns = tuple((header, by_hand.get(header, meaning)) for header, meaning in export.columns)
    table = speaking_rows(table, export.export)
    if export.export.counts:
        counted = given.count(table, export, names, _period_reader(names, _in_order(table, export, names, given)))
        table, columns = counted.sheet, counted.meanings
    return table, replace(given.mapping, columns=columns, channel=given.mapping.channel or export.channel)


def _in_order(table: Sheet, export: Recognised, names: PlanNames, given: Given) -> ColumnMapping:
    """The mapping with what comes first in the dates of the rows, the day or the month, where nobody said it."""
    headers = {bare(header) for header, meaning in export.columns if meaning == "period"}
    headers |= {bare(header) for counted in export.export.counts for header in counted.dates}
    texts = [text for cells in table.columns if bare(cells.header) in headers for text in cells.texts]
    order = given.mapping.order or order_of(texts, usual_order(names.plan)).first
    return replace(given.mapping, order=order)


def _period_reader(names: PlanNames, mapping: ColumnMapping) -> PeriodOf:
    def period(text: str) -> str:
        try:
            return period_of(text, mapping.order or "day", names.plan.locale)
        except BadActuals:
            return ""

    return period


def _day_reader(names: PlanNames, mapping: ColumnMapping) -> Callable[[str], int]:
    period = _period_reader(names, mapping)

    def day(text: str) -> int:
        name = period(text)
        return last_day(name).toordinal() if name else 0

    return day


def header_tests(names: PlanNames) -> tuple[Callable[[str], bool], Callable[[str], bool]]:
    """What tells whether a cell names a column, and whether it is a date."""

    def is_header(text: str) -> bool:
        is_named = bool(names.roles(text)) or names.meaning(text) is not None
        return is_named or (len(text) > 1 and plain(text) in ACTUAL | PLANNED)

    def is_date(cell: str) -> bool:
        dated = is_period(cell, names.plan.locale) or month_number(cell, names.plan.locale) is not None
        return dated and not cell.isdigit()

    return is_header, is_date
