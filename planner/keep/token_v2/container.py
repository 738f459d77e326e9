"""The bytes of a token of version 2: a plan and what the engine said of it, its baseline and its named scenarios.

The number of the reference, a deflated text (what the plans hold but their numbers), then the packed numbers. The plan
is written as a difference from the reference, the baseline from the plan, each scenario from the baseline.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from planner.keep.contents import HEADLINES, Contents, Named
from planner.keep.steps import Scenario
from planner.keep.token_v1.packing import (
    TYPED,
    Counts,
    Reader,
    Writer,
    read_figures,
    read_numbers,
    write_figures,
    write_numbers,
)
from planner.keep.token_v2.outline import (
    blanks,
    difference,
    expected_numbers,
    outlined,
    patched,
    renumbered,
)
from planner.keep.token_v2.reference import NEWEST, reference
from planner.keep.token_v2.table import PLAN
from planner.plan import Plan

__all__ = ["MOST_NAME", "MOST_SCENARIOS", "body", "contents"]

MOST_TEXT = 8_000_000  # bytes, inflated
MOST_SCENARIOS, MOST_NAME = 4, 80
MOST_REMEMBERED = 100_000  # bytes of a text that is kept once it is read: a link that is refused must not stay
RARELY = ([60, 2], [8, 4])  # how often a number of one plan is otherwise in another, to begin with

Lists = list[Any]
Expected = tuple[float | None, ...]


@dataclass(frozen=True)
class _Outlined:
    """A plan as an outline and its numbers."""

    outline: Lists
    numbers: list[float]

    @classmethod
    def of(cls, plan: Plan) -> _Outlined:
        numbers: list[float] = []
        return cls(outlined(plan, numbers), numbers)

    @cached_property
    def lists(self) -> Lists:
        """The outline with its numbers in place."""
        return renumbered(self.outline, iter(self.numbers))

    @property
    def json(self) -> str:
        """The plan's JSON, its fields named."""
        return blanks(self.outline) % tuple(map(repr, self.numbers))


# -- writing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Text:
    """All of a token but its numbers, deflated, and the numbers to expect in the plan."""

    deflated: bytes
    expected: Expected


def body(
    plan: Plan, engine: str, figures: Sequence[float], baseline: Plan | None, scenarios: Sequence[Scenario]
) -> bytes:
    """The bytes between version and checksum."""
    first = _Outlined.of(plan)
    base = first if baseline is None else _Outlined.of(baseline)
    others = [_Outlined.of(scenario.plan) for scenario in scenarios]
    outlines = [first.outline, None if baseline is None else base.outline, [other.outline for other in others]]
    text = _text(engine, json.dumps([scenario.name for scenario in scenarios]), json.dumps(outlines))
    writer, counts = Writer(), Counts(TYPED)
    write_numbers(writer, counts, first.numbers, text.expected)
    pairs = [] if baseline is None else [(base, first)]
    for other, origin in [*pairs, *((other, base) for other in others)]:
        counts.same = _rarely()
        write_numbers(writer, counts, other.numbers, _expected(other.outline, origin.lists))
    write_figures(writer, figures)
    return bytes((NEWEST,)) + text.deflated + writer.blocks()


@lru_cache(maxsize=8)
def _text(engine: str, names: str, outlines: str) -> _Text:
    plan, baseline, scenarios = json.loads(outlines)
    frozen = reference(NEWEST)
    heads = frozen.heads(plan)
    expected = frozen.expected(heads)
    parts = [engine, heads, difference(PLAN, plan, outlined(expected, []))]
    if baseline is not None or scenarios:
        base = plan if baseline is None else baseline
        changes = [difference(PLAN, scenario, base) for scenario in scenarios]
        parts += [
            None if baseline is None else difference(PLAN, baseline, plan),
            [list(pair) for pair in zip(json.loads(names), changes, strict=True)],
        ]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, frozen.dictionary)
    return _Text(deflate.compress(text) + deflate.flush(), _expected(plan, expected))


def _rarely() -> tuple[list[int], list[int]]:
    return list(RARELY[0]), list(RARELY[1])


def _expected(outline: Lists, of: Lists) -> Expected:
    return tuple(expected_numbers(PLAN, outline, of))


# -- reading ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Read:
    """What a text holds: outlines and names, and the numbers to expect in the plan."""

    engine: str
    plan: Lists
    expected: Expected
    baseline: Lists | None
    names: tuple[str, ...]
    scenarios: tuple[Lists, ...]


def contents(body: bytes) -> Contents:
    """What the bytes between version and checksum hold; one of `WRONG` for bytes that are none of a token."""
    number = body[0]
    inflate = zlib.decompressobj(-15, reference(number).dictionary)
    text = inflate.decompress(body[1:], MOST_TEXT)
    if not inflate.eof:
        raise ValueError("more than a plan can hold, or cut off")
    read = (_remembered if len(text) <= MOST_REMEMBERED else _read)(number, text)
    reader, counts = Reader(inflate.unused_data), Counts(TYPED)
    plan = _numbered(read.plan, reader, counts, read.expected)
    base, baseline = plan, None
    if read.baseline is not None:
        base = baseline = _told(read.baseline, plan, reader, counts)
    scenarios = [_told(outline, base, reader, counts) for outline in read.scenarios]
    figures = read_figures(reader, 2 * len(HEADLINES) if read.engine else 0)
    reader.end()
    return Contents(
        plan.json,
        read.engine,
        tuple(figures),
        baseline.json if baseline else None,
        tuple(Named(name, scenario.json) for name, scenario in zip(read.names, scenarios, strict=True)),
    )


def _numbered(outline: Lists, reader: Reader, counts: Counts, expected: Expected) -> _Outlined:
    return _Outlined(outline, read_numbers(reader, counts, expected))


def _told(outline: Lists, of: _Outlined, reader: Reader, counts: Counts) -> _Outlined:
    counts.same = _rarely()
    return _numbered(outline, reader, counts, _expected(outline, of.lists))


def _read(number: int, text: bytes) -> _Read:
    engine, heads, patch, *more = json.loads(text)
    if not re.fullmatch(r"[0-9A-Za-z.+-]{0,20}", engine):
        raise ValueError("no version")
    expected = reference(number).expected(heads)
    plan = _patched(expected, patch)
    baseline_text, named = more or (None, [])
    baseline = None if baseline_text is None else _patched(plan, baseline_text)
    names, scenarios = tuple(_names(named)), [_patched(baseline or plan, change) for _, change in named]
    return _Read(engine, plan, _expected(plan, expected), baseline, names, tuple(scenarios))


_remembered = lru_cache(maxsize=8)(_read)  # an address is read again on every move


def _patched(of: Lists, patch: Any) -> Lists:
    return outlined(patched(PLAN, outlined(of, []), patch), [])


def _names(named: Any) -> Iterator[str]:
    names = [name for name, _ in named]
    if len(names) > MOST_SCENARIOS or len(set(names)) < len(names):
        raise ValueError("too many scenarios, or two of one name")
    for name in names:
        if not isinstance(name, str) or not name.strip() or len(name) > MOST_NAME:
            raise ValueError("no name of a scenario")
        yield name
