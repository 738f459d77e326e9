"""One roll-up for every engine: rows are grouped and counted where they live, said once as Ibis expressions.

What a cell means is never decided here: rows are told apart by the cells as `rollup_cells` leaves them. Nothing here
runs; `Events.read` does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any

from planner.actuals.rollup_cells import as_amount, as_day, as_limit, as_size, as_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Among", "Days", "Events", "Grouping", "Kinds", "first_rows", "firsts", "groups", "ids_told", "one_each"]


@dataclass(frozen=True)
class Events:
    """Rows where they live: an Ibis table, the name there of each column by its header, and what runs an expression."""

    table: Any
    columns: Mapping[str, str]
    read: Callable[[Any], pd.DataFrame]


@dataclass(frozen=True)
class Grouping:
    """By what rows are told apart, headers each: their day ("" for none), their texts, and limits of their numbers.

    `ids` tell rows apart only by whether they are empty; `amounts` are added up, with the decimal sign of each.
    """

    dates: str
    texts: tuple[str, ...] = ()
    limits: tuple[tuple[str, tuple[float, ...]], ...] = ()
    ids: tuple[str, ...] = ()
    amounts: tuple[tuple[str, str], ...] = ()

    def key(self, header: str) -> str:
        """The name of a header among the keys."""
        return f"t{self.texts.index(header)}"

    def limit(self, header: str) -> str:
        """The name of a header's limit among the keys."""
        return f"l{[name for name, _ in self.limits].index(header)}"

    def id(self, header: str) -> str:
        """The name of a header among the ids."""
        return f"w{self.ids.index(header)}"

    def amount(self, header: str) -> int:
        """The place of a header among the amounts."""
        return [name for name, _ in self.amounts].index(header)


@dataclass(frozen=True)
class Among:
    """Rows in which a key is one of some texts as they stand there (or, `out`, is none of them)."""

    key: str
    texts: tuple[str, ...]
    out: bool = False

    def test(self, rows: Any) -> Any:
        """The condition that a row of these is among them."""
        inside = rows[self.key].isin(self.texts)
        return ~inside if self.out else inside


@dataclass(frozen=True)
class Kinds:
    """Kinds of rows by the texts of some keys, numbered; of `stages`, numbered too, each kind counts at several.

    `owners` number the channels by the texts of `by_owner`: in each of them a person counts anew.
    """

    keys: tuple[str, ...]
    numbers: Mapping[tuple[str, ...], int]
    stages: tuple[tuple[int, ...], ...]
    by_owner: str = ""
    owners: Mapping[str, int] = field(default_factory=dict)

    @property
    def simple(self) -> bool:
        """Whether every kind counts at one stage only."""
        return all(len(stages) == 1 for stages in self.stages)


@dataclass(frozen=True)
class Days:
    """The places in time of the texts of days; None: they are ISO days, or dates, and tell it themselves."""

    places: Mapping[str, int] | None = None


def first_rows(table: Any, columns: Sequence[str], rows: int) -> Any:
    """The first rows of some columns as text, c0 and so on."""
    return table.limit(rows).select(**{f"c{i}": as_day(table[name]) for i, name in enumerate(columns)})


def _rows(events: Events, by: Grouping) -> Any:
    """The rows with their keys: day, t… texts, l… limits, w… ids, v… amounts, x… what is left, z… sizes."""
    import ibis

    table, names = events.table, events.columns
    out = {"day": as_day(table[names[by.dates]]) if by.dates else ibis.literal("")}
    out |= {f"t{i}": as_text(table[names[header]]) for i, header in enumerate(by.texts)}
    out |= {f"l{i}": as_limit(table[names[header]], limits) for i, (header, limits) in enumerate(by.limits)}
    out |= {f"w{i}": _id(table[names[header]]) for i, header in enumerate(by.ids)}
    for i, (header, sign) in enumerate(by.amounts):
        out[f"v{i}"], out[f"x{i}"] = as_amount(table[names[header]], sign)
        out[f"z{i}"] = as_size(table[names[header]], sign)
    return table.select(**out)


def _id(column: Any) -> Any:
    """A column of ids as text, trimmed as cells are."""
    import ibis

    text = as_text(column).strip()
    return ibis.ifelse(text.contains("  "), text.re_replace(" +", " "), text)


def ids_told(events: Events, headers: Sequence[str]) -> Any:
    """One row: how many rows there are, n, in how many each column has an id, f…, and how many different ones, d…."""
    rows = events.table.select(**{f"w{i}": _id(events.table[events.columns[h]]) for i, h in enumerate(headers)})
    ids = [(i, rows[f"w{i}"], rows[f"w{i}"] != "") for i in range(len(headers))]
    filled = {f"f{i}": rows.count(where=has_one).fill_null(0) for i, _, has_one in ids}
    return rows.agg(n=rows.count(), **filled, **{f"d{i}": text.nunique(where=has_one) for i, text, has_one in ids})


def _counted(rows: Any, by: Grouping, *, apart: bool) -> Any:
    """The rows by their keys, and with `apart` by which ids are empty: n rows, s… their amounts added up."""
    keys = ["day", *(f"t{i}" for i in range(len(by.texts))), *(f"l{i}" for i in range(len(by.limits)))]
    keys += [f"x{i}" for i in range(len(by.amounts))]
    empty = {f"b{i}": rows[f"w{i}"] == "" for i in range(len(by.ids))} if apart else {}
    sums = {f"s{i}": rows[f"v{i}"].sum() for i in range(len(by.amounts))}
    return rows.group_by(*keys, **empty).agg(n=rows.count(), **sums)


