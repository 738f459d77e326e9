"""Bytes to actuals: what a file says, what has to be asked about it, and what was refused by line and column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from planner.actuals.actuals import Actuals
from planner.actuals.collecting import Collector, Refusal
from planner.actuals.formats import KNOWN_EXPORTS, KnownExport, from_running_totals, recognised, with_counts
from planner.actuals.mapping import ColumnMapping, guess
from planner.actuals.matching import PlanNames, plan_names
from planner.actuals.notes import remarks
from planner.actuals.questions import Answers, Remark, UploadQuestion
from planner.actuals.sheet import decoded, sheet
from planner.actuals.workbook import is_workbook, workbook_text
from planner.errors import BadActuals
from planner.plan import Plan

__all__ = ["Answers", "ColumnMapping", "Refusal", "Upload", "read_actuals", "understand"]


@dataclass(frozen=True)
class Upload:
    """What was understood of a file. `actuals` is None where nothing in it could be used.

    `columns` are the headers, `rows` how many rows were taken; `refused` lists cells and rows left out, in order of
    lines. While there are `questions`, the actuals are a guess. `recognised` is the tool and account whose export it
    is.
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
        table = sheet(content, lambda header: _is_known(names, header))
    except BadActuals as error:
        refusal = Refusal(error.line, error.column, error.what, error.mend)
        questions = (asked,) if asked else ()
        return Upload(None, mapping, encoding=encoding, refused=(refusal,), questions=questions)
    known = recognised(table, names, exports)
    headers = tuple(cells.header for cells in table.columns)
    if known:
        table, counted = with_counts(table, known, names)
        by_hand = dict(mapping.columns)
        columns_known = tuple((header, by_hand.get(header, meaning)) for header, meaning in known.columns)
        mapping = replace(mapping, columns=columns_known + counted, channel=mapping.channel or known.channel)
        answers = replace(answers, values=answers.values + known.export.values)
    columns, found = guess(table, names, mapping, answers)
    collector = Collector(table, columns, names, answers)
    actuals = collector.actuals(answers.source or (known.source if known else "upload"), as_of)
    if actuals and known and known.export.rows == "running totals":
        actuals = replace(actuals, facts=from_running_totals(actuals.facts))
    return Upload(
        actuals,
        columns,
        headers,
        table.separator,
        encoding,
        len(collector.rows_taken),
        tuple(sorted(collector.refused, key=lambda refusal: refusal.line or 0)),
        (*found.remarks, *remarks(collector, actuals)),
        (*((asked,) if asked else ()), *found.questions, *collector.questions),
        known.source if known else None,
    )


def _is_known(names: PlanNames, header: str) -> bool:
    return bool(names.roles(header)) or names.meaning(header) is not None
