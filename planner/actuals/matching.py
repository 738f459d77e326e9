"""What a header or a cell means: channels, stages, named sums and money by key, by label or by the usual words.

Case, accents, plurals, spaces and signs do not matter. A word names a figure only where the channel has that figure.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from planner.actuals.actuals import MONEY_NAMES, NAMED_SUMS, UNATTRIBUTED, stage_keys
from planner.actuals.plain_text import plain, plain_words
from planner.actuals.vocabulary import (
    COLUMN_LABELS,
    COLUMN_WORDS,
    FIGURE_WORDS,
    FIRST_STAGE,
    STAGE_WORDS,
    UNATTRIBUTED_WORDS,
)
from planner.plan import Plan, Stage, merged
from planner.plan.templates import template, upload_names

__all__ = ["IGNORED", "PlanNames", "is_rate", "plain", "plain_words", "plan_names"]

IGNORED = "ignored"

_FILLERS = frozenset(
    ["total", "unique", "number", "of", "count", "the", "overall", "sum", "new", "actual", "ist", "realise", "faktisk",
     "realizado", "realizada", "gerealiseerd", "effectif"]
)  # fmt: skip
_RATE = re.compile(
    r"\b(rate|ratio|percent(age)?|pct|avg|average|per|cp[acml]|ctr|roi|roas|quote|taux|tasa|andel|share|\w{4,}(rate|quote))\b"
)
_FROM = re.compile(r"(.+?) (?:from|via|through|von|aus|par|por|fra|van) (.+)")
_BRACKETS = re.compile(r"\(([^()]+)\)")
_PATH = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")


def is_rate(header: str) -> bool:
    """Whether a header names a rate, which is printed with denominators of its own and never read."""
    return "%" in header or _RATE.search(plain(header)) is not None


@lru_cache(maxsize=8)
def plan_names(plan: Plan) -> PlanNames:
    """The names of a plan's channels and figures."""
    return PlanNames(plan)


