"""Plans as text: JSON for people to read and keep, tokens for links. Both carry a format number and open forever.

A token is base64url of a version byte, the contents as that version writes them (`token_v1`, `token_v2`) and a CRC-32
of all of it, which finds more than zlib's own frame would in fewer bytes. Nothing in it means "as today's defaults".
Files and tokens are hostile until read: sizes are capped, inflation has a limit, and whatever is wrong raises a
PlannerError.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import SchemaValidator

from planner.engine import VERSION, Forecast
from planner.errors import BadLink, PlanError, TooLarge
from planner.keep import token_v1, token_v2
from planner.keep.contents import HEADLINES, WRONG, Contents
from planner.keep.figures import Figure, figures
from planner.keep.refusals import refused
from planner.keep.steps import EARLIER, LATER, Changed, Scenario, Step
from planner.keep.token_v1.meaning import meant
from planner.keep.token_v2.table import filled
from planner.keep.workspace import Workspace
from planner.plan import Plan, replace

__all__ = ["SharedPlan", "from_json", "from_token", "kept_token", "to_json", "to_token"]

FILE_FORMAT = 2
TOKEN_FORMAT, WITH_TAIL = 2, 3  # of tokens written today; the second says that figures count what closes later, too
MOST_ROWS = 500  # of history and scenarios in a file
MOST_ENTRIES, MOST_FACTS = 20_000, 1_000_000  # of any other list
MOST_FILE, MOST_TOKEN = 64_000_000, 2_000_000  # more than the largest plan there can be, and six of them in a link

_FILED: dict[str, type] = {"plan": Plan, "workspace": Workspace}
_CONTENTS: Mapping[int, Callable[[bytes], Contents]] = {
    1: token_v1.contents, TOKEN_FORMAT: token_v2.contents, WITH_TAIL: token_v2.contents,
}  # fmt: skip
_DAMAGED = "This link is damaged: characters are missing or were changed. Copy it again, whole."
_NO_FILE = "This is no plan file: it is not JSON as the planner saves it. Choose another file."


@dataclass(frozen=True)
class SharedPlan:
    """What a token holds: the plan, the version of the engine that made it, and what that engine said then.

    `engine` is "" and `figures` empty where the token was made to be kept, not shared. `baseline` is None where the
    token holds none. `tail` is whether its figures count what closes after the plan's end.
    """

    plan: Plan
    engine: str
    figures: tuple[Figure, ...]
    baseline: Plan | None = None
    scenarios: tuple[Scenario, ...] = ()
    tail: bool = False


# -- files ------------------------------------------------------------------------------------------------------------


@cache
def _adapter(cls: type) -> TypeAdapter[Any]:
    return TypeAdapter(cls)


@cache
def _validator(cls: type) -> SchemaValidator:
    """What checks a value and stops at the first bad row of any list, so that bad files cost little."""
    return SchemaValidator(_failing_fast(_adapter(cls).core_schema))


def _failing_fast(schema: Any) -> Any:
    """A schema in which every list fails at its first bad row."""
    if isinstance(schema, dict):
        parts = {key: _failing_fast(part) for key, part in schema.items()}
        return parts | {"fail_fast": True} if schema.get("type") in ("tuple", "list") else parts
    return [_failing_fast(part) for part in schema] if isinstance(schema, list) else schema


def _crowded(given: Any) -> str:
    """The name of the first object or list with more entries than any plan has, "" for none."""
    parts = [("", given)]
    while parts:
        name, part = parts.pop()
        if isinstance(part, (dict, list)):
            if len(part) > (MOST_FACTS if name == "facts" else MOST_ENTRIES):
                return name or "the file"
            parts += part.items() if isinstance(part, dict) else ((name, row) for row in part)
    return ""


def to_json(kept: Plan | Workspace) -> str:
    """A plan or a workspace as JSON, every field named, indented for people.

    >>> from planner import starter
    >>> to_json(starter("email")).splitlines()[:2]
    ['{', ' "format": 2,']
    """
    holds = next(name for name, cls in _FILED.items() if isinstance(kept, cls))
    fields = _adapter(_FILED[holds]).dump_python(kept, mode="json")
    for part in (fields, *fields.get("past", ()), *fields.get("future", ())):
        for name in LATER:  # as files of a time without them have always been
            if not part.get(name, ...):
                del part[name]
    return json.dumps({"format": FILE_FORMAT, "engine": VERSION, holds: fields}, ensure_ascii=False, indent=1)


def from_json(text: str | bytes) -> Plan | Workspace:
    """The plan or workspace of a file.

    Raises BadLink for a file that is none, too large or from a newer format; PlanError, with the path of the field, for
    a plan that cannot be; TooLarge, with the heading of its plan, for one of an earlier version that holds more than a
    plan can today.

    >>> from planner import starter
    >>> from_json(to_json(starter("email"))) == starter("email")
    True
    """
    if len(text) > MOST_FILE:
        raise BadLink(f"This file is too large: a plan file has at most {MOST_FILE // 1_000_000} MB. Choose another.")
    try:
        given = dict(json.loads(text.removeprefix("\ufeff") if isinstance(text, str) else text))
        kept = {name: given[name] for name in _FILED if name in given}
        json.dumps(kept)
    except (ValueError, TypeError, RecursionError):
        raise BadLink(_NO_FILE) from None
    version = given.get("format")
    if type(version) is not int or version < 1:
        raise BadLink(_NO_FILE)
    if version > FILE_FORMAT:
        raise BadLink(f"This file has format {version}; this planner reads up to {FILE_FORMAT}. Update the planner.")
    if not kept:
        raise BadLink(_NO_FILE)
    if crowded := _crowded(kept):
        raise BadLink(f"This file is damaged: “{crowded}” has more entries than any plan.")
    name, fields = next(iter(kept.items()))
    try:
        if name == "plan":
            plan: Plan = _checked(Plan, json.dumps(filled("Plan", fields)))
            return meant(plan) if version == 1 else plan
        workspace: Workspace = _checked(Workspace, json.dumps(_filled_workspace(fields, version)))
        return _meant_workspace(workspace) if version == 1 else workspace
    except TooLarge as error:
        whole = filled("Plan", fields if name == "plan" else fields.get("plan", {}))
        error.outgrown = SharedPlan(_heading(json.dumps(whole)), "", ())
        raise


def _filled_workspace(fields: Any, version: int) -> Any:
    """The fields of a workspace in today's layout, with what its plans leave out filled in."""
    if not isinstance(fields, dict):
        return fields
    whole = {**fields, **{name: filled("Plan", fields[name]) for name in ("plan", "baseline") if name in fields}}
    for name in ("past", "future", "scenarios"):
        rows = whole.get(name, [])
        if not isinstance(rows, list) or len(rows) > MOST_ROWS:
            raise BadLink(f"This file is damaged: “{name}” is no list, or has more than {MOST_ROWS} rows.")
    if version == 1:
        past, future, plan = whole.get("past", []), whole.get("future", []), whole.get("plan")
        whole["past"] = [_unnamed(*pair) for pair in pairwise([*past, plan])]
        whole["future"] = [_unnamed(before, after) for after, before in pairwise([*future, plan])]
    whole["scenarios"] = [
        {**row, "plan": filled("Plan", row["plan"])} if isinstance(row, dict) and "plan" in row else row
        for row in whole.get("scenarios", [])
    ]
    return whole


