"""What a command is given: plan files, workspaces, links, tokens and files of actuals."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from planner.actuals.actuals import Actuals
from planner.actuals.big_files import roll_up_file
from planner.actuals.reading import actuals_in, read_actuals
from planner.actuals.sheet import MOST_BYTES
from planner.errors import BadActuals, BadLink, PlannerError
from planner.keep.codec import from_json, from_token
from planner.keep.short_links import Links
from planner.keep.steps import Scenario
from planner.keep.store import Store
from planner.keep.workspace import Workspace
from planner.plan import Plan

__all__ = ["Source", "actuals_of", "opened"]

NAME_ONE = "Name a plan file (.json), a link or a token."


@dataclass(frozen=True)
class Source:
    """A plan with what came along: its baseline (None: none), its scenarios, its actuals, what it counts."""

    plan: Plan
    baseline: Plan | None = None
    scenarios: tuple[Scenario, ...] = ()
    actuals: Actuals | None = None
    tail: bool = False

    @property
    def workspace(self) -> Workspace:
        """All of it as a workspace."""
        return Workspace(
            self.plan, baseline=self.baseline or self.plan, scenarios=self.scenarios, actuals=self.actuals,
            tail=self.tail,
        )  # fmt: skip


def opened(source: str, on: dt.date) -> Source:
    """What a plan file, a workspace file, a link (`?s=`, `?p=`, `?l=`, `/l/…`) or a bare token holds on a day.

    PlannerError where it cannot be used, as for a stored link that has expired by then.
    """
    if Path(source).suffix == ".json" or os.path.exists(source):
        return _filed(source)
    address = urlsplit(source)
    asked = parse_qs(address.query)
    stored = asked.get("l", [address.path.rpartition("/l/")[2] if "/l/" in address.path else ""])[0]
    if stored:
        return _shared(Links(Store()).link(stored, on).token)
    if address.query and not asked.keys() & {"s", "p"}:
        raise BadLink(f"“{source}” holds no plan. {NAME_ONE}")
    token = next((asked[name][0].partition(".")[0] for name in ("s", "p") if name in asked), source)
    return _shared(token)


def _filed(path: str) -> Source:
    try:
        content = from_json(_bytes(path))
    except PlannerError as error:
        raise type(error)(f"{path}: {error}") if isinstance(error, BadLink) else error from None
    if isinstance(content, Plan):
        return Source(content)
    baseline = None if content.baseline == content.plan else content.baseline
    return Source(content.plan, baseline, content.scenarios, content.actuals, content.tail)


def _shared(token: str) -> Source:
    shared = from_token(token)
    return Source(shared.plan, shared.baseline, shared.scenarios, tail=shared.tail)


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise BadLink(f"it cannot be read: {error.strerror or error}. {NAME_ONE}") from None


def actuals_of(source: Source, files: Sequence[str]) -> Actuals:
    """The actuals of these files, each joined to those before it, or those of the workspace; BadActuals for none."""
    if files:
        return reduce(Actuals.joined, (_read(path, source.plan) for path in files))
    if source.actuals is None:
        raise BadActuals(
            "There are no actuals.", mend="Name their files behind the plan, or a workspace that has some."
        )
    return source.actuals


def _read(path: str, plan: Plan) -> Actuals:
    try:
        if Path(path).stat().st_size > MOST_BYTES:
            return actuals_in(roll_up_file(path, plan))
        return read_actuals(Path(path).read_bytes(), plan)
    except OSError as error:
        raise BadActuals(f"{path}: it cannot be read: {error.strerror or error}.") from None
    except BadActuals as error:
        raise BadActuals(f"{path}: {error}") from None
