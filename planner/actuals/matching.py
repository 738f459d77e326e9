"""What a header or a cell means: channels, stages, named sums and money by key, by label or by the usual words.

Case, accents, plurals, spaces and signs do not matter. A word names a figure only where the channel has that figure.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from functools import lru_cache

from planner.actuals.actuals import MONEY_NAMES, NAMED_SUMS, SHARED, stage_names
from planner.actuals.vocabulary import CHANNELS, FIGURES, NO_CHANNEL, ROLES, TOUCHES
from planner.plan import Plan, Stage, merged

__all__ = ["IGNORED", "Names", "is_rate", "names_of", "plain"]

IGNORED = "ignored"

_FILLERS = frozenset(["total", "unique", "number", "of", "count", "the", "overall", "sum", "new"])
_RATE = re.compile(
    r"\b(rate|ratio|percent(age)?|pct|avg|average|per|cp[acml]|ctr|roi|roas|quote|taux|tasa|andel|share|\w{4,}(rate|quote))\b"
)
_PATH = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")


@lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    """The words of a text without case, accents, signs and plurals."""
    text = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(r"[^\W_]+", "".join(c for c in text if not unicodedata.combining(c)))
    return " ".join(map(_singular, words))


def _singular(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s") or word.endswith("ss"):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def said(words: str) -> list[str]:
    """A row of a table of words, as `plain` writes them."""
    return [plain(word) for word in words.split(";")]


def is_rate(header: str) -> bool:
    """Whether a header speaks of a rate, which is printed with denominators of its own and never read."""
    return "%" in header or _RATE.search(plain(header)) is not None


@lru_cache(maxsize=8)
def names_of(plan: Plan) -> Names:
    """The names of a plan's channels and figures."""
    return Names(plan)


class Names:
    """Finds channels and figures of one plan by what people call them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.labels = {channel.key: channel.label for channel in plan.channels} | {SHARED: "the sales stages"}
        self._channels = _channel_words(plan)
        stages = {channel.key: merged(channel.stages, plan.sales) for channel in plan.channels} | {SHARED: plan.sales}
        kinds = {channel.key: channel.kind for channel in plan.channels}
        self._stages = {key: stage_names(plan, key) for key in stages}
        self._figures = {key: _figure_words(plan, key, kinds.get(key), rows) for key, rows in stages.items()}
        self._roles = [(role, frozenset(said(words))) for role, words in ROLES.items()]

    def roles(self, header: str) -> tuple[str, ...]:
        """What a column that is no figure may be by its header, likeliest first."""
        word = plain(_without_brackets(header))
        return tuple(role for role, words in self._roles if word in words)

    def channel(self, text: str) -> str | None:
        """The channel's key; "sales" where the text says that there is none; None for a word that names none."""
        return _found(self._channels, text)

    def figure(self, channel: str, text: str) -> str | None:
        """Key of a stage, a named sum, "cost" or "revenue" of the channel; None where it has nothing of that name."""
        known, rest = self._figures[channel], plain(text).split()
        if found := _found(known, text):
            return found
        while rest and (rest[0] in _FILLERS or rest[-1] in _FILLERS):
            rest = rest[1:] if rest[0] in _FILLERS else rest[:-1]
            if " ".join(rest) in known:
                return known[" ".join(rest)]
        return None

    def path(self, text: str) -> tuple[str, str] | None:
        """Channel and figure of a text that names both, such as "email.sent" or "Calls made"; None for others."""
        head, _, rest = text.casefold().partition(".")
        if head in self.labels and rest in self._figures[head].values():
            return head, rest
        words = plain(text).split()
        for n in range(min(len(words), 4), 0, -1):
            channel = self._channels.get(" ".join(words[:n]))
            if channel is not None and (figure := self.figure(channel, " ".join(words[n:]) or TOUCHES)):
                return channel, figure
        return None

    def place(self, channel: str | None, text: str) -> tuple[str, str] | None:
        """Channel and figure of a cell, `channel` being what its row says (None: nothing); None for what is unknown."""
        figure = self.figure(channel or SHARED, text)
        if figure:
            return channel or SHARED, figure
        found = self.path(text)
        if found and channel and found[0] != channel:
            figure = self.figure(channel, found[1]) if found[0] == SHARED else None
            return (channel, figure) if figure else None
        return found

    def owners(self, header: str) -> tuple[str, ...]:
        """The channels, "sales" included, that have a figure of this name."""
        text = self._named(header)
        return tuple(key for key in self._figures if self.figure(key, text))

    def only_owner(self, header: str) -> str | None:
        """The one channel that has a stage of this name, or that the header names."""
        text, owners = self._named(header), self.owners(header)
        if len(owners) == 1 and self.figure(owners[0], text) in self._stages[owners[0]]:
            return owners[0]
        found = None if owners else self.path(text)
        return found[0] if found else None

    def meaning(self, header: str, channel: str | None = None, by_row: bool = False) -> str | None:
        """The figure a header names: a key, or a path where it names the channel too; None for no figure.

        `channel` is that of the whole file, `by_row` says that each row names its own: then a key needs no channel.
        """
        text, owners = self._named(header), self.owners(header)
        if channel:
            return self.figure(channel, text)
        if owners and not _PATH.fullmatch(text):
            figure = self._common(text, owners)
            return figure if by_row or len(owners) > 1 or SHARED in owners else f"{owners[0]}.{figure}"
        found = self.path(text)
        return ".".join(found) if found else None

    def _named(self, header: str) -> str:
        """What a header says, without brackets and currency unless they belong to a name."""
        return header if any(_found(known, header) for known in self._figures.values()) else _without_brackets(header)

    def _common(self, text: str, owners: tuple[str, ...]) -> str:
        """The key that `text` is, else the name under which most owners find what they find under `text`."""
        for owner in owners:
            if (figure := self.figure(owner, text)) and plain(figure) == plain(text):
                return figure
        found = {owner: self.figure(owner, text) for owner in owners}
        names = [*dict.fromkeys(figure for figure in found.values() if figure), TOUCHES]
        return max(names, key=lambda name: sum(self.figure(owner, name) == figure for owner, figure in found.items()))

    def near_channels(self, text: str) -> str:
        """The channels whose names come nearest, for a mend."""
        labels = {key: label for key, label in self.labels.items() if key != SHARED}
        known = {word: key for word, key in self._channels.items() if key != SHARED}
        return _near(text, known, labels)

    def near_figures(self, channel: str | None, text: str) -> str:
        """The figures of the channel whose names come nearest, then its others, for a mend."""
        known = self._figures[channel or SHARED]
        return _near(text, known, {key: key for key in known.values()})

    def meanings(self) -> dict[str, str]:
        """All a column can mean, with its label: what a form offers."""
        made = {IGNORED: "Not read"} | {role: role.capitalize().replace("_", " ") for role in ROLES}
        made |= {"cost": "Cost", "revenue": "Revenue", TOUCHES: "Touches"}
        rows: dict[str, tuple[Stage, ...]] = {
            channel.key: merged(channel.stages, self.plan.sales) for channel in self.plan.channels
        }
        for stages in (*rows.values(), self.plan.sales):
            for stage in stages:
                made.setdefault(stage.key, stage.label)
        for item in NAMED_SUMS:
            made.setdefault(item.key, item.label)
        for key, stages in rows.items():
            made |= {f"{key}.{stage.key}": f"{self.labels[key]}: {stage.label}" for stage in stages}
            made |= {f"{key}.{name}": f"{self.labels[key]}: {name}" for name in MONEY_NAMES}
        return made


