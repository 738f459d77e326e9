"""The commands, a row each, and `run`, which runs one.

Exit codes: 0 done, 1 a limit is broken or something is off plan (with `--strict`), 2 the command or its input cannot be
used; what is wrong is said on standard error.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from planner.command import plans, reality
from planner.command.answer import BROKEN, DONE, UNUSABLE, Answer
from planner.command.counting import count_of, counting
from planner.errors import PlannerError
from planner.export.formats import EXPORTS
from planner.measure.metrics import METRICS
from planner.plan.metrics import keys_for

__all__ = ["COMMANDS", "Command", "run"]

ABOUT = "Plans, forecasts and actuals from the command line. A plan is a file (.json), a link or a token."
CODES = "Exit codes: 0 done, 1 with --strict a limit is broken or something is off plan, 2 the input cannot be used."


@dataclass(frozen=True)
class Command:
    """A command: its name, what it does in a line, its function, and its own arguments."""

    name: str
    help: str
    run: Callable[[argparse.Namespace], Answer]
    arguments: Callable[[argparse.ArgumentParser], None]


def _plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", help="a plan or workspace file, a link or a token")


def _strict(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--strict", action="store_true", help=f"exit with {BROKEN} where {what}")


def _metric(parser: argparse.ArgumentParser, keys: Iterable[str]) -> None:
    every = sorted(keys)
    text = f"the figure; won, the deals, where none is named: {', '.join(every)}"
    parser.add_argument("--metric", default="won", choices=every, metavar="METRIC", help=text)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no date. Write it as 2027-03-31.") from error


def _forecast(parser: argparse.ArgumentParser) -> None:
    _plan(parser)
    _strict(parser, "a limit is broken")


def _compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", help="a plan; alone: its baseline against its plan")
    parser.add_argument("after", nargs="?", help="the plan to compare with it")
    _metric(parser, METRICS)


def _allocate(parser: argparse.ArgumentParser) -> None:
    _plan(parser)
    parser.add_argument("--budget", type=float, help="money for volumes; left out: what they cost today")
    _metric(parser, keys_for("aim"))
    parser.add_argument("--later", action="store_true", help="count what closes after the plan too")


def _actuals(parser: argparse.ArgumentParser) -> None:
    _plan(parser)
    parser.add_argument("actuals", nargs="*", help="files of actuals; left out: those of the workspace")


def _to_date(parser: argparse.ArgumentParser) -> None:
    _actuals(parser)
    _strict(parser, "a stage is off plan")


def _note(parser: argparse.ArgumentParser) -> None:
    _actuals(parser)
    parser.add_argument("--days", type=int, default=7, help="how far to look back (7)")
    _strict(parser, "something left its range")


def _export(parser: argparse.ArgumentParser) -> None:
    _plan(parser)
    parser.add_argument("format", choices=sorted(EXPORTS), help="what to make of it")
    parser.add_argument("--to", help="the file to write; “-” for standard output")


COMMANDS = (
    Command("forecast", "key figures and alerts of a plan", plans.forecast_of, _forecast),
    Command("compare", "what differs between two plans, lever by lever", plans.comparison_of, _compare),
    Command("allocate", "the best mix of volumes for a budget", plans.allocation_of, _allocate),
    Command("actuals", "plan against actuals to date", reality.to_date_of, _to_date),
    Command("count", "event rows, however many, as a file of actuals by day", count_of, counting),
    Command("land", "where the plan lands at the rates measured so far", reality.landing_at, _actuals),
    Command("note", "what left its chance range since last week; silent where nothing did", reality.note_of, _note),
    Command("brief", "the plan on one page", plans.brief_of, _actuals),
    Command("export", "the plan as a file of another format", plans.export_of, _export),
)


def parser(today: dt.date) -> argparse.ArgumentParser:
    """The parser of all commands; where no day is named, stored links are opened `today`."""
    whole = argparse.ArgumentParser(prog="python -m planner", description=ABOUT, epilog=CODES)
    commands = whole.add_subparsers(required=True, metavar="command")
    for command in COMMANDS:
        sub = commands.add_parser(command.name, help=command.help, description=command.help, epilog=CODES)
        command.arguments(sub)
        sub.add_argument(
            "--on", type=_day, default=today, metavar="DATE",
            help="the day a stored link is opened on, such as 2027-03-31 (today)",
        )  # fmt: skip
        sub.add_argument("--json", action="store_true", help="JSON instead of text")
        sub.set_defaults(run=command.run)
    return whole


def run(arguments: Sequence[str] | None, today: dt.date) -> int:
    """Runs one command and returns its exit code; a reader that hangs up early, such as `head`, is no fault."""
    options = parser(today).parse_args(arguments)
    try:
        answer: Answer = options.run(options)
        _print(answer, options.json)
    except PlannerError as error:
        print(str(error), file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing is left to be flushed at the end
        return DONE
    except OSError as error:  # a full disk, say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"The answer cannot be written: {error.strerror or error}.", file=sys.stderr)
        return UNUSABLE
    return answer.code


def _print(answer: Answer, as_json: bool) -> None:
    if answer.content is not None:
        sys.stdout.buffer.write(answer.content)
    elif as_json:
        print(json.dumps(answer.values, indent=1, ensure_ascii=False))
    elif answer.text:
        print(answer.text)
    sys.stdout.flush()