class PlanNames:
    """Finds channels and figures of one plan by what people call them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.labels = {channel.key: channel.label for channel in plan.channels} | {UNATTRIBUTED: "the sales stages"}
        self._channels = _channel_words(plan)
        stages = {channel.key: merged(channel.stages, plan.sales) for channel in plan.channels} | {
            UNATTRIBUTED: plan.sales
        }
        kinds = {channel.key: channel.kind for channel in plan.channels}
        self._stages = {key: stage_keys(plan, key) for key in stages}
        self._figures = {key: _figure_words(plan, key, kinds.get(key), rows) for key, rows in stages.items()}
        self._roles = [(role, frozenset(plain_words(words))) for role, words in COLUMN_WORDS.items()]

    def roles(self, header: str) -> tuple[str, ...]:
        """What a column that is no figure may be by its header, likeliest first."""
        word = plain(_without_brackets(header))
        return tuple(role for role, words in self._roles if word in words)

    def channel(self, text: str) -> str | None:
        """The channel's key; "sales" where the text says that there is none; None for a word that names none."""
        return _key_of(self._channels, text)

    def is_own_channel(self, text: str) -> bool:
        """Whether a text is the key or the label of a channel of the plan."""
        channels = self.plan.channels
        return any(text.casefold() in (channel.key, channel.label.casefold()) for channel in channels)

    def is_own_stage(self, text: str) -> bool:
        """Whether a text is the key or the label of a stage of the plan."""
        stages = [stage for channel in self.plan.channels for stage in channel.stages]
        return any(text.casefold() in (stage.key, stage.label.casefold()) for stage in (*stages, *self.plan.sales))

    def figure(self, channel: str, text: str) -> str | None:
        """Key of a stage, a named sum, "cost" or "revenue" of the channel; None where it has nothing of that name."""
        figures, words = self._figures[channel], plain(text).split()
        if key := _key_of(figures, text):
            return key
        while words and (words[0] in _FILLERS or words[-1] in _FILLERS):
            words = words[1:] if words[0] in _FILLERS else words[:-1]
            if " ".join(words) in figures:
                return figures[" ".join(words)]
        return None

    def path(self, text: str) -> tuple[str, str] | None:
        """Channel and figure of a text that names both, such as "email.sent" or "Calls made"; None for others."""
        head, _, rest = text.casefold().partition(".")
        if head in self.labels and rest in self._figures[head].values():
            return head, rest
        words = plain(text).split()
        for n in range(min(len(words), 4), 0, -1):
            channel = self._channels.get(" ".join(words[:n]))
            if channel is not None and (figure := self.figure(channel, " ".join(words[n:]) or FIRST_STAGE)):
                return channel, figure
        if origin := _FROM.fullmatch(" ".join(words)):  # “Meetings from calls”
            channel = self._channels.get(origin[2])
            figure = self.figure(channel, origin[1]) if channel else None
            return (channel, figure) if channel and figure else None
        return None

    def place(self, channel: str, text: str) -> tuple[str, str] | None:
        """Channel and figure of a cell, in a row of `channel` or of no channel; None for what is unknown."""
        if figure := self.figure(channel, text):
            return channel, figure
        path = self.path(text)
        if path is None or channel in (path[0], UNATTRIBUTED):
            return path
        if path[0] == UNATTRIBUTED and (figure := self.figure(channel, path[1])):
            return channel, figure
        return None

    def owners(self, header: str) -> tuple[str, ...]:
        """The channels, "sales" included, that have a figure of this name."""
        text = self._named(header)
        return tuple(key for key in self._figures if self.figure(key, text))

    def only_owner(self, header: str) -> str | None:
        """The one channel that has a stage of this name, or that the header names."""
        if bracketed := self._in_brackets(header):
            return bracketed
        text, owners = self._named(header), self.owners(header)
        if len(owners) == 1 and self.figure(owners[0], text) in self._stages[owners[0]]:
            return owners[0]
        path = None if owners else self.path(text)
        return path[0] if path else None

    def meaning(self, header: str, channel: str | None = None, by_row: bool = False) -> str | None:
        """The figure a header names: a key, or a path where it names the channel too; None for no figure.

        `channel` is that of the whole file, `by_row` says that each row names its own: then a key needs no channel.
        """
        text, owners = self._named(header), self.owners(header)
        bracketed = self._in_brackets(header)
        if bracketed and (figure := self.figure(bracketed, _without_brackets(header))):
            return f"{bracketed}.{figure}"
        if channel:
            path = self.path(text)
            return self.figure(channel, text) or (path[1] if path and path[0] == channel else None)
        if owners and not _PATH.fullmatch(text):
            figure = self._common(text, owners)
            return figure if by_row or len(owners) > 1 or UNATTRIBUTED in owners else f"{owners[0]}.{figure}"
        path = self.path(text)
        return ".".join(path) if path else None

    def _in_brackets(self, header: str) -> str | None:
        """The channel that a header names in brackets."""
        in_brackets = _BRACKETS.search(header)
        channel = self.channel(in_brackets[1]) if in_brackets else None
        return None if channel == UNATTRIBUTED else channel

    def _named(self, header: str) -> str:
        """What a header says, without brackets and currency unless they belong to a name."""
        return (
            header if any(_key_of(figures, header) for figures in self._figures.values()) else _without_brackets(header)
        )

    def _common(self, text: str, owners: tuple[str, ...]) -> str:
        """The key that `text` is, else the name under which most owners find what they find under `text`."""
        for owner in owners:
            if (figure := self.figure(owner, text)) and plain(figure) == plain(text):
                return figure
        meant = {owner: self.figure(owner, text) for owner in owners}
        names = [*dict.fromkeys(figure for figure in meant.values() if figure), FIRST_STAGE]
        return max(names, key=lambda name: sum(self.figure(owner, name) == figure for owner, figure in meant.items()))

    def nearest_channel(self, text: str) -> str:
        """The key of the channel a text speaks of, or comes nearest to; "" where none or several do."""
        keys = {word: key for word, key in self._channels.items() if word and key != UNATTRIBUTED}
        spoken = f" {plain(text)} "
        spoken_of = [word for word in keys if f" {word} " in spoken]
        longest = [word for word in spoken_of if not any(word != other and word in other for other in spoken_of)]
        close = longest or get_close_matches(plain(text[:80]), keys, n=1, cutoff=0.6)
        of = {keys[word] for word in close}
        return of.pop() if len(of) == 1 else ""

    def near_channels(self, text: str) -> str:
        """The channels whose names come nearest, for a mend."""
        labels = {key: label for key, label in self.labels.items() if key != UNATTRIBUTED}
        keys = {word: key for word, key in self._channels.items() if key != UNATTRIBUTED}
        return _nearest(text, keys, labels)

    def near_figures(self, channel: str, text: str) -> str:
        """The figures of the channel whose names come nearest, then its others, for a mend."""
        keys = self._figures[channel]
        return _nearest(text, keys, {key: key for key in keys.values()})

    def meanings(self) -> dict[str, str]:
        """All a column can mean, with its label: what a form offers."""
        labels = {IGNORED: "Not used"} | COLUMN_LABELS
        labels |= {"cost": "Cost", "revenue": "Revenue", FIRST_STAGE: "Touches (first stage)"}
        by_channel: dict[str, tuple[Stage, ...]] = {
            channel.key: merged(channel.stages, self.plan.sales) for channel in self.plan.channels
        }
        for stages in (*by_channel.values(), self.plan.sales):
            for stage in stages:
                labels.setdefault(stage.key, stage.label)
        for item in NAMED_SUMS:
            labels.setdefault(item.key, item.label)
        for key, stages in by_channel.items():
            labels |= {f"{key}.{stage.key}": f"{self.labels[key]}: {stage.label}" for stage in stages}
            labels |= {f"{key}.{name}": f"{self.labels[key]}: {name}" for name in MONEY_NAMES}
        return labels


