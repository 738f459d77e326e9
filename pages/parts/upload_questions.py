"""What a file leaves open, each question with the field that answers it; and what its columns were matched to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from pages.shell import desk
from pages.widgets.texts import plain
from planner.actuals.actuals import UNATTRIBUTED
from planner.actuals.left_out import ONE_MORE
from planner.actuals.mapping import ColumnMapping
from planner.actuals.matching import IGNORED, plan_names
from planner.actuals.placing import ABOVE, BLANK_DATE
from planner.actuals.questions import Answers, UploadQuestion
from planner.actuals.reading import UnknownWord, Upload
from planner.actuals.repeats import ADDED, LAST, REPEATED
from planner.actuals.spans import SPAN
from planner.actuals.taking import AS_IS, CURRENCY

__all__ = ["PendingFile", "ask", "ask_source", "column_mapping", "match_word"]

ORDERS = {"": "no such dates", "day": "day first: 8/6 is 8 June", "month": "month first: 8/6 is 6 August"}
DECIMALS = {"": "as each column shows", ".": "point: 1,234.5", ",": "comma: 1.234,5"}
SPANS = {"day": "the day alone", "week": "the week that begins on it", "month": "the whole month"}
WORDS = {
    ABOVE: "the one above", UNATTRIBUTED: "no channel", IGNORED: "not used", "events": "one event",
    "persons": "one person, with the last status reached", "totals": "what came in each period",
    "running totals": "running totals", AS_IS: "use them as they are", LAST: "the last of them", ADDED: "add them up",
    ONE_MORE: "one more row",
}  # fmt: skip


@dataclass
class PendingFile:
    """A file, or a table of the warehouse, that is not yet used: what was said of it by hand, and what was understood.

    `place` tells the fields of several files apart, "" for the first; `reading` is the work that reads a large one.
    """

    name: str
    data: bytes = b""
    table: str = ""
    place: str = ""
    mapping: ColumnMapping | None = None
    answers: Answers = field(default_factory=Answers)
    asked: Any = None
    upload: Upload | None = None
    reading: Any = None

    def key(self, name: str) -> str:
        """The key of a field about this file."""
        return f"{name}{self.place}"

    def match(self, **changes: Any) -> None:
        """Keeps what was chosen by hand, and only that: what was guessed stays a guess."""
        self.mapping = replace(self.mapping or ColumnMapping(), **changes)

    def match_column(self, header: str, meaning: str) -> None:
        """Keeps what a column means."""
        others = [pair for pair in (self.mapping or ColumnMapping()).columns if pair[0] != header]
        self.match(columns=(*others, (header, meaning)))

    def answer(self, **changes: Any) -> None:
        """Keeps an answer."""
        self.answers = replace(self.answers, **changes)

    def answer_word(self, word: str, meaning: str) -> None:
        """Keeps what a word of the file stands for."""
        others = tuple(pair for pair in self.answers.values if pair[0] != word)
        self.answer(values=(*others, (word, meaning)))


def _keep(key: str, keep: Callable[[str], None]) -> None:
    value = st.session_state[key]
    if value is not None:
        keep(str(value).strip())


def _select(label: str, options: dict[str, str], key: str, keep: Callable[[str], None], hint: str = "") -> None:
    """A field of several answers, none of them chosen yet."""
    st.selectbox(
        label, list(options), index=None, format_func=options.__getitem__, key=key, on_change=_keep, args=(key, keep),
        placeholder=hint or "Choose", disabled=desk.read_only(),
    )  # fmt: skip


def _labels(options: tuple[str, ...], more: dict[str, str]) -> dict[str, str]:
    labels = plan_names(desk.plan()).meanings() | {channel.key: channel.label for channel in desk.plan().channels}
    return {option: more.get(option) or labels.get(option, option) for option in options}


def ask(file: PendingFile, question: UploadQuestion) -> None:
    """A question with the field that answers it."""
    st.warning(plain(question.sentence()))
    topic, subject, options = question.topic, question.subject, question.options
    key = file.key(f"answer:{topic}:{subject}")
    if topic == "month":
        st.text_input(
            "Month", key=key, placeholder="2027-01", on_change=_keep, disabled=desk.read_only(),
            args=(key, lambda text: file.answer(month=text or None)),
        )  # fmt: skip
    elif topic == "date_order":
        _select("Dates", _labels(options, ORDERS), key, lambda order: file.match(order=order))
    elif topic == "decimal":
        _select("Decimal sign", _labels(options, DECIMALS), key, lambda sign: file.match(decimal=sign))
    elif topic == "channel":
        channels = {channel.key: channel.label for channel in desk.plan().channels}
        _select("Channel", channels, key, lambda channel: file.match(channel=channel))
    elif topic in ("kind", "money", "figure"):
        labels = _labels(options, {"figure": "Count"})
        _select(plain(subject), labels, key, lambda meaning: file.match_column(subject, meaning))
    elif topic == "duplicate":
        _select("Column that counts", dict(zip(options, options, strict=True)), key, _one_of(file, question))
    elif topic == "date":
        _select(
            "Date", dict(zip(options, options, strict=True)), key, lambda header: file.match_column(header, "period")
        )
    elif topic in ("blank_channel", "blank_date"):
        word, label = (
            ("", "Rows without a channel") if topic == "blank_channel" else (BLANK_DATE, "Rows without a date")
        )
        _select(label, _labels(options, WORDS), key, lambda meaning: file.answer_word(word, meaning))
    elif topic in ("repeated", "currency"):
        word, label = (REPEATED, "Rows that repeat") if topic == "repeated" else (CURRENCY, "Amounts")
        _select(label, _labels(options, WORDS), key, lambda meaning: file.answer_word(word, meaning))
    elif topic == "total":
        labels = _labels(options, WORDS | {IGNORED: "a total: leave it out"})
        _select(plain(subject), labels, key, lambda meaning: file.answer_word(subject, meaning))
    elif topic == "span":
        _select("Dates", _labels(options, SPANS), key, lambda meaning: file.answer_word(SPAN, meaning))
    elif topic == "target":
        labels = {ONE_MORE: "they happened", IGNORED: "they were planned: leave them out"}
        _select(plain(subject), labels, key, lambda meaning: file.answer_word(subject, meaning))
    elif topic == "value":
        _select(plain(subject), _labels(options, {}), key, lambda meaning: file.answer_word(subject, meaning))
    elif topic in ("rows", "running"):
        label = "Each row" if topic == "rows" else "Figures"
        _select(label, _labels(options, WORDS), key, lambda rows: file.answer(rows=rows))
    elif topic == "year":
        _select("Year", _labels(options, {}), key, lambda year: file.answer(year=year))
    elif topic == "sheet":
        _select("Sheet", dict(zip(options, options, strict=True)), key, lambda sheet: file.answer(sheet=sheet))


def _one_of(file: PendingFile, question: UploadQuestion) -> Callable[[str], None]:
    """Keeps which of several columns holds a figure; the others are not used."""
    labels = plan_names(desk.plan()).meanings()
    meaning = next((key for key, label in labels.items() if question.subject in (key, label)), question.subject)

    def keep(chosen: str) -> None:
        for header in question.options:
            file.match_column(header, meaning if header == chosen else IGNORED)

    return keep


def match_word(file: PendingFile, word: UnknownWord) -> None:
    """A word of the file that names no channel, with the field that says which one it means."""
    channels = {channel.key: channel.label for channel in desk.plan().channels}
    hint = f"Did you mean {channels[word.nearest]}?" if word.nearest in channels else "Choose a channel"
    labels = channels | {IGNORED: "Not used"}
    key = file.key(f"word:{word.text}")
    _select(plain(f"“{word.text}” is"), labels, key, lambda meaning: file.answer_word(word.text, meaning), hint)


def ask_source(file: PendingFile) -> None:
    """The tool or account the figures come from: what it reports again replaces what it reported before."""
    actuals, key = desk.workspace().actuals, file.key("answer:source")
    used = ", ".join(actuals.sources()) if actuals else ""
    desk.show(key, file.answers.source or "")
    st.text_input(
        "Source (tool and account)", key=key, on_change=_keep, disabled=desk.read_only(),
        args=(key, lambda text: file.answer(source=text or None)),
        placeholder=f"In use: {used}" if used else "Such as HubSpot",
        help="Figures that the same source reports again replace the earlier ones; different sources are kept apart.",
    )  # fmt: skip


def column_mapping(file: PendingFile, upload: Upload) -> None:
    """What each column was matched to; another choice is read again at once."""
    chosen = dict((file.mapping or ColumnMapping()).columns)
    with st.expander("Column mapping", expanded=upload.actuals is None and not upload.questions):
        fields = st.columns(3)
        for i, (header, guessed) in enumerate(upload.mapping.columns):
            _column(fields[i % 3], file, header, chosen.get(header, guessed))
        for place, (name, label, choices) in zip(
            fields, (("order", "Dates", ORDERS), ("decimal", "Decimal sign", DECIMALS)), strict=False
        ):
            key = file.key(f"column_{name}")
            desk.show(key, getattr(upload.mapping, name))
            place.selectbox(
                label, list(choices), format_func=choices.__getitem__, key=key, on_change=_keep,
                args=(key, lambda value, name=name: file.match(**{name: value})), disabled=desk.read_only(),
            )  # fmt: skip
        key = file.key("column_month")
        desk.show(key, file.answers.month or "")
        fields[2].text_input(
            "Month (if the file has no date column)", key=key, placeholder="2027-01", on_change=_keep,
            args=(key, lambda text: file.answer(month=text or None)), disabled=desk.read_only(),
        )  # fmt: skip


def _column(place: Any, file: PendingFile, header: str, meaning: str) -> None:
    options, key = plan_names(desk.plan()).meanings(), file.key(f"column:{header}")
    desk.show(key, meaning)
    labels = options if meaning in options else {**options, meaning: meaning}
    place.selectbox(
        plain(header), list(labels), format_func=labels.__getitem__, key=key, on_change=_keep,
        args=(key, lambda chosen: file.match_column(header, chosen)), disabled=desk.read_only(),
    )  # fmt: skip
