"""What limits an answer: the name of each limit, alone and inside a sentence, and how much more of it one speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner import words
from planner.errors import Binding
from planner.plan import Plan
from planner.plan.naming import capital, channel_name

__all__ = ["ROOM", "Room", "limit_alone", "limit_in_text", "limit_name"]

MOST_NAMED = 2  # channels; more are counted


@dataclass(frozen=True)
class Room:
    """How much more of a limit one speaks of: `units` of it, written as `unit` and called `noun`."""

    units: float
    unit: str
    noun: str = ""
    more: str = "more"

    def written(self, plan: Plan, amount: float) -> str:
        """An amount of the limit with its unit."""
        return f"{words.write(plan, amount, self.unit)} {self.noun}".strip()


ROOM: Mapping[str, Room] = {
    "budget": Room(1000.0, "money"),
    "hours": Room(100.0, "hours"),
    "pace": Room(100.0, "count", "touches a month"),
    "audience": Room(1000.0, "count", "contacts"),
    "most": Room(100.0, "count", "touches a month"),
    "least": Room(100.0, "count", "touches a month", "less"),
    "complaints": Room(0.001, "percent", "complaints"),
}
OF_CHANNELS: Mapping[str, str] = {  # each with "the" inside a sentence
    "pace": "{channel} pace", "audience": "{channel} audience", "most": "{channel} maximum",
    "least": "{channel} minimum", "complaints": "{channel} complaint rate",
}  # fmt: skip
ALONE: Mapping[str, tuple[str, str]] = {  # the article inside a sentence, and the name
    "budget": ("the", "budget"), "hours": ("", "team hours"), "least": ("the", "lowest value"),
    "ceiling": ("the", "highest value"), "flat": ("", "diminishing returns"), "turn": ("the", "turning point"),
    "jump": ("the", "jump"), "unmoved": ("", "no effect"), "undefined": ("an", "undefined figure"),
}  # fmt: skip


def limit_in_text(plan: Plan, limit: Binding) -> str:
    """A limit inside a sentence: "team hours", "the LinkedIn maximum"; or what the result itself does."""
    return " ".join(_named(plan, limit)).lstrip()


def limit_alone(plan: Plan, limit: Binding) -> str:
    """A limit in a cell of a table, without its article: "team hours", "LinkedIn maximum"."""
    return _named(plan, limit)[1]


def limit_name(plan: Plan, limit: Binding) -> str:
    """A limit as a label: "Team hours", "LinkedIn maximum"."""
    return capital(limit_alone(plan, limit))


def _named(plan: Plan, limit: Binding) -> tuple[str, str]:
    """The article of a limit inside a sentence, "" for none, and its name."""
    names = [channel_name(channel) for channel in plan.channels if channel.key in limit.channels]
    if names and limit.what in OF_CHANNELS:
        channels = " and ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} channels"
        return "the", OF_CHANNELS[limit.what].format(channel=channels)
    return ALONE.get(limit.what, ("the", "size of the audiences"))
