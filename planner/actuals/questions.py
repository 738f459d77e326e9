"""What has to be asked about a file, what was answered and what is worth a remark: values a page or a program holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planner.errors import BadActuals

__all__ = ["Answers", "Remark", "RemarkTopic", "Topic", "UploadQuestion"]

Topic = Literal[
    "month", "year", "date", "date_order", "decimal", "channel", "duplicate", "kind", "money", "blank_channel",
    "blank_date", "source", "sheet", "running", "rows", "value", "figure", "overlap", "repeated", "total", "currency",
    "span", "target",
]  # fmt: skip

RemarkTopic = Literal[
    "one_channel", "rate", "no_counts", "same", "preamble", "totals", "date_order", "decimal_comma", "unused",
    "currency", "added_up", "not_added_up", "deleted", "inbound", "planned", "bill", "by_source", "below_zero",
    "decimals", "outside", "days_aside", "above_parent", "more_refused",
]  # fmt: skip

_SENTENCES: dict[Topic, str] = {
    "month": "The file has no date column. Which month are these figures for?",
    "year": "The dates have no year. Which year are they of?",
    "figure": "No column says what was counted. What do the figures count?",
    "span": "The dates in “{subject}” are evenly spaced. Does each stand for its day alone, or for more?",
    "target": "Row “{subject}” is called after a target. Did these figures happen, or were they planned?",
    "date_order": "Dates such as {subject} can be read in two ways. Which comes first?",
    "channel": "No column names the channel. Which channel are these figures for?",
    "duplicate": "Several columns could be “{subject}”: {options}. Which one counts?",
    "kind": "Column “{subject}” may not be a count ({reason}). What does it hold?",
    "money": "Which channel does the money in column “{subject}” belong to?",
    "blank_channel": "Some rows name no channel. Do they belong to the channel above, to none, or are they subtotals?",
    "blank_date": "Some rows have no date. Do they belong to the date above, or are they subtotals?",
    "date": "Several columns hold dates: {options}. Which one counts?",
    "decimal": "“{reason}” in column “{subject}” can be read in two ways. Which sign sets decimals apart?",
    "running": "The figures only ever grow: {subject}. Is each of them a running total, or what came in its period?",
    "rows": "No column holds a count. Is each row an event, or a person with the last status reached in “{subject}”?",
    "value": "What does “{subject}” stand for?",
    "repeated": "Rows come more than once{reason}. Does the last of them count, or do they add up?",
    "total": "Row “{subject}” holds the sum of the rows beside it. Is it their total, or one more of them?",
    "currency": "The amounts are in {subject}; the plan is in {reason}. Are they to be used as they are?",
    "source": "Which tool or account do these figures come from?",
    "sheet": "The workbook has several sheets: {options}. Which one holds the figures?",
    "overlap": "{subject} is reported by {options} for the same days. Which one counts?",
}


@dataclass(frozen=True)
class UploadQuestion:
    """What cannot be known from the file: its topic, what it is about, why, and what can be answered.

    `subject` is a date, a column's header or a figure; `reason` says what looks odd about it.
    """

    topic: Topic
    subject: str = ""
    options: tuple[str, ...] = ()
    reason: str = ""

    def sentence(self) -> str:
        """The question in words."""
        parts = {"subject": self.subject, "options": ", ".join(self.options), "reason": self.reason}
        return _SENTENCES[self.topic].format(**parts)

    def error(self) -> BadActuals:
        """The question as an error, for who cannot be asked."""
        return BadActuals(self.sentence(), mend="Give it in the answers or in the column mapping.")


@dataclass(frozen=True)
class Answers:
    """What was asked about a file and answered; None and () for what was not.

    `source` is the tool and account, `month` the month of a file without dates, `year` that of months without one,
    `sheet` a sheet of a workbook; `rows` is "totals" or "running totals", whichever the figures are, or "events" or
    "persons", whichever rows without a count are;
    `values` pairs words of the file's cells with what they mean: a channel's key, a stage's path, or "ignored".
    """

    source: str | None = None
    month: str | None = None
    year: str | None = None
    sheet: str | None = None
    rows: str | None = None
    values: tuple[tuple[str, str], ...] = ()

    def value(self, text: str) -> str | None:
        """What a word of the file means, None where that was not said."""
        return next((meaning for word, meaning in self.values if word.casefold() == text.casefold()), None)


@dataclass(frozen=True)
class Remark:
    """Something worth knowing about how a file was read: its topic, what it is about, and how many there are."""

    topic: RemarkTopic
    names: tuple[str, ...] = ()
    count: int = 0
