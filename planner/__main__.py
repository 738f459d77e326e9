"""The command line: a plan file or a link in, figures out. `python -m planner forecast plan.json`.

Exit codes: 0 done, 1 the plan breaks a limit (with `--strict`), 2 the command or its input cannot be used.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from planner import words
from planner.ask.compare.by_lever import bridge_by_lever
from planner.engine import Forecast, forecast
from planner.errors import BadLink, PlannerError
from planner.keep.codec import from_json, from_token
from planner.keep.workspace import Workspace
from planner.measure.alerts import alerts
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.plan.metrics import keys_for

__all__ = ["main", "opened"]

BROKEN, UNUSABLE = 1, 2


def opened(source: str) -> Plan:
    """The plan of a file, a share link or a bare token; PlannerError where there is none."""
    path = Path(source)
    if path.suffix == ".json":
        try:
            held = from_json(path.read_bytes())
        except OSError as error:
            raise BadLink(
                f"“{source}” cannot be read: {error.strerror or error}. Name a plan file or a link."
            ) from None
        return held.plan if isinstance(held, Workspace) else held
    asked = parse_qs(urlsplit(source).query)
    token = next((asked[name][0] for name in ("s", "p") if name in asked), source)
    return from_token(token).plan


def _figures(result: Forecast) -> dict[str, dict[str, float | None]]:
    """The key figures in the plan and with what closes later; None where undefined."""

    def value(key: str, tail: bool) -> float | None:
        figure = float(read(result, key, tail=tail))
        return figure if figure == figure else None

    return {key: {"plan": value(key, False), "with_later": value(key, True)} for key in keys_for("strip")}


def _forecast(options: argparse.Namespace) -> int:
    plan = opened(options.plan)
    result = forecast(plan)
    broken = alerts(result)
    if options.json:
        print(json.dumps({"figures": _figures(result), "alerts": [alert.sentence for alert in broken]}, indent=1))
    else:
        for key in keys_for("strip"):
            figure, later = (
                words.write(plan, read(result, key, tail=tail), METRICS[key].unit) for tail in (False, True)
            )
            print(f"{METRICS[key].label}: {figure} in the plan, {later} with what closes later")
        for alert in broken:
            print(alert.sentence)
    return BROKEN if options.strict and any(alert.severity == "limit" for alert in broken) else 0


def _compare(options: argparse.Namespace) -> int:
    before, after = opened(options.before), opened(options.after)
    bridge = bridge_by_lever(before, after, options.metric)
    rows = [(bar.label, bar.amount) for bar in bridge.bars if bar.amount]
    if bridge.structure:
        rows.append(("Structure (channels, stages, months)", bridge.structure))
    if options.json:
        effects = [{"lever": label, "effect": amount} for label, amount in rows]
        print(json.dumps({"before": bridge.before, "after": bridge.after, "effects": effects}, indent=1))
        return 0
    metric = METRICS[options.metric]
    ends = [words.write(after, figure, metric.unit) for figure in (bridge.before, bridge.after)]
    print(f"{metric.label}: {ends[0]} → {ends[1]}")
    for label, amount in rows:
        print(f"{words.change(after, amount, 0.0, metric.unit)}  {label}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m planner", description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(required=True, metavar="command")
    figures = commands.add_parser("forecast", help="key figures and alerts of a plan")
    figures.add_argument("plan", help="a plan file, a share link or a token")
    figures.add_argument("--strict", action="store_true", help=f"exit with {BROKEN} where a limit is broken")
    figures.set_defaults(run=_forecast)
    compare = commands.add_parser("compare", help="what differs between two plans, lever by lever")
    compare.add_argument("before")
    compare.add_argument("after")
    compare.add_argument("--metric", default="won", choices=sorted(METRICS))
    compare.set_defaults(run=_compare)
    for command in (figures, compare):
        command.add_argument("--json", action="store_true", help="JSON instead of text")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; what cannot be used is said on standard error."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except PlannerError as error:
        print(str(error), file=sys.stderr)
        return UNUSABLE


if __name__ == "__main__":
    raise SystemExit(main())
