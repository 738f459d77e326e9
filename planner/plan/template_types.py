"""What describes a channel kind: its record, the rows of its stages, and what runs between kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from planner.plan.stage_words import StageWords
from planner.plan.types import Delay, Stage

__all__ = ["Carry", "Deviation", "Lift", "Pace", "Row", "Template", "Typical"]


@dataclass(frozen=True)
class Typical:
    """A typical value with the range around it and where it comes from."""

    low: float
    value: float
    high: float
    source: str = "judgement"


@dataclass(frozen=True)
class Row:
    """One stage of a template, with the trade's words for it. `flags`: * main, x exclusive, t tires.

    Half arrive within `days`, nine in ten `within` days.
    """

    key: str
    label: str
    of: str | None
    words: StageWords
    typical: Typical
    flags: str = ""
    days: Typical | None = None
    within: float = 0.0

    def stage(self) -> Stage:
        """The stage at its typical rate and delay."""
        delay = Delay(float(self.days.value), self.within / self.days.value) if self.days else None
        main, exclusive, tires = (flag in self.flags for flag in "*xt")
        return Stage(self.key, self.label, self.of, self.typical.value, delay, main, exclusive, tires)


@dataclass(frozen=True)
class Deviation:
    """How sample data differ from the plan: a lever of every channel of a kind is multiplied by `factor`.

    `lever` is what follows the channel's key in the lever path; "costs" are all costs of the channel.
    """

    lever: str
    factor: float
    says: str


@dataclass(frozen=True)
class Pace:
    """The most touches a week that the platform or the craft allows, for each rep or for each sender of the channel.

    `sender` names one ("mailbox"); `senders` is how many carry the typical volume in the shortest month of the year.
    """

    weekly: Typical
    per: Literal["rep", "sender"] = "rep"
    sender: str = ""
    senders: float | None = None


@dataclass(frozen=True)
class Template:
    """A kind of channel: what a touch is, usual volumes, unit costs and minutes, its stages, and all it is called.

    `name` stands before a noun inside a sentence ("postal reply rate"); `unit` names its touches; `hue` is its colour
    on light and on dark ground. `each` is touches a contact, `fee` the cost of one touch and `tools` a monthly cost,
    both in euro; `minutes` a rep spends by stage. `uploads` are names of the channel in exports, `lead` is the stage
    that counts as a lead (None: the appointment), `deviation` how sample data differ. A `listed` channel works through
    a list of contacts in order.
    """

    kind: str
    label: str
    name: str
    unit: str
    hue: tuple[str, str]
    volume: Typical
    rows: tuple[Row, ...]
    each: Typical = Typical(1, 1, 3)
    audience: Typical | None = None
    fee: Typical | None = None
    tools: Typical | None = None
    minutes: Mapping[str, Typical] = field(default_factory=dict)
    uploads: str = ""
    lead: str | None = None
    pace: Pace | None = None
    deviation: Deviation | None = None
    listed: bool = False


@dataclass(frozen=True)
class Carry:
    """Between kinds of channels: `share` of the arrivals at a stage of the source become touches of the other."""

    source: str
    stage: str
    to: str
    share: Typical


@dataclass(frozen=True)
class Lift:
    """Between kinds of channels: touches of the source lift the rate of a stage of the other."""

    source: str
    to: str
    stage: str
    lift: Typical
    scale: Typical