def _channel_words(plan: Plan) -> dict[str, str]:
    made = _by_name([(channel.key, channel.label) for channel in plan.channels])
    for channel in sorted(plan.channels, key=lambda item: not item.active):
        for word in said(CHANNELS.get(channel.kind, "")):
            made.setdefault(word, channel.key)
    for word in ("", *said(NO_CHANNEL)):
        made.setdefault(word, SHARED)
    return made


def _figure_words(plan: Plan, channel: str, kind: str | None, stages: tuple[Stage, ...]) -> dict[str, str]:
    keys = stage_names(plan, channel)
    sums = [item for item in NAMED_SUMS if item.kind in (None, kind) and item.key not in keys]
    above = [(row.of, row.of) for row in stages if row.of in keys]  # the appointment, above the sales stages
    rows = [(row.key, row.label) for row in stages] + [(item.key, item.label) for item in sums]
    made = _by_name([*rows, *above, *((name, name) for name in MONEY_NAMES)])
    root = next((row.key for row in stages if row.of is None), None)
    for key, words in sorted(FIGURES.items(), key=lambda row: row[0] == TOUCHES):
        to = root if key == TOUCHES else key
        if to and to in made.values():
            for word in (plain(key), *said(words)):
                made.setdefault(word, to)
    return made


def _by_name(rows: list[tuple[str, str]]) -> dict[str, str]:
    """Keys by key and label: as written first, so that names that differ only in a plural stay apart."""
    made: dict[str, str] = {}
    for write in (str.casefold, plain):
        for i in (0, 1):
            for row in rows:
                made.setdefault(write(row[i]), row[0])
    return made


def _found(known: dict[str, str], text: str) -> str | None:
    return known.get(text.casefold()) or known.get(plain(text))


def _near(text: str, known: dict[str, str], shown: dict[str, str]) -> str:
    close = get_close_matches(plain(text[:80]), known, n=6, cutoff=0.6)
    names = list(dict.fromkeys([*(shown[known[word]] for word in close), *shown.values()]))
    return ", ".join(names[:8]) + (" …" if len(names) > 8 else "")


def _without_brackets(header: str) -> str:
    """A header without what stands in brackets, a currency as a rule, and without a currency at its end."""
    return re.sub(r"\(.*?\)|\[.*?\]|(?<=\w)[, ]+(in )?([A-Z]{3}|[€$£])$", "", header).strip()