def groups(events: Events, by: Grouping) -> Any:
    """How many rows there are of each kind: one row per kind."""
    return _counted(_rows(events, by), by, apart=True)


def _when(rows: Any, days: Days) -> Any:
    """The rows with their day's place in time, `when`."""
    import ibis

    if days.places is None:
        number = ibis.ifelse(rows["day"].length() == 10, rows["day"].replace("-", ""), "0")
        return rows.mutate(when=number.cast("int64"))
    places = ibis.memtable({"text": list(days.places), "place": list(days.places.values())})
    placed = rows.left_join(places, rows["day"] == places["text"])
    return placed.mutate(when=placed["place"].fill_null(0).cast("int64")).drop("text", "place")


def _place(rows: Any, key: str, places: Mapping[str, int]) -> Any:
    """The place of a key's text, as told."""
    import ibis

    steps = [(rows[key] == text, ibis.literal(place, "int64")) for text, place in places.items()]
    return ibis.cases(*steps, else_=ibis.literal(0, "int64")) if steps else ibis.literal(0, "int64")


def _kind(rows: Any, keys: Sequence[str], numbers: Mapping[tuple[str, ...], int]) -> Any:
    """The number of each row's kind, -1 for none: key by key, so that few texts are compared."""
    import ibis

    if not keys:
        return ibis.literal(next(iter(numbers.values()), -1), "int64")
    below: dict[str, dict[tuple[str, ...], int]] = {}
    for texts, number in numbers.items():
        below.setdefault(texts[0], {})[texts[1:]] = number
    steps = [(rows[keys[0]] == text, _kind(rows, keys[1:], rest)) for text, rest in below.items()]
    return ibis.cases(*steps, else_=ibis.literal(-1, "int64")) if steps else ibis.literal(-1, "int64")


def firsts(
    events: Events, by: Grouping, who: str, kinds: Kinds, of: Sequence[Among], days: Days,
    roles: Sequence[tuple[str, Mapping[str, int]]],
) -> Any:  # fmt: skip
    """Persons by the first day on which they come to a stage: `first` (packed with the roles' places), n.

    `of` are the rows that are asked at all. `slot` is the kind of row where kinds are simple, else the stage's number
    among those of its owner, `own`.
    """
    import ibis

    rows = _when(_all(_rows(events, by), of), days)
    rows = rows.filter(rows[by.id(who)] != "")
    packed = rows["when"]
    for key, places in roles:
        packed = packed * (1 + max(places.values(), default=0)) + _place(rows, key, places)
    own = _place(rows, kinds.by_owner, kinds.owners) if kinds.owners else ibis.literal(0, "int64")
    rows = rows.select(who=rows[by.id(who)], packed=packed, kind=_kind(rows, kinds.keys, kinds.numbers), own=own)
    rows = rows.filter(rows["kind"] >= 0)
    if kinds.simple:
        persons = rows.group_by("who", slot=rows["kind"]).agg(first=rows["packed"].min())
        return persons.group_by("slot", "first", own=ibis.literal(0, "int64")).agg(n=persons.count())
    return _by_stage(rows, kinds)


def _by_stage(rows: Any, kinds: Kinds) -> Any:
    """Persons whose kinds of rows count at several stages, by the first day at each."""
    import ibis

    slots = range(1 + max(stage for stages in kinds.stages for stage in stages))
    at_stage = {slot: [kind for kind, stages in enumerate(kinds.stages) if slot in stages] for slot in slots}
    first = {f"first{slot}": rows["packed"].min(where=rows["kind"].isin(of)) for slot, of in at_stage.items() if of}
    persons = rows.group_by("who", "own").agg(**first)
    parts = []
    for name in first:
        part = persons.filter(persons[name].notnull())
        counted = part.group_by("own", first=part[name]).agg(n=part.count())
        parts.append(counted.mutate(slot=ibis.literal(int(name.removeprefix("first")), "int64")))
    return reduce(lambda a, b: a.union(b), parts)


def _all(rows: Any, tests: Sequence[Among]) -> Any:
    return rows.filter(*(test.test(rows) for test in tests)) if tests else rows


def one_each(
    events: Events, by: Grouping, who: str, of: Sequence[Among], days: Days,
    order: Sequence[tuple[str, Mapping[str, int]]], amount: int | None, *, latest: bool,
) -> Any:  # fmt: skip
    """Of the rows of each id the first, or `latest`, by day, then by the places of `order`, then the largest.

    They are grouped as `groups`.
    """
    import ibis

    rows = _when(_all(_rows(events, by), of), days)
    rows = rows.filter(rows[by.id(who)] != "")
    keys = [ibis.desc(rows["when"]) if latest else rows["when"], *(_place(rows, key, places) for key, places in order)]
    keys += [] if amount is None else [ibis.desc(rows[f"z{amount}"])]
    rows = rows.mutate(turn=ibis.row_number().over(ibis.window(group_by=rows[by.id(who)], order_by=keys)))
    return _counted(rows.filter(rows["turn"] == 0), by, apart=False)