def _unnamed(before: Any, after: Any) -> dict[str, Any]:
    """A step of a format whose history was plans without names."""
    return {"name": EARLIER, "plan": {"before": filled("Plan", before), "after": filled("Plan", after)}}


def _meant_workspace(workspace: Workspace) -> Workspace:
    """A workspace of format 1, its plans in today's terms."""
    return replace(
        workspace,
        plan=meant(workspace.plan),
        past=tuple(map(_meant_step, workspace.past)),
        future=tuple(map(_meant_step, workspace.future)),
        baseline=meant(workspace.baseline),
        scenarios=tuple(Scenario(row.name, meant(row.plan)) for row in workspace.scenarios),
    )


def _meant_step(step: Step) -> Step:
    return replace(step, plan=Changed(meant(step.plan.before), meant(step.plan.after))) if step.plan else step


def _checked(cls: type, text: str) -> Any:
    try:
        return _validator(cls).validate_json(text, strict=True)
    except ValidationError as error:
        raise refused(error, json.loads(text)) from None


# -- tokens -----------------------------------------------------------------------------------------------------------


def to_token(
    plan: Plan,
    *,
    baseline: Plan | None = None,
    scenarios: Sequence[Scenario] = (),
    forecast: Forecast | None = None,
    tail: bool = False,
) -> str:
    """The plan as a short text for a link, with the engine's version and the headline figures.

    The baseline and up to four named scenarios travel as differences. `forecast` is the plan's, where that is at hand;
    with `tail` whoever opens it sees figures with what closes later. PlanError for more scenarios, or names that are
    too long.

    >>> from planner import from_token, starter, to_token
    >>> from_token(to_token(starter("email"))).plan == starter("email")
    True
    """
    most, longest = token_v2.MOST_SCENARIOS, token_v2.MOST_NAME
    if len(scenarios) > most:
        raise PlanError("scenarios", f"has {len(scenarios)} rows; a link holds at most {most}: leave some out")
    for scenario in scenarios:
        if len(scenario.name) > longest:
            raise PlanError(f"scenarios.{scenario.name[:20]}…", f"has more than {longest} characters: shorten its name")
    return _written(plan, VERSION, figures(plan, forecast), baseline, scenarios, tail)


