"""What a known export is, and how a sheet is recognised as one: by its columns, and by values where those say more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np

from planner.actuals.facts import MONEY_NAMES, UNATTRIBUTED
from planner.actuals.matching import IGNORED, PlanNames, plain
from planner.actuals.sheet import Cells, Sheet
from planner.actuals.vocabulary import COLUMN_WORDS, DEAL_IDS, EVENT_IDS

__all__ = [
    "Counted", "KnownExport", "Recognised", "bare", "counted_once", "names_events", "recognised", "speaking_rows",
    "tell_events",
]  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """An event row counts one arrival at `stage` where each column of `where` holds one of its values.

    `at_least` names a column of numbers, of seconds or of hh:mm:ss, and the least that counts. `dates` are columns that
    may hold the day, best first ((): the export's own). `value` is a column whose amounts are added up in place of
    rows; their sign does not matter. Of rows with the same cell in `person` the first counts, with the same in `once`
    the last of those that `among` names. `channel` is a kind of channel, or "sales", where it is not the export's;
    `owner` is the key of the channel whose rows `where` names, in a file of several. `since` are columns that may hold
    the day on which a row began, one stage earlier, best first.
    """

    stage: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    at_least: tuple[str, float] | None = None
    dates: tuple[str, ...] = ()
    value: str | None = None
    among: tuple[tuple[str, tuple[str, ...]], ...] = ()
    person: str | None = None
    once: str | None = None
    channel: str | None = None
    since: tuple[str, ...] = ()
    owner: str | None = None


@dataclass(frozen=True)
class KnownExport:
    """A file as a tool writes it. `identified_by` are headers that together only this tool has.

    `columns` pairs headers with what they mean: a stage of the channel, money, or a role such as "period"; all others
    are not used. `channel` is a kind of channel (None: a column says, or none). `values` pairs words of the file with
    channels' keys. `account` is the column that tells accounts of one tool apart. `counts` turn event rows into counts.
    `holding` are words of which the column named before them must hold one, where headers alone do not tell.
    `only_where` are columns of figures that count only in rows in which another column speaks of a word. `lacks` says
    why no figure can be read from such a file at all. `elsewhere` is the channel of rows whose word for one names none.
    """

    tool: str
    identified_by: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    channel: str | None = None
    rows: Literal["events", "totals", "running totals"] = "totals"
    values: tuple[tuple[str, str], ...] = ()
    account: str | None = None
    counts: tuple[Counted, ...] = ()
    holding: tuple[str, tuple[str, ...]] | None = None
    only_where: tuple[tuple[str, str, str], ...] = ()
    lacks: str = ""
    elsewhere: str = ""


@dataclass(frozen=True)
class Recognised:
    """A known export found in a file: whose it is, and what its columns mean in the plan at hand."""

    export: KnownExport
    source: str
    channel: str
    columns: tuple[tuple[str, str], ...]


def recognised(sheet: Sheet, names: PlanNames, exports: Iterable[KnownExport]) -> Recognised | None:
    """The known export a sheet is; None where no row of the table fits, or the plan has no such channel."""
    headers = {bare(cells.header): cells for cells in sheet.columns}
    for export in exports:
        if not {bare(header) for header in export.identified_by} <= headers.keys() or not _holds(export, headers):
            continue
        of_kind = [channel.key for channel in names.plan.channels if channel.kind == export.channel]
        if export.channel and not of_kind:
            continue
        channel = of_kind[0] if of_kind else UNATTRIBUTED
        columns = _meanings(export, headers, channel, names)
        return Recognised(_told_apart(export, headers), _source(export, headers), channel, columns)
    return None


def _told_apart(export: KnownExport, headers: dict[str, Cells]) -> KnownExport:
    """The export with its deals told apart by another column of ids, where its own is not in the file."""
    others = [cells.header for header, cells in headers.items() if header in DEAL_IDS]
    counts = tuple(
        replace(counted, once=others[0]) if others and counted.once and bare(counted.once) not in headers else counted
        for counted in export.counts
    )
    return replace(export, counts=counts)


def counted_once(recognised_as: Recognised, ids: str | None) -> Recognised:
    """The export with events that nothing else tells apart counted once an id, where a column holds ids of events."""
    if ids is None:
        return recognised_as
    counts = tuple(
        counted if counted.person or counted.once else replace(counted, person=ids)
        for counted in recognised_as.export.counts
    )
    return replace(recognised_as, export=replace(recognised_as.export, counts=counts))


def names_events(header: str) -> bool:
    """Whether a column is called as one that holds ids of events."""
    return plain(header) in EVENT_IDS


def tell_events(distinct: int, rows: int) -> bool:
    """Whether ids are those of events: most rows have one of their own."""
    return 2 * distinct > rows


def bare(header: str) -> str:
    """A header without the currency that stands in it."""
    return plain(header.partition(" (")[0]) if "(" in header and header.rstrip(")")[-3:].isupper() else plain(header)


def speaking_rows(sheet: Sheet, export: KnownExport) -> Sheet:
    """The sheet with figures left out of rows in which the column that tells what they are speaks of something else."""
    headers = {bare(cells.header): cells for cells in sheet.columns}
    columns = list(sheet.columns)
    for header, teller, word in export.only_where:
        cells, telling = headers.get(bare(header)), headers.get(bare(teller))
        if cells is not None and telling is not None:
            speaks = telling.marks(partial(_speaks_of, word))
            codes = np.where(speaks, cells.codes, len(cells.texts)).astype(np.int32)
            columns[columns.index(cells)] = Cells(cells.header, (*cells.texts, ""), codes)
    return replace(sheet, columns=tuple(columns))


def _speaks_of(word: str, text: str) -> bool:
    return word in text.casefold()


def _holds(export: KnownExport, headers: dict[str, Cells]) -> bool:
    if export.holding is None:
        return True
    cells = headers.get(bare(export.holding[0]))
    return cells is not None and not {text.casefold() for text in cells.texts}.isdisjoint(export.holding[1])


def _source(export: KnownExport, headers: dict[str, Cells]) -> str:
    """Tool and account; a file of several accounts is one source."""
    cells = headers.get(bare(export.account)) if export.account else None
    accounts = [text for text in cells.texts if text] if cells else []
    return f"{export.tool}, {accounts[0]}" if len(accounts) == 1 else export.tool


def _meanings(
    export: KnownExport, headers: dict[str, Cells], channel: str, names: PlanNames
) -> tuple[tuple[str, str], ...]:
    taken: dict[str, int] = {}
    meanings: dict[str, str] = {cells.header: IGNORED for cells in headers.values()}
    for row, (header, meaning) in enumerate(export.columns):
        cells = headers.get(bare(header))
        begun = meaning != "period_end" or taken.get("period") == row - 1  # the last day stands below its first day
        untold = any(header == of and bare(teller) not in headers for of, teller, _ in export.only_where)
        if cells is None or meaning in taken or not begun or untold:
            continue
        if meaning in COLUMN_WORDS:
            meanings[cells.header] = meaning
        elif meaning in MONEY_NAMES or names.figure(channel, meaning) == meaning:
            meanings[cells.header] = f"{channel}.{meaning}"
        taken[meaning] = row
    return tuple(meanings.items())
