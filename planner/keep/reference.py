"""A frozen plan from which tokens are written as differences, and the plan to expect of the channels of a token.

A token names its channels, which carry the reference's rows for each, and then says only what is otherwise. Used by
every token format, so frozen with them: other rows, or another order of them, would read old links wrongly.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

__all__ = ["Reference"]

CHANNELS = 6  # the field of a plan that holds its channels
PER_CHANNEL = (10, 11, 12, 13, 15)  # costs, efforts, feeds, assists and ranges: rows that speak of channels
MOST_CHANNELS = 60

Lists = list[Any]


@dataclass(frozen=True)
class Head:
    """What a token says of a channel whose kind the reference knows."""

    key: str
    kind: str
    label: str


@dataclass(frozen=True)
class Reference:
    """A plan as lists with its numbers, and the bytes that texts about it are deflated with.

    `counting`: a kind that a token names again is the channel's next number, and rows of copies stand by that number.
    """

    plan: Lists
    dictionary: bytes
    counting: bool = False

    @cached_property
    def _channels(self) -> dict[str, Lists]:
        """The reference's channels by kind, which is also their key."""
        return {row[0]: row for row in self.plan[CHANNELS]}

    @cached_property
    def _words(self) -> dict[str, re.Pattern[str]]:
        return {key: re.compile(rf"(?<![a-z0-9]){key}(?![a-z0-9])") for key in self._channels}

    def heads(self, plan: Lists) -> Lists:
        """The channels whose kind the reference knows, shortest form first: "email", ["email", "2"], all three names.

        `counting`: a kind named again is its next number.
        """
        forms: Lists = []
        before: Counter[str] = Counter()
        for row in plan[CHANNELS]:
            if row[1] in self._channels:
                forms.append(self._short(Head(*row[:3]), before))
                before[row[1]] += 1
        return forms

    def _short(self, head: Head, before: Counter[str]) -> Any:
        forms = (head.kind, [head.kind, head.key.rpartition("_")[2]], [head.key, head.kind, head.label])
        return next(form for form in forms if self._head(form, before) == head)

    def _head(self, form: Any, before: Counter[str]) -> Head:
        if isinstance(form, str):
            again = before[form] if self.counting else 0
            return self._numbered(form, str(again + 1)) if again else Head(*self._channels[form][:3])
        if len(form) == 2:
            return self._numbered(*form)
        key, kind, label = form
        return Head(key, kind, label)

    def _numbered(self, kind: str, number: str) -> Head:
        return Head(f"{kind}_{number}", kind, f"{self._channels[kind][2]} {number}")

    def _named(self, forms: Lists) -> list[Head]:
        named: list[Head] = []
        before: Counter[str] = Counter()
        for form in forms:
            named.append(self._head(form, before))
            before[named[-1].kind] += 1
        return named

    def expected(self, heads: Lists) -> Lists:
        """The plan to expect of these heads, numbers and all: the reference's rows for each channel, and those for all.

        LookupError, TypeError or ValueError for heads that are none.
        """
        if len(heads) > MOST_CHANNELS:
            raise ValueError("too many channels")
        named = self._named(heads)
        originals = {head.key: head for head in named if head.key == head.kind}
        plan = [self._kept(part, originals) if _are_rows(part) else part for part in self.plan]
        plan[CHANNELS] = [[head.key, head.kind, head.label, *self._channels[head.kind][3:]] for head in named]
        for head in sorted(named, key=_number) if self.counting else named:
            if head.key != head.kind:
                for place in PER_CHANNEL:
                    plan[place] = [*plan[place], *self._copied(self.plan[place], head, set(originals))]
        return plan

    def _kept(self, rows: Lists, originals: dict[str, Head]) -> Lists:
        """The rows that speak of no other channel than these, under their labels."""
        kept = []
        for row in rows:
            owners = self._owners(row)
            if owners <= set(originals):
                for channel in sorted(owners):
                    row = self._renamed(row, channel, originals[channel])
                kept.append(row)
        return kept

    def _copied(self, rows: Lists, head: Head, originals: set[str]) -> Lists:
        owned = [(row, self._owners(row)) for row in rows]
        return [
            self._renamed(row, head.kind, head)
            for row, owners in owned
            if head.kind in owners and owners - {head.kind} <= originals
        ]

    def _owners(self, row: Lists) -> set[str]:
        """The channels a row of the reference speaks of, by their keys."""
        texts = [cell for cell in row if isinstance(cell, str)]
        return {key for key, word in self._words.items() if any(map(word.search, texts))}

    def _renamed(self, row: Lists, channel: str, head: Head) -> Lists:
        """A row of one of the reference's channels for the channel of this head."""
        label, word = f"{self._channels[channel][2]}:", self._words[channel]
        return [_reworded(cell, label, word, head) if isinstance(cell, str) else cell for cell in row]


def _number(head: Head) -> int:
    """The number of a numbered copy, which is about when it joined the plan."""
    number = head.key.removeprefix(f"{head.kind}_")
    return int(number) if re.fullmatch("[0-9]{1,9}", number) else 0


def _reworded(text: str, label: str, word: re.Pattern[str], head: Head) -> str:
    if text.startswith(label):
        return f"{head.label}:{text[len(label) :]}"
    return word.sub(lambda _: head.key, text)


def _are_rows(part: Any) -> bool:
    return isinstance(part, list) and bool(part) and all(isinstance(row, list) for row in part)