def kept_token(plan: Plan, tail: bool = False) -> str:
    """The plan as a token without figures, to be kept rather than shared."""
    return _written(plan, "", (), None, (), tail)


def _written(
    plan: Plan, engine: str, headlines: Sequence[Figure], baseline: Plan | None, scenarios: Sequence[Scenario],
    tail: bool,
) -> str:  # fmt: skip
    values = [value for figure in headlines for value in (figure.in_plan, figure.with_tail)]
    body = bytes((WITH_TAIL if tail else TOKEN_FORMAT,)) + token_v2.body(plan, engine, values, baseline, scenarios)
    return _spelled(body + zlib.crc32(body).to_bytes(4, "big"))


def _spelled(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_token(token: str) -> SharedPlan:
    """What a token holds.

    Raises BadLink for a token that is damaged, cut off, too large or from a newer format; PlanError, with the path of
    the field, for a plan that cannot be; TooLarge, with what the token says of it, for one of an earlier version that
    holds more than a plan can today.

    >>> from planner import starter
    >>> from_token(to_token(starter("email"))).plan == starter("email")
    True
    """
    raw = _framed(token.strip())
    try:
        contents = _CONTENTS[raw[0]](raw[1:-4])
    except WRONG:
        raise BadLink(_DAMAGED) from None
    pairs = zip(contents.figures[::2], contents.figures[1::2], strict=True)
    rows = [Figure(metric, *pair) for metric, pair in zip(HEADLINES, pairs, strict=False)]
    opened = meant if raw[0] == 1 else lambda plan: plan
    try:
        return SharedPlan(
            opened(_checked(Plan, contents.plan)),
            contents.engine,
            tuple(rows),
            opened(_checked(Plan, contents.baseline)) if contents.baseline else None,
            tuple(Scenario(named.name, opened(_checked(Plan, named.plan))) for named in contents.scenarios),
            raw[0] == WITH_TAIL,
        )
    except TooLarge as error:
        error.outgrown = SharedPlan(_heading(contents.plan), contents.engine, tuple(rows), tail=raw[0] == WITH_TAIL)
        raise


def _heading(text: str) -> Plan:
    """A plan with nothing in its lists: its name, currency and dates."""
    fields = {name: [] if isinstance(part, list) else part for name, part in json.loads(text).items()}
    plan: Plan = _checked(Plan, json.dumps(fields))
    return plan


def _framed(token: str) -> bytes:
    """The bytes of a token whose checksum is right and whose format is known."""
    if len(token) > MOST_TOKEN:
        raise BadLink(f"This link is too long: a link has at most {MOST_TOKEN:,} characters.")
    if not re.fullmatch(r"[A-Za-z0-9_-]{8,}", token) or len(token) % 4 == 1:
        raise BadLink(_DAMAGED)
    raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    if raw[0] > WITH_TAIL:
        raise BadLink(f"This link has format {raw[0]}; this planner reads up to {WITH_TAIL}. Update the planner.")
    sound = zlib.crc32(raw[:-4]).to_bytes(4, "big") == raw[-4:]
    if raw[0] not in _CONTENTS or not sound or _spelled(raw) != token:
        raise BadLink(_DAMAGED)
    return raw
