"""Actuals to bytes: a template to fill in, and actuals as a file that reads back as the same actuals."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from planner.actuals.actuals import MONEY_NAMES, UNATTRIBUTED, Actuals
from planner.actuals.matching import PlanNames, is_rate, plan_names
from planner.actuals.plain_text import plain_words
from planner.actuals.vocabulary import UNATTRIBUTED_WORDS
from planner.calendar import month_keys
from planner.errors import PlanError
from planner.plan import Plan, merged
from planner.words import begins_formula, decimal_sign, write_exact

__all__ = ["actuals_template", "to_csv", "to_workbook"]

_LONG_HEADER = ("period", "channel", "stage", "count")
_NO_CHANNEL = "No channel"
_BOM = "\ufeff"  # by which spreadsheets see that a file is UTF-8


def actuals_template(plan: Plan, shape: str = "wide", format: str = "csv") -> bytes:
    """A file to fill in, with no figure in it, for the plan's active channels, under the names they have in the plan.

    "wide" has one row per month and channel and one column per stage; "long" one row per figure, those of the first
    month, to copy for the others. "csv" is written as spreadsheets of the plan's locale expect, "xlsx" is a workbook.

    >>> from planner import starter
    >>> actuals_template(starter("phone", start="2027-01"), "long").decode("utf-8-sig").splitlines()[:2]
    ['Month,Channel,Stage,Count', '2027-01,Phone,Dials,']
    """
    rows = _template_rows(plan, shape)
    if format == "xlsx":
        return to_workbook(rows)
    if format != "csv":
        raise PlanError("", f"A template is csv or xlsx, not “{format}”.")
    return _csv(rows, ";" if decimal_sign(plan.locale) == "," else ",", _BOM)


def _template_rows(plan: Plan, shape: str) -> list[tuple[str, ...]]:
    names, months = plan_names(plan), month_keys(plan.start, plan.months)
    figures = _figures(plan)
    if shape == "long":
        pairs = [(key, name) for key, of_channel in figures.items() for name in of_channel]
        rows = [(months[0], _channel_text(names, key), _stage_text(names, key, name), "") for key, name in pairs]
        return [("Month", "Channel", "Stage", "Count"), *rows]
    if shape != "wide":
        raise PlanError("", f"A template is long or wide, not “{shape}”.")
    columns = _columns(names, figures)
    empty = ("",) * len(columns)
    channels = [_channel_text(names, key) for key in figures]
    return [("Month", "Channel", *columns), *((month, channel, *empty) for month in months for channel in channels)]


def _figures(plan: Plan) -> dict[str, tuple[str, ...]]:
    """What people fill in by channel: its stages and money; of no channel deals and money alone."""
    parents = {stage.of for stage in plan.sales}
    deals = tuple(stage.key for stage in plan.sales if stage.main and stage.key not in parents)
    figures: dict[str, tuple[str, ...]] = {}
    for channel in plan.channels:
        if channel.active:
            keys = tuple(stage.key for stage in merged(channel.stages, plan.sales))
            figures[channel.key] = (*keys, *(MONEY_NAMES if set(deals) <= set(keys) else MONEY_NAMES[:1]))
    return figures | {UNATTRIBUTED: (*deals, *MONEY_NAMES)}


def _channel_text(names: PlanNames, key: str) -> str:
    """What a channel is called where that finds it again: its label, else its key."""
    if key == UNATTRIBUTED:
        return next(
            word for word in (_NO_CHANNEL, key, *plain_words(UNATTRIBUTED_WORDS), "") if names.channel(word) == key
        )
    label = names.labels[key]
    return label if names.channel(label) == key and label.strip() == label == _escaped(label) else key


def _stage_text(names: PlanNames, channel: str, key: str) -> str:
    """What a figure of a channel is called where that finds it again: its label, else its key."""
    stages = next((c.stages for c in names.plan.channels if c.key == channel), ())
    labels = names.meanings() | {stage.key: stage.label for stage in merged(stages, names.plan.sales)}
    label = labels.get(key, key)
    return label if names.place(channel, label) == (channel, key) and _escaped(label) == label else key


def _columns(names: PlanNames, figures: dict[str, tuple[str, ...]]) -> list[str]:
    """A header for each figure: its label, its key, or a path for each channel, whichever finds it again."""
    labels = names.meanings()
    stages = dict.fromkeys(key for keys in figures.values() for key in keys if key not in MONEY_NAMES)
    columns: list[str] = []
    for key in (*stages, *MONEY_NAMES):
        owners = [channel for channel, keys in figures.items() if key in keys]
        texts = [text for text in (labels.get(key, key), key) if text not in columns]
        good = [text for text in texts if _finds(names, text, key, owners)]
        columns += good[:1] or [f"{channel}.{key}" for channel in owners]
    return columns


def _finds(names: PlanNames, header: str, key: str, owners: list[str]) -> bool:
    """Whether a header is read as this figure in a row of each of its channels."""
    if names.roles(header) or is_rate(header) or not header.split() or header.isdigit() or _escaped(header) != header:
        return False
    meaning = names.meaning(header, None, True)
    return meaning == key and all(names.figure(owner, header) == key for owner in owners)


def to_csv(actuals: Actuals, plan: Plan) -> bytes:
    """Every fact as a row of the long shape (UTF-8), channels in the plan's order; `read_actuals` gives them back.

    >>> from planner import read_actuals, sample_actuals, starter
    >>> plan = starter("email")
    >>> actuals = sample_actuals(plan)
    >>> read_actuals(to_csv(actuals, plan), plan).facts == actuals.facts
    True
    """
    order = {key: i for i, key in enumerate((*(channel.key for channel in plan.channels), UNATTRIBUTED))}
    facts = sorted(actuals.facts, key=lambda f: (f.source, f.period, order.get(f.channel, len(order))))
    as_of, nobody = actuals.as_of.isoformat(), _channel_text(plan_names(plan), UNATTRIBUTED)
    owner = {UNATTRIBUTED: nobody}
    rows = (
        (f.period, owner.get(f.channel, f.channel), f.name, write_exact(f.value), _escaped(f.source), as_of)
        for f in facts
    )
    return _csv([(*_LONG_HEADER, "source", "as_of"), *rows])


def _escaped(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if begins_formula(text) or text[:1] == "'" else text


def to_workbook(rows: Iterable[tuple[str, ...]]) -> bytes:
    """Rows of text as the one sheet of a workbook (.xlsx), the first of them as its header."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold = book.add_worksheet("Actuals"), book.add_format({"bold": True})
        for line, row in enumerate(rows):
            for place, text in enumerate(row):
                if text:
                    sheet.write_string(line, place, text, bold if line == 0 else None)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 40, 14)
    return out.getvalue()


def _csv(rows: Iterable[tuple[str, ...]], separator: str = ",", mark: str = "") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    return (mark + out.getvalue()).encode()
