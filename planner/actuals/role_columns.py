"""Columns that are no figure: which holds date, channel, stage and source; and the count of a long file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from planner.actuals.actuals import UNATTRIBUTED
from planner.actuals.dates import looks_dated
from planner.actuals.guesses import Guess, filled, number_columns
from planner.actuals.matching import IGNORED, PlanNames, plain, plain_words
from planner.actuals.months_across import COUNT_HEADER
from planner.actuals.numbers import looks_numeric
from planner.actuals.questions import Remark, UploadQuestion
from planner.actuals.sheet import Cells, Sheet
from planner.actuals.suspicion import is_identifier, is_numbering, speaks_of_target
from planner.actuals.vocabulary import CHANNEL_HEADERS, COLUMN_WORDS, FIRST_STAGE, RANGE_STARTS, TECHNICAL_WORDS
from planner.plan import merged

__all__ = ["ask_for_figure", "count_by_cells", "drop_lone_end", "give_role", "only_channel", "role_tests"]

_RANGE_STARTS = frozenset(plain_words(RANGE_STARTS))
_CHANNEL_HEADERS = frozenset(plain_words(CHANNEL_HEADERS))


def role_tests(names: PlanNames) -> Iterator[tuple[str, Callable[[list[str]], bool]]]:
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


def drop_lone_end(meant: Guess) -> None:
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


def give_role(sheet: Sheet, names: PlanNames, meant: Guess, role: str, fits: Callable[[list[str]], bool]) -> None:
    """Gives the role to the likeliest free column: by header and cells, by its own name alone, by cells alone."""
    if role == "count" and not meant.has("stage"):
        return
    free = meant.free(sheet)
    named = [cells for cells in free if role in names.roles(cells.header)]
    if role == "count":
        named = [cells for cells in named if not is_numbering(cells)]
    fitting = [cells for cells in named if (not filled(cells) and role != "period") or fits(filled(cells))]
    own_name = plain(COLUMN_WORDS[role].split(";")[0])
    exact = [cells for cells in named if plain(cells.header) == own_name]
    fitting.sort(key=lambda cells: plain(cells.header) in _RANGE_STARTS)  # a day says more than a range
    candidates = [*exact, *fitting]
    if role in ("period", "channel") and not (named if role == "period" else candidates):
        by_cells = [cells for cells in free if filled(cells) and not _is_technical(cells.header)]
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
    texts = filled(cells)
    if role == "channel":
        keys = {names.channel(text) for text in texts}
        return None not in keys and (len(keys) > 1 or not plain(cells.header).strip())
    return fits(texts)


def _is_technical(header: str) -> bool:
    """Whether a header tells when a tool wrote the row."""
    return bool(TECHNICAL_WORDS.intersection(plain(header).split()))


def count_by_cells(sheet: Sheet, meant: Guess) -> None:
    """The only column of numbers is the count of a long file; without one the file is wide, of several one is asked."""
    numbers = [cells for cells in number_columns(sheet, meant) if filled(cells)]
    numbers = [cells for cells in numbers if not (is_identifier(cells) or is_numbering(cells))]
    targets = [cells for cells in numbers if speaks_of_target(cells.header)]
    counts = [cells for cells in numbers if cells not in targets] or numbers
    if len(counts) == 1:
        meant.meanings[counts[0].header] = "count"
    elif targets:
        meant.questions.append(UploadQuestion("duplicate", "count", tuple(cells.header for cells in numbers)))
    else:
        meant.meanings = {header: meaning for header, meaning in meant.meanings.items() if meaning != "stage"}


def ask_for_figure(sheet: Sheet, names: PlanNames, meant: Guess) -> None:
    """Asks what the figures of months across count where no row says."""
    header = next((cells.header for cells in sheet.columns if cells.header == COUNT_HEADER), "")
    if header and header not in meant.meanings and not meant.has("stage"):
        stages = [stage.key for channel in names.plan.channels for stage in merged(channel.stages, names.plan.sales)]
        meant.questions.append(UploadQuestion("figure", header, tuple(dict.fromkeys([FIRST_STAGE, *stages]))))


def only_channel(sheet: Sheet, names: PlanNames, meant: Guess) -> str:
    """The channel a file without a channel column is about: the one with most of its figures, "" where several are."""
    stages = next((cells for cells in sheet.columns if meant.meanings.get(cells.header) == "stage"), None)
    texts = filled(stages) if stages else [cells.header for cells in number_columns(sheet, meant)]
    by_hand = {meaning.partition(".")[0] for meaning in meant.meanings.values() if "." in meaning}
    if len(({names.only_owner(text) for text in texts} - {None}) | by_hand) > 1:
        return ""
    votes = Counter(channel for text in texts for channel in names.owners(text))
    named = {path[0] for text in texts if (path := names.path(text))} - {UNATTRIBUTED}
    most = max(votes.values(), default=0)
    if len(named) == 1 and votes[min(named)] == most:  # “Texts sent” names one where “Sent” fits several
        votes = Counter({channel: n for channel, n in votes.items() if channel in named or n < most})
    channel = max([UNATTRIBUTED, *votes], key=lambda key: votes[key])
    if channel == UNATTRIBUTED:
        return ""
    meant.remarks.append(Remark("one_channel", (names.labels[channel],)))
    rivals = tuple(names.labels[key] for key in votes if votes[key] == votes[channel])
    if len(rivals) > 1:
        meant.questions.append(UploadQuestion("channel", options=rivals))
    return channel
