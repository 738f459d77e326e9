"""What each column of a file means: said by who uploads it, or guessed from headers and cells."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from planner.actuals.actuals import MONEY_NAMES, UNATTRIBUTED
from planner.actuals.dates import looks_dated, order_of
from planner.actuals.matching import IGNORED, PlanNames, is_rate, plain, plain_words
from planner.actuals.numbers import could_be_either, decimal_sign_in, is_missing, is_number, looks_numeric
from planner.actuals.questions import Answers, Remark, UploadQuestion
from planner.actuals.reshaping import COUNT_HEADER
from planner.actuals.sheet import Cells, Sheet
from planner.actuals.suspicion import is_identifier, speaks_of_target, suspicion
from planner.actuals.vocabulary import CHANNEL_HEADERS, COLUMN_WORDS, FIRST_STAGE, RANGE_STARTS, TECHNICAL_WORDS
from planner.plan import merged

__all__ = ["ColumnMapping", "Guess", "guess"]

_RANGE_STARTS = frozenset(plain_words(RANGE_STARTS))
_CHANNEL_HEADERS = frozenset(plain_words(CHANNEL_HEADERS))
_SAMPLE = 200  # distinct cells that tell what a column is


@dataclass(frozen=True)
class ColumnMapping:
    """What a file's columns mean, as pairs of header and meaning (`PlanNames.meanings` lists what a column can mean).

    `order` is "day" or "month", whichever comes first in dates such as 8/6/2018; `decimal` is "." or ",". Both are ""
    where nothing was said: each column shows its decimal sign. `channel` is that of every row where no column says, ""
    for none.
    """

    columns: tuple[tuple[str, str], ...] = ()
    order: str = ""
    decimal: str = ""
    channel: str = ""

    @property
    def shape(self) -> str:
        """Whether each row holds a figure ("long") or each column does ("wide")."""
        return "long" if self.header("stage") else "wide"

    def header(self, meaning: str) -> str:
        """The first column of that meaning, "" for none."""
        return next((header for header, means in self.columns if means == meaning), "")


@dataclass
class Guess:
    """Meanings of columns by header as they are found, with what is worth a remark and what has to be asked."""

    meanings: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    questions: list[UploadQuestion] = field(default_factory=list)
    by_hand: frozenset[str] = frozenset()
    signs: dict[str, str] = field(default_factory=dict)  # decimal signs by header

    def given(self, header: str) -> bool:
        """Whether the meaning of a column was given, not guessed."""
        return header in self.by_hand

    def has(self, meaning: str) -> bool:
        """Whether a column has that meaning."""
        return meaning in self.meanings.values()

    def free(self, sheet: Sheet) -> list[Cells]:
        """Columns without a meaning so far."""
        return [cells for cells in sheet.columns if cells.header not in self.meanings]


def guess(sheet: Sheet, names: PlanNames, given: ColumnMapping, answers: Answers) -> tuple[ColumnMapping, Guess]:
    """The mapping of a sheet: what was given for its headers, the rest by what headers and cells look like."""
    headers = {cells.header for cells in sheet.columns}
    by_hand = {header: meaning for header, meaning in given.columns if header in headers}
    meant = Guess(dict(by_hand), by_hand=frozenset(by_hand))
    for role, fits in _role_tests(names):
        if not meant.has(role):
            _give_role(sheet, names, meant, role, fits)
    _drop_lone_end(meant)
    if meant.has("stage") and not meant.has("count"):
        _count_by_cells(sheet, meant)
    _ask_for_figure(sheet, names, meant)
    channel = given.channel if given.channel in names.labels else ""
    if not channel and not meant.has("channel"):
        channel = _only_channel(sheet, names, meant)
    _give_figures(sheet, names, meant, channel)
    _check_count(sheet, meant, given)
    order = _date_order(sheet, names, meant, given)
    if not given.decimal:
        _find_decimal_signs(sheet, meant)
    columns = tuple((cells.header, meant.meanings.get(cells.header, IGNORED)) for cells in sheet.columns)
    if not (answers.month or meant.has("period")):
        meant.questions.append(UploadQuestion("month"))
    return ColumnMapping(columns, order, given.decimal, channel), meant


# -- columns that are no figure ---------------------------------------------------------------------------------------


def _role_tests(names: PlanNames) -> Iterator[tuple[str, Callable[[list[str]], bool]]]:
    """Each role with what its cells must look like."""
    locale = names.plan.locale
    channels = (*(channel.key for channel in names.plan.channels), UNATTRIBUTED)

    def is_stage(text: str) -> bool:
        return any(names.place(channel, text) for channel in channels)

    yield "period", lambda texts: looks_dated(texts, locale)
    yield "period_end", lambda texts: looks_dated(texts, locale)
    yield "channel", lambda texts: _mostly(texts, lambda text: names.channel(text) is not None)
    yield "stage", lambda texts: _mostly(texts, is_stage)
    yield "count", looks_numeric
    yield "source", lambda texts: not looks_numeric(texts)
    yield "as_of", lambda texts: looks_dated(texts, locale)


def _drop_lone_end(meant: Guess) -> None:
    """The last day of a range is one only beside a first day."""
    header = {meaning: header for header, meaning in meant.meanings.items()}
    if (
        "period_end" in header
        and not meant.given(header["period_end"])
        and plain(header.get("period", "")) not in _RANGE_STARTS
    ):
        meant.meanings[header["period_end"]] = IGNORED


def _mostly(texts: list[str], fits: Callable[[str], bool]) -> bool:
    filled = [text for text in texts if text]
    return 2 * sum(map(fits, filled)) >= len(filled) > 0


def _filled(cells: Cells) -> list[str]:
    return [text for text in cells.texts[:_SAMPLE] if not is_missing(text)]


def _give_role(sheet: Sheet, names: PlanNames, meant: Guess, role: str, fits: Callable[[list[str]], bool]) -> None:
    """Gives the role to the likeliest free column: by header and cells, by its own name alone, by cells alone."""
    if role == "count" and not meant.has("stage"):
        return
    free = meant.free(sheet)
    named = [cells for cells in free if role in names.roles(cells.header)]
    fitting = [cells for cells in named if not _filled(cells) or fits(_filled(cells))]
    own_name = plain(COLUMN_WORDS[role].split(";")[0])
    exact = [cells for cells in named if plain(cells.header) == own_name]
    fitting.sort(key=lambda cells: plain(cells.header) in _RANGE_STARTS)  # a day says more than a range
    candidates = [*exact, *fitting]
    if role in ("period", "channel") and not (named if role == "period" else candidates):
        by_cells = [cells for cells in free if _filled(cells) and not _is_technical(cells.header)]
        by_cells = [cells for cells in by_cells if _fits_without_name(role, cells, fits, names)]
        candidates += by_cells
        if role == "period" and len(by_cells) > 1:
            options = tuple(cells.header for cells in by_cells)
            meant.questions.append(UploadQuestion("date", options=options))
            return
    if role == "period":
        candidates += [cells for cells in named if not _is_technical(cells.header)]
    if role == "channel":
        candidates += [cells for cells in named if plain(cells.header) in _CHANNEL_HEADERS]
    if candidates:
        meant.meanings[candidates[0].header] = role


def _fits_without_name(role: str, cells: Cells, fits: Callable[[list[str]], bool], names: PlanNames) -> bool:
    """Whether the cells alone make a column one of dates, or of channels: then all are, of several channels."""
    texts = _filled(cells)
    if role == "channel":
        keys = {names.channel(text) for text in texts}
        return None not in keys and (len(keys) > 1 or not plain(cells.header).strip())
    return fits(texts)


def _is_technical(header: str) -> bool:
    """Whether a header tells when a tool wrote the row."""
    return bool(TECHNICAL_WORDS.intersection(plain(header).split()))


def _number_columns(sheet: Sheet, meant: Guess) -> list[Cells]:
    """Columns of numbers, or of nothing, that have no meaning yet and are no rates."""
    free = [cells for cells in meant.free(sheet) if not is_rate(cells.header)]
    return [cells for cells in free if looks_numeric(_filled(cells))]


def _count_by_cells(sheet: Sheet, meant: Guess) -> None:
    """The only column of numbers is the count of a long file; without one the file is wide, of several one is asked."""
    numbers = [cells for cells in _number_columns(sheet, meant) if _filled(cells) and not is_identifier(cells)]
    targets = [cells for cells in numbers if speaks_of_target(cells.header)]
    counts = [cells for cells in numbers if cells not in targets] or numbers
    if len(counts) == 1:
        meant.meanings[counts[0].header] = "count"
    elif targets:
        meant.questions.append(UploadQuestion("duplicate", "count", tuple(cells.header for cells in numbers)))
    else:
        meant.meanings = {header: meaning for header, meaning in meant.meanings.items() if meaning != "stage"}


def _ask_for_figure(sheet: Sheet, names: PlanNames, meant: Guess) -> None:
    """Asks what the figures of months across count where no row says."""
    header = next((cells.header for cells in sheet.columns if cells.header == COUNT_HEADER), "")
    if header and header not in meant.meanings and not meant.has("stage"):
        stages = [stage.key for channel in names.plan.channels for stage in merged(channel.stages, names.plan.sales)]
        meant.questions.append(UploadQuestion("figure", header, tuple(dict.fromkeys([FIRST_STAGE, *stages]))))


def _only_channel(sheet: Sheet, names: PlanNames, meant: Guess) -> str:
    """The channel a file without a channel column is about: the one with most of its figures, "" where several are."""
    stages = next((cells for cells in sheet.columns if meant.meanings.get(cells.header) == "stage"), None)
    texts = _filled(stages) if stages else [cells.header for cells in _number_columns(sheet, meant)]
    if len({names.only_owner(text) for text in texts} - {None}) > 1:
        return ""
    votes = Counter(channel for text in texts for channel in names.owners(text))
    channel = max([UNATTRIBUTED, *votes], key=lambda key: votes[key])
    if channel == UNATTRIBUTED:
        return ""
    meant.remarks.append(Remark("one_channel", (names.labels[channel],)))
    rivals = tuple(names.labels[key] for key in votes if votes[key] == votes[channel])
    if len(rivals) > 1:
        meant.questions.append(UploadQuestion("channel", options=rivals))
    return channel


# -- figures ----------------------------------------------------------------------------------------------------------


def _give_figures(sheet: Sheet, names: PlanNames, meant: Guess, channel: str) -> None:
    """Gives the free columns their figures; of several for one figure the unique count is read."""
    candidates: dict[str, list[str]] = defaultdict(list)
    for cells in meant.free(sheet):
        meaning = names.meaning(cells.header, channel or None, meant.has("channel"))
        if meaning is None or (meant.has("stage") and meaning not in MONEY_NAMES) or meant.has(meaning):
            continue
        exact = _is_exactly(names, cells.header, meaning)
        if is_rate(cells.header) and not exact:
            meant.remarks.append(Remark("rate", (cells.header,)))
        elif looks_numeric(_filled(cells)) or (exact and any(map(is_number, _filled(cells)))):
            candidates[meaning].append(cells.header)
        else:
            meant.remarks.append(Remark("no_counts", (cells.header,)))
    for meaning, headers in candidates.items():
        _give_one(sheet, names, meant, meaning, headers)
    if not (channel or meant.has("channel")):
        _ask_for_money(names, meant)


def _give_one(sheet: Sheet, names: PlanNames, meant: Guess, meaning: str, headers: list[str]) -> None:
    """Gives a figure to the best of the columns that may hold it; asks where none is, or where it looks odd."""

    def rank(header: str) -> tuple[bool, bool, bool]:
        words = plain(header).split()
        return not _is_exactly(names, header, meaning), "unique" not in words, "(" in header

    best = min(headers, key=rank)
    equals = tuple(header for header in headers if rank(header) == rank(best))
    if len(equals) > 1:
        label = names.meanings().get(meaning, meaning)
        meant.questions.append(UploadQuestion("duplicate", label, equals))
        return
    texts = _filled(next(cells for cells in sheet.columns if cells.header == best))
    reason = suspicion("" if _is_exactly(names, best, meaning) else best, texts, meaning)
    if names.channel(best) and not names.owners(best):
        reason = "it names a channel, but not what was counted"
    if reason:
        meant.questions.append(UploadQuestion("kind", best, (meaning, IGNORED), reason))
        return
    meant.meanings[best] = meaning
    meant.remarks += [Remark("same", (header, best)) for header in headers if header != best]


def _check_count(sheet: Sheet, meant: Guess, given: ColumnMapping) -> None:
    """Asks about the guessed count column of a long file where it looks like something else."""
    header = next((header for header, meaning in meant.meanings.items() if meaning == "count"), None)
    if header is None or header in dict(given.columns):
        return
    texts = _filled(next(cells for cells in sheet.columns if cells.header == header))
    reason = suspicion(header, texts, "count") if plain(header) != "count" else ""
    if reason:
        meant.questions.append(UploadQuestion("kind", header, ("count", IGNORED), reason))


def _ask_for_money(names: PlanNames, meant: Guess) -> None:
    """Asks whose money it is where neither the column nor the row names a channel."""
    for header, meaning in meant.meanings.items():
        if meaning in MONEY_NAMES and not meant.given(header):
            options = tuple(f"{channel.key}.{meaning}" for channel in names.plan.channels)
            meant.questions.append(UploadQuestion("money", header, (*options, meaning)))


def _is_exactly(names: PlanNames, header: str, meaning: str) -> bool:
    """Whether a header is the key or the label of its figure, whatever word it holds."""
    labels = names.meanings()
    return "%" not in header and plain(header) in (plain(meaning), plain(labels.get(meaning, meaning)))


def _find_decimal_signs(sheet: Sheet, meant: Guess) -> None:
    """Finds the decimal sign of each column of figures.

    Money that reads both ways takes the sign of the other columns, and is asked about where those say nothing.
    """
    no_figures = ("period", "period_end", "channel", "stage", "source", "as_of", IGNORED)
    columns = [cells for cells in sheet.columns if meant.meanings.get(cells.header, IGNORED) not in no_figures]
    for cells in columns:
        if sign := decimal_sign_in(cells.texts):
            meant.signs[cells.header] = sign
    common = set(meant.signs.values())
    for cells in columns:
        money = meant.meanings[cells.header].rpartition(".")[2] in MONEY_NAMES
        either = could_be_either(cells.texts) if money and cells.header not in meant.signs else ""
        if either and len(common) == 1:
            meant.signs[cells.header] = next(iter(common))
        elif either:
            meant.questions.append(UploadQuestion("decimal", cells.header, (".", ","), either))


# -- dates ------------------------------------------------------------------------------------------------------------


def _date_order(sheet: Sheet, names: PlanNames, meant: Guess, given: ColumnMapping) -> str:
    """Whether the day or the month comes first, "" where no date depends on it; asked where both fit."""
    columns = [
        cells for cells in sheet.columns if meant.meanings.get(cells.header) in ("period", "period_end", "as_of")
    ]
    dates = [text for cells in columns for text in cells.texts]
    default = "month" if re.search(r"[-_]US$", names.plan.locale) or names.plan.country == "US" else "day"
    order = order_of(dates, default)
    if not order.first:
        return ""
    if not (order.sure or given.order):
        meant.questions.append(UploadQuestion("date_order", _ambiguous(dates), ("day", "month")))
    return given.order or order.first


def _ambiguous(dates: list[str]) -> str:
    """A date in which day and month differ."""
    differing = re.compile(r"([0-9]{1,2})[/-](?!\1[/-])[0-9]{1,2}[/-]")
    return next((text for text in dates if differing.match(text)), "8/6/2018")