def _channel_words(plan: Plan) -> dict[str, str]:
    keys = _by_name([(channel.key, channel.label) for channel in plan.channels])
    for channel in sorted(plan.channels, key=lambda item: not item.active):
        kind = template(channel.kind)
        for word in plain_words(kind.uploads if kind else ""):
            keys.setdefault(word, channel.key)
    for word in ("", *plain_words(UNATTRIBUTED_WORDS)):
        keys.setdefault(word, UNATTRIBUTED)
    return keys


def _figure_words(plan: Plan, channel: str, kind: str | None, stages: tuple[Stage, ...]) -> dict[str, str]:
    own = stage_keys(plan, channel)
    sums = [item for item in NAMED_SUMS if item.kind in (None, kind) and item.key not in own]
    parents = [(stage.of, stage.of) for stage in stages if stage.of in own]  # the appointment, above the sales stages
    labelled = [(stage.key, stage.label) for stage in stages] + [(item.key, item.label) for item in sums]
    keys = _by_name([*labelled, *parents, *((name, name) for name in MONEY_NAMES)])
    root = next((stage.key for stage in stages if stage.of is None), None)
    usual = upload_names()
    names = usual | FIGURE_WORDS | {key: f"{usual.get(key, key)}; {more}" for key, more in STAGE_WORDS.items()}
    for figure, words in sorted(names.items(), key=lambda row: row[0] == FIRST_STAGE):
        key = root if figure == FIRST_STAGE else figure
        if key and key in keys.values():
            for word in (plain(figure), *plain_words(words)):
                keys.setdefault(word, key)
    return keys


def _by_name(labelled: list[tuple[str, str]]) -> dict[str, str]:
    """Keys by key and label: as written first, so that names that differ only in a plural stay apart."""
    keys: dict[str, str] = {}
    for write in (str.casefold, plain):
        for key, _ in labelled:
            keys.setdefault(write(key), key)
        for key, label in labelled:
            keys.setdefault(write(label), key)
    return keys


def _key_of(keys: dict[str, str], text: str) -> str | None:
    return keys.get(text.casefold()) or keys.get(plain(text))


def _nearest(text: str, keys: dict[str, str], labels: dict[str, str]) -> str:
    close = get_close_matches(plain(text[:80]), keys, n=6, cutoff=0.6)
    names = list(dict.fromkeys([*(labels[keys[word]] for word in close), *labels.values()]))
    return ", ".join(names[:8]) + (" …" if len(names) > 8 else "")


def _without_brackets(header: str) -> str:
    """A header without what stands in brackets, a currency as a rule, and without a currency at its end."""
    return re.sub(r"\(.*?\)|\[.*?\]|(?<=\w)[, ]+(in )?([A-Z]{3}|[€$£])$", "", header).strip()
