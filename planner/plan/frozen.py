"""`@value`: a strict frozen dataclass whose refusals are `PlanError`s, and `replace`, which checks again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar, dataclass_transform

from pydantic import ConfigDict, ValidationError
from pydantic.dataclasses import dataclass

from planner.errors import PlanError
from planner.plan.paths import kind_of

__all__ = ["replace", "value"]

T = TypeVar("T")
_STRICT = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


@dataclass_transform(frozen_default=True, kw_only_default=False)
def value(cls: type[T]) -> type[T]:
    """A strict frozen dataclass of `cls`. What it cannot hold raises PlanError with the path of the field."""
    record: Any = dataclass(frozen=True, config=_STRICT)(cls)
    init: Callable[..., None] = record.__init__

    def checked(self: Any, *args: Any, **given: Any) -> None:
        try:
            init(self, *args, **given)
        except ValidationError as error:
            raise _refusal(error, record, dict(zip(_names(record), args, strict=False)) | given) from None

    record.__init__ = checked
    return record  # type: ignore[no-any-return]


def _names(cls: type) -> list[str]:
    return [field.name for field in fields(cls)]


def _refusal(error: ValidationError, cls: type, given: Mapping[str, Any]) -> PlanError:
    """The first thing a validation of a `cls` found, as our own error with the path of the field, its key before it."""
    first = error.errors()[0]
    inner = first.get("ctx", {}).get("error")
    if isinstance(inner, PlanError):
        return inner
    loc, bad = first["loc"], first.get("input")
    place = [_names(cls)[part] if not i and isinstance(part, int) else str(part) for i, part in enumerate(loc)]
    kind = kind_of(cls, place[0]) if place and len(place) <= 2 else None
    quoted = f"is {bad!r}; " if isinstance(bad, (int, float, str)) and len(repr(bad)) < 60 else ""
    named = [given[name] for name in ("key", "stage", "path") if isinstance(given.get(name), str) and name not in place]
    path = ".".join(named[:1] + place) or cls.__name__.lower()
    if kind is not None and isinstance(bad, (int, float)):
        return kind.refusal(path, bad)
    return PlanError(path, quoted + first["msg"][:1].lower() + first["msg"][1:])
