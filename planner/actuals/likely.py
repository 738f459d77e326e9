"""Event rows of a tool that is in no table, by what their columns are called and hold: deals, calls, statuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from statistics import median

import numpy as np

from planner.actuals.dates import looks_dated
from planner.actuals.events import amount_of
from planner.actuals.facts import UNATTRIBUTED
from planner.actuals.formats import Counted, KnownExport, Recognised
from planner.actuals.known_exports import HALF_A_MINUTE, LOST, OUT, WON, calls, deals
from planner.actuals.likely_words import (
    AMOUNT,
    BOOKED,
    CALLED_AT,
    CLOSED_ON,
    DIRECTION,
    DURATION,
    ENDS_OF_STATUS,
    ENTITY,
    HOPED_FOR,
    INBOUND,
    LOST_ON,
    MACHINES,
    NAMED,
    PERSON,
    STATUS,
    TALK,
    WON_ON,
)
from planner.actuals.matching import IGNORED, PlanNames, plain
from planner.actuals.numbers import is_missing, looks_numeric
from planner.actuals.questions import Answers, UploadQuestion
from planner.actuals.sheet import Cells, Sheet
from planner.actuals.vocabulary import DEAL_IDS
from planner.plan import Stage, merged

__all__ = ["likely_calls", "likely_deals", "likely_statuses"]

_SAMPLE, _MOST_STATUSES = 200, 40
_USUAL_MINUTES = 10  # of calls a median below it is one of minutes


def _first(sheet: Sheet, test: Callable[[Cells], bool]) -> Cells | None:
    return next((cells for cells in sheet.columns if test(cells)), None)


def _filled(cells: Cells) -> list[str]:
    return [text for text in cells.texts[:_SAMPLE] if not is_missing(text)]


def _values(cells: Cells) -> set[str]:
    return {plain(text.partition("(")[0]) for text in cells.texts[:_SAMPLE]}


def _export(kind: str | None, period: Cells | None, counts: Iterable[Counted]) -> KnownExport:
    columns = ((period.header, "period"),) if period else ()
    return KnownExport("", (), columns, kind, "events", counts=tuple(counts))


def _recognised(sheet: Sheet, export: KnownExport, channel: str, by_row: Cells | None = None) -> Recognised:
    meanings = {cells.header: IGNORED for cells in sheet.columns} | dict(export.columns)
    if by_row:
        meanings[by_row.header] = "channel"
    return Recognised(export, "", channel, tuple(meanings.items()))


def likely_deals(sheet: Sheet, names: PlanNames) -> Recognised | None:
    """Deals a row, won or lost by a status, with the day they closed; None for any other file."""
    won, lost = {plain(word) for word in WON}, {plain(word) for word in LOST}
    status = _first(sheet, lambda c: _name(c).split()[-1:] != [] and _is_status(c) and bool(_values(c) & (won | lost)))

    def dated(pattern: re.Pattern[str]) -> Cells | None:
        return _first(sheet, lambda c: _tells_day(c, pattern, names.plan.locale))

    won_on, lost_on = dated(WON_ON), dated(LOST_ON)
    closed = dated(CLOSED_ON) or won_on
    amount = _first(sheet, lambda c: plain(_bare(c).partition("(")[0]) in AMOUNT and looks_numeric(_filled(c)))
    once = _first(sheet, lambda c: _name(c) in DEAL_IDS) or _first(sheet, lambda c: _name(c) in NAMED)
    if status is None or closed is None or not (amount or once):
        return None
    counts = deals(
        status.header,
        amount.header if amount else None,
        once.header if once else None,
        (won_on.header,) if won_on and lost_on else (),
        (lost_on.header,) if won_on and lost_on else (),
    )
    by_row = _first(sheet, lambda c: "channel" in names.roles(c.header) and _are_channels(c, names))
    if by_row:
        counts = tuple(replace(counted, channel=None) for counted in counts)
    return _recognised(sheet, _export(None, closed, counts), UNATTRIBUTED, by_row)


def _bare(cells: Cells) -> str:
    """A header without the kind of record that some tools write before it: “Deal - Status”."""
    return ENTITY.sub("", cells.header)


def _name(cells: Cells) -> str:
    return plain(_bare(cells))


def _tells_day(cells: Cells, pattern: re.Pattern[str], locale: str) -> bool:
    """Whether a column holds days that its header speaks of, and not those that were only hoped for."""
    name = _name(cells)
    of_kind = pattern.fullmatch(name) is not None and not HOPED_FOR.search(name)
    return of_kind and looks_dated(_filled(cells), locale)


def _is_status(cells: Cells) -> bool:
    words = _name(cells).split()
    return not STATUS.isdisjoint((_name(cells), words[0], words[-1])) or words[-1].endswith(ENDS_OF_STATUS)


def _are_channels(cells: Cells, names: PlanNames) -> bool:
    texts = _filled(cells)
    return bool(texts) and all(names.channel(text) for text in texts)


def likely_calls(sheet: Sheet, names: PlanNames) -> Recognised | None:
    """Calls a row with a direction and a duration: those that went out, and talks of half a minute with a person."""
    direction = _first(
        sheet, lambda c: plain(c.header) in DIRECTION and bool(_values(c) & {plain(word) for word in OUT})
    )
    durations = [c for c in sheet.columns if plain(c.header.partition("(")[0]) in DURATION and _unit(c)]
    duration = min(durations, key=lambda c: TALK.isdisjoint(plain(c.header).split()), default=None)
    dated = _first(
        sheet,
        lambda c: (
            ("period" in names.roles(c.header) or plain(c.header) in CALLED_AT)
            and looks_dated(_filled(c), names.plan.locale)
        ),
    )
    phone = [channel.key for channel in names.plan.channels if channel.kind == "phone"]
    if (
        direction is None
        or duration is None
        or not phone
        or not _values(direction) <= {plain(w) for w in (*OUT, *INBOUND)} | {""}
    ):
        return None
    booked = {plain(word) for word in BOOKED}
    outcome = _first(sheet, lambda c: plain(c.header) in STATUS and bool(_values(c) & (MACHINES | booked)))
    spoken = (
        ((outcome.header, tuple(text for text in outcome.texts if plain(text) not in MACHINES)),) if outcome else ()
    )
    counts = calls(direction.header, duration.header, *spoken)
    if _unit(duration) == "min":
        longer = (duration.header, HALF_A_MINUTE / 60)
        counts = tuple(replace(c, at_least=c.at_least and longer) for c in counts if c.value is None)
    meetings = tuple(text for text in outcome.texts if plain(text) in booked) if outcome else ()
    if outcome and meetings:
        counts += (Counted("appointment", ((direction.header, OUT), (outcome.header, meetings))),)
    return _recognised(sheet, _export("phone", dated, counts), phone[0])


def _unit(cells: Cells) -> str:
    """The unit of durations, "s" or "min", as the header says, clock times in seconds; "" for fractions of either."""
    amounts = [amount for text in _filled(cells) if (amount := amount_of(text))]
    if not {"min", "minute", "minuten"}.isdisjoint(plain(cells.header).split()):
        return "" if any(":" in text for text in cells.texts) else "min"
    broken = any(amount % 1.0 for amount in amounts)
    return "" if broken and median(amounts) < _USUAL_MINUTES else "s"


def likely_statuses(
    sheet: Sheet, names: PlanNames, answers: Answers, channel: str = ""
) -> tuple[Recognised | None, tuple[UploadQuestion, ...]] | None:
    """Rows of a person or an event with a status and no count; what a row stands for is asked, and unknown statuses.

    Where they may be of several channels, that is asked first: `channel` is that of all rows, "" where nobody named it.
    As "persons" a row's last status implies the earlier ones that the file knows; as "events" it is counted alone.
    """
    status = _first(
        sheet, lambda c: plain(c.header) in STATUS and len(c.texts) <= _MOST_STATUSES and not looks_numeric(_filled(c))
    )
    days = [c for c in sheet.columns if _filled(c) and looks_dated(_filled(c), names.plan.locale)]
    named = [c for c in days if "period" in names.roles(c.header)]
    dated = next(iter(named or (days if len(days) == 1 else [])), None)
    if status is None:
        return None
    by_row = _first(sheet, lambda c: c is not status and "channel" in names.roles(c.header) and _are_channels(c, names))
    only = channel if channel and by_row is None else _only_channel(status, by_row, names)
    if only is None and by_row is None and any(_speaks(c.key, status, names) for c in names.plan.channels):
        return None, (UploadQuestion("channel"),)
    if only is None and (by_row is None or "" in by_row.texts):
        return None
    rows = answers.rows if answers.rows in ("events", "persons") else None
    person = _first(sheet, lambda c: plain(c.header) in PERSON)
    questions = [] if rows else [UploadQuestion("rows", status.header, ("events", "persons"))]
    counts: list[Counted] = []
    unknown: dict[str, list[str]] = {}
    understood: set[str] = set()
    texts = {only: status.texts} if only else _texts_by_channel(status, by_row, names)
    for key, statuses in texts.items():
        stages = {text: names.figure(key, answers.value(text) or text) for text in statuses if text}
        own = merged_stages(names, key)
        understood.update(text for text, stage in stages.items() if stage)
        for text in (text for text, stage in stages.items() if stage is None and answers.value(text) is None):
            unknown.setdefault(text, []).extend(item.key for item in own)
        of_channel = () if only or by_row is None else ((by_row.header, _words_of(key, by_row, names)),)
        counts += [
            Counted(
                stage,
                ((status.header, _implying(stage, stages, own, rows)), *of_channel),
                person=person.header if person and (rows == "persons" or stage != own[0].key) else None,
                owner=None if only else key,
            )
            for stage in dict.fromkeys(stage for stage in stages.values() if stage)
        ]
    if 2 * len(understood) < sum(text != "" for text in status.texts):
        return None
    for text, options in unknown.items():
        questions.append(UploadQuestion("value", text, (*dict.fromkeys(options), IGNORED)))
    kind = next((item.kind for item in names.plan.channels if item.key == only), None)
    recognised = _recognised(sheet, _export(kind, dated, counts), only or UNATTRIBUTED, None if only else by_row)
    return recognised, tuple(questions)


def _texts_by_channel(status: Cells, by_row: Cells | None, names: PlanNames) -> dict[str, tuple[str, ...]]:
    """The statuses that stand in rows of each channel, in the order in which they come."""
    out: dict[str, tuple[str, ...]] = {}
    if by_row:
        keys = [names.channel(text) for text in by_row.texts]
        for key in dict.fromkeys(filter(None, keys)):
            rows = np.array([other == key for other in keys], dtype=bool)[by_row.codes]
            out[key] = tuple(status.texts[code] for code in np.unique(status.codes[rows]).tolist())
    return out


def _words_of(channel: str, by_row: Cells, names: PlanNames) -> tuple[str, ...]:
    """The cells that name a channel."""
    return tuple(text for text in by_row.texts if names.channel(text) == channel)


def _only_channel(status: Cells, by_row: Cells | None, names: PlanNames) -> str | None:
    """The one channel that the rows are of; None where several may be."""
    if by_row:
        keys = {names.channel(text) for text in by_row.texts if text}
        return next(iter(keys)) if len(keys) == 1 else None
    texts = [text for text in status.texts if text]
    fitting = [channel.key for channel in names.plan.channels if all(names.figure(channel.key, text) for text in texts)]
    return fitting[0] if len(fitting) == 1 else None


def _speaks(channel: str, status: Cells, names: PlanNames) -> bool:
    """Whether most of the statuses are stages of a channel."""
    texts = [text for text in status.texts if text]
    return 2 * sum(names.figure(channel, text) is not None for text in texts) > len(texts)


def merged_stages(names: PlanNames, channel: str) -> tuple[Stage, ...]:
    """The stages of a channel, sales stages included."""
    return next((merged(c.stages, names.plan.sales) for c in names.plan.channels if c.key == channel), names.plan.sales)


def _implying(stage: str, stages: dict[str, str | None], own: tuple[Stage, ...], rows: str | None) -> tuple[str, ...]:
    """The statuses that count at a stage: its own, and of persons those of stages below it."""
    parents = {item.key: item.of for item in own}
    out = []
    for text, of_text in stages.items():
        step = of_text
        while step is not None and step != stage and rows == "persons":
            step = parents.get(step)
        if step == stage:
            out.append(text)
    return tuple(out)
