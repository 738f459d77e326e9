"""Bytes to actuals: what a file says, what was made of it, and what was refused by line and column."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from planner.actuals.actuals import Actuals
from planner.actuals.collecting import Ledger, Refusal
from planner.actuals.mapping import Mapping, guess
from planner.actuals.matching import Names, names_of
from planner.actuals.notes import remarks
from planner.actuals.sheet import decoded, sheet
from planner.errors import BadActuals
from planner.plan import Plan

__all__ = ["Mapping", "Reading", "Refusal", "read_actuals", "understand"]


@dataclass(frozen=True)
class Reading:
    """What was understood of a file. `actuals` is None where nothing in it could be used.

    `columns` are the headers, `rows` how many rows were taken; `refused` lists cells and rows left out, in order of
    lines; `notes` and `question` ("": nothing to ask) are sentences.
    """

    actuals: Actuals | None
    mapping: Mapping
    columns: tuple[str, ...] = ()
    separator: str = ""
    encoding: str = ""
    rows: int = 0
    refused: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    question: str = ""


def read_actuals(
    data: bytes, plan: Plan, *, mapping: Mapping | None = None, source: str = "upload", as_of: dt.date | None = None
) -> Actuals:
    """The actuals in a file, all of it or nothing: BadActuals with line, column and mend for the first thing refused.

    Where the file leaves a question open (dates that fit both orders), the mapping has to answer it.
    """
    made = understand(data, plan, mapping=mapping, source=source, as_of=as_of)
    if made.refused:
        raise made.refused[0].error()
    if made.question:
        raise BadActuals(made.question, mend="Say so in the mapping.")
    if made.actuals is None:
        raise BadActuals("The file holds no figures.", mend="Fill in at least one count.")
    return made.actuals


def understand(
    data: bytes, plan: Plan, *, mapping: Mapping | None = None, source: str = "upload", as_of: dt.date | None = None
) -> Reading:
    """What a file says of the plan's channels: every good cell is taken, every other one refused by line and column.

    `mapping` says what columns are; what it leaves open is guessed. `source` names where the figures come from, unless
    a column does. `as_of` is the day up to which they are known: the last day of the last period where nothing says.
    """
    names, encoding = names_of(plan), ""
    try:
        text = decoded(data)
        encoding = text.encoding
        found = sheet(text.text, lambda header: _is_known(names, header))
    except BadActuals as error:
        refusal = Refusal(error.line, error.column, error.what, error.mend)
        return Reading(None, mapping or Mapping(), encoding=encoding, refused=(refusal,))
    given, guessed = guess(found, names, mapping)
    ledger = Ledger(found, given, names)
    actuals = ledger.actuals(source, as_of)
    headers = tuple(cells.header for cells in found.columns)
    notes = (*guessed.notes, *remarks(ledger, actuals))
    refused = tuple(sorted(ledger.refused, key=lambda refusal: refusal.line or 0))
    rows = len(ledger.rows_taken)
    return Reading(actuals, given, headers, found.separator, encoding, rows, refused, notes, guessed.question)


def _is_known(names: Names, header: str) -> bool:
    return bool(names.roles(header)) or names.meaning(header) is not None
