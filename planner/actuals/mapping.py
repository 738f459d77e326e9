"""What each column of a file is: guessed from headers and cells, or said by the reader of the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from planner.actuals.actuals import MONEY_NAMES, SHARED
from planner.actuals.dates import looks_dated, order_of
from planner.actuals.matching import IGNORED, Names, is_rate, plain
from planner.actuals.numbers import decimal_sign, is_missing, looks_numeric
from planner.actuals.sheet import Cells, Sheet
from planner.actuals.vocabulary import ROLES

__all__ = ["Guess", "Mapping", "guess"]

_LOOK = 200  # distinct cells that tell what a column is


@dataclass(frozen=True)
class Mapping:
    """What a file's columns mean, as pairs of header and meaning (`Names.meanings` lists what a column can mean).

    `order` is "day" or "month", whichever comes first in dates such as 8/6/2018; `decimal` is "." or ",". Both are ""
    where nothing depends on them. `channel` and `period` are those of every row where no column says.
    """

    columns: tuple[tuple[str, str], ...] = ()
    order: str = ""
    decimal: str = ""
    channel: str = ""
    period: str = ""

    @property
    def shape(self) -> str:
        """Whether each row holds a figure ("long") or each column does ("wide")."""
        return "long" if self.header("stage") else "wide"

    def header(self, meaning: str) -> str:
        """The first column of that meaning, "" for none."""
        return next((header for header, means in self.columns if means == meaning), "")


@dataclass
class Guess:
    """A mapping in the making, with what is to be told and asked about it."""

    meanings: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    question: str = ""

    def has(self, meaning: str) -> bool:
        """Whether a column has that meaning."""
        return meaning in self.meanings.values()


def guess(sheet: Sheet, names: Names, given: Mapping | None) -> tuple[Mapping, Guess]:
    """The mapping of a sheet: what was given for its headers, the rest by what headers and cells look like."""
    given = given or Mapping()
    here = {cells.header for cells in sheet.columns}
    made = Guess({header: meaning for header, meaning in given.columns if header in here})
    for role, fits in _fitting(names):
        if not made.has(role):
            _take(sheet, names, made, role, fits)
    if made.has("stage") and not made.has("count"):
        _count_by_cells(sheet, made)
    channel = given.channel if given.channel in names.labels else ""
    if not channel and not made.has("channel"):
        channel = _one_channel(sheet, names, made)
    _figures(sheet, names, made, channel)
    order, decimal = _signs(sheet, names, made, given)
    columns = tuple((cells.header, made.meanings.get(cells.header, IGNORED)) for cells in sheet.columns)
    if not (given.period or made.has("period")):
        made.question = "No column holds a date. Which month are these figures for?"
    return Mapping(columns, order, decimal, channel, given.period), made


def _fitting(names: Names) -> Iterator[tuple[str, Callable[[list[str]], bool]]]:
    """Each role with what its cells must look like."""
    locale = names.plan.locale
    channels = [channel.key for channel in names.plan.channels]
    yield "period", lambda texts: looks_dated(texts, locale)
    yield "channel", lambda texts: _most(texts, lambda text: names.channel(text) is not None)
    yield "stage", lambda texts: _most(texts, lambda text: any(names.place(key, text) for key in (*channels, None)))
    yield "count", looks_numeric
    yield "source", lambda texts: not looks_numeric(texts)
    yield "as_of", lambda texts: looks_dated(texts, locale)


def _most(texts: list[str], fits: Callable[[str], bool]) -> bool:
    told = [text for text in texts if text]
    return 2 * sum(map(fits, told)) >= len(told) > 0


def _told(cells: Cells) -> list[str]:
    return [text for text in cells.texts[:_LOOK] if not is_missing(text)]


def _take(sheet: Sheet, names: Names, made: Guess, role: str, fits: Callable[[list[str]], bool]) -> None:
    """Gives the role to the likeliest free column: by header and cells, by its own name alone, by cells alone."""
    free = [cells for cells in sheet.columns if cells.header not in made.meanings]
    named = [cells for cells in free if role in names.roles(cells.header)]
    best = [cells for cells in named if not _told(cells) or fits(_told(cells))]
    own = [cells for cells in named if plain(cells.header) == plain(ROLES[role].split(";")[0])]
    if role == "count" and not made.has("stage"):
        return
    by_cells = free if role in ("period", "channel") and not named else []
    chosen = [*own, *best, *(cells for cells in by_cells if _told(cells) and fits(_told(cells)))]
    if role == "period":
        chosen += named
    if chosen:
        made.meanings[chosen[0].header] = role


def _free_numbers(sheet: Sheet, made: Guess) -> list[Cells]:
    """Columns of numbers, or of nothing, that have no meaning yet and are no rates."""
    free = [cells for cells in sheet.columns if cells.header not in made.meanings and not is_rate(cells.header)]
    return [cells for cells in free if looks_numeric(_told(cells))]


def _count_by_cells(sheet: Sheet, made: Guess) -> None:
    """The only column of numbers is the count of a long file; without one the file is wide."""
    numbers = [cells for cells in _free_numbers(sheet, made) if _told(cells)]
    if len(numbers) == 1:
        made.meanings[numbers[0].header] = "count"
    else:
        made.meanings = {header: meaning for header, meaning in made.meanings.items() if meaning != "stage"}


def _one_channel(sheet: Sheet, names: Names, made: Guess) -> str:
    """The channel a file without a channel column speaks of: the one with most of its figures, "" where several do."""
    stages = next((cells for cells in sheet.columns if made.meanings.get(cells.header) == "stage"), None)
    said = _told(stages) if stages else [cells.header for cells in _free_numbers(sheet, made)]
    if len({names.only_owner(text) for text in said} - {None}) > 1:
        return ""
    owners = Counter(key for text in said for key in names.owners(text))
    best = max([SHARED, *owners], key=lambda key: owners[key])
    if best == SHARED:
        return ""
    made.notes.append(f"No column names the channel: all rows are taken as {names.labels[best]}.")
    rivals = [names.labels[key] for key in owners if owners[key] == owners[best]]
    if len(rivals) > 1:
        made.question = f"Which channel are these figures of? They fit {', '.join(rivals)}."
    return best


def _figures(sheet: Sheet, names: Names, made: Guess, channel: str) -> None:
    """Gives the free columns their figures; of several for one figure the unique count is read."""
    long = made.has("stage")
    found: dict[str, str] = {}
    for cells in sheet.columns:
        if cells.header in made.meanings:
            continue
        meaning = names.meaning(cells.header, channel or None, made.has("channel"))
        if meaning is None or (long and meaning not in MONEY_NAMES) or made.has(meaning):
            continue
        exact = _exactly(names, cells.header, meaning)
        if is_rate(cells.header) and not exact:
            made.notes.append(f"“{cells.header}” is a printed rate; only counts are read.")
        elif not (exact or looks_numeric(_told(cells))):
            made.notes.append(f"“{cells.header}” holds no counts and is not read.")
        elif meaning not in found:
            found[meaning] = cells.header
        else:
            first, second = sorted((found[meaning], cells.header), key=lambda h: "unique" not in plain(h).split())
            found[meaning] = first
            made.notes.append(f"“{second}” is not read: “{first}” already says the same.")
    made.meanings |= {header: meaning for meaning, header in found.items()}


def _exactly(names: Names, header: str, meaning: str) -> bool:
    """Whether a header is the key or the label of its figure, whatever word it holds."""
    labels = names.meanings()
    return "%" not in header and plain(header) in (plain(meaning), plain(labels.get(meaning, meaning)))


def _signs(sheet: Sheet, names: Names, made: Guess, given: Mapping) -> tuple[str, str]:
    """The order of day and month, and the decimal sign."""
    dates = [text for c in sheet.columns if made.meanings.get(c.header) in ("period", "as_of") for text in c.texts]
    default = "month" if re.search(r"[-_]US$", names.plan.locale) or names.plan.country == "US" else "day"
    order = order_of(dates, default)
    if order.first and not (order.sure or given.order):
        other = "month" if order.first == "day" else "day"
        read = f"They are read with the {order.first} before the {other}."
        made.question = f"Which comes first in dates such as {_such(dates)}? {read}"
    texts = [
        text for cells in sheet.columns for text in cells.texts
        if made.meanings.get(cells.header, IGNORED) not in ("period", "channel", "stage", "source", "as_of", IGNORED)
    ]  # fmt: skip
    return given.order if order.first and given.order else order.first, given.decimal or decimal_sign(texts)


def _such(dates: list[str]) -> str:
    return next((text for text in dates if re.match(r"([0-9]{1,2})[/-](?!\1[/-])[0-9]{1,2}[/-]", text)), "8/6/2018")
