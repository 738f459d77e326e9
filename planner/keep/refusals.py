"""What is wrong with a plan that came from a file or a link, said with the lever path of the field."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from planner.errors import PlanError, PlannerError
from planner.keep.token_v2.table import PARTS
from planner.plan import types
from planner.plan.kinds import Kind
from planner.plan.paths import kind_of

__all__ = ["refused"]

Place = tuple[int | str, ...]
_SILENT = ("channels", "stages")  # lever paths leave these out: email.replied.rate
_FIRST = {frozenset(field.name for field in fields): fields[0].name for fields in PARTS.values()}
_PART = {field.name: field.part for fields in PARTS.values() for field in fields if field.part}


def refused(error: ValidationError, given: Any) -> PlannerError:
    """The first thing a validation of `given`, a plan or a workspace with its fields named, found."""
    first = error.errors(include_url=False)[0]
    inner = first.get("ctx", {}).get("error")
    if isinstance(inner, PlannerError):
        return inner
    return PlanError(_path(first["loc"], given), _what(first["type"], first["msg"], first["input"], first["loc"]))


def _path(place: Place, given: Any) -> str:
    names: list[str] = []
    for step in place:
        try:
            given = given[step]
        except (LookupError, TypeError):
            given = None
        name = given.get(_known_by(given)) if isinstance(step, int) and isinstance(given, dict) else None
        if isinstance(name, str) and names and names[-1] in _SILENT:
            names.pop()
        names.append(name if isinstance(name, str) else str(step))
    return ".".join(names)


def _known_by(row: dict[str, Any]) -> str:
    """The field that identifies a row: the first field of its type."""
    return next((first for names, first in _FIRST.items() if first in row and names >= set(row)), "key")


def _kind(place: Place) -> Kind | None:
    """The kind of number that stands at a place, None where none does."""
    owner, field = "Plan", ""
    for step in place:
        if isinstance(step, str):
            owner, field = _PART.get(field, owner), step
    return kind_of(getattr(types, owner), field)


def _what(fault: str, message: str, given: Any, place: Place) -> str:
    if fault == "missing":
        return "is missing: every plan has it, so add it"
    if fault == "unexpected_keyword_argument":
        return "is no field of a plan: remove it, or update the planner if a newer one wrote it"
    kind = _kind(place)
    if kind is not None and isinstance(given, (int, float)) and not isinstance(given, bool):
        return f"is {given!r}; {kind.named} {kind.bounds}"
    quoted = f"is {given!r}; " if isinstance(given, (int, float, str, type(None))) and len(repr(given)) < 60 else ""
    return quoted + message[:1].lower() + message[1:]
