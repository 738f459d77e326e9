"""The command that counts event rows, of a file of any size or where they live, to a file of actuals by day."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from planner.actuals.big_files import roll_up_file
from planner.actuals.mapping import ColumnMapping
from planner.actuals.matching import plan_names
from planner.actuals.questions import Answers
from planner.actuals.reading import Upload
from planner.actuals.warehouse import connected, roll_up_table
from planner.actuals.writing import to_csv
from planner.command.answer import Answer, written
from planner.command.sources import opened
from planner.errors import BadActuals
from planner.plan import Plan

__all__ = ["count_of", "counting"]

_WIDTH = 30  # of the bar


def counting(parser: ArgumentParser) -> None:
    """The arguments: the plan, the rows, and what a page would ask about them."""
    parser.add_argument("plan", help="a plan or workspace file, a link or a token")
    parser.add_argument("events", help="a file of event rows (calls, messages, leads, deals), or with --at a table")
    parser.add_argument("--at", help="the address of a database, such as postgres://reader@host/sales, that counts")
    parser.add_argument("--rows", choices=("events", "persons"), help="what a row with a status stands for")
    parser.add_argument("--source", help="the tool and account the rows come from")
    parser.add_argument("--channel", default="", help="the channel of every row")
    parser.add_argument(
        "--dates", choices=("day", "month"), default="", help="what comes first in dates such as 8/6/2018"
    )
    parser.add_argument("--decimal", choices=(".", ","), default="", help="the decimal sign of amounts")
    parser.add_argument(
        "--value", action="append", default=[], metavar="WORD=STAGE", help="what a word of the rows stands for; several"
    )
    parser.add_argument("--to", help="the file to write; left out: standard output")


def count_of(options: Namespace) -> Answer:
    """Event rows as a CSV file of actuals by day, which every other command and the page read."""
    plan = opened(options.plan, options.on).plan
    mapping, answers, bar = _mapping(options, plan), _answers(options), _bar(sys.stderr.isatty())
    if options.at:
        table = connected(options.at)
        upload = roll_up_table(table, options.events, plan, mapping=mapping, answers=answers, report=bar)
    else:
        upload = roll_up_file(options.events, plan, mapping=mapping, answers=answers, report=bar)
    return _written(upload, plan, options)


def _mapping(options: Namespace, plan: Plan) -> ColumnMapping:
    names = plan_names(plan)
    channel = names.channel(options.channel) if options.channel else ""
    if channel is None:
        near = names.near_channels(options.channel)
        raise BadActuals(f"“{options.channel[:40]}” is no channel of the plan.", mend=f"Write --channel {near}.")
    return ColumnMapping(order=options.dates, decimal=options.decimal, channel=channel)


def _answers(options: Namespace) -> Answers:
    pairs = [value.partition("=") for value in options.value]
    if wrong := next((word for word, sign, _ in pairs if not sign), None):
        raise BadActuals(
            f"“{wrong}” says not what it stands for.", mend="Write it as WORD=STAGE, such as Reached=connected."
        )
    return Answers(source=options.source, rows=options.rows, values=tuple((word, stage) for word, _, stage in pairs))


def _written(upload: Upload, plan: Plan, options: Namespace) -> Answer:
    if upload.questions:
        raise BadActuals(
            upload.questions[0].sentence(), mend="Answer with --rows, --channel, --dates, --decimal or --value."
        )
    if upload.actuals is None:
        raise BadActuals("The rows hold no figures.", mend="Check which rows were exported.")
    left_out = f", {len(upload.refused):,} refused" if upload.refused else ""
    summary = f"{upload.rows:,} rows counted{left_out}, known up to {upload.actuals.as_of.isoformat()}."
    print(summary, file=sys.stderr)
    for refusal in upload.refused[:3]:
        print(refusal.error(), file=sys.stderr)
    values = {"rows": upload.rows, "refused": len(upload.refused), "as_of": upload.actuals.as_of.isoformat()}
    content = to_csv(upload.actuals, plan)
    if not options.to:
        return Answer("", values, content=None if options.json else content)
    written(Path(options.to), content)
    return Answer("", values)


def _bar(visible: bool) -> Callable[[float], None]:
    """What draws how far the work is, where somebody looks."""

    def draw(share: float) -> None:
        if visible:
            print(f"\r{'▇' * round(share * _WIDTH):<{_WIDTH}} {share:4.0%}", end="\r", file=sys.stderr, flush=True)

    return draw
