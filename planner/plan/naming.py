"""What the numbers of a plan are called: channels, stages, rates and arrivals in the words of the trade.

Names are written as they stand inside a sentence ("e-mail reply rate"); `capital` makes the beginning of one of them.
A stage keeps the words of its template until it gets another label; a stage of one's own is named by its label.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.errors import PlanError
from planner.plan.stage_words import StageWords
from planner.plan.templates import SALES, template
from planner.plan.types import Channel, Plan, Stage, merged

__all__ = [
    "RateName", "arrivals_name", "capital", "channel_name", "channel_title", "delay_name", "in_text", "minutes_name",
    "rate_name", "stage_rate_name", "stage_words", "unit_of",
]  # fmt: skip


@dataclass(frozen=True)
class RateName:
    """What a rate is called ("e-mail reply rate") and what it is a share of ("delivered")."""

    name: str
    of: str

    @property
    def label(self) -> str:
        """The long form: "E-mail reply rate (of delivered)"."""
        return f"{capital(self.name)} (of {self.of})"


def capital(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def in_text(label: str) -> str:
    """A label as it stands inside a sentence: "Gross profit" → "gross profit", "CAC" and "LinkedIn" unchanged."""
    first = label.split()[0] if label.strip() else ""
    return label if first[1:] != first[1:].lower() else label[:1].lower() + label[1:]


def channel_name(channel: Channel) -> str:
    """A channel before a noun inside a sentence: "e-mail", "postal", "e-mail 2"; one's own label as it is typed."""
    kind = template(channel.kind)
    if kind is None or not channel.label.startswith(kind.label):
        return channel.label
    return kind.name + channel.label.removeprefix(kind.label)


def channel_title(channel: Channel) -> str:
    """A channel alone inside a sentence: "e-mail", "pretargeting ads"; a label of one's own as it is typed."""
    return in_text(channel.label) if template(channel.kind) else channel.label


def unit_of(channel: Channel) -> str:
    """What the channel's touches are called: "e-mails", "dials"; of a channel without a template "touches"."""
    kind = template(channel.kind)
    return kind.unit if kind else "touches"


def stage_words(channel: Channel | None, stage: Stage) -> StageWords:
    """The words for a stage of the channel, or (None) of the sales stages."""
    kind = template(channel.kind) if channel else None
    for row in (*(kind.rows if kind else ()), *SALES):
        if row.key == stage.key and row.label == stage.label:
            return row.words
    name = in_text(stage.label)
    return StageWords(f"{name} rate", name, name, f"other than {name}")


def rate_name(plan: Plan, channel: Channel | None, stage: Stage) -> RateName:
    """What the rate of a stage is called; of a side outcome: the share of what the main outcome leaves over."""
    words = stage_words(channel, stage)
    return RateName(_before(channel, stage, words.rate), _share_of(plan, channel, stage))


def arrivals_name(plan: Plan, path: str) -> str:
    """What the arrivals at a stage path are called: "e-mail replies", for all channels "meetings held"."""
    channel, stage = _place(plan, path)
    return _before(channel, stage, stage_words(channel, stage).many)


def stage_rate_name(plan: Plan, path: str) -> str:
    """What the rate at a stage path is called: "e-mail reply rate"."""
    channel, stage = _place(plan, path)
    return _before(channel, stage, stage_words(channel, stage).rate)


def delay_name(channel: Channel | None, stage: Stage) -> str:
    """What the time from the parent to a stage is called: "e-mail reply delay"."""
    return _before(channel, stage, stage_words(channel, stage).wait)


def minutes_name(plan: Plan, path: str) -> str:
    """What a rep's minutes on each arrival at a stage path are called: "phone minutes per conversation"."""
    channel, stage = _place(plan, path)
    name = f"minutes per {stage_words(channel, stage).singular}"
    return f"{channel_name(channel)} {name}" if channel else name


def _before(channel: Channel | None, stage: Stage, noun: str) -> str:
    """The noun with its channel before it; what every appointment passes needs none, but for stages of one's own."""
    if channel is not None:
        return f"{channel_name(channel)} {noun}"
    own = all(row.key != stage.key or row.label != stage.label for row in SALES)
    return f"sales {noun}" if own else noun


def _share_of(plan: Plan, channel: Channel | None, stage: Stage) -> str:
    if stage.of is None:
        return f"planned {unit_of(channel) if channel else 'touches'}"
    parent = _stage_named(plan, channel, stage.of)
    many = stage_words(channel, parent).many if parent else "appointments"
    if not stage.exclusive:
        return many
    main = next((other for other in _tree(plan, channel) if other.main and other.of == stage.of), None)
    return f"{many} {stage_words(channel, main).without}" if main else many


def _place(plan: Plan, path: str) -> tuple[Channel | None, Stage]:
    """The channel (None: of every channel) and the stage at a stage path; PlanError where there is none."""
    head, _, key = path.partition(".")
    channel = next((channel for channel in plan.channels if channel.key == head), None)
    stage = _stage_named(plan, channel, key)
    if stage is None:
        raise PlanError(path, "names no stage of this plan")
    return channel, stage


def _tree(plan: Plan, channel: Channel | None) -> tuple[Stage, ...]:
    return merged(channel.stages, plan.sales) if channel else plan.sales


def _stage_named(plan: Plan, channel: Channel | None, key: str) -> Stage | None:
    stages = (*(channel.stages if channel else ()), *plan.sales)
    return next((stage for stage in stages if stage.key == key), None)
