"""The workspace as the draft that is saved on every move: small, and cheap to write again after one move.

JSON with a table of tokens, one a plan, to which the plan on the desk, the baseline, the scenarios and the steps of the
history point; actuals stand apart, by content. What was written for a plan or for actuals is remembered as long as they
live, so that after a move one plan is written, not two hundred.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import weakref
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any, TypeVar

from planner.actuals.actuals import Actuals, Choice, Fact
from planner.actuals.facts import Timing
from planner.errors import BadLink, PlannerError
from planner.keep.codec import from_token, kept_token
from planner.keep.landings import KeptFigure, KeptLanding
from planner.keep.steps import DEPTH, EARLIER, LATER, PARTS, Changed, Origin, Scenario, Step
from planner.keep.store import Draft
from planner.keep.workspace import Workspace
from planner.plan import Plan

__all__ = ["from_draft", "to_draft"]

FORMAT = 2
MOST_HISTORY = 2_000_000  # characters of tokens that the history may take besides what is on the desk
MOST_ACTUALS = 200_000_000  # bytes, inflated

T = TypeVar("T")


@dataclass(frozen=True)
class _Deflated:
    """Actuals as bytes, and the digest they are kept under."""

    digest: str
    content: bytes


_SERIES = attrgetter("source", "channel", "name")
_REMEMBERED: dict[int, tuple[weakref.ref[Any], Any]] = {}  # by id: comparing plans would take longer than writing one


# -- writing ----------------------------------------------------------------------------------------------------------


class _Writer:
    """Gathers the tokens and actuals that a draft speaks of, each once."""

    def __init__(self) -> None:
        self.tokens: dict[str, int] = {}
        self.actuals: dict[str, bytes] = {}

    def plan(self, plan: Plan) -> int:
        return self.tokens.setdefault(_written(plan, kept_token), len(self.tokens))

    def part(self, part: str, value: Any) -> Any:
        """A part of a workspace as JSON that points to tokens and actuals."""
        if part in ("plan", "baseline"):
            return self.plan(value)
        if part == "scenarios":
            return [(scenario.name, self.plan(scenario.plan)) for scenario in value]
        if part == "actuals" and value is not None:
            deflated = _written(value, _deflated)
            self.actuals[deflated.digest] = deflated.content
            return deflated.digest
        if part == "origin" and value is not None:
            return [value.plan, value.name, value.number, value.digest]
        if part == "landings":
            return [asdict(landing) | {"as_of": landing.as_of.isoformat()} for landing in value]
        return value

    def step(self, step: Step) -> dict[str, Any]:
        before, after = step.parts("before"), step.parts("after")
        changes = {part: [self.part(part, before[part]), self.part(part, after[part])] for part in before}
        return {"name": step.name, "by": step.by, **changes}

    def history(self, steps: tuple[Step, ...]) -> list[dict[str, Any]]:
        """The newest steps that fit, the newest last."""
        rows: list[dict[str, Any]] = []
        before = sum(map(len, self.tokens))
        for step in reversed(steps):
            rows.append(self.step(step))
            if sum(map(len, self.tokens)) - before > MOST_HISTORY:
                break
        return rows[::-1]


def to_draft(workspace: Workspace) -> Draft:
    """The workspace to be kept."""
    writer = _Writer()
    head: dict[str, Any] = {part: writer.part(part, getattr(workspace, part)) for part in PARTS}
    head["future"], head["past"] = writer.history(workspace.future), writer.history(workspace.past)
    content = json.dumps({"draft": FORMAT, "plans": list(writer.tokens), **head}).encode()
    return Draft(content, writer.actuals)


# -- reading ----------------------------------------------------------------------------------------------------------


class _Reader:
    """Follows what a draft points to, each plan and each actuals read once."""

    def __init__(self, tokens: list[str], actuals: Mapping[str, bytes]) -> None:
        self.tokens, self.contents = tokens, actuals
        self.plans: dict[int, Plan] = {}
        self.actuals: dict[str, Actuals] = {}

    def plan(self, place: int) -> Plan:
        if place not in self.plans:
            self.plans[place] = plan = from_token(self.tokens[place]).plan
            _remember(plan, self.tokens[place])
        return self.plans[place]

    def part(self, part: str, value: Any) -> Any:
        if part in ("plan", "baseline"):
            return self.plan(value)
        if part == "scenarios":
            return tuple(Scenario(name, self.plan(place)) for name, place in value)
        if part == "mappings":
            return tuple((headers, mapping) for headers, mapping in value)
        if part == "favourites":
            return tuple(map(str, value))
        if part == "origin":
            return Origin(*value) if value is not None else None
        if part == "landings":
            return tuple(map(_landing, value))
        if part == "tail":
            return bool(value)
        return None if value is None else self.of_digest(value)

    def of_digest(self, digest: str) -> Actuals:
        if digest not in self.actuals:
            self.actuals[digest] = actuals = _inflated(self.contents[digest])
            _remember(actuals, _Deflated(digest, self.contents[digest]))
        return self.actuals[digest]

    def step(self, row: Mapping[str, Any]) -> Step:
        changes = {part: Changed(*(self.part(part, side) for side in row[part])) for part in PARTS if part in row}
        return Step(str(row["name"]), by=str(row["by"]), **changes)

    def steps(self, rows: list[Any]) -> tuple[Step, ...]:
        return tuple(map(self.step, rows[-DEPTH:]))


def from_draft(draft: Draft) -> Workspace:
    """The workspace of a draft; BadLink for bytes that are none, PlanError for a plan in it that cannot be."""
    line, _, attached = draft.content.partition(b"\n")
    try:
        head = json.loads(line)
        if head["draft"] > FORMAT:
            raise BadLink("This draft was saved by a newer planner. Update the planner.")
        if head["draft"] == 1:
            return _first_format(head, attached)
        reader = _Reader(head["plans"], draft.actuals)
        parts = {part: reader.part(part, head[part]) for part in PARTS if part in head or part not in LATER}
        return Workspace(past=reader.steps(head["past"]), future=reader.steps(head["future"]), **parts)
    except PlannerError:
        raise
    except (zlib.error, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise BadLink("This draft is damaged and cannot be opened. Start a new plan, or open a saved file.") from None


def _landing(row: Mapping[str, Any]) -> KeptLanding:
    figures = (
        KeptFigure(
            str(f["metric"]), float(f["happened"]), *(tuple(map(float, f[key])) for key in ("so_far", "low", "high"))
        )
        for f in row["figures"]
    )
    day = dt.date.fromisoformat(row["as_of"])
    return KeptLanding(day, str(row["start"]), float(row["passed"]), tuple(figures))


def _first_format(head: Any, attached: bytes) -> Workspace:
    """The workspace of a draft of format 1, whose history was plans without names."""
    plan = from_token(head["plan"]).plan
    past, future = ([from_token(token).plan for token in head[name][-DEPTH:]] for name in ("past", "future"))
    return Workspace(
        plan,
        tuple(Step(EARLIER, plan=Changed(*pair)) for pair in pairwise([*past, plan])),
        tuple(Step(EARLIER, plan=Changed(before, after)) for after, before in pairwise([*future, plan])),
        from_token(head["baseline"]).plan,
        tuple(Scenario(name, from_token(token).plan) for name, token in head["scenarios"]),
        _inflated(attached) if attached else None,
        tuple((headers, mapping) for headers, mapping in head["mappings"]),
    )


def _written(value: Any, write: Callable[[Any], T]) -> T:
    """What `write` makes of a plan or actuals, remembered as long as they live."""
    if id(value) not in _REMEMBERED:
        _remember(value, write(value))
    return _REMEMBERED[id(value)][1]  # type: ignore[no-any-return]


def _remember(value: Any, written: Any) -> None:
    key = id(value)
    _REMEMBERED[key] = (weakref.ref(value, lambda _: _REMEMBERED.pop(key, None)), written)


def _deflated(actuals: Actuals) -> _Deflated:
    facts = sorted(actuals.facts, key=_SERIES)
    series = [(*key, {fact.period: fact.value for fact in row}) for key, row in groupby(facts, _SERIES)]
    choices = [(choice.channel, choice.name, choice.source) for choice in actuals.choices]
    timings = [(t.source, t.path, t.as_of.isoformat(), t.began, t.lags) for t in actuals.timings]
    parts = [actuals.as_of.isoformat(), series, choices, *([timings] if timings else [])]
    text = json.dumps(parts, separators=(",", ":"))
    content = zlib.compress(text.encode(), 6)
    return _Deflated(hashlib.sha256(content).hexdigest(), content)


def _inflated(deflated: bytes) -> Actuals:
    inflate = zlib.decompressobj()
    as_of, series, *more = json.loads(inflate.decompress(deflated, MOST_ACTUALS))
    if not inflate.eof:  # cut off: the checksum stands at the end
        raise ValueError("cut off")
    facts = [
        Fact(source, period, channel, name, value)
        for source, channel, name, values in series
        for period, value in values.items()
    ]
    choices = tuple(Choice(*choice) for choice in (more[0] if more else ()))
    timings = tuple(
        Timing(source, path, dt.date.fromisoformat(day), tuple(began), tuple(lags))
        for source, path, day, began, lags in (more[1] if len(more) > 1 else ())
    )
    return Actuals(dt.date.fromisoformat(as_of), tuple(facts), choices, timings)
