"""How an upload is shown before it is used, in words and tables, and its column mapping as text to keep."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any

import numpy as np

from planner import words
from planner.actuals.actuals import NAMED_SUMS, Actuals
from planner.actuals.counting import Overlap
from planner.actuals.mapping import ColumnMapping
from planner.actuals.questions import Answers, Remark, RemarkTopic, UploadQuestion
from planner.actuals.reading import Upload
from planner.actuals.several import Clash
from planner.actuals.sheet_reader import MOST_REFUSED
from planner.plan import Plan, merged
from planner.show.design import hues
from planner.show.tables import Cell, Table

__all__ = [
    "answers_of", "clash_sentence", "figures_table", "mapping_of", "mapping_text", "overlap_question",
    "refusals_table", "remark_sentence", "signature", "steps", "upload_summary",
]  # fmt: skip

_ROWS_SHOWN = 40  # of refusals
_LINES_SHOWN = 6  # of a refusal
_NAMES_SHOWN = 12  # in one sentence
_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_REMARKS: dict[RemarkTopic, tuple[str, str]] = {  # of one thing, of several
    "one_channel": ("No column names the channel; all rows were read as {names}.",) * 2,
    "rate": ("“{names}” is a printed rate; only counts are read.",) * 2,
    "no_counts": ("“{names}” holds no counts and was not used.",) * 2,
    "same": ("“{first}” was not used: “{second}” already holds that figure.",) * 2,
    "preamble": ("Line 1 above the header was skipped.", "Lines 1–{n} above the header were skipped."),
    "totals": ("1 row with totals was left out.", "{n} rows with totals were left out."),
    "deleted": ("1 row marked as deleted was left out.", "{n} rows marked as deleted were left out."),
    "inbound": ("1 inbound row was left out.", "{n} inbound rows were left out."),
    "planned": ("1 row of planned figures was left out.", "{n} rows of planned figures were left out."),
    "by_source": ("Deals count for the channel that “{names}” names; the others for no channel.",) * 2,
    "bill": ("All costs in “{names}” are below 0; they were read as what was paid.",) * 2,
    "not_added_up": (
        "1 count of people or accounts was left out: it does not add up over campaigns.",
        "{n} counts of people or accounts were left out: they do not add up over campaigns.",
    ),
    "date_order": ("Dates such as 8/6/2018 were read with the {names} first.",) * 2,
    "decimal_comma": ("Numbers were read with a decimal comma.",) * 2,
    "unused": ("Columns not used: {names}.",) * 2,
    "currency": ("The file has amounts in {names}; the plan is in {currency}. Nothing was converted.",) * 2,
    "added_up": (
        "1 figure has the same period, channel and stage as another; they were added up.",
        "{n} figures have the same period, channel and stage as another; they were added up.",
    ),
    "below_zero": (
        "1 count is below 0 and was read as a correction.",
        "{n} counts are below 0 and were read as corrections.",
    ),
    "decimals": ("1 count has decimals and was used as it is.", "{n} counts have decimals and were used as they are."),
    "outside": ("Figures for {names} are outside the plan’s months: they are kept, but not compared.",) * 2,
    "days_aside": (
        "1 daily figure was left aside because its month has a figure of its own.",
        "{n} daily figures were left aside because their months have figures of their own.",
    ),
    "above_parent": ("More arrivals than at the stage before, and no delay explains it: {names}.",) * 2,
    "more_refused": (
        f"1 more cell or row was refused; the first {MOST_REFUSED} are listed.",
        f"{{n}} more cells or rows were refused; the first {MOST_REFUSED} are listed.",
    ),
}


def signature(upload: Upload) -> str:
    """What files of one kind have in common: their headers."""
    return "\t".join(upload.columns)


def mapping_text(mapping: ColumnMapping, answers: Answers) -> str:
    """A mapping as text, with the answers that hold for the next file of its kind too: no month, no year."""
    kept = {"source": answers.source or "", "sheet": answers.sheet, "rows": answers.rows, "values": answers.values}
    return json.dumps({**asdict(mapping), **kept})


def answers_of(text: str) -> Answers:
    """The answers given for a file with this mapping, as far as its text says."""
    kept: dict[str, Any] = json.loads(text)
    values = tuple((word, meaning) for word, meaning in kept.get("values", ()))
    return Answers(kept.get("source") or None, sheet=kept.get("sheet"), rows=kept.get("rows"), values=values)


def mapping_of(text: str) -> ColumnMapping:
    """The mapping back from its text; what an older text holds besides is left out."""
    kept: dict[str, Any] = json.loads(text)
    by_field = {field.name: kept[field.name] for field in fields(ColumnMapping) if field.name in kept}
    return ColumnMapping(**{**by_field, "columns": tuple((header, meaning) for header, meaning in kept["columns"])})


def upload_summary(upload: Upload, plan: Plan) -> str:
    """How a file was read, in one line."""
    parts = [f"{words.write(plan, upload.rows)} rows read", f"{len(upload.refused) or 'none'} refused"]
    if upload.separator:
        separator = _SEPARATORS.get(upload.separator, upload.separator)
        parts.append(f"{separator} between cells, {upload.encoding}")
    return "; ".join(parts)


def steps(upload: Upload, named: bool) -> tuple[tuple[str, str], ...]:
    """The steps of an upload, each "done", "now" or "later"; `named` says that its source is known."""
    nothing = upload.actuals is None and not upload.questions
    open_questions = len(upload.questions) + (not named) + nothing
    count = f": {open_questions} open" if open_questions else ""
    if open_questions:
        return (("Upload", "done"), (f"Match{count}", "now"), ("Check", "later"), ("Use", "later"))
    return (("Upload", "done"), ("Match", "done"), ("Check", "now"), ("Use", "now"))


def clash_sentence(clash: Clash, plan: Plan) -> str:
    """Where two files contradict each other, and how to mend it."""
    figure = f"{_channel_label(clash.channel, plan)}: {_figure_label(clash.channel, clash.name, plan)}"
    return (
        f"Two files report different figures of “{clash.source}” for the same days ({figure}). "
        "Name a source of its own for each of them, or discard one."
    )


def remark_sentence(remark: Remark, plan: Plan) -> str:
    """A remark in words."""
    singular, several = _REMARKS[remark.topic]
    names = ", ".join(remark.names[:_NAMES_SHOWN]) + (" …" if len(remark.names) > _NAMES_SHOWN else "")
    first, second = (*remark.names, "", "")[:2]
    number = words.write(plan, remark.count)
    sentence = singular if remark.count == 1 else several
    return sentence.format(n=number, names=names, first=first, second=second, currency=plan.currency)


def overlap_question(overlap: Overlap, plan: Plan) -> UploadQuestion:
    """Which of several sources counts for the same days."""
    name = _figure_label(overlap.channel, overlap.name, plan)
    return UploadQuestion("overlap", f"{_channel_label(overlap.channel, plan)}: {name}", overlap.sources)


def _channel_label(key: str, plan: Plan) -> str:
    return next((channel.label for channel in plan.channels if channel.key == key), "All channels")


def _figure_label(channel: str, name: str, plan: Plan) -> str:
    own = next((item.stages for item in plan.channels if item.key == channel), ())
    return next((words.in_text(stage.label) for stage in merged(own, plan.sales) if stage.key == name), name)


def refusals_table(upload: Upload) -> Table:
    """Cells and rows that were left out: where, why, and how to correct them; what is wrong alike stands once."""
    lines: dict[tuple[str, str, str], list[int]] = {}
    for refusal in upload.refused:
        lines.setdefault((refusal.column or "", refusal.what, refusal.mend), []).append(refusal.line or 0)
    first = list(lines.items())[:_ROWS_SHOWN]
    rows = tuple((_lines(of), column, Cell(what, note=mend)) for (column, what, mend), of in first)
    left = len(lines) - len(rows)
    return Table(("Line", "Column", "Not used because"), rows, f"and {left} more" if left > 0 else "", numbers=9)


def _lines(lines: list[int]) -> str:
    """The lines of a file on which the same is wrong."""
    distinct = [str(line) for line in dict.fromkeys(lines) if line]
    more = len(distinct) - _LINES_SHOWN
    return ", ".join(distinct[:_LINES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def figures_table(actuals: Actuals, plan: Plan) -> Table:
    """The figures to be used: counts by channel and stage, and sums that no rate plans; one column per month."""
    months = actuals.months(plan)
    colours = hues(plan)
    series: list[tuple[Cell, Any, str]] = []
    for channel in plan.channels:
        colour = colours[channel.key]
        for stage in merged(channel.stages, plan.sales):
            name = Cell(f"{channel.label}: {words.in_text(stage.label)}", swatch=colour)
            series.append((name, actuals.count(f"{channel.key}.{stage.key}", plan), "count"))
        for what in ("cost", "revenue"):
            name = Cell(f"{channel.label}: {what}", swatch=colour)
            series.append((name, actuals.money(what, plan, channel.key), "money"))
        for item in NAMED_SUMS:
            name = Cell(f"{channel.label}: {words.in_text(item.label)}", swatch=colour)
            series.append((name, actuals.named(item.key, plan, channel.key), "count"))
    for stage in plan.sales:
        name = Cell(f"All channels: {words.in_text(stage.label)}")
        series.append((name, actuals.count(f"sales.{stage.key}", plan), "count"))
    rows: list[tuple[Cell | str, ...]] = [
        (name, *(words.write(plan, value, unit) for value in values[:months]))
        for name, values, unit in series
        if np.isfinite(values[:months]).any()
    ]
    before = sum(1 for fact in actuals.facts if fact.period[:7] < plan.start)
    note = (
        f"Figures from before the plan’s first month ({words.write(plan, before)}) are kept, but not compared."
        if before
        else "– means not reported, which is not 0."
    )
    return Table(("", *words.month_names(plan)[:months]), tuple(rows), note)
